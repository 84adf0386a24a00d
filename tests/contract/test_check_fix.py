"""`korea check` as it explains, mends and annotates."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import termios
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from korea_cli.checks import rules_of
from korea_cli.checks.explain import READING, explanation_of
from korea_cli.checks.load import load

if TYPE_CHECKING:
    from conftest import Korea

BROKEN = Path(__file__).parents[1] / "data" / "broken"
CHECKS = [*READING, *rules_of("error"), *rules_of("warning"), *rules_of("note")]


class Run(NamedTuple):
    """How a run ended: exit status, what was shown on the terminal, what was told beside it."""

    code: int
    shown: str
    told: str


EVENT = '[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\n'
UNTIDY = f"[[topics]]\nlabel='T'\nid='t'\n\n{EVENT}"
TIDY = f'[[topics]]\nid = "t"\nlabel = "T"\n\n{EVENT}'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(UNTIDY, "utf-8")
    return file


# ---------------------------------------------------------------- --explain


def example_in(explanation: str) -> str:
    """Give the file that an explanation shows as one that breaks the check."""
    return textwrap.dedent("".join(re.findall(r"^(?: {4}.*)?\n", explanation, re.MULTILINE)))


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_is_explained_by_a_file_that_breaks_it(check: str, tmp_path: Path) -> None:
    rule, *parts = explanation_of(check).removesuffix("\n").split("\n\n")[1:]
    assert rule.endswith(".")
    assert parts[-1].endswith(".")
    assert not parts[-1].startswith(" ")
    if check == "readable":  # no text breaks that
        return
    file = tmp_path / "x.toml"
    file.write_text(example_in(explanation_of(check)), "utf-8")
    assert check in {problem.check for problem in load([str(file)]).check("warning", "note")}


def test_an_explanation_is_printed_whatever_the_data_hold(mine: Path, korea: Korea) -> None:
    run = korea("check", "--explain", "Unique-IDs", BROKEN / "id-twice.toml")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(
        "unique-ids (error)\n\nAn id is used once in its table, over all files.\n\nThis fails the check:"
    )
    assert run.out == korea("check", "--explain", "unique-ids", mine).out


def test_a_check_that_does_not_exist_is_told_with_all_that_do(korea: Korea) -> None:
    run = korea("check", "--explain", "uniqe-ids")
    assert (run.code, run.out) == (2, "")
    assert (
        run.err == f"korea: unknown check 'uniqe-ids'. Did you mean 'unique-ids'? Allowed values: {', '.join(CHECKS)}\n"
    )


def test_every_problem_of_the_broken_files_can_be_explained() -> None:
    found = {problem.check for file in BROKEN.glob("*.toml") for problem in load([str(file)]).problems}
    assert found <= set(CHECKS)
    assert len(found) > 5


def test_a_note_beside_another_date_holds_no_invisible_character_either(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(f'{EVENT}other_dates = [{{ date = "2016", note = "so\\u200fon" }}]\n', "utf-8")
    (found,) = (each for each in load([str(file)]).check("warning") if each.check == "clean-text")
    assert (found.line, found.message) == (5, "other_dates contains U+200F (right-to-left mark)")


# ---------------------------------------------------------------- --fix


def fixed_on_terminal(korea: Korea, answer: bytes, *arguments: str | Path) -> Run:
    """Have files mended by somebody who sits at a terminal; what is told beside it goes to a pipe."""
    master, slave = pty.openpty()
    settings = termios.tcgetattr(slave)
    settings[1] &= ~termios.OPOST  # what is written arrives as it is
    termios.tcsetattr(slave, termios.TCSANOW, settings)
    os.write(master, answer)
    with korea.start("check", "--fix", *arguments, stdin=slave, stdout=slave, stderr=subprocess.PIPE) as process:
        os.close(slave)
        shown = b"".join(korea.read_terminal(master))
        _, told = process.communicate()
    return Run(process.returncode, shown.decode(), told.decode())


def test_a_script_mends_with_yes_and_is_then_told_what_is_left(mine: Path, korea: Korea) -> None:
    run = korea("check", "--fix", "--yes", mine)
    assert (run.code, run.err) == (0, f"Fixed {mine}\n")
    assert run.out == korea("check", mine).out
    assert "has no 'kind'" in run.out
    assert mine.read_text("utf-8") == TIDY
    assert korea("check", "--fix", "--yes", mine).err == "korea: nothing to fix\n"


def test_a_script_that_says_neither_yes_nor_dry_run_is_refused(mine: Path, korea: Korea) -> None:
    run = korea("check", "--fix", mine)
    assert run == (
        2,
        "",
        "korea: cannot ask for confirmation: this is not a terminal. Use --yes to write without asking\n",
    )
    assert mine.read_text("utf-8") == UNTIDY


def test_a_dry_run_shows_the_difference_and_writes_nothing(mine: Path, korea: Korea) -> None:
    run = korea("check", "--fix", "--unused", "--dry-run", mine)
    assert (run.code, run.err) == (0, "")
    assert "-label='T'\n-id='t'\n" in run.out
    assert "+label" not in run.out
    assert mine.read_text("utf-8") == UNTIDY


@pytest.mark.parametrize("answer", [b"y\n", b"YES\n"])
def test_somebody_at_a_terminal_sees_the_difference_and_agrees(answer: bytes, mine: Path, korea: Korea) -> None:
    run = fixed_on_terminal(korea, answer, mine)
    assert run.code == 0
    assert run.told == f"korea: Write these changes? [y/N]\nFixed {mine}\n"
    assert "-label='T'\n-id='t'\n+id = \"t\"\n+label = \"T\"\n" in run.shown
    assert "has no 'kind'" in run.shown
    assert mine.read_text("utf-8") == TIDY


@pytest.mark.parametrize("answer", [b"n\n", b"\n", b"\x04"])
def test_without_a_clear_yes_nothing_is_written(answer: bytes, mine: Path, korea: Korea) -> None:
    run = fixed_on_terminal(korea, answer, mine)
    assert (run.code, run.told) == (0, "korea: Write these changes? [y/N]\nkorea: nothing was written\n")
    assert mine.read_text("utf-8") == UNTIDY


def test_what_is_left_to_mend_by_hand_exits_1(tmp_path: Path, korea: Korea) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[[events]]\ntitle='E'\nid='e'\ndate='2017-02-30'\n", "utf-8")
    run = korea("check", "--fix", "-y", file, "--json")
    assert run.code == 1
    assert '"suggestion": "2017-02-28"' in run.out
    assert file.read_text("utf-8") == '[[events]]\nid = "e"\ntitle = "E"\ndate = "2017-02-30"\n'


@pytest.mark.parametrize("option", ["--sort", "--unused", "--yes", "--dry-run"])
def test_an_option_of_fixing_without_it_is_told(option: str, mine: Path, korea: Korea) -> None:
    assert korea("check", option, mine) == (2, "", f"korea: '{option}' can only be used with '--fix'\n")


def test_the_built_in_record_and_a_pipe_are_not_mended(korea: Korea) -> None:
    assert korea("check", "--fix", "--yes").code == 4
    assert korea("check", "--fix", "--yes", "-", input=UNTIDY.encode()).err.startswith(
        "korea: cannot write standard input"
    )


def test_what_is_not_toml_is_told_and_not_mended(korea: Korea) -> None:
    before = (BROKEN / "toml-yaml.toml").read_bytes()
    run = korea("check", "--fix", "--yes", BROKEN / "toml-yaml.toml")
    assert (run.code, run.out) == (3, "")
    assert (BROKEN / "toml-yaml.toml").read_bytes() == before


# ---------------------------------------------------------------- -f github


def test_annotations_name_level_file_line_column_and_check(korea: Korea) -> None:
    run = korea("check", "keys-missing.toml", "key-unknown.toml", "-f", "github", cwd=BROKEN)
    assert (run.code, run.err) == (1, "")
    lines = run.out.splitlines()
    assert "::error file=keys-missing.toml,line=1,col=1,title=required::sources[1]: id is required" in lines
    assert lines[-1] == (
        "::error file=key-unknown.toml,line=5,col=1,title=keys::events[1] 'launch': unknown key 'acters'."
        " Did you mean 'actors'?"
    )
    levels = [line.split()[0] for line in korea("check", "--notes", "-f", "github").out.splitlines()]
    assert set(levels) == {"::notice"}


def test_what_would_end_an_annotation_early_is_escaped(tmp_path: Path, korea: Korea) -> None:
    name = "100%, a:b::c.toml"
    (tmp_path / name).write_text('[[events]]\nid = "50%\\n::error::x"\ntitle = "T"\ndate = "2017"\n', "utf-8")
    run = korea("check", name, "-f", "github", cwd=tmp_path)
    (line,) = (line for line in run.out.splitlines() if ",title=types::" in line)
    assert line.startswith("::error file=100%25%2C a%3Ab%3A%3Ac.toml,line=2,col=6,title=types::events[1] '50%25 ")
    assert all(each.startswith(("::error file=", "::warning file=")) for each in run.out.splitlines())


def test_a_format_for_problems_carries_nothing_else(korea: Korea) -> None:
    run = korea("timeline", "-f", "github")
    assert (run.code, run.out) == (2, "")
    assert "the format 'github' is for problems" in run.err


# ---------------------------------------------------------------- hooks


def test_the_hooks_call_commands_that_are_there(mine: Path, korea: Korea) -> None:
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8")
    entries = re.findall(r"^  entry: korea (.*)$", hooks, re.MULTILINE)
    assert entries == ["check", "fmt"]
    assert [korea(*entry.split(), mine).code for entry in entries] == [0, 0]
    files = set(re.findall(r"^  files: (.*)$", hooks, re.MULTILINE))
    (pattern,) = files
    assert re.search(pattern, "data/events.toml")
    assert not re.search(pattern, "pyproject.toml")
