"""Colour: the flag decides, then NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then whether it is a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

TABLE = ("timeline", "thaad", "-f", "table")
CONTROLS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def is_colored(shown: str) -> bool:
    return "\x1b[" in shown


@pytest.mark.parametrize(
    ("flag", "env", "in_pipe", "on_terminal"),
    [
        ((), {}, False, True),
        (("--color", "auto"), {}, False, True),
        (("--color", "always"), {}, True, True),
        (("--color", "ALWAYS"), {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        (("--color", "never"), {}, False, False),
        (("--color", "never"), {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
        ((), {"NO_COLOR": "1"}, False, False),
        ((), {"NO_COLOR": "0"}, False, False),
        ((), {"NO_COLOR": ""}, False, True),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ((), {"FORCE_COLOR": "1"}, True, True),
        ((), {"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ((), {"FORCE_COLOR": "0"}, False, True),
        ((), {"FORCE_COLOR": ""}, False, True),
        ((), {"CLICOLOR_FORCE": "1"}, True, True),
        ((), {"CLICOLOR_FORCE": "0"}, False, True),
        ((), {"CLICOLOR": "0"}, False, False),
        ((), {"CLICOLOR": "1"}, False, True),
        ((), {"TERM": "dumb"}, False, False),
    ],
)
def test_the_flag_wins_over_the_environment_and_the_environment_over_the_terminal(
    flag: tuple[str, ...], env: dict[str, str], *, in_pipe: bool, on_terminal: bool, korea: Korea
) -> None:
    assert is_colored(korea(*TABLE, *flag, env=env).out) is in_pipe
    assert is_colored(korea.on_terminal(*TABLE, *flag, env=env).out) is on_terminal


def test_a_file_is_colored_only_by_the_flag_or_by_force(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    for flag, expected in [((), False), (("--color", "always"), True)]:
        assert korea.on_terminal(*TABLE, *flag, "-q", "-o", file).code == 0
        assert is_colored(file.read_text()) is expected


def test_color_changes_nothing_but_the_color(korea: Korea, asked: tuple[str, ...]) -> None:
    colored = korea(*asked, "-f", "table", "--color", "always")
    assert is_colored(colored.out)
    assert CONTROLS.sub("", colored.out) == korea(*asked, "-f", "table").out


@pytest.mark.parametrize("asked", [("timeline", "icbm"), ("show", "putin"), ("stats",), ("check", "--notes")])
def test_only_the_table_is_ever_colored(korea: Korea, asked: tuple[str, ...], form: str) -> None:
    always = korea(*asked, "-f", form, "--color", "always")
    assert is_colored(always.out) is (form == "table")


def test_messages_and_help_are_never_colored(korea: Korea) -> None:
    settings = {"FORCE_COLOR": "1"}
    for arguments in (["timeline", "zeppelin"], ["actor", "tilerson"], ["timeline", "--bogus"]):
        told = korea.on_terminal(*arguments, env=settings).err
        assert told.startswith("korea: ")
        assert not is_colored(told)
    assert not is_colored(korea.on_terminal("timeline", "--help", env=settings).out)


def test_links_are_only_sent_where_color_is(korea: Korea) -> None:
    shown = korea("show", "hwasong-14-launch", "-f", "table", "--color", "always").out
    assert "\x1b]8;" in shown
    links = re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\", shown)
    assert [link for link in links[::2] if not link.startswith(("http://", "https://"))] == []
    assert set(links[1::2]) == {""}  # every link ends
    assert "\x1b" not in korea("show", "hwasong-14-launch", "-f", "table").out
