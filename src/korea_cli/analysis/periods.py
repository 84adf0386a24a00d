"""The periods of a chart, days, weeks, months, quarters or years one after the other, and where in them dates fall."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.dates.format import show_stored
from korea_cli.dates.spans import LAST_DAY, iso_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.dates.spans import Bounds

    Dated = tuple[int, int, int, int, int]  # the bounds of a date, and whether it is sharp

_MONTHS = {"month": 1, "quarter": 3, "year": 12}  # that a unit has
UNITS = ("day", "week", *_MONTHS)
FITTING = 40  # periods that fit a screen
MOST = 10_000  # enough for every year there is, or 27 years by day


class Axis(NamedTuple):
    """Periods of one unit: the first day of each and the last; the outer ones end where the chart ends."""

    unit: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, day: int) -> int:
        """Return the number of the period of a day; the first or last for a day before or after all."""
        return max(bisect_right(self.starts, day) - 1, 0)

    def placed(self, dates: tuple[Dated, ...]) -> Placed:
        """Find where an event falls by all the dates it has: certainly only where each of them does."""
        first, last = self.starts[0], self.ends[-1]
        begins, ends = min(a for a, *_ in dates), max(d for *_, d, _ in dates)
        sharp = all(date[-1] for date in dates)
        if sharp and first <= begins and ends <= last and self.place(begins) == self.place(ends):
            return Placed(self.place(begins))
        begun, lasts = max(b for _, b, *_ in dates), min(c for _, _, c, *_ in dates)
        certain = (self.place(begun), self.place(lasts) + 1) if sharp and begun <= last and lasts >= first else (0, 0)
        touched = [(self.place(a), self.place(d) + 1) for a, _, _, d, _ in dates if a <= last and d >= first]
        return Placed(None, certain if certain[0] < certain[1] else (0, 0), tuple(_joined(touched)))

    def label(self, number: int) -> str:
        """Return the name of a period: `Jul 2017`, `Q3 2017`, `3–9 Jul 2017`."""
        first, last = self.starts[number], self.ends[number]
        if self.unit == "quarter" and (first, last + 1) == (_start(self.unit, first), _next(self.unit, first)):
            day = date.fromordinal(first)
            return f"Q{day.month // 3 + 1} {day.year:04}"
        return show_stored(iso_name(first, last, "/"))


class Placed(NamedTuple):
    """Where an event falls: within one period; else in those from one up to another, and possibly in all touched."""

    within: int | None
    certain: Bounds = (0, 0)
    touched: tuple[Bounds, ...] = ()


def choice(what: str, name: str, allowed: tuple[str, ...]) -> str:
    """Return a name in lower case; raises NotInListError if it is none of those allowed."""
    if name.casefold() not in allowed:
        raise NotInListError(what, name, allowed)
    return name.casefold()


def axis_over(first: int, last: int, unit: str | None) -> Axis:
    """Divide a span of days into periods, by default of the finest unit that fits; raises UsageError for too many."""
    unit = unit or _fitting(first, last, FITTING)
    if (count := _count(unit, first, last)) > MOST:
        coarser = _fitting(first, last, MOST)
        raise UsageError(
            f"{count:,} {unit}s are too many for a chart (at most {MOST:,}). Use '--by {coarser}'"
            f" ({_count(coarser, first, last):,} {coarser}s), or a shorter range with '--period'"
        )
    starts = [_start(unit, first)]
    while (following := _next(unit, starts[-1])) <= last:
        starts.append(following)
    return Axis(unit, tuple(starts), (*(start - 1 for start in starts[1:]), following - 1))


def clipped(axis: Axis, window: tuple[int | None, int | None]) -> Axis:
    """Start and end the outer periods with the range of the query."""
    first, last = window
    (start, *starts), (*ends, end) = axis.starts, axis.ends
    start, end = (start if first is None else max(first, start)), (end if last is None else min(last, end))
    return axis._replace(starts=(start, *starts), ends=(*ends, end))


def finer(unit: str) -> str | None:
    """Return the next finer unit; None if there is none."""
    place = UNITS.index(unit)
    return UNITS[place - 1] if place else None


def _fitting(first: int, last: int, most: int) -> str:
    """Return the finest unit of which there are no more than `most` periods, else years."""
    return next((unit for unit in UNITS if _count(unit, first, last) <= most), UNITS[-1])


def _count(unit: str, first: int, last: int) -> int:
    if unit in _MONTHS:
        return _number(unit, last) - _number(unit, first) + 1
    return (_start(unit, last) - _start(unit, first)) // (7 if unit == "week" else 1) + 1


def _number(unit: str, day: int) -> int:
    """Return the number of the month, quarter or year of a day, counted from the year 0."""
    on = date.fromordinal(day)
    return (on.year * 12 + on.month - 1) // _MONTHS[unit]


def _first_of(unit: str, number: int) -> int:
    year, month = divmod(number * _MONTHS[unit], 12)
    return date(year, month + 1, 1).toordinal() if year <= date.max.year else LAST_DAY + 1


def _start(unit: str, day: int) -> int:
    if unit in _MONTHS:
        return _first_of(unit, _number(unit, day))
    return day - (day - 1) % 7 if unit == "week" else day  # day 1 was a Monday


def _next(unit: str, start: int) -> int:
    if unit in _MONTHS:
        return _first_of(unit, _number(unit, start) + 1)
    return min(start + (7 if unit == "week" else 1), LAST_DAY + 1)


def ends_of(bounds: Bounds, window: tuple[int | None, int | None]) -> Bounds:
    """Return the first and last day of a chart: those of the range, else those of its events."""
    first = bounds[0] if window[0] is None else window[0]
    last = bounds[1] if window[1] is None else window[1]
    return (min(first, last), last) if window[0] is None else (first, max(first, last))


def _joined(ranges: list[Bounds]) -> Iterator[Bounds]:
    """Join ranges that overlap or meet."""
    ranges.sort()
    start, end = ranges[0]
    for each in ranges[1:]:
        if each[0] > end:
            yield start, end
            start = each[0]
        end = max(end, each[1])
    yield start, end
