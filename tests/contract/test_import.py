"""Importing, as a person or a script does it."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea, Run

    Import = Callable[..., Run]

START = """# Mine.
[chronology]
title = "Mine"
as_of = "2020"

[[actors]]
id = "north-korea"
name = "North Korea"
aliases = ["DPRK"]

[[events]]
id = "armistice"
title = "Armistice signed"
date = "1953-07-27"   # known to the day
actors = ["north-korea"]
"""
HEADING = "Date,Title,Who,Note\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(START, "utf-8")
    return file


@pytest.fixture
def take(korea: Korea, mine: Path) -> Import:
    """Give what writes a sheet and imports it."""

    def imported(text: str | bytes, *options: str | Path, name: str = "sheet.csv") -> Run:
        file = mine.with_name(name)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return korea("import", file, "-d", mine, *options)

    return imported


def records(korea: Korea, file: Path | str, command: str = "timeline") -> list[dict[str, Any]]:
    run = korea(command, "-f", "jsonl", "-d", file)
    assert run.code == 0, run.err
    return [json.loads(line) for line in run.out.splitlines()]


def ids(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in found}


def events(korea: Korea, file: Path) -> dict[str, dict[str, Any]]:
    return {event["title"]: event for event in records(korea, file)}


def test_a_messy_sheet_becomes_honest_records_and_every_other_row_is_told(
    korea: Korea, take: Import, mine: Path
) -> None:
    run = take(
        "Date;Event;Who;Tags;Source;Remarks;Colour\n"
        "4-Jul-17;Launch;dprk; missiles|tests ;https://example.org/a;;red\n"
        "Sep-84;Flood aid;;;;from North to South;\n"
        "c. 1950;Clashes;;;;;\n"
        "01/02/1950;Ambiguous;;;;;\n"
        ";Undated;;;;;\n"
        "1951;;;;;;\n"
    )
    assert run.code == 1
    rejects = mine.with_name("sheet.csv.rejects.csv")
    counts = f"Imported 3 events into {mine}; declared 2 topics and 1 source; rejected 3 rows (see {rejects})\n"
    assert run.out == counts
    told = run.err.splitlines()
    assert told[0].startswith("korea: columns: 'Date' as date, 'Event' as title, 'Who' as actors, 'Tags' as topics")
    assert told[1].startswith("korea: 2 dates with a two-digit year: read as 1921 to 2020 (see --pivot)")
    assert told[2] == "korea: normalised 3 dates, such as '4-Jul-17' to 2017-07-04: kept as written in date_text"
    assert told[3] == "korea: ignored values: 1 of Colour. Use --map 'Colour=KEY' to import them."
    assert told[4].startswith("korea: line 5: date '01/02/1950' could be 1950-01-02 or 1950-02-01")
    assert told[5:] == ["korea: line 6: date is required", "korea: line 7: title is required"]
    assert len(told) == 7
    found = events(korea, mine)
    launch = found["Launch"]
    assert (launch["date"], launch["date_text"], launch["date_basis"]) == ("2017-07-04", "4-Jul-17", "year-inferred")
    assert [actor["id"] for actor in launch["actors"]] == ["north-korea"]
    assert [topic["label"] for topic in launch["topics"]] == ["missiles", "tests"]
    assert launch["sources"][0]["url"] == "https://example.org/a"
    assert (found["Flood aid"]["date"], found["Flood aid"]["note"]) == ("1984-09", "from North to South")
    assert found["Clashes"]["date"] == "1950~"


def test_what_was_in_the_file_stays_as_it_was(take: Import, mine: Path) -> None:
    assert take(HEADING + "1950,War,Someone new,\n").code == 0
    text = mine.read_text("utf-8")
    assert text.startswith(START[: START.index("\n[[events]]")])
    assert START[START.index("[[events]]") :] in text
    assert text.index("Someone new") < text.index("[[events]]")


def test_importing_again_adds_nothing_and_a_longer_sheet_only_what_is_new(
    korea: Korea, take: Import, mine: Path
) -> None:
    sheet = "ID,Date,Title,Who\na1,4-Jul-17,Launch,DPRK\na2,c. 1950,Clashes,Somebody; Another\n"
    assert take(sheet).code == 0
    before = mine.read_bytes()
    run = take(sheet)
    assert (run.code, run.out) == (0, f"Imported nothing into {mine}; skipped 2 existing records\n")
    assert mine.read_bytes() == before
    assert take(f"{sheet}a3,1951,New,\n").out == f"Imported 1 event into {mine}; skipped 2 existing records\n"
    assert {"a1", "a2", "a3"} <= {event["id"] for event in records(korea, mine)}


def test_rows_are_joined_or_left_out_if_asked(korea: Korea, take: Import, mine: Path) -> None:
    sheet = (
        "Launch ID,Date,Title,Who\nL--1,2031,Launch,North Korea\nL--1,2031,Launch,Somebody\n,2032,Raid,\n,2032,Raid,\n"
    )
    asked = ("--map", "Launch ID=id")
    run = take(sheet, *asked)
    assert run.code == 1
    assert "1 rejected row differs from an earlier one in a single list only. --join-rows joins such rows" in run.err
    assert "1 row identical to an earlier one" in run.err
    mine.write_text(START, "utf-8")
    run = take(sheet, *asked, "--join-rows", "--skip-identical")
    parts = "declared 1 actor; joined 1 row with others; skipped 1 repeated row"
    assert (run.code, run.out) == (0, f"Imported 2 events into {mine}; {parts}\n")
    found = events(korea, mine)["Launch"]
    assert (found["id"], [actor["id"] for actor in found["actors"]]) == ("l-1", ["north-korea", "somebody"])


def test_rows_without_an_id_are_found_again_by_all_their_values(korea: Korea, take: Import, mine: Path) -> None:
    rows = ["2017-07-04,Launch,,first\n", "2017-07-28,Launch,,second\n", "2017-08-29,Launch,,third\n", "2017,발사,,\n"]
    assert take(HEADING + "".join(rows)).code == 0
    ids = {event["date"]: event["id"] for event in records(korea, mine)}
    assert ids["2017-07-04"] == "launch"
    assert ids["2017-07-28"] == "launch-2017-07-28"
    assert take(HEADING + "".join(reversed(rows))).out.startswith("Imported nothing")
    assert {event["date"]: event["id"] for event in records(korea, mine)} == ids


def test_a_row_that_differs_from_what_is_there_is_told_and_changes_nothing(take: Import, mine: Path) -> None:
    take("ID,Date,Title,Place\na1,1950,War,Seoul\n")
    before = mine.read_bytes()
    run = take("ID,Date,Title,Place\na1,1950,War,Pusan\n")
    assert run.code == 1
    assert "line 2: event 'a1' already exists and differs in place" in run.err
    assert "; rejected 1 row, which differs from an existing record (see " in run.out
    assert mine.read_bytes() == before


def test_what_somebody_added_to_an_imported_record_makes_it_no_other(korea: Korea, take: Import, mine: Path) -> None:
    take("ID,Date,Title\na1,1950,War\n")
    assert korea("set", "a1", "note=Mine.", "-d", mine).code == 0
    assert take("ID,Date,Title\na1,1950,War\n").out == f"Imported nothing into {mine}; skipped 1 existing record\n"


def test_a_dry_run_shows_what_it_would_write_and_writes_nothing(take: Import, mine: Path) -> None:
    run = take(HEADING + "c. 1950,War,Somebody,\n,no date,,\n", "--dry-run", "--rejects", mine.with_name("r.csv"))
    assert run.code == 1
    assert run.out == (
        '[[events]]\nid = "war"\ntitle = "War"\ndate = "1950~"\ndate_text = "c. 1950"\nactors = ["somebody"]\n\n'
        f"Would import 1 event into {mine}; would declare 1 actor; would reject 1 row\n"
    )
    assert mine.read_text("utf-8") == START
    assert sorted(path.name for path in mine.parent.iterdir()) == ["mine.toml", "sheet.csv"]


def test_the_rejected_rows_can_be_put_right_and_imported(korea: Korea, take: Import, mine: Path) -> None:
    run = take(HEADING + '01/02/1950,"=1+1, ""x""",@a,"two\nlines"\n1950,Fine,,\n')
    assert run.code == 1
    rejects = mine.with_name("sheet.csv.rejects.csv")
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        heading, row = csv.reader(file)
    assert heading == ["Date", "Title", "Who", "Note", "rejected because"]
    assert row[:4] == ["01/02/1950", '\'=1+1, "x"', "'@a", "two\nlines"]
    assert row[4].startswith("line 2: date '01/02/1950' could be")
    rejects.write_text(rejects.read_text("utf-8").replace("01/02/1950", "1950-02-01", 1), "utf-8")
    run = korea("import", rejects, "-d", mine)
    assert (run.code, run.out) == (0, f"Imported 1 event into {mine}; declared 1 actor\n")
    event = events(korea, mine)['=1+1, "x"']
    assert (event["date"], event["note"], event["actors"][0]["name"]) == ("1950-02-01", "two\nlines", "@a")


