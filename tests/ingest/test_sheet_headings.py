"""The headings of a sheet are found where they are, and every column has a name of its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DataError, UsageError
from korea_cli.ingest.readers import csv
from korea_cli.ingest.sheet import InputFile, ReaderOptions
from korea_cli.ingest.sheet_headings import distinct, given_headings, heading_line
from korea_cli.model.records import Source

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.ingest.sheet import Sheet


def sheet(text: str, options: ReaderOptions | None = None) -> Sheet:
    return csv.read(
        InputFile("x.csv", io.BufferedReader(io.BytesIO(text.encode())), options=options or ReaderOptions())
    )


TITLES = "Table 1: Missile tests, 2031\n\nSource:;A ministry\n"


@pytest.mark.parametrize(
    ("text", "headings", "line"),
    [
        ("Date,Title\n2031,A\n", ("Date", "Title"), 2),
        ("Table 1,,\n,,\nDate,Title,Place\n2031,A,B\n", ("Date", "Title", "Place"), 4),
        (f"{TITLES}Date;Title;Where\n2031;A;B, C\n", ("Date", "Title", "Where"), 5),
        ("Tests,,,\nAs of 2031,,,\nDatum,Ort,Was,Quelle\n2031-01-01,A,B,C\n", ("Datum", "Ort", "Was", "Quelle"), 4),
        ("Made by,Lee\nOn,2031-01-01\nDate,Title\n2031,A\n", ("Date", "Title"), 4),
        ("\n\nDate,Title\n2031,A\n", ("Date", "Title"), 4),
        ('A note of two lines,\n"and one\nmore",\nDate,Title\n2031,A\n', ("Date", "Title"), 5),
        ("one\ntwo\n", ("one",), 2),
        ("Year,Headline\n33,A\n", ("Year", "Headline"), 2),
        ('broken "x" y,\nDate,Title\n2031,A\n', ("Date", "Title"), 3),
    ],
)
def test_the_first_row_that_looks_like_headings_has_them(text: str, headings: tuple[str, ...], line: int) -> None:
    found = sheet(text)
    assert found.headings == headings
    (row, *_) = found.rows
    assert row.line == line


@pytest.mark.parametrize("above", [39, 40])
def test_headings_are_looked_for_in_the_first_forty_rows(above: int) -> None:
    found = sheet("1,x\n" * above + "Date,Title\n2031,A\n")
    assert (found.headings == ("Date", "Title")) is (above < 40)


def test_what_is_above_the_headings_is_told() -> None:
    assert sheet("Table 1,\nDate,Title\n2031,A\n").notes == (
        "read the headings from line 2; left out above them: 'Table 1'",
    )  # fmt: skip
    assert sheet("a,\nb,c\nd,\ne,\nf,\nDate,Title\n2031,A\n").notes == (
        "read the headings from line 6; left out above them: 'a', 'b c', 'd', and 2 more rows",
    )  # fmt: skip
    assert sheet("Date,Title\n2031,A\n").notes == ()


def test_headings_that_are_mapped_are_looked_for_and_so_are_those_of_the_type() -> None:
    text = "a,b\nWann,Was\n2031,A\n"
    assert sheet(text).headings == ("a", "b")
    assert sheet(text, ReaderOptions(keys={"Was": "title", "Wann": "date"})).headings == ("Wann", "Was")
    text = "x,y\nTitle,URL\nA,B\n"
    assert sheet(text).headings == ("x", "y")
    assert sheet(text, ReaderOptions(record=Source)).headings == ("Title", "URL")


@pytest.mark.parametrize("row", ["2031-01-01,A,x", "1,A,2", "5 May 2031,A,B", "A,https://example.org,B"])
def test_headings_that_look_like_data_are_told(row: str) -> None:
    (note,) = sheet(f"{row}\n{row}\n").notes
    assert note.startswith("the headings in line 1 look like data: ")
    assert note.endswith(". Use --headings a,b,c if the sheet has none, or --header-row N.")


def test_a_line_is_the_one_with_the_headings_if_it_is_named() -> None:
    text = 'Date,Title\n\nA,B\n"1\n2",x\n2031,C\n'
    found = sheet(text, ReaderOptions(header_row=3))
    assert (found.headings, [row.line for row in found.rows]) == (("A", "B"), [4, 6])
    for line in (2, 5, 7, 100):
        with pytest.raises(UsageError, match=f"no row begins in line {line}, which --header-row names"):
            sheet(text, ReaderOptions(header_row=line))
    long = "".join(f"{number},x\n" for number in range(1, 101))
    assert sheet(long, ReaderOptions(header_row=90)).headings == ("90", "x")
    with pytest.raises(DataError, match=r"x\.csv:2: its headings cannot be read"):
        sheet('a,b\n"c" d\n', ReaderOptions(header_row=2))


def test_headings_that_are_given_are_those_of_a_sheet_without_any_or_instead_of_a_line() -> None:
    found = sheet("2031,A\n2032,B\n", ReaderOptions(headings="date,title"))
    assert (found.headings, [row.line for row in found.rows], found.notes) == (("date", "title"), [1, 2], ())
    found = sheet("x,y\n2031,A\n", ReaderOptions(headings="date,title", header_row=1))
    assert (found.headings, [row.cells for row in found.rows], found.notes) == (("date", "title"), [["2031", "A"]], ())


def test_headings_are_read_from_a_file_or_as_typed(tmp_path: Path) -> None:
    file = tmp_path / "headings.txt"
    for text in ("date\ntitle, long\n", '\ufeffdate,"title, long"\n', "date\r\n\r\ntitle, long\r\n"):
        file.write_text(text, "utf-8")
        assert given_headings(str(file)) == ["date", "title, long"]
    assert given_headings("date") == ["date"]
    assert given_headings('a, b ,"c,d"') == ["a", "b", "c,d"]
    assert heading_line('a, b ,"c,d"') == 'a,b,"c,d"'
    file.write_bytes(b"\xff")
    with pytest.raises(UsageError, match=r"headings\.txt: "):
        given_headings(str(file))


def test_every_column_has_a_name_of_its_own() -> None:
    assert distinct(["A", "", "A", "A 2", "A", ""]) == ("A", "column 2", "A 3", "A 2", "A 4", "column 6")
    assert sheet("Date,,Title,Title\n2031,x,A,B\n").headings == ("Date", "column 2", "Title", "Title 2")


def test_the_delimiter_is_the_one_that_most_lines_have() -> None:
    for text in ("Title\nA;B\nC;D\n", "x, y\ta\nu\tv\n", "a;1,5\nb;2,5\nc;3\n", "a|b\n"):
        delimiter = next(each for each in ("\t", ";", "|") if each in text)
        assert sheet(text).delimiter == delimiter
