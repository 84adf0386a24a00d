"""Queries by time, knowledge and numbers: what they find, and what they refuse with what to type."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

FILE = """
[chronology]
as_of = "2017-07-31"
[[sources]]
id = "early"
title = "Early"
container = "Post"
issued = "2017-05-10"
[[sources]]
id = "month"
title = "Month"
container = "Post"
issued = "2017-07"
[[sources]]
id = "copy"
title = "Copy"
original = "Yonhap"
issued = "2017-07-20"
[[sources]]
id = "unused"
title = "Unused"
[[events]]
id = "first-talks"
title = "First talks"
date = "2017-05-01/2017-05-04"
sources = ["early#p6", "month"]
[[events]]
id = "second-talks"
title = "Second talks"
date = "2017-05-09"
responds_to = ["first-talks"]
other_dates = [ { date = "2017-05-08", sources = ["copy"] } ]
sources = ["early"]
[[events]]
id = "third-talks"
title = "Third talks"
date = "2017-07-04"
sources = ["month"]
[[facts]]
id = "same"
text = "It is so."
sources = ["early"]
[[facts]]
id = "other"
text = "It is otherwise."
hedged = true
disputed_by = ["same"]
sources = ["copy"]
"""

FORECAST = """
[[sources]]
id = "before"
title = "Before"
issued = "2017-05-10"
[[sources]]
id = "sooner"
title = "Sooner"
issued = "2018-01-10"
[[sources]]
id = "later"
title = "Later"
issued = "2019-01"
[[facts]]
id = "forecast"
text = "The weather will change."
kind = "forecast"
sources = ["before"]
outcome = "It rained, then it snowed."
outcome_sources = ["sooner", "later"]
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "talks.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def rows(korea: Korea, data: Path, command: str, *words: str) -> list[dict[str, Any]]:
    document = json.loads(korea(command, "-d", data, "--json", *words).out)
    listed: list[dict[str, Any]] = document["events" if command == "timeline" else command]
    return listed


def found(korea: Korea, data: Path, *words: str) -> list[dict[str, Any]]:
    """Return what a search finds."""
    results: list[dict[str, Any]] = json.loads(korea("search", "-d", data, "--json", *words).out)["results"]
    return results


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--from", "second-talks"], ["second-talks", "third-talks"]),
        (["--to", "first-talks"], ["first-talks"]),
        (["--from", "first-talks", "--to", "second-talks"], ["first-talks", "second-talks"]),
        (["--around", "second-talks"], ["first-talks", "second-talks"]),
        (["--around", "second-talks", "--days", "3"], ["second-talks"]),
        (["--around", "2017-05-09", "--days", "0"], ["second-talks"]),
        (["--known-by", "2017-05-09"], []),
        (["--known-by", "2017-05-10"], ["first-talks", "second-talks"]),
        (["--known-by", "2017-07-03"], ["first-talks", "second-talks"]),
        (["--known-by", "2017-07-04"], ["first-talks", "second-talks", "third-talks"]),
        (["--known-by", "2017-07-04", "--certain"], ["first-talks", "second-talks"]),
        (["--known-by", "2017-07-31", "--certain"], ["first-talks", "second-talks", "third-talks"]),
        (["sources:1"], ["third-talks"]),
        (["sources:>=2", "voices:1"], ["first-talks"]),
        (["voices:2"], ["second-talks"]),
        (["answers:first-talks"], ["second-talks"]),
        (["answered-by:second-talks"], ["first-talks"]),
        (["source:early#p6"], ["first-talks"]),
        (["locator:P6"], ["first-talks"]),
        (["only:month"], ["third-talks"]),
        (["only:post"], ["first-talks", "third-talks"]),
        (["has:other_dates"], ["second-talks"]),
        (["no:responds_to"], ["first-talks", "third-talks"]),
        (["precision:interval"], ["first-talks"]),
        (["begins:2017-05-01"], ["first-talks"]),
        (["ends:2017-05-04", "OR", "original:yonhap"], ["first-talks", "second-talks"]),
        (["(begins:2017-05 AND voices:2)", "OR", "known-since:2017-07"], ["second-talks", "third-talks"]),
    ],
)
def test_a_query_finds_what_it_should(words: list[str], expected: list[str], korea: Korea, data: Path) -> None:
    assert [row["id"] for row in rows(korea, data, "timeline", *words)] == expected