def test_rejects_that_somebody_may_be_working_on_are_not_written_over(take: Import, mine: Path) -> None:
    first, second = mine.with_name("sheet.csv.rejects.csv"), mine.with_name("sheet.csv.rejects-2.csv")
    take(HEADING + ",no date,,\n")
    take(HEADING + ",no date,,\n")
    assert not second.exists()
    first.write_text("mine now", "utf-8")
    assert str(second) in take(HEADING + ",no date,,\n").out
    assert first.read_text("utf-8") == "mine now"


def test_ragged_rows_lose_nothing(korea: Korea, take: Import, mine: Path) -> None:
    run = take(HEADING + "1950,Short\n1951,Empty,,,,,\n1952,Long,,,more,and more\n")
    assert "line 4: 6 cells, but only 4 columns" in run.err
    assert {"Short", "Empty"} <= events(korea, mine).keys()
    row = list(csv.reader(io.StringIO(mine.with_name("sheet.csv.rejects.csv").read_text("utf-8-sig"))))[1]
    assert row[0:2] + row[5:] == ["1952", "Long", "more", "and more"]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://evil")', "\x1b[31mred\x07", "\u202egnp.exe", "a\0b", '""" [[events]]\nid = "x"', "''' #",
        "\\",
        "x" * 1_000_000, "[bold]x[/bold]", "\ufeff", "\x7f", "�", "\u2028",
    ],
)  # fmt: skip
def test_hostile_cells_are_texts_and_nothing_else(korea: Korea, take: Import, mine: Path, cell: str) -> None:
    written = io.StringIO()
    heading, row = ["Date", "Title", "Note", "Who", "Source"], ["1950", "War", cell, "Me", f"S {cell}"]
    csv.writer(written).writerows([heading, row])
    assert take(written.getvalue()).code in {0, 1}
    found = records(korea, mine)
    assert len(found) == 2
    assert korea("check", "-d", mine).code == 0
    assert all(letter not in mine.read_text("utf-8") for letter in "\x1b\x07\0\u202e\u2028\x7f")


def test_control_characters_are_taken_out_and_that_is_told(korea: Korea, take: Import, mine: Path) -> None:
    run = take(HEADING + "1950,a\x1b[31mb\u202e,,\n")
    assert "korea: removed control characters from 1 cell\n" in run.err
    assert "a[31mb" in events(korea, mine)


