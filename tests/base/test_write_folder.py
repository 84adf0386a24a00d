"""A folder is written whole or not at all: whatever happens, what was there is there, and nothing else is left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.atomic_io import write_folder
from korea_cli.base.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = [("a/1", b"one "), ("a/1", b"file"), ("manifest", b"new")]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manifest").write_bytes(b"old")
    return tmp_path / "target"


def test_pieces_of_a_file_are_joined_and_the_old_folder_is_replaced(target: Path) -> None:
    target.chmod(0o750)
    write_folder(iter(NEW), str(target), lambda _: True)
    assert contents(target.parent) == {"target/a/1": b"one file", "target/manifest": b"new"}
    assert target.stat().st_mode & 0o777 == 0o750


def test_a_new_folder_can_be_read_as_any_other(tmp_path: Path) -> None:
    write_folder(iter(NEW), str(tmp_path / "new"), lambda _: False)
    (tmp_path / "other").mkdir()
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_to_a_folder_stays_a_link(target: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(target)
    write_folder(iter(NEW), str(tmp_path / "link"), lambda _: True)
    assert (tmp_path / "link").is_symlink()
    assert contents(target)["manifest"] == b"new"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("a fault")])
def test_nothing_is_left_of_what_cannot_be_completed(error: BaseException, target: Path) -> None:
    def failing() -> Iterator[tuple[str, bytes]]:
        yield from NEW[:1]
        raise error

    for path in (target, target.parent / "new"):
        with pytest.raises(OutputError if isinstance(error, OSError) else type(error)):
            write_folder(failing(), str(path), lambda _: True)
    assert contents(target.parent) == {"target/manifest": b"old"}


def test_the_old_folder_is_back_if_the_new_one_cannot_take_its_place(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(old: str, new: str, really: object = os.rename) -> None:
        if new == str(target) and not old.endswith(".old"):
            raise PermissionError(13, "Permission denied")
        assert callable(really)
        really(old, new)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(OutputError, match="no permission to write it"):
        write_folder(iter(NEW), str(target), lambda _: True)
    assert contents(target.parent) == {"target/manifest": b"old"}


@pytest.mark.parametrize("name", ["", "no/such/folder", "a\0b"])
def test_a_name_that_cannot_be_written_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError):
        write_folder(iter(NEW), name, lambda _: True)
    assert list(tmp_path.iterdir()) == []
