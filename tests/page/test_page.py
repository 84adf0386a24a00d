"""The page in Chromium: what a reader sees, searches, filters, shares, copies and prints."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from conftest import Korea
    from page.conftest import Reader

    Made = Callable[..., Path]
    Answer = Callable[..., list[dict[str, Any]]]

RECORD = Path(__file__).parents[2] / "data" / "events.toml"
ANTIQUITY = Path(__file__).parents[1] / "data" / "antiquity.toml"
EVENT_KINDS = [event["kind"] for event in tomli.loads(RECORD.read_text("utf-8"))["events"]]
EVENTS, TESTS = len(EVENT_KINDS), EVENT_KINDS.count("test")
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}}
HOSTILE = '''
[chronology]
title = "</title><script>alert(1)</script>"
about = "<img src=x onerror=alert(2)>"
place_names = [["javascript", '"><svg onload=alert(12)>', "\\u202Ex"]]

[[sources]]
id = "s"
title = "</script><script>alert(3)</script>"
url = "https://example.org/?q=\\"><script>alert(4)</script>"

[[actors]]
id = "a"
name = "\\u202Eevil\\u202C' onmouseover='alert(5)"
aliases = ['"><svg onload=alert(6)>']

[[topics]]
id = "t"
label = "]]><!--"

[[events]]
id = "e"
title = "{{ 7 * 7 }} ${alert(7)} <b>\\u2066bold\\u2069</b>"
date = "2017"
date_text = "</p><script>alert(8)</script>"
actors = ["a"]
topics = ["t"]
place = "javascript:alert(9)"
summary = """<a href="javascript:alert(10)">x</a>