def test_a_zone_is_kept_or_the_words_are_and_that_is_told(korea: Korea, take: Import, mine: Path) -> None:
    run = take(
        "date,end_date,title\n2017-07-04T23:30:00-12:00,,A\n2017-07-04T23:30:00+05:30,,B\n2017-07-04T23:30Z,,C\n"
        "2017-07-04T23:30Z,2017-07-05T10:00Z,D\n2017-07-04 23:30 EST,,E\n"
    )
    found = events(korea, mine)
    kept = {title: [found[title][key] for key in ("time", "timezone", "date_text")] for title in "ABCD"}
    assert kept == {
        "A": ["23:30", "Etc/GMT+12", None], "B": ["23:30", None, "2017-07-04T23:30:00+05:30"],
        "C": ["23:30", "UTC", None], "D": ["23:30", "UTC", "2017-07-04T23:30Z \u2013 2017-07-05T10:00Z"],
    }  # fmt: skip
    assert "korea: 2 dates with more than 'time' and 'timezone' can hold" in run.err
    assert "line 6: date '2017-07-04 23:30 EST'" in run.err


def test_a_time_that_another_column_contradicts_is_kept_in_words_or_rejected(
    korea: Korea, take: Import, mine: Path
) -> None:
    run = take(
        "date,time,timezone,date_text,title\n2017-07-04T23:30Z,8:30,Asia/Seoul,,A\n2017-07-04T23:30Z,23:30,UTC,,B\n"
        "2017-07-04T23:30+05:30,,,at night,C\n"
    )
    found = events(korea, mine)
    assert [found["A"][key] for key in ("time", "timezone", "date_text")] == [
        "08:30",
        "Asia/Seoul",
        "2017-07-04T23:30Z",
    ]
    assert found["B"]["date_text"] is None
    assert "korea: 1 date with more than" in run.err
    assert "line 4: date '2017-07-04T23:30+05:30' has more of the time than can be stored" in run.err


def test_a_mapping_is_said_kept_and_used_again(korea: Korea, take: Import, mine: Path) -> None:
    kept = mine.with_name("m.toml")
    sheet = "When,What,Colour,Remarks\n01/02/50,War,red,x\n"
    maps = ("--map", "What=title", "--map", "Colour=place", "--map", "Remarks=")
    run = take(sheet, *maps, "--day-first", "--pivot", "1999", "--save-mapping", kept)
    assert run.code == 0
    event = events(korea, mine)["War"]
    assert (event["date"], event["place"], event["note"]) == ("1950-02-01", "red", None)
    again = take(sheet, "--mapping", kept)
    assert (again.code, again.out) == (0, f"Imported nothing into {mine}; skipped 1 existing record\n")


def test_options_that_say_nothing_are_usage_errors_and_nothing_is_written(take: Import, mine: Path) -> None:
    for options, told in (
        (("--map", "Nowhere=title"), "unknown column 'Nowhere'"),
        (("--map", "Date=dat"), "unknown key 'dat'. Did you mean 'date'?"),
        (("--day-first", "--month-first"), "cannot be used together"),
        (("--type", "thing"), "unknown type of record 'thing'"),
        (("--format", "xls"), "unknown format 'xls'"),
        (("--map", "Title="), "no column for 'title', which every event must have"),
    ):
        run = take(HEADING + "1950,War,,\n", *options)
        assert (run.code, run.out) == (2, ""), options
        assert told in run.err
    assert mine.read_text("utf-8") == START


def test_a_source_for_all_rows_must_be_there_and_a_place_in_it_may_have_a_column(
    korea: Korea, take: Import, mine: Path
) -> None:
    assert "source not found: 'kcna'\n" in take("Date,Title\n1950,War\n", "--source", "kcna").err
    with mine.open("a", encoding="utf-8") as file:
        file.write('\n[[sources]]\nid = "kcna"\ntitle = "KCNA"\n\n[[sources]]\nid = "book"\ntitle = "The Two Koreas"\n')
    run = take("Date,Title,Source,Page\n1950,War,the two koreas,12\n1951,More,,\n", "--source", "kcna#archive")
    assert (run.code, run.out) == (0, f"Imported 2 events into {mine}\n")
    found = events(korea, mine)
    assert [(each["id"], each["locator"]) for each in found["War"]["sources"]] == [("book", "12"), ("kcna", "archive")]
    assert [each["id"] for each in found["More"]["sources"]] == ["kcna"]


LISTS = ("timeline", "facts", "actors", "topics", "sources")


def test_what_the_program_prints_as_json_lines_comes_back_whole(korea: Korea, mine: Path) -> None:
    mine.write_text("", "utf-8")
    everything = "".join(korea(each, "-f", "jsonl").out for each in LISTS)
    run = korea("import", "-", "-d", mine, input=everything.encode())
    assert (run.code, run.err) == (0, "")
    for command in LISTS:
        found, there = (sorted(map(_own, records(korea, file, command))) for file in (mine, "builtin"))
        assert found == there
    again = korea("import", "-", "-d", mine, input=everything.encode())
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith(f"Imported nothing into {mine}; ")


TEXTS = [
    "a;\t @x",
    "two  blanks",
    "a\tb\t\tc",
    "line\nbreak",
    "a \n\n b",
    "=1\t+2",
    "\u00a0x\u2003y",
    "'=a  b",
    "tab\t",
]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_blanks_and_tabs_within_a_text_come_back(form: str, korea: Korea, mine: Path, tmp_path: Path) -> None:
    texts = [text.strip() for text in TEXTS]
    data = "".join(
        f'[[events]]\nid = "e{number}"\ntitle = {json.dumps(text)}\ndate = "2017"\nplace = {json.dumps(text)}\n'
        f"note = {json.dumps(text)}\nquote = {json.dumps(text)}\n"
        for number, text in enumerate(texts)
    )
    keys = "id,date,title,place,note,quote"
    kept = tmp_path / f"kept.{form}"
    exported = korea("timeline", "-d", "-", "-f", form, "--fields", keys, "-o", kept, input=data.encode())
    assert exported.code == 0
    run = korea("import", kept, "-d", mine)
    assert run.code == 0, run.err
    assert "blanks" not in run.err
    found = {event["id"]: event for event in records(korea, mine)}
    for number, text in enumerate(texts):
        event = found[f"e{number}"]
        assert [event[key] for key in ("title", "place", "note", "quote")] == [text] * 4