def test_facts_and_lists_have_their_relations_and_numbers(korea: Korea, data: Path) -> None:
    assert [row["id"] for row in rows(korea, data, "facts", "disputes:other")] == ["same"]
    assert [row["id"] for row in rows(korea, data, "facts", "disputed-by:same", "hedged:true")] == ["other"]
    assert [row["id"] for row in rows(korea, data, "facts", "not:precision:day")] == ["same", "other"]
    assert [row["id"] for row in rows(korea, data, "sources", "events:0", "facts:0")] == ["unused"]
    assert [row["id"] for row in rows(korea, data, "sources", "events:>=2")] == ["early", "month"]
    unused = [(row["type"], row["id"]) for row in found(korea, data, "events:0", "facts:0")]
    assert unused == [("source", "unused")]
    assert {row["id"] for row in found(korea, data, "events:>=2 OR (facts:1 NOT events:0)")} == {
        "early",
        "month",
        "copy",
    }
    assert {row["id"] for row in found(korea, data, "third OR facts:0")} == {"third-talks", "month", "unused"}
    assert [row["id"] for row in rows(korea, data, "sources", "source:early#p6")] == ["early"]
    assert rows(korea, data, "sources", "source:month#p6") == []


DISPUTED = """
[[actors]]
id = "state"
name = "State"
[[actors]]
id = "ministry"
name = "Ministry"
part_of = ["state"]
[[actors]]
id = "rival"
name = "Rival"
[[sources]]
id = "press"
title = "Press"
[[facts]]
id = "denial"
text = "It was no missile."
holders = ["ministry"]
sources = ["press"]
[[facts]]
id = "claim"
text = "It was a missile."
holders = ["rival"]
disputed_by = ["denial", "press"]
sources = ["press"]
[[facts]]
id = "boast"
text = "It flew far."
holders = ["rival"]
disputed_by = ["state"]
sources = ["press"]
"""


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("disputed") / "disputed.toml"
    path.write_text(DISPUTED, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("disputed-by:denial", ["claim"]),
        ("disputed-by:press", ["claim"]),
        ("disputed-by:ministry", ["claim"]),
        ("disputed-by:state", ["claim", "boast"]),
        ("disputed-by:=state", ["boast"]),
        ("not:disputed-by:state", ["denial"]),
        ("disputed-by:rival", []),
    ],
)
def test_an_actor_disputes_what_it_and_its_members_deny(
    term: str, expected: list[str], korea: Korea, disputed: Path
) -> None:
    assert [row["id"] for row in rows(korea, disputed, "facts", term)] == expected


def test_who_disputes_a_claim_is_found_by_name_and_by_what_they_hold(korea: Korea, disputed: Path) -> None:
    assert [row["id"] for row in rows(korea, disputed, "actors", "disputes:claim")] == ["ministry"]
    assert [row["id"] for row in rows(korea, disputed, "actors", "disputes:boast")] == ["state"]
    assert [row["id"] for row in rows(korea, disputed, "sources", "disputes:claim")] == ["press"]
    assert [row["id"] for row in found(korea, disputed, "disputes:claim")] == ["denial", "ministry", "press"]


def test_what_was_not_known_is_left_out_of_what_is_shown(korea: Korea, data: Path) -> None:
    (_, second) = rows(korea, data, "timeline", "--known-by", "2017-06-30")
    assert (second["other_dates"], second["source_count"], second["known_since"]) == ([], 1, "2017-05-10")
    (first, _, third) = rows(korea, data, "timeline", "--known-by", "2017-07-04")
    assert ([each["id"] for each in first["sources"]], first["match"]) == (["early", "month"], "certain")
    assert third["match"] == "possible"


