"""Where indexes lie, who may write there, and what happens where nobody can."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.cache import index
from korea_cli.cache.place import cache_folder, index_place, is_trusted
from korea_cli.cache.stamp import stamp_of

if TYPE_CHECKING:
    from cache.conftest import Files
    from conftest import Korea
    from korea_cli.cache.stamp import Stamp

linux = pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="XDG does not rule here")
EVENT = '[[events]]\nid = "one"\ntitle = "One"\ndate = "2017"\n'
ANSWER = "2017\tone\tOne\t\n"


@pytest.mark.parametrize("off", ["off", "OFF", "Off"])
def test_the_variable_turns_indexes_off(off: str) -> None:
    assert cache_folder({"KOREA_CACHE": off, "HOME": "/home/x", "XDG_CACHE_HOME": "/cache"}) is None


@pytest.mark.parametrize("folder", ["/somewhere", "indexes", "office", "of", "off/", "on", "~"])
def test_the_variable_names_the_folder(folder: str) -> None:
    assert cache_folder({"KOREA_CACHE": folder, "HOME": "/home/x", "XDG_CACHE_HOME": "/cache"}) == folder


@linux
@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/home/x"}, "/home/x/.cache/korea"),
        ({"HOME": "/home/x", "KOREA_CACHE": ""}, "/home/x/.cache/korea"),
        ({"HOME": "/home/x", "XDG_CACHE_HOME": "/cache"}, "/cache/korea"),
        ({"XDG_CACHE_HOME": "/cache"}, "/cache/korea"),
        ({"HOME": "/home/x", "XDG_CACHE_HOME": ""}, "/home/x/.cache/korea"),
        ({"HOME": "/home/x", "XDG_CACHE_HOME": "relative"}, "/home/x/.cache/korea"),
        ({"HOME": ""}, None),
        ({"HOME": "relative"}, None),
        ({}, None),
    ],
)
def test_xdg_says_where_the_folder_is(environment: dict[str, str], folder: str | None) -> None:
    assert cache_folder(environment) == folder


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_the_library_says_where_the_folder_is(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, object]] = []

    class Library:
        @staticmethod
        def user_cache_dir(name: str, *, appauthor: object) -> str:
            said.append((name, appauthor))
            return "/Users/x/Library/Caches/korea"

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setitem(sys.modules, "platformdirs", Library)
    assert cache_folder({"HOME": "/home/x", "XDG_CACHE_HOME": "/cache"}) == "/Users/x/Library/Caches/korea"
    assert said == [("korea", False)]
    assert cache_folder({"KOREA_CACHE": "/somewhere"}) == "/somewhere"


def test_each_question_of_other_files_or_settings_has_a_place_of_its_own() -> None:
    asked = [
        (("a",), ("/a",), "1"),
        (("a",), ("/a",), "2"),
        (("a",), ("/b/a",), "1"),
        (("/a",), ("/a",), "1"),
        (("a", "b"), ("/a", "/b"), "1"),
        (("b", "a"), ("/b", "/a"), "1"),
        (("a\0b",), ("/a\0/b",), "1"),
        (("\udcff",), ("/\udcff",), "1"),
        (("\ud800",), ("/\ud800",), "1"),
    ]
    places = [index_place("/x", names, paths, setting) for names, paths, setting in asked]
    assert len({place.stem for place in places}) == len({place.key for place in places}) == len(asked)
    assert {Path(place.stem).parent for place in places} == {Path("/x")}


def test_the_next_version_finds_the_place_of_an_index_that_this_one_made() -> None:
    place = index_place("/x", ["a.toml", "b.toml"], ["/data/a.toml", "/data/b.toml"], "100")
    assert place.stem == "/x/7d27996534ce347a"
    assert place.key == (("a.toml", "b.toml"), ("/data/a.toml", "/data/b.toml"), ("100",))


@pytest.mark.parametrize(
    ("mode", "good"), [(0o700, True), (0o755, True), (0o770, False), (0o775, False), (0o777, False), (0o1777, False)]
)
def test_a_folder_that_others_may_write_to_is_not_trusted(mode: int, good: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    tmp_path.chmod(mode)
    assert is_trusted(str(tmp_path)) is good
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("user", [-1, 1])
def test_a_folder_is_not_trusted_by_any_other_user(user: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = os.geteuid() + user
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert not is_trusted(str(tmp_path))


def test_a_system_that_knows_no_owners_is_left_to_guard_the_folder_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    assert is_trusted(str(tmp_path))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give folders away")
def test_a_folder_of_somebody_else_is_not_trusted(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, -1)
    assert not is_trusted(str(tmp_path))


# ---------------------------------------------------------------- where nothing can be kept


def told(files: Files) -> tuple[str, ...]:
    """Ask a file twice, and give what the user is told about it the second time."""
    path = files.write("a.toml", "one")
    for _ in range(2):
        with open_chronology(path) as chronology:
            assert [event.id for event in chronology.events()] == ["one"]
            notes = chronology.notes
    return notes


def test_a_file_in_the_place_of_the_folder_is_told(files: Files) -> None:
    files.cache.write_text("")
    assert told(files) == (f"cannot write an index to {files.cache}: file exists",)


def test_a_folder_below_a_file_is_told(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.cache.write_text("")
    monkeypatch.setenv("KOREA_CACHE", f"{files.cache}/sub")
    assert told(files) == (f"cannot write an index to {files.cache}/sub: not a directory",)


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770])
def test_a_folder_that_others_may_write_to_is_told_and_nothing_put_there(mode: int, files: Files) -> None:
    files.cache.mkdir()
    files.cache.chmod(mode)
    assert told(files) == (f"cannot write an index to {files.cache}: other users can write to it",)
    assert list(files.cache.iterdir()) == []


def test_an_index_in_a_folder_that_others_may_write_to_by_now_is_not_opened(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    files.cache.chmod(0o777)
    with open_chronology(path) as chronology:
        assert not chronology.store.has_json
    files.cache.chmod(0o700)
    assert not files.read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_folder_is_told(files: Files) -> None:
    files.cache.mkdir()
    files.cache.chmod(0o500)
    assert told(files) == (f"cannot write an index to {files.cache}: permission denied",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_an_index_in_a_folder_that_is_read_only_by_now_is_opened(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    files.cache.chmod(0o500)
    assert not files.read(path)
    files.write("a.toml", "six")
    assert told(files) == (f"cannot write an index to {files.cache}: permission denied",)
    files.cache.chmod(0o700)


def test_a_file_system_that_is_read_only_is_told_in_one_line(korea: Korea, tmp_path: Path) -> None:
    if not Path("/proc/sys").is_dir():
        pytest.skip("this system has no folder that not even root can write to")
    (tmp_path / "a.toml").write_text(EVENT)
    for quiet, lines in (((), 1), (("-q",), 0)):
        run = korea("timeline", "-d", tmp_path / "a.toml", *quiet, env={"KOREA_CACHE": "/proc/sys/korea"})
        assert (run.code, run.out) == (0, ANSWER)
        assert run.err.count("\n") == lines
        assert run.err.startswith("korea: cannot write an index to /proc/sys/korea: "[: len(run.err)])


def limit_files() -> None:
    """Let a process write files of ten thousand bytes only: less than an index, more than a catalogue."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing_behind(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(EVENT)
    folder = tmp_path / "indexes"
    run = korea.unmeasured()(
        "timeline", "-d", tmp_path / "a.toml", env={"KOREA_CACHE": str(folder)}, preexec_fn=limit_files
    )
    assert (run.code, run.out) == (0, ANSWER)
    assert run.err.startswith(f"korea: cannot write an index to {folder}: ")
    assert run.err.count("\n") == 1
    assert list(folder.iterdir()) == []


