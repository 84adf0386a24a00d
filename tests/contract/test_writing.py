"""What every command that writes keeps to: the status follows the file, and JSON lists what changed."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from korea_cli import formats
from korea_cli.cli.outcome import report_outcome
from korea_cli.cli.output_options import OutcomeOptions
from korea_cli.editing.outcome import Outcome
from korea_cli.reading.toml import Document

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

MINE = """\
[[actors]]
id = "kim"
name = "Kim"

[[events]]
id = "launch"
title = "A launch"
date = "2017-07-04"
actors=["kim"]
"""
SHEET = "Date,Title\n2019,Talks\n"
# Each command that writes, what it says it did, and the ids of what it changed.
WRITING: dict[str, tuple[tuple[str, ...], str, list[str]]] = {
    "add": (("add", "event", "--id", "q", "--title", "Q", "--date", "2018"), "Added event 'q'", ["q"]),
    "set": (("set", "launch", "kind=test"), "Changed event 'launch'", ["launch"]),
    "rename": (("rename", "launch", "start"), "Renamed event 'launch' to 'start'", ["start"]),
    "remove": (("remove", "launch"), "Removed event 'launch'", ["launch"]),
    "edit": (("edit", "launch"), "Changed mine.toml", ["launch"]),
    "fmt": (("fmt",), "Formatted mine.toml", []),
    "import": (("import", "sheet.csv"), "Imported 1 event into mine.toml", ["talks"]),
}
EDITOR = {"EDITOR": "sh -c 'sed -i s/2017-07-04/2017-07-05/ \"$0\" >/dev/null'"}
commands = pytest.mark.parametrize("command", WRITING)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a small file, and a sheet to import."""
    (tmp_path / "mine.toml").write_text(MINE)
    (tmp_path / "sheet.csv").write_text(SHEET)
    return tmp_path


@pytest.fixture(scope="module")
def schema(korea: Korea) -> Draft202012Validator:
    """Give the schema of what is printed."""
    return Draft202012Validator(json.loads(korea("schema", "output").out))


def said_against(document: Any, schema: Draft202012Validator) -> list[str]:  # noqa: ANN401 - a document
    return [f"{error.json_path}: {error.message}"[:500] for error in schema.iter_errors(document)]


def line_of(command: str) -> str:
    return f"korea {' '.join(WRITING[command][0])} -d mine.toml"


@pytest.mark.parametrize("end", [">&-", pytest.param(">/dev/full", id="full")])
@commands
def test_what_was_written_but_could_not_be_printed_is_a_success(
    command: str, end: str, folder: Path, korea: Korea
) -> None:
    run = korea.shell(f"{line_of(command)} -q >/dev/null && cp mine.toml done.toml", cwd=folder, env=EDITOR)
    assert (run.code, run.err) == (0, "")
    (folder / "mine.toml").write_text(MINE)
    run = korea.shell(f"{line_of(command)} {end}", cwd=folder, env=EDITOR)
    assert (run.code, run.out) == (0, "")
    assert f"korea: {WRITING[command][1]}, but could not print it\n" in run.err
    assert (folder / "mine.toml").read_text() == (folder / "done.toml").read_text() != MINE


def test_a_new_file_that_could_not_be_told_of_is_a_success(tmp_path: Path, korea: Korea) -> None:
    run = korea.shell("korea init new.toml >/dev/full", cwd=tmp_path)
    assert run == (0, "", "korea: Created new.toml, but could not print it\n")
    assert (tmp_path / "new.toml").exists()


def test_a_reader_that_went_away_is_no_reason_to_add_again(folder: Path, korea: Korea) -> None:
    run = korea.shell(f"{{ {line_of('add')}; echo $? >&2; }} | true", cwd=folder)
    assert run.err.endswith("0\n")
    assert (folder / "mine.toml").read_text().count('id = "q"') == 1


def test_a_preview_that_could_not_be_printed_is_a_failure(folder: Path, korea: Korea) -> None:
    assert korea.shell(f"{line_of('set')} --dry-run >/dev/full", cwd=folder).code == 4
    assert (folder / "mine.toml").read_text() == MINE


# ---------------------------------------------------------------- no change, and what was asked for

