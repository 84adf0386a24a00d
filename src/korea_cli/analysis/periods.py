"""The periods of a chart, from days to centuries, one after the other, and where in them dates fall."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import FIRST_DAY, FIRST_YEAR, LAST_DAY, LAST_YEAR, Day, year_name
from korea_cli.dates.format import show_stored
from korea_cli.dates.spans import iso_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.dates.spans import Bounds

    Dated = tuple[int, int, int, int, int]  # the bounds of a date, and whether it is sharp
    Window = tuple[int | None, int | None]  # its first and last day

_DAYS = {"day": 1, "week": 7}  # that a unit has; day 1 was a Monday
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEARS = {"decade": 10, "century": 100}
UNITS = (*_DAYS, *_MONTHS, *_YEARS)
FITTING = 40  # periods that fit a screen
MOST = 10_000  # enough for 10,000 years, or 27 years by day


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
        """Return the name of a period: `Jul 2017`, `Q3 2017`, `3–9 Jul 2017`, `1990–1999`."""
        first, last = self.starts[number], self.ends[number]
        quarter = number_of("quarter", first)
        if self.unit == "quarter" and (first, last + 1) == tuple(first_of("quarter", quarter + n) for n in (0, 1)):
            day = Day.from_ordinal(first)
            return f"Q{day.month // 3 + 1} {year_name(day.year)}"
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


def axis_over(first: int, last: int, unit: str | None, window: Window = (None, None)) -> Axis:
    """Divide the days from `first` to `last`, or those of a window where it has ends, into periods.

    The default is the finest unit that fits. Raises UsageError for too many periods.
    """
    start, end = window
    last = last if end is None else end
    first = min(first, last) if start is None else start
    last = max(first, last)
    unit = unit or _fitting(first, last, FITTING)
    if (count := _count(unit, first, last)) > MOST:
        coarser = _fitting(first, last, MOST)
        raise UsageError(
            f"{count:,} {several(unit)} are too many for a chart (at most {MOST:,}). Use '--by {coarser}'"
            f" ({_count(coarser, first, last):,} {several(coarser)}), or a shorter range with '--period'"
        )
    *starts, after = [first_of(unit, number) for number in range(number_of(unit, first), number_of(unit, last) + 2)]
    ends = [following - 1 for following in (*starts[1:], after)]
    if start is not None:
        starts[0] = first
    if end is not None:
        ends[-1] = last
    return Axis(unit, tuple(starts), tuple(ends))


def number_of(unit: str, day: int) -> int:
    """Return the number of the period of a day, counted from that of day 1, or for months from the year 0.

    Decades are the 1990s, and the 40s BC from 49 to 40 BC; the first before and after Christ lack a year. Centuries are
    that from 1901 to 2000, and from 100 to 1 BC.
    """
    if unit in _DAYS:
        return (day - 1) // _DAYS[unit]
    on = Day.from_ordinal(day)
    if unit in _MONTHS:
        return (on.year * 12 + on.month - 1) // _MONTHS[unit]
    if unit == "century":
        return (on.year - 1) // _YEARS[unit]
    return on.year // _YEARS[unit] if on.year > 0 else -((1 - on.year) // _YEARS[unit]) - 1


def first_of(unit: str, number: int) -> int:
    """Return the first day of a period; before the calendar its first day, behind it the one after its last."""
    if unit in _DAYS:
        return max(min(number * _DAYS[unit] + 1, LAST_DAY + 1), FIRST_DAY)
    year, month = divmod(number * _MONTHS[unit], 12) if unit in _MONTHS else (_first_year(unit, number), 0)
    if year < FIRST_YEAR:
        return FIRST_DAY
    return Day(year, month + 1, 1).ordinal if year <= LAST_YEAR else LAST_DAY + 1


def _first_year(unit: str, number: int) -> int:
    if unit == "century":
        return number * _YEARS[unit] + 1
    return max(number * _YEARS[unit], 1) if number >= 0 else number * _YEARS[unit] + 2


def several(unit: str) -> str:
    """Return the plural of a unit."""
    return "centuries" if unit == "century" else f"{unit}s"


def finer(unit: str) -> str | None:
    """Return the next finer unit; None if there is none."""
    place = UNITS.index(unit)
    return UNITS[place - 1] if place else None


def _fitting(first: int, last: int, most: int) -> str:
    return next((unit for unit in UNITS if _count(unit, first, last) <= most), UNITS[-1])


def _count(unit: str, first: int, last: int) -> int:
    return number_of(unit, last) - number_of(unit, first) + 1


def _joined(ranges: list[Bounds]) -> Iterator[Bounds]:
    ranges.sort()
    start, end = ranges[0]
    for each in ranges[1:]:
        if each[0] > end:
            yield start, end
            start = each[0]
        end = max(end, each[1])
    yield start, end
