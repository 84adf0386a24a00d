"""Dates as people write them in sheets."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from dateutil import parser
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_stored, to_stored
from korea_cli.ingest.dates.clocks import SheetDate
from korea_cli.ingest.dates.date_parts import from_parts
from korea_cli.ingest.dates.dates import DateRules, read_date
from korea_cli.ingest.dates.precision import coarsen
from korea_cli.ingest.dates.row_date import between
from korea_cli.ingest.dates.short_spans import form_of
from korea_cli.ingest.sheet import RowError

OPEN = DateRules(latest=2026)
DAY_FIRST, MONTH_FIRST = DateRules("day", 2026), DateRules("month", 2026)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2017-07-04", "2017-07-04"),
        ("2017-07", "2017-07"),
        ("1950", "1950"),
        ("4 Jul 2017", "2017-07-04"),
        ("July 4th, 2017", "2017-07-04"),
        ("4/Jul/2017", "2017-07-04"),
        ("c. 1950", "1950~"),
        ("~1950", "1950~"),
        ("approx. June 1950", "1950-06~"),
        ("1950?", "1950?"),
        ("c. 1950?", "1950%"),
        ("early 1951", "1951-37"),
        ("Q3 1951", "1951-35"),
        ("1950s", "[1950..1959]"),
        ("the early 1950s", "[1950..1959]"),
        ("c. 1950s", "[1950~..1959~]"),
        ("1950-1953", "1950/1953"),
        ("1950\u20131953", "1950/1953"),
        ("between 1 and 5 May 2017", "[2017-05-01..2017-05-05]"),
        ("2010-12", "2010-12"),
        ("2017-5", "2017-05"),
        ("~ 1950", "1950~"),
        ("1 Jun 2017 or later", "[2017-06-01..]"),
        ("2016-04-XX?", "2016-04-XX?"),
        ("2016-33", "2016-33"),
        ("7\u20138 Jul 2017", "2017-07-07/2017-07-08"),
        ("before 1950", "[..1949-12-31]"),
        ("after 1950", "[1951-01-01..]"),
        ("13/02/1950", "1950-02-13"),
        ("04/04/1950", "1950-04-04"),
        ("Tuesday 4 July 2017", "2017-07-04"),
        ("2017-07-04 00:00:00", "2017-07-04"),
        ("19500625", "1950-06-25"),
    ],
)
def test_a_date_is_stored_as_it_was_written(written: str, stored: str) -> None:
    assert read_date(written, OPEN) == SheetDate(stored)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("spring 1999", "1999"),
        ("in the spring of 1999", "1999"),
        ("late autumn, 1999", "1999"),
        ("1999 fall", "1999"),
        ("summer 1999", "[1998-12..2000-03]"),
        ("winter 1999", "[1998-12..2000-03]"),
        ("winter 1999-2000", "[1999-12..2000-03]"),
        ("Winter 1999/00", "[1999-12..2000-03]"),
        ("spring 1999?", "1999?"),
        ("2031-21", "2031"),
        ("2031-24", "[2030-12..2032-03]"),
        ("2031-25", "[2031-03..2031-06]"),
        ("2031-29", "[2031-09..2031-12]"),
        ("2031-30", "[2030-12..2032-03]"),
        ("19th century", "[1800..1900]"),
        ("19th c.", "[1800..1900]"),
        ("von 1950 bis 1953", "1950/1953"),
        ("\u0441 1950 \u043f\u043e 1953", "1950/1953"),
        ("de 1950 \u00e0 1953", "1950/1953"),
        ("avant 1950", "[..1949-12-31]"),
        ("\u0434\u043e 1950", "[..1950]"),
        ("nach Mai 1950", "[1950-06-01..]"),
        ("1950\ub144 \uc774\ud6c4", "[1950..]"),
        ("1950\u5e74\u4ee5\u524d", "[..1950]"),
        ("antes de 1950?", "[..1949-12-31?]"),
        ("Fr\u00fchling 1950", "1950"),
        ("1950\ub144 \uc5ec\ub984", "[1949-12..1951-03]"),
        ("\u0432\u0435\u0441\u043d\u0430 1950", "1950"),
        ("1950er Jahre", "[1950..1959]"),
        ("1950\u5e74\u4ee3", "[1950..1959]"),
        ("les ann\u00e9es 1950", "[1950..1959]"),
        ("Anfang 1950", "1950-37"),
        ("fin mai 1950", "[1950-05-21..1950-05-31]"),
        ("XIX в.", "[1800..1900]"),
        ("2nd c. BC", "[-0199..-0099]"),
        ("19??", "[1900..1999]"),
        ("195?", "[1950..1959]"),
        ("1950-05-??", "1950-05-XX"),
        ("1950-??-??", "1950-XX-XX"),
        ("1950-??", "1950-XX"),
        ("the late 19th century", "[1800..1900]"),
        ("mid-nineteenth century", "[1800..1900]"),
        ("c. 19th century", "[1800~..1900~]"),
        ("XIXe si\u00e8cle", "[1800..1900]"),
        ("19. Jahrhundert", "[1800..1900]"),
        ("siglo XIX", "[1800..1900]"),
        ("19\uc138\uae30", "[1800..1900]"),
        ("1st century", "[0001..0100]"),
        ("5th century BC", "[-0499..-0399]"),
        ("1st century BC", "[-0099..0000]"),
        ("2nd millennium BC", "[-1999..-0999]"),
        ("2031-00-00", "2031"),
        ("2031-05-00", "2031-05"),
        ("20310500", "2031-05"),
        ("00/05/2031", "2031-05"),
        ("05/00/2031", "2031-05"),
        ("00.00.2031", "2031"),
    ],
)
def test_a_date_that_cannot_be_stored_is_the_widest_span_that_it_can_mean(written: str, stored: str) -> None:
    assert read_date(written, OPEN).text == read_date(written, DAY_FIRST).text == stored
    parse_stored(stored)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("5 July 1950[1]", "1950-07-05"),
        ("5 July 1950[a][note 2]", "1950-07-05"),
        ("1950 [1]", "1950"),
        ("[2017..2018]", "[2017..2018]"),
        ("1950.0", "1950"),
        ("04/2017", "2017-04"),
        ("4.2017", "2017-04"),
        ("30APR2017", "2017-04-30"),
        ("2017_04_30", "2017-04-30"),
        ("2017_04", "2017-04"),
        ("Apr.30,2017", "2017-04-30"),
        ("April 30 ,2017", "2017-04-30"),
        ("2017, April 30", "2017-04-30"),
        ("5/6 July 1950", "[1950-07-05,1950-07-06]"),
        ("July/August 1950", "[1950-07,1950-08]"),
        ("first half of 1950", "1950-40"),
        ("2nd half of 1950", "1950-41"),
        ("end of July 1950", "1950-07"),
        ("the beginning of 1950", "1950"),
        ("in the middle of 1950", "1950"),
        ("pre-1950", "[..1949-12-31]"),
        ("post-1950", "[1951-01-01..]"),
        ("up to 1953", "../1953"),
        ("1950 onwards", "1950/.."),
        ("1950 - now", "1950/.."),
        ("2017-04-30\u20142017-05-02", "2017-04-30/2017-05-02"),
        ("18th\u201319th centuries", "[1700..1900]"),
        ("2017\ub144 4\uc6d4 30\uc77c ~ 5\uc6d4 2\uc77c", "2017-04-30/2017-05-02"),
        ("2017\u5e744\u670828\u65e5\uff5e30\u65e5", "2017-04-28/2017-04-30"),
        ("2017\u5e744\u670828-30\u65e5", "2017-04-28/2017-04-30"),
        ("2017\u5e7412\u670830\u65e5\u81f32018\u5e741\u67082\u65e5", "2017-12-30/2018-01-02"),
        ("2017\ub144 4\uc6d4~5\uc6d4", "2017-04/2017-05"),
        ("1920\ub144\uacbd", "1920~"),
        ("1920\u5e744\u6708\u9803", "1920-04~"),
        ("\u7d041920\u5e74", "1920~"),
        ("um 1920", "1920~"),
        ("vers 1920", "1920~"),
        ("\u043e\u043a. 1920 \u0433.", "1920~"),
        ("vom 5. bis 8. Mai 2017", "2017-05-05/2017-05-08"),
        ("du 30 avril au 2 mai 2017", "2017-04-30/2017-05-02"),
        ("del 5 al 8 de mayo de 2017", "2017-05-05/2017-05-08"),
        ("\u0441 5 \u043f\u043e 8 \u043c\u0430\u044f 2017 \u0433.", "2017-05-05/2017-05-08"),
        ("5 t/m 8 mei 2017", "2017-05-05/2017-05-08"),
        ("13.06.2020[1]", "2020-06-13"),
        ("April 30, Juche 106 (2017)", "2017-04-30"),
        ("\uc8fc\uccb4106(2017)\ub144 4\uc6d4 30\uc77c", "2017-04-30"),
        ("\u4e8c\u3007\u4e00\u4e03\u5e74\u5341\u4e8c\u6708\u4e09\u5341\u65e5", "2017-12-30"),
        ("\u4e8c\u3007\u4e00\u4e03\u5e74\u4e8c\u6708\u4e8c\u5341\u4e00\u65e5", "2017-02-21"),
    ],
)
def test_usual_spellings_of_sheets_are_read(written: str, stored: str) -> None:
    assert read_date(written, OPEN).text == stored


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("April 30, Juche 105 (2017)", "date 'April 30, Juche 105 (2017)': unknown word 'juche'"),
        ("end of 5 July 1950", "date 'end of 5 July 1950'"),
        ("Spring/Summer 1950", "date 'Spring/Summer 1950': seasons differ"),
        ("13/2017", "date '13/2017'"),
        ("19th\u201318th centuries", "date '19th\u201318th centuries'"),
        ("\u20131950", "it begins with a dash"),
        ("\u2014 1950", "it begins with a dash"),
    ],
)
def test_spellings_that_are_no_date_are_rejected_as_they_were_written(written: str, reason: str) -> None:
    with pytest.raises(RowError) as rejected:
        read_date(written, OPEN)
    assert reason in str(rejected.value)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("before c. 1950", "[..1949-12-31~]"),
        ("after 1950?", "[1951-01-01?..]"),
        ("before c. 1950?", "[..1949-12-31%]"),
        ("\u22120043", "-0043"),
        ("c1920", "1920~"),
        ("ca1920", "1920~"),
        ("c1920?", "1920%"),
        ("12 May 2031 (approx.)", "2031-05-12~"),
        ("May 2031 (ca.)", "2031-05~"),
        ("1850-1860 (approximate)", "1850~/1860~"),
        ("2031 approx.", "2031~"),
        ("2031 (?)", "2031?"),
        ("12 and 13 April 1861", "1861-04-12/1861-04-13"),
        ("April 12th & 13th, 1861", "1861-04-12/1861-04-13"),
        ("May 30-June 2, 1861", "1861-05-30/1861-06-02"),
        ("30 May\u20132 June 1861", "1861-05-30/1861-06-02"),
    ],
)
def test_more_forms_are_read_through_every_entrance(written: str, stored: str) -> None:
    assert read_date(written, OPEN).text == to_stored(written, Day(2026, 1, 1)) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("4-Jul-17", "2017-07-04"),
        ("Sep-84", "1984-09"),
        ("Sep '04", "2004-09"),
        ("Jul 4 '17", "2017-07-04"),
        ("31-Dec-26", "2026-12-31"),
        ("1-Jan-27", "1927-01-01"),
        ("c. 4-Jul-17", "2017-07-04~"),
    ],
)
def test_two_digits_are_a_year_of_the_hundred_up_to_the_pivot_and_marked_as_inferred(written: str, stored: str) -> None:
    assert read_date(written, OPEN) == SheetDate(stored, inferred=True)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("01/02/1950", "could be 1950-01-02 or 1950-02-01"),
        ("1/2/50", "is ambiguous"),
        ("42920", "a spreadsheet's day number, 2017-07-04 or 2021-07-05"),
        ("42920.5", "a spreadsheet's day number"),
        ("Jul-04", "a day without a year, or a month"),
        ("4 July", "the year is missing"),
        ("today", "'today'"),
        ("summer 1950/53", "seasons differ"),
        ("fall 1950/51", "seasons differ"),
        ("0th century", "unknown word 'century'"),
        ("100th century", "unknown word 'century'"),
        ("1950-13-00", "there is no month 13"),
        ("1950\u2013", "date '1950\u2013' could be 1950/.. (ongoing) or 1950/ (end unknown). Write one of them."),
        ("1950-06 -", "could be 1950-06/.. (ongoing) or 1950-06/ (end unknown)"),
        ("12 and 15 April 1950", "it means several dates"),
        ("30/02/1950", "no such day"),
        ("31-Feb-17", "no such day"),
        ("Monday 4 July 2017", "was a Tue, not a Mon"),
        ("-500", "it could be -0500 (501 BC) or -0499 (500 BC)"),
        ("1950-53 or so", "1950-53 or so"),
        ("n.d.", "'n.d.': if it is unknown, give the widest range you can, such as [..2020]"),
        ("Jul-31", "a day without a year, or a month"),
        ("5/4", "it could be 5 April or 4 May"),
        ("2004-5", "could be 2004-05 or 2004/2005. Use --year-months or --year-spans."),
        ("2004/5", "could be 2004-05 or 2004/2005. Use --year-months or --year-spans."),
        ("2004\u201305", "could be 2004-05 or 2004/2005. Use --year-months or --year-spans."),
        ("c. 2004-5", "could be 2004-05 or 2004/2005. Use --year-months or --year-spans."),
        ("1900s", "could be [1900..1909] or [1900..1999]"),
        ("x" * 100, "longer than 60 characters"),
    ],
)
def test_a_date_that_takes_a_guess_is_rejected_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(RowError) as rejected:
        read_date(written, OPEN)
    assert reason in str(rejected.value)


def test_numbers_are_read_in_the_order_that_was_said_and_in_no_other() -> None:
    assert read_date("01/02/1950", DAY_FIRST).text == "1950-02-01"
    assert read_date("01/02/1950", MONTH_FIRST).text == "1950-01-02"
    assert read_date("1.2.50", DAY_FIRST) == SheetDate("1950-02-01", inferred=True)
    with pytest.raises(RowError, match="no such day when the month comes first"):
        read_date("13/02/1950", MONTH_FIRST)


@pytest.mark.parametrize(
    ("written", "months", "years", "asked"),
    [
        ("2004-5", "2004-05", "2004/2005", ""),
        ("2004/5", "2004-05", "2004/2005", ""),
        ("2004\u201305", "2004-05", "2004/2005", ""),
        ("c. 2004-5?", "2004-05%", "2004%/2005%", ""),
        ("2010-12", "2010-12", "2010/2012", ""),
        ("2010-12~", "2010-12~", "2010~/2012~", ""),
        ("1936-39", "1936-39", "1936/1939", ""),
        ("2018-19", "", "2018/2019", "2018/2019"),
        ("1999-21", "1999", "1999/2021", ""),
        ("1999-00", "", "1999/2000", "1999/2000"),
        ("1950-53", "", "1950/1953", "1950/1953"),
        ("1914-18?", "", "1914?/1918?", "1914?/1918?"),
        ("1920-25", "[1920-03..1920-06]", "1920/1925", "1920/1925"),
        ("2017-05", "2017-05", "2017-05", "2017-05"),
        ("2017-5", "2017-05", "2017-05", "2017-05"),
        ("2017", "2017", "2017", "2017"),
    ],
)
def test_years_cut_short_are_read_as_was_said_and_asked_for_where_months_are_in_doubt_too(
    written: str, months: str, years: str, asked: str
) -> None:
    for short, stored in (("month", months), ("years", years), ("ask", asked)):
        rules = DateRules(latest=2026, short=short)
        if stored:
            assert read_date(written, rules).text == stored
        else:
            with pytest.raises(RowError) as rejected:
                read_date(written, rules)
            assert ("Use --" in str(rejected.value)) is (short != "month")
            for option, year in (("--year-months", "month"), ("--year-spans", "years")):
                if option in str(rejected.value):  # what is offered helps
                    read_date(written, DateRules(latest=2026, short=year))


@pytest.mark.parametrize(
    ("written", "short", "reason"),
    [
        ("1999-21", "", "date '1999-21' could be 1999 or 1999/2021. Use --year-months or --year-spans."),
        ("2018-19", "month", "date '2018-19' cannot be a month; if it means the years 2018/2019, write that"),
        ("c. 1914-18", "month", "date 'c. 1914-18' cannot be a month; if it means the years 1914/1918, write that"),
        ("1999/00", "month", "date '1999/00' cannot be a month; if it means the years 1999/2000, write that"),
        ("2004/5", "", "date '2004/5' could be 2004-05 or 2004/2005. Use --year-months or --year-spans."),
        ("2010-12", "ask", "date '2010-12' could be 2010-12 or 2010/2012. Use --year-months or --year-spans."),
    ],
)
def test_years_cut_short_are_rejected_with_what_would_help(written: str, short: str, reason: str) -> None:
    with pytest.raises(RowError) as rejected:
        read_date(written, DateRules(latest=2026, short=short))
    assert str(rejected.value) == reason


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("T23:30:00-12:00", "Etc/GMT+12"), ("T23:30+02:00", "Etc/GMT-2"), ("T23:30:00+0900", "Etc/GMT-9"),
        (" 23:30 GMT+9", "Etc/GMT-9"), (" 23:30 UTC-5", "Etc/GMT+5"), ("T23:30:00+14:00", "Etc/GMT-14"),
        ("T23:30:00+02", "Etc/GMT-2"), (" 23:30 UTC", "UTC"), (" 23:30 GMT", "UTC"), ("T23:30:00.000Z", "UTC"),
        ("T23:30:00+00:00", "UTC"), ("T23:30:00-00:00", "UTC"), (" 23:30 +01:00", "Etc/GMT-1"), (" 23:30", ""),
    ],
)  # fmt: skip
def test_an_offset_of_whole_hours_is_the_zone_of_that_offset(written: str, zone: str) -> None:
    found = read_date(f"2017-07-04{written}", OPEN)
    assert found == SheetDate("2017-07-04", time="23:30", zone=zone)
    for other in (written.replace("-", "\u2212"), written.lower()):
        assert read_date(f"2017-07-04{other}", OPEN) == found
    if written.startswith("T"):
        basic = written.replace(":", "")
        assert read_date(f"20170704{basic}", OPEN) == read_date(f"20170704{basic}".lower(), OPEN) == found
    if zone and (offset := re.search(r"[+-]\d\d?", written)):
        then = dt.datetime(2017, 7, 4, 23, 30, tzinfo=ZoneInfo(zone))
        assert then.utcoffset() == dt.timedelta(hours=int(offset[0]))


@pytest.mark.parametrize("zone", ["+0530", "+05:30", "-03:30", "+15:00", "-13:00", " GMT+5:45"])
def test_an_offset_that_no_zone_has_is_said_to_be_lost(zone: str) -> None:
    assert read_date(f"2017-07-04T23:30:00{zone}", OPEN) == SheetDate("2017-07-04", time="23:30", partial=True)


@pytest.mark.parametrize("written", ["2017-07-04 23:30 EST", "4 Jul 2017 23:30 KST", "2017-07-04T23:30 Asia/Seoul"])
def test_a_zone_that_is_named_otherwise_is_rejected(written: str) -> None:
    with pytest.raises(RowError, match="'time' and 'timezone'"):
        read_date(written, OPEN)


@pytest.mark.parametrize("written", ["2016T2017", "20170704T9", "20170704T235", "July 2017T0900", "2017-07-04T0900"])
def test_digits_are_a_time_behind_a_day_of_eight_alone(written: str) -> None:
    with pytest.raises(RowError):
        read_date(written, OPEN)


def test_midnight_of_any_form_alone_is_a_day() -> None:
    for written in ("2017-07-04 00:00:00", "4 Jul 2017 12:00:00 AM", "20170704T000000"):
        assert read_date(written, OPEN) == SheetDate("2017-07-04")
    assert read_date("4 July 2017 12:30 am", OPEN) == SheetDate("2017-07-04", time="00:30")
    assert read_date("4 July 2017, 9:10 p.m.", OPEN) == SheetDate("2017-07-04", time="21:10")


def test_a_part_of_a_second_is_said_to_be_lost_unless_it_is_nothing() -> None:
    assert read_date("2017-07-04T23:30:00.50Z", OPEN).partial
    assert read_date("2017-07-04T00:00:00,5", OPEN) == SheetDate("2017-07-04", time="00:00", partial=True)
    assert read_date("2017-07-04T00:00:00.000", OPEN) == SheetDate("2017-07-04")


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("years", ("1914-18", "1950/53", "1999\u201300", "c. 2018-19?", "1920-25")),
        ("whole", ("1914-1918", "1914\u20131918", "1914 \u2013 1918", "c. 1914-1918")),
        ("both", ("2010-12", "2010-12?", "1936-39", "2004-5", "2004\u201305", "1999-21", "2010-1")),
        ("month", ("2017-5", "2017/5")),
        ("iso", ("2017-05", "2017-07-04", "2017-07-04 09:10", "-0043-03-15")),
        ("", ("2017", "2016/2017", "2016-04/2017", "May 2017")),
    ],
)
def test_what_a_year_with_digits_behind_it_can_only_be(form: str, texts: tuple[str, ...]) -> None:
    assert {form_of(text) for text in texts} == {form}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("昭和25年6月25日", "1950-06-25"), ("平成元年", "1989"), ("令和5年", "2023"),
        ("昭和二十五年六月二十五日", "1950-06-25"),
        ("昭和２５年６月２５日", "1950-06-25"), ("㍼25年6月", "1950-06"), ("昭和25.6.25", "1950-06-25"),
        ("昭和25/6/25", "1950-06-25"), ("昭和25-6", "1950-06"), ("昭和 25年 6月 25日", "1950-06-25"),
        ("昭和25", "1950"),
        ("昭和25年6月25日〜昭和28年7月27日", "1950-06-25/1953-07-27"), ("昭和25年〜28年", "1950/1953"),
        ("昭和20年代", "[1945..1954]"), ("昭和60年代", "[1985..1989]"), ("昭和0年代", "[1926..1934]"),
        ("1950年\uff08昭和25年\uff096月25日", "1950-06-25"), ("昭和25年\uff081950年\uff096月25日", "1950-06-25"),
        ("昭和25(1950)年", "1950"),
        ("昭和25年6月25日(日)", "1950-06-25"), ("昭和25年頃", "1950~"), ("昭和25年春", "1950"),
        ("明治6年1月1日", "1873-01-01"),
        # the first and last days of eras
        ("明治45年7月30日", "1912-07-30"), ("大正元年7月30日", "1912-07-30"), ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"), ("昭和64年1月7日", "1989-01-07"), ("平成元年1月8日", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"), ("令和元年5月1日", "2019-05-01"), ("昭和64年", "1989"),
        ("平成元年1月", "1989-01"),
        ("昭和元年12月", "1926-12"), ("令和元年", "2019"),
    ],
)  # fmt: skip
def test_years_of_japanese_eras_are_read(written: str, stored: str) -> None:
    assert read_date(written, OPEN).text == stored


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("昭和64年1月8日", "昭和 began on 1926-12-25 and ended on 1989-01-07"),
        ("平成元年1月7日", "平成 began on 1989-01-08"),
        ("平成31年5月1日", "ended on 2019-04-30"), ("令和元年4月30日", "令和 began on 2019-05-01"),
        ("昭和64年2月", "ended on"),
        ("昭和65年", "ended on 1989-01-07"), ("大正元年6月", "大正 began on 1912-07-30"),
        ("明治45年7月31日", "ended on 1912"),
        ("昭和元年12月24日", "began on 1926-12-25"), ("昭和70年代", "ended on"),
        ("昭和25\uff081951\uff09年", "昭和25年 is 1950, not 1951"),
        ("明治元年", "before 1873, when Japan had another calendar"), ("明治5年12月2日", "before 1873"),
        ("昭和0年", "began on"),
        ("昭和25年6月31日", "there is no such day"), ("S25.6.25", "a year has four digits"),
        ("昭和時代", "unknown word"),
        ("昭和25年〜70年", "ended on"), ("昭和28年〜25年", "before"),
    ],
)  # fmt: skip
def test_a_date_outside_of_its_era_is_rejected(written: str, reason: str) -> None:
    with pytest.raises(RowError) as rejected:
        read_date(written, OPEN)
    assert reason in str(rejected.value)
    assert f"'{written}'" in str(rejected.value) or "昭和25年" in written


def test_a_time_of_day_is_kept_beside_its_day() -> None:
    assert read_date("2017-07-04T00:00:00Z", OPEN) == SheetDate("2017-07-04")  # as programs write a day
    assert read_date("2017-07-04T00:00Z", OPEN) == SheetDate("2017-07-04", time="00:00", zone="UTC")
    assert read_date("2017-07-04T00:00:00+09:00", OPEN) == SheetDate("2017-07-04", time="00:00", zone="Etc/GMT-9")
    assert read_date("2017-07-04 09:10", OPEN) == SheetDate("2017-07-04", time="09:10")
    assert read_date("2017-07-04T00:40:00Z", OPEN) == SheetDate("2017-07-04", time="00:40", zone="UTC")
    assert read_date("4 Jul 2017 9:10", OPEN).time == "09:10"


def test_three_columns_make_a_date_as_far_as_they_are_filled() -> None:
    assert from_parts("1950", "6", "25", OPEN).text == "1950-06-25"
    assert from_parts("1950.0", "June", "", OPEN).text == "1950-06"
    assert from_parts("1950", "", "", OPEN).text == "1950"
    assert from_parts("c. 1950", "", "", OPEN).text == "1950~"
    assert from_parts("1985", "Sept", "20-23", OPEN).text == "1985-09-20/1985-09-23"
    assert from_parts("50", "6", "", OPEN) == SheetDate("1950-06", inferred=True)


@pytest.mark.parametrize(
    "parts",
    [
        ("1950", "", "25"),
        ("1950", "13", ""),
        ("1950", "0", "x"),
        ("1950", "6", "x"),
        ("1950", "2", "30"),
        ("x", "2", "3"),
    ],
)
def test_columns_that_make_no_date_are_rejected(parts: tuple[str, str, str]) -> None:
    with pytest.raises(RowError):
        from_parts(*parts, OPEN)


def test_a_precision_takes_away_what_it_does_not_vouch_for_and_adds_nothing() -> None:
    assert coarsen(SheetDate("1950-06-25"), "month").text == "1950-06"
    assert coarsen(SheetDate("1950-06-25?"), "Year").text == "1950?"
    assert coarsen(SheetDate("1950-06-25", time="09:10"), "month") == SheetDate("1950-06")
    assert coarsen(SheetDate("1950"), "day").text == "1950"
    assert coarsen(SheetDate("1950-06"), "circa").text == "1950-06~"
    assert coarsen(SheetDate("1950/1953"), "interval").text == "1950/1953"
    for date, precision in (("1950-06-25", "exact"), ("1950/1953", "month")):
        with pytest.raises(RowError):
            coarsen(SheetDate(date), precision)


def test_two_ends_make_a_duration_unless_the_second_comes_first() -> None:
    assert between(SheetDate("1950"), SheetDate("1953-07")).text == "1950/1953-07"
    assert between(SheetDate("1950"), SheetDate("1950")).text == "1950"
    with pytest.raises(RowError, match="comes before its start"):
        between(SheetDate("1953"), SheetDate("1950"))
    with pytest.raises(RowError):
        between(SheetDate("1950/1951"), SheetDate("1953"))


days = st.dates(dt.date(1000, 1, 1), dt.date(2026, 12, 31))
WRITTEN = {  # how a day may be written, by how much of it that says
    "day": (
        "{d} {m} {y}", "{m} {d}, {y}", "{y}-{n:02}-{d:02}", "{d}-{m}-{y}", "{y}/{n}/{d}", "{d} {m} {y}?",
        "c. {d} {m} {y}",
    ),
    "month": ("{m} {y}", "{y}-{n:02}", "{m}-{y}", "c. {m} {y}", "{m} {y}?"),
    "year": ("{y}", "c. {y}", "{y}?", "about {y}"),
}  # fmt: skip


@given(days, st.sampled_from([(precision, form) for precision, forms in WRITTEN.items() for form in forms]))
def test_no_stored_date_is_more_precise_than_what_was_written(day: dt.date, how: tuple[str, str]) -> None:
    precision, form = how
    written = form.format(d=day.day, m=MONTHS[day.month - 1], n=day.month, y=day.year)
    stored = parse_stored(read_date(written, OPEN).text)
    assert stored.precision == precision
    assert stored.start_min <= day.toordinal() <= stored.end_max
    assert stored.approximate == written.startswith(("c. ", "about "))
    assert stored.uncertain == written.endswith("?")


@given(days, st.sampled_from(["day", "month", "year"]), st.sampled_from(["day", "month", "year"]))
def test_no_precision_column_makes_a_date_more_precise(day: dt.date, own: str, column: str) -> None:
    lengths = {"day": 10, "month": 7, "year": 4}
    written = day.isoformat()[: lengths[own]]
    kept = coarsen(read_date(written, OPEN), column).text
    assert kept == written[: min(lengths[own], lengths[column])]


@given(st.text(max_size=30), st.sampled_from([OPEN, DAY_FIRST, MONTH_FIRST]))
def test_any_text_is_a_stored_date_or_rejected_and_nothing_else(text: str, rules: DateRules) -> None:
    try:
        found = read_date(text, rules)
    except RowError:
        return
    assert parse_stored(found.text).text == found.text
    assert any(letter.isdigit() for letter in text)


@given(st.from_regex(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}", fullmatch=True))
def test_numbers_without_an_order_have_one_reading_or_none(text: str) -> None:
    readings = set()
    for rules in (DAY_FIRST, MONTH_FIRST):
        try:
            readings.add(read_date(text, rules).text)
        except RowError:
            continue
    try:
        found = read_date(text, OPEN).text
    except RowError:
        return
    assert readings == {found}


@pytest.mark.parametrize(
    ("written", "day", "month"),
    [
        ("13.06.2020 - 14.06.2020", "2020-06-13/2020-06-14", ""),
        ("13.06.2020\u201314.06.2020", "2020-06-13/2020-06-14", ""),
        ("13. 6. 2020 bis 14. 6. 2020", "2020-06-13/2020-06-14", ""),
        ("13.06.-14.06.2020", "2020-06-13/2020-06-14", ""),
        ("13.06. \u2013 14.06.2020", "2020-06-13/2020-06-14", ""),
        ("13/06 - 14/06/2020", "2020-06-13/2020-06-14", ""),
        ("05.06.2020 - 07.06.2020", "2020-06-05/2020-06-07", "2020-05-06/2020-07-06"),
        ("05/06/2020 to 07/06/2020", "2020-06-05/2020-06-07", "2020-05-06/2020-07-06"),
        ("05.06.2020 - 01.07.2020", "2020-06-05/2020-07-01", ""),
        ("05/06/2020 - 05/06/2020", "2020-06-05", "2020-05-06"),
        ("13.-14.06.2020", "2020-06-13/2020-06-14", "2020-06-13/2020-06-14"),
        ("5-7.06.2020", "2020-06-05/2020-06-07", "2020-06-05/2020-06-07"),
        ("06/13-14/2020", "2020-06-13/2020-06-14", "2020-06-13/2020-06-14"),
        ("c. 13.06.2020 - 14.06.2020", "2020-06-13~/2020-06-14~", ""),
    ],
)
def test_ranges_in_numbers_are_read_in_the_order_of_their_column(written: str, day: str, month: str) -> None:
    for rules, stored in ((DAY_FIRST, day), (MONTH_FIRST, month)):
        if stored:
            assert read_date(written, rules).text == stored
        else:
            with pytest.raises(RowError, match="no such day when the month comes first"):
                read_date(written, rules)
    if len({day, month} - {""}) == 1:
        assert read_date(written, OPEN).text == day
    else:
        with pytest.raises(RowError, match="Use --day-first or --month-first"):
            read_date(written, OPEN)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("+1789-00-00T00:00:00Z/9", "1789"),
        ("+1789-00-00T00:00:00Z", "1789"),
        ("+1789-07-00T00:00:00Z/10", "1789-07"),
        ("+1789-07-00T00:00:00Z/11", "1789-07"),
        ("+1789-07-14T00:00:00Z/11", "1789-07-14"),
        ("+1789-07-14T00:00:00Z", "1789-07-14"),
        ("+1789-01-01T00:00:00Z/10", "1789-01"),
        ("+1789-01-01T00:00:00Z/9", "1789"),
        ("+00000001789-01-01T00:00:00Z/9", "1789"),
        ("+1789-00-00T00:00:00Z/8", "[1780..1789]"),
        ("+1850-00-00T00:00:00Z/7", "[1800..1900]"),
        ("+1800-00-00T00:00:00Z/7", "[1701..1899]"),
        ("+0050-00-00T00:00:00Z/7", "[0001..0100]"),
        ("+1500-00-00T00:00:00Z/6", "[1000..2000]"),
        ("-0044-00-00T00:00:00Z/9", "-0043"),
        ("-0044-00-00T00:00:00Z", "-0043"),
        ("-0044-03-15T00:00:00Z/11", "-0043-03-15"),
        ("-0001-00-00T00:00:00Z/9", "0000"),
        ("-0050-00-00T00:00:00Z/7", "[-0099..0000]"),
        ("-0231-01-01T00:00:00Z", "-0231-01-01"),
    ],
)
def test_times_of_wikidata_are_as_precise_as_they_say(written: str, stored: str) -> None:
    assert read_date(written, OPEN) == SheetDate(stored)
    parse_stored(stored)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("-13798000000-00-00T00:00:00Z/3", "its precision is longer than 1,000 years"),
        ("+12000-00-00T00:00:00Z/9", "years range from -9999"),
        ("+1789-02-30T00:00:00Z/11", "there is no such day"),
        ("+1789-13-01T00:00:00Z/11", "there is no month 13"),
        ("-0044-00-00", "'-0044-00-00'"),
    ],
)
def test_times_of_wikidata_that_are_no_date_are_rejected(written: str, reason: str) -> None:
    with pytest.raises(RowError) as rejected:
        read_date(written, OPEN)
    assert reason in str(rejected.value)


STAMP = SheetDate("2017-07-04", time="09:10")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tue, 04 Jul 2017 09:10:00 +0900", STAMP._replace(zone="Etc/GMT-9")),
        ("Tue, 4 Jul 2017 09:10:00 GMT", STAMP._replace(zone="UTC")),
        ("Tue, 4 Jul 2017 09:10 EST", STAMP._replace(zone="Etc/GMT+5")),
        ("Tue, 4 Jul 17 09:10:00 PDT", STAMP._replace(zone="Etc/GMT+7", inferred=True)),
        ("4 Jul 2017 09:10:00 +0530", STAMP._replace(partial=True)),
        ("Tue Jul 04 2017 09:10:00 GMT+0900", STAMP._replace(zone="Etc/GMT-9")),
        ("Tue Jul 04 2017 09:10:00 GMT+0900 (Korean Standard Time)", STAMP._replace(zone="Etc/GMT-9", partial=True)),
        ("Tue Jul 04 2017 00:00:00", SheetDate("2017-07-04")),
        ("Tue Jul 04 2017", SheetDate("2017-07-04")),
        ("Tue Jul  4 09:10:00 2017", STAMP),
        ("Tue Jul 4 09:10:00 UTC 2017", STAMP._replace(zone="UTC")),
        ("Tue Jul 04 09:10:00 +0000 2017", STAMP._replace(zone="UTC")),
        ("Tue Jul 4 09:10:00 2017 +0900", STAMP._replace(zone="Etc/GMT-9")),
        ("09:10, 4 July 2017 (UTC)", STAMP._replace(zone="UTC")),
        ("4 July 2017 at 9:10 am", STAMP),
        ("July 4, 2017, at 9:10", STAMP),
        ("04/07/2017 09:10", STAMP),
        ("20170704091000", STAMP),
        ("201707040910", STAMP),
        ("20170704000000", SheetDate("2017-07-04")),
        ("20170704", SheetDate("2017-07-04")),
        ("20170704T0910Z", STAMP._replace(zone="UTC")),
    ],
)
def test_stamps_of_mail_and_programs_are_a_day_and_its_time(written: str, read: SheetDate) -> None:
    assert read_date(written, DAY_FIRST._replace(latest=2026)) == read


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Wed, 04 Jul 2017 09:10:00 +0900", "was a Tue, not a Wed"),
        ("Tue, 04 Jul 2017 09:10:00 KST", "'time' and 'timezone'"),
        ("Tue Jul 4 09:10:00 CST 2017", "'time' and 'timezone'"),
        ("20170704256000", "20170704256000"),
        ("20171304091000", "there is no month 13"),
    ],
)
def test_stamps_that_contradict_themselves_or_name_an_unknown_zone_are_rejected(written: str, reason: str) -> None:
    with pytest.raises(RowError) as rejected:
        read_date(written, OPEN)
    assert reason in str(rejected.value)


STAMPS = (
    "%a, %d %b %Y %H:%M:%S +0900", "%a, %d %b %Y %H:%M:%S GMT", "%a %b %d %Y %H:%M:%S GMT-0500", "%a %b %d %H:%M:%S %Y",
    "%a %b %d %H:%M:%S %Y", "%Y%m%dT%H%M%SZ", "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S+02:00", "%A, %B %d, %Y",
    "%d %B %Y %H:%M:%S",
)  # fmt: skip


@given(st.dates(dt.date(1700, 1, 1), dt.date(2100, 1, 1)), st.times(), st.sampled_from(STAMPS))
def test_stamps_are_read_as_another_library_reads_them(day: dt.date, clock: dt.time, form: str) -> None:
    written = dt.datetime.combine(day, clock).strftime(form)
    other = parser.parse(written.replace("GMT-", "-"))  # which it reads as POSIX does, unlike JavaScript
    read = read_date(written, OPEN)
    assert read.text == other.date().isoformat()
    found = dt.time.fromisoformat(read.time) if read.time else dt.time()
    assert found == other.time()
    if read.time and other.tzinfo:
        there = dt.datetime.combine(other.date(), found, ZoneInfo(read.zone))
        assert there.utcoffset() == other.utcoffset()


@pytest.mark.parametrize("text", ["101st century BC", "12th millennium BC"])
def test_centuries_before_all_that_can_be_stored_are_no_dates(text: str) -> None:
    with pytest.raises(RowError):
        read_date(text, DateRules())


def test_a_time_may_follow_a_day_of_east_asia_or_russia() -> None:
    for written in (
        "2031\u5e745\u67081\u65e5 14:30",
        "2031\ub144 5\uc6d4 1\uc77c 14:30",
        "1 \u043c\u0430\u044f 2031 \u0433. 14:30",
    ):
        assert read_date(written, OPEN) == SheetDate("2031-05-01", time="14:30")


@pytest.mark.parametrize("written", ["_:b0", "http://www.wikidata.org/.well-known/genid/0a1b"])
def test_a_date_that_wikidata_does_not_know_says_so(written: str) -> None:
    with pytest.raises(RowError, match="its date is unknown, as Wikidata has it"):
        read_date(written, OPEN)
