"""The library's main object: an open chronology, to query any number of times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from korea_cli.base.arguments import instance, texts
from korea_cli.base.errors import NotInListError
from korea_cli.model.named import Named
from korea_cli.model.roles import RoleKey
from korea_cli.query.conditions import Condition
from korea_cli.query.filters import ALL, QueryContext
from korea_cli.query.resolve_names import find, placeholders
from korea_cli.query.results import Answer
from korea_cli.query.selection import Query, Selection, checked, resolve, today_meant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from typing import Self

    from korea_cli.model.records import Actor, Event, Fact, Record, Source, Topic
    from korea_cli.model.row import Row
    from korea_cli.rows.column import Column
    from korea_cli.store.database import DataFile, Store, StoredHeader

EVERYTHING = Selection()


class Chronology:
    """Events, facts, actors, topics and sources, to be queried by a Selection.

    header: what the files say of themselves. documents: the files, each with name, path and sha256. store: the records
    in SQL.

    A `with` block closes it at its end; otherwise it closes itself once neither it nor a record read from it is in use.
    Several threads may use one chronology, and iterate over one answer, at the same time: a lock lets in one of them at
    a time. An iterator belongs to one thread. A process that was forked opens its own.
    """

    def __init__(
        self,
        header: StoredHeader,
        documents: Sequence[DataFile],
        store: Store,
        clock: dt.date,
        notes: Sequence[str] = (),
    ) -> None:
        """Hold what was read; `clock` is today's date, `notes` are messages about the opening for the user."""
        self.header, self.documents, self.store, self.notes = header, tuple(documents), store, tuple(notes)
        self._clock = clock
        self._titles: dict[tuple[str, str], str | None] = {}
        self._addresses: dict[str, str | None] = {}
        self._columns: dict[str, tuple[Column, ...]] = {}

    def __repr__(self) -> str:
        return f"<Chronology {self.header.title!r} of {', '.join(repr(each.name) for each in self.documents)}>"

    def __enter__(self) -> Self:
        """Return the chronology itself; raises ClosedError when it was closed."""
        self.store.require_open()
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the database; any use after that raises ClosedError. Closing it twice is no error."""
        self.store.close()

    def events(self, selection: Selection = EVERYTHING) -> Answer[Event]:
        """Return the events of a selection, oldest first; raises KoreaError when it cannot be understood."""
        return self._answer(selection, "event")

    def facts(self, selection: Selection = EVERYTHING) -> Answer[Fact]:
        """Return the facts of a selection, oldest first, undated ones last."""
        return self._answer(selection, "fact")

    def actors(self, selection: Selection = EVERYTHING) -> Answer[Actor]:
        """Return the actors of a selection, those with most events and facts first, counting their members' too."""
        return self._answer(selection, "actor")

    def topics(self, selection: Selection = EVERYTHING) -> Answer[Topic]:
        """Return the topics of a selection, those with most events and facts first."""
        return self._answer(selection, "topic")

    def sources(self, selection: Selection = EVERYTHING) -> Answer[Source]:
        """Return the sources of a selection, those that most rests on first."""
        return self._answer(selection, "source")

    def search(self, selection: Selection = EVERYTHING) -> Answer[Record]:
        """Return records of every type, those that have the words in their title or names first."""
        return self._answer(selection, *ALL)

    @overload
    def find(self, name: str, type_: Literal["event"], /) -> Event: ...
    @overload
    def find(self, name: str, type_: Literal["fact"], /) -> Fact: ...
    @overload
    def find(self, name: str, type_: Literal["actor"], /) -> Actor: ...
    @overload
    def find(self, name: str, type_: Literal["topic"], /) -> Topic: ...
    @overload
    def find(self, name: str, type_: Literal["source"], /) -> Source: ...
    @overload
    def find(self, name: str, *types: str) -> Record: ...
    def find(self, name: str, *types: str) -> Record:
        """Return the one record that an id, name, alias or unique beginning means.

        types: where to look (`event`, `fact`, `actor`, `topic`, `source`), default all. Of one type, the record is
        typed so: `find("putin", "actor")` is an Actor. Raises UnknownNameError with the nearest names,
        AmbiguousNameError with the records that it may mean, NotInListError for an unknown type.
        """
        return next(iter(self.records([name], EVERYTHING, *types)))

    def records(
        self, names: list[str] | tuple[str, ...], selection: Selection = EVERYTHING, *types: str
    ) -> Answer[Record]:
        """Return the records that some names mean, in that order, as far as a selection has them; raises as `find`."""
        wanted = types or ALL
        named = [self.named(name, *wanted) for name in texts("names", names)]
        number = "SELECT seq FROM entry WHERE type = ? AND id = ?"
        numbers = dict.fromkeys(self.store.value(number, (each.type, each.id)) for each in named)
        return Answer(self.store, self.query(selection, *wanted), wanted, tuple(numbers), self._describe)

    def records_by_id(self, type_: str, ids: Sequence[str]) -> Answer[Record]:
        """Return the records of one type that have some ids, in the order of their type."""
        own = Condition(f"(entry.type = ? AND entry.id IN ({placeholders(ids)}))", (type_, *ids))
        return Answer(self.store, self.query(EVERYTHING, type_)._replace(own=own), (type_,), None, self._describe)

    def named(self, name: str, *types: str) -> Named:
        """Return the type, id and title of the record that a name means; raises as `find` does."""
        for type_ in types:
            if type_ not in ALL:
                raise NotInListError("record type", instance("type", type_, str, "a string"), ALL)
        return find(self.store, instance("name", name, str, "a string"), *(types or ALL))

    def _answer(self, selection: Selection, *types: str) -> Answer[Any]:
        return Answer(self.store, self.query(selection, *types), types, None, self._describe)

    def columns(self, type_: str) -> tuple[Column, ...]:
        """Return the columns of a type of record, as JSON and tables have them."""
        if type_ not in self._columns:
            from korea_cli.model.records import RECORD_TYPES  # noqa: PLC0415 - as above
            from korea_cli.rows.columns import columns_for  # noqa: PLC0415 - records that are kept as JSON need no columns

            self._columns[type_] = columns_for(RECORD_TYPES[type_], self)
        return self._columns[type_]

    def _describe(self, record: Row, relations: bool) -> dict[str, Any]:  # noqa: FBT001 - of to_dict alone
        self.store.require_open()
        columns = self.columns(record.type)
        if relations:
            from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - as above

            columns += relations_of(self, record.type)
        return {column.key: column.value(record) for column in columns}

    def query(self, selection: Selection, *types: str) -> Query:
        """Read a selection of records of some types; raises KoreaError when it cannot be understood."""
        self.store.require_open()
        selection = checked(selection)
        today = today_meant(selection.today, self.header.closed, self.header.last, self._clock)
        return resolve(selection, QueryContext(self.store, types, today, self.header.kinds))

    def role_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys under which records of a type name others, each with their role and the words for it."""
        rows = self.store.rows("SELECT type, key, role, label, verb FROM role_key WHERE type = ?", (type_,))
        return tuple(RoleKey(*row) for row in rows)

    def referring(self, id_: str, key: str) -> list[Named]:
        """Return the records that refer to one under a key, such as `responds_to`, in file order."""
        sql = (
            "SELECT entry.type, entry.id, entry.title FROM entry JOIN link ON link.seq = entry.seq"
            " WHERE link.key = ? AND link.target = ? ORDER BY entry.seq"
        )
        return [Named(*row) for row in self.store.rows(sql, (key, id_))]

    def title(self, type_: str, id_: str) -> str | None:
        """Return the title, name or text of a record; None when there is no such record."""
        self.store.require_open()
        key = type_, id_
        if key not in self._titles:
            row = next(self.store.rows("SELECT title FROM entry WHERE type = ? AND id = ?", key), None)
            self._titles[key] = row[0] if row else None
        return self._titles[key]

    def address(self, source: str) -> str | None:
        """Return the address of a source; None when it has none."""
        self.store.require_open()
        if source not in self._addresses:
            row = next(self.store.rows("SELECT url FROM source WHERE id = ?", (source,)), None)
            self._addresses[source] = (row[0] or None) if row else None
        return self._addresses[source]
