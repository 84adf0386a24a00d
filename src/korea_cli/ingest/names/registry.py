"""What a chronology has that a new record may refer to, or must not repeat; here, what is unknown is refused."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from korea_cli.base.tokenize import name_key
from korea_cli.dates.days import Day
from korea_cli.dates.parse import to_stored
from korea_cli.editing.toml import require_slug
from korea_cli.ingest.names.undeclared import UndeclaredError
from korea_cli.model.records import RECORDS, Actor, Source, Topic, file_keys, title_of, written_keys
from korea_cli.model.row import Named, title_key
from korea_cli.model.vocabulary import own_words
from korea_cli.query.resolve_names import nearest_of, only_one
from korea_cli.reading.values import reader_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.reading.values import Reader

    Values = dict[str, object]

TABLES = tuple(record.table for record in RECORDS)
# The types whose names must mean one record each.
NAMED: dict[str, type[Record]] = {record.table: record for record in (Actor, Topic, Source)}


class Registry:
    """The ids and names of a chronology, and where they are declared; `target` is the file that is added to."""

    def __init__(self, loaded: LoadResult, target: Path, tables: Iterable[str] = TABLES) -> None:
        """Index what was read; `tables` are those whose records can be named otherwise than by their ids."""
        self.loaded, self.target = loaded, str(target)
        self.document = next(each for each in loaded.documents if each.path and each.path.resolve() == target.resolve())
        self.own_words = own_words(loaded.draft.header)
        self._titles: dict[str, dict[str, str]] = {table: {} for table in TABLES}
        self._named: dict[str, dict[str, tuple[str, ...]]] = {table: {} for table in tables}
        self._unindexed: dict[str, list[tuple[str, ...]]] = {table: [] for table in TABLES}  # new ids with their names
        self._unread = set(TABLES)  # those whose names in the files are not indexed yet
        self._added: dict[tuple[str, str], str] = {}  # the place of each new record
        self._undeclared: set[tuple[str, str]] = set()  # ids that are used, and declared nowhere
        self._implicit = {table for table in (Actor.table, Topic.table) if not self.document.tables.get(table)}
        self._readers: dict[str, dict[str, Reader]] = {}
        for table in TABLES:
            titled = table in self._named  # other titles only need memory
            for entry, place in loaded.draft.all_entries(table):
                self._titles[table].setdefault(entry.id, (title_of(entry) or entry.id) if titled else "")
                if place.table != table:
                    self._undeclared.add((table, entry.id))

    def _index(self, table: str, id_: str, *names: str) -> None:
        self._titles[table].setdefault(id_, names[0] if table in self._named else "")
        if any(names) or table in self._named:
            self._unindexed[table].append((id_, *names))

    def _ids_by_name(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return the ids that each name of a table means; few need the titles of events, which take long to index."""
        if table in self._unread:
            self._unread.discard(table)
            for entry, _ in self.loaded.draft.all_entries(table):
                others = (*(getattr(entry, "aliases", None) or ()), getattr(entry, "url", ""))
                self._index_names(table, entry.id, title_of(entry) or entry.id, *filter(None, others))
        unindexed, self._unindexed[table] = self._unindexed[table], []
        for id_, *names in unindexed:
            self._index_names(table, id_, *names)
        return self._named.get(table, {})

    def _index_names(self, table: str, id_: str, *names: str) -> bool:
        """Index the names of a record; return whether one of them is that of another too."""
        named = {key: self._named[table].get(key, ()) for key in self._keys(table, id_, *names)}
        for key, ids in named.items():
            if id_ not in ids:
                self._named[table][key] = (*ids, id_)
        return any(ids not in ((), (id_,)) for ids in named.values())

    def _keys(self, table: str, id_: str, *names: str) -> set[str]:
        return set(map(name_key, {id_, id_.replace("-", " "), *names})) if table in self._named else set()

    @cached_property
    def today(self) -> Day:
        """The day that dates are understood on."""
        from korea_cli.query.resolve import today_meant  # noqa: PLC0415 - few records are added with such a date
        from korea_cli.store.encode_rows import stored_header  # noqa: PLC0415 - as above

        header = stored_header(self.loaded.draft)
        return today_meant(None, header.closed, header.last, Day.of(dt.date.today()))  # noqa: DTZ011 - the user's own day

    def readers(self, record: type[Record]) -> dict[str, Reader]:
        """Return what reads the values of each key of a record as a file has them."""
        if record.table not in self._readers:
            names, own = written_keys(record), self.own_words.get(record.type, ())
            self._readers[record.table] = {
                written: reader_for(names[written], key, own) for written, key in file_keys(record).items()
            }
        return self._readers[record.table]

    def allow(self, record: type[Record], word: str) -> None:
        """Allow one more kind of a record."""
        self.own_words[record.type] = (*self.own_words.get(record.type, ()), word)
        self._readers.pop(record.table, None)

    def add(self, record: type[Record], values: Mapping[str, object], place: str = "") -> None:
        """Register a record that will be added."""
        if isinstance(id_ := values["id"], str):
            if place:
                self._added.setdefault((record.table, id_), self.place_of(record.table, id_) or place)
            self._index(record.table, id_, *names_in(record, values))
            self._undeclared.discard((record.table, id_))
        self._implicit.discard(record.table)

    def remove(self, record: type[Record], values: Mapping[str, object]) -> None:
        """Remove a record that will not be added."""
        table, id_ = record.table, str(values["id"])
        self._titles[table].pop(id_, None)
        named = self._ids_by_name(table)
        for key in self._keys(table, id_, *names_in(record, values)):
            named[key] = tuple(each for each in named.get(key, ()) if each != id_)

    def has(self, table: str, id_: str) -> bool:
        """Whether a record has an id, declared or not."""
        return id_ in self._titles[table]

    def is_declared(self, table: str, id_: str) -> bool:
        """Whether a record is declared with an id."""
        return id_ in self._titles[table] and (table, id_) not in self._undeclared

    def is_free(self, table: str, id_: str) -> bool:
        """Whether a new record may have an id."""
        named = self._ids_by_name(table).get(name_key(id_), ()) if table in NAMED else ()
        return named in ((), (id_,)) and not self.is_declared(table, id_)

    def place_of(self, table: str, id_: str) -> str | None:
        """Return where an id is declared."""
        if (table, id_) in self._added or not self.is_declared(table, id_):
            return self._added.get((table, id_))
        entries = self.loaded.draft.all_entries(table)
        return next((f"{entry.file}:{entry.line}" for entry, _ in entries if entry.id == id_), None)

    def owner_of(self, name: str, own: str) -> str:
        """Return which other actor has this name first; "" where none has. `own`: the id of the actor in question."""
        named = self._ids_by_name(Actor.table).get(name_key(name), ())
        known = (id_ for id_ in self._titles[Actor.table] if id_ in named and self.is_declared(Actor.table, id_))
        owner = own if named in ((), (own,)) else next(known, own)
        place = self.place_of(Actor.table, owner)
        return "" if owner == own else f"actor '{owner}'{f' at {place}' if place else ''}"

    def names(self, tables: Iterable[str]) -> list[str]:
        """Return every id and title of some tables."""
        return list(dict.fromkeys(name for each in tables for pair in self._titles[each].items() for name in pair))

    def find(self, typed: str, *tables: str) -> str | None:
        """Return the id that an id or a whole name means; None for neither. Raises AmbiguousNameError."""
        for table in tables:
            if typed in self._titles[table]:
                return typed
        key = name_key(typed)
        ids = [(table, id_) for table in tables for id_ in self._ids_by_name(table).get(key, ())]
        if len(ids) > 1:
            ids.sort(key=lambda each: (tables.index(each[0]), each[1]))
            found = [Named(table.removesuffix("s"), id_, self._titles[table][id_]) for table, id_ in ids]
            only_one(found, typed, [table.removesuffix("s") for table in tables])
        return ids[0][1] if ids else None

    def _nearest(self, typed: str, tables: Sequence[str]) -> list[tuple[str, str]]:
        """Return (title, id) of the records whose names come nearest to a misspelt one."""
        owners = {
            name: (self._titles[table][id_], id_)
            for table in tables for name, ids in self._ids_by_name(table).items() for id_ in ids
        }  # fmt: skip
        return nearest_of(name_key(typed), owners)

    def resolve(self, tables: Sequence[str], typed: str) -> str:
        """Return the id that an id, name or alias means; raises UndeclaredError or AmbiguousNameError.

        In a file that declares no actors, or topics, an id declares itself.
        """
        if id_ := self.find(typed, *tables):
            return id_
        if len(tables) == 1 and tables[0] in self._implicit:
            return require_slug(typed)
        raise UndeclaredError(
            [table.removesuffix("s") for table in tables], typed, self._nearest(typed, tables), self.target
        )

    def refer(self, written: str, key: Key, value: object) -> object:  # noqa: ARG002 - rows are rejected by it
        """Return the id that a value means which refers to a record; what is no name is left to be refused."""
        return self.resolve(key.refers, value) if isinstance(value, str) else value

    def cite(self, value: object) -> object:
        """Return the citation of the source that a value names."""
        if not isinstance(value, str):
            return value
        source, mark, locator = value.partition("#")
        return self.resolve((Source.table,), source) + mark + locator

    def date(self, written: str, text: str) -> str:  # noqa: ARG002 - as above
        """Return a date as a file has it; raises DateError."""
        return to_stored(text, self.today)


def names_in(record: type[Record], values: Mapping[str, object]) -> list[str]:
    """Return the title of a record, then what else it is called."""
    title, url, aliases = values.get(title_key(record)), values.get("url"), values.get("aliases")
    others = [url, *aliases] if isinstance(aliases, list) else [url]
    return [title if isinstance(title, str) else "", *[each for each in others if each and isinstance(each, str)]]


def implicit_records(record: type[Record], registry: Registry, added: Iterable[Values] = ()) -> Iterator[Values]:
    """Yield the records of a type that a file uses and does not declare: once it declares one, it must declare all.

    added: those that will be declared, which are left out.
    """
    loaded, document, ids = registry.loaded, registry.document, {values["id"] for values in added}
    if not document.tables.get(record.table):
        number = loaded.documents.index(document)
        for entry, place in loaded.draft.entries(record.table):
            if place.document == number and entry.id not in ids:
                yield {"id": entry.id, title_key(record): title_of(entry)}
