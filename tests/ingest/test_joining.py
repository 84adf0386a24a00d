"""Rows that share an id are joined if asked, and identical rows are left out if asked; both are offered when seen."""

from __future__ import annotations

import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.test_identity import IDENTICAL, START, events, imported, printed, sheet
from korea_cli.base.errors import UsageError
from korea_cli.ingest.mapping import mapping_text
from korea_cli.ingest.request import build_request
from korea_cli.ingest.summary import notes

if TYPE_CHECKING:
    from korea_cli.ingest.import_result import ImportResult

JOIN = "--join-rows joins such rows, in a file that does not have them yet."
HEADINGS = ("ID", "Date", "Title", "Who", "Tags", "Place")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(START, "utf-8")
    return file


def joined(mine: Path, *rows: str, join: str = "yes", headings: tuple[str, ...] = HEADINGS) -> ImportResult:
    return imported(mine, sheet([row.split(",") for row in rows], headings), join_rows=join)


ROWS = ("a,2031,Raid,Han,x,", "b,2032,Talks,Han,,", "a,2031,Raid,Kim,x,", "a,2031,Raid,Kim;Lee,y,")


def test_rows_that_share_an_id_are_rejected_and_joining_them_is_offered(mine: Path) -> None:
    result = joined(mine, *ROWS, "b,2032,Talks,Kim,,Seoul", join="")
    assert printed(result).startswith("Imported 2 events into mine.toml; declared 1 actor and 1 topic; rejected 3 rows")
    assert result.rows.rejects.first == [
        "line 4: event 'a' is in the sheet twice and differs in actors",
        "line 5: event 'a' is in the sheet twice and differs in actors, topics",
        "line 6: event 'b' is in the sheet twice and differs in actors, place",
    ]
    assert notes(result) == [
        f"1 rejected row differs from an earlier one in a single list only. {JOIN}",
        "2 rejected rows have the id of an earlier one. If 'ID' is no id of a record, use --map 'ID='.",
    ]


def test_rows_that_differ_in_one_list_are_joined(mine: Path) -> None:
    result = joined(mine, *ROWS)
    assert printed(result).startswith(
        "Imported 2 events into mine.toml; declared 2 actors and 1 topic; joined 1 row with others; rejected 1 row"
    )
    assert [(event["id"], event["actors"]) for event in events(mine)] == [("a", ["han", "kim"]), ("b", ["han"])]
    (note,) = notes(result)
    assert note == "1 rejected row has the id of an earlier one. If 'ID' is no id of a record, use --map 'ID='."


def test_rows_of_every_combination_of_two_lists_are_one_record(mine: Path) -> None:
    rows = [f"a,2031,Raid,{actor},{topic}," for actor in ("Han", "Kim") for topic in ("x", "y")]
    result = joined(mine, *rows)
    assert printed(result).endswith("; joined 2 rows with others; skipped 1 repeated row\n")
    (event,) = events(mine)
    assert (event["actors"], event["topics"]) == (["han", "kim"], ["x", "y"])
    assert printed(joined(mine, *rows)) == "Imported nothing into mine.toml; skipped 4 existing records\n"


def test_a_row_that_differs_in_anything_else_is_rejected_and_declares_nobody(mine: Path) -> None:
    result = joined(
        mine, "a,2031,Raid,Han,,", "a,2031,Raid,Kim,,Seoul", "a,2031,Raid,,,", "c,2031,Raid,,,", "c,2031,Raid,Lee,,"
    )
    assert result.rows.rejects.first == ["line 3: event 'a' is in the sheet twice and differs in actors, place"]
    assert printed(result).startswith(
        "Imported 2 events into mine.toml; declared 2 actors; joined 1 row with others; skipped 1 repeated row; "
    )
    assert [event["actors"] for event in events(mine)] == [["han"], ["lee"]]


