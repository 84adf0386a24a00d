"""The drawing of the page as its script makes it: in Chromium, from the real files, with nothing else on the page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import korea_cli
from korea_cli.dates.days import FIRST_DAY, LAST_DAY, iso_day, year_name
from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from page.conftest import Reader

    Entry = dict[str, Any]
    Drawn = Callable[..., Path]
    Answer = Callable[..., list[dict[str, Any]]]

FOLDER = Path(korea_cli.__file__).parent / "formats" / "page"
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TURNING = (
    "hwasong-14-launch", "wang-proposes-double-suspension", "moon-on-russia-cooperation", "tillerson-russia-pressure",
    "putin-emissary-offer", "thaad-decision", "putin-thaad-remarks",
)  # fmt: skip
HARNESS = """
const given = JSON.parse(byId("data").textContent);
const done = [];
const note = (name) => (...values) => done.push([name, ...values]);
const drawing = new Drawing(byId("drawing"), given.entries, given.lanes, {open: note("open"), choose: note("choose")});
drawing.show(given.entries, {lanes: "", even: false});
Object.assign(window, {drawing, given, done, STEPS, dayWords});
"""
BOX = "each => { const {left, right, top, bottom} = each.getBoundingClientRect(); return [left, top, right, bottom]; }"


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    """Return what makes a page with nothing but the drawing of some entries, as strict as the real one."""
    style = "".join((FOLDER / "style" / f"{name}.css").read_text("utf-8") for name in ("paper", "drawing"))
    names = ["dates.js", "elements.js", "words.js", *sorted(each.name for each in FOLDER.glob("script/drawing_*.js"))]
    parts = "".join((FOLDER / "script" / name).read_text("utf-8") for name in names)
    script = f'(() => {{\n"use strict";\n{parts}{HARNESS}}})();'
    rules = [f"{kind}-src '{digest(text)}'" for kind, text in (("style", style), ("script", script))]

    def draw(entries: list[Entry], actors: list[str] | None = None) -> Path:
        data = json.dumps({"entries": entries, "lanes": {"actor": actors or [], "topic": []}}).replace("<", "\\u003c")
        page = tmp_path / "drawing.html"
        page.write_text(
            f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Drawing</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; {"; ".join(rules)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>{style}</style><main><h1>Drawing</h1><div id="drawing"></div><a href="#top">After it</a></main>
<script type="application/json" id="data">{data}</script><script>{script}</script>""",
            "utf-8",
        )
        return page

    return draw


def digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def entry(id_: str, *stored: str, **more: Any) -> Entry:  # noqa: ANN401 - any value of JSON
    """Make an entry as the page gives it to the script."""
    dates = [[*date.bounds, int(date.qualified)] for date in map(parse_stored, stored)]
    title, when = f"Title of {id_}", show_stored(stored[0]) if stored else "no date"
    return {"id": id_, "title": title, "when": when, "drawn": dates, "lanes": {"actor": [], "topic": []}, **more}


@pytest.fixture
def chronology(answer: Answer) -> tuple[list[Entry], list[str]]:
    """Return the entries of the real chronology, and the actors in its lanes."""
    rows = answer("timeline")
    named = [[actor["name"] for actor in row["actors"]] for row in rows]
    actors = sorted(
        {name for names in named for name in names}, key=lambda name: -sum(name in names for names in named)
    )
    entries = []
    for row, names in zip(rows, named, strict=True):
        rank = {"rank": TURNING.index(row["id"]) + 1, "key": True} if row["id"] in TURNING else {}
        doubted = {"doubted": True} if row["status"] in {"disputed", "unverified"} else {}
        own = {"actor": [index for index, name in enumerate(actors[:9]) if name in names], "topic": []}
        stored = [row["date"], *(other["date"] for other in row["other_dates"])]
        entries.append(entry(row["id"], *stored, title=row["title"], lanes=own, **rank, **doubted))
    return entries, actors[:9]


