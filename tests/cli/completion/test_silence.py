"""At a TAB the program is quick and never prints an error, whatever it meets."""

from __future__ import annotations

import os
import signal
import sys
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from korea_cli.cli import completion
from korea_cli.commands.completion import SHELLS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

HURRIED = {"KOREA_TESTS_PATIENT": ""}  # without the patience that conftest.py sets there
LINES = (("timeline", "actor:pu"), ("show", "pu"), ("actor", "pu"), ("timeline", "--source p"), ("facts", "place:S"))
BROKEN = {
    "syntax.toml": b"[[actors]\nid = ",
    "binary.toml": bytes(range(256)),
    "utf16.toml": "id = 1".encode("utf-16"),
    "types.toml": b'actors = "many"\nchronology = 3\nevents = [1, 2]\n[topics]\nid = 7\n',
    "nested.toml": b"a = " + b"[" * 5000,
    "empty.toml": b"",
}


@pytest.mark.parametrize("name", [*BROKEN, "missing.toml", ".", "", "-"])
def test_nothing_is_said_of_a_data_file_that_cannot_be_used(korea: Korea, tmp_path: Path, name: str) -> None:
    for file, content in BROKEN.items():
        (tmp_path / file).write_bytes(content)
    for shell, (command, rest) in zip(cycle(SHELLS), LINES):
        done = korea("__complete", shell, f"korea {command} -d '{name}' {rest}", cwd=tmp_path)
        assert (done.code, done.err) == (0, "")
        assert "putin" not in done.out


def test_a_data_file_that_breaks_a_rule_still_completes(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[actors]]\nid = "putnam"\nname = "Putnam"\npart_of = ["nobody"]\n', "utf-8")
    done = korea("__complete", "bash", "korea timeline -d a.toml actor:pu", "pu", cwd=tmp_path)
    assert done == (0, "words\nputnam\n", "")


def test_the_data_is_that_of_the_line_else_of_the_environment(korea: Korea, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.toml").write_text(f'[[actors]]\nid = "put-{name}"\nname = "X"\n', "utf-8")
    asked = ("__complete", "bash", "korea timeline -d ~/a.toml actor:put", "put")
    environment = {"HOME": str(tmp_path), "KOREA_DATA": str(tmp_path / "b.toml")}
    assert korea(*asked, env=environment).out == "words\nput-a\n"
    assert korea(asked[0], asked[1], "korea timeline actor:put", "put", env=environment).out == "words\nput-b\n"


@pytest.mark.parametrize("data", ["missing.toml", "."])
def test_what_needs_no_data_is_offered_without_it(korea: Korea, data: str) -> None:
    done = korea("__complete", "bash", "korea timeline --for", "--for", env={"KOREA_DATA": data})
    assert done == (0, "words\n--format\n--force\n", "")
    assert korea("__complete", "bash", "korea timeline st", "st", env={"KOREA_DATA": data}).out == "fields\nstatus:\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["bash"], ["nonsense", "korea ti"], ["bash", ""], ["bash", " "], ["bash", "korea nonsense x"],
        ["", "", "", ""], ["bash", "korea timeline 'unclosed"], ["fish", 'korea timeline "$(rm'], ["zsh", "korea `a\\"],
        ["bash", "korea --nonsense "], ["bash", "korea ../x "], ["bash", "korea timeline \udcff"],
        ["zsh", "korea \x1b[31m"],
    ],
)  # fmt: skip
def test_nothing_is_said_of_a_line_that_makes_no_sense(korea: Korea, arguments: list[str]) -> None:
    done = korea.raw("__complete", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("redirected", [">&-", ">/dev/full", "| true", "<&- 2>&1", "2>&- >&-"])
def test_nothing_is_said_of_an_output_that_is_closed(korea: Korea, redirected: str) -> None:
    done = korea.shell(f"korea __complete bash 'korea show ' '' {redirected}")
    assert (done.code, done.err) == (0, "")
    assert "rror" not in done.out


def test_standard_input_is_never_waited_for(korea: Korea) -> None:
    waiting, writing = os.pipe()
    done = korea("__complete", "bash", "korea timeline -d - actor:pu", "pu", stdin=waiting)
    os.close(waiting)
    os.close(writing)
    assert done == (0, "words\n", "")


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(korea: Korea, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "a.toml").write_text('[chronology]\ninclude = ["pipe.toml"]\n', "utf-8")
    for data in ("pipe.toml", "a.toml"):
        done = korea("__complete", "bash", f"korea timeline -d {data} actor:pu", "pu", cwd=tmp_path, env=HURRIED)
        assert (done.code, done.err) == (0, "")
        assert "putin" not in done.out


def test_a_file_too_large_to_wait_for_is_not_read(korea: Korea, tmp_path: Path) -> None:
    with (tmp_path / "large.toml").open("wb") as large:
        large.truncate(1 << 40)
    done = korea("__complete", "bash", "korea timeline -d large.toml actor:pu", "pu", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, RecursionError, MemoryError])
def test_no_exception_gets_out(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: str) -> None:
        raise error

    monkeypatch.setattr(completion, "_answer", fail)
    monkeypatch.setattr(completion, "_limit_time", lambda: None)
    completion.complete(["bash", "korea "])
    assert capfd.readouterr() == ("", "")


def test_an_alarm_after_the_answer_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(completion, "_answer", lambda *_: None)
    completion.complete(["bash", "korea "])
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ("korea ti", {"rich", "typer", "sqlite3", "tomli"}),
        ("korea timeline --fo", {"rich", "typer", "sqlite3", "tomli", "dateutil"}),
        ("korea timeline actor:pu", {"rich", "typer", "dateutil"}),
        ("korea timeline ac", {"rich", "typer", "dateutil"}),
    ],
)
def test_a_tab_imports_only_what_its_place_needs(line: str, lacking: set[str], korea: Korea) -> None:
    script = (
        "import sys; from korea_cli.cli.main import main; main(sys.argv[1:]);"
        " print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = korea.unmeasured()("-c", script, "__complete", "bash", line, program=sys.executable)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(("words\n", "fields\n"))
    assert lacking.isdisjoint(done.out.splitlines()[-1].split())
