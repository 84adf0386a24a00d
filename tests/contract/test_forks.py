"""A fork of what has imported the program answers as the program does when it is started: many tests rely on it."""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING, Any

import pytest

from conftest import Forks, Korea

if TYPE_CHECKING:
    from pathlib import Path

DATA = '[[events]]\nid = "é"\n'.encode()


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("timeline", "thaad"), {}),
        (("timeline", "zeppelin", "--exit-code"), {}),
        (("--help",), {}),
        (("timeline", "--bogus"), {}),
        (("timeline", b"\xff"), {}),
        (("timeline", "-d", "-"), {"input": DATA}),
        (("timeline", "-d", "-"), {}),
        (("timeline", "-f", "table"), {"env": {"COLUMNS": "40", "FORCE_COLOR": "1"}}),
        (("timeline", "-d", "here.toml"), {"env": {"PYTHONIOENCODING": "ascii"}}),
        (("actor", "문재앙"), {"env": {"PYTHONIOENCODING": "euc-kr"}}),
        (("search", "--help"), {"env": {"PYTHONIOENCODING": "utf-16"}}),
        (("topics", "-d", "here.toml"), {}),
        (("add", "topics", "-d", "here.toml", "--dry-run"), {"input": b'{"label": "T\xc3\xa9"}'}),
    ],
)
def test_a_fork_answers_as_the_started_program_does(
    arguments: tuple[str, ...], options: dict[str, Any], started: Korea, korea: Korea, tmp_path: Path
) -> None:
    (tmp_path / "here.toml").write_text('[[events]]\nid = "e"\ntitle = "é – 한"\ndate = "2017"\n', "utf-8")
    forked, ended = (each.raw(*arguments, cwd=tmp_path, **options) for each in (korea, started))
    assert (forked.returncode, forked.stderr) == (ended.returncode, ended.stderr)
    assert without_ids(forked.stdout) == without_ids(ended.stdout)


@pytest.mark.parametrize("arguments", [("timeline", "thaad"), ("stats", "--color", "never"), ("actor", "tilerson")])
def test_a_fork_shows_on_a_terminal_what_the_started_program_shows(
    arguments: tuple[str, ...], started: Korea, korea: Korea
) -> None:
    forked, ended = (each.on_terminal(*arguments, columns=60) for each in (korea, started))
    assert (forked.code, forked.err) == (ended.code, ended.err)
    assert without_ids(forked.out.encode()) == without_ids(ended.out.encode())


@pytest.mark.repeated
def test_a_process_that_makes_no_more_forks_is_told_of_and_is_no_success(korea: Korea, tmp_path: Path) -> None:
    with Forks(korea.unmeasured().environment) as forks:
        gone = Korea(tmp_path, forks).unmeasured()
        assert gone("--version").code == 0
        os.kill(forks.number, signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(pytest.fail.Exception, match="forks has ended with status -9"):
                gone("--version")


def without_ids(shown: bytes) -> bytes:
    """Leave out the random ids of links."""
    return re.sub(rb"\]8;id=[0-9-]+;", b"]8;", shown)


@pytest.fixture(scope="module")
def started(indexes: Path, korea: Korea) -> Korea:
    """Return the program, started each time."""
    return type(korea)(indexes).unmeasured()
