"""Every question in docs/queries.md gets the right answer: the same that reading the data file directly gives."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Korea

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data" / "events.toml"
PAGE = (ROOT / "docs" / "queries.md").read_text("utf-8")
QUESTIONS = dict(re.findall(r"^\| (.+?) \| `(korea .+?)` \|$", PAGE, re.MULTILINE))
ROLES = {"events": ("actors", "recipients", "via"), "facts": ("holders", "reported_by", "about")}
Entry = dict[str, Any]
Days = tuple[dt.date, dt.date]


@cache
def data() -> dict[str, list[Entry]]:
    """Read the built-in record with a TOML parser."""
    tables: dict[str, list[Entry]] = tomli.loads(FILE.read_text("utf-8"))
    return tables


def with_members(table: str, key: str, *ids: str) -> set[str]:
    """Return ids and those of everything that belongs to them, directly or indirectly."""
    found = {*ids}
    while more := {e["id"] for e in data()[table] if found & {*as_list(e.get(key, []))}} - found:
        found |= more
    return found


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def actor(name: str) -> set[str]:
    (found,) = (e["id"] for e in data()["actors"] if name in {e["id"], e["name"], *e.get("aliases", [])})
    return with_members("actors", "part_of", found)


def topic(name: str) -> set[str]:
    return with_members("topics", "broader", name)


def having(entry: Entry, ids: Iterable[str], *keys: str) -> bool:
    return bool({*ids} & {each for key in keys for each in entry.get(key, [])})


def part_of_a_date(text: str) -> Days:
    year, *rest = (int(number) for number in re.findall(r"\d+", text))
    thirds = {37: (1, 4), 38: (5, 8), 39: (9, 12)}
    if not rest:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    first, last = thirds.get(rest[0], (rest[0], rest[0]))
    if rest[1:]:
        return dt.date(year, first, rest[1]), dt.date(year, first, rest[1])
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def bounds(text: str) -> tuple[dt.date, dt.date, dt.date, dt.date]:
    """Return the first and last day of a start, and the first and last day of an end."""
    if "[" in text:
        parts = [part_of_a_date(part) if part else None for part in re.split(r"\.\.|,", text.strip("[]"))]
        first = parts[0][0] if parts[0] else dt.date.min
        last = parts[-1][1] if parts[-1] else dt.date.max
        return first, last, first, last
    start, _, end = text.partition("/")
    begins = part_of_a_date(start)
    if "/" not in text:
        return (*begins, *begins)
    return (*begins, *((dt.date.max, dt.date.max) if end in {"", ".."} else part_of_a_date(end)))


def dates_of(event: Entry) -> list[str]:
    return [str(event["date"]), *(str(each["date"]) for each in event.get("other_dates", []))]


def possibly(event: Entry, window: Days) -> bool:
    """Return whether any date of an event may fall in a range."""
    spans = (bounds(text) for text in dates_of(event))
    return any(a <= window[1] and d >= window[0] for a, _, _, d in spans)


def certainly(event: Entry, window: Days) -> bool:
    """Return whether an event is certain to fall in a range, whichever of its dates is right."""
    vague = any(re.search("[~?%]", text) for text in dates_of(event))
    spans = (bounds(text) for text in dates_of(event))
    return not vague and all(b <= window[1] and c >= window[0] and (b >= window[0] or c >= b) for _, b, c, _ in spans)


def window(first: str, last: str) -> Days:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def ids(table: str, holds: Callable[[Entry], bool]) -> set[str]:
    return {each["id"] for each in data()[table] if holds(each)}


def sources_of(entry: Entry) -> set[str]:
    others = (each for other in entry.get("other_dates", []) for each in other.get("sources", []))
    return {each.partition("#")[0] for each in (*entry.get("sources", []), *others)}


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


def test_every_entry_with_one_source_is_listed_once(korea: Korea) -> None:
    expected = [
        (table, each["id"]) for table in ("events", "facts") for each in data()[table] if len(sources_of(each)) == 1
    ]
    assert len(expected) == 11 + 61
    lines = answer_to(korea, "Which entries have only one source?")
    found = [re.search(r"\t(\w+)\[\d+\] '([a-z0-9-]+)'\t", line) for line in lines]
    assert sorted(each.groups() for each in found if each) == sorted(expected)
    assert len(lines) == len(expected)


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
