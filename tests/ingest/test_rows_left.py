"""An import counts what became of each row, and keeps the rows that it did not take, to be corrected."""

from __future__ import annotations

import gc
import json
import tomllib
from collections import Counter
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import UsageError
from korea_cli.editing.files import Editable
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.names.registry import Registry
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.rejects import RejectedRows
from korea_cli.ingest.request import ImportRequest, build_request
from korea_cli.ingest.sheet import Sheet, SheetRow
from korea_cli.ingest.summary import RejectedRowsError, notes, summary

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.ingest.import_result import ImportResult

START = '[chronology]\ntitle = "Mine"\nas_of = "2020"\n'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(START, "utf-8")
    return file


def imported(mine: Path, text: str, *, dry: bool = False, name: str = "sheet.csv", **asked: str) -> ImportResult:
    """Import a sheet."""
    sheet = mine.with_name(name)
    sheet.write_text(text, "utf-8")
    request = build_request(str(sheet), (), None, {"separator": ";", **asked})
    return run(request, Editable((str(mine),), 1 << 24, dry=dry), lambda _: None, ImportNotes(lambda _: None))


def sentences(done: ImportResult, *, dry: bool = False) -> tuple[str, ...]:
    """Return what is printed about the rows that were left."""
    error = ImportNotes(print).outcome(done, "mine.toml", dry=dry).error
    return error.sentences if isinstance(error, RejectedRowsError) else ()


def test_what_was_added_is_counted_by_type_and_what_it_names_beside_it(mine: Path) -> None:
    done = imported(mine, "Date,Title,Who\n1950,War,DPRK\n1953,Truce,DPRK; ROK\n")
    assert summary(done, "mine.toml", dry=False) == "Imported 2 events into mine.toml; declared 2 actors\n"
    done = imported(mine, "Date,Title,Who,Tags\n1950,War,DPRK,\n1960,Unrest,,arms\n")
    assert summary(done, "mine.toml", dry=False) == (
        "Imported 1 event into mine.toml; declared 1 topic; skipped 1 existing record\n"
    )
    done = imported(mine, "Date,Title,Who\n1950,War,DPRK\n1953,Truce,DPRK; ROK\n")
    assert summary(done, "mine.toml", dry=False) == "Imported nothing into mine.toml; skipped 2 existing records\n"
    assert sentences(done) == ()


def test_programs_learn_which_records_were_added_and_no_others(mine: Path) -> None:
    assert [each.id for each in imported(mine, "Date,Title,Who\n1950,War,DPRK\n").added] == ["dprk", "war"]
    assert [each.id for each in imported(mine, "Date,Title,Who\n1950,War,DPRK\n1960,Unrest,DPRK\n").added] == ["unrest"]


def test_no_index_of_names_is_held_while_the_new_file_is_read(mine: Path) -> None:
    reached: list[object] = [imported(mine, "date,title,kind,actors\n2031,A,raid,Lee (envoy)\n")]
    seen: set[int] = set()
    while reached:
        each = reached.pop()
        if id(each) not in seen and not isinstance(each, type | ModuleType | FunctionType):
            seen.add(id(each))
            assert not isinstance(each, Registry)
            reached += gc.get_referents(each)
    assert len(seen) > 100


def test_before_anything_is_written_the_first_twenty_records_are_shown(mine: Path) -> None:
    done = imported(mine, "Date,Title\n" + "".join(f"195{n % 10},Event {n}.\n" for n in range(23)), dry=True)
    shown = summary(done, "mine.toml", dry=True)
    assert [f'title = "Event {n}."' in shown for n in range(23)] == [*[True] * 20, False, False, False]
    assert shown.endswith("Would import 23 events into mine.toml\n")
    assert mine.read_text("utf-8") == START