@pytest.mark.parametrize(
    ("keys", "issued", "known_since"),
    [
        ('date = "2017-07-04"', "2017-07-05", "2017-07-05"),
        ('date = "2017-07-04"', "2017", "[2017-07-04..2017-12-31]"),  # not in January
        ('date = "2017-07-04"', "", "[2017-07-04..]"),
        ('date = "2017-06"', "2017-02-01", "2017-06"),  # it was announced in February
        ('date = "2016/2017-07"', "2017-05", "2017-05"),
        # Where the news came from, it may have been the day before.
        ('date = "2017-07-04"\nother_dates = [ { date = "2017-07-03" } ]', "2017", "[2017-07-03..2017-12-31]"),
        ('date = "2017-07-04"\nother_dates = [ { date = "2017-07-03" } ]', "2016", "[2017-07-03..2017-07-04]"),
    ],
)
def test_nothing_is_known_before_it_can_have_begun(
    keys: str, issued: str, known_since: str, korea: Korea, tmp_path: Path
) -> None:
    published = f'issued = "{issued}"' if issued else ""
    source = f'[[sources]]\nid = "post"\ntitle = "Post"\n{published}\n'
    path = tmp_path / "own.toml"
    path.write_text(f'{source}[[events]]\nid = "talks"\ntitle = "Talks"\n{keys}\nsources = ["post"]\n', "utf-8")
    (found,) = rows(korea, path, "timeline")
    assert found["known_since"] == known_since


RIVAL = """
[[sources]]
id = "diary"
title = "Diary"
issued = "{diary}"
[[sources]]
id = "gazette"
title = "Gazette"
issued = "{gazette}"
[[events]]
id = "offer"
title = "Offer"
date = "2017-05-25"
other_dates = [ {{ date = "2017-05-24", sources = ["diary"] }} ]
sources = ["gazette"]
[[facts]]
id = "refusal"
text = "It was refused."
events = ["offer"]
disputed_by = ["diary"]
sources = ["diary"]
[[events]]
id = "answer"
title = "Answer"
date = "2017-05-24"
responds_to = ["offer"]
sources = ["diary"]
"""


@pytest.mark.parametrize(
    ("diary", "gazette", "known_since"),
    [
        ("2017-05-24", "2017-05-26", "2017-05-26"),  # the diary reports it too, but on another day than the record
        ("2017-05-26", "2017-05-24", "2017-05-25"),  # the gazette announced it; nobody had claimed the 24th
        ("2017-06-01", "2017", "[2017-05-25..2017-12-31]"),
        ("2017-05-24", "2017", "[2017-05-24..2017-12-31]"),  # what the gazette reported may have been on the 24th
    ],
)
def test_a_source_that_has_only_another_date_makes_no_event_known(
    diary: str, gazette: str, known_since: str, korea: Korea, tmp_path: Path
) -> None:
    path = tmp_path / "rival.toml"
    path.write_text(RIVAL.format(diary=diary, gazette=gazette), "utf-8")
    (offer,) = rows(korea, path, "timeline", "offer")
    assert (offer["known_since"], offer["source_count"]) == (known_since, 2)


def test_before_its_own_sources_an_event_is_named_nowhere(korea: Korea, tmp_path: Path) -> None:
    path = tmp_path / "rival.toml"
    path.write_text(RIVAL.format(diary="2017-05-24", gazette="2017-05-26"), "utf-8")
    known = ("--known-by", "2017-05-24")
    (answer,) = rows(korea, path, "timeline", *known)
    assert (answer["id"], answer["responds_to"]) == ("answer", [])
    (refusal,) = rows(korea, path, "facts", *known)
    assert (refusal["events"], [each["id"] for each in refusal["disputed_by"]]) == ([], ["diary"])
    run = korea("show", "-d", path, "offer", *known)
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith("; none could be known before 26 May 2017\n")
    assert rows(korea, path, "timeline", "source:diary", *known) == [answer]


@pytest.mark.parametrize(
    ("day", "outcome", "shown"),
    [
        ("2017-06-30", None, []),
        ("2018-02-01", None, []),
        ("2019-01-31", "It rained, then it snowed.", ["sooner", "later"]),
    ],
)
def test_an_outcome_is_known_when_all_its_sources_may_be(
    day: str, outcome: str | None, shown: list[str], korea: Korea, tmp_path: Path
) -> None:
    """One text reports what came of a forecast, so a part of its sources does not support all of it."""
    path = tmp_path / "forecast.toml"
    path.write_text(FORECAST, "utf-8")
    (fact,) = rows(korea, path, "facts", "--known-by", day)
    assert (fact["outcome"], [each["id"] for each in fact["outcome_sources"]]) == (outcome, shown)


