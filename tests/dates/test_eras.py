"""Years of an era, as they are typed: before Christ, and of less than four digits after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import DateError
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_stored, parse_typed, to_stored
from korea_cli.ingest.dates.dates import DateRules, read_date
from years import iso_of, lengths, number_of

TODAY = Day(2017, 11, 29)
SEASON = "seasons differ from place to place; name the quarter ({}) or the months ({}); date_text can keep the words"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("44 BC", "-0043"),
        ("44 bc", "-0043"),
        ("44BC", "-0043"),
        ("44 B.C.", "-0043"),
        ("44 BCE", "-0043"),
        ("44 b.c.e.", "-0043"),
        ("0044 BC", "-0043"),
        ("1 BC", "0000"),
        ("10000 BC", "-9999"),
        ("-0043", "-0043"),
        ("0000", "0000"),
        ("AD 79", "0079"),
        ("A.D. 79", "0079"),
        ("79 AD", "0079"),
        ("79 CE", "0079"),
        ("79 c.e.", "0079"),
        ("AD 2017", "2017"),
        ("44 v. Chr.", "-0043"),
        ("44 av. J.-C.", "-0043"),
        ("44 a.C.", "-0043"),
        ("79 d.C.", "0079"),
        ("15 marzo 44 a. C.", "-0043-03-15"),
        ("기원전 44년", "-0043"),
        ("紀元前44年3月15日", "-0043-03-15"),
        ("公元前44年 3月", "-0043-03"),
        ("서기 79년", "0079"),
        ("44 до н. э.", "-0043"),
        ("44 г. до н.э.", "-0043"),
        ("79 n. Chr.", "0079"),
        ("79 apr. J.-C.", "0079"),
        ("79 н. э.", "0079"),
        ("15 March 44 BC", "-0043-03-15"),
        ("March 15, 44 BC", "-0043-03-15"),
        ("mar 15 44 bc", "-0043-03-15"),
        ("15th of March, 44 BC", "-0043-03-15"),
        ("15. März 44 v. Chr.", "-0043-03-15"),
        ("15 mars 44 av. J.-C.", "-0043-03-15"),
        ("24 Aug AD 79", "0079-08-24"),
        ("March 44 BC", "-0043-03"),
        ("-0043-3", "-0043-03"),
        ("-0043-3-15", "-0043-03-15"),
        ("-00430315", "-0043-03-15"),
        ("Q1 44 BC", "-0043-33"),
        ("early 44 BC", "-0043-37"),
        ("some day in 44 BC", "-0043-XX-XX"),
        ("-0043-W12", "[-0043-03-18..-0043-03-24]"),
        ("c. 44 BC", "-0043~"),
        ("44 BC?", "-0043?"),
        ("c. 44 BC?", "-0043%"),
        ("-004X", "[-0049..-0040]"),
        ("-00XX", "[-0099..0000]"),
        ("40s BC", "[-0048..-0039]"),
        ("the 50's BC", "[-0058..-0049]"),
        ("70s AD", "[0070..0079]"),
    ],
)
def test_one_date_of_an_era(typed: str, stored: str) -> None:
    assert to_stored(typed, TODAY) == read_date(typed, DateRules()).text == stored
    assert parse_typed(typed, TODAY).ends == (parse_stored(stored).start_min, parse_stored(stored).end_max)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("100-50 BC", "-0099/-0049"),
        ("100\u201350 BC", "-0099/-0049"),
        ("100 to 50 BC", "-0099/-0049"),
        ("from 100 to 50 BC", "-0099/-0049"),
        ("100 BC - 50 BC", "-0099/-0049"),
        ("100 BC to 50 BC", "-0099/-0049"),
        ("-0099..-0049", "-0099/-0049"),
        ("-0099--0049", "-0099/-0049"),
        ("44/43 BC", "-0043/-0042"),
        ("27 BC to AD 14", "-0026/0014"),
        ("27 BC \u2013 14 AD", "-0026/0014"),
        ("AD 79-96", "0079/0096"),
        ("79-96 AD", "0079/0096"),
        ("between 59 and 49 BC", "[-0058..-0048]"),
        ("between 59 BC and 49 BC", "[-0058..-0048]"),
        ("59 or 49 BC", "[-0058,-0048]"),
        ("59, 50 or 49 BC", "[-0058,-0049,-0048]"),
        ("15 Mar 44 BC to 3 Apr 43 BC", "-0043-03-15/-0042-04-03"),
        ("15 Mar 44 to 3 Apr 43 BC", "-0043-03-15/-0042-04-03"),
        ("7-8 Jul 44 BC", "-0043-07-07/-0043-07-08"),
        ("Jul 7-8 44 BC", "-0043-07-07/-0043-07-08"),
        ("Jul 7-8, 44 BC", "-0043-07-07/-0043-07-08"),
        ("3, 4 or 5 Jul 44 BC", "[-0043-07-03,-0043-07-04,-0043-07-05]"),
        ("Jun-Aug 44 BC", "-0043-06/-0043-08"),
        ("-0043-03-15/16", "-0043-03-15/-0043-03-16"),
        ("since 753 BC", "-0752/.."),
        ("until 44 BC", "../-0043"),
        ("by 44 BC", "[..-0043]"),
        ("before 44 BC", "[..-0044-12-31]"),
        ("after 44 BC", "[-0042-01-01..]"),
        ("44 BC or later", "[-0043..]"),
        ("44 BC to present", "-0043/.."),
    ],
)
def test_an_era_is_that_of_all_the_years_before_it(typed: str, stored: str) -> None:
    assert to_stored(typed, TODAY) == stored


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-44", "it could be -0044 (45 BC) or -0043 (44 BC); write one of them"),
        ("-44-03-15", "it could be -0044 (45 BC) or -0043 (44 BC); write one of them"),
        ("0 BC", "there is no year 0 between 1 BC and 1 AD"),
        ("10001 BC", "years range from -9999 (10000 BC) to 9999"),
        ("-10000", "years range from -9999 (10000 BC) to 9999"),
        ("10000", "years range from -9999 (10000 BC) to 9999"),
        ("10000 AD", "years range from -9999 (10000 BC) to 9999"),
        ("before -9999", "years range from -9999 (10000 BC) to 9999"),
        ("400s BC", "it could be [-0408..-0399] or [-0498..-0399]; write one of them"),
        ("29 Feb 44 BC", "there is no such day. Did you mean '-0043-02-28'?"),
        ("-0043-02-29", "there is no such day. Did you mean '-0043-02-28'?"),
        ("15/3/44 BC", "write the year first. Did you mean '-0043-03-15'?"),
        ("3.4.44 BC", "it could be -0043-03-04 or -0043-04-03; write the year first"),
        ("50-100 BC", "its end, -0099, comes before its start, -0049. Did you mean '-0099/-0049'?"),
        ("44 BC at noon", "a date has no time of day; use the keys 'time' and 'timezone'. Did you mean '-0043'?"),
        (
            "winter 44 BC",
            SEASON.format("-0043Q1 or -0043Q4", "-0044-12..-0043-02 or -0043-12..-0042-02"),
        ),
    ],
)
def test_what_is_wrong_with_a_year_of_an_era(typed: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        to_stored(typed, TODAY)
    assert str(caught.value) == f"'{typed}' is not a date: {message}"


@given(st.integers(-9999, 999), st.integers(1, 12), st.data())
def test_a_day_is_typed_in_many_forms_and_shown_in_one(year: int, month: int, data: st.DataObject) -> None:
    day = data.draw(st.integers(1, lengths(year)[month - 1]))
    stored = iso_of(number_of(year, month, day))
    eras = [f"{1 - year} {era}" for era in ("BC", "BCE", "b.c.")] if year < 1 else [f"AD {year}", f"{year} CE"]
    for era in eras:
        words = (f"{day} {MONTHS[month - 1]} {era}", f"{MONTHS[month - 1]} {day}, {era}")
        assert {to_stored(each, TODAY) for each in words} == {stored}
    shown = parse_stored(stored).show()
    assert shown == f"{day} {MONTHS[month - 1]} {f'{1 - year} BC' if year < 1 else f'{year} AD'}"
    assert to_stored(shown, TODAY) == stored


@given(st.tuples(st.integers(-9999, 999), st.integers(-9999, 999)).map(sorted))
def test_two_years_are_shown_so_that_they_are_read_back(years: list[int]) -> None:
    one, other = (iso_of(number_of(year, 1, 1))[:-6] for year in years)
    for stored in (f"{one}/{other}", f"[{one}..{other}]", f"[{one},{other}]", f"{one}~/{other}", f"[{one}..{other}?]"):
        date = parse_stored(stored)
        right = stored if one != other or "/" not in stored or "~" in stored else one
        assert to_stored(date.show(), TODAY) == right


@pytest.mark.parametrize(
    ("today", "typed", "span"),
    [
        (Day(-43, 3, 15), "today", "-0043-03-15"),
        (Day(-43, 3, 15), "last year", "-0044"),
        (Day(-43, 3, 31), "1 month ago", "-0043-02-28"),
        (Day(-44, 3, 31), "1 month ago", "-0044-02-29"),
        (Day(1, 1, 1), "yesterday", "0000-12-31"),
        (Day(1, 1, 1), "2 years ago", "-0001-01-01"),
        (Day(-43, 3, 15), "july", "-0044-07"),
        (Day(-43, 3, 15), "march 1", "-0043-03-01"),
        (Day(-43, 3, 15), "dec..jan", "-0044-12/-0043-01"),
        (Day(-43, 3, 15), "feb 29", "-0044-02-29"),
        (Day(-9999, 1, 1), "today", "-9999-01-01"),
    ],
)
def test_today_may_be_before_the_year_1(today: Day, typed: str, span: str) -> None:
    date = parse_stored(span)
    assert parse_typed(typed, today).ends == (date.start_min, date.end_max)


@pytest.mark.parametrize("typed", ["last year", "1 day ago", "1 month ago", "yesterday"])
def test_nothing_is_before_the_first_day(typed: str) -> None:
    with pytest.raises(DateError, match=r"years range from -9999"):
        parse_typed(typed, Day(-9999, 1, 1))