def test_blanks_at_the_ends_of_cells_are_taken_off_and_that_is_told(korea: Korea, take: Import, mine: Path) -> None:
    run = take("Date,Title,Note\n1950, War ,\t\u00a0x\n1951,Peace,y\n")
    assert "korea: trimmed 2 cells\n" in run.err
    assert [events(korea, mine)[title]["note"] for title in ("War", "Peace")] == ["x", "y"]
    assert "blanks" not in take("Date,Title\n1952,Other\n").err


def test_an_actor_whose_name_another_has_is_rejected_and_rows_that_name_it_mean_the_other(
    korea: Korea, take: Import, mine: Path
) -> None:
    rows: tuple[dict[str, Any], ...] = (
        {"type": "event", "title": "Test", "date": "2017", "actors": [{"id": "dprk-2", "name": "North Korea"}]},
        {"type": "actor", "id": "dprk-2", "name": "Korea, North", "aliases": ["DPRK"]},
    )
    run = take("".join(json.dumps(row) + "\n" for row in rows), name="x.jsonl")
    assert "line 2: 'DPRK' is also a name of actor 'north-korea'" in run.err
    assert [actor["id"] for actor in events(korea, mine)["Test"]["actors"]] == ["north-korea"]


def _own(record: dict[str, Any]) -> str:
    """Return a record but for its place; claims about it are in the order of their file."""
    own = {key: value for key, value in record.items() if key not in {"file", "line"}}
    claims = sorted(own.get("claims", ()), key=lambda claim: str(claim["id"]))
    return json.dumps({**own, "claims": claims}, sort_keys=True)


