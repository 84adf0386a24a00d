"""Days of the proleptic Gregorian calendar, from 10000 BC on: as whole numbers, and as year, month and day.

Day 1 is 1 January of the year 1, as for `datetime.date`, which has none before. Years are counted as in EDTF: 1 BC is
the year 0, 44 BC the year -43.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from korea_cli.base.named_tuple import NamedTuple

FIRST_YEAR, LAST_YEAR = -9999, 9999
MONTH_RANGE = range(1, 13)
YEAR = r"(?:-(?!0000))?\d{4}"  # the pattern of a year as it is stored
_YEARS, _DAYS = 400, 146_097  # after so many years, which are so many days and whole weeks, the calendar repeats
_SHORTEST_PLAIN = 1000  # a year from this on needs no era
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Day(NamedTuple):
    """A day by its year, month and number in the month; as text it is the date of EDTF."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, date: dt.date) -> Day:
        """Return the same day as a date."""
        return cls(date.year, date.month, date.day)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Day:
        """Return the day with a number."""
        cycle, number = divmod(ordinal - 1, _DAYS)
        day = dt.date.fromordinal(number + 1 + _DAYS)
        return cls(day.year + (cycle - 1) * _YEARS, day.month, day.day)

    @property
    def ordinal(self) -> int:
        """Its number; raises ValueError if the month or the day does not exist."""
        return ordinal_of(*self)

    def isoformat(self) -> str:
        """Return it as it is stored: `2017-05-25`, `-0043-03-15`."""
        return f"{iso_year(self.year)}-{self.month:02}-{self.day:02}"

    def __str__(self) -> str:
        return self.isoformat()


def ordinal_of(year: int, month: int, day: int) -> int:
    """Return the number of a day; raises ValueError if the month or the day does not exist."""
    cycle, year = divmod(year, _YEARS)
    return dt.date(year + _YEARS, month, day).toordinal() + (cycle - 1) * _DAYS


FIRST_DAY, LAST_DAY = Day(FIRST_YEAR, 1, 1).ordinal, Day(LAST_YEAR, 12, 31).ordinal


def monday_of(year: int, week: int) -> int:
    """Return the number of the first day of a week of ISO 8601; raises ValueError if the year lacks that week."""
    cycle, year = divmod(year, _YEARS)
    return dt.date.fromisocalendar(year + _YEARS, week, 1).toordinal() + (cycle - 1) * _DAYS


def weekday_of(ordinal: int) -> int:
    """Return the day of the week of a day: 0 for a Monday."""
    return (ordinal - 1) % 7


def month_length(year: int, month: int) -> int:
    """Return the number of days in a month."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)  # noqa: PLR2004 - February, centuries
    return _LENGTHS[month - 1] + leap


@lru_cache(maxsize=4096)  # the same days come again and again
def iso_day(ordinal: int) -> str:
    """Return the date of a day as it is stored: `2017-05-25`, `-0043-03-15`."""
    return str(Day.from_ordinal(ordinal))


def iso_year(year: int) -> str:
    """Return a year as it is stored: `2017`, `0079`, `-0043`."""
    return f"{year:05}" if year < 0 else f"{year:04}"


def counted_year(year: int) -> int:
    """Return a year as bibliographies and time lines count: without a year 0, 44 BC is -44."""
    return year if year > 0 else year - 1


def year_name(year: int, *, era: bool = False) -> str:
    """Return a year in words: `2017`, `79 AD`, `44 BC`; with its era, also `2017 AD`."""
    if year >= _SHORTEST_PLAIN and not era:
        return str(year)
    return f"{year} AD" if year > 0 else f"{1 - year} BC"
