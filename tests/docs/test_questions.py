"""Every question in docs/queries.md gets the right answer: the same that reading the data file directly gives."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from questions.record import (
    ROLES,
    actor,
    bounds,
    certainly,
    data,
    dates_of,
    having,
    ids,
    possibly,
    sources_of,
    supporting,
    topic,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea
    from questions.record import Days, Entry

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "queries.md").read_text("utf-8")
QUESTIONS = dict(re.findall(r"^\| (.+?) \| `(korea .+?)` \|$", PAGE, re.MULTILINE))
KOREANS = ids("actors", lambda each: each.get("country") == "KOR")
EARLY = window("2016-01-01", "2016-04-30")
SPRING = window("2017-04-01", "2017-07-31")
EXPECTED: dict[str, Callable[[], set[str]]] = {
    "What did Putin say about THAAD, and when?": lambda: ids(
        "events", lambda e: having(e, actor("putin"), "actors") and having(e, topic("thaad"), "topics")
    ),
    "What happened between Russia and South Korea, April to July 2017?": lambda: ids(
        "events",
        lambda e: (
            having(e, actor("russia"), *ROLES["events"])
            and having(e, KOREANS, *ROLES["events"])
            and possibly(e, SPRING)
        ),
    ),
    "Who disputes the ICBM label?": lambda: ids("facts", lambda e: having(e, topic("icbm"), "topics")),
    "What happened around 4 July?": lambda: ids("events", lambda e: possibly(e, window("2017-07-03", "2017-07-05"))),
    "What are the author's opinions?": lambda: ids("facts", lambda e: e.get("kind") in {"assessment", "forecast"}),
    "What are reported facts and claims?": lambda: ids("facts", lambda e: e.get("kind") in {"fact", "claim"}),
    "Which events rest on one source?": lambda: ids("events", lambda e: len(supporting(e)) == 1),
    "Which claims and facts rest on one source?": lambda: ids("facts", lambda e: len(supporting(e)) == 1),
    "Which dates are inferred?": lambda: ids("events", lambda e: e.get("date_basis") in {"year-inferred", "estimate"}),
    "Which events involve 문재인?": lambda: ids("events", lambda e: having(e, actor("문재인"), *ROLES["events"])),
    "Which events may fall in early 2016?": lambda: ids("events", lambda e: possibly(e, EARLY)),
    "Which events certainly fall in early 2016?": lambda: ids("events", lambda e: certainly(e, EARLY)),
}


def answer_to(korea: Korea, question: str) -> list[str]:
    run = korea.shell(QUESTIONS[question].replace("\\|", "|"))
    assert run.code == 0
    return run.out.splitlines()


@pytest.mark.parametrize("question", EXPECTED)
def test_a_listing_has_exactly_the_matching_records(question: str, korea: Korea) -> None:
    expected = EXPECTED[question]()
    assert expected
    found = [line.split("\t")[1] for line in answer_to(korea, question)]
    assert sorted(found) == sorted(expected)


def test_an_actor_has_the_right_counts(korea: Korea) -> None:
    own = actor("Han Song Ryol")
    counts = [sum(having(each, own, *ROLES[table]) for each in data()[table]) for table in ("events", "facts")]
    (line,) = (line for line in answer_to(korea, "Who is Han Song Ryol?") if line.startswith("actor\t"))
    assert line.split("\t")[2:6] == ["Han Song Ryol", "person", *map(str, counts)]


def test_titles_come_out_of_the_json(korea: Korea) -> None:
    expected = [each["title"] for each in data()["events"] if each.get("date_basis") == "estimate"]
    assert sorted(answer_to(korea, "What are the titles of events with estimated dates, from JSON?")) == sorted(
        expected
    )


def test_a_chart_counts_who_was_active_when(korea: Korea) -> None:
    lanes = {each["id"]: actor(each["id"]) for each in data()["actors"]}
    events = data()["events"]
    totals = Counter({id_: sum(having(e, own, *ROLES["events"]) for e in events) for id_, own in lanes.items()})
    rows = list(csv.reader(answer_to(korea, "Who was active when?"), delimiter="\t"))
    shown = list(dict.fromkeys(row[0] for row in rows))
    fifth = sorted(totals.values())[-5]
    assert [totals[id_] for id_ in shown] == sorted(totals.values(), reverse=True)[:5]
    assert {id_ for id_, total in totals.items() if total > fifth} <= {*shown}
    for lane, first, last, _, sure, *_ in rows:
        within = [e for e in events if having(e, lanes[lane], *ROLES["events"]) and lies_in(e, window(first, last))]
        assert (lane, first, len(within)) == (lane, first, int(sure))


def lies_in(event: Entry, period: Days) -> bool:
    """Return whether an event is certain to fall in a period and no other."""
    spans = [bounds(text) for text in dates_of(event)]
    vague = any(re.search("[~?%]", text) for text in dates_of(event))
    return not vague and all(period[0] <= a and d <= period[1] for a, _, _, d in spans)


def test_a_bibliography_has_the_sources_of_what_was_selected(korea: Korea) -> None:
    events = [each for each in data()["events"] if having(each, topic("icbm"), "topics")]
    expected = {
        id_ for each in (*events, *(d for e in events for d in e.get("other_dates", []))) for id_ in sources_of(each)
    }
    found = re.findall(
        r"^@\w+\{(.+),$", "\n".join(answer_to(korea, "Which sources do I cite for the ICBM dispute?")), re.MULTILINE
    )
    assert (sorted(found), len(found)) == (sorted(expected), len(expected))


def test_every_question_is_tested() -> None:
    tests = Path(__file__).read_text("utf-8")
    assert len(QUESTIONS) > 10
    assert [question for question in QUESTIONS if json.dumps(question, ensure_ascii=False) not in tests] == []
