"""The records in a document, as JSON and YAML have them: a timeline, a bibliography, or a list of objects anywhere."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

from korea_cli.ingest.bibliographies.csl_items import are_items, items_in, source_cells
from korea_cli.ingest.json.json_lists import find_records
from korea_cli.ingest.json.json_shapes import unwrapped
from korea_cli.ingest.json.json_values import repeated_in, row_of
from korea_cli.ingest.json.slides import timeline_in
from korea_cli.ingest.sheet import Sheet, unreadable
from korea_cli.model.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.ingest.sheet import InputFile, SheetRow


def sheet_of(document: object, source: InputFile) -> Sheet:
    """Return the records of a document; raises DataError, or UsageError where it is not clear which list is meant."""
    if timeline := timeline_in(document):
        return Sheet(_rows(timeline.rows), unit="slide", notes=timeline.notes, left_out=timeline.left_out, slides=True)
    if not source.options.at and (items := items_in(document)) is not None:
        return _bibliography(items, source)
    found = find_records(document, source.options.at, source.options.record)
    _require_lists_once(document, found.records if found else (), source.name)
    if found is None:
        raise unreadable(source.name, 'it has no list of records, such as one named "events"')
    if are_items(found.records):
        return _bibliography(found.records, source)._replace(left_out=found.left_out)
    notes = (f"read the records in '{found.path}'",) if found.path else ()
    rows = _rows(map(unwrapped, found.records))
    return Sheet(rows, unit="record", notes=notes, left_out=found.left_out, header=found.header)


def _bibliography(items: Sequence[object], source: InputFile) -> Sheet:
    cells = (
        source_cells(each, source.options.named) if isinstance(each, dict) and not any(repeated_in(each)) else each
        for each in items
    )  # fmt: skip
    return Sheet(_rows(cells), unit="item", exact=True, record=Source)


def _rows(records: Iterable[object]) -> Iterator[SheetRow]:
    return starmap(row_of, enumerate(records, 1))


def _require_lists_once(document: object, records: Iterable[object], name: str) -> None:
    """Raise DataError where an object around the records has a key with objects or lists more than once."""
    inner = {id(each) for record in records for _, each in repeated_in(record)}
    for path, each in repeated_in(document):
        if id(each) not in inner and any(isinstance(value, dict | list) for value in each.values):
            raise unreadable(name, f"has the key '{path}' {each.often}")