# Commands that change nothing in MINE, and what they say.
IDLE: dict[str, tuple[tuple[str, ...], str]] = {
    "set": (("set", "launch", "title=A launch"), "Nothing to change: event 'launch'"),
    "edit": (("edit", "launch"), "Nothing changed in mine.toml"),
    "import": (("import", "empty.csv"), "Imported nothing into mine.toml"),
    "fmt": (("fmt",), "Already formatted: mine.toml"),
}


@pytest.mark.parametrize("end", [">&-", pytest.param(">/dev/full", id="full")])
@pytest.mark.parametrize("command", IDLE)
def test_that_nothing_changed_is_a_success_too_where_it_cannot_be_printed(
    command: str, end: str, folder: Path, korea: Korea
) -> None:
    (folder / "empty.csv").write_text("Date,Title\n")
    assert korea("fmt", "mine.toml", cwd=folder).code == 0
    before = (folder / "mine.toml").read_bytes()
    run = korea.shell(f"korea {shlex.join(IDLE[command][0])} -d mine.toml {end}", cwd=folder, env={"EDITOR": "true"})
    assert (run.code, run.out) == (0, "")
    assert f"korea: {IDLE[command][1]}, but could not print it\n" in run.err
    assert (folder / "mine.toml").read_bytes() == before


@pytest.mark.parametrize(
    "line",
    [
        *(f"{shlex.join(words)} --json" for words, _ in IDLE.values()),
        *(f"{shlex.join(words)} --dry-run" for name, (words, _, _) in WRITING.items() if name != "fmt"),
        "fmt other.toml --diff",
        "fmt - <other.toml",
    ],
)
def test_what_was_asked_for_and_could_not_be_printed_is_a_failure(line: str, folder: Path, korea: Korea) -> None:
    (folder / "empty.csv").write_text("Date,Title\n")
    (folder / "other.toml").write_text("[chronology]\ntitle='T'\n")
    assert korea("fmt", "mine.toml", cwd=folder).code == 0
    before = (folder / "mine.toml").read_bytes()
    data = "" if "other" in line else "-d mine.toml"
    assert korea.shell(f"korea {line} {data} >/dev/full", cwd=folder, env={"EDITOR": "true"}).code == 4
    assert (folder / "mine.toml").read_bytes() == before


