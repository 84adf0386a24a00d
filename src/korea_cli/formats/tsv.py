"""Tab-separated rows with a header, to paste into spreadsheets; formulas are escaped as in csv.

A cell with a tab, a line break or a quotation mark is in quotation marks, and those within it are doubled, as
spreadsheets copy and paste such cells. Python's `csv` reads them with a tab as the delimiter. A backslash is
not special. For one record per line, use `plain`.
"""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.formats.csv import rows

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".tsv",)


def render(
    report: Report, screen: Screen, *, raw: bool = False, excel: bool = False
) -> Generator[str, None, Sequence[str]]:
    """Write tab-separated rows; `raw` and `excel` as in `csv`."""
    return rows(report, screen, "\t", raw=raw, excel=excel)
