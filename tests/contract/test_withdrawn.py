"""What was withdrawn stays in the file, and out of answers and counts unless they are asked to have it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

DATA = """
[[sources]]
id = "paper"
title = "Paper"

[[actors]]
id = "us"
name = "United States"

[[topics]]
id = "tests"
label = "Tests"

[[events]]
id = "launch"
title = "A launch"
date = "2017-07-04"
actors = ["us"]
sources = ["paper"]

[[events]]
id = "second"
title = "A second launch"
date = "2017-07-05"
actors = ["us"]
topics = ["tests"]
sources = ["paper"]
responds_to = ["launch"]
status = "withdrawn"
withdrawn = "2017-08"
withdrawn_reason = "It was the same one, seen from Japan."

[[facts]]
id = "range"
text = "It was of medium range."
holders = ["us"]
events = ["launch"]
sources = ["paper"]
disputed_by = ["long-range"]

[[facts]]
id = "long-range"
text = "It was of long range."
holders = ["us"]
topics = ["tests"]
events = ["launch"]
sources = ["paper"]
status = "withdrawn"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.toml"
    file.write_text(DATA, "utf-8")
    return file


def flat(drawn: str) -> str:
    """Return what is drawn without its lines."""
    return " ".join(drawn.replace("│", " ").split())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (("timeline",), ["launch"]),
        (("timeline", "--with-withdrawn"), ["launch", "second"]),
        (("timeline", "status:withdrawn"), ["second"]),
        (("timeline", "--status", "Withdrawn"), ["second"]),
        (("timeline", "withdrawn:2017"), ["second"]),
        (("timeline", "has:withdrawn-reason"), ["second"]),
        (("timeline", "not:status:withdrawn"), ["launch"]),
        (("timeline", "no:withdrawn"), ["launch"]),
        (("timeline", "id:second"), ["second"]),
        (("timeline", "id:sec"), []),
        (("timeline", "id:second OR actor:us"), ["launch", "second"]),
        (("timeline", "status:withdrawn OR actor:us"), ["launch", "second"]),
        (("facts",), ["range"]),
        (("search", "range"), ["range"]),
        (("search", "range", "--with-withdrawn"), ["range", "long-range"]),
        (("show", "second", "long-range"), ["second", "long-range"]),
        (("topics",), ["tests"]),
        (("actors", "events:1"), ["us"]),
        (("actors", "events:2", "--with-withdrawn"), ["us"]),
        (("search", "events:1 OR facts:2 OR nothing"), ["us", "paper"]),
        (("search", "events:2 OR nothing"), []),
    ],
)
def test_a_query_finds_what_was_withdrawn_only_if_it_asks_for_it(
    query: tuple[str, ...], found: list[str], data: Path, korea: Korea
) -> None:
    for further in ((), ("--no-cache",)):
        run = korea(*query, "-d", data, "-f", "jsonl", "--fields", "id", *further)
        assert [json.loads(line)["id"] for line in run.out.splitlines()] == found, run


def test_it_is_not_counted(data: Path, korea: Korea) -> None:
    def counted(command: str, *words: str) -> list[tuple[int, int]]:
        run = korea(command, "-d", data, "-f", "jsonl", *words)
        return [(each["event_count"], each["fact_count"]) for each in map(json.loads, run.out.splitlines())]

    assert counted("actors") == counted("sources") == counted("stats", "--by", "actor") == [(1, 1)]
    assert counted("actors", "--with-withdrawn") == counted("sources", "status:withdrawn OR not:status:withdrawn")
    assert counted("actors", "--with-withdrawn") == [(2, 2)]
    assert counted("topics") == [(0, 0)]
    assert counted("topics", "status:withdrawn") == [(1, 1)]
    assert korea("actor", "us", "-d", data, "--json").out.count('"event_count": 1') > 1
    assert korea("timeline", "-d", data, "--count").out == "1\n"


def test_it_is_no_position(data: Path, korea: Korea) -> None:
    def said(*words: str) -> list[str]:
        rows = map(json.loads, korea("positions", "-d", data, "-f", "jsonl", *words).out.splitlines())
        return [each["id"] for row in rows for each in row["positions"]]

    assert said() == ["range"]
    assert said("--with-withdrawn") == ["long-range", "range"]


def test_a_dispute_still_knows_that_a_side_has_given_up(data: Path, korea: Korea) -> None:
    (dispute,) = map(json.loads, korea("disputes", "-d", data, "-f", "jsonl").out.splitlines())
    assert (dispute["state"], dispute["position_count"]) == ("settled", 2)
    assert [
        each["id"] for each in json.loads(korea("show", "range", "-d", data, "-f", "jsonl").out)["disputed_by"]
    ] == ["long-range"]


