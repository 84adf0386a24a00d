"""What JSON, JSON lines, CSV and plain text are given comes back from them, and nothing in it does harm."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from korea_cli import formats
from korea_cli.base.errors import NotInListError
from korea_cli.base.formulas import unescape_formula
from korea_cli.base.sanitize import UNSAFE, clean, clean_line
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen
from korea_cli.report.sections import Section, in_words
from korea_cli.rows.column import Column, Columns
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMULA = r"""[\t\n]|[\s"\u200b-\u200d\u2060\ufeff]*[-=+@\uff1d\uff0b\uff0d\uff20]"""
ASCII = Screen(unicode=False)
HOSTILE = [
    *('=HYPERLINK("http://x","y")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", "\u202e=1", "=", "'=1"),
    *('"', '""', "a,b", "a;b", "a\tb", "a\nb", "a\r\nb", "\n", " ", "", "ends with backslash\\", "'", "null", "[]"),
    *("\x1b[31mred\x1b[0m", "\x1b]52;c;aGk=\x07", "\x7f", "\x85", "\x9b31m", "\u2028", "\u2029", "\u2066", "\u061c"),
    *("[red]x[/red]", ":smile:", "</script>", "문재인", "한글", "e\u0301", "😀", "\ufeff", "x" * 300, "a\x0bb\x0cc"),
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)
NUMBERS = st.none() | st.booleans() | st.integers()
VALUES: st.SearchStrategy[Any] = (
    TEXTS
    | NUMBERS
    | st.lists(TEXTS, max_size=3)
    | st.lists(st.fixed_dictionaries({"id": TEXTS, "name": TEXTS}), max_size=2)
    | st.lists(st.fixed_dictionaries({"id": TEXTS, "locator": st.none() | TEXTS, "url": st.none()}), max_size=2)
)


class Row(NamedTuple):
    """A row of three values."""

    values: tuple[Any, Any, Any]
    type: str = "row"


class Other(NamedTuple):
    """A row of another type, which has one of those values."""

    values: tuple[Any]
    type: str = "other"


KEYS: dict[str, tuple[str, ...]] = {"row": ("one", "two", "three"), "other": ("two",)}
COLUMNS = Columns(
    KEYS,
    lambda type_: tuple(
        Column(key, lambda row, place=place: row.values[place])  # type: ignore[misc]
        for place, key in enumerate(KEYS[type_])
    ),
)
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES).map(Row) | st.tuples(VALUES).map(Other), max_size=4)


def section_of(rows: Sequence[Any], key: str = "rows", **more: Any) -> Section:  # noqa: ANN401 - of Section
    return Section(key=key, rows=rows, columns=COLUMNS, plain=("two", "one"), layout="grid", **more)


def report_of(*sections: Section) -> Report:
    header = StoredHeader(title="Hostile \u202e title")
    return Report(command="ask", header=header, documents=(), sections=sections, listed=1, matched=1)


def rendered(name: str, *sections: Section, screen: Screen | None = None) -> str:
    return "".join(formats.load(name).render(report_of(*sections), screen or Screen()))


