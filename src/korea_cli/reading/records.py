"""Turn the tables of the documents into typed records, noting every key and value that is wrong."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from korea_cli.base.errors import DateError
from korea_cli.model.choices import SCHEMA
from korea_cli.model.header import HIDING, Header
from korea_cli.model.records import EXTENDS, RECORDS, Record, keys_of, written_keys
from korea_cli.model.vocabulary import WORD_LISTS, own_words
from korea_cli.reading.bad_value import BadValueError
from korea_cli.reading.complete import declare_named, extend, inherit
from korea_cli.reading.draft import Draft
from korea_cli.reading.findings import LISTED, Finding, RecordPlace, Typo
from korea_cli.reading.known import moved
from korea_cli.reading.record_lines import record_lines
from korea_cli.reading.toml import HEADER
from korea_cli.reading.values import reader_for
from korea_cli.reading.wording import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.reading.draft import Values
    from korea_cli.reading.known import KnownRecords
    from korea_cli.reading.pieces import TomlTable, TomlValue
    from korea_cli.reading.toml import Document
    from korea_cli.reading.values import Reader

    Readers = dict[str, tuple[str, Reader]]

TABLES = (HEADER, *(record.table for record in RECORDS))


def read_records(documents: Sequence[Document], known: KnownRecords | None = None) -> Draft:
    """Read every table of every document; the header of a later document fills only what is empty in earlier ones.

    known: records that were read before, which are not read again.
    """
    findings: list[Finding] = []
    headers = [_header(document, number, findings) for number, document in enumerate(documents)]
    placed = [(header, RecordPlace(number, HEADER, 0)) for number, header in enumerate(headers)]
    draft = Draft(header=merged(headers), headers=placed, findings=findings)
    own = own_words(draft.header)
    same = known.records if known and known.is_read_as(draft) else {}
    readers = {record: _readers(record, own.get(record.type, ())) for record in RECORDS}
    for number, document in enumerate(documents):
        tables = _tables(document, number, findings)
        lines = record_lines(document, tables)
        for record in RECORDS:
            if raws := tables.get(record.table):
                reader = _TableReader(record, readers[record], document, number, draft)
                reader.read(raws, lines[record.table], same)
    inherit(draft)
    extend(draft)
    declare_named(draft, documents)
    return draft


def _readers(record: type[Record | Header], own: Sequence[str] = ()) -> Readers:
    """Return, by written key, the attribute and the function that reads it; `own` are words of a header."""
    keys = keys_of(record)
    return {written: (name, reader_for(name, keys[name], own)) for written, name in written_keys(record).items()}


def _header(document: Document, number: int, findings: list[Finding]) -> Header:
    raw = document.tables.get(HEADER, {})
    place = RecordPlace(number, HEADER, 0)
    if not isinstance(raw, dict):
        findings.append(Finding(place, "", "must be one table, written [chronology]", check="types"))
        return Header()
    values = _read_values(raw, _readers(Header), place, findings)
    if values.get("schema", SCHEMA) != SCHEMA:
        message = f"unknown schema {format_number(values['schema'])}; this program reads schema {SCHEMA}"
        findings.append(Finding(place, "schema", message, check="schema"))
    return Header(**values)


def merged(headers: Sequence[Header]) -> Header:
    """Merge headers: the first value of each key counts, the words and place names of all, and the last `as_of`."""
    if len(headers) == 1:
        return headers[0]
    keys = [name for name in keys_of(Header) if name not in HIDING]  # which are of each file
    named = ((name, getattr(header, name)) for header in reversed(headers) for name in keys)
    values: Values = {name: value for name, value in named if value}
    for name in (*WORD_LISTS.values(), "place_names"):
        values[name] = tuple(dict.fromkeys(chain.from_iterable(getattr(header, name) for header in headers)))
    days = (header.as_of for header in headers if header.as_of)
    values["as_of"] = max(days, key=lambda day: day.end_max, default=None)
    return Header(**values)


def _tables(document: Document, number: int, findings: list[Finding]) -> dict[str, list[TomlTable]]:
    """Return the tables of records of a document, and note other tables and keys outside them."""
    tables = {}
    for table, value in document.tables.items():
        if table == HEADER or table not in TABLES:
            continue
        records = document.records(table)
        if isinstance(value, list) and len(records) == len(value):
            tables[table] = records
        else:
            message = f"must be tables, each written [[{table}]]"
            findings.append(Finding(RecordPlace(number, table, 0), "", message, check="types"))
    unknown = [table for table in document.tables if table not in TABLES]
    findings.extend(_unknown_table(table, document.tables[table], number) for table in unknown[:LISTED])
    findings.extend(_rest(len(unknown), "unknown tables and keys", RecordPlace(number, "", 0)))
    return tables


def _unknown_table(table: str, value: TomlValue, number: int) -> Finding:
    if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        return Finding(RecordPlace(number, table, 0), "", f"unknown table '{table}'", Typo(table, TABLES), "keys")
    message = f"key '{table}' is outside any table; keys about the file itself go under [{HEADER}]"
    return Finding(RecordPlace(number, "", 0), table, message, check="keys", at_key=True)


def _read_values(raw: TomlTable, readers: Readers, place: RecordPlace, findings: list[Finding]) -> Values:
    """Read the values of one table, by attribute; those that do not fit are left out and noted."""
    values: Values = {}
    unknown: list[str] = []
    for written, value in raw.items():
        try:
            name, read = readers[written]
        except KeyError:
            unknown.append(written)
            continue
        try:
            values[name] = read(value)
        except DateError as error:
            message = f"{written} '{error.text}' is not a date: {error.reason}"
            findings.append(Finding(place, written, message, error.suggestion, "dates"))
        except BadValueError as error:
            message = str(error) if error.word else f"{written} {error}"
            findings.append(Finding(place, written, message, error.hint, "types"))
    if unknown:
        findings.extend(_unknown_key(written, place) for written in unknown[:LISTED])
        findings.extend(_rest(len(unknown), "unknown keys", place))
    return values


def _rest(count: int, what: str, place: RecordPlace) -> Iterator[Finding]:
    """Count those that are not listed one by one."""
    if count > LISTED:
        yield Finding(place, "", f"has {count - LISTED:,} more {what}", check="keys")


def _unknown_key(written: str, place: RecordPlace) -> Finding:
    owners = [f"[[{record.table}]]" for record in RECORDS if written in written_keys(record)]
    advice = f"; it belongs to {' and '.join(owners)}" if owners else ""
    typo = Typo(written, _known_keys()[place.table], advice)
    return Finding(place, written, f"unknown key '{written}'", typo, "keys", at_key=True)


@cache
def _known_keys() -> dict[str, tuple[str, ...]]:
    keys = {record.table: (*written_keys(record), EXTENDS) for record in RECORDS}
    return keys | {HEADER: tuple(written_keys(Header))}


class _TableReader:
    """Reads the records of one table of one document into the draft."""

    def __init__(self, record: type[Record], readers: Readers, document: Document, number: int, draft: Draft) -> None:
        self._record, self._readers = record, readers
        self._document, self._number = document, number
        self._draft = draft
        keys = keys_of(record)
        self._required = {written: name for written, (name, _) in readers.items() if keys[name].required}

    def read(self, raws: list[TomlTable], lines: Sequence[int | None], known: Mapping[int, Record]) -> None:
        table, draft, file = self._record.table, self._draft, self._document.name
        records, places, findings = draft.records[table], draft.places[table], draft.findings
        for index, raw in enumerate(raws):
            id_ = raw.get("id")
            place = RecordPlace(self._number, table, index, id_ if isinstance(id_, str) else "")
            if entry := known.get(id(raw)):
                records.append(moved(entry, lines[index]))
                places.append(place)
                continue
            extends = EXTENDS in raw
            keys, place = self._extension(raw, place) if extends else (raw, place)
            before = len(findings)
            values = _read_values(keys, self._readers, place, findings)
            values["file"], values["line"] = file, lines[index]
            if extends:
                draft.extensions[table].append((self._partial(values, place.id), place))
            elif len(findings) == before and self._required.keys() <= raw.keys():
                records.append(self._record(**values))
                places.append(place)
            else:
                missing = (key for key in self._required if key not in raw)
                findings.extend(Finding(place, "", f"{key} is required", check="required") for key in missing)
                draft.broken[table].append((self._partial(values, place.id), place))

    def _extension(self, raw: TomlTable, place: RecordPlace) -> tuple[TomlTable, RecordPlace]:
        """Return what a file adds to a record of another one, with that one's id in its place."""
        findings = self._draft.findings
        if "id" in raw:
            message = f"{EXTENDS} cannot be used together with 'id'; keep only {EXTENDS}"
            findings.append(Finding(place, EXTENDS, message, check=EXTENDS, at_key=True))
        id_ = raw[EXTENDS]
        place = place._replace(id=id_ if isinstance(id_, str) else "")
        if not place.id:
            findings.append(Finding(place, EXTENDS, f"{EXTENDS} must be the id of a record", check="types"))
        return {key: value for key, value in raw.items() if key != EXTENDS}, place

    def _partial(self, values: Values, id_: str) -> Record:
        """Return a record of what is known of it; other required keys are None."""
        return self._record(**{**dict.fromkeys(self._required.values()), **values, "id": id_})
