"""Days as numbers: the calendar of datetime from the year 1 on, and the same rule of leap years before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.dates.days import (
    FIRST_DAY,
    LAST_DAY,
    Day,
    counted_year,
    iso_day,
    iso_year,
    monday_of,
    month_length,
    weekday_of,
    year_name,
)
from korea_cli.dates.parse import parse_stored, to_stored
from years import iso_of, lengths, number_of, parts_of

if TYPE_CHECKING:
    import datetime as dt

TODAY = Day(2017, 11, 29)
ordinals = st.integers(FIRST_DAY, LAST_DAY)


@given(ordinals)
def test_a_number_and_its_day_are_those_of_the_rule_of_leap_years(number: int) -> None:
    day = Day.from_ordinal(number)
    assert day == parts_of(number)
    assert day.ordinal == number == number_of(*day)
    assert iso_day(number) == str(day) == iso_of(number) == parse_stored(str(day)).text
    assert parse_stored(iso_day(number)).bounds == (number,) * 4


@given(st.dates())
def test_from_the_year_1_on_days_are_those_of_datetime(date: dt.date) -> None:
    day, week = Day.of(date), date.isocalendar()
    assert (day.ordinal, day.isoformat(), weekday_of(day.ordinal)) == (
        date.toordinal(), date.isoformat(), date.weekday(),
    )  # fmt: skip
    assert monday_of(week.year, week.week) == date.toordinal() - date.weekday()


@given(ordinals)
def test_weekdays_and_the_calendar_repeat_every_400_years(number: int) -> None:
    later = number + 146_097 if number < 0 else number - 146_097
    year, month, day = Day.from_ordinal(number)
    assert Day.from_ordinal(later) == (year + 400 if number < 0 else year - 400, month, day)
    assert weekday_of(later) == weekday_of(number)
    assert month_length(year, month) == lengths(year)[month - 1]


@given(ordinals, ordinals)
def test_days_are_ordered_as_their_numbers(one: int, other: int) -> None:
    assert (Day.from_ordinal(one) < Day.from_ordinal(other)) == (one < other)


def test_what_is_no_day_has_no_number() -> None:
    for day in (Day(-43, 2, 29), Day(-44, 2, 30), Day(0, 13, 1), Day(0, 1, 0)):
        with pytest.raises(ValueError, match=r"out of range|must be in"):
            assert not day.ordinal
    assert Day(-44, 2, 29).ordinal + 1 == Day(-44, 3, 1).ordinal
    assert Day(0, 12, 31).ordinal + 1 == Day(1, 1, 1).ordinal == 1


@pytest.mark.parametrize(
    ("year", "stored", "shown", "counted"),
    [
        (2017, "2017", "2017", 2017),
        (1000, "1000", "1000", 1000),
        (999, "0999", "999 AD", 999),
        (1, "0001", "1 AD", 1),
        (0, "0000", "1 BC", -1),
        (-1, "-0001", "2 BC", -2),
        (-43, "-0043", "44 BC", -44),
        (-9999, "-9999", "10000 BC", -10000),
    ],
)
def test_a_year_is_stored_as_edtf_counts_and_shown_as_people_do(
    year: int, stored: str, shown: str, counted: int
) -> None:
    assert (iso_year(year), year_name(year), counted_year(year)) == (stored, shown, counted)
    assert to_stored(shown, TODAY) == stored
    assert parse_stored(stored).show() == shown
