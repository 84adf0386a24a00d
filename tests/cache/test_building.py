"""An index is built whole or not at all, from what was read, whoever else is at it and however it ends."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.cache import index, keeping
from korea_cli.cache.catalog import write_catalog
from korea_cli.cache.stamp import stamp_of
from korea_cli.cache.watching import Progress, Work
from korea_cli.errors import DataError
from korea_cli.reading import load
from korea_cli.store import connect

if TYPE_CHECKING:
    from collections.abc import Callable
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

# A program that reads and indexes a file and kills itself when it is told for the n-th time how far it is.
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


# ---------------------------------------------------------------- edited while it is read


@pytest.mark.parametrize(
    "moment", ["before it is read", "after it is read", "before it is stamped", "before it is sealed"]
)
def test_an_edit_while_the_index_is_made_is_seen_the_next_time(
    moment: str, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    module, name = {
        "before it is read": (load, "load_valid"),
        "after it is read": (load, "load_valid"),
        "before it is stamped": (keeping, "stamp_of"),
        "before it is sealed": (index, "write_catalog"),
    }[moment]
    really: Callable[..., object] = getattr(module, name)

    def edited(*arguments: object, **options: object) -> object:
        if moment == "after it is read":
            given = really(*arguments, **options)
            files.write("a.toml", "six")
            return given
        files.write("a.toml", "six")
        return really(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, edited)
        assert files.ids(path) == (["six"] if moment == "before it is read" else ["one"])
    assert files.ids(path) == ["six"]
    assert files.ids(path) == ["six"]


@pytest.mark.usefixtures("later")
def test_an_edit_while_it_is_read_is_seen_though_the_clock_of_the_files_is_behind(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    really = load.load_valid

    def edited(*arguments: object, **options: object) -> object:
        loaded = really(*arguments, **options)  # type: ignore[arg-type]
        files.write("a.toml", "six")
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr(load, "load_valid", edited)
        assert files.ids(path) == ["one"]
    assert files.ids(path) == ["six"]


def test_a_file_that_comes_while_the_others_are_read_is_seen_the_next_time(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = files.write("main.toml", "main", include=["parts/*.toml"])
    files.write("parts/a.toml", "one")
    really = load.load_valid

    def joined(*arguments: object, **options: object) -> object:
        loaded = really(*arguments, **options)  # type: ignore[arg-type]
        files.write("parts/b.toml", "two")
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr(load, "load_valid", joined)
        assert files.ids(main) == ["main", "one"]
    assert files.ids(main) == ["main", "one", "two"]


def test_a_file_that_goes_while_the_others_are_read_is_missed_the_next_time(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = files.write("main.toml", "main", include=["parts/*.toml"])
    part = files.write("parts/a.toml", "one")
    really = load.load_valid

    def left(*arguments: object, **options: object) -> object:
        loaded = really(*arguments, **options)  # type: ignore[arg-type]
        part.unlink()
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr(load, "load_valid", left)
        assert files.ids(main) == ["main", "one"]
    with pytest.raises(DataError, match="matches no file"):
        files.ids(main)


def test_a_second_name_that_parts_from_its_file_while_that_is_read_is_seen_the_next_time(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, six = files.write("a.toml", "one"), files.write("b.toml", "six")
    link = files.folder / "link.toml"
    link.symlink_to(one)
    really = load.load_valid

    def parted(*arguments: object, **options: object) -> object:
        loaded = really(*arguments, **options)  # type: ignore[arg-type]
        link.unlink()
        link.symlink_to(six)
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr(load, "load_valid", parted)
        assert files.ids(one, link) == ["one"]
    assert files.ids(one, link) == ["one", "six"]


# ---------------------------------------------------------------- two at once


def test_who_read_before_an_edit_and_is_done_after_it_hides_nothing(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    really = write_catalog

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(index, "write_catalog", really)
        files.write("a.toml", "six")
        assert files.ids(path) == ["six"]  # another process, from beginning to end
        really(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "write_catalog", overtaken)
    files.ids(path)
    assert files.ids(path) == ["six"]
    assert files.ids(path) == ["six"]


@pytest.mark.parametrize("large", [True, False])
def test_an_older_index_that_takes_its_place_before_it_is_sealed_is_not_opened(
    large: bool, files: Files, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    if large:
        monkeypatch.setattr(index, "_SMALL", 0)
    path = files.write("a.toml", "one")
    files.ids(path)
    older = files.cache / "older"
    shutil.copy(files.kept(), older)
    files.write("a.toml", "six")
    really = stamp_of

    def overtaken(name: str) -> object:
        if name.endswith(".index") and older.exists():
            older.rename(name)
        return really(name)

    with monkeypatch.context() as patch:
        patch.setattr(index, "stamp_of", overtaken)
        with open_chronology(path) as chronology:
            assert [event.id for event in chronology.events()] == ["six"]
    assert not older.exists()
    assert files.ids(path) == ["six"]
    assert not files.read(path)


def test_an_older_index_that_takes_its_place_while_it_is_opened_is_not_answered_from(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    older = files.cache / "older"
    shutil.copy(files.kept(), older)
    files.write("a.toml", "six")
    files.ids(path)
    really = connect

    def overtaken(address: str) -> object:
        if older.exists():
            older.rename(files.kept())
        return really(address)

    monkeypatch.setattr(index, "connect", overtaken)
    assert files.ids(path) == ["six"]
    assert not older.exists()


def test_an_index_that_another_one_like_it_takes_the_place_of_while_it_is_opened_is_not_answered_from(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)

    def overtaken(address: str) -> object:
        monkeypatch.setattr(index, "connect", connect)
        shutil.copy(files.kept(), files.cache / "other")
        (files.cache / "other").rename(files.kept())
        return connect(address)

    monkeypatch.setattr(index, "connect", overtaken)
    assert files.read(path)
    assert not files.read(path)


def test_an_index_that_is_removed_while_it_is_opened_is_made_anew(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    really = connect

    def removed(address: str) -> object:
        monkeypatch.setattr(index, "connect", really)
        files.kept().unlink()
        return really(address)

    monkeypatch.setattr(index, "connect", removed)
    assert files.ids(path) == ["one"]
    assert not files.read(path)


def test_an_open_index_answers_on_while_another_takes_its_place(files: Files) -> None:
    path = files.write("a.toml", *MANY)
    files.ids(path)
    with open_chronology(path) as chronology:
        rows = iter(chronology.events())
        first = next(rows).id
        files.write("a.toml", "six")
        assert files.ids(path) == ["six"]
        assert [first, *(event.id for event in rows)] == MANY
        assert chronology.find("e7").id == "e7"


def test_several_at_once_all_answer_right_and_leave_one_index(korea: Korea, files: Files) -> None:
    environment = {**korea.environment, "KOREA_CACHE": str(files.cache)}
    for number in range(3):
        path = files.write("a.toml", *MANY[number:])
        command: list[str | Path] = [korea.program, "timeline", "-d", path, "--fields", "id"]
        started = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(5)]
        answers = [process.communicate()[0].decode().split() for process in started]
        assert answers == [MANY[number:]] * 5
        assert sorted(kept.suffix for kept in files.cache.iterdir()) == [".catalogue", ".index"]
        assert files.ids(path) == MANY[number:]


# ---------------------------------------------------------------- killed


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
        path = files.write("a.toml", *MANY[number:])
        done = subprocess.run([sys.executable, "-c", KILLED_AT_WORK, path, str(step)], env=environment, check=False)
        assert done.returncode == (-signal.SIGKILL if killed else 0)
        with open_chronology(path) as chronology:
            assert [event.id for event in chronology.events()] == MANY[number:]
        assert not files.read(path)


def test_stopped_by_the_user_nothing_is_left(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(index, "write_table", stop)
        with pytest.raises(KeyboardInterrupt):
            open_chronology(path)
    assert list(files.cache.iterdir()) == []
    assert files.ids(path) == ["one"]


# ---------------------------------------------------------------- being watched


def test_who_watches_is_told_what_is_done_and_how_far_it_is(files: Files) -> None:
    told: list[Progress] = []
    path = files.write("a.toml", *MANY)
    open_chronology(path, watch=told.append).close()
    assert told[0] == ("reading", 0.0, path.stat().st_size / 3_500_000)
    assert {each.doing for each in told[1:]} == {"indexing"}
    shares = [each.share for each in told]
    assert shares == sorted(shares)
    assert len(set(shares)) > 4
    assert 0.9 < shares[-1] <= 1
    told.clear()
    open_chronology(path, watch=told.append).close()
    assert told == []


def test_an_empty_chronology_can_be_watched_too(files: Files) -> None:
    told: list[Progress] = []
    open_chronology(files.write("a.toml"), watch=told.append).close()
    assert [each.doing for each in told] == ["reading", "indexing"]


def test_nobody_needs_to_watch() -> None:
    work = Work()
    work.expect(0)
    assert list(work.through(lambda: [(1,)] * 1000)) == [(1,)] * 1000
