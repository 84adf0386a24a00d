"""JSON Lines: one record per line, for streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.sanitize import ascii_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".jsonl", ".ndjson")


def render(report: Report, screen: Screen) -> Iterator[str]:
    """Write every row of every section as a line of its own."""
    text = (f"{text}\n" for section in report.sections for text in section.texts())
    return text if screen.unicode else map(ascii_json, text)
