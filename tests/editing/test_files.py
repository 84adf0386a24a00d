"""Records are found with the file and place where they stand; what is not one's own is not written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import OutputError, UnknownNameError
from korea_cli.editing.edits import set_key
from korea_cli.editing.errors import ReferredToError, UnsafeChangeError
from korea_cli.editing.files import Editable
from korea_cli.editing.references import rename_record, require_unreferred
from korea_cli.reading.locate import BUILTIN, MAX_SIZE, STDIN, path_of

if TYPE_CHECKING:
    from pathlib import Path

ONE = """\
[[sources]]
id = "x"
title = "A paper"

[[actors]]
id = "x"
name = "Mr X"

[[events]]
id = "x"
title = "x"
date = "2018"
actors = ["x"]
sources = ['x', "x#p1"]
disputed_by = ["x"]
other_dates = [ { date = "2017", sources = ["x#x"], note = 'x' } ]
"""
TWO = '[[events]]\nid = "y"\ntitle = "y"\ndate = "2018"\nactors = ["z"]\nresponds_to = ["x"]\n'


@pytest.fixture
def files(tmp_path: Path) -> Editable:
    """Give two files read together."""
    (tmp_path / "one.toml").write_text(ONE)
    (tmp_path / "two.toml").write_text(TWO)
    return Editable((str(tmp_path / "one.toml"), str(tmp_path / "two.toml")), MAX_SIZE)


def test_a_record_is_found_in_its_file(files: Editable) -> None:
    located = files.locate(files.load(), "y")
    assert (located.record.type, located.id, located.number) == ("event", "y", 0)
    assert located.path.name == "two.toml"
    assert located.values["responds_to"] == ["x"]


def test_a_record_is_told_by_its_file_and_line(files: Editable) -> None:
    located = files.locate(files.load(), "event:x")
    assert located.place == f"{files.names[0]}:9"
    assert located._replace(line=None).place == files.names[0]


def test_a_change_is_of_one_file_unless_it_is_asked_for_everywhere(files: Editable) -> None:
    written, located = files.change("y", lambda _, found: set_key(found.ref, "title", "Y", ("title", "date")))
    assert located.id == "y"
    assert [each.path.name for each in written.files] == ["two.toml"]
    assert files.load().documents[0].text == ONE


def test_ten_of_those_that_refer_are_named_and_the_others_counted(tmp_path: Path) -> None:
    def references(count: int) -> str:
        events = [f'[[events]]\nid = "e{n}"\ntitle = "t{n}"\ndate = "2018"\nactors = ["kim"]\n' for n in range(count)]
        (tmp_path / "f.toml").write_text('[[actors]]\nid = "kim"\nname = "Kim"\n' + "".join(events))
        files = Editable((str(tmp_path / "f.toml"),), MAX_SIZE)
        loaded = files.load()
        with pytest.raises(ReferredToError) as raised:
            require_unreferred(loaded.draft, files.locate(loaded, "kim"))
        return str(raised.value)

    assert references(10).endswith("event 'e9' (actors)")
    assert references(11).endswith("event 'e9' (actors) and 1 more")


def test_an_id_that_two_tables_have_means_the_one_that_its_key_takes_first(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    text = (
        '[[actors]]\nid = "x"\nname = "X"\n\n[[events]]\nid = "x"\ntitle = "t"\ndate = "2018"\n\n'
        '[[facts]]\nid = "x"\ntext = "t"\n\n[[events]]\nid = "y"\ntitle = "y"\ndate = "2018"\nactors = ["x"]\n'
        'disputed_by = ["x"]\nresponds_to = ["x"]\n'
    )
    keys: dict[str, list[str]] = {}
    for table in ("actors", "events", "facts"):
        path.write_text(text)
        files = Editable((str(path),), MAX_SIZE)
        files.change(
            f"{table[:-1]}:x", lambda loaded, found: rename_record(found, "new", loaded.draft), everywhere=True
        )
        keys[table] = [line.split()[0] for line in path.read_text().splitlines() if line.endswith('["new"]')]
    assert keys == {"actors": ["actors"], "events": ["responds_to"], "facts": ["disputed_by"]}


def test_what_is_only_named_stands_nowhere(files: Editable) -> None:
    with pytest.raises(UnsafeChangeError, match="actor 'z' is used but not declared; declare it"):
        files.locate(files.load(), "z")
    with pytest.raises(UnknownNameError):
        files.locate(files.load(), "nobody")


def test_records_are_added_to_the_last_file(files: Editable) -> None:
    assert files.target().name == "two.toml"


@pytest.mark.parametrize("name", [STDIN, BUILTIN, str(path_of(BUILTIN))])
def test_what_is_not_ones_own_is_not_written_to(name: str) -> None:
    with pytest.raises(OutputError):
        Editable((name,), MAX_SIZE).target()


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("event:x", ["event 'y' (responds_to)"]),
        ("actor:x", ["event 'x' (actors)", "event 'x' (disputed_by)"]),
        ("source:x", ["event 'x' (other_dates)", "event 'x' (sources)"]),
    ],
)
def test_what_refers_to_a_record_is_named_by_key(typed: str, by: list[str], files: Editable) -> None:
    loaded = files.load()
    with pytest.raises(ReferredToError) as raised:
        require_unreferred(loaded.draft, files.locate(loaded, typed))
    assert sorted(raised.value.by) == by


@pytest.mark.parametrize(
    ("table", "one", "two"),
    [
        ("events", ONE.replace('[[events]]\nid = "x"', '[[events]]\nid = "new"'), TWO.replace('["x"]', '["new"]')),
        (
            "actors",
            ONE.replace('id = "x"\nname', 'id = "new"\nname')
            .replace('rs = ["x"]', 'rs = ["new"]')
            .replace('by = ["x"]', 'by = ["new"]'),
            TWO,
        ),
        (
            "sources",
            ONE.replace('id = "x"\ntitle = "A', 'id = "new"\ntitle = "A')
            .replace("['x', \"x#p1\"]", "['new', \"new#p1\"]")
            .replace('"x#x"', '"new#x"'),
            TWO,
        ),
    ],
)
def test_an_id_is_renamed_where_it_means_that_record_and_nowhere_else(
    table: str, one: str, two: str, files: Editable
) -> None:
    name = f"{table.removesuffix('s')}:x"
    files.change(name, lambda loaded, found: rename_record(found, "new", loaded.draft), everywhere=True)
    assert [document.text for document in files.load().documents] == [one, two]
