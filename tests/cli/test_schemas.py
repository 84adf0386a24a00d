"""The schemas are schemas, take what the program takes and prints, and refuse what they can of what it refuses."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from korea_cli import commands
from korea_cli.base.errors import DateError
from korea_cli.checks.load import load
from korea_cli.cli.schemas.data import STORED, data_schema
from korea_cli.cli.schemas.output import output_schema
from korea_cli.dates.parse import parse_stored
from korea_cli.model.header import Header
from korea_cli.model.records import RECORD_TYPES, Record, keys_of, written_keys
from korea_cli.report.report import query_of

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "data" / "events.toml"
BROKEN = sorted((ROOT / "tests" / "data" / "broken").glob("*.toml"))
DATA = Draft202012Validator(data_schema())
# What is wrong in these depends on another place, which a schema cannot look at.
BEYOND_A_SCHEMA = {
    "alias-of-two": "whether another actor has that name",
    "circle": "where the ids lead to",
    "id-twice": "whether another record has that id",
    "kind-further": "which further kinds the file names",
    "place-of-two-names": "whether another list has that name",
    "reference-misspelt": "whether that id is declared",
    "reference-undeclared": "whether that id is declared",
    "toml-git-conflict-in-a-text": "whether a text is what git left of a merge",
}
# These look at other files, or at whether a file is what it extends.
WITH_OTHER_FILES = re.compile(r"extends|include")


def as_editors_see(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Give a TOML value as JSON has it: dates and times are texts."""
    if isinstance(value, dict):
        return {key: as_editors_see(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_editors_see(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def tables_of(file: Path) -> Any:  # noqa: ANN401 - as above
    """Give what a file says, as editors see it; None when it is no TOML."""
    try:
        return as_editors_see(tomllib.loads(file.read_text("utf-8")))
    except tomllib.TOMLDecodeError:
        return None


def event(**keys: object) -> dict[str, object]:
    return {"events": [{"id": "a", "title": "A", "date": "2017", **keys}]}


# ---------------------------------------------------------------- of the data file


def test_both_are_schemas_of_the_draft_they_name_and_the_same_each_time() -> None:
    for make in (data_schema, output_schema):
        assert make()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(make())
        assert json.dumps(make()) == json.dumps(make())


def test_the_built_in_record_fits() -> None:
    assert [error.message for error in DATA.iter_errors(tables_of(RECORD))] == []


@pytest.mark.parametrize("file", BROKEN, ids=[file.stem for file in BROKEN])
def test_a_broken_file_does_not_fit_where_a_schema_can_say_so(file: Path) -> None:
    tables = tables_of(file)
    if tables is None or WITH_OTHER_FILES.match(file.stem):
        assert load([str(file)]).problems
        return
    assert DATA.is_valid(tables) == (file.stem in BEYOND_A_SCHEMA)


def test_every_key_of_the_model_is_there_with_its_meaning_and_no_other() -> None:
    of_type: dict[str, type[Record | Header]] = {Header.table: Header, **RECORD_TYPES}
    for name, record in of_type.items():
        defined = data_schema()["$defs"][name]
        assert defined["additionalProperties"] is False
        own = {key: each["description"] for key, each in defined["properties"].items() if key != "extends"}
        assert own == {written: keys_of(record)[name].help for written, name in written_keys(record).items()}


@pytest.mark.parametrize(
    ("tables", "fits"),
    [
        (event(), True),
        (event(date="2017-05-25T09:10:00"), False),
        (event(date="2017-05-25T09:10"), False),
        (event(date=2017), True),
        (event(date=0), False),
        (event(date=-44), False),
        (event(date=-2000), True),
        (event(date=10_000), False),
        (event(date="-0043-03-15"), True),
        (event(date=True), False),
        (event(date=""), False),
        (event(title=" "), False),
        (event(kind=""), True),
        (event(kind="parade"), False),
        (event(kind="parade") | {"chronology": {"title": "X"}}, False),
        (event(kind="parade") | {"chronology": {"kinds": ["parade"]}}, True),
        (event(time="24:00"), False),
        (event(time="09:10:59", timezone="America/Argentina/Buenos_Aires"), True),
        (event(timezone="UTC"), True),
        (event(timezone="seoul"), False),
        (event(sources=["a#p1 #2", "b"]), True),
        (event(sources=["a b"]), False),
        (event(note=1), False),
        ({"events": [{"extends": "a", "note": "N"}]}, True),
        ({"events": [{"extends": "a", "id": "b"}]}, False),
        ({"events": [{"note": "N"}]}, False),
        ({"facts": [{"id": "f", "text": "F", "date": ""}]}, True),
        ({"sources": [{"id": "s", "title": "S", "url": "HTTPS://x"}]}, True),
        ({"sources": [{"id": "s", "title": "S", "url": ""}]}, True),
        ({"chronology": {"schema": 2}}, False),
        ({"chronology": {"place_names": []}}, True),
        ({"chronology": {"place_names": [["Moscow", "Москва"], ["New York", "뉴욕"]]}}, True),
        ({"chronology": {"place_names": ["Moscow", "Москва"]}}, False),
        ({"chronology": {"place_names": [["Moscow"]]}}, False),
        ({"chronology": {"place_names": [["Moscow", " "]]}}, False),
        ({}, True),
        ([], False),
    ],
)
def test_a_file_fits_where_the_program_takes_it(tables: object, fits: bool) -> None:  # noqa: FBT001 - a case
    assert DATA.is_valid(tables) is fits


PARTS = st.from_regex(r"\A-?[0-9]{4}(-([0-4][0-9]|XX)(-([0-3][0-9]|XX))?)?[~?%]?\Z")
ENDS = PARTS | st.sampled_from(["", ".."])
STRETCHES = st.tuples(ENDS, ENDS).map("/".join)
CHOICES = st.lists(PARTS | st.tuples(ENDS, ENDS).map("..".join), min_size=1, max_size=3)


@given(PARTS | STRETCHES | CHOICES.map(lambda each: f"[{','.join(each)}]") | st.text(max_size=12))
def test_every_date_that_the_program_reads_fits_the_pattern(text: str) -> None:
    try:
        parse_stored(text)
    except DateError:
        return
    assert re.fullmatch(STORED, text)


@pytest.mark.parametrize(
    "text", ["2017-13", "2017-02-30", "2017-21", "-0000", "-44", "10000", "../..", "/", "[]", "[..]", "{2016}", "17"]
)
def test_what_is_plainly_no_date_does_not_fit_the_pattern(text: str) -> None:
    assert not re.fullmatch(STORED, text)


# ---------------------------------------------------------------- of the output


HEAD = {
    "schema_version": 2, "command": "topics", "query": query_of(None, {}), "count": 0, "matched": 0,
    "chronology": {"title": None, "as_of": None, "files": []},
}  # fmt: skip


def test_the_list_a_command_gives_stands_under_its_own_key() -> None:
    answers = Draft202012Validator(output_schema())
    assert answers.is_valid({**HEAD, "topics": []})
    assert not answers.is_valid({**HEAD, "events": []})
    assert not answers.is_valid({**HEAD, "topics": [], "command": "topic"})
    assert not answers.is_valid({**{key: value for key, value in HEAD.items() if key != "count"}, "topics": []})


def untyped(schema: Any, place: str = "") -> list[str]:  # noqa: ANN401 - a schema
    """Name every property, at whatever depth, of which nothing is said."""
    found = []
    for name, each in schema.get("properties", {}).items():
        if not each.keys() & {"type", "const", "enum", "anyOf", "$ref", "properties"}:
            found.append(f"{place}.{name}")
        found += untyped(each, f"{place}.{name}")
    for key in ("oneOf", "anyOf"):
        found += [missing for each in schema.get(key, ()) for missing in untyped(each, place)]
    return found + (untyped(schema["items"], f"{place}[]") if "items" in schema else [])


def test_every_key_of_every_row_has_a_type() -> None:
    schema = output_schema()
    rows = schema["$defs"]
    assert {"event", "period", "citation", "problem", "change", "index", "count", "chronology"} <= rows.keys()
    assert [missing for name, row in rows.items() for missing in untyped(row, name)] == []
    assert untyped(schema) == []


def test_every_command_that_reports_is_in_the_schema() -> None:
    named = {each["properties"]["command"].get("const") for each in output_schema()["oneOf"]} - {None}
    answers = {name: commands.load(name).answer.__annotations__.get("return") for name in commands.names()}
    assert named == {name for name, returned in answers.items() if "Report" in str(returned)}


def test_every_command_that_writes_is_in_the_schema() -> None:
    (changes,) = (answer for answer in output_schema()["oneOf"] if answer["title"] == "changes")
    answers = {name: commands.load(name).answer.__annotations__.get("return") for name in commands.names()}
    assert {"add", "set", "rename", "remove"} <= {*changes["properties"]["command"]["enum"]}
    assert {*changes["properties"]["command"]["enum"]} == {name for name, each in answers.items() if each == "Outcome"}


def kinds_of(schema: Any) -> set[str]:  # noqa: ANN401 - a schema
    """Return the types of JSON that a schema takes, but for null."""
    if "$ref" in schema or "properties" in schema:
        return {"object"}
    said = schema.get("type", [])
    found = {said} if isinstance(said, str) else {*said}
    found |= {"string" for each in (*schema.get("enum", ()), schema.get("const")) if isinstance(each, str)}
    for each in schema.get("anyOf", ()):
        found |= kinds_of(each)
    of_what = "".join(f" of {kind}" for kind in sorted(kinds_of(schema["items"]))) if "items" in schema else ""
    return {f"array{of_what}" if kind == "array" else kind for kind in found if kind != "null"}


def typed_keys(schema: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a schema
    """Return every key at whatever depth with each type that it has there."""
    found = [(name, kind) for name, each in schema.get("properties", {}).items() for kind in kinds_of(each)]
    below = [*schema.get("properties", {}).values(), *schema.get("oneOf", ()), *schema.get("anyOf", ())]
    below += [*schema.get("$defs", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return found + [pair for each in below for pair in typed_keys(each)]


def test_a_key_has_one_type_everywhere() -> None:
    kinds: dict[str, set[str]] = {}
    for name, kind in typed_keys(output_schema()):
        kinds.setdefault(name, set()).add(kind)
    assert len(kinds) > 100
    # What `diff` found is a value as a data file has it, of any type, under its key; an event may be a key event.
    assert {name for name, several in kinds.items() if len(several) > 1} == {"old", "new", "key"}
