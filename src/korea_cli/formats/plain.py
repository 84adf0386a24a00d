"""One record per line, tab-separated, never wrapped or shortened: for grep, cut, awk and fzf.

`show` gives whole records: a line for each value, and an empty line between records. A list has a line for each of its
values, and the keys within a value stand behind its own: `sources.title`.
"""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.sanitize import clean_line
from korea_cli.report.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.report.sections import Section
    from korea_cli.rows.column import Json

EXTENSIONS = (".txt",)


def render(report: Report, screen: Screen) -> Iterator[str]:  # noqa: ARG001 - every format is called alike
    """Write every row as a line; where a report has several sections, each line begins with its section's key."""
    several = len(report.sections) > 1
    for section in report.in_lines().sections:
        whole = section.layout == "full"
        yield from _whole(section) if whole else _lines(section, f"{section.key}\t" if several else "")


def _lines(section: Section, start: str) -> Iterator[str]:
    for values in section.values(among=section.plain):
        cells = [clean_line(in_words(values[key])) for key in section.plain if key in values]
        yield start + "\t".join(cells) + "\n"


def _whole(section: Section) -> Iterator[str]:
    before = ""
    for values in section.values():
        yield before + "".join(f"{key}\t{clean_line(in_words(value))}\n" for key, value in _flat("", values))
        before = "\n"


def _flat(key: str, value: Json) -> Iterator[tuple[str, Json]]:
    """Yield every value within a value, at whatever depth, with its key; what is empty is left out."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(f"{key}.{name}" if key else name, each)
    elif isinstance(value, list):
        for each in value:
            yield from _flat(key, each)
    elif value not in (None, ""):
        yield key, value
