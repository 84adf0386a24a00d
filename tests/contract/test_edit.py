"""`korea edit` opens the user's own editor, looks at what it left, and throws nothing away."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
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
actors = ["kim"]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Give a small file."""
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    return path


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """Give a folder of editors: each runs some shell on the file it is given last."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def making(folder: Path, name: str, script: str) -> str:
    """Make an editor; it also notes what it was called with."""
    path = folder / name
    path.write_text(f'#!/bin/sh\necho "$@" >> "{folder}/called"\nfor file; do :; done\n{script}\n')
    path.chmod(0o700)
    return str(path)


def typed(korea: Korea, keys: str, *arguments: str | Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Run the program on a terminal, type once it asks, and give its exit status and all that was shown."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [korea.program, *arguments], stdin=slave, stdout=slave, stderr=slave, env={**korea.environment, **env}
    )
    os.close(slave)
    shown = ""
    for piece in korea.read_terminal(master):
        shown += piece.decode()
        if shown.endswith("> ") and keys:
            os.write(master, keys.encode())
            keys = ""
    return process.wait(), shown


def test_a_record_is_opened_at_its_line_and_the_change_is_told(mine: Path, editor: Path, korea: Korea) -> None:
    name = making(editor, "vim", "sed -i 's/A launch/The launch/' \"$file\"")
    assert korea("edit", "launch", "-d", mine, env={"EDITOR": name}) == (0, f"Changed {mine}\n", "")
    assert (editor / "called").read_text() == f"+5 {mine}\n"
    assert mine.read_text() == MINE.replace("A launch", "The launch")


def test_an_actor_is_found_by_name_and_nothing_may_be_changed(mine: Path, editor: Path, korea: Korea) -> None:
    name = making(editor, "code", "")
    assert (
        korea("edit", "kim", "-d", mine, env={"VISUAL": name, "EDITOR": "none"}).out == f"Nothing changed in {mine}\n"
    )
    assert (editor / "called").read_text() == f"--wait --goto {mine}:1\n"


def test_an_editor_that_writes_by_rename_is_as_good(mine: Path, editor: Path, korea: Korea) -> None:
    name = making(editor, "other", 'sed s/2017-07-04/2017-07/ "$file" > "$file~" && mv "$file~" "$file"')
    mine.chmod(0o600)
    assert korea("edit", "launch", "-d", mine, env={"EDITOR": name}).out == f"Changed {mine}\n"
    assert "2017-07\n" in mine.read_text().replace('"', "")


def test_a_link_and_the_mode_are_left_to_the_editor(mine: Path, tmp_path: Path, editor: Path, korea: Korea) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(mine)
    mine.chmod(0o640)
    name = making(editor, "other", 'echo "# more" >> "$file"')
    assert korea("edit", "launch", "-d", link, env={"EDITOR": name}).code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o640
    assert mine.read_text() == f"{MINE}# more\n"


def test_what_an_editor_broke_is_told_and_kept(mine: Path, editor: Path, korea: Korea) -> None:
    name = making(editor, "other", 'sed -i s/2017-07-04/2017-13/ "$file"')
    run = korea("edit", "launch", "-d", mine, env={"EDITOR": name})
    told = f"korea: {mine}:8:8: events[1] 'launch': date '2017-13' is not a date: there is no month 13\n"
    assert run == (3, "", told)
    assert "2017-13" in mine.read_text()


def test_a_broken_file_is_opened_at_its_first_problem(mine: Path, editor: Path, korea: Korea) -> None:
    mine.write_text(MINE.replace("2017-07-04", "2017-13"))
    name = making(editor, "nano", 'sed -i s/2017-13/2017-12/ "$file"')
    run = korea("edit", "launch", "-d", mine, env={"EDITOR": name})
    assert (run.code, run.out) == (0, f"Changed {mine}\n")
    assert run.err.startswith(f"korea: {mine}:8:8: ")
    assert (editor / "called").read_text() == f"+8 {mine}\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MINE, 1),
        (MINE.replace("2017-07-04", "2017-13"), 8),
        (MINE.replace('["kim"]', '["kim", "moon"]'), 9),
        (f"{MINE}title = unquoted\n", 10),
        (f"{MINE}<<<<<<< HEAD\n", 10),
        (f"{MINE}\udcff", 10),
        ("", 1),
    ],
)
def test_without_an_id_a_file_is_opened_at_its_first_error(
    text: str, line: int, mine: Path, editor: Path, korea: Korea
) -> None:
    mine.write_bytes(text.encode(errors="surrogateescape"))
    run = korea("edit", "-d", mine, env={"EDITOR": making(editor, "vim", f'printf "" > "{mine}"')})
    assert (run.code, run.out) == (0, f"Changed {mine}\n" if text else f"Nothing changed in {mine}\n")
    assert (editor / "called").read_text() == f"+{line} {mine}\n"
    assert (run.err == "") is (line == 1)


def test_of_several_files_the_one_with_an_error_is_opened(mine: Path, tmp_path: Path, korea: Korea) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[[topics]]\nid = "tests"\nlabel = "Tests"\n')
    arguments = ("edit", "--dry-run", "-d", mine, "-d", other)
    told = "korea: no file has an error. Name the file to open with -d, or the id of a record.\n"
    assert korea(*arguments, env={"EDITOR": "vim"}) == (2, "", told)
    other.write_text('[[topics]]\nid = "tests"\nlabel = 5\n')
    run = korea(*arguments, env={"EDITOR": "vim", "KOREA_DATA": "elsewhere.toml"})
    assert (run.code, run.out) == (0, f"vim +3 {other}\n")
    run = korea("edit", "--dry-run", env={"EDITOR": "vim", "KOREA_DATA": str(mine)})
    assert run == (0, f"vim +1 {mine}\n", "")


def test_an_editor_that_fails_or_is_not_there_is_told(mine: Path, korea: Korea) -> None:
    told = f"korea: the editor exited with status 1; {mine} is as the editor left it\n"
    assert korea("edit", "launch", "-d", mine, env={"EDITOR": "false"}) == (1, "", told)
    run = korea("edit", "launch", "-d", mine, env={"EDITOR": "/nowhere/vi"})
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("korea: cannot start the editor '/nowhere/vi': command not found. ")


def test_a_dry_run_tells_the_command(mine: Path, korea: Korea) -> None:
    assert korea("edit", "launch", "-d", mine, "--dry-run", env={"EDITOR": "vim"}).out == f"vim +5 {mine}\n"


def test_what_is_not_ones_own_or_not_there_is_not_opened(mine: Path, tmp_path: Path, korea: Korea) -> None:
    env = {"EDITOR": "touch opened"}
    assert korea("edit", "putin", env=env).code == 4
    assert korea("edit", env=env).code == 4
    assert korea("edit", "-d", "-", env=env, input=MINE.encode()).code == 4
    assert korea("edit", "-d", tmp_path / "none.toml", env=env).code == 3
    assert korea("edit", "nobody", "-d", mine, env=env) == (1, "", "korea: record not found: 'nobody'\n")
    assert korea("edit", "launch", "-d", tmp_path / "none.toml", env=env).code == 3
    assert not (tmp_path / "none.toml").exists()


def test_on_a_terminal_one_may_go_back_in(mine: Path, editor: Path, korea: Korea) -> None:
    script = 'if grep -q 2017-13 "$file"; then sed -i s/2017-13/2017-12/ "$file"; else sed -i s/07-04/13/ "$file"; fi'
    name = making(editor, "vim", script)
    run = typed(korea, "\n", "edit", "launch", "-d", mine, env={"EDITOR": name})
    assert run[0] == 0
    assert "there is no month 13" in run[1]
    assert f"Changed {mine}" in run[1]
    assert (editor / "called").read_text() == f"+5 {mine}\n+8 {mine}\n"


def test_on_a_terminal_one_may_leave_it_broken(mine: Path, editor: Path, korea: Korea) -> None:
    name = making(editor, "other", 'sed -i s/2017-07-04/2017-13/ "$file"')
    code, shown = typed(korea, "n\n", "edit", "launch", "-d", mine, env={"EDITOR": name})
    assert code == 3
    assert f"{mine} is saved with these errors. No command can read it until they are fixed." in shown
    assert "2017-13" in mine.read_text()
