"""What a file adds to a record of another file is in that record, and never contradicts it without a word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.checks.load import load
from korea_cli.model.records import RECORDS, Event, keys_of
from korea_cli.reading.records import read_records
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.base.problems import Severity
    from korea_cli.reading.draft import Draft

BASE = """
[[sources]]
id = "press"
title = "Press"

[[actors]]
id = "dprk"
name = "North Korea"
aliases = ["DPRK"]

[[topics]]
id = "missiles"
label = "Missiles"

[[events]]
id = "launch"
title = "A launch"
date = "2017-07-04"
actors = ["dprk"]
sources = ["press#p1"]
note = "Seen by many."

[[facts]]
id = "range"
text = "It flew far."
sources = ["press#p2"]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")
    return tmp_path


def merged(folder: Path, *texts: str) -> Draft:
    """Read the base and some files after it, in which nothing is wrong."""
    names = ["base.toml"]
    for number, text in enumerate(texts):
        names.append(f"more{number}.toml")
        (folder / names[-1]).write_text(text, encoding="utf-8")
    loaded = load(names)
    assert loaded.problems == ()
    return loaded.draft


def said(folder: Path, text: str, *severities: Severity) -> list[str]:
    """Return what is wrong with a file read after the base."""
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in load(["base.toml", "mine.toml"]).check(*severities)]


def one(draft: Draft, table: str) -> Any:  # noqa: ANN401 - a record
    (record,) = draft.records[table]
    return record


# ---- what is added


def test_lists_grow_each_item_once_and_what_was_empty_is_filled(folder: Path) -> None:
    more = """
    [[events]]
    extends = "launch"
    sources = ["press#p1", "press#p3"]
    other_dates = [{ date = "2017-07-03", sources = ["press#p3"], note = "in Washington" }]
    topics = ["missiles"]
    place = "Panghyon"
    """
    event = one(merged(folder, more), "events")
    assert [citation.locator for citation in event.sources] == ["p1", "p3"]
    assert [other.date.text for other in event.other_dates] == ["2017-07-03"]
    assert (event.topics, event.actors, event.place) == (("missiles",), ("dprk",), "Panghyon")


def test_a_note_becomes_a_further_paragraph(folder: Path) -> None:
    more = '[[events]]\nextends = "launch"\nnote = "Japan too."\n'
    assert one(merged(folder, more), "events").note == "Seen by many.\n\nJapan too."
    first_note = '[[facts]]\nextends = "range"\nnote = "Japan too."\n'
    assert one(merged(folder, first_note), "facts").note == "Japan too."


@pytest.mark.parametrize(
    ("table", "id_", "added"),
    [
        ("sources", "press", 'authors = ["Kim"]'),
        ("actors", "dprk", 'aliases = ["조선"]'),
        ("topics", "missiles", 'note = "All ranges."'),
        ("events", "launch", 'via = ["dprk"]'),
        ("facts", "range", 'events = ["launch"]'),
    ],
)
def test_every_type_of_record_can_be_extended(table: str, id_: str, added: str, folder: Path) -> None:
    before, after = merged(folder), merged(folder, f'[[{table}]]\nextends = "{id_}"\n{added}\n')
    assert one(before, table) != one(after, table)
    name = added.partition(" ")[0]
    assert set(one(before, table).__getattribute__(name)) < set(one(after, table).__getattribute__(name))


def test_the_record_keeps_its_own_file_and_line(folder: Path) -> None:
    event = one(merged(folder, '\n\n[[events]]\nextends = "launch"\nplace = "x"\n'), "events")
    assert (event.file, event.line) == ("base.toml", 15)


def test_a_file_may_extend_what_it_includes(folder: Path) -> None:
    (folder / "whole.toml").write_text(
        '[chronology]\ninclude = ["base.toml"]\n[[events]]\nextends = "launch"\nplace = "x"\n'
    )
    loaded = load(["whole.toml"])
    assert loaded.problems == ()
    assert one(loaded.draft, "events").place == "x"


