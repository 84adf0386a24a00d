"""One record a line, tab-separated, never wrapped or shortened: for grep, cut, awk and fzf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.columns import in_words
from korea_cli.safety import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reports import Report, Section
    from korea_cli.screen import Screen

EXTENSIONS = (".txt",)


def render(report: Report, screen: Screen) -> Iterator[str]:  # noqa: ARG001 - every format is called alike
    """Write every row as a line; where a report has several sections, each line begins with its section's key."""
    several = len(report.sections) > 1
    for section in report.sections:
        yield from _lines(section, f"{section.key}\t" if several else "")


def _lines(section: Section, start: str) -> Iterator[str]:
    chosen = {
        type_: [column.value for key in section.plain for column in columns if column.key == key]
        for type_, columns in section.columns.items()
    }
    for row in section.rows:
        yield (
            start + "\t".join(clean_line(in_words(value(row)).replace("\t", " ")) for value in chosen[row.type]) + "\n"
        )
