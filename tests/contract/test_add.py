"""`korea add` as it is installed: whatever happens, the file is the old one or the new one."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import sys
from typing import TYPE_CHECKING

import pytest
import tomli

from dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea

SMALL = '# mine\n\n[[events]]\nid = "launch"\ntitle = "A launch"\ndate = "2017-07-04"\nactors = ["kim"]\n'
TALKS = ("add", "event", "--title", "Talks in Seoul", "--date", "May 2018", "-d")
WITH_TALKS = f'{SMALL}\n[[events]]\nid = "talks-in-seoul"\ntitle = "Talks in Seoul"\ndate = "2018-05"\n'
ADDERS, KILLS = 8, 5
# The program, which kills itself before the n-th time that it writes, renames or removes a file in a folder.
KILLED = """
import os, signal, sys
from korea_cli.__main__ import run
step, folder = int(sys.argv.pop(1)), sys.argv.pop(1)
def count(event, arguments):
    global step
    paths = [str(each) for each in arguments if isinstance(each, str | os.PathLike)]
    if arguments[1:2] != ("r",) and any(each.startswith(folder) for each in paths):
        if not step:
            os.kill(os.getpid(), signal.SIGKILL)
        step -= 1
sys.addaudithook(count)
run()
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Give a small file in a folder of its own."""
    (tmp_path / "own").mkdir()
    path = tmp_path / "own" / "mine.toml"
    path.write_text(SMALL)
    return path


def left_beside(mine: Path) -> list[str]:
    return sorted(each.name for each in mine.parent.iterdir() if each != mine)


def ids(mine: Path) -> list[str]:
    return [each["id"] for each in tomli.loads(mine.read_text())["events"]]


def test_an_event_is_added_and_can_be_asked_for(mine: Path, korea: Korea) -> None:
    assert korea(*TALKS, mine) == (0, f"Added event 'talks-in-seoul' ({mine}:9), May 2018, after 'launch'\n", "")
    assert mine.read_text() == WITH_TALKS
    assert left_beside(mine) == []
    assert korea("timeline", "talks", "-d", mine).out == "2018-05\ttalks-in-seoul\tTalks in Seoul\t\n"


def test_a_dry_run_shows_the_difference_and_writes_nothing(mine: Path, korea: Korea) -> None:
    run = korea(*TALKS, mine, "--dry-run")
    assert (run.code, run.err) == (0, "")
    new = [line[1:] for line in run.out.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert new == WITH_TALKS.removeprefix(SMALL).splitlines()
    assert mine.read_text() == SMALL
    assert left_beside(mine) == []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("add",), 2, "missing argument 'TYPE'"),
        (("add", "evnt"), 2, "unknown type of record 'evnt'. Did you mean 'event'?"),
        (("add", "event", "--title", "x"), 2, "--date is required"),
        (("add", "topic", "--actor", "x"), 2, "no such option: --actor"),
        (("add", "event", "--title", "x", "--date", "1/2/2018"), 2, "it could be 2018-01-02 or 2018-02-01"),
        (("add", "event", "--id", "launch", "--title", "x", "--date", "2018"), 2, "--id 'launch' is already used at "),
        (("add", "event", "--title", "x", "--date", "2018", "--source", "x"), 1, "source not found: 'x'"),
        (("add", "event"), 2, "nothing to add. Give options, or records as JSON or TOML on standard input"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, told: str, mine: Path, korea: Korea
) -> None:
    run = korea(*arguments, "-d", mine)
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith("korea: ")
    assert told in run.err
    assert mine.read_text() == SMALL
    assert left_beside(mine) == []


def test_the_way_out_of_a_missing_name_is_a_line_that_runs(mine: Path, korea: Korea) -> None:
    command = f"korea add event --title x --date 2019 --source daily-2019 -d {mine}"
    remedy = korea.shell(command).err.partition("to add it, run: ")[2]
    assert korea.shell(f"{remedy.strip()} && {command}").code == 0
    assert tomli.loads(mine.read_text())["events"][1]["sources"] == ["daily-2019"]


def test_the_built_in_record_standard_input_and_a_missing_file_are_not_added_to(tmp_path: Path, korea: Korea) -> None:
    event = ("add", "event", "--title", "x", "--date", "2018")
    run = korea(*event)
    assert (run.code, run.err[:44]) == (4, "korea: cannot write the built-in record: it ")
    assert korea(*event, "-d", "-", input=b"").code == 4
    path = tmp_path / "none.toml"
    assert korea(*event, "-d", path) == (
        3,
        "",
        f"korea: {path}: no such file. Create it with 'korea init {path}'.\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_json_in_a_pipe_is_added_or_none_of_it(mine: Path, korea: Korea) -> None:
    lines = b'{"title": "A", "date": "2018"}\n{"title": "B", "date": "2019"}\n'
    assert korea("add", "events", "-d", mine, input=lines) == (0, f"Added 2 events to {mine}\n", "")
    assert ids(mine) == ["launch", "a", "b"]
    run = korea("add", "events", "-d", mine, input=b'{"title": "C", "date": "2018"}\n{"title": "D"}\n')
    assert run == (3, "", "korea: standard input:2: event 'd': date is required\n")
    assert korea("add", "events", "-d", mine, input=b"\xff").code == 2
    assert korea("add", "events", "-d", mine, "--max-size", "400", input=b" " * 401).code == 2
    assert ids(mine) == ["launch", "a", "b"]


def test_the_built_in_record_can_be_rebuilt_from_its_own_json(tmp_path: Path, korea: Korea) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text("[chronology]\nkinds = []\n")
    for table, command in [("sources",) * 2, ("actors",) * 2, ("topics",) * 2, ("events", "timeline"), ("facts",) * 2]:
        document = json.loads(korea(command, "--json").out)
        for each in document[table]:
            each.pop("disputed_by", None)  # facts dispute events, and events facts: neither can come first
        run = korea("add", table, "-d", copy, input=json.dumps(document).encode())
        assert run == (0, f"Added {len(document[table])} {table} to {copy}\n", "")
        keys = {"events": "date,id,title,actors,topics,other_dates,sources,quote"}.get(table, "id,note")
        assert korea(command, "-d", copy, "--fields", keys).out == korea(command, "--fields", keys).out


def test_the_mode_and_a_link_are_kept(mine: Path, tmp_path: Path, korea: Korea) -> None:
    mine.chmod(0o604)
    link = tmp_path / "link.toml"
    link.symlink_to(mine)
    assert korea(*TALKS, link).code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o604
    assert mine.read_text() == WITH_TALKS


def test_many_adders_at_once_lose_nothing(mine: Path, korea: Korea) -> None:
    patient = korea.patient("korea_cli.editing.saving._TIMEOUT")
    running = [
        patient.start("add", "event", "--title", "The same", "--date", str(2000 + number), "-d", mine)
        for number in range(ADDERS)
    ]
    assert [each.wait() for each in running] == [0] * ADDERS
    assert left_beside(mine) == []
    events = tomli.loads(mine.read_text())["events"]
    assert [each["date"] for each in events] == [*(str(2000 + number) for number in range(ADDERS)), "2017-07-04"]
    assert sorted(ids(mine)) == sorted(
        ["launch", "the-same", *(f"the-same-{number}" for number in range(2, ADDERS + 1))]
    )


def test_killed_at_any_step_the_file_is_the_old_or_the_new_one(mine: Path, korea: Korea) -> None:
    ends: list[int] = []
    while not ends or ends[-1] == -signal.SIGKILL:
        mine.write_text(SMALL)
        step = str(len(ends))
        ends.append(korea("-c", KILLED, step, mine.parent, *TALKS, mine, program=sys.executable).code)
        assert mine.read_text() in {SMALL, WITH_TALKS}
        assert [name for name in left_beside(mine) if not name.startswith(".")] == []
    assert ends[-1] == 0
    assert len(ends) > KILLS
    mine.write_text(SMALL)
    assert korea(*TALKS, mine).code == 0  # what a killed one held is held no more
    assert mine.read_text() == WITH_TALKS


def limit_files() -> None:
    """Let a process write files of a hundred bytes only."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def test_a_full_disk_leaves_the_old_file(mine: Path, korea: Korea) -> None:
    run = korea(*TALKS, mine, preexec_fn=limit_files)
    assert run == (4, "", f"korea: cannot write {mine}: file too large\n")
    assert mine.read_text() == SMALL
    assert left_beside(mine) == []


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may write everything; tests/editing/test_saving.py has it be nobody"
)
@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_a_read_only_file_or_folder_is_left(file: int, folder: int, mine: Path, korea: Korea) -> None:
    mine.chmod(file)
    mine.parent.chmod(folder)
    run = korea(*TALKS, mine)
    mine.parent.chmod(0o700)
    assert (run.code, run.out) == (4, "")
    assert run.err.startswith(f"korea: cannot write {mine}: ")
    assert "permission" in run.err
    assert mine.read_text() == SMALL
    assert left_beside(mine) == []