def test_a_file_that_only_extends_actors_declares_what_it_names(folder: Path) -> None:
    more = '[[actors]]\nextends = "dprk"\nrole = "x"\n[[events]]\nextends = "launch"\nrecipients = ["japan"]\n'
    assert [actor.id for actor in merged(folder, more).records["actors"]] == ["dprk", "japan"]
    declaring = '[[actors]]\nid = "rok"\nname = "South Korea"\n[[events]]\nextends = "launch"\nrecipients = ["japan"]\n'
    assert said(folder, declaring) == [
        (
            "mine.toml:6:14: events[1] 'launch': recipients names 'japan', but no actor has that id; declare it with"
            " [[actors]]"
        )
    ]


# ---- what is refused, each at its own line


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            'extends = "lunch"',
            (
                "2:11: events[1] 'lunch': extends names 'lunch', but no event of another file has that id."
                " Did you mean 'launch'?"
            ),
        ),
        (
            'extends = "zeppelin"',
            (
                "2:11: events[1] 'zeppelin': extends names 'zeppelin', but no event of another file has that id;"
                " name its file with -d too"
            ),
        ),
        (
            'extends = "launch"\ndate = "2017-07-05"',
            (
                "3:8: events[1] 'launch': date '2017-07-05' contradicts '2017-07-04' at base.toml:15;"
                " put another date under other_dates"
            ),
        ),
        (
            'extends = "launch"\ntitle = "Another"',
            "3:9: events[1] 'launch': title 'Another' contradicts 'A launch' at base.toml:15",
        ),
        (
            'extends = "launch"\nid = "launch"',
            ("2:1: events[1] 'launch': extends cannot be used together with 'id'; keep only extends"),
        ),
        ("extends = 4", "2:11: events[1]: extends must be the id of a record"),
        (
            'extends = "launch"\nsources = ["pres"]',
            "3:11: events[1] 'launch': sources names 'pres', but no source has that id. Did you mean 'press'?",
        ),
        ('extends = "launch"\nplac = "x"', "3:1: events[1] 'launch': unknown key 'plac'. Did you mean 'place'?"),
        ('extends = "launch"\nplace = 4', "3:9: events[1] 'launch': place must be text in quotes, not the number 4"),
    ],
)
def test_what_cannot_be_added_is_an_error_at_its_line(text: str, problem: str, folder: Path) -> None:
    assert said(folder, f"[[events]]\n{text}\n") == [f"mine.toml:{problem}"]


def test_a_record_of_the_same_file_is_not_extended(folder: Path) -> None:
    text = '[[topics]]\nextends = "x"\nnote = "n"\n[[topics]]\nid = "x"\nlabel = "X"\n'
    assert said(folder, text) == [
        "mine.toml:2:11: topics[1] 'x': extends names a record of this same file, topics[2]; add the keys there"
    ]


def test_the_same_value_again_is_no_contradiction(folder: Path) -> None:
    more = '[[events]]\nextends = "launch"\ntitle = "A launch"\ndate = "2017-07-04"\nnote = "Seen by many."\n'
    assert one(merged(folder, more), "events") == one(merged(folder), "events")


def test_of_two_files_that_contradict_each_other_the_first_is_named(folder: Path) -> None:
    (folder / "first.toml").write_text('\n[[events]]\nextends = "launch"\nplace = "here"\n')
    (folder / "second.toml").write_text('[[events]]\nextends = "launch"\nplace = "there"\n')
    problems = load(["base.toml", "first.toml", "second.toml"]).problems
    assert [str(problem) for problem in problems] == [
        "second.toml:3:9: events[1] 'launch': place 'there' contradicts 'here' at first.toml:2"
    ]


def test_a_slip_in_the_key_itself_is_recognised(folder: Path) -> None:
    assert "mine.toml:2:1: events[1]: unknown key 'extend'. Did you mean 'extends'?" in said(
        folder, '[[events]]\nextend = "launch"\n'
    )


def test_extending_a_broken_record_is_not_a_second_problem(folder: Path) -> None:
    (folder / "base.toml").write_text('[[events]]\nid = "launch"\ntitle = "A"\ndate = "2017-13"\n')
    (problem,) = said(folder, '[[events]]\nextends = "launch"\nplace = "x"\n')
    assert problem.startswith("base.toml:4:8: ")


