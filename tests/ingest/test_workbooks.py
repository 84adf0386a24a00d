"""Workbooks of Excel and LibreOffice: sheets, real dates, merged cells; and what is left out is said."""

from __future__ import annotations

import datetime as dt
import io
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from korea_cli.base.errors import DataError, NotInListError, UsageError
from korea_cli.ingest.files import source_file
from korea_cli.ingest.files.source_file import opened
from korea_cli.ingest.sheet import DEFAULT
from korea_cli.ingest.workbooks.behind_cells import CellExtras, behind_cells

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


@pytest.mark.parametrize("above", [39, 40])
def test_headings_are_looked_for_in_the_first_forty_rows_of_each_sheet(above: int, tmp_path: Path) -> None:
    rows = [["1", "x"]] * above + [["Date", "Title"], ["2031", "A"]]
    sheet, _ = read(tmp_path, workbook(Notes=[["1", "x"]] * 2, Data=rows))
    assert (sheet.headings == ("Date", "Title")) is (above < 40)
    assert ("read the sheet 'Data'. Left out: 'Notes' (2 rows)" in sheet.notes[0]) is (above < 40)


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


def test_beside_the_only_sheet_that_korea_wrote_the_others_are_named(korea: Korea, tmp_path: Path) -> None:
    own, *_ = openpyxl.load_workbook(io.BytesIO(korea.raw("timeline", "-f", "xlsx").stdout)).worksheets
    sheets: dict[str, list[list[Any]]] = {
        own.title: [list(row) for row in own.values],
        "Remarks": [["To do"], ["Ask again"]],
    }
    raw = workbook((), (), **sheets)
    sheet, _ = read(tmp_path, raw)
    assert sheet.notes[0].startswith(f"read the sheet '{own.title}'. Left out: 'Remarks' (2 rows)")


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
    monkeypatch.setattr(source_file, "_ALLOWED", 10_000)
    monkeypatch.setattr(source_file, "_BEST", 2)
    with pytest.raises(DataError, match="it unpacks to more than 2 times its size"):
        read(tmp_path, raw)


LINKED: list[list[Any]] = [
    ["Events with links"],
    ["Date", "Title", "Source", "Place"],
    ["2031-01-01", "Talks", "BBC", "Alpha"],
    ["2031-01-02", "Launch", "BBC", "Beta"],
    ["2031-01-03", "Order", "https://example.org/3", None],
    ["2031-01-04", "Answer", None, None],
]


def linked(rows: list[list[Any]], links: dict[str, str], comments: dict[str, str] | None = None) -> bytes:
    """Return a workbook with links and comments behind some cells."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(Data=rows)))
    for cell, address in links.items():
        book["Data"][cell].hyperlink = address
    for cell, text in (comments or {}).items():
        book["Data"][cell].comment = Comment(text, "Han")
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def changed(raw: bytes, parts: dict[str, str]) -> bytes:
    """Return a workbook with other or more parts."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(new, "w") as archive:
        for name in [*old.namelist(), *(each for each in parts if each not in old.namelist())]:
            archive.writestr(name, parts[name] if name in parts else old.read(name))
    return new.getvalue()


def test_a_link_behind_a_source_is_its_address_and_one_behind_a_title_another_source(tmp_path: Path) -> None:
    links = {"C3": "https://example.org/1", "C4": "https://example.org/2", "C5": "https://example.org/3"}
    raw = linked(LINKED, {**links, "C6": "https://example.org/4", "B3": "https://example.org/t", "D4": "geo:39,125"})
    sheet, rows = read(tmp_path, raw)
    assert sheet.headings == ("Date", "Title", "Source", "Place", "Title (link)", "Place (link)")
    assert [cells for _, cells in rows] == [
        ["2031-01-01", "Talks", "[BBC](https://example.org/1)", "Alpha", "https://example.org/t", ""],
        ["2031-01-02", "Launch", "[BBC](https://example.org/2)", "Beta", "", "geo:39,125"],
        ["2031-01-03", "Order", "https://example.org/3", "", "", ""],
        ["2031-01-04", "Answer", "https://example.org/4", "", "", ""],
    ]
    assert not sheet.left_out


def test_a_column_that_is_mapped_to_sources_has_addresses_too(tmp_path: Path) -> None:
    raw = linked([["Date", "Title", "Ref"], ["2031", "Talks", "p. 4"]], {"C2": "https://example.org/1"})
    options = DEFAULT._replace(keys={"Ref": "sources"})
    assert read(tmp_path, raw, options=options)[1] == [(2, ["2031", "Talks", "[p. 4](https://example.org/1)"])]
    sheet, rows = read(tmp_path, raw)
    assert (sheet.headings[3], rows[0][1][3]) == ("Ref (link)", "https://example.org/1")
    assert read(tmp_path, raw, options=DEFAULT._replace(keys={"Ref": ""}))[0].headings[3] == "Ref (link)"


