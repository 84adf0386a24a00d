"""A header row and a row for each record, for spreadsheets; text that looks like a formula is made harmless."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from korea_cli.safety import clean
from korea_cli.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reports import Report
    from korea_cli.screen import Screen
    from korea_cli.sections import Json

EXTENSIONS = (".csv",)
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def render(report: Report, screen: Screen, *, raw: bool = False) -> Iterator[str]:  # noqa: ARG001 - called as all are
    """Write the table with commas; `raw` leaves alone what looks like a formula."""
    return rows(report, ",", raw=raw)


def rows(report: Report, delimiter: str, *, raw: bool) -> Iterator[str]:
    """Write the table; where a report has several sections, the first column names the section."""
    several = len(report.sections) > 1
    keys = report.keys
    yield _line(["section", *keys] if several else list(keys), delimiter)
    for section in report.sections:
        start = [section.key] if several else []
        for values in section.values():
            yield _line([*start, *(_cell(values.get(key), raw=raw) for key in keys)], delimiter)


def _cell(value: Json, *, raw: bool) -> str:
    text = clean(in_words(value))
    if raw:
        return text
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text


def _line(cells: list[str], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
