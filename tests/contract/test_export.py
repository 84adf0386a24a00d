"""Data files made of answers: whole records come back exactly, a part brings all that it refers to."""

from __future__ import annotations

import json
import tomllib
from random import Random
from typing import TYPE_CHECKING

import pytest

from law.chronologies import chronology, toml_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

PARTS = [
    ("timeline", "topic:thaad"), ("timeline", "-n", "1"), ("facts", "disputes:icbm-us"), ("facts", "kind:forecast"),
    ("actors", "kind:person"), ("topics",), ("sources", "voice:un"), ("search", "icbm"), ("show", "icbm-us", "putin"),
    ("actor", "lavrov"), ("export", "topic:icbm"), ("export", "--known-by", "2017-05-30"),
    ("timeline", "--known-by", "2017-06-30"),
    ("timeline", "--around", "hwasong-14-launch", "--certain"),
]  # fmt: skip


def test_the_whole_record_comes_back_exactly(korea: Korea, tmp_path: Path) -> None:
    whole = tmp_path / "whole.toml"
    run = korea("export", "-o", whole)
    assert (run.code, run.err) == (0, f"Wrote 434 records to {whole}\n")
    run = korea("diff", "builtin", whole, "--exit-code")
    assert (run.code, run.out) == (0, ""), run.out
    assert korea("check", "-d", whole, "--exit-code").code == 0
    assert korea("export", "-d", whole).out == whole.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_record_has_comes_back_exactly(seed: int, korea: Korea, tmp_path: Path) -> None:
    source, whole = tmp_path / "source.toml", tmp_path / "whole.toml"
    source.write_text(toml_of(chronology(Random(f"export {seed}"))), encoding="utf-8")  # noqa: S311 - not for secrets
    assert korea("export", "-d", source, "-o", whole).code == 0
    run = korea("diff", source, whole, "--exit-code")
    assert (run.code, run.out) == (0, ""), run.out


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_lists_of_each_type_come_back_but_for_what_was_not_there_yet(
    form: str, seed: int, korea: Korea, tmp_path: Path
) -> None:
    source, mine = tmp_path / "source.toml", tmp_path / "mine.toml"
    text = toml_of(chronology(Random(f"lists {seed}")))  # noqa: S311 - not for secrets
    source.write_text(text.replace("# p. 3", "#p. 3"), encoding="utf-8")  # blanks around a place are not kept
    mine.write_text(korea("export", "-d", source, "quaggaxx").out, encoding="utf-8")  # the header alone
    for command in ("sources", "actors", "topics", "timeline", "facts"):
        listed, type_ = tmp_path / f"{command}.{form}", "event" if command == "timeline" else command[:-1]
        listed.write_text(korea(command, "-d", source, "-f", form, "--with-withdrawn").out, encoding="utf-8")
        run = korea("import", listed, "-d", mine, "--type", type_)
        assert run.code == 0, run.err
    changes = json.loads(korea("diff", source, mine, "--json").out)["changes"]
    assert {(each["record"], each["change"], each["key"]) for each in changes} <= {("event", "lost", "disputed_by")}


@pytest.mark.parametrize("asked", PARTS, ids=" ".join)
def test_a_part_can_be_read_on_its_own_and_has_nothing_else(
    asked: tuple[str, ...], korea: Korea, tmp_path: Path
) -> None:
    part = tmp_path / "part.toml"
    run = korea(*asked, "-f", "toml", "-o", part)
    assert run.code == 0, run.err
    assert korea("check", "-d", part, "--exit-code").code == 0
    changes = json.loads(korea("diff", "builtin", part, "--json").out)["changes"]
    known = {"changed", "lost"} if "--known-by" in asked else set()
    assert {each["change"] for each in changes} <= {"removed"} | known
    listed = json.loads(korea(*asked, "--json").out)
    ids = {row["id"] for rows in listed.values() if isinstance(rows, list) for row in rows if "line" in row}
    records = [
        each for table in tomllib.loads(part.read_text("utf-8")).values() if isinstance(table, list) for each in table
    ]
    assert ids <= {each["id"] for each in records}


def test_what_was_added_is_said(korea: Korea, tmp_path: Path) -> None:
    run = korea("timeline", "id:hwasong-14-launch", "-f", "toml", "-o", tmp_path / "x.toml")
    assert "added what these refer to: " in run.err
    assert "sources" in run.err


