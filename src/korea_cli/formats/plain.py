"""One record a line, tab-separated, never wrapped or shortened: for grep, cut, awk and fzf.

`show` gives whole records: a line for each key that has a value, and an empty line between records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.safety import clean_line
from korea_cli.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reports import Report
    from korea_cli.screen import Screen
    from korea_cli.sections import Section

EXTENSIONS = (".txt",)


def render(report: Report, screen: Screen) -> Iterator[str]:  # noqa: ARG001 - every format is called alike
    """Write every row as a line; where a report has several sections, each line begins with its section's key."""
    several = len(report.sections) > 1
    for section in report.sections:
        whole = section.layout == "full"
        yield from _whole(section) if whole else _lines(section, f"{section.key}\t" if several else "")


def _lines(section: Section, start: str) -> Iterator[str]:
    for values in section.values():
        cells = [clean_line(in_words(values[key])) for key in section.plain if key in values]
        yield start + "\t".join(cells) + "\n"


def _whole(section: Section) -> Iterator[str]:
    before = ""
    for values in section.values():
        told = ((key, clean_line(in_words(value))) for key, value in values.items())
        yield before + "".join(f"{key}\t{words}\n" for key, words in told if words)
        before = "\n"
