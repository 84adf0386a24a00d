"""The date of a row, of whichever columns it stands in, says no more and no less than they do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.dates.parse import parse_stored
from korea_cli.ingest.dates.clocks import SheetDate
from korea_cli.ingest.dates.date_parts import from_parts
from korea_cli.ingest.dates.dates import DateRules, read_date
from korea_cli.ingest.dates.precision import as_precise_as, coarsen
from korea_cli.ingest.dates.row_date import DateReader, between
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import Counts

OPEN = DateRules(latest=2026)


def taken(**given: Any) -> dict[str, str]:  # noqa: ANN401 - what a cell holds
    """Return the keys of a record that some columns make."""
    return DateReader(OPEN, Counter()).take({key: [value] for key, value in given.items()})


def refused(**given: str) -> str:
    """Return why some columns make no date."""
    with pytest.raises(RowError) as rejected:
        taken(**given)
    return str(rejected.value)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9:10", "09:10"), ("23:59", "23:59"), ("09:10:05", "09:10:05"), ("12:00 am", "00:00"), ("12:30 pm", "12:30"),
        ("1:05 pm", "13:05"), ("11:59 p.m.", "23:59"), ("1:00 AM", "01:00"), ("11:00 am", "11:00"),
        ("13:00 pm", "13:00"), ("13:00", "13:00"), ("12:00", "12:00"), ("13:00 am", "13:00"),
        ("0:30 am", "00:30"), ("12:01:02  PM", "12:01:02"), (" noon ", "noon"),
    ],
)  # fmt: skip
def test_the_hour_is_the_one_that_was_meant(typed: str, stored: str) -> None:
    assert taken(date="2017-07-04", time=typed) == {"date": "2017-07-04", "time": stored}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("14h30", "14:30"), ("14 h 30", "14:30"), ("14H30", "14:30"), ("14.30 Uhr", "14:30"), ("9.05 uhr", "09:05"),
        ("14:30 Uhr", "14:30"), ("14:30h", "14:30"), ("14:30 hrs", "14:30"), ("14:30:05 h", "14:30:05"),
        ("2.30 pm", "14:30"), ("2.30 a.m.", "02:30"), ("1400 hrs", "14:00"), ("0005hrs", "00:05"),
        ("2:30 p. m.", "14:30"),
        ("14時30分", "14:30"), ("14点05分", "14:05"), ("오후 2시 30분", "14:30"), ("오전 12시 5분", "00:05"),
        ("午後2時5分", "14:05"), ("下午2点30分", "14:30"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, stored: str) -> None:
    assert taken(date="2017-07-04", time=typed) == {"date": "2017-07-04", "time": stored}
    stamp = {"date": "2017-07-04", "date_text": f"2017-07-04 {typed}", "time": stored}
    assert taken(date=f"2017-07-04 {typed}") == stamp


@pytest.mark.parametrize("typed", ["1400Z", "1400 UTC", "14h00 UTC", "14.00 Uhr UTC", "2.00 pm Z", "1400 GMT"])
def test_times_that_people_write_have_zones(typed: str) -> None:
    assert taken(date="2017-07-04", time=typed) == {"date": "2017-07-04", "time": "14:00", "timezone": "UTC"}


@pytest.mark.parametrize("typed", ["2pm", "2 pm", "2 p.m.", "14h", "14 Uhr", "14時", "오후 2시", "2PM"])
def test_an_hour_without_minutes_is_kept_in_words_too(typed: str) -> None:
    kept = {"date": "2017-07-04", "date_text": f"2017-07-04 {typed}", "time": "14:00"}
    assert taken(date="2017-07-04", time=typed) == kept
    assert taken(date=f"2017-07-04 {typed}") == kept
    assert taken(date="2017-07-04", time=typed, date_text="that day") == {"date": "2017-07-04", "time": "14:00"}
    year, month, day = "2017", "7", "4"
    assert taken(year=year, month=month, day=day, time=typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "14.30", "14", "1430L", "2pm-3pm", "10h - 12h", "14h60 or so", "14.75 Uhr pm", "1375Z", "half past 2", "25.5h",
        "2 times", "h30", "2 pam", "14h5", "14.5 Uhr",
    ],
)  # fmt: skip
def test_what_is_no_time_is_left_to_be_refused(typed: str) -> None:
    assert taken(date="2017-07-04", time=typed) == {"date": "2017-07-04", "time": typed}


@pytest.mark.parametrize(
    ("typed", "date", "time"),
    [
        ("16 May 2031 1400Z", "2031-05-16", "14:00"), ("16 May 2031 at 1400 hrs", "2031-05-16", "14:00"),
        ("16. Mai 2031 um 14.30 Uhr", "2031-05-16", "14:30"), ("16 mai 2031 à 14h30", "2031-05-16", "14:30"),
        ("2031年5月16日14時30分", "2031-05-16", "14:30"), ("2031년 5월 16일 오후 2시 30분", "2031-05-16", "14:30"),
        ("May 16, 2031, 2:30 p.m.", "2031-05-16", "14:30"), ("5/16/2031 2 PM", "2031-05-16", "14:00"),
        ("2031-05-16T14h30", "2031-05-16", "14:30"),
    ],
)  # fmt: skip
def test_a_time_follows_a_date_as_people_write_it(typed: str, date: str, time: str) -> None:
    found = taken(date=typed)
    assert (found["date"], found.get("time", "")) == (date, time)


def test_a_year_of_an_era_may_have_its_own_column() -> None:
    assert taken(year="昭和25", month="6", day="25") == {"date": "1950-06-25"}
    assert taken(year="昭和25年", month="June") == {"date": "1950-06"}
    assert taken(year="平成元年") == {"date": "1989"}
    assert "is not in its era" in refused(year="昭和64年", month="2")


@pytest.mark.parametrize("typed", ["16 May 2031 UTC", "May 16 2031 GMT", "16 May 2031 h", "2031 UTC", "2031 hrs or so"])
def test_a_year_is_no_time(typed: str) -> None:
    refused(date=typed)


def test_the_time_of_a_timestamp_is_kept_and_what_contradicts_it_in_words() -> None:
    assert taken(date="2017-07-04 09:10Z") == {"date": "2017-07-04", "time": "09:10", "timezone": "UTC"}
    assert taken(date="2017-07-04 09:10", time="9:10 am") == {"date": "2017-07-04", "time": "09:10"}
    assert taken(date="2017-07-04 09:10", time="10:10") == {
        "date": "2017-07-04", "date_text": "2017-07-04 09:10", "time": "10:10",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "time", "zone"),
    [
        ("09:00+09:00", "09:00", "Etc/GMT-9"), ("09:00Z", "09:00", "UTC"), ("9:00 z", "09:00", "UTC"),
        ("23:30:00-12:00", "23:30:00", "Etc/GMT+12"), ("23:30\u221203:00", "23:30", "Etc/GMT+3"),
        ("T09:00+0900", "09:00", "Etc/GMT-9"), ("9:10 pm GMT+9", "21:10", "Etc/GMT-9"), ("09:00 UTC", "09:00", "UTC"),
        ("09:00 (Asia/Seoul)", "09:00", "Asia/Seoul"),
    ],
)  # fmt: skip
def test_a_time_in_its_own_column_is_read_as_one_beside_its_day(clock: str, time: str, zone: str) -> None:
    assert taken(date="2017-07-04", time=clock) == {"date": "2017-07-04", "time": time, "timezone": zone}
    assert taken(year="2017", month="7", day="4", time=clock) == taken(date="2017-07-04", time=clock)
    beside = taken(date=f"2017-07-04 {clock.removeprefix('T')}", date_text="then")
    assert beside == {
        "date": "2017-07-04",
        "time": time.removesuffix(":00") if len(time) > 5 else time,
        "timezone": zone,
    }
    assert taken(date="2017-07-04", time=clock, timezone=zone) == {"date": "2017-07-04", "time": time}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"time": "09:00+05:30"}, "2017-07-04 09:00+05:30"),
        ({"time": "09:00:00.5"}, "2017-07-04 09:00:00.5"),
        ({"time": "09:00 (Korea Standard Time)"}, "2017-07-04 09:00 (Korea Standard Time)"),
        ({"time": "09:00 ((UTC+09:00) Seoul)"}, "2017-07-04 09:00 ((UTC+09:00) Seoul)"),
        ({"time": "09:00 (Custom/Zone)"}, "2017-07-04 09:00 (Custom/Zone)"),
        ({"time": "09:00 (EST)"}, "2017-07-04 09:00 (EST)"),
        ({"time": "09:00-12:00:00", "timezone": "Asia/Seoul"}, None),
        ({"time": "09:00:00-12:00", "timezone": "Asia/Seoul"}, "2017-07-04 09:00:00-12:00"),
        ({"time": "09:00:00+09:00", "timezone": "Asia/Seoul"}, None),
        ({"time": "09:00:00+09:00", "timezone": "No/Where"}, "2017-07-04 09:00:00+09:00"),
        ({"date": "2017-07-04T09:00+09:00", "timezone": "Asia/Seoul"}, None),
        ({"date": "2017-07-04T09:00+09:00", "timezone": "Asia/Tokyo", "time": "9:00"}, None),
        ({"date": "2017-07-04 09:00 10:00"}, "2017-07-04 09:00 10:00"),
        ({"date": "", "year": "2017", "time": "09:00+05:30"}, "2017 09:00+05:30"),
        ({"date": "", "time": "09:00+05:30"}, "09:00+05:30"),
    ],
)
def test_what_a_time_says_beyond_time_and_timezone_stays_in_words(given: dict[str, str], words: str | None) -> None:
    counts: Counts = Counter()
    dating = DateReader(OPEN, counts)
    values = {"date": "2017-07-04"} | given
    columns: dict[str, list[object]] = {key: [value] for key, value in values.items() if value}
    assert dating.take(columns).get("date_text") == words
    assert counts["partial"] == (words is not None)


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("+0900", "Etc/GMT-9"), ("UTC+9", "Etc/GMT-9"), ("GMT -05:00", "Etc/GMT+5"), ("Z", "UTC"), ("gmt", "UTC"),
        ("+05:30", "+05:30"), ("Asia/Seoul", "Asia/Seoul"), ("KST", "KST"),
    ],
)  # fmt: skip
def test_an_offset_in_a_column_of_zones_is_the_zone_of_that_offset(zone: str, name: str) -> None:
    columns: dict[str, list[object]] = {"date": ["2017-07-04"], "time": ["09:10"], "timezone": [zone]}
    DateReader(OPEN, Counter()).take(columns)
    assert columns == {"timezone": [name]}


@pytest.mark.parametrize(
    ("clock", "time"), [("0905", "09:05"), ("905", "9:05"), ("2359 hrs", "23:59"), ("0.5", "0.5"), ("1275", "1275")]
)
def test_digits_in_a_column_of_times_are_hours_and_minutes(clock: str, time: str) -> None:
    assert taken(date="2017-07-04", time=clock)["time"].removeprefix("0") == time.removeprefix("0")


@pytest.mark.parametrize(
    ("end", "date", "words"),
    [
        ("present", "2031-05/..", "May 2031 \u2013 present"), ("Ongoing", "2031-05/..", "May 2031 \u2013 Ongoing"),
        ("unknown", "2031-05/", "May 2031 \u2013 unknown"),
    ],
)  # fmt: skip
def test_an_end_may_be_open_or_unknown(end: str, date: str, words: str) -> None:
    assert taken(date="May 2031", end_date=end) == {"date": date, "date_text": words}
    assert taken(date="2031-05-03", end_date="..", precision="month") == {"date": "2031-05/.."}


def test_a_month_that_may_have_lost_its_zero_is_refused() -> None:
    assert taken(date="1950.10")["date"] == "1950-10"
    with pytest.raises(RowError, match="could be 1950-01, or 1950-10 of which a spreadsheet dropped the zero"):
        taken(date="1950.1")


def test_two_clocks_joined_by_a_minus_are_no_guess() -> None:
    for clock in ("09:00-12:00", "23:30-03:00", "9:00-17:00"):
        with pytest.raises(RowError, match="may be a time span, or a time with a UTC offset"):
            taken(date="2017-07-04", time=clock)
        with pytest.raises(RowError, match=f"Write '4 Jul 2017 {clock[:-6]}:00{clock[-6:]}' for the latter"):
            taken(date=f"4 Jul 2017 {clock}")
        assert taken(date="2017-07-04", time=f"{clock[:-6]}:00{clock[-6:]}")["time"]
    assert taken(date="2017-07-04T09:00-12:00")["timezone"] == "Etc/GMT+12"


@pytest.mark.parametrize(
    ("start", "end", "date", "lost"),
    [
        ("2017-07-04T09:00", "2017-07-04T17:00", "2017-07-04", True),
        ("2017-07-04T09:00+09:00", "2017-07-04T17:00+09:00", "2017-07-04", True),
        ("2017-07-04T09:00+09:00", "2017-07-04T17:00Z", "2017-07-04", True),
        ("2017-07-04T09:00", "2017-07-04T17:00Z", "2017-07-04", True),
        ("2017-07-04T09:00+05:30", "2017-07-04T17:00+05:30", "2017-07-04", True),
        ("2017-07-04", "2017-07-04T17:00", "2017-07-04", True),
        ("2017-07-04T09:00", "2017-07-04T09:00:00.5", "2017-07-04", True),
        ("2017-07-04T09:00", "2017-07-04T09:00+05:30", "2017-07-04", True),
        ("2017-07-04T09:00", "2017-07-05T00:00:00", "2017-07-04/2017-07-05", True),
        ("2017-07-05T00:30+09:00", "2017-07-04T20:00Z", "2017-07-05", True),
        ("2017-07-04T09:00+09:00", "2017-07-03T20:00-08:00", "2017-07-04", True),
        ("2017-07-04T09:00", "2017-07-04T09:00:00", "2017-07-04", False),
        ("2017-07-04T09:00+09:00", "2017-07-04T09:00+09:00", "2017-07-04", False),
        ("2017-07-04T09:00", "2017-07-04", "2017-07-04", False),
        ("2017-07-04", "2017-07", "2017-07-04/2017-07", False),
        ("2017-07-04T09:00", "2017-07", "2017-07-04/2017-07", False),
        ("2017-07-04T09:00", "2017-07-04T00:00:00", "2017-07-04", False),
        ("2017-07-04T00:00:00", "2017-07-05T00:00:00", "2017-07-04/2017-07-05", False),
    ],
)
def test_the_time_of_an_end_is_kept_in_words_on_the_same_day_too(start: str, end: str, date: str, lost: bool) -> None:  # noqa: FBT001 - a case
    counts: Counts = Counter()
    dating = DateReader(OPEN, counts)
    found = dating.take({"date": [start], "end_date": [end]})
    assert found["date"] == date
    assert found.get("date_text") == (f"{start} \u2013 {end}" if lost else None)
    assert counts["partial"] == lost


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2017-07-04T09:00", "2017-07-04T08:00"),
        ("2017-07-04T09:00+09:00", "2017-07-04T08:59+09:00"),
        ("2017-07-04T09:00Z", "2017-07-04T17:00+09:00"),
        ("2017-07-04T19:00Z", "2017-07-05T08:00+14:00"),
        ("2017-07-04T09:00Z", "2017-07-03T10:00Z"),
        ("2017-07-04T09:00", "2017-07-03"),
        ("2017-07-04T09:00", "2017-07-03T10:00Z"),
    ],
)
def test_an_end_before_its_beginning_is_rejected_by_the_clock_too(start: str, end: str) -> None:
    assert "comes before its start" in refused(date=start, end_date=end)


def test_the_time_column_is_that_of_the_beginning() -> None:
    assert taken(date="2017-07-04", time="9:00", end_date="2017-07-04 17:00")["date_text"] == (
        "2017-07-04 9:00 \u2013 2017-07-04 17:00"
    )
    assert "comes before its start" in refused(date="2017-07-04", time="18:00", end_date="2017-07-04 17:00")


def test_a_zone_column_is_that_of_both_ends() -> None:
    columns = {"timezone": "Asia/Seoul", "date": "2017-07-04T09:00"}
    assert taken(**columns, end_date="2017-07-04T09:00") == {"date": "2017-07-04", "time": "09:00"}
    assert taken(**columns, end_date="2017-07-04T09:00+09:00") == {"date": "2017-07-04", "time": "09:00"}
    assert taken(**columns, time="09:00:00", end_date="2017-07-04T00:00Z") == {"date": "2017-07-04", "time": "09:00:00"}
    assert taken(**columns, end_date="2017-07-04T00:30Z")["date_text"] == "2017-07-04T09:00 \u2013 2017-07-04T00:30Z"
    for end in ("2017-07-04T08:00", "2017-07-04T08:00+09:00", "2017-07-03T20:00Z"):
        assert "comes before its start" in refused(**columns, end_date=end)


def test_a_zone_of_its_own_column_is_left_to_that_column() -> None:
    given: dict[str, list[Any]] = {"date": ["2017-07-04 09:10Z"], "timezone": ["UTC"]}
    assert DateReader(OPEN, Counter()).take(given) == {"date": "2017-07-04", "time": "09:10"}
    assert given == {"timezone": ["UTC"]}
    given = {"date": ["2017-07-04 09:10Z"], "timezone": ["Asia/Seoul"]}
    assert DateReader(OPEN, Counter()).take(given)["date_text"] == "2017-07-04 09:10Z"


def test_the_words_of_a_date_are_kept_where_the_stored_form_says_them_otherwise() -> None:
    assert taken(date="c. June 1950") == {"date": "1950-06~", "date_text": "c. June 1950"}
    assert "date_text" not in taken(date="1950-06-25")
    assert "date_text" not in taken(date="1950-06-25", end_date="1950-06-28")
    assert "date_text" not in taken(date="c. June 1950", date_text="around June")
    sixty = "4 July" + " " * 50 + "2017"
    assert taken(date=sixty)["date_text"] == taken(date=f"{sixty[:10]} {sixty[10:]}")["date_text"] == "4 July 2017"


def test_a_year_of_two_digits_is_counted_and_marked_unless_the_row_says_on_what_its_date_rests() -> None:
    counts: Counts = Counter()
    dating = DateReader(OPEN, counts)
    assert dating.take({"date": ["4-Jul-17"]})["date_basis"] == "year-inferred"
    assert "date_basis" not in dating.take({"date": ["4-Jul-17"], "date_basis": ["estimated"]})
    assert "date_basis" not in dating.take({"date": ["4 Jul 2017"]})
    assert (counts["inferred"], counts["partial"]) == (2, 0)


def test_what_cannot_be_stored_of_a_time_is_counted_and_rejected_where_its_words_have_no_place() -> None:
    counts: Counts = Counter()
    dating = DateReader(OPEN, counts)
    assert dating.take({"date": ["2017-07-04T09:10+05:30"]})["date_text"] == "2017-07-04T09:10+05:30"
    assert dating.take({"date": ["2017-07-04"], "end_date": ["2017-07-05 10:00"]})["date_text"] == (
        "2017-07-04 \u2013 2017-07-05 10:00"
    )
    assert counts["partial"] == 2
    assert "'date_text' is not empty" in refused(date="2017-07-04T09:10+05:30", date_text="in the morning")


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ({"year": "1950", "month": "6", "day": "25"}, "1950-06-25"),
        ({"year": "1950", "month": "12", "day": "1"}, "1950-12-01"),
        ({"year": "1950", "month": "1"}, "1950-01"),
        ({"year": "1950", "end_year": "1953"}, "1950/1953"),
        ({"year": "1950", "month": "6", "end_year": "1953", "end_month": "7", "end_day": "27"}, "1950-06/1953-07-27"),
        ({"date": "1950", "year": "1950"}, "1950"),
        ({"date": "May 10", "year": "1861"}, "1861-05-10"),
        ({"date": "Friday, May 10th", "year": "1861"}, "1861-05-10"),
        ({"date": "April 12th and 13th", "year": "1861"}, "1861-04-12/1861-04-13"),
        ({"date": "May 30-June 2", "year": "1861"}, "1861-05-30/1861-06-02"),
        ({"date": "June 3d", "year": "1862"}, "1862-06-03"),
        ({"date": "13/12", "year": "1861"}, "1861-12-13"),
        ({"date": "spring", "year": "1861"}, "1861"),
        ({"date": "10th May", "year": "44 BC"}, "-0043-05-10"),
        ({"date": "May 10", "year": "c. 1861"}, "1861-05-10~"),
        ({"date": "5 Oct 61", "year": "1861"}, "1861-10-05"),
        ({"date": "1860-1862", "year": "1861"}, "1860/1862"),
        ({"date": "16 May 2031", "year": "2031", "month": "5", "day": "16"}, "2031-05-16"),
        ({"date": "16 May 2031", "year": "2031", "month": "spring", "day": "16"}, "2031-05-16"),
        ({"date": "2031", "year": "2031", "month": "5"}, "2031-05"),
        ({"date": "2031-05", "year": "2031", "month": "5", "day": "16"}, "2031-05-16"),
        ({"date": "c. 2031", "year": "2031", "month": "5"}, "2031~"),
        ({"date": "May 10, 1861", "year": "1861-62"}, "1861-05-10"),
        ({"date": "May 10", "end_date": "May 12", "year": "1861"}, "1861-05-10/1861-05-12"),
        ({"date": "May 10", "year": "1861", "end_date": "Jan 2", "end_year": "1862"}, "1861-05-10/1862-01-02"),
        ({"date": "1950-06-25", "precision": "month"}, "1950-06"),
        ({"date": "1950-06-25", "end_date": "1953-07-27", "precision": "year"}, "1950/1953"),
        ({"year": "1950", "month": "6", "date_text": "1950"}, "1950"),
        ({"year": "1950", "month": "6", "date_text": "c. 1950"}, "1950~"),
        ({"year": "1950", "date_text": "June 1950"}, "1950"),
        ({"year": "1950", "date_text": "1950"}, "1950"),
        ({"year": "1950", "month": "6", "date_text": "June 1950?"}, "1950-06?"),
        ({"year": "1950", "month": "6", "date_text": "1951"}, "1950-06"),
        ({"year": "1950", "month": "6", "date_text": "1949"}, "1950-06"),
        ({"year": "1950", "month": "6", "date_text": "some day"}, "1950-06"),
        ({"date": "1950-06", "date_text": "1950"}, "1950-06"),
    ],
)
def test_columns_make_the_date_that_they_say_together(given: dict[str, str], date: str) -> None:
    assert taken(**given)["date"] == date


def test_a_row_without_a_date_has_none_and_one_with_half_a_date_is_rejected() -> None:
    assert taken(time="9:10") == {"time": "09:10"}
    assert refused(end_date="1950") == "it has an end but no start"
    assert refused(month="6") == refused(day="3") == "it has a month or day but no year"
    assert refused(year="1950", end_month="6") == "it has a month or day but no year"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"date": "1950", "year": "1960"}, "date '1950' is not in the year '1960', which has its own column"),
        (
            {"date": "16 May 2031", "year": "2031", "month": "5", "day": "17"},
            "date '16 May 2031' is not in 2031-05-17, as the columns beside it have it",
        ),
        ({"date": "16 May 2031", "year": "2031", "month": "June"}, "is not in 2031-06"),
        ({"date": "Feb 29", "year": "1861"}, "may be a day without a year"),
        ({"date": "Dec 30 - Jan 2", "year": "1861"}, "its days are not all in 1861"),
        ({"date": "Sunday, May 10", "year": "1861"}, "was a Fri, not a Sun"),
        ({"date": "April 12 and 15", "year": "1861"}, "it means several dates"),
        ({"date": "05/06", "year": "1861"}, "could be 1861-05-06 or 1861-06-05"),
        ({"date": "May 10", "year": "1861-62"}, "may be a day without a year"),
        ({"date": "May 10", "end_date": "Jan 2", "year": "1861"}, "comes before its start"),
    ],
)
def test_a_year_beside_a_date_completes_it_only_where_nothing_is_guessed(given: dict[str, str], reason: str) -> None:
    assert reason in refused(**given)


def test_what_was_completed_is_kept_in_words_and_what_was_inferred_is_marked() -> None:
    assert taken(date="May 10", year="1861")["date_text"] == "May 10 1861"
    assert taken(date="May 10", year="61") == {
        "date": "1961-05-10", "date_text": "May 10 61", "date_basis": "year-inferred",
    }  # fmt: skip
    assert taken(date="May 10", end_date="May 12", year="1861")["date_text"] == "May 10 1861 \u2013 May 12 1861"


@pytest.mark.parametrize("written", ["20310516", "2031/5/16", "2031. 5. 16.", "2031-05-16", "20310516T1200Z"])
def test_plain_digits_are_not_kept_in_words(written: str) -> None:
    assert "date_text" not in taken(date=written)


@pytest.mark.parametrize("written", ["13/05/2031", "2031-21", "2031\u5e745\u670816\u65e5", "16 May 2031"])
def test_other_forms_are_kept_in_words(written: str) -> None:
    assert taken(date=written)["date_text"] == written
    assert taken(date=written, end_date="2032")["date_text"] == f"{written} \u2013 2032"


@pytest.mark.parametrize(
    ("texts", "decided"),
    [
        (("1914-1918", "2010-12"), "ask"), (("1914-1918", "1939-1945"), ""), (("2010-12", "2017"), ""),
        (("1914-1918", "2017"), ""), (("1950-53", "2010-12"), "years"), (("1950-53", "1914-1918", "2004-5"), "years"),
        (("1950-53", "1950-06-25", "2010-12"), "ask"), (("1950-53", "2010-01", "2010-12"), "ask"),
        (("1950/53", "2004/5"), "years"), (("1950\u201353", "2004\u20135"), "years"), (("1999-00", "2004-5"), "years"),
        (("2015-3", "2004-5"), "month"), (("2015-03", "2004-5"), ""), (("2015-3", "1950-53", "2004-5"), "ask"),
        (("2015-3", "2015-12", "2016-11-05", "2004-5"), "month"), (("1950-53", "1936-39"), "years"),
        (("c. 1950-53?", "2010-12~"), "years"), (("1950-53",), ""), (("2004-5", "2010-12"), ""),
    ],
)  # fmt: skip
def test_a_column_shows_what_a_year_with_two_readings_is(texts: tuple[str, ...], decided: str) -> None:
    reader = DateReader(OPEN, Counter())
    for text in texts:
        reader.observe("date", text)
    assert reader.spans.outdated is bool(decided)
    reader.spans.fix()
    for text in texts[-1:] if decided else ():
        readings = [read_date(text, OPEN._replace(short=short)).text for short in ("month", "years")]
        if decided == "ask":
            assert f"could be {readings[0]} or {readings[1]}. Use --year" in refused_by(reader, text)
        else:
            assert reader.take({"date": [text]})["date"] == readings[decided == "years"]
    assert not reader.spans.outdated


def refused_by(reader: DateReader, text: str) -> str:
    """Return why a reader rejects a date."""
    with pytest.raises(RowError) as rejected:
        reader.take({"date": [text]})
    return str(rejected.value)


def test_each_column_decides_for_itself_and_an_option_for_all() -> None:
    reader = DateReader(OPEN, Counter())
    for key, text in (("date", "1950-53"), ("end_date", "2010-12"), ("end_date", "2010-12-05")):
        reader.observe(key, text)
    reader.spans.fix()
    assert (reader.spans.of("date"), reader.spans.of("end_date")) == ("years", "")
    reader = DateReader(OPEN._replace(short="month"), Counter())
    reader.observe("date", "1950-53")
    reader.spans.fix()
    assert reader.spans.of("date") == "month"
    assert "cannot be a month; if it means the years 1950/1953" in refused_by(reader, "1950-53")


@pytest.mark.parametrize(
    ("first", "later"), [("2015-3", "1950-53"), ("1950-53", "2015-3"), ("13/05/2031", "05/13/2031")]
)
def test_a_later_date_of_another_reading_has_the_column_read_again(first: str, later: str) -> None:
    reader = DateReader(OPEN, Counter())
    reader.observe("date", first)
    for form in (reader.orders, reader.spans):
        form.fix()
    reader.observe("date", later)
    assert reader.orders.outdated or reader.spans.outdated


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (("1950", "", "25"), "day '25' without a month"),
        (("1950", "13", ""), "'13' is not a month"),
        (("1950", "0", ""), "'0' is not a month"),
        (("1950", "x", ""), "'x' is not a month"),
        (("c. 1950", "6", "25"), "year 'c. 1950' of '25 6 c. 1950' is not a number"),
    ],
)
def test_columns_that_make_no_date_are_told_with_the_reason(parts: tuple[str, str, str], reason: str) -> None:
    with pytest.raises(RowError) as rejected:
        from_parts(*parts, OPEN)
    assert str(rejected.value) == reason


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        (("1950", "1", "2"), SheetDate("1950-01-02")), (("1950", "12", "31"), SheetDate("1950-12-31")),
        (("1950", "Dec.", "3"), SheetDate("1950-12-03")), (("50", "", ""), SheetDate("1950", inferred=True)),
        (("27", "", ""), SheetDate("1927", inferred=True)), (("26", "1", ""), SheetDate("2026-01", inferred=True)),
        (("618", "1", ""), SheetDate("0618-01")), (("1950", "1", "3-5"), SheetDate("1950-01-03/1950-01-05")),
        (("1950", "12", "3-5"), SheetDate("1950-12-03/1950-12-05")),
        (("1950.0", "6.0", "2.0"), SheetDate("1950-06-02")),
    ],
)  # fmt: skip
def test_parts_of_a_date_are_put_together(parts: tuple[str, str, str], date: SheetDate) -> None:
    assert from_parts(*parts, OPEN) == date


@pytest.mark.parametrize(
    ("date", "precision", "kept"),
    [
        ("1950-06-25", "day", "1950-06-25"), ("1950-06-25", "d", "1950-06-25"), ("1950-06-25", "m", "1950-06"),
        ("1950-06-25", "y", "1950"), ("1950-06-25", "year", "1950"), ("1950-06", "year", "1950"),
        ("1950-06", "day", "1950-06"), ("1950", "month", "1950"), ("1950", "circa", "1950~"), ("1950?", "c.", "1950%"),
        ("1950%", "about", "1950%"), ("1950~", "approx", "1950~"), ("1950-06-25", "approximate", "1950-06-25~"),
        ("1950~", "year", "1950~"), ("1950/1953", "about", "1950~/1953~"), ("1950/1953", "day", "1950/1953"),
        ("[1950..1953]", "d", "[1950..1953]"),
    ],
)  # fmt: skip
def test_a_precision_keeps_of_a_date_what_it_vouches_for(date: str, precision: str, kept: str) -> None:
    assert coarsen(SheetDate(date), precision).text == kept


@pytest.mark.parametrize(
    ("precision", "time", "zone"), [("day", "09:10", "UTC"), ("circa", "09:10", "UTC"), ("month", "", "")]
)
def test_the_time_of_a_day_stays_while_the_day_does(precision: str, time: str, zone: str) -> None:
    found = coarsen(SheetDate("1950-06-25", time="09:10", zone="UTC"), precision)
    assert (found.time, found.zone) == (time, zone)


@pytest.mark.parametrize(
    ("date", "week"),
    [
        ("2017-07-03", "[2017-07-03..2017-07-09]"), ("2017-07-09", "[2017-07-03..2017-07-09]"),
        ("2017-07-10", "[2017-07-10..2017-07-16]"), ("2017-07-04?", "[2017-07-03?..2017-07-09?]"),
        ("-9999-01-01", "[-9999-01-01..-9999-01-07]"), ("9999-12-26", "[9999-12-20..9999-12-26]"),
        ("9999-12-30", "[9999-12-27..9999-12-31]"),
    ],
)  # fmt: skip
def test_a_week_is_from_monday_to_sunday_and_ends_with_the_last_day_of_all(date: str, week: str) -> None:
    assert coarsen(SheetDate(date, time="09:10", zone="UTC"), "week") == SheetDate(week)


@pytest.mark.parametrize("precision", ["month", "year", "y"])
def test_a_span_has_no_such_precision(precision: str) -> None:
    with pytest.raises(RowError, match="cannot have the precision"):
        coarsen(SheetDate("1950/1953"), precision)
    with pytest.raises(RowError, match="is not one of day, week, month, year, decade, century, millennium"):
        coarsen(SheetDate("1950"), f"{precision}s")


def test_two_ends_keep_what_is_known_of_either() -> None:
    start, end = SheetDate("1950", inferred=True, time="09:10", zone="UTC"), SheetDate("1953")
    assert between(start, end) == SheetDate("1950/1953", inferred=True, time="09:10", zone="UTC")
    assert between(SheetDate("1950"), SheetDate("1953", inferred=True)) == SheetDate("1950/1953", inferred=True)
    assert between(SheetDate("1950"), SheetDate("1953", time="09:10")).partial
    assert between(SheetDate("1950", partial=True), SheetDate("1953")).partial
    assert not between(SheetDate("1950", time="09:10"), SheetDate("1953")).partial
    for ends in (("1950/1951", "1953"), ("1950", "[1952..1953]"), ("[1950..1951]", "1953")):
        with pytest.raises(RowError, match="cannot be the start"):
            between(*map(SheetDate, ends))


@given(
    st.lists(st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31)), min_size=1, max_size=6),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
    st.sampled_from(["/", ".", "-"]),
)
def test_no_column_is_read_in_the_wrong_order(days: list[dt.date], form: str, separator: str) -> None:
    written = [day.strftime(form.replace("/", separator)) for day in days]
    reader = DateReader(OPEN, Counter())
    for text in written:
        reader.orders.observe("date", text)
    reader.orders.fix()
    settled = any(day.day > 12 for day in days)
    for day, text in zip(days, written, strict=True):
        try:
            assert reader.take({"date": [text]})["date"] == day.isoformat()
        except RowError as error:
            assert not settled and day.day != day.month, error  # noqa: PT017, PT018 - most are read
    assert not reader.orders.outdated


PIECES = (
    *("5", "13", "00", "44", "2017", "1861", "2017-05-04", "05/06/2017", "19th", "XIX", "May", "avril", "Sun", "c."),
    *("?", "(approx.)", "-", "\u2013", "/", ".", ",", "to", "and", "or", "of", "century", "spring", "end", "half"),
    *(
        "12:00",
        "T1200Z",
        "+0900",
        "(UTC)",
        "[1]",
        "Juche",
        "onwards",
        "present",
        "BC",
        "~",
        "\u5e74",
        "\uc6d4",
        "\ub144",
    ),
    *("\u4e8c", "\u5341", "\u65e5", "/9", "-00", "T00:00:00Z", "+", "um", "bis"),
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(["", " "]),
    st.sampled_from(["", "1861", "c. 1861", "44 BC", "61", "x"]), st.sampled_from(["", "day", "month"]),
)  # fmt: skip
def test_any_pieces_of_dates_make_a_stored_date_or_are_rejected(
    pieces: list[str], joint: str, year: str, order: str
) -> None:
    reader = DateReader(OPEN._replace(order=order), Counter())
    try:
        values = reader.take({"date": [joint.join(pieces)], **({"year": [year]} if year else {})})
    except RowError:
        return
    date = parse_stored(values["date"])
    assert date.start_min <= date.end_max
    assert all(map(str, reader.notes(Counter())))


@pytest.mark.parametrize(
    ("date", "precision", "coarsened"),
    [
        ("1950-06-25", "month", True),
        ("1950-06-25", "day", False),
        ("1950-06~", "circa", False),
        ("1950", "month", False),
    ],
)  # fmt: skip
def test_a_date_is_counted_as_vaguer_only_if_something_of_it_is_left_out(
    date: str,
    precision: str,
    coarsened: bool,  # noqa: FBT001 - the case
) -> None:
    assert as_precise_as({"precision": precision}, "date", SheetDate(date)).coarsened is coarsened


@pytest.mark.parametrize(
    ("written", "stored", "code", "kept"),
    [
        ("1789-07-14T00:00:00Z", "1789-07-14", "11", "1789-07-14"),
        ("1789-07-01T00:00:00Z", "1789-07-01", "10", "1789-07"),
        ("1789-01-01T00:00:00Z", "1789-01-01", " 9", "1789"),
        ("1789-01-01T00:00:00Z", "1789-01-01", "8", "[1780..1789]"),
        ("1789-01-01T00:00:00Z", "1789-01-01", "7", "[1700..1800]"),
        ("1789-01-01T00:00:00Z", "1789", "6", "[1000..2000]"),
        ("-0043-03-15T00:00:00Z", "-0043-03-15", "9", "-0043"),
        ("-0043-01-01T00:00:00Z", "-0043", "8", "[-0048..-0039]"),
    ],
)  # fmt: skip
def test_beside_a_time_of_wikidata_a_number_is_its_precision(written: str, stored: str, code: str, kept: str) -> None:
    assert as_precise_as({"date": written, "precision": code}, "date", SheetDate(stored)).text == kept
    with pytest.raises(RowError, match="Use --values"):
        as_precise_as({"date": stored, "precision": code}, "date", SheetDate(stored))


def test_a_date_can_be_as_vague_as_years_and_stays_within_what_can_be_stored() -> None:
    assert coarsen(SheetDate("1950-06-25~"), "Decade").text == "[1950~..1959~]"
    assert coarsen(SheetDate("9999"), "millennium").text == "[9000..9999]"
    assert coarsen(SheetDate("-9999"), "century").text == "[-9999..-9900]"
    with pytest.raises(RowError, match="cannot have the precision"):
        coarsen(SheetDate("1950/1953"), "decade")


@pytest.mark.parametrize(
    ("words", "date"),
    [("summer 1950", "[1949-12..1951-03]"), ("c. 25 June 1950", "1950-06-25~"), ("25 June 1950", "1950-06-25"),
     ("July 1950", "1950-06-25"), ("a day", "1950-06-25")],
)  # fmt: skip
def test_words_that_are_vaguer_than_numbers_win_if_the_day_is_in_them(words: str, date: str) -> None:
    assert taken(year="1950", month="6", day="25", date_text=words)["date"] == date
