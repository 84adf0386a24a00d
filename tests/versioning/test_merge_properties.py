"""Random changes of two sides are merged: nothing of either is lost, whoever merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tomli

from korea_cli.editing.edits import Edit, insert_records, remove_record, set_key
from korea_cli.editing.formatting import format_text
from korea_cli.editing.layout import RecordRef, find_record
from korea_cli.model.records import Event, Fact, written_keys
from korea_cli.reading.statements import comments_in
from korea_cli.versioning.driver import MergeConflictsError, merge_into_ours

if TYPE_CHECKING:
    import random
    from pathlib import Path

TABLES = {"events": Event, "facts": Fact}
TEXTS = {"events": ("title", "summary", "place", "note", "quote"), "facts": ("text", "note", "outcome")}
LISTS = {"events": ("topics", "sources", "actors"), "facts": ("topics", "sources", "holders")}
WORDS = ("Minsk", "a \\ b", 'say "so"', "한성렬", "line\nbreak", "# none", "x" * 120)


class Side:
    """A text that somebody changes, and what became of it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def tables(self) -> dict[str, Any]:
        """Its tables."""
        return tomli.loads(self.text)

    def apply(self, edit: Edit) -> None:
        """Change it."""
        self.text = edit.text(self.text)

    def number(self, table: str, id_: str) -> RecordRef:
        """Find a record."""
        return RecordRef(table, [each["id"] for each in self.tables[table]].index(id_))

    def set(self, table: str, id_: str, key: str, value: object) -> None:
        """Set a key, or remove it."""
        self.apply(set_key(self.number(table, id_), key, value, list(written_keys(TABLES[table]))))

    def comment(self, table: str, id_: str, words: str) -> None:
        """Write a comment above a record."""
        start = find_record(self.text, self.number(table, id_)).start
        self.text = f"{self.text[:start]}# {words}\n{self.text[start:]}"


def record(dice: random.Random, table: str, id_: str) -> dict[str, Any]:
    values: dict[str, Any] = {"id": id_, TEXTS[table][0]: dice.choice(WORDS), "date": f"20{dice.randint(10, 30)}"}
    values |= {key: dice.choice(WORDS) for key in dice.sample(TEXTS[table][1:], 2)}
    return values | {
        key: [f"{key}-{n}" for n in dice.sample(range(9), dice.randint(1, 4))] for key in dice.sample(LISTS[table], 2)
    }


def text_of(dice: random.Random, table: str, values: dict[str, Any]) -> str:
    from korea_cli.editing.toml import toml_record

    lines = toml_record(TABLES[table], values).splitlines()
    lines[1:] = [
        f"{line}  # {dice.random()}" if dice.random() < 0.1 and line[-1] in '"]' else line for line in lines[1:]
    ]
    return "".join([*([f"# above {dice.random()}\n"] if dice.random() < 0.3 else []), *(f"{line}\n" for line in lines)])


def chronology(dice: random.Random) -> str:
    records = [(table, f"{table[0]}{number}") for table in TABLES for number in range(dice.randint(3, 7))]
    parts = ['[chronology]\ntitle = "T"\nkinds = ["k"]\n']
    for table, id_ in records:
        parts += [f"# a section {dice.random()}\n"] if dice.random() < 0.2 else []
        parts.append(text_of(dice, table, record(dice, table, id_)))
    return dice.choice(("", "#:schema x\n\n")) + "\n".join(parts)


def change(dice: random.Random, side: Side, own: dict[tuple[str, str], list[str]], mark: str) -> None:
    """Change something that is a side's own: keys of records, records of its own, values of lists."""
    (table, id_), keys = dice.choice(list(own.items()))
    kind = dice.choice(("text", "list", "add", "remove", "comment", "inner", "header", "paragraph", "fmt"))
    if kind == "text" and (texts := [key for key in keys if key in TEXTS[table]]):
        side.set(table, id_, dice.choice(texts), dice.choice((*WORDS, mark)))
    elif kind == "list":
        now = side.tables[table][side.number(table, id_).number].get(key := dice.choice(LISTS[table]), [])
        kept = [each for each in now if dice.random() < 0.8]
        side.set(table, id_, key, [*kept, *([f"{mark}-{dice.randint(1, 99)}"] if dice.random() < 0.7 else [])])
    elif kind == "add":
        total = len(side.tables[table])
        values = record(dice, table, f"{mark}{dice.randint(1, 10**6)}")
        values = {key: values[key] for key in written_keys(TABLES[table]) if key in values}
        side.apply(insert_records(table, {dice.randint(0, total): [(values, text_of(dice, table, values))]}, total))
    elif kind == "comment":
        side.comment(table, id_, f"{mark} {dice.random()}")
    elif kind == "inner":
        span = find_record(side.text, side.number(table, id_))
        start = dice.choice(span.statements[1:]).start
        side.text = f"{side.text[:start]}# {mark} within {dice.random()}\n{side.text[start:]}"
    elif kind == "fmt":
        side.text = format_text(side.text, sort=dice.random() < 0.3)
    elif kind == "paragraph":
        side.text += f"\n# {mark} ends {dice.random()}\n"
    elif kind == "header":
        order = ["title", "kinds", "about", "date_rule"]
        side.apply(set_key(RecordRef("chronology", 0), {"a": "about", "b": "date_rule"}[mark[0]], mark, order))
    elif (
        kind == "remove"
        and len(keys) == len(written_keys(TABLES[table]))
        and len(own) > 2
        and len(side.tables[table]) > 2
    ):
        side.apply(remove_record(side.number(table, id_)))
        del own[table, id_]


