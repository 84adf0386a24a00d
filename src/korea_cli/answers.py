"""Ask the store: a query becomes one SQL statement, and its rows become records as they are read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from korea_cli.errors import NotInListError
from korea_cli.filters import ACTOR_ROLES, SOURCE_ROLES, Condition, all_of
from korea_cli.names import marks
from korea_cli.selection import Selection
from korea_cli.words import pattern_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model import Record
    from korea_cli.selection import Query
    from korea_cli.store import Store

R = TypeVar("R", bound="Record")

_ROLES: dict[str, tuple[str, ...]] = {"actor": ACTOR_ROLES, "topic": ("topics",), "source": SOURCE_ROLES}
# The bounds of the day on which the first of some events began, and of that on which the last ended.
BOUNDS = """MIN(CASE WHEN type = 'event' THEN a END) AS first_a, MIN(CASE WHEN type = 'event' THEN b END) AS first_b,
    MAX(CASE WHEN type = 'event' THEN c END) AS last_c, MAX(CASE WHEN type = 'event' THEN d END) AS last_d"""
# An event or fact counts once for each thing that contains what it refers to.
_TALLY = """WITH part AS (
  SELECT DISTINCT belongs.whole AS id, entry.seq, entry.type, entry.a, entry.b, entry.c, entry.d
  FROM entry JOIN link ON link.seq = entry.seq JOIN belongs ON belongs.id = link.target AND belongs.type = '{type}'
  WHERE entry.type IN ('event', 'fact') AND link.role IN ({roles}) AND {counted}
    AND belongs.whole IN (SELECT entry.id FROM entry WHERE entry.type = '{type}' AND {own})
), alone AS (
  SELECT seq FROM link WHERE role IN ('sources', 'other_dates') GROUP BY seq HAVING COUNT(DISTINCT target) = 1
), tally AS (
  SELECT id, COUNT(CASE WHEN type = 'event' THEN 1 END) AS events, COUNT(CASE WHEN type = 'fact' THEN 1 END) AS facts,
    {bounds},
    COUNT(CASE WHEN seq IN (SELECT seq FROM alone) THEN 1 END) AS alone
  FROM part GROUP BY id
)"""
_COUNTED = "COALESCE(tally.events, 0) + COALESCE(tally.facts, 0)"
_BY_TYPE = "CASE entry.type WHEN 'event' THEN 1 WHEN 'fact' THEN 2 WHEN 'actor' THEN 3 WHEN 'topic' THEN 4 ELSE 5 END"


_NOTHING = Condition("")
_UNMATCHED = '"match": null'  # no text in JSON holds this: there every quotation mark has a backslash before it


class _Order(NamedTuple):
    """One expression to order by."""

    sql: str
    descending: bool = False
    values: tuple[str | int, ...] = ()


_BY_DATE = (_Order("entry.orders IS NULL"), _Order("entry.orders"), _Order("entry.d"), _Order("entry.seq"))
_BY_COUNT = (_Order(_COUNTED, descending=True), _Order("entry.seq"))


class Answer(Generic[R]):
    """The records that a query found, in order; iterating reads them one by one, each time anew.

    `count` is how many it gives, `matched` how many there were before the limit, `possible` how many of those are only
    possibly in the window.
    """

    def __init__(
        self, store: Store, query: Query, types: tuple[str, ...], named: tuple[int, ...] | None = None
    ) -> None:
        """Prepare to ask for records of some types; raises NotInListError when they cannot be sorted as asked.

        named: numbers of records in the store; only these are given, in this order. None: all there are.
        """
        chosen = [] if named is None else [Condition(f"entry.seq IN ({marks(named)})", named)]
        own = all_of([query.own, *chosen]) if chosen else query.own
        self.query, self.types = query._replace(own=own), types
        self._store = store
        self._order = _order(query, types, named)

    def __iter__(self) -> Iterator[R]:
        """Read the records."""
        match = _match(self.query)
        if len(self.types) > 1:
            rows = self._rows(Condition(f"entry.type, entry.seq, {match.sql}", match.values))
            return (self._one(type_, seq) for type_, seq, _ in rows)
        from korea_cli.decoding import Reading  # noqa: PLC0415 - many answers need numbers, or rows as they are kept

        reading = Reading(self.types[0], match.sql)
        wanted = Condition(", ".join(reading.columns), match.values if reading.tells_match else ())
        return (cast("R", reading.record(row)) for row in self._rows(wanted))

    def kept(self) -> Iterator[str] | None:
        """Give the records as the JSON text that the store keeps of them; None where it keeps none."""
        if not self._store.keeps or len(self.types) > 1 or self.types[0] in _ROLES:
            return None
        match = _match(self.query)
        rows = self._rows(Condition(f"record.json, {match.sql}", match.values))
        if self.query.possible is None:
            return (text for text, _ in rows)
        return (text.replace(_UNMATCHED, f'"match": "{match}"') for text, match in rows)

    @cached_property
    def matched(self) -> int:
        """Count all that match, whatever the limit."""
        return self._number(Condition("COUNT(*)"))

    @cached_property
    def possible(self) -> int:
        """Count those that match but are only possibly in the window."""
        sql, values = self.query.possible or Condition("NULL")
        return self._number(Condition(f"COUNT(CASE WHEN {sql} THEN 1 END)", values))

    @property
    def count(self) -> int:
        """Count the records that iterating gives."""
        limit = self.query.selection.limit
        return self.matched if limit is None else min(limit, self.matched)

    def _one(self, type_: str, seq: int) -> R:
        """Read one record of a mixed answer."""
        alone = self.query._replace(own=Condition("entry.seq = ?", (seq,)), counted=None, selection=Selection())
        found: Answer[R] = Answer(self._store, alone, (type_,))
        return next(iter(found))

    def _rows(self, wanted: Condition) -> Iterator[tuple[Any, ...]]:
        limit = self.query.selection.limit
        order = ", ".join(f"{each.sql}{' DESC' if each.descending else ''}" for each in self._order)
        values = tuple(value for each in self._order for value in each.values)
        if limit is not None:
            order, values = f"{order} LIMIT ?", (*values, limit)
        return self._ask(wanted, Condition(f" ORDER BY {order}", values))

    def _number(self, wanted: Condition) -> int:
        return cast("int", next(self._ask(wanted))[0])

    def _ask(self, wanted: Condition, further: Condition = _NOTHING) -> Iterator[tuple[Any, ...]]:
        tally, source = _source(self.types, self.query)
        own = self.query.own
        sql = (
            f"{tally.sql} SELECT {wanted.sql} {source}"
            f" WHERE entry.type IN ({marks(self.types)}) AND {own.sql}{further.sql}"
        )
        return self._store.rows(sql, (*tally.values, *wanted.values, *self.types, *own.values, *further.values))


def _source(types: tuple[str, ...], query: Query) -> tuple[Condition, str]:
    """Say where records come from: what must be counted first, and the tables joined."""
    if len(types) > 1:
        return _NOTHING, "FROM entry"
    (type_,) = types
    source = f"FROM entry JOIN {type_} AS record ON record.seq = entry.seq"
    if type_ not in _ROLES:
        return _NOTHING, source
    counted, roles, own = query.counted or Condition("1 = 1"), _ROLES[type_], query.own
    sql = _TALLY.format(type=type_, roles=marks(roles), counted=counted.sql, own=own.sql, bounds=BOUNDS)
    kept = "JOIN" if query.counted else "LEFT JOIN"
    return Condition(sql, (*roles, *counted.values, *own.values)), f"{source} {kept} tally ON tally.id = entry.id"


def _match(query: Query) -> Condition:
    """Give the SQL that tells certain from possible; NULL without a window."""
    if query.possible is None:
        return Condition("NULL")
    return Condition(f"CASE WHEN {query.possible.sql} THEN 'possible' ELSE 'certain' END", query.possible.values)


def _order(query: Query, types: tuple[str, ...], named: tuple[int, ...] | None) -> tuple[_Order, ...]:
    """Say what to order by: the key asked for, then the usual order; all of it turned round for `reverse`."""
    selection = query.selection
    usual: tuple[_Order, ...]
    if named:
        places = " ".join("WHEN ? THEN ?" for _ in named)
        usual = (
            _Order(f"CASE entry.seq {places} END", values=tuple(n for pair in enumerate(named) for n in pair[::-1])),
        )
    elif len(types) > 1:
        usual = (*_rank(query), _Order(_BY_TYPE), *_BY_DATE)
    else:
        usual = _BY_COUNT if types[0] in _ROLES else _BY_DATE
    order = (*(_sorted_by(selection.sort, types) if selection.sort is not None else ()), *usual)
    return tuple(each._replace(descending=not each.descending) for each in order) if selection.reverse else order


def _rank(query: Query) -> tuple[_Order, ...]:
    """Put first what has the most of the words looked for in its title or names."""
    found = "CASE WHEN entry.seq IN (SELECT seq FROM head WHERE folded LIKE ?) THEN 1 ELSE 0 END"
    sql = " + ".join(found for _ in query.words)
    return (_Order(sql, descending=True, values=tuple(map(pattern_for, query.words))),) if query.words else ()


def _sorted_by(key: str, types: tuple[str, ...]) -> tuple[_Order, ...]:
    from korea_cli.decoding import sortable  # noqa: PLC0415 - few questions ask for another order

    known = sortable(types)
    if key.casefold() not in known:
        raise NotInListError("key to sort by", key, tuple(known))
    column = known[key.casefold()]
    return _Order(f"{column} IS NULL"), _Order(column)
