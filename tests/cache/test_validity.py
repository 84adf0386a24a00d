"""An index is opened while its files are as they were, and never else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from korea_cli import ClosedError, DataError, KoreaError, __version__, open_chronology
from korea_cli.cache import catalog, index, stamp
from korea_cli.cache.stamp import IndexedFile, Stamp

if TYPE_CHECKING:
    from cache.conftest import Files

TIME = 1_500_000_000 * 10**9


# ---------------------------------------------------------------- the file is as it was


def test_the_first_question_reads_the_file_and_later_ones_open_the_index(files: Files) -> None:
    path = files.write("a.toml", "one", "two")
    assert files.read(path)
    assert not files.read(path)
    assert files.ids(path) == ["one", "two"]


@pytest.mark.usefixtures("later")
def test_a_file_left_alone_is_not_even_opened(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")
    assert files.read(path)
    monkeypatch.setattr(index, "same_content", lambda _: pytest.fail("its content was looked at"))
    monkeypatch.setattr(index, "write_catalog", lambda *_: pytest.fail("its catalogue was written again"))
    assert not files.read(path)


@pytest.mark.parametrize("edit", ["longer", "shorter", "as long"])
def test_an_edit_is_seen(edit: str, files: Files) -> None:
    path = files.write("a.toml", "one", "two")
    files.ids(path)
    new = {"longer": ["one", "two", "three"], "shorter": ["one"], "as long": ["one", "six"]}[edit]
    files.write("a.toml", *new)
    assert files.ids(path) == new
    assert not files.read(path)


@pytest.mark.usefixtures("later")
def test_an_edit_that_keeps_size_and_modification_time_is_seen(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    before = path.stat()
    files.write("a.toml", "six")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert files.ids(path) == ["six"]


def coarse(seconds: int) -> object:
    """Return a function that reads stamps as on a file system whose clock ticks once in so many seconds."""
    really = os.stat

    def stamp_of(path: str) -> Stamp | None:
        try:
            said = really(path)
        except OSError:
            return None
        tick = seconds * 10**9
        times = said.st_mtime_ns // tick * tick, said.st_ctime_ns // tick * tick
        return Stamp(said.st_size, *times, said.st_ino, said.st_dev)

    return stamp_of


def test_an_edit_of_the_same_size_within_one_tick_of_a_coarse_clock_is_seen(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("index", "build", "stamp"):
        monkeypatch.setattr(f"korea_cli.cache.{module}.stamp_of", coarse(2))
    path = files.write("a.toml", "one")
    for id_ in ("six", "ten", "two", "one"):
        files.ids(path)
        files.write("a.toml", id_)
        assert files.ids(path) == [id_]
        assert files.ids(path) == [id_]


@pytest.mark.parametrize("by", [1, 60, 10**6])
def test_a_clock_that_goes_backwards_hides_no_edit(by: int, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    for module in ("korea_cli.chronology.opening", "korea_cli.cache.index"):
        monkeypatch.setattr(f"{module}.time_ns", lambda: path.stat().st_ctime_ns - by * 10**9)
    for id_ in ("six", "ten"):
        files.write("a.toml", id_)
        os.utime(path, ns=(TIME, TIME))
        assert files.ids(path) == [id_]
        assert not files.read(path)


@pytest.mark.usefixtures("later")
def test_a_file_from_the_future_is_looked_into_each_time(files: Files) -> None:
    path = files.write("a.toml", "one")
    ahead = path.stat().st_mtime_ns + 10**15
    for id_ in ("one", "six", "ten"):
        files.write("a.toml", id_)
        os.utime(path, ns=(ahead, ahead))
        assert files.ids(path) == [id_]
        assert not files.read(path)


# ---------------------------------------------------------------- the stamp changed and the content did not


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("change", ["touched", "written again", "replaced", "made executable"])
def test_a_new_stamp_of_the_same_content_is_noted(change: str, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    before = stamp.stamp_of(str(path))
    match change:
        case "touched":
            os.utime(path, ns=(TIME, TIME))
        case "written again":
            path.write_bytes(path.read_bytes())
        case "replaced":
            shutil.copy(path, path.with_name("copy"))
            path.with_name("copy").replace(path)
        case _:
            path.chmod(0o700)
    assert stamp.stamp_of(str(path)) != before
    assert not files.read(path)
    monkeypatch.setattr(index, "same_content", lambda _: pytest.fail("the stamp was not noted"))
    assert not files.read(path)


def test_once_its_content_was_looked_into_later_a_file_is_not_opened_again(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    now = path.stat().st_mtime_ns
    for module in ("korea_cli.chronology.opening", "korea_cli.cache.index"):
        monkeypatch.setattr(f"{module}.time_ns", lambda: now)
    files.ids(path)  # within the tick in which it was written: its stamp cannot be trusted yet
    now += 10 * 10**9
    looked: list[str] = []
    really = stamp.same_content

    def look(kept: IndexedFile) -> bool:
        looked.append(kept.path)
        return really(kept)

    monkeypatch.setattr(index, "same_content", look)
    for _ in range(3):
        assert files.ids(path) == ["one"]
    assert looked == [str(path)]


@pytest.mark.parametrize("by", [60, -60])
def test_a_new_stamp_is_noted_though_the_clock_was_set(by: int, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")
    now = path.stat().st_ctime_ns + 1000 * 10**9
    for module in ("korea_cli.chronology.opening", "korea_cli.cache.index"):
        monkeypatch.setattr(f"{module}.time_ns", lambda: now)
    files.ids(path)
    os.utime(path, ns=(TIME, TIME))
    now += by * 10**9
    assert not files.read(path)
    monkeypatch.setattr(index, "same_content", lambda _: pytest.fail("the stamp was not noted"))
    assert not files.read(path)


def test_where_the_new_stamp_cannot_be_noted_the_index_is_true_all_the_same(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    os.utime(path, ns=(TIME, TIME))

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index, "write_catalog", refuse)
    assert not files.read(path)


def test_a_file_that_vanishes_while_it_is_looked_into_is_not_forgotten(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = files.write("a.toml", "one"), files.write("b.toml", "two")
    files.ids(first, second)
    stamps = iter([None, stamp.stamp_of(str(second))])
    with monkeypatch.context() as patch:  # it is there when first looked at, then not, then again
        patch.setattr(index, "stamp_of", lambda path: next(stamps) if path.endswith("toml") else stamp.stamp_of(path))
        assert files.ids(first, second) == ["one", "two"]
    files.write("a.toml", "six")
    assert files.ids(first, second) == ["six", "two"]


# ---------------------------------------------------------------- links and names


@pytest.mark.usefixtures("later")
def test_a_link_that_is_set_to_another_file_is_seen(files: Files) -> None:
    one, six = files.write("a.toml", "one"), files.write("b.toml", "six")
    link = files.folder / "link.toml"
    link.symlink_to(one)
    assert files.ids(link) == ["one"]
    link.unlink()
    link.symlink_to(six)
    assert files.ids(link) == ["six"]
    assert files.ids(one) == ["one"]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("by", ["name", "include"])
def test_a_second_name_of_a_file_that_becomes_a_file_of_its_own_is_seen(by: str, files: Files) -> None:
    one, six = files.write("a.toml", "one"), files.write("b.toml", "six")
    link = files.folder / "link.toml"
    link.symlink_to(one)
    asked = (one, link) if by == "name" else (files.write("main.toml", include=["a.toml", "link.toml"]),)
    assert files.ids(*asked) == ["one"]
    assert not files.read(*asked)
    link.unlink()
    link.symlink_to(six)
    assert files.ids(*asked) == ["one", "six"]


@pytest.mark.usefixtures("later")
def test_a_folder_that_is_a_link_may_be_set_to_another_one(files: Files) -> None:
    files.write("x/a.toml", "one")
    files.write("y/a.toml", "six")
    link = files.folder / "link"
    link.symlink_to("x")
    assert files.ids(link / "a.toml") == ["one"]
    link.unlink()
    link.symlink_to("y")
    assert files.ids(link / "a.toml") == ["six"]


def test_a_path_that_leads_out_of_a_link_is_followed_as_the_system_does(files: Files) -> None:
    for name in ("a.toml", "elsewhere/a.toml"):
        files.write(name, "one")
    (files.folder / "elsewhere" / "deep").mkdir()
    (files.folder / "link").symlink_to("elsewhere/deep")
    asked = files.folder / "link" / ".." / "a.toml"
    assert files.ids(asked) == ["one"]
    files.write("elsewhere/a.toml", "six")
    assert files.ids(asked) == ["six"]


def test_the_same_name_in_another_working_directory_is_another_file(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write("x/a.toml", "one")
    files.write("y/a.toml", "six")
    for folder, id_ in (("x", "one"), ("y", "six"), ("x", "one")):
        monkeypatch.chdir(files.folder / folder)
        assert files.ids("a.toml") == [id_]
    assert not files.read("a.toml")
    assert len(list(files.cache.glob("*.index"))) == 2


def test_files_are_named_in_the_answer_as_they_were_asked_for(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")
    monkeypatch.chdir(files.folder)
    for name in ("a.toml", "./a.toml", str(path), "a.toml"):
        with open_chronology(name) as chronology:
            assert [document.name for document in chronology.documents] == [name]
            assert [event.file for event in chronology.events()] == [name]


def test_the_order_of_files_counts(files: Files) -> None:
    one, two = files.write("a.toml", "one"), files.write("b.toml", "two")
    assert files.ids(one, two) == ["one", "two"]
    assert files.ids(two, one) == ["two", "one"]


def test_a_limit_on_the_size_holds_with_an_index_too(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    with pytest.raises(DataError, match="larger than 3 bytes"):
        open_chronology(path, max_size=3)


def test_the_built_in_record_has_an_index_as_well(files: Files) -> None:
    assert files.read("builtin")
    assert not files.read("builtin")
    assert not files.read()
    assert not files.read("builtin", "builtin")


def test_a_name_that_is_not_utf_8_has_an_index_as_well(files: Files) -> None:
    path = Path(os.fsdecode(os.fsencode(files.folder) + b"/\xff\xe9.toml"))
    path.write_bytes(files.write("a.toml", "one").read_bytes())
    assert files.read(path)
    assert not files.read(path)
    for cache in (True, False):
        with open_chronology(path, cache=cache) as chronology:
            assert [event.file for event in chronology.events()] == [str(path)]


@pytest.mark.parametrize(
    "name", ["a\0b.toml", "x" * 300 + ".toml", "a.toml/b.toml", "circle.toml", "", ".", "\ud800.toml"]
)
def test_what_cannot_be_a_file_is_told_as_it_is_without_an_index(name: str, files: Files) -> None:
    files.write("a.toml", "one")
    (files.folder / "circle.toml").symlink_to("circle.toml")
    told = []
    for cache in (True, False):
        with pytest.raises(DataError) as error:
            open_chronology(f"{files.folder}/{name}" if name else "", cache=cache)
        told.append(str(error.value))
    assert told[0] == told[1]


# ---------------------------------------------------------------- files that are gone, unreadable, or no files


def test_a_file_that_is_gone_is_missed(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    path.unlink()
    with pytest.raises(DataError, match="no such file"):
        open_chronology(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read_any_more_is_not_answered_from(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    path.chmod(0)
    with pytest.raises(DataError, match="no permission"):
        open_chronology(path)


def test_an_edit_that_breaks_a_file_is_told(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    path.write_text(path.read_text("utf-8").replace("title", "titel"), "utf-8")
    for _ in range(2):
        with pytest.raises(DataError, match="unknown key 'titel'"):
            open_chronology(path)


def test_a_folder_in_the_place_of_a_file_is_told(files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(DataError, match="is a folder"):
        open_chronology(path)


def test_standard_input_and_pipes_are_not_kept(files: Files) -> None:
    reader, writer = os.pipe()
    os.write(writer, b'[[events]]\nid = "one"\ntitle = "One"\ndate = "2017"\n')
    os.close(writer)
    name = f"/dev/fd/{reader}"
    if not os.path.exists(name):  # noqa: PTH110 - a name, as it is given
        pytest.skip("this system has no /dev/fd")
    assert files.ids(name) == ["one"]
    os.close(reader)
    assert not files.cache.exists()


# ---------------------------------------------------------------- included files


def test_an_edit_of_an_included_file_is_seen(files: Files) -> None:
    main = files.write("main.toml", "main", include=["part.toml"])
    files.write("part.toml", "one")
    assert files.ids(main) == ["main", "one"]
    assert not files.read(main)
    files.write("part.toml", "six")
    assert files.ids(main) == ["main", "six"]


@pytest.mark.parametrize("pattern", ["parts/*.toml", "**/p*.toml", "parts/p[12].toml"])
def test_a_new_file_that_a_pattern_matches_is_seen_and_one_that_goes_is_missed(pattern: str, files: Files) -> None:
    main = files.write("main.toml", "main", include=[pattern])
    files.write("parts/p1.toml", "one")
    files.write("parts/other.txt", "never")
    assert files.ids(main) == ["main", "one"]
    assert not files.read(main)
    added = files.write("parts/p2.toml", "two")
    assert files.ids(main) == ["main", "one", "two"]
    assert not files.read(main)
    files.write("parts/unrelated.txt", "never")
    assert not files.read(main)
    added.unlink()
    assert files.ids(main) == ["main", "one"]


def test_a_pattern_that_matched_nothing_may_match_later_and_nothing_again(files: Files) -> None:
    main = files.write("main.toml", "main", include=["later-*.toml"])
    with pytest.raises(DataError, match="matches no file"):
        files.ids(main)
    later = files.write("later-1.toml", "one")
    assert files.ids(main) == ["main", "one"]
    later.unlink()
    with pytest.raises(DataError, match="matches no file"):
        files.ids(main)


def test_a_name_with_brackets_that_comes_later_is_tried_first(files: Files) -> None:
    main = files.write("main.toml", "main", include=["p[1].toml"])
    files.write("p1.toml", "one")
    assert files.ids(main) == ["main", "one"]
    assert not files.read(main)
    files.write("p[1].toml", "two")
    assert files.ids(main) == ["main", "two"]


def test_a_pattern_that_matches_a_folder_too_keeps_nobody_from_an_index(files: Files) -> None:
    main = files.write("main.toml", "main", include=["p*"])
    files.write("part.toml", "one")
    (files.folder / "photographs").mkdir()
    assert files.read(main)
    assert not files.read(main)
    (files.folder / "plans").mkdir()
    assert files.ids(main) == ["main", "one"]


def test_what_an_included_file_includes_counts_too(files: Files) -> None:
    main = files.write("main.toml", "main", include=["sub/part.toml"])
    files.write("sub/part.toml", "one", include=["deep/*.toml"])
    files.write("sub/deep/a.toml", "two")
    assert files.ids(main) == ["main", "one", "two"]
    files.write("sub/deep/b.toml", "six")
    assert files.ids(main) == ["main", "one", "two", "six"]


# ---------------------------------------------------------------- another program


@pytest.mark.parametrize("what", ["version", "python", "source"])
def test_another_program_makes_an_index_of_its_own(what: str, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    catalog.program.cache_clear()
    match what:
        case "version":
            monkeypatch.setattr(catalog, "__version__", "0.0.1")
        case "python":
            monkeypatch.setattr("sys.implementation.cache_tag", "cpython-399")
        case _:
            monkeypatch.setattr(catalog, "_PACKAGE", str(Path(__file__).parent))
    assert files.read(path)
    assert not files.read(path)
    monkeypatch.undo()
    catalog.program.cache_clear()


@pytest.mark.parametrize(
    ("name", "programs"),
    [
        ("model/module.py", 3), ("store/sub/module.py", 3), ("base/Sub/_sub/module.py", 3),
        ("reading/__sub__/module.py", 3), ("model/module.txt", 1), ("model/__pycache__/module.py", 1),
        ("commands/module.py", 1),
    ],
)  # fmt: skip
def test_the_program_is_another_one_when_a_line_of_what_indexes_depend_on_is(
    name: str, programs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / name
    source.parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(catalog, "_PACKAGE", str(tmp_path))
    said = set()
    for text in ("", "x = 1\n", "x = 12\n"):
        source.write_text(text, "utf-8")
        catalog.program.cache_clear()
        said.add(catalog.program())
    catalog.program.cache_clear()
    assert len(said) == programs


def test_a_program_that_is_no_folder_has_its_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalog, "_PACKAGE", str(tmp_path / "program.zip"))
    catalog.program.cache_clear()
    assert catalog.program().startswith(__version__)
    catalog.program.cache_clear()


# ---------------------------------------------------------------- going without


def test_without_the_cache_nothing_is_kept_nor_opened(files: Files) -> None:
    path = files.write("a.toml", "one")
    with open_chronology(path, cache=False) as chronology:
        assert chronology.events().count == 1
    assert not files.cache.exists()
    assert files.read(path)
    with open_chronology(path, cache=False) as chronology:
        assert not chronology.store.has_json


def test_a_closed_chronology_answers_no_more(files: Files) -> None:
    path = files.write("a.toml", "one")
    for cache in (True, True, False):
        with open_chronology(path, cache=cache) as chronology:
            assert chronology.find("one").id == "one"
        with pytest.raises(ClosedError):
            chronology.find("one")


def test_rows_can_be_read_though_nobody_holds_their_chronology(files: Files) -> None:
    path = files.write("a.toml", "one", "two")
    for cache in (True, True, False):
        assert [event.id for event in open_chronology(path, cache=cache).events()] == ["one", "two"]


def test_what_is_asked_wrongly_is_told_by_an_index_as_by_the_files(files: Files) -> None:
    path = files.write("a.toml", "one")
    for cache in (True, True, False):
        with (
            open_chronology(path, cache=cache) as chronology,
            pytest.raises(KoreaError, match="event not found: 'x'"),
        ):
            chronology.find("x", "event")