@pytest.mark.parametrize("wanted", [OutcomeOptions(), OutcomeOptions(json=True)])
def test_whatever_fails_in_wording_a_change_it_was_made(
    wanted: OutcomeOptions, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> tuple[()]:
        raise LookupError

    file = Document(name="m.toml", path=None, text="")
    done = Outcome("Changed x (m.toml:1)\n", "Changed x", [file], changes=fail, details=fail)
    assert report_outcome(done, wanted, "set") == 0
    assert capsys.readouterr() == ("", "korea: Changed x, but could not print it\n")


@commands
def test_quiet_prints_nothing_and_still_writes(command: str, folder: Path, korea: Korea) -> None:
    run = korea.shell(f"{line_of(command)} -q", cwd=folder, env=EDITOR)
    assert run == (0, "", "")
    assert (folder / "mine.toml").read_text() != MINE


def test_quiet_says_nothing_of_no_change_but_leaves_previews_and_pipes_alone(folder: Path, korea: Korea) -> None:
    for arguments in (("set", "launch", "title=A launch", "-q"), ("fmt", "-q"), ("fmt", "-q")):
        assert korea(*arguments, "-d", "mine.toml", cwd=folder) == (0, "", "")
    assert korea("set", "launch", "kind=test", "-q", "--dry-run", "-d", "mine.toml", cwd=folder).out.startswith("---")
    assert korea("fmt", "-", "-q", input=b"x=1\n") == (0, "x = 1\n", "")
    assert korea.shell("korea set launch kind=test -q -d mine.toml >&-", cwd=folder) == (0, "", "")


@pytest.mark.parametrize("dry", [False, True])
@commands
def test_json_says_what_changed(
    command: str, dry: bool, folder: Path, schema: Draft202012Validator, korea: Korea  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    if dry and command == "edit":
        return  # it would only open the editor
    option = "--dry-run" if dry else ""
    run = korea.shell(f"{line_of(command)} --json -q {option}", cwd=folder, env=EDITOR)
    assert (run.code, run.err) == (0, "")
    document = json.loads(run.out)
    raw = (folder / "mine.toml").read_bytes()
    assert (document["command"], document["dry_run"]) == (command, dry)
    assert [each["path"] for each in document["files"]] == ["mine.toml"]
    assert (document["files"][0]["sha256"] == hashlib.sha256(raw).hexdigest()) is not dry
    assert (raw == MINE.encode()) is dry
    assert [each["id"] for each in document["changes"]] == WRITING[command][2]
    assert document["count"] == len(document["changes"])
    assert said_against(document, schema) == []
    for change in document["changes"]:
        assert (change["type"], change["record"], change["file"]) == ("change", "event", "mine.toml")
        assert isinstance(change["line"], int)


def test_json_has_old_and_new_values_and_what_a_list_gained(folder: Path, korea: Korea) -> None:
    document = json.loads(
        korea("set", "launch", "date=5 Jul 2017", "actors-=kim", "--json", "-d", "mine.toml", cwd=folder).out
    )
    shown = [(each["change"], each["key"], each["old"], each["new"]) for each in document["changes"]]
    assert shown == [("changed", "date", "2017-07-04", "2017-07-05"), ("lost", "actors", ["kim"], None)]


def test_what_add_and_import_add_has_one_shape(folder: Path, korea: Korea) -> None:
    (folder / "other.toml").write_text(MINE)
    given = b'{"id": "talks", "title": "Talks", "date": "2019"}'
    added = korea("add", "events", "--json", "-d", "other.toml", cwd=folder, input=given)
    imported = korea("import", "sheet.csv", "--json", "-q", "-d", "mine.toml", cwd=folder)
    (one,), (other,) = (json.loads(each.out)["changes"] for each in (added, imported))
    assert one == other | {"file": "other.toml"}
    assert one["words"] == "2019"


def test_init_has_json_too(tmp_path: Path, korea: Korea) -> None:
    document = json.loads(korea("init", "new.toml", "--json", cwd=tmp_path).out)
    digest = hashlib.sha256((tmp_path / "new.toml").read_bytes()).hexdigest()
    assert document["files"] == [{"path": "new.toml", "sha256": digest}]
    assert korea("init", "other.toml", "-q", cwd=tmp_path) == (0, "", "")


# ---------------------------------------------------------------- a broken file

BROKEN = MINE.replace('["kim"]', '["kim", "moon"]') + '\n[[events]]\nid = "talks"\ntitle = "Talks"\ndate = "2017-13"\n'


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (("add", "actor", "--id", "moon", "--name", "Moon"), 1),
        (("set", "launch", "actors-=moon"), 1),
        (("set", "talks", "date=Dec 2017"), 1),
        (("remove", "talks"), 1),
        (("rename", "kim", "moon"), 1),
    ],
)
def test_a_change_that_mends_an_error_is_made(
    arguments: tuple[str, ...], left: int, tmp_path: Path, korea: Korea
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(BROKEN if arguments[0] != "rename" else BROKEN.replace('["kim", "moon"]', '["moon"]'))
    assert korea(*arguments, "-d", mine).code == 0
    problems = json.loads(korea("check", mine, "--json").out)["problems"]
    assert [each["severity"] for each in problems].count("error") == left


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "actor", "--id", "park", "--name", "Park"),
        ("set", "launch", "kind=test"),
        ("set", "talks", "kind=meeting"),
        ("rename", "launch", "start"),
    ],
)
def test_a_change_that_mends_nothing_is_refused_and_says_so_first(
    arguments: tuple[str, ...], tmp_path: Path, korea: Korea
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(BROKEN)
    run = korea(*arguments, "-d", mine)
    assert (run.code, run.out) == (3, "")
    first, *others = run.err.splitlines()
    assert first == f"korea: cannot make this change: {mine} already has 2 errors; fix them first (try 'korea edit')"
    assert [each.split(": ")[1] for each in others] == [f"{mine}:9:8", f"{mine}:14:8"]
    assert mine.read_text() == BROKEN


def test_errors_of_several_files_are_counted_for_all_of_them(folder: Path, korea: Korea) -> None:
    (folder / "broken.toml").write_text('[[topics]]\nid = "a"\n')
    (folder / "other.toml").write_text('[[topics]]\nid = "b"\n')
    for names, told in (
        (("mine", "broken"), "broken.toml already has an error; fix it"),
        (("broken", "other", "mine"), "2 files already have 2 errors; fix them"),
    ):
        data = [word for name in names for word in ("-d", f"{name}.toml")]
        run = korea("set", "launch", "kind=test", *data, cwd=folder)
        assert run.err.startswith(f"korea: cannot make this change: {told} first (try 'korea edit')\n")


@pytest.mark.parametrize("ending", [b"<<<<<<< HEAD\n", b"x y\n", b"\xff\n", b"\0\n"])
@pytest.mark.parametrize("command", [command for command in WRITING if command != "edit"])
def test_a_file_that_is_no_toml_is_told_before_anything_else(
    command: str, ending: bytes, folder: Path, korea: Korea
) -> None:
    mine = folder / "mine.toml"
    mine.write_bytes(MINE.encode() + ending)
    for dry in ((), ("--dry-run",)):
        run = korea(*WRITING[command][0], *dry, "-d", "mine.toml", cwd=folder)
        assert (run.code, run.out) == (3, "")
        first, second = run.err.splitlines()[:2]
        assert (
            first == "korea: cannot make this change: mine.toml already has an error; fix it first (try 'korea edit')"
        )
        assert second.startswith("korea: mine.toml:10:")
    assert mine.read_bytes() == MINE.encode() + ending


def test_an_import_into_a_file_with_errors_says_so_first(folder: Path, korea: Korea) -> None:
    (folder / "mine.toml").write_text(BROKEN)
    run = korea(*WRITING["import"][0], "-d", "mine.toml", "-q", cwd=folder)
    assert (run.code, run.out) == (3, "")
    first = "korea: cannot make this change: mine.toml already has 2 errors; fix them first (try 'korea edit')\n"
    assert run.err.startswith(f"{first}korea: mine.toml:9:8: ")


@pytest.mark.parametrize("command", [command for command in WRITING if command not in {"import", "add"}])
def test_a_file_that_is_not_there_has_no_errors(command: str, tmp_path: Path, korea: Korea) -> None:
    run = korea(*WRITING[command][0], "-d", "none.toml", cwd=tmp_path)
    assert run == (3, "", "korea: none.toml: no such file\n")


# ---------------------------------------------------------------- what was typed is wrong, not the file

VALID = """\
[[actors]]
id = "kim"
name = "Kim"
aliases = ["Chairman", "정은"]

[[actors]]
id = "moon"
name = "Moon"
part_of = ["kim"]

[[topics]]
id = "tests"
label = "Tests"
broader = "arms"

[[topics]]
id = "arms"
label = "Arms"
"""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "actor", "--name", "Kim"), "--name 'Kim' is also a name of actor 'kim' at mine.toml:1"),
        (("add", "actor", "--name", "KIM"), "--name 'KIM' is also a name of actor 'kim' at mine.toml:1"),
        (
            ("add", "actor", "--name", "Q", "--alias", "R", "--alias", "chairman"),
            "--alias 'chairman' is also a name of actor 'kim' at mine.toml:1",
        ),
        (("add", "actor", "--name", "Chairman"), "--name 'Chairman' is also a name of actor 'kim' at mine.toml:1"),
        (("add", "actor", "--name", "정은"), "--name '정은' is also a name of actor 'kim' at mine.toml:1"),
        (("add", "actor", "--name", "Q", "--id", "chairman"), "--id 'chairman' is also a name of actor 'kim'"),
        (("add", "actor", "--name", "Q", "--id", "kim"), "--id 'kim' is already used at mine.toml:1"),
        (("set", "moon", "name=Kim"), "name 'Kim' is also a name of actor 'kim' at mine.toml:1"),
        (("set", "kim", "name=Moon"), "name 'Moon' is also a name of actor 'moon' at mine.toml:6"),
        (("set", "kim", "aliases+=moon"), "aliases 'moon' is also a name of actor 'moon' at mine.toml:6"),
        (("set", "kim", "aliases=moon"), "aliases 'moon' is also a name of actor 'moon' at mine.toml:6"),
        (("rename", "moon", "chairman"), "id 'chairman' is also a name of actor 'kim' at mine.toml:1"),
        (("rename", "moon", "kim"), "the id 'kim' is already used at mine.toml:1"),
        (("rename", "tests", "arms"), "the id 'arms' is already used at mine.toml:16"),
        (
            ("set", "kim", "part_of=moon"),
            "cannot make this change: actors[1] 'kim': part_of forms a cycle: kim -> moon -> kim",
        ),
        (("set", "kim", "part_of=kim"), "cannot make this change: actors[1] 'kim': part_of forms a cycle: kim -> kim"),
        (
            ("set", "arms", "broader=Tests"),
            "cannot make this change: topics[2] 'arms': broader forms a cycle: arms -> tests -> arms",
        ),
    ],
)
def test_what_was_typed_wrong_is_no_error_of_the_file(
    arguments: tuple[str, ...], told: str, tmp_path: Path, korea: Korea
) -> None:
    (tmp_path / "mine.toml").write_text(VALID)
    run = korea(*arguments, "-d", "mine.toml", cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"korea: {told}")
    assert run.err.count("\n") == 1
    assert (tmp_path / "mine.toml").read_text() == VALID


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "kim", "name=KIM"),
        ("set", "kim", "aliases+=Kim"),
        ("set", "kim", "aliases=Chairman"),
        ("rename", "kim", "chairman"),
        ("add", "actor", "--name", "Q", "--alias", "q", "--id", "q"),
        ("add", "topic", "--label", "Kim", "--id", "kim"),
        ("add", "actor", "--name", "Kïm"),
        ("add", "actor", "--name", "Chairman!"),
    ],
)
def test_a_name_that_is_free_or_ones_own_is_taken(arguments: tuple[str, ...], tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "mine.toml").write_text(VALID)
    assert korea(*arguments, "-d", "mine.toml", cwd=tmp_path).code == 0
    assert korea("check", "mine.toml", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "Kim"}, "actor 'kim-2': name 'Kim' is also a name of actor 'kim' at mine.toml:1"),
        ({"name": "Q", "aliases": ["q", "KIM"]}, "actor 'q': aliases 'KIM' is also a name of actor 'kim'"),
        ([{"name": "Q"}, {"name": "q"}], "actor 'q-2': name 'q' is also a name of actor 'q' at standard input:1"),
        ({"name": "Q", "aliases": 5}, "actor 'q': aliases must be a list in [ ], not the number 5"),
        ({"name": "Q", "aliases": [[1], None]}, "actor 'q': aliases must contain texts in quotes, not a list"),
        ({"name": "Q", "id": [1]}, "actor: id must be text in quotes, not a list"),
        ({"name": "Q", "id": 5}, "actor: id must be text in quotes, not the number 5"),
    ],
)
def test_json_with_a_name_in_use_or_an_odd_one_is_told(given: object, told: str, tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "mine.toml").write_text(VALID)
    run = korea("add", "actors", "-d", "mine.toml", cwd=tmp_path, input=json.dumps(given).encode())
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith(f"korea: standard input:1: {told}")
    assert (tmp_path / "mine.toml").read_text() == VALID


