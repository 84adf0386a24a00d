"""`korea schema`, and whether all that the program prints as JSON fits what it says of that."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from conftest import Korea

TESTS = Path(__file__).parents[1]
GOLDEN = [
    line.removeprefix("$ ").partition(" | ")[0]
    for file in sorted((TESTS / "golden").glob("*.txt"))
    for line in file.read_text("utf-8").splitlines()
    if re.match(r"\$ korea .*(--json|-f json)\b", line)
]
BROKEN = sorted((TESTS / "data" / "broken").glob("*.toml"))
ROWS = {"events", "facts", "actors", "topics", "sources", "results", "problems"}


@pytest.fixture(scope="module")
def answers(korea: Korea) -> Draft202012Validator:
    run = korea("schema", "output")
    assert (run.code, run.err) == (0, "")
    return Draft202012Validator(json.loads(run.out))


def said_against(document: Any, schema: Draft202012Validator) -> list[str]:  # noqa: ANN401 - a document
    return [f"{error.json_path}: {error.message}"[:500] for error in schema.iter_errors(document)]


def test_the_schema_of_the_data_file_is_printed_or_written(korea: Korea, tmp_path: Path) -> None:
    run = korea("schema")
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out)["title"] == "Chronology"
    written = korea("schema", "-o", "chronology.schema.json", cwd=tmp_path)
    assert written == (0, "", "Wrote the schema to chronology.schema.json\n")
    assert (tmp_path / "chronology.schema.json").read_text("utf-8") == run.out
    assert korea("schema", "-o", "-").out == run.out


def test_a_schema_that_cannot_be_written_is_told(korea: Korea, tmp_path: Path) -> None:
    run = korea("schema", "-o", tmp_path / "nowhere" / "schema.json")
    assert (run.code, run.out) == (4, "")
    assert "no such folder" in run.err


def test_every_answer_fits(asked: tuple[str, ...], answers: Draft202012Validator, korea: Korea) -> None:
    document = json.loads(korea(*asked, "--json").out)
    assert said_against(document, answers) == []
    assert document["count"] > 0


@pytest.mark.parametrize("line", [*GOLDEN, "korea timeline zeppelin --json", "korea stats zeppelin --json",
                                  "korea actor putin zeppelin --json", "korea cache --json",
                                  "korea show thaad icbm-us ramani-2017 --json"])  # fmt: skip
def test_every_golden_answer_fits(line: str, answers: Draft202012Validator, korea: Korea) -> None:
    run = korea(*shlex.split(line)[1:])
    assert said_against(json.loads(run.out), answers) == []


@pytest.mark.parametrize(
    "line",
    ["timeline --fields id", "timeline --fields title,date,match", "facts --fields text",
     "search icbm --fields type,id", "show thaad icbm-us ramani-2017 --fields id", "stats --fields event_count",
     "stats --fields title", "actor putin --fields label", "sources --fields id,id", "chart --fields from",
     "check --notes --fields line", "cite ramani-2017 --fields short", "cache --fields files",
     "timeline zeppelin --fields id"],
)  # fmt: skip
def test_answers_of_some_fields_fit_and_say_which(line: str, answers: Draft202012Validator, korea: Korea) -> None:
    run = korea(*line.split(), "--json")
    assert run.code == 0, run.err
    document = json.loads(run.out)
    assert said_against(document, answers) == []
    assert document["query"]["fields"] == [*dict.fromkeys(line.split("--fields ")[1].split(","))]


@pytest.mark.parametrize("line", ["timeline -n 2", "stats", "actor putin"])
def test_an_answer_of_all_fields_lacks_no_section_and_no_key(
    line: str, answers: Draft202012Validator, korea: Korea
) -> None:
    document = json.loads(korea(*line.split(), "--json").out)
    assert document["query"]["fields"] is None
    narrowed = {**document, "query": {**document["query"], "fields": ["id"]}}
    for name in document.keys() - {"schema_version", "command", "chronology", "query", "count", "matched"}:
        less = {key: value for key, value in document.items() if key != name}
        assert answers.is_valid(less) == (line == "stats")  # whose sections can be chosen
        assert answers.is_valid({**less, "query": narrowed["query"]})


def test_there_are_golden_answers() -> None:
    assert len(GOLDEN) >= 3


@pytest.mark.parametrize("file", BROKEN, ids=[file.stem for file in BROKEN])
def test_what_check_says_of_broken_files_fits(file: Path, answers: Draft202012Validator, korea: Korea) -> None:
    document = json.loads(korea("check", "--notes", file, "--json").out)
    assert document["problems"]
    assert said_against(document, answers) == []


def test_an_answer_that_lacks_a_key_of_a_record_does_not_fit(
    asked: tuple[str, ...], answers: Draft202012Validator, korea: Korea
) -> None:
    document = json.loads(korea(*asked, "--json").out)
    short = {key: value[:1] if isinstance(value, list) else value for key, value in document.items()}
    assert answers.is_valid(short)
    for name in ROWS & document.keys():
        (row,) = short[name]
        for key in row:
            less = {each: value for each, value in row.items() if each != key}
            assert not answers.is_valid({**short, name: [less]}), key


def test_an_answer_with_a_number_for_a_text_does_not_fit(answers: Draft202012Validator, korea: Korea) -> None:
    document = json.loads(korea("timeline", "-n", "1", "--json").out)
    (event,) = document["events"]
    assert event["distance"] is None  # a number with `--around`
    texts = [key for key, value in event.items() if not isinstance(value, int) and key != "distance"]
    assert {"title", "note", "actors", "sources"} <= set(texts)
    assert [key for key in texts if answers.is_valid({**document, "events": [{**event, key: 1}]})] == []
