"""The help: it is always there, it fits, and the examples below every command run as they stand."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from korea_cli import commands

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

# A folder of somebody who keeps a record, as the examples speak of it.
MINE = """\
[chronology]
title = "Mine"
[[sources]]
id = "kcna-archive"
title = "Archive"
[[actors]]
id = "kim"
name = "Envoy Kim"
[[actors]]
id = "north-korea"
name = "The North"
[[topics]]
id = "tests"
label = "Tests"
[[events]]
id = "launch"
title = "North Korea launches a missile"
date = "2017-07-04"
sources = ["kcna-archive"]
"""
SHEET = """\
What happened,Date,Actors,Remarks
Talks begin,3 Apr 2018,Envoy Kim,none
Talks end,14/04/2018,Envoy Kim; The North,
"""
COMMITTED = """
git init -q . && git config user.name k && git config user.email k@example.org
sed 's/2017-07-04/2017-07/' mine.toml > events.toml; git add . && git commit -qm one
cp mine.toml events.toml; git commit -qam two; echo 'status = "confirmed"' >> mine.toml
"""
EXAMPLES = [(name, example) for name in commands.names() for example in commands.load(name).examples]
each_command = pytest.mark.parametrize("command", commands.names())


def test_the_program_alone_prints_its_help(korea: Korea) -> None:
    run = korea()
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Usage: korea ")
    assert run == korea("-h") == korea("--help")


def test_the_help_lists_every_command(korea: Korea) -> None:
    shown = korea().out
    assert [name for name in commands.names() if f"\n  {name} " not in shown] == []


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_one_line(flag: str, korea: Korea) -> None:
    run = korea(flag)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("korea ")
    assert run.out.count("\n") == 1


def test_both_names_are_the_same_program(korea: Korea) -> None:
    assert korea.shell("korea-cli timeline thaad") == korea("timeline", "thaad")
    assert korea.shell("python -m korea_cli timeline thaad") == korea("timeline", "thaad")


@each_command
def test_every_command_prints_its_help_with_examples(command: str, korea: Korea) -> None:
    run = korea(command, "--help")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"Usage: korea {command} ")
    assert [example for example in commands.load(command).examples if f"\n    {example}\n" not in run.out] == []
    assert 2 <= len(commands.load(command).examples) <= 3
    assert run == korea(command, "-h")


@each_command
def test_help_asks_for_nothing_else(command: str, korea: Korea) -> None:
    about_data = "--data" in korea(command, "--help").out
    further = ("-d", "nowhere.toml") if about_data else ()
    run = korea(command, "--help", *further)
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize("command", ["", *commands.names()])
def test_no_line_of_help_is_wider_than_80_columns(command: str, korea: Korea) -> None:
    wide = {"COLUMNS": "80"}
    lines = korea(*filter(None, [command]), "--help", env=wide).out.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    cut = [line for line in lines if line.endswith(("...", "…")) and not line.endswith("]...")]
    assert [line for line in cut if not line.startswith("Usage: ")] == []  # there it stands for further arguments


@pytest.fixture
def desk(tmp_path: Path, korea: Korea) -> Path:
    """Give a folder with what the examples name: files of one's own, two versions of one, in git too."""
    files = {"mine.toml": MINE, "old.toml": MINE, "new.toml": MINE + 'kind = "test"\n', "sheet.csv": SHEET}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert korea.shell(COMMITTED, cwd=tmp_path).code == 0
    return tmp_path


@pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_runs_as_it_stands(command: str, example: str, korea: Korea, desk: Path) -> None:
    if "jq " in example and not shutil.which("jq"):
        pytest.skip("this example pipes to jq, which is not installed here")
    run = korea.shell(f"set -e; {example}", cwd=desk)
    assert run.code == 0
    if command == "check" and not run.out:
        assert run.err == "korea: no problems in builtin\n"
    elif command == "cache" and not run.out:
        assert run.err == f"korea: no indexes in {korea.cache}\n"
    else:
        assert run.out.strip()
        told = (r"columns read: .*", r"\d+ of \d+ .* only possible in the range .*")
        assert re.fullmatch(f"(korea: ({'|'.join(told)})\n)*", run.err)
