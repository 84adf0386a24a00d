"""An index is built whole or not at all, from what was read, whoever else is at it and however it ends."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.base.errors import DataError
from korea_cli.cache import build, index
from korea_cli.cache.catalog import write_catalog
from korea_cli.cache.stamp import stamp_of
from korea_cli.checks import load
from korea_cli.store.database import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from cache.conftest import Files

MANY = [f"e{number}" for number in range(1500)]


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
        "before it is stamped": (build, "stamp_of"),
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


def test_stopped_by_the_user_nothing_is_left(files: Files, stop: Callable[[Callable[[], object]], None]) -> None:
    path = files.write("a.toml", "one")
    stop(lambda: open_chronology(path))
    assert list(files.cache.iterdir()) == []
    assert files.ids(path) == ["one"]
