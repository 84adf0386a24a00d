"""Dates as typed become stored ones, or are refused with what was probably meant."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import DateError
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_stored, to_stored

TODAY = Day(2017, 7, 8)


VAGUE = (
    "it is too vague; name the month or the days, such as 2017-06 or [2017-06-01..2017-06-14];"
    " date_text can keep the words"
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2017-07-04", "2017-07-04"),
        ("4 July 2017", "2017-07-04"),
        ("Jul 4, 2017", "2017-07-04"),
        ("july 2017", "2017-07"),
        ("2017", "2017"),
        ("c. 2017", "2017~"),
        ("7-8 jul 2017", "2017-07-07/2017-07-08"),
        ("2017-07-07/08", "2017-07-07/2017-07-08"),
        ("since April 2016", "2016-04/.."),
        ("by 7 jul 2017", "[..2017-07-07]"),
        ("early 2016", "2016-37"),
        ("2017-07-XX", "2017-07-XX"),
        ("2016-04/..", "2016-04/.."),
        ("between 1 Jun and 7 Jul 2017", "[2017-06-01..2017-07-07]"),
        ("between 2016 and 2017", "[2016..2017]"),
        ("1 Jun 2017 or later", "[2017-06-01..]"),
        ("2016 or earlier", "[..2016]"),
        ("from Apr 2016, end unknown", "2016-04/"),
        ("until 2017, start unknown", "/2017"),
        ("since Apr 2016, ongoing", "2016-04/.."),
        ("2014-present", "2014/.."),
        ("before June 2020", "[..2020-05-31]"),
        ("after 2016", "[2017-01-01..]"),
        ("before 25 May 2017", "[..2017-05-24]"),
        ("1990s", "[1990..1999]"),
        ("the 1990s", "[1990..1999]"),
        ("around 1989", "1989~"),
        ("c. 2016 to 2017?", "2016%/2017%"),
        ("2016 to c. 2017", "2016/2017~"),
        ("2010-12", "2010-12"),
        ("2017-5", "2017-05"),
        ("2017\u20135", "2017-05"),
        ("2017년 4월 30일", "2017-04-30"),
        ("4 июля 2017 г.", "2017-07-04"),
    ],
)
def test_what_people_type_is_stored_as_precisely_as_it_is_known(typed: str, stored: str) -> None:
    assert to_stored(typed, TODAY) == stored


@pytest.mark.parametrize(
    ("typed", "reason", "suggestion"),
    [
        ("4 July", "the year is missing", "2017-07-04"),
        ("july", "the year is missing", "2017-07"),
        ("jul 1 - jul 4", "the year is missing", "2017-07-01/2017-07-04"),
        ("yesterday", "it depends on today; a record needs a fixed date", "2017-07-07"),
        ("last week", "it depends on today; a record needs a fixed date", "[2017-06-26..2017-07-02]"),
        ("2016..", "it could be 2016/.. or [2016..]; write one of them", None),
        ("..2016", "it could be ../2016 or [..2016]; write one of them", None),
        ("2004-5", "it could be 2004-05 or 2004/2005; write one of them", None),
        ("2018-19", "there is no month 19", "2018/2019"),
        ("1914-18?", "there is no month 18", "1914?/1918?"),
        ("c. 1914/18", "there is no month 18", "1914~/1918~"),
        ("'90s", "a year has four digits", None),
        ("since the 1990s", "each end of a range must be one day, month or year", None),
        ("1990s or 2010 to 2012", "each end of a range must be one day, month or year", None),
        ("between 2018 and 2017", "its end, 2017, comes before its start, 2018", "[2017..2018]"),
        ("13/4", "it could be 13 April; name the month", None),
        ("recent", VAGUE, None),
        ("Lately", VAGUE, None),
        ("the other day", VAGUE, None),
        ("a few days ago", VAGUE, None),
        ("not long ago", VAGUE, None),
        (
            "2017-07-04T09:10",
            "a date has no time of day; use the keys 'time' and 'timezone'",
            "2017-07-04",
        ),
        ("01/02/2017", "it could be 2017-01-02 or 2017-02-01; write the year first", None),
        ("2017-02-30", "there is no such day", "2017-02-28"),
    ],
)
def test_what_would_take_a_guess_is_refused(typed: str, reason: str, suggestion: str | None) -> None:
    with pytest.raises(DateError) as raised:
        to_stored(typed, TODAY)
    assert (raised.value.reason, raised.value.suggestion) == (reason, suggestion)


@given(st.text(max_size=20) | st.from_regex(r"(since |by |after |c\. )?\d{1,2} [a-z]{3} ?(\d{4})?", fullmatch=True))
def test_whatever_is_typed_is_stored_as_a_stored_date_or_refused_with_one(typed: str) -> None:
    try:
        stored: str | None = to_stored(typed, TODAY)
    except DateError as error:
        stored = error.suggestion
    if stored is not None:
        assert to_stored(stored, TODAY)


@given(st.dates(dt.date(1000, 1, 1)))
def test_a_day_is_the_same_day_however_it_is_typed(day: dt.date) -> None:
    forms = [f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}", f"{day.year}/{day.month}/{day.day}"]
    assert {parse_stored(to_stored(form, TODAY)).text for form in forms} == {day.isoformat()}
