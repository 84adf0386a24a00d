"""Periods follow each other without a gap, begin where the calendar says, and dates are placed where they are."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from korea_cli.analysis.periods import FITTING, MOST, UNITS, axis_over, choice, finer
from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.dates.parse import parse_stored

DAYS = st.integers(dt.date.min.toordinal(), dt.date.max.toordinal())


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def begins(unit: str, ordinal: int) -> bool:
    """Say whether a unit begins on a day."""
    date = dt.date.fromordinal(ordinal)
    return {
        "day": True, "week": date.isoweekday() == 1, "month": date.day == 1,
        "quarter": (date.month % 3, date.day) == (1, 1), "year": (date.month, date.day) == (1, 1),
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
    assert all(begins(unit, start) for start in axis.starts)
    assert not any(begins(unit, start + 1) for start in axis.starts if unit != "day")
    assert begins(unit, axis.ends[-1] + 1) if axis.ends[-1] < dt.date.max.toordinal() else True


@given(DAYS, st.integers(0, MOST - 1), st.sampled_from(UNITS))
def test_every_day_lies_in_the_period_it_is_placed_in(first: int, more: int, unit: str) -> None:
    last = min(first + more, dt.date.max.toordinal())
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
        ("0001-01-01", "9999-12-31", "year"),
    ],
)  # fmt: skip
def test_without_a_unit_it_is_the_finest_that_fits(first: str, last: str, unit: str) -> None:
    axis = axis_over(day(first), day(last), None)
    assert axis.unit == unit
    assert len(axis.starts) <= FITTING or unit == "year"


def test_more_periods_than_anybody_could_want_are_refused_with_a_unit_that_is_not() -> None:
    with pytest.raises(UsageError, match=r"146,097 days are too many .*at most 10,000.*'--by month' .4,800"):
        axis_over(day("1600-01-01"), day("1999-12-31"), "day")
    assert len(axis_over(day("1600-01-01"), day("1999-12-31"), "month").starts) == 4800
    assert len(axis_over(day("0001-01-01"), day("9999-12-31"), "year").starts) == 9999


def test_a_unit_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotInListError, match=r"unknown unit 'hour'\. Allowed values: day, week, month, quarter, year"):
        choice("unit", "hour", UNITS)
    assert choice("unit", "WEEK", UNITS) == "week"


def test_each_unit_has_a_finer_one_but_the_day() -> None:
    assert [finer(unit) for unit in UNITS] == [None, "day", "week", "month", "quarter"]


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
        ("quarter", "2017-12-31", "Q4 2017"), ("year", "2017-07-04", "2017"),
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
    names = [dt.date.fromordinal(start).isoformat()[:7] for start in axis.starts]
    assert (placed.within is not None and names[placed.within]) == (within or False)
    assert names[slice(*placed.certain)] == surely
    touched = {name for bounds in placed.touched for name in names[slice(*bounds)]}
    assert sorted(touched - set(surely)) == possible
