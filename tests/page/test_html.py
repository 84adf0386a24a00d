"""The page as text: read by parsers of others, held against the JSON of the same answer."""

from __future__ import annotations

import json
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
    *(
        "source_count",
        "voice_count",
        "known_since",
        "distance",
        "private",
        "key",
        "claims",
    ),  # they follow from the sources, which are all there
}
_BASES = {
    "stated": "Stated by the source.",
    "year-inferred": "Year inferred:",
    "external": "External:",
    "estimate": "An estimate.",
    "unknown": "Basis unknown:",
}
DOUBTS = {"disputed", "contradicted", "withdrawn", "unverified"}
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
    return [link.removeprefix("#") for link in links if link.startswith("#") and "=" not in link]


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
    elif key == "claims":
        yield from (value["text"], *(each["name"] for each in value["holders"]))
    elif key == "other_dates":
        yield from (show_stored(value["date"]), *filter(None, [value["note"]]))
        yield from (text for source in value["sources"] for text in said("sources", source))
    elif isinstance(value, dict):
        yield value.get("name") or value.get("label") or value["title"]
    else:
        yield value.replace("-", " ") if key in {"kind", "status"} else value


def test_all_claims_that_bear_on_an_event_are_in_a_table_with_their_holders(made: Made, answer: Answer) -> None:
    (row,) = answer("show", "hwasong-14-launch")
    (entry,) = parsed(made("show", "hwasong-14-launch")).iter("article")
    claims = [each for each in entry.iter("tr") if (each.get("class") or "").startswith("claim")]
    facts = answer("show", *(each["id"] for each in row["claims"]))
    assert len(claims) == len(facts) == 7
    for claim, fact in zip(claims, facts, strict=True):
        told = joined(claim)
        names = [each["name"] for key in ("holders", "reported_by") for each in fact[key]]
        assert [text for text in (fact["text"], fact["status"], *names) if text not in told] == []
        opponents = [each["id"] for each in fact["disputed_by"]]
        assert [link for link in (f"#fact:{id_}" for id_ in opponents) if link not in targets_of(claim)] == []


def titles_in(element: ET.Element) -> str:
    """Return the titles of sources that a table names by where they appeared."""
    return " ".join(each.get("title") or "" for each in element.iter())


def targets_of(element: ET.Element) -> list[str]:
    return [each.get("href") or "" for each in element.iter("a")]


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_no_claim_stands_twice_in_an_entry(arguments: tuple[str, ...], made: Made) -> None:
    for entry in parsed(made(*arguments)).iter("article"):
        held = [joined(each) for each in entry.iter() if each.get("class") == "held w"]
        readable = joined(entry).replace(f"“{held[0]}”" if held else "", "")
        assert [claim for claim in held if readable.count(claim) > 1] == []


def test_each_dispute_is_there_with_all_positions_of_each_side(made: Made, korea: Korea, answer: Answer) -> None:
    found = parsed(made("timeline")).iter("details")
    blocks = {each.get("id"): each for each in found if "dispute" in (each.get("class") or "").split()}
    contested = {
        by["id"]: row.get("title") or row["text"]
        for row in (*answer("facts"), *answer("timeline"))  # of an event rather than of a claim about it
        for by in row["disputed_by"]
    }
    disputes = json.loads(korea("disputes", "--json").out)["disputes"]
    assert {f"dispute:{each['id']}" for each in disputes} == blocks.keys()
    for dispute in disputes:
        block = blocks[f"dispute:{dispute['id']}"]
        sides = list(block.iter("table"))
        assert len(sides) == dispute["side_count"]
        assert dispute["state"] in joined(block)
        for number, side in enumerate(sides, 1):
            own = [each for each in dispute["positions"] if each["side"] == number]
            rows = [f"{joined(row)} {titles_in(row)}" for row in side.iter("tr")][1:]
            assert len(rows) == len(own)
            for row, position in zip(rows, own, strict=True):
                said = [position["who"] or "the record", position["says"] or f"disputes “{contested[position['id']]}”"]
                said += [show_stored(position["date"])] if position["date"] else []
                assert [
                    text for text in (*said, *(each["title"] for each in position["sources"])) if text not in row
                ] == []


@pytest.mark.parametrize("arguments", [("timeline",), ("facts",)], ids=" ".join)
def test_the_script_is_given_each_entry_with_its_days(arguments: tuple[str, ...], made: Made, answer: Answer) -> None:
    for given, row in zip(data_of(made(*arguments))["entries"], answer(*arguments), strict=True):
        assert given["id"] == f"{row['type']}:{row['id']}"
        assert given["title"] == (row["title"] if row["type"] == "event" else row["text"])
        days = [date.fromisoformat(row[key]).toordinal() if row[key] else None for key in ("earliest", "latest")]
        assert (
            days == [day if abs(day) < 4_000_000 else None for day in given["dates"][0][:4:3]] if row["date"] else True
        )
        assert given.get("doubted", False) == (bool(row["disputed_by"]) or row["status"] in DOUBTS)


