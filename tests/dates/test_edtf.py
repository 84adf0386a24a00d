"""Stored dates: what each form of the table means, what is refused, how they are ordered and matched."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DateError
from korea_cli.dates.edtf import one_day_in
from korea_cli.dates.parse import from_toml, parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from windows import is_certain, is_possible

if TYPE_CHECKING:
    import random


def _day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def test_one_day_of_some_is_as_it_is_read(dice: random.Random) -> None:
    days = [OPEN_START, OPEN_END, *(dice.randrange(700_000, 740_000) for _ in range(40)), _day("2017-01-01")]
    pairs = [(first, last) for first in days for last in days if first <= last and (first, last) != (days[0], days[1])]
    pairs += [(_day("2017-01-01"), _day("2017-12-31")), (_day("2016-02-01"), _day("2016-02-29"))]
    for first, last in pairs:
        if first != OPEN_END and last != OPEN_START:
            one = one_day_in(first, last)
            assert one == parse_stored(one.text)
            assert one.bounds == (first, last, first, last)


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2016", "year", "2016-01-01", "2016-12-31"),
        ("2016-04", "month", "2016-04-01", "2016-04-30"),
        ("2017-05-25", "day", "2017-05-25", "2017-05-25"),
        ("2016-02", "month", "2016-02-01", "2016-02-29"),
        ("1900-02", "month", "1900-02-01", "1900-02-28"),
        ("0001", "year", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "day", "9999-12-31", "9999-12-31"),
        ("2016-33", "quarter", "2016-01-01", "2016-03-31"),
        ("2016-34", "quarter", "2016-04-01", "2016-06-30"),
        ("2016-35", "quarter", "2016-07-01", "2016-09-30"),
        ("2016-36", "quarter", "2016-10-01", "2016-12-31"),
        ("2016-37", "third", "2016-01-01", "2016-04-30"),
        ("2016-38", "third", "2016-05-01", "2016-08-31"),
        ("2016-39", "third", "2016-09-01", "2016-12-31"),
        ("2016-40", "half", "2016-01-01", "2016-06-30"),
        ("2016-41", "half", "2016-07-01", "2016-12-31"),
        ("2017-07-XX", "month", "2017-07-01", "2017-07-31"),
        ("2017-XX", "year", "2017-01-01", "2017-12-31"),
        ("2017-XX-XX", "year", "2017-01-01", "2017-12-31"),
        ("2017-07-07/2017-07-08", "interval", "2017-07-07", "2017-07-08"),
        ("2016-04/2017", "interval", "2016-04-01", "2017-12-31"),
        ("2016-04/..", "interval", "2016-04-01", None),
        ("2016-04/", "interval", "2016-04-01", None),
        ("../2017", "interval", None, "2017-12-31"),
        ("/2017", "interval", None, "2017-12-31"),
        ("[2017-07-03,2017-07-04]", "one-of", "2017-07-03", "2017-07-04"),
        ("[2017-07-04,2016]", "one-of", "2016-01-01", "2017-07-04"),
        ("[..2017-07-07]", "one-of", None, "2017-07-07"),
        ("[2017-07-07..]", "one-of", "2017-07-07", None),
        ("[2017-06-01..2017-07-07]", "one-of", "2017-06-01", "2017-07-07"),
    ],
)
def test_each_form_touches_from_its_earliest_to_its_latest_day(
    text: str, precision: str, earliest: str | None, latest: str | None
) -> None:
    date = parse_stored(text)
    assert date.text == text
    assert date.precision == precision
    assert (date.earliest and date.earliest.isoformat()) == earliest
    assert (date.latest and date.latest.isoformat()) == latest


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2016-04", ("2016-04-01", "2016-04-30", "2016-04-01", "2016-04-30")),
        ("2017-07-07/2017-07", ("2017-07-07", "2017-07-07", "2017-07-07", "2017-07-31")),
        ("2017-07/2017-07-07", ("2017-07-01", "2017-07-07", "2017-07-07", "2017-07-07")),
        ("2016-04/2016-05", ("2016-04-01", "2016-04-30", "2016-05-01", "2016-05-31")),
        ("[2017-07-03,2017-07-09]", ("2017-07-03", "2017-07-09", "2017-07-03", "2017-07-09")),
    ],
)
def test_a_date_is_four_days(text: str, bounds: tuple[str, str, str, str]) -> None:
    date = parse_stored(text)
    assert (date.start_min, date.start_max, date.end_min, date.end_max) == tuple(map(_day, bounds))


def test_an_interval_that_ended_unknown_differs_from_one_still_going() -> None:
    first, last = _day("2016-04-01"), _day("2016-04-30")
    assert parse_stored("2016-04/")[1:5] == (first, last, first, OPEN_END)
    assert parse_stored("2016-04/..")[1:5] == (first, last, OPEN_END, OPEN_END)


def test_an_interval_that_began_unknown_differs_from_one_without_a_beginning() -> None:
    first, last = _day("2017-01-01"), _day("2017-12-31")
    assert parse_stored("/2017")[1:5] == (OPEN_START, last, first, last)
    assert parse_stored("../2017")[1:5] == (OPEN_START, OPEN_START, first, last)


@pytest.mark.parametrize(
    ("mark", "approximate", "uncertain"),
    [("", False, False), ("~", True, False), ("?", False, True), ("%", True, True)],
)
@pytest.mark.parametrize("text", ["2017", "2016-33", "2017-07", "2017-07-04", "2017-07-XX"])
def test_a_qualifier_moves_no_bounds_and_is_never_certain(
    text: str, mark: str, *, approximate: bool, uncertain: bool
) -> None:
    plain, date = parse_stored(text), parse_stored(text + mark)
    assert date[1:5] == plain[1:5]
    assert (date.approximate, date.uncertain) == (approximate, uncertain)
    assert is_possible(date, date.start_min, date.end_max)
    assert is_certain(date, date.start_min, date.end_max) is not (approximate or uncertain)


@pytest.mark.parametrize("text", ["2017-07~/2017-08", "2017-07/2017-08~", "[2017-07-03,2017-07-04~]", "2016~/.."])
def test_a_qualifier_anywhere_qualifies_the_whole(text: str) -> None:
    assert parse_stored(text).approximate
    assert not parse_stored(text).uncertain


@pytest.mark.parametrize(
    ("text", "window", "possible", "certain"),
    [
        ("2017-07-04", ("2017-07-04", "2017-07-04"), True, True),
        ("2017-07-04", ("2017-07-05", "2017-07-31"), False, False),
        ("2017-07", ("2017-07-31", "2017-08-31"), True, False),
        ("2017-07", ("2017-01-01", "2017-12-31"), True, True),
        ("2017-07", ("2017-07-02", "2017-12-31"), True, False),
        ("2017-07-01/2017-07-31", ("2017-07-10", "2017-07-11"), True, True),
        ("2017-07/2017-08", ("2017-07-31", "2017-08-01"), True, True),
        ("2017-07/2017-08", ("2017-07-01", "2017-07-30"), True, False),
        ("2016-04/..", ("2030-01-01", "2030-12-31"), True, True),
        ("2016-04/", ("2030-01-01", "2030-12-31"), True, False),
        ("../2017", ("0001-01-01", "0001-12-31"), True, True),
        ("/2017", ("0001-01-01", "0001-12-31"), True, False),
    ],
)
def test_a_match_is_possible_when_it_may_and_certain_when_it_must_touch_the_window(
    text: str, window: tuple[str, str], *, possible: bool, certain: bool
) -> None:
    first, last = map(_day, window)
    assert is_possible(parse_stored(text), first, last) is possible
    assert is_certain(parse_stored(text), first, last) is certain


def test_an_open_window_holds_what_ends_after_its_first_day() -> None:
    july = parse_stored("2017-07")
    assert is_certain(july, _day("2017-07-01"), OPEN_END)
    assert is_possible(july, _day("2017-07-31"), OPEN_END)
    assert not is_certain(july, _day("2017-07-02"), OPEN_END)
    assert is_certain(july, OPEN_START, _day("2017-07-31"))


def test_the_order_is_by_first_day_then_by_last() -> None:
    texts = ["2016-01-01", "2016-01", "2016", "2016-01-02"]
    reordered = texts[::-1]
    assert sorted(reordered, key=lambda text: parse_stored(text).order) == texts


def test_a_date_with_an_open_start_is_ordered_by_its_last_day() -> None:
    texts = ["2017-07-06", "[..2017-07-07]", "2017-07-08"]
    reordered = texts[::-1]
    assert sorted(reordered, key=lambda text: parse_stored(text).order) == texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2016-04", "2016-04"),
        (2016, "2016"),
        (592, "0592"),
        (dt.date(2017, 5, 25), "2017-05-25"),
    ],
)
def test_toml_dates_and_years_need_no_quotes(value: object, text: str) -> None:
    assert from_toml(value) == parse_stored(text)


@pytest.mark.parametrize(
    "moment",
    [
        "2017-07-04T23:30:00-12:00",
        "2017-07-04T23:30:00+08:30",
        "2017-07-04T00:00:00+00:00",
        "2017-07-04T23:30:00",
        "2017-07-04T00:00:00",
        "2017-07-04T23:30:00.500000",
    ],
)
def test_a_date_with_a_time_is_refused_with_one_message_in_quotes_and_without(moment: str) -> None:
    day = "a date has no time of day; use the keys 'time' and 'timezone'. Did you mean '2017-07-04'?"
    for value in (moment, dt.datetime.fromisoformat(moment)):
        with pytest.raises(DateError) as caught:
            from_toml(value)
        assert str(caught.value) == f"'{moment}' is not a date: {day}"


@pytest.mark.parametrize("text", ["2016-33-XX", "2017-40-XX", "2017-13-XX", "2016-33-05"])
def test_a_part_of_a_year_other_than_a_month_has_no_days(text: str) -> None:
    with pytest.raises(DateError, match="there is no month"):
        parse_stored(text)


def test_a_stored_date_prints_as_it_is_shown() -> None:
    assert str(parse_stored("2016-04~")) == parse_stored("2016-04~").show() == "c. Apr 2016"
