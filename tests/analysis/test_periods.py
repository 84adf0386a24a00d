"""Periods follow each other without a gap, begin where the calendar says, and dates are placed where they are."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from korea_cli.analysis.periods import FITTING, MOST, UNITS, axis_over, choice, finer
from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.dates.days import FIRST_DAY, LAST_DAY
from korea_cli.dates.parse import parse_stored
from years import iso_of, parts_of

DAYS = st.integers(FIRST_DAY, LAST_DAY)


def day(text: str) -> int:
    return parse_stored(text).start_min


def begins(unit: str, ordinal: int) -> bool:
    """Say whether a unit begins on a day."""
    year, month, day = parts_of(ordinal)
    is_new_year = (month, day) == (1, 1)
    return {
        "day": True, "week": ordinal % 7 == 1, "month": day == 1, "quarter": (month % 3, day) == (1, 1),
        "year": is_new_year, "decade": is_new_year and (year == 1 or (year % 10 == 0 if year > 0 else -year % 10 == 8)),
        "century": is_new_year and year % 100 == 1,
    }[unit]  # fmt: skip


@given(DAYS, DAYS, st.sampled_from(UNITS))
def test_periods_are_units_one_after_the_other(one: int, other: int, unit: str) -> None:
    first, last = sorted((one, other))
    try:
        axis = axis_over(first, last, unit)
    except UsageError:
        assume(last - first < MOST)
        raise
    assert axis.starts[0] <= first <= axis.ends[0]
    assert axis.starts[-1] <= last <= axis.ends[-1]
    assert [end + 1 for end in axis.ends[:-1]] == list(axis.starts[1:])
    assert all(begins(unit, start) for start in axis.starts if start > FIRST_DAY)
    assert not any(begins(unit, start + 1) for start in axis.starts if unit != "day")
    assert begins(unit, axis.ends[-1] + 1) or axis.ends[-1] == LAST_DAY


@given(DAYS, st.integers(0, MOST - 1), st.sampled_from(UNITS))
def test_every_day_lies_in_the_period_it_is_placed_in(first: int, more: int, unit: str) -> None:
    last = min(first + more, LAST_DAY)
    axis = axis_over(first, last, unit)
    for each in (first, (first + last) // 2, last):
        assert axis.starts[axis.place(each)] <= each <= axis.ends[axis.place(each)]


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2017-07-01", "2017-07-31", "day"), ("2017-07-01", "2017-08-09", "day"), ("2017-07-01", "2017-08-10", "week"),
        ("2017-01-02", "2017-10-08", "week"), ("2017-01-02", "2017-10-09", "month"),
        ("2014-01-15", "2017-04-01", "month"), ("2014-01-15", "2017-05-01", "quarter"),
        ("2000-01-01", "2009-12-31", "quarter"), ("2000-01-01", "2010-01-01", "year"),
        ("1978-01-01", "2017-12-31", "year"), ("1977-12-31", "2017-12-31", "decade"),
        ("-0038-01-01", "0001-12-31", "year"), ("-0039-12-31", "0001-12-31", "decade"),
        ("1620-01-01", "2019-12-31", "decade"), ("1619-12-31", "2019-12-31", "century"),
        ("0001-01-01", "9999-12-31", "century"), ("-9999-01-01", "9999-12-31", "century"),
    ],
)  # fmt: skip
def test_without_a_unit_it_is_the_finest_that_fits(first: str, last: str, unit: str) -> None:
    axis = axis_over(day(first), day(last), None)
    assert axis.unit == unit
    assert len(axis.starts) <= FITTING or unit == "century"


def test_more_periods_than_anybody_could_want_are_refused_with_a_unit_that_is_not() -> None:
    with pytest.raises(UsageError, match=r"146,097 days are too many .*at most 10,000.*'--by month' .4,800"):
        axis_over(day("1600-01-01"), day("1999-12-31"), "day")
    assert len(axis_over(day("1600-01-01"), day("1999-12-31"), "month").starts) == 4800
    assert len(axis_over(day("0001-01-01"), day("9999-12-31"), "year").starts) == 9999
    with pytest.raises(UsageError, match=r"19,999 years are too many .*'--by decade' .2,001 decades\)"):
        axis_over(FIRST_DAY, LAST_DAY, "year")


def test_a_unit_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        NotInListError, match=r"unknown unit 'hour'\. Allowed values: day, week, month, quarter, year, decade"
    ):
        choice("unit", "hour", UNITS)
    assert choice("unit", "WEEK", UNITS) == "week"


def test_each_unit_has_a_finer_one_but_the_day() -> None:
    assert [finer(unit) for unit in UNITS] == [None, "day", "week", "month", "quarter", "year", "decade"]


def test_the_outer_periods_are_cut_at_the_days_asked_for_and_say_so() -> None:
    axis = axis_over(day("2017-05-10"), day("2017-07-20"), "month")
    assert [axis.label(number) for number in range(3)] == ["May 2017", "Jun 2017", "Jul 2017"]
    cut = axis_over(day("2017-05-10"), day("2017-07-20"), "month", (day("2017-05-10"), day("2017-07-20")))
    assert [cut.label(number) for number in range(3)] == ["10–31 May 2017", "Jun 2017", "1–20 Jul 2017"]


@pytest.mark.parametrize(
    ("unit", "first", "label"),
    [
        ("day", "2017-07-04", "4 Jul 2017"), ("week", "2017-07-04", "3–9 Jul 2017"),
        ("week", "2017-07-01", "26 Jun – 2 Jul 2017"), ("quarter", "2017-07-04", "Q3 2017"),
        ("quarter", "2017-12-31", "Q4 2017"), ("year", "2017-07-04", "2017"), ("decade", "1990-01-01", "1990–1999"),
        ("decade", "1999-12-31", "1990–1999"), ("decade", "-0043-03-15", "49–40 BC"), ("decade", "0000", "9–1 BC"),
        ("decade", "0001", "1–9 AD"), ("decade", "-0009", "19–10 BC"), ("decade", "0010", "10–19 AD"),
        ("century", "2000-12-31", "1901–2000"), ("century", "2001", "2001–2100"), ("century", "0000", "100–1 BC"),
        ("century", "0100", "1–100 AD"), ("century", "-0099", "100–1 BC"), ("century", "-0100", "200–101 BC"),
        ("month", "-0043-03-15", "Mar 44 BC"), ("quarter", "-0043-03-15", "Q1 44 BC"), ("year", "0000", "1 BC"),
    ],
)  # fmt: skip
def test_a_period_is_named_as_dates_are(unit: str, first: str, label: str) -> None:
    assert axis_over(day(first), day(first), unit).label(0) == label


def test_half_a_quarter_is_not_called_a_quarter() -> None:
    axis = axis_over(day("2017-07-01"), day("2017-09-30"), "quarter", (None, day("2017-08-31")))
    assert axis.label(0) == "Jul–Aug 2017"


@pytest.mark.parametrize(
    ("window", "ends"),
    [((None, None), (5, 9)), ((3, None), (3, 9)), ((None, 12), (5, 12)), ((20, None), (20, 20)), ((None, 2), (2, 2)),
     ((1, 30), (1, 30))],
)  # fmt: skip
def test_a_chart_reaches_over_the_days_asked_for_else_over_its_events(
    window: tuple[int | None, int | None], ends: tuple[int, int]
) -> None:
    axis = axis_over(5, 9, "day", window)
    assert (axis.starts[0], axis.ends[-1]) == ends


@pytest.mark.parametrize(
    ("dates", "within", "surely", "possible"),
    [
        (["2017-05-03"], "2017-05", [], []),
        (["2017-05"], "2017-05", [], []),
        (["2017-05-31/2017-06-01"], None, ["2017-05", "2017-06"], []),
        (["2017-05-03~"], None, [], ["2017-05"]),
        (["2017-05-03", "2017-05-05"], "2017-05", [], []),
        (["2017-05-03", "2017-07-05"], None, [], ["2017-05", "2017-07"]),
        (["2017-05-03", "2017-06-05"], None, [], ["2017-05", "2017-06"]),
        (["2017-05-03", "2017-05-05?"], None, [], ["2017-05"]),
        (["2017-04/2017-07"], None, ["2017-04", "2017-05", "2017-06", "2017-07"], []),
        (["2017-06/.."], None, ["2017-06", "2017-07"], []),
        (["2017-06/"], None, ["2017-06"], ["2017-07"]),
        (["../2017-05"], None, ["2017-04", "2017-05"], []),
        (["[..2017-05-03]"], None, [], ["2017-04", "2017-05"]),
        (["2017"], None, [], ["2017-04", "2017-05", "2017-06", "2017-07"]),
        (["2017-05/2017-06", "2017-06/2017-07"], None, ["2017-06"], ["2017-05", "2017-07"]),
    ],
)
def test_an_event_is_placed_surely_only_where_it_surely_is(
    dates: list[str], within: str | None, surely: list[str], possible: list[str]
) -> None:
    axis = axis_over(day("2017-04-01"), day("2017-07-31"), "month")
    spans = [
        (each.start_min, each.start_max, each.end_min, each.end_max, int(not each.qualified))
        for each in map(parse_stored, dates)
    ]
    placed = axis.placed(tuple(spans))
    names = [iso_of(start)[:7] for start in axis.starts]
    assert (placed.within is not None and names[placed.within]) == (within or False)
    assert names[slice(*placed.certain)] == surely
    touched = {name for bounds in placed.touched for name in names[slice(*bounds)]}
    assert sorted(touched - set(surely)) == possible
