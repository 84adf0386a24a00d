"""A header row and a row for each record with tabs between, as spreadsheets copy and paste them; formulas as in `csv`.

A cell that holds a tab, a line break or a quotation mark stands in quotation marks, those within it doubled.
Spreadsheets copy such cells so and take them apart again when they are pasted, and Python's `csv` reads them with a tab
for the delimiter. A backslash is only that. Where a record must be a line, there is `plain`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.formats.csv import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".tsv",)


def render(report: Report, screen: Screen, *, raw: bool = False, excel: bool = False) -> Iterator[str]:
    """Write the table with tabs; `raw` and `excel` as in `csv`."""
    return rows(report, screen, "\t", raw=raw, excel=excel)
