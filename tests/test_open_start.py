"""An event that has always been going on has a first day that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli import commands
from korea_cli.chronology import open_chronology
from korea_cli.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
[[sources]]
id = "s"
title = "S"

[[events]]
id = "a"
title = "A"
date = "../2017"
actors = ["x"]
topics = ["t"]
sources = ["s"]
"""


@pytest.mark.parametrize("command", ["actors", "topics", "sources", "stats"])
def test_what_such_an_event_counts_for_has_no_first_day(tmp_path: Path, command: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(FILE, "utf-8")
    section = commands.load(command).answer(open_chronology(file), Selection()).sections[0]
    (row,) = section.rows
    values = {column.key: column.value(row) for column in section.columns[row.type]}
    assert (values["events"], values["first"], values["last"]) == (1, None, "2017")
