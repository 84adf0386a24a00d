"""Sheets taken apart, their headings map_columns, and the files of other programs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DataError, KoreaError, NotInListError, UsageError
from korea_cli.ingest import mapping
from korea_cli.ingest.columns.headings import guess_key, keys_at
from korea_cli.ingest.files.source_file import opened
from korea_cli.ingest.readers import csv
from korea_cli.ingest.sheet import InputFile, ReaderOptions
from korea_cli.model.records import Actor, Event, Source

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.ingest.sheet import Sheet, SheetRow


def sheet(raw: bytes, encoding: str = "") -> Sheet:
    return csv.read(InputFile("-", io.BufferedReader(io.BytesIO(raw)), options=ReaderOptions(encoding)))


def rows_of(file: Path, encoding: str = "") -> list[SheetRow]:
    with opened(str(file), None, ReaderOptions(encoding)) as (found, _):
        return list(found.rows)


def form_of(file: Path, form: str | None = None) -> str:
    with opened(str(file), form) as (_, source):
        return source.form


def rows(raw: bytes) -> list[SheetRow]:
    return list(sheet(raw).rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_seen_in_the_headings(delimiter: str) -> None:
    found = sheet(f"Date{delimiter}Title\r\n1950{delimiter}War\r\n".encode())
    assert found.headings == ("Date", "Title")
    assert [row.cells for row in found.rows] == [["1950", "War"]]


def test_excel_is_understood_when_it_says_what_stands_between_cells() -> None:
    found = sheet(b"sep=;\r\nDate;Title, in short\r\n1950;War\r\n")
    assert found.headings == ("Date", "Title, in short")
    assert [(row.line, row.cells) for row in found.rows] == [(3, ["1950", "War"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_mark_at_the_beginning_says_how_a_sheet_is_encoded(encoding: str) -> None:
    found = sheet("Date,Title\n1950,한국 전쟁\n".encode(encoding))
    assert found.headings == ("Date", "Title")
    assert [row.cells for row in found.rows] == [["1950", "한국 전쟁"]]


def test_another_encoding_is_told_with_its_line_and_read_only_when_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes("Date,Title\n1950,plain\n1951,café\n".encode("windows-1252"))
    with pytest.raises(DataError) as error:
        rows_of(file)
    assert error.value.problems[0].line == 3
    assert "--encoding windows-1252" in str(error.value)
    read = rows_of(file, "windows-1252")
    assert read[1].cells == ["1951", "café"]
    with pytest.raises(UsageError, match="unknown encoding"):
        rows_of(file, "klingon")


def test_a_cell_with_lines_and_quotation_marks_is_one_cell_and_lines_are_counted_on() -> None:
    found = rows(b'Date,Title\n1950,"one\ntwo ""three"""\n\n , \n1951,four\n')
    assert [(row.line, row.cells) for row in found] == [(2, ["1950", 'one\ntwo "three"']), (6, ["1951", "four"])]


def test_a_quotation_mark_that_nobody_closes_takes_no_row_away_in_silence() -> None:
    (row,) = rows(b'Date,Title\n1950,"one\n1951,two\n')
    assert "is not closed; lines 2 to 3 were read as one row" in row.error
    assert row.cells == ['1950,"one\n1951,two\n']


def test_quotation_marks_that_do_not_pair_cost_one_row_only() -> None:
    found = rows(b'Date,Title\n1950,"one" two\n1951,three\n')
    assert [bool(row.error) for row in found] == [True, False]


def test_a_cell_of_a_megabyte_and_a_nul_are_read() -> None:
    (row,) = rows(b"Date,Title\n1950," + b"x" * 1_000_000 + b"\0\n")
    assert isinstance(row.cells, list)
    assert len(row.cells[1]) == 1_000_001


def test_a_cell_without_end_is_refused_without_filling_memory() -> None:
    found = rows(b"Date,Title\n1950," + b"x" * (16 * 1024 * 1024 + 10) + b"\n1951,y\n")
    assert "larger than" in found[0].error
    assert found[-1].cells == ["1951", "y"]


def test_an_apostrophe_that_made_a_formula_harmless_is_taken_off_again() -> None:
    (row,) = rows(b"Date,Title,Note\n1950,'=1+1,'tis\n")
    assert row.cells == ["1950", "=1+1", "'tis"]


@pytest.mark.parametrize(
    ("raw", "line"), [(b'Date,"Title\n', 1), (b'\n\nDate,"Title\n', 3), (b'sep=,\nDate,"Title\n', 2)]
)
def test_headings_that_cannot_be_read_are_told_with_their_line(raw: bytes, line: int) -> None:
    with pytest.raises(DataError, match="its headings cannot be read") as error:
        sheet(raw)
    assert error.value.problems[0].line == line


@pytest.mark.parametrize(
    ("name", "file", "message"),
    [("none.csv", "none.csv", "no such file"), ("", "''", "the file name is empty")],
)
def test_a_file_that_is_not_there_is_told_by_its_name(name: str, file: str, message: str) -> None:
    with pytest.raises(DataError) as error, opened(name, None):
        pass
    (problem,) = error.value.problems
    assert (problem.file, problem.message) == (file, message)


