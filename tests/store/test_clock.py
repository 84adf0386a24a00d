"""Events of one day stand in the order in which they happened: by instant where that is known of all of them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.dates.edtf import read_stored
from korea_cli.model.records import Event
from korea_cli.store.clock import clocks_of

DAY = "2017-07-04"
ZONES = ("Asia/Seoul", "Europe/Moscow", "America/New_York", "Asia/Kathmandu", "Etc/GMT+12", "Pacific/Kiritimati", "UTC")


def timed(id_: str, time: str, zone: str = "", day: str = DAY) -> Event:
    return Event(id=id_, title=id_, date=read_stored(day), time=time, timezone=zone)


def order(*events: Event) -> list[str]:
    clocks = clocks_of(events)
    assert clocks.keys() == {event.id for event in events}
    assert all(number > 0 for number in clocks.values())  # 0 is for events without a time, which come first
    return sorted(clocks, key=clocks.__getitem__)


def instant(event: Event) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{DAY}T{event.time}").replace(tzinfo=ZoneInfo(event.timezone))


@given(st.lists(st.tuples(st.times().map(lambda time: time.isoformat("seconds")), st.sampled_from(ZONES)), max_size=9))
def test_with_zones_the_order_is_that_of_the_instants(drawn: list[tuple[str, str]]) -> None:
    events = [timed(f"e{number}", *each) for number, each in enumerate(drawn)]
    clocks = clocks_of(events)
    for one in events:
        for other in events:
            assert (clocks[one.id] < clocks[other.id]) == (instant(one) < instant(other))
            assert clocks[one.id] - clocks[other.id] == (instant(one) - instant(other)).total_seconds()


@given(st.lists(st.tuples(st.times().map(lambda time: time.isoformat("seconds")), st.sampled_from(ZONES)), max_size=9))
def test_where_one_has_no_zone_all_go_by_their_own_clock(drawn: list[tuple[str, str]]) -> None:
    events = [timed(f"e{number}", *each) for number, each in enumerate(drawn)]
    clocks = clocks_of([*events, timed("bare", "12:00")])
    for one in events:
        assert (clocks[one.id] < clocks["bare"]) == (one.time < "12:00:00")
        for other in events:
            assert (clocks[one.id] < clocks[other.id]) == (one.time < other.time)


@pytest.mark.parametrize("zone", ["Nowhere/Such", "../etc/passwd", ""])
def test_a_zone_that_nobody_knows_is_none(zone: str) -> None:
    assert order(timed("noon", "12:00", zone), timed("morning", "09:00", "America/New_York")) == ["morning", "noon"]


def test_days_do_not_touch_each_other() -> None:
    events = (timed("a", "23:59:59", day="2017-07-04"), timed("b", "00:00:01", day="2017-07-05"))
    assert order(*events) == ["a", "b"]
    assert order(timed("seoul", "09:00", "Asia/Seoul"), *events) == ["seoul", "a", "b"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_ends_of_the_calendar_have_an_order_too(day: str, zone: str) -> None:
    assert order(timed("b", "23:00", zone, day), timed("a", "01:00", zone, day)) == ["a", "b"]
