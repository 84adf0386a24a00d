"""Every answer with an event has what is claimed about it: who says what, how it stands, and on what it rests."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import USAGE
from korea_cli.chronology.opening import open_chronology

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

DATA = """
[chronology]
title = "Launch"
as_of = "2017-07-31"

[[sources]]
id = "tass"
title = "On the launch"
issued = "2017-07-05"
url = "https://example.org/tass"

[[sources]]
id = "book"
title = "A later book"
issued = "2019"

[[actors]]
id = "moscow"
name = "Moscow"

[[actors]]
id = "tokyo"
name = "Tokyo"

[[actors]]
id = "semi"
name = "Smith; Sons: traders"

[[events]]
id = "launch"
title = "A missile is launched"
date = "2017-07-04"
summary = "See the facts that bear on it."
disputed_by = ["outside", "medium", "book"]
status = "disputed"
sources = ["tass"]

[[events]]
id = "quiet"
title = "Nothing is claimed"
date = "2017-07-06"
sources = ["tass"]

[[facts]]
id = "outside"
text = "Nothing was launched; it was a test of an engine."
holders = ["semi"]
sources = ["tass"]

[[facts]]
id = "medium"
date = "2017-07-06"
text = "It was of medium range."
holders = ["moscow"]
reported_by = ["tokyo"]
events = ["launch"]
status = "disputed"
sources = ["tass#p2"]

[[facts]]
id = "unsigned"
text = "It flew for 39 minutes."
events = ["launch"]
sources = ["tass", "book"]

[[facts]]
id = "late"
date = "2017-07-05"
text = "It was an ICBM."
holders = ["tokyo", "moscow"]
events = ["launch"]
sources = ["book"]

