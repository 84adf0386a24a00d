"""`korea move` as it is installed: records change their file as they stand there, with what only they use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.checks.load import load
from korea_cli.editing.files import Editable
from korea_cli.editing.moving import plan_move, with_target
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

HEADER = '[chronology]\ntitle = "Mine"\nschema = 1\n'
KIM = '[[actors]]\nid = "kim"\nname = "Kim"\npart_of = ["party"]\n'
PARTY = '# his party\n[[actors]]\nid = "party"   # of Kim\nname = "Party"\n'
MOON = '[[actors]]\nid = "moon"\nname = "Moon"\n'
LAUNCH = """\
# it flew
[[events]]
id = "launch"
title = "A launch"   # high
date = 2017-07-04
actors = [
  "kim", # he
]
"""
TALKS = '[[events]]\nid = "talks"\ntitle = "Talks"\ndate = "2018-05"\nactors = ["moon"]\n'
ANSWER = '[[events]]\nid = "answer"\ntitle = "Answer"\ndate = "2019"\nactors = ["moon"]\nresponds_to = ["talks"]\n'


def text_of(*blocks: str) -> str:
    return "\n".join(blocks)


MINE = text_of(HEADER, KIM, PARTY, MOON, LAUNCH, TALKS, ANSWER)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Give a file of three years."""
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    return path


def test_a_record_moves_to_a_new_file_with_what_only_it_uses(mine: Path, tmp_path: Path, korea: Korea) -> None:
    new = tmp_path / "2017.toml"
    run = korea("move", "launch", new, "-d", mine)
    assert run.out == f"Moved event 'launch' to {new}, with 2 actors that nothing else uses\n"
    assert run.err == f"korea: {new} is not read with {mine}: name it too with -d, or include it in a header.\n"
    assert new.read_text() == text_of(HEADER, KIM, PARTY, LAUNCH)
    assert mine.read_text() == text_of(HEADER, MOON, TALKS, ANSWER)
    assert korea("check", mine).code == korea("check", new).code == korea("check", mine, new).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2017.toml", "mine.toml"]
    moved = json.loads(korea("move", "launch", mine, "-d", mine, "-d", new, "--json").out)["changes"]
    assert [(each["record"], each["id"], each["key"], each["old"], each["new"], each["file"]) for each in moved] == [
        (type_, id_, "file", str(new), str(mine), str(mine))
        for type_, id_ in (("event", "launch"), ("actor", "kim"), ("actor", "party"))
    ]


def test_an_event_goes_where_its_day_belongs_in_a_file_that_is_there(mine: Path, tmp_path: Path, korea: Korea) -> None:
    other = tmp_path / "other.toml"
    before = [f'[[events]]\r\nid = "e{year}"\r\ntitle = "E"\r\ndate = "{year}"\r\n' for year in (2015, 2020)]
    other.write_bytes("\r\n".join(before).encode())
    run = korea("move", "event:launch", other, "-d", mine, "-d", other)
    assert (run.code, run.err) == (0, "")
    moved = [each.replace("\n", "\r\n") for each in (LAUNCH, KIM, PARTY)]
    assert other.read_bytes().decode() == "\r\n".join((before[0], moved[0], before[1], *moved[1:]))
    assert (
        korea("move", "launch", other, "-d", mine, "-d", other).out == f"Nothing to move: all are in {other} already\n"
    )


def test_what_stays_must_not_refer_to_a_file_that_is_not_read_with_it(mine: Path, tmp_path: Path, korea: Korea) -> None:
    new = tmp_path / "years" / "2018.toml"
    new.parent.mkdir()
    run = korea("move", "talks", new, "-d", mine)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        f"korea: cannot move: event 'answer' refers to 'talks', and {new} is not read with the other files;"
        " name it too with -d, or include it in a header\n"
    )
    assert (mine.read_text(), list(new.parent.iterdir())) == (MINE, [])
    mine.write_text(MINE.replace("schema = 1\n", 'schema = 1\ninclude = ["years/*.toml"]\n'))
    (new.parent / "2000.toml").write_text("")
    assert korea("move", "talks", "launch", new, "-d", mine).err == ""
    assert new.read_text() == text_of(HEADER, KIM, PARTY, LAUNCH, TALKS)
    assert korea("check", mine).code == 0
    (new.parent / "2000.toml").unlink()
    mine.write_text(MINE)
    new.unlink()
    assert korea("move", "talks", new, "-d", mine, "-d", new).code == 0  # named, before it is there