@pytest.mark.parametrize(
    ("text", "address", "cell"),
    [
        ("BBC; CNN", "https://example.org/1", "BBC; CNN; https://example.org/1"),
        ("A [b] c", "https://example.org/1", "[A [b] c](https://example.org/1)"),
        ("A ]b[ c", "https://example.org/1", "A ]b[ c; https://example.org/1"),
        ("A", "https://example.org/x y", "A; https://example.org/x y"),
        ("A", "https://example.org/a_(b)", "[A](https://example.org/a_(b))"),
        ("see https://example.org/1", "https://example.org/1/", "see https://example.org/1"),
        ("https://short.example/1", "https://example.org/1", "[https://short.example/1](https://example.org/1)"),
        ("https://x.example/[a]?b=한", "https://x.example/%5ba%5d?b=%ED%95%9C", "https://x.example/[a]?b=한"),
        ("A", "mailto:a@example.org", "A; mailto:a@example.org"),
    ],
)
def test_a_cell_has_its_link_as_it_could_be_typed(text: str, address: str, cell: str, tmp_path: Path) -> None:
    raw = linked([["Date", "Title", "Source"], ["2031", "Talks", text]], {"C2": address})
    assert read(tmp_path, raw)[1] == [(2, ["2031", "Talks", cell])]


def test_a_formula_that_links_has_an_address(tmp_path: Path) -> None:
    raw = linked(
        [["Date", "Title", "Source"], ["2031", "Talks", '=HYPERLINK("https://example.org/1?a=""b""","BBC")']], {}
    )
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        text = archive.read(part).decode()
    assert "<v></v>" in text
    raw = changed(raw, {part: text.replace('<c r="C2">', '<c r="C2" t="str">').replace("<v></v>", "<v>BBC</v>")})
    assert read(tmp_path, raw)[1] == [(2, ["2031", "Talks", '[BBC](https://example.org/1?a="b")'])]


def test_comments_are_columns_of_their_own(tmp_path: Path) -> None:
    raw = linked(LINKED, {}, {"B3": "Unclear", "B4": "Han: who?", "D3": "a\nb", "B2": "of the heading", "A9": "below"})
    sheet, rows = read(tmp_path, raw)
    assert sheet.headings[4:] == ("Title (comment)", "Place (comment)")
    assert [cells[4:] for _, cells in rows] == [["Han: Unclear", "Han: a\nb"], ["Han: who?", ""], ["", ""], ["", ""]]
    assert sheet.left_out == {"comments of cells outside the rows": 2}


def test_comments_with_answers_replace_what_stands_in_for_them(tmp_path: Path) -> None:
    raw = linked(LINKED, {}, {"B3": "[Threaded comment] Your version of Excel allows you to read this", "B4": "Plain"})
    sheet = "xl/worksheets/_rels/sheet1.xml.rels"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        text = archive.read(sheet).decode()
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    target = "../threadedComments/threadedComment1.xml"
    more = f'<Relationship Id="rIdT" Type="{kind}" Target="{target}"/></Relationships>'
    threads = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="B3" id="{1}"><text>Is this so?</text></threadedComment>'
        '<threadedComment ref="B3" id="{2}" parentId="{1}"><text>Yes.</text></threadedComment></ThreadedComments>'
    )
    parts = {sheet: text.replace("</Relationships>", more), "xl/threadedComments/threadedComment1.xml": threads}
    assert [cells[4] for _, cells in read(tmp_path, changed(raw, parts))[1]][:2] == ["Is this so?\nYes.", "Han: Plain"]


def test_links_without_an_address_or_a_row_are_counted(tmp_path: Path) -> None:
    raw = linked(LINKED, {"A1": "https://example.org/", "D3": "#Data!A1", "B2": "https://example.org/b"})
    sheet, rows = read(tmp_path, raw)
    assert (len(rows), sheet.headings) == (4, ("Date", "Title", "Source", "Place"))
    assert sheet.left_out == {"links to places in the workbook": 1, "links of cells outside the rows": 2}


def test_a_link_of_a_range_is_one_of_each_cell_but_not_of_a_whole_sheet(tmp_path: Path) -> None:
    part = "xl/worksheets/sheet1.xml"
    raw = linked(LINKED, {"B3": "https://example.org/1"})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        text = archive.read(part).decode()
    for reference, filled in (("B3:B5", 3), ("$B$3:$B$4", 2), ("B3:XFD1048576", 1), ("B:B", 0), ("B3:A2", 0)):
        _, rows = read(tmp_path, changed(raw, {part: text.replace('ref="B3"', f'ref="{reference}"')}))
        assert sum(len(cells) > 4 and cells[4] != "" for _, cells in rows) == filled


def test_links_of_a_sheet_that_begins_further_down_and_to_the_right_are_in_their_cells(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[], [None, None, "Title", "Date"], [], [None, None, "A", "2031"]]
    raw = linked(rows, {"C4": "https://example.org/1"})
    assert read(tmp_path, raw)[1] == [(4, ["A", "2031", "https://example.org/1"])]


