"""Recognize records that exist already, so that importing the same sheet again adds only what is new."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from korea_cli.ingest.declarations import digest, shorten_id
from korea_cli.ingest.registry import NAMED
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import RECORDS
from korea_cli.model.row import title_key
from korea_cli.reading.values import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.ingest.declarations import Declarations, Reference
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

_LISTED = 5  # keys


class NewRecord(NamedTuple):
    """A record built of a row: its values by key, and the records that must exist."""

    record: type[Record]
    values: dict[str, object]
    references: tuple[Reference, ...] = ()

    @property
    def id(self) -> str:
        """Its id, once it has one."""
        return str(self.values["id"])


class DifferingError(RowError):
    """A row whose record exists with other values; it is not overwritten."""


class ExistingRecords:
    """The records of the files, with their values, and those just imported, as two checksums."""

    def __init__(self, documents: Sequence[Document], declarations: Declarations) -> None:
        self._declarations = declarations
        self._old: dict[str, dict[str, Mapping[str, object]]] = {
            record.table: {
                str(raw["id"]): raw for each in documents for raw in each.records(record.table) if "id" in raw
            }
            for record in RECORDS
        }
        self._new: dict[str, dict[str, bytes]] = {record.table: {} for record in RECORDS}

    def is_new(self, row: NewRecord) -> bool:
        """Set the id of a record, and return whether it is new; raises DifferingError where it exists but differs."""
        values = row.values
        if "id" in values:
            id_ = slug_of(str(values["id"]))
            if not id_:
                raise RowError(f"id '{values['id']}' has no letter or digit that an id can have")
            values["id"] = id_ if not id_.isdecimal() else f"{row.record.type}-{id_}"  # a number alone names nothing
        else:
            candidates = (id_ for id_ in self._candidates(row) if self._may_have(row, id_))
            values["id"] = next(candidates, None)
            if values["id"] is None:
                raise RowError("its title gives no id. Add a column 'id'.")
        return self._compare(row)

    def _candidates(self, row: NewRecord) -> Iterator[str]:
        """Yield ids for a row without one, of its title, or title and date, always in the same order."""
        title, table = str(row.values[title_key(row.record)]), row.record.table
        if table in NAMED:
            yield self._declarations.find(title, table) or self._declarations.unused_id(table, title)
            return
        date = str(row.values.get("date", ""))
        slug, mark = shorten_id(slug_of(title)), digest(f"{title}\n{date}")
        if slug:
            yield slug
            yield f"{slug}-{slug_of(date) or 'undated'}"
        yield f"{slug or row.record.type}-{mark}"

    def _may_have(self, row: NewRecord, id_: str) -> bool:
        """Whether an id is free, or that of a record with the same title and date."""
        table = row.record.table
        if table in NAMED:
            return True
        if old := self._old[table].get(id_):
            return _identity(row.record, old) == _identity(row.record, row.values)
        new = self._new[table].get(id_)
        return new is None or new[:8] == _checksums(row)[:8]

    def _compare(self, row: NewRecord) -> bool:
        table, id_ = row.record.table, row.id
        if (old := self._old[table].get(id_)) is not None:
            differing = [key for key, value in row.values.items() if not _is_same(old.get(key), value)]
            if differing:
                keys = ", ".join(differing[:_LISTED])
                raise DifferingError(f"{row.record.type} '{id_}' already exists and differs in {keys}")
            return False
        if (new := self._new[table].get(id_)) is None:
            return True
        if new != _checksums(row):
            raise DifferingError(f"{row.record.type} '{id_}' is twice in the sheet and differs")
        return False

    def add(self, row: NewRecord) -> None:
        """Remember a record that was accepted."""
        self._new[row.record.table][row.id] = _checksums(row)


def _is_same(old: object, new: object) -> bool:
    """Whether a file has a value already; a day need not be in quotation marks there, nor a letter composed."""
    if old == new or not (old or new):
        return True
    return old is not None and isinstance(new, str | list) and normalize("NFC", str(old)) == str(new)


def _identity(record: type[Record], values: Mapping[str, object]) -> str:
    return normalize("NFC", f"{values.get(title_key(record), '')}\n{values.get('date', '')}")


def _checksums(row: NewRecord) -> bytes:
    """Return eight bytes for title and date, and eight for all values."""
    whole = repr(sorted((key, value) for key, value in row.values.items() if key != "id"))
    texts = (_identity(row.record, row.values), whole)
    return b"".join(blake2b(text.encode(), digest_size=8).digest() for text in texts)