# ---------------------------------------------------------------- values that no key has

# Values that no key may have, each with what the program calls it.
ODD = {
    "0x" + "f" * 3600: "0xfff",
    "9007199254740993": "9007199254740993",
    "nan": "nan",
    "true": "yes",
    "2017-05-01": "2017-05-01",
    "1979-05-27T07:32:00Z": "1979-05-27 07:32:00+00:00",
    "{ a = 0x" + "f" * 3600 + " }": "0xfff",
    "[0x" + "f" * 3600 + ", nan, 2017-05-01]": "0xfff",
    '"kim"': "kim",
}
FACT = '[[actors]]\nid = "kim"\nname = "Kim"\n\n[[facts]]\nid = "e"\ndate = "2017"\n'


@pytest.mark.parametrize("value", ODD, ids=ODD.get)
@pytest.mark.parametrize(
    "assignment",
    ["text=x", "text+=x", "note=", "note+=x", "holders=kim", "holders=", "holders+=kim", "holders-=kim", "hedged=true"],
)
def test_an_odd_value_can_be_replaced_and_said(
    assignment: str, value: str, tmp_path: Path, schema: Draft202012Validator, korea: Korea
) -> None:
    mine = tmp_path / "mine.toml"
    key = next(each for each in ("text", "note", "holders", "hedged") if assignment.startswith(each))
    text = FACT + ("" if key == "text" else 'text = "F"\n') + f"{key} = {value}\n"
    mine.write_text(text)
    preview = korea("set", "e", assignment, "-d", mine, "--dry-run")
    run = korea("set", "e", assignment, "-d", mine)
    after = mine.read_text()
    assert preview.code == run.code in {0, 2, 3}
    assert (after != text) is bool(run.out.startswith("Changed"))
    assert not run.out.startswith("Changed") or f"{key}: " in run.out
    if assignment in {"text=x", "note=", "holders=", "hedged=true"} and value not in {'"kim"', "true"}:
        assert run.code == 0
        assert ODD[value] in run.out
    mine.write_text(text)
    run = korea("set", "e", assignment, "-d", mine, "--json")
    assert (run.code, mine.read_text()) == (preview.code, after)
    assert run.code or said_against(json.loads(run.out, parse_constant=pytest.fail), schema) == []