def objects(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [dict(zip(KEYS[row.type], row.values, strict=True)) for row in rows]


def raw_controls(text: str) -> list[str]:
    """Give what a terminal would act on: control and direction-changing characters, but tab and newline."""
    return re.findall(UNSAFE, text)


# ---------------------------------------------------------------- JSON


@given(rows=ROWS, unicode=st.booleans())
def test_json_gives_every_value_back_exactly(rows: list[Any], *, unicode: bool) -> None:
    text = rendered("json", section_of(rows), screen=Screen(unicode=unicode))
    told = json.loads(text)
    assert told["rows"] == objects(rows)
    assert [list(each) for each in told["rows"]] == [list(KEYS[row.type]) for row in rows]
    assert told["chronology"]["title"] == "Hostile \u202e title"
    assert raw_controls(text) == []
    assert text.isascii() or unicode


def test_json_is_one_document_also_when_nothing_was_found() -> None:
    text = rendered("json", section_of([]))
    assert json.loads(text)["rows"] == []
    assert text.endswith("}\n")
    assert json.loads(rendered("json", section_of([], single=True)))["rows"] is None


def test_json_says_what_was_asked_before_what_was_found() -> None:
    told = json.loads(rendered("json", section_of([]), section_of([], key="others")))
    assert list(told) == [
        *("schema_version", "command", "chronology", "query", "count", "matched"), "rows", "others",
    ]  # fmt: skip


def test_json_gives_a_section_of_one_as_that_one() -> None:
    row = Row(("a", None, ["b"]))
    told = json.loads(rendered("json", section_of([row], single=True), section_of([row], key="others")))
    assert told["rows"] == told["others"][0] == {"one": "a", "two": None, "three": ["b"]}


def test_json_has_a_record_a_line() -> None:
    lines = rendered("json", section_of([Row(("a\nb", 1, [])), Other((True,))])).splitlines()
    found = [json.loads(line.rstrip(",")) for line in lines if line.startswith("  {")]
    assert found == [{"one": "a\nb", "two": 1, "three": []}, {"two": True}]


def test_json_keeps_letters_as_they_are_where_they_can_be_written() -> None:
    assert '"문재인"' in rendered("json", section_of([Other(("문재인",))]))
    assert r'"\ubb38\uc7ac\uc778"' in rendered("json", section_of([Other(("문재인",))]), screen=ASCII)


@given(rows=ROWS, more=ROWS, unicode=st.booleans())
def test_json_lines_are_the_bare_records(rows: list[Any], more: list[Any], *, unicode: bool) -> None:
    text = rendered("jsonl", section_of(rows), section_of(more, key="more"), screen=Screen(unicode=unicode))
    lines = text.splitlines(keepends=True)
    assert all(line.endswith("}\n") for line in lines)
    assert [json.loads(line) for line in lines] == objects([*rows, *more])
    assert raw_controls(text) == []
    assert text.isascii() or unicode


# ---------------------------------------------------------------- CSV


def cell(value: Any) -> str:  # noqa: ANN401 - any value of JSON
    """Return what a cell must give back: the text, cleaned."""
    return clean(in_words(value))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(rows=ROWS)
@example(rows=[Row((text, [text], {"id": text, "name": text})) for text in HOSTILE])
@example(rows=[Row((-5, 10**30, -1.5))])
def test_csv_gives_every_cell_back_and_no_text_is_a_formula(rows: list[Any]) -> None:
    text = rendered("csv", section_of(rows))
    expected = [[cell(each[key]) if key in each else "" for key in KEYS["row"]] for each in objects(rows)]
    head, *written = cells(text)
    assert head == list(KEYS["row"])
    assert [[unescape_formula(each) for each in row] for row in written] == expected
    texts = [each for row in written for each in row if not re.fullmatch(r"-?\d+(\.\d+)?", each)]
    assert [each for each in texts if any(re.match(FORMULA, part) for part in re.split(r"[;,\t\n]", each))] == []
    assert raw_controls(text.replace("\r\n", "\n")) == []


@pytest.mark.parametrize("value", [-5, 0, 7, True, "2017-05-25", "2016-04/..", "[..2017]", "/2017", "2017~"])
def test_csv_leaves_numbers_and_dates_alone(value: str | int) -> None:
    assert cells(rendered("csv", section_of([Other((value,))])))[1] == ["", in_words(value), ""]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "\x00=1", "\r=1", "\u200e@x"])
def test_csv_makes_what_looks_like_a_formula_harmless(text: str) -> None:
    for value in (text, [text, "more"], {"id": "x", "name": text}):
        (made,) = (row[1] for row in cells(rendered("csv", section_of([Other((value,))])))[1:])
        assert made.startswith("'")
        assert unescape_formula(made) == clean(in_words(value))


def test_csv_has_a_header_also_when_nothing_was_found() -> None:
    assert rendered("csv", section_of([])) == "one,two,three\r\n"


def test_csv_names_the_section_where_there_are_several() -> None:
    row = Row((1, 2, 3))
    text = rendered("csv", section_of([row], key="first"), section_of([row, row], key="second"))
    assert cells(text) == [
        ["section", "one", "two", "three"],
        *(["first", "1", "2", "3"], ["second", "1", "2", "3"], ["second", "1", "2", "3"]),
    ]