def test_the_first_five_rejected_rows_are_listed_and_how_many_more_there_are(mine: Path) -> None:
    sheet = str(mine.with_name("sheet.csv"))
    done = imported(mine, "Date,Title\nx,A\n")
    assert [told.partition(":")[0] for told in sentences(done)] == ["line 2"]
    text = f"Imported nothing into mine.toml; rejected 1 row (see {sheet}.rejects.csv)\n"
    assert summary(done, "mine.toml", dry=False) == text
    mine.with_name("sheet.csv.rejects.csv").unlink()
    done = imported(mine, "Date,Title\n" + "".join(f"x,{n}\n" for n in range(5)))
    assert [told.partition(":")[0] for told in sentences(done)] == [f"line {n}" for n in range(2, 7)]
    mine.with_name("sheet.csv.rejects.csv").unlink()
    done = imported(mine, "Date,Title\n" + "".join(f"x,{n}\n" for n in range(7)))
    assert sentences(done)[5:] == ("… and 2 more rejected rows",)
    assert summary(done, "mine.toml", dry=True) == "Would import nothing into mine.toml; would reject 7 rows\n"
    without = done._replace(rejects=None)
    assert summary(without, "mine.toml", dry=False).endswith("; rejected 7 rows (use --rejects FILE to save them)\n")


def test_rows_that_differ_are_counted_apart(mine: Path) -> None:
    imported(mine, "ID,Date,Title,Note\na,1950,War,a\nb,1951,Peace,a\n")
    done = imported(mine, "ID,Date,Title,Note\na,1950,War,b\n,x,A,\nb,1951,Peace,b\n")
    assert "; rejected 3 rows, 2 of which differ from existing records (see " in summary(done, "m.toml", dry=False)
    assert done.rows.counts == Counter(rows=3, differing=2)
    mine.with_name("sheet.csv.rejects.csv").unlink()
    done = imported(mine, "ID,Date,Title,Note\na,1950,War,b\n")
    assert "; rejected 1 row, which differs from an existing record (see " in summary(done, "m.toml", dry=False)


def test_what_was_read_in_a_way_that_may_not_have_been_meant_is_noted(mine: Path) -> None:
    done = imported(mine, "Date,Title\n4-Jul-17, War\n5-Jul-21,Pe\x07ace\n2017-07-04T09:10+05:30,Talks\n")
    assert notes(done) == [
        "2 dates with a two-digit year: read as 1921 to 2020 (see --pivot) and marked year-inferred",
        (
            "1 date with more than 'time' and 'timezone' can hold, such as the time of an end, an offset of half an"
            " hour, words or a zone without an IANA name: kept as written in date_text"
        ),
        "removed control characters from 1 cell",
        "trimmed 1 cell",
        "normalised 2 dates, such as '4-Jul-17' to 2017-07-04: kept as written in date_text",
    ]
    assert '"1921-07-05"' in mine.read_text("utf-8")


def test_what_is_removed_from_a_name_is_counted_in_every_row_that_has_it(mine: Path) -> None:
    done = imported(mine, "Date,Title,Who\n" + "".join(f"{year},War {year},Ki\x07m\n" for year in range(1950, 1954)))
    assert "removed control characters from 4 cells" in notes(done)


def test_a_name_that_came_to_mean_several_records_means_the_same_in_all_later_rows(mine: Path) -> None:
    def cited(*sources: object) -> list[str]:
        mine.write_text(START, "utf-8")
        rows = [{"date": str(1950 + n), "title": f"Talks {n}", "sources": each} for n, each in enumerate(sources)]
        imported(mine, "\n".join(map(json.dumps, rows)), name="rows.jsonl", separator="")
        return [event["sources"][0] for event in tomllib.loads(mine.read_text("utf-8"))["events"]]

    pages = [[{"title": "BBC", "url": f"https://{each}.example/1"}] for each in "ab"]
    assert cited(pages[0], pages[1], "BBC", "BBC") == ["bbc", "bbc-2", "bbc-3", "bbc-3"]
    assert cited(pages[0], "BBC", "BBC", pages[1], "BBC", "BBC") == ["bbc", "bbc", "bbc", "bbc-2", "bbc-3", "bbc-3"]


