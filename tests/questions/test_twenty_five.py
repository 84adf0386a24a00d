"""The twenty-five questions of an analyst: one command answers each, as looking at every entry of the file does."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli

from questions.record import ROLES, actor, bounds, data, dates_of, having, ids, possibly, supporting, topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea, Run
    from questions.record import Entry

QUESTIONS: list[dict[str, str]] = tomli.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))[
    "questions"
]
COMMANDS = {each["asked"]: each["command"] for each in QUESTIONS}
DATED = ("events", "facts")


def ask(korea: Korea, question: str, *more: str) -> Run:
    run = korea.shell(" ".join((COMMANDS[question], *more)))
    assert run.code == 0, run.err
    return run


def found(korea: Korea, question: str) -> set[str]:
    """Return the ids of the records that answer a question, in whichever section."""
    answer = json.loads(ask(korea, question, "--json").out)
    rows = [row for section in answer.values() if isinstance(section, list) for row in section]
    assert len({(row.get("type"), row["id"]) for row in rows}) == len(rows) == answer["count"]
    return {row["id"] for row in rows}


def event(id_: str) -> Entry:
    return next(each for each in data()["events"] if each["id"] == id_)


# ---------------------------------------------------------------- sources


def source(id_: str) -> Entry:
    return next(each for each in data()["sources"] if each["id"] == id_)


def speaking(name: str) -> set[str]:
    """Return the sources that appeared in something of that name, were published by it, or copy it."""
    return {
        each["id"] for each in data()["sources"]
        if any(name in str(each.get(key, "")).lower().split() for key in ("container", "publisher", "original"))
    }  # fmt: skip


def in_all(holds: Callable[[Entry], bool]) -> set[str]:
    return ids("events", holds) | ids("facts", holds)


def only(sources: set[str]) -> Callable[[Entry], bool]:
    return lambda entry: bool(supporting(entry)) and supporting(entry) <= sources


def issued(id_: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day on which a source may have been published."""
    text = source(id_).get("issued")
    if text is None:
        return dt.date.min, dt.date.max
    first, _, _, last = bounds(str(text))
    return first, last


def known_by(day: dt.date) -> Callable[[Entry], bool]:
    """Return whether an entry may have been known: it may have begun, and a source may have been published."""

    def known(entry: Entry) -> bool:
        began = min((bounds(text)[0] for text in dates_of(entry)), default=dt.date.min)
        return began <= day and min([issued(id_)[0] for id_ in supporting(entry)], default=dt.date.min) <= day

    return known


# ---------------------------------------------------------------- time


def days_of(entry: Entry) -> tuple[dt.date, dt.date]:
    first, _, _, last = bounds(str(entry["date"]))
    return first, last


def may_begin_from(entry: Entry, day: dt.date) -> bool:
    return any(bounds(text)[1] >= day for text in dates_of(entry))


def between(first: str, last: str) -> Callable[[Entry], bool]:
    window = days_of(event(first))[0], days_of(event(last))[1]
    return lambda entry: possibly(entry, window)


def around(id_: str, days: int) -> Callable[[Entry], bool]:
    first, last = days_of(event(id_))
    return lambda entry: possibly(entry, (first - dt.timedelta(days), last + dt.timedelta(days)))


