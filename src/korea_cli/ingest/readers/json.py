"""JSON: what `korea` writes, a list of objects with the same keys, or a TimelineJS file."""

from __future__ import annotations

import io
import itertools
from json import JSONDecodeError
from typing import TYPE_CHECKING

from korea_cli.ingest import slides
from korea_cli.ingest.json_items import decode_whole
from korea_cli.ingest.sheet import Sheet, SheetRow, unmerged, unreadable
from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".json",)
_LISTS = (*(record.table for record in RECORDS), "results", "records")


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 2 * start.startswith((b"{", b"["))


def read(source: InputFile) -> Sheet:
    """Read a document as a whole; raises DataError."""
    name = source.name
    try:
        text = source.stream.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unreadable(name, "this is not UTF-8") from None
    try:
        document = decode_whole(text)
    except JSONDecodeError as error:
        list(unmerged(name, io.StringIO(text, newline=None)))  # raises an error of its own where that is the cause
        raise unreadable(name, error.msg, error.lineno, error.colno) from None
    records = _records(document)
    if records is None:
        raise unreadable(name, f'it has no list of records, such as one named "{_LISTS[3]}"')
    if slides.is_slide(records[0] if records else None):
        notes = ("left out the title slide",) if isinstance(document, dict) and document.get("title") else ()
        return Sheet(_slides(records, document), unit="slide", notes=notes, slides=True)
    return Sheet(itertools.starmap(object_row, enumerate(records, 1)), unit="record")


def _records(document: object) -> list[object] | None:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    found = [document[key] for key in _LISTS if isinstance(document.get(key), list)]
    whole = [entry for records in found for entry in records]
    return whole if found else None


def _slides(records: list[object], document: object) -> Iterator[SheetRow]:
    eras = document.get("eras") if isinstance(document, dict) else None
    whole = [*records, *({**era, "era": True} for era in eras or () if isinstance(era, dict))]
    for number, slide in enumerate(whole, 1):
        yield SheetRow(number, slides.flatten(slide)) if isinstance(slide, dict) else object_row(number, slide)


def object_row(number: int, record: object) -> SheetRow:
    """Return the row of one value."""
    if not isinstance(record, dict):
        return SheetRow(number, {"": record}, "it is not an object")
    return SheetRow(number, record)