def at_random(dice: random.Random, number: int) -> list[Entry]:
    """Make entries of all shapes that cluster somewhere in a span of any length."""
    span = int(10 ** dice.uniform(0.5, 6))
    first = dice.randint(FIRST_DAY, LAST_DAY - span)
    busy = [dice.randint(first, first + span) for _ in range(3)]

    def day() -> int:
        near = int(dice.gauss(dice.choice(busy), span / 50))
        return min(max(near if dice.random() < 0.7 else dice.randint(first, first + span), first), first + span)

    entries = []
    for index in range(number):
        a, b, c, d = sorted(day() for _ in range(4))
        shape = dice.choice([(a, a, a, a)] * 6 + [(a, a, b, b), (a, b, a, b), (a, b, c, d), (a, c, b, d)])
        shape = dice.choice([shape] * 9 + [(a, b, OPEN_END, OPEN_END), (OPEN_START, OPEN_START, a, b)])
        rival = [[day()] * 4 + [0]] if dice.random() < 0.1 else []
        more: Entry = {"drawn": [[*shape, 0], *rival], "doubted": dice.random() < 0.2}
        entries.append(
            entry(f"e{index}", when=iso_day(a), **more, **({"rank": index + 1, "key": True} if index < 8 else {}))
        )
    return entries


def draw(page: Page, lanes: str = "", *, even: bool = False) -> None:
    page.evaluate("([lanes, even]) => drawing.show(given.entries, {lanes, even})", [lanes, even])


def boxes(found: Locator) -> list[list[float]]:
    every: list[list[float]] = found.evaluate_all(f"all => all.map({BOX})")
    return every


def overlapping(every: list[list[float]], slack: float = 0.5) -> list[tuple[list[float], list[float]]]:
    return [
        (one, other) for one, other in combinations(every, 2)
        if one[0] < other[2] - slack and other[0] < one[2] - slack
        and one[1] < other[3] - slack and other[1] < one[3] - slack
    ]  # fmt: skip


def check_axis(page: Page) -> None:
    """Require that ticks are in order and within the drawing, the first with its year, and that no labels touch."""
    ticks = page.evaluate("drawing.layout.ticks")
    width = page.evaluate("drawing.layout.width")
    assert ticks
    assert all(before["day"] < after["day"] and before["x"] < after["x"] for before, after in pairwise(ticks))
    assert all(before["end"] + 5 <= after["at"] for before, after in pairwise(ticks))
    assert all(tick["at"] >= 0 and tick["end"] <= width + 0.01 and 0 <= tick["x"] <= width for tick in ticks)
    assert re.search(r"(\d{4}|\d+ (AD|BC))$", ticks[0]["label"])
    for tick in ticks:
        stored = iso_day(tick["day"])
        year, month, day = stored.rsplit("-", 2)
        if (month, day) == ("01", "01"):
            assert tick["label"] == year_name(int(year))
        elif tick is not ticks[0]:
            assert tick["label"] == (show_stored(f"{year}-{month}").split()[0] if day == "01" else str(int(day)))


def check_marks(page: Page, number: int) -> None:
    """Require that every entry is a mark, in a column or in the band, and that no mark covers another."""
    counted = page.evaluate(
        """() => ({
          marks: drawing.stops.flatMap(stop => stop.kind === "column" ? [] : stop.entries.map(each => each.id)),
          columns: drawing.layout.tracks.flatMap(track => track.columns).reduce((sum, each) => sum + each.number, 0),
          rows: drawing.stops.filter(stop => stop.kind === "mark").map(stop => stop.box),
          height: drawing.layout.height,
        })"""
    )
    if counted["columns"]:
        band = page.evaluate("drawing.layout.band?.marks.length ?? 0")
        assert counted["columns"] + band == number
    else:
        assert len(counted["marks"]) == len(set(counted["marks"])) == number
    assert overlapping(counted["rows"], 0.01) == []
    assert all(box[1] >= 0 and box[3] <= counted["height"] for box in counted["rows"])


