"""The names of a chronology in memory, where records are added to it and no store has them yet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.base.tokenize import name_key
from korea_cli.model.records import RECORDS, Actor, Source, title_of
from korea_cli.model.row import Named
from korea_cli.query.resolve_names import nearest_of, only_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

_TYPES = {record.table: record.type for record in RECORDS}


class NameIndex:
    """The ids of all tables, and by what records of some tables are called: id, title, alias, address."""

    def __init__(self, draft: Draft, tables: Iterable[str]) -> None:
        """Index the names in `tables` of all that a draft has."""
        self._titles: dict[str, dict[str, str]] = {record.table: {} for record in RECORDS}
        self._named = {table: defaultdict[str, set[str]](set) for table in tables}
        for record in RECORDS:
            for entry, _ in draft.all_entries(record.table):
                self.add(record.table, entry.id, title_of(entry) or entry.id, *_names_of(entry))

    def add(self, table: str, id_: str, *names: str) -> None:
        """Add a record by its title and other names, or further names of one."""
        self._titles[table].setdefault(id_, names[0])
        for key in self._keys(table, id_, *names):
            self._named[table][key].add(id_)

    def remove(self, table: str, id_: str, *names: str) -> None:
        """Remove a record that has these names."""
        self._titles[table].pop(id_, None)
        for key in self._keys(table, id_, *names):
            self._named[table][key].discard(id_)

    def _keys(self, table: str, id_: str, *names: str) -> set[str]:
        return set(map(name_key, (id_, id_.replace("-", " "), *names))) if table in self._named else set()

    def ids(self, table: str) -> dict[str, str]:
        """Return the titles of a table by id."""
        return self._titles[table]

    def ids_named(self, table: str, name: str) -> set[str]:
        """Return the ids of all that are called so."""
        return self._named[table].get(name_key(name), set())

    def find(self, typed: str, *tables: str) -> str | None:
        """Return the id that an id or a whole name means; None for neither. Raises AmbiguousNameError."""
        if any(typed in self._titles[table] for table in tables):
            return typed
        found = [
            Named(_TYPES[table], id_, self._titles[table][id_])
            for table in tables for id_ in sorted(self.ids_named(table, typed))
        ]  # fmt: skip
        named = only_one(found, typed, [_TYPES[table] for table in tables])
        return named.id if named else None

    def nearest(self, typed: str, tables: Sequence[str]) -> list[tuple[str, str]]:
        """Return (title, id) of the records whose names come nearest to a misspelt one."""
        owners = {
            name: (self._titles[table][id_], id_)
            for table in tables for name, ids in self._named[table].items() for id_ in ids
        }  # fmt: skip
        return nearest_of(name_key(typed), owners)


def _names_of(entry: Record) -> Iterator[str]:
    if isinstance(entry, Actor):
        yield from entry.aliases or ()
    if isinstance(entry, Source) and entry.url:
        yield entry.url
