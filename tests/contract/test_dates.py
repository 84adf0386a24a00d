"""Dates through every entrance of the installed program: what is shown reads back, and what is in doubt is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from korea_cli.dates.parse import parse_stored

if TYPE_CHECKING:
    from conftest import Korea

CASES = Path(__file__).parents[1] / "data" / "import"
EMPTY = '[chronology]\ntitle = "Mine"\nas_of = "2018"\n'
STORED = (
    "[2017-06-01..2017-07-07]", "[2017-06-01..]", "2016-04/..", "2016-04/", "/2017", "../2017", "[..2020-05-31]",
    "2016~/2017", "2017-07-XX", "[2017-07-03,2017-07-04?]",
)  # fmt: skip


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(EMPTY, "utf-8")
    return file


def dates(korea: Korea, file: Path) -> dict[str, str]:
    run = korea("timeline", "-d", file, "--json")
    return {event["id"]: event["date"] for event in json.loads(run.out)["events"]}


def test_what_is_shown_is_added_imported_and_asked_for_as_what_it_was(korea: Korea, mine: Path) -> None:
    words = [parse_stored(stored).show() for stored in STORED]
    again, sheet = mine.with_name("again.toml"), mine.with_name("sheet.csv")
    again.write_text(EMPTY, "utf-8")
    lines = "\n".join(json.dumps({"id": f"e{number}", "title": "E", "date": each}) for number, each in enumerate(words))
    assert korea("add", "events", "-d", again, input=lines.encode()).code == 0
    assert tuple(dates(korea, again)[f"e{number}"] for number in range(len(STORED))) == STORED
    again.write_text(EMPTY, "utf-8")
    sheet.write_text("Id,Title,Date\n" + "".join(f'e{i},E,"{each}"\n' for i, each in enumerate(words)), "utf-8")
    assert korea("import", sheet, "-d", again).code == 0
    assert tuple(dates(korea, again)[f"e{number}"] for number in range(len(STORED))) == STORED
    again.write_text(again.read_text("utf-8").replace('date = "', 'date = "1950" # "'), "utf-8")
    for number, each in enumerate(words):
        assert korea("set", f"e{number}", f"date={each}", "-d", again).code == 0
    assert tuple(dates(korea, again)[f"e{number}"] for number in range(len(STORED))) == STORED
    for number, option in ((0, "--period"), (5, "--period"), (1, "--from"), (6, "--to")):
        asked = [korea("timeline", option, days, "-d", again, "-f", "tsv") for days in (words[number], STORED[number])]
        assert (asked[0].code, asked[0].out) == (0, asked[1].out)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("07-between", {"[2017-05-01..2017-05-05]"}),
        ("18-east-asian-dates", {"2017-04-30"}),
    ],
)
def test_sheets_that_went_wrong_are_imported_right(korea: Korea, mine: Path, name: str, stored: set[str]) -> None:
    run = korea("import", CASES / f"{name}.csv", "-d", mine, "--rejects", mine.with_name("rejects.csv"))
    assert (run.code, set(dates(korea, mine).values())) == (0, stored)


SPANS = "Id,Title,Date\na,A,2010-12\nb,B,2004-5\nc,C,2018-19\nd,D,2017-05\ne,E,1914\u20131918\n"


@pytest.mark.parametrize(
    ("option", "stored", "told"),
    [
        (
            "", {"c": "2018/2019", "d": "2017-05", "e": "1914/1918"},
            [
                "line 2: date '2010-12' could be 2010-12 or 2010/2012. Use --year-months or --year-spans.",
                "line 3: date '2004-5' could be 2004-05 or 2004/2005. Use --year-months or --year-spans.",
            ],
        ),
        (
            "--year-months", {"a": "2010-12", "b": "2004-05", "d": "2017-05", "e": "1914/1918"},
            ["line 4: date '2018-19' cannot be a month; if it means the years 2018/2019, write that"],
        ),
        (
            "--year-spans",
            {"a": "2010/2012", "b": "2004/2005", "c": "2018/2019", "d": "2017-05", "e": "1914/1918"},
            [],
        ),
    ],
)  # fmt: skip
def test_years_cut_short_are_asked_for_or_settled_and_so_are_months_beside_them(
    korea: Korea, mine: Path, option: str, stored: dict[str, str], told: list[str]
) -> None:
    sheet = mine.with_name("sheet.csv")
    sheet.write_text(SPANS, "utf-8")
    run = korea("import", sheet, "-d", mine, *filter(None, [option]))
    assert dates(korea, mine) == stored
    assert [line.removeprefix("korea: ") for line in run.err.splitlines() if ": date '" in line] == told


def test_a_month_is_a_month_where_no_span_of_years_stands_in_its_column(korea: Korea, mine: Path) -> None:
    sheet = mine.with_name("sheet.csv")
    sheet.write_text("Id,Title,Date,Date text\na,A,2010-12,2004-5\nb,B,2016/2017,2018-19\n", "utf-8")
    assert korea("import", sheet, "-d", mine).code == 0
    assert dates(korea, mine) == {"a": "2010-12", "b": "2016/2017"}


def test_how_years_cut_short_are_meant_is_kept_with_a_mapping_and_said_for_a_pipe(korea: Korea, mine: Path) -> None:
    sheet, mapping = mine.with_name("sheet.csv"), mine.with_name("kept.toml")
    sheet.write_text(SPANS, "utf-8")
    piped = korea("import", "-", "-d", mine, input=SPANS.encode())
    assert (piped.code, sorted(dates(korea, mine))) == (1, ["c", "d", "e"])
    assert "Use --year-months or --year-spans" in piped.err
    assert korea("import", sheet, "-d", mine, "--year-spans", "--save-mapping", mapping, "--dry-run").code == 0
    assert korea("import", "-", "-d", mine, "--mapping", mapping, input=SPANS.encode()).code == 0
    assert len(dates(korea, mine)) == 5
    both = korea("import", sheet, "-d", mine, "--year-spans", "--year-months")
    assert (both.code, "cannot be used together" in both.err) == (2, True)


@pytest.mark.parametrize("written", ["2017-07-04T23:30:00-12:00", '"2017-07-04T23:30:00-12:00"'])
def test_a_moment_is_no_date_with_quotes_or_without(korea: Korea, mine: Path, written: str) -> None:
    mine.write_text(f'{EMPTY}[[events]]\nid = "a"\ntitle = "A"\ndate = {written}\n', "utf-8")
    run = korea("check", "-d", mine)
    assert run.code == 1
    message = "date '2017-07-04T23:30:00-12:00' is not a date: a date has no time of day; use the keys"
    assert f"{message} 'time' and 'timezone'\t2017-07-04" in run.out


def test_check_notes_a_time_that_never_was(korea: Korea, mine: Path) -> None:
    event = '[[events]]\nid = "a"\ntitle = "A"\ndate = 2017-03-12\ntime = "02:30"\ntimezone = "America/New_York"\n'
    mine.write_text(EMPTY + event, "utf-8")
    assert "there was no 02:30 on 2017-03-12" in " ".join(korea("check", "--notes", "-d", mine).out.split())
