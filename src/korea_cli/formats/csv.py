"""Comma-separated rows with a header, for spreadsheets; formulas are escaped.

A spreadsheet reads a text as a formula if it begins with `=`, `+`, `-` or `@`, or its full-width form, even after
spaces and quotation marks. Such a text is prefixed with an apostrophe, also after a comma, semicolon, tab or line break
within it, because a spreadsheet may split the row there. So is a text that begins with a tab or line break. Numbers and
dates are not changed. `--raw` changes no text, and quotes the header, by which `import` knows that no apostrophe was
added. `--excel` writes dates and times as `="2017-05"`, because Excel would turn them into other dates.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from korea_cli.base.errors import ConflictError
from korea_cli.base.formulas import HARMFUL, MARK, START, escape_formula, for_excel
from korea_cli.base.sanitize import clean
from korea_cli.report.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.rows.column import Json

EXTENSIONS = (".csv",)


def render(report: Report, screen: Screen, *, raw: bool = False, excel: bool = False) -> Iterator[str]:
    """Write comma-separated rows; `raw` does not escape formulas, `excel` writes dates as text."""
    return rows(report, screen, ",", raw=raw, excel=excel)


def rows(report: Report, screen: Screen, delimiter: str, *, raw: bool, excel: bool) -> Iterator[str]:
    """Write the rows; where a report has several sections, the first column names the section.

    A file begins with a byte order mark: without one, spreadsheets do not read UTF-8.
    """
    if raw and excel:
        raise ConflictError(("raw", ""), ("excel", ""))
    return _rows(report, delimiter, MARK if screen.file else "", str if raw else for_excel if excel else escape_formula)


def _rows(report: Report, delimiter: str, mark: str, write: Callable[[str], str]) -> Iterator[str]:
    report = report.in_lines()
    several, keys = len(report.sections) > 1, report.keys
    line = _writer(delimiter)
    yield mark + _writer(delimiter, quoted=write is str)(["section", *keys] if several else keys)
    for section in report.sections:
        start = [section.key] if several else []
        for values in section.values():
            yield line([*start, *_cells([*map(values.get, keys)], write)])


def _cells(values: list[Json], write: Callable[[str], str]) -> list[str]:
    """Return the cells of a row; one search in all of them is faster than one in each."""
    cells = [clean(in_words(value)) for value in values]
    if write is not for_excel and not re.search(HARMFUL, START.join(("", *cells))):
        return cells
    return [cell if isinstance(value, int) else write(cell) for value, cell in zip(values, cells, strict=True)]


class _Echo:
    """A file that returns what is written to it, so that a line need not be collected first."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def _writer(delimiter: str, *, quoted: bool = False) -> Callable[[Iterable[str]], str]:
    writer = csv.writer(
        _Echo(), delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    )
    return writer.writerow