def test_a_sheet_without_rows_is_noted_and_keys_that_say_nothing_are_named(mine: Path) -> None:
    assert notes(imported(mine, "Date,Title\n")) == ["the file has no rows"]
    done = imported(mine, '[{"title": "War", "date": "1950", "colour": "red", "b": 1, "matched": true}]', name="x.json")
    assert notes(done) == ["ignored values: 1 of b, 1 of colour, 1 of matched. Use --map 'b=KEY' to import them."]


def test_a_pivot_that_was_said_is_the_last_year_of_its_hundred(mine: Path) -> None:
    imported(mine, "Date,Title\n4-Jul-17,War\n4-Jul-16,Peace\n", pivot="2016")
    assert '"1917-07-04"' in mine.read_text("utf-8")
    assert '"2016-07-04"' in mine.read_text("utf-8")


def test_a_setting_that_says_nothing_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "m.toml"
    for setting in ("type = 'x'", "order = 'year'", "short = 'x'", "pivot = '19x'"):
        kept.write_text(f"{setting}\n[columns]\n", "utf-8")
        with pytest.raises(UsageError, match="has an invalid setting"):
            build_request("x", (), str(kept), {})
    kept.write_text("type = 'fact'\norder = 'day'\nshort = 'years'\npivot = '1999'\n[columns]\n", "utf-8")
    request = build_request("x", (), str(kept), {"order": "month"})
    assert (request.type, request.order, request.short, request.pivot) == ("fact", "month", "years", 1999)


def test_how_a_sheet_was_read_is_kept_to_read_another_one_so(mine: Path) -> None:
    done = imported(mine, "Date,Title\n01/02/1950,War\n", order="day")
    assert done.saved_mapping.settings == {"order": "day", "pivot": "2020", "separator": ";"}
    assert done.saved_mapping.keys == (("Date", "date"), ("Title", "title"))


def test_two_digits_mean_a_year_up_to_that_of_the_chronology_where_nobody_has_said(mine: Path) -> None:
    sheet = mine.with_name("sheet.csv")
    sheet.write_text("Date,Title\n4-Jul-20,War\n4-Jul-21,Peace\n", "utf-8")
    run(ImportRequest(str(sheet)), Editable((str(mine),), 1 << 24), lambda _: None, ImportNotes(lambda _: None))
    assert '"2020-07-04"' in mine.read_text("utf-8")
    assert '"1921-07-04"' in mine.read_text("utf-8")


def test_a_kind_of_ones_own_is_a_kind_of_events_and_nothing_else(mine: Path) -> None:
    mine.write_text(f'{START}kinds = ["parade"]\n', "utf-8")
    sheet = "Date,Title,Kind,Status\n1950,A,parade,\n1951,B,,parade\n"
    done = imported(mine, sheet)
    assert sentences(done) == ()
    assert any("no value of its key: 1 of Status 'parade'." in each for each in notes(done))
    assert [each.get("status") for each in tomllib.loads(mine.read_text("utf-8"))["events"]] == [None, None]
    done = imported(mine, "Text,Kind\nIt is so,parade\nIt is,claim\n", type="fact")
    facts = tomllib.loads(mine.read_text("utf-8"))["facts"]
    assert [(fact.get("kind"), fact.get("topics")) for fact in facts] == [(None, ["parade"]), ("claim", None)]
    assert "unknown kinds became topics: 1 of parade" in notes(done)


def test_a_text_of_which_json_has_several_is_rejected(mine: Path) -> None:
    row = '{"date": "1950", "title": ["War", "Peace"]}'
    assert "'title' must be a single text" in sentences(imported(mine, f"[{row}]", name="x.json"))[0]


def test_a_place_in_a_source_is_put_to_the_one_that_the_row_names(mine: Path) -> None:
    done = imported(
        mine,
        "Date,Title,Source,Page\n1950,A,Memoir,p. 3\n1951,B,Memoir; Report,p. 4\n1952,C,,5\n1953,D,memoir#p. 1,2\n",
    )
    assert 'sources = ["memoir#p. 3"]' in mine.read_text("utf-8")
    assert [told.partition(": ")[2] for told in sentences(done)] == [
        "'p. 4' is a place in one source, but the row names 2",
        "'2' is a place in one source, but the row names 1",
    ]
    assert done.rows.of("ignored") == {"Page": 1}  # that of the row without a source


