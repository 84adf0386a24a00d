"""The axis of the drawing: from days to positions, with more room for busy periods."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.analysis.periods import first_of, number_of
from korea_cli.dates.days import FIRST_DAY, Day, year_name
from korea_cli.dates.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_STEPS = (1, 3, 12, 60, 120, 600, 1200, 6000)  # months between two ticks
_MOST_TICKS = 100
_PARTS = 4  # of the time between two ticks, each with its own scale
_EVEN = 0.35  # of the width is distributed by time alone, the rest by number of events
_LABEL, _LETTER = 34, 8  # the width of a label, and of each further letter


class Tick(NamedTuple):
    """A line at the start of a month or year: its position, its label if there is room, whether it is emphasised."""

    x: float
    label: str
    year: bool


class TimeAxis(NamedTuple):
    """The positions of days: ordinals, in order, and the position of each; between them the scale is even."""

    days: tuple[float, ...]
    positions: tuple[float, ...]
    ticks: tuple[Tick, ...]

    def at(self, day: float) -> float:
        """Return the position of a day; one beyond the ends is at the end."""
        if day <= self.days[0]:
            return self.positions[0]
        if day >= self.days[-1]:
            return self.positions[-1]
        index = bisect_right(self.days, day) - 1
        share = (day - self.days[index]) / (self.days[index + 1] - self.days[index])
        return round(self.positions[index] + share * (self.positions[index + 1] - self.positions[index]), 1)


def axis_for(first: int, last: int, happened: Iterable[int], left: float, right: float) -> TimeAxis:
    """Lay out the days from `first` to `last` between two positions; `happened`: the days of events."""
    step = next((step for step in _STEPS if (last - first) / 30 / step <= _MOST_TICKS), _STEPS[-1])
    begins = list(_beginnings(first, last, step))
    parts = ((start + (end - start) * part / _PARTS) for start, end in pairwise(begins) for part in range(_PARTS))
    days = (*parts, begins[-1])
    places = _places(days, happened, left, right)
    bare = TimeAxis(days, places, ())
    return bare._replace(ticks=tuple(_ticks(begins[:-1], step, bare)))


def _beginnings(first: int, last: int, step: int) -> Iterator[int]:
    """Yield the days on which the months or years begin, from the one before `first` to the one after `last`."""
    number = number_of("month", max(first, FIRST_DAY)) // step
    number -= _beginning(number, step) > first
    while (begin := _beginning(number, step)) <= last:
        yield begin
        number += 1
    yield begin


def _beginning(number: int, step: int) -> int:
    """Return the first day of a step; those of several years begin in 100 BC, 1 AD, 100 AD."""
    several = number <= 0 and step > len(MONTHS)
    return first_of("month", number * step + several * len(MONTHS))


def _places(days: Sequence[float], happened: Iterable[int], left: float, right: float) -> tuple[float, ...]:
    counted = Counter(min(bisect_right(days, day) - 1, len(days) - 2) for day in happened)
    busy = [counted[index] ** 0.5 for index in range(len(days) - 1)]
    even = _EVEN if any(busy) else 1
    places = [left]
    for index, weight in enumerate(busy):
        by_time = (days[index + 1] - days[index]) / (days[-1] - days[0])
        by_events = weight / (sum(busy) or 1)
        places.append(places[-1] + (right - left) * (even * by_time + (1 - even) * by_events))
    return (*places[:-1], right)


def _ticks(begins: Sequence[int], step: int, axis: TimeAxis) -> Iterator[Tick]:
    """Yield the ticks; a label is left out where the previous one, or that of the next year, needs the room."""
    free = float("-inf")
    for begin, after in zip(begins, [*begins[1:], int(axis.days[-1])], strict=True):
        day, x = Day.from_ordinal(begin), axis.at(begin)
        year = day.month == 1
        fits = x >= free and (year or axis.at(after) - x >= _LABEL - 6)
        label = year_name(day.year) if year or step >= len(MONTHS) else MONTHS[day.month - 1]
        if fits:
            free = x + _LABEL + _LETTER * max(len(label) - len("2017"), 0)
        yield Tick(x, label if fits else "", year and fits)