NO_RECORDS = ["5", '"x"', "{ id = 1 }", "[1]", '["id"]', "[[1]]", "[nan]", f"0x{'f' * 3600}"]


@pytest.mark.parametrize("value", NO_RECORDS)
@pytest.mark.parametrize("table", ["topics", "events"])
def test_a_table_that_holds_no_records_is_an_error_like_any_other(
    table: str, value: str, tmp_path: Path, korea: Korea
) -> None:
    text = f"{table} = {value}\n"
    (tmp_path / "mine.toml").write_text(text)
    for line in ("add topic --label Q", "add event --title T --date 2017"):
        run = korea(*line.split(), "-d", "mine.toml", cwd=tmp_path)
        assert (run.code, run.out) == (3, "")
        assert run.err.startswith("korea: cannot make this change: mine.toml already has an error;")
    for line in ("set x label=x", "rename x y", "remove x", "fmt --sort"):
        assert korea(*line.split(), "-d", "mine.toml", cwd=tmp_path).code in {0, 1}
    assert (tmp_path / "mine.toml").read_text() == text


@pytest.mark.parametrize("value", [f"[0x{'f' * 3600}]", '[{ date = "2017", sources = [5] }]', "5", "[nan]"])
@pytest.mark.parametrize("key", ["actors", "sources", "other_dates"])
def test_odd_references_are_no_accident_to_rename(key: str, value: str, tmp_path: Path, korea: Korea) -> None:
    text = VALID + f'\n[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\n{key} = {value}\n'
    (tmp_path / "mine.toml").write_text(text)
    run = korea("rename", "kim", "park", "-d", "mine.toml", cwd=tmp_path)
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("korea: cannot make this change: mine.toml already has")
    assert (tmp_path / "mine.toml").read_text() == text


