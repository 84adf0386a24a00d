"""A large index has its words and its JSON in files of their own, made when they are first needed, and never wrong."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from korea_cli import Selection, open_chronology
from korea_cli.cache import build, index, inventory
from korea_cli.cache.catalog import read_sealed, write_sealed
from korea_cli.cache.parts import SEAL
from korea_cli.cache.stamp import stamp_of
from korea_cli.store.database import write_table

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from cache.conftest import Files

IDS = [f"e{number}" for number in range(40)]
PARTS = ("words", "names", "json")


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every index be as large as one whose parts are in other files."""
    monkeypatch.setattr(build, "_WHOLE", 0)


@pytest.fixture
def data(files: Files) -> Path:
    """Return a file that is indexed; nothing has needed a part yet."""
    path = files.write("a.toml", *IDS)
    assert files.ids(path) == IDS
    return path


def endings(files: Files) -> set[str]:
    return {path.name.partition(".")[2] for path in files.cache.iterdir()}


def found(data: Path) -> tuple[list[str], list[str]]:
    """Return what a word finds, and all events as JSON: with a name that is looked up, this needs every part."""
    with open_chronology(data) as chronology:
        assert chronology.notes == ()
        if chronology.events().count >= len(IDS):
            assert [each.id for each in chronology.records(["title of e8", "e7"])] == ["e8", "e7"]
        return [each.id for each in chronology.search(Selection(terms=("title",)))], list(
            map(str, chronology.events().stored_json() or ())
        )


def part(files: Files, ending: str) -> Path:
    (path,) = files.cache.glob(f"*.{ending}")
    return path


