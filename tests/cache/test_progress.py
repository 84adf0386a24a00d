"""Progress is shown to somebody who waits at a terminal, and to nobody else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from korea_cli.cache.progress import Progress, ignore_progress
from korea_cli.cli import notices

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

EVENT = '[[events]]\nid = "e{0}"\ntitle = "Title"\ndate = "2017"\nsummary = "{1}"\n'


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Write a file so large that it is clear from the start that its index takes over a second."""
    path = tmp_path / "large.toml"
    path.write_text("".join(EVENT.format(number, "x" * 2000) for number in range(2500)))
    return path


def shown(korea: Korea, path: Path, *arguments: str, **environment: str) -> str:
    """Run the program with standard error on a terminal, and give what appears there."""
    ours, theirs = pty.openpty()
    command: list[str | Path] = [korea.program, "timeline", "--count", "-d", path, *arguments]
    with subprocess.Popen(
        command, env=korea.environment | environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b"".join(korea.read_terminal(ours))
        out, _ = process.communicate()
    assert (process.returncode, out) == (0, b"2500\n")
    return seen.decode()


def test_a_bar_is_shown_while_an_index_is_made_and_gone_when_it_is(korea: Korea, large: Path, tmp_path: Path) -> None:
    cache = str(tmp_path / "indexes")
    seen = shown(korea, large, KOREA_CACHE=cache)
    assert "reading" in seen
    assert "indexing" in seen
    assert "100%" in seen
    assert seen.endswith("\x1b[2K")  # the line is wiped
    assert shown(korea, large, KOREA_CACHE=cache) == ""


@pytest.mark.parametrize("arguments", [("-q",), ("--no-cache",)])
def test_it_is_not_shown_to_who_wants_no_notes_nor_without_an_index(
    arguments: tuple[str, ...], korea: Korea, large: Path, tmp_path: Path
) -> None:
    assert shown(korea, large, *arguments, KOREA_CACHE=str(tmp_path / "indexes")) == ""


def test_it_is_not_drawn_where_a_terminal_cannot_move_back(korea: Korea, large: Path, tmp_path: Path) -> None:
    assert shown(korea, large, KOREA_CACHE=str(tmp_path / "indexes"), TERM="dumb") == ""


def test_it_is_not_written_into_a_pipe(korea: Korea, large: Path, tmp_path: Path) -> None:
    run = korea("timeline", "--count", "-d", large, env={"KOREA_CACHE": str(tmp_path / "indexes")})
    assert run == (0, "2500\n", "")


def test_it_appears_when_a_second_has_passed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr(notices, "monotonic", lambda: now[0])
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with notices.StderrNotices(quiet=False).progress() as watch:
        watch(Progress("reading", 0.0, 0.1))
        now[0] = 0.9
        watch(Progress("indexing", 0.4, 0.1))
        assert capsys.readouterr().err == ""
        now[0] = 1.1
        watch(Progress("indexing", 0.5, 0.1))
        assert "50%" in capsys.readouterr().err
    assert capsys.readouterr().err.endswith("\x1b[2K")


def test_the_share_of_a_query_is_shown_until_it_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    watch = notices.StderrNotices(quiet=False).querying()
    assert watch is not None
    for share in (0.25, 0.5):
        watch(share)
        assert f"{share:.0%}" in capsys.readouterr().err
        watch(None)
        assert capsys.readouterr().err.endswith("\x1b[2K")
    assert notices.StderrNotices(quiet=True).querying() is None


def test_quick_work_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setitem(sys.modules, "korea_cli.drawing.progress", None)
    with notices.StderrNotices(quiet=False).progress() as watch:
        watch(Progress("reading", 0.0, 0.1))
    with notices.StderrNotices(quiet=True).progress() as watch:
        assert watch is ignore_progress
