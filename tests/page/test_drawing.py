"""The drawing: the axis, the marks, the lanes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.dates.days import FIRST_DAY, LAST_DAY
from korea_cli.formats.page.axis import axis_for
from korea_cli.formats.page.context import PageContext
from korea_cli.formats.page.entries import EntryBuilder
from korea_cli.formats.page.families import Family, Member
from korea_cli.formats.page.overview import MOST_LANES, NOBODY, OTHERS, WIDTH, Mark, Swimlane, lanes, mark_of, overview
from korea_cli.model.roles import RoleKey
from years import iso_of, number_of

if TYPE_CHECKING:
    from korea_cli.formats.page.entries import Entry

DAYS = st.integers(FIRST_DAY, LAST_DAY)
KEYS: dict[str, tuple[RoleKey, ...]] = {"event": (RoleKey("event", "actors", "agent", "", "did"),)}
AXIS = axis_for(number_of(2016, 1, 1), number_of(2017, 12, 31), (), 0, 731)


def entry(stored: str | None, *actors: str, id_: str = "e", **more: Any) -> Entry:  # noqa: ANN401 - any value of JSON
    row: Any = {
        "type": "event", "id": id_, "title": "T", "date": stored, "kind": None, "status": None, "match": None,
        "note": None, "topics": [], "sources": [], "disputed_by": [], "recipients": [], "via": [], "responds_to": [],
        "distance": None,
        "place": None, "summary": None, "quote": None, "other_dates": [], "date_text": None, "date_basis": None,
        "time": None, "timezone": None, "actors": [{"id": actor, "name": actor} for actor in actors], **more,
    }  # fmt: skip
    members = {actor: Member(actor, actor) for actor in actors}
    around = PageContext("", {}, {}, {}, KEYS, {}, Family(members), Family(), frozenset())
    return EntryBuilder(around, [row]).build()[0]


@given(st.lists(DAYS, min_size=1), st.lists(DAYS, min_size=1, max_size=40))
def test_the_axis_keeps_the_order_of_days_and_stays_within_its_ends(days: list[int], happened: list[int]) -> None:
    axis = axis_for(min(happened), max(happened), happened, 12, 948)
    places = [axis.at(day) for day in sorted(days)]
    assert places == sorted(places)
    assert all(12 <= place <= 948 for place in places)
    assert len(axis.ticks) <= 120


@given(st.lists(DAYS, min_size=1, max_size=40))
def test_no_two_labels_of_the_axis_touch(happened: list[int]) -> None:
    axis = axis_for(min(happened), max(happened), happened, 12, 948)
    labelled = [tick.x for tick in axis.ticks if tick.label]
    assert labelled
    assert all(after - before >= 30 for before, after in pairwise(labelled))


def test_without_events_an_axis_is_even_and_with_them_busy_times_are_wider() -> None:
    first, last = number_of(2016, 1, 1), number_of(2017, 12, 31)
    july = number_of(2017, 7, 1)
    even = axis_for(first, last, (), 0, 731)
    assert even.at(july) == pytest.approx(july - first, abs=1)
    busy = axis_for(first, last, [july + day for day in range(8)], 0, 731)
    assert busy.at(july + 8) - busy.at(july) > 20 * (even.at(july + 8) - even.at(july))


@pytest.mark.parametrize(
    ("stored", "shape", "days"),
    [
        ("2016-07-04", "day", (185.5, 185.5, 185.5, 185.5)),
        ("2016-07", "within", (182, 197.5, 197.5, 213)),
        ("2016-03-01/2016-07-04", "span", (60, 60, 186, 186)),
        ("2016-03/2016-07", "span", (60, 90, 182, 213)),
        ("2016-03/..", "span", (60, 90, 731, 731)),
        ("2016-03/", "span", (60, 75.5, 75.5, 731)),
        ("../2016-03-01", "span", (0, 0, 61, 61)),
    ],
)
def test_a_mark_begins_fades_and_ends_where_the_date_does(stored: str, shape: str, days: tuple[float, ...]) -> None:
    mark = mark_of(entry(stored), AXIS)
    assert mark is not None
    assert mark.shape == shape
    assert mark.x == pytest.approx(days, abs=1)
    assert (mark.open_start, mark.open_end) == (stored.startswith(".."), stored.endswith(("..", "/")))


def test_an_entry_without_a_date_has_no_mark_and_is_counted_as_not_drawn() -> None:
    assert mark_of(entry(None), AXIS) is None
    around = PageContext("", {}, {}, {}, KEYS, {}, Family(), Family(), frozenset())
    drawn = overview([entry(None), entry("2016")], around)
    assert drawn is not None
    assert drawn.undated == 1
    assert overview([entry(None)], around) is None


def test_an_entry_has_the_time_of_day_and_remarks_on_its_date_only_where_it_has_one() -> None:
    timed = entry("2017-07-04", time="09:10", timezone="Asia/Seoul")
    assert (timed.clock, timed.remarks) == ("09:10, Asia/Seoul", "Known to the day.")
    assert (entry(None).clock, entry(None).remarks) == ("", "")


def test_doubt_and_other_dates_are_marked() -> None:
    other: dict[str, Any] = {"date": "2016-07-01", "note": None, "sources": []}
    mark = mark_of(entry("2016-07-04", status="disputed", other_dates=[other]), AXIS)
    assert mark is not None
    assert mark.doubted
    assert mark.title == "4 Jul 2016: T (in doubt)"
    assert mark.rivals == pytest.approx((182.5,), abs=1)


FAMILY = Family({
    "russia": Member("russia", "Russia"),
    "kremlin": Member("kremlin", "Kremlin", within=("russia",)),
    "putin": Member("putin", "Putin", within=("kremlin", "russia")),
    "lavrov": Member("lavrov", "Lavrov", within=("russia",)),
    "oxford": Member("oxford", "Oxford"),
    "ramani": Member("ramani", "Ramani", within=("oxford",)),
})  # fmt: skip


def drawn(*named: tuple[str, ...]) -> dict[str, Swimlane]:
    entries = [entry("2016-07-04", id_=str(number)) for number in range(len(named))]
    return {lane.name: lane for lane in lanes(entries, named, FAMILY, AXIS)}


def test_lanes_are_the_widest_that_are_named_or_the_nearest_that_covers_all() -> None:
    found = drawn(("putin",), ("lavrov",), ("ramani",), ("putin", "ramani"), ())
    assert {name: lane.number for name, lane in found.items()} == {"Russia": 3, "Ramani": 2, NOBODY: 1}


def test_two_of_one_name_have_two_lanes() -> None:
    family = Family({"kim-1": Member("kim-1", "Kim"), "kim-2": Member("kim-2", "Kim")})
    found = lanes([entry("2016"), entry("2017")], [("kim-1",), ("kim-2",)], family, AXIS)
    assert [(lane.name, lane.number) for lane in found] == [("Kim", 1), ("Kim", 1)]


def test_what_has_no_lane_of_its_own_stands_among_others() -> None:
    ids = [f"a{number}" for number in range(MOST_LANES + 3)]
    family = Family({id_: Member(id_, id_.upper()) for id_ in ids})
    found = lanes([entry("2016", id_=id_) for id_ in ids], [(id_,) for id_ in ids], family, AXIS)
    assert len(found) == MOST_LANES + 1
    assert (found[-1].name, found[-1].number) == (OTHERS, 3)


@given(DAYS, st.integers(0, 8_000_000))
def test_the_axis_reaches_over_all_its_days_with_ticks_at_years_or_months(first: int, length: int) -> None:
    last = min(first + length, LAST_DAY)
    axis = axis_for(first, last, [first], 0, 731)
    assert axis.days[0] <= first <= last <= axis.days[-1]
    assert list(axis.days) == sorted(axis.days)
    assert (axis.positions[0], axis.positions[-1]) == (0, 731)
    positions = [tick.x for tick in axis.ticks]
    assert positions == sorted(positions)
    if last - first > 110 * 366:  # every fifth year at least: 45 BC, 40 BC … 5 BC, 1 AD, 5 AD
        years = [tick.label for tick in axis.ticks if tick.label]
        assert [year for year in years[1:] if int(year.split()[0]) % 5 and year != "1 AD"] == []


@given(st.lists(st.tuples(DAYS, st.integers(0, 4000)), min_size=1, max_size=60))
def test_no_mark_of_a_lane_hides_another_and_lanes_follow_one_another(spans: list[tuple[int, int]]) -> None:
    ends = [(first, min(first + length, LAST_DAY)) for first, length in spans]
    stored = [f"{iso_of(first)}/{iso_of(last)}" for first, last in ends]
    entries = [entry(text, "a", id_=str(number)) for number, text in enumerate(stored)]
    around = PageContext("", {}, {}, {}, KEYS, {}, Family({"a": Member("a", "A")}), Family(), frozenset())
    made = overview(entries, around)
    assert made is not None
    for drawing in made.drawings:
        for lane in drawing.lanes:
            assert [each for each in lane.marks if not lane.y < each.y < lane.y + lane.height] == []
            assert not overlapping(lane.marks)
        assert sum(lane.height for lane in drawing.lanes) < drawing.height
    assert made.width == WIDTH


def overlapping(marks: tuple[Mark, ...]) -> list[tuple[Mark, Mark]]:
    rows: dict[float, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(mark.y, []).append(mark)
    pairs = [pair for row in rows.values() for pair in pairwise(row)]
    return [(one, other) for one, other in pairs if one.reach[1] > other.reach[0]]