def split(dice: random.Random, text: str) -> tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], list[str]]]:
    """Divide the records, and the keys of some, between two sides."""
    ours: dict[tuple[str, str], list[str]] = {}
    theirs: dict[tuple[str, str], list[str]] = {}
    for table, model in TABLES.items():
        for each in tomli.loads(text)[table]:
            keys = list(written_keys(model))
            if dice.random() < 0.5:
                dice.choice((ours, theirs))[table, each["id"]] = keys
            else:
                chosen = {key for key in keys if dice.random() < 0.5}
                ours[table, each["id"]] = [key for key in keys if key in chosen]
                theirs[table, each["id"]] = [key for key in keys if key not in chosen]
    return ours, theirs


def merge(folder: Path, base: str, ours: str, theirs: str) -> str:
    """Merge three texts without a conflict, by record."""
    names = [folder / name for name in ("base", "ours", "theirs")]
    for name, text in zip(names, (base, ours, theirs), strict=True):
        name.write_bytes(text.encode())
    try:
        base_name, own_name, their_name = map(str, names)
        assert merge_into_ours(base_name, own_name, their_name, "x.toml") == ()
    except MergeConflictsError as error:
        pytest.fail(f"{error}\n{names[1].read_text('utf-8')}")
    return names[1].read_bytes().decode()


def as_sets(text: str) -> dict[Any, Any]:
    """Return the tables of a text, records by id, lists without their order."""
    tables = tomli.loads(text)
    records: dict[Any, Any] = {(table, each["id"]): each for table in TABLES for each in tables.get(table, ())}
    return {
        name: {key: frozenset(value) if isinstance(value, list) else value for key, value in each.items()}
        for name, each in (records | {"header": tables["chronology"]}).items()
    }


def expected(base: str, ours: str, theirs: str) -> dict[Any, Any]:
    """Merge the tables of three texts where no key was changed by both but lists."""
    versions = [as_sets(text) for text in (base, ours, theirs)]
    merged: dict[Any, Any] = {}
    for name in {*versions[1], *versions[2]}:
        records = [each.get(name) for each in versions]
        if records[0] and not (records[1] and records[2]):
            continue
        values: dict[str, Any] = {}
        for key in {key for each in records if each for key in each}:
            old, one, other = ((each or {}).get(key) for each in records)
            if any(isinstance(each, frozenset) for each in (old, one, other)):
                old, one, other = (each or frozenset() for each in (old, one, other))
                value: Any = (one | other) - (old - one) - (old - other)
            else:
                value = one if other == old else other
            values |= {key: value} if value else {}
        merged[name] = values
    return merged


@pytest.mark.random
def test_changes_of_two_sides_are_both_made_whoever_merges(dice: random.Random, tmp_path: Path) -> None:
    for _ in range(150):
        base = chronology(dice)
        ours, theirs = Side(base), Side(base)
        for side, own, mark in zip((ours, theirs), split(dice, base), "ab", strict=True):
            for _ in range(dice.randint(1, 6)):
                if own:
                    change(dice, side, own, mark)
        merged = merge(tmp_path, base, ours.text, theirs.text)
        assert as_sets(merged) == expected(base, ours.text, theirs.text)
        assert as_sets(merge(tmp_path, base, theirs.text, ours.text)) == as_sets(merged)
        removed = {each for side in (ours, theirs) for each in {*comments_in(base)} - {*comments_in(side.text)}}
        every = {*comments_in(ours.text), *comments_in(theirs.text)} - removed
        assert every - {*comments_in(merged)} == set()
        assert "\n\n\n" not in merged or any("\n\n\n" in each for each in (base, ours.text, theirs.text))


@pytest.mark.random
def test_where_one_side_changed_nothing_the_other_is_taken_byte_for_byte(dice: random.Random, tmp_path: Path) -> None:
    for _ in range(30):
        base = chronology(dice)
        other = Side(base)
        own = split(dice, base)[0]
        for _ in range(4):
            if own:
                change(dice, other, own, "a")
        text = dice.choice(
            (other.text, other.text.replace("\n", "\r\n"), f"\ufeff{other.text}", other.text.rstrip("\n"))
        )
        assert merge(tmp_path, base, text, base) == text
        assert merge(tmp_path, base, base, text) == text
        assert merge(tmp_path, base, text, text) == text
