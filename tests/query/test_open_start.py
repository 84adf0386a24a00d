"""An event that has always been going on has a first day that nobody knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

FILE = """
[[events]]
id = "a"
title = "A"
date = "../2017"
actors = ["x"]
topics = ["t"]
"""


@pytest.mark.parametrize(("command", "key"), [("actors", "actors"), ("topics", "topics"), ("stats", "overview")])
def test_what_such_an_event_counts_for_has_no_first_day(korea: Korea, tmp_path: Path, command: str, key: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(FILE, "utf-8")
    found = json.loads(korea(command, "-d", file, "--json").out)[key]
    (row,) = found if isinstance(found, list) else [found]
    assert (row["event_count"], row["first"], row["last"]) == (1, None, "2017")
