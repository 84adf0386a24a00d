"""Count events or facts by period and lane: those certain to be within one, those that last longer, those that may."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate, chain, groupby, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from korea_cli.analysis.dimensions import CATEGORIES, DIMENSIONS, ValueReader, charted_type, ordered
from korea_cli.analysis.periods import UNITS, axis_over, choice
from korea_cli.base.errors import UsageError
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import iso_day
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.query.together import QueryPart, ask_together
from korea_cli.rows.column import Column, Columns
from korea_cli.store.sql import EACH_ROW, RIVALS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from korea_cli.analysis.periods import Axis, Dated, Placed
    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition
    from korea_cli.query.resolve import Query

    _Places = list[tuple[Placed, int]]  # where events fall, each with how many they are

_BOUNDS = ("start_min", "start_max", "end_min", "end_max", "sharp")
_LISTED = ", ".join(f"span.{name} AS {name}" for name in _BOUNDS)
_OWN_SPANS = "FROM span JOIN {table} ON entry.seq = span.seq WHERE entry.type = '{type_}' AND {own}"
_ONCE = f"""SELECT {{cell}} AS cell, {_LISTED}, {{number}} AS number {_OWN_SPANS} AND entry.seq NOT IN {RIVALS}
  GROUP BY cell, {", ".join(f"span.{name}" for name in _BOUNDS)}"""
_SEVERAL = f"SELECT {{cell}} AS cell, entry.seq AS seq, {_LISTED} {_OWN_SPANS} AND entry.seq IN {RIVALS}"
_UNDATED = """SELECT {number} AS number FROM {table} WHERE entry.type = '{type_}' AND {own}
  AND entry.seq NOT IN (SELECT seq FROM span)"""


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
    dates, undated = _dates(chronology, query.own, type_, lanes)
    if not dates:
        return None
    window = (query.window.first, query.window.last) if query.window else (None, None)
    axis = axis_over(*_reach(dates), by, window)
    places = _places(dates, axis)
    found = [(lane, places[lane.id or ""]) for lane in _lanes(chronology, type_, lanes, places)]
    of = Charted(type_, sum(each.number for each in dates), undated)
    return Periods(axis, tuple(found[:top]), query, of, len(found))


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


class _Dated(NamedTuple):
    """How many events or facts have the same dates, and the same lanes."""

    lanes: Collection[str]
    dates: tuple[Dated, ...]
    number: int


def _dates(chronology: Chronology, own: Condition, type_: str, lanes: str | None) -> tuple[list[_Dated], int]:
    """Return the dates of events or facts, and how many have none; the database counts those with the same."""
    of_ids, cell = (DIMENSIONS[lanes].parts, DIMENSIONS[lanes].value) if lanes else ([], "''")
    counting = chronology.store.counting
    once, without = (
        each.format(cell=cell, type_=type_, own=own.sql, number=counting.number(), table=counting.table)
        for each in (_ONCE, _UNDATED)
    )
    several = _SEVERAL.format(cell=cell, type_=type_, own=own.sql, table=EACH_ROW.table)
    parts = [
        *of_ids, QueryPart(once, own.values, ("cell",), (*_BOUNDS, "number")),
        QueryPart(several, own.values, ("cell",), ("seq", *_BOUNDS)), QueryPart(without, own.values, (), ("number",)),
    ]  # fmt: skip
    *values, counted, dated, ((undated,),) = ask_together(chronology.store, parts)
    read = _reader(lanes, chain(*values)) if lanes else lambda _: ("",)
    found = [_Dated(read(cell), ((a, b, c, d, sharp),), number) for cell, a, b, c, d, sharp, number in counted]
    by_number = groupby(sorted(dated, key=itemgetter(1)), itemgetter(1, 0))
    return found + [_Dated(read(cell), tuple(row[2:] for row in rows), 1) for (_, cell), rows in by_number], undated


def _reader(lanes: str, values: Iterable[tuple[str, str]]) -> Callable[[str | None], Collection[str]]:
    """Return what reads the values of lanes, some of which ids stand for."""
    reader = ValueReader(lanes)
    for id_, value in values:
        reader.add(id_, value)
    return reader.read


def _reach(dates: Iterable[_Dated]) -> tuple[int, int]:
    """Return the first and last day of dates, as far as these are known."""
    bounds = {date for each in dates for date in each.dates}
    first = min(next((day for day in (a, c) if day > OPEN_START), d) for a, _, c, d, _ in bounds)
    return first, max(next((day for day in (d, b) if day < OPEN_END), a) for a, b, _, d, _ in bounds)


def _places(dates: Iterable[_Dated], axis: Axis) -> dict[str, _Places]:
    """Return where what each lane has falls, each place with how many that are; few of the places differ."""
    found: defaultdict[str, Counter[Placed]] = defaultdict(Counter)
    for lanes, bounds, number in dates:
        place = axis.placed(bounds)
        for value in lanes:
            found[value][place] += number
    return {value: list(counted.items()) for value, counted in found.items()}


def columns() -> Columns:
    """Return the columns of a chart's rows."""
    keys = ("type", "by", "lane.id", "lane.name", "first", "last", "label", "event_count", "fact_count", "lasting")
    shown = {"lane.id": "lane", "lane.name": "lane_name", "first": "from", "last": "to"}
    plain = {key: Column(shown.get(key, key), attrgetter(key)) for key in (*keys, "possible")}
    days = {key: plain[key]._replace(read=iso_day) for key in ("first", "last")}
    return Columns(("period",), lambda _: tuple((plain | days).values()))
