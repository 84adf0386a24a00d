"""Lines and columns of tables and keys, found after the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.reading import pieces
from korea_cli.reading.record_lines import record_lines
from korea_cli.reading.statements import Position, Positions, positions_in
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    import pytest

TRICKY = '''title = "before" # [[events]]
[chronology]
about = """
[[events]]
id = "not this"
""" # [[events]]

  [[ events ]]  # indented
  id    =    "a"
  'title' = '[[events]]'
  "date"= "2017"
  sources = [
    # id = 1
    "[[events]]", [
[1, 2]],
  ]
  other.inner = 1
[events.place]
city = "Seoul"
[[events.others]]
note = 1

[["events"]]
note = \'\'\'
[[events]]\'\'\'
kind = { a = [
  "b" ] }
'''


def test_only_true_headers_and_keys_are_noted() -> None:
    assert positions_in(TRICKY) == {
        ("", 0, "title"): Position(1, 1, 9),
        ("chronology", 0, None): Position(2, 1, 1),
        ("chronology", 0, "about"): Position(3, 1, 9),
        ("events", 0, None): Position(8, 3, 3),
        ("events", 0, "id"): Position(9, 3, 14),
        ("events", 0, "title"): Position(10, 3, 13),
        ("events", 0, "date"): Position(11, 3, 11),
        ("events", 0, "sources"): Position(12, 3, 13),
        ("events", 0, "other"): Position(17, 3, 17),
        ("events", 0, "place"): Position(18, 1, 1),
        ("events", 0, "others"): Position(20, 1, 1),
        ("events", 1, None): Position(23, 1, 1),
        ("events", 1, "note"): Position(24, 1, 8),
        ("events", 1, "kind"): Position(26, 1, 8),
    }


def lines_of(text: str) -> dict[str, list[int | None]]:
    document, _ = parse_document(Document(name="x", path=None, text=text))
    tables = {table: rows for table, rows in document.tables.items() if isinstance(rows, list)}
    return {table: list(lines) for table, lines in record_lines(document, tables).items()}


def test_the_lines_of_records_are_right_also_where_strings_look_like_headers() -> None:
    assert lines_of(TRICKY.replace('title = "before"', "#")) == {"events": [8, 23]}


def test_an_inline_list_of_records_stands_at_its_key() -> None:
    assert lines_of('\nevents = [{ id = "a" },\n{ id = "b" }]\n[[facts]]\n') == {"events": [2, 2], "facts": [4]}


def test_records_written_plainly_are_found_without_a_scan() -> None:
    assert lines_of("[[a]]\n# [[a]]\n\t[[ b ]] # [[a]]\n\n[[a]]") == {"a": [1, 5], "b": [3]}


def test_so_are_those_of_a_text_that_was_parsed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_PIECE", 60)
    text = (
        '# mine\n[[a]]\nid = "1"\n\n# of 2\n[[a]]\nid = "2"\n[[b]]\nn = 1\n\n' * 3
        + "\n[[a]]\n[[a.c]]\n\t[[ b ]]\n[[a]]"
    )
    assert len(parse_document(Document(name="x", path=None, text=text))[0].pieces) > 3
    assert lines_of(text) == {"a": [2, 6, 12, 16, 22, 26, 32, 35], "b": [8, 18, 28, 34]}


KEYS = st.sampled_from(["id", "title", "note", "sources", "a-b", "x_1"])
FORMS = {
    "text": '"t = 1 # [[events]]"',
    "literal": "'[a] = \"'",
    "long": '"""\n[[events]]\nid = "x"\n\\"""  """""',
    "long literal": "'''\nid = 1\n[[facts]]'''''",
    "number": "-1_000.5e3",
    "list": '[ 1,\n  # id = 2\n[ "]" ],\n]',
    "table": '{ id = 1, b = [ { c = "}" } ] }',
}
PARTS = st.tuples(
    st.sampled_from(["events", "facts"]),
    st.lists(
        st.tuples(KEYS, st.sampled_from(sorted(FORMS)), st.sampled_from(["", " ", "\t", "  "]), st.booleans()),
        unique_by=lambda part: part[0],
    ),
    st.sampled_from(["", "\n", "# [[events]]\n", "  \n"]),
)


@given(st.lists(PARTS, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_positions_are_where_the_text_was_written(
    tables: list[tuple[str, list[tuple[str, str, str, bool]], str]], end: str
) -> None:
    expected: Positions = {}
    text, seen = "", {"events": 0, "facts": 0}
    for table, keys, between in tables:
        number, seen[table] = seen[table], seen[table] + 1
        line = text.count("\n") + 1
        expected[table, number, None] = Position(line, 1, 1)
        text += f"[[{table}]]\n"
        for key, form, blank, quoted in keys:
            written = f'{blank}"{key}"' if quoted else f"{blank}{key}"
            start = f"{written}{blank}={blank}"
            expected[table, number, key] = Position(text.count("\n") + 1, len(blank) + 1, len(start) + 1)
            text += f"{start}{FORMS[form]}{blank}# x = 1\n"
        text += between
    text = text.replace("\n", end)
    tomli.loads(text)  # the text itself is right
    assert positions_in(text) == expected
    assert lines_of(text) == {
        table: [spot.line for (name, _, key), spot in expected.items() if name == table and not key]
        for table in tomli.loads(text)
    }