def test_a_distance_is_counted_from_the_nearer_end(korea: Korea, data: Path) -> None:
    found = rows(korea, data, "timeline", "--around", "2017-05-09")
    assert [(row["id"], row["distance"]) for row in found] == [("first-talks", -5), ("second-talks", 0)]
    for words in (["--oneline", "-f", "table"], ["-f", "markdown"]):
        shown = korea("timeline", "-d", data, "--around", "2017-05-09", *words).out
        assert "1–4 May 2017 -5 d" in shown
        assert "9 May 2017 Tue 0 d" in shown


@pytest.mark.parametrize("command", ["timeline", "search talks"])
def test_the_nearest_come_first_when_asked_for(command: str, korea: Korea, data: Path) -> None:
    words = [*command.split(), "-d", str(data), "--around", "2017-05-30", "--days", "40", "--fields", "id"]
    for more in ((), ("--no-cache",)):
        found = korea(*words, *more, "--sort", "Distance").out.split()
        assert found == ["second-talks", "first-talks", "third-talks"]  # 21 days before, 26 days before, 35 days after
        assert korea(*words, *more, "--sort", "distance", "--reverse", "--limit", "1").out == "third-talks\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--from", "no-such-talks"], 1, "date or event not found: 'no-such-talks'"),
        (["--around", "second-talk"], 1, "second-talks"),
        (["--to", "someday"], 2, "'someday' is neither a date nor the id of an event: unknown word 'someday'"),
        (["--around", "talks"], 2, "'talks' is neither a date nor the id of an event: unknown word 'talks'. Did you "),
        (["--around", "talks"], 2, "Did you mean 'First talks' (first-talks), 'Second talks' (second-talks) or 'Third"),
        (["--from", "secondtalks"], 2, "Did you mean 'Second talks' (second-talks)"),
        (["--from", "spring 2016"], 2, "'spring 2016' is neither a date nor the id of an event: seasons differ"),
        (
            ["--to", "junee 2017"],
            2,
            "neither a date nor the id of an event: unknown word 'junee'. Did you mean '2017-06'",
        ),
        (["--around", "2017-13"], 2, "'2017-13' is not a date: there is no month 13"),
        (["--period", "talks"], 2, "'talks' is not a date: unknown word 'talks'"),
        (["--days", "3"], 2, "'--days' has no effect without '--around'"),
        (["--sort", "distance"], 2, "'--sort distance' has no effect without '--around'"),
        (["--sort", "distance", "--from", "2017"], 2, "'--sort distance' has no effect without '--around'"),
        (["--around", "2017", "--days", "-1"], 2, "days must be 0 or more, not -1"),
        (
            ["--period", "2017", "--around", "2017-05"],
            2,
            "'--period 2017' and '--around 2017-05' cannot be used together",
        ),
        (["--known-by", "since 2017"], 2, "'since 2017' has no last day"),
        (["sources:many"], 2, "'many' is not a number to compare with: write 2, <2, <=2, >2 or >=2"),
        (["hedged:true"], 2, "It is a field of facts."),
        (["has:colour"], 2, "unknown key 'colour'"),
        (["--from", "same"], 1, "date or event not found: 'same' is the id of a fact"),
        (["--around", "early"], 1, "date or event not found: 'early' is the id of a source"),
        (["answers:other"], 1, "event not found: 'other' is the id of a fact"),
        (["disputed-by:first-talks"], 1, "fact, actor or source not found: 'first-talks' is the id of an event"),
        (["about-event:first-talks"], 2, "unknown field 'about-event'. It is a field of facts. Fields here: "),
        (["events:0"], 2, "It is a field of actors, topics and sources. Fields here: "),
        (["(first OR second"], 2, "korea: this '(' is not closed"),
        (["first AND NOT ( " * 20 + "first" + " )" * 20], 2, "more than 20 parentheses and NOT within each other"),
        (["first OR )"], 2, "korea:   first OR )\nkorea:            ^"),
        (['place:"New York'], 2, "this quotation mark is not closed"),
    ],
)
def test_a_wrong_query_is_refused(words: list[str], code: int, said: str, korea: Korea, data: Path) -> None:
    run = korea("timeline", "-d", data, *words)
    assert (run.code, run.out) == (code, "")
    assert said in run.err


