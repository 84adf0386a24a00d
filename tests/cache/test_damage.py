"""A damaged, foreign or hostile index is never answered from, and nobody is troubled with it."""

from __future__ import annotations

import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from korea_cli import DataError, Selection, open_chronology
from korea_cli.cache import build, index, inventory
from korea_cli.cache.catalog import Catalog, read_catalog, write_catalog
from korea_cli.cache.stamp import stamp_of
from korea_cli.store.database import connect

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from cache.conftest import Files

IDS = [f"e{number}" for number in range(40)]


@pytest.fixture
def data(files: Files) -> Path:
    """Return a file that is indexed."""
    path = files.write("a.toml", *IDS)
    assert files.ids(path) == IDS
    return path


def stem_of(files: Files) -> str:
    return str(files.kept().with_suffix(""))


def reseal(stem: str) -> None:
    """Write the present stamp of an index into its catalogue, so that the stamp does not show the change."""
    catalog, seal = read_catalog(stem), stamp_of(f"{stem}.index")
    assert catalog
    assert seal
    write_catalog(stem, catalog._replace(seal=seal))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every index be too large to be read through."""
    monkeypatch.setattr(index, "_SMALL", 0)


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("ending", ["index", "catalogue"])
@pytest.mark.parametrize("sealed", [True, False], ids=["its stamp kept", "its stamp changed"])
def test_damage_at_any_place_is_seen(
    ending: str, sealed: bool, files: Files, data: Path, dice: random.Random  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    if ending == "catalogue" and not sealed:
        pytest.skip("a catalogue has no stamp")
    stem, path = stem_of(files), files.kept(ending)
    for _ in range(120):
        whole = bytearray(path.read_bytes())
        place = dice.randrange(len(whole))
        whole[place] ^= dice.randrange(1, 256)
        path.write_bytes(whole)
        if ending == "index" and sealed:
            reseal(stem)
        assert files.read(data), f"byte {place}"
        assert files.ids(data) == IDS
        assert not files.read(data)


@pytest.mark.parametrize("ending", ["index", "catalogue"])
def test_an_end_that_is_missing_is_seen(ending: str, files: Files, data: Path) -> None:
    for share in (0, 0.01, 0.3, 0.5, 0.99):
        stem, path = stem_of(files), files.kept(ending)
        os.truncate(path, int(path.stat().st_size * share))
        if ending == "index":
            reseal(stem)
        assert files.read(data)
        assert files.ids(data) == IDS
        assert not files.read(data)


def pages(path: Path) -> Iterator[int]:
    """Return the offsets of the pages of a database that contain its tables, all but the first."""
    size = int.from_bytes(path.read_bytes()[16:18], "big")
    return iter(range(size, path.stat().st_size, size))


@pytest.mark.usefixtures("large")
def test_damage_that_only_an_answer_comes_upon_is_made_good_by_the_files(files: Files, data: Path) -> None:
    told = 0
    for place in pages(files.kept()):
        path, stem = files.kept(), stem_of(files)
        whole = bytearray(path.read_bytes())
        whole[place : place + 12] = b"\xff" * 12  # what sort of page it is, and what lies where on it
        path.write_bytes(whole)
        reseal(stem)
        before = files.readings
        with open_chronology(data) as chronology:
            assert files.readings == before  # nobody has noticed yet
            assert [event.id for event in chronology.events()] == IDS
            assert [event.id for event in chronology.search()] == IDS
            assert [event.id for event in chronology.events(Selection(terms=("e7",)))] == ["e7"]
            assert list(chronology.events().stored_json() or ()) == texts(data)
            assert [actor.id for actor in chronology.actors()] == []
        told += files.readings > before
        files.ids(data)
        for kept in files.cache.iterdir():
            kept.unlink()
        files.ids(data)
    assert told > 10


def texts(data: Path) -> list[str]:
    """Return the events as JSON from a valid index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOREA_CACHE", str(data.parent / "right"))
        with open_chronology(data) as chronology:
            return list(map(str, chronology.events().stored_json() or ()))


