"""A cell becomes a value of the form that its key has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import UsageError
from korea_cli.ingest.building.cells import CellReader
from korea_cli.ingest.columns.codebooks import parse_books
from korea_cli.ingest.json.json_items import read_items
from korea_cli.ingest.names.actor_names import about_new
from korea_cli.ingest.names.values import fit_value
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import Event, Fact, Topic, file_keys

if TYPE_CHECKING:
    from ingest.conftest import Mine
    from korea_cli.ingest.sheet import Counts


COUNTS: Counts = Counter()


@pytest.fixture
def cells() -> CellReader:
    COUNTS.clear()
    return CellReader(COUNTS, ";", slides=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((each, True) for each in ("true", "yes", "y", "x", "1", "TRUE")),
        *((each, False) for each in ("false", "no", "n", "0", "No")),
    ],
)
def test_yes_and_no_are_read_as_sheets_write_them(typed: str, meant: bool, mine: Mine) -> None:  # noqa: FBT001 - the value
    assert fit_value(Fact, "hedged", typed, mine.registry) is meant


def test_a_cell_that_held_a_control_character_is_counted_and_no_other_is(cells: CellReader) -> None:
    assert [cells.text(text) for text in ("plain", "café", "a\x1b[1mb", "한국\x07", "~")] == [
        "plain", "café", "a[1mb", "한국", "~",
    ]  # fmt: skip
    assert COUNTS["cleaned"] == 2


@pytest.mark.parametrize(
    ("cell", "items"),
    [("['A, B', 'C']", ["A, B", "C"]), ('["A", 1]', ["A", "1"]), ("[{'a': 1}]", ["[{'a': 1}]"]),
     ("[A]; B", ["[A]", "B"]), ("[]", []), ("['A'", ["['A'"])],
)  # fmt: skip
def test_a_list_of_json_or_python_is_one(cell: str, items: list[str], cells: CellReader) -> None:
    assert cells.value("topics", file_keys(Event)["topics"], [cell]) == items


def test_other_dates_may_be_in_several_cells_and_a_record_that_is_one_only_in_a_single_one(cells: CellReader) -> None:
    dates = file_keys(Event)["other_dates"]
    found = cells.value("other_dates", dates, ["1950; 1951", [{"date": "1952", "note": "N"}], ["1953"]])
    assert found == [{"date": "1950"}, {"date": "1951"}, {"date": "1952", "note": "N"}, "1953"]
    broader = file_keys(Topic)["broader"]
    assert cells.value("broader", broader, ["arms"]) == "arms"
    with pytest.raises(RowError, match="'broader' is one topic, not 2"):
        cells.value("broader", broader, ["arms; talks"])


@pytest.mark.parametrize("typed", ["code==x", "code= =x", "code=x"])
def test_a_codebook_needs_a_code_for_each_value(typed: str) -> None:
    with pytest.raises(UsageError, match="--values"):
        parse_books([typed])


def test_an_item_of_json_has_the_line_where_it_begins() -> None:
    text = '\n{"schema_version": 1, "events": [], "events": [1]}'
    assert [(each.line, each.error) for each in read_items(text, "events")] == [(2, "has the key 'events' twice")]
    assert [each.line for each in read_items('\n[{"a": 1},\n\n{"a": 2}]', "events")] == [2, 4]


def test_twenty_new_actors_are_listed_and_how_many_more_there_are() -> None:
    names = [f"Envoy {number}" for number in range(21)]
    (sentence,) = about_new(names, (), all_of_them=False)
    assert sentence.endswith("'Envoy 19', and 1 more (--dry-run lists all)")
    assert about_new(names, (), all_of_them=True)[0].endswith("'Envoy 20'")