@pytest.mark.parametrize(("option", "date", "day"), [("--to", "2019/..", "last"), ("--from", "../2019", "first")])
def test_an_event_without_the_day_at_which_a_range_ends_is_refused(
    option: str, date: str, day: str, korea: Korea, tmp_path: Path
) -> None:
    path = tmp_path / "open.toml"
    path.write_text(f'[[events]]\nid = "open-talks"\ntitle = "Talks"\ndate = "{date}"\n', "utf-8")
    run = korea("timeline", "-d", path, option, "open-talks")
    assert (run.code, run.out, run.err) == (2, "", f"korea: 'open-talks' has no {day} day\n")


@pytest.mark.parametrize("command", ["timeline", "facts", "pairs", "gaps", "chart", "disputes", "positions"])
def test_before_all_sources_the_answer_is_empty_and_says_why(command: str, korea: Korea, data: Path) -> None:
    run = korea(command, "-d", data, "--known-by", "1990")
    assert (run.code, run.out) == (0, "")
    assert "none could be known before 10 May 2017" in run.err


LATE = """
[[actors]]
id = "early-bird"
name = "Early Bird"
[[actors]]
id = "latecomer"
name = "Latecomer"
[[topics]]
id = "bargain"
label = "Bargain"
[[sources]]
id = "may"
title = "May"
issued = "2017-05-10"
[[sources]]
id = "june"
title = "June"
issued = "2017-06-02"
[[sources]]
id = "july"
title = "July"
issued = "2017-07-03"
[[events]]
id = "greeting"
title = "Greeting"
date = "2017-05-09"
actors = ["early-bird"]
sources = ["may"]
[[events]]
id = "bargain"
title = "Bargain"
date = "2017-06-01"
kind = "statement"
actors = ["latecomer"]
recipients = ["early-bird"]
topics = ["bargain"]
sources = ["june"]
other_dates = [ { date = "2017-05-31", sources = ["july"] } ]
[[facts]]
id = "cheap"
text = "It was cheap."
kind = "claim"
holders = ["latecomer"]
topics = ["bargain"]
sources = ["june"]
disputed_by = ["dear"]
[[facts]]
id = "dear"
text = "It was dear."
kind = "claim"
holders = ["early-bird"]
topics = ["bargain"]
sources = ["july"]
"""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("timeline", "by:latecomer"), "2 Jun 2017"),
        (("timeline", "by:latecomer", "--certain"), "2 Jun 2017"),
        (("timeline", "--period", "2017-06"), "2 Jun 2017"),
        (("timeline", "source:june"), "2 Jun 2017"),
        (("timeline", "sources:2"), "2 Jun 2017"),
        (("timeline", "by:latecomer OR text:cheap"), "2 Jun 2017"),
        (("facts", "by:early-bird"), "3 Jul 2017"),
        (("facts",), "2 Jun 2017"),
        (("search", "cheap"), "2 Jun 2017"),
        (("disputes", "topic:bargain"), "2 Jun 2017"),
        (("positions", "by:latecomer"), "2 Jun 2017"),
        (("pairs", "latecomer"), "2 Jun 2017"),
        (("gaps", "by:latecomer"), "2 Jun 2017"),
        (("chart", "by:latecomer"), "2 Jun 2017"),
        (("chart", "by:latecomer", "--by", "holder"), "2 Jun 2017"),
        (("stats", "by:latecomer"), "2 Jun 2017"),
        (("actors", "topic:bargain"), "2 Jun 2017"),
        (("topics", "by:latecomer"), "2 Jun 2017"),
        (("sources", "topic:bargain"), "2 Jun 2017"),
    ],
)
def test_before_what_a_query_is_about_was_known_the_empty_answer_says_since_when(
    typed: tuple[str, ...], day: str, korea: Korea, tmp_path: Path
) -> None:
    path = tmp_path / "late.toml"
    path.write_text(LATE, "utf-8")
    run = korea(*typed, "-d", path, "--known-by", "2017-05-20")
    assert (run.code, f"could be known before {day}\n" in run.err) == (0, True), run.err
    assert " could be known before" not in korea(*typed, "-d", path, "--known-by", "2017-07-20").err


