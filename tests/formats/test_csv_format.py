"""Text that a spreadsheet would run is made harmless in CSV and TSV, and `import` reads back what was written."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from korea_cli import formats
from korea_cli.base.sanitize import clean
from korea_cli.ingest.readers.csv import read as read_sheet
from korea_cli.ingest.sheet import InputFile
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen
from korea_cli.report.sections import Section
from korea_cli.rows.column import Column, Columns
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from conftest import Korea

BLANKS = [*" \t\n\xa0\u1680\u2003\u2009\u202f\u205f\u3000", "\u200b", "\u2060", "\ufeff"]
SIGNS = [*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
# Texts that are often formulas, and often nearly so.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from([*BLANKS, *SIGNS, '"', "'", "\r", "\x00"]))
DELIMITERS = {"csv": ",", "tsv": "\t"}
both = pytest.mark.parametrize("name", list(DELIMITERS))


class Row(NamedTuple):
    """A row of one value."""

    value: Any
    type: str = "row"


COLUMNS = Columns(("row",), lambda _: (Column("before", lambda _: 1), Column("value", lambda row: row.value)))


def written(name: str, *values: Any, **options: bool) -> str:  # noqa: ANN401 - any values of JSON
    """Write values in a format."""
    section = Section(key="rows", rows=tuple(map(Row, values)), columns=COLUMNS, plain=("value",), layout="grid")
    report = Report(command="ask", header=StoredHeader(), documents=(), sections=(section,), listed=1, matched=1)
    return "".join(formats.load(name).render(report, Screen(), **options))


def cells(name: str, *values: Any, **options: bool) -> list[str]:  # noqa: ANN401 - any values of JSON
    """Write values in a format, read them back with Python's csv, and give what came back."""
    text = written(name, *values, **options)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[name], strict=True)
    header, *rows = reader
    assert (header, {tuple(row[:-1]) for row in rows}) == (["before", "value"], {("1",)})
    return [row[-1] for row in rows]


def seen(text: str) -> str:
    """Give a text as a spreadsheet sees its beginning: without blanks and quotation marks."""
    while text and (text[0] in BLANKS or text[0].isspace() or text[0] in '"\u200c\u200d'):
        text = text[1:]
    return text


@both
@given(text=TEXTS)
@example(text='=HYPERLINK("http://x.example","y")')
@example(text="\r\n=1")
@example(text='a\t"b"\nc\\')
def test_raw_text_comes_back_exactly(name: str, text: str) -> None:
    assert cells(name, text, raw=True) == [clean(text)]


@both
@given(text=TEXTS)
@example(text="a;=1")
@example(text="a,\t\u3000 '=1\n@x")
def test_no_text_begins_with_a_formula_wherever_a_row_is_split(name: str, text: str) -> None:
    (cell,) = cells(name, text)
    assert not any(seen(part).startswith(tuple(SIGNS)) for part in re.split("[;,\t\n]", cell))
    assert not cell.startswith(("\t", "\n", "\r"))
    assert cell.replace("'", "") == clean(text).replace("'", "")
    if not re.search("[;,\t\n]", clean(text)):
        assert cell == ("'" if seen(clean(text).lstrip("'")).startswith(tuple(SIGNS)) else "") + clean(text)


@pytest.mark.parametrize("separator", list(";,\t"))
@pytest.mark.parametrize("before", ["", " ", "x", "'", '"', 'x; "'])
@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_begins_with_a_formula_whatever_separates_cells(separator: str, before: str, sign: str) -> None:
    text = f"{before}{separator} {sign}cmd|' /C calc'!A0"
    for line in written("csv", text).splitlines():
        assert not any(seen(cell).startswith(sign) for cell in line.split(separator))


@both
@given(text=TEXTS)
@example(text="'=literal")
@example(text="''=literal")
@example(text='="2017"')
@example(text="a;'=b;\t'\"=")
@example(text="'\t=")
@example(text="2017-05-01")
def test_a_text_comes_back_by_import_as_it_was(name: str, text: str) -> None:
    for option in ("", "raw", "excel"):
        raw = written(name, text, **({option: True} if option else {})).encode()
        sheet = read_sheet(InputFile(f"x.{name}", io.BufferedReader(io.BytesIO(raw))))
        assert sheet.headings == ("before", "value")
        assert [row.cells for row in sheet.rows] == [["1", clean(text)]]


@both
@pytest.mark.parametrize(
    "date", ["2017-05", "2017", "2017-05-25", "[..2017-07-07]", "2016-04/..", "/2017", "2017~", "2017-XX", "09:30"]
)
def test_excel_is_given_dates_as_text(name: str, date: str) -> None:
    assert cells(name, date, excel=True) == [f'="{date}"']
    assert cells(name, date) == [date]


@both
@pytest.mark.parametrize("value", ["=1", "@x", "a;=1"])
def test_excel_is_given_no_formula_of_the_data(name: str, value: str) -> None:
    assert cells(name, value, 5, "May 2017", excel=True) == [*cells(name, value), "5", "May 2017"]


