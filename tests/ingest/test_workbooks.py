"""Workbooks of Excel and LibreOffice: sheets, real dates, merged cells; and what is left out is said."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from korea_cli.base.errors import DataError, NotInListError, UsageError
from korea_cli.ingest.files import archives
from korea_cli.ingest.files.source_file import opened
from korea_cli.ingest.sheet import DEFAULT
from korea_cli.ingest.workbook_parts import behind_cells

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import Korea
    from korea_cli.ingest.sheet import ReaderOptions, Sheet

INCIDENTS: list[list[Any]] = [
    ["Incidents of 2017"],
    [],
    ["Date", "Title", "Actors", "Time"],
    [dt.date(2017, 5, 25), "Offer", "Vladimir Putin", dt.time(14, 30)],
    [None, "Answer", "Moon Jae-in", None],
    ["2017-06", "Talks", None, None],
    [dt.datetime.fromisoformat("2017-07-04T09:05"), "Launch", "North Korea", None],
]
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_ROWS = (
    ('"string"><text:p>Date', '"string"><text:p>Title'),
    ('"date" office:date-value="2017-05-25"><text:p>25/05/17', '"string"><text:p>Offer, 특사'),
)
_CELLS = (
    "".join(f"<table:table-cell office:value-type={cell}</text:p></table:table-cell>" for cell in row) for row in _ROWS
)
ODS = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}:office:1.0"'
    f' xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0" office:version="1.3"><office:body>'
    '<office:spreadsheet><table:table table:name="Events">'
    + "".join(f"<table:table-row>{cells}</table:table-row>" for cells in _CELLS)
    + "</table:table></office:spreadsheet></office:body></office:document-content>"
)
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def workbook(merged: Sequence[str] = (), hidden: Sequence[str] = (), **sheets: list[list[Any]]) -> bytes:
    """Return an Excel workbook with some sheets, and cells of the first that are merged."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def spreadsheet() -> bytes:
    """Return a spreadsheet of LibreOffice."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, text in {"mimetype": MIMETYPE, "META-INF/manifest.xml": MANIFEST, "content.xml": ODS}.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return raw.getvalue()


def read(folder: Path, raw: bytes, name: str = "x.xlsx", options: ReaderOptions = DEFAULT) -> tuple[Sheet, list[Any]]:
    """Return a sheet, and its rows with their numbers."""
    file = folder / name
    file.write_bytes(raw)
    with opened(str(file), None, options) as (sheet, _):
        return sheet, [(row.line, row.cells) for row in sheet.rows]


@pytest.mark.parametrize("name", ["x.xlsx", "x", "x.csv"])
def test_the_rows_of_a_sheet_are_read_with_their_dates(name: str, tmp_path: Path) -> None:
    sheet, rows = read(tmp_path, workbook(Data=INCIDENTS), name)
    assert sheet.headings == ("Date", "Title", "Actors", "Time")
    assert rows == [
        (4, ["2017-05-25", "Offer", "Vladimir Putin", "14:30"]), (5, ["", "Answer", "Moon Jae-in", ""]),
        (6, ["2017-06", "Talks", "", ""]), (7, ["2017-07-04 09:05", "Launch", "North Korea", ""]),
    ]  # fmt: skip


def test_a_spreadsheet_of_libreoffice_is_read(tmp_path: Path) -> None:
    sheet, rows = read(tmp_path, spreadsheet(), "x.ods")
    assert (sheet.headings, rows) == (("Date", "Title"), [(2, ["2017-05-25", "Offer, 특사"])])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"), (3.0, "3"), (2.5, "2.5"), (-7, "-7"), (1e20, "1e+20"), (True, "true"), (False, "false"),
        (dt.date(1950, 6, 25), "1950-06-25"), (dt.datetime.fromisoformat("2017-07-04T09:39:30"), "2017-07-04 09:39:30"),
        (dt.time(23, 59, 1), "23:59:01"), (dt.timedelta(hours=30, minutes=5), "30:05:00"), ("=text", "=text"),
        (" kept ", " kept "), ("007", "007"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_a_person_would_type_it(value: object, text: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Title", "Value"])
    sheet.append(["A", None])
    sheet["B2"].value = value
    sheet["B2"].data_type = "s" if isinstance(value, str) else sheet["B2"].data_type
    raw = io.BytesIO()
    book.save(raw)
    assert read(tmp_path, raw.getvalue())[1] == [(2, ["A", text])]


def test_what_merged_cells_cover_below_them_is_filled_and_told(tmp_path: Path) -> None:
    sheet, rows = read(tmp_path, workbook(merged=["A4:A6", "C6:D6", "A1:D1"], Data=INCIDENTS))
    assert [cells[0] for _, cells in rows] == ["2017-05-25", "2017-05-25", "2017-05-25", "2017-07-04 09:05"]
    assert "filled 2 cells below 1 merged cell with what is there" in sheet.notes


def test_merged_cells_are_found_in_a_sheet_that_begins_further_to_the_right(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["", "", "Title", "Date"], ["", "", "A", "2031"], ["", "", None, "2032"]]
    assert read(tmp_path, workbook(merged=["C2:C3"], Data=[[x or None for x in row] for row in rows]))[1] == [
        (2, ["A", "2031"]), (3, ["A", "2032"]),
    ]  # fmt: skip


def test_the_first_sheet_with_rows_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    raw = workbook(hidden=["Old"], Cover=[["About"]], Data=INCIDENTS, Empty=[], Old=[["Title"], ["A"]])
    sheet, rows = read(tmp_path, raw)
    assert len(rows) == 4
    told = "read the sheet 'Data'. Left out: 'Cover' (1 row), 'Old' (2 rows). --sheet NAME reads another"
    assert sheet.notes[0] == told


def test_a_sheet_with_headings_of_records_goes_before_a_longer_one_without(tmp_path: Path) -> None:
    raw = workbook(Readme=[["Notes"], ["Codes are below"], ["A", "b"]], Data=INCIDENTS, More=INCIDENTS)
    sheet, _ = read(tmp_path, raw)
    assert sheet.notes[0].startswith("read the sheet 'Data'. Left out: 'Readme' (3 rows), 'More'")


@pytest.mark.parametrize("typed", ["Old", "3"])
def test_another_sheet_is_read_by_name_or_number(typed: str, tmp_path: Path) -> None:
    raw = workbook(Data=INCIDENTS, Empty=[], Old=[["Title"], ["A"]])
    assert read(tmp_path, raw, options=DEFAULT._replace(sheet=typed))[1] == [(2, ["A"])]


@pytest.mark.parametrize("typed", ["Nonesuch", "4", "0"])
def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(typed: str, tmp_path: Path) -> None:
    raw = workbook(Data=INCIDENTS, Empty=[], Old=[["Title"], ["A"]])
    with pytest.raises(NotInListError, match="Data, Empty, Old"):
        read(tmp_path, raw, options=DEFAULT._replace(sheet=typed))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (workbook(Data=[]), "this workbook has no rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xe0" * 100, "this workbook cannot be read: .*Save the sheet as CSV"),
        (workbook(Data=INCIDENTS)[:-30], "it cannot be unpacked"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(raw: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=message):
        read(tmp_path, raw)


def test_a_sheet_that_is_damaged_is_named(tmp_path: Path) -> None:
    whole, damaged = io.BytesIO(workbook(Data=INCIDENTS)), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet><sheetData><row r='1'><c" if "sheet1" in name else old.read(name))
    with pytest.raises(DataError, match="the sheet 'Data' cannot be read: "):
        read(tmp_path, damaged.getvalue())


def test_an_empty_sheet_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the sheet 'Empty' is empty"):
        read(tmp_path, workbook(Data=INCIDENTS, Empty=[]), options=DEFAULT._replace(sheet="Empty"))


def test_a_sheet_of_blanks_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the sheet 'Data' has only blank cells"):
        read(tmp_path, workbook(Data=[[" "], [" "]]))


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = workbook(Data=[["Title"], *([["same"]] * 5_000)])
    assert len(read(tmp_path, raw)[1]) == 5_000
    monkeypatch.setattr(archives, "_ALLOWED", 10_000)
    monkeypatch.setattr(archives, "_BEST", 2)
    with pytest.raises(DataError, match="it unpacks to more than 2 times its size"):
        read(tmp_path, raw)


def test_links_and_comments_behind_cells_are_counted(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Data=INCIDENTS)))
    book["Data"]["B4"].hyperlink = book["Data"]["B5"].hyperlink = "https://example.org/a"
    book["Data"]["B6"].comment = Comment("Unclear", "me")
    raw = io.BytesIO()
    book.save(raw)
    assert read(tmp_path, raw.getvalue())[0].notes[0] == (
        "left out what is behind the cells of the workbook: 1 comment and 2 links"
    )
    ods = io.BytesIO()
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("content.xml", " " * (1 << 20) + "<text:a /><office:annotation /><text:a />")
        archive.writestr("xl/worksheets/sheet1.xml", " " * ((1 << 20) - 4) + "<hyperlink /><hyperlinks>")
    assert behind_cells(ods) == ["left out what is behind the cells of the workbook: 1 comment and 3 links"]
    assert behind_cells(io.BytesIO(b"no zip")) == []


def test_without_its_library_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(UsageError, match=r"needs python-calamine: pip install 'korea-cli\[xlsx\]'. Or save the sheet"):
        read(tmp_path, workbook(Data=INCIDENTS))


@pytest.mark.parametrize("is_piped", [False, True])
def test_a_workbook_is_imported_as_it_is(is_piped: bool, korea: Korea, tmp_path: Path) -> None:  # noqa: FBT001 - the case
    (tmp_path / "mine.toml").write_bytes(b"")
    raw = workbook(merged=["A4:A5"], Data=INCIDENTS, Notes=[["x"]])
    (tmp_path / "x.xlsx").write_bytes(raw)
    name, given = ("-", raw) if is_piped else ("x.xlsx", b"")
    run = korea.raw("import", name, "-d", "mine.toml", cwd=tmp_path, input=given)
    assert run.returncode == 0, run.stderr.decode()
    assert "read the sheet 'Data'. Left out: 'Notes' (1 row)" in run.stderr.decode()
    listed = korea("timeline", "-d", tmp_path / "mine.toml", "--fields", "date,time,title", "-f", "csv").out
    assert listed.splitlines()[1:] == [
        "2017-05-25,,Answer",
        "2017-05-25,14:30,Offer",
        "2017-06,,Talks",
        "2017-07-04,09:05,Launch",
    ]
    again = korea.raw("import", name, "-d", "mine.toml", cwd=tmp_path, input=given)
    assert b"skipped 4 existing records" in again.stdout


def test_a_saved_mapping_keeps_the_sheet(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"")
    (tmp_path / "x.xlsx").write_bytes(workbook(Data=INCIDENTS, Old=[["Title", "Date"], ["A", "2031"]]))
    saved = tmp_path / "x.mapping.toml"
    run = korea(
        "import",
        tmp_path / "x.xlsx",
        "-d",
        tmp_path / "mine.toml",
        "--sheet",
        "Old",
        "--save-mapping",
        saved,
        "--dry-run",
    )
    assert run.code == 0, run.err
    assert 'sheet = "Old"' in saved.read_text(encoding="utf-8")
    run = korea("import", tmp_path / "x.xlsx", "-d", tmp_path / "mine.toml", "--mapping", saved)
    assert "Imported 1 event" in run.out + run.err
