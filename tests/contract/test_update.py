"""`korea import --update` as it is installed: an exported sheet comes back, untouched or corrected."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli

from launch import ACTORS, ANSWER, LAUNCH

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea

    Rows = list[dict[str, str]]

ROOT = Path(__file__).parents[2]
LISTS = ("timeline", "facts", "actors", "sources", "topics")
MORE = """\
date_text = "4 July"
actors = [
    "kim",  # who ordered it
    "kim-2",
]
other_dates = [{ date = "2017-07-05", sources = ["report#p2"], note = "in Seoul" }, { date = "2017-07-06" }]
sources = ["report#p1", "paper"]
note = "=1+1"
"""
SHARED = LAUNCH.replace('actors = [ "kim" ]\n', MORE)
MAIN = f"""\
[chronology]
title = "Mine"
include = ["part.toml"]

[[sources]]
id = "report"
title = "A report"

[[sources]]
id = "paper"
title = "A paper; with a semicolon"

[[actors]]
id = "kim-2"
name = "The other Kim"

{ACTORS}
{SHARED}
[[events]]
id = "same-1"
title = "Talks; round two"
date = "2017-08"

[[events]]
id = "same-2"
title = "Talks; round two"
date = "2017-09"
"""
PART = ANSWER.replace('["launch"]', '["same-2"]  # the second round')


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a file that includes another."""
    (tmp_path / "part.toml").write_text(PART)
    (tmp_path / "mine.toml").write_text(MAIN)
    return tmp_path / "mine.toml"


@pytest.fixture
def corrected(korea: Korea, mine: Path) -> Callable[[Callable[[Rows], object]], Path]:
    """Return what exports the events, has somebody correct the rows, and saves the sheet."""

    def save(correct: Callable[[Rows], object]) -> Path:
        sheet = mine.with_name("sheet.csv")
        assert korea("timeline", "-d", mine, "--fields", "all", "-o", sheet).code == 0
        reader = csv.DictReader(io.StringIO(sheet.read_text("utf-8-sig")))
        rows = list(reader)
        correct(rows)
        with sheet.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, reader.fieldnames or ())
            writer.writeheader()
            writer.writerows(rows)
        return sheet

    return save


