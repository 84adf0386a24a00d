"""Typed dates: each form of the grammar, and the seven rules."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from korea_cli.base.errors import USAGE, DateError
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_typed
from korea_cli.dates.spans import Span
from years import iso_of, number_of

TODAY = Day(2017, 11, 29)  # a Wednesday


def _read(text: str, today: Day = TODAY) -> tuple[str | None, str | None]:
    first, last, _ = parse_typed(text, today)
    return _iso(first), _iso(last)


def _day(text: str) -> Day:
    return Day.of(dt.date.fromisoformat(text))


def _iso(ordinal: int | None) -> str | None:
    return None if ordinal is None else iso_of(ordinal)


def _message(text: str, today: Day = TODAY) -> str:
    with pytest.raises(DateError) as caught:
        parse_typed(text, today)
    assert caught.value.status == USAGE
    return str(caught.value)


SEASON = "seasons differ from place to place; name the quarter ({}) or the months ({}); date_text can keep the words"
NO_DATES = ("n.d.", "n. d.", "nd", "N.D", "s.d.", "o.J.", "undated", "unknown", "no date")
MAY_25 = ("2017-05-25", "2017-05-25")
MAY = ("2017-05-01", "2017-05-31")
Q2 = ("2017-04-01", "2017-06-30")
H1 = ("2017-01-01", "2017-06-30")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2017", ("2017-01-01", "2017-12-31")),
        *((text, MAY) for text in ("2017-05", "2017-5", "2017/05", "2017.05", "2017/5", "2017-05-XX", "2017-05-xx")),
        *((text, MAY_25) for text in ("2017-05-25", "2017/05/25", "2017.05.25", "2017.5.25", "20170525")),
        ("2017-1-2", ("2017-01-02", "2017-01-02")),
        ("2016-33", ("2016-01-01", "2016-03-31")),
        ("2016-36", ("2016-10-01", "2016-12-31")),
        ("2016-38", ("2016-05-01", "2016-08-31")),
        ("2016-41", ("2016-07-01", "2016-12-31")),
        *((text, Q2) for text in ("2017Q2", "2017q2", "2017-Q2", "2017 Q2", "Q2 2017", "q2-2017")),
        *((text, H1) for text in ("2017H1", "2017-h1", "H1 2017")),
        *((text, ("2017-01-30", "2017-02-05")) for text in ("2017-W05", "2017-w05", "2017W05")),
        ("2015-W53", ("2015-12-28", "2016-01-03")),
        *((text, MAY) for text in ("may 2017", "May, 2017", "MAY 2017", "2017 may", "may-2017", "may of 2017")),
        *(
            (text, MAY_25)
            for text in ("may 25 2017", "May 25, 2017", "may 25th, 2017", "25 may 2017", "25th of May 2017")
        ),
        *((text, MAY_25) for text in ("25-May-2017", "2017 may 25", "2017-may-25", "the 25th of May, 2017")),
        ("early 2016", ("2016-01-01", "2016-04-30")),
        ("mid-2016", ("2016-05-01", "2016-08-31")),
        ("Late 2016", ("2016-09-01", "2016-12-31")),
        ("early may 2017", ("2017-05-01", "2017-05-10")),
        ("mid-May 2017", ("2017-05-11", "2017-05-20")),
        ("late february 2016", ("2016-02-21", "2016-02-29")),
        *(
            (text, ("1990-01-01", "1999-12-31"))
            for text in ("1990s", "the 1990s", "1990's", "199X", "199x", "late 1990s")
        ),
        ("19XX", ("1900-01-01", "1999-12-31")),
        *(
            (text, MAY_25)
            for text in ("2017년 5월 25일", "2017년5월25일", "2017. 5. 25.", "2017年5月25日", "2017年05月25號")
        ),
        *((text, MAY) for text in ("2017년 5월", "2017年5月", "2017. 5.", "a day in May 2017", "some day in May 2017")),
        *(
            (text, ("2017-01-01", "2017-12-31"))
            for text in ("2017년", "2017年", "a month in 2017", "some month in 2017", "2017 г.")
        ),
        *((text, MAY_25) for text in ("25 мая 2017", "25 мая 2017 г.", "25 Мая 2017 года", "25. Mai 2017")),
        *((text, MAY_25) for text in ("le 25 mai 2017", "25\u2013mai\u20132017")),
        ("1er août 2017", ("2017-08-01", "2017-08-01")),
        ("Dezember 2017", ("2017-12-01", "2017-12-31")),
        *(
            (text, MAY_25)
            for text in ("around 25 May 2017", "approx. 25 May 2017", "~2017-05-25", "roughly 2017-05-25")
        ),
    ],
)
def test_rule_1_every_date_is_a_closed_span(text: str, span: tuple[str, str]) -> None:
    assert _read(text) == span
    assert not parse_typed(text, TODAY).year_assumed


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2017-07..2017-08", ("2017-07-01", "2017-08-31")),
        ("2017-07-07..2017-08", ("2017-07-07", "2017-08-31")),
        ("2017-07 .. 2017-08", ("2017-07-01", "2017-08-31")),
        ("2017-07\u20262017-08", ("2017-07-01", "2017-08-31")),
        ("2017..2017", ("2017-01-01", "2017-12-31")),
        ("2017-07..", ("2017-07-01", None)),
        ("..2017-07", (None, "2017-07-31")),
        ("may 2017..", ("2017-05-01", None)),
        *(
            (f"may 2017 {joint} june 2017", ("2017-05-01", "2017-06-30"))
            for joint in ("to", "until", "through", "-", "–")
        ),
        ("from may 2017 to june 2017", ("2017-05-01", "2017-06-30")),
        ("between may 2017 and june 2017", ("2017-05-01", "2017-06-30")),
        ("2017-07-07/2017-07-08", ("2017-07-07", "2017-07-08")),
        ("2017-07-07/08", ("2017-07-07", "2017-07-08")),
        ("2017-07-30/08-02", ("2017-07-30", "2017-08-02")),
        ("2017-07-07..08", ("2017-07-07", "2017-07-08")),
        ("2017-07/08", ("2017-07-01", "2017-08-31")),
        ("2016-04/..", ("2016-04-01", None)),
        ("2016-04/", ("2016-04-01", None)),
        ("../2017", (None, "2017-12-31")),
        ("/2017", (None, "2017-12-31")),
        ("[2017-07-03,2017-07-04]", ("2017-07-03", "2017-07-04")),
        ("[..2017-07-07]", (None, "2017-07-07")),
        ("2016-33..2016-41", ("2016-01-01", "2016-12-31")),
        ("2016-33/2016-34", ("2016-01-01", "2016-06-30")),
        *((text, ("2017-07-07", "2017-07-08")) for text in ("jul 7-8 2017", "Jul 7–8, 2017", "7-8 jul 2017")),
        *(
            (text, ("2017-07-07", "2017-07-08"))
            for text in ("7th-8th of july 2017", "7 to 8 jul 2017", "jul 7 to 8 2017")
        ),
        ("may-june 2017", ("2017-05-01", "2017-06-30")),
        ("2016-2017", ("2016-01-01", "2017-12-31")),
        ("early 2016 - mid-2016", ("2016-01-01", "2016-08-31")),
        ("since 2017-05", ("2017-05-01", None)),
        ("from 2017-05", ("2017-05-01", None)),
        *((f"{side} 2017-05", (None, "2017-05-31")) for side in ("until", "to", "through", "by")),
        ("after 2017-05", ("2017-06-01", None)),
        ("before 2017-05", (None, "2017-04-30")),
        ("after 25 may 2017", ("2017-05-26", None)),
        ("before 9999-12-31", (None, "9999-12-30")),
    ],
)
def test_rule_1_a_range_takes_the_first_day_of_one_end_and_the_last_of_the_other(
    text: str, span: tuple[str | None, str | None]
) -> None:
    assert _read(text) == span
    assert not parse_typed(text, TODAY).year_assumed


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("today", ("2017-11-29", "2017-11-29")),
        ("yesterday", ("2017-11-28", "2017-11-28")),
        ("tomorrow", ("2017-11-30", "2017-11-30")),
        ("3d", ("2017-11-26", "2017-11-26")),
        ("2w", ("2017-11-15", "2017-11-15")),
        ("3m", ("2017-08-29", "2017-08-29")),
        ("1y", ("2016-11-29", "2016-11-29")),
        ("0d", ("2017-11-29", "2017-11-29")),
        ("10 days ago", ("2017-11-19", "2017-11-19")),
        ("1 week ago", ("2017-11-22", "2017-11-22")),
        ("9 months ago", ("2017-02-28", "2017-02-28")),
        ("2 years ago", ("2015-11-29", "2015-11-29")),
        ("last week", ("2017-11-20", "2017-11-26")),
        ("this week", ("2017-11-27", "2017-12-03")),
        ("next week", ("2017-12-04", "2017-12-10")),
        ("last month", ("2017-10-01", "2017-10-31")),
        ("this month", ("2017-11-01", "2017-11-30")),
        ("next month", ("2017-12-01", "2017-12-31")),
        ("last quarter", ("2017-07-01", "2017-09-30")),
        ("this quarter", ("2017-10-01", "2017-12-31")),
        ("next quarter", ("2018-01-01", "2018-03-31")),
        ("last year", ("2016-01-01", "2016-12-31")),
        ("this year", ("2017-01-01", "2017-12-31")),
        ("next year", ("2018-01-01", "2018-12-31")),
        ("last 1 day", ("2017-11-29", "2017-11-29")),
        ("last 10 days", ("2017-11-20", "2017-11-29")),
        ("last 2 weeks", ("2017-11-16", "2017-11-29")),
        ("last 3 months", ("2017-08-30", "2017-11-29")),
        ("last 1 year", ("2016-11-30", "2017-11-29")),
        ("since last month", ("2017-10-01", None)),
        ("3m..today", ("2017-08-29", "2017-11-29")),
        ("before yesterday", (None, "2017-11-27")),
    ],
)
def test_rule_2_relative_dates_are_told_from_the_day_that_today_means(
    text: str, span: tuple[str | None, str | None]
) -> None:
    assert _read(text) == span
    assert not parse_typed(text, TODAY).year_assumed


@pytest.mark.parametrize(
    ("text", "today", "span"),
    [
        ("july 4", "2017-11-29", ("2017-07-04", "2017-07-04")),
        ("july 4", "2017-07-04", ("2017-07-04", "2017-07-04")),
        ("july 4", "2017-07-03", ("2016-07-04", "2016-07-04")),
        ("july", "2017-07-01", ("2017-07-01", "2017-07-31")),
        ("july", "2017-06-30", ("2016-07-01", "2016-07-31")),
        ("4th of july", "2017-11-29", ("2017-07-04", "2017-07-04")),
        ("q4", "2017-11-29", ("2017-10-01", "2017-12-31")),
        ("q4", "2017-09-30", ("2016-10-01", "2016-12-31")),
        ("h2", "2017-06-30", ("2016-07-01", "2016-12-31")),
        ("late november", "2017-11-29", ("2017-11-21", "2017-11-30")),
        ("late november", "2017-11-20", ("2016-11-21", "2016-11-30")),
        ("feb 29", "2017-11-29", ("2016-02-29", "2016-02-29")),
        ("feb 29", "1904-02-28", ("1896-02-29", "1896-02-29")),
        ("7-8 jul", "2017-07-07", ("2017-07-07", "2017-07-08")),
        ("7-8 jul", "2017-07-06", ("2016-07-07", "2016-07-08")),
        ("jul 7-8", "2017-07-07", ("2017-07-07", "2017-07-08")),
        ("may-june", "2017-05-15", ("2017-05-01", "2017-06-30")),
        ("may..june", "2017-05-15", ("2017-05-01", "2017-06-30")),
        ("dec..jan", "2017-11-29", ("2016-12-01", "2017-01-31")),
        ("dec..jan", "2017-12-01", ("2017-12-01", "2018-01-31")),
        ("dec..feb 29", "2017-12-01", ("2015-12-01", "2016-02-29")),
        ("july 4..today", "2017-11-29", ("2017-07-04", "2017-11-29")),
        ("july 4..today", "2017-02-01", ("2016-07-04", "2017-02-01")),
        ("july..last week", "2017-07-02", ("2016-07-01", "2017-06-25")),
        ("3m..november", "2017-11-29", ("2017-08-29", "2017-11-30")),
        ("since december", "2017-11-29", ("2016-12-01", None)),
        ("by july 4", "2017-11-29", (None, "2017-07-04")),
    ],
)
def test_rule_3_without_a_year_the_latest_that_has_begun_is_meant_and_said_to_be_assumed(
    text: str, today: str, span: tuple[str | None, str | None]
) -> None:
    assert _read(text, _day(today)) == span
    assert parse_typed(text, _day(today)).year_assumed


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("may..june 2016", ("2016-05-01", "2016-06-30")),
        ("may to june 2016", ("2016-05-01", "2016-06-30")),
        ("may 2016..june", ("2016-05-01", "2016-06-30")),
        ("2016-05-03..july 4", ("2016-05-03", "2016-07-04")),
        ("july 4..2016", ("2016-07-04", "2016-12-31")),
        ("dec..jan 2016", ("2015-12-01", "2016-01-31")),
        ("nov-feb 2016", ("2015-11-01", "2016-02-29")),
        ("dec 2015..feb 29", ("2015-12-01", "2016-02-29")),
        ("nov 2015 - feb", ("2015-11-01", "2016-02-29")),
        ("q1-q3 2016", ("2016-01-01", "2016-09-30")),
    ],
)
def test_rule_3_a_year_at_one_end_fixes_the_other_across_new_year_if_need_be(text: str, span: tuple[str, str]) -> None:
    assert _read(text) == span
    assert not parse_typed(text, TODAY).year_assumed


def test_rule_3_says_so_when_no_such_day_has_begun() -> None:
    message = "'july 4' is not a date: it has not begun by -9999-05-25"
    assert _message("july 4", Day(-9999, 5, 25)) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("01/02/2017", "it could be 2017-01-02 or 2017-02-01; write the year first"),
        ("1.2.2017", "it could be 2017-01-02 or 2017-02-01; write the year first"),
        ("13/02/2017", "write the year first. Did you mean '2017-02-13'?"),
        ("02-13-2017", "write the year first. Did you mean '2017-02-13'?"),
        ("02/02/2017", "write the year first. Did you mean '2017-02-02'?"),
        ("31/31/2017", "write the year first"),
        ("05/2017", "write the year first. Did you mean '2017-05'?"),
        ("13/2017", "write the year first"),
    ],
)
def test_rule_4_numbers_are_year_first_and_the_readings_are_offered(text: str, message: str) -> None:
    assert _message(text) == f"'{text}' is not a date: {message}"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("jan", 1),
        ("febr", 2),
        ("march", 3),
        ("jun", 6),
        ("jul.", 7),
        ("sep", 9),
        ("sept.", 9),
        ("Septem", 9),
        ("dec.", 12),
    ],
)
def test_rule_5_a_month_is_any_beginning_of_three_letters_or_more(text: str, month: int) -> None:
    first = number_of(2016, month, 1)
    assert parse_typed(f"{text} 2016", TODAY).first == first
    assert parse_typed(f"1 {text} 2016", TODAY) == Span(first, first, year_assumed=False)


def test_rule_5_two_letters_name_no_month() -> None:
    assert _message("ju 2017") == "'ju 2017' is not a date: a month name needs three letters"


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("1 month ago", "2017-03-31", "2017-02-28"),
        ("1m", "2016-03-31", "2016-02-29"),
        ("1 year ago", "2016-02-29", "2015-02-28"),
        ("4y", "2016-02-29", "2012-02-29"),
    ],
)
def test_rule_5_month_arithmetic_stays_within_the_month(text: str, today: str, day: str) -> None:
    assert _read(text, _day(today)) == (day, day)


@pytest.mark.parametrize("today", ["2017-11-27", "2017-11-29", "2017-12-03"])
def test_rule_5_weeks_run_from_monday_to_sunday(today: str) -> None:
    assert _read("this week", _day(today)) == ("2017-11-27", "2017-12-03")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2017-07-04T09:10", "a date has no time of day. Did you mean '2017-07-04'?"),
        ("2017-07-04 09:10 KST", "a date has no time of day. Did you mean '2017-07-04'?"),
        ("2017-07-04T00:40:00.5+09:00", "a date has no time of day. Did you mean '2017-07-04'?"),
        ("2017-07-04T00:40:00Z", "a date has no time of day. Did you mean '2017-07-04'?"),
        ("20170704T0910", "a date has no time of day. Did you mean '2017-07-04'?"),
        ("july 4 at 9 am", "a date has no time of day. Did you mean 'july 4'?"),
        ("9:10", "a date has no time of day"),
        ("now", "a date has no time of day. Did you mean 'today'?"),
        ("2 hours ago", "a date has no time of day"),
        ("2017-07-04 KST", "a date has no time zone. Did you mean '2017-07-04'?"),
        ("2017-07-04Z", "a date has no time zone. Did you mean '2017-07-04'?"),
        ("4 jul 2017 Asia/Seoul", "a date has no time zone. Did you mean '2017-07-04'?"),
        ("Friday, 7 July 2017", "days of the week are not supported. Did you mean '2017-07-07'?"),
        ("tue july 4", "days of the week are not supported. Did you mean 'july 4'?"),
        ("last friday", "days of the week are not supported"),
        ("spring 2016", SEASON.format("2016Q1 or 2016Q2", "2016-03..2016-05")),
        ("the winter of 2016", SEASON.format("2016Q1 or 2016Q4", "2015-12..2016-02 or 2016-12..2017-02")),
        ("winter 2016/17", SEASON.format("2016Q4 or 2017Q1", "2016-12..2017-02")),
        ("Winter 2016–17", SEASON.format("2016Q4 or 2017Q1", "2016-12..2017-02")),
        ("2016-2017 winter", SEASON.format("2016Q4 or 2017Q1", "2016-12..2017-02")),
        ("winter 1999/00", SEASON.format("1999Q4 or 2000Q1", "1999-12..2000-02")),
        ("winter 2009/10", SEASON.format("2009Q4 or 2010Q1", "2009-12..2010-02")),
        ("summer 2016/7", SEASON.format("2016Q4 or 2017Q1", "2016-12..2017-02")),
        *(
            (each, "seasons differ from place to place; name the quarter or the months")
            for each in ("winter 2016/19", "spring 2016/17", "autumn 2016/2017", "fall 2016-17", "winter 2017/2016")
        ),
        ("2016 fall", SEASON.format("2016Q3 or 2016Q4", "2016-09..2016-11")),
        ("2017-21", "seasons differ from place to place; name the quarter or the months. Did you mean '2017..2021'?"),
        ("fall", "seasons differ from place to place; name the quarter or the months"),
        ("5/4", "it could be 5 April or 4 May; name the month"),
        ("5.4.", "it could be 5 April or 4 May; name the month"),
        ("12-11", "it could be 12 November or 11 December; name the month"),
        ("13/4", "it could be 13 April; name the month. Did you mean '13 April'?"),
        ("4/4", "it could be 4 April; name the month. Did you mean '4 April'?"),
        ("31/4", "there is no such day"),
        ("recent", "it is too vague. Did you mean 'last 2 weeks'?"),
        ("Recently", "it is too vague. Did you mean 'last 2 weeks'?"),
        ("some time ago", "it is too vague. Did you mean 'last 2 weeks'?"),
        *((text, "if it is unknown, give the widest range you can, such as [..2020]") for text in NO_DATES),
        ("25 may 17", "a year has four digits. Did you mean '2017-05-25'?"),
        ("may 25, 92", "a year has four digits. Did you mean '1992-05-25'?"),
        ("may '17", "a year has four digits. Did you mean '2017-05'?"),
        ("10", "a year has four digits. Did you mean '2010'?"),
        ("592", "a year has four digits. Did you mean '0592'?"),
        ("1/2/17", "a year has four digits"),
        ("17-05-25", "a year has four digits"),
    ],
)
def test_rule_6_times_zones_weekdays_seasons_and_short_years_are_refused_each_for_its_reason(
    text: str, message: str
) -> None:
    assert _message(text) == f"'{text}' is not a date: {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2018..2017", "its end, 2017, comes before its start, 2018. Did you mean '2017..2018'?"),
        ("2018/2017", "its end, 2017, comes before its start, 2018. Did you mean '2017..2018'?"),
        (
            "june 2017 to may 2017",
            "its end, may 2017, comes before its start, june 2017. Did you mean '2017-05..2017-06'?",
        ),
        (
            "july 10..july 4",
            "its end, july 4, comes before its start, july 10. Did you mean 'july 4..july 10'?",
        ),
        (
            "31-2 jan 2017",
            "its end, 2 jan 2017, comes before its start, 31 jan 2017. Did you mean '2017-01-02..2017-01-31'?",
        ),
        (
            "july 10..july 4 2017",
            "its end, july 4 2017, comes before its start, july 10. Did you mean '2017-07-04..2017-07-10'?",
        ),
        ("today..3d", "its end, 3d, comes before its start, today. Did you mean '3d..today'?"),
    ],
)
def test_rule_6_an_end_before_its_start_is_refused_naming_both(text: str, message: str) -> None:
    assert _message(text) == f"'{text}' is not a date: {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2017-02-30", "there is no such day. Did you mean '2017-02-28'?"),
        ("20170230", "there is no such day. Did you mean '2017-02-28'?"),
        ("2017-02-00", "there is no such day. Did you mean '2017-02'?"),
        ("feb 30 2016", "there is no such day. Did you mean '2016-02-29'?"),
        ("31st of june, 2017", "there is no such day. Did you mean '2017-06-30'?"),
        ("feb 30", "there is no such day. Did you mean '29 february'?"),
        ("feb 29..mar 2017", "there is no such day"),
        ("2017-02-30..2017-03-05", "there is no such day. Did you mean '2017-02-28..2017-03-05'?"),
        ("since 2017-02-30", "there is no such day. Did you mean '2017-02-28..'?"),
        ("by feb 30 2017", "there is no such day. Did you mean '..2017-02-28'?"),
        ("1950-13-15", "there is no month 13"),
        ("2017-13", "there is no month 13"),
        ("2017-25-05", "there is no month 25. Did you mean '2017-05-25'?"),
        ("2017-00", "there is no month 0"),
        ("2017-00-04", "there is no month 0. Did you mean '2017'?"),
        ("1941-45", "there is no month 45. Did you mean '1941..1945'?"),
        ("2018-19", "there is no month 19. Did you mean '2018..2019'?"),
        ("2018/19", "there is no month 19. Did you mean '2018..2019'?"),
        ("1936/39", "there is no month 39. Did you mean '1936..1939'?"),
        ("1999-00", "there is no month 0. Did you mean '1999..2000'?"),
        ("2004-5", "it could be 2004-05 or 2004/2005; write one of them"),
        ("2004/5", "it could be 2004-05 or 2004/2005; write one of them"),
        ("2004/05", "it could be 2004-05 or 2004/2005; write one of them"),
        ("2004\u20135", "it could be 2004-05 or 2004/2005; write one of them"),
        ("2004\u201305", "it could be 2004-05 or 2004/2005; write one of them"),
        ("c. 2004-5", "it could be 2004-05 or 2004/2005; write one of them"),
        ("1900s", "it could be [1900..1909] or [1900..1999]; write one of them"),
        ("the 2000s", "it could be [2000..2009] or [2000..2099]; write one of them"),
        ("2017.33", "there is no month 33"),
        ("q5 2017", "there is no quarter 5"),
        ("h0", "there is no half 0"),
        ("2017-W53", "2017 has no week 53"),
        ("(2016", "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'"),
        ("2016)", "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'"),
        ("(c. 2016", "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'"),
        ("2017-W00", "2017 has no week 0"),
        ("10000", "years range from -9999 (10000 BC) to 9999"),
        ("9999-W52", "years range from -9999 (10000 BC) to 9999"),
        ("after 9999", "years range from -9999 (10000 BC) to 9999"),
        ("before -9999", "years range from -9999 (10000 BC) to 9999"),
        ("after 2016/", "years range from -9999 (10000 BC) to 9999"),
        ("dec..2016/", "each end of a range must be one day, month or year"),
        ("dec 9999..jan", "years range from -9999 (10000 BC) to 9999"),
        ("99999999999 days ago", "years range from -9999 (10000 BC) to 9999"),
        ("99999 years ago", "years range from -9999 (10000 BC) to 9999"),
        ("last 0 days", "the number must be at least 1"),
        ("..", "at least one end must be known"),
        ("../..", "at least one end must be known"),
        ("[..2016,2017..]", "at least one end must be known"),
        ("by 2016 or 2017 or later", "at least one end must be known"),
        ("{2017,2018}", "a set means several dates; use a range. Did you mean '2017..2018'?"),
        ("201705", "a year and month need a dash between them. Did you mean '2017-05'?"),
        ("setpember 2017", "unknown word 'setpember'. Did you mean '2017-09'?"),
        ("juley 4", "unknown word 'juley'. Did you mean 'july 4'?"),
        ("yesterdy", "unknown word 'yesterdy'. Did you mean 'yesterday'?"),
        ("tilerson", "unknown word 'tilerson'"),
        ("3 or 4 july", "dates joined by 'or' need a year"),
        ("25may2017", "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'. Did you mean '2017-05-25'?"),
        (
            "may 2017-june 2017",
            "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'. Did you mean '2017-05..2017-06'?",
        ),
        ("?", "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'"),
        ("", "it is empty"),
        (" \u3000", "it is empty"),
    ],
)
def test_rule_7_an_error_is_one_sentence_with_the_nearest_thing_that_is_read(text: str, message: str) -> None:
    assert _message(text) == f"'{text.replace(chr(0x3000), chr(92) + 'u3000')}' is not a date: {message}"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("\uff12\uff10\uff11\uff17\uff0d\uff10\uff15", MAY),  # full-width digits and dash
        ("  May \u00a0 2017 ", MAY),
        ("2017\u201105", MAY),  # a dash that keeps a line together
        ("2017\u221205", MAY),  # a minus
    ],
)
def test_letter_forms_blanks_and_dashes_do_not_matter(text: str, span: tuple[str, str]) -> None:
    assert _read(text) == span


def test_more_than_sixty_characters_are_refused_and_not_repeated() -> None:
    assert _read("2017" + " " * 56) == ("2017-01-01", "2017-12-31")
    assert _message("2" * 61) == f"'{'2' * 60}...' is not a date: it is longer than 60 characters"


@pytest.mark.parametrize(("letter", "shown"), [("\t", "\\t"), ("\n", "\\n"), ("\x1b", "\\x1b"), ("\x9b", "\\x9b")])
def test_control_characters_are_refused_and_not_repeated(letter: str, shown: str) -> None:
    assert _message(f"2017{letter}") == f"'2017{shown}' is not a date: it contains a control character"


def test_what_turns_the_line_around_is_not_repeated() -> None:
    assert "\u202e" not in _message("2017\u202e")
    assert "2017\\u202e" in _message("2017\u202e")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("25 May 2017", MAY_25),
        ("Q2 2017", Q2),
        ("early 2016", ("2016-01-01", "2016-04-30")),
        ("7–8 Jul 2017", ("2017-07-07", "2017-07-08")),
        ("31 May – 2 Jun 2017", ("2017-05-31", "2017-06-02")),
        ("30 Dec 2016 – 2 Jan 2017", ("2016-12-30", "2017-01-02")),
        ("Q1–Q3 2016", ("2016-01-01", "2016-09-30")),
        ("2016–2017", ("2016-01-01", "2017-12-31")),
        ("since Apr 2016", ("2016-04-01", None)),
        ("since Apr 2016, ongoing", ("2016-04-01", None)),
        ("from Apr 2016, end unknown", ("2016-04-01", None)),
        ("until 2017, start unknown", (None, "2017-12-31")),
        ("by 7 Jul 2017", (None, "2017-07-07")),
        ("7 Jul 2017 or later", ("2017-07-07", None)),
        ("3, 4 or 9 Jul 2017", ("2017-07-03", "2017-07-09")),
        ("Apr or Jul 2017", ("2017-04-01", "2017-07-31")),
        ("between 1 and 7 Jun 2017 or 2018", ("2017-06-01", "2018-12-31")),
        ("c. 4 Jul 2017", ("2017-07-04", "2017-07-04")),
        ("circa 2016", ("2016-01-01", "2016-12-31")),
        ("Jul 2017?", ("2017-07-01", "2017-07-31")),
        ("c. 7–8 Jul 2017?", ("2017-07-07", "2017-07-08")),
        ("c. 7 Jul 2017 – 8 Jul 2017", ("2017-07-07", "2017-07-08")),
    ],
)
def test_what_the_program_shows_can_be_typed_and_a_qualifier_moves_nothing(
    text: str, span: tuple[str | None, str | None]
) -> None:
    assert _read(text) == span


@pytest.mark.parametrize("text", ["2017-05", "2017-05-25", "may 2017", "2017Q2", "may..june", "last month", "3d"])
def test_reading_a_date_imports_neither_dateutil_nor_difflib(text: str) -> None:
    code = """
import sys
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_typed
parse_typed(sys.argv[1], Day(2017, 11, 29))
print(sorted({name.partition(".")[0] for name in sys.modules} & {"dateutil", "difflib"}))
"""
    run = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (Day(-43, 3, 31), "1 month ago", Day(-43, 2, 28)),
        (Day(1, 2, 15), "2 months ago", Day(0, 12, 15)),
        (Day(2017, 7, 8), "2060 years ago", Day(-43, 7, 8)),
        (Day(2016, 2, 29), "12000 years ago", Day(-9984, 2, 29)),
        (Day(2016, 2, 29), "143999 months ago", Day(-9984, 3, 29)),
    ],
)
def test_months_are_counted_back_before_the_year_1(today: Day, text: str, day: Day) -> None:
    assert parse_typed(text, today).ends == (day.ordinal, day.ordinal)


def test_no_year_is_before_the_first() -> None:
    with pytest.raises(DateError):
        parse_typed("12100 years ago", Day(2017, 7, 8))
