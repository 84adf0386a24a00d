"""Files that are broken, huge or out of place get a clear message and the right exit status, never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Korea

DATA = Path(__file__).parents[1] / "data"


def test_an_include_that_matches_nothing_is_an_error_and_a_literal_name_comes_first(korea: Korea) -> None:
    folder = DATA / "include"
    run = korea("timeline", "-d", "main.toml", cwd=folder)
    told = "korea: main.toml:2:11: [chronology]: include 'evnets/*.toml' matches no file\n"
    assert run == (3, "", told)
    run = korea("timeline", "-d", "literal.toml", "--fields", "id", cwd=folder)
    assert run == (0, "a\n", "")
