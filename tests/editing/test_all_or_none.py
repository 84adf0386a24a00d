"""Several files are all written or none, whatever happens between: kills at every step, refusals, planted journals."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import SEED
from korea_cli.base.errors import OutputError
from korea_cli.base.pending import JOURNAL
from korea_cli.editing.files import Editable
from korea_cli.editing.references import rename_record
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conftest import Korea

ACTORS = '[[actors]]\nid = "kim"  # he\nname = "Kim"\n'
PARK = '\n[[actors]]\nid = "park"\nname = "Park"\n'
TALKS = '# mine\n[[events]]\nid = "{0}"\ntitle = "T"\ndate = "2018"\nactors = ["kim"]\n'
# By shape, the content of files that are changed together: those that are named, then what they include.
SHAPES: dict[str, Mapping[str, str]] = {
    "in one folder": {"a.toml": ACTORS, "b.toml": TALKS.format("b").replace("\n", "\r\n")},
    "in three folders": {
        "record/a.toml": '\ufeff[chronology]\ninclude = ["years/*.toml"]\n' + ACTORS + PARK,
        "record/years/2018.toml": TALKS.format("b"),
        "elsewhere/c.toml": TALKS.format("c"),
    },
}
CHANGES = (
    ("in one folder", ("rename", "kim", "kim-jong-un")),
    ("in three folders", ("merge", "park", "kim")),
    ("in three folders", ("move", "park", "c", "{folder}/new.toml")),
)
KILLS, EVERY = 500, 3  # of so many steps, one is tried: which, depends on the seed
# A program that runs a command up to where it writes, and then writes in forks of itself, each killed before another
# line of that; then it reads the files as the next start does, killed at some lines too. It prints how often it killed,
# and all that it found in the files.
KILLER = """
import gc, json, os, shutil, signal, sys
from itertools import count
from pathlib import Path
from korea_cli.base import atomic_io, journal, pending, several_files
from korea_cli.checks.load import load
from korea_cli.cli.main import main
from korea_cli.editing import files, saving
import filelock, tempfile

os.fsync = lambda _: None  # a killed program loses nothing that the system has
WRITING = {module.__file__ for module in (atomic_io, journal, several_files)}
kept, folder, names, words, first, EVERY = json.loads(sys.argv[1])
changes, wrote = [], files.replace_files
files.replace_files = changes.extend
assert main([*words, "-q"]) == 0

def killing(left):
    def trace(frame, event, _):
        nonlocal left
        if frame.f_code.co_filename not in WRITING:
            return None
        if event == "line":
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
        return trace
    return trace

def fork(action, value, step):
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.settrace(killing(step))
    action(value)
    os._exit(0)

def left():
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes().decode() for path in files}

gc.freeze()
states, kills = [], 0
for step in count(first, EVERY):
    shutil.rmtree(folder)
    shutil.copytree(kept, folder, symlinks=True)
    if not fork(saving.save, changes, step):
        break
    if any(Path(folder).rglob(pending.JOURNAL)):
        kills += bool(fork(load, names, step % 53))
    assert not load(names).problems
    states += [state for state in [left()] if state not in states]
    kills += 1