def break_table(files: Files, table: str) -> None:
    """Leave a table of an index without its last pages, and have that pass for right."""
    path, stem = files.kept(), stem_of(files)
    with sqlite3.connect(path) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    whole = bytearray(path.read_bytes())
    size = int.from_bytes(whole[16:18], "big")
    last = int.from_bytes(whole[(root - 1) * size + 8 : (root - 1) * size + 12], "big")  # an inner page ends so
    whole[(last - 1) * size : (last - 1) * size + 12] = b"\xff" * 12
    path.write_bytes(whole)
    reseal(stem)


@pytest.mark.usefixtures("large")
def test_an_answer_half_given_is_finished_from_the_files(files: Files, data: Path) -> None:
    break_table(files, "event")
    with open_chronology(data) as chronology:
        rows = chronology.store.rows("SELECT id FROM event ORDER BY seq")
        first = next(rows)
        assert files.readings == 1
        assert [first, *rows] == [(id_,) for id_ in IDS]
        assert files.readings == 2
        assert [event.id for event in chronology.events()] == IDS
    assert files.read(data)
    assert not files.read(data)


@pytest.mark.usefixtures("large")
def test_what_was_edited_since_does_not_finish_an_answer(files: Files, data: Path) -> None:
    break_table(files, "event")
    with open_chronology(data) as chronology:
        rows = chronology.store.rows("SELECT id FROM event ORDER BY seq")
        next(rows)
        files.write("a.toml", *IDS[::-1])
        with pytest.raises(sqlite3.DatabaseError, match="malformed"):
            list(rows)
    assert files.ids(data) == IDS[::-1]


@pytest.mark.usefixtures("large")
def test_files_that_are_broken_by_then_are_told(files: Files, data: Path) -> None:
    break_table(files, "event")
    with open_chronology(data) as chronology:
        data.write_text("x", "utf-8")
        with pytest.raises(DataError):
            list(chronology.store.rows("SELECT * FROM event"))


def test_a_question_that_is_wrong_itself_is_not_taken_for_damage(data: Path) -> None:
    with open_chronology(data) as chronology:
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError, match="no such column: nowhere"):
                chronology.store.value("SELECT nowhere FROM event")
        assert chronology.events().count == len(IDS)


# ---------------------------------------------------------------- what is not ours


@pytest.mark.parametrize("ending", ["index", "catalogue"])
@pytest.mark.parametrize(
    "content", [b"", b"korea 0.0.1/x/1 00000000\n[]", b"SQLite format 3\0", b"\0" * 5000, b"[[" * 9999]
)
def test_what_another_program_wrote_is_replaced(ending: str, content: bytes, files: Files, data: Path) -> None:
    files.kept(ending).write_bytes(content)
    assert files.read(data)
    assert not files.read(data)


@pytest.mark.parametrize("ending", ["index", "catalogue"])
def test_an_index_of_which_one_part_is_gone_is_made_anew(ending: str, files: Files, data: Path) -> None:
    files.kept(ending).unlink()
    assert files.read(data)
    assert not files.read(data)


@pytest.mark.parametrize("ending", ["index", "catalogue"])
def test_an_index_of_other_files_in_its_place_is_not_opened(ending: str, files: Files, data: Path) -> None:
    mine = files.kept(ending)
    before = mine.read_bytes()
    other = files.write("b.toml", *IDS[::-1])
    assert files.ids(other) == IDS[::-1]
    (theirs,) = (path for path in files.cache.glob(f"*.{ending}") if path != mine)
    theirs.write_bytes(before)
    assert files.ids(other) == IDS[::-1]
    assert files.ids(data) == IDS


