"""The column with the ids is found by its heading and its values, and what only looks like one is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli.ingest.columns.id_columns import columns_of, date_columns, guess_by_values
from korea_cli.ingest.columns.title_columns import suggest_title
from korea_cli.ingest.mapping import map_columns
from korea_cli.ingest.sheet import SheetRow
from korea_cli.model.records import Actor, Event

if TYPE_CHECKING:
    from collections.abc import Collection

    from korea_cli.model.records import Record

ITEM = "http://www.wikidata.org/entity/"


def guessed(
    columns: dict[str, list[str]], record: type[Record] = Event, chosen: Collection[str] = (), *, named: bool = False
) -> dict[str, str]:
    """Return what is guessed of a sheet of some columns; with `named`, of rows that name their own."""
    names, cells = list(columns), [list(row) for row in zip(*columns.values(), strict=True)]
    rows = [SheetRow(2 + n, dict(zip(names, row, strict=True)) if named else row) for n, row in enumerate(cells)]
    return guess_by_values(record, columns_of(() if named else names, rows), dict.fromkeys(chosen, ""))


UNIQUE, REPEATED = ["1", "2", "3", "4"], ["1", "1", "2", "3"]


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize(
    ("heading", "values", "found"),
    [
        ("event_id_cnty", UNIQUE, True), ("GLOBALEVENTID", UNIQUE, True), ("GlobalEventID", UNIQUE, True),
        ("incident_id", REPEATED, True), ("incident_id", ["1"] * 4, False), ("uuid", UNIQUE, True),
        ("event_id_cnty", ["1", "2", "", "3"], False), ("launch_id", UNIQUE, True), ("Launch ID", UNIQUE, True),
        ("launchId", UNIQUE, True), ("launch_id", REPEATED, False), ("launch_id", ["1", "2", "3", ""], False),
        ("actor_id", UNIQUE, False), ("country_id", UNIQUE, False), ("source_id", UNIQUE, False),
        ("side_a_id", UNIQUE, False),
        ("place_id", UNIQUE, False), ("topic_id", UNIQUE, False), ("conflict_new_id", UNIQUE, False),
        ("valid", UNIQUE, False),
        ("location_id", UNIQUE, False), ("item", [f"Q{n}0" for n in UNIQUE], True), ("item", UNIQUE, False),
        ("item", [f"{ITEM}Q{n}" for n in UNIQUE], True), ("battle", [f"{ITEM}Q{n}" for n in REPEATED], True),
        ("participant", [f"{ITEM}Q{n}" for n in UNIQUE], False), ("quarter", [f"Q{n}" for n in UNIQUE], False),
        ("battle", [f"{ITEM}Q1", "x", "", "y"], False),
    ],
)  # fmt: skip
def test_a_column_has_the_ids_by_its_heading_and_its_values(
    heading: str, values: list[str], found: bool, named: bool  # noqa: FBT001 - of the table
) -> None:  # fmt: skip
    columns = {"date": UNIQUE, "title": UNIQUE, heading: values}
    assert guessed(columns, named=named) == ({heading: "id"} if found else {})


def test_a_column_that_is_called_id_is_the_one_and_one_that_is_mapped_is_another() -> None:
    assert guessed({"ID": REPEATED, "launch_id": UNIQUE}) == {}
    assert guessed({"event_id": REPEATED, "launch_id": UNIQUE}) == {}
    assert guessed({"launch_id": UNIQUE, "test_id": UNIQUE}) == {"launch_id": "id"}
    assert guessed({"launch_id": UNIQUE, "test_id": UNIQUE}, chosen={"launch_id"}) == {"test_id": "id"}
    assert guessed({"launch_id": UNIQUE, "event_id_cnty": UNIQUE}) == {"event_id_cnty": "id"}


def test_a_column_that_is_only_called_id_has_no_ids() -> None:
    kinds = ["Secret", "Secret", "Public", "Secret", "Secret"]
    many = [str(n) for n in range(5)]
    assert guessed({"ID": kinds, "name": many, "year": many}) == {"ID": ""}
    assert guessed({"ID": kinds, "name": many, "year": many}, chosen={"ID"}) == {}
    assert guessed({"ID": kinds, "name": many, "year": many, "launch_id": many}) == {"ID": "", "launch_id": "id"}
    assert guessed({"ID": kinds, "name": many, "year": many, "event_id": many}) == {"ID": ""}
    same = ["a", "a", "b", "a", "a"]
    assert guessed({"ID": kinds, "name": same, "year": same, "actor": many}) == {}
    assert guessed({"incident_id": kinds, "name": same, "year": same, "actor": many}) == {"incident_id": "id"}
    assert guessed({"ID": kinds, "name": same, "year": many}) == {"ID": ""}
    assert guessed({"ID": ["", "", "", "a", ""], "name": many}) == {}


def test_ids_of_actors_are_those_of_rows_of_actors() -> None:
    assert guessed({"person_id": UNIQUE, "name": UNIQUE}, Actor) == {"person_id": "id"}
    assert guessed({"event_id": UNIQUE, "name": UNIQUE}, Actor) == {}


def test_items_of_wikidata_have_their_labels_in_columns_of_their_own() -> None:
    items = [f"{ITEM}Q{n}" for n in UNIQUE]
    columns = {
        "war": [f"{ITEM}Q{n}" for n in REPEATED], "warLabel": UNIQUE, "battle": items, "battleLabel": UNIQUE,
        "location": items, "locationLabel": UNIQUE,
    }  # fmt: skip
    found = guessed(columns)
    assert found == {"battle": "id", "battleLabel": "title", "location": "", "locationLabel": "place"}
    mapping = map_columns((*columns, "date"), Event, found.items())
    assert mapping.sentences() == [
        "columns: 'battle' as id, 'battleLabel' as title, 'locationLabel' as place, date",
    ]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"\ub54c": ["2031\ub144 5\uc6d4 1\uc77c", ""], "n": ["1950", "1951"]}, ["\ub54c"]),
        ({"On": ["01/02/1950", "03/04/1950"], "title": ["1 May 1950", "2 May 1950"]}, ["On"]),
        ({"On": ["2031-05-01"], "Then": ["2031-05-02"]}, ["On", "Then"]), ({"On": ["1950", "1951"]}, []),
        ({"Signed": ["1/15/2018", "12/31/2016"]}, ["Signed"]), ({"Signed": ["15.1.2018", "31.12.2016"]}, ["Signed"]),
        ({"day": ["2031-05-01", "2031-05-02"]}, ["day"]), ({"Month": ["2031-05", "June 2031"]}, ["Month"]),
        ({"day": ["1", "2"], "month": ["5", "6"]}, []),
        ({"year": ["2031"], "day": ["2031-05-01"]}, []),
        ({"On": ["2031-05-01", "soon"]}, []), ({"Last updated": ["2031-05-01"]}, []),
        ({"2031-05-01": ["2031-05-02"]}, []),
        ({"On": ["2031-05-01"], "date": ["x"]}, []), ({"On": ["2031-05-01"], "Start Year": ["2031"]}, []),
    ],
)  # fmt: skip
def test_columns_with_dates_are_found_if_no_heading_means_one(columns: dict[str, list[str]], found: list[str]) -> None:
    assert date_columns(Event, columns, {}) == found
    assert date_columns(Event, columns, dict.fromkeys(columns, "")) == date_columns(Actor, columns, {}) == []


@pytest.mark.parametrize(("named", "title"), [(3, "{group}"), (4, "{mark}")])
def test_ids_are_titles_where_more_than_half_of_them_are_names_of_several_words(named: int, title: str) -> None:
    marks = [*["Red roof"] * named, *["Roof"] * (7 - named)]
    columns = {"mark": marks, "group": ["Red", "Blue", *["Green"] * 5]}
    assert suggest_title(Event, columns, {"mark": "id"}) == title