def check_names(page: Page) -> None:
    """Require that names are within the drawing and cover neither each other nor the line of another."""
    drawing = boxes(page.locator("#drawing svg").first)[0]
    names, lines = boxes(page.locator("a.name")), boxes(page.locator("path.leader"))
    assert len(names) == len(lines)
    assert overlapping(names) == []
    for index, name in enumerate(names):
        assert drawing[0] - 1 <= name[0]
        assert name[2] <= drawing[2] + 1
        crossed = [line for line in lines if name[0] < line[0] < name[2] and line[1] < name[1]]
        assert (index, crossed) == (index, [])


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_drawing_of_anything_is_whole_and_in_order(
    width: int, dice: random.Random, reader: Reader, drawn: Drawn
) -> None:
    for number in (1, 2, 7, 40, 300):
        page = reader.open(drawn(at_random(dice, number)), viewport={"width": width, "height": 800})
        for even in (False, True):
            draw(page, even=even)
            check_axis(page)
            check_marks(page, number)
            check_names(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        reader.leave()


def test_units_of_time_begin_where_longer_ones_do(dice: random.Random, reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry("a", "2017-05-01")]))
    days = [dice.randint(FIRST_DAY + 400000, LAST_DAY - 400000) for _ in range(300)]
    wrong = page.evaluate(
        """days => days.filter(day => STEPS.some((step, index) => {
          const first = step.floor(day), next = step.next(first);
          const finer = STEPS.slice(index + 1).every(other => other.floor(first) === first);
          return !(first <= day && day < next && step.floor(next) === next && step.floor(next - 1) === first && finer);
        }))""",
        days,
    )
    assert wrong == []


def test_days_have_the_names_that_the_program_gives_them(dice: random.Random, reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry("a", "2017-05-01")]))
    days = [dice.randint(FIRST_DAY, LAST_DAY) for _ in range(300)]
    assert page.evaluate("days => days.map(dayWords)", days) == [show_stored(iso_day(day)) for day in days]


@pytest.mark.parametrize(("settings", "most"), [(WIDE, 320), (PHONE, 337)], ids=["wide", "phone"])
def test_lanes_take_as_little_room_and_name_turning_points(
    settings: dict[str, Any], most: int, reader: Reader, drawn: Drawn, chronology: tuple[list[Entry], list[str]]
) -> None:
    page = reader.open(drawn(*chronology), **settings)
    draw(page, "actor")
    assert boxes(page.locator("#drawing"))[0][3] - boxes(page.locator("#drawing"))[0][1] <= most
    assert page.locator("a.name").count() >= 3
    check_axis(page)
    check_names(page)
    marks, labels = boxes(page.locator("a.mark")), boxes(page.locator("text.lane"))
    assert max(label[2] for label in labels) < min(mark[0] for mark in marks)


def test_up_to_a_thousand_entries_are_marks_also_if_they_are_of_one_day(reader: Reader, drawn: Drawn) -> None:
    entries = [
        entry(f"e{number}", "2017-05-04", **({"rank": number + 1} if number < 5 else {})) for number in range(300)
    ]
    page = reader.open(drawn([*entries, entry("other", "2016-05-04")], ["A"]), **WIDE)
    for lanes in ("", "actor"):
        draw(page, lanes)
        check_marks(page, 301)
        assert page.evaluate("drawing.layout.tracks.every(track => !track.columns.length)")
        assert boxes(page.locator("#drawing"))[0][3] - boxes(page.locator("#drawing"))[0][1] <= 320
    assert page.locator("a.name").count() > 0


