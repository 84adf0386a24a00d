"""The sheets of records in a workbook that korea wrote: they refer to each other, so all are read as one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.ingest.columns.headings import own_keys
from korea_cli.ingest.sheet import Sheet
from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from korea_cli.ingest.sheet import SheetRow

_RECORDS = {record.table: record for record in RECORDS}


def is_record_sheet(name: str, headings: Collection[object]) -> bool:
    """Whether a sheet is one that korea writes: called as a type of records, and with all columns that it has then."""
    return name in _RECORDS and own_keys(_RECORDS[name]) <= {*headings}


def joined(sheets: Mapping[str, Sheet], note: str) -> Sheet:
    """Return some sheets, by their names, as one: with the headings of all, and the rows of one after the other."""
    headings = tuple(dict.fromkeys(heading for sheet in sheets.values() for heading in sheet.headings))
    names = ", ".join(f"'{name}'" for name in sheets)
    notes = [f"read the sheets {names}. {note}", *(each for sheet in sheets.values() for each in sheet.notes)]
    left_out = Counter[str]()
    rows = _rows([*sheets.values()], headings, left_out)
    return Sheet(rows, headings, unit="row", notes=tuple(notes), left_out=left_out)


def _rows(sheets: Sequence[Sheet], headings: Sequence[str], left_out: Counter[str]) -> Iterator[SheetRow]:
    for sheet in sheets:
        places = {heading: number for number, heading in enumerate(sheet.headings)}
        width = len(places)
        for row in sheet.rows:
            cells = dict(enumerate(row.cells))  # a row may be shorter than the headings, or longer and invalid
            found = [cells.get(places.get(heading, -1), "") for heading in headings]
            yield row._replace(cells=[*found, *list(row.cells)[width:]])
        left_out.update(sheet.left_out)
