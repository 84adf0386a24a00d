"""Which type of records a sheet has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.ingest.columns.headings import TYPE, guess_key
from korea_cli.model.records import RECORD_TYPES, RECORDS, Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft


def record_type(request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow]) -> type[Record]:
    """Return the type of the records: as requested, else as the first row of a sheet of korea has it.

    Raises UsageError where the format has another type.
    """
    if sheet.record and request.type not in {"", sheet.record.type}:
        raise UsageError(f"this file has {sheet.record.table}: leave out --type {request.type}")
    if sheet.record:
        return sheet.record
    if request.type:
        return RECORD_TYPES[request.type]
    columns = [number for number, each in enumerate(sheet.headings) if guess_key(each, Event) == TYPE]
    cells = rows[0].cells if rows and isinstance(rows[0].cells, list) else []
    types = [RECORD_TYPES[cells[number]] for number in columns if number < len(cells) and cells[number] in RECORD_TYPES]
    return types[0] if types else Event


def with_type_of_ids(request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow], draft: Draft) -> ImportRequest:
    """Return a request with the type of the records that have the ids of an update, where nothing else says it."""
    if request.type or TYPE in {guess_key(each, Event) for each in sheet.headings} or not request.update:
        return request
    place = next((number for number, each in enumerate(sheet.headings) if guess_key(each, Event) == "id"), -1)
    ids = {str(_id_in(row, place)) for row in rows}
    counts = {record.type: sum(each.id in ids for each in draft.records[record.table]) for record in RECORDS}
    best = max(counts, key=lambda type_: (counts[type_], type_ == Event.type))
    return request if best == Event.type else request._replace(type=best)


def _id_in(row: SheetRow, place: int) -> object:
    if isinstance(row.cells, dict):
        return "" if row.cells.get("type") in RECORD_TYPES else row.cells.get("id", "")
    return row.cells[place] if 0 <= place < len(row.cells) else ""
