"""A chronology begins with a starter that teaches, or with a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tomli

from korea_cli.base.errors import DataError, OutputError
from korea_cli.checks.load import load
from korea_cli.editing.create import create_file, starter_text

if TYPE_CHECKING:
    from pathlib import Path


def test_the_starter_is_what_is_written_and_breaks_no_rule(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    create_file(str(path), None)
    assert path.read_text("utf-8") == starter_text()
    assert load([str(path)]).check("warning") == ()


def test_the_starter_comments_on_every_kind_of_record_it_has() -> None:
    above = {
        table: starter_text().partition(f"\n[[{table}]]")[0].rstrip().splitlines()[-1]
        for table in tomli.loads(starter_text())
    }
    assert [table for table, line in above.items() if table != "chronology" and not line.startswith("#")] == []


def test_a_copy_keeps_every_byte(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf# x\r\n[chronology]\r\ntitle = 'x'"
    (tmp_path / "other.toml").write_bytes(raw)
    create_file(str(tmp_path / "copy.toml"), str(tmp_path / "other.toml"))
    assert (tmp_path / "copy.toml").read_bytes() == raw


def test_nothing_is_written_over_and_nothing_broken_copied(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("x")
    with pytest.raises(OutputError, match="already exists; not overwritten"):
        create_file(str(path), None)
    with pytest.raises(DataError):
        create_file(str(tmp_path / "copy.toml"), str(path))
    assert [each.name for each in tmp_path.iterdir()] == ["mine.toml"]