def test_csv_keeps_line_breaks_and_tabs_inside_a_cell() -> None:
    assert cells(rendered("csv", section_of([Other(("a\tb\nc",))])))[1][1] == "a\tb\nc"


# ---------------------------------------------------------------- plain


@given(rows=ROWS)
@example(rows=[Row((text, [text], {"id": text, "name": text})) for text in HOSTILE])
def test_plain_is_one_line_a_record_with_a_tab_between_the_chosen_values(rows: list[Any]) -> None:
    text = rendered("plain", section_of(rows))
    assert len(text.splitlines()) == text.count("\n") == len(rows)
    chosen = [[each[key] for key in ("two", "one") if key in each] for each in objects(rows)]
    assert [line.split("\t") for line in text.split("\n")[:-1]] == [
        [clean_line(in_words(value).replace("\t", " ")) for value in values] for values in chosen
    ]
    assert raw_controls(text) == []


def test_plain_names_the_section_where_there_are_several() -> None:
    row = Row((1, 2, 3))
    text = rendered("plain", section_of([row], key="first"), section_of([row], key="second"))
    assert text == "first\t2\t1\nsecond\t2\t1\n"


def test_plain_of_nothing_is_nothing() -> None:
    assert rendered("plain", section_of([])) == ""


@pytest.mark.parametrize("width", [20, 200])
@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv", "markdown", "plain"])
def test_no_data_format_depends_on_the_screen(name: str, width: int) -> None:
    rows = [Row((text, [text], None)) for text in HOSTILE]
    narrow = rendered(name, section_of(rows), screen=Screen(width=width, color=True))
    assert narrow == rendered(name, section_of(rows))
    assert "\x1b" not in narrow


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv", "markdown", "plain"])
def test_rows_are_written_as_they_are_read(name: str) -> None:
    """A hundred thousand rows stream: the first is written before the second is read."""
    read = 0

    class Counted:
        """Rows that tell how many of them were read."""

        type: ClassVar = "row"

        def __iter__(self) -> Any:  # noqa: ANN401
            nonlocal read
            for number in range(100):
                read += 1
                yield Row((f"row {number}", number, None))

    section = section_of([])._replace(rows=Counted())
    for piece in formats.load(name).render(report_of(section), Screen()):
        if "row 3" in piece:
            break
    assert read == 4


# ---------------------------------------------------------------- the listing


def test_every_format_says_in_one_sentence_what_it_is_for() -> None:
    assert {"table", "plain", "json", "jsonl", "csv"} <= set(formats.names())
    for name in formats.names():
        doc = formats.load(name).__doc__ or ""
        assert re.match(r"[A-Z].*\.$", doc.split("\n\n", maxsplit=1)[0].replace("\n", " ")), name


def test_a_format_is_known_in_any_case_and_an_unknown_one_lists_them() -> None:
    assert formats.load("JSON") is formats.load("json")
    with pytest.raises(NotInListError, match=r"unknown format 'jsno'\. Did you mean 'json'") as refused:
        formats.load("jsno")
    assert refused.value.allowed == formats.names()


@pytest.mark.parametrize(
    ("ending", "name"),
    [(".json", "json"), (".jsonl", "jsonl"), (".ndjson", "jsonl"), (".csv", "csv"), (".txt", "plain")],
)
def test_the_ending_of_a_file_means_a_format(ending: str, name: str) -> None:
    assert formats.for_extension(ending) == name


def test_an_ending_that_means_no_format_is_refused_with_those_that_do() -> None:
    with pytest.raises(NotInListError, match=r"unknown file extension '\.jsn'\. Did you mean '\.json'\?"):
        formats.for_extension(".jsn")


def test_no_two_formats_claim_the_same_ending() -> None:
    endings = [ending for name in formats.names() for ending in formats.load(name).EXTENSIONS]
    assert len(endings) == len(set(endings))
    assert all(ending.startswith(".") and ending == ending.casefold() for ending in endings)
