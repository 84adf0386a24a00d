"""Count events by period, and by lane: those certain to be within one, those that last longer, those that may be."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.analysis.periods import UNITS, axis_over, choice, clipped, ends_of
from korea_cli.base.errors import UsageError
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.query.resolve_names import placeholders
from korea_cli.rows.column import Column, Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.analysis.periods import Axis, Dated, Placed
    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition
    from korea_cli.query.selection import Query

# The lanes of an event: the type of what it refers to, and by which roles.
_REFERRED = {
    "actor": ("actor", ACTOR_ROLES),
    "by": ("actor", ("agent",)),
    "topic": ("topic", ("topic",)),
    "source": ("source", ("source",)),
}
LANES = (*_REFERRED, "kind")
_OWN_SPANS = "FROM span JOIN entry ON entry.seq = span.seq WHERE entry.type = 'event' AND {own}"
_REACH = f"""SELECT COUNT(DISTINCT span.seq),
  MIN(CASE WHEN span.start_min > {OPEN_START} THEN span.start_min
    WHEN span.end_min > {OPEN_START} THEN span.end_min ELSE span.end_max END),
  MAX(CASE WHEN span.end_max < {OPEN_END} THEN span.end_max
    WHEN span.start_max < {OPEN_END} THEN span.start_max ELSE span.start_min END) {_OWN_SPANS}"""
_SPANS = (
    f"SELECT span.seq, span.start_min, span.start_max, span.end_min, span.end_max, sharp {_OWN_SPANS} ORDER BY span.seq"
)
_KINDS = """SELECT event.seq, NULLIF(kind, '') FROM event JOIN entry ON entry.seq = event.seq
  WHERE entry.type = 'event' AND {own} ORDER BY event.seq"""
_LINKS = """SELECT link.seq, target FROM link JOIN entry ON entry.seq = link.seq
  WHERE entry.type = 'event' AND {own} AND role IN ({roles}) ORDER BY link.seq"""


class Lane(NamedTuple):
    """What some events have in common: its sort, id and name, and how many events they are."""

    of: str = ""
    id: str | None = None
    name: str = "all events"
    total: int = 0


class Period(NamedTuple):
    """How many events of a lane fall in a period.

    event_count: certainly, and in no other. lasting: certainly, but they last beyond it. possible: possibly.
    first_lasting, first_possible: how many of these are in no earlier period, so that a sum counts each event once.
    """

    by: str
    lane: Lane
    first: int
    last: int
    label: str
    event_count: int
    lasting: int
    possible: int
    first_lasting: int = 0
    first_possible: int = 0

    @property
    def type(self) -> str:
        """The type of the row."""
        return "period"


class Periods:
    """The rows of a chart: every period of every lane, also those without an event."""

    def __init__(
        self, axis: Axis, lanes: tuple[tuple[Lane, _Counts], ...], query: Query, events: int, lanes_in_all: int
    ) -> None:
        """Prepare the rows of lanes that were counted, which are made when they are read."""
        self.axis, self._lanes, self._selection = axis, lanes, query.selection
        self.events, self.lanes, self.lanes_in_all = events, len(lanes), lanes_in_all
        self.matched = len(lanes) * len(axis.starts)

    def __iter__(self) -> Iterator[Period]:
        """Yield the rows, lane by lane."""
        return islice(self._rows(), self._selection.limit)

    def __len__(self) -> int:
        """Count the rows."""
        return self.matched if self._selection.limit is None else min(self._selection.limit, self.matched)

    def _rows(self) -> Iterator[Period]:
        axis = self.axis
        days = list(zip(axis.starts, axis.ends, map(axis.label, range(len(axis.starts))), strict=True))
        step = -1 if self._selection.reverse else 1
        for lane, counts in self._lanes[::step]:
            counted = list(counts.running(len(days)))
            for (first, last, label), numbers in zip(days[::step], counted[::step], strict=True):
                yield Period(axis.unit, lane, first, last, label, *numbers)


def charted(chronology: Chronology, query: Query, by: str | None, lanes: str | None, top: int | None) -> Periods | None:
    """Count the events of a query by period; None where there is none. Raises UsageError, NotInListError.

    by: the unit; None for a fitting one. lanes: the sort of lanes; None for a single lane. top: only the fullest lanes.
    """
    by = None if by is None else choice("unit", by, UNITS)
    lanes = None if lanes is None else choice("value of --lanes", lanes, LANES)
    if top is not None and (lanes is None or top < 1):
        raise UsageError("--top must be 1 or more" if lanes else "--top needs --lanes, as in '--lanes actor --top 5'")
    events, *reach = next(chronology.store.rows(_REACH.format(own=query.own.sql), query.own.values))
    if not events:
        return None
    window = (query.window.first, query.window.last) if query.window else (None, None)
    axis = clipped(axis_over(*ends_of((reach[0], reach[1]), window), by), window)
    counted = _counted(chronology, query.own, lanes, axis)
    found = [(_lane(chronology, lanes, id_, counts.total), counts) for id_, counts in counted]
    found.sort(key=lambda pair: (pair[0].id is None, -pair[0].total, pair[0].name, pair[0].id))
    return Periods(axis, tuple(found[:top]), query, events, len(found))


def _lane(chronology: Chronology, lanes: str | None, id_: str | None, total: int) -> Lane:
    if lanes is None:
        return Lane(total=total)
    of = "actor" if lanes == "by" else lanes
    if id_ is None:
        return Lane(lanes, None, f"no {of}", total)
    shown = chronology.title(of, id_) if of in {"actor", "topic"} else None  # sources are shown by their ids
    return Lane(lanes, id_, shown or id_, total)


class _Counts:
    """The events of one lane by period: how many are within each, and how many start or end to be counted at it."""

    def __init__(self, placed: Iterable[tuple[Placed, int]]) -> None:
        """Add up where events fall, and how many."""
        self.total = 0
        self._within, self._lasting, self._possible = Counter[int](), Counter[int](), Counter[int]()
        self._first_lasting, self._first_possible = Counter[int](), Counter[int]()
        for each, count in placed:
            self._add(each, count)

    def _add(self, placed: Placed, count: int) -> None:
        self.total += count
        if placed.within is not None:
            self._within[placed.within] += count
            return
        start, end = placed.certain
        for changes, bounds, number in (
            (self._lasting, placed.certain, count), (self._possible, placed.certain, -count),
            *((self._possible, touched, count) for touched in placed.touched),
        ):  # fmt: skip
            changes[bounds[0]] += number
            changes[bounds[1]] -= number
        if start < end:
            self._first_lasting[start] += count
        elif placed.touched:
            self._first_possible[placed.touched[0][0]] += count

    def running(self, periods: int) -> Iterator[tuple[int, int, int, int, int]]:
        """Yield the counts of each period."""
        lasting = possible = 0
        for number in range(periods):
            lasting += self._lasting[number]
            possible += self._possible[number]
            yield self._within[number], lasting, possible, self._first_lasting[number], self._first_possible[number]


def _counted(
    chronology: Chronology, own: Condition, lanes: str | None, axis: Axis
) -> Iterator[tuple[str | None, _Counts]]:
    """Count events by lane and by where they fall; few of those places differ."""
    places: dict[Placed, int] = {}
    where = {seq: places.setdefault(placed, len(places)) for seq, placed in _placed(chronology, own, axis)}
    found: defaultdict[str | None, Counter[int]] = defaultdict(Counter)
    for seq, ids in _events_with_lanes(chronology, own, lanes):
        place = where.pop(seq)
        for id_ in ids:
            found[id_][place] += 1
    if where:
        found[None].update(where.values())
    known = tuple(places)
    for id_, counted in found.items():
        yield id_, _Counts((known[place], count) for place, count in counted.items())


def _placed(chronology: Chronology, own: Condition, axis: Axis) -> Iterator[tuple[int, Placed]]:
    """Find where each event falls; many have the same date."""
    known: dict[tuple[Dated, ...], Placed] = {}
    for seq, rows in groupby(chronology.store.rows(_SPANS.format(own=own.sql), own.values), itemgetter(0)):
        dates = tuple([row[1:] for row in rows])
        placed = known.get(dates)
        if placed is None:
            placed = known[dates] = axis.placed(dates)
        yield seq, placed


def _events_with_lanes(
    chronology: Chronology, own: Condition, lanes: str | None
) -> Iterator[tuple[int, Iterable[str | None]]]:
    """Yield events with their lanes: of what they refer to, and of all that this belongs to."""
    if lanes is None:
        return
    if lanes == "kind":
        yield from ((seq, (kind,)) for seq, kind in chronology.store.rows(_KINDS.format(own=own.sql), own.values))
        return
    type_, roles = _REFERRED[lanes]
    wholes: defaultdict[str, list[str]] = defaultdict(list)
    for id_, whole in chronology.store.rows("SELECT id, whole FROM belongs WHERE type = ?", (type_,)):
        wholes[id_].append(whole)
    links = chronology.store.rows(_LINKS.format(own=own.sql, roles=placeholders(roles)), (*own.values, *roles))
    for seq, rows in groupby(links, itemgetter(0)):
        yield seq, {whole for _, target in rows for whole in wholes[target]}


def columns() -> Columns:
    """Return the columns of a chart's rows."""
    attributes = {"lane": "lane.id", "lane_name": "lane.name", "from": "first", "to": "last"}
    keys = ("type", "by", "lane", "lane_name", "from", "to", "label", "event_count", "lasting", "possible")
    plain = [Column(key, attrgetter(attributes.get(key, key))) for key in keys]
    own = tuple(column._replace(read=_day) if column.key in {"from", "to"} else column for column in plain)
    return Columns(("period",), lambda _: own)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