def test_a_reference_that_leads_nowhere_is_left_out_and_told(korea: Korea, take: Import, mine: Path) -> None:
    rows = [
        {"id": "c", "title": "C", "date": "1950", "responds_to": ["b"]},
        {"id": "b", "title": "B", "date": "1950", "responds_to": ["a"]},
        {"id": "d", "title": "D", "date": "1950", "responds_to": ["e"]},
        {"id": "e", "title": "E", "date": "1950", "responds_to": ["armistice"]},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    run = take(text, name="x.jsonl")
    assert (run.code, run.out) == (0, f"Imported 4 events into {mine}\n")
    assert "left out 1 reference to what is neither here nor in the file: responds_to 'a' (line 2)" in run.err
    answers = {id_: [each["id"] for each in event["responds_to"]] for id_, event in ids(records(korea, mine)).items()}
    assert (answers["c"], answers["b"], answers["d"], answers["e"]) == (["b"], [], ["e"], ["armistice"])
    assert take(text, name="x.jsonl").out == f"Imported nothing into {mine}; skipped 4 existing records\n"


def test_what_another_row_has_as_its_title_is_found_also_further_down(korea: Korea, take: Import, mine: Path) -> None:
    rows = "ID,Date,Title,Responds to\nx-1,1950,Answer,The first shot\nx-2,1950,The first shot,\n"
    assert take(rows).code == 0
    assert [each["id"] for each in ids(records(korea, mine))["x-1"]["responds_to"]] == ["x-2"]
    assert take(rows).out == f"Imported nothing into {mine}; skipped 2 existing records\n"


def test_a_sheet_may_have_other_dates_of_an_event(korea: Korea, take: Import, mine: Path) -> None:
    assert take("Date,Title,Other dates\n4 Jul 2031,Launch,3 July 2031; 2031-07-02\n").code == 0
    assert [each["date"] for each in ids(records(korea, mine))["launch"]["other_dates"]] == ["2031-07-03", "2031-07-02"]


def test_actors_named_first_get_what_their_own_row_says_later(korea: Korea, take: Import, mine: Path) -> None:
    sheet = "Name,Kind,Country,Part of\nArmy,institution,PRK,Party\nParty,organisation,PRK,DPRK\n"
    assert take(sheet, "--type", "actors").out == f"Imported 2 actors into {mine}\n"
    party = next(each for each in records(korea, mine, "actors") if each["id"] == "party")
    assert (party["kind"], [each["id"] for each in party["part_of"]]) == ("organisation", ["north-korea"])


def test_a_file_that_only_names_its_actors_still_loads_when_others_are_declared(
    korea: Korea, take: Import, mine: Path
) -> None:
    mine.write_text('[[events]]\nid = "a"\ntitle = "A"\ndate = "1950"\nactors = ["kim"]\n', "utf-8")
    assert take(HEADING + "1951,B,Someone Else; Kim,\n").code == 0
    assert [actor["id"] for actor in events(korea, mine)["B"]["actors"]] == ["someone-else", "kim"]


def test_a_rejected_row_declares_nobody(korea: Korea, take: Import, mine: Path) -> None:
    take(HEADING + ",no date,Ghost,\n1950,War,Ghost; Host,\n,again,Other,\n")
    assert {actor["id"] for actor in records(korea, mine, "actors")} == {"north-korea", "ghost", "host"}


def test_a_timelinejs_sheet_says_no_more_than_it_shows(korea: Korea, take: Import, mine: Path) -> None:
    run = take(
        "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Type,"
        "Group\n"
        "2017,,,,,,,,,My timeline,,,,title,\n"
        "1950,6,25,4:00 AM,,,,,,<b>War</b>,<p>One &amp; two</p><p>Three</p>,https://example.org/a.jpg,Me,,Wars\n"
        "1950,1,1,,,,,,c. 1950,A year only,,,,,\n"
        "1950,,,,1953,7,,,,An era,,,,era,\n"
        "-500,,,,,,,,,Ancient,,,,,\n"
    )
    assert run.out.endswith("; skipped the title slide\n")
    found = events(korea, mine)
    war = found["War"]
    assert (war["date"], war["time"], war["summary"]) == ("1950-06-25", "04:00", "One & two\nThree")
    assert war["note"] == "Media: https://example.org/a.jpg, Me"
    assert found["A year only"]["date"] == "1950~"
    assert found["Ancient"]["date"] == "-0499"  # TimelineJS has no year 0
    assert (found["An era"]["date"], found["An era"]["kind"]) == ("1950/1953-07", "period")


def test_our_timelinejs_and_calendars_come_back_with_their_days(korea: Korea, mine: Path, tmp_path: Path) -> None:
    there = {event["id"]: event for event in records(korea, "builtin")}
    pytest.importorskip("icalendar")
    for form, ending in (("timelinejs", "json"), ("ics", "ics")):
        assert korea("timeline", "-f", form, "-o", tmp_path / f"x.{ending}").code == 0
        mine.write_text("", "utf-8")
        assert korea("import", tmp_path / f"x.{ending}", "-d", mine).code == 0
        found = records(korea, mine)
        assert len(found) > 30
        for event in found:
            assert event["title"].startswith(there[event["id"]]["title"])
            if there[event["id"]]["precision"] == "day":
                assert event["date"] == there[event["id"]]["date"].rstrip("~?%")


def test_an_entry_of_a_calendar_ends_on_its_last_day_and_one_that_repeats_is_no_event(
    korea: Korea, take: Import, mine: Path
) -> None:
    pytest.importorskip("icalendar")
    entries = (
        "DTSTART;VALUE=DATE:20170704\nDTEND;VALUE=DATE:20170706\nSUMMARY:Two days",
        "DTSTART;VALUE=DATE:20170704\nDTEND;VALUE=DATE:20170705\nSUMMARY:One day",
        "DTSTART;TZID=Asia/Seoul:20170704T094000\nSUMMARY:A moment",
        "DTSTART;VALUE=DATE:20170704\nRRULE:FREQ=YEARLY\nSUMMARY:Repeats",
        "DTSTART:nonsense\nSUMMARY:Broken",
        "SUMMARY:No day",
    )
    text = "".join(f"BEGIN:VEVENT\n{entry}\nEND:VEVENT\n" for entry in entries)
    run = take(f"BEGIN:VCALENDAR\nVERSION:2.0\n{text}END:VCALENDAR\n", name="x.ics")
    assert "; rejected 3 rows (see " in run.out
    found = events(korea, mine)
    assert found["Two days"]["date"] == "2017-07-04/2017-07-05"
    assert found["One day"]["date"] == "2017-07-04"
    assert [found["A moment"][key] for key in ("date", "time", "timezone")] == ["2017-07-04", "09:40", "Asia/Seoul"]


def test_of_a_time_in_a_calendar_or_a_sheet_nothing_is_lost_and_what_contradicts_itself_is_rejected(
    korea: Korea, take: Import, mine: Path
) -> None:
    pytest.importorskip("icalendar")
    seoul, windows = "TZID=Asia/Seoul:20170704T", 'TZID="Korea Standard Time":20170704T'
    entries = (
        f"DTSTART;{seoul}090030\nDTEND;{seoul}170000\nSUMMARY:An end",
        f"DTSTART;{windows}090000\nSUMMARY:Windows",
        "DTSTART;TZID=Custom/Zone:20170704T090000\nSUMMARY:Custom",
        f"DTSTART;{seoul}090000\nDTEND;{seoul}080000\nSUMMARY:Backwards",
        "DTSTART;VALUE=DATE:20170704\nDTEND;VALUE=DATE:20170701\nSUMMARY:Days backwards",
    )
    text = "".join(f"BEGIN:VEVENT\n{entry}\nEND:VEVENT\n" for entry in entries)
    for _ in range(2):  # again, and all are there already
        run = take(f"BEGIN:VCALENDAR\nVERSION:2.0\n{text}END:VCALENDAR\n", name="x.ics")
        assert "korea: 2 dates with more than 'time' and 'timezone' can hold, such as the time of an end" in run.err
        assert run.err.count("comes before its start") == 2
    assert "; skipped 3 existing records; rejected 2 rows (see " in run.out
    run = take(
        "title,start,end,time,timezone\nSame day,2017-07-04T09:00,2017-07-04T17:00,,\n"
        "Column,2017-07-04,,09:00+09:00,\nMinus,2017-07-04T23:30\u221203:00,,,\nBasic,20170704T233000Z,,,\n"
        "Apart,2017-07-04,,23:30:00-12:00,Asia/Seoul\nBack,2017-07-04T09:00,2017-07-04T08:00,,\n"
    )
    assert "korea: 2 dates with more than" in run.err
    assert "line 7: its end '2017-07-04 08:00' comes before its start '2017-07-04 09:00'" in run.err
    found = events(korea, mine)
    kept = {title: tuple(found[title][key] for key in ("time", "timezone", "date_text")) for title in found}
    del kept["Armistice signed"]
    assert kept == {
        "An end": ("09:00:30", "Asia/Seoul", "2017-07-04 09:00:30 (Asia/Seoul) \u2013 2017-07-04 17:00 (Asia/Seoul)"),
        "Windows": ("09:00", "Asia/Seoul", None),
        "Custom": ("09:00", None, "2017-07-04 09:00 (Custom/Zone)"),
        "Same day": ("09:00", None, "2017-07-04T09:00 \u2013 2017-07-04T17:00"),
        "Column": ("09:00", "Etc/GMT-9", None),
        "Minus": ("23:30", "Etc/GMT+3", None),
        "Basic": ("23:30", "UTC", None),
        "Apart": ("23:30:00", "Asia/Seoul", "2017-07-04 23:30:00-12:00"),
    }


CONFLICT = "{0}<<<<<<< HEAD\n{1}=======\n{2}>>>>>>> theirs{3}"
CONFLICTS = {
    "sheet.csv": ("title,date\nZ,2015\n", "A,2016\n", "B,2016\n", "\n"),
    "heading.csv": ("", "title,date\n", "title;date\n", "\nA,2016\n"),
    "sheet.tsv": ("title\tdate\n", "A\t2016\n", "", ""),
    "large.csv": (
        "title,date\n" + "".join(f"E{each:0200},2015\n" for each in range(1_000)),
        "A,2016\n",
        "B,2016\n",
        "\n",
    ),
    "list.json": ('[\n{"title": "Z", "date": "2015"}\n', ',{"title": "A"}\n', ',{"title": "B"}\n', "\n]"),
    "lines.jsonl": ("", '{"title": "A", "date": "2016"}\n', '{"title": "B", "date": "2016"}\n', "\n"),
    "told.csv": ("sep=;\n", "title;date\n", "title;when\n", "\nA;2016\n"),
    "blank.csv": ("\n,,\n", "title,date\n", "title,when\n", "\nA,2016\n"),
    "no_ending": ("title,date\n", "A,2016\n", "B,2016\n", "\n"),
    "old.csv": ("title,date\n", "A,2016\n||||||| base\n", "B,2016\n", "\n"),
    "one.ics": (
        "BEGIN:VCALENDAR\n",
        *(f"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20160101\nSUMMARY:{each}\nEND:VEVENT\n" for each in "AB"),
        "\nEND:VCALENDAR\n",
    ),
}


def written(lines: str, encoding: str = "utf-8") -> list[tuple[str, tuple[str, str]]]:
    """Return each file with a conflict, with lines that end so, in an encoding."""
    sheets = [name for name in CONFLICTS if name.endswith(("csv", "tsv", "no_ending")) and name != "large.csv"]
    return [(name, (lines, encoding)) for name in (CONFLICTS if encoding == "utf-8" else sheets)]


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        *written("\n"), *written("\r\n"), *written("\r"), *written("\n", "utf-8-sig"), *written("\r\n", "utf-16"),
        *written("\r", "utf-16"),
    ],
)  # fmt: skip
def test_an_unfinished_merge_is_named_with_its_line_and_nothing_is_taken(
    name: str, saved: tuple[str, str], korea: Korea, take: Import, mine: Path
) -> None:
    text, (lines, encoding) = CONFLICT.format(*CONFLICTS[name]), saved
    number = CONFLICTS[name][0].count("\n") + 1
    told = f":{number}:1: line {number} is a git conflict marker: finish the merge first\n"
    raw = text.replace("\n", lines).encode(encoding)
    run = take(raw, name=name)
    assert (run.code, run.out) == (3, ""), run.err
    assert run.err.endswith(f"{name}{told}")
    piped = korea("import", "-", "-d", mine, input=raw)
    assert (piped.code, piped.out) == (3, "")
    assert piped.err.endswith(f"-{told}")
    assert mine.read_text("utf-8") == START
    assert [each.name for each in mine.parent.iterdir() if "rejects" in each.name] == []