# ---------------------------------------------------------------- what may be written over


@pytest.mark.parametrize(
    "arguments",
    [
        ("schema", "-o"),
        ("schema", "output", "--output"),
        ("timeline", "-f", "csv", "-o"),
        ("stats", "--json", "-o"),
        ("cite", "hwasong-14-launch", "-o"),
        ("import", "sheet.csv", "-d", "other.toml", "--save-mapping"),
        ("import", "bad.csv", "-d", "other.toml", "--rejects"),
    ],
)
@pytest.mark.parametrize("text", [MINE, '[chronology]\ntitle = "T"\n', 'events = [{ id = "a" }]\n'])
def test_a_chronology_is_not_written_over(text: str, arguments: tuple[str, ...], folder: Path, korea: Korea) -> None:
    (folder / "mine.toml").write_text(text)
    (folder / "other.toml").write_text(MINE)
    (folder / "bad.csv").write_text("Date,Title\nnever,Talks\n")
    run = korea(*arguments, "mine.toml", cwd=folder)
    assert run.code == 4
    assert "korea: cannot write mine.toml: it is a chronology; " in run.err
    assert (folder / "mine.toml").read_text() == text


@pytest.mark.parametrize("arguments", [("schema", "-o"), ("timeline", "-f", "csv", "-o")])
def test_a_chronology_is_written_over_by_force_and_other_files_without(
    arguments: tuple[str, ...], folder: Path, korea: Korea
) -> None:
    assert korea(*arguments, "mine.toml", "--force", "-q", cwd=folder) == (0, "", "")
    assert (folder / "mine.toml").read_text() != MINE
    (folder / "note.txt").write_text('[tool]\nx = "events"\n')
    assert korea(*arguments, "note.txt", "-q", cwd=folder) == (0, "", "")


