"""Disputes of random chronologies, as the program finds them and by brute force: whole, selected, by state, by day."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Selection, commands
from korea_cli.model.choices import DISPUTE_STATES, FACT_STATUSES
from law.answering import answer
from law.chronologies import chronology
from law.comparing import Opened, drawn
from law.findings import as_compared
from law.questions import Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from korea_cli import Chronology
    from law.chronologies import Tables
    from law.oracle import Oracle

SEED = int(os.environ.get("KOREA_SEED") or 1)
GRAPHS, QUESTIONS, PARTS = 60, 12, 6
# A value of each field, of some records; the last two count also who disputes a record among its parties.
TERMS: dict[str, Callable[[Random, Tables], str]] = {
    "topic": lambda random, tables: _id(random, tables, "topics"),
    "id": lambda random, tables: _id(random, tables, "facts"),
    "about-event": lambda random, tables: _id(random, tables, "events"),
    "status": lambda random, _: random.choice(FACT_STATUSES),
    "actor": lambda random, tables: _id(random, tables, "actors"),
    "source": lambda random, tables: _id(random, tables, "sources"),
}


def _id(random: Random, tables: Tables, table: str) -> str:
    return "=" * (table in {"actors", "facts", "sources", "topics"}) + str(random.choice(tables[table])["id"])


@pytest.mark.parametrize("part", range(PARTS))
def test_disputes_are_those_that_brute_force_finds(part: int, tmp_path: Path) -> None:
    found = 0
    for number in range(part, GRAPHS, PARTS):
        random = drawn(SEED, number)
        tables = _disputed(random)
        with Opened(tables, tmp_path / f"{number}.toml") as opened:
            for _ in range(QUESTIONS):
                options, state = _question(random, tables)
                right = _right(opened.oracle, options, state)
                for each in (opened.indexed, opened.plain):
                    assert _given(each, options, state) == right, (options, state)
                found += len(right)
    assert found > GRAPHS


def _disputed(random: Random) -> Tables:
    """Return a random chronology in which much is disputed, often about the same few events."""
    tables = chronology(random)
    while not all(tables.values()):
        tables = chronology(random)
    tables["events"] = tables["events"][: random.randint(1, 8)]
    events = [row["id"] for row in tables["events"]]
    opponents = list(dict.fromkeys(row["id"] for table in ("facts", "actors", "sources") for row in tables[table]))
    often = random.choice([0.2, 0.5, 0.9])
    for row in (*tables["events"], *tables["facts"]):
        row["disputed_by"] = random.sample(opponents, random.choice([1, 1, 2])) if random.random() < often else []
        row.update({"responds_to": []} if "title" in row else {"events": random.sample(events, random.randint(0, 1))})
    return tables


def _question(random: Random, tables: Tables) -> tuple[dict[str, Any], str | None]:
    """Return the options of a selection, and a state; each is only there now and then."""
    fields = random.sample(list(TERMS), random.choice([0, 0, 1, 1, 2]))
    options: dict[str, Any] = {"terms": tuple(f"{field}:{TERMS[field](random, tables)}" for field in fields)}
    further = {"period": ("2016", "2017-05", "2017"), "known_by": ("2016-06", "2017-05-24", "2017")}
    options |= {name: random.choice(values) for name, values in further.items() if random.random() < 0.3}
    options["certain"] = not options.keys().isdisjoint(further) and random.random() < 0.4
    return options, random.choice([None, None, *DISPUTE_STATES])


def _given(chronology: Chronology, options: dict[str, Any], state: str | None) -> list[dict[str, Any]]:
    """Return the disputes that the program lists, with their positions as side, type and id."""
    answer: Any = commands.load("disputes").answer
    report = answer(chronology=chronology, selection=Selection(**options), state=state)
    rows = [as_compared("disputes", row) for row in report.sections[0].values()]
    assert report.matched == len(rows)
    return [{key: value for key, value in row.items() if key not in {"type", "date"}} for row in rows]


def _right(oracle: Oracle, options: dict[str, Any], state: str | None) -> list[dict[str, Any]]:
    """Return the disputes that brute force finds."""
    right = answer(oracle, Question("disputes", options, state=state))
    assert not right.refused
    return right.sections["disputes"]
