"""Comma-separated rows with a header, for spreadsheets; formulas are escaped.

A spreadsheet reads a text as a formula if it begins with `=`, `+`, `-` or `@`, or its full-width form, even after
spaces and quotation marks. Such a text is prefixed with an apostrophe, also after a comma, semicolon, tab or line break
within it, because a spreadsheet may split the row there. So is a text that begins with a tab or line break. Numbers and
dates are not changed. `--raw` changes no text, and quotes the header, by which `import` knows that no apostrophe was
added. `--excel` writes dates and times as `="2017-05"`, because Excel would turn them into other dates.

Lists of records have a few keys only. `--fields all` and `korea export` write all, with ids for `import` to read.
"""

from __future__ import annotations

from korea_cli.base.errors import ConflictError
from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".csv",)


def render(
    report: Report, screen: Screen, *, raw: bool = False, excel: bool = False
) -> Generator[str, None, Sequence[str]]:
    """Write comma-separated rows; `raw` does not escape formulas, `excel` writes dates as text."""
    return rows(report, screen, ",", raw=raw, excel=excel)


def rows(
    report: Report, screen: Screen, delimiter: str, *, raw: bool, excel: bool
) -> Generator[str, None, Sequence[str]]:
    """Write the rows; where a report has several sections, the first column names the section.

    A file begins with a byte order mark: without one, spreadsheets do not read UTF-8.
    """
    if raw and excel:
        raise ConflictError(("raw", ""), ("excel", ""))
    from korea_cli.base.formulas import MARK, escape_formula, for_excel  # noqa: PLC0415 - help lists formats
    from korea_cli.formats._sheet import sheet_of  # noqa: PLC0415 - as above

    write = str if raw else for_excel if excel else escape_formula
    return sheet_of(report, delimiter, MARK if screen.file else "", write)
