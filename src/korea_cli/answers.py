"""Ask the store: a query becomes one SQL statement, and its rows become records as they are read."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from korea_cli.dates.edtf import OPEN_END, OPEN_START, StoredDate, one_day_in
from korea_cli.errors import NotInListError
from korea_cli.filters import ACTOR_ROLES, SOURCE_ROLES, Condition, all_of
from korea_cli.model import RECORDS, Record, keys_of
from korea_cli.names import marks
from korea_cli.selection import Selection
from korea_cli.store import columns_of, decode
from korea_cli.words import pattern_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model import Key
    from korea_cli.selection import Query
    from korea_cli.store import Store

R = TypeVar("R", bound=Record)
RECORD_TYPES: dict[str, type[Record]] = {record.type: record for record in RECORDS}

_ROLES: dict[str, tuple[str, ...]] = {"actor": ACTOR_ROLES, "topic": ("topics",), "source": SOURCE_ROLES}
# The bounds of the day on which the first of some events began, and of that on which the last ended.
BOUNDS = """MIN(CASE WHEN type = 'event' THEN a END) AS first_a, MIN(CASE WHEN type = 'event' THEN b END) AS first_b,
    MAX(CASE WHEN type = 'event' THEN c END) AS last_c, MAX(CASE WHEN type = 'event' THEN d END) AS last_d"""
_BOUNDED = {"first": ("tally.first_a", "tally.first_b"), "last": ("tally.last_c", "tally.last_d")}
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
_PLAINLY_SORTED = {"slug", "choice", "time", "url", "ref", "flag", "date", "found"}


_NOTHING = Condition("")


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
        self.query, self.types = replace(query, own=own), types
        self._store = store
        self._order = _order(query, types, named)

    def __iter__(self) -> Iterator[R]:
        """Read the records."""
        match = _match(self.query)
        if len(self.types) > 1:
            wanted = Condition("entry.type, entry.seq, " + match.sql, match.values)
            return (self._one(type_, seq) for type_, seq, _ in self._rows(wanted))
        record = RECORD_TYPES[self.types[0]]
        found = _found_columns(record, match)
        columns = [sql for each in found.values() for sql in each]
        columns += [f'record."{name}"' for name in columns_of(record)]
        rows = self._rows(Condition(", ".join(columns), match.values if "match" in found else ()))
        return (cast("R", _record(record, found, row)) for row in rows)

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
        alone = replace(self.query, own=Condition("entry.seq = ?", (seq,)), counted=None, selection=Selection())
        return cast("R", next(iter(Answer[Record](self._store, alone, (type_,)))))

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


def _found_columns(record: type[Record], match: Condition) -> dict[str, tuple[str, ...]]:
    """Give the SQL of each found field of a record that its own table does not hold."""
    names = [name for name, key in keys_of(record).items() if key.form == "found" and name not in columns_of(record)]
    return {name: (match.sql,) if name == "match" else _BOUNDED.get(name, (f"tally.{name}",)) for name in names}


def _record(record: type[Record], found: dict[str, tuple[str, ...]], row: tuple[Any, ...]) -> Record:
    values, known = iter(row), {}
    for name, columns in found.items():
        given = [next(values) for _ in columns]
        known[name] = day_between(*given) if name in _BOUNDED else given[0]
    return decode(record, values, **{name: value for name, value in known.items() if value is not None})


def day_between(first: int | None, last: int | None) -> StoredDate | None:
    """Give the date of a day somewhere in a span, as far as that is known; None where there is none yet."""
    if first is None or last is None or first == OPEN_END or last == OPEN_START:
        return None
    return one_day_in(first, last)


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
    known = sortable(types)
    if key.casefold() not in known:
        raise NotInListError("key to sort by", key, tuple(known))
    column = known[key.casefold()]
    return _Order(f"{column} IS NULL"), _Order(column)


def sortable(types: tuple[str, ...]) -> dict[str, str]:
    """Give the keys by which records of some types can be sorted, each with its SQL."""
    if len(types) > 1:
        return {"type": "entry.type", "id": "entry.id", "title": "entry.title", "date": "entry.orders"}
    record = RECORD_TYPES[types[0]]
    keys = {key.shown_as or name: (name, key) for name, key in keys_of(record).items()}
    sql = {shown: _sort_column(record, name, key) for shown, (name, key) in keys.items()}
    return {shown: column for shown, column in sql.items() if column}


def _sort_column(record: type[Record], name: str, key: Key) -> str:
    if key.dated:
        return "entry.orders"
    if key.form == "text":
        return f"NULLIF(LOWER(record.\"{name}\"), '')"
    if name == "match" or key.form not in _PLAINLY_SORTED:
        return ""
    if name in columns_of(record):
        return f"NULLIF(record.\"{name}\", '')"
    return _BOUNDED[name][0] if name in _BOUNDED else f"COALESCE(tally.{name}, 0)"
