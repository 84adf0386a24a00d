"""A chart counts what asking for each of its periods would find, and puts no event where it is not known to be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from korea_cli.analysis.dimensions import CATEGORIES, charted_type
from korea_cli.analysis.histogram import Period, charted
from korea_cli.analysis.periods import UNITS
from korea_cli.base.errors import KoreaError
from korea_cli.chronology import Chronology
from korea_cli.chronology.opening import open_chronology
from korea_cli.commands.chart import chart
from korea_cli.dates.days import Day
from korea_cli.dates.months import MONTHS
from korea_cli.dates.parse import parse_stored
from korea_cli.model.citation import Citation, OtherDate
from korea_cli.model.header import Header
from korea_cli.model.records import Actor, Event, Fact, Source, Topic
from korea_cli.query.selection import Selection
from korea_cli.reading.draft import Draft
from korea_cli.store.encode_rows import build_store, stored_header

if TYPE_CHECKING:
    from collections.abc import Callable

DATES = (
    *("2016-01-01", "2016-01", "2016", "2016-02-29", "2016-01-15~", "2015-12-31", "2016-XX", "2016-33", "2016-40?"),
    *("../2016-01", "/2015", "2015-12-31/2016-01-02", "2016-01/2016-02", "2015/2016", "2016/..", "2016-01/"),
    *(
        "[..2016-02-01]",
        "[2015-12-31,2016-01-01]",
        "[2016-01-05,2016-01-20]",
        "[2016-02-01..]",
        "2016-01-04/2016-01-05",
    ),
)
ACTORS = (
    Actor(id="state", name="State"), Actor(id="ministry", name="Ministry", part_of=("state",)),
    Actor(id="envoy", name="Envoy", part_of=("ministry", "party")), Actor(id="party", name="Party"),
)  # fmt: skip
SOME = st.lists(st.sampled_from([actor.id for actor in ACTORS]), max_size=2).map(tuple)
CITED = st.lists(st.builds(Citation, st.sampled_from("st"), st.none()), max_size=2).map(tuple)
DATE = st.sampled_from(DATES).map(parse_stored)
EVENTS = st.builds(
    Event, **dict.fromkeys(("actors", "recipients", "via"), SOME), id=st.just("x"), title=st.just("E"), date=DATE,
    topics=st.lists(st.sampled_from(["wide", "narrow"]), max_size=2).map(tuple), sources=CITED,
    kind=st.sampled_from(["test", "offer", ""]),
    other_dates=st.lists(st.builds(OtherDate, date=DATE, sources=CITED), max_size=2).map(tuple),
)  # fmt: skip
WINDOWS = st.sampled_from(
    [{}, {"period": "2016-01"}, {"period": "2015-12-15..2016-02-10"}, {"since": "2016-01-10"}, {"until": "2016-01-20"}]
)  # fmt: skip
OF_EVENTS = [name for name in CATEGORIES if charted_type(name) == "event"]


def opened(events: list[Event]) -> Chronology:
    draft = Draft(header=Header(title="Drawn", schema=1))
    draft.records["sources"].extend(Source(id=id_, title=id_.upper()) for id_ in "st")
    draft.records["topics"].extend([Topic(id="wide", label="Wide"), Topic(id="narrow", label="Narrow", broader="wide")])
    draft.records["actors"].extend(ACTORS)
    draft.records["events"].extend(events)
    draft.records["facts"].append(Fact(id="f", text="F", date=parse_stored("2016-01-01"), about=("state",)))
    return Chronology(stored_header(draft), (), build_store(draft), Day(2017, 7, 8))


def rows_of(
    chronology: Chronology,
    by: str | None = None,
    lanes: str | None = None,
    top: int | None = None,
    **asked: Any,  # noqa: ANN401 - as Selection takes them
) -> list[Period]:
    return list(charted(chronology, chronology.query(Selection(**asked), "event"), by, lanes, top) or ())


def found_in(chronology: Chronology, row: Period) -> Counter[str]:
    """Count what the question for the days of a row finds."""
    days = f"{dt.date.fromordinal(row.first)}..{dt.date.fromordinal(row.last)}"
    lane = () if row.lane.id is None else (f"{row.lane.of}:{row.lane.id}",)
    answer = chronology.events(Selection(terms=lane, period=days))
    return Counter(sure=answer.matched - answer.possible, possible=answer.possible)


@settings(max_examples=150)
@given(st.lists(EVENTS, max_size=6), st.sampled_from(UNITS[1:]), WINDOWS)
def test_each_period_counts_what_asking_for_its_days_finds(
    events: list[Event], by: str, window: dict[str, Any]
) -> None:
    chronology = opened(events)
    rows = rows_of(chronology, by, **window)
    assert bool(rows) is bool(chronology.events(Selection(**window)).matched)
    for row in rows:
        found = found_in(chronology, row)
        assert (row.event_count + row.lasting, row.possible) == (found["sure"], found["possible"])


@settings(max_examples=60)
@given(st.lists(EVENTS, min_size=1, max_size=5), st.sampled_from(OF_EVENTS))
def test_each_lane_counts_what_asking_for_it_finds(events: list[Event], lanes: str) -> None:
    chronology = opened(events)
    rows = rows_of(chronology, "month", lanes)
    for row in rows:
        if row.lane.id is not None:
            found = found_in(chronology, row)
            assert (row.event_count + row.lasting, row.possible) == (found["sure"], found["possible"])
    for lane in {row.lane for row in rows if row.lane.id is not None}:
        assert lane.total == chronology.events(Selection(terms=(f"{lane.of}:{lane.id}",))).matched


KEYS: dict[str, Callable[[Event], object]] = {
    "actor": lambda event: event.actors or event.recipients or event.via,
    "source": lambda event: event.sources or [cited for other in event.other_dates for cited in other.sources],
    "by": attrgetter("actors"), "to": attrgetter("recipients"), "topic": attrgetter("topics"),
    "basis": attrgetter("date_basis"), **{key: attrgetter(key) for key in ("kind", "status", "place")},
    **dict.fromkeys(("country", "voice"), lambda _: ""),
    **dict.fromkeys(("sources", "voices", "precision"), lambda _: "0"),
}  # fmt: skip


@settings(max_examples=60)
@given(st.lists(EVENTS, min_size=1, max_size=5), st.sampled_from(OF_EVENTS))
def test_what_stands_in_no_lane_has_one_of_its_own_behind_the_others(events: list[Event], lanes: str) -> None:
    found = {row.lane: None for row in rows_of(opened(events), "year", lanes)}
    outside = sum(not KEYS[lanes](event) for event in events)
    assert [lane.total for lane in found if lane.id is None] == ([outside] if outside else [])
    assert [lane.id is None for lane in found] == sorted(lane.id is None for lane in found)
    assert all(lane.name == "none" for lane in found if lane.id is None)


@settings(max_examples=60)
@given(st.lists(EVENTS, max_size=6), st.sampled_from(UNITS[1:]))
def test_no_event_is_counted_twice_as_surely_in_one_period(events: list[Event], by: str) -> None:
    rows = rows_of(opened(events), by)
    inside = 0
    for event in events:
        dates = (event.date, *(other.date for other in event.other_dates))
        first, last = min(date.start_min for date in dates), max(date.end_max for date in dates)
        sharp = not any(date.qualified for date in dates)
        inside += sharp and any(row.first <= first and last <= row.last for row in rows)
    assert sum(row.event_count for row in rows) == inside


def test_a_year_is_possible_in_all_its_months_and_sure_in_none() -> None:
    events = [Event(id="x", title="E", date=parse_stored(date)) for date in ("2016", "2016-03-05")]
    rows = rows_of(opened(events), "month")
    assert [row.label for row in rows] == [f"{month} 2016" for month in MONTHS]
    assert [(row.event_count, row.lasting) for row in rows] == [(int(number == 2), 0) for number in range(12)]
    assert {row.possible for row in rows} == {1}
    (year,) = rows_of(opened(events), "year")
    assert year[5:] == (2, 0, 0, 0, 0, "period")
    assert [row.first_possible for row in rows] == [1, *[0] * 11]


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (("2016-04/..", "2016-07"), ["Apr 2016", "May 2016", "Jun 2016", "Jul 2016"]),
        (("../2016-05", "2016-04-30"), ["Apr 2016", "May 2016"]),
        (("[..2016-05-02]",), ["May 2016"]),
        (("2016-04/..",), ["Apr 2016"]),
        (("2016-04/", "[2016-06-01..]"), ["Apr 2016", "May 2016", "Jun 2016"]),
    ],
)
def test_an_open_end_reaches_as_far_as_what_is_known(dates: tuple[str, ...], labels: list[str]) -> None:
    events = [Event(id="x", title="E", date=parse_stored(date)) for date in dates]
    assert [row.label for row in rows_of(opened(events), "month")] == labels


def test_lanes_are_the_fullest_first_and_top_takes_of_these() -> None:
    chronology = open_chronology("builtin")
    lanes = list(dict.fromkeys(row.lane for row in rows_of(chronology, "year", "actor")))
    assert [lane.total for lane in lanes] == sorted((lane.total for lane in lanes), reverse=True)
    assert lanes[0].id == "russia"
    assert list(dict.fromkeys(row.lane for row in rows_of(chronology, "year", "actor", 3))) == lanes[:3]
    periods = charted(chronology, chronology.query(Selection(), "event"), "year", "actor", 3)
    assert periods
    assert (periods.lanes, periods.lanes_in_all, periods.of.dated) == (3, len(lanes), chronology.events().matched)


def test_reverse_is_the_exact_reverse_and_a_limit_the_beginning() -> None:
    chronology = open_chronology("builtin")
    rows = rows_of(chronology, "month", "kind")
    assert rows_of(chronology, "month", "kind", reverse=True) == rows[::-1]
    assert rows_of(chronology, "month", "kind", limit=7) == rows[:7]
    periods = charted(chronology, chronology.query(Selection(limit=7), "event"), "month", "kind", None)
    assert periods is not None
    assert (len(periods), periods.matched) == (7, len(rows))
    assert list(periods) == list(periods)


def test_a_limit_of_none_does_not_hide_how_many_there_are() -> None:
    report = chart(open_chronology("builtin"), Selection(limit=0), by="year")
    assert (report.listed, report.noun) == (0, "years")
    assert report.matched == chart(open_chronology("builtin"), Selection(), by="year").matched > 0


def test_lanes_of_one_name_are_ordered_by_their_ids() -> None:
    ids = [f"t{number}" for number in range(9)]
    draft = Draft(header=Header())
    draft.records["topics"].extend(Topic(id=id_, label="Talks") for id_ in ids)
    draft.records["events"].append(Event(id="e", title="E", date=parse_stored("2017"), topics=tuple(ids[::-1])))
    with Chronology(stored_header(draft), (), build_store(draft), Day(2017, 7, 8)) as chronology:
        assert [row.lane.id for row in rows_of(chronology, "year", "topic")] == ids


def test_where_there_is_no_event_there_is_no_chart() -> None:
    assert charted(opened([]), opened([]).query(Selection(), "event"), None, None, None) is None


@pytest.mark.parametrize(
    ("by", "lanes", "top", "said"),
    [
        ("hour", None, None, "unknown value of --by 'hour'"), ("", None, None, "unknown value of --by ''"),
        (None, "", None, "unknown value of --lanes ''"), (None, "colour", None, "unknown value of --lanes 'colour'"),
        (None, None, 3, "--top needs --lanes"), (None, "actor", 0, "--top must be 1 or more"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_also_where_there_is_no_event(
    by: str | None, lanes: str | None, top: int | None, said: str
) -> None:
    for chronology in (open_chronology("builtin"), opened([])):
        with pytest.raises(KoreaError, match=said):
            rows_of(chronology, by, lanes, top)


def test_of_what_is_surely_in_the_window_nothing_is_only_possible_in_it() -> None:
    chronology = open_chronology("builtin")
    (row,) = rows_of(chronology, "year", period="2017", certain=True)
    assert (row.event_count + row.lasting, row.possible) == (
        chronology.events(Selection(period="2017", certain=True)).matched,
        0,
    )


def test_what_is_asked_may_be_written_in_capitals() -> None:
    chronology = open_chronology("builtin")
    assert rows_of(chronology, "MONTH", "Topic") == rows_of(chronology, "month", "topic")