def test_on_a_terminal_questions_are_asked(mine: Path, korea: Korea) -> None:
    dialogue = Dialogue(korea, "add", "topic", "-d", mine)
    for keys in ("Talks\n", "\n", "\n", "\n", "\n", "y\n", "n\n"):
        dialogue.type(keys)
    assert dialogue.end() == 0
    assert f"Added topic 'talks' ({mine}:9)" in " ".join(dialogue.shown.split())  # however it is broken into lines
    assert mine.read_text() == f'{SMALL}\n[[topics]]\nid = "talks"\nlabel = "Talks"\n'


def test_a_tab_completes_what_the_file_has(mine: Path, korea: Korea) -> None:
    mine.write_text(f'{SMALL}\n[[topics]]\nid = "tests"\nlabel = "Tests of weapons"\n')
    dialogue = Dialogue(korea, "add", "topic", "-d", mine)
    for keys in ("Nuclear\n", "\n", "Tests o\t\n", "\n", "\n", "\n", "n\n"):
        dialogue.type(keys)
    assert dialogue.end() == 0
    assert tomli.loads(mine.read_text())["topics"][1] == {"id": "nuclear", "label": "Nuclear", "broader": "tests"}


@pytest.mark.parametrize(
    ("stop", "code", "told"),
    [(Dialogue.interrupt, 130, ""), (lambda talk: talk.type("\x04"), 1, "korea: nothing was added")],
    ids=["Ctrl-C", "Ctrl-D"],
)
def test_a_dialogue_that_is_broken_off_leaves_the_file(
    stop: Callable[[Dialogue], None], code: int, told: str, mine: Path, korea: Korea
) -> None:
    dialogue = Dialogue(korea, "add", "event", "-d", mine)
    dialogue.type("Talks\n")
    stop(dialogue)
    assert dialogue.end() == code
    assert told in dialogue.shown
    assert "Traceback" not in dialogue.shown
    assert mine.read_text() == SMALL
    assert left_beside(mine) == []


