"""Kinds of events and actors and types of sources that a file allows beside the usual ones, in its header."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import tomli
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

OWN = """\
[chronology]
kinds = ["raid"]
actor_kinds = ["Trade union"]
source_types = ["podcast"]

[[sources]]
id = "s"
title = "S"
type = "podcast"

[[actors]]
id = "a"
name = "A"
kind = "Trade union"

[[events]]
id = "e"
title = "E"
date = "2031"
kind = "raid"
actors = ["a"]
sources = ["s"]
"""
BARE = OWN.partition("\n\n")[2]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a file with words of its own."""
    file = tmp_path / "own.toml"
    file.write_text(OWN, "utf-8")
    return file


def test_the_words_of_the_header_are_allowed_and_others_are_not(own: Path, korea: Korea, tmp_path: Path) -> None:
    assert korea("check", own).code == 0
    bare = tmp_path / "bare.toml"
    bare.write_text(BARE, "utf-8")
    said = " ".join(korea("check", bare).out.split())
    assert "unknown kind 'raid'. To allow it, add \"raid\" to kinds under [chronology]" in said
    assert (
        "unknown actor kind 'Trade union'. To allow it, add \"Trade union\" to actor_kinds under [chronology]" in said
    )
    assert "unknown source type 'podcast'. To allow it, add \"podcast\" to source_types under [chronology]" in said


def test_a_word_like_a_usual_one_can_be_allowed_too(own: Path, korea: Korea) -> None:
    run = korea("set", "a", "kind=organization", "-d", own)
    assert (
        "To allow it, add \"organization\" to actor_kinds under [chronology]. Did you mean 'organisation'?" in run.err
    )


@pytest.mark.parametrize(
    "query",
    [
        ("timeline", "kind:raid"), ("actors", "kind:trade union"), ("sources", "kind:podcast"),
        ("sources", "source_type:Podcast"), ("timeline", "source_type:podcast"), ("timeline", "-k", "raid"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_queries_know_them_from_the_file_and_from_the_cache(
    query: tuple[str, ...], cache: tuple[str, ...], own: Path, korea: Korea
) -> None:
    for _ in range(2):
        run = korea(*query, *cache, "--json", "-d", own)
        assert (run.code, json.loads(run.out)["count"]) == (0, 1), run.err


def test_words_of_another_type_are_unknown(own: Path, korea: Korea) -> None:
    run = korea("timeline", "kind:podcast", "-d", own)
    assert run.code == 1
    assert "podcast" in run.err


def test_records_with_them_can_be_added_and_changed(own: Path, korea: Korea) -> None:
    assert korea("add", "actor", "--name", "B", "--kind", "Trade union", "-d", own).code == 0
    assert korea("add", "source", "--title", "T", "--type", "podcast", "-d", own).code == 0
    assert korea("set", "b", "kind=group", "-d", own).code == 0
    assert korea("add", "sources", "-d", own, input=b'{"title": "U", "source_type": "podcast"}').code == 0
    assert korea("check", own).code == 0


def test_the_schema_allows_them_where_the_header_names_them(own: Path, korea: Korea) -> None:
    schema = Draft202012Validator(json.loads(korea("schema").out))
    assert list(schema.iter_errors(tomli.loads(own.read_text("utf-8")))) == []
    wrong = {"/".join(map(str, error.absolute_path)) for error in schema.iter_errors(tomli.loads(BARE))}
    assert wrong == {"events/0/kind", "actors/0/kind", "sources/0/type"}


@pytest.mark.parametrize("form", ["bibtex", "csl-json", "json", "csv", "markdown", "plain"])
def test_sources_of_an_own_type_can_be_printed_in_each_form(form: str, own: Path, korea: Korea) -> None:
    run = korea("sources", "-f", form, "-d", own)
    assert run.code == 0, run.err


def test_an_unknown_word_is_called_what_the_record_calls_it(own: Path, korea: Korea, tmp_path: Path) -> None:
    sheet = tmp_path / "x.csv"
    for type_, rows, noun in (
        ("source", "title,type\nT,blog\n", "source types"), ("actor", "name,kind\nN,robot\n", "actor kinds"),
        ("event", "title,date,kind\nE,2031,flood\n", "kinds"), ("fact", "text,kind\nF,guess\n", "kinds"),
    ):  # fmt: skip
        sheet.write_text(rows, "utf-8")
        said = korea("import", sheet, "--type", type_, "--dry-run", "-d", own).err
        assert re.search(rf"(?m)^korea: (left out )?unknown {noun}( became topics)?: 1 of ", said), said
    sheet.write_text("id,type\ns,blog\n", "utf-8")
    said = korea("import", sheet, "--type", "source", "--update", "--dry-run", "-d", own).err
    assert "line 2: unknown source type 'blog'. To allow it, add \"blog\" to source_types" in said
    run = korea("import", sheet, "--type", "sorce", "-d", own)
    assert (run.code, "unknown type of record 'sorce'. Did you mean 'source'?" in run.err) == (2, True)
    mapping = tmp_path / "m.toml"
    mapping.write_text('type = "sorce"\n', "utf-8")
    run = korea("import", sheet, "--mapping", mapping, "-d", own)
    assert f"{mapping} has an invalid setting: type = 'sorce'. Allowed values: source, actor" in run.err


@pytest.mark.parametrize("form", ["toml", "timeline", "export"])
@pytest.mark.parametrize("before", ["", '[chronology]\ntitle = "M"\nkinds = ["feud"]\n'])
def test_add_takes_the_words_that_import_takes(form: str, before: str, own: Path, korea: Korea, tmp_path: Path) -> None:
    text = OWN if form == "toml" else korea(form, "--json", "-d", own).out
    imported, added = tmp_path / "imported.toml", tmp_path / "added.toml"
    for file, command in ((imported, ("import", "-")), (added, ("add", "events"))):
        file.write_text(before, "utf-8")
        run = korea(*command, "-d", file, input=text.encode())
        assert run.code == 0, run.err
    assert "allowed in [chronology]: kinds raid" in run.err
    assert korea("check", added).code == 0
    whole, mine = (tomli.loads(each.read_text("utf-8")) for each in (imported, added))
    assert mine["events"] == whole["events"]
    assert mine["chronology"]["kinds"] == whole["chronology"]["kinds"]
    if form == "toml":  # it has all that the events refer to
        assert mine == whole


def test_add_refuses_words_that_no_header_allows(korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.touch()
    for text in (BARE, '{"title": "E", "date": "2031", "kind": "raid"}', '[chronology]\nkinds = "raid"\n\n' + BARE):
        run = korea("add", "events", "-d", mine, input=text.encode())
        assert run.code != 0
        assert "unknown kind 'raid'. To allow it, add \"raid\" to kinds under [chronology]" in run.err
        assert mine.read_text("utf-8") == ""


def test_an_unknown_word_in_a_record_that_json_spells_out_is_no_internal_error(own: Path, korea: Korea) -> None:
    event = {"title": "E", "date": "2031", "sources": [{"title": "T", "type": "blog"}]}
    run = korea("add", "events", "-d", own, input=json.dumps(event).encode())
    assert run.code == 3
    assert "standard input:1: event 'e-2': source 'T': unknown source type 'blog'. To allow it, add " in run.err
