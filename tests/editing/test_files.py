"""Records are found with the file and place where they stand; what is not one's own is not written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli.editing.change import UnsafeChangeError
from korea_cli.editing.files import Editable
from korea_cli.editing.referring import ReferredToError, require_unreferred
from korea_cli.editing.rename import renaming
from korea_cli.errors import OutputError, UnknownNameError
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


def test_what_is_only_named_stands_nowhere(files: Editable) -> None:
    with pytest.raises(UnsafeChangeError, match="actor 'z' is declared nowhere, only named"):
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
    files.change(name, lambda loaded, found: renaming(found, "new", loaded.draft), everywhere=True)
    assert [document.text for document in files.load().documents] == [one, two]
