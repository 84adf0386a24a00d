"""Count events or facts by period and lane: those certain to be within one, those that last longer, those that may."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import accumulate, groupby, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from korea_cli.analysis.dimensions import CATEGORIES, charted_type, ordered, values_of
from korea_cli.analysis.periods import UNITS, axis_over, choice
from korea_cli.base.errors import UsageError
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import iso_day
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.rows.column import Column, Columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.analysis.periods import Axis, Placed
    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition
    from korea_cli.query.resolve import Query

    _Places = list[tuple[Placed, int]]  # where events fall, each with how many they are

_OWN_SPANS = "FROM span JOIN entry ON entry.seq = span.seq WHERE entry.type = '{type_}' AND {own}"
_REACH = f"""SELECT COUNT(DISTINCT span.seq),
  MIN(CASE WHEN span.start_min > {OPEN_START} THEN span.start_min
    WHEN span.end_min > {OPEN_START} THEN span.end_min ELSE span.end_max END),
  MAX(CASE WHEN span.end_max < {OPEN_END} THEN span.end_max
    WHEN span.start_max < {OPEN_END} THEN span.start_max ELSE span.start_min END) {_OWN_SPANS}"""
_UNDATED = """SELECT COUNT(*) FROM entry WHERE entry.type = '{type_}' AND {own}
  AND entry.seq NOT IN (SELECT seq FROM span)"""
_SPANS = (
    f"SELECT span.seq, span.start_min, span.start_max, span.end_min, span.end_max, sharp {_OWN_SPANS} ORDER BY span.seq"
)


class Lane(NamedTuple):
    """What some events or facts have in common: its sort, id and name, and how many they are."""

    of: str = ""
    id: str | None = None
    name: str = "all events"
    total: int = 0
    noun: str = "event"


class Period(NamedTuple):
    """How many events or facts of a lane fall in a period.

    certain: certainly, and in no other. lasting: certainly, but they last beyond it. possible: possibly.
    first_lasting, first_possible: how many of these are in no earlier period, so that a sum counts each event once.
    """

    by: str
    lane: Lane
    first: int
    last: int
    label: str
    certain: int
    lasting: int
    possible: int
    first_lasting: int = 0
    first_possible: int = 0
    type: str = "period"

    @property
    def event_count(self) -> int:
        """How many events are certain."""
        return self.certain if self.lane.noun == "event" else 0

    @property
    def fact_count(self) -> int:
        """How many facts are certain."""
        return self.certain - self.event_count


class Charted(NamedTuple):
    """What a chart is of: the type of records, how many have a date, and how many have none and are not in it."""

    type: str
    dated: int
    undated: int


class Periods:
    """The rows of a chart, made when they are read: every period of every lane, also those without an event."""

    def __init__(
        self, axis: Axis, lanes: tuple[tuple[Lane, _Places], ...], query: Query, of: Charted, lanes_in_all: int
    ) -> None:
        self.axis, self._lanes, self._selection = axis, lanes, query.selection
        self.of, self.lanes, self.lanes_in_all = of, len(lanes), lanes_in_all
        self.matched = len(lanes) * len(axis.starts)

    def __iter__(self) -> Iterator[Period]:
        return islice(self._rows(), self._selection.limit)

    def __len__(self) -> int:
        return self.matched if self._selection.limit is None else min(self._selection.limit, self.matched)

    def _rows(self) -> Iterator[Period]:
        axis = self.axis
        days = list(zip(axis.starts, axis.ends, map(axis.label, range(len(axis.starts))), strict=True))
        step = -1 if self._selection.reverse else 1
        for lane, placed in self._lanes[::step]:
            counted = _by_period(placed, len(days))[::step]
            for (first, last, label), numbers in zip(days[::step], counted, strict=True):
                yield Period(axis.unit, lane, first, last, label, *numbers)


def charted(chronology: Chronology, query: Query, by: str | None, lanes: str | None, top: int | None) -> Periods | None:
    """Count the events or facts of a query by period; None where there is none. Raises UsageError, NotInListError.

    by: the unit; None for a fitting one. lanes: the sort of lanes; None for a single lane. top: only the fullest lanes.
    """
    by = None if by is None else choice("value of --by", by, (*UNITS, *CATEGORIES))
    lanes = None if lanes is None else choice("value of --lanes", lanes, CATEGORIES)
    type_ = charted_type(lanes)
    if top is not None and (lanes is None or top < 1):
        raise UsageError("--top must be 1 or more" if lanes else "--top needs --lanes, as in '--lanes actor --top 5'")
    dated, *reach = next(chronology.store.rows(_REACH.format(type_=type_, own=query.own.sql), query.own.values))
    if not dated:
        return None
    window = (query.window.first, query.window.last) if query.window else (None, None)
    axis = axis_over(reach[0], reach[1], by, window)
    places = _places(chronology, query.own, type_, lanes, axis)
    found = [(lane, places[lane.id or ""]) for lane in _lanes(chronology, type_, lanes, places)]
    of = Charted(type_, dated, undated(chronology, query, type_))
    return Periods(axis, tuple(found[:top]), query, of, len(found))


def undated(chronology: Chronology, query: Query, type_: str) -> int:
    """Return how many records of a query no chart has, as they have no date; every event has one."""
    ((number,),) = chronology.store.rows(_UNDATED.format(type_=type_, own=query.own.sql), query.own.values)
    return int(number)


def _lanes(chronology: Chronology, type_: str, lanes: str | None, places: Mapping[str, _Places]) -> list[Lane]:
    """Return the lanes of some events or facts, the fullest first; what is in no other lane has the last."""
    totals = {value: sum(count for _, count in placed) for value, placed in places.items()}
    if lanes is None:
        return [Lane(total=totals[""])]
    order = ordered(chronology, lanes, totals)
    return [Lane(lanes, value or None, label, totals[value], type_) for value, label in order]


def _by_period(placed: _Places, periods: int) -> list[tuple[int, int, int, int, int]]:
    """Return the numbers of each period; `lasting` and `possible` change where a range begins or ends."""
    within, lasting, possible, first_lasting, first_possible = ([0] * (periods + 1) for _ in range(5))
    for place, count in placed:
        if place.within is not None:
            within[place.within] += count
            continue
        for changes, (start, end), number in (
            (lasting, place.certain, count), (possible, place.certain, -count),
            *((possible, touched, count) for touched in place.touched),
        ):  # fmt: skip
            changes[start] += number
            changes[end] -= number
        if place.certain[0] < place.certain[1]:
            first_lasting[place.certain[0]] += count
        elif place.touched:
            first_possible[place.touched[0][0]] += count
    counted = zip(within, accumulate(lasting), accumulate(possible), first_lasting, first_possible, strict=True)
    return list(counted)[:periods]


def _places(
    chronology: Chronology, own: Condition, type_: str, lanes: str | None, axis: Axis
) -> dict[str, _Places]:  # fmt: skip
    """Return where what each lane has falls, each place with how many that are; few of the places differ."""
    where = dict(_placed(chronology, own, type_, axis))
    found: defaultdict[str, Counter[Placed]] = defaultdict(Counter)
    for seq, value in values_of(chronology, own, type_, lanes) if lanes else ((seq, "") for seq in where):
        if seq in where:  # a fact may have no date
            found[value][where[seq]] += 1
    return {value: list(counted.items()) for value, counted in found.items()}


def _placed(chronology: Chronology, own: Condition, type_: str, axis: Axis) -> Iterator[tuple[int, Placed]]:
    """Find where each event or fact falls; many have the same date."""
    placed = cache(axis.placed)
    found = chronology.store.rows(_SPANS.format(type_=type_, own=own.sql), own.values)
    for seq, rows in groupby(found, itemgetter(0)):
        yield seq, placed(tuple([row[1:] for row in rows]))


def columns() -> Columns:
    """Return the columns of a chart's rows."""
    keys = ("type", "by", "lane.id", "lane.name", "first", "last", "label", "event_count", "fact_count", "lasting")
    shown = {"lane.id": "lane", "lane.name": "lane_name", "first": "from", "last": "to"}
    plain = {key: Column(shown.get(key, key), attrgetter(key)) for key in (*keys, "possible")}
    days = {key: plain[key]._replace(read=iso_day) for key in ("first", "last")}
    return Columns(("period",), lambda _: tuple((plain | days).values()))