@both
def test_a_file_begins_with_a_byte_order_mark_and_a_pipe_does_not(name: str, korea: Korea, tmp_path: Path) -> None:
    asked = ("timeline", "id:hwasong-14-launch", "--fields", "id")
    piped = korea.raw(*asked, "-f", name).stdout
    korea(*asked, "-o", tmp_path / f"x.{name}")
    assert (tmp_path / f"x.{name}").read_bytes() == b"\xef\xbb\xbf" + piped
    assert korea.raw(*asked, "-f", name, "-o", "/dev/stdout").stdout == piped
    assert piped.startswith(b"id\r\n")


@pytest.mark.parametrize("options", [(), ("--raw",), ("--excel",)])
@both
def test_a_text_with_an_apostrophe_before_a_formula_is_imported_unchanged(
    name: str, options: tuple[str, ...], korea: Korea, tmp_path: Path
) -> None:
    file = Path(__file__).parents[1] / "data" / "answers" / "13-apostrophe-before-formula.toml"
    (tmp_path / f"x.{name}").write_text(korea("timeline", "-d", file, "-f", name, *options).out, "utf-8", newline="")
    (tmp_path / "q.toml").touch()
    assert korea("import", tmp_path / f"x.{name}", "-d", tmp_path / "q.toml").code == 0
    assert korea("timeline", "-d", tmp_path / "q.toml", "--fields", "title").out == "'=literal\n"


def test_raw_and_excel_contradict_each_other(korea: Korea) -> None:
    done = korea("timeline", "-f", "csv", "--raw", "--excel")
    assert (done.code, done.out) == (2, "")
    assert "cannot be used together" in done.err


@both
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before", ["", " ", '"', ' " ', "\t", "\n", "\r", "\u3000", "\xa0", "\ufeff", "\u200b", "\x1b"]
)
def test_a_formula_is_seen_behind_blanks_and_quotation_marks(name: str, before: str, sign: str) -> None:
    text = f"{before}{sign}1+1"
    made = f"'{before}'{sign}1+1" if before in {"\t", "\n"} else f"'{clean(text)}"
    assert cells(name, text, [text, "x"]) == [made, f"{made}; x"]
    assert cells(name, text, raw=True) == [clean(text)]


@both
@pytest.mark.parametrize(
    "value",
    [
        *(
            "2017-05-25",
            "2016-04/..",
            "../2017",
            "[..2017-07-07]",
            "[2017-07-03,2017-07-04]",
            "/2017",
            "2017~",
            "2017-33",
        ),
        *("a=b", "a-b", "1-2", "x@y.example", "(-1)", "\u2212", "\u2013 a dash", "", " ", '"', "5"),
    ],
)
def test_dates_and_texts_that_are_no_formulas_stay_as_they_are(name: str, value: str) -> None:
    assert cells(name, value) == [value]


@both
@given(number=st.integers())
def test_numbers_stay_numbers(name: str, number: int) -> None:
    assert cells(name, number) == [str(number)] == cells(name, number, raw=True)


@both
def test_the_program_leaves_text_alone_where_it_is_told_to(name: str, korea: Korea) -> None:
    data = '[[events]]\nid = "a"\ntitle = "=1+1"\ndate = "2017"\nnote = "a\\tb\\nc"\n'
    asked = ("timeline", "-d", "-", "-f", name, "--fields", "title,date,note")
    assert [row(name, korea(*asked, *more, input=data.encode()).out) for more in ((), ("--raw",))] == [
        ["'=1+1", "2017", "a\tb\nc"],
        ["=1+1", "2017", "a\tb\nc"],
    ]


def row(name: str, written: str) -> list[str]:
    header, found = csv.reader(io.StringIO(written, newline=""), delimiter=DELIMITERS[name])
    assert header == ["title", "date", "note"]
    return found


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_short_sheet_says_which_columns_with_values_it_has_not(name: str, korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    event = '[[events]]\nid = "a"\ntitle = "A"\ndate = "2017"\n'
    said = "korea: left out 2 columns with values: summary, key. Use --fields all\n"
    for values, note in (("", ""), ("key = false\n", ""), ('key = true\nsummary = "S"\n', said)):
        file.write_text(event + values, "utf-8")
        for options in ([], ["--no-cache"], ["--from", "2016"]):
            assert korea("timeline", "-d", file, "-f", name, *options).err == note
        for options in (["--fields", "id"], ["--fields", "all"], ["-q"]):
            assert korea("timeline", "-d", file, "-f", name, *options).err == ""
        assert korea("export", "-d", file, "-f", name).err == ""
    run = korea("timeline", "-d", file, "-o", tmp_path / f"sheet.{name}")
    assert run.err == f"Wrote {tmp_path / f'sheet.{name}'} from 1 event\n{said}"


def test_a_short_sheet_names_texts_that_an_import_changes(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[events]]\nid = "a"\ntitle = "A\\u0007"\ndate = "2017"\n', "utf-8")
    assert korea("timeline", "-d", file, "-f", "csv").err == "korea: lost or changed when imported again: 1 of title\n"
