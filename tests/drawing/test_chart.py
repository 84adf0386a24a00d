"""A chart fits its screen, says with every mark what it means, and draws as hollow what is not surely there."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from korea_cli import commands
from korea_cli.analysis.histogram import Lane, Period
from korea_cli.base.sanitize import UNSAFE
from korea_cli.chronology.opening import open_chronology
from korea_cli.drawing import chart
from korea_cli.drawing.canvas import Canvas
from korea_cli.formats import table
from korea_cli.query.selection import Selection
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.chronology import Chronology

WIDTHS = (20, 40, 80, 200)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe"
ODD = f"""
[[actors]]
id = "a"
name = "조선민주주의인민공화국 [red]b[/red] \\u202e{LONG}"
[[actors]]
id = "b"
name = "B"
[[events]]
id = "one"
title = "One"
date = "0999-07-04"
actors = ["a"]
[[events]]
id = "two"
title = "Two"
date = "1000"
actors = ["a", "b"]
[[events]]
id = "three"
title = "Three"
date = "1000-03/.."
actors = ["b"]
"""


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


@pytest.fixture(scope="module", params=["builtin", "odd"])
def chronology(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Chronology:
    if request.param == "builtin":
        return open_chronology("builtin")
    file = tmp_path_factory.mktemp("odd") / "odd.toml"
    file.write_text(ODD, encoding="utf-8")
    return open_chronology(file)


def opened(folder: Path, *dates: str) -> Chronology:
    file = folder / "mine.toml"
    file.write_text("".join(f'[[events]]\nid = "e{n}"\ntitle = "E"\ndate = "{d}"\n' for n, d in enumerate(dates)))
    return open_chronology(file)


def drawn(
    chronology: Chronology,
    width: int = 80,
    *,
    screen: dict[str, bool] | None = None,
    period: str | None = None,
    **own: Any,  # noqa: ANN401 - a command's own arguments
) -> str:
    report = commands.load("chart").answer(chronology=chronology, selection=Selection(period=period), **own)
    assert isinstance(report, Report)
    return "".join(table.render(report, Screen(width=width, **(screen or {}))))


def visible(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


ASKED: tuple[dict[str, Any], ...] = (
    {}, {"by": "week"}, {"by": "year"}, {"lanes": "actor"}, {"lanes": "kind", "by": "week"},
    {"lanes": "topic", "by": "year"}, {"lanes": "source", "by": "quarter", "top": 4}, {"lanes": "by", "top": 1},
)  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("own", ASKED, ids=str)
def test_no_line_is_wider_than_the_screen(chronology: Chronology, own: dict[str, Any], width: int) -> None:
    for screen in ({}, {"unicode": False}, {"color": True}):
        text = visible(drawn(chronology, width, screen=screen, **own))
        assert [line for line in text.splitlines() if cell_len(line) > width] == []
        assert re.findall(UNSAFE, text) == []


@pytest.mark.parametrize("own", ASKED, ids=str)
def test_colour_changes_no_mark(chronology: Chronology, own: dict[str, Any]) -> None:
    plain = drawn(chronology, **own)
    colored = drawn(chronology, screen={"color": True}, **own)
    assert "\x1b" not in plain
    assert visible(colored) == plain != colored


@pytest.mark.parametrize("own", ASKED, ids=str)
def test_where_only_ascii_can_be_written_no_drawing_character_is_used(record: Chronology, own: dict[str, Any]) -> None:
    assert re.findall("[●○◆│─━→·▁▂▃▄▅▆▇█]", drawn(record, screen={"unicode": False}, **own)) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_lane_and_every_period_is_named(chronology: Chronology, width: int) -> None:
    report = commands.load("chart").answer(chronology=chronology, selection=Selection(), by="year")
    assert isinstance(report, Report)
    text = "".join(drawn(chronology, width, by="year").split())
    labels = ["".join(row.label.split()) for row in report.sections[0].rows]
    assert [label for label in labels if label not in text] == []
    names = [actor.name for actor in chronology.actors() if actor.event_count]
    shown = "".join(re.sub("[▁▂▃▄▅▆▇█━○·]", "", drawn(chronology, width, by="year", lanes="actor")).split())
    named = ["".join(re.sub(UNSAFE, "", name).split()) for name in names]
    assert named
    assert [name for name in named if name not in shown] == []


# ---------------------------------------------------------------- what is drawn


def bars(text: str) -> dict[str, str]:
    """Give what stands beside the label of each period."""
    found = re.findall(r"^((?:\w+ )?\d{4}) +(.*)$", text, re.MULTILINE)
    return {label: beside for label, beside in found if not beside.startswith("events")}


def test_what_is_sure_is_solid_what_lasts_a_line_and_what_may_be_hollow(tmp_path: Path) -> None:
    chronology = opened(tmp_path, "2016-01-05", "2016-01-06", "2016-02-27/2016-03-02", "2016-02~", "2016-03")
    assert bars(drawn(chronology, by="month")) == {
        "Jan 2016": "2      ████████", "Feb 2016": "0 1 1  ━━━━○○○○", "Mar 2016": "1      ████",
    }  # fmt: skip
    ascii_bars = bars(drawn(chronology, by="month", screen={"unicode": False}))
    assert ascii_bars["Mar 2016"] == "1      ####"
    assert ascii_bars["Feb 2016"] == "0 1 1  ====oooo"


def test_each_event_is_counted_once_and_no_bar_is_wider_than_60_columns(record: Chronology) -> None:
    for own in ASKED[:3]:
        text = drawn(record, 200, **own)
        rows = re.findall(r"^(?:.* )?\d{4}  +(\d+(?: +\d+)*)", text, re.MULTILINE)
        assert f"{sum(int(number) for row in rows for number in row.split())} events by" in text
        assert max(len(re.sub("[^█━○]", "", line)) for line in text.splitlines()) <= 60


def test_numbers_stand_below_the_marks_they_are_drawn_with(record: Chronology) -> None:
    lines = drawn(record, by="month").splitlines()
    (heads,) = (line for line in lines if re.fullmatch(r" +█ +━ +○", line))
    ends = [heads.index(mark) for mark in "█━○"]
    rows = [line for line in lines if re.match(r"\w{3} \d{4}  ", line)]
    assert {match.end() - 1 for row in rows for match in re.finditer(r"\d+", row[8:])} <= {end - 8 for end in ends}


def test_columns_and_meanings_stand_only_for_marks_that_are_drawn(tmp_path: Path) -> None:
    text = drawn(opened(tmp_path, "2016-01-05", "2016-03-06"), by="month")
    assert bars(text) == {"Jan 2016": "1  ████", "Feb 2016": "0", "Mar 2016": "1  ████"}
    assert "█ in that month\n" in text
    assert "uncertain" not in text
    assert "ongoing" not in text
    assert "counted once" not in text
    assert "█ on that day\n" in drawn(opened(tmp_path, "2016-01-05"), by="day")


@pytest.mark.parametrize("room", [0, 1, 3, 10, 57])
@pytest.mark.parametrize("numbers", [(0, 0, 0), (1, 0, 0), (1, 1, 1), (1, 0, 900), (900, 1, 1), (3, 4, 5), (40, 0, 60)])
def test_a_bar_keeps_within_its_room_and_shows_all_that_is_there(
    numbers: tuple[int, int, int], room: int, record: Chronology
) -> None:
    report = commands.load("chart").answer(chronology=record, selection=Selection())
    assert isinstance(report, Report)
    canvas = Canvas(Screen(), report)
    parts = [(number, glyph, "") for number, glyph in zip(numbers, ("bar", "lasting", "vague"), strict=True)]
    text = chart.bar(parts, max(sum(numbers), 1), room, canvas).plain
    assert len(text) == (room if sum(numbers) else 0)
    if room >= 10:
        assert [mark in text for mark in "█━○"] == [number > 0 for number in numbers]
        assert text == "".join(sorted(text, key="█━○".index))


def rows(*numbers: tuple[int, int, int], of: str = "kind", by: str = "month") -> list[Period]:
    lane = Lane(of, "x", "X", 9)
    days = [dt.date(2016 + n // 12, n % 12 + 1, 1).toordinal() for n in range(len(numbers))]
    return [Period(by, lane, day, day, "label", *each) for day, each in zip(days, numbers, strict=True)]


def in_lanes(tmp_path: Path, **screen: bool) -> list[str]:
    dates = ["2016-01-05"] * 16 + ["2016-02-05"] * 9 + ["2016-03-05", "2016-04-30/2016-05-01", "2016-07~"]
    text = drawn(opened(tmp_path, *dates), by="month", lanes="kind", screen=screen)
    return [line for line in text.splitlines() if line.startswith(("none", "       "))]


def test_a_lane_rises_with_its_number_and_has_a_line_for_what_may_be(tmp_path: Path) -> None:
    _, _, firm, hollow = in_lanes(tmp_path)
    assert firm == "none 28   ███ ▅▅▅ ▁▁▁ ━━━ ━━━ ··· ···"
    assert hollow == "                                  ○○○"


def test_without_blocks_a_lane_counts_in_digits(tmp_path: Path) -> None:
    _, _, firm, hollow = in_lanes(tmp_path, unicode=False)
    assert firm == "none 28   +++ 999 111 === === ... ..."
    assert hollow == "                                  ooo"
    text = drawn(open_chronology("builtin"), lanes="actor", by="year", screen={"unicode": False})
    assert "123 in that year (+ is 10 or more) ; = ongoing ; o date uncertain\n" in text


def test_lanes_that_are_left_out_of_a_stretch_are_counted(record: Chronology) -> None:
    text = drawn(record, 40, lanes="actor", by="month", top=5)
    assert "2 more lanes with no event in this" in text
    assert text.count(f"Russia {len(record.events(Selection(terms=('actor:russia',))))}") == 3  # in each stretch


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ({}, "{events} events by month (use --by week for more detail)"),
        ({"by": "month"}, "{events} events by month"),
        ({"period": "2017-07"}, "{july} events by day"),
        ({"by": "year", "lanes": "by", "top": 3}, "{events} events by year, in lanes by who acted, 3 of {acting}"),
        ({"by": "year", "lanes": "KIND"}, "{events} events by year, in lanes by kind"),
    ],
)
def test_the_title_says_what_is_counted_and_what_is_left_out(
    record: Chronology, own: dict[str, Any], title: str
) -> None:
    events = list(record.events())
    wholes = {actor.id: actor.part_of for actor in record.actors()}
    acting, found = set[str](), {id_ for event in events for id_ in event.actors}
    while found:
        acting |= found
        found = {whole for id_ in found for whole in wholes[id_]} - acting
    july = len(record.events(Selection(period="2017-07")))
    assert title.format(events=len(events), july=july, acting=len(acting)) in drawn(record, **own).splitlines()


@pytest.mark.parametrize(
    ("lanes", "shared"),
    [
        ("actor", "everyone who has a part in it, and of what they belong to"), ("by", "everyone who acted"),
        ("topic", "each of its topics"), ("source", "each of its sources"), ("kind", None),
    ],
)  # fmt: skip
def test_that_lanes_share_events_is_said(record: Chronology, lanes: str, shared: str | None) -> None:
    text = " ".join(drawn(record, lanes=lanes).split())
    assert (f"An event is in the lane of {shared}" in text) if shared else ("An event is in" not in text)


# ---------------------------------------------------------------- what stands above time


def months(number: int, first: int = 1) -> list[Period]:
    days = [dt.date(2015 + (n + first - 1) // 12, (n + first - 1) % 12 + 1, 1).toordinal() for n in range(number)]
    return [Period("month", Lane(), day, day, "", 0, 0, 0) for day in days]


def test_months_stand_below_their_year() -> None:
    assert chart.tick_lines(months(14, 12), 1, 40) == [" 2016        2017", "DJFMAMJJASONDJ"]
    assert chart.tick_lines(months(14, 12), 1, 14) == [" 2016", "DJFMAMJJASONDJ"]  # no room for the other
    assert chart.tick_lines(months(3), 4, 40) == ["2015", "Jan Feb Mar"]
    assert chart.tick_lines(months(3), 3, 40) == ["2015", "J  F  M"]


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "year", "decade", "century"])
@pytest.mark.parametrize("periods", [1, 2, 7, 31, 40, 500])
@pytest.mark.parametrize("room", [1, 5, 9, 37, 60, 170])
def test_heads_keep_within_the_room_and_every_period_has_its_place(unit: str, periods: int, room: int) -> None:
    size, cell = chart.stretches(periods, unit, room)
    assert 1 <= size <= periods
    assert size * cell <= room
    lengths = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653, "century": 36525}
    length, first = lengths[unit], max(0, dt.date(1999, 11, 29).toordinal() - 300 * (lengths[unit] > 366) * 366)
    made = [Period(unit, Lane(), first + n * length, 0, "", 0, 0, 0) for n in range(size)]
    assert [line for line in chart.tick_lines(made, cell, room) if len(line) > room] == []
