"""Names are completed from the index of data files, and it has the same as the files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from korea_cli import DataError, open_chronology
from korea_cli.cli.completion import contents
from korea_cli.cli.completion.contents import Contents, contents_of
from korea_cli.cli.completion.values import TITLES, VALUES, WITH_ALIASES, records_of, values_of
from korea_cli.model.records import RECORDS, keys_of
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from conftest import Korea

MINE = """
[chronology]
kinds = ["raid"]
place_names = [["Pyongyang", "평양"]]
[[sources]]
id = "s"
type = "article"
title = "A source"
voice = "official"
country = "KOR"
[[actors]]
id = "kim"
name = "Kim"
aliases = ["김", 'K"im']
kind = "state"
country = "PRK"
[[actors]]
id = "mole"
name = "Mole"
private = true
[[topics]]
id = "t"
label = "Topic"
[[events]]
id = "e"
title = "An event"
date = "2017-05"
place = "Pyongyang"
kind = "raid"
actors = ["kim"]
sources = ["s"]
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    return path


def everything(found: Contents) -> dict[str, object]:
    """Return what is offered for every field, and for every type of record."""
    types = tuple(each.type for each in RECORDS)
    offered: dict[str, object] = {field: list(values_of(field, found, lambda: types)) for field in VALUES}
    return offered | {"records": list(records_of(found)), **{type_: list(records_of(found, type_)) for type_ in types}}


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("name", ["mine.toml", "builtin"])
def test_an_index_offers_what_its_files_offer(
    name: str, public: bool, mine: Path, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a parameter
) -> None:  # fmt: skip
    names = [name.replace("mine.toml", str(mine))]
    read = everything(contents_of(names, {}, public=public))
    open_chronology(*names, public=public).close()
    monkeypatch.setattr(contents, "_draft_of", None)  # it reads no files now
    assert everything(contents_of(names, {}, public=public)) == read
    assert ("mole" in str(read)) == (name == "mine.toml" and not public)


def test_an_index_of_all_does_not_serve_those_who_may_see_a_part(mine: Path) -> None:
    open_chronology(mine).close()
    assert "mole" not in str(everything(contents_of([str(mine)], {}, public=True)))


def test_a_file_that_changed_is_read(mine: Path) -> None:
    open_chronology(mine).close()
    mine.write_text(MINE.replace("Kim", "Kin"), "utf-8")
    assert list(contents_of([str(mine)], {}, public=False).rows("actor", "name")) == [("Kin",), ("Mole",)]


def test_a_large_file_is_offered_from_its_index_only(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "_LARGEST", 10)
    with pytest.raises(DataError):
        contents_of([str(mine)], {}, public=False)
    open_chronology(mine).close()
    assert list(contents_of([str(mine)], {}, public=False).rows("actor", "id")) == [("kim",), ("mole",)]


def test_a_tab_makes_no_index(mine: Path) -> None:
    contents_of([str(mine)], {}, public=False)
    assert not Path(os.environ["KOREA_CACHE"]).exists()


def test_a_name_is_completed_without_what_reads_files(korea: Korea) -> None:
    korea("timeline")  # the index is made
    script = "import sys; from korea_cli.cli.main import main; main(sys.argv[1:]); print(*sys.modules)"
    done = korea.unmeasured()("-c", script, "__complete", "bash", "korea actor tru", "tru", program=sys.executable)
    assert "trump" in done.out.split()
    slow = {"tomli", "pathlib", "dataclasses", "typing", "threading", "korea_cli.checks", "korea_cli.model.records"}
    assert slow & set(done.out.split()) == set()


def test_titles_and_aliases_are_where_the_model_has_them() -> None:
    assert {record.type: title_key(record) for record in RECORDS} == TITLES
    assert tuple(record.type for record in RECORDS if "aliases" in keys_of(record)) == WITH_ALIASES
