"""Several processes that make an index at once, or are killed at it, leave nothing that answers wrongly."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.cache.parts import ENDINGS, SEAL

if TYPE_CHECKING:
    from pathlib import Path

    from cache.conftest import Files
    from conftest import Korea

MANY = [f"e{number}" for number in range(1500)]
# A program that asks a file and kills itself at a step of the building: before or after a file takes its place.
KILLED = """
import os, signal, sys
from korea_cli import open_chronology
step, really = int(sys.argv[2]), os.replace
def replace(*names):
    global step
    if step == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    really(*names)
    step -= 2
    if step == -1:
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = replace
print(open_chronology(sys.argv[1]).events().count)
"""

# A program that reads and indexes a file and kills itself at the n-th report of progress.
KILLED_AT_WORK = """
import os, signal, sys
from korea_cli import open_chronology
left = int(sys.argv[2])
def watch(progress):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
open_chronology(sys.argv[1], watch=watch).close()
"""


def test_several_at_once_all_answer_right_and_leave_one_index(korea: Korea, files: Files) -> None:
    environment = {**korea.environment, "KOREA_CACHE": str(files.cache)}
    parts = {f"{part}{seal}" for part in ENDINGS.values() for seal in ("", SEAL)}
    for number in range(3):
        path = files.write("a.toml", *MANY[number:])
        command: list[str | Path] = [korea.program, "timeline", "-d", path, "--fields", "id"]
        started = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(5)]
        answers = [process.communicate()[0].decode().split() for process in started]
        assert answers == [MANY[number:]] * 5
        assert {kept.name.removeprefix(kept.name.split(".")[0]) for kept in files.cache.iterdir()} - parts == {
            ".catalogue", ".index"
        }  # fmt: skip
        assert files.ids(path) == MANY[number:]


@pytest.mark.parametrize("step", range(4), ids=["before the index", "after it", "before the catalogue", "after it "])
@pytest.mark.parametrize("edited", [True, False])
def test_killed_at_each_step_nothing_half_written_is_opened(
    step: int, edited: bool, korea: Korea, files: Files  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    path = files.write("a.toml", "one", "two")
    if edited:
        files.ids(path)
        files.write("a.toml", "one", "six", "ten")
    environment = {**korea.unmeasured().environment, "KOREA_CACHE": str(files.cache)}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, path, str(step)], env=environment, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL
    expected = ["one", "six", "ten"] if edited else ["one", "two"]
    assert files.read(path) is (step < 3)
    assert files.ids(path) == expected
    assert not files.read(path)


def test_killed_in_the_midst_of_the_work_nothing_half_written_is_opened(korea: Korea, files: Files) -> None:
    environment = {**korea.unmeasured().environment, "KOREA_CACHE": str(files.cache)}
    for number, (step, killed) in enumerate([(0, True), (1, True), (3, True), (5, True), (99, False)]):
        path = files.write(f"{number}.toml", *MANY[number:])
        done = subprocess.run([sys.executable, "-c", KILLED_AT_WORK, path, str(step)], env=environment, check=False)
        assert done.returncode == (-signal.SIGKILL if killed else 0)
        with open_chronology(path) as chronology:
            assert [event.id for event in chronology.events()] == MANY[number:]
        assert not files.read(path)
