"""The records that a query finds: one SQL statement, whose rows become records as they are read."""

from __future__ import annotations

from functools import cached_property
from itertools import islice

from korea_cli.base.hints import TYPE_CHECKING, Any, Generic, TypeVar
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.model.row import Row
from korea_cli.query.conditions import ALWAYS, Condition, all_of, among_named, one_of
from korea_cli.query.field import DATED
from korea_cli.query.ordering import order_of
from korea_cli.query.read_records import read_together, records_part, texts_part
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.tables import ENTRIES, TALLIED, TALLIES, count_part, counted_for, possible_among, rows_of
from korea_cli.query.together import QueryPart, ask_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.model.row import Describe, Named
    from korea_cli.query.read_records import RecordPart
    from korea_cli.query.resolve import Query
    from korea_cli.query.shared import SharedAnswers
    from korea_cli.store.database import Store

# Type and number of a record, the day it is ordered by, whether it matches only possibly, its distance from what it is
# around, and in a list what is counted for it.
_Row = tuple[Any, ...]
_Numbers = dict[int, tuple[Any, ...]]  # all but the first two, of several records of one type by their numbers
R = TypeVar("R", bound=Row)

_AT_FIRST = 200  # records read by the first statement
# None of these is part of any JSON string, in which quotation marks are escaped.
_MATCHED = ('"match": "certain"', '"match": "possible"')
_UNMATCHED, _NO_DISTANCE = '"match": null', '"distance": null'