@pytest.mark.parametrize(("settings", "most", "least_named"), [(WIDE, 300, 7), (PHONE, 330, 5)], ids=["wide", "phone"])
def test_turning_points_are_named_in_the_first_glance(  # noqa: PLR0913, PLR0917 - fixtures
    settings: dict[str, Any], most: int, least_named: int, reader: Reader, drawn: Drawn,
    chronology: tuple[list[Entry], list[str]],
) -> None:  # fmt: skip
    page = reader.open(drawn(*chronology), **settings)
    assert boxes(page.locator("#drawing"))[0][3] - boxes(page.locator("#drawing"))[0][1] <= most
    names = page.locator("a.name")
    titles = {f"#{each['id']}": (each["title"], each["when"]) for each in chronology[0] if each.get("rank")}
    assert len(titles) == len(TURNING)
    assert names.count() >= least_named
    for href, text in names.evaluate_all("all => all.map(each => [each.getAttribute('href'), each.textContent])"):
        title, when = titles[href]
        assert text.startswith(when)
        assert "".join(title.split()).startswith("".join(text.removeprefix(when).rstrip("…").split()))
    check_axis(page)
    check_names(page)
    check_marks(page, len(chronology[0]))
    sizes = page.evaluate("[...document.querySelectorAll('#drawing text')].map(e => getComputedStyle(e).fontSize)")
    assert min(float(size.removesuffix("px")) for size in sizes) >= 11
    names.first.click()
    assert page.evaluate("done")[0][0] == "open"


def test_the_most_important_are_named_where_not_all_have_room(reader: Reader, drawn: Drawn) -> None:
    entries = [entry(f"e{rank}", f"2017-05-{rank:02}", rank=rank, key=True) for rank in range(1, 9)]
    page = reader.open(drawn([*entries, entry("old", "1900-01-01")]), viewport={"width": 360, "height": 740})
    draw(page, even=True)
    named = page.locator("a.name").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert 0 < len(named) < 8
    assert set(named) == {f"#e{rank + 1}" for rank in range(len(named))}


def test_shortened_time_is_marked_where_it_is_and_an_even_axis_has_none(reader: Reader, drawn: Drawn) -> None:
    entries = [entry("old", "1990-01-01"), *(entry(f"e{day}", f"2017-05-{day:02}") for day in range(1, 31))]
    page = reader.open(drawn(entries), **WIDE)
    shortened, legend = page.locator("#drawing .surface path.shortened"), page.locator(".legend")
    assert shortened.count() == 1
    (box,), (old,), (first,) = (
        boxes(shortened),
        boxes(page.locator('[href="#old"]')),
        boxes(page.locator('[href="#e1"]')),
    )
    assert old[0] < box[2] <= first[2]
    assert "time shortened" in legend.inner_text()
    draw(page, even=True)
    assert page.locator("#drawing path.shortened, #drawing path.widened").count() == 0
    assert "time" not in legend.inner_text()
    x = page.evaluate("[0, 1, 2].map(part => drawing.layout.scale.at(drawing.layout.scale.days[0] + part * 3000))")
    assert abs((x[1] - x[0]) - (x[2] - x[1])) < 0.01


def test_shapes_say_what_is_known_and_the_legend_names_only_those_that_occur(reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry("day", "2017-05-01"), entry("other", "2017-06-01"), entry("undated")]), **WIDE)
    legend = page.locator(".legend .key")
    assert [text.strip() for text in legend.all_inner_texts()] == ["day", "not drawn: 1 without a date"]
    more = [
        entry("doubted", "2017-05-03", doubted=True), entry("span", "2017-05-04/2017-05-09"),
        entry("soft", "2017-05-04/2017-05"), entry("within", "[2017-05-11..2017-05-14]"),
        entry("rival", "2017-05-20", "2017-05-22"), entry("since", "2017-06-20/.."), entry("far", "2017-12-20"),
    ]  # fmt: skip
    page = reader.open(drawn(more), **WIDE)
    draw(page, even=True)
    legend = page.locator(".legend .key")
    assert [text.strip() for text in legend.all_inner_texts()] == [
        "day", "in doubt", "period", "start or end unknown", "some day in this range", "other date in a source",
    ]  # fmt: skip
    shapes = {
        "doubted": "path.body", "span": "rect.body", "soft": "rect.soft.out", "within": "rect.hatch",
        "rival": "circle.rival", "since": "path.open",
    }  # fmt: skip
    for id_, shape in shapes.items():
        assert (id_, page.locator(f'[href="#{id_}"].mark {shape}').count()) == (id_, 1)


