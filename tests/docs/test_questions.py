"""Every question of the README is answered rightly: the same is found by reading the data file without the program."""

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
QUESTIONS = dict(re.findall(r"^\| (.+?) \| `(korea .+?)` \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
ROLES = {"events": ("actors", "recipients", "via"), "facts": ("holders", "reported_by", "about")}
Entry = dict[str, Any]
Days = tuple[dt.date, dt.date]


@cache
def data() -> dict[str, list[Entry]]:
    """Read the built-in record as any reader of TOML does."""
    tables: dict[str, list[Entry]] = tomli.loads(FILE.read_text("utf-8"))
    return tables


def below(table: str, key: str, *whole: str) -> set[str]:
    """Return ids and those of all that belongs to them, at any remove."""
    found = {*whole}
    while more := {e["id"] for e in data()[table] if found & {*as_list(e.get(key, []))}} - found:
        found |= more
    return found


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def actor(name: str) -> set[str]:
    (found,) = (e["id"] for e in data()["actors"] if name in {e["id"], e["name"], *e.get("aliases", [])})
    return below("actors", "part_of", found)


def topic(name: str) -> set[str]:
    return below("topics", "broader", name)


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
    """Return the first and last day on which something can begin, and those on which it can end."""
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
    """Say whether any date given for an event touches a window."""
    spans = (bounds(text) for text in dates_of(event))
    return any(a <= window[1] and d >= window[0] for a, _, _, d in spans)


def surely(event: Entry, window: Days) -> bool:
    """Say whether an event touches a window whichever of its dates is right, and wherever in them it lies."""
    vague = any(re.search("[~?%]", text) for text in dates_of(event))
    spans = (bounds(text) for text in dates_of(event))
    return not vague and all(b <= window[1] and c >= window[0] and (b >= window[0] or c >= b) for _, b, c, _ in spans)


def window(first: str, last: str) -> Days:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def ids(table: str, holds: Callable[[Entry], bool]) -> set[str]:
    return {each["id"] for each in data()[table] if holds(each)}


def sources_of(entry: Entry) -> set[str]:
    return {each.partition("#")[0] for each in entry.get("sources", [])}


KOREANS = ids("actors", lambda each: each.get("country") == "KOR")
EARLY = window("2016-01-01", "2016-04-30")
SPRING = window("2017-04-01", "2017-07-31")
EXPECTED: dict[str, Callable[[], set[str]]] = {
    "What did Putin say about THAAD, and when?": lambda: ids(
        "events", lambda e: having(e, actor("putin"), "actors") and having(e, topic("thaad"), "topics")
    ),
    "What passed between Russia and South Korea, April to July 2017?": lambda: ids(
        "events",
        lambda e: (
            having(e, actor("russia"), *ROLES["events"])
            and having(e, KOREANS, *ROLES["events"])
            and possibly(e, SPRING)
        ),
    ),
    "Who disputes the ICBM label, and where does that stand?": lambda: ids(
        "facts", lambda e: having(e, topic("icbm"), "topics")
    ),
    "What happened around 4 July?": lambda: ids("events", lambda e: possibly(e, window("2017-07-03", "2017-07-05"))),
    "What is the author's opinion …": lambda: ids("facts", lambda e: e.get("kind") in {"assessment", "forecast"}),
    "… as against reported fact?": lambda: ids("facts", lambda e: e.get("kind") in {"fact", "claim"}),
    "Which dates are inferred?": lambda: ids("events", lambda e: e.get("date_basis") in {"year-inferred", "estimate"}),
    "What does 문재인 appear in?": lambda: ids("events", lambda e: having(e, actor("문재인"), *ROLES["events"])),
    "Which events may fall in early 2016?": lambda: ids("events", lambda e: possibly(e, EARLY)),
    "Which surely do?": lambda: ids("events", lambda e: surely(e, EARLY)),
}


def answered(korea: Korea, question: str) -> list[str]:
    run = korea.shell(QUESTIONS[question].replace("\\|", "|"))
    assert run.code == 0
    return run.out.splitlines()


@pytest.mark.parametrize("question", EXPECTED)
def test_a_list_holds_exactly_what_was_asked_for(question: str, korea: Korea) -> None:
    expected = EXPECTED[question]()
    assert expected
    found = [line.split("\t")[1] for line in answered(korea, question)]
    assert sorted(found) == sorted(expected)


def test_every_entry_that_rests_on_one_source_is_named_once(korea: Korea) -> None:
    expected = [
        (table, each["id"]) for table in ("events", "facts") for each in data()[table] if len(sources_of(each)) == 1
    ]
    assert len(expected) == 18 + 63
    lines = answered(korea, "Which entries rest on one source?")
    found = [re.search(r"\t(\w+)\[\d+\] '([a-z0-9-]+)'\t", line) for line in lines]
    assert sorted(each.groups() for each in found if each) == sorted(expected)
    assert len(lines) == len(expected)


def test_an_actor_is_told_with_the_right_counts(korea: Korea) -> None:
    own = actor("Han Song Ryol")
    counts = [sum(having(each, own, *ROLES[table]) for each in data()[table]) for table in ("events", "facts")]
    (line,) = (line for line in answered(korea, "Who is Han Song Ryol?") if line.startswith("actor\t"))
    assert line.split("\t")[2:6] == ["Han Song Ryol", "person", *map(str, counts)]


def test_titles_come_out_of_the_json(korea: Korea) -> None:
    expected = [each["title"] for each in data()["events"] if each.get("date_basis") == "estimate"]
    assert sorted(answered(korea, "Give me that as JSON, and let jq take the titles.")) == sorted(expected)


def test_a_chart_counts_who_moved_when(korea: Korea) -> None:
    lanes = {each["id"]: actor(each["id"]) for each in data()["actors"]}
    events = data()["events"]
    totals = Counter({id_: sum(having(e, own, *ROLES["events"]) for e in events) for id_, own in lanes.items()})
    rows = list(csv.reader(answered(korea, "Who moved when?"), delimiter="\t"))
    shown = list(dict.fromkeys(row[0] for row in rows))
    fifth = sorted(totals.values())[-5]
    assert [totals[id_] for id_ in shown] == sorted(totals.values(), reverse=True)[:5]
    assert {id_ for id_, total in totals.items() if total > fifth} <= {*shown}
    for lane, first, last, _, sure, *_ in rows:
        within = [e for e in events if having(e, lanes[lane], *ROLES["events"]) and lies_in(e, window(first, last))]
        assert (lane, first, len(within)) == (lane, first, int(sure))


def lies_in(event: Entry, period: Days) -> bool:
    """Say whether an event surely falls in a period, and in no other."""
    spans = [bounds(text) for text in dates_of(event)]
    vague = any(re.search("[~?%]", text) for text in dates_of(event))
    return not vague and all(period[0] <= a and d <= period[1] for a, _, _, d in spans)


def test_a_bibliography_has_the_sources_of_what_was_selected(korea: Korea) -> None:
    events = [each for each in data()["events"] if having(each, topic("icbm"), "topics")]
    expected = {
        id_ for each in (*events, *(d for e in events for d in e.get("other_dates", []))) for id_ in sources_of(each)
    }
    found = re.findall(
        r"^@\w+\{(.+),$", "\n".join(answered(korea, "Which sources does that rest on, for a paper?")), re.MULTILINE
    )
    assert (sorted(found), len(found)) == (sorted(expected), len(expected))


def test_every_question_is_tested() -> None:
    asked = Path(__file__).read_text("utf-8")
    assert len(QUESTIONS) > 10
    assert [question for question in QUESTIONS if json.dumps(question, ensure_ascii=False) not in asked] == []