def test_a_rule_that_an_added_value_breaks_is_told_at_that_value(folder: Path) -> None:
    text = """
[[events]]
id = "later"
title = "Later"
date = "2017-08"
kind = "test"
sources = ["press#p1"]

[[topics]]
extends = "missiles"
broader = "missiles"

[[actors]]
extends = "dprk"
aliases = ["Missiles", "North\u200eKorea"]
part_of = ["dprk"]

[[facts]]
extends = "range"
status = "disputed"

[[events]]
extends = "launch"
time = "09:10"
timezone = "Asia/Pyongyangg"
"""
    places = [told.partition(": ")[0] for told in said(folder, text, "warning")]
    assert sorted(place for place in places if place.startswith("mine")) == [
        "mine.toml:11:11",  # broader forms a cycle
        "mine.toml:15:11",  # an invisible character
        "mine.toml:16:11",  # part_of forms a cycle
        "mine.toml:20:10",  # disputed, and nobody says by whom
        "mine.toml:25:12",  # no such time zone
    ]


def test_an_id_used_twice_names_both_places_across_includes_and_says_how_to_add(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "a.toml").write_text('[[topics]]\nid = "missiles"\nlabel = "M"\n')
    (folder / "whole.toml").write_text('[chronology]\ninclude = ["base.toml", "more/*.toml"]\n')
    assert [str(problem) for problem in load(["whole.toml"]).problems] == [
        (
            "more/a.toml:2:6: topics[1] 'missiles': the id 'missiles' is already used at base.toml:11;"
            " to add to that record, write extends for id"
        )
    ]


# ---- laws

SINGLE = {"place": "Seoul", "kind": "test", "status": "confirmed", "summary": "Far.", "quote": "Far", "time": "09:10"}
ITEMS = {
    "actors": ["a", "b", "c"],
    "topics": ["t", "u"],
    "sources": ["s#p1", "s#p2", "s"],
    "responds_to": ["launch"],
}
PARTS = st.fixed_dictionaries(
    {}, optional={key: st.lists(st.sampled_from(items), unique=True) for key, items in ITEMS.items()}
)
SINGLES = st.fixed_dictionaries({}, optional={key: st.just(value) for key, value in SINGLE.items()})
ADDED = st.builds(lambda lists, singles: {**lists, **singles}, PARTS, SINGLES)
OWN = {"id": "launch", "title": "A launch", "date": "2017"}


def event_of(*files: dict[str, Any]) -> Event:
    """Read an event of which each file says a part, the first what it must have."""
    documents = []
    for number, values in enumerate(files):
        head = OWN if not number else {"extends": "launch"}
        text = "\n".join(f"{key} = {json.dumps(value)}" for key, value in {**head, **values}.items())
        documents.append(parse_document(Document(name=str(number), path=None, text=f"[[events]]\n{text}\n"))[0])
    draft = read_records(documents)
    assert draft.findings == []
    (event,) = draft.records["events"]
    assert isinstance(event, Event)
    return event


def as_sets(event: Event) -> list[Any]:
    values = [getattr(event, name) for name in keys_of(Event)]
    return [frozenset(value) if type(value) is tuple else value for value in values]


@given(own=ADDED)
def test_to_add_nothing_changes_nothing(own: dict[str, Any]) -> None:
    assert event_of(own, {}) == event_of(own)


@given(own=ADDED, more=ADDED)
def test_to_add_the_same_twice_is_to_add_it_once(own: dict[str, Any], more: dict[str, Any]) -> None:
    assert event_of(own, more, more) == event_of(own, more)


@given(own=ADDED, first=ADDED, second=ADDED)
def test_what_is_added_does_not_depend_on_who_adds_first(
    own: dict[str, Any], first: dict[str, Any], second: dict[str, Any]
) -> None:
    assert as_sets(event_of(own, first, second)) == as_sets(event_of(own, second, first))


@given(own=ADDED, more=ADDED)
def test_a_record_in_two_parts_is_the_record_in_one(own: dict[str, Any], more: dict[str, Any]) -> None:
    whole = {**own, **more}
    for key in own.keys() & more.keys() & ITEMS.keys():
        whole[key] = [*own[key], *(item for item in more[key] if item not in own[key])]
    assert event_of(own, more) == event_of(whole)


def test_every_type_of_record_says_what_it_is_extended_by() -> None:
    draft = read_records([])
    assert set(draft.extensions) == {record.table for record in RECORDS}
    assert draft.parts == {}
