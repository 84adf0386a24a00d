"""The store holds all that was read, as tables that are written when a question first needs them."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from korea_cli.checks.load import load_valid
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END
from korea_cli.model.field_spec import DERIVED
from korea_cli.model.records import RECORDS, Event, Fact, Record, keys_of
from korea_cli.store.decode_rows import RowDecoder, columns_of, decode
from korea_cli.store.encode_rows import APART, UNDATED, build_store

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import Store

ODD = r"""
[[sources]]
id = "s"
title = "A | title\u0001 with \"quotes\", 100% and '; DROP TABLE entry; --"
authors = ["Kim, J.", "문재인", "\u0000", "😀"]
container = "The Diplomat"
[[sources]]
id = "t"
title = "Another"
[[actors]]
id = "a"
name = "A"
part_of = ["b", "c"]
[[actors]]
id = "b"
name = "B"
part_of = ["d"]
[[actors]]
id = "c"
name = "C"
part_of = ["d"]
[[actors]]
id = "d"
name = "D"
[[topics]]
id = "wide"
label = "Wide"
[[topics]]
id = "narrow"
label = "Narrow"
broader = "wide"
[[events]]
id = "e"
title = "An event"
date = "2016-04/.."
other_dates = [
    { date = "2017-07-04~", sources = ["t#p. 5, n. 2", "t"], note = "“about”" },
    { date = "2017", sources = ["s"] },
]
actors = ["a", "b"]
recipients = ["a"]
topics = ["narrow", "wide"]
place = "Moscow"
disputed_by = ["f", "d", "s"]
sources = ["s#p 1 # 2", "s#p3", "t"]
[[facts]]
id = "f"
text = "A fact"
hedged = true
events = ["e"]
[[facts]]
id = "g"
text = "Another fact"
date = "../2017?"
"""


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    path = tmp_path / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    return load_valid([str(path)]).draft


@pytest.fixture
def store(draft: Draft) -> Store:
    return build_store(draft)


def stored(store: Store, record: type[Record]) -> list[Record]:
    """Read back all records of a type, with what was found about them when they were read."""
    if not issubclass(record, Event | Fact):
        columns = ", ".join(f'"{name}"' for name in columns_of(record))
        return [decode(record, row) for row in store.rows(f"SELECT {columns} FROM {record.type} ORDER BY seq")]  # noqa: S608 - names from the code
    decoder = RowDecoder(record.type, dict.fromkeys(("match", "distance"), "NULL"))
    tables = f"entry JOIN {record.type} AS record ON record.seq = entry.seq ORDER BY entry.seq"
    return [decoder.record(row) for row in store.rows(f"SELECT {', '.join(decoder.columns)} FROM {tables}")]  # noqa: S608 - as above


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_comes_back_as_it_was_read(draft: Draft, store: Store, record: type[Record]) -> None:
    assert stored(store, record) == draft.records[record.table]


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_of_the_built_in_chronology_comes_back(record: type[Record]) -> None:
    draft = load_valid(["builtin"]).draft
    assert draft.records[record.table]
    assert stored(build_store(draft), record) == draft.records[record.table]


def test_what_is_asked_beside_a_row_goes_into_the_record(store: Store) -> None:
    record = RECORDS[3]
    columns = ", ".join(f'"{name}"' for name in columns_of(record))
    (row,) = store.rows(f"SELECT {columns} FROM event")  # noqa: S608 - names from the code
    assert getattr(decode(record, row, match="possible"), "match") == "possible"  # noqa: B009 - a union has no match


def test_the_columns_are_the_keys_a_file_may_write_and_where_they_stand() -> None:
    for record in RECORDS:
        found = {name for name, key in keys_of(record).items() if key.form in DERIVED}
        assert set(keys_of(record)) - set(columns_of(record)) == found - {"file", "line"}


def test_records_are_numbered_in_the_order_of_the_file_within_their_type(store: Store) -> None:
    rows = list(store.rows("SELECT seq, type, id, title FROM entry ORDER BY seq"))
    assert len(rows) == 11
    assert all(later - seq >= APART for (seq, *_), (later, *_) in pairwise(rows))  # others may come between
    assert [id_ for _, type_, id_, _ in rows if type_ == "actor"] == ["a", "b", "c", "d"]
    assert [title for _, type_, _, title in rows if type_ != "source"] == [
        *("A", "B", "C", "D"), *("Wide", "Narrow"), "An event", *("A fact", "Another fact"),
    ]  # fmt: skip
    for record in RECORDS:
        same = (
            f"SELECT COUNT(*) FROM {record.type} AS r JOIN entry ON entry.seq = r.seq AND entry.id = r.id AND type = ?"  # noqa: S608 - names from the code
        )
        assert store.value(same, (record.type,)) == store.value(f"SELECT COUNT(*) FROM {record.type}")  # noqa: S608 - names from the code


def test_an_entry_has_the_bounds_of_its_date_and_the_day_it_is_ordered_by(store: Store) -> None:
    days = {
        row[0]: row[1:] for row in store.rows("SELECT id, start_min, start_max, end_min, end_max, orders FROM entry")
    }
    going_on, over = parse_stored("2016-04/.."), parse_stored("../2017?")
    assert days["e"] == (going_on.start_min, going_on.start_max, going_on.end_min, going_on.end_max, going_on.start_min)
    assert days["g"] == (over.start_min, over.start_max, over.end_min, over.end_max, over.end_max)
    assert days["f"] == days["a"] == (None, None, None, None, UNDATED)
    assert UNDATED > OPEN_END


def test_links_are_who_and_what_a_record_refers_to_each_once_for_each_place_in_a_source(store: Store) -> None:
    sql = "SELECT link.key, target, locator FROM link JOIN entry ON entry.seq = link.seq WHERE id = ?"
    plain = {
        "actors": ("a", "b"), "recipients": ("a",), "topics": ("narrow", "wide"), "disputed_by": ("f", "d", "s"),
    }  # fmt: skip
    assert sorted(store.rows(sql, ("e",))) == sorted(
        [
            *((key, target, "") for key, targets in plain.items() for target in targets),
            *(("sources", "s", "p 1 # 2"), ("sources", "s", "p3"), ("sources", "t", "")),
            *(("other_dates", "t", "p. 5, n. 2"), ("other_dates", "t", ""), ("other_dates", "s", "")),
        ]
    )
    assert list(store.rows(sql, ("a",))) == [("part_of", "b", ""), ("part_of", "c", "")]
    assert list(store.rows(sql, ("narrow",))) == [("broader", "wide", "")]
    assert list(store.rows(sql, ("wide",))) == []


def test_opponents_are_found_from_both_alone_and_by_what_is_in_dispute(store: Store) -> None:
    numbers: dict[str, int] = dict(store.rows("SELECT id, seq FROM entry"))
    event, fact = numbers["e"], numbers["f"]
    assert list(store.rows("SELECT seq, other, about FROM opponent ORDER BY seq, other, about")) == sorted(
        [*((event, numbers[id_], about) for id_ in ("f", "d", "s") for about in (0, event)),
         *((fact, event, about) for about in (0, event))]
    )  # fmt: skip


def test_every_date_of_a_record_has_its_span(store: Store) -> None:
    spans = list(
        store.rows(
            "SELECT start_min, start_max, end_min, end_max, sharp FROM span ORDER BY seq, end_max DESC, start_min DESC"
        )
    )
    dates = [parse_stored(text) for text in ("2016-04/..", "2017", "2017-07-04~", "../2017?")]
    (_, b, _, _, _), *others = [
        (date.start_min, date.start_max, date.end_min, date.end_max, not date.qualified) for date in dates
    ]
    reach = parse_stored("2017-12").end_max
    assert spans == [(dates[0].start_min, b, reach, OPEN_END, True), *others]  # ongoing up to the last day there is


def test_belonging_reaches_any_depth_and_counts_each_whole_once(store: Store) -> None:
    rows = sorted(store.rows("SELECT type, id, whole FROM belongs WHERE type <> 'source'"))
    assert rows == sorted(
        [
            *(("actor", "a", whole) for whole in "abcd"), ("actor", "b", "b"), ("actor", "b", "d"),
            ("actor", "c", "c"), ("actor", "c", "d"), ("actor", "d", "d"),
            ("topic", "narrow", "narrow"), ("topic", "narrow", "wide"), ("topic", "wide", "wide"),
            ("voice", "s", "s"), ("voice", "t", "t"),
        ]
    )  # fmt: skip


def test_a_value_is_never_read_as_sql(store: Store) -> None:
    hostile = "'; DROP TABLE entry; --"
    assert list(store.rows("SELECT id FROM entry WHERE title = ?", (hostile,))) == []
    assert list(store.rows("SELECT ? FROM entry WHERE id = ?", (hostile, "e"))) == [(hostile,)]
    assert store.value("SELECT COUNT(*) FROM entry") == 11


def test_a_table_may_be_written_while_another_answer_is_being_read(store: Store) -> None:
    found = [(id_, store.value("SELECT COUNT(*) FROM link")) for (id_,) in store.rows("SELECT id FROM entry")]
    assert len(found) == 11
    assert {count for _, count in found} == {20}


def test_only_the_tables_that_a_question_names_are_written(store: Store) -> None:
    def written() -> set[str]:
        return {name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")} - {"name"}

    assert list(store.rows("SELECT 1")) == [(1,)]
    assert written() == set()
    assert store.value("SELECT COUNT(*) FROM entry WHERE id <> ?", ("link",)) == 11
    assert written() == {"entry"}
    store.value("SELECT COUNT(*) FROM entry JOIN span ON span.seq = entry.seq")
    assert written() == {"entry", "span"}


def test_an_empty_chronology_has_every_table(tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    store = build_store(load_valid([str(tmp_path / "empty.toml")]).draft)
    for table in ("entry", "link", "span", "belongs", "name", "record_json", "event", "fact", "source"):
        assert store.value(f"SELECT COUNT(*) FROM {table}") == 0  # noqa: S608 - names from the code
    rows, values = store.words.rows("text", "word")
    assert list(store.rows(f"SELECT seq FROM {rows}", values)) == []  # noqa: S608 - what is tested


def test_what_a_plain_answer_does_not_need_is_not_imported() -> None:
    script = (
        "import json, sys; from korea_cli import open_chronology; list(open_chronology('builtin').events());"
        "print(json.dumps([name for name in sys.modules]))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"difflib", "dateutil", "korea_cli.dates.typed"} & set(json.loads(answer.stdout))