def test_an_empty_file_is_no_sheet() -> None:
    for raw in (b"", b"\n \n", b"\xef\xbb\xbf"):
        with pytest.raises(DataError, match="the file is empty"):
            sheet(raw)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Headline", "title"), ("WHAT HAPPENED", "title"),
        ("event_id", "id"), ("Actor 2", "actors"), ("Start Date", "date"), ("end-date", "end_date"),
        ("Actor(s)", "actors"), ("actor", "actors"), ("Date precision", "precision"), ("URL", "sources"),
        ("p.", "locator"), ("Comments", "note"), ("date", "date"), ("Colour", ""), ("", ""), ("Type", "record"),
    ],
)  # fmt: skip
def test_a_heading_is_guessed_by_what_people_call_it(heading: str, key: str) -> None:
    assert guess_key(heading, Event) == key


def test_what_a_heading_means_depends_on_the_type_of_record() -> None:
    assert guess_key("Title", Actor) == "name"
    assert guess_key("source_type", Source) == "type"
    assert guess_key("Headline", Actor) == ""


def test_the_second_of_two_columns_for_one_text_is_left_out_but_lists_and_notes_join() -> None:
    found = mapping.map_columns(("Date", "Title", "Title", "Note", "Note", "Tags", "Category"), Event, ())
    assert [key for _, key in found.keys] == ["date", "title", "", "note", "note", "topics", "topics"]


def test_what_is_said_of_a_column_wins_over_what_was_guessed() -> None:
    found = mapping.map_columns(
        ("Date", "Title", "Colour", "Note"), Event, mapping.parse_maps(["Colour=title", "Title=", "Note = "])
    )
    assert dict(found.keys) == {"Date": "date", "Title": "", "Colour": "title", "Note": ""}


def test_a_sheet_without_titles_has_its_descriptions_for_that_and_one_without_either_is_refused() -> None:
    assert dict(mapping.map_columns(("Date", "Description", "Text"), Event, ()).keys)["Description"] == "title"
    for headings, missing in ((("Date", "Colour"), "title"), (("Title", "Colour"), "date"), (("Colour",), "title")):
        with pytest.raises(UsageError, match=f"no column for '{missing}'"):
            mapping.map_columns(headings, Event, ())


@pytest.mark.parametrize("typed", ["Nowhere=title", "Title=headline", "Title", "=title"])
def test_a_column_or_key_that_there_is_not_is_refused(typed: str) -> None:
    with pytest.raises(KoreaError) as error:
        mapping.map_columns(("Date", "Title"), Event, mapping.parse_maps([typed]))
    assert isinstance(error.value, NotInListError | UsageError)


def test_a_mapping_is_the_same_when_it_has_been_kept(tmp_path: Path) -> None:
    kept = mapping.ColumnMapping(
        (('a "quoted" one', "title"), ("Größe", ""), ("x = y", "date")), {"order": "day", "pivot": "1999"}
    )
    file = tmp_path / "m.toml"
    file.write_text(mapping.mapping_text(kept), "utf-8")
    assert mapping.load_mapping(str(file)) == kept


@pytest.mark.parametrize("text", ["columns = 1", "[columns]\nDate = 1", "colour = 'red'\n[columns]", "[["])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(DataError):
        mapping.load_mapping(str(file))


def test_the_form_of_a_file_is_seen_by_its_beginning_where_its_name_does_not_say(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for text, form in (
        ('{"a": 1}\n{"a": 2}\n', "jsonl"), ('{\n"events": []}', "json"), ("[]", "json"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "ics"), ("Date,Title\n", "csv"),
    ):  # fmt: skip
        file.write_text(text, "utf-8")
        assert form_of(file) == form
    with pytest.raises(NotInListError):
        form_of(file, "xls")


def test_a_byte_that_is_not_utf_8_is_named_in_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"title": "\xed\x95\x9c"}\n{"title": "\xe9"}\n')
    with pytest.raises(DataError, match=r"x\.jsonl:2: byte 0xe9 is not UTF-8"):
        rows_of(file)


@pytest.mark.parametrize("text", ["{", "1", '"x"', "{}", '{"events": 3}', "\udcff", "[" * 100_000])
def test_json_that_holds_no_records_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(DataError):
        rows_of(file)


def test_json_without_a_list_of_records_is_told_what_such_a_list_may_be_called(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}", "utf-8")
    with pytest.raises(DataError, match='such as one named "events"'):
        rows_of(file)


def test_a_line_that_is_not_json_costs_one_row_only(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"title": "a"}\nnonsense\n[1]\n\n{"title": "b"}\n{"a": 1, "a": 2}\n{} {}\n', "utf-8")
    assert [(row.line, row.error) for row in rows_of(file)] == [
        (1, ""), (2, "invalid JSON: expecting value"), (3, "it is not an object"), (5, ""),
        (6, "has the key 'a' twice: 1 and 2"), (7, "invalid JSON: extra data"),
    ]  # fmt: skip


def test_the_keys_of_a_path_are_those_of_what_the_first_part_is_mapped_to() -> None:
    assert "container" in keys_at("sources[].outlet", Event, {})
    assert "container" in keys_at("refs[].outlet", Event, {"refs": "sources"})
    assert "country" in keys_at("refs[].land", Event, {"refs": "actors"})
    assert "country" not in keys_at("refs[].land", Event, {})


def test_a_column_of_a_sheet_and_a_value_at_a_path_can_have_different_keys() -> None:
    path = ("sources[].outlet", "container")
    assert mapping.map_columns((), Event, [path]).keys == (path,)
    with pytest.raises(NotInListError, match="unknown key 'container'"):
        mapping.map_columns(("Date", "Title", "sources[].outlet"), Event, [path])
