"""Count who dealt with whom: pairs of actors of which one acted, and the other acted too or was addressed."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.query.conditions import ALWAYS, Condition, all_of, any_of, none_of
from korea_cli.query.filters import linked
from korea_cli.rows.column import Column, Columns, plain_value
from korea_cli.store.decode_rows import day_between
from korea_cli.store.sql import OUTERMOST

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.query.resolve import Query

    _Row = tuple[Any, ...]  # both ids, a kind, the number of events, and of those only possible, and their four bounds

_PARTIES = ("agent", "recipient")
# An actor counts as written, or as the side or else the outermost that it belongs to.
_AS_WRITTEN = {"parts": "", "one": "agent", "other": "party", "wholes": ""}
_ROLLED_UP = {
    "parts": f"part AS (SELECT id, {{actor}} AS actor FROM belongs WHERE type = 'actor' AND {OUTERMOST}), ",  # noqa: S608 - a condition
    "one": "whole.actor", "other": "other.actor",
    "wholes": "CROSS JOIN part AS whole ON whole.id = agent CROSS JOIN part AS other ON other.id = party",
}  # fmt: skip
# Parties are looked up in the order of the events, without an index.
_PAIRS = """WITH {parts}pair AS (
  SELECT DISTINCT own, CASE WHEN {one} < {other} THEN {one} ELSE {other} END AS one,
    CASE WHEN {one} < {other} THEN {other} ELSE {one} END AS other,
    kind, possible, start_min, start_max, end_min, end_max{each}
  FROM (
    SELECT {row} AS own, agent.target AS agent, party.target AS party, COALESCE(entry.kind, '') AS kind,
      {possible} AS possible, {bounds}{each}
    FROM {table} NOT INDEXED CROSS JOIN link AS agent ON agent.seq = entry.seq AND agent.role = 'agent'
      CROSS JOIN link AS party ON party.seq = entry.seq AND party.role IN ('agent', 'recipient')
    WHERE entry.type = 'event' AND agent.target <> party.target AND {own}
  ) AS dealing {wholes} WHERE {one} <> {other}
), counted AS (
  SELECT one, other, kind, {number} AS number, {doubtful} AS doubtful,
    MIN(start_min) AS start_min, MIN(start_max) AS start_max, MAX(end_min) AS end_min, MAX(end_max) AS end_max
  FROM pair WHERE {sides} GROUP BY one, other, kind
), total AS (SELECT one, other, SUM(number) AS number FROM counted GROUP BY one, other HAVING SUM(number) >= {least}),
listed AS (SELECT one, other FROM total ORDER BY {order} LIMIT {limit})
SELECT one, other, kind, number, doubtful, start_min, start_max, end_min, end_max, (SELECT COUNT(*) FROM total)
  FROM listed JOIN counted USING (one, other) ORDER BY one, other"""
_BOUNDS = ("start_min", "start_max", "end_min", "end_max")
_ORDERS = "number DESC, one, other", "number, one DESC, other DESC"


class Dealer(NamedTuple):
    """An actor of a pair."""

    id: str
    name: str


class Pair(NamedTuple):
    """Two actors, how many events they have in common, of which kinds, and when the first and the last were.

    possible_event_count: how many of them are only possibly in the range, or perhaps not known yet. kinds: the number
    of events by kind, the most frequent first. first: start of the first one. last: end of the last one; None if it is
    ongoing.
    """

    actor: Dealer
    other: Dealer
    event_count: int
    possible_event_count: int
    kinds: tuple[tuple[str, int], ...]
    first: StoredDate | None
    last: StoredDate | None

    @property
    def type(self) -> str:
        """The type of the row."""
        return "pair"


def columns() -> Columns:
    """Return the columns of pairs."""
    return Columns(("pair",), lambda _: (
        Column("type", attrgetter("type")),
        Column("actor", attrgetter("actor"), Dealer._asdict),
        Column("other", attrgetter("other"), Dealer._asdict),
        Column("event_count", attrgetter("event_count")),
        Column("possible_event_count", attrgetter("possible_event_count")),
        Column("kinds", attrgetter("kinds"), _kinds),
        Column("first", attrgetter("first"), plain_value),
        Column("last", attrgetter("last"), plain_value),
    ))  # fmt: skip


def _kinds(kinds: Sequence[tuple[str, int]]) -> list[dict[str, str | int | None]]:
    return [{"kind": kind or None, "event_count": count} for kind, count in kinds]


def between(query: Query, sides: Sequence[str]) -> Query:
    """Limit a query to the events in which each of some sides acted or was addressed."""
    taken_part = [linked(_PARTIES, members) for members in map(_members, sides)]
    return query._replace(own=all_of([query.own, *taken_part]), ever=all_of([query.ever, *taken_part]))


def _members(side: str) -> Condition:
    """Return the ids of an actor and its members."""
    return Condition("SELECT id FROM belongs WHERE type = 'actor' AND whole = ?", (side,))


def count_pairs(
    chronology: Chronology, query: Query, sides: Sequence[str], *, roll_up: bool, least: int = 0
) -> tuple[Sequence[Pair], int]:
    """Return the pairs of the events of a query that it lists, the most frequent first, and how many there are.

    least: the least number of events. sides: ids of actors. With one, it or its member is the first of each pair, and
    the other is none of these. With a second, it or its member is the other. roll_up: whether actors count as the side
    that they belong to, else as the outermost. A relay is no party to what it passes on, and two that were only
    addressed together did not deal with each other.
    """
    members = [_members(side) for side in sides]
    counted, within = _counted_as(sides) if roll_up else Condition(""), _within(members)
    own, possible, form = query.own, query.possible, _ROLLED_UP if roll_up else _AS_WRITTEN
    counting, selection = chronology.store.counting, query.selection
    limit = None if sides else selection.limit  # the order of sides is not that of ids
    sql = _PAIRS.format(
        **form | {"parts": form["parts"].format(actor=counted.sql)}, own=own.sql, possible=possible.sql,
        sides=within.sql, least=least, order=_ORDERS[selection.reverse], limit=-1 if limit is None else limit,
        row=counting.row, each=counting.column, table=counting.table, number=counting.number(),
        doubtful=counting.number("possible IS TRUE"),
        bounds=", ".join(f"{column} AS {name}" for column, name in zip(counting.bounds, _BOUNDS, strict=True)),
    )  # fmt: skip
    rows = list(chronology.store.rows(sql, (*counted.values, *possible.values, *own.values, *within.values)))
    chronology.titles.expect_ids(id_ for one, other, *_ in rows for id_ in (one, other))
    of_sides = [{id_ for (id_,) in chronology.store.rows(each.sql, each.values)} for each in members]
    pairs = [_pair(chronology, list(kinds), of_sides) for _, kinds in groupby(rows, key=itemgetter(0, 1))]
    pairs.sort(key=lambda pair: (-pair.event_count, pair.actor.id, pair.other.id))
    return selection.listed(pairs), rows[0][-1] if rows else 0


def _counted_as(sides: Sequence[str]) -> Condition:
    """Return the SQL of what an actor counts as: the last side that it belongs to, else the outermost."""
    cases = [Condition(f"WHEN belongs.id IN ({_members(side).sql}) THEN ?", (side, side)) for side in sides[::-1]]
    sql = f"CASE {' '.join(each.sql for each in cases)} ELSE belongs.whole END" if cases else "belongs.whole"
    return Condition(sql, tuple(value for each in cases for value in each.values))


def _within(members: Sequence[Condition]) -> Condition:
    """Return the condition on a pair that just one of them is of one side, or each of another of two sides."""
    if not members:
        return ALWAYS
    one, other = ([Condition(f"{name} IN ({each.sql})", each.values) for each in members] for name in ("one", "other"))
    if len(members) == 1:
        return any_of([all_of([one[0], none_of(other[0])]), all_of([other[0], none_of(one[0])])])
    return any_of([all_of([one[0], other[1]]), all_of([other[0], one[1]])])


def _pair(chronology: Chronology, kinds: Sequence[_Row], sides: Sequence[Container[str]]) -> Pair:
    """Return a pair from its rows, one a kind; the first of the two is of the first side, the other of the second."""
    one, other, *_ = kinds[0]
    if not all(id_ in side for id_, side in zip((one, other), sides, strict=False)):
        one, other = other, one
    starts = [min(row[5] for row in kinds), min(row[6] for row in kinds)]
    ends = [max(row[7] for row in kinds), max(row[8] for row in kinds)]
    counted = sorted(((row[2], row[3]) for row in kinds), key=lambda each: (-each[1], each[0]))
    actor, opposite = (Dealer(id_, chronology.title("actor", id_) or id_) for id_ in (one, other))
    number, possible = (sum(row[place] for row in kinds) for place in (3, 4))
    return Pair(actor, opposite, number, possible, tuple(counted), day_between(*starts), day_between(*ends))