class Answer(Generic[R]):
    """The records that a query finds, in order; each iteration reads them again.

    `count`, and so `len()`, is the number of records it yields, `matched` the number before the limit, `possible` the
    number of those that are only possibly in the window. `possible_counted` may be set to how many of the events and
    facts counted for a list are only possible, and how many there are, where that is known.
    """

    def __init__(
        self,
        store: Store,
        query: Query,
        types: tuple[str, ...],
        named: tuple[Named, ...] | None = None,
        describe: Describe | None = None,
    ) -> None:
        """Prepare to read records of some types; raises NotInListError if they cannot be sorted by the key.

        named: the only records to read, in order. None: all.
        """
        chosen = [] if named is None else [among_named(named)]
        tallied = query.usual and query.tallied and not ROLES_BY_TYPE.keys().isdisjoint(types)
        kept = tallied and store.keeps("tally", making=query.own == ALWAYS and not chosen)
        self.query, self.types = query._replace(own=all_of([query.own, *chosen]), kept=kept), types
        of_types = Condition(f"entry.type IN ({placeholders(types)})", types)
        self._own = all_of([of_types, self.query.own, self.query.having])
        self._store, self._describe = store, describe
        self.possible_counted: tuple[int, int] | None = None
        self.shared: SharedAnswers | None = None
        self._order = order_of(query, types, named, store.words)

    def __iter__(self) -> Iterator[R]:
        """Read the records."""
        from korea_cli.model.row import attach  # noqa: PLC0415 - records stored as JSON are not decoded

        describe = self._describe
        records = self._in_order(as_texts=False)
        return self._store.while_open(attach(record, describe) if describe else record for record in records)

    def stored_json(self) -> Iterator[str | R] | None:
        """Return each record as its JSON text in the store, or itself if there is none; None if the store has none."""
        if self._is_list or not self._store.has_json:
            return None
        limit = self.query.selection.limit
        if not self._store.has_json_for(self.count if limit is None else limit):
            return None
        return self._store.while_open(self._in_order(as_texts=True))

    def uncounted(self) -> Answer[R]:
        """Return the same records without what is counted for them, in any order, unless the selection needs that."""
        return self.shared.uncounted[self.types[0]] if self.shared else self.alone_uncounted()

    def alone_uncounted(self) -> Answer[R]:
        """Return the same, to be read by itself."""
        query = self.query
        needed = query.counted or query.having != ALWAYS or query.selection.limit is not None
        return self if needed else Answer(self._store, query._replace(tallied=False), self.types, None, self._describe)

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
        """The number of matching records that are only possibly in the window and known."""
        return self._numbers()[1]

    @property
    def count(self) -> int:
        """The number of records that iterating yields."""
        limit = self.query.selection.limit
        return self.matched if limit is None else min(limit, self.matched)

    def count_possible(self) -> tuple[int, int, str]:
        """Count the records listed that are only possibly in the window, and all of them.

        For lists of actors, topics and sources, count the events and facts counted for them, with a noun for these.
        """
        limit = self.query.selection.limit
        cut = self.query.limits_time and (self.query.having != ALWAYS or (limit is not None and limit < self.matched))
        if not (self.query.limits_time and self._is_list):
            return sum(1 for *_, each, _ in self._found(limit) if each) if cut else self.possible, self.count, ""
        if self.possible_counted:
            return *self.possible_counted, "events and facts counted"
        listed = self.query.own
        if cut:
            listed = one_of("entry.seq", [seq for _, seq, *_ in self._rows()])
        counted = counted_for(self.types[0], self.query, listed)
        return *possible_among(self._store, self.query, counted), "events and facts counted"

    def _numbers(self) -> tuple[int, int]:
        self._store.require_open()
        return self._counted

    @cached_property
    def _counted(self) -> tuple[int, int]:
        if self._all_rows is not None:
            return len(self._all_rows), sum(1 for _, _, _, possible, *_ in self._all_rows if possible)
        if self.shared:
            return self.shared.counted[self.types[0]]
        return ask_together(self._store, [self.count_part()])[0][0]

    def count_part(self) -> QueryPart:
        """Return the question for how many records there are, and how many of these are only possible."""
        return count_part(self.query.possible, self._own, self._store.counting)

    @cached_property
    def _all_rows(self) -> list[_Row] | None:
        """All rows, if one search for both counting and reading is faster, or if they were read with others."""
        query = self.query
        if self.shared and query.selection.limit is None and (rows := self.shared.rows.get(self.types[0])) is not None:
            return list(rows)
        if self._is_list:
            once = bool(query.counted) or query.having != ALWAYS or query.chosen
        else:
            once = query.selection.limit is None and query.own != ALWAYS
        return list(self._found(None)) if once else None

    def _rows(self) -> Iterable[_Row]:
        """Return the rows of what is listed, in order."""
        limit = self.query.selection.limit
        if self.shared and (rows := self.shared.rows.get(self.types[0])) is not None:
            return rows
        return self._found(limit) if self._all_rows is None else self._all_rows[:limit]

    @property
    def _is_list(self) -> bool:
        return len(self.types) == 1 and self.types[0] in ROLES_BY_TYPE

    def _in_order(self, *, as_texts: bool) -> Iterator[Any]:
        """Find the numbers of the records in order, and read them in batches, unless they were read with others."""
        if self.shared and (found := self.shared.records(as_texts=as_texts or self._is_list)) is not None:
            yield from (found[seq] for _, seq, *_ in self._rows())
            return
        rows, at_once = iter(self._rows()), _AT_FIRST
        while some := list(islice(rows, at_once)):
            at_once = self._store.at_once
            parts = self.parts_of(some, as_texts=as_texts)
            yield from map(self._read(parts, [seq for _, seq, *_ in some]).__getitem__, [seq for _, seq, *_ in some])

    def parts_of(self, rows: Iterable[_Row], *, as_texts: bool) -> list[RecordPart]:
        """Return the questions for the records of some rows, by type; texts of events and facts are one."""
        numbers: dict[str, _Numbers] = {}
        for type_, seq, *others in rows:
            numbers.setdefault(DATED[0] if as_texts and type_ in DATED else type_, {})[seq] = tuple(others)
        part = self._texts if as_texts else self._records
        return [part(type_, of_type) for type_, of_type in numbers.items()]

    def _read(self, parts: Sequence[RecordPart], seqs: Sequence[int]) -> Mapping[int, Any]:
        """Read records by number, and with those that were named what is shown of others."""
        describe = self._describe
        beside = describe.beside(one_of("entry.seq", seqs)) if describe and self.query.chosen else ()
        found, others = read_together(self._store, parts, beside)
        self.expect(found, others)
        return found

    def expect(self, found: Mapping[int, Any], others: Sequence[Any] = ()) -> None:
        """Note records that were read together, and what was read of others with them."""
        if self._describe:
            self._describe.expect([each for each in found.values() if not isinstance(each, str)], others)

    def _found(self, limit: int | None) -> Iterator[_Row]:
        """Find records in order."""
        part = self.found_part(limit)
        return self._store.rows(part.sql, part.values)

    def found_part(self, limit: int | None) -> QueryPart:
        """Return the question for the rows of what is listed, in order."""
        source = rows_of(self.types[0], self.query) if self._is_list or "record." in self._order.sql else ENTRIES
        possible, distance = self.query.possible, self.query.distance
        listed = f"{possible.sql} AS possible, {distance.sql} AS distance{f', {TALLIED}' if self._is_list else ''}"
        columns = Condition(
            f"entry.type AS type, entry.seq AS seq, entry.orders AS orders, {listed}",
            (*possible.values, *distance.values),
        )
        numbers = ("seq", "orders", "possible", "distance", *(TALLIES if self._is_list else ()))
        order = f" ORDER BY {self._order.sql}{'' if limit is None else f' LIMIT {limit}'}"
        asking = source.asking(columns, self._own, self._order._replace(sql=order))
        return QueryPart(*asking, ("type",), numbers)

    def _records(self, type_: str, numbers: _Numbers) -> RecordPart:
        """Return the question for records of one type by their numbers."""
        own, query = one_of("entry.seq", tuple(numbers)), self.query
        tallied = [tally for _, _, _, *tally in numbers.values()] if self._is_list else None
        possible = one_of("entry.seq", tuple(seq for seq, (_, each, *_) in numbers.items() if each))
        rows = rows_of(type_, query._replace(own=own, counted=None), tallied)
        return records_part(type_, rows, own, query.asked(possible))

    def _texts(self, type_: str, numbers: _Numbers) -> RecordPart:
        if type_ in ROLES_BY_TYPE:
            return self._records(type_, numbers)
        own, days = one_of("seq", tuple(numbers)), [day for day, *_ in numbers.values()]
        rows = f"record_json WHERE orders BETWEEN ? AND ? AND {own.sql}"
        part = texts_part(rows, (min(days), max(days), *own.values))
        if not self.query.limits_time:
            return part
        return part._replace(read=lambda row: (row[1], self._asked(row[0], *numbers[row[1]])))

    def _asked(self, text: str, _: int | None, possible: int | None, distance: int | None) -> str:
        """Return the JSON of a record with what depends on the query."""
        text = text.replace(_UNMATCHED, _MATCHED[bool(possible)])
        return text if distance is None else text.replace(_NO_DISTANCE, f'"distance": {distance}')
