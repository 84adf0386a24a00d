"""The index of an edited file is the same whether it was updated or rebuilt, and so are the problems of the file."""

from __future__ import annotations

import os
import re
import runpy
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from korea_cli import DataError, Selection, open_chronology
from korea_cli.cache import blocks, build
from korea_cli.cache.catalog import read_catalog
from korea_cli.checks import rules_of
from korea_cli.reading import pieces

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from cache.conftest import Files

ROOT = Path(__file__).parents[2]
EVENTS, ROUNDS = 60, 12


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an index of few records be updated, in small blocks."""
    monkeypatch.setattr(build, "_WHOLE", 0)
    monkeypatch.setattr(blocks, "_SIZE", 600)
    monkeypatch.setattr(pieces, "_PIECE", 600)


def chronology(dice: random.Random) -> list[str]:
    """Return a file in parts, each a record or the header, with much that depends on other records."""
    generate = runpy.run_path(str(ROOT / "benchmarks" / "generate.py"))["chronology"]
    parts = re.split(r"(?m)^(?=\[)", "".join(generate(EVENTS, facts=True)))
    for at, part in enumerate(parts):
        if part.startswith("[[events]]") and dice.random() < 0.2:
            parts[at] = re.sub(r'date = ".*"\n', 'date = "1990-05-01"\ntime = "09:10"\n', part, count=1)
    if dice.random() < 0.5:
        parts[1] = parts[1] + 'as_of = "2017-07-08"\n'
    if dice.random() < 0.3:
        parts[1] = parts[1] + 'place_names = [["Müller", "Smith"]]\n'
    return parts


def sets(key: str, *values: str) -> Callable[[random.Random, str], str]:
    """Return an edit that gives a record a value under a key, or takes it away."""

    def edit(dice: random.Random, part: str) -> str:
        without = re.sub(rf"(?m)^{key} = .*\n", "", part, count=1)
        value = dice.choice(values)
        return without.rstrip("\n") + f"\n{key} = {value}\n\n" if value else without

    return edit


MOST = {"a": 199, "e": EVENTS - 1, "f": 70, "s": 99, "t": 39}
IDS = [f'"{kind}{number}"' for kind, most in MOST.items() for number in (0, 3, 7, most)]
MORE = '\n[[events]]\nid = "more"\ntitle = "More"\ndate = "2017-01-01"\nkind = "meeting"\n\n'
EDITS: tuple[Callable[[random.Random, str], str], ...] = (
    sets("summary", '"one word"', '"another"', '"""\nlines\n[[events]]\n"""', '""', ""),
    sets("title", '"A title"', '"Ein Titel – 제목"', '""'),
    sets("text", '"A text"', '"line\\nbreak"'),
    sets("date", '"1990-05-01"', '"2018-01-02"', '"1950"', '"2016-05/.."', '"../1950"', '"1990-05-01~"', "1990-05-01"),
    sets("date", '"1999-05-01"', '"1998"', '"x"', ""),
    sets("time", '"09:10"', '"10:00"', ""),
    sets("timezone", '"Asia/Seoul"', '"UTC"', ""),
    sets("kind", '"meeting"', '"statement"', '"claim"', '"unknown"'),
    sets("status", '"confirmed"', '"withdrawn"', '"disputed"', ""),
    sets("place", '"Müller"', '"Nowhere"', '"Ivan"', ""),
    sets("note", '"a note"', ""),
    sets("hedged", "true", "false", "1"),
    sets("actors", *(f"[{id_}]" for id_ in IDS[:4]), '["nobody"]', "[]", ""),
    sets("topics", '["t0"]', '["t3", "t3"]', ""),
    sets("holders", '["a0"]', '["a3", "a7"]', "[]"),
    sets("sources", '["s0"]', '["s3#p1", "s7"]', '["s0#p2", "s0"]', "[]", ""),
    sets("disputed_by", *(f"[{id_}]" for id_ in IDS), ""),
    sets("events", '["e0"]', '["e3", "e7"]', ""),
    sets("responds_to", '["e0"]', '["e3"]', ""),
    sets("other_dates", '[{ date = "1991", sources = ["s3"] }]', '[{ date = "1992" }]', ""),
    sets("id", *IDS, '"new"'),
    sets("private", "true", ""),
    sets("embargo", '"2030"', ""),
    sets("withdrawn", '"2017"', '"2017/.."', ""),
    sets("distinct_from", '["e0"]', '["f0"]', ""),
    sets("issued", '"1980"', '"2016-05-04"'),
    sets("part_of", '["a0"]', '["a1"]'),
    lambda dice, part: part[: dice.randrange(len(part))],
    lambda dice, part: "".join(dice.sample(lines := part.splitlines(keepends=True), len(lines))),
    lambda _, part: "# a comment\n" + part,
    lambda _, part: part + "# another\n\n",
    lambda _, part: part.replace(" = ", "=", 1),
    lambda _, part: part.replace("\n", "\r\n"),
    lambda _, part: part.replace("events", "facts", 1),
    lambda _, part: part + part,
    lambda _, __: "",
    lambda _, part: part + MORE,
    lambda _, part: MORE + part,
    lambda _, part: part + '[[actors]]\nid = "new"\nname = "New"\n\n',
    lambda dice, part: part + dice.choice(("x = 1\n", "[events.more]\n", "<<<<<<< HEAD\n", "[[odd]]\n", "\x07")),
)


def edited(dice: random.Random, parts: list[str]) -> None:
    """Edit a file: mostly one event or fact, at times several, their order, or any other part."""
    dated = [at for at, part in enumerate(parts) if part.startswith(("[[events]]", "[[facts]]"))] or [0]
    for _ in range(dice.choice((1, 1, 1, 1, 2, 3))):
        at = dice.choice(dated) if dice.random() < 0.9 else dice.randrange(len(parts))
        parts[at] = dice.choice(EDITS)(dice, parts[at])
    if dice.random() < 0.03:
        one, other = dice.choice(dated), dice.choice(dated)
        parts[one], parts[other] = parts[other], parts[one]


def writer(data: Path, parts: list[str], dice: random.Random) -> Callable[[list[str]], None]:
    """Write a file in one piece or two, and return what writes another version of it."""
    more = data.with_suffix(".more.toml")
    cut = dice.choice((0, len(parts) // 2, len(parts) - 20))
    if cut:
        parts[1] += f'include = ["{more.name}"]\n'

    def write(new: list[str]) -> None:
        data.write_text("".join(new[:cut] if cut else new), "utf-8", newline="")
        if cut:
            more.write_text("".join(new[cut:]), "utf-8", newline="")

    write(parts)
    return write


def tables(path: str) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables of an index, without its statistics; blocks may be cut otherwise."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608 - names
    connection.close()
    return {name: rows for name, rows in found.items() if not name.startswith("sqlite_") and name != "block"}


def outcome(data: Path, cache: Path, patch: pytest.MonkeyPatch) -> object:
    """Open a file by an index in a folder, and return what is in the index and its catalogue, or the problems."""
    patch.setenv("KOREA_CACHE", str(cache))
    try:
        with open_chronology(data):
            pass
    except DataError as error:
        return str(error)
    (path,) = cache.glob("*.index")
    catalog = read_catalog(str(path.with_suffix("")))
    assert catalog
    return tables(str(path)), catalog.header, [file.sha256 for file in catalog.files], catalog.hides


def test_an_updated_index_is_as_a_rebuilt_one(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dice: random.Random
) -> None:
    updates = 0
    for chapter in range(ROUNDS):
        parts = chronology(dice)
        data = files.folder / f"{chapter}.toml"
        kept = tmp_path / f"kept{chapter}"
        write = writer(data, parts, dice)
        assert not isinstance(outcome(data, kept, monkeypatch), str)
        for number in range(12):
            new = [*parts]
            edited(dice, new)
            write(new)
            before = files.readings
            updated = outcome(data, kept, monkeypatch)
            updates += files.readings == before
            rebuilt = outcome(data, tmp_path / f"rebuilt{chapter}-{number}", monkeypatch)
            assert updated == rebuilt
            if isinstance(updated, str):
                write(parts)
                outcome(data, kept, monkeypatch)
            else:
                parts = new
    assert updates > ROUNDS * 2  # else this has shown little


def test_one_edited_word_reads_no_other_record(files: Files, dice: random.Random) -> None:
    text = "".join(chronology(dice))
    path = files.folder / "a.toml"
    path.write_text(text, "utf-8")
    assert len(files.ids(path)) == EVENTS
    path.write_text(text.replace('of 7"\n', 'of seven"\n', 1), "utf-8")
    assert not files.read(path)
    with open_chronology(path) as found:
        assert found.find("e7", "event").title.endswith("of seven")
        assert [each.id for each in found.search(Selection(terms=("seven",)))] == ["e7"]
    assert files.readings == 1


def test_facts_without_any_date_are_read_again(files: Files) -> None:
    path = files.folder / "a.toml"
    facts = "".join(
        f'[[facts]]\nid = "f{at}"\ntext = "Text {at}"\nkind = "claim"\nholders = ["a"]\n\n' for at in range(60)
    )
    text = (
        '[chronology]\ntitle = "x"\n\n[[actors]]\nid = "a"\nname = "A"\n\n[[topics]]\nid = "t"\nlabel = "T"\n\n' + facts
    )
    path.write_text(text, "utf-8")
    files.ids(path)
    path.write_text(text.replace("Text 30", "Words"), "utf-8")
    assert files.read(path)
    with open_chronology(path) as found:
        assert found.find("f30", "fact").text == "Words"


@pytest.mark.parametrize("what", ["the index is damaged", "the folder is read-only", "another file too", "the header"])
def test_what_is_not_safe_to_update_is_read(what: str, files: Files, dice: random.Random) -> None:
    parts = chronology(dice)
    path, other = files.folder / "a.toml", files.write("b.toml", "other")
    path.write_text("".join(parts), "utf-8")
    files.ids(path, other)
    text = "".join(parts).replace('of 7"\n', 'of seven"\n', 1)
    match what:
        case "the index is damaged":
            os.truncate(files.kept(), 5000)
        case "the folder is read-only":
            files.kept("catalogue").unlink()
        case "another file too":
            files.write("b.toml", "others")
        case _:
            text = text.replace("[chronology]\n", '[chronology]\nabout = "x"\n')
    path.write_text(text, "utf-8")
    assert files.read(path, other)
    assert not files.read(path, other)


def test_only_these_rules_are_broken_by_an_event_or_a_fact() -> None:
    """Updating an index checks these where they may be broken: a further rule has to be thought of there."""
    assert [*rules_of("error")] == [
        "unique-ids", "references", "distinct-from-others", "distinct-names", "distinct-places", "no-circles",
    ]  # fmt: skip
