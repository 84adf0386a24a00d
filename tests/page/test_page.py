"""The page in Chromium: what a reader sees, searches, filters, shares, copies and prints."""

from __future__ import annotations

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
    assert "the year is inferred" in page.locator(".colophon").inner_text()
    assert page.locator("#tally").inner_text() == f"{EVENTS} events"


def test_it_says_what_was_asked_for(reader: Reader, made: Made, korea: Korea) -> None:
    page = reader.open(made("timeline", "actor:russia", "--from", "2017-05", "-n", "3"))
    told = page.locator(".colophon").inner_text()
    matched = json.loads(korea("timeline", "actor:russia", "--from", "2017-05", "--json").out)["matched"]
    assert f"3 events of {matched} that match" in told
    assert "actor:russia" in told
    assert "since 1 May 2017" in told


@pytest.mark.parametrize("facet", ["actor", "topic", "kind", "status"])
def test_every_value_of_a_filter_finds_what_the_program_finds_and_its_number_says_so(
    facet: str, reader: Reader, made: Made, answer: Answer
) -> None:
    page = reader.open(made("timeline"))
    known = values(page, facet)
    assert len(known) > 3
    for value in known[:: 1 + len(known) // 9]:
        number = number_beside(page, facet, value)
        tick(page, facet, value)
        found = [event["id"] for event in answer("timeline", f"{facet}:{value}")]
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
        page.fill("#from", since)
        page.fill("#to", until)
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
    page.fill("#from", since)
    page.fill("#to", until)
    assert shown(page) == found.split()


def test_a_date_that_cannot_be_read_is_told_and_filters_nothing(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    for typed in (
        "2017-13",
        "2017-00",
        "may",
        "2017-02-30",
        "17",
        "-0000",
        "0 BC",
        "-44",
        "44",
        "10000",
        "-0043-02-29",
    ):
        page.fill("#from", typed)
        assert page.locator("#from").get_attribute("aria-invalid") == "true"
        assert page.locator("#time-hint").inner_text().startswith("Enter a year")
        assert len(shown(page)) == EVENTS
    for typed in ("2017-02-28", "0000", "-0043", "-0044-02-29", "44 BC", "44bce", "79 ad", "10000 BC"):
        page.fill("#from", typed)
        assert page.locator("#from").get_attribute("aria-invalid") == "false"
    assert page.locator("#time-hint").inner_text() == ""


def test_the_address_keeps_the_view_and_gives_it_back(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    tick(page, "actor", "russia")
    tick(page, "topic", "icbm")
    page.locator("label[for=by-topic]").click()
    page.fill("#q", '"the missile" launch')
    page.fill("#to", "2017-07-05")
    until(page, "location.hash.includes('to=')")
    address, view = page.url, shown(page)
    assert address.endswith("#q=%22the+missile%22+launch&actor=russia&topic=icbm&to=2017-07-05&lanes=topic")
    assert 0 < len(view) < EVENTS
    other = reader.open(made("timeline"), f"#{address.partition('#')[2]}")
    assert shown(other) == view
    assert other.locator("#q").input_value() == '"the missile" launch'
    assert other.locator(".by-topic").is_visible()
    assert not other.locator(".by-actor").is_visible()


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


def test_marks_lead_to_their_entries_and_fade_where_a_filter_hides_them(
    reader: Reader, made: Made, answer: Answer
) -> None:
    page = reader.open(made("timeline"))
    mark = page.locator(".by-actor .mark[href='#event:hwasong-14-launch']")
    assert "4 Jul 2017: North Korea launches" in (mark.locator("title").text_content() or "")
    mark.locator(".body").click()
    assert page.evaluate("document.activeElement.id") == "event:hwasong-14-launch"
    assert "now" in (mark.get_attribute("class") or "").split()
    tick(page, "kind", "meeting")
    faded = set(page.evaluate("[...document.querySelectorAll('.by-actor .mark.out')].map(m => m.getAttribute('href'))"))
    assert faded == {f"#event:{e['id']}" for e in answer("timeline") if e["kind"] != "meeting"}


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


def test_the_tab_key_reaches_controls_with_a_visible_focus_and_skips_the_drawing(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
    assert reached == ["by-actor", "canvas", "q", "from"]
    assert page.locator("#from").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_without_javascript_all_can_be_read_and_cited(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), java_script_enabled=False)
    entries = page.locator(".entry")
    assert entries.count() == EVENTS
    assert all(entry.is_visible() for entry in entries.all()[::10])
    assert not page.locator(".controls").is_visible()
    assert not page.locator(".copy").first.is_visible()
    assert page.locator(".citation").first.is_visible()
    assert page.locator(".by-actor").is_visible()
    page.locator("label[for=by-topic]").click()
    assert page.locator(".by-topic").is_visible()
    assert not page.locator(".by-actor").is_visible()
    assert page.locator("noscript").inner_text().startswith("Search and filters need JavaScript")


def test_a_printed_page_has_all_entries_no_controls_and_the_addresses_of_sources(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"))
    page.emulate_media(media="print")
    assert len(shown(page)) == EVENTS
    hidden = [".controls", ".switch", ".tools", "#keys", ".skip"]
    assert [selector for selector in hidden if page.locator(selector).first.is_visible()] == []
    after = "a => getComputedStyle(a, '::after').content"
    link = page.locator(".sources a").first
    assert (link.get_attribute("href") or "none") in link.evaluate(after).replace("\\", "")
    assert page.locator(".entry").first.evaluate("e => getComputedStyle(e).contentVisibility") == "visible"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_printed_view_says_what_it_leaves_out(reader: Reader, made: Made) -> None:
    page = reader.open(made("timeline"), "#kind=test")
    page.emulate_media(media="print")
    assert page.locator("#tally").inner_text() == f"{TESTS} of {EVENTS} events · test"


@pytest.mark.parametrize("arguments", [("timeline",), ("facts",), ("search", "missile"), ("show", "hwasong-14-launch")])
def test_a_phone_shows_it_without_scrolling_sideways(arguments: tuple[str, ...], reader: Reader, made: Made) -> None:
    page = reader.open(made(*arguments), **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.emulate_media(media="screen")
    page.locator("#drawer > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    too_wide = page.evaluate(
        "[...document.querySelectorAll('.entry, .entry *')].filter(e => !e.closest('.unseen')"
        " && e.checkVisibility() && e.getBoundingClientRect().right > 361).length"
    )
    assert too_wide == 0


def test_a_long_word_breaks_on_a_phone(reader: Reader, hostile: Path) -> None:
    page = reader.open(hostile, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_it_is_dark_where_the_reader_likes_it_dark(reader: Reader, made: Made) -> None:
    luminance = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((a, b) => a + Number(b), 0)"
    assert reader.open(made("timeline"), color_scheme="dark").evaluate(luminance) < 120
    assert reader.open(made("timeline"), color_scheme="light").evaluate(luminance) > 700


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
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
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
    assert page.evaluate("document.querySelectorAll('script').length") == 1
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
    page.set_default_timeout(0)
    page.goto(made("timeline").as_uri())
    assert page.evaluate("fetch('https://example.org').then(() => 'fetched', () => 'refused')") == "refused"
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    page.close()


def test_two_thousand_events_open_and_are_filtered(browser: Browser, korea: Korea, tmp_path: Path) -> None:
    data, file = tmp_path / "2000.toml", tmp_path / "2000.html"
    generate = Path(__file__).parents[2] / "benchmarks" / "generate.py"
    with data.open("w", encoding="utf-8") as stream:
        subprocess.run([sys.executable, generate, "2000"], stdout=stream, check=True)
    assert korea("timeline", "-d", data, "-o", file).code == 0
    page = browser.new_page()
    page.set_default_timeout(0)
    page.goto(file.as_uri())
    assert len(shown(page)) == 2000
    kind = values(page, "kind")[0]
    number = number_beside(page, "kind", kind)
    tick(page, "kind", kind)
    assert len(shown(page)) == number < 2000
    page.close()
