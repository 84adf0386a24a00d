"""What this program keeps: whose each file is, whether it would be opened now, and what nobody will open any more."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.cache import inventory

if TYPE_CHECKING:
    from pathlib import Path

    from cache.conftest import Files

HOUR = 3600 * 10**9
DRAFT = f"{'0' * 16}.index.abcd1234.draft"


def age(path: Path) -> None:
    """Let a file have been written two hours ago."""
    then = path.stat().st_mtime_ns - 2 * HOUR
    os.utime(path, ns=(then, then))


def kept_of(files: Files) -> inventory.CachedIndex:
    """Return the one thing that is kept."""
    (kept,) = inventory.list_indexes(str(files.cache))
    return kept


# ---------------------------------------------------------------- what there is


def test_an_index_is_listed_with_what_it_is_of_and_how_large_it_is(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    parts = tuple(map(str, (files.kept("catalogue"), files.kept())))
    kept, size = kept_of(files), sum(map(os.path.getsize, parts))
    assert (kept.type, kept.place) == ("index", files.kept().stem)
    assert [(file.name, file.path) for file in kept.files] == [(str(path), str(path))]
    assert (kept.size, kept.current, kept.parts) == (size, True, parts)
    assert kept.read
    assert abs(kept.read - path.stat().st_mtime_ns) < HOUR


@pytest.mark.parametrize("what", ["the file is edited", "the index is damaged", "the index is gone"])
def test_an_index_that_would_not_be_opened_is_not_called_current(what: str, files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    match what:
        case "the file is edited":
            files.write("a.toml", "six")
        case "the index is damaged":
            files.kept().write_bytes(b"x" * 500)
        case _:
            files.kept().unlink()
    kept = kept_of(files)
    assert ([file.path for file in kept.files], kept.current) == ([str(path)], False)


@pytest.mark.parametrize("ending", ["index", "catalogue"])
def test_an_index_without_its_catalogue_and_a_catalogue_without_its_index_are_this_programs(
    ending: str, files: Files
) -> None:
    files.ids(files.write("a.toml", "one"))
    files.kept(ending).unlink()
    assert len(kept_of(files).parts) == 1
    inventory.remove_indexes([kept_of(files)])
    assert list(files.cache.iterdir()) == []


def test_an_index_that_another_version_left_without_its_catalogue_is_known_by_its_sign(files: Files) -> None:
    files.cache.mkdir(mode=0o700)
    left = files.cache / f"{'8' * 16}.index"
    left.write_bytes(b"SQLite format 3\0" + b"\0" * 52 + b"KREA" + b"\0" * 28)
    kept = kept_of(files)
    assert (kept.files, kept.read, kept.current, kept.parts) == ((), None, False, (str(left),))


def test_an_index_whose_beginning_is_damaged_is_known_by_its_catalogue(files: Files) -> None:
    files.ids(files.write("a.toml", "one"))
    files.kept().write_bytes(b"")
    assert len(kept_of(files).parts) == 2


def test_a_draft_that_nobody_has_begun_to_fill_is_this_programs_and_one_with_other_content_is_not(files: Files) -> None:
    files.cache.mkdir(mode=0o700)
    draft = files.cache / DRAFT
    draft.touch()
    assert kept_of(files).parts == (str(draft),)
    draft.write_bytes(b"precious")
    assert inventory.list_indexes(str(files.cache)) == ()
    (files.cache / f"{'0' * 16}.catalogue").write_bytes(b"korea 0.0.1/old 00000000\n")
    assert str(draft) not in kept_of(files).parts


def test_files_that_others_put_there_are_neither_listed_nor_removed(files: Files) -> None:
    files.cache.mkdir(mode=0o700)
    others = files.strangers()
    files.ids(files.write("a.toml", "one"))
    inventory.remove_indexes([kept_of(files)])
    assert sorted(files.cache.iterdir()) == others


def test_what_vanishes_while_the_folder_is_looked_through_keeps_nobody_from_the_rest(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    names = [*os.listdir(files.cache), f"{'9' * 16}.index"]  # noqa: PTH208 - what is to be given instead
    monkeypatch.setattr("os.listdir", lambda _: names)
    assert [file.path for file in kept_of(files).files] == [str(path)]


def test_a_folder_that_is_not_there_holds_nothing(files: Files) -> None:
    assert inventory.list_indexes(str(files.cache)) == ()


def test_what_somebody_else_removes_meanwhile_does_not_matter(files: Files) -> None:
    files.ids(files.write("a.toml", "one"))
    kept = inventory.list_indexes(str(files.cache))
    files.kept().unlink()
    inventory.remove_indexes(kept)
    assert list(files.cache.iterdir()) == []


# ---------------------------------------------------------------- tidying


def test_making_an_index_removes_what_nobody_will_open_any_more(files: Files) -> None:
    files.cache.mkdir(mode=0o700)
    others = files.strangers()
    gone, kept = files.write("gone.toml", "one"), files.write("a.toml", "one")
    files.ids(gone)
    files.ids(kept)
    gone.unlink()
    (files.cache / f"{'0' * 16}.index.abcd1234.draft").touch()
    (files.cache / f"{'a' * 16}.catalogue").write_bytes(b"korea 0.0.1/old/1 00000000\n")
    for path in files.cache.iterdir():
        if path.is_file() and not path.is_symlink():
            age(path)
    files.ids(files.write("new.toml", "one"))
    left = {file.path for each in inventory.list_indexes(str(files.cache)) for file in each.files}
    assert left == {str(kept), str(files.folder / "new.toml")}
    assert set(others) <= set(files.cache.iterdir())


@pytest.mark.parametrize("ending", ["index", "json"])
def test_a_draft_beside_an_index_in_use_is_removed_alone(ending: str, files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    used = set(files.cache.iterdir())
    old, new = (files.cache / f"{files.kept().stem}.{ending}.{name}.draft" for name in ("abcd1234", "efgh5678"))
    for draft in (old, new):
        draft.write_bytes(files.kept().read_bytes())  # as a program that was killed leaves it
    age(old)
    files.ids(files.write("b.toml", "one"))
    assert not old.exists()
    assert {*used, new} <= set(files.cache.iterdir())


def test_what_was_written_within_the_hour_is_left_to_who_writes_it(files: Files) -> None:
    files.ids(files.write("a.toml", "one"))
    draft = files.cache / f"{'0' * 16}.index.abcd1234.draft"
    draft.touch()
    files.kept("catalogue").unlink()
    before = set(files.cache.iterdir())
    files.ids(files.write("b.toml", "one"))
    assert before <= set(files.cache.iterdir())


def test_a_draft_from_the_future_is_left(files: Files) -> None:
    files.cache.mkdir(mode=0o700)
    draft = files.cache / f"{'0' * 16}.index.abcd1234.draft"
    draft.touch()
    os.utime(draft, ns=(draft.stat().st_mtime_ns + 10 * HOUR,) * 2)
    files.ids(files.write("a.toml", "one"))
    assert draft.exists()


def test_a_folder_that_cannot_be_tidied_does_not_matter(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise PermissionError

    monkeypatch.setattr("os.listdir", refuse)
    with open_chronology(files.write("a.toml", "one")) as chronology:
        assert chronology.notes == ()
        assert chronology.store.has_json


@pytest.mark.parametrize(("seconds", "left"), [(0, True), (3600, True), (3601, False), (10**6, False)])
def test_what_nobody_finished_within_the_hour_is_removed(
    seconds: int, left: bool, files: Files, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    now = 1_500_000_000
    files.cache.mkdir(mode=0o700)
    draft = files.cache / DRAFT
    draft.touch()
    os.utime(draft, (now - seconds, now - seconds))
    monkeypatch.setattr(inventory, "time", lambda: float(now))
    inventory.remove_stale(str(files.cache))
    assert draft.exists() is left


def test_an_index_of_which_one_file_was_written_within_the_hour_is_left(files: Files) -> None:
    gone = files.write("a.toml", "one")
    files.ids(gone)
    gone.unlink()
    age(files.kept())
    inventory.remove_stale(str(files.cache))
    assert len(kept_of(files).parts) == 2
    age(files.kept("catalogue"))
    inventory.remove_stale(str(files.cache))
    assert list(files.cache.iterdir()) == []


def test_an_index_of_which_one_of_two_data_files_is_gone_is_removed(files: Files) -> None:
    one, two = files.write("a.toml", "one"), files.write("b.toml", "two")
    files.ids(one, two)
    for path in files.cache.iterdir():
        age(path)
    inventory.remove_stale(str(files.cache))
    assert len(kept_of(files).parts) == 2
    two.unlink()
    inventory.remove_stale(str(files.cache))
    assert list(files.cache.iterdir()) == []