شبه جزيرة كوريا, 한반도 <style>*{display:none}</style>"""
quote = "--><script>alert(11)</script>"
sources = ["s#<i>"]
note = "%s</article></main>"
'''


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, made: Made) -> Path:
    """Give the page of a chronology that tries to be more than text."""
    data = tmp_path_factory.mktemp("hostile") / "hostile.toml"
    data.write_text(HOSTILE, "utf-8")
    return made("timeline", "-d", str(data))


def shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.entry')].filter(e => e.checkVisibility()).map(e => e.id.split(':')[1])"
    )
    return found


def until(page: Page, holds: str) -> None:
    """Wait until an expression holds; the page forbids the way in which playwright itself would.

    Turns are counted, not seconds: a slow machine takes longer for each, and what never holds fails.
    """
    for _ in range(3_000):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"never true on the page: {holds}")


def tick(page: Page, facet: str, value: str) -> None:
    page.evaluate(f"document.querySelector('.option input[name={facet}][value=\"{value}\"]').click()")


def number_beside(page: Page, facet: str, value: str) -> int:
    selector = f'.option:has(input[name={facet}][value="{value}"]) .number'
    return int(page.evaluate(f"document.querySelector('{selector}').textContent").replace(",", ""))


def values(page: Page, facet: str) -> list[str]:
    found: list[str] = page.evaluate(f"[...document.querySelectorAll('.option input[name={facet}]')].map(b => b.value)")
    return found


def test_all_that_was_asked_for_is_there_in_its_order(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("timeline"))
    assert shown(page) == [event["id"] for event in answer("timeline")]
    assert page.title() == "Russia's Korea strategy, 2016-2017"
    assert page.locator("h1").inner_text() == page.title()
    assert "follows an article" in page.locator(".about").inner_text()
    assert "the year is inferred" in page.locator(".date-rule").inner_text()
    assert page.locator("#tally").inner_text() == f"{EVENTS} events"


def test_it_says_what_was_asked_for(reader: Reader, made: Made, korea: Korea) -> None:
    page = reader.open(made("timeline", "actor:russia", "--from", "2017-05", "-n", "3"))
    told = page.locator(".masthead").inner_text()
    matched = json.loads(korea("timeline", "actor:russia", "--from", "2017-05", "--json").out)["matched"]
    assert f"3 events of {matched} that match" in told
    assert page.title() == "Russia's Korea strategy, 2016-2017: Russia, since 1 May 2017"
    selected = reader.open(made("timeline", "actor:russia", "--period", "2017-05..2017-07"))
    assert f" of {EVENTS} events · as of 8 Jul 2017" in selected.locator(".extent").inner_text()
    assert " ".join(selected.locator("h1").inner_text().split()).endswith(": Russia, May–Jul 2017")
    assert " ".join(page.locator("h1").inner_text().split()) == page.title()


@pytest.mark.parametrize("facet", ["actor", "topic", "place", "kind", "status"])
def test_every_value_of_a_filter_finds_what_the_program_finds_and_its_number_says_so(
    facet: str, reader: Reader, made: Made, answer: Answer
) -> None:
    page = reader.open(made("timeline"))
    known = values(page, facet)
    assert len(known) > 3
    for value in known[:: 1 + len(known) // 9]:
        number = number_beside(page, facet, value)
        tick(page, facet, value)
        found = [event["id"] for event in answer("timeline", f"{facet}:{'=' * (facet == 'place')}{value}")]
        assert (shown(page), number) == (found, len(found))
        assert page.locator("#tally").inner_text().startswith(f"{number} of {EVENTS} events · ")
        tick(page, facet, value)
    assert page.locator("#tally").inner_text() == f"{EVENTS} events"


@pytest.mark.parametrize("facet", ["actor", "topic", "kind", "status"])
def test_facts_are_filtered_as_the_program_filters_them(facet: str, reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("facts"))
    known = values(page, facet)
    for value in known[:: 1 + len(known) // 5]:
        tick(page, facet, value)
        assert shown(page) == [fact["id"] for fact in answer("facts", f"{facet}:{value}")]
        tick(page, facet, value)


def test_nothing_to_clear_makes_no_step_to_go_back_to(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    tick(page, "kind", "test")
    steps = page.evaluate("history.length")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("history.length") == steps + 1


def test_values_of_one_filter_are_alternatives_and_filters_must_all_hold(
    reader: Reader, made: Made, answer: Answer
) -> None:
    page = reader.open(made("timeline"))
    for facet, value in (("actor", "china"), ("actor", "dprk"), ("kind", "statement"), ("kind", "test")):
        tick(page, facet, value)
    query = ("actor:china", "actor:dprk", "kind:statement", "kind:test")
    assert shown(page) == [event["id"] for event in answer("timeline", *query)]
    tick(page, "kind", "test")
    others = number_beside(page, "kind", "test")
    tick(page, "kind", "statement")
    tick(page, "kind", "test")
    assert len(shown(page)) == others  # a number says what its value would show beside the other filters


def test_the_search_finds_what_the_program_finds(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("facts"))
    for query in ("missile", "MISSIL", "icbm pyongyang", "Путин", "문재인", "재인", "u.s.", "ssile", "Säfronkov"):
        page.fill("#q", query)
        found = [fact["id"] for fact in answer("facts", *query.split())]
        assert (query, shown(page)) == (query, found)
        assert page.locator("#nothing").is_visible() == (not found)
    page.fill("#q", '"tested nuclear"')
    assert 0 < len(shown(page)) < 83
    assert shown(page) == [fact["id"] for fact in answer("facts", "tested nuclear")]


def test_the_search_finds_a_place_by_every_name_of_it(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("timeline"))
    for query in ("Санкт-Петербург", "뉴욕", "ニューヨーク", "방현", '"Washington DC"'):
        found = [event["id"] for event in answer("timeline", query)]
        page.fill("#q", query)
        assert (query, shown(page)) == (query, found)
        assert found
    for query in ("Moscow Moskva", "Putin Lavrov", "Moskva Москва"):  # these follow one another, but in two texts
        page.fill("#q", f'"{query}"')
        assert (query, shown(page)) == (query, [event["id"] for event in answer("timeline", query)])


def test_a_claim_is_found_in_the_event_it_bears_on(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.fill("#q", "2,802 km")
    assert shown(page) == ["hwasong-14-launch"]


WINDOWS = (("2017-05", "2017-06"), ("2017-07-04", "2017-07-04"), ("", "2016"), ("2017", ""), ("0050", "1999-12-31"))


def test_the_time_filter_keeps_what_may_fall_in_it_and_marks_what_only_may(
    reader: Reader, made: Made, answer: Answer
) -> None:
    page = reader.open(made("timeline"))
    for since, until in WINDOWS:
        page.fill("#time", f"{since}..{until}")
        found = answer("timeline", *(("--from", since) if since else ()), *(("--to", until) if until else ()))
        assert shown(page) == [event["id"] for event in found]
        possible = [event["id"] for event in found if event["match"] == "possible"]
        marked = "[...document.querySelectorAll('.possible.now')].map(p => p.closest('.entry').id.split(':')[1])"
        assert page.evaluate(marked) == possible
        assert (f"{len(possible)} of them possibly" in page.locator("#tally").inner_text()) == bool(possible)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("-0043", "-0043", "ides temple"),
        ("44 BC", "44 BC", "ides temple"),
        ("-0043-03-16", "0000", "temple augustus census"),
        ("1 BC", "1 AD", "augustus census"),
        ("", "-0048", "rome consulate gaul rubicon"),
        ("79 AD", "", "vesuvius hadrian"),
        ("-9999", "753 bc", "rome"),
    ],
)
def test_the_time_filter_reaches_before_the_year_1(
    reader: Reader, made: Made, since: str, until: str, found: str
) -> None:
    page = reader.open(made("timeline", "-d", str(ANTIQUITY)))
    page.fill("#time", f"{since}..{until}")
    assert shown(page) == found.split()


def test_a_time_is_read_as_the_option_period_reads_it(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("timeline"))
    for typed in (
        *("2017", "2017-05", "2017-05-25", "May 2017", "may 2017", "Sept 2016", "25 May 2017", "May 25, 2017"),
        *("Q2 2017", "2017-Q2", "2017Q2", "H1 2017", "2017-W21", "early 2017", "mid-2017", "late 2016", "2010s"),
        *(
            "2017-05..2017-07",
            "May 2017..July 2017",
            "2017-05/2017-07",
            "May to July 2017",
            "May-July 2017",
            "2015-2016",
        ),
        *("from 2017-05 to 2017-07", "between May and July 2017", "from 25 May 2017"),
        *("2017-05..", "..2017-04", "since May 2017", "until 2016", "before 2017", "after 2017-05-25"),
    ):
        page.fill("#time", typed)
        assert page.locator("#time").get_attribute("aria-invalid") == "false"
        assert (typed, shown(page)) == (typed, [event["id"] for event in answer("timeline", "--period", typed)])
        assert page.locator("#tally").inner_text().endswith(f" · {typed}")


def test_a_time_that_cannot_be_read_is_told_and_filters_nothing(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    for typed in (
        *("2017-13", "2017-00", "may", "2017-02-30", "17", "-0000", "0 BC", "-44", "44", "10000", "-0043-02-29"),
        *(
            "2017-Q5",
            "H3 2017",
            "2017-W54",
            "spring 2017",
            "25.5.2017",
            "5/2017",
            "2017-07..2017-05",
            "..",
            "next week",
        ),
    ):
        page.fill("#time", typed)
        assert (typed, page.locator("#time").get_attribute("aria-invalid")) == (typed, "true")
        assert page.locator("#time-hint").inner_text().startswith("Cannot read this time: ")
        assert len(shown(page)) == EVENTS
        assert page.locator("#tally").inner_text() == f"{EVENTS} events"
        assert not page.locator("#clear").is_visible()
    for typed, reason in (
        ("last month", "it depends on today"), ("3 days ago", "it depends on today"), ("today", "it depends on today"),
        ("spring 2017", "seasons differ from place to place"), ("25.5.2017", "enter the year first"),
        ("may", "the year is missing"), ("4 July", "the year is missing"), ("Q2", "the year is missing"),
        ("May to July", "the year is missing"), ("2017-07..2017-05", "each end of a range"),
        ("17", "enter for example"), ("nonsense", "enter for example"), ("19th century", "enter for example"),
    ):  # fmt: skip
        page.fill("#time", typed)
        told = page.locator("#time-hint").inner_text()
        assert told.startswith(f"Cannot read this time: {reason}"), (typed, told)
    for typed in ("2017-02-28", "0000", "-0043", "-0044-02-29", "44 BC", "44bce", "79 ad", "10000 BC"):
        page.fill("#time", typed)
        assert page.locator("#time").get_attribute("aria-invalid") == "false"
    assert page.locator("#time-hint").inner_text() == ""


def test_the_address_keeps_the_view_and_gives_it_back(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    tick(page, "actor", "russia")
    tick(page, "topic", "icbm")
    page.check("input[name=lanes][value=topic]", force=True)
    page.check("#even", force=True)
    page.fill("#q", '"the missile" launch')
    page.fill("#time", "..2017-07-05")
    until(page, "location.hash.includes('time=')")
    address, view = page.url, shown(page)
    kept = "q=%22the+missile%22+launch&actor=russia&topic=icbm&time=..2017-07-05&lanes=topic&axis=even"
    assert address.endswith(f"#{kept}")
    assert 0 < len(view) < EVENTS
    other = reader.open(made("timeline"), f"#{address.partition('#')[2]}")
    assert shown(other) == view
    assert other.locator("#q").input_value() == '"the missile" launch'
    assert other.locator("input[value=topic][name=lanes]").is_checked()
    assert other.locator("#even").is_checked()
    older = reader.open(made("timeline"), "#q=%22the+missile%22+launch&actor=russia&topic=icbm&to=2017-07-05")
    assert shown(older) == view


def test_what_an_address_names_wrongly_is_left_out(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#list=short&lanes=constructor&axis=odd&kind=test")
    assert len(shown(page)) == TESTS
    assert page.locator("#drawing a.mark").count() == TESTS
    assert page.locator("input[name=lanes][value='']").is_checked()


def test_back_and_forward_go_through_the_views(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    tick(page, "actor", "china")
    china = shown(page)
    tick(page, "kind", "meeting")
    both = shown(page)
    page.go_back()
    assert shown(page) == china
    page.go_back()
    assert len(shown(page)) == EVENTS
    page.go_forward()
    page.go_forward()
    assert shown(page) == both
    page.click("#clear")
    assert len(shown(page)) == EVENTS
    assert not page.locator("#clear").is_visible()


def test_a_link_typed_into_the_address_changes_the_view(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("timeline"))
    page.evaluate("location.hash = 'kind=test'")
    until(page, f"document.getElementById('tally').textContent.startsWith('{TESTS} of')")
    assert {event["kind"] for event in answer("timeline") if event["id"] in shown(page)} == {"test"}


def test_a_permalink_opens_its_entry(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#event:hwasong-14-launch")
    entry = page.locator("[id='event:hwasong-14-launch']")
    until(page, "document.activeElement.id === 'event:hwasong-14-launch'")
    until(page, "(top => 0 <= top && top < 120)(document.activeElement.getBoundingClientRect().top)")
    assert entry.locator(".permalink").get_attribute("href") == "#event:hwasong-14-launch"


def test_following_a_link_keeps_the_filters_unless_they_hide_where_it_leads(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#kind=test")
    page.locator("[id='event:hwasong-14-launch'] .permalink").click()
    assert page.url.endswith("#kind=test&at=event:hwasong-14-launch")
    assert len(shown(page)) == TESTS
    page.locator("[id='event:hwasong-14-launch'] .details a", has_text="Russia rejects the ICBM label").click()
    assert page.url.endswith("#event:russia-rejects-icbm-label")
    assert len(shown(page)) == EVENTS
    assert page.evaluate("document.activeElement.id") == "event:russia-rejects-icbm-label"


def test_the_drawing_names_turning_points_and_leads_to_their_entries(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    named = page.locator("#drawing a", has_text="launches a Hwasong-14")
    named.first.click()
    assert page.evaluate("document.activeElement.id") == "event:hwasong-14-launch"
    drawn = page.evaluate("document.querySelectorAll('#drawing svg a').length")
    tick(page, "kind", "meeting")
    assert page.evaluate("document.querySelectorAll('#drawing svg a').length") < drawn


@pytest.mark.parametrize("view", ["actor=lavrov", "time=2017-04", "time=2016"])
def test_the_drawing_of_a_view_names_its_own_turning_points(view: str, reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), f"#{view}")
    until(page, "document.querySelectorAll('#drawing a.name').length >= 4")
    assert page.locator("#drawing a.mark.turning").count() >= 5


def test_equal_turning_points_are_named_all_over_the_drawing(reader: Reader, korea: Korea, tmp_path: Path) -> None:
    data, made_of_it = tmp_path / "equal.toml", tmp_path / "equal.html"
    days = [f"2017-{number // 2 + 1:02}-{number % 2 * 14 + 1:02}" for number in range(24)]
    event = '[[events]]\nid = "e{0}"\ntitle = "A turning point"\ndate = "{0}"\nkind = "test"\nkey = true\n'
    data.write_text("".join(event.format(day) for day in days), "utf-8")
    assert korea("timeline", "-d", data, "-o", made_of_it).code == 0
    page = reader.open(made_of_it, viewport={"width": 1280, "height": 800})
    names = page.locator("#drawing a.name")
    assert names.count() >= 6
    months = names.evaluate_all("all => all.map(each => Number(each.getAttribute('href').slice(-5, -3)))")
    assert {(month - 1) // 3 for month in months} == {0, 1, 2, 3}


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("lanes", ["", "actor", "topic"])
def test_facts_are_drawn_one_by_one_in_two_fifths_of_the_first_screen(
    lanes: str, size: tuple[int, int], reader: Reader, made: Made
) -> None:
    page = reader.open(made("facts"), f"#lanes={lanes}", viewport={"width": size[0], "height": size[1]})
    until(page, "document.querySelectorAll('#drawing a.mark').length > 40")
    targets = "[...document.querySelectorAll('#drawing a.mark')].map((each) => each.getAttribute('href'))"
    marked = page.evaluate(f"new Set({targets}).size")
    long = page.locator("#drawing .band").get_attribute("aria-label") or ""
    assert marked + int(long.removesuffix(" long periods")) == page.locator(".entry").count()
    assert page.evaluate("document.getElementById('drawing').offsetHeight") <= 0.4 * size[1]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("command", ["timeline", "facts"])
def test_the_first_screen_shows_what_happened_what_is_disputed_and_the_first_entry(
    command: str, size: tuple[int, int], reader: Reader, made: Made
) -> None:
    width, height = size
    page = reader.open(made(command), viewport={"width": width, "height": height})
    box = "(selector => document.querySelector(selector).getBoundingClientRect())"
    assert page.evaluate(f"{box}('#drawing').height") <= 0.4 * height
    assert page.evaluate(f"{box}('.dispute').bottom") < height
    assert page.evaluate(f"{box}('.entry h3').bottom") < height
    if command == "timeline":
        assert page.evaluate(f"{box}('.entry .who').bottom") < height


@pytest.mark.parametrize("width", [1280, 390])
def test_the_sides_of_a_dispute_are_named_in_full_and_say_what_they_dispute(
    width: int, reader: Reader, made: Made
) -> None:
    page = reader.open(made("timeline"), viewport={"width": width, "height": 800})
    page.locator("#further > summary").click()
    cut = "(selector) => [...document.querySelectorAll(selector)].filter(e => e.scrollHeight > e.clientHeight + 1"
    assert page.locator(".camp b").count() > 20
    assert page.evaluate(f"({cut} || e.scrollWidth > e.clientWidth + 1).map(e => e.innerText))('.camp b')") == []
    if width == 1280:
        assert page.evaluate(f"({cut}).map(e => e.innerText))('.camp q, .subject, .head')") == []
    sides = page.locator("[id='dispute:lavrov-calls-for-six-party-talks'] .camp").all_inner_texts()
    assert sides[1].splitlines() == [
        "Sputnik, China Radio International",
        "disputes “Lavrov calls again and again for reviving the Six Party Talks” (20 Nov 2014)",
    ]
    dates = page.locator("[id='dispute:hwasong-14-launch#date'] .camp").all_inner_texts()
    assert dates[1].splitlines() == ["3 Jul 2017", "United Nations"]


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1920])
@pytest.mark.parametrize("arguments", [("timeline",), ("facts",), ("timeline", "thaad")], ids=" ".join)
def test_no_name_in_the_drawing_touches_the_buttons_above_it(
    arguments: tuple[str, ...], width: int, reader: Reader, made: Made
) -> None:
    page = reader.open(made(*arguments), viewport={"width": width, "height": 800})
    until(page, "document.querySelectorAll('#drawing .name text').length > 0")
    gap = (
        "Math.min(...[...document.querySelectorAll('#drawing .name text')].map(e => e.getBoundingClientRect().top))"
        " - document.querySelector('.switches').getBoundingClientRect().bottom"
    )
    assert page.evaluate(gap) >= 4
    above = "document.querySelector('.switches').getBoundingClientRect().top"
    assert page.evaluate(f"{above} - document.querySelector('h1').getBoundingClientRect().bottom") >= 0


def test_values_in_entries_filter(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("timeline"))
    for facet, words, query in (
        ("actor", "Sergei Lavrov", "actor:lavrov"), ("topic", "Six Party Talks", "topic:six-party-talks"),
        ("place", "Moscow", "place:=Moscow"), ("kind", "meeting", "kind:meeting"),
    ):  # fmt: skip
        page.locator(f".entry .pick[href^='#{facet}=']", has_text=words).first.click()
        assert shown(page) == [event["id"] for event in answer("timeline", query)]
        page.locator(f".entry:visible .pick[href^='#{facet}=']", has_text=words).first.click()
        assert len(shown(page)) == EVENTS


def test_the_head_the_tally_and_the_disputes_follow_the_filters(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("timeline"), "#topic=icbm&time=2017-07..")
    found = answer("timeline", "topic:icbm", "--from", "2017-07")
    possible = sum(event["match"] == "possible" for event in found)
    tally = page.locator("#tally").inner_text()
    assert tally.startswith(f"{len(found)} of {EVENTS} events")
    assert (f"{possible} of them possibly" in tally) == bool(possible)
    assert page.locator("#extent").inner_text() == tally.partition(" · ")[0]
    assert page.locator("h1").inner_text().splitlines() == [
        "Russia's Korea strategy, 2016-2017",
        tally.partition(" · ")[2],
    ]
    assert page.title().startswith("Intercontinental ballistic missile, 2017-07.. – Russia's Korea strategy")
    disputed = page.evaluate("[...document.querySelectorAll('.dispute')].filter(d => !d.hidden).map(d => d.id)")
    assert "dispute:icbm-russia" in disputed
    assert page.locator("#disputes-heading .number").inner_text() == str(len(disputed))
    assert "dispute:lavrov-calls-for-six-party-talks" not in disputed


def test_a_dispute_on_a_claim_in_an_entry_is_one_of_its_view(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#actor=russia&topic=icbm&time=2017-07..")
    assert "russia-mod-medium-range" in shown(page)
    assert "hwasong-14-launch" not in shown(page)  # which the dispute is about
    first = page.locator(".disputes > .dispute-list > .dispute:visible").first
    assert first.get_attribute("id") == "dispute:icbm-russia"
    selected = reader.open(made("timeline", "by:russia", "topic:icbm", "--from", "2017-07"))
    assert selected.locator("[id='dispute:icbm-russia']").is_visible()


def test_the_first_disputes_of_a_view_stand_on_its_first_screen(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    listed = (
        "[...document.querySelectorAll('.disputes > .dispute-list > .dispute')].filter(d => !d.hidden).map(d => d.id)"
    )
    first = page.evaluate(listed)
    tick(page, "topic", "thaad")
    thaad = page.evaluate(listed)
    assert len(thaad) == int(page.locator("#disputes-heading .number").inner_text())
    assert not set(thaad) & set(first)
    assert not page.locator("#further").is_visible()
    page.locator("#clear").click()
    assert page.evaluate(listed) == first


def test_a_long_page_counts_only_the_disputes_of_the_view(reader: Reader, korea: Korea, tmp_path: Path) -> None:
    generate = Path(__file__).parents[2] / "benchmarks" / "generate.py"
    with (tmp_path / "350.toml").open("w", encoding="utf-8") as stream:
        subprocess.run([sys.executable, generate, "350", "facts"], stdout=stream, check=True)
    assert korea("timeline", "-d", tmp_path / "350.toml", "-o", tmp_path / "350.html").code == 0
    page = reader.open(tmp_path / "350.html", "#q=envoy")
    until(page, "document.getElementById('tally').textContent.includes('envoy')")
    assert page.locator(".dispute").count() <= 6  # the first of all, and of this view
    page.locator("#further > summary").click()
    until(page, "document.querySelectorAll('#further .dispute').length > 0")
    disputed = page.evaluate("[...document.querySelectorAll('.dispute')].filter(d => !d.hidden).length")
    assert page.locator("#disputes-heading .number").inner_text() == str(disputed)
    assert page.locator("#further > summary").inner_text() == f"{disputed - 3} more disputes"
    page.locator("#clear").click()
    assert page.evaluate("[...document.querySelectorAll('.dispute')].every(d => !d.hidden)")


def test_a_value_that_the_page_does_not_have_is_named_as_a_filter(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#actor=nobody")
    assert shown(page) == []
    assert page.locator("#tally").inner_text() == f"0 of {EVENTS} events · nobody"
    page.locator("#ways-out button", has_text="nobody").click()
    assert len(shown(page)) == EVENTS


def test_a_value_without_a_box_is_named_as_a_filter(reader: Reader, hostile: Path) -> None:
    page = reader.open(hostile)
    page.locator(".entry .pick[href^='#topic=']").click()
    assert page.locator("#tally").inner_text() == "1 of 1 event · ]]><!--"
    page.locator("#clear").click()
    assert page.locator("#tally").inner_text() == "1 event"


@pytest.mark.parametrize(("about", "cut"), [("A few words.", 0), ("A few words. " * 30, 1)])
def test_there_is_more_only_of_what_is_cut(about: str, cut: int, reader: Reader, korea: Korea, tmp_path: Path) -> None:
    data, made_of_it = tmp_path / "about.toml", tmp_path / "about.html"
    data.write_text(f'[chronology]\nabout = "{about}"\n[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\n', "utf-8")
    assert korea("timeline", "-d", data, "-o", made_of_it).code == 0
    for width in (360, 1280):
        page = reader.open(made_of_it, viewport={"width": width, "height": 800})
        assert page.locator(".about").is_visible()
        assert page.locator(".about summary").count() == cut


def test_a_long_title_does_not_run_into_the_switches(reader: Reader, korea: Korea, tmp_path: Path) -> None:
    data, made_of_it = tmp_path / "title.toml", tmp_path / "title.html"
    title = "سجل كوريا وما حولها " * 8
    data.write_text(f'[chronology]\ntitle = "{title}"\n[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\n', "utf-8")
    assert korea("timeline", "-d", data, "-o", made_of_it).code == 0
    page = reader.open(made_of_it, viewport={"width": 1280, "height": 800})
    until(page, "document.querySelector('.switches').checkVisibility()")
    heading, switches = page.locator("h1").bounding_box(), page.locator(".switches").bounding_box()
    assert heading is not None
    assert switches is not None
    assert heading["y"] + heading["height"] <= switches["y"]


def test_an_empty_view_says_what_may_be_meant_and_what_to_leave_out(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.fill("#q", "missle")
    page.locator("#meant button", has_text="missile").click()
    assert 0 < len(shown(page)) < EVENTS
    page.fill("#time", "1990")
    assert page.locator("#ways-out button").all_inner_texts() == ["“missile”", "1990"]
    assert not page.locator("#disputes").is_visible()
    page.locator("#ways-out button", has_text="1990").click()
    assert page.locator("#time").input_value() == ""
    assert 0 < len(shown(page)) < EVENTS


def test_actors_are_searched_within_by_all_their_names(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.fill("input.within[data-for=actor]", "путин")
    visible = "[...document.querySelectorAll('.option:has([name=actor])')].filter(o => !o.hidden).map(o => o.innerText)"
    assert [words.partition("\n")[0] for words in page.evaluate(visible)] == ["Vladimir Putin"]


def test_the_compact_list_has_a_line_for_each_entry_and_opens_it(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#list=compact")
    entry = page.locator("[id='event:putin-emissary-offer']")
    assert not entry.locator(".summary").is_visible()
    heights = page.evaluate("[...document.querySelectorAll('.entry')].map(e => e.getBoundingClientRect().height)")
    assert sorted(heights)[len(heights) // 2] < 60
    entry.locator(".opens").click()
    assert entry.locator(".summary").is_visible()
    entry.locator(".opens").click()
    assert not entry.locator(".summary").is_visible()
    page.check("input[name=list][value=full]", force=True)
    assert entry.locator(".summary").is_visible()


def test_fifty_events_print_on_eight_pages(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline", "-n", "52"))
    written = page.pdf(format="A4")
    assert 1 <= written.count(b"/Type /Page\n") <= 8


def test_a_view_is_taken_away_as_an_address_code_or_file(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("timeline"), "#kind=test", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".share summary").click()
    page.locator("[data-share=link]").click()
    until(page, "document.getElementById('announcement').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.evaluate("document.getElementById('announcement').textContent = ''")
    page.locator("[data-share=embed]").click()
    until(page, "document.getElementById('announcement').textContent === 'Copied.'")
    assert 'html#embed&amp;kind=test"' in page.evaluate("navigator.clipboard.readText()")
    tests = [event for event in answer("timeline") if event["kind"] == "test"]
    with page.expect_download() as download:
        page.locator("[data-share=json]").click()
    saved = json.loads(download.value.path().read_text("utf-8"))
    assert [(row["id"], row["date"], row["title"]) for row in saved] == [
        (e["id"], e["date"], e["title"]) for e in tests
    ]
    with page.expect_download() as download:
        page.locator("[data-share=csv]").click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8").splitlines()))
    assert [row["id"] for row in rows] == [event["id"] for event in tests]
    assert all(row["sources"] for row in rows)


def test_a_view_with_facts_without_a_date_is_taken_away(reader: Reader, made: Made, answer: Answer) -> None:
    page = reader.open(made("facts"))
    page.locator(".share summary").click()
    with page.expect_download() as download:
        page.locator("[data-share=csv]").click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8").splitlines()))
    assert [row["id"] for row in rows] == [row["id"] for row in answer("facts")]
    assert {row["when"] for row in rows if not row["date"]} == {""}


def test_a_view_taken_away_keeps_apart_who_acted_and_who_was_addressed(
    reader: Reader, made: Made, unmeasured_korea: Korea
) -> None:
    page = reader.open(made("timeline"))
    page.locator(".share summary").click()
    with page.expect_download() as download:
        page.locator("[data-share=csv]").click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8").splitlines()))
    own = list(csv.DictReader(unmeasured_korea("timeline", "-f", "csv").out.removeprefix("\ufeff").splitlines()))
    columns = ("id", "actors", "recipients")
    assert [[row[each] for each in columns] for row in rows] == [[row[each] for each in columns] for row in own]


def test_one_of_many_is_counted_as_one_of_many(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline", "id:hwasong-14-launch"))
    assert page.locator(".extent").inner_text() == f"1 of {EVENTS} events · as of 8 Jul 2017"


@pytest.mark.parametrize(
    ("names", "title", "extent"),
    [
        (("hwasong-14-launch",), "North Korea launches a Hwasong-14 missile", "Event · as of 8 Jul 2017"),
        (("icbm-dprk",), "The Hwasong-14 is an intercontinental missile; it rose 2,802 km and flew 933 km.",
         "Fact · as of 8 Jul 2017"),
        (("putin",), "Vladimir Putin", "as of 8 Jul 2017"),
        (("ramani-2017",), "Russia's Korea Strategy", "as of 8 Jul 2017"),
        (("icbm",), "Intercontinental ballistic missile", "as of 8 Jul 2017"),
        (("icbm-guterres", "hwasong-14-launch"),
         "The missile may have been of intercontinental range; North Korea launches a Hwasong-14 missile",
         "1 event and 1 fact · as of 8 Jul 2017"),
        (("hwasong-14-launch", "putin"), "North Korea launches a Hwasong-14 missile; Vladimir Putin",
         "Event · as of 8 Jul 2017"),
        (("putin", "lavrov", "hwasong-14-launch", "icbm"), "Vladimir Putin; Sergei Lavrov; 2 more",
         "Event · as of 8 Jul 2017"),
        (("hwasong-14-launch", "putin-emissary-offer"),
         "North Korea launches a Hwasong-14 missile; Putin offers to send an emissary to Pyongyang",
         "2 events · as of 8 Jul 2017"),
    ],
    ids=lambda names: " ".join(names) if isinstance(names, tuple) else "",
)  # fmt: skip
def test_a_page_of_named_records_has_their_names_as_its_title(
    names: tuple[str, ...], title: str, extent: str, reader: Reader, made: Made
) -> None:
    page = reader.open(made("show", *names))
    whole = "Russia's Korea strategy, 2016-2017"
    assert page.title() == f"{whole}: {title}"
    assert page.locator("h1").inner_text().splitlines() == [f"{whole}:", title]
    assert page.locator("meta[property='og:title']").get_attribute("content") == page.title()
    assert page.locator(".extent").inner_text() == extent
    assert page.locator(".controls").is_visible() == extent[0].isdecimal()


def test_a_page_of_one_record_shows_only_that_and_who_disagrees(reader: Reader, made: Made) -> None:
    page = reader.open(made("show", "hwasong-14-launch"), viewport={"width": 1280, "height": 800})
    assert not page.locator(".overview").is_visible()
    assert not page.locator("input[name=list]").first.is_visible()
    described = page.locator("meta[name=description]").get_attribute("content") or ""
    assert described.startswith("A missile fired at 00:40 UTC comes down in the sea towards Japan.")
    assert page.locator(".entry .claims caption").evaluate("e => e.getBoundingClientRect().bottom") < 1000
    assert page.locator(".dispute").first.evaluate("e => e.getBoundingClientRect().bottom") < 400
    page.locator(".share summary").click()
    assert page.locator("[data-share=link]").is_visible()


def test_an_empty_page_says_only_once_that_it_is_empty(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline", "zyzzyva"))
    assert page.locator("body").inner_text().lower().count("no entries") == 1
    assert page.locator(".extent").inner_text() == "as of 8 Jul 2017"
    named = reader.open(made("show", "putin"))
    assert named.locator("#nothing").inner_text() == "A page has only events and facts, and none are here."


FORMULAS = """
[[actors]]
id = "a"
name = "A"

