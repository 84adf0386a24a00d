"""Text that a spreadsheet would run is made harmless in CSV and TSV; `--raw` leaves it alone."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from korea_cli import formats
from korea_cli.reports import Report
from korea_cli.safety import clean
from korea_cli.screen import Screen
from korea_cli.sections import Column, Columns, Section
from korea_cli.store import Heading

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


def cells(name: str, *values: Any, raw: bool = False) -> list[str]:  # noqa: ANN401 - any values of JSON
    """Write values in a format, read them back with Python's csv, and give what came back."""
    section = Section(key="rows", rows=tuple(map(Row, values)), columns=COLUMNS, plain=("value",), layout="grid")
    report = Report(command="ask", header=Heading(), documents=(), sections=(section,), listed=1, matched=1)
    written = "".join(formats.load(name).render(report, Screen(), **({"raw": True} if raw else {})))
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=DELIMITERS[name], strict=True)
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
def test_no_text_begins_with_a_formula_and_an_apostrophe_is_all_that_is_added(name: str, text: str) -> None:
    (cell,) = cells(name, text)
    assert not seen(cell).startswith(tuple(SIGNS))
    assert not cell.startswith(("\t", "\n", "\r"))
    harmful = seen(clean(text)).startswith(tuple(SIGNS)) or clean(text).startswith(("\t", "\n"))
    assert cell == ("'" if harmful else "") + clean(text)


@both
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before", ["", " ", '"', ' " ', "\t", "\n", "\r", "\u3000", "\xa0", "\ufeff", "\u200b", "\x1b"]
)
def test_a_formula_is_seen_behind_blanks_and_quotation_marks(name: str, before: str, sign: str) -> None:
    text = f"{before}{sign}1+1"
    assert cells(name, text, [text, "x"]) == [f"'{clean(text)}", f"'{clean(text)}; x"]
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
        *("a=b", "a-b", "1-2", "x@y.example", "'=1", "(-1)", "\u2212", "\u2013 a dash", "", " ", '"', "5"),
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