def test_a_type_that_there_is_not_is_told_before_its_options_are(korea: Korea) -> None:
    run = korea("add", "evnt", "--title", "Talks")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("korea: unknown type of record 'evnt'. Did you mean 'event'?")


def test_the_code_meant_is_named_and_an_address_of_a_code_is_the_code(mine: Path, korea: Korea) -> None:
    for type_, key, value, reason in (
        ("actor", "country", "UK", "a three-letter ISO 3166 code, such as KOR. Did you mean 'GBR'?"),
        ("source", "language", "english", "a BCP 47 code, such as en. Did you mean 'en'?"),
        ("source", "isbn", "0-306-40615-3", "an ISBN: its last digit does not fit the others, so one of them is wrong"),
    ):
        title = "--name" if type_ == "actor" else "--title"
        run = korea("add", type_, title, "A", f"--{key}", value, "-d", mine)
        assert (run.code, run.err) == (2, f"korea: --{key} '{value}' is not {reason}\n")
    assert mine.read_text() == SMALL
    codes = ("--doi", "https://doi.org/10.1000/182", "--isbn", "ISBN 0-306-40615-2")
    assert korea("add", "source", "--title", "A", *codes, "-d", mine).code == 0
    assert korea("set", "a", "country=DE", "-d", mine).err == (
        "korea: country 'DE' is not a three-letter ISO 3166 code, such as KOR. Did you mean 'DEU'?\n"
    )
    assert mine.read_text().endswith('title = "A"\ndoi = "10.1000/182"\nisbn = "0-306-40615-2"\n')
