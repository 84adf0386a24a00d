"""Turn the tables of the documents into typed records, noting every key and value that is not right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from korea_cli.errors import DateError
from korea_cli.model import EVENT_KINDS, RECORDS, SCHEMA, Actor, Event, Header, Record, Topic, keys_of, written_keys
from korea_cli.reading.findings import Finding, Place, nearest
from korea_cli.reading.positions import header_lines, positions_in
from korea_cli.reading.values import Unfit, is_slug, reader_for, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.reading.toml import Document
    from korea_cli.reading.values import Reader

TABLES = ("chronology", *(record.table for record in RECORDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All records as read, with the place of each, and what was found wrong on the way.

    `records` and `places` run side by side, by table. A record that could not be made is in neither, but its id is in
    `broken`, so that what refers to it is not reported as well.
    """

    header: Header
    records: dict[str, list[Any]] = field(default_factory=lambda: {record.table: [] for record in RECORDS})
    places: dict[str, list[Place]] = field(default_factory=lambda: {record.table: [] for record in RECORDS})
    broken: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def entries(self, table: str) -> Iterator[tuple[Any, Place]]:
        """Give the records of one table, each with its place."""
        return zip(self.records[table], self.places[table], strict=True)


def read_records(documents: Sequence[Document]) -> Draft:
    """Read every table of every document; a later document's header fills only what the earlier ones left empty."""
    findings: list[Finding] = []
    headers = [_header(document, number, findings) for number, document in enumerate(documents)]
    draft = Draft(header=_merged(headers), findings=findings)
    readers = _readers(draft.header)
    for number, document in enumerate(documents):
        _check_tables(document, number, findings)
        for record in RECORDS:
            _read_table(record, readers[record.table], document, number, draft)
    _declare_named(draft, documents)
    return draft


def _readers(header: Header | None = None) -> dict[str, dict[str, tuple[str, Reader]]]:
    """Give, by table and written key, the attribute and the function that reads it."""
    kinds = header.kinds if header else ()
    readers: dict[str, dict[str, tuple[str, Reader]]] = {}
    for record in (Header, *RECORDS):
        keys = keys_of(record)
        readers[record.table] = {
            written: (
                name,
                reader_for(name, keys[name], keys[name].choices + (kinds if keys[name].choices == EVENT_KINDS else ())),
            )
            for written, name in written_keys(record).items()
        }
    return readers


def _header(document: Document, number: int, findings: list[Finding]) -> Header:
    raw = document.tables.get("chronology", {})
    place = Place(number, "chronology", 0)
    if not isinstance(raw, dict):
        findings.append(Finding(place, "", "must be one table, written [chronology]", check="types"))
        return Header()
    values = _values(raw, _readers()["chronology"], place, findings)
    if values.setdefault("schema", SCHEMA) != SCHEMA:
        findings.append(Finding(place, "schema", f"unknown schema {values['schema']}; this program reads 1", check="schema"))
    return Header(**values)


def _merged(headers: list[Header]) -> Header:
    """Join several headers: the first that says something is heard, the kinds of all count, the last `as_of` too."""
    values: dict[str, Any] = {}
    for name in keys_of(Header):
        said = [value for header in headers if (value := getattr(header, name))]
        values[name] = said[0] if said else getattr(Header(), name)
    values["kinds"] = tuple(dict.fromkeys(kind for header in headers for kind in header.kinds))
    values["as_of"] = max((header.as_of for header in headers if header.as_of), key=lambda day: day.d, default=None)
    return Header(**values)


def _check_tables(document: Document, number: int, findings: list[Finding]) -> None:
    for table, value in document.tables.items():
        if table not in TABLES:
            place = Place(number, table, 0)
            findings.append(
                Finding(place, "", f"unknown table '{table}'", nearest(table, TABLES), "keys", at_key=True)
            )
        elif table != "chronology" and not _is_list_of_tables(value):
            findings.append(Finding(Place(number, table, 0), "", f"must be tables, each written [[{table}]]", check="types"))


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _read_table(
    record: type[Record], readers: dict[str, tuple[str, Reader]], document: Document, number: int, draft: Draft
) -> None:
    raws = document.tables.get(record.table, [])
    if not _is_list_of_tables(raws):
        return
    lines = _lines_of(record.table, document, raws)
    needed = [key.written_as or name for name, key in keys_of(record).items() if key.required]
    for index, raw in enumerate(raws):
        given = raw.get("id")
        place = Place(number, record.table, index, given if isinstance(given, str) else "")
        before = len(draft.findings)
        values = _values(raw, readers, place, draft.findings)
        for key in needed:
            if key not in raw:
                draft.findings.append(Finding(place, "", f"has no '{key}'", check="required"))
        if len(draft.findings) > before:
            draft.broken.add(place.id)
            continue
        draft.records[record.table].append(record(**values, file=document.name, line=lines[index]))
        draft.places[record.table].append(place)


def _lines_of(table: str, document: Document, raws: list[Any]) -> Sequence[int | None]:
    lines = header_lines(document.text, table, len(raws))
    if lines is not None:
        return lines
    positions = positions_in(document.text)
    spots = [positions.get((table, index, "")) or positions.get(("", 0, table)) for index in range(len(raws))]
    return [spot.line if spot else None for spot in spots]


def _values(
    raw: dict[str, Any], readers: dict[str, tuple[str, Reader]], place: Place, findings: list[Finding]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for written, value in raw.items():
        if written not in readers:
            findings.append(
                Finding(place, written, f"unknown key '{written}'", nearest(written, readers), "keys", at_key=True)
            )
            continue
        name, read = readers[written]
        try:
            values[name] = read(value)
        except DateError as error:
            message = f"{written} '{error.text}' is not a date: {error.reason}"
            findings.append(Finding(place, written, message, error.suggestion, "dates"))
        except Unfit as error:
            findings.append(Finding(place, written, f"{written} {error}", error.suggestion, "types"))
    return values


def _declare_named(draft: Draft, documents: Sequence[Document]) -> None:
    """Declare the actors and topics named in a file that declares none: the smallest file needs no lists."""
    for record in (Actor, Topic):
        known = {entry.id for entry in draft.records[record.table]} | draft.broken
        declaring = {number for number, document in enumerate(documents) if document.tables.get(record.table)}
        for table in (Event.table, "facts"):
            for entry, place in draft.entries(table):
                if place.document not in declaring:
                    _declare(record, entry, place, known, draft)


def _declare(record: type[Actor | Topic], entry: Record, place: Place, known: set[str], draft: Draft) -> None:
    for name, key in keys_of(type(entry)).items():
        if key.refers != (record.table,):
            continue
        for named in getattr(entry, name):
            if named in known:
                continue
            known.add(named)
            if not is_slug(named):
                message = f"{name} '{named}' is not an id: only a-z, 0-9 and hyphens"
                draft.findings.append(Finding(place, name, message, slug_of(named) or None, "types"))
                continue
            made = {"id": named, "file": entry.file, "line": entry.line}
            draft.records[record.table].append(
                Actor(name=named, **made) if record is Actor else Topic(label=named, **made)
            )
            draft.places[record.table].append(Place(place.document, place.table, place.index, named))
