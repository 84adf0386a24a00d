"""One law for all queries: with an index, without one, and by brute force, the answer is the same."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import open_chronology
from law.chronologies import chronology, toml_of
from law.comparing import AT_ONCE, Opened, ask, differences, drawn, report_of
from law.questions import Question, question
from law.shrinking import shrunk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import Korea

SEED = int(os.environ.get("KOREA_SEED") or 1)
QUERIES = 5_000
PARTS = 10
OPTIONS = {
    "since": "from", "until": "to", "actors": "actor", "topics": "topic", "kinds": "kind", "sources": "source",
    "statuses": "status", "known_by": "known-by", "with_withdrawn": "with-withdrawn",
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_an_index_and_the_files_and_brute_force_give_the_same_answer(part: int, tmp_path: Path) -> None:
    for number in range(part, QUERIES // AT_ONCE, PARTS):
        for found in differences(SEED, number, tmp_path):
            pytest.fail(str(shrunk(found, tmp_path)))


@pytest.mark.parametrize("part", range(3))
def test_the_program_answers_as_the_library_does(part: int, korea: Korea, tmp_path: Path) -> None:
    path = tmp_path / "law.toml"
    path.write_text(toml_of(tables := chronology(drawn(SEED, part))), "utf-8")
    with Opened(tables, path) as opened, open_chronology(path, cache=False) as library:
        asked = (question(drawn(SEED, part, place), opened.records) for place in range(AT_ONCE))
        for each in [each for each in asked if each.command != "show"][:10]:
            arguments = arguments_of(each, path)
            runs = [korea(*arguments), korea(arguments[0], "--no-cache", *arguments[1:])]
            right = ask(library, each)
            if right.refused:
                assert [run.code for run in runs] == [right.refused[1]] * 2, (each, runs)
                continue
            expected = {section.key: list(section.values()) for section in report_of(library, each).sections}
            for run in runs:
                assert rows_of(json.loads(run.out), expected) == expected, each


def arguments_of(asked: Question, path: Path) -> list[str]:
    """Return a question as it is typed."""
    arguments = [asked.command, "--json", "-d", str(path)]
    for name, value in asked.options.items():
        option = f"--{OPTIONS.get(name, name)}"
        if name == "terms" or value is None or value is False:
            continue
        values = value if isinstance(value, tuple) else (value,)
        arguments += [option] if value is True else [f"{option}={each}" for each in values]
    arguments += [
        f"--{name}={value}" for name in ("by", "lanes", "top", "state") if (value := getattr(asked, name)) is not None
    ]
    arguments += ["--roll-up"] if asked.roll_up else []
    arguments += [f"--min={asked.least}"] if asked.least else []
    return [*arguments, "--", *asked.names, *asked.options.get("terms", ())]


def rows_of(document: dict[str, Any], keys: Iterable[str]) -> dict[str, list[Any]]:
    """Return the rows of some sections of a JSON document."""
    found = {key: document[key] for key in keys}
    return {key: rows if isinstance(rows, list) else [] if rows is None else [rows] for key, rows in found.items()}
