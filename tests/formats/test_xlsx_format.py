"""A workbook has real dates where the day is known and only there, nothing that runs, and can be imported again."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from korea_cli import Selection, commands, formats, open_chronology
from korea_cli.base.errors import UsageError
from korea_cli.base.sanitize import clean
from korea_cli.formats import _workbook
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen
from without import program

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

TABLES = ["events", "facts", "actors", "topics", "sources"]
ARCHIVE = b"PK\x03\x04"
# What a spreadsheet, or the library that writes it, could take for something else.
HOSTILE = (
    "=1+1", "+1", "-1", "@x", "{=1+1}", '=HYPERLINK("https://x.example")', "=cmd|'/c calc'!A0", "https://x.example/a",
    "mailto:x@x.example", "internal:events!A1", "external:c:\\x.xlsx", "2017-05-01", "2017", "1e5", "TRUE", "#N/A",
    "_x0041_", "_x000D_", "<r><t>x</t></r>", "<r><c></r>", "<r></r>", "</t></is></c>", "&amp;", "]]>", "\ufffe\uffff",
    "\x1b[2J\x00\x08\u202ex", "\U0001f600\u200dx", "a\tb\nc", "[red]", "'x",
)  # fmt: skip


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def chronology(folder: Path, *records: str) -> Path:
    file = folder / "mine.toml"
    file.write_text("\n".join(records), "utf-8")
    return file


def event(id_: str, date: str = "2017-05-25", **keys: str) -> str:
    own = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'[[events]]\nid = "{id_}"\ndate = "{date}"\n' + (own if "title" in keys else f'title = "T"\n{own}')


def written(file: Path, command: str = "timeline") -> tuple[bytes, tuple[str, ...]]:
    """Write what a command answers, and return the workbook and its notes."""
    pieces: list[bytes] = []
    with open_chronology(str(file)) as opened:
        report = commands.load(command).answer(opened, Selection())
        assert isinstance(report, Report)
        content = iter(formats.render(formats.load("xlsx"), report, Screen(file=True), {}))
        while True:
            try:
                pieces.append(next(content))
            except StopIteration as end:
                return b"".join(pieces), tuple(end.value or ())


def rows_of(workbook: bytes, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet as one library reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    header, *rows = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def sheet_of(workbook: bytes, sheet: str) -> Any:  # noqa: ANN401 - whatever openpyxl has
    """Return a sheet as another library reads it."""
    return load_workbook(io.BytesIO(workbook))[sheet]


def cells_of(sheet: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as above
    header, *rows = sheet.iter_rows()
    return [{str(head.value): cell for head, cell in zip(header, row, strict=True)} for row in rows]


DATES = {
    "2017-05-25": dt.date(2017, 5, 25), "1900-03-01": dt.date(1900, 3, 1), "9999-12-31": dt.date(9999, 12, 31),
    **{text: text for text in (
        "2017-05", "2017", "2017-05-25~", "2017-05-25?", "2017-05-XX", "2017-37", "2017-05-25/2017-05-26", "2016-04/..",
        "[2017-05-25,2017-05-26]", "[2017-05-25..2017-06-01]", "1900-02-28", "1899-12-31", "-0043-03-15", "0000-01-01",
    )},
}  # fmt: skip


def test_only_a_day_that_is_known_is_a_date(tmp_path: Path) -> None:
    events = [event(f"e{number}", date) for number, date in enumerate(DATES)]
    workbook, notes = written(chronology(tmp_path, *events))
    expected = {f"e{number}": value for number, value in enumerate(DATES.values())}
    assert {row["id"]: row["date"] for row in rows_of(workbook, "events")} == expected
    cells = {row["id"].value: row["date"] for row in cells_of(sheet_of(workbook, "events"))}
    assert {id_: cell.is_date for id_, cell in cells.items()} == {
        id_: isinstance(value, dt.date) for id_, value in expected.items()
    }
    assert {cell.value.date() for cell in cells.values() if cell.is_date} == {
        each for each in expected.values() if isinstance(each, dt.date)
    }
    assert notes == ()


def test_every_text_is_text_and_nothing_is_a_formula_or_a_link(tmp_path: Path) -> None:
    events = [event(f"e{n}", title=quoted(f"{text} x"), note=quoted(text)) for n, text in enumerate(HOSTILE)]
    facts = [f'[[facts]]\nid = "f{n}"\ntext = {quoted(text)}\nevents = ["e{n}"]' for n, text in enumerate(HOSTILE)]
    workbook, notes = written(chronology(tmp_path, *events, *facts))
    rows = {row["id"]: row for row in rows_of(workbook, "events")}
    cells = {row["id"].value: row for row in cells_of(sheet_of(workbook, "events"))}
    for number, text in enumerate(HOSTILE):
        for key, value in (("note", clean(text)), ("title", clean(f"{text} x")), ("claims", clean(text))):
            assert str(rows[f"e{number}"][key]).strip() == value.replace("\ufffe\uffff", "").strip(), key
            cell = cells[f"e{number}"][key]
            assert (cell.data_type, cell.hyperlink) in {("s", None), ("inlineStr", None), ("n", None)}, text
            assert cell.data_type != "n" or cell.value is None
    assert "lost or changed when imported again: 2 of title, 2 of note, 2 of text, 2 of events" in notes


def test_only_addresses_of_sources_are_links(tmp_path: Path) -> None:
    addresses = {
        "a": "https://x.example/a?b=%20#c", "b": "HTTP://x.example/'\"<&>", "c": f"https://x.example/{'y' * 2_500}",
    }  # fmt: skip
    sources = [
        f'[[sources]]\nid = "{id_}"\ntitle = "https://x.example"\nurl = {quoted(url)}' for id_, url in addresses.items()
    ]
    workbook, _ = written(chronology(tmp_path, *sources), "sources")
    assert {row["id"]: row["url"] for row in rows_of(workbook, "sources")} == addresses
    cells = {row["id"].value: row for row in cells_of(sheet_of(workbook, "sources"))}
    linked = {id_: {key for key, cell in row.items() if cell.hyperlink} for id_, row in cells.items()}
    assert linked == {"a": {"url"}, "b": {"url"}, "c": set()}  # too long for a link of Excel


def test_the_header_stays_in_view_and_filters_and_what_is_empty_is_hidden(tmp_path: Path) -> None:
    workbook, _ = written(chronology(tmp_path, event("e")))
    sheet = sheet_of(workbook, "events")
    keys = {cell.column: cell.value for cell in sheet[1]}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:{sheet[1][-1].column_letter}2")
    columns = [each for each in sheet.column_dimensions.values() if each.hidden]
    hidden = {keys[number] for each in columns for number in range(each.min, each.max + 1)}
    assert {"id", "title", "date", "earliest"}.isdisjoint(hidden)
    assert {"summary", "claims", "type", "file"} <= hidden
    assert keys[1] == "id"
    states = {each.title: each.sheet_state for each in load_workbook(io.BytesIO(workbook))}
    assert states == {"events": "visible", **dict.fromkeys(TABLES[1:], "hidden")}


def test_a_workbook_has_what_the_records_refer_to_and_who_claims_what(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    run = korea("timeline", "id:hwasong-14-launch", "-o", file)
    assert (run.code, run.err.splitlines()[0]) == (0, f"Wrote {file} from 1 event")
    assert "korea: added what these refer to: " in run.err
    book = {name: rows_of(file.read_bytes(), name) for name in TABLES}
    (launch,) = (row for row in book["events"] if row["id"] == "hwasong-14-launch")
    claims = str(launch["claims"]).split("\n")
    assert "United States: The missile of 4 July was an intercontinental ballistic missile." in claims
    assert len(claims) <= len(book["facts"])
    ids = {name: {row["id"] for row in rows} for name, rows in book.items()}
    assert {each.partition("#")[0] for each in str(launch["sources"]).split("; ")} <= ids["sources"]
    assert "dprk" in ids["actors"]
    assert "icbm" in ids["topics"]


def test_each_sheet_is_imported_again_exactly(korea: Korea, tmp_path: Path) -> None:
    file, mine = tmp_path / "x.xlsx", tmp_path / "mine.toml"
    assert korea("export", "-o", file).err.endswith(
        "korea: lost or changed when imported again: [chronology] title, as_of, about, date_rule, place_names\n"
    )
    mine.touch()
    for sheet in ("sources", "actors", "topics", "facts", "events"):
        run = korea("import", file, "--sheet", sheet, "-d", mine)
        assert (run.code, "rejected" in run.err) == (0, False), run.err
    found = json.loads(korea("diff", "builtin", mine, "--json").out)["changes"]
    # A fact names events that come after it: the import says so.
    assert {(each["record"], each["key"]) for each in found if each["record"] != "chronology"} <= {("fact", "events")}


def test_addresses_with_any_signs_are_imported_again(korea: Korea, tmp_path: Path) -> None:
    addresses = [f"https://x.example/{path}" for path in ("?a[b]=1", "{c}", 'd"e', "f<g>", "h^i`j", "한", "%ED%95%9C")]
    sources = [
        f'[[sources]]\nid = "s{number}"\ntitle = "T {number}"\nurl = {quoted(url)}'
        for number, url in enumerate(addresses)
    ]
    data, file, mine = chronology(tmp_path, *sources), tmp_path / "x.xlsx", tmp_path / "mine.toml"
    assert korea("export", "-d", data, "-o", file).code == 0
    mine.touch()
    assert korea("import", file, "-d", mine).code == 0
    found = json.loads(korea("sources", "-d", mine, "--json").out)["sources"]
    assert sorted(each["url"] for each in found) == sorted(addresses)


@pytest.mark.parametrize("by_libreoffice", [False, True], ids=["as written", "from LibreOffice"])
def test_a_workbook_is_imported_as_a_whole(by_libreoffice: bool, korea: Korea, tmp_path: Path) -> None:  # noqa: FBT001 - the case
    file, mine = tmp_path / "x.xlsx", tmp_path / "mine.toml"
    assert korea("export", "-o", file).code == 0
    if by_libreoffice:
        file = converted(file, "ods")
    mine.touch()
    run = korea("import", file, "-d", mine)
    assert run.code == 0, run.err
    read, columns = run.err.splitlines()  # and no word about references
    assert read == "korea: read the sheets 'events', 'facts', 'actors', 'topics', 'sources'. --sheet NAME reads one"
    assert columns.startswith("korea: columns: id, ")
    found = json.loads(korea("diff", "builtin", mine, "--json").out)["changes"]
    assert {(each["record"], each["key"]) for each in found} == {
        ("chronology", key) for key in ("title", "as_of", "about", "date_rule", "place_names")
    }
    before = mine.read_bytes()
    assert korea("import", file, "-d", mine).out.startswith("Imported nothing into")
    assert korea("import", file, "-d", mine, "--update", "-y").out.startswith("Nothing to change")
    assert mine.read_bytes() == before


def test_other_sheets_of_a_workbook_are_left_out_and_named(korea: Korea, tmp_path: Path) -> None:
    file, mine = tmp_path / "x.xlsx", tmp_path / "mine.toml"
    assert korea("timeline", "topic:icbm", "-o", file).code == 0
    book = load_workbook(file)
    book.create_sheet("Remarks").append(["ours"])
    book["facts"].delete_cols(1, 60)
    book.save(file)
    mine.touch()
    run = korea("import", file, "-d", mine)
    assert run.code == 0, run.err
    assert "read the sheets 'events', 'actors', 'topics', 'sources'. Left out: 'Remarks' (1 row)" in run.err


def test_the_same_answer_is_the_same_workbook(korea: Korea) -> None:
    first, second = (korea.raw("timeline", "-f", "xlsx").stdout for _ in range(2))
    assert first == second
    assert first.startswith(ARCHIVE)


def test_a_workbook_is_not_written_to_a_terminal(korea: Korea) -> None:
    run = korea.on_terminal("timeline", "-f", "xlsx")
    assert (run.code, run.out) == (2, "")
    assert run.err == "korea: '-f xlsx' is not text: write it to a file with -o FILE\n"
    assert korea.on_terminal("timeline", "-f", "xlsx", "--count").code == 0


def test_without_its_library_the_format_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"^'-f xlsx' needs XlsxWriter: pip install 'korea-cli\[xlsx\]'$"):
        written(chronology(tmp_path, event("e")))


def test_what_a_cell_cannot_hold_is_said(tmp_path: Path) -> None:
    text = "\U0001f600" * 16_384  # each of which Excel counts twice
    workbook, notes = written(chronology(tmp_path, event("e", summary=quoted(text), note=quoted("x" * 32_767))))
    (row,) = rows_of(workbook, "events")
    assert (row["summary"], len(row["note"])) == (text[:-1], 32_767)
    assert notes == (
        "shortened to the 32,767 characters that a cell holds: 1 of summary",
        "lost or changed when imported again: 1 of summary",
    )


def test_what_a_sheet_cannot_hold_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_workbook, "_MOST_ROWS", 3)
    workbook, notes = written(chronology(tmp_path, *(event(f"e{n}") for n in range(4))))
    assert [row["id"] for row in rows_of(workbook, "events")] == ["e0", "e1"]
    assert notes == ("left out 2 events: a sheet holds 3 rows",)


def test_no_record_gives_a_workbook_with_headings(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    assert korea("timeline", "zeppelin", "-o", file).code == 0
    assert sheet_of(file.read_bytes(), "events")["A1"].value == "id"


def converted(file: Path, form: str) -> Path:
    """Have LibreOffice open a workbook and save it in another format; return that file."""
    soffice, folder = program("soffice", "libreoffice-calc-nogui"), file.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return file.with_suffix(f".{form.partition(':')[0]}")


def test_libreoffice_opens_it_and_sees_the_same(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    assert korea("timeline", "--period", "2017", "-o", file).code == 0
    text = converted(file, "csv:Text - txt - csv (StarCalc):44,34,76").read_text("utf-8")
    seen = list(csv.DictReader(io.StringIO(text, newline="")))
    rows = rows_of(file.read_bytes(), "events")
    assert len(seen) == len(rows) > 50
    for key in ("id", "date", "title", "summary", "claims", "earliest", "sources"):
        assert [row[key] for row in seen] == [str(row[key]) for row in rows], key