@pytest.mark.parametrize(
    "cells",
    [
        "=======",
        "<<<<<<< HEAD",
        "x <<<<<<< HEAD\n=======\n>>>>>>> y",
        "=======\n>>>>>>> y\n<<<<<<< x",
        "<<<<<<<<\n=======",
    ],
)
def test_a_cell_with_what_a_marker_is_made_of_is_a_text(cells: str, korea: Korea, take: Import, mine: Path) -> None:
    for name, text in (
        ("a.csv", f'date,title,note\n1960,A,"{cells}"\n'),
        ("b.jsonl", json.dumps({"date": "1960", "title": "B", "note": cells})),
    ):
        run = take(text, name=name)
        assert (run.code, run.out) == (0, f"Imported 1 event into {mine}\n"), run.err
    assert [events(korea, mine)[title]["note"] for title in "AB"] == [cells, cells]


def test_what_cannot_be_read_or_written_is_told_and_changes_nothing(korea: Korea, take: Import, mine: Path) -> None:
    latin = "Date,Title\n1950,fine\n1951,caf\xe9\n".encode("latin-1")
    run = take(latin)
    assert (run.code, run.out) == (3, "")
    assert "sheet.csv:3: byte 0xe9 is not UTF-8" in run.err
    assert "--encoding windows-1252" in run.err
    assert take(latin, "--encoding", "windows-1252", "--dry-run").code == 0
    assert take("").code == 3
    assert korea("import", mine.with_name("none.csv"), "-d", mine).code == 3
    assert korea("import", mine.with_name("sheet.csv"), "-d", mine.with_name("none.toml")).code == 3
    assert korea("import", mine.with_name("sheet.csv")).code == 4  # the built-in record
    assert take(HEADING + ",x,,\n1950,War,,\n", "--rejects", mine.with_name("no") / "folder.csv").code == 4
    assert take(HEADING + ",x,,\n", "--rejects", mine).code == 2
    assert mine.read_text("utf-8") == START


