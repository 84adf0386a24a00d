"""The page as text: read by parsers of others, held against the JSON of the same answer."""

from __future__ import annotations

import re
import subprocess
from base64 import b64encode
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from korea_cli.dates.format import show_stored, span_text

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterator

    from conftest import Korea

    Made = Callable[..., Path]
    Answer = Callable[..., list[dict[str, Any]]]

_UNSAID = {
    *("type", "file", "line", "match", "earliest", "latest", "date_basis", "hedged", "precision"),
    *("source_count", "voice_count", "known_since", "distance"),  # they follow from the sources, which are all there
}
_BASES = {
    "stated": "Stated by the source.",
    "year-inferred": "Year inferred:",
    "external": "External:",
    "estimate": "An estimate.",
    "unknown": "Basis unknown:",
}
ANSWERS = [
    ("timeline",),
    ("facts",),
    ("search", "missile"),
    ("show", "hwasong-14-launch", "putin-emissary-offer", "icbm-us"),
]


@cache
def parsed(page: Path) -> ET.Element:
    """Read a page by the rules of HTML; any mistake in it is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: ET.Element = parser.parse(page.read_text("utf-8"))
    return root


def text_of(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def joined(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_it_is_valid_html_and_has_every_entry_once(arguments: tuple[str, ...], made: Made, answer: Answer) -> None:
    root = parsed(made(*arguments))
    entries = [each.get("id") for each in root.iter("article")]
    assert entries == [f"{row['type']}:{row['id']}" for row in answer(*arguments)]
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert [link for link in targets(root) if link not in ids] == []


def targets(root: ET.Element) -> list[str]:
    links = [each.get("href") or "" for each in root.iter("a")]
    links += [each.get("href") or "" for each in root.iter("{http://www.w3.org/2000/svg}a")]
    return [link.removeprefix("#") for link in links if link.startswith("#")]


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_every_value_of_a_record_is_said_in_its_entry(arguments: tuple[str, ...], made: Made, answer: Answer) -> None:
    entries = {each.get("id"): each for each in parsed(made(*arguments)).iter("article")}
    for row in answer(*arguments):
        entry = entries[f"{row['type']}:{row['id']}"]
        said = f"{text_of(entry)} {joined(entry)} {' '.join(each.get('href') or '' for each in entry.iter('a'))}"
        missing = [value for value in texts(row) if " ".join(value.split()) not in said]
        assert (row["id"], missing) == (row["id"], [])


def texts(row: dict[str, Any]) -> Iterator[str]:
    """Give all that a record says, as a reader must find it."""
    for key, value in row.items():
        if key in _UNSAID or value in (None, [], ""):
            continue
        yield from (said(key, value) if not isinstance(value, list) else (t for each in value for t in said(key, each)))
    if row.get("date_basis"):
        yield _BASES[row["date_basis"]]
    if row.get("date"):
        yield show_stored(row["date"])
        yield from (day_words(row[key]) for key in ("earliest", "latest") if row[key] and row["precision"] != "day")
    if row.get("hedged"):
        yield "(hedged)"


def day_words(day: str) -> str:
    ordinal = date.fromisoformat(day).toordinal()
    return span_text(ordinal, ordinal)


def said(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - any value of JSON
    if key == "sources":
        yield from filter(None, (value["title"], value["url"], value["id"]))
        yield f"{value['id']}#{value['locator']}" if value["locator"] else value["id"]
    elif key == "other_dates":
        yield from (show_stored(value["date"]), *filter(None, [value["note"]]))
        yield from (text for source in value["sources"] for text in said("sources", source))
    elif isinstance(value, dict):
        yield value.get("name") or value.get("label") or value["title"]
    else:
        yield value.replace("-", " ") if key in {"kind", "status"} else value


def test_all_claims_that_bear_on_an_event_stand_side_by_side_with_their_holders(made: Made, answer: Answer) -> None:
    (row,) = answer("show", "hwasong-14-launch")
    (entry,) = parsed(made("show", "hwasong-14-launch")).iter("article")
    claims = [each for each in entry.iter("li") if (each.get("class") or "").startswith("claim")]
    facts = answer("show", *(each["id"] for each in row["facts"]))
    assert len(claims) == len(facts) == 7
    for claim, fact in zip(claims, facts, strict=True):
        told = joined(claim)
        names = [
            each["name"] for key in ("holders", "reported_by", "disputed_by") for each in fact[key] if "name" in each
        ]
        assert [text for text in (fact["text"], fact["status"], *names) if text not in told] == []
        assert [each["title"] for each in fact["disputed_by"] if each["title"] not in told] == []


@pytest.mark.parametrize("arguments", [("timeline",), ("facts",)], ids=" ".join)
def test_each_dated_entry_is_drawn_in_both_drawings_with_its_title(
    arguments: tuple[str, ...], made: Made, answer: Answer
) -> None:
    root = parsed(made(*arguments))
    svg = "{http://www.w3.org/2000/svg}"
    drawings = [each for each in root.iter(f"{svg}svg") if (each.get("class") or "").startswith("drawing")]
    expected = {f"#{row['type']}:{row['id']}": row for row in answer(*arguments) if row["date"]}
    assert len(drawings) == 2
    for drawing in drawings:
        marks = {mark.get("href") or "": mark for mark in drawing.iter(f"{svg}a")}
        assert marks.keys() == expected.keys()
        for href, mark in marks.items():
            title = mark.findtext(f"{svg}title") or ""
            assert title.startswith(f"{show_stored(expected[href]['date'])}: ")
            assert ("doubted" in (mark.get("class") or "").split()) == title.endswith(" (in doubt)")


def test_links_lead_to_the_web_only_and_tell_it_nothing(made: Made) -> None:
    root = parsed(made("timeline"))
    outward = [each for each in root.iter("a") if not (each.get("href") or "").startswith("#")]
    assert len(outward) > 50
    assert {(each.get("href") or "").partition("://")[0] for each in outward} == {"http", "https"}
    assert {each.get("rel") for each in outward} == {"noopener noreferrer nofollow"}
    loading = [each for each in root.iter() if each.get("src") or (each.tag == "link" and each.get("href") != "data:,")]
    assert loading == []


def test_its_policy_names_its_own_style_and_script_and_nothing_else(made: Made) -> None:
    written = made("timeline").read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', written)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    for element, rule in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{element}>(.*?)</{element}>", written, re.DOTALL)
        assert rules.pop(rule) == f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
    none = ("default-src", "base-uri", "form-action")
    assert rules == {**dict.fromkeys(none, "'none'"), "img-src": "data:"}


def test_the_same_answer_gives_the_same_page(made: Made, korea: Korea) -> None:
    assert korea.raw("timeline", "-f", "html").stdout == made("timeline").read_bytes()


def test_what_has_no_place_is_left_out_and_told(korea: Korea) -> None:
    run = korea("search", "missile", "-f", "html")
    assert run.code == 0
    assert "left out, as this format does not support them: 3 topics" in run.err


def test_a_page_of_nothing_says_so(korea: Korea) -> None:
    page = korea("timeline", "zyzzyva", "-f", "html").out
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert '<p id="nothing" class="nothing">No entries match.</p>' in page
    assert [each for each in root.iter() if each.get("class") in {"overview", "controls scripted"}] == []


def test_other_records_have_no_page(korea: Korea) -> None:
    run = korea("sources", "-f", "html")
    assert (run.code, run.out) == (2, "")
    assert "the format 'html' is for events" in run.err


def test_its_script_holds_against_strict_types(node_modules: Path) -> None:
    project = Path(__file__).parent / "tsconfig.json"
    compiler = node_modules / ".bin" / "tsc"
    done = subprocess.run([compiler, "-p", project], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