def test_only_the_links_of_the_sheet_that_is_read_are(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Data=INCIDENTS, Old=[["Title", "Date"], ["A", "2031"]])))
    book["Data"]["B4"].hyperlink = "https://example.org/1"
    book["Old"]["A2"].hyperlink = "https://example.org/2"
    raw = io.BytesIO()
    book.save(raw)
    _, rows = read(tmp_path, raw.getvalue(), options=DEFAULT._replace(sheet="Old"))
    assert rows == [(2, ["A", "2031", "https://example.org/2"])]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "x">]><Relationships><Relationship Id="rId1" Target="&b;"/></Relationships>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><Relationships/>',
        "<Relationships><Relationship", "<a>" * 5_000, "\xff\xfe", "",
    ],
)  # fmt: skip
def test_parts_that_cannot_be_read_cost_no_row(text: str, tmp_path: Path) -> None:
    raw = linked(LINKED, {"B3": "https://example.org/1"})
    sheet, rows = read(tmp_path, changed(raw, {"xl/worksheets/_rels/sheet1.xml.rels": text}))
    assert (len(rows), sheet.headings) == (4, ("Date", "Title", "Source", "Place"))
    assert sheet.left_out == {"links and comments behind cells, which cannot be read": 1}


def test_a_spreadsheet_of_libreoffice_has_links_and_comments(tmp_path: Path) -> None:
    spaces = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    cell = '<table:table-cell office:value-type="string">'
    comment = (
        "<office:annotation><dc:creator>Han</dc:creator><dc:date>2031-01-01</dc:date><text:p>Unclear</text:p>"
        '<text:p><text:a xlink:href="https://example.org/no">here</text:a></text:p></office:annotation>'
    )
    row = (
        f'{cell}<text:p>2031-01-02</text:p></table:table-cell>{cell}{comment}<text:p><text:a xlink:type="simple"'
        ' xlink:href="https://example.org/1">Launch</text:a></text:p></table:table-cell>'
    )
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/>'
    content = ODS.replace("<office:document-content ", f"<office:document-content {spaces} ")
    content = content.replace(
        "</table:table>", f"{empty}</table:table-row><table:table-row>{row}</table:table-row></table:table>"
    )
    sheet, rows = read(tmp_path, changed(spreadsheet(), {"content.xml": content}), "x.ods")
    assert sheet.headings == ("Date", "Title", "Title (link)", "Title (comment)")
    assert [(line, cells[2:]) for line, cells in rows] == [
        (2, ["", ""]), (6, ["https://example.org/1", "Han: Unclear\nhere"]),
    ]  # fmt: skip
    assert not sheet.left_out


def test_what_a_binary_workbook_may_have_behind_its_cells_is_counted() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in ("xl/workbook.bin", "xl/worksheets/_rels/sheet1.bin.rels", "xl/comments1.bin"):
            archive.writestr(name, "")
    assert behind_cells(raw, "Data").left_out == {"parts with links or comments": 2}
    assert behind_cells(io.BytesIO(b"no zip"), "Data") == CellExtras()


def test_a_page_is_one_of_the_source_and_not_of_the_link_behind_a_title(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"")
    rows = [["Date", "Title", "Source", "Page"], ["2031", "Talks", "BBC", "4"]]
    (tmp_path / "x.xlsx").write_bytes(linked(rows, {"B2": "https://example.org/t", "C2": "https://example.org/1"}))
    run = korea("import", tmp_path / "x.xlsx", "-d", tmp_path / "mine.toml")
    assert run.code == 0, run.err
    assert "ignored values: 1 of Title (link)." in run.err
    assert 'sources = ["bbc#4"]' in (tmp_path / "mine.toml").read_text("utf-8")


def test_sources_that_are_given_as_links_are_imported_with_their_addresses(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"")
    links = {"C3": "https://example.org/1", "C4": "https://example.org/2", "D3": "https://example.org/map"}
    (tmp_path / "x.xlsx").write_bytes(linked(LINKED, links, {"B3": "Unclear"}))
    run = korea("import", tmp_path / "x.xlsx", "-d", tmp_path / "mine.toml")
    assert run.code == 0, run.err
    assert "'Title (comment)' as note" in run.err
    assert "ignored values: 1 of Place (link). Use --map 'Place (link)=KEY' to import them." in run.err
    tables = tomllib.loads((tmp_path / "mine.toml").read_text("utf-8"))
    assert [(each["title"], each["url"]) for each in tables["sources"]] == [
        ("BBC", "https://example.org/1"), ("BBC", "https://example.org/2"),
        ("https://example.org/3", "https://example.org/3"),
    ]  # fmt: skip
    assert [each["sources"] for each in tables["events"][:2]] == [["bbc"], ["bbc-2"]]
    assert tables["events"][0]["note"] == "Han: Unclear"
    again = korea("import", tmp_path / "x.xlsx", "-d", tmp_path / "mine.toml")
    assert "skipped 4 existing records" in again.out


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
