"""`korea init` makes a file to go on from, and writes over nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli

from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from conftest import Korea

BUILTIN = Path(__file__).parents[2] / "data" / "events.toml"


def test_the_starter_has_one_of_each_passes_every_check_and_prints(tmp_path: Path, korea: Korea) -> None:
    path = tmp_path / "mine.toml"
    run = korea("init", path)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0] == f"Created {path}. Next steps:"
    assert korea("check", "--strict", "-d", path) == (0, "", f"korea: no problems in {path}\n")
    assert korea("timeline", "-d", path).out.count("\n") == 1
    assert {record.table for record in RECORDS} < tomli.loads(path.read_text()).keys()
    assert path.read_text().startswith("#:schema ./korea.schema.json\n")
    assert [each.name for each in tmp_path.iterdir()] == ["mine.toml"]


def test_the_commands_it_tells_of_run(tmp_path: Path, korea: Korea) -> None:
    _, *commands = korea("init", "my file.toml", cwd=tmp_path).out.splitlines()
    assert commands == [
        "  korea timeline -d 'my file.toml'", "  korea add event -d 'my file.toml'", "  korea check -d 'my file.toml'",
    ]  # fmt: skip
    assert korea.shell(commands[0], cwd=tmp_path).code == 0
    assert korea.shell(f"{commands[1]} --title x --date 2019", cwd=tmp_path).code == 0
    assert korea.shell(commands[2], cwd=tmp_path).code == 0


def test_without_a_name_it_is_called_chronology(tmp_path: Path, korea: Korea) -> None:
    assert korea("init", cwd=tmp_path).code == 0
    assert [each.name for each in tmp_path.iterdir()] == ["chronology.toml"]


def test_what_is_added_to_the_starter_stands_below_its_comments(tmp_path: Path, korea: Korea) -> None:
    path = tmp_path / "mine.toml"
    korea("init", path)
    before = path.read_text()
    korea("add", "event", "--title", "Before all", "--date", "2001", "-d", path)
    above, _, _ = path.read_text().partition('[[events]]\nid = "before-all"')
    assert above.endswith("one of these days\n\n")
    assert before.startswith(above)


def test_a_file_that_is_there_is_left(tmp_path: Path, korea: Korea) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine")
    told = f"korea: {path} already exists; not overwritten\n"
    assert korea("init", path) == (4, "", told)
    assert korea("init", path, "--from", "builtin") == (4, "", told)
    assert path.read_text() == "mine"
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "nowhere")
    assert korea("init", link).code == 4
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["-", "builtin"])
def test_a_name_that_means_something_else_is_refused(name: str, tmp_path: Path, korea: Korea) -> None:
    run = korea("init", "--", name, cwd=tmp_path)
    assert (run.code, run.out) == (4, "")
    assert run.err.endswith("; name a new one, as in 'korea init mine.toml'\n")
    assert list(tmp_path.iterdir()) == []


def test_the_built_in_record_is_copied_byte_for_byte(tmp_path: Path, korea: Korea) -> None:
    assert korea("init", tmp_path / "copy.toml", "--from", "builtin").code == 0
    assert (tmp_path / "copy.toml").read_bytes() == BUILTIN.read_bytes()


def test_a_file_with_a_mark_and_other_line_ends_is_copied_byte_for_byte(tmp_path: Path, korea: Korea) -> None:
    raw = b'\xef\xbb\xbf# x\r\n[[events]]\r\nid = "x"\r\ntitle = "x"\r\ndate = "2018"'
    (tmp_path / "other.toml").write_bytes(raw)
    assert korea("init", tmp_path / "copy.toml", "--from", tmp_path / "other.toml").code == 0
    assert (tmp_path / "copy.toml").read_bytes() == raw


def test_a_broken_file_is_not_copied(tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "other.toml").write_text('[[events]]\nid = "x"\n')
    run = korea("init", tmp_path / "copy.toml", "--from", tmp_path / "other.toml")
    assert (run.code, run.out) == (3, "")
    assert "title is required" in run.err
    assert korea("init", tmp_path / "copy.toml", "--from", tmp_path / "none.toml").code == 3
    assert not (tmp_path / "copy.toml").exists()


def test_a_file_whose_includes_would_be_missing_beside_the_copy_is_not_copied(tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "other.toml").write_text('[chronology]\ninclude = ["more.toml"]\n')
    (tmp_path / "a" / "more.toml").write_text('[[events]]\nid = "x"\ntitle = "x"\ndate = "2018"\n')
    assert korea("init", tmp_path / "copy.toml", "--from", tmp_path / "a" / "other.toml").code == 3
    assert not (tmp_path / "copy.toml").exists()
    assert korea("init", tmp_path / "a" / "copy.toml", "--from", tmp_path / "a" / "other.toml").code == 0


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, korea: Korea) -> None:
    path = tmp_path / "nowhere" / "mine.toml"
    assert korea("init", path) == (4, "", f"korea: cannot write {path}: no such folder\n")
    if os.geteuid():
        tmp_path.chmod(0o500)
        assert korea("init", tmp_path / "mine.toml").code == 4
        tmp_path.chmod(0o700)