def data_of(page: Path) -> dict[str, Any]:
    """Read what the page gives to its script."""
    (element,) = (each for each in parsed(page).iter("script") if each.get("id") == "data")
    given: dict[str, Any] = json.loads(element.text or "")
    return given


def test_a_fact_is_drawn_at_the_event_it_is_about(made: Made, answer: Answer) -> None:
    days = {
        f"event:{row['id']}": each["dates"][0]
        for row, each in zip(answer("timeline"), data_of(made("timeline"))["entries"], strict=True)
    }
    about = {f"fact:{row['id']}": [f"event:{each['id']}" for each in row["events"]] for row in answer("facts")}
    given = {each["id"]: each.get("drawn") for each in data_of(made("facts"))["entries"]}
    told = [id_ for id_, events in about.items() if events]
    assert len(told) > 20
    assert [given[id_] for id_ in told] == [[days[about[id_][0]]] for id_ in told]


def test_turning_points_are_those_of_the_record_and_else_the_most_answered_and_disputed(
    made: Made, answer: Answer
) -> None:
    ranked = [each for each in data_of(made("timeline"))["entries"] if "rank" in each]
    ranked.sort(key=lambda each: each["rank"])
    assert [each["rank"] for each in ranked] == list(range(1, len(ranked) + 1))
    named = {f"event:{row['id']}" for row in answer("timeline") if row["key"]}
    assert {each["id"] for each in ranked[: len(named)]} == named
    assert {each["id"] for each in ranked if each.get("key")} == named


@pytest.mark.parametrize(
    ("query", "selected"),
    [
        (("by:putin", "OR", "by:lavrov"), "by Vladimir Putin or by Sergei Lavrov"),
        (("thaad NOT (by:putin OR kind:test)",), "“thaad”, not (by Vladimir Putin or test)"),
        (("(thaad AND missile)", "place:Moscow"), "(“thaad” and “missile”), Moscow"),
        (('"six party"', "-k", "meeting"), "“six party”, meeting"),
        (('"A (b) OR c"',), "“A (b) OR c”"),
        (("thaad OR missile", "-s", '"x'), '“thaad” or “missile”, source:"x'),
    ],
)
def test_a_selection_is_named_as_people_say_it(query: tuple[str, ...], selected: str, made: Made) -> None:
    (title,) = (each.text for each in parsed(made("timeline", *query)).iter("title"))
    assert (title or "").partition(": ")[2] == selected


def test_links_lead_to_the_web_only_and_tell_it_nothing(made: Made) -> None:
    root = parsed(made("timeline"))
    outward = [each for each in root.iter("a") if not (each.get("href") or "").startswith("#")]
    assert len(outward) > 50
    assert {(each.get("href") or "").partition("://")[0] for each in outward} == {"http", "https"}
    assert {each.get("rel") for each in outward} == {"noopener noreferrer nofollow"}
    loading = [each.get("src") or each.get("href") for each in root.iter() if each.get("src") or each.tag == "link"]
    assert [address.partition(",")[0] for address in loading if address] == ["data:image/svg+xml"]


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
    asked = ("timeline", "thaad", "--period", "2017-04..2017-07")
    for seed in "12345":
        again = korea.raw(*asked, "-f", "html", env={"PYTHONHASHSEED": seed})
        assert again.stdout == made(*asked).read_bytes()


def test_what_has_no_place_is_left_out_and_told(korea: Korea) -> None:
    run = korea("search", "missile", "-f", "html")
    assert run.code == 0
    assert "left out, as this format does not support them: 3 topics" in run.err


def test_a_page_of_nothing_says_so(korea: Korea) -> None:
    page = korea("timeline", "zyzzyva", "-f", "html").out
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert '<div id="nothing" class="nothing">\n<p>No entries match.</p>' in page
    assert [each for each in root.iter() if (each.get("class") or "").endswith(" scripted")] == []


def test_other_records_have_no_page(korea: Korea) -> None:
    run = korea("sources", "-f", "html")
    assert (run.code, run.out) == (2, "")
    assert "the format 'html' is for events" in run.err


def test_its_script_holds_against_strict_types(node_modules: Path) -> None:
    project = Path(__file__).parent / "tsconfig.json"
    compiler = node_modules / ".bin" / "tsc"
    done = subprocess.run([compiler, "-p", project], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
