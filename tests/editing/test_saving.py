"""A file is the old one or the new one, whatever happens on the way, and nothing that somebody else wrote is lost."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
import tomli

from korea_cli.base.errors import CANNOT_WRITE, DataError, OutputError
from korea_cli.editing.edits import Edit, insert_blocks
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.files import Editable
from korea_cli.editing.saving import lock_files
from korea_cli.editing.toml import toml_record
from korea_cli.model.records import Event
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.editing.saving import FileChange

NOBODY = 65534
SMALL = """\
# my record

[[events]]
id = "launch"   # the first
title = 'A launch'
date = 2017-07-04
actors = [
  "kim",  # who else
]

# about the talks
[[events]]
id = "talks"
title = "Talks"
date = "2018"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a small file."""
    path = tmp_path / "mine.toml"
    path.write_text(SMALL)
    return path


def event(id_: str) -> Edit:
    """Give the change that adds an event."""
    values = {"id": id_, "title": id_, "date": "2019"}
    return Edit(
        lambda text: insert_blocks(text, len(text), [toml_record(Event, values)]),
        lambda tables: tables["events"].append(values),
    )


def left_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def make(change: Edit, path: Path, *, dry: bool = False) -> tuple[FileChange, ...]:
    return Editable((str(path),), MAX_SIZE, dry).write(lambda loaded: [(loaded.documents[0], change)]).files


def put(path: Path, id_: str = "new") -> None:
    make(event(id_), path)


def test_the_new_text_replaces_the_old_and_nothing_else_is_left(file: Path) -> None:
    put(file)
    assert file.read_text() == f'{SMALL}\n[[events]]\nid = "new"\ntitle = "new"\ndate = "2019"\n'
    assert left_in(file.parent) == ["mine.toml"]


def test_what_was_done_is_given_and_with_dry_nothing_is_done(file: Path) -> None:
    (done,) = make(event("new"), file, dry=True)
    assert (done.path, done.before.text) == (file, SMALL)
    assert 'id = "new"' in done.after.text
    assert file.read_text() == SMALL


def test_a_byte_order_mark_and_line_ends_are_kept(file: Path) -> None:
    raw = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    file.write_bytes(raw)
    put(file)
    assert file.read_bytes() == raw + b'\r\n[[events]]\r\nid = "new"\r\ntitle = "new"\r\ndate = "2019"\r\n'


def test_the_mode_is_kept(file: Path) -> None:
    file.chmod(0o640)
    put(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(file: Path) -> None:
    os.chown(file, NOBODY, NOBODY)
    put(file)
    assert (file.stat().st_uid, file.stat().st_gid) == (NOBODY, NOBODY)


def test_a_link_stays_a_link_and_the_lock_is_beside_what_it_leads_to(file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "link.toml"
    link.symlink_to(file)
    put(link)
    assert link.is_symlink()
    assert "new" in file.read_text()
    with lock_files([link]):
        assert left_in(tmp_path / "folder") == ["link.toml"]
        assert left_in(tmp_path) == [".mine.toml.lock", "folder", "mine.toml"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (SMALL, "launch"),  # used already
        (SMALL, "No Slug"),
    ],
)
def test_what_would_not_be_read_without_a_problem_is_not_written(text: str, id_: str, file: Path) -> None:
    file.write_text(text)
    with pytest.raises(DataError):
        put(file, id_)
    assert file.read_text() == text
    assert left_in(file.parent) == ["mine.toml"]


@pytest.mark.parametrize("text", ["events = []\n", 'events = [ { id = "x", title = "x", date = "2018" } ]\n'])
def test_records_written_inline_are_left_to_the_editor(text: str, file: Path) -> None:
    file.write_text(text)
    with pytest.raises(UnsafeChangeError, match="edit the file by hand"):
        put(file)
    assert file.read_text() == text


def test_a_change_of_the_text_that_says_something_else_is_not_made(file: Path) -> None:
    sly = Edit(lambda text: text.replace("Talks", "Walks"), lambda tables: tables["events"].pop())
    with pytest.raises(UnsafeChangeError, match="edit the file by hand"):
        make(sly, file)
    broken = Edit(lambda text: f"{text}[[", lambda _: None)
    with pytest.raises(UnsafeChangeError):
        make(broken, file)
    assert file.read_text() == SMALL


def meddling(file: Path, text: str) -> Edit:
    """Give a change during whose making somebody else writes to the file."""

    def meddle(read: str) -> str:
        file.write_text(text)
        return event("new").text(read)

    return Edit(meddle, event("new").tables)


def test_what_another_program_wrote_meanwhile_is_noticed_and_kept(file: Path) -> None:
    with pytest.raises(OutputError, match="another program has changed it since it was read; try again"):
        make(meddling(file, f"{SMALL}# mine\n"), file)
    assert file.read_text() == f"{SMALL}# mine\n"
    assert left_in(file.parent) == ["mine.toml"]


def test_an_editor_that_writes_by_rename_meanwhile_is_noticed(file: Path) -> None:
    def renamed(read: str) -> str:
        draft = file.with_name("draft")
        draft.write_text(f"{SMALL}# by rename\n")
        draft.replace(file)
        return event("new").text(read)

    with pytest.raises(OutputError, match="another program has changed it"):
        make(Edit(renamed, event("new").tables), file)
    assert file.read_text() == f"{SMALL}# by rename\n"


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EIO, errno.ESTALE, errno.ENOSPC])
@pytest.mark.parametrize("step", ["rename", "sync", "mode"])
def test_a_step_that_fails_as_on_a_network_drive_leaves_the_old_file(
    step: str, number: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = {"rename": "replace", "sync": "fsync", "mode": "chmod"}[step]
    monkeypatch.setattr(os, name, failing(number))
    with pytest.raises(OutputError) as raised:
        put(file)
    assert raised.value.status == CANNOT_WRITE
    assert str(raised.value) == f"cannot write {file}: {os.strerror(number).lower()}"
    assert file.read_text() == SMALL
    assert left_in(file.parent) == ["mine.toml"]


def test_an_interrupt_on_the_way_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        put(file)
    assert file.read_text() == SMALL
    assert left_in(file.parent) == ["mine.toml"]


def test_somebody_who_does_not_let_go_is_waited_for_and_then_told_of(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("korea_cli.editing.saving._TIMEOUT", 0.05)
    with lock_files([file]), pytest.raises(OutputError, match="another korea process is writing to it; try again"):
        put(file)
    put(file)
    assert [each["id"] for each in tomli.loads(file.read_text())["events"]] == ["launch", "talks", "new"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such folder"), lock_files([tmp_path / "nowhere" / "mine.toml"]):
        pass
    assert left_in(tmp_path) == []


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up for a while what root may do, which is everything."""
    if os.geteuid():
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.parametrize(("mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_a_file_or_folder_that_is_read_only_is_left(mode: int, folder_mode: int, file: Path) -> None:
    put(file)  # what that imports may lie where nobody can read it
    import_module("filelock")  # which only a lock that cannot be had at once needs
    with TemporaryDirectory() as name:
        folder, mine = Path(name), Path(name) / "mine.toml"
        mine.write_text(SMALL)
        mine.chmod(mode)
        folder.chmod(folder_mode)
        with as_nobody(), pytest.raises(OutputError, match=f"^cannot write {mine}: .*permission") as raised:
            put(mine)
        folder.chmod(0o700)
        assert raised.value.status == CANNOT_WRITE
        assert mine.read_text() == SMALL
        assert left_in(folder) == ["mine.toml"]


@pytest.mark.parametrize("what", ["a folder", "a link to a file", "a link to nothing"])
def test_a_lock_that_is_no_file_is_left_alone_and_named(what: str, file: Path) -> None:
    lock, other = file.with_name(".mine.toml.lock"), file.with_name("precious")
    if what == "a folder":
        lock.mkdir()
    else:
        lock.symlink_to(other)
    if what == "a link to a file":
        other.write_text("precious")
    with pytest.raises(OutputError, match=r"its lock .*\.mine\.toml\.lock is not a regular file; remove it"):
        put(file)
    assert file.read_text() == SMALL
    assert not other.exists() or other.read_text() == "precious"
