"""JSON Lines: one record per line, for streams."""

from __future__ import annotations

from itertools import chain

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.sanitize import ascii_json
from korea_cli.report.sections import pieces
from korea_cli.report.supported import lost_header

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".jsonl", ".ndjson")


def render(report: Report, screen: Screen) -> Generator[str, None, Sequence[str]]:
    """Write every row of every section as a line of its own."""
    text = (piece for section in report.sections for row in section.texts() for piece in chain(pieces(row), ("\n",)))
    yield from text if screen.unicode else map(ascii_json, text)
    return lost_header(report)