@pytest.mark.parametrize("name", ["0.toml", "b.toml"])
@pytest.mark.usefixtures("data")
def test_both_parts_of_an_index_of_other_files_are_not_opened(name: str, files: Files) -> None:
    first = stem_of(files)
    other = files.write(name, *IDS[::-1])
    files.ids(other)
    (second,) = {str(path.with_suffix("")) for path in files.cache.iterdir()} - {first}
    for ending in (".index", ".catalogue"):
        os.replace(first + ending, second + ending)  # noqa: PTH105 - texts
    reseal(second)
    assert files.ids(other) == IDS[::-1]


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.usefixtures("large")
def test_an_index_that_bears_another_mark_is_not_opened(by: int, files: Files, data: Path) -> None:
    stem = stem_of(files)
    catalog = read_catalog(stem)
    assert catalog
    assert catalog.mark
    write_catalog(stem, catalog._replace(mark=catalog.mark + by))
    assert files.read(data)


@pytest.mark.parametrize("ending", ["index", "catalogue"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o666])
def test_what_others_may_read_write_or_run_is_not_opened(mode: int, ending: str, files: Files, data: Path) -> None:
    files.kept(ending).chmod(mode)
    if ending == "index":
        reseal(stem_of(files))
    assert files.read(data)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.cache.iterdir()} == {0o600}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("ending", ["index", "catalogue"])
def test_what_belongs_to_somebody_else_is_not_opened(ending: str, files: Files, data: Path) -> None:
    os.chown(files.kept(ending), 12345, -1)
    if ending == "index":
        reseal(stem_of(files))
    assert files.read(data)
    assert {path.stat().st_uid for path in files.cache.iterdir()} == {0}


@pytest.mark.parametrize("ending", ["index", "catalogue"])
@pytest.mark.parametrize("what", ["link", "pipe"])
def test_what_is_no_ordinary_file_is_not_opened_nor_waited_for(
    what: str, ending: str, files: Files, data: Path
) -> None:
    path = files.kept(ending)
    path.rename(files.folder / "moved")
    if what == "link":
        path.symlink_to(files.folder / "moved")
        if ending == "index":
            reseal(str(path.with_suffix("")))
    else:
        os.mkfifo(path, 0o600)
    assert files.read(data)
    assert files.kept(ending).is_file()
    assert not files.kept(ending).is_symlink()


def test_a_folder_in_its_place_is_told_and_lived_with(files: Files, data: Path) -> None:
    path = files.kept()
    path.unlink()
    path.mkdir()
    for _ in range(2):
        with open_chronology(data) as chronology:
            assert [note.split(":")[0] for note in chronology.notes] == [f"cannot write an index to {files.cache}"]
            assert chronology.events().count == len(IDS)


def hostile(path: Path) -> None:
    """Write a database whose tables are views that call what a schema must not, and whose triggers write."""
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE kept (seq, type, id)")
    connection.execute("CREATE VIEW entry AS SELECT seq, type, load_extension('/tmp/x.so') AS id FROM record_json")
    connection.execute("INSERT INTO kept VALUES (1, 'event', 'x')")
    connection.commit()
    connection.close()
    path.chmod(0o600)


@pytest.mark.usefixtures("large")
def test_a_hostile_database_in_its_place_is_not_opened(files: Files, data: Path) -> None:
    hostile(files.kept())
    assert files.read(data)
    stem = stem_of(files)
    hostile(files.kept())
    reseal(stem)  # it lacks the mark
    catalog = read_catalog(stem)
    assert catalog
    assert index.connect_index(stem, catalog) is None
    assert files.read(data)


@pytest.mark.usefixtures("large", "data")
def test_even_an_index_that_passes_for_right_runs_nothing_and_is_not_written_to(files: Files) -> None:
    stem, path = stem_of(files), files.kept()
    catalog = read_catalog(stem)
    assert catalog
    hostile(path)
    connection = connect(str(path))
    connection.execute(f"PRAGMA user_version = {catalog.mark}")
    connection.close()
    reseal(stem)
    before = path.read_bytes()
    opened = opened_at(stem)
    for refused in ("SELECT id FROM entry", "DELETE FROM record_json", "CREATE TABLE more (x)"):
        with pytest.raises(sqlite3.Error):
            opened.execute(refused).fetchall()
    assert opened.execute("PRAGMA trusted_schema").fetchone() == (0,)
    opened.close()
    assert path.read_bytes() == before


