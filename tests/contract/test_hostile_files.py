"""Files that are broken, huge or out of place get a clear message and the right exit status, never a traceback."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Korea

DATA = Path(__file__).parents[1] / "data"
EVENT = '[[events]]\nid = "a"\ntitle = "A"\ndate = "2017"\n'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(EVENT, "utf-8")
    return file


# ---- include


def test_an_include_that_matches_nothing_is_an_error_and_a_literal_name_comes_first(korea: Korea) -> None:
    folder = DATA / "include"
    run = korea("timeline", "-d", "main.toml", cwd=folder)
    told = "korea: main.toml:2:11: [chronology]: include 'evnets/*.toml' matches no file\n"
    assert run == (3, "", told)
    run = korea("timeline", "-d", "literal.toml", "--fields", "id", cwd=folder)
    assert run == (0, "a\n", "")


# ---- JSON


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('{"title": "A", "date": "2017", "title": "B"}', "1:has the key 'title' twice"),
        ('\n[{"title": "A",\n "sources": [{"id": "s", "id": "t"}]}]', "2:has the key 'id' twice"),
        ('{"schema_version": 1, "events": [], "events": [{"title": "A"}]}', "1:has the key 'events' twice"),
        ('{"schema_version": 1,\n"events": [{"title": "A", "title": "A"}]}', "2:has the key 'title' twice"),
        ('{"x": 1, "x": {"y": 1, "y": 2}, oops', "1:has the key 'y' twice"),
        (f'{{"title": {"1" * 4400}}}', "1:has a number of more than 4,300 digits"),
        (f'[{{"title": -{"1" * 4400}}}]', "1:has a number of more than 4,300 digits"),
        (f'{{"title": {"[" * 900}{"]" * 900}, "date": "2017"}}', "1:title must be text in quotes, not a list"),
        (f'{{"title": {"[" * 100_000}', "1:is nested too deeply"),
        (f'{{"title": {"1" * 4300}, "date": "2017"}}', "1:title must be text in quotes, not the number 11"),
        ('{"title": 1e999, "date": "2017"}', "1:title must be text in quotes, not the number inf"),
    ],
)
def test_json_that_nobody_can_mean_is_refused_with_its_line(given: str, told: str, mine: Path, korea: Korea) -> None:
    number, message = told.split(":")
    run = korea("add", "events", "-d", mine, input=given.encode())
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith(f"korea: standard input:{number}: ")
    assert message in run.err
    assert max(map(len, run.err.splitlines())) < 2000
    assert mine.read_text("utf-8") == EVENT


def test_after_an_object_with_a_repeated_key_the_others_are_judged_too(mine: Path, korea: Korea) -> None:
    lines = '{"title": "A", "title": "B"}\n{"date": "x", "titel": "T"}\n'
    run = korea("add", "events", "-d", mine, input=lines.encode())
    assert [line.split(":")[2] for line in run.err.splitlines()] == ["1", "2", "2", "2"]


def test_unknown_keys_of_json_are_listed_up_to_twenty(mine: Path, korea: Korea) -> None:
    keys = "".join(f', "k{number}": 1' for number in range(5000))
    run = korea("add", "events", "-d", mine, input=f'{{"title": "A", "date": "2017"{keys}}}'.encode())
    assert run.code == 3
    assert "unknown key 'k19'" in run.err
    assert "unknown key 'k20'" not in run.err


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_repeated_key_is_not_imported(name: str, mine: Path, korea: Korea) -> None:
    text = '{"title": "B", "date": "2017", "title": "C"}\n'
    (mine.parent / name).write_text(f"[{text}]" if name == "a.json" else text, "utf-8")
    run = korea("import", name, "-d", mine, cwd=mine.parent)
    assert run.code in {1, 3}
    said = run.err + "".join(each.read_text("utf-8") for each in mine.parent.glob("*.rejects*"))
    assert "has the key 'title' twice" in said
    assert mine.read_text("utf-8") == EVENT


# ---- files and folders out of place


@pytest.mark.parametrize(
    "words",
    [
        "init", "init x.toml", "import x.csv -d x.toml", "add event --title T --date 2017 -d x.toml", "fmt ../x.toml",
        "fmt x.toml", "diff HEAD:a.toml b.toml", "diff a.toml b.toml", "diff -d x.toml",
        "add event --title T --date 2017 -d .",
    ],
)  # fmt: skip
def test_a_folder_that_was_deleted_is_named_as_the_cause(words: str, tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "gone").mkdir()
    run = korea.shell(f"rmdir ../gone && korea {words}", cwd=tmp_path / "gone")
    assert (run.code, run.out) == (3, "")
    assert run.err == "korea: the current folder no longer exists; change to another one\n"


@pytest.mark.parametrize("words", ["check x.toml", "timeline -d x.toml", "set a title=T -d x.toml"])
def test_a_file_of_a_folder_that_was_deleted_is_not_there(words: str, tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "gone").mkdir()
    run = korea.shell(f"rmdir ../gone && korea {words}", cwd=tmp_path / "gone")
    assert (run.code, run.out) == (3, "")
    assert "no such file" in run.err


def test_what_needs_no_folder_works_in_one_that_was_deleted(mine: Path, korea: Korea) -> None:
    for words in ("timeline thaad", f"fmt {mine}", f"add event --title T --date 2017 -d {mine}", f"init {mine}.2"):
        (mine.parent / "gone").mkdir()
        run = korea.shell(f"rmdir ../gone && korea {words}", cwd=mine.parent / "gone")
        assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize("kind", ["folder", "link", "broken link", "pipe"])
def test_a_lock_that_is_no_file_is_named_as_the_cause(kind: str, mine: Path, korea: Korea) -> None:
    lock = mine.with_name(".mine.toml.lock")
    precious = mine.with_name("precious")
    match kind:
        case "folder":
            lock.mkdir()
        case "pipe":
            os.mkfifo(lock)
        case _:
            precious.write_text("precious", "utf-8") if kind == "link" else None
            lock.symlink_to(precious)
    for words in (("set", "a", "title=B", "-d", mine), ("add", "event", "--title", "T", "--date", "2017", "-d", mine)):
        run = korea(*words)
        assert (run.code, run.out) == (4, "")
        assert f"its lock {lock} is not a regular file; remove it" in run.err
    assert mine.read_text("utf-8") == EVENT
    assert precious.exists() is (kind == "link")


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "-d", ""), ("check", ""), ("fmt", ""), ("init", ""), ("edit", "a", "-d", ""),
        ("diff", "", "b.toml"), ("add", "event", "--title", "T", "--date", "2017", "-d", ""),
        ("init", "x.toml", "--from", ""), ("import", "", "-d", "mine.toml"), ("timeline", "-d", "mine.toml", "-d", ""),
        ("rename", "a", "b", "-d", ""),
    ],
)  # fmt: skip
def test_an_empty_file_name_is_named_as_such(words: tuple[str, ...], mine: Path, korea: Korea) -> None:
    assert korea(*words, cwd=mine.parent) == (3, "", "korea: '': the file name is empty\n")


def test_an_empty_name_of_an_output_is_named_as_such(korea: Korea, tmp_path: Path) -> None:
    assert korea("timeline", "-o", "", cwd=tmp_path) == (4, "", "korea: cannot write '': the file name is empty\n")


@pytest.mark.parametrize(
    ("command", "size"),
    [
        ("timeline", "-1"), ("fmt mine.toml", "-1"), ("diff mine.toml mine.toml", "-1"), ("add events", "-1"),
        ("check", "0"), ("check", "1.5"), ("check", "-99999999999999999999"),
    ],
)  # fmt: skip
def test_a_largest_size_that_is_none_is_a_usage_error(command: str, size: str, mine: Path, korea: Korea) -> None:
    run = korea(*command.split(), "--max-size", size, cwd=mine.parent, input=b"{}")
    assert (run.code, run.out) == (2, "")
    assert "--max-size" in run.err
    assert size in run.err


def test_a_largest_size_beyond_all_memory_is_no_trouble(mine: Path, korea: Korea) -> None:
    largest = "9" * 30
    for command in ("timeline -d mine.toml", "add events -d mine.toml", "fmt mine.toml"):
        run = korea(*command.split(), "--max-size", largest, cwd=mine.parent, input=b'{"title": "T", "date": "2017"}')
        assert run.code == 0


@pytest.mark.parametrize("words", ["add event --title T --date 2017 -d", "fmt"])
def test_what_keeps_nothing_is_not_written_to(words: str, mine: Path, korea: Korea) -> None:
    run = korea(*words.split(), "/dev/null", cwd=mine.parent)
    assert run == (4, "", "korea: cannot write /dev/null: it is a pipe or a device, not a file\n")
