"""What is refused in a data file: the reason, and the nearest stored date."""

from __future__ import annotations

import datetime as dt

import pytest

from korea_cli.base.errors import DateError
from korea_cli.dates.parse import from_toml, parse_stored

FORMS = "a date in a file has the form 2017-05-25, 2017-05 or 2017"
LIST = "'[...]' is not a date: a date must be a string, not an array"
SEASON = "seasons differ from place to place; name the quarter"
CLOCK = "a date has no time of day; use the keys 'time' and 'timezone'"
QUOTES = "a date must be a string in quotes"


def _message(value: object) -> str:
    with pytest.raises(DateError) as caught:
        from_toml(value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1950-13-15", "there is no month 13"),
        ("2017-25-05", "there is no month 25. Did you mean '2017-05-25'?"),
        ("2017-02-30", "there is no such day. Did you mean '2017-02-28'?"),
        ("2016-02-30~", "there is no such day. Did you mean '2016-02-29~'?"),
        ("2017-02-30/2017-03-01", "there is no such day. Did you mean '2017-02-28/2017-03-01'?"),
        ("[2017-02-30,2017-04-31]", "there is no such day. Did you mean '[2017-02-28,2017-04-30]'?"),
        ("2017-07-00", "there is no such day. Did you mean '2017-07'?"),
        ("2017-XX-05", "it has a day but no month"),
        ("2017-21", "seasons differ from place to place; name the quarter or the months. Did you mean '2017/2021'?"),
        ("2017-24", "seasons differ from place to place; name the quarter or the months. Did you mean '2017/2024'?"),
        ("summer 2017", f"{SEASON} (2017Q2 or 2017Q3) or the months (2017-06..2017-08); date_text can keep the words"),
        ("summer", "seasons differ from place to place; name the quarter or the months"),
        ("n.d.", "if it is unknown, give the widest range you can, such as [..2020]"),
        ("5/4", "it could be 5 April or 4 May; name the month"),
        ("2004-5", "it could be 2004-05 or 2004/2005; write one of them"),
        ("2018-19", "there is no month 19. Did you mean '2018/2019'?"),
        ("1999-00", "there is no month 0. Did you mean '1999/2000'?"),
        ("2017-07-04T09:10", f"{CLOCK}. Did you mean '2017-07-04'?"),
        ("2017-07-04 09:10 KST", f"{CLOCK}. Did you mean '2017-07-04'?"),
        ("10000", "years range from -9999 (10000 BC) to 9999"),
        ("-10000", "years range from -9999 (10000 BC) to 9999"),
        ("-44", "it could be -0044 (45 BC) or -0043 (44 BC); write one of them"),
        ("44 BC", f"{FORMS}. Did you mean '-0043'?"),
        ("{2017,2018}", "a set means several dates; write one event for each"),
        ("../..", "at least one end must be known"),
        ("/", "at least one end must be known"),
        ("[..]", "at least one end must be known"),
        ("[..2016,2017..]", "at least one end must be known"),
        ("2018/2017", "its end, 2017, comes before its start, 2018. Did you mean '2017/2018'?"),
        ("[2018..2017]", "its end, 2017, comes before its start, 2018. Did you mean '[2017..2018]'?"),
        ("2017-07-07/08", "both ends of a range must be written in full. Did you mean '2017-07-07/2017-07-08'?"),
        ("2017-07/08", "both ends of a range must be written in full. Did you mean '2017-07/2017-08'?"),
        ("1941-45", "there is no month 45. Did you mean '1941/1945'?"),
        ("01/02/2017", "it could be 2017-01-02 or 2017-02-01; write the year first"),
        ("13/02/2017", "write the year first. Did you mean '2017-02-13'?"),
        ("25 may 17", "a year has four digits"),
        ("Friday 7 July 2017", "days of the week are not supported. Did you mean '2017-07-07'?"),
        ("july 4", "the year is missing"),
        ("yesterday", "it depends on today; a record needs a fixed date"),
        ("", "it is empty"),
        ("2017\n", "it contains a control character"),
    ],
)
def test_each_fault_in_a_file_has_its_own_reason(text: str, message: str) -> None:
    assert _message(text).partition("' is not a date: ")[2] == message


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("May 25, 2017", "2017-05-25"),
        ("2017-5-3", "2017-05-03"),
        ("2017/05/25", "2017-05-25"),
        ("20170525", "2017-05-25"),
        (" 2017", "2017"),
        ("2017-xx", "2017-XX"),
        ("May 2017", "2017-05"),
        ("Q1 2016", "2016-33"),
        ("2016H2", "2016-41"),
        ("early 2016", "2016-37"),
        ("early may 2017", "[2017-05-01..2017-05-10]"),
        ("2017-W05", "[2017-01-30..2017-02-05]"),
        ("c. 4 Jul 2017", "2017-07-04~"),
        ("about july 2017", "2017-07~"),
        ("Jul 2017?", "2017-07?"),
        ("c. 2016?", "2016%"),
        ("7–8 Jul 2017", "2017-07-07/2017-07-08"),
        ("c. 7–8 Jul 2017", "2017-07-07~/2017-07-08~"),
        ("may-june 2017", "2017-05/2017-06"),
        ("30 Dec 2016 to 2017", "2016-12-30/2017"),
        ("2017-07-07..2017-07-08", "2017-07-07/2017-07-08"),
        ("[2017-07-03, 2017-07-04]", "[2017-07-03,2017-07-04]"),
        ("3 or 4 July 2017", "[2017-07-03,2017-07-04]"),
        ("since Apr 2016", "2016-04/.."),
        ("until 2017", "../2017"),
        ("by 7 Jul 2017", "[..2017-07-07]"),
        ("after 2017", "[2018-01-01..]"),
        ("before 2017", "[..2016-12-31]"),
        ("between May and June 2017", "[2017-05..2017-06]"),
        ("199X", "[1990..1999]"),
        ("19XX", "[1900..1999]"),
        ("the 1990s", "[1990..1999]"),
        ("2017년 4월 30일", "2017-04-30"),
        ("25. März 2017", "2017-03-25"),
        ("dec..jan 2018", "2017-12/2018-01"),
    ],
)
def test_what_a_person_would_type_is_offered_as_a_file_stores_it(text: str, suggestion: str) -> None:
    assert _message(text) == f"'{text}' is not a date: {FORMS}. Did you mean '{suggestion}'?"


