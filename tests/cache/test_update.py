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
    monkeypatch.setattr(blocks, "BLOCK", 600)
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
    sets("publisher", '"The Daily"', '"Source"', ""),
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


def grown(dice: random.Random, parts: list[str]) -> None:
    """Add a source, an event that cites it, and facts about that event and others; or some of these."""
    name, day = f"n{dice.randrange(10**9)}", f"{dice.choice((1990, 1999, 2018))}-05-0{dice.randrange(1, 9)}"
    speaker = dice.choice(('publisher = "The Daily"', f'container = "{name}"', 'original = "Agency"'))
    source = f'[[sources]]\nid = "s{name}"\ntype = "article"\ntitle = "{name}"\nissued = "{day}"\n{speaker}\n\n'
    event = f'[[events]]\nid = "e{name}"\ntitle = "{name}"\ndate = "{day}"\nkind = "meeting"\nsources = ["s{name}"]\n\n'
    about = dice.choice(("[]", '["e3"]', f'["e{name}", "e7"]'))
    fact = f'[[facts]]\nid = "f{name}"\ntext = "{name}"\nkind = "claim"\nholders = ["a3"]\nevents = {about}\n'
    fact += dice.choice((f'date = "{day}"\n\n', f'sources = ["s{name}"]\n\n', "\n"))
    for new in [source, event, fact, fact.replace('id = "', 'id = "x')][: dice.randrange(1, 5)]:
        header = new[: new.index("\n")]
        alike = [at for at, part in enumerate(parts) if part.startswith(header)]
        parts.insert(dice.choice((alike[0], alike[-1] + 1, dice.choice(alike))) if alike else len(parts), new)


def shrunk(dice: random.Random, parts: list[str]) -> None:
    """Remove a record that was added, which others may name."""
    new = [at for at, part in enumerate(parts) if re.search('(?m)^id = "x?[sef]n', part)]
    if new:
        del parts[dice.choice(new)]


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


# Columns with the numbers of records.
NUMBERS = {"opponent": {"seq", "other", "about", "dispute"}, "claim": {"seq", "fact"}}


def tables(path: str) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables of an index, without its statistics; blocks may be cut otherwise.

    Records are numbered 1, 2, 3: the numbers of an index have gaps, where new records may come.
    """
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    places = dict(connection.execute("SELECT seq, ROW_NUMBER() OVER (ORDER BY seq) FROM entry")) | {0: 0}
    found = {}
    for name in names:
        if name.startswith("sqlite_") or name == "block":
            continue
        cursor = connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name
        number = [column in NUMBERS.get(name, {"seq"}) for column, *_ in cursor.description]
        rows = ([places[value] if is_ else value for is_, value in zip(number, row, strict=True)] for row in cursor)
        found[name] = sorted(map(tuple, rows), key=repr)
    connection.close()
    return found


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
            dice.choices((edited, grown, shrunk), (5, 2, 1))[0](dice, new)
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


def test_an_updated_index_leaves_nothing_behind_that_nobody_finished(files: Files, dice: random.Random) -> None:
    text = "".join(chronology(dice))
    path = files.folder / "a.toml"
    path.write_text(text, "utf-8")
    files.ids(path)
    draft = files.cache / f"{'0' * 16}.index.abcd1234.draft"
    draft.touch()
    os.utime(draft, (0, 0))
    path.write_text(text.replace('of 7"\n', 'of seven"\n', 1), "utf-8")
    assert not files.read(path)
    assert not draft.exists()


NEW_SOURCE = (
    '[[sources]]\nid = "s-new"\ntype = "article"\ntitle = "New"\npublisher = "Daily"\nissued = "1990-01-01"\n\n'
)
NEW_EVENT = (
    '[[events]]\nid = "e-new"\ntitle = "A new event"\ndate = "1990-01-01"\nkind = "meeting"\n'
    'actors = ["a3"]\nsources = ["s-new"]\n\n'
)
NEW_FACT = (
    '[[facts]]\nid = "f-new"\ntext = "A new fact"\nkind = "claim"\nholders = ["a3"]\nevents = ["e-new", "e7"]\n'
    'sources = ["s-new"]\n\n'
)


def placed(text: str, new: str, *, first: bool = False) -> str:
    """Return a text with a new record before the others of its table, or after them."""
    header = new[: new.index("\n") + 1]
    at = text.index(header) if first else text.find("\n[", text.rindex(header) + len(header)) + 1 or len(text)
    return text[:at] + new + text[at:]


@pytest.mark.parametrize("first", [True, False])
def test_new_records_and_their_source_are_read_alone(files: Files, dice: random.Random, *, first: bool) -> None:
    text = "".join(chronology(dice))
    path = files.folder / "a.toml"
    path.write_text(text, "utf-8")
    before = files.ids(path)
    for new in (NEW_SOURCE, NEW_EVENT, NEW_FACT):
        text = placed(text, new, first=first)
    path.write_text(text, "utf-8")
    assert not files.read(path)
    with open_chronology(path) as found:
        assert found.find("e-new", "event").known_since == found.find("s-new", "source").issued
        assert [claim.id for claim in found.find("e-new", "event").claims] == ["f-new"]
        assert "f-new" in [claim.id for claim in found.find("e7", "event").claims]
    path.write_text(text.replace(NEW_FACT, "").replace(NEW_EVENT, "").replace(NEW_SOURCE, ""), "utf-8")
    assert not files.read(path)
    assert files.ids(path) == before


def test_many_records_are_added_one_after_another(files: Files, dice: random.Random) -> None:
    text = "".join(chronology(dice))
    path = files.folder / "a.toml"
    path.write_text(text, "utf-8")
    files.ids(path)
    rebuilt = 0
    for number in range(20):
        new = NEW_EVENT.replace("e-new", f"e-new-{number}").replace('sources = ["s-new"]\n', "")
        text = placed(text, new, first=number % 2 == 1)
        path.write_text(text, "utf-8")
        rebuilt += files.read(path)
    order = [f"e-new-{number}" for number in (*range(19, 0, -2), *range(0, 20, 2))]
    assert re.findall('(?m)^id = "(e-.*)"', text) == order
    with open_chronology(path) as found:
        assert [event.id for event in found.search(Selection(terms=("date:1990-01-01",))) if "new" in event.id] == order
    assert rebuilt < 6  # where no number is left between two records


def test_an_id_that_is_added_twice_is_a_problem(files: Files, dice: random.Random) -> None:
    text = "".join(chronology(dice))
    path = files.folder / "a.toml"
    path.write_text(text, "utf-8")
    files.ids(path)
    new = NEW_EVENT.replace('sources = ["s-new"]\n', "")
    path.write_text(placed(placed(text, new), new, first=True), "utf-8")
    with pytest.raises(DataError, match="the id 'e-new' is already used"):
        files.ids(path)


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