[[facts]]
id = "elsewhere"
text = "It concerns nothing here."
holders = ["tokyo"]
sources = ["tass"]
"""
TASS = {"id": "tass", "title": "On the launch", "url": "https://example.org/tass"}
BOOK = {"id": "book", "locator": None, "title": "A later book", "url": None}
MOSCOW, TOKYO = {"id": "moscow", "name": "Moscow"}, {"id": "tokyo", "name": "Tokyo"}
SEMI = {"id": "semi", "name": "Smith; Sons: traders"}
OUTSIDE = {
    "id": "outside", "text": "Nothing was launched; it was a test of an engine.", "holders": [SEMI], "reported_by": [],
    "status": None, "sources": [{**TASS, "locator": None}],
}  # fmt: skip
MEDIUM = {
    "id": "medium", "text": "It was of medium range.", "holders": [MOSCOW], "reported_by": [TOKYO],
    "status": "disputed", "sources": [{**TASS, "locator": "p2"}],
}  # fmt: skip
UNSIGNED: dict[str, Any] = {
    "id": "unsigned", "text": "It flew for 39 minutes.", "holders": [], "reported_by": [], "status": None,
    "sources": [{**TASS, "locator": None}, BOOK],
}  # fmt: skip
LATE = {
    "id": "late", "text": "It was an ICBM.", "holders": [TOKYO, MOSCOW], "reported_by": [], "status": None,
    "sources": [BOOK],
}  # fmt: skip
ALL = [LATE, MEDIUM, OUTSIDE, UNSIGNED]  # by date, and those without one in the order of the file
EVERY_WAY = [
    ("timeline",), ("search", "missile"), ("show", "launch"), ("export",), ("timeline", "--no-cache"),
    ("timeline", "--period", "2017-07"), ("timeline", "--fields", "claims,type,id"),
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "launch.toml"
    path.write_text(DATA, encoding="utf-8")
    return path


def claims(korea: Korea, file: Path, *arguments: str, form: str = "jsonl") -> dict[str, Any]:
    run = korea(*arguments, "-d", file, "-f", form)
    assert run.code == 0, run.err
    rows = map(json.loads, run.out.splitlines())
    return {row["id"]: row["claims"] for row in rows if row["type"] == "event"}


@pytest.mark.parametrize("asked", EVERY_WAY, ids=" ".join)
def test_an_event_has_the_claims_that_are_about_it_or_dispute_it_by_date(
    asked: tuple[str, ...], korea: Korea, file: Path
) -> None:
    for _ in range(2):  # the second time from the index
        assert claims(korea, file, *asked)["launch"] == ALL


def test_json_has_them_too_and_no_claims_are_an_empty_list(korea: Korea, file: Path) -> None:
    document = json.loads(korea("timeline", "-d", file, "--json").out)
    assert [event["claims"] for event in document["events"]] == [ALL, []]


def test_of_a_day_only_claims_and_sources_that_could_be_known(korea: Korea, file: Path) -> None:
    then = [MEDIUM, OUTSIDE, {**UNSIGNED, "sources": UNSIGNED["sources"][:1]}]
    for asked in (("timeline",), ("show", "launch"), ("timeline", "--fields", "type,id,claims")):
        assert claims(korea, file, *asked, "--known-by", "2018")["launch"] == then


def test_only_events_have_claims(korea: Korea, file: Path) -> None:
    facts = map(json.loads, korea("facts", "-d", file, "-f", "jsonl").out.splitlines())
    assert not any("claims" in fact for fact in facts)


def test_the_library_has_them(file: Path) -> None:
    with open_chronology(file) as chronology:
        launch = chronology.find("launch", "event")
    assert [(each.id, each.holders, each.status) for each in launch.claims] == [
        ("late", ("tokyo", "moscow"), ""), ("medium", ("moscow",), "disputed"), ("outside", ("semi",), ""),
        ("unsigned", (), ""),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_events_with_claims_are_imported_again_without_a_word_about_these(
    form: str, korea: Korea, file: Path, tmp_path: Path
) -> None:
    saved, mine = tmp_path / f"saved.{form}", tmp_path / "mine.toml"
    mine.touch()
    assert korea("timeline", "-d", file, "-o", saved).code == 0
    run = korea("import", saved, "-d", mine)
    assert run.code == 0, run.err
    assert "claims" not in run.err


BASE = ("--base-url", "https://example.org/korea.html")
ADDRESS = "https://example.org/korea.html#event:launch"
LINES = (
    "Claimed by Tokyo, Moscow: It was an ICBM.",
    "Claimed by Moscow, reported by Tokyo: It was of medium range. (disputed)",
    "Claimed by Smith; Sons: traders: Nothing was launched; it was a test of an engine.",
    "Claimed: It flew for 39 minutes.",
)


@pytest.mark.parametrize("form", ["ics", "timelinejs", "markdown"])
@pytest.mark.parametrize("base", [(), BASE], ids=["alone", "with a page"])
def test_a_summary_that_refers_to_facts_is_followed_by_them(
    form: str, base: tuple[str, ...], korea: Korea, file: Path
) -> None:
    run = korea("timeline", "-d", file, *base, "-f", form)
    assert run.code == 0, run.err
    text = run.out.replace("\r\n ", "").replace("*(disputed)*", "(disputed)").replace("\\,", ",").replace("\\;", ";")
    places = [text.index(words) for words in ("See the facts that bear on it.", *LINES)]
    assert places == sorted(places)
    assert (ADDRESS in text) is bool(base)


NO_ADDRESSES = {
    "example.org/korea.html": "write one that begins with https:// or http://",
    "javascript:alert(1)": "write one that begins with https:// or http://",
    "//example.org/": "write one that begins with https:// or http://",
    "https://example.org/korea.html#top": "has a part after '#', where links name a record: leave it out",
    "https://example.org/korea page.html": "has a space, which addresses cannot have: write %20",
    'https://example.org/"><script>': "which addresses cannot have: write %22",
    "https:///korea.html": "does not name a host",
    "https://example.org:99999/": "does not name a host",
    "http://[x/": "does not name a host",
}


@pytest.mark.parametrize("form", ["html", "ics", "timelinejs", "markdown"])
@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_that_would_break_the_links_is_refused(
    form: str, address: str, korea: Korea, file: Path, tmp_path: Path
) -> None:
    run = korea("timeline", "-d", file, "-f", form, "--base-url", address, "-o", tmp_path / "answer")
    assert run.code == USAGE
    assert f"'--base-url {address}' " in run.err
    assert NO_ADDRESSES[address] in run.err
    assert not (tmp_path / "answer").exists()


@pytest.mark.parametrize(
    "address", ["https://example.org", "HTTP://example.org:8080/a/", "http://[::1]/?page=1&x=한국"]
)
def test_an_address_of_a_page_is_taken(address: str, korea: Korea, file: Path) -> None:
    run = korea("timeline", "-d", file, "-f", "markdown", "--base-url", address)
    assert run.code == 0, run.err
    assert "#event:launch" in run.out


@pytest.mark.parametrize("form", ["ics", "timelinejs"])
@pytest.mark.parametrize("base", [(), BASE], ids=["alone", "with a page"])
def test_no_claim_and_no_permalink_is_read_as_part_of_the_event(
    form: str, base: tuple[str, ...], korea: Korea, file: Path, tmp_path: Path
) -> None:
    saved, mine = tmp_path / ("saved.ics" if form == "ics" else "saved.json"), tmp_path / "mine.toml"
    mine.touch()
    assert korea("timeline", "-d", file, *base, "-f", form, "-o", saved).code == 0
    assert korea("import", saved, "-d", mine).code == 0
    text = mine.read_text("utf-8")
    assert "See the facts that bear on it." in text
    assert "Claimed" not in text
    assert "Permalink" not in text
    assert "korea.html" not in text


def test_a_sheet_says_who_claims_what(korea: Korea, file: Path) -> None:
    run = korea("timeline", "-d", file, "--fields", "id,claims", "-f", "csv")
    claims_ = (
        "Tokyo, Moscow: It was an ICBM.; Moscow: It was of medium range.;"
        " Smith; Sons: traders: Nothing was launched; it was a test of an engine.; It flew for 39 minutes."
    )
    assert run.out.replace("\r", "") == f'id,claims\nlaunch,"{claims_}"\nquiet,\n'


SEVERAL = [(form, asked) for form in ("markdown", "ics", "timelinejs") for asked in ("show launch", "timeline")]


@pytest.mark.parametrize(("form", "asked"), [*SEVERAL, ("table", "show launch")])
def test_no_claim_is_written_twice(form: str, asked: str, korea: Korea, file: Path) -> None:
    run = korea(*asked.split(), "-d", file, "-f", form)
    text = re.sub(r"\\?\s+", " ", run.out.replace("\r\n ", "").replace("\\;", ";"))
    for claim in ("It flew for 39 minutes.", "It was of medium range.", "it was a test of an engine."):
        assert text.count(claim) == 1, claim
    assert text.count("Smith; Sons: traders") == (1 if form == "table" else 2)  # who disputes, and who claims