def test_what_refers_back_can_be_moved_and_is_said(mine: Path, tmp_path: Path, korea: Korea) -> None:
    new = tmp_path / "2019.toml"
    run = korea("move", "answer", new, "-d", mine)
    assert run.err.endswith("include it in a header. It refers to records there, so it cannot be read alone.\n")
    assert korea("check", mine).code == 0
    assert korea("check", mine, new).code == 0


def test_what_is_private_by_its_file_stays_private(mine: Path, tmp_path: Path, korea: Korea) -> None:
    mine.write_text(MINE.replace("schema = 1\n", "schema = 1\nprivate = true\n"))
    (tmp_path / "open.toml").write_text("")
    run = korea("move", "launch", tmp_path / "open.toml", "-d", mine)
    assert (run.code, run.out) == (1, "")
    assert (
        f"{mine} has 'private' in its header, and {tmp_path / 'open.toml'} has not; set private there first" in run.err
    )
    assert korea("move", "launch", tmp_path / "new.toml", "-d", mine).code == 0
    assert "private = true\n" in (tmp_path / "new.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nobody", "new.toml"), 1, "record not found: 'nobody'"),
        (("launch", "builtin"), 4, "cannot write the built-in record"),
        (("launch", "-"), 4, "cannot write standard input"),
        (("launch", "nowhere/new.toml"), 4, "no such folder"),
        (("launch", "broken.toml"), 3, "cannot make this change: broken.toml already has an error"),
        (("launch",), 2, "missing argument"),
        (("launch", "mine.toml"), 0, ""),
    ],
)
def test_what_cannot_be_moved_is_refused_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, told: str, tmp_path: Path, korea: Korea
) -> None:
    (tmp_path / "mine.toml").write_text(MINE)
    (tmp_path / "broken.toml").write_text("[[events\n")
    run = korea("move", *arguments, "-d", "mine.toml", cwd=tmp_path)
    assert run.code == code
    assert told in run.err
    assert (tmp_path / "mine.toml").read_text() == MINE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.toml", "mine.toml"]


def test_a_dry_run_shows_both_files_and_makes_none(mine: Path, tmp_path: Path, korea: Korea) -> None:
    run = korea("move", "launch", tmp_path / "new.toml", "-d", mine, "--dry-run")
    assert run.code == 0
    assert f"--- {mine} (now)\n" in run.out
    assert "+[chronology]\n" in run.out
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


NAMES = [f"a{number}" for number in range(4)]
LISTS = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)


@given(lists=st.lists(LISTS, min_size=1, max_size=5), chosen=st.sets(st.integers(0, 4), min_size=1), wide=st.booleans())
def test_moved_and_moved_back_every_record_is_there_once_as_it_was(
    lists: list[list[str]], chosen: set[int], wide: bool, tmp_path_factory: pytest.TempPathFactory  # noqa: FBT001 - drawn
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("moved")
    gap = "\n\n" if wide else "\n"
    actors = [f'[[actors]]\nid = "{name}"\nname = "{name}"  # {name}\n' for name in NAMES]
    events = [
        f'# of {number}\n[[events]]\nid = "e{number}"\ntitle = "E"\ndate = "20{10 + number}"\nactors = {names}\n'
        for number, names in enumerate(lists)
    ]
    text = gap.join([*actors, *events]).replace("'", '"')
    (folder / "a.toml").write_text(text)
    ids = [f"e{number}" for number in chosen if number < len(lists)]
    before = records(folder / "a.toml")
    for origin, target in (("a.toml", "b.toml"), ("b.toml", "a.toml")):
        files = Editable((str(folder / origin),), MAX_SIZE)
        if ids:
            move(files, ids, str(folder / target))
            assert not load([str(folder / "a.toml"), str(folder / "b.toml")]).problems
    left = {name for number, names in enumerate(lists) if f"e{number}" not in ids for name in names}
    used = {name for number, names in enumerate(lists) if f"e{number}" in ids for name in names}
    assert records(folder / "a.toml") == before
    assert not ids or not records(folder / "b.toml")
    assert used - left <= set(NAMES)
    lines = [sorted(filter(None, each.splitlines())) for each in (text, (folder / "a.toml").read_text())]
    assert lines[0] == lines[1]


def move(files: Editable, ids: list[str], target: str) -> None:
    both = with_target(files, target)
    both.write(lambda loaded: plan_move(both, loaded, ids, target, (*files.names, target)).edits)


def records(path: Path) -> list[tuple[str, str]]:
    tables = tomli.loads(path.read_text())
    return sorted((table, repr(each)) for table in ("actors", "events") for each in tables.get(table, []))