def test_long_periods_are_one_band_that_lists_them(reader: Reader, drawn: Drawn) -> None:
    long = [entry(f"long{year}", f"{year}/2017-07?") for year in (2011, 2012, 2013)]
    days = [entry(f"e{month}", f"2016-{month:02}-10") for month in range(1, 10)]
    page = reader.open(drawn(sorted([*long, *days], key=lambda each: each["drawn"][0])), **WIDE)
    check_marks(page, 12)
    band = page.get_by_role("button", name="3 long periods")
    band.focus()
    page.keyboard.press("Enter")
    assert page.locator(".tip a").all_inner_texts() == [f"{each['when']} {each['title']}" for each in long]
    assert page.evaluate("document.activeElement.hash") == "#long2011"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("done") == [["open", "long2012"]]


def test_only_what_is_shown_is_drawn_and_over_the_whole_width(reader: Reader, drawn: Drawn) -> None:
    entries = [entry(f"e{year}", f"{year}-05-01") for year in range(1950, 2020)]
    page = reader.open(drawn(entries), **WIDE)
    page.evaluate("drawing.show(given.entries.slice(10, 13), {lanes: '', even: false})")
    assert page.locator("a.mark").count() == 3
    left, *_, right = boxes(page.locator("a.mark"))
    width = page.evaluate("drawing.layout.width")
    assert right[0] - left[0] > width * 0.9
    page.evaluate("drawing.show([], {lanes: '', even: false})")
    assert page.locator("#drawing svg").count() == 0
    page.evaluate("drawing.show(given.entries, {lanes: '', even: false})")
    assert page.locator("a.mark").count() == 70


def test_dragging_chooses_the_days_dragged_over_and_a_press_opens(reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry(f"e{day}", f"2017-05-{day:02}") for day in (1, 6, 13, 20, 31)]), **WIDE)
    draw(page, even=True)
    one, other = (middle(page, f"e{day}") for day in (20, 6))
    page.mouse.move(*one)
    page.mouse.down()
    page.mouse.move(other[0], other[1] - 20, steps=4)
    assert page.locator(".selection").text_content() == "6 May 2017 – 20 May 2017"
    page.mouse.up()
    first, last = (parse_stored(f"2017-05-{day}").start_min for day in ("06", "20"))
    assert page.evaluate("done") == [["choose", first, last]]
    assert page.locator(".selection").count() == 0
    page.mouse.click(one[0] + 9, one[1])  # beside the dot, within the target
    assert page.evaluate("done")[1:] == [["open", "e20"]]


def test_escape_gives_up_a_drag(reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry("a", "2017-05-01"), entry("b", "2017-05-09")]), **WIDE)
    x, y = middle(page, "a")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 300, y, steps=3)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert (page.evaluate("done"), page.locator(".selection").count()) == ([], 0)


def middle(page: Page, id_: str) -> tuple[float, float]:
    left, top, right, bottom = boxes(page.locator(f'a.mark[href="#{id_}"]'))[0]
    return (left + right) / 2, (top + bottom) / 2


def test_a_finger_drags_sideways_and_a_tap_shows_the_tip_first(reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry("a", "2017-05-01"), entry("b", "2017-05-09")]), **PHONE)
    assert page.evaluate("getComputedStyle(document.querySelector('.surface')).touchAction") == "pan-y"
    page.touchscreen.tap(*middle(page, "b"))
    assert page.locator(".tip a").all_inner_texts() == ["9 May 2017 Title of b"]
    assert page.evaluate("done") == []
    page.locator(".tip a").tap()
    assert page.evaluate("done") == [["open", "b"]]
    assert page.locator(".tip").is_hidden()


def test_a_finger_that_goes_sideways_chooses_and_one_that_goes_down_scrolls(reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry("a", "2017-05-01"), entry("b", "2017-05-09"), entry("c", "2017-05-20")]), **PHONE)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('pre'), {textContent: '\\n'.repeat(200)}))"
    )
    (x, y), (end, _) = middle(page, "a"), middle(page, "b")
    swipe(page, [(x, y), (x + 30, y), (end, y)])
    dates = [parse_stored(f"2017-05-{day}").start_min for day in ("01", "09")]
    assert page.evaluate("done") == [["choose", *dates]]
    swipe(page, [(x, y), (x, y - 20), (x, y - 40), (x, y - 50)])
    page.wait_for_function("scrollY > 0")
    assert page.evaluate("done.length") == 1


