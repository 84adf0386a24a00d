"""A header row and a row for each record, for spreadsheets; text that looks like a formula is made harmless."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from korea_cli.columns import in_words
from korea_cli.safety import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.columns import Json
    from korea_cli.reports import Report
    from korea_cli.screen import Screen

EXTENSIONS = (".csv",)
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def render(report: Report, screen: Screen, delimiter: str = ",") -> Iterator[str]:  # noqa: ARG001 - called as all are
    """Write the table; where a report has several sections, the first column names the section."""
    several = len(report.sections) > 1
    keys = report.keys
    yield _line(["section", *keys] if several else list(keys), delimiter)
    for section in report.sections:
        values = {type_: _by_key(columns, keys) for type_, columns in section.columns.items()}
        start = [section.key] if several else []
        for row in section.rows:
            yield _line([*start, *(_cell(value(row)) if value else "" for value in values[row.type])], delimiter)


def _by_key(columns: Any, keys: tuple[str, ...]) -> list[Callable[[Any], Json] | None]:  # noqa: ANN401
    known = {column.key: column.value for column in columns}
    return [known.get(key) for key in keys]


def _cell(value: Json) -> str:
    text = clean(in_words(value))
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text


def _line(cells: list[str], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
