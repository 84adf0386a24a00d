"""The calendar, worked out anew from the rule of leap years: days as numbers, also before the year 1."""

from __future__ import annotations

from itertools import accumulate

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Return whether a year has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def lengths(year: int) -> list[int]:
    """Return the number of days in each month of a year."""
    return [length + (month == 2 and is_leap(year)) for month, length in enumerate(_LENGTHS, 1)]


def number_of(year: int, month: int, day: int) -> int:
    """Return the number of a day: 1 January of the year 1 is 1, the day before it 0."""
    before = year - 1
    leap_days = before // 4 - before // 100 + before // 400
    return 365 * before + leap_days + sum(lengths(year)[: month - 1]) + day


def parts_of(number: int) -> tuple[int, int, int]:
    """Return the year, month and day with a number."""
    year = number * 400 // 146_097 + 1
    while number_of(year, 1, 1) > number:
        year -= 1
    while number_of(year + 1, 1, 1) <= number:
        year += 1
    rest = number - number_of(year, 1, 1)
    before = [0, *accumulate(lengths(year))]
    month = max(place for place, days in enumerate(before[:12], 1) if days <= rest)
    return year, month, rest - before[month - 1] + 1


def iso_of(number: int) -> str:
    """Return the day with a number as it is stored."""
    year, month, day = parts_of(number)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"