def swipe(page: Page, points: list[tuple[float, float]]) -> None:
    """Move a finger over the page."""
    finger = page.context.new_cdp_session(page)
    for index, (x, y) in enumerate(points):
        kind = "touchMove" if index else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_tip_names_all_that_are_under_the_pointer(reader: Reader, drawn: Drawn) -> None:
    entries = [entry(f"e{index}", "2017-05-04") for index in range(3)]
    page = reader.open(drawn([entry("old", "2017-01-01"), *entries]), **WIDE)
    page.mouse.move(*middle(page, "e1"))
    texts = page.locator(".tip a").all_inner_texts()
    assert texts[0] == "4 May 2017 Title of e1"
    assert sorted(texts) == [f"4 May 2017 Title of e{index}" for index in range(3)]
    assert "+2 more here" in page.locator(".tip").inner_text()
    page.locator(".tip a").nth(1).click()
    assert page.evaluate("done.length") == 1


def test_the_drawing_is_one_stop_of_the_tab_key_and_arrows_go_on_in_time(
    reader: Reader, drawn: Drawn, chronology: tuple[list[Entry], list[str]]
) -> None:
    page = reader.open(drawn(*chronology), **WIDE)
    focused = "document.activeElement.getAttribute('href') ?? document.activeElement.getAttribute('aria-label')"
    page.keyboard.press("Tab")
    reached = [page.evaluate(focused)]
    number = page.locator("a.mark").count()
    for _ in range(number):
        page.keyboard.press("ArrowRight")
        reached.append(page.evaluate(focused))
    days = {f"#{each['id']}": each["drawn"][0][0] for each in chronology[0]}
    assert len(set(reached)) == number + 1
    assert reached[-1].endswith("long periods")
    assert all(days[one] <= days[other] for one, other in pairwise(reached[:-1]))
    page.keyboard.press("Home")
    assert page.evaluate(focused) == reached[0]
    assert page.locator(".tip").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".tip").is_hidden()
    page.keyboard.press("Enter")
    assert page.evaluate("done") == [["open", reached[0].removeprefix("#")]]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "After it"


