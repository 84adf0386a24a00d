"""A record of antiquity: years before the year 1 are dates in every command and format, as the later ones are."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Korea

# In the order of time, in which no sorting of the texts puts them.
DATES = {
    "rome": "-0752-04-21?",
    "consulate": "[-0059..-0049]",
    "gaul": "-0057/-0049",
    "rubicon": "-0048-01-10~",
    "ides": "-0043-03-15",
    "temple": "-0043-05-XX",
    "augustus": "-0026-01-16/0014-08-19",
    "census": "0000",
    "vesuvius": "0079-08-24",
    "hadrian": "0117/..",
}
SHOWN = {
    "rome": "21 Apr 753 BC?",
    "consulate": "between 60 and 50 BC",
    "gaul": "58–50 BC",
    "rubicon": "c. 10 Jan 49 BC",
    "ides": "15 Mar 44 BC",
    "temple": "some day in May 44 BC",
    "augustus": "16 Jan 27 BC – 19 Aug 14 AD",
    "census": "1 BC",
    "vesuvius": "24 Aug 79 AD",
    "hadrian": "since 117 AD, ongoing",
}
RECORD = Path(__file__).parents[1] / "data" / "antiquity.toml"
HEADER = '[chronology]\ntitle = "Rome"\n'


@pytest.fixture
def rome(tmp_path: Path) -> Path:
    file = tmp_path / "rome.toml"
    file.write_text(RECORD.read_text("utf-8"), "utf-8")
    return file


def listed(korea: Korea, *arguments: str | Path) -> list[str]:
    run = korea(*arguments, "-f", "jsonl", "--fields", "id")
    assert run.code in {0, 1}, run
    return [json.loads(line)["id"] for line in run.out.splitlines()]


def answer(korea: Korea, *arguments: str | Path) -> Any:  # noqa: ANN401 - a document
    run = korea(*arguments, "--json")
    assert run.code == 0, run
    return json.loads(run.out)


# ---------------------------------------------------------------- order, filters, words


def test_events_are_in_the_order_of_time(korea: Korea, rome: Path) -> None:
    assert listed(korea, "timeline", "-d", rome) == list(DATES)
    assert listed(korea, "timeline", "-d", rome, "--reverse") == list(DATES)[::-1]
    assert listed(korea, "timeline", "-d", rome, "--no-cache", "--sort", "date") == list(DATES)
    sources = ["polybius", "caesar", "livy", "pliny", "web"]
    assert listed(korea, "sources", "-d", rome, "--sort", "issued") == sources


def test_dates_are_shown_in_words_and_read_back(korea: Korea, rome: Path) -> None:
    run = korea("timeline", "-d", rome, "--oneline", "-f", "table")
    lines = run.out.splitlines()
    assert [line for line, words in zip(lines, SHOWN.values(), strict=True) if not line.startswith(words)] == []
    for id_, words in SHOWN.items():
        assert id_ in listed(korea, "timeline", "-d", rome, "-p", words)
        assert korea("set", id_, f"date={words}", "-d", rome, "--dry-run").out.count("→") == 0
    headings = [line.split(" ─")[0] for line in korea("timeline", "-d", rome, "-f", "table").out.splitlines()]
    years = ["753 BC", "60 BC", "58 BC", "49 BC", "44 BC", "27 BC", "1 BC", "79 AD", "117 AD"]
    assert [line for line in headings if re.fullmatch(r"\d+ (BC|AD)", line)] == years


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--from", "-0043"), "ides temple augustus census vesuvius hadrian"),
        (("--from=-0043", "--to", "0000"), "ides temple augustus census"),
        (("--from", "44 BC", "--to", "44 BC"), "ides temple"),
        (("-p", "-0043-05"), "temple"),
        (("-p", "100-50 BC"), "consulate gaul"),
        (("-p", "before 49 BC"), "rome consulate gaul"),
        (("-p", "before 44 BC", "--certain"), "consulate gaul"),
        (("-p", "between 50 and 48 BC"), "consulate gaul rubicon"),
        (("-p", "1 BC..1 AD"), "augustus census"),
        (("--to", "AD 79"), "rome consulate gaul rubicon ides temple augustus census vesuvius"),
        (("date:-0043",), "ides temple"),
        (("date:44 BC", "not:date:-0043-03"), "temple"),
        (("begins:-0026",), "augustus"),
        (("ends:14 AD",), "augustus"),
        (("--around", "ides", "--days", "61"), "ides temple"),
        (("--around", "15 Mar 44 BC", "--days", "10"), "ides"),
        (("--known-by", "40 BC"), "rome temple"),
        (("--known-by", "-0149"), ""),
        (("--today", "-0043", "-p", "last 10 years"), "consulate gaul rubicon ides temple"),
        (("precision:day",), "rome rubicon ides vesuvius"),
    ],
)
def test_dates_are_filtered(korea: Korea, rome: Path, arguments: tuple[str, ...], found: str) -> None:
    for cache in ((), ("--no-cache",)):
        assert sorted(listed(korea, "timeline", "-d", rome, *arguments, *cache)) == sorted(found.split())


def test_a_day_is_days_away_from_others_across_the_year_1(korea: Korea, rome: Path) -> None:
    rows = answer(korea, "timeline", "-d", rome, "--around", "1 Jan AD 1", "--days", "600", "--sort", "distance")
    assert {row["id"]: row["distance"] for row in rows["events"]} == {"augustus": 0, "census": -1}
    table = korea("timeline", "-d", rome, "--around", "1 Mar 44 BC", "--days", "20", "-f", "table", "--oneline")
    assert "15 Mar 44 BC Fri +14 d" in table.out


def test_a_year_on_the_command_line_is_no_option(korea: Korea, rome: Path) -> None:
    hint = "'-0043' does not exclude anything: write 'not:0043', or 'date:-0043' for a year before the year 1"
    for typed in (("-0043",), ("--", "-0043")):
        run = korea("timeline", "-d", rome, *typed)
        assert (run.code, run.out, run.err.splitlines()[-1]) == (2, "", f"korea: {hint}")
    run = korea("timeline", "-d", rome, "date:-44")
    assert "it could be -0044 (45 BC) or -0043 (44 BC); write one of them" in run.err


# ---------------------------------------------------------------- counts


def test_events_are_counted_by_year_and_month_in_the_order_of_time(korea: Korea, rome: Path) -> None:
    years = answer(korea, "stats", "years", "-d", rome)["years"]
    assert [(row["value"], row["label"], row["event_count"]) for row in years] == [
        ("-0752", "753 BC", 1), ("-0057", "58 BC", 1), ("-0048", "49 BC", 1), ("-0043", "44 BC", 2),
        ("-0026", "27 BC", 1), ("0000", "1 BC", 1), ("0079", "79 AD", 1), ("0117", "117 AD", 1), (None, "not known", 1),
    ]  # fmt: skip
    months = answer(korea, "stats", "--by", "month", "-d", rome, "-p", "-0043..0000")["counts"]
    assert [row["label"] for row in months] == ["Mar 44 BC", "May 44 BC", "Jan 27 BC", "1 BC, month not known"]
    overview = answer(korea, "stats", "overview", "-d", rome)["overview"]
    assert (overview["first"], overview["last"]) == ("-0752-04-21", None)


def test_a_chart_has_a_period_for_each_year_and_no_year_0(korea: Korea, rome: Path) -> None:
    rows = answer(korea, "chart", "-d", rome, "--by", "year", "-p", "2 BC..2 AD")["periods"]
    assert [(row["label"], row["from"], row["to"]) for row in rows] == [
        ("2 BC", "-0001-01-01", "-0001-12-31"), ("1 BC", "0000-01-01", "0000-12-31"),
        ("1 AD", "0001-01-01", "0001-12-31"), ("2 AD", "0002-01-01", "0002-12-31"),
    ]  # fmt: skip
    assert [row["event_count"] + row["lasting"] for row in rows] == [1, 2, 1, 1]
    rows = answer(korea, "chart", "-d", rome, "--by", "quarter", "-p", "44 BC")["periods"]
    assert [row["label"] for row in rows] == ["Q1 44 BC", "Q2 44 BC", "Q3 44 BC", "Q4 44 BC"]
    rows = answer(korea, "chart", "-d", rome, "--by", "week", "-p", "15 mar 44 bc")["periods"]
    assert [(row["from"], row["label"]) for row in rows] == [("-0043-03-15", "15 Mar 44 BC")]
    rows = answer(korea, "chart", "-d", rome)["periods"]
    assert {row["by"] for row in rows} == {"century"}
    assert [row["label"] for row in rows][-4:] == ["200–101 BC", "100–1 BC", "1–100 AD", "101–200 AD"]
    lanes = korea("chart", "-d", rome, "--by", "year", "--lanes", "kind", "-p", "50-40 BC", "-f", "table").out
    assert "50 BC" in lanes


def test_a_silence_reaches_across_the_year_1(korea: Korea, rome: Path) -> None:
    gaps = answer(korea, "gaps", "-d", rome)["gaps"]
    assert ("-0043-06-01", "0079-08-23") in [(gap["from"], gap["to"]) for gap in gaps]
    assert gaps[0]["day_count"] == gaps[0]["possible_day_count"] == 257_027  # 21 Apr 753 BC to 10 Jan 49 BC


# ---------------------------------------------------------------- formats


def test_json_has_days_as_edtf(korea: Korea, rome: Path) -> None:
    document = answer(korea, "timeline", "-d", rome, "--from", "-0043", "--to", "0000")
    assert (document["query"]["from"], document["query"]["to"]) == ("-0043-01-01", "0000-12-31")
    rows = {row["id"]: row for row in document["events"]}
    assert (rows["temple"]["earliest"], rows["temple"]["latest"]) == ("-0043-05-01", "-0043-05-31")
    assert (rows["augustus"]["date"], rows["augustus"]["latest"]) == (DATES["augustus"], "0014-08-19")
    assert rows["temple"]["known_since"] == "-0043-05"


@pytest.mark.parametrize("options", [(), ("--excel",), ("--raw",)])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_sheet_is_imported_with_the_same_dates(korea: Korea, rome: Path, form: str, options: tuple[str, ...]) -> None:
    sheet, again = rome.with_name(f"sheet.{form}"), rome.with_name("again.toml")
    assert korea("timeline", "-d", rome, "-o", sheet, "--fields", "id,title,date", *options).code == 0
    again.write_text(HEADER, "utf-8")
    assert korea("import", sheet, "-d", again).code == 0
    assert {row["id"]: row["date"] for row in answer(korea, "timeline", "-d", again)["events"]} == DATES


@pytest.mark.parametrize(
    ("options", "cell"), [((), "'-0043-03-15"), (("--excel",), '="-0043-03-15"'), (("--raw",), "-0043-03-15")]
)
def test_a_spreadsheet_does_not_subtract_the_month_and_the_day_from_the_year(
    korea: Korea, rome: Path, options: tuple[str, ...], cell: str
) -> None:
    run = korea("timeline", "-d", rome, "--fields", "all", "-f", "csv", *options)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(run.out.removeprefix("\ufeff")))}
    assert rows["ides"]["date"] == rows["ides"]["earliest"] == cell


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_is_imported_with_the_same_dates(korea: Korea, rome: Path, form: str) -> None:
    exported, again = rome.with_name(f"out.{form}"), rome.with_name("again.toml")
    assert korea("timeline", "-d", rome, "-f", form, "-o", exported).code == 0
    again.write_text(HEADER, "utf-8")
    assert korea("import", exported, "-d", again).code == 0
    assert {row["id"]: row["date"] for row in answer(korea, "timeline", "-d", again)["events"]} == DATES


def test_a_calendar_leaves_out_what_it_cannot_hold_and_counts_it(korea: Korea, rome: Path) -> None:
    pytest.importorskip("icalendar")
    run = korea("timeline", "-d", rome, "-f", "ics")
    assert re.findall(r"DTSTART.*?:(\S+)", run.out) == ["00790824"]
    notes = run.err.splitlines()
    assert "korea: left out 8 events before the year 1, which iCalendar cannot hold" in notes
    assert any("1 event whose day is not known" in note for note in notes)
    run = korea("timeline", "-d", rome, "-f", "ics", "-p", "44 BC")
    assert ("BEGIN:VEVENT" in run.out, run.code) == (False, 0)


def test_a_time_line_counts_years_without_a_year_0(korea: Korea, rome: Path) -> None:
    slides = json.loads(korea("timeline", "-d", rome, "-f", "timelinejs").out)["events"]
    starts = {slide["unique_id"]: slide["start_date"] for slide in slides}
    assert starts["ides"] == {"year": -44, "month": 3, "day": 15}
    assert (starts["census"], starts["vesuvius"]["year"]) == ({"year": -1}, 79)
    assert {slide["unique_id"]: slide["display_date"] for slide in slides} == SHOWN


def test_a_time_line_is_imported_with_the_same_years(korea: Korea, rome: Path) -> None:
    slides, again = rome.with_name("slides.json"), rome.with_name("again.toml")
    assert korea("timeline", "-d", rome, "-f", "timelinejs", "-o", slides).code == 0
    again.write_text(HEADER, "utf-8")
    assert korea("import", slides, "-d", again).code == 0
    found = {row["id"]: row["date"] for row in answer(korea, "timeline", "-d", again)["events"]}
    exact = ("gaul", "ides", "augustus", "census", "vesuvius")  # the others are less exact there
    assert {id_: found[id_] for id_ in exact} == {id_: DATES[id_] for id_ in exact}


def test_citations_are_dated_before_christ(korea: Korea, rome: Path) -> None:
    items = {item["id"]: item["issued"] for item in json.loads(korea("sources", "-d", rome, "-f", "csl-json").out)}
    assert items["caesar"] == {"date-parts": [[-51]], "circa": True}  # CSL has no year 0
    assert items["livy"] == {"date-parts": [[-27], [9]]}
    assert items["polybius"] == {"literal": "150 BC or later"}
    entries = korea("sources", "-d", rome, "-f", "bibtex").out
    assert "  date = {-0050~},\n  year = {51 BC},\n" in entries  # BibLaTeX counts as EDTF does
    assert "  date = {0107},\n  year = {0107},\n" in entries
    assert korea("cite", "caesar", "-d", rome).out == "Of caesar (ca. 51 BC).\n"
    assert korea("cite", "livy", "-d", rome, "--style", "apa").out == "Of livy. (27 BC–9 AD).\n"
    assert "| 15 Mar 44 BC | Ides |" in korea("timeline", "-d", rome, "-f", "markdown").out


def test_the_page_has_headings_and_days(korea: Korea, rome: Path) -> None:
    page = korea("timeline", "-d", rome, "-f", "html").out
    assert re.findall(r"<h2>(\d[^<]*)</h2>", page) == [
        "753 BC", "60 BC", "58 BC", "49 BC", "44 BC", "27 BC", "1 BC", "79 AD", "117 AD",
    ]  # fmt: skip
    assert re.findall(r'datetime="([^"]*)"', page) == ["0079-08-24"]  # HTML has no years before the year 1
    assert '"dates":[[-15997,-15997,-15997,-15997,0]]' in page


# ---------------------------------------------------------------- writing


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("-0043", "-0043"),
        ("0000", "0000"),
        ("44 BC", "-0043"),
        ("15 March 44 BC", "-0043-03-15"),
        ("AD 79", "0079"),
        ("between 59 and 49 BC", "[-0058..-0048]"),
        ("-004X", "[-0049..-0040]"),
    ],
)
def test_dates_are_added_set_and_imported(korea: Korea, tmp_path: Path, typed: str, stored: str) -> None:
    file, sheet = tmp_path / "mine.toml", tmp_path / "sheet.csv"
    file.write_text(HEADER + '[[events]]\nid = "a"\ntitle = "A"\ndate = "1"\n'.replace('"1"', '"0001"'), "utf-8")
    assert korea("set", "a", f"date={typed}", "-d", file).code == 0
    assert korea("add", "event", "--title", "B", "--id", "b", "--date", typed, "-d", file).code == 0
    sheet.write_text(f'Id,Title,Date\nc,C,"{typed}"\n', "utf-8")
    assert korea("import", sheet, "-d", file).code == 0
    sheet.write_text(f'Id,Title,Year\nd,D,"{typed}"\n', "utf-8")
    assert korea("import", sheet, "-d", file, "--map", "Year=date").code == 0
    assert {row["id"]: row["date"] for row in answer(korea, "timeline", "-d", file)["events"]} == dict.fromkeys(
        "abcd", stored
    )


def test_a_sheet_may_have_the_year_in_a_column_of_its_own(korea: Korea, tmp_path: Path) -> None:
    file, sheet = tmp_path / "mine.toml", tmp_path / "sheet.csv"
    file.write_text(HEADER, "utf-8")
    sheet.write_text("Id,Title,Year,Month,Day\na,A,44 BC,3,15\nb,B,-0043,5,\nc,C,AD 79,,\nd,D,-44,3,15\n", "utf-8")
    run = korea("import", sheet, "-d", file)
    assert {row["id"]: row["date"] for row in answer(korea, "timeline", "-d", file)["events"]} == {
        "a": "-0043-03-15", "b": "-0043-05", "c": "0079",
    }  # fmt: skip
    assert "it could be -0044 (45 BC) or -0043 (44 BC)" in run.err


def test_a_file_of_wikidata_may_have_days_before_the_year_1(korea: Korea, tmp_path: Path) -> None:
    file, rows = tmp_path / "mine.toml", tmp_path / "rows.json"
    file.write_text(HEADER, "utf-8")
    rows.write_text(json.dumps([{"id": "a", "title": "A", "date": "-0231-01-01T00:00:00Z"}]), "utf-8")
    assert korea("import", rows, "-d", file).code == 0
    assert [row["date"] for row in answer(korea, "timeline", "-d", file)["events"]] == ["-0231-01-01"]


def test_a_record_may_be_closed_before_the_year_1(korea: Korea, rome: Path) -> None:
    rome.write_text(RECORD.read_text("utf-8").replace(HEADER, f'{HEADER}as_of = "-0043-12-31"\n'), "utf-8")
    assert answer(korea, "timeline", "-d", rome)["query"]["today"] == "-0043-12-31"
    assert listed(korea, "timeline", "-d", rome, "-p", "last year") == []
    assert listed(korea, "timeline", "-d", rome, "-p", "this year") == ["ides", "temple"]
    assert (
        "1 Mar 44 BC to 31 Mar 44 BC (year assumed)" in korea("timeline", "-d", rome, "-p", "march", "-f", "table").out
    )
    assert listed(korea, "timeline", "-d", rome, "-p", "march") == ["ides"]


def test_a_record_before_the_year_1_is_of_the_day_of_its_last_event(korea: Korea, rome: Path) -> None:
    earlier = {"0079": "-0079", "0117/..": "-0117", "/0014": "/-0014"}
    text = RECORD.read_text("utf-8")
    for date, before in earlier.items():
        text = text.replace(date, before)
    rome.write_text(text, "utf-8")
    assert answer(korea, "timeline", "-d", rome)["query"]["today"] == "0000-12-31"


def test_records_are_sorted_checked_and_compared(korea: Korea, rome: Path) -> None:
    run = korea("fmt", rome, "--sort")
    assert run.code == 0
    assert re.findall(r'\[\[events\]\]\nid = "(\w+)"', rome.read_text("utf-8")) == list(DATES)
    other = rome.with_name("other.toml")
    other.write_text(rome.read_text("utf-8").replace("-0043-03-15", "-0043-03-14"), "utf-8")
    assert "15 Mar 44 BC → 14 Mar 44 BC" in korea("diff", rome, other, "-f", "table").out
    other.write_text(RECORD.read_text("utf-8").replace('"-0043-03-15"', '"44 BC"'), "utf-8")
    assert "events[3] 'ides'\tdate '44 BC' is not a date" in (run := korea("check", other)).out
    assert run.out.splitlines()[0].endswith("\t-0043")


@pytest.mark.parametrize("value", ["-0043", "-0043-03-15", "-43"])
def test_a_date_without_quotes_is_explained(korea: Korea, tmp_path: Path, value: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'[[events]]\nid = "a"\ntitle = "A"\ndate = {value}\n', "utf-8")
    run = korea("check", file)
    reason = (
        "it could be -0043 (44 BC) or -0042 (43 BC)" if value == "-43" else f'TOML: put this date in quotes\t"{value}"'
    )
    assert (run.code, reason in run.out) == (1, True)
