"""Calendar units as spans of days, counted as proleptic Gregorian ordinals, or the reason why there is none."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from korea_cli.dates.months import MONTHS

OPEN_START = 0  # before every day: 0001-01-01 is day 1
OPEN_END = 4_000_000  # after every day: 9999-12-31 is day 3,652,059
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
YEAR_RANGE = "years run from 0001 to 9999"
OPEN_BOTH = "one of its ends must be known"
SEASON = "seasons differ from place to place; name the quarter or the months"

Bounds = tuple[int, int]


class DateParseError(ValueError):
    """Why a text is not a date; without a reason, its form says nothing to the reader that met it.

    `ends` are the two ends of a range whose only fault is their order.
    """

    def __init__(self, reason: str = "", ends: tuple[str, str] | None = None) -> None:
        super().__init__(reason, ends)
        self.reason, self.ends = reason, ends


class Span(NamedTuple):
    """The days asked for, first and last as proleptic ordinals, both included; None is an open end."""

    first: int | None
    last: int | None
    year_assumed: bool


class Unit(NamedTuple):
    """A part of a year as EDTF numbers them: its precision, its first and its last month."""

    precision: str
    first: int
    last: int


UNITS = {
    **{month: Unit("month", month, month) for month in range(1, 13)},
    **{33 + quarter: Unit("quarter", 3 * quarter + 1, 3 * quarter + 3) for quarter in range(4)},
    **{37 + third: Unit("third", 4 * third + 1, 4 * third + 4) for third in range(3)},
    **{40 + half: Unit("half", 6 * half + 1, 6 * half + 6) for half in range(2)},
}
SEASONS = range(21, 33)  # 21-24 anywhere, 25-28 northern, 29-32 southern
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Count the days of a month."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)  # noqa: PLR2004  February, centuries
    return _LENGTHS[month - 1] + leap


def day_span(year: int, month: int, day: int) -> Bounds:
    """Span one day; a DateParseError says whether year, month or day does not exist."""
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        _require_year(year)
        if month not in range(1, 13):
            raise DateParseError(f"there is no month {month}") from None
        raise DateParseError("there is no such day") from None
    return ordinal, ordinal


def unit_span(year: int, code: int) -> Bounds:
    """Span a month, quarter, third or half of a year by its EDTF number."""
    _require_year(year)
    unit = UNITS.get(code)
    if unit is None:
        raise DateParseError(_no_month(code))
    return date(year, unit.first, 1).toordinal(), date(year, unit.last, month_length(year, unit.last)).toordinal()


def year_span(year: int) -> Bounds:
    """Span a whole year."""
    _require_year(year)
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def iso_name(first: int, last: int, joint: str = "..") -> str:
    """Name a closed span as shortly as ISO 8601 can: a day, month or year, or two of them joined."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    length = 10
    if start.day == 1 and end.day == month_length(end.year, end.month):
        length = 4 if (start.month, end.month) == (1, 12) else 7
    names = start.isoformat()[:length], end.isoformat()[:length]
    return names[0] if names[0] == names[1] else joint.join(names)


def backwards(start: str, end: str) -> DateParseError:
    """Say that an end comes before its start, naming both."""
    return DateParseError(f"its end, {end}, comes before its start, {start}", (start, end))


def span_text(first: int | None, last: int | None) -> str:
    """Say a window in words: `1 Jan 2015 to 31 Dec 2015`, `since 1 May 2017`, `25 May 2017`; None is an open end."""
    if first is None or last is None:
        if first is not None:
            return f"since {_day_text(first)}"
        return f"until {_day_text(last)}" if last is not None else "any day"
    return _day_text(first) if first == last else f"{_day_text(first)} to {_day_text(last)}"


def _day_text(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def _require_year(year: int) -> None:
    if year not in range(date.min.year, date.max.year + 1):
        raise DateParseError(YEAR_RANGE)


def _no_month(code: int) -> str:
    return SEASON if code in SEASONS else f"there is no month {code}"