def test_an_entry_that_has_the_focus_is_marked_and_the_tab_key_leads_to_it(reader: Reader, drawn: Drawn) -> None:
    page = reader.open(drawn([entry("a", "2017-05-01"), entry("b", "2017-05-09"), entry("c", "2017-06-01")]), **WIDE)
    page.evaluate("drawing.mark('b')")
    page.set_viewport_size({"width": 700, "height": 800})
    assert page.locator(".mark.now").evaluate_all("all => all.map(e => e.getAttribute('href'))") == ["#b"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#b"
    page.evaluate("drawing.mark(null)")
    assert page.locator(".mark.now").count() == 0


def test_lanes_have_their_names_and_numbers_and_all_entries(
    reader: Reader, drawn: Drawn, chronology: tuple[list[Entry], list[str]]
) -> None:
    entries, actors = chronology
    page = reader.open(drawn(entries, actors), **WIDE)
    draw(page, "actor")
    band = set(page.evaluate("drawing.layout.band.marks.map(mark => mark.entry.id)"))
    own = [[each["id"] for each in entries if index in each["lanes"]["actor"]] for index in range(len(actors))]
    none = [each["id"] for each in entries if not each["lanes"]["actor"]]
    full = sorted(zip(actors, (set(ids) - band for ids in own), strict=True), key=lambda lane: -len(lane[1]))
    lanes = [(name, ids) for name, ids in (*full, ("None named", set(none) - band)) if ids]
    said = page.evaluate("drawing.layout.tracks.map(track => `${track.name} ${track.number}`)")
    rest = lanes[len(said) - 1 :]
    assert len(rest) > 1
    expected = dict([*lanes[: len(said) - 1], (f"and {len(rest)} more", {id_ for _, ids in rest for id_ in ids})])
    assert said == [f"{name} {len(ids)}" for name, ids in expected.items()]
    shown = page.locator("text.lane").evaluate_all(
        "all => all.map(each => each.querySelector('title')?.textContent ?? each.firstChild.textContent)"
    )
    assert shown == list(expected)
    for lane, ids in enumerate(expected.values()):
        stops = page.evaluate("lane => drawing.stops.filter(stop => stop.lane === lane)", lane)
        drawn_ids = [stop["entries"][0]["id"] for stop in stops if stop["kind"] == "mark"]
        assert (sorted(drawn_ids), overlapping([stop["box"] for stop in stops])) == (sorted(ids), [])
    page.locator("a.mark").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("drawing.stopOf(document.activeElement).lane") == 1


def test_above_a_thousand_entries_there_are_columns_with_counts(
    dice: random.Random, reader: Reader, drawn: Drawn
) -> None:
    years = sorted(dice.randint(1950, 1999) for _ in range(1200))
    entries = [entry(f"e{index}", f"{year}", doubted=index % 3 == 0) for index, year in enumerate(years)]
    page = reader.open(drawn([{**each, **({"rank": 1} if each["id"] == "e700" else {})} for each in entries]), **WIDE)
    counts = {year: years.count(year) for year in years}
    labels = page.get_by_role("button").evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert [label.split(" entr")[0] for label in labels] == [f"{year}: {count}" for year, count in counts.items()]
    assert page.locator("a.name").count() == page.locator("a.mark").count() == 1
    assert "in doubt" in page.locator(".legend").inner_text()
    column = page.locator('.column[aria-label^="1975: "]')
    column.hover()
    assert page.locator(".tip button").all_inner_texts()[0] == f"1975: {counts[1975]} entries{doubts(entries, '1975')}"
    column.click()
    dates = parse_stored("1975").bounds
    assert page.evaluate("done") == [["choose", dates[0], dates[3]]]
    check_axis(page)
    check_marks(page, 1200)


def doubts(entries: list[Entry], when: str) -> str:
    number = sum(each["doubted"] for each in entries if each["when"] == when)
    return f", {number} in doubt" if number else ""


def test_text_stays_text(reader: Reader, drawn: Drawn) -> None:
    evil = "<img src=x onerror=alert(1)></svg><script>alert(2)</script> \u202e{{7*7}}"
    page = reader.open(
        drawn([entry("a", "2017-05-01", title=evil, when=evil, rank=1), entry("b", "2017-05-02")]), **WIDE
    )
    page.locator("a.mark").first.hover()
    assert page.locator(".tip a").first.inner_text() == f"{evil} {evil}"
    assert page.locator("#drawing img, #drawing script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("lanes", "settings"), [("", WIDE), ("actor", WIDE), ("", PHONE)], ids=["wide", "lanes", "phone"]
)
def test_axe_finds_no_violation_in_the_drawing(  # noqa: PLR0913, PLR0917 - fixtures
    lanes: str, settings: dict[str, Any], scheme: str, reader: Reader, drawn: Drawn, node_modules: Path,
    chronology: tuple[list[Entry], list[str]],
) -> None:  # fmt: skip
    page = reader.open(drawn(*chronology), bypass_csp=True, color_scheme=scheme, **settings)
    draw(page, lanes)
    page.locator(".mark").last.focus()
    page.add_script_tag(path=node_modules / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    assert [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]] == []


def test_it_is_printed_for_the_width_of_a_sheet(
    reader: Reader, drawn: Drawn, chronology: tuple[list[Entry], list[str]]
) -> None:
    page = reader.open(drawn(*chronology), **WIDE)
    wide = page.evaluate("drawing.layout.width")
    page.evaluate("addEventListener('beforeprint', () => { window.printed = drawing.layout.width; })")
    page.pdf(format="A4")
    assert page.evaluate("printed") <= 672  # pixels between the margins
    assert page.evaluate("drawing.layout.width") == wide