def test_an_id_of_several_types_under_disputed_by_means_the_first(korea: Korea, tmp_path: Path) -> None:
    shared = "".join(f'[[{table}]]\nid = "shared"\n{text}\n' for table, text in (
        ("sources", 'title = "Shared"'), ("facts", 'text = "Not so."'),
    ))  # fmt: skip
    (tmp_path / "own.toml").write_text(f'[[facts]]\nid = "so"\ntext = "So."\ndisputed_by = ["shared"]\n{shared}')
    own = tmp_path / "own.toml"
    assert [row["id"] for row in rows(korea, own, "facts", "disputes:so")] == ["shared"]
    assert rows(korea, own, "sources", "disputes:so") == []


_DEEPEST = (
    "NOT " * 20 + "text:talks",
    "text:talks AND NOT ( " * 10 + "text:talks" + " )" * 10,
    "text:talks NOT ( text:talks OR " * 10 + "text:talks" + " )" * 10,
    "text:talks AND ( text:talks OR ( " * 10 + "text:talks" + " ) )" * 10,
)


@pytest.mark.parametrize("words", [["timeline", "--known-by", "2017-07-01"], ["pairs"], ["positions"], ["stats"]])
def test_the_deepest_and_longest_query_is_answered(words: list[str], korea: Korea, data: Path) -> None:
    for query in (*_DEEPEST, " OR ".join(["text:talks"] * 500), " AND ".join(["NOT only:post"] * 500)):
        run = korea(*words, "-d", data, query)
        assert run.code == 0, f"{query[:40]}: {run.err[-200:]}"


@pytest.mark.parametrize(
    "query", [["thaad"], ["kind:statement"], ["note:kremlin"], ["(thaad OR sanctions)"], ["NOT", "thaad"]], ids=" ".join
)
def test_the_query_of_one_actor_is_about_its_events_and_facts(query: list[str], korea: Korea) -> None:
    actor = json.loads(korea("actor", "putin", "--json", *query).out)["actor"]
    found = json.loads(korea("search", "--json", "actor:putin", *query).out)["results"]
    counted = Counter(each["type"] for each in found)
    assert (actor["event_count"], actor["fact_count"]) == (counted["event"], counted["fact"])
    assert actor["event_count"] > 0


def test_what_an_actor_has_no_part_in_is_said_of_the_actor(korea: Korea) -> None:
    """Moon Jae-in was in Seoul and Hamburg; what happened in Moscow, his envoy did."""
    events = json.loads(korea("timeline", "actor:moon-jae-in", "--json").out)["events"]
    assert {event["place"] for event in events} - {None, "Seoul", "Hamburg"} == set()
    run = korea("actor", "문재인", "place:모스크바")
    assert (run.code, run.out) == (0, "")
    assert (
        run.err == "korea: no actors match (actor, 문재인, place:모스크바); Moon Jae-in has no such events or facts\n"
    )
    assert korea("actor", "문재인", "place:서울", "--count").out == "1\n"


def test_a_heading_has_what_a_range_is_around_and_an_assumed_year(korea: Korea, data: Path) -> None:
    def heading(*words: str) -> str:
        return korea("timeline", "-d", data, "-f", "markdown", *words).out.split("Query: ")[1].split("\n")[0]

    around = "1 May 2017 to 12 May 2017, around first-talks (1 May 2017 to 4 May 2017)"
    assert heading("--around", "first-talks", "--days", "8").replace("23 Apr", "1 May") == around
    assert heading("--around", "2017-05-09", "--days", "0") == "9 May 2017, around 9 May 2017"
    assert heading("--known-by", "may 30").startswith("as known by 30 May 2017 (year assumed); ")
    query = json.loads(korea("timeline", "-d", data, "--json", "--known-by", "may 30").out)["query"]
    assert (query["known_by"], query["year_assumed"]) == ("2017-05-30", True)


@pytest.mark.parametrize("words", [["timeline"], ["actors"], ["stats"], ["facts", "hedged:true"]])
def test_certain_is_refused_where_everything_is(words: list[str], korea: Korea, data: Path) -> None:
    run = korea(*words, "-d", data, "--certain")
    assert (run.code, run.out) == (2, "")
    assert run.err == "korea: '--certain' has no effect without a date, a range or '--known-by'\n"
