"""Columns have the promised keys in the promised order, and their values the shapes that JSON promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.problems import Problem
from korea_cli.chronology.opening import open_chronology
from korea_cli.model.field_spec import DERIVED
from korea_cli.model.records import RECORDS, Actor, Event, Fact, Record, Source, Topic, keys_of
from korea_cli.report.sections import in_words
from korea_cli.rows.column import Json, plain_columns
from korea_cli.rows.columns import columns_for, relations_of

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.chronology import Chronology

# As `cli.md` lists them.
DATE = ["date", "earliest", "latest", "precision"]
SUPPORT = ["source_count", "voice_count", "known_since"]
ASKED = ["match", "distance"]  # what depends on the query
PLACE = ["file", "line"]
HIDING = ["distinct_from", "private", "embargo"]
KEYS: dict[str, list[str]] = {
    "event": [
        *("type", "id", "title", *DATE, "date_text", "date_basis", "other_dates", "time", "timezone", "kind"),
        *("summary", "actors", "recipients", "via", "place", "topics", "responds_to", "status"),
        *("withdrawn", "withdrawn_reason", "disputed_by"),
        *("sources", "quote", "note", *HIDING, "key", "claims", *SUPPORT, *ASKED, *PLACE),
    ],
    "fact": [
        *("type", "id", "text", "kind", "holders", "reported_by", "about", "topics", "events", *DATE, "hedged"),
        *("status", "withdrawn", "withdrawn_reason", "disputed_by", "sources", "outcome", "outcome_sources", "note"),
        *(*HIDING, *SUPPORT, *ASKED, *PLACE),
    ],
    "actor": [
        *("type", "id", "name", "kind", "aliases", "country", "role", "part_of", "affiliation", "wikidata"),
        *("note", *HIDING, "event_count", "fact_count", "first", "last", *PLACE),
    ],
    "topic": [
        *("type", "id", "label", "aliases", "broader", "note", *HIDING),
        *("event_count", "fact_count", "first", "last", *PLACE),
    ],
    "source": [
        *("type", "id", "source_type", "voice", "country", "title", "authors", "container", "publisher", "original"),
        *("number", "issued", "url", "archive_url", "doi", "isbn", "accessed", "document", "sha256"),
        *("language", "note", *HIDING),
        *("event_count", "fact_count", "alone", "first", "last", *PLACE),
    ],
}  # fmt: skip

FULL = """
[[sources]]
id = "s"
type = "web"
title = "Sigma"
url = "https://example.org/s"
authors = ["A. Author", "B. Author"]
issued = "2017-07"
[[sources]]
id = "bare"
title = "Bare"
[[actors]]
id = "a"
name = "Alpha"
aliases = ["알파"]
part_of = ["whole"]
[[actors]]
id = "whole"
name = "Whole"
[[topics]]
id = "t"
label = "Tau"
broader = "wide"
[[topics]]
id = "wide"
label = "Wide"
[[events]]
id = "full"
title = "Full"
date = "2017-07-04/.."
other_dates = [ { date = "/2017-07", sources = ["s#p1", "bare"], note = "early" }, { date = "2016-33" } ]
actors = ["a"]
topics = ["t", "wide"]
responds_to = ["bare"]
disputed_by = ["f", "a", "s"]
sources = ["s#p2", "bare"]
[[events]]
id = "bare"
title = "Bare"
date = "2017"
[[facts]]
id = "f"
text = "It is so."
holders = ["whole"]
reported_by = ["a", "whole"]
events = ["full"]
hedged = true
[[facts]]
id = "g"
text = "It is otherwise."
"""


SAME = {"sources": "title", "actors": "name", "topics": "label", "facts": "text"}
REFERRING = 'actors = ["x"]\ntopics = ["x"]\ndisputed_by = ["x"]\nsources = ["x"]\n'


@pytest.fixture(scope="module")
def chronology(tmp_path_factory: pytest.TempPathFactory) -> Chronology:
    path: Path = tmp_path_factory.mktemp("data") / "full.toml"
    path.write_text(FULL, encoding="utf-8")
    return open_chronology(path)


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


def values(chronology: Chronology, type_: str, id_: str) -> dict[str, Any]:
    row = chronology.find(id_, type_)
    columns = (*columns_for(type(row), chronology), *relations_of(chronology, type_))
    return {column.key: column.value(row) for column in columns}


# ---------------------------------------------------------------- keys


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda record_type: str(record_type.type))
def test_each_record_has_exactly_the_promised_keys_in_the_promised_order(
    chronology: Chronology, record_type: type[Record]
) -> None:
    assert [column.key for column in columns_for(record_type, chronology)] == KEYS[record_type.type]


@pytest.mark.parametrize(
    ("type_", "keys"),
    [
        ("event", ["answered_by", "facts"]),
        ("fact", ["disputes"]),
        ("actor", ["members", "disputes"]),
        ("topic", ["narrower"]),
        ("source", ["disputes"]),
    ],
)
def test_in_full_a_record_also_tells_what_refers_to_it(chronology: Chronology, type_: str, keys: list[str]) -> None:
    assert [column.key for column in relations_of(chronology, type_)] == keys
    assert not set(keys) & set(KEYS[type_])


def test_every_column_says_what_it_means(chronology: Chronology) -> None:
    for record_type in RECORDS:
        for column in (*columns_for(record_type, chronology), *relations_of(chronology, record_type.type)):
            assert column.help, (record_type, column.key)


# ---------------------------------------------------------------- values


def test_actors_are_named_by_id_and_name(chronology: Chronology) -> None:
    alpha, whole = {"id": "a", "name": "Alpha"}, {"id": "whole", "name": "Whole"}
    assert values(chronology, "event", "full")["actors"] == [alpha]
    fact = values(chronology, "fact", "f")
    assert (fact["holders"], fact["reported_by"], fact["about"]) == ([whole], [alpha, whole], [])
    assert values(chronology, "actor", "a")["part_of"] == [whole]
    assert values(chronology, "actor", "whole")["members"] == [alpha]


def test_topics_are_named_by_id_and_label(chronology: Chronology) -> None:
    tau, wide = {"id": "t", "label": "Tau"}, {"id": "wide", "label": "Wide"}
    assert values(chronology, "event", "full")["topics"] == [tau, wide]
    assert values(chronology, "topic", "t")["broader"] == wide
    assert values(chronology, "topic", "wide")["broader"] is None
    assert values(chronology, "topic", "wide")["narrower"] == [tau]


def test_other_records_are_named_by_type_id_and_title(chronology: Chronology) -> None:
    full = {"type": "event", "id": "full", "title": "Full"}
    fact = {"type": "fact", "id": "f", "title": "It is so."}
    told = values(chronology, "event", "full")
    assert told["responds_to"] == [{"type": "event", "id": "bare", "title": "Bare"}]
    assert told["facts"] == [fact]
    assert values(chronology, "event", "bare")["answered_by"] == [full]
    assert values(chronology, "fact", "f")["events"] == [full]


def test_where_several_types_may_stand_each_is_named_by_its_type(chronology: Chronology) -> None:
    assert values(chronology, "event", "full")["disputed_by"] == [
        {"type": "fact", "id": "f", "title": "It is so.", "holders": [{"id": "whole", "name": "Whole"}]},
        {"type": "actor", "id": "a", "title": "Alpha", "holders": []},
        {"type": "source", "id": "s", "title": "Sigma", "holders": []},
    ]
    for type_, id_ in (("fact", "f"), ("actor", "a"), ("source", "s")):
        assert values(chronology, type_, id_)["disputes"] == [{"type": "event", "id": "full", "title": "Full"}]


def test_what_refers_to_one_record_is_not_told_of_another_of_the_same_id(tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    same = "".join(f'[[{table}]]\nid = "x"\n{key} = "X"\n' for table, key in SAME.items())
    file.write_text(f'{same}[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\n{REFERRING}', encoding="utf-8")
    chronology = open_chronology(file)
    told = {type_: values(chronology, type_, "x") for type_ in ("fact", "actor", "source", "topic")}
    assert [each["id"] for each in told["fact"]["disputes"]] == ["e"]
    assert (told["actor"]["disputes"], told["source"]["disputes"]) == ([], [])
    assert (told["actor"]["members"], told["topic"]["narrower"]) == ([], [])
    assert [each["type"] for each in values(chronology, "event", "e")["disputed_by"]] == ["fact"]


def test_citations_are_spelled_out_with_place_title_and_address(chronology: Chronology) -> None:
    assert values(chronology, "event", "full")["sources"] == [
        {"id": "s", "locator": "p2", "title": "Sigma", "url": "https://example.org/s"},
        {"id": "bare", "locator": None, "title": "Bare", "url": None},
    ]


def test_other_dates_have_their_bounds_sources_and_note(chronology: Chronology) -> None:
    cited = [
        {"id": "s", "locator": "p1", "title": "Sigma", "url": "https://example.org/s"},
        {"id": "bare", "locator": None, "title": "Bare", "url": None},
    ]
    assert values(chronology, "event", "full")["other_dates"] == [
        {"date": "/2017-07", "earliest": None, "latest": "2017-07-31", "sources": cited, "note": "early"},
        {"date": "2016-33", "earliest": "2016-01-01", "latest": "2016-03-31", "sources": [], "note": None},
    ]


def test_a_date_is_told_as_stored_with_its_bounds(chronology: Chronology) -> None:
    told = [values(chronology, "event", id_) for id_ in ("full", "bare")]
    assert [each[key] for each in told for key in DATE] == [
        *("2017-07-04/..", "2017-07-04", None, "interval"),
        *("2017", "2017-01-01", "2017-12-31", "year"),
    ]
    assert [values(chronology, "fact", "g")[key] for key in DATE] == [None] * 4
    assert [values(chronology, "source", id_)["issued"] for id_ in ("s", "bare")] == ["2017-07", None]


LISTS = {"texts", "refs", "cites", "other_dates"}


def test_what_a_record_does_not_say_is_null_or_an_empty_list_never_an_empty_text(chronology: Chronology) -> None:
    bare: list[Record] = [
        chronology.find("bare", "event"), chronology.find("g", "fact"), chronology.find("whole", "actor"),
        chronology.find("wide", "topic"), chronology.find("bare", "source"),
    ]  # fmt: skip
    told = 0
    for row in bare:
        columns = {column.key: column.value for column in columns_for(type(row), chronology)}
        for name, key in keys_of(type(row)).items():
            if not getattr(row, name) and key.form not in {*DERIVED, "flag"}:
                value = columns[key.shown_as or name](row)
                assert value == [] if key.form in LISTS else value is None, (row.id, name)
                told += 1
    assert told > 40
    assert (values(chronology, "fact", "g")["hedged"], values(chronology, "fact", "f")["hedged"]) == (False, True)


def test_a_count_of_nothing_is_zero(chronology: Chronology) -> None:
    told = values(chronology, "source", "bare")
    assert (told["fact_count"], told["event_count"], told["alone"], told["first"]) == (0, 1, 0, "2017-07-04")
    whole = next(iter(each for each in chronology.actors() if each.id == "whole"))
    assert (whole.event_count, whole.fact_count) == (1, 1)


@pytest.mark.parametrize("type_", [Event, Fact, Actor, Topic, Source])
def test_every_reference_of_the_built_in_record_has_its_words(record: Chronology, type_: type[Record]) -> None:
    references = [name for name, key in keys_of(type_).items() if key.form in {"refs", "ref"}]
    columns = {column.key: column.value for column in columns_for(type_, record)}
    for row in getattr(record, type_.table)():
        for name in references:
            told: Any = columns[name](row)
            for each in [told] if isinstance(told, dict) else told or ():
                holders = each.pop("holders", ())
                assert all(each.values()), (row.id, name)
                assert all(all(holder.values()) for holder in holders)
                assert set(each) in ({"id", "name"}, {"id", "label"}, {"type", "id", "title"})


def test_plain_fields_are_columns_too() -> None:
    problem = Problem(file="a.toml", line=3, message="wrong", check="date")
    told = {
        column.key: column.value(problem) for column in plain_columns("problem", "place", "column", "record")["problem"]
    }
    assert told == {"type": "problem", "place": "a.toml:3", "column": None, "record": None}


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        ([], ""),
        (0, "0"),
        (-5, "-5"),
        (True, "true"),
        (False, "false"),
        ("a; b", "a; b"),
        (["a", "b"], "a; b"),
        ({"id": "a", "name": "Alpha"}, "Alpha"),
        ({"id": "t", "label": "Tau"}, "Tau"),
        ({"type": "event", "id": "e", "title": "E"}, "E"),
        ({"id": "s", "locator": "p2", "title": "Sigma", "url": None}, "s#p2"),
        ({"id": "s", "locator": None, "title": "Sigma", "url": "https://example.org"}, "s"),
        ([{"id": "s", "locator": "p 1 # 2", "title": "S", "url": None}, {"id": "b", "locator": None}], "s#p 1 # 2; b"),
        ({"date": "2016", "earliest": "2016-01-01", "latest": None, "sources": [], "note": "x"}, "2016"),
    ],
)
def test_any_value_is_said_on_one_line(value: Json, words: str) -> None:
    assert in_words(value) == words


@given(names=st.lists(st.text(min_size=1)))
def test_a_list_of_texts_says_every_text(names: list[str]) -> None:
    assert in_words(list(names)) == "; ".join(names)
