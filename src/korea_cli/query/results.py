"""Ask the store: a query becomes one SQL statement, and its rows become records as they are read."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS, Condition, all_of
from korea_cli.query.ordering import order_of
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.tables import ENTRIES, NOTHING, Rows, only_possibly, possible_among, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.model.records import Record
    from korea_cli.model.row import Describe
    from korea_cli.query.selection import Query
    from korea_cli.store.database import Store

_Row = tuple[str, int, int | None]  # type and number of a record, whether it is only possibly in the window
_Numbers = dict[int, int | None]  # the last two, of several records of one type
R = TypeVar("R", bound="Record")
T = TypeVar("T")

_AT_ONCE = 200  # records read in one question
_MATCHED = ('"match": "certain"', '"match": "possible"')
_UNMATCHED = '"match": null'  # no text in JSON holds this: there every quotation mark has a backslash before it


class Answer(Generic[R]):
    """The records that a query found, in order; each iteration reads them again, one by one.

    `count`, and so `len()`, is how many it yields, `matched` how many there were before the limit, `possible` how many
    of those are only possibly in the window.
    """

    def __init__(
        self,
        store: Store,
        query: Query,
        types: tuple[str, ...],
        named: tuple[int, ...] | None = None,
        describe: Describe | None = None,
    ) -> None:
        """Prepare to read records of some types; raises NotInListError when they cannot be sorted as asked.

        named: numbers of records in the store; only these are read, in this order. None: all there are.
        """
        chosen = [] if named is None else [_numbered(named)]
        self.query, self.types = query._replace(own=all_of([query.own, *chosen])), types
        self._own = all_of([Condition(f"entry.type IN ({placeholders(types)})", types), self.query.own])
        self._store, self._describe = store, describe
        self._order = order_of(query, types, named)

    def __iter__(self) -> Iterator[R]:
        """Read the records."""
        from korea_cli.model.row import attach  # noqa: PLC0415 - rows that are kept as JSON need no records

        describe = self._describe
        records = self._list() if self._is_list else self._in_order(self._records)
        return self._store.while_open(attach(record, describe) if describe else record for record in records)

    def kept(self) -> Iterator[str | R] | None:
        """Return each record as the JSON text that the store keeps of it, else itself; None where none is kept."""
        if not self._store.has_json or self._is_list:
            return None
        return self._store.while_open(self._in_order(self._texts))

    def __len__(self) -> int:
        return self.count

    def __repr__(self) -> str:
        return f"<Answer of {', '.join(f'{type_}s' for type_ in self.types)}, {self.query.selection!r}>"

    @property
    def matched(self) -> int:
        """The number of records that match, whatever the limit."""
        return self._numbers()[0]

    @property
    def possible(self) -> int:
        """The number of those that match but are only possibly in the window."""
        return self._numbers()[1]

    @property
    def count(self) -> int:
        """The number of records that iterating yields."""
        limit = self.query.selection.limit
        return self.matched if limit is None else min(limit, self.matched)

    def doubtful(self) -> tuple[int, int, str]:
        """Count what it lists, or for a list counts, that is only possibly in the window, and all of that.

        Beside it, what is counted where that is not what it lists.
        """
        limit = self.query.selection.limit
        cut = self.query.window is not None and limit is not None and limit < self.matched
        if self.query.window is None or not self._is_list:
            return sum(1 for *_, each in self._found(limit) if each) if cut else self.possible, self.count, ""
        query = self.query
        if cut:
            numbers = self._ask(Condition("entry.seq"), self._source(), self._own, self._ordered(limit))
            query = query._replace(own=Condition(f"entry.seq IN ({', '.join(str(seq) for (seq,) in numbers)})"))
        tally = rows_of(self.types[0], query).tally
        counted = Condition(f"entry.seq IN ({tally.sql} SELECT seq FROM part)", tally.values)
        return *possible_among(self._store, query, counted), "events and facts counted"

    def _numbers(self) -> tuple[int, int]:
        self._store.require_open()
        return self._counted

    @cached_property
    def _counted(self) -> tuple[int, int]:
        if self._held is not None:
            return len(self._held), sum(1 for *_, possible in self._held if possible)
        possible = only_possibly(self.query)
        counted = Condition(f"COUNT(*), COUNT(CASE WHEN {possible.sql} THEN 1 END)", possible.values)
        source = self._source() if self.query.counted else ENTRIES
        return cast("tuple[int, int]", next(self._ask(counted, source, self._own)))

    def _source(self) -> Rows:
        return rows_of(self.types[0], self.query)

    @cached_property
    def _held(self) -> list[_Row] | None:
        """All rows, searched for once to be counted and read; None where counting takes no search or few are read."""
        limited = self.query.selection.limit is not None
        return None if limited or self._is_list or self.query.own == ALWAYS else list(self._found(None))

    @property
    def _is_list(self) -> bool:
        return len(self.types) == 1 and self.types[0] in ROLES_BY_TYPE

    def _in_order(self, read: Callable[[str, _Numbers], Iterator[tuple[int, T]]]) -> Iterator[T]:
        """Find the numbers of the records in order, and read them so many at a time, all of one type at once."""
        rows = iter(self._held) if self._held is not None else self._found(self.query.selection.limit)
        while some := list(islice(rows, _AT_ONCE)):
            numbers: dict[str, _Numbers] = {}
            for type_, seq, possible in some:
                numbers.setdefault(type_, {})[seq] = possible
            found = {seq: each for type_, wanted in numbers.items() for seq, each in read(type_, wanted)}
            yield from (found[seq] for _, seq, _ in some)

    def _found(self, limit: int | None) -> Iterator[_Row]:
        """Find records in order."""
        by_own_key = "record." in self._order.sql
        source = self._source() if by_own_key else ENTRIES
        possible = only_possibly(self.query)
        wanted = Condition(f"entry.type, entry.seq, {possible.sql}", possible.values)
        return cast("Iterator[_Row]", self._ask(wanted, source, self._own, self._ordered(limit)))

    def _list(self) -> Iterator[R]:
        """Read the actors, topics or sources of a list with what is counted for each, in order."""
        rows = self._read(self.types[0], self.query, self._own, self._ordered(self.query.selection.limit))
        return (record for _, record in rows)

    def _records(self, type_: str, numbers: _Numbers) -> Iterator[tuple[int, R]]:
        """Look up records of one type by their numbers, in an order that a new store has too if this one is damaged.

        The plus sign keeps SQLite from walking all of the type in that order.
        """
        own = _numbered(tuple(numbers))
        return self._read(type_, self.query._replace(own=own, counted=None), own, Condition(" ORDER BY +entry.seq"))

    def _texts(self, type_: str, numbers: _Numbers) -> Iterator[tuple[int, str | R]]:
        if type_ in ROLES_BY_TYPE:
            return self._records(type_, numbers)
        sql = f"SELECT seq, json FROM record_json WHERE seq IN ({placeholders(numbers)})"
        rows = self._store.rows(sql, tuple(numbers))
        if self.query.possible is None:
            return cast("Iterator[tuple[int, str]]", rows)
        return ((seq, text.replace(_UNMATCHED, _MATCHED[bool(numbers[seq])])) for seq, text in rows)

    def _read(self, type_: str, query: Query, own: Condition, order: Condition = NOTHING) -> Iterator[tuple[int, R]]:
        """Read the records of one type that meet a condition, each with its number."""
        from korea_cli.store.decode_rows import RowDecoder  # noqa: PLC0415 - many answers need numbers, or rows as they are kept

        match = _match(query)
        reading = RowDecoder(type_, match.sql)
        wanted = Condition(", ".join(("entry.seq", *reading.columns)), match.values if reading.has_match else ())
        rows = self._ask(wanted, rows_of(type_, query), own, order)
        return ((seq, cast("R", reading.record(row))) for seq, *row in rows)

    def _ordered(self, limit: int | None) -> Condition:
        order = self._order
        if limit is None:
            return Condition(f" ORDER BY {order.sql}", order.values)
        return Condition(f" ORDER BY {order.sql} LIMIT ?", (*order.values, limit))

    def _ask(
        self, wanted: Condition, source: Rows, own: Condition, order: Condition = NOTHING
    ) -> Iterator[tuple[Any, ...]]:
        tally = source.tally
        sql = f"{tally.sql} SELECT {wanted.sql} FROM {source.tables} WHERE {own.sql}{order.sql}"
        return self._store.rows(sql, (*tally.values, *wanted.values, *own.values, *order.values))


def _numbered(numbers: tuple[int, ...]) -> Condition:
    """Match records by their numbers in the store."""
    return Condition(f"entry.seq IN ({placeholders(numbers)})", numbers)


def _match(query: Query) -> Condition:
    """Return the SQL of how surely a record is in the window; NULL without a window."""
    if query.possible is None:
        return Condition("NULL")
    return Condition(f"CASE WHEN {query.possible.sql} THEN 'possible' ELSE 'certain' END", query.possible.values)