SHEET = "title,date\nA,2017\nB,2018\nC,banana\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sh.csv", "--save-mapping", "sh.csv"), "--save-mapping sh.csv would replace the imported file"),
        (("sh.csv", "--rejects", "sh.csv"), "--rejects sh.csv would replace the imported file"),
        (("sh.csv", "--rejects", "./sub/../sh.csv"), "--rejects ./sub/../sh.csv would replace the imported"),
        (("sh.csv", "--rejects", "link.csv"), "--rejects link.csv would replace the imported file"),
        (("link.csv", "--save-mapping", "sh.csv"), "--save-mapping sh.csv would replace the imported file"),
        (("sh.csv", "--save-mapping", "hard.csv"), "--save-mapping hard.csv would replace the imported file"),
        (("-", "--rejects", "sh.csv"), "--rejects sh.csv would replace the imported file"),
        (("/dev/stdin", "--save-mapping", "sh.csv"), "--save-mapping sh.csv would replace the imported file"),
        (
            ("sh.csv", "--rejects", "out", "--save-mapping", "out"),
            "--rejects out would replace the file of --save-mapping",
        ),
        (("sh.csv", "--rejects", "sub/../out", "--save-mapping", "out"), "would replace the file of --save-mapping"),
        (("sh.csv", "--rejects", "dangling", "--save-mapping", "new"), "would replace the file of --save-mapping"),
        (("sh.csv", "--rejects", "map.txt", "--mapping", "map.txt"), "would replace the file of --mapping"),
        (("sh.csv", "--rejects", "mine.toml"), "--rejects mine.toml would replace a file of the chronology"),
        (("sh.csv", "--save-mapping", "mine.toml"), "--save-mapping mine.toml would replace a file of the chronology"),
        (("sh.csv", "--save-mapping", "more.toml"), "--save-mapping more.toml would replace a file of the chronology"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_nothing_is_written_over_that_an_import_reads_or_writes(
    arguments: tuple[str, ...], told: str, options: tuple[str, ...], korea: Korea, mine: Path
) -> None:
    folder = mine.parent
    mine.write_text(START.replace('title = "Mine"', 'title = "Mine"\ninclude = ["more.toml"]'), "utf-8")
    files = {"sh.csv": SHEET, "more.toml": "# nothing yet\n", "map.txt": '[columns]\n"title" = "title"\n'}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "sub").mkdir()
    (folder / "link.csv").symlink_to("sh.csv")
    (folder / "dangling").symlink_to("new")
    (folder / "hard.csv").hardlink_to(folder / "sh.csv")
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    with (folder / "sh.csv").open("rb") as stdin:
        running = korea.start(
            "import", *arguments, "-d", "mine.toml", *options, cwd=folder, stdin=stdin, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        out, err = running.communicate()
    assert (running.returncode, out) == (2, b"")
    assert f"{told}" in err.decode()
    assert err.endswith(b". Name another file.\n")
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} == before


def test_targets_that_are_apart_are_written_and_so_is_a_mapping_read_or_a_device(korea: Korea, mine: Path) -> None:
    folder = mine.parent
    (folder / "sh.csv").write_text(SHEET, "utf-8")
    saved = ("--save-mapping", "sh.csv.rejects.csv")  # where rejected rows would go
    assert "see sh.csv.rejects-2.csv" in korea("import", "sh.csv", "-d", mine, *saved, cwd=folder).out
    assert "[columns]" in (folder / "sh.csv.rejects.csv").read_text("utf-8")
    assert "banana" in (folder / "sh.csv.rejects-2.csv").read_text("utf-8")
    (folder / "map.toml").write_text('[columns]\n"title" = "title"\n', "utf-8")
    for options in (
        ("--mapping", "map.toml", "--save-mapping", "map.toml"),
        ("--rejects", "/dev/null", "--save-mapping", "/dev/null"),
        ("--rejects", "/dev/stdout", "--save-mapping", "/dev/stdout"),
    ):
        assert korea("import", "sh.csv", "-d", mine, *options, cwd=folder).code == 1
    assert korea("import", "sh.csv", "-d", mine, "--rejects", "x" * 300, cwd=folder).code == 4
    assert '"date" = "date"' in (folder / "map.toml").read_text("utf-8")
    assert (folder / "sh.csv").read_text("utf-8") == SHEET


def test_a_sheet_with_headings_alone_adds_nothing(take: Import, mine: Path) -> None:
    run = take(HEADING)
    assert (run.code, run.out) == (0, f"Imported nothing into {mine}\n")
    assert run.err.endswith("korea: the file has no rows\n")
    assert mine.read_text("utf-8") == START


def test_lines_end_as_they_do_in_the_file(take: Import, mine: Path) -> None:
    mine.write_bytes(b"\xef\xbb\xbf" + START.replace("\n", "\r\n").encode())
    assert take(HEADING + "1950,War,A new one,\n").code == 0
    raw = mine.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# Mine.\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_ten_thousand_rows_are_taken(korea: Korea, take: Import, mine: Path) -> None:
    rows = "".join(f"{1950 + n % 60}-{1 + n % 12:02},Event number {n},Actor {n % 20},\n" for n in range(10_000))
    assert take(HEADING + rows).out == f"Imported 10,000 events into {mine}; declared 20 actors\n"
    assert korea("timeline", "--count", "-d", mine).out == "10001\n"


def test_a_file_that_could_not_be_read_again_is_not_written(take: Import, mine: Path) -> None:
    run = take(HEADING + f"1950,War,,{'x' * 2000}\n", "--max-size", "2000")
    assert (run.code, run.out) == (4, "")
    assert "would be larger than 2,000 bytes; raise the limit with --max-size" in run.err
    assert mine.read_text("utf-8") == START


def test_several_at_once_lose_nothing(korea: Korea, mine: Path) -> None:
    sheets = [mine.with_name(f"{number}.csv") for number in range(4)]
    for sheet in sheets:
        sheet.write_text(f"Date,Title,Who\n1950,Of {sheet.stem},Actor {sheet.stem}; Shared\n", "utf-8")
    patient = korea.patient("korea_cli.editing.saving._TIMEOUT")
    running = [patient.start("import", sheet, "-d", mine, "-q", stdout=subprocess.DEVNULL) for sheet in sheets]
    assert [each.wait() for each in running] == [0, 0, 0, 0]
    assert events(korea, mine).keys() == {"Armistice signed", *(f"Of {sheet.stem}" for sheet in sheets)}
    assert [actor["name"] for actor in records(korea, mine, "actors")].count("Shared") == 1