# ---------------------------------------------------------------- where they are kept


def test_rejected_rows_keep_their_cells_and_the_reason(tmp_path: Path) -> None:
    with RejectedRows(Sheet(iter(()), ("Date", "rejected because", "Title"), delimiter=";")) as rejects:
        rejects.add(SheetRow(2, ["1950", "line 2: old", "=War"]), "new")
        rejects.add(SheetRow(3, ["1951"]), "short")
        rejects.add(SheetRow(4, ["1952", "", "x", "more"]), "long")
        rejects.write(str(tmp_path / "r.csv"))
        assert rejects.count == 3
    assert (tmp_path / "r.csv").read_bytes().decode("utf-8-sig").splitlines() == [
        "Date;Title;rejected because", "1950;'=War;line 2: new", "1951;;line 3: short", "1952;x;line 4: long;more",
    ]  # fmt: skip


def test_rejected_rows_are_kept_beside_the_sheet_where_no_other_rejects_are(tmp_path: Path) -> None:
    name = str(tmp_path / "sheet.csv")
    with RejectedRows(Sheet(iter(()), ("Date",))) as rejects:
        rejects.add(SheetRow(2, ["x"]), "wrong")
        assert rejects.path_for(name, "there") == "there"
        assert rejects.path_for("-", None) is None
        assert rejects.path_for(name, None, f"{name}.rejects.csv") == f"{name}.rejects-2.csv"
        for other in ("+x.csv", "-x.csv", "", "x"):
            assert rejects.path_for(other, None) == f"{other}.rejects.csv"
        assert rejects.path_for(name, None) == f"{name}.rejects.csv"
        rejects.write(f"{name}.rejects.csv")
        assert rejects.path_for(name, None) == f"{name}.rejects.csv"  # the same rows
        for number in (2, 3):
            place = f"{name}.rejects.csv" if number == 2 else f"{name}.rejects-2.csv"
            with open(place, "a", encoding="utf-8") as file:  # noqa: PTH123 - a text
                file.write("put right")
            assert rejects.path_for(name, None) == f"{name}.rejects-{number}.csv"


def test_rejected_lines_of_json_are_kept_as_such(tmp_path: Path) -> None:
    with RejectedRows(Sheet(iter(()), unit="record")) as rejects:
        rejects.add(SheetRow(1, {"title": "Wär"}), "wrong")
        rejects.write(str(tmp_path / "r.jsonl"))
        assert rejects.first == ["record 1: wrong"]
    assert (tmp_path / "r.jsonl").read_text("utf-8") == '{"title": "Wär", "rejected because": "record 1: wrong"}\n'


def test_a_reference_is_looked_for_among_records_of_its_type(mine: Path) -> None:
    mine.write_text(f'{START}[[actors]]\nid = "han"\nname = "Han"\n[[facts]]\nid = "han"\ntext = "So"\n', "utf-8")
    rows = [
        {"date": f"195{n}", "title": name, "disputed_by": [{"type": type_, "id": "han"}]}
        for n, (name, type_) in enumerate((("A", "actor"), ("B", "source")))
    ]
    done = imported(mine, json.dumps(rows), name="x.json")
    assert [each.get("disputed_by") for each in tomllib.loads(mine.read_text("utf-8"))["events"]] == [["han"], None]
    assert [(line, each.text) for line, each in done.rows.unresolved] == [(2, "han")]


def test_of_two_kinds_the_first_known_one_is_stored_and_the_other_is_a_topic(mine: Path) -> None:
    done = imported(mine, "Date,Title,Kind,Type\n1950,A,meeting,exercise\n1951,B,parade,meeting\n1952,C,test,test\n")
    found = [(each["kind"], each.get("topics")) for each in tomllib.loads(mine.read_text("utf-8"))["events"]]
    assert found == [("meeting", ["exercise"]), ("meeting", ["parade"]), ("test", None)]
    assert done.rows.of("moved kind") == {"exercise": 1, "parade": 1}