print(json.dumps({"kills": kills, "states": states, "end": left()}))
"""


def write(folder: Path, contents: Mapping[str, str]) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode())


def named(folder: Path, contents: Mapping[str, str]) -> list[str]:
    return [str(folder / name) for name in contents if "years" not in name]


def read(folder: Path, contents: Mapping[str, str]) -> dict[str, str]:
    return {name: (folder / name).read_bytes().decode() for name in contents}


def test_killed_at_any_of_five_hundred_steps_all_files_are_old_or_all_are_new(tmp_path: Path, korea: Korea) -> None:
    kills = 0
    for number, (shape, words) in enumerate(CHANGES):
        contents = SHAPES[shape]
        kept, folder = tmp_path / f"{number}" / "kept", tmp_path / f"{number}" / "now"
        write(kept, contents)
        write(folder, contents)
        names = named(folder, contents)
        command = [*(word.format(folder=folder) for word in words), *data(names)]
        asked = json.dumps([str(kept), str(folder), names, command, (SEED + number) % EVERY, EVERY])
        done = subprocess.run(
            [sys.executable, "-c", KILLER, asked], env=korea.unmeasured().environment, check=True, capture_output=True
        )
        found = json.loads(done.stdout)
        assert found["states"] == [dict(contents), found["end"]]
        assert found["end"] != contents
        kills += found["kills"]
    assert kills >= KILLS


def killed(folder: Path, korea: Korea, before: int) -> list[str]:
    """Kill a program that renames an actor in the files of a folder before it puts a file in its place."""
    write(folder, SHAPES["in one folder"])
    names = named(folder, SHAPES["in one folder"])
    run = korea.raw("-c", KILLED, str(before), "rename", "kim", "kim-jong-un", *data(names), program=sys.executable)
    assert run.returncode == -signal.SIGKILL
    return names


# The program, which kills itself before a file takes the place of another for the n-th time.
KILLED = """
import os, signal, sys
from korea_cli.__main__ import run
left = int(sys.argv.pop(1))
def count(event, _):
    global left
    if event == "os.rename":
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
sys.addaudithook(count)
run()
"""
COMMANDS = {
    "timeline": ("timeline",),
    "check": ("check",),
    "fmt": ("fmt",),
    "set": ("set", "b", "place=Seoul"),
    "rename": ("rename", "b", "talks"),
    "export": ("export", "-o", "out.json"),
}


def data(names: Sequence[str]) -> list[str]:
    return [word for name in names for word in ("-d", name)]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("before", [1, 2])
def test_whatever_command_is_next_finishes_a_change_that_was_killed(
    command: str, before: int, tmp_path: Path, korea: Korea
) -> None:
    folder = tmp_path / "own"
    write(folder, SHAPES["in one folder"])
    korea("timeline", *data(named(folder, SHAPES["in one folder"])))  # so that there is an index
    names = killed(folder, korea, before)
    assert (folder / JOURNAL).exists()
    assert korea(*COMMANDS[command], *data(names), cwd=tmp_path).code == 0
    assert 'id = "kim-jong-un"' in (folder / "a.toml").read_text()
    assert '"kim-jong-un"' in (folder / "b.toml").read_text()
    left = {path.name for path in folder.iterdir() if path.suffix != ".lock"}  # which the killed one held
    assert left == {"a.toml", "b.toml"}


@pytest.mark.parametrize("failing", range(3))
def test_where_the_system_refuses_one_step_all_files_are_as_they_were(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = SHAPES["in one folder"]
    write(tmp_path, contents)
    replace, left = os.replace, [failing]

    def refuse(*names: str) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise PermissionError(errno.EPERM, "not permitted")
        replace(*names)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match="cannot write "):
        rename(named(tmp_path, contents))
    assert read(tmp_path, contents) == contents
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.toml", "b.toml"]


def rename(names: Sequence[str]) -> None:
    Editable(tuple(names), MAX_SIZE).change(
        "kim", lambda loaded, found: rename_record(found, "kim-jong-un", loaded.draft), everywhere=True
    )


def test_by_a_link_to_a_file_its_journal_is_found_too(tmp_path: Path, korea: Korea) -> None:
    names = killed(tmp_path / "own", korea, 1)
    (tmp_path / "links").mkdir()
    links = [tmp_path / "links" / Path(name).name for name in names]
    for link, name in zip(links, names, strict=True):
        link.symlink_to(name)
    assert korea("show", "kim-jong-un", *data(list(map(str, links)))).code == 0
    assert 'id = "kim-jong-un"' in (tmp_path / "own" / "a.toml").read_text()


def test_a_file_that_was_edited_since_the_kill_is_not_overwritten(tmp_path: Path, korea: Korea) -> None:
    names = killed(tmp_path / "own", korea, 2)
    edited = (tmp_path / "own" / "b.toml").read_text() + "# my own words\n"
    (tmp_path / "own" / "b.toml").write_text(edited)
    for command in ("timeline", "rename"):
        run = korea(*COMMANDS[command], *data(names))
        assert (run.code, run.out) == (4, "")
        assert "b.toml: an interrupted change of several files cannot be finished, because it has changed" in run.err
    assert (tmp_path / "own" / "b.toml").read_text() == edited
    (tmp_path / "own" / JOURNAL).unlink()
    assert korea("check", *data(names)).code == 1  # only half of it was done, which the user knows


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("change", "mode"),
    [
        ({}, 0o644),  # as git and archives write files
        ({"name": "../outside.toml"}, 0o600),
        ({"draft": "../.korea-x.draft"}, 0o600),
        ({"draft": "a.toml"}, 0o600),
        ({"name": 5}, 0o600),
        ({"more": ""}, 0o600),
        ({"name": "\0"}, 0o600),
    ],
)
def test_a_journal_that_somebody_planted_writes_nothing(
    change: dict[str, object], mode: int, tmp_path: Path, korea: Korea
) -> None:
    folder = tmp_path / "own"
    files = {"own/a.toml": ACTORS, "outside.toml": ACTORS, ".korea-x.draft": "evil", "own/.korea-x.draft": "evil"}
    write(tmp_path, files)
    entry = {"name": "a.toml", "draft": ".korea-x.draft", "before": digest(ACTORS), "after": digest("evil")} | change
    journal = folder / JOURNAL
    journal.write_text(json.dumps({"id": "x", "first": "", "others": [], "files": [entry]}))
    journal.chmod(mode)
    assert korea("actors", "-d", folder / "a.toml").code == 0
    journal.write_text("[" * 100_000)
    assert korea("actors", "-d", folder / "a.toml").code == 0
    assert (folder / "a.toml").read_text() == (tmp_path / "outside.toml").read_text() == ACTORS
    write(folder, {"b.toml": TALKS.format("b")})
    run = korea("rename", "kim", "park", "-d", folder / "a.toml", "-d", folder / "b.toml")
    assert (run.code, run.out) == (4, "")
    assert f"{JOURNAL}: it is not a journal of yours, so several files cannot be written here; remove it" in run.err
    assert korea("set", "b", "place=Seoul", "-d", folder / "a.toml", "-d", folder / "b.toml").code == 0


@pytest.mark.parametrize(("before", "after"), [("x", ACTORS), (ACTORS, "x")])
def test_a_draft_or_file_without_the_digest_of_the_journal_is_not_used(
    before: str, after: str, tmp_path: Path, korea: Korea
) -> None:
    write(tmp_path, {"a.toml": ACTORS, ".korea-x.draft": ACTORS})
    entry = {"name": "a.toml", "draft": ".korea-x.draft", "before": digest(before), "after": digest(after)}
    (tmp_path / JOURNAL).write_text(json.dumps({"id": "x", "first": "", "others": [], "files": [entry]}))
    (tmp_path / JOURNAL).chmod(0o600)
    assert korea("actors", "-d", tmp_path / "a.toml").code == 4
    assert (tmp_path / "a.toml").read_text() == ACTORS


def test_several_at_once_change_several_files_and_none_is_lost(tmp_path: Path, korea: Korea) -> None:
    contents = {f"{number}.toml": TALKS.format(f"e{number}") for number in range(4)} | {"a.toml": ACTORS}
    write(tmp_path, contents)
    names = data(named(tmp_path, contents))
    patient = korea.patient("korea_cli.editing.saving._TIMEOUT")
    running = [patient.start("rename", f"e{number}", f"new-{number}", *names) for number in range(4)]
    running.append(patient.start("rename", "kim", "park", *names))
    codes = [process.wait() for process in running]
    assert codes == [0] * 5
    assert [(tmp_path / f"{number}.toml").read_text() for number in range(4)] == [
        TALKS.format(f"new-{number}").replace("kim", "park") for number in range(4)
    ]
    assert not list(tmp_path.glob(".*"))
