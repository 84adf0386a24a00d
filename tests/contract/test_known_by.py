"""What the record could say on a day: every query sees what is shown of it then, and nothing that came later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

# `early` was published before 2017-02, `late` after it; `shared` is the id of a fact and of a late source.
FILE = """
[chronology]
as_of = "2017-12-31"
[[sources]]
id = "early"
title = "Early"
container = "Post"
type = "article"
voice = "press"
country = "RUS"
language = "ru"
issued = "2017-01-10"
[[sources]]
id = "late"
title = "Late"
container = "Wire"
type = "web"
voice = "official"
country = "USA"
language = "en"
issued = "2017-06-01"
[[sources]]
id = "shared"
title = "Shared"
issued = "2017-06-02"
[[sources]]
id = "undated"
title = "Undated"
[[actors]]
id = "envoy"
name = "Envoy"
[[topics]]
id = "talks"
label = "Talks"
[[events]]
id = "both"
title = "Both"
date = "2017-01-05"
kind = "statement"
actors = ["envoy"]
topics = ["talks"]
responds_to = ["unreported"]
other_dates = [
    { date = "2017-01-07", sources = ["late"] },
    { date = "2017-01-08", sources = ["early#p2", "late#p8"], note = "of both" },
    { date = "2017-01-09" },
]
disputed_by = ["late", "denial", "envoy"]
sources = ["early#p1", "late#p9"]
[[events]]
id = "second"
title = "Second"
date = "2017-01-06"
kind = "statement"
actors = ["envoy"]
other_dates = [{ date = "2017-01-20", sources = ["late"] }]
disputed_by = ["late"]
sources = ["early"]
[[events]]
id = "unreported"
title = "Unreported"
date = "2017-01-04"
kind = "statement"
actors = ["envoy"]
sources = ["late"]
[[facts]]
id = "forecast"
text = "It will happen."
kind = "forecast"
holders = ["envoy"]
events = ["both", "unreported"]
outcome = "It came to pass"
outcome_sources = ["late"]
disputed_by = ["shared"]
sources = ["early"]
[[facts]]
id = "denial"
text = "No."
holders = ["envoy"]
sources = ["late"]
[[facts]]
id = "shared"
text = "Perhaps."
sources = ["undated"]
[[facts]]
id = "half"
text = "It will not."
kind = "forecast"
outcome = "Passed half"
outcome_sources = ["early", "late"]
sources = ["undated"]
[[facts]]
id = "confirmed"
text = "It will happen again."
kind = "forecast"
holders = ["envoy"]
outcome = "Passed too"
outcome_sources = ["early"]
sources = ["early"]
"""
BEFORE, AFTER = ("--known-by", "2017-02"), ("--known-by", "2017-07")
FACTS = {"forecast", "half", "shared", "confirmed"}
EVENTS = {"both", "second"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "known.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def document(korea: Korea, data: Path, command: str, *words: str) -> Any:  # noqa: ANN401 - of any command
    return json.loads(korea(command, "-d", data, "--json", *words).out)


def ids(korea: Korea, data: Path, command: str, *words: str) -> set[str]:
    key = {"timeline": "events", "search": "results"}.get(command, command)
    return {row["id"] for row in document(korea, data, command, *words)[key]}


@pytest.mark.parametrize(
    ("query", "before", "after"),
    [
        ("timeline source:late", set(), {"both", "second", "unreported"}),
        ("timeline source:late#p9", set(), {"both"}),
        ("timeline source:wire", set(), {"both", "second", "unreported"}),
        ("timeline locator:p8", set(), {"both"}),
        ("timeline locator:p2", {"both"}, {"both"}),
        ("timeline only:early", EVENTS, set()),
        ("timeline only:late", set(), {"unreported"}),
        ("timeline sources:1", EVENTS, {"unreported"}),
        ("timeline voices:2", set(), EVENTS),
        ("timeline voice:official", set(), EVENTS | {"unreported"}),
        ("timeline source_type:web", set(), EVENTS | {"unreported"}),
        ("timeline language:en", set(), EVENTS | {"unreported"}),
        ("timeline container:wire", set(), EVENTS | {"unreported"}),
        ("timeline issued:2017-06", set(), EVENTS | {"unreported"}),
        ("timeline has:other_dates", {"both"}, EVENTS),
        ("timeline no:other_dates", {"second"}, {"unreported"}),
        ("timeline has:disputed_by", {"both"}, EVENTS),
        ("timeline no:responds_to", EVENTS, {"second", "unreported"}),
        ("timeline date:2017-01-07", set(), {"both"}),
        ("timeline date:2017-01-08..2017-01-09", {"both"}, {"both"}),
        ("timeline begins:2017-01-20", set(), {"second"}),
        ("timeline disputed-by:late", set(), EVENTS),
        ("timeline disputed-by:denial", set(), {"both"}),
        ("timeline disputed-by:envoy", {"both"}, {"both"}),
        ("timeline answers:unreported", set(), {"both"}),
        ("timeline answered-by:both", set(), {"unreported"}),
        ("timeline id:unreported", set(), {"unreported"}),
        ("facts about-event:unreported", set(), {"forecast"}),
        ("facts about-event:both", {"forecast"}, {"forecast"}),
        ("facts has:source", FACTS, FACTS | {"denial"}),
        ("facts source:late", set(), {"forecast", "half", "denial"}),
        ("facts has:outcome", {"confirmed"}, {"forecast", "half", "confirmed"}),
        ("facts no:outcome_sources", {"forecast", "half", "shared"}, {"shared", "denial"}),
        ("facts pass", {"confirmed"}, {"forecast", "half", "confirmed"}),
        ("facts outcome:pass", {"confirmed"}, {"forecast", "half", "confirmed"}),
        ("facts source:early", {"forecast", "confirmed"}, {"forecast", "half", "confirmed"}),
        ("facts happen", {"forecast", "confirmed"}, {"forecast", "confirmed"}),
        ("facts disputes:both", set(), {"denial"}),
        ("facts disputed-by:fact:shared", {"forecast"}, {"forecast"}),
        ("sources events:>=0", {"early", "undated"}, {"early", "late", "shared", "undated"}),
        ("sources country:usa", set(), {"late"}),
        ("sources disputes:both", set(), {"late"}),
        ("search late", set(), {"late"}),
        ("search envoy", {"envoy", *EVENTS, "forecast", "confirmed"},
         {"envoy", *EVENTS, "unreported", "forecast", "denial", "confirmed"}),
    ],
)  # fmt: skip
def test_a_filter_sees_what_is_shown(query: str, before: set[str], after: set[str], korea: Korea, data: Path) -> None:
    words = query.split()
    assert ids(korea, data, *words, *BEFORE) == before
    assert ids(korea, data, *words, *AFTER) == after == ids(korea, data, *words)


def test_a_record_is_shown_as_it_could_be_read(korea: Korea, data: Path) -> None:
    both, _ = document(korea, data, "timeline", *BEFORE)["events"]
    assert [(each["id"], each["locator"]) for each in both["sources"]] == [("early", "p1")]
    dates = [(each["date"], [source["id"] for source in each["sources"]], each["note"]) for each in both["other_dates"]]
    assert dates == [("2017-01-08", ["early"], "of both"), ("2017-01-09", [], None)]
    assert [each["id"] for each in both["disputed_by"]] == ["envoy"]
    assert (both["responds_to"], both["source_count"], both["voice_count"]) == ([], 1, 1)
    facts = {row["id"]: row for row in document(korea, data, "facts", *BEFORE)["facts"]}
    forecast, confirmed = facts["forecast"], facts["confirmed"]
    assert (forecast["outcome"], forecast["outcome_sources"]) == (None, [])
    assert [each["id"] for each in forecast["events"]] == ["both"]
    assert [(each["type"], each["id"]) for each in forecast["disputed_by"]] == [("fact", "shared")]
    assert (confirmed["outcome"], [each["id"] for each in confirmed["outcome_sources"]]) == ("Passed too", ["early"])


def test_the_order_and_the_counts_are_those_of_what_is_shown(korea: Korea, data: Path) -> None:
    rows = document(korea, data, "timeline", "--sort", "source_count", *BEFORE)["events"]
    assert [(row["id"], row["source_count"]) for row in rows] == [("both", 1), ("second", 1)]
    rows = document(korea, data, "sources", *BEFORE)["sources"]
    assert [(row["id"], row["event_count"], row["fact_count"], row["alone"]) for row in rows] == [
        ("early", 2, 2, 4), ("undated", 0, 2, 2)
    ]  # fmt: skip
    (envoy,) = document(korea, data, "actors", *BEFORE)["actors"]
    assert (envoy["event_count"], envoy["fact_count"]) == (2, 2)
    found = document(korea, data, "stats", "--by", "source", *BEFORE)["counts"]
    assert {row["value"]: row["event_count"] + row["fact_count"] for row in found} == {"early": 4, "undated": 2}
    found = document(korea, data, "stats", "sources", *BEFORE)["sources"]
    assert {row["value"] for row in found} == {"early", "undated"}
    (summary,) = (document(korea, data, "actor", "envoy", *BEFORE)["actor"],)
    assert (summary["event_count"], summary["disputes"][0]["id"]) == (2, "both")
    assert {row["lane"] for row in document(korea, data, "chart", "--lanes", "source", *BEFORE)["periods"]} == {"early"}


def test_what_refers_to_a_record_is_shown_as_far_as_it_was_known(korea: Korea, data: Path) -> None:
    (shown,) = document(korea, data, "show", "both", *BEFORE)["results"]
    assert (shown["answered_by"], [each["id"] for each in shown["facts"]]) == ([], ["forecast"])
    (source,) = document(korea, data, "show", "source:early", *BEFORE)["results"]
    assert source["event_count"] == 2
    assert document(korea, data, "show", "late", *BEFORE)["results"] == []


def test_actors_and_topics_are_certain(korea: Korea, data: Path) -> None:
    for words in ("envoy", "topic:talks"):
        assert ids(korea, data, "search", words, "--certain", *BEFORE) <= ids(korea, data, "search", words, *BEFORE)
    assert "envoy" in ids(korea, data, "search", "envoy", "--certain", *BEFORE)
    assert "talks" in ids(korea, data, "search", "talks", "--certain", *BEFORE)


def test_names_that_were_not_known_are_names_all_the_same(korea: Korea, data: Path) -> None:
    run = korea("timeline", "-d", data, "source:late", *BEFORE)
    assert (run.code, run.out) == (0, "")
    assert korea("timeline", "-d", data, "source:latest", *BEFORE).code == 1