def test_where_nothing_else_matches_that_is_said(data: Path, korea: Korea) -> None:
    run = korea("timeline", "topic:tests", "-d", data)
    assert run.err == ("korea: no events match (timeline, topic:tests); 1 was withdrawn; --with-withdrawn lists it\n")
    run = korea("search", "topic:tests launch OR topic:tests range", "-d", data)
    assert "; 2 were withdrawn; --with-withdrawn lists them" in run.err
    # There is one event, which is no pair; only the other was withdrawn.
    assert korea("pairs", "-d", data).err == "korea: there are no pairs; 1 was withdrawn; --with-withdrawn lists it\n"


def test_it_is_struck_through_where_it_is_shown(data: Path, korea: Korea) -> None:
    shown = korea("show", "second", "-d", data, "-f", "table").out
    assert "event second  withdrawn" in shown
    assert "It was the same one, seen from Japan." in shown
    listed = flat(korea("timeline", "--with-withdrawn", "-d", data, "-f", "table").out)
    assert "A second launch second withdrawn" in listed
    assert "withdrawn Aug 2017: It was the same one, seen from Japan." in listed
    for form, line in {"table": "\x1b[1;9mA second launch", "markdown": "~~A second launch~~"}.items():
        run = korea("timeline", "--with-withdrawn", "-d", data, "-f", form, "--color", "always")
        assert line in run.out
    for form in ("markdown", "html", "ics", "timelinejs"):
        run = korea("timeline", "--with-withdrawn", "-d", data, "-f", form)
        assert "withdrawn Aug 2017: It was the same one" in run.out.replace("\\", "").replace("\r\n ", ""), form
    assert "<s>A second launch</s>" in korea("timeline", "--with-withdrawn", "-d", data, "-f", "html").out
    lines = korea("timeline", "--with-withdrawn", "-d", data, "--oneline").out.splitlines()
    assert [line.split("  ")[-1] for line in lines] == ["launch", "withdrawn"]


def test_what_refers_to_it_says_that_it_was_withdrawn(data: Path, korea: Korea) -> None:
    answer = '[[events]]\nid = "answer"\ntitle = "An answer"\ndate = "2017-07-06"\nresponds_to = ["second"]\n'
    data.write_text(DATA + answer, "utf-8")
    page = korea("timeline", "-d", data, "-f", "html").out
    assert "<s><bdi>A second launch</bdi></s> (withdrawn)" in page
    for id_, line in {"answer": "A second launch second withdrawn", "range": "long-range withdrawn"}.items():
        run = korea("show", id_, "-d", data, "-f", "table", env={"NO_COLOR": "1"})
        assert line in flat(run.out)
    run = korea("show", "answer", "-d", data, "-f", "table", "--color", "always")
    assert "\x1b[9mA second launch" in run.out
    assert "withdrawn" not in flat(korea("show", "launch", "-d", data, "-f", "table").out).partition("long-range")[0]


def test_an_export_keeps_it(data: Path, korea: Korea, tmp_path: Path) -> None:
    whole = tmp_path / "whole.toml"
    assert korea("export", "-d", data, "-o", whole).code == 0
    assert korea("diff", data, whole).out == ""


def test_private_records_are_marked_where_only_the_keeper_sees_them(data: Path, korea: Korea) -> None:
    data.write_text(DATA.replace('id = "launch"', 'id = "launch"\nprivate = true\nembargo = "2999-01-01"', 1), "utf-8")
    for words in (("timeline",), ("show", "launch"), ("search", "launch"), ("timeline", "-1")):
        assert "launch private · embargo until 1 Jan 2999" in flat(korea(*words, "-d", data, "-f", "table").out), words
    data.write_text(DATA.replace('id = "us"', 'id = "us"\nprivate = true', 1), "utf-8")
    for words in (("actors",), ("actor", "us")):
        assert "us  private" in korea(*words, "-d", data, "-f", "table").out
    data.write_text(DATA.replace('id = "long-range"', 'id = "long-range"\nprivate = true', 1), "utf-8")
    for words in (("positions", "--with-withdrawn"), ("disputes",), ("show", "range"), ("facts",)):
        shown = flat(korea(*words, "-d", data, "-f", "table").out)
        assert re.search("long-range (withdrawn · )?private", shown), words
