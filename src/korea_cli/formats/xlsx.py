"""An Excel workbook: sheets of events, facts, actors, topics and sources, with all that the records listed refer to.

A day is a date of Excel only where it is known; a month, a year or a range stays the text that the record has. Nothing
is a formula, and only the addresses of sources are links. Names have their ids, as in csv, so that it can be imported
again. The same data make the same workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.records import RECORD_TYPES
from korea_cli.report.supported import lost_header

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".xlsx",)
ALL_AT_ONCE = True
FOR_OTHERS = True
BINARY = True
CARRIES = tuple(RECORD_TYPES)
_PIECE = 1 << 16


def render(report: Report, screen: Screen) -> Generator[bytes, None, Sequence[str]]:  # noqa: ARG001 - a file has no screen
    """Write a sheet for each type of record: what is listed first, and then what that refers to."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - needed only when something is written

    from korea_cli.editing.referred import RowsWithReferred  # noqa: PLC0415 - as above
    from korea_cli.formats._workbook import RecordBook  # noqa: PLC0415 - as above

    rows = RowsWithReferred(report)
    with TemporaryDirectory(prefix="korea-") as folder:
        path = f"{folder}/book.xlsx"
        book = RecordBook(path, folder, report.header)
        for row in rows.listed():
            book.add(row)
            for fact in row.get("claims", ()):
                rows.refer("fact", fact["id"])
        for row in rows.referred():
            book.add(row)
        book.close(report.types)
        with open(path, "rb") as written:  # noqa: PTH123 - pathlib loads slowly
            while piece := written.read(_PIECE):
                yield piece
    return (*rows.notes, *book.notes, *lost_header(report))