BROKEN_DATA = {
    "syntax": f"{MINE}title = unquoted\n".encode(),
    "conflict": f"<<<<<<< HEAD\n{MINE}=======\n>>>>>>> other\n".encode(),
    "utf-8 with a mark": f"\ufeff{MINE}=".encode(),
    "utf-16": MINE.encode("utf-16"),
    "utf-16 without a mark": MINE.encode("utf-16-be"),
    "utf-32": MINE.encode("utf-32"),
    "stray byte": MINE.encode() + b"\xff",
    "old Mac": f"x\r{MINE}=".replace("\n", "\r").encode(),
    "half a record": b"[[events]]\nid = ",
    "indented": b'title = "a"\ntitle = "b"\n  [[ "facts" ]]\n',
    "title": b"[chronology]\ntitle = \n",
    "dotted": b'chronology.title = "T"\n=',
    "list": b'events = [\n  { id = "a" ',
}


@pytest.mark.parametrize("broken", BROKEN_DATA)
@pytest.mark.parametrize(
    "arguments",
    [
        ("schema", "-o"),
        ("timeline", "-f", "csv", "-o"),
        ("import", "sheet.csv", "-d", "mine.toml", "--save-mapping"),
        ("import", "bad.csv", "-d", "mine.toml", "--rejects"),
    ],
)
def test_broken_data_are_not_written_over(broken: str, arguments: tuple[str, ...], folder: Path, korea: Korea) -> None:
    (folder / "bad.csv").write_text("Date,Title\nnever,Talks\n")
    for name in ("data.toml", "data.txt"):
        (folder / name).write_bytes(BROKEN_DATA[broken])
        run = korea(*arguments, name, cwd=folder)
        assert run.code == 4
        assert f"korea: cannot write {name}: it is a chronology; " in run.err
        assert (folder / name).read_bytes() == BROKEN_DATA[broken]
    assert (folder / "mine.toml").read_text() == MINE


@pytest.mark.parametrize("text", ["", "x = ", '[tool]\nx = "events"\n', "\0\xff"])
@pytest.mark.parametrize("name", ["note.toml", "NOTE.TOML"])
def test_any_toml_file_is_spared(name: str, text: str, folder: Path, korea: Korea) -> None:
    (folder / name).write_text(text)
    for arguments in (("schema",), ("timeline", "-f", "csv")):
        run = korea(*arguments, "-o", name, cwd=folder)
        told = f"korea: cannot write {name}: it is a TOML file and may hold data; use --force to replace it\n"
        assert run == (4, "", told)
    (folder / "link").symlink_to(name)
    assert korea("schema", "-o", "link", cwd=folder).code == 4
    assert (folder / name).read_text() == text
    assert korea("schema", "-o", name, "--force", "-q", cwd=folder) == (0, "", "")


def test_a_mapping_can_be_saved_again(folder: Path, korea: Korea) -> None:
    for _ in range(2):
        saved = korea("import", "sheet.csv", "-d", "mine.toml", "--save-mapping", "map.toml", "-q", cwd=folder)
        assert saved.code == 0


