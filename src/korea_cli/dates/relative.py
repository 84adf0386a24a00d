"""Dates relative to today: `yesterday`, `3 weeks ago`, `last month`, `last 10 days`."""

from __future__ import annotations

import re
from datetime import date

from korea_cli.dates.days import FIRST_DAY, Day, weekday_of
from korea_cli.dates.spans import CODES, YEAR_RANGE, Bounds, DateParseError, require_year, unit_span

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_CYCLE = 400  # years, after which the calendar repeats

_UNIT = r"(?P<unit>day|week|month|year)s?"
_AGO = re.compile(rf"(?P<number>\d+) {_UNIT} ago|(?P<count>\d+)(?P<letter>[dwmy])", re.ASCII)
_LAST_FEW = re.compile(rf"last (?P<number>\d+) {_UNIT}", re.ASCII)
_CALENDAR = re.compile(r"(?P<shift>last|this|next) (?P<unit>week|month|quarter|year)")

WORDS = (*_DAYS, *_SHIFTS, "ago", "day", "week", *_MONTHS_IN, "days", "weeks", "months", "years")


def read_relative(text: str, today: Day) -> Bounds:
    """Parse a normalised date that is relative to today; raises DateParseError."""
    if text in _DAYS:
        day = today.ordinal + _DAYS[text]
        return day, day
    if match := _AGO.fullmatch(text):
        day = _ago(today, int(match["number"] or match["count"]), (match["unit"] or match["letter"])[0])
        return day, day
    if match := _LAST_FEW.fullmatch(text):  # whole units, of which today is the last day
        if not int(match["number"]):
            raise DateParseError("the number must be at least 1")
        return _ago(today, int(match["number"]), match["unit"][0]) + 1, today.ordinal
    if match := _CALENDAR.fullmatch(text):
        return _calendar(today, match["unit"], _SHIFTS[match["shift"]])
    raise DateParseError


def _ago(today: Day, number: int, unit: str) -> int:
    """Count back from today; a day that the month lacks becomes its last."""
    if unit in "dw":
        ordinal = today.ordinal - number * (7 if unit == "w" else 1)
        if ordinal < FIRST_DAY:
            raise DateParseError(YEAR_RANGE)
        return ordinal
    return _months_before(today, number * (12 if unit == "y" else 1)).ordinal


def _months_before(day: Day, months: int) -> Day:
    """Count months back. The library has no years before 1, so it counts in a later cycle of the calendar."""
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - few dates need it, and it is slow to import

    cycles, months = divmod(months, _CYCLE * 12)
    later = date(_CYCLE * 2 + day.year % _CYCLE, day.month, day.day)
    found = later - relativedelta(months=months)
    year = day.year + found.year - later.year - _CYCLE * cycles
    require_year(year)
    return Day(year, found.month, found.day)


def _calendar(today: Day, unit: str, shift: int) -> Bounds:
    """Return the span of the week, month, quarter or year of today, or the one before or after it."""
    if unit == "week":
        monday = today.ordinal - weekday_of(today.ordinal) + 7 * shift
        return monday, monday + 6
    length = _MONTHS_IN[unit]
    year, month = divmod(((today.year * 12 + today.month - 1) // length + shift) * length, 12)
    if unit == "year":
        return unit_span(year)
    return unit_span(year, CODES["Q1"] + month // 3 if unit == "quarter" else month + 1)
