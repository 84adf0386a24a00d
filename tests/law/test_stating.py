"""Positions in random chronologies, as the program finds them and by brute force: as written, and rolled up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from law.answering import answer
from law.chronologies import chronology
from law.comparing import Opened, drawn
from law.findings import SAYING
from law.questions import Question

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from law.chronologies import Row, Tables

SEED = int(os.environ.get("KOREA_SEED") or 1)
RECORDS, QUESTIONS, PARTS = 60, 10, 6


@pytest.mark.parametrize("part", range(PARTS))
def test_changes_of_positions_are_those_that_brute_force_finds(part: int, tmp_path: Path) -> None:
    changes = [0, 0]
    for number in range(part, RECORDS, PARTS):
        random = drawn(SEED, number)
        tables = _spoken(random)
        with Opened(tables, tmp_path / f"{number}.toml") as opened:
            for place in range(QUESTIONS):
                asked = Question("positions", _options(random, tables), roll_up=bool(place % 2))
                assert opened.difference(asked) == "", asked
                rows = answer(opened.oracle, asked).sections["speakers"]
                changes[asked.roll_up] += sum(row["change_count"] for row in rows)
    assert min(changes) > RECORDS // PARTS


def _spoken(random: Random) -> Tables:
    """Return a random chronology in which few actors say much, often against each other or themselves."""
    tables = chronology(random)
    while len(tables["actors"]) < 2 or len(tables["facts"]) < 2:
        tables = chronology(random)
    ids = {table: [row["id"] for row in tables[table]] for table in ("actors", "events", "facts")}
    for place, row in enumerate(tables["events"]):
        _shorten(random, row, ("actors", "via"), ids["actors"])
        row["kind"] = random.choice([*sorted(SAYING), "meeting"])
        row["responds_to"] = random.sample(ids["events"][:place], min(place, random.choice([0, 1, 2])))
    for row in tables["facts"]:
        _shorten(random, row, ("holders", "reported_by"), ids["actors"])
        row["disputed_by"] = random.sample(ids["facts"], random.choice([0, 1, 2]))
    return tables


def _shorten(random: Random, row: Row, keys: tuple[str, str], actors: list[str]) -> None:
    speakers, relays = keys
    row[speakers] = random.sample(actors[:4], min(len(actors[:4]), random.choice([1, 1, 2])))
    row[relays] = random.sample(actors[:4], 1) if random.random() < 0.3 else []


def _options(random: Random, tables: Tables) -> dict[str, Any]:
    """Return the options of a selection; each is only there now and then."""
    values = {
        "topic": [f"={row['id']}" for row in tables["topics"]],
        "by": [f"={row['id']}" for row in tables["actors"]],
        "kind": sorted(SAYING),
    }
    fields = [field for field, some in values.items() if some and random.random() < 0.25]
    options: dict[str, Any] = {"terms": tuple(f"{field}:{random.choice(values[field])}" for field in fields)}
    further = {"period": ("2016", "2017-05", "2017"), "known_by": ("2016-06", "2017-05-24", "2017")}
    options |= {name: random.choice(values) for name, values in further.items() if random.random() < 0.2}
    options["certain"] = bool(options.keys() & further.keys()) and random.random() < 0.2
    return options