def test_where_there_is_no_room_for_an_index_that_is_told_and_nothing_left_behind(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "WRITTEN_ONCE", (*index.WRITTEN_ONCE, "max_page_count = 3"))
    assert told(files) == (f"cannot write an index to {files.cache}: database or disk is full",)
    assert list(files.cache.iterdir()) == []


def test_an_index_that_somebody_removes_before_it_is_sealed_is_told(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def removed(path: str) -> Stamp | None:
        if path.endswith(".index"):
            Path(path).unlink()
        return stamp_of(path)

    monkeypatch.setattr("korea_cli.cache.index.stamp_of", removed)
    assert told(files) == (f"cannot write an index to {files.cache}: no such file or directory",)


def test_where_the_catalogue_cannot_be_written_the_index_is_not_opened(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("korea_cli.cache.index.write_catalog", refuse)
        assert told(files) == (f"cannot write an index to {files.cache}: no space left on device",)
    assert files.read(files.folder / "a.toml")
    assert not files.read(files.folder / "a.toml")


@pytest.mark.parametrize("environment", [{"HOME": ""}, {"KOREA_CACHE": "off"}])
def test_without_a_folder_nothing_is_kept_and_nothing_said(
    environment: dict[str, str], korea: Korea, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text(EVENT)
    run = korea("timeline", "-d", "a.toml", cwd=tmp_path, env={"KOREA_CACHE": ""} | environment)
    assert run == (0, ANSWER, "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


@linux
def test_the_index_lies_in_the_users_cache_folder_and_not_beside_the_data(korea: Korea, tmp_path: Path) -> None:
    home, data = tmp_path / "home", tmp_path / "data"
    home.mkdir()
    data.mkdir()
    (data / "a.toml").write_text(EVENT)
    for _ in range(2):
        assert korea("timeline", "-d", "a.toml", cwd=data, env={"KOREA_CACHE": "", "HOME": str(home)}).out == ANSWER
    assert [path.name for path in data.iterdir()] == ["a.toml"]
    assert sorted(path.suffix for path in (home / ".cache" / "korea").iterdir()) == [".catalogue", ".index"]


@pytest.mark.parametrize("folder", ["indexes", "./indexes", "file:x?mode=memory", "a b%20c#d", "\udcff\udcfe"])
def test_a_folder_may_have_any_name_and_be_relative(folder: str, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")
    monkeypatch.chdir(files.folder)
    monkeypatch.setenv("KOREA_CACHE", folder)
    assert files.read(path)
    assert not files.read(path)
    assert len(list((files.folder / folder).iterdir())) == 2


def test_a_working_directory_that_is_no_more_keeps_nobody_from_an_answer(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(EVENT)
    gone = f"mkdir {tmp_path}/gone && cd {tmp_path}/gone && rmdir {tmp_path}/gone"
    assert korea.shell(f"{gone} && korea timeline --count").code == 0
    assert korea.shell(f"{gone} && korea timeline -d {tmp_path}/a.toml").out == ANSWER
    run = korea.shell(f"{gone} && korea timeline -d a.toml")
    assert (run.code, run.err) == (3, "korea: a.toml: no such file\n")
    run = korea.shell(f"{gone} && korea timeline -d {tmp_path}/a.toml", env={"KOREA_CACHE": "relative"})
    assert (run.code, run.out) == (0, ANSWER)