LAUNCH = "hwasong-14-launch"
AFTER_LAUNCH = dt.date(2017, 7, 5)
EXPECTED: dict[str, Callable[[], set[str]]] = {
    "What does the author alone vouch for?": lambda: in_all(only({"ramani-2017"})),
    "What was known on 30 May 2017?": lambda: ids("events", known_by(dt.date(2017, 5, 30))),
    "What happened between Moon's statement and the launch?": lambda: ids(
        "events", between("moon-on-russia-cooperation", LAUNCH)
    ),
    "What did Russia begin after the launch?": lambda: ids(
        "events", lambda e: having(e, actor("russia"), "actors") and may_begin_from(e, AFTER_LAUNCH)
    ),
    "What rests on TASS alone?": lambda: in_all(only(speaking("tass"))),
    "What happened within three days of the launcher probe?": lambda: ids("events", around("thaad-launcher-probe", 3)),
    "What did Putin or Lavrov have to do with South Korea?": lambda: ids(
        "events",
        lambda e: (
            having(e, actor("putin") | actor("lavrov"), *ROLES["events"]) and having(e, actor("rok"), *ROLES["events"])
        ),
    ),
    "What does anyone but Ramani say about Russia?": lambda: ids(
        "facts", lambda f: having(f, actor("russia"), "about") and not having(f, actor("ramani"), "holders")
    ),
    "What answered the launch?": lambda: ids("events", lambda e: LAUNCH in e.get("responds_to", [])),
    "Which claims are hedged?": lambda: ids("facts", lambda f: bool(f.get("hedged"))),
    "Which events have competing dates?": lambda: ids("events", lambda e: bool(e.get("other_dates"))),
    "What is known only through Song?": lambda: in_all(
        lambda e: (
            "song-young-gil" in e.get("via", []) + e.get("reported_by", []) or e.get("holders") == ["song-young-gil"]
        )
    ),
    "What comes from paragraph 6?": lambda: in_all(
        lambda e: "ramani-2017#p6" in [
            *e.get("sources", []), *(s for other in e.get("other_dates", []) for s in other.get("sources", []))
        ]
    ),
    "What happened in Moscow?": lambda: ids("events", lambda e: "Moscow" in re.split(r"\W+", e.get("place", ""))),
    "What do state media report?": lambda: ids(
        "events", lambda e: any(source(id_).get("voice") == "state-media" for id_ in supporting(e))
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", EXPECTED)
def test_a_listing_has_exactly_the_records_that_answer(question: str, korea: Korea) -> None:
    assert found(korea, question) == EXPECTED[question]()


def test_every_listing_has_an_answer() -> None:
    assert [question for question in EXPECTED if not EXPECTED[question]()] == []


def test_actors_and_sources_that_are_not_used(korea: Korea) -> None:
    """Of the built-in record the list of sources is empty, and says so."""
    run = ask(korea, "Which actors and sources are not used?")
    actors = ids(
        "actors", lambda a: not any(having(e, actor(a["id"]), *ROLES[table]) for table in DATED for e in data()[table])
    )
    entries = [each for table in DATED for each in data()[table]]
    cited = {cite.partition("#")[0] for each in entries for cite in each.get("outcome_sources", [])}
    cited |= {id_ for each in entries for id_ in supporting(each)}
    sources = ids("sources", lambda s: s["id"] not in cited)
    assert {line.split("\t")[0] for line in run.out.splitlines()} == actors | sources
    assert ("no sources match" in run.err) == (sources == set())


def test_who_met_more_than_once(korea: Korea) -> None:
    rows = json.loads(ask(korea, "Who met more than once?", "--json").out)["pairs"]
    met: dict[frozenset[str], int] = {}
    for meeting in (each for each in data()["events"] if each.get("kind") == "meeting"):
        parties = {*meeting.get("actors", []), *meeting.get("recipients", [])}
        for pair in {frozenset((one, other)) for one in meeting.get("actors", []) for other in parties - {one}}:
            met[pair] = met.get(pair, 0) + 1
    often = {pair: number for pair, number in met.items() if number > 1}
    assert {frozenset((row["actor"]["id"], row["other"]["id"])): row["event_count"] for row in rows} == often


def test_the_open_disagreements_have_every_claim_that_is_disputed(korea: Korea) -> None:
    answer = json.loads(ask(korea, "Which disagreements are open, and who stands where?", "--json").out)["disputes"]
    disputed = in_all(lambda entry: bool(entry.get("disputed_by")))
    opposing = {id_ for table in DATED for each in data()[table] for id_ in each.get("disputed_by", [])}
    claims = [each for each in answer if each["contested"] == "claims"]
    assert {each["id"] for dispute in claims for each in dispute["positions"]} == disputed | opposing
    assert all(len({each["side"] for each in dispute["positions"]}) > 1 for dispute in claims)
    dates = [each for each in answer if each["contested"] == "dates"]
    assert {each["event"]["id"] for each in dates} == ids("events", lambda e: bool(e.get("other_dates")))


@pytest.mark.parametrize(
    ("question", "subject"),
    [("Who spoke on THAAD, and did it change?", "thaad"), ("What is the last position of each on the ICBM?", "icbm")],
)
def test_everybody_has_positions_in_order_of_time(question: str, subject: str, korea: Korea) -> None:
    answer = json.loads(ask(korea, question, "--json").out)["speakers"]
    kinds = {"statement", "offer", "request", "agreement", "rejection", "accusation"}
    about = [each for table in DATED for each in data()[table] if having(each, topic(subject), "topics")]
    said = {
        (who, each["id"])
        for each in about
        for who in (each.get("actors", []) if each.get("kind") in kinds else each.get("holders", []))
    }
    assert {(each["id"], own["id"]) for each in answer for own in each["positions"]} == said
    for each in answer:
        days = [days_of(own)[0] for own in each["positions"] if own["date"]]
        assert days == sorted(days)
        assert each["positions"][-1]["last"] in {"certain", "possible"}


def test_forecasts_have_what_came_of_them(korea: Korea) -> None:
    forecasts = {each["id"]: each for each in data()["facts"] if each.get("kind") == "forecast"}
    answer = json.loads(ask(korea, "What was forecast, and what came of it?", "--json").out)["facts"]
    assert {each["id"]: each["outcome"] for each in answer} == {
        id_: each.get("outcome") for id_, each in forecasts.items()
    }
    shown = " ".join(ask(korea, "What was forecast, and what came of it?", "-f", "table").out.replace("│", "").split())
    for each in forecasts.values():
        came = f"outcome: {each['outcome']} {', '.join(each['outcome_sources'])}" if "outcome" in each else ""
        assert came in shown


def test_a_misspelt_name_gets_the_right_one(korea: Korea) -> None:
    run = korea.shell(COMMANDS["Who is Tilerson (misspelt)?"])
    assert (run.code, run.out) == (1, "")
    assert "Did you mean 'Rex Tillerson' (tillerson)?" in run.err


def test_the_longest_silence(korea: Korea) -> None:
    (gap,) = json.loads(ask(korea, "What was the longest silence?", "--json").out)["gaps"]
    spans = [days_of(each) for each in data()["events"]]
    short = [(first, last) for first, last in spans if (last - first).days <= 31]
    busy = {first + dt.timedelta(n) for first, last in short for n in range((last - first).days + 1)}
    longest = max((later - sooner).days - 1 for sooner, later in zip(sorted(busy), sorted(busy)[1:], strict=False))
    assert gap["day_count"] == longest
    assert (dt.date.fromisoformat(gap["to"]) - dt.date.fromisoformat(gap["from"])).days + 1 == longest


def test_a_memo_has_a_footnote_for_every_source(korea: Korea) -> None:
    memo = ask(korea, "How do I write a memo with footnotes?").out
    events = [each for each in data()["events"] if having(each, topic("icbm"), "topics")]
    assert all(each["title"] in memo for each in events)
    assert set(re.findall(r"\[\^([^\]]+)\]", memo)) == set(re.findall(r"^\[\^([^\]]+)\]:", memo, re.MULTILINE)) != set()


def test_names_are_found_in_every_script(korea: Korea) -> None:
    assert {"moon-jae-in", "putin", "xi-jinping"} <= found(korea, "Who is 문재인, Путин or 习近平?")


@pytest.mark.parametrize("name", ["Москва", "모스크바", "莫斯科", "モスクワ", "Moskva"])
def test_what_happened_in_moscow_is_found_in_every_script(name: str, korea: Korea) -> None:
    events = EXPECTED["What happened in Moscow?"]()
    assert set(korea("timeline", f"place:{name}", "--fields", "id").out.split()) == events
    assert set(korea("search", name, "--fields", "id").out.split()) >= events


def test_every_question_is_tested_and_listed() -> None:
    tests = Path(__file__).read_text("utf-8")
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    assert len(COMMANDS) == len(QUESTIONS) == 25
    assert [question for question in COMMANDS if json.dumps(question, ensure_ascii=False) not in tests] == []
    listed = re.findall(r"^\| (.+?) \| `(korea .+?)` \|$", readme, re.MULTILINE)
    assert dict(listed) == COMMANDS