def test_stopped_midway_it_leaves_everything_as_it_was(korea: Korea, mine: Path) -> None:
    running = korea.start(
        "import", "-", "-d", mine, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdin
    running.stdin.write((HEADING + "1950,War,,\n" * 1000).encode())
    running.stdin.flush()
    korea.wait_until(mine.with_name(".mine.toml.lock").exists)
    korea.wait_until_asleep(running)  # it reads on
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert running.returncode == 130
    assert [path.name for path in mine.parent.iterdir()] == ["mine.toml"]
    assert mine.read_text("utf-8") == START


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[columns]\n"Date" = "date"\n', "no chronology but a mapping. Name it with --mapping 'of others.toml'"),
        ("a = 1\n", "no chronology: it has no [[events]], [[facts]], [[actors]], [[topics]] or [[sources]]"),
        ("", "no chronology: it has no [[events]]"),
    ],
)
def test_a_toml_file_that_is_no_chronology_is_named_so(text: str, reason: str, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("", "utf-8")
    (tmp_path / "of others.toml").write_text(text, "utf-8")
    run = korea("import", "of others.toml", "-d", "mine.toml", cwd=tmp_path)
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith(f"korea: of others.toml: this TOML file is {reason}")
    assert (tmp_path / "mine.toml").read_text("utf-8") == ""


OTHERS = """\
[chronology]
title = "Of others"
kinds = ["Air Raid"]
include = ["part.toml"]

[[sources]]
id = "report"
type = "report"
title = "A report"

[[topics]]
id = "talks"
label = "Six"

[[topics]]
id = "six"
label = "talks"

[[events]]
id = "raid"
title = "  A raid"
date = 2031-05-16
kind = "Air Raid"
topics = ["talks"]
sources = ["report#p1"]
actors = ["kim"]
line = 5

[[events]]
extends = "launch"
note = "more"
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_data_file_is_imported_from_a_file_and_a_pipe(encoding: str, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "others.txt").write_bytes(OTHERS.encode(encoding))
    for name in ("others.txt", "-"):
        (tmp_path / "mine.toml").write_bytes(b"")
        run = korea("import", name, "-d", "mine.toml", cwd=tmp_path, input=OTHERS.encode(encoding))
        assert run.code == 1
        assert "Imported 1 source, 2 topics and 1 event into mine.toml; declared 1 actor; rejected 1 row" in run.out
        for said in (
            "korea: the files that it includes are not imported: part.toml. To import all: korea export -d ",
            "korea: ignored values: 1 of unknown key line. ",
            "korea: line 29: it adds to the event 'launch' of another file. To import both together: korea export ",
        ):
            assert said in run.err
    written = tomllib.loads((tmp_path / "mine.toml").read_text("utf-8"))
    assert written["chronology"] == {"title": "Of others", "kinds": ["Air Raid"]}
    (raid,) = written["events"]
    assert (raid["date"], raid["topics"], raid["actors"], raid["sources"]) == (
        "2031-05-16", ["talks"], ["kim"], ["report#p1"],
    )  # fmt: skip
    assert (raid["kind"], written["sources"][0]["type"]) == ("Air Raid", "report")
    again = korea("import", "others.txt", "-d", "mine.toml", cwd=tmp_path)
    assert again.out.startswith("Imported nothing into mine.toml; skipped 4 existing records")


def test_an_actor_may_belong_to_one_of_a_later_row_by_its_name(korea: Korea, take: Import, mine: Path) -> None:
    sheet = "ID,Name,Part of\na-1,First Army,The Ministry\na-2,The Ministry,\na-3,Navy,The Admiralty\n"
    run = take(sheet, "--type", "actor")
    assert run.out == f"Imported 3 actors into {mine}; declared 1 actor\n"
    found = {each["id"]: [whole["id"] for whole in each["part_of"]] for each in records(korea, mine, "actors")}
    assert (found["a-1"], found["a-3"]) == (["a-2"], ["the-admiralty"])
    assert take(sheet, "--type", "actor").out == f"Imported nothing into {mine}; skipped 3 existing records\n"


def test_an_id_of_a_later_row_wins_over_a_title_of_an_earlier_one(korea: Korea, take: Import, mine: Path) -> None:
    rows = [
        {"id": "x", "title": "us", "date": "1950"},
        {"id": "y", "title": "Y", "date": "1950", "responds_to": [{"id": "us", "title": "Other"}]},
        {"id": "us", "title": "Other", "date": "1950"},
    ]
    assert take("".join(json.dumps(row) + "\n" for row in rows), name="x.jsonl").code == 0
    assert [each["id"] for each in ids(records(korea, mine))["y"]["responds_to"]] == ["us"]


def test_records_of_another_chronology_name_actors_that_are_known_by_another_id(take: Import, mine: Path) -> None:
    other = """[[actors]]
id = "pyongyang"
name = "North Korea"

[[events]]
id = "launch"
title = "A launch"
date = "2017-07-04"
actors = ["pyongyang"]
"""
    run = take(other, name="other.toml")
    assert "line 1: 'North Korea' is also a name of actor 'north-korea'" in run.err
    assert mine.read_text("utf-8").endswith('date = "2017-07-04"\nactors = ["north-korea"]\n')
    assert "declared" not in run.out


def test_a_missing_data_file_is_no_other_one_but_can_be_created(tmp_path: Path, korea: Korea) -> None:
    sheet, mine = tmp_path / "sheet.csv", tmp_path / "mine.toml"
    sheet.write_text("title,date\nA,2031\n", "utf-8")
    (tmp_path / "mind.toml").touch()
    advice = f"korea: {mine}: no such file. Create it with 'korea init {mine}'.\n"
    assert korea("import", sheet, "-d", mine) == (3, "", advice)
    assert korea("import", sheet, "-d", mine, "--update", "--yes") == (3, "", advice)