def test_joined_rows_keep_the_references_that_lead_somewhere(mine: Path) -> None:
    headings = ("ID", "Date", "Title", "Responds to")
    rows = "a,2031,Raid,b", "a,2031,Raid,c", "b,2030,Talks,", "d,2031,Raid,b", "d,2031,Raid,a"
    result = joined(mine, *rows, headings=headings)
    assert {event["id"]: event.get("responds_to") for event in events(mine)} == {"a": ["b"], "b": None, "d": ["b", "a"]}
    assert notes(result) == ["left out 1 reference to what is neither here nor in the file: responds_to 'c' (line 2)"]
    assert printed(joined(mine, *rows, headings=headings)).startswith("Imported nothing into mine.toml")


def test_names_of_an_actor_in_several_rows_are_joined(mine: Path) -> None:
    text = "Name,Alias\nHan,Minister Han\nHan,H.\nKim,Minister Han\nHan,Kim\n"
    result = imported(mine, text, type="actor", join_rows="yes")
    assert [row.partition(": ")[2] for row in result.rows.rejects.first] == [
        "'Minister Han' is also a name of actor 'han'",
    ]
    (actor,) = tomllib.loads(mine.read_text("utf-8"))["actors"]
    assert actor["aliases"] == ["Minister Han", "H.", "Kim"]


def test_identical_rows_are_left_out_if_asked_and_that_is_offered(mine: Path) -> None:
    rows = [("2031", "Raid", "x"), ("2031", "Raid", "x"), ("2031", "Raid", "y"), ("2031", "Raid", "x")]
    text = sheet(rows, ("Date", "Title", "Colour"))
    result = imported(mine, text, skip_identical="yes")
    assert printed(result) == "Imported 2 events into mine.toml; skipped 2 repeated rows\n"
    assert notes(result) == ["ignored values: 4 of Colour. Use --map 'Colour=KEY' to import them."]
    again = imported(mine, text, skip_identical="yes")
    assert printed(again) == "Imported nothing into mine.toml; skipped 2 existing records; skipped 2 repeated rows\n"
    every = imported(mine, text)
    assert printed(every) == "Imported 2 events into mine.toml; skipped 2 existing records\n"
    assert notes(every)[0] == f"1 row {IDENTICAL}"


def test_both_are_kept_in_a_mapping(mine: Path) -> None:
    result = imported(mine, "Date,Title\n2031,Raid\n", join_rows="yes", skip_identical="yes")
    mapping = mine.with_name("m.toml")
    mapping.write_text(mapping_text(result.saved_mapping), "utf-8")
    request = build_request("sheet.csv", (), str(mapping), {})
    assert (request.join_rows, request.skip_identical) == ("yes", "yes")
    mapping.write_text('join_rows = "no"\n', "utf-8")
    with pytest.raises(UsageError, match="has an invalid setting"):
        build_request("sheet.csv", (), str(mapping), {})


CELLS = (["a", "b", ""], ["2031"], ["Raid", "Talks"], ["", "Han", "Kim", "Kim;Lee"], ["", "x", "y"], ["", "Seoul"])


@settings(max_examples=40)
@given(st.lists(st.tuples(*map(st.sampled_from, CELLS)), max_size=10), st.booleans(), st.booleans())
def test_every_row_is_accounted_for(rows: list[tuple[str, ...]], join: bool, skip: bool) -> None:  # noqa: FBT001 - options
    with TemporaryDirectory() as folder:
        mine = Path(folder, "mine.toml")
        mine.write_text(START, "utf-8")
        asked: dict[str, Any] = {"join_rows": "yes" * join, "skip_identical": "yes" * skip}
        for first in (True, False):
            rows_of = imported(mine, sheet(rows, HEADINGS), **asked).rows
            parts = [rows_of.counts[each] for each in ("existing", "repeated", "joined")]
            assert rows_of.added["events"] + sum(parts) + rows_of.rejects.count == len(rows)
            assert first or rows_of.added["events"] == 0