def opened_at(stem: str) -> sqlite3.Connection:
    catalog = read_catalog(stem)
    connection = index.connect_index(stem, catalog) if catalog else None
    assert connection
    return connection


@pytest.mark.usefixtures("data")
def test_an_index_lies_in_a_private_folder_in_private_files_and_bears_the_sign_of_this_program(files: Files) -> None:
    assert stat.S_IMODE(files.cache.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in files.cache.iterdir()] == [0o600] * 2
    assert files.kept().read_bytes()[68:72] == b"KREA"
    assert [each.current for each in inventory.list_indexes(str(files.cache))] == [True]


@pytest.mark.usefixtures("large")
def test_a_large_index_is_known_by_its_stamp_alone_and_is_on_the_disk_first(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    monkeypatch.setattr("korea_cli.base.atomic_io.flush_to_disk", flushed.append)
    path = files.write("a.toml", "one")
    files.ids(path)
    assert [name.endswith(".draft") for name in flushed] == [True]
    catalog: Catalog | None = read_catalog(stem_of(files))
    assert catalog
    assert catalog.check is None
    assert not files.read(path)
    written = files.kept().stat().st_mtime_ns
    for by in (10**9, -(10**9)):
        os.utime(files.kept(), ns=(written + by, written + by))
        assert files.read(path)
        assert not files.read(path)


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(("pages", "read_through"), [(100, True), (4096, True), (4097, False), (6000, False)])
def test_an_index_up_to_two_mebibytes_is_read_through_at_every_start_and_a_larger_one_is_on_the_disk_first(
    pages: int, read_through: bool, files: Files, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    flushed: list[str] = []
    monkeypatch.setattr("korea_cli.base.atomic_io.flush_to_disk", flushed.append)
    catalog, stem = read_catalog(stem_of(files)), str(files.cache / "padded")
    assert catalog
    page, padding = 512, (pages - 2) * 508  # two pages are SQLite's own, and of each further one four bytes
    written = index.write_index(
        stem, catalog, {},
        [f"PRAGMA page_size = {page}", "VACUUM", f"CREATE TABLE x AS SELECT zeroblob({padding})"],
    )  # fmt: skip
    assert os.path.getsize(f"{stem}.index") == pages * page  # noqa: PTH202 - a text
    assert (written.check is not None, len(flushed)) == (read_through, not read_through)


def test_an_index_has_what_makes_questions_quick(files: Files, data: Path) -> None:
    with open_chronology(data) as chronology:
        made = {sql for (sql,) in chronology.store.rows("SELECT sql FROM sqlite_master WHERE type = 'index'")}
        measured = list(chronology.store.rows("SELECT * FROM sqlite_stat1"))
    assert {each for each in build.STATEMENTS if "INDEX" in each} <= made
    assert measured
    assert files.readings == 1


@pytest.mark.parametrize("drawn", [2**32 - 1, 2**31, 2, 0])
def test_an_index_bears_any_mark_that_sqlite_has_room_for(
    drawn: int, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "urandom", lambda size: drawn.to_bytes(4, "big") if size == 4 else b"")
    path = files.write("a.toml", "one")
    files.ids(path)
    catalog = read_catalog(stem_of(files))
    assert catalog
    assert catalog.mark == drawn // 2
    assert not files.read(path)


def test_an_index_on_another_drive_is_named_as_sqlite_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sep", "\\")
    assert index.address("D:\\a b\\50%#?.index") == "file:///D:/a b/50%25%23%3f.index?mode=ro&immutable=1"
    assert index.address("/x/a.index") == "file:///x/a.index?mode=ro&immutable=1"


def test_flushing_waits_for_a_file_that_is_there(tmp_path: Path) -> None:
    from korea_cli.base.atomic_io import flush_to_disk

    (tmp_path / "x").write_text("x")
    flush_to_disk(str(tmp_path / "x"))
    with pytest.raises(FileNotFoundError):
        flush_to_disk(str(tmp_path / "y"))
