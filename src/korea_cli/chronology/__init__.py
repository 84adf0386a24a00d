"""The library's main object: a chronology, which `opening.py` opens, to query any number of times."""

from __future__ import annotations

from korea_cli.base.arguments import instance, texts
from korea_cli.base.errors import NotInListError
from korea_cli.base.hints import TYPE_CHECKING, Any, Literal, overload
from korea_cli.chronology.references import References
from korea_cli.query.conditions import Condition, all_of
from korea_cli.query.field import ALL, QueryContext
from korea_cli.query.resolve import Query, resolve, today_meant
from korea_cli.query.resolve_names import find, find_together, placeholders
from korea_cli.query.results import Answer
from korea_cli.query.selection import Selection, checked
from korea_cli.query.shared import SharedAnswers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Self, TypeAlias

    from korea_cli.cache.stamp import IndexedFile
    from korea_cli.dates.days import Day
    from korea_cli.model.records import Actor, Event, Fact, Record, Source, Topic
    from korea_cli.model.row import Named, Row
    from korea_cli.query.together import QueryPart
    from korea_cli.reading.toml import Document
    from korea_cli.rows.column import Column
    from korea_cli.store.database import Store
    from korea_cli.store.header import StoredHeader
    from korea_cli.store.parquet import ParquetFolder

    DataFile: TypeAlias = Document | IndexedFile | ParquetFolder

EVERYTHING = Selection()