def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of the tables that are made from now on."""
    tables: list[str] = []

    def write(connection: sqlite3.Connection, name: str, *others: object) -> None:
        tables.append(name)
        write_table(connection, name, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "write_table", write)
    return tables


def test_a_part_is_made_when_it_is_first_needed_and_used_from_then_on(
    files: Files, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = made(monkeypatch)
    assert endings(files) == {"index", "catalogue"}
    with open_chronology(data) as chronology:
        assert [each.id for each in chronology.search(Selection(terms=("e7",)))] == ["e7"]
    assert endings(files) == {"index", "catalogue", "words", "words.seal"}
    with open_chronology(data) as chronology:
        assert len(list(chronology.events().stored_json() or ())) == len(IDS)
    assert tables == ["words", "record_json"]
    for _ in range(2):
        assert found(data)[0] == IDS
        assert tables == ["words", "record_json", "title_name"]
    assert files.readings == 1


def test_few_records_are_not_worth_writing_all_as_json(files: Files, data: Path) -> None:
    with open_chronology(data) as chronology:
        assert chronology.events(Selection(limit=4)).stored_json() is None
        assert chronology.events(Selection(terms=("id:=e7",))).stored_json() is None
        assert endings(files) == {"index", "catalogue"}
        assert len(list(chronology.events(Selection(limit=5)).stored_json() or ())) == 5
        assert len(list(chronology.events(Selection(limit=1)).stored_json() or ())) == 1


def test_parts_say_the_same_as_an_index_that_has_all_its_tables(
    files: Files, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = found(data)
    for path in files.cache.iterdir():
        path.unlink()
    monkeypatch.setattr(build, "_WHOLE", 1000)
    assert found(data) == apart
    assert endings(files) == {"index", "catalogue"}


@pytest.mark.parametrize("ending", PARTS)
def test_damage_at_any_place_of_a_part_is_seen(ending: str, files: Files, data: Path, dice: random.Random) -> None:
    right = found(data)
    for name in (ending, ending + SEAL):
        for _ in range(40):
            path = part(files, name)
            whole = bytearray(path.read_bytes())
            whole[dice.randrange(len(whole))] ^= dice.randrange(1, 256)
            path.write_bytes(whole)
            assert found(data) == right
            assert part(files, ending).read_bytes()[68:72] == b"KREA"
    assert files.readings == 1


@pytest.mark.parametrize("ending", PARTS)
@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_a_part_without_its_end_is_made_anew(ending: str, share: float, files: Files, data: Path) -> None:
    right = found(data)
    os.truncate(part(files, ending), int(part(files, ending).stat().st_size * share))
    assert found(data) == right
    part(files, ending + SEAL).unlink()
    assert found(data) == right


def test_damage_that_no_stamp_shows_is_made_good_by_the_files(
    files: Files, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_SMALL", 0)
    files.write("a.toml", *IDS, "six")
    right = found(data)
    for ending in PARTS:
        path = part(files, ending)
        mark, *sealed = read_sealed(f"{path}{SEAL}")
        size = int.from_bytes(path.read_bytes()[16:18], "big")
        for place in range(size, path.stat().st_size, size):
            whole = bytearray(path.read_bytes())
            whole[place : place + 12] = b"\xff" * 12
            path.write_bytes(whole)
            write_sealed(f"{path}{SEAL}", (mark, sealed[0], stamp_of(str(path)), sealed[2]))
            assert found(data) == right
            assert found(data) == right
            if not path.exists() or read_sealed(f"{path}{SEAL}")[0] != mark:
                break  # the index was rebuilt, and its parts with it


def test_a_part_of_another_index_is_not_used(files: Files, data: Path) -> None:
    older = found(data)
    left = {path: path.read_bytes() for ending in PARTS for path in (part(files, ending), part(files, ending + SEAL))}
    files.write("a.toml", *IDS[::-1])
    files.ids(data)
    assert endings(files) == {"index", "catalogue"}  # parts of what was replaced are removed
    for path, content in left.items():
        path.write_bytes(content)
        path.chmod(0o600)
    for ending in PARTS:
        mark, own, _, check = read_sealed(f"{part(files, ending)}{SEAL}")
        write_sealed(f"{part(files, ending)}{SEAL}", (mark, own, stamp_of(str(part(files, ending))), check))
    newer = found(data)
    assert sorted(newer[0]) == sorted(older[0])
    assert newer[0] != older[0]
    assert newer[1] != older[1]


def test_a_part_of_the_mark_of_another_file_is_not_used(files: Files, data: Path) -> None:
    right = found(data)
    words, text = part(files, "words"), part(files, "json")
    words.write_bytes(text.read_bytes())
    mark, own, _, check = read_sealed(f"{text}{SEAL}")
    write_sealed(f"{words}{SEAL}", (mark, own + 1, stamp_of(str(words)), check))
    assert found(data) == right


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="a folder cannot be closed so")
def test_a_part_that_cannot_be_written_is_made_in_memory(
    files: Files, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = found(data)
    for ending in PARTS:
        part(files, ending).unlink()
    before = endings(files)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("korea_cli.cache.parts.write_database", full)
    assert found(data) == right
    assert endings(files) == before


def test_an_error_of_sqlite_leaves_no_draft(files: Files, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = found(data)
    for ending in PARTS:
        part(files, ending).unlink()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(index, "write_table", full)
        assert found(data) == right
    assert not any("draft" in ending for ending in endings(files))
    assert found(data) == right
    assert set(PARTS) <= endings(files)


def test_a_part_that_others_may_read_is_not_trusted(files: Files, data: Path) -> None:
    right = found(data)
    for ending in PARTS:
        path = part(files, ending)
        path.chmod(0o644)
        assert found(data) == right
        assert stat.S_IMODE(part(files, ending).stat().st_mode) == 0o600


def test_stopped_by_the_user_no_part_is_left(
    files: Files, data: Path, stop: Callable[[Callable[[], object]], None]
) -> None:
    stop(lambda: found(data))
    assert endings(files) == {"index", "catalogue"}


def test_parts_are_listed_with_their_index_and_removed_with_it(files: Files, data: Path) -> None:
    found(data)
    (kept,) = inventory.list_indexes(str(files.cache))
    assert sorted(Path(path).name.partition(".")[2] for path in kept.parts) == sorted(endings(files))
    assert kept.size == sum(path.stat().st_size for path in files.cache.iterdir())
    inventory.remove_indexes([kept])
    assert list(files.cache.iterdir()) == []


def test_an_index_that_is_open_while_another_replaces_it_makes_its_own_parts(files: Files, data: Path) -> None:
    with open_chronology(data) as older:
        files.write("a.toml", "six")
        assert found(data)[0] == ["six"]
        assert [each.id for each in older.search(Selection(terms=("title",)))] == IDS
        assert len(list(older.events().stored_json() or ())) == len(IDS)
    assert found(data)[0] == ["six"]
    assert len(found(data)[1]) == 1


def test_others_find_nothing_private_in_a_part(files: Files, data: Path) -> None:
    text = data.read_text("utf-8")
    data.write_text(text.replace('id = "e7"\n', 'id = "e7"\nnote = "SECRET"\nprivate = true\n'), "utf-8")
    with open_chronology(data, public=True) as chronology:
        assert chronology.find("e8").id == "e8"
        others = [each.id for each in chronology.search(Selection(terms=("title",)))]
        assert others == [id_ for id_ in IDS if id_ != "e7"]
        assert len(list(chronology.events().stored_json() or ())) == len(IDS) - 1
    assert set(PARTS) <= endings(files)
    assert not any(b"SECRET" in path.read_bytes() or b"secret" in path.read_bytes() for path in files.cache.iterdir())
