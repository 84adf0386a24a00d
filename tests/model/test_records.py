"""Records as a program uses them: dictionaries as in the JSON output, copies, and what a debugger shows."""

from __future__ import annotations

import copy
import dataclasses
import gc
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Actor, Event, Fact, KoreaError, Selection, Source, Topic, open_chronology
from korea_cli.dates.parse import parse_stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea
    from korea_cli import Chronology
    from korea_cli.model.records import Record

NAMES = ("event:hwasong-14-launch", "actor:putin", "topic:thaad", "source:ramani-2017")


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


# ---------------------------------------------------------------- dictionaries


@pytest.mark.parametrize("cache", [True, False], ids=["index", "memory"])
def test_with_relations_a_record_is_what_show_prints(cache: bool, korea: Korea) -> None:  # noqa: FBT001 - a parameter
    chronology = open_chronology("builtin", cache=cache)
    fact = next(iter(chronology.facts())).id
    shown = json.loads(korea("show", *NAMES, f"fact:{fact}", "-d", "builtin", "--json").out)["results"]
    found = list(chronology.records([*NAMES, f"fact:{fact}"]))
    assert [each.to_dict(relations=True) for each in found] == shown
    for each, row in zip(found, shown, strict=True):
        assert each.to_dict().items() < row.items()


def test_a_record_can_be_listed_searched_for_or_named_and_is_the_same_dictionary(record: Chronology) -> None:
    listed = {each.id: each for each in record.events()}["hwasong-14-launch"]
    searched = next(iter(record.search(Selection(terms=("id:=hwasong-14-launch",)))))
    assert listed.to_dict() == searched.to_dict() == record.find("hwasong-14-launch").to_dict()


def test_a_dictionary_is_the_callers_own_and_becomes_json(record: Chronology) -> None:
    event = record.find("hwasong-14-launch", "event")
    mine = event.to_dict()
    assert json.loads(json.dumps(mine)) == mine
    mine["actors"].clear()
    assert event.to_dict()["actors"]


def test_a_record_keeps_its_chronology_open_as_long_as_it_lives() -> None:
    event = next(iter(open_chronology("builtin").events()))
    gc.collect()
    assert event.to_dict()["id"] == event.id


MADE_ANEW: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda each: pickle.loads(pickle.dumps(each)),  # noqa: S301 - made here
    "replace": lambda each: dataclasses.replace(each, note="Another note"),
}


@pytest.mark.parametrize("way", MADE_ANEW)
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_has_the_same_values_but_belongs_to_no_chronology(name: str, way: str, record: Chronology) -> None:
    original = record.find(name)
    made = MADE_ANEW[way](original)
    assert dataclasses.replace(made, note=original.note) == original
    with pytest.raises(KoreaError, match=f"{original.type} '{original.id}' was not read from a chronology"):
        made.to_dict()


def test_equal_records_are_one_in_a_set(record: Chronology) -> None:
    assert len({*record.events(), *record.events()}) == record.events().count


# ---------------------------------------------------------------- what a debugger shows

HOSTILE = "A\n\x1b[31m\u202e" + "long " * 40
REPRS: list[tuple[Record, str]] = [
    (Event(id="e", title="A launch", date=parse_stored("2017-07-04")), "<Event e 2017-07-04 'A launch'>"),
    (Fact(id="f", text="It flew", date=None), "<Fact f 'It flew'>"),
    (Fact(id="f", text="It flew", date=parse_stored("2017~")), "<Fact f 2017~ 'It flew'>"),
    (Actor(id="a", name="Moon's office"), '<Actor a "Moon\'s office">'),
    (Topic(id="t", label="THAAD"), "<Topic t 'THAAD'>"),
    (Source(id="s", medium="article", title="문재인"), "<Source s '문재인'>"),
]


@pytest.mark.parametrize(("value", "shown"), REPRS, ids=lambda value: str(value)[:12])
def test_a_record_is_shown_by_type_id_date_and_title(value: Record, shown: str) -> None:
    assert repr(value) == str(value) == shown


def test_every_record_is_shown_on_one_short_safe_line(record: Chronology) -> None:
    values = [*record.search(), Actor(id="a", name=HOSTILE), Fact(id="f", text=HOSTILE)]
    assert all(repr(each).isprintable() and len(repr(each)) < 150 for each in values)


def test_a_date_can_be_padded_and_is_shown_by_its_text() -> None:
    date = parse_stored("2017-07-04")
    assert (f"{date:>12}|", f"{date}", repr(date)) == ("  4 Jul 2017|", "4 Jul 2017", "StoredDate('2017-07-04')")


def test_a_chronology_is_shown_by_its_title_and_files(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[chronology]\ntitle = "Mine\\n\\u202e"\n', "utf-8")
    assert repr(open_chronology(file)) == f"<Chronology 'Mine\\n\\u202e' of '{file}'>"