class Chronology(References):
    """Events, facts, actors, topics and sources, to be queried by a Selection.

    header: what the files state about themselves. documents: the files, each with name, path and sha256. store: the
    records in SQL. left_out: how many records are not in it because others may not see them.

    A `with` block closes it at its end; otherwise it closes itself once neither it nor a record read from it is in use.
    Several threads may share one chronology, and iterate over one answer: a lock lets in one of them at a time. An
    iterator belongs to one thread. A forked process must open its own.
    """

    left_out = 0

    def __init__(
        self, header: StoredHeader, documents: Sequence[DataFile], store: Store, clock: Day, notes: Sequence[str] = ()
    ) -> None:
        """Use what was read; `clock` is today's date, `notes` are messages to the user about the opening."""
        super().__init__(store)
        self.header, self.notes = header, tuple(notes)
        self.documents = tuple(each for each in documents if each.shown)
        self._clock = clock
        self._earlier: dict[Day, Chronology] = {}
        self._columns: dict[str, tuple[Column, ...]] = {}

    def __repr__(self) -> str:
        return f"<Chronology {self.header.title!r} of {', '.join(repr(each.name) for each in self.documents)}>"

    def __enter__(self) -> Self:
        """Return the chronology itself; raises ClosedError if it was closed."""
        self.store.require_open()
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the database; any use after that raises ClosedError. It may be closed twice."""
        self.store.close()

    def events(self, selection: Selection = EVERYTHING) -> Answer[Event]:
        """Return the events of a selection, oldest first; raises KoreaError if it is invalid."""
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
        """Return the sources of a selection, those cited most first."""
        return self._answer(selection, "source")

    def search(self, selection: Selection = EVERYTHING) -> Answer[Record]:
        """Return records of all types, those with the words in their title or names first."""
        return self._answer(selection, *ALL)

    def by_type(self, selection: Selection = EVERYTHING) -> dict[str, Answer[Record]]:
        """Return the records of a selection by type; a limit is one for each type."""
        query = self.query(selection, *ALL)
        answers = {type_: self._answered(query, (type_,)) for type_ in ALL}
        SharedAnswers(self.as_known_by(query.known_by).store, answers, query.selection.limit)
        return answers

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

        types: `event`, `fact`, `actor`, `topic` or `source` (default: all). With one type the result has that type:
        `find("putin", "actor")` is an Actor. Raises UnknownNameError with similar names, AmbiguousNameError with the
        records that may be meant, NotInListError for an unknown type.
        """
        return next(iter(self.records([name], EVERYTHING, *types)))

    def records(
        self, names: list[str] | tuple[str, ...], selection: Selection = EVERYTHING, *types: str
    ) -> Answer[Record]:
        """Return the records with some names, in that order, if a selection has them; raises what `find` raises."""
        types = types or ALL
        find_together(self.store.whole, [*texts("names", names)], types)
        named = list(dict.fromkeys(self.named(name, *types) for name in names))
        query = self.query(selection, *types, named=True)
        if len(named) == 1:
            own = Condition("entry.type = ? AND entry.id = ?", named[0][:2])
            return self._answered(query._replace(own=all_of([own, query.own]), chosen=True), types)
        return self._answered(query._replace(chosen=True), types, tuple(named))

    def records_by_id(
        self, wanted: Mapping[str, Collection[str]], *, wholes: bool = False, counted: bool = True
    ) -> list[str | Record]:
        """Return records by type and ids, and their `wholes`, as JSON text where the store has it; or uncounted."""
        from korea_cli.chronology.by_id import read_by_id, wanted_ids  # noqa: PLC0415 - most answers look no whole records up
        from korea_cli.model.row import attach  # noqa: PLC0415 - as above

        asked = (self.query(EVERYTHING, type_, named=True) for type_ in wanted)  # also what was withdrawn
        queries = dict(zip(wanted, (each._replace(tallied=counted and each.tallied) for each in asked), strict=True))
        found = read_by_id(self.store, queries, wanted_ids(wanted, wholes=wholes), describe := _Description(self))
        return [each if isinstance(each, str) else attach(each, describe) for each in found]

    def named(self, name: str, *types: str) -> Named:
        """Return the type, id and title of the record that a name means; raises what `find` raises."""
        self.store.require_open()
        for type_ in types:
            if type_ not in ALL:
                raise NotInListError("record type", instance("type", type_, str, "a string"), ALL)
        return find(self.store.whole, instance("name", name, str, "a string"), *(types or ALL))

    def as_known_by(self, day: Day | None) -> Chronology:
        """Return the chronology as it could be read on a day; the same chronology without a day.

        It has no sources surely published later, and nothing that rests on these alone. Names are still found.
        """
        if day is None or day == self.store.known_by:
            return self
        if day not in self._earlier:
            from korea_cli.store.known import KnownStore  # noqa: PLC0415 - few queries ask what was known

            store = KnownStore(self.store.whole, day)
            known = Chronology(self.header, self.documents, store, self._clock, self.notes)
            known.whole = self.whole
            self._earlier[day] = known
        return self._earlier[day]

    def _answer(self, selection: Selection, *types: str) -> Answer[Any]:
        return self._answered(self.query(selection, *types), types)

    def _answered(self, query: Query, types: tuple[str, ...], named: tuple[Named, ...] | None = None) -> Answer[Any]:
        known = self.as_known_by(query.known_by)
        return Answer(known.store, query, types, named, _Description(known))

    def columns(self, type_: str) -> tuple[Column, ...]:
        """Return the columns of a type of record, as JSON and tables have them."""
        if type_ not in self._columns:
            from korea_cli.model.records import RECORD_TYPES  # noqa: PLC0415 - JSON from the index needs no columns
            from korea_cli.rows.columns import columns_for  # noqa: PLC0415 - as above

            self._columns[type_] = columns_for(RECORD_TYPES[type_], self)
        return self._columns[type_]

    def query(self, selection: Selection, *types: str, opposed: bool = False, named: bool = False) -> Query:
        """Resolve a selection of records of some types; raises KoreaError if it is invalid.

        opposed: whether an actor or source that disputes a record counts among its actors and sources. named: whether
        terms are about the events and facts of an actor, topic or source wherever they can be.
        """
        self.store.require_open()
        selection = checked(selection)
        today = today_meant(selection.today, self.header.closed, self.header.last, self._clock)
        asked = types, today, self.header.own_words, self.store.known_by, opposed, named
        return resolve(selection, QueryContext(self.store.whole, *asked, withdrawn=self.header.withdrawn))

    def ask(self, selection: Selection, *types: str, opposed: bool = False) -> tuple[Chronology, Query]:
        """Resolve a selection as `query` does, and return it with the chronology as it could be read by its day."""
        query = self.query(selection, *types, opposed=opposed)
        return self.as_known_by(query.known_by), query

    def first_known(self, types: Sequence[str], own: Condition) -> int | None:
        """Return the number of the first day on which such a record may have been known; None without one."""
        sql = f"SELECT MIN(known_min) FROM entry WHERE type IN ({placeholders(types)}) AND {own.sql}"  # noqa: S608 - values are bound
        first: int | None = self.store.whole.value(sql, (*types, *own.values))
        return first

    @property
    def end(self) -> int:
        """The last day it covers: its `as_of`, else today or a later last event; not after the day it was known by."""
        known_by = [self.store.known_by.ordinal] if self.store.known_by else []
        latest = [day for day in (self._clock.ordinal, self.header.last) if day is not None]
        return min([max(latest) if self.header.closed is None else self.header.closed, *known_by])


class _Description:
    """Describes the records of a chronology as JSON has them; what they refer to is looked up for many at once."""

    def __init__(self, chronology: Chronology) -> None:
        self._chronology = chronology

    def beside(self, own: Condition) -> Sequence[QueryPart]:
        """Return the questions for what is shown of others with the records that meet a condition."""
        return self._chronology.parts_shown(own)

    def expect(self, records: Collection[Record], shown: Sequence[Iterable[Sequence[Any]]] = ()) -> None:
        """Note records that were read together, and the rows of these questions."""
        self._chronology.expect(records)
        if shown:
            self._chronology.note_shown([record.id for record in records], *shown)

    def __call__(self, record: Row, relations: bool) -> dict[str, Any]:  # noqa: FBT001 - of to_dict alone
        """Return what the columns have for a record."""
        chronology = self._chronology
        chronology.store.require_open()
        columns = chronology.columns(record.type)
        if relations:
            from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - only 'show' needs them

            columns += relations_of(chronology, record.type)
        return {column.key: column.value(record) for column in columns}