@pytest.mark.parametrize("text", ["[]", "2017-06~/..2017", "late"])
def test_no_form_is_offered_where_that_would_take_a_guess(text: str) -> None:
    assert _message(text) == f"'{text}' is not a date: {FORMS}"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (20170525, f"'20170525' is not a date: {QUOTES}. Did you mean '2017-05-25'?"),
        (201705, f"'201705' is not a date: {QUOTES}. Did you mean '2017-05'?"),
        (2017.05, f"'2017.05' is not a date: {QUOTES}. Did you mean '2017-05'?"),
        (2017.1, f"'2017.1' is not a date: {QUOTES}"),  # 2017.10 arrives as the same number
        (float("nan"), f"'nan' is not a date: {QUOTES}"),
        (True, f"'true' is not a date: {QUOTES}"),
        (0, f"'0' is not a date: {FORMS}"),
        (-44, "'-44' is not a date: it could be -0044 (45 BC) or -0043 (44 BC); write one of them"),
        (10000, "'10000' is not a date: years range from -9999 (10000 BC) to 9999"),
        (dt.time(9, 10), f"'09:10:00' is not a date: {CLOCK}"),
        (
            ["2017-07-03", "2017-07-04"],
            f"{LIST}. Did you mean '[2017-07-03,2017-07-04]'?",
        ),
        ([2016, 2017], f"{LIST}. Did you mean '[2016,2017]'?"),
        ([2016, 10**5000], f"{LIST}"),
        ([], f"{LIST}"),
        ([["2017"]], f"{LIST}"),
        ({"year": 2017}, "'{...}' is not a date: a date must be a string, not a table"),
    ],
)
def test_a_toml_value_that_is_no_text_is_refused(value: object, message: str) -> None:
    assert _message(value) == message


@pytest.mark.parametrize("number", [16**5000, -(16**5000)], ids=["positive", "negative"])
def test_a_number_too_long_to_write_out_is_refused_in_short(number: int) -> None:
    message = _message(number)
    assert message.endswith("0...' is not a date: years range from -9999 (10000 BC) to 9999")
    assert len(message) < 130


def test_a_long_text_is_refused_in_short() -> None:
    assert _message("2017" * 9999) == f"'{'2017' * 15}...' is not a date: it is longer than 60 characters"


def test_a_long_list_of_days_that_is_right_is_not_too_long() -> None:
    days = ",".join(f"2017-07-{day:02}" for day in range(1, 32))
    assert parse_stored(f"[{days}]").latest == (2017, 7, 31)
