"""The records of a data file as JSON has them: all that one refers to has its id and title."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.base.slugs import is_slug
from korea_cli.ingest.columns.headings import derived_keys, own_keys
from korea_cli.ingest.json.json_values import count_values
from korea_cli.ingest.sheet import SheetRow
from korea_cli.model.header import Header
from korea_cli.model.records import EXTENDS, RECORD_TYPES, RECORDS, file_keys, written_keys
from korea_cli.model.row import title_key
from korea_cli.reading.complete import IMPLICIT, hide_values
from korea_cli.reading.record_lines import record_lines
from korea_cli.reading.toml import HEADER
from korea_cli.rows.columns import shown_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

_OF_THE_FILE = {"schema", "include"}


class FileRecords:
    """The records of one data file, in the order of the model, so that most come before those that refer to them.

    Each is a type with a row that has its values as JSON has them, or why it has none.
    header: what the file states about its chronology. left_out: how many values are beside both, by path.
    """

    def __init__(self, document: Document) -> None:
        tables = {record.table for record in RECORDS}
        self._document = document
        self._titles = {
            record.table: {str(each.get("id")): each.get(title_key(record)) for each in document.records(record.table)}
            for record in RECORDS
        }
        header, self.includes = document.tables.get(HEADER), document.includes
        stated = header if isinstance(header, dict) else {}
        self.header = {
            key: _plain(each) for key, each in stated.items() if key in {*written_keys(Header)} - _OF_THE_FILE
        }
        self.left_out = Counter[str]()
        for key, value in document.tables.items():
            if key not in {*tables, HEADER} or not isinstance(value, list if key in tables else dict):
                self.left_out += count_values(key, value)
        for key, value in stated.items():
            if key not in written_keys(Header):
                self.left_out += count_values(f"{HEADER}.{key}", value)

    def __iter__(self) -> Iterator[tuple[type[Record], SheetRow]]:
        lists = {each.table: self._document.tables.get(each.table) for each in RECORDS}
        entries = {table: each for table, each in lists.items() if isinstance(each, list)}
        lines = record_lines(self._document, entries)
        for record in RECORDS:
            for raw, line in zip(entries.get(record.table, ()), lines.get(record.table, ()), strict=True):
                yield record, self._read(record, line or 0, raw)

    def _read(self, record: type[Record], line: int, raw: object) -> SheetRow:
        if not isinstance(raw, dict):
            return SheetRow(line, {"": _plain(raw)}, "it is not a table")
        values: dict[str, object] = {**dict.fromkeys(own_keys(record)), "type": record.type}
        error = f"it adds to the {record.type} '{raw[EXTENDS]}' of another file" if EXTENDS in raw else ""
        names, specs = written_keys(record), file_keys(record)
        for key, value in hide_values(raw, self._document.hiding).items():
            if key in names:
                spec = specs[key]
                values[spec.shown_as or names[key]] = self._value(spec, _plain(value))
            elif key in derived_keys(record) | {"type"}:
                values[f"unknown key {key}"] = _plain(value)  # korea writes another value under it
            else:
                values[key] = _plain(value)
        return SheetRow(line, values, error)

    def _value(self, spec: Key, value: object) -> object:
        """Return a value with the titles of what it refers to."""
        if spec.form in {"refs", "cites"} and isinstance(value, list):
            return [self._reference(spec, each) for each in value]
        if spec.form == "other_dates" and isinstance(value, list):
            return [self._other_date(spec, each) if isinstance(each, dict) else each for each in value]
        return self._reference(spec, value) if spec.form == "ref" else value

    def _other_date(self, spec: Key, value: Mapping[str, object]) -> Mapping[str, object]:
        sources = value.get("sources")
        cited = [self._reference(spec, each) for each in sources] if isinstance(sources, list) else sources
        return {**value, "sources": cited}

    def _reference(self, spec: Key, value: object) -> object:
        """Return an id with the title of the first record that has it in this file; any other value as it is.

        In a file that declares no actors, or topics, an id declares itself.
        """
        if not isinstance(value, str):
            return value
        id_, _, locator = value.partition("#") if spec.form in {"cites", "other_dates"} else (value, "", "")
        for table in spec.refers:
            record = RECORD_TYPES[table.removesuffix("s")]
            implicit = (table,) == spec.refers and record in IMPLICIT and not self._titles[table] and is_slug(id_)
            if implicit or id_ in self._titles[table]:
                found: dict[str, object] = {"type": record.type} if len(spec.refers) > 1 else {}
                found |= {"id": id_, shown_by((record.type,)): self._titles[table].get(id_, id_)}
                return {**found, "locator": locator} if locator else found
        return value


def _plain(value: object) -> object:
    """Return a value as JSON could have it: dates and times as texts."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
