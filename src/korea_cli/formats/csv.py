"""A header row and a row for each record, for spreadsheets; text that looks like a formula is made harmless.

A spreadsheet takes text for a formula that begins with `=`, `+`, `-` or `@`, full-width ones too, even behind blanks
and quotation marks. Such a text gets an apostrophe in front, by which spreadsheets know text. So does one that begins
with a tab or a line break. Numbers and dates stay as they are, and with `--raw` all text does.
"""

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
_SIGNS = (*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # … and full-width
_BROKEN = ("\t", "\n")
# What may stand before a sign and is not seen: quotation marks, blanks of any width, marks of no width.
_PASSED_OVER = '"\t\n \xa0\u1680\u202f\u205f\u2060\u3000\ufeff' + "".join(map(chr, range(0x2000, 0x200E)))


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
    return text if raw or isinstance(value, int) or not _harmful(text) else f"'{text}"


def harmless(text: str) -> str:
    """Give a text as a spreadsheet may have it."""
    text = clean(text)
    return f"'{text}" if _harmful(text) else text


def without_apostrophe(cell: str) -> str:
    """Give the text that was made harmless."""
    return cell[1:] if cell.startswith("'") and _harmful(cell[1:]) else cell


def _harmful(text: str) -> bool:
    return text.startswith(_BROKEN) or text.lstrip(_PASSED_OVER).startswith(_SIGNS)


def _line(cells: list[str], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