@pytest.mark.parametrize("name", [each for each in formats.names() if each != "toml"])
def test_what_korea_wrote_itself_is_replaced_without_force(name: str, tmp_path: Path, korea: Korea) -> None:
    command = "check" if name == "github" else "cite" if name in {"bibtex", "csl-json"} else "timeline"
    words = ("hwasong-14-launch",) if command == "cite" else ()
    for _ in range(2):
        assert korea(command, *words, "-f", name, "-o", "out", "-q", cwd=tmp_path).code == 0


def test_a_data_file_that_korea_wrote_is_replaced_with_force_alone(tmp_path: Path, korea: Korea) -> None:
    assert korea("timeline", "-n", "1", "-o", "x.toml", "-q", cwd=tmp_path).code == 0
    kept = (tmp_path / "x.toml").read_bytes()
    run = korea("export", "-o", "x.toml", "-q", cwd=tmp_path)  # it may have been edited since
    assert (run.code, run.err) == (4, "korea: cannot write x.toml: it is a chronology; use --force to replace it\n")
    assert (tmp_path / "x.toml").read_bytes() == kept
    assert korea("export", "-o", "x.toml", "--force", "-q", cwd=tmp_path).code == 0
    assert (tmp_path / "x.toml").read_bytes() != kept


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("line", ["timeline -f csv -n 1", "timeline -f markdown -n 1", "schema"])
def test_a_name_of_standard_output_is_standard_output(line: str, name: str, tmp_path: Path, korea: Korea) -> None:
    run = korea.shell(f"korea {line} -q", cwd=tmp_path)
    assert korea.shell(f"korea {line} -o {name} -q | cat", cwd=tmp_path) == run
    (tmp_path / "log").write_text("kept\n")
    assert korea.shell(f"korea {line} -o {name} -q >> log", cwd=tmp_path) == (0, "", "")
    assert (tmp_path / "log").read_bytes().decode() == f"kept\n{run.out}"
    assert korea.shell(f"korea {line} -o /dev/null -q", cwd=tmp_path) == (0, "", "")


# ---------------------------------------------------------------- signals


STOPPED = """\
import os, signal, sys
os.fsync = lambda _: os.kill(os.getpid(), {number:d})  # the draft is written, and the lock is held
from korea_cli.__main__ import run
run()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
@pytest.mark.parametrize("arguments", [WRITING["add"][0], ("timeline", "-o", "out.csv"), ("init", "new.toml")])
def test_a_signal_leaves_no_draft_and_no_lock(
    arguments: tuple[str, ...], number: signal.Signals, folder: Path, korea: Korea
) -> None:
    before = sorted(each.name for each in folder.iterdir())
    data = ("-d", "mine.toml") if arguments[0] != "init" else ()
    run = korea.raw("-c", STOPPED.format(number=number), *arguments, *data, program=sys.executable, cwd=folder)
    assert (run.returncode, run.stdout, run.stderr) == (128 + number, b"", b"")
    assert sorted(each.name for each in folder.iterdir()) == before
    assert (folder / "mine.toml").read_text() == MINE


def test_an_ignored_signal_stays_ignored(folder: Path, korea: Korea) -> None:
    script = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + STOPPED.format(number=signal.SIGHUP)
    run = korea.raw("-c", script, *WRITING["add"][0], "-d", "mine.toml", program=sys.executable, cwd=folder)
    assert run.returncode == 0
    assert 'id = "q"' in (folder / "mine.toml").read_text()


def test_an_editor_with_unsaved_text_is_not_killed(folder: Path, korea: Korea) -> None:
    editor = folder / "editor"
    editor.write_text('#!/bin/sh\necho > ready\nread word < go\necho "# saved" >> "$1"\necho > finished\n')
    editor.chmod(0o700)
    for name in ("ready", "go", "finished"):
        os.mkfifo(folder / name)
    waiting = subprocess.Popen(
        [korea.program, "edit", "launch", "-d", "mine.toml"], cwd=folder,
        env={**korea.environment, "EDITOR": str(editor)},
    )  # fmt: skip
    (folder / "ready").read_text()
    waiting.send_signal(signal.SIGTERM)
    assert waiting.wait() == 128 + signal.SIGTERM
    (folder / "go").write_text("go\n")
    (folder / "finished").read_text()
    assert (folder / "mine.toml").read_text() == MINE + "# saved\n"