def by_id(rows: Rows) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize(
    ("form", "file"),
    [
        ("csv", "data/events.toml"), ("jsonl", "data/events.toml"),
        ("tsv", "tests/data/disputes.toml"), ("json", "tests/data/antiquity.toml"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("fields", [(), ("--fields", "all")], ids=["usual", "all"])
def test_untouched_it_changes_nothing(
    form: str, file: str, fields: tuple[str, ...], korea: Korea, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.toml"
    shutil.copy(ROOT / file, mine)
    for name in LISTS:
        sheet = tmp_path / f"{name}.{form}"
        korea(name, "-d", mine, *fields, "-o", sheet)
        run = korea("import", sheet, "-d", mine, "--update")
        if "the file has no rows" not in run.err:
            assert (run.code, run.out) == (0, f"Nothing to change: {mine} has all that {sheet} has\n"), run.err
            assert "did not change" not in run.err
            assert "ignored" not in run.err
    assert mine.read_bytes() == (ROOT / file).read_bytes()


def test_an_object_is_no_text_and_no_date(korea: Korea, mine: Path) -> None:
    before, sheet = mine.read_text(), mine.with_name("sheet.json")
    launch = {"type": "event", "id": "launch", "title": "A launch", "date": "2017-07-04"}
    for key in ("place", "date"):
        sheet.write_text(json.dumps({**launch, key: {"is": "2017"}}))
        run = korea("import", sheet, "-d", mine, "--update", "--yes")
        assert (run.code, mine.read_text()) == (1, before)
        assert f"record 1: '{key}' must be a single text" in run.err


def test_an_object_that_has_no_value_for_a_key_empties_none(korea: Korea, mine: Path) -> None:
    korea("set", "launch", "place=Kusong", "-d", mine)
    before, sheet = mine.read_text(), mine.with_name("sheet.json")
    sheet.write_text(json.dumps([{"id": "launch", "place": {"lat": 39.9}}]))
    run = korea("import", sheet, "-d", mine, "--update", "--yes")
    assert (run.out, mine.read_text()) == (f"Nothing to change: {mine} has all that {sheet} has\n", before)
    assert "ignored values: 1 of place.lat" in run.err
    sheet.write_text(json.dumps([{"id": "launch", "place": ""}]))
    assert korea("import", sheet, "-d", mine, "--update", "--yes").code == 0
    assert "Kusong" not in mine.read_text()


def test_only_what_was_corrected_changes_where_it_stands(
    korea: Korea, mine: Path, corrected: Callable[[Callable[[Rows], object]], Path]
) -> None:
    def correct(rows: Rows) -> None:
        launch, answer = by_id(rows)["launch"], by_id(rows)["answer"]
        assert launch["actors"] == "Kim; The other Kim [kim-2]"
        launch |= {"title": "The launch", "actors": "Moon; Kim", "date_text": "", "other_dates": "2017-07-05"}
        launch |= {"sources": "report#p1; A paper; with a semicolon", "date": "4 July 2017"}  # the same, otherwise
        answer |= {"responds_to": "Talks; round two; launch", "place": "Seoul"}

    sheet = corrected(correct)
    run = korea("import", sheet, "-d", mine, "--update", "--yes")
    assert run.code == 0, run.err
    assert run.out.endswith(f"Updated 2 events in {mine} and {mine.with_name('part.toml')}\n")
    assert "lost\tevent\tlaunch\tdate_text\t4 July\tThe launch\n" in run.out
    expected = MAIN.replace("'A launch'    ", '"The launch"    ').replace('date_text = "4 July"\n', "")
    expected = expected.replace(
        '    "kim-2",\n', '    "moon",\n'
    ).replace(', { date = "2017-07-06" }]', "]")  # fmt: skip
    assert mine.read_text() == expected
    part = PART.replace('["same-2"]', '["same-2", "launch"]').replace('05"\n', '05"\nplace = "Seoul"\n')
    assert mine.with_name("part.toml").read_text() == part
    assert korea("import", sheet, "-d", mine, "--update").out.startswith("Nothing to change")


def test_of_a_short_sheet_only_what_it_has_changes(korea: Korea, mine: Path) -> None:
    """Columns that are not there leave their keys alone; what others claim is not for this sheet to change."""
    sheet = mine.with_name("short.csv")
    assert korea("timeline", "-d", mine, "-o", sheet).code == 0
    rows = list(csv.DictReader(sheet.read_text("utf-8-sig").splitlines()))
    assert [list(rows[0])[place] for place in (0, 1, -1)] == ["id", "date", "claims"]
    by_id(rows)["launch"] |= {"title": "The launch", "place": "Wonsan", "actors": "Moon; Kim", "claims": "Moon: no"}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    run = korea("import", sheet, "-d", mine, "--update", "--yes", "--json")
    assert run.code == 0, run.err
    changed = [(each["id"], each["change"], each["key"], each["new"]) for each in json.loads(run.out)["changes"]]
    assert sorted(changed, key=str) == [
        ("launch", "gained", "actors", ["moon"]),
        ("launch", "gained", "place", "Wonsan"),
        ("launch", "lost", "actors", None),
        ("launch", "retitled", "title", "The launch"),
    ]


def test_each_row_that_does_not_fit_is_rejected_with_its_reason(
    korea: Korea, mine: Path, corrected: Callable[[Callable[[Rows], object]], Path]
) -> None:
    def correct(rows: Rows) -> None:
        row = by_id(rows)
        rows.remove(row["same-1"])
        row["launch"] |= {"actors": "Kim; Nobody", "title": "A title that is not taken either"}
        row["answer"] |= {"title": ""}
        row["same-2"] |= {"earliest": "1999", "source_count": "7", "place": "Seoul"}
        rows += [{**row["same-1"], "id": "talks"}, {**row["same-2"], "place": "Busan"}]
        rows += [{"id": "new", "title": "A new one", "date": "2018", "actors": "Somebody new"}]

    run = korea("import", corrected(correct), "-d", mine, "--update", "--yes")
    assert run.code == 1
    for reason in (
        "korea: line 2: actor not found: 'Nobody'",
        "korea: line 3: title is required\n",
        "korea: line 4: event 'same-2' is in the sheet twice (line 4)\n",
        "korea: line 6: event 'same-2' is in the sheet twice (line 4)\n",
        "korea: line 5: there is no event 'talks', and the row is the same as 'same-1', which the sheet does not have.",
        f" To change the id, run: korea rename event:same-1 talks -d {mine}\n",
        f"korea: 1 event of {mine} is not in the sheet: left as it is\n",
        "korea: did not change what korea derives from the records: 'earliest' (line 4), 'source_count' (line 4)\n",
    ):
        assert reason in run.err
    assert f"Imported 1 event into {mine}; declared 1 actor; rejected 5 rows (see " in run.out
    new = '\n[[events]]\nid = "new"\ntitle = "A new one"\ndate = "2018"\nactors = ["somebody-new"]\n'
    declared = '\n[[actors]]\nid = "somebody-new"\nname = "Somebody new"\n'
    assert mine.read_text() == MAIN.replace('name = "Moon"\n', f'name = "Moon"\n{declared}') + new


def test_json_changes_only_the_keys_that_it_has(korea: Korea, mine: Path) -> None:
    sheet = mine.with_name("x.jsonl")
    rows = [json.loads(line) for line in korea("timeline", "-d", mine, "-f", "jsonl").out.splitlines()]
    (launch,) = (row for row in rows if row["id"] == "launch")
    launch["actors"][1]["name"] = "A new name"
    launch["other_dates"][1]["note"] = "in Tokyo"
    launch["note"] = None
    short = {"type": "event", "id": "answer", "summary": "Short."}
    sheet.write_text("".join(f"{json.dumps(row)}\n" for row in (launch, short)))
    run = korea("import", sheet, "-d", mine, "--update", "--yes", "--json")
    assert run.code == 0, run.err
    changes = [(each["id"], each["change"], each["key"], each["new"]) for each in json.loads(run.out)["changes"]]
    assert changes == [
        ("launch", "gained", "other_dates", [{"date": "2017-07-06", "sources": [], "note": "in Tokyo"}]),
        ("launch", "lost", "other_dates", None),
        ("launch", "lost", "note", None),
        ("answer", "gained", "summary", "Short."),
    ]
    assert "did not change what korea derives from the records: 'actors[].name' (line 1)" in run.err


def test_a_sheet_of_some_columns_changes_only_these(korea: Korea, mine: Path) -> None:
    sheet = mine.with_name("names.csv")
    assert korea("actors", "-d", mine, "--fields", "id,aliases", "-o", sheet).code == 0
    sheet.write_text(sheet.read_text("utf-8-sig").replace("kim-2,", "kim-2,Kim the younger; 金"))
    assert korea("import", sheet, "-d", mine, "--update", "--yes").code == 0
    aliases = '"The other Kim"\naliases = ["Kim the younger", "金"]\n'
    assert mine.read_text() == MAIN.replace('"The other Kim"\n', aliases)


def test_rows_of_several_types_are_each_of_their_own(korea: Korea, mine: Path) -> None:
    for name in ("found.csv", "found.jsonl"):
        sheet = mine.with_name(name)
        assert korea("search", "a", "-d", mine, "-o", sheet).code == 0
        run = korea("import", sheet, "-d", mine, "--update")
        assert run.out == f"Nothing to change: {mine} has all that {sheet} has\n"
        assert "did not change" not in run.err


def test_a_sheet_without_ids_is_refused(korea: Korea, mine: Path) -> None:
    sheet = mine.with_name("sheet.csv")
    sheet.write_text("title,date\nA launch,2017-07-04\n")
    run = korea("import", sheet, "-d", mine, "--update", "--yes")
    assert run.code == 2
    assert f"--update needs the ids of the records, and {sheet} has none." in run.err
    assert f"korea timeline -d {mine} -o sheet.csv" in run.err


@pytest.mark.parametrize(("answer", "written"), [(b"y\n", True), (b"\n", False)])
def test_a_terminal_shows_the_changes_and_asks(
    answer: bytes, *, written: bool, korea: Korea, mine: Path,
    corrected: Callable[[Callable[[Rows], object]], Path],
) -> None:  # fmt: skip
    sheet = corrected(lambda rows: by_id(rows)["answer"].update(place="Seoul"))
    refused = korea("import", sheet, "-d", mine, "--update")
    assert (refused.code, "Use --yes to write without asking" in refused.err) == (2, True)
    dry = korea("import", sheet, "-d", mine, "--update", "--dry-run")
    changed = f"gained\tevent\tanswer\tplace\tSeoul\tAn answer\nWould update 1 event in {mine.with_name('part.toml')}\n"
    assert dry.out == changed
    master, slave = pty.openpty()
    settings = termios.tcgetattr(slave)
    settings[1] &= ~termios.OPOST  # what is written arrives as it is
    termios.tcsetattr(slave, termios.TCSANOW, settings)
    os.write(master, answer)
    command = ("import", sheet, "-d", mine, "--update")
    with korea.start(*command, stdin=slave, stdout=slave, stderr=subprocess.PIPE) as process:
        os.close(slave)
        shown = b"".join(korea.read_terminal(master)).decode()
        _, err = process.communicate()
    assert process.returncode == 0
    assert "Write these changes? [y/N]" in err.decode()
    assert ("nothing was written" in err.decode()) is not written
    assert shown.count("An answer") == 1
    assert "+ place            Seoul" in re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert (mine.with_name("part.toml").read_text() == PART) is not written


def test_a_changed_row_may_name_what_only_the_same_sheet_adds(
    korea: Korea, mine: Path, corrected: Callable[[Callable[[Rows], object]], Path]
) -> None:
    def correct(rows: Rows) -> None:
        row = by_id(rows)
        row["launch"] |= {"actors": "Kim; Somebody new", "place": "Seoul"}
        row["answer"] |= {"responds_to": "new; launch"}
        row["same-1"] |= {"responds_to": "A new one"}
        row["same-2"] |= {"responds_to": "nowhere"}
        rows += [{"id": "new", "title": "A new one", "date": "2018", "actors": "Somebody new"}]

    sheet = corrected(correct)
    run = korea("import", sheet, "-d", mine, "--update", "--yes")
    assert (run.code, "korea: line 5: event not found: 'nowhere'" in run.err) == (1, True), run.err
    assert "Updated 3 events in" in run.out
    assert "; imported 1 event; declared 1 actor; rejected 1 row" in run.out
    found = {row["id"]: row for row in json.loads(korea("timeline", "-d", mine, "--json").out)["events"]}
    assert [each["id"] for each in found["answer"]["responds_to"]] == ["new", "launch"]
    assert [each["id"] for each in found["same-1"]["responds_to"]] == ["new"]
    assert [each["id"] for each in found["launch"]["actors"]] == ["kim", "somebody-new"]
    assert korea("import", sheet, "-d", mine, "--update").out.startswith("Changed nothing in")


def test_the_source_of_all_rows_is_one_of_those_that_change(
    korea: Korea, mine: Path, corrected: Callable[[Callable[[Rows], object]], Path]
) -> None:
    def correct(rows: Rows) -> None:
        row = by_id(rows)
        row["launch"] |= {"place": "Seoul"}
        row["answer"] |= {"place": "Busan"}
        rows += [{"id": "new", "title": "A new one", "date": "2018"}]

    sheet = corrected(correct)
    run = korea("import", sheet, "-d", mine, "--update", "--yes", "--source", "paper#p7")
    assert run.code == 0, run.err
    found = {row["id"]: row for row in json.loads(korea("timeline", "-d", mine, "--json").out)["events"]}
    cited = {id_: [(each["id"], each["locator"]) for each in row["sources"]] for id_, row in found.items()}
    assert cited == {
        "launch": [("report", "p1"), ("paper", None)], "answer": [("paper", "p7")], "new": [("paper", "p7")],
        "same-1": [], "same-2": [],
    }  # fmt: skip
    refused = korea("import", sheet, "-d", mine, "--update", "--title", "{place}")
    assert (refused.code, refused.out) == (2, "")
    assert "--title composes no titles for a sheet of korea, which has them in a column" in refused.err


CODED = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,location,country\n"


def test_titles_of_coded_data_are_composed_of_what_was_corrected(korea: Korea, tmp_path: Path) -> None:
    mine, sheet, part = tmp_path / "mine.toml", tmp_path / "acled.csv", tmp_path / "part.csv"
    mine.touch()
    rows = "XL1,16 May 2031,1,Battles,Armed clash,Front,Guard,Alpha,Xland\n"
    rows += "XL2,17 May 2031,1,Riots,Mob,Front,,Alpha,Xland\n"
    sheet.write_text(CODED + rows, "utf-8")
    assert korea("import", sheet, "-d", mine).code == 0
    for options in ((), ("--mapping", "acled")):  # untouched, although kinds became topics
        assert korea("import", sheet, "-d", mine, "--update", *options).out.startswith("Nothing to change: ")
    sheet.write_text(CODED + rows.replace("Front,Guard,Alpha", "Guard,Front,Beta"), "utf-8")
    assert korea("import", sheet, "-d", mine, "--update", "--yes").code == 0
    titles = [each["title"] for each in tomli.loads(mine.read_text("utf-8"))["events"]]
    assert titles == ["Armed clash: Guard - Front (Beta, Xland)", "Mob: Front (Alpha, Xland)"]
    part.write_text("event_id_cnty,sub_event_type,location\nXL1,Armed clash,Gamma\n", "utf-8")  # lacks what titles have
    run = korea("import", part, "-d", mine, "--update", "--yes", "--mapping", "acled")
    assert run.code == 0, run.err
    event = tomli.loads(mine.read_text("utf-8"))["events"][0]
    assert (event["title"], event["place"]) == (titles[0], "Gamma")
    run = korea("import", part, "-d", mine, "--update", "--yes", "--title", "{sub_event_type} in {location}",
                "--map", "event_id_cnty=id")  # fmt: skip
    assert run.code == 0, run.err
    assert tomli.loads(mine.read_text("utf-8"))["events"][0]["title"] == "Armed clash in Gamma"


def test_places_in_sources_and_media_are_compared_as_import_reads_them(korea: Korea, mine: Path) -> None:
    sheet = mine.with_name("others.csv")
    rows = ["answer,An answer,2017-07-05,A report,p3,https://example.org/x.jpg", "same-1,Talks; round two,2017-08,,,"]
    sheet.write_text("\n".join(["ID,Title,Date,Source,Page,Media", *rows, ""]))
    run = korea("import", sheet, "-d", mine, "--update", "--yes")
    assert run.code == 0, run.err
    part = mine.with_name("part.toml").read_text()
    assert part == f'{PART}sources = ["report#p3"]\nnote = "Media: https://example.org/x.jpg"\n'
    assert korea("import", sheet, "-d", mine, "--update").out.startswith("Nothing to change: ")
    sheet.write_text(sheet.read_text().replace(",p3,", ",p4,"))
    assert korea("import", sheet, "-d", mine, "--update", "--yes").code == 0
    assert mine.with_name("part.toml").read_text() == part.replace("#p3", "#p4")
    sheet.write_text("ID,Page\nlaunch,p9\nanswer,p5\nsame-2,p1\n")
    run = korea("import", sheet, "-d", mine, "--update", "--yes")
    assert "korea: line 2: 'p9' is a place in one source, but the record names 2" in run.err
    assert "korea: line 4: 'p1' is a place in one source, but the record names 0" in run.err
    assert mine.with_name("part.toml").read_text() == part.replace("#p3", "#p5")