[[actors]]
id = "b"
name = "=HYPERLINK(1)"

[[events]]
id = "minus"
title = "-2010+cmd|' /C calc'!A0"
date = "-0043"
actors = ["a", "b"]

[[events]]
id = "wide"
title = "\uff1d1+1"
date = "2017"

[[events]]
id = "quoted"
title = '" =1+1'
date = "2018"
"""


def test_no_file_taken_away_has_a_formula(reader: Reader, korea: Korea, tmp_path: Path) -> None:
    data, made_of_it = tmp_path / "formulas.toml", tmp_path / "formulas.html"
    data.write_text(FORMULAS, "utf-8")
    assert korea("timeline", "-d", data, "-o", made_of_it).code == 0
    page = reader.open(made_of_it)
    page.locator(".share summary").click()
    with page.expect_download() as download:
        page.locator("[data-share=csv]").click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8").splitlines()))
    own = csv.DictReader(korea("timeline", "-d", data, "-f", "csv").out.splitlines())
    assert [(row["date"], row["title"], row["actors"]) for row in rows] == [
        (row["date"], row["title"], row["actors"]) for row in own
    ]
    assert [row["title"][:1] for row in rows] == ["'"] * len(rows)


def test_an_embedded_page_has_no_heading_and_opens_links_outside(reader: Reader, made: Made) -> None:
    for page in (
        reader.open(made("timeline"), "#embed&kind=test"),
        reader.open(made("timeline", "--embed"), "#kind=test"),
    ):
        assert not page.locator(".masthead").is_visible()
        assert len(shown(page)) == TESTS
        assert "embed" in (page.locator("body").get_attribute("class") or "").split()


def test_addresses_are_absolute_where_it_is_known_where_the_page_will_be(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline", "--base-url", "https://example.org/korea.html"))
    link = page.locator("[id='event:hwasong-14-launch'] .permalink")
    assert link.get_attribute("href") == "https://example.org/korea.html#event:hwasong-14-launch"
    assert page.locator("link[rel=canonical]").get_attribute("href") == "https://example.org/korea.html"
    described = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert described["@graph"][0]["url"] == "https://example.org/korea.html"


def test_a_citation_is_copied_with_title_date_sources_and_id(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), permissions=["clipboard-read", "clipboard-write"])
    page.locator("[id='event:putin-emissary-offer'] .copy").click()
    until(page, "document.getElementById('announcement').textContent === 'Citation copied.'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "“Putin offers to send an emissary to Pyongyang”, 25 May 2017. "
        "In: Russia's Korea strategy, 2016-2017 (as of 8 Jul 2017), putin-emissary-offer. "
        "Sources: Samuel Ramani, “Russia's Korea Strategy”, The Diplomat, Jul 2017, paragraph 6; "
    )
    assert "http://www.koreaherald.com/view.php?ud=20170525000255" in copied


def test_where_the_clipboard_is_closed_the_citation_is_shown(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    entry = page.locator("[id='event:putin-emissary-offer']")
    assert not entry.locator(".citation").is_visible()
    entry.locator(".copy").click()
    entry.locator(".citation").wait_for(state="visible")
    assert "below the entry" in page.locator("#announcement").inner_text()


def test_keys_search_move_clear_and_help(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    ids = shown(page)
    where = "(document.activeElement.closest('.entry') ?? document.activeElement).id.replace('event:', '')"
    for key, expected in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        assert page.evaluate(where) == ids[expected]
    page.keyboard.press("/")
    page.keyboard.type("jk/?c missile")
    assert page.locator("#q").input_value() == "jk/?c missile"
    page.keyboard.press("Escape")
    assert page.locator("#q").input_value() == ""
    tick(page, "kind", "test")
    page.keyboard.press("Escape")
    assert len(shown(page)) == EVENTS
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.entry')") is None


def test_the_tab_key_reaches_controls_with_a_visible_focus(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
    assert len(set(reached)) == len(reached)
    page.locator("#time").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.locator("#time").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_without_javascript_all_can_be_read_and_cited(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), java_script_enabled=False)
    entries = page.locator(".entry")
    assert entries.count() == EVENTS
    assert all(entry.is_visible() for entry in entries.all()[::10])
    assert not page.locator(".controls").is_visible()
    assert not page.locator(".copy").first.is_visible()
    assert page.locator(".citation").first.is_visible()
    assert page.locator(".dispute").first.is_visible()
    assert page.locator("noscript").inner_text().startswith("The drawing, search and filters need JavaScript")


def test_a_printed_page_has_all_entries_no_controls_and_the_addresses_of_sources(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.emulate_media(media="print")
    assert len(shown(page)) == EVENTS
    hidden = [".controls", ".switches", ".tools", "#keys", ".skip", ".share", ".form"]
    assert [selector for selector in hidden if page.locator(selector).first.is_visible()] == []
    after = "a => getComputedStyle(a, '::after').content"
    page.evaluate("document.getElementById('entries').classList.add('full')")  # as the button to print in full does
    link = page.locator(".details .sources a").first
    assert (link.get_attribute("href") or "none") in link.evaluate(after).replace("\\", "")
    assert page.locator(".entry").first.evaluate("e => getComputedStyle(e).contentVisibility") == "visible"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("form", ["A4", "Letter"])
def test_a_printed_page_has_all_disputes_with_all_their_words(form: str, reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 660, "height": 900})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    number = int(page.locator("#disputes-heading .number").inner_text())
    assert page.locator(".dispute:visible").count() == number
    outside = "[...document.querySelectorAll('.dispute')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    assert page.evaluate(f"{outside}.length") == 0
    cut = "[...document.querySelectorAll('.camp q, .head')].filter(e => e.scrollHeight > e.clientHeight + 1).length"
    assert page.evaluate(cut) == 0
    assert page.pdf(format=form).count(b"/Type /Page\n") < 18


def test_a_printed_record_has_all_its_claims(reader: Reader, made: Made) -> None:
    page = reader.open(made("show", "hwasong-14-launch"))
    page.emulate_media(media="print")
    assert page.locator(".claims tbody tr:visible").count() == 7


def test_a_printed_view_says_what_it_leaves_out(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#kind=test")
    page.emulate_media(media="print")
    assert page.locator("#tally").inner_text() == f"{TESTS} of {EVENTS} events · test"


@pytest.mark.parametrize("arguments", [("timeline",), ("facts",), ("search", "missile"), ("show", "hwasong-14-launch")])
def test_a_phone_shows_it_without_scrolling_sideways(arguments: tuple[str, ...], reader: Reader, made: Made) -> None:
    page = reader.open(made(*arguments), **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.emulate_media(media="screen")
    if arguments[0] != "show":  # a single record has no filters
        page.locator("#drawer > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    too_wide = page.evaluate(
        "[...document.querySelectorAll('.entry, .entry *')].filter(e => !e.closest('.unseen')"
        " && e.checkVisibility() && e.getBoundingClientRect().right > 361).length"
    )
    assert too_wide == 0


def test_a_phone_tells_the_filters_in_a_line_of_their_own(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#topic=thaad&actor=russia", **PHONE)
    tally, clear = page.locator("#tally").bounding_box(), page.locator("#clear").bounding_box()
    assert tally is not None
    assert clear is not None
    assert tally["width"] > 300
    assert tally["y"] + tally["height"] <= clear["y"]


def test_a_long_word_breaks_on_a_phone(reader: Reader, hostile: Path) -> None:
    page = reader.open(hostile, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_it_is_dark_where_the_reader_likes_it_dark(reader: Reader, made: Made) -> None:
    luminance = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((a, b) => a + Number(b), 0)"
    assert reader.open(made("timeline"), color_scheme="dark").evaluate(luminance) < 120
    assert reader.open(made("timeline"), color_scheme="light").evaluate(luminance) > 700


def test_what_is_chosen_is_seen_in_forced_colours(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), forced_colors="active")
    background = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor"
    for name in ("lanes", "list"):
        chosen, other = (page.evaluate(f"({background})('input[name={name}]{state} + span')") for state in (
            ":checked", ":not(:checked)",
        ))  # fmt: skip
        assert chosen != other
    assert page.evaluate("getComputedStyle(document.querySelector('.dispute')).borderLeftWidth") == "3px"


def test_nothing_moves_where_the_reader_wants_no_motion(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), reduced_motion="reduce")
    moving = (
        "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize(
    ("arguments", "scheme"),
    [(("timeline",), "light"), (("timeline",), "dark"), (("facts",), "dark"), (("search", "missile"), "light")],
)
def test_axe_finds_no_violation(
    arguments: tuple[str, ...], scheme: str, reader: Reader, made: Made, node_modules: Path
) -> None:
    page = reader.open(made(*arguments), "#actor=russia", color_scheme=scheme, bypass_csp=True)
    assert violations(page, node_modules) == []


def test_axe_finds_no_violation_on_a_phone_nor_in_the_help_nor_in_hostile_text(
    reader: Reader, made: Made, hostile: Path, node_modules: Path
) -> None:
    assert violations(reader.open(made("show", "putin-emissary-offer"), bypass_csp=True, **PHONE), node_modules) == []
    assert violations(reader.open(hostile, bypass_csp=True), node_modules) == []
    page = reader.open(made("show", "icbm-russia"), bypass_csp=True)
    page.keyboard.press("?")
    assert violations(page, node_modules) == []


def violations(page: Page, node_modules: Path) -> list[str]:
    page.add_style_tag(content=".entry { content-visibility: visible !important }")  # else it sees only the first
    page.add_script_tag(path=node_modules / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def test_hostile_text_stays_text(reader: Reader, hostile: Path) -> None:
    page = reader.open(hostile)
    entry = page.locator(".entry")
    assert page.locator("h1").inner_text() == "</title><script>alert(1)</script>"
    assert entry.locator("h3").inner_text() == "{{ 7 * 7 }} ${alert(7)} <b>bold</b>"
    assert "evil' onmouseover='alert(5)" in entry.inner_text()
    assert '<a href="javascript:alert(10)">x</a>' in entry.inner_text()
    page.locator("b", has_text="evil").hover()
    page.fill("#q", "svg onload")
    assert shown(page) == ["e"]
    assert page.evaluate("document.querySelectorAll('script:not([type])').length") == 1
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, object, embed, form:not([method=dialog])').length") == 0
    )
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    assert {link.partition(":")[0] if not link.startswith("#") else "#" for link in links} == {"#", "https"}
    attributes = page.evaluate("[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())")
    assert [name for name in attributes if name.startswith("on") or name == "style"] == []


@pytest.mark.parametrize(
    "fragment", ["#actor=%22%3E%3Cscript%3E&q=%00", "#at=%E0%A4%A", "#%E0%A4%A", "#kind=nonsense&lanes=x", "#toString"]
)
def test_a_hostile_address_does_no_harm(fragment: str, reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), fragment)
    tally = page.locator("#tally").inner_text()
    assert tally.endswith(f"{EVENTS} events") or f"of {EVENTS}" in tally
    page.keyboard.press("Escape")
    assert len(shown(page)) == EVENTS


def test_the_page_forbids_itself_the_network_and_foreign_scripts(browser: Browser, made: Made) -> None:
    page = browser.new_page()
    page.goto(made("timeline").as_uri())
    assert page.evaluate("fetch('https://example.org').then(() => 'fetched', () => 'refused')") == "refused"
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, unmeasured_korea: Korea) -> Path:
    """Give the page of 2,000 generated events."""
    folder = tmp_path_factory.mktemp("many")
    generate = Path(__file__).parents[2] / "benchmarks" / "generate.py"
    with (folder / "2000.toml").open("w", encoding="utf-8") as stream:
        subprocess.run([sys.executable, generate, "2000"], stdout=stream, check=True)
    assert unmeasured_korea("timeline", "-d", folder / "2000.toml", "-o", folder / "2000.html").code == 0
    return folder / "2000.html"


def test_two_thousand_events_take_two_megabytes_and_are_built_when_they_come_into_view(
    reader: Reader, many: Path
) -> None:
    assert many.stat().st_size <= 2_000_000
    page = reader.open(many)
    until(page, "document.querySelectorAll('.entry').length > 0")
    assert page.locator("#tally").inner_text() == "2,000 events"
    assert len(shown(page)) < 500
    kind = values(page, "kind")[0]
    number = number_beside(page, "kind", kind)
    tick(page, "kind", kind)
    assert page.locator("#tally").inner_text().startswith(f"{number} of 2,000 events · ")
    page.evaluate("document.querySelector('.block:last-child').scrollIntoView()")
    until(page, "document.querySelector('.block:last-child').childElementCount > 0")


def test_an_address_leads_to_an_entry_that_is_not_built_yet(reader: Reader, many: Path, korea: Korea) -> None:
    last = json.loads(korea("timeline", "-d", many.with_suffix(".toml"), "-n", "1", "--reverse", "--json").out)[
        "events"
    ][0]
    page = reader.open(many, f"#event:{last['id']}")
    until(page, f"document.activeElement.id === 'event:{last['id']}'")
    assert page.locator(f"[id='event:{last['id']}'] .details").is_visible()


def test_without_javascript_many_events_are_a_list_with_their_sources(reader: Reader, many: Path) -> None:
    page = reader.open(many, java_script_enabled=False)
    lines = page.locator("ul.plain > li")
    assert lines.count() == 2000
    assert lines.first.locator("a, cite").count() > 0