def test_files_that_are_read_together_become_one(korea: Korea, tmp_path: Path) -> None:
    one, two, both = (tmp_path / f"{name}.toml" for name in ("one", "two", "both"))
    one.write_text('# lost\n[[events]]\nid = "b"\ntitle = "B"\ndate = "2017"\n', encoding="utf-8")
    two.write_text('[[events]]\nid = "a"\ntitle = "A"\ndate = "2016"\nresponds_to = ["b"]\n', encoding="utf-8")
    assert korea("export", "-d", one, "-d", two, "-o", both).code == 0
    assert [each["id"] for each in tomllib.loads(both.read_text("utf-8"))["events"]] == ["b", "a"]
    assert "lost" not in both.read_text("utf-8")
    assert korea("export", "-d", one, "-o", two).code != 0  # a data file is not replaced


def test_json_has_a_list_for_each_type(korea: Korea) -> None:
    document = json.loads(korea("export", "topic:icbm", "--json").out)
    lists = {key: len(value) for key, value in document.items() if isinstance(value, list)}
    assert set(lists) == {"events", "facts", "actors", "topics", "sources"}
    assert (document["count"], document["matched"]) == (sum(lists.values()), sum(lists.values()))


def test_nothing_found_is_an_empty_file_and_is_said(korea: Korea) -> None:
    run = korea("export", "quagga")
    assert tomllib.loads(run.out).keys() == {"chronology"}
    assert "no records match (export, quagga)" in run.err


def test_a_list_as_json_can_be_added_to_an_empty_file(korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(b"")
    listed = korea("timeline", "--json").out
    run = korea("add", "events", "-d", mine, input=listed.encode())
    assert run.code == 0, run.err
    assert run.out == f"Added 137 sources, 45 actors, 19 topics and 86 events to {mine}\n"
    assert "left out 3 references to what is neither here nor in the file: disputed_by" in run.err
    changes = json.loads(korea("diff", "builtin", mine, "--json").out)["changes"]
    of_events = [(each["change"], each["key"]) for each in changes if each["record"] == "event"]
    assert of_events == [("lost", "disputed_by")] * 3
    assert korea("timeline", "-d", mine, "--count").out == "86\n"


@pytest.mark.parametrize(("type_", "lost"), [("events", {("event", "disputed_by")}), ("actors", set())])
def test_records_of_a_data_file_can_be_added_with_what_they_refer_to(
    type_: str, lost: set[tuple[str, str]], korea: Korea, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(b"")
    run = korea("add", type_, "-d", mine, input=korea("export").out.encode())
    assert run.code == 0, run.err
    changes = json.loads(korea("diff", "builtin", mine, "--json").out)["changes"]
    own = [each for each in changes if each["record"] != "chronology" and each["change"] != "removed"]
    assert {(each["record"], each["key"]) for each in own} == lost
    assert all(each["change"] != "removed" for each in changes if each["record"] == type_.removesuffix("s"))
    again = korea("add", type_, "-d", mine, input=korea("export").out.encode())
    assert (again.code, "is already used at" in again.err) == (3, True)


def test_a_data_file_that_cannot_be_added_says_where(korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(b"")
    event = '[[events]]\nid = "a"\ntitle = "A"\ndate = "2031"\nactors = ["kim"]\n'
    for text, said in (
        (f"{event}acters = 1\n", "standard input:1: event 'a': unknown key 'acters'. Did you mean 'actors'?"),
        (f'{event}kind = "x"\n', "standard input:1: event 'a': unknown kind 'x'. To allow it, add "),
        (f"{event}[[events]]\nextends = 'b'\n", "standard input:6: it adds to the event 'b' of another file"),
        ("[[events]]\nid = \n", "standard input:2:6: TOML: "),
        ('[[facts]]\nid = "a"\ntext = "A"\n', "nothing to add. Give options, or records as JSON or TOML"),
    ):
        run = korea("add", "events", "-d", mine, input=text.encode())
        assert (run.code, mine.read_bytes()) == (2 if "nothing" in said else 3, b"")
        assert said in run.err
    assert korea("add", "events", "-d", mine, input=event.encode()).out == f"Added 1 actor and 1 event to {mine}\n"


def test_what_is_added_must_be_known_unless_it_is_spelled_out(korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(b"")
    event = {"title": "Talks", "date": "2031", "actors": [{"id": "kim", "name": "Kim"}, "han"]}
    run = korea("add", "events", "-d", mine, input=json.dumps(event).encode())
    assert (run.code, mine.read_bytes()) == (3, b"")
    assert "actor not found: 'han'" in run.err
    event["actors"] = [{"id": "kim", "name": "Kim", "kind": "person"}, "kim"]
    assert korea("add", "events", "-d", mine, input=json.dumps(event).encode()).code == 0
    assert tomllib.loads(mine.read_text("utf-8"))["actors"] == [{"id": "kim", "name": "Kim", "kind": "person"}]
