"""YAML, notes with front matter and Markwhen: each value as it is written, and all that is no event by its line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import DataError, UsageError
from korea_cli.ingest.files.source_file import opened
from korea_cli.ingest.notes.structured_text import StructuredTextError, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.ingest.sheet import Sheet, SheetRow

TIMELINE = """\
title: Xland
dateFormat: d/M/yyyy
#war: red

// a comment
1927: A machine #tech
Built by Han.
[The long story of it](https://example.org/a) and [Wikipedia](https://example.org/b)
[Alpha](location)

group Wars #war
05/06/2031 - 7 June 2031: Talks https://example.org/c !talks
2031-05/2031-06: A siege
section Last
1971-now: Peace
December 1973-now: Trade
end section
4 weeks: Rest
end group
A line of nothing
44 BC: An end
"""


def rows_of(file: Path, text: str | None = None) -> list[SheetRow]:
    if text is not None:
        file.write_text(text, "utf-8")
    with opened(str(file), None) as (sheet, _):
        return list(sheet.rows)


def whole(file: Path) -> Sheet:
    with opened(str(file), None) as (sheet, _):
        return sheet._replace(rows=iter(list(sheet.rows)))


# ---------------------------------------------------------------- YAML


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 2017-05", "2017-05"), ("a: 2017-05-04", "2017-05-04"), ("a: 010", "010"), ("a: 1_000", "1_000"),
        ("a: 12:30:45", "12:30:45"), ("a: no", "no"), ("a: 1e3", "1e3"), ("a: null", None), ("a:", None),
        ("a: ~", None), ("a: '~'", "~"), ("a: !!python/object/apply:os.system ['x']", ["x"]),
        ("a: [1, {b: 2.50}]", ["1", {"b": "2.50"}]),
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
    ],
)  # fmt: skip
def test_each_value_of_yaml_is_text(text: str, value: object) -> None:
    assert read_yaml(text) == [{"a": value}]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: 1\nb: 2\na: 3", "'a' is there twice", 3), ("a: &x [1]\nb: *x", "alias", 1), ("a: [1\nb: 2", "", 2),
        ("? [a]\n: 1", "a key is a list", 1), ("a: " + "[" * 5000, "nested", 1), ("a: \x07", "", 1),
    ],
)  # fmt: skip
def test_yaml_that_would_lose_or_multiply_values_is_refused(text: str, reason: str, line: int) -> None:
    with pytest.raises(StructuredTextError) as error:
        read_yaml(text)
    assert reason in error.value.reason
    assert error.value.line == line or not reason


def test_without_its_library_yaml_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(UsageError, match=r"pip install 'korea-cli\[yaml\]'"):
        read_yaml("a: 1")


def test_a_list_in_yaml_is_found_as_in_json(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "x.yml", "a: {b: [{date: 2031-05, title: A}, {date: 2032, title: B}]}")
    assert [row.cells for row in rows] == [{"date": "2031-05", "title": "A"}, {"date": "2032", "title": "B"}]
    with pytest.raises(DataError, match=r"x\.yml:2: 'a' is there twice"):
        rows_of(tmp_path / "x.yml", "a: 1\na: 2\n")


# ---------------------------------------------------------------- notes


def test_a_note_has_the_keys_of_its_front_matter_and_its_text(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path / "talks.md", "---\ndate: 2031-05\ntags: [a, b]\n---\n\n# Talks\n\nThey *met*.\n")
    assert row.cells == {
        "date": "2031-05", "tags": ["a", "b"], "title": "Talks", "id": "talks", "body": "They *met*.",
    }  # fmt: skip


def test_a_folder_has_a_record_for_each_note_and_counts_the_rest(tmp_path: Path) -> None:
    files = {
        "2031-05-16-launch.md": "---\r\ntitle: A launch\r\nid: l-1\r\n---\r\nUp.\r\n",
        "b/second.markdown": "---\ndate: 2032\n---\n# B\n",
        "README.md": "# Notes\n", "bad.md": "---\na: 1\na: 2\n---\nx\n", "toml.md": "+++\na =\n+++\n", "x.png": "",
        ".git/c.md": "---\ndate: 1\n---\n", "list.md": "---\n- 1\n---\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "latin.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    sheet = whole(tmp_path)
    rows: list[Any] = list(sheet.rows)
    assert [row.cells for row in rows if not row.error] == [
        {"title": "A launch", "id": "l-1", "date": "2031-05-16", "body": "Up."},
        {"date": "2032", "title": "B", "id": "b-second"},
    ]  # fmt: skip
    assert [row.error.partition(":")[0] for row in rows if row.error] == ["bad", "latin.md", "list", "toml"]
    assert "line 3: 'a' is there twice" in next(row.error for row in rows if row.error.startswith("bad"))
    assert sheet.left_out == {"notes without front matter": 1, ".png files": 1}


def test_front_matter_in_toml_is_read_as_yaml_is(tmp_path: Path) -> None:
    text = (
        '+++\r\ndate = 2031-05-16\r\ntags = ["a", "b"]\r\nweight = 3\r\nratio = 1.5\r\ndraft = false\r\n'
        '[extra]\r\nplace = "Alpha"\r\n+++\r\n\r\n# Talks\r\n\r\nThey *met*.\r\n'
    )
    (row,) = rows_of(tmp_path / "talks.md", text)
    assert row.cells == {
        "date": "2031-05-16", "tags": ["a", "b"], "weight": "3", "ratio": "1.5", "draft": "false",
        "extra": {"place": "Alpha"}, "title": "Talks", "id": "talks", "body": "They *met*.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2031-05-16T09:10:00Z", "2031-05-16T09:10:00Z"), ("2031-05-16T09:10:00+09:00", "2031-05-16T09:10:00+09:00"),
        ("2031-05-16 09:10:00", "2031-05-16T09:10:00"), ("09:10:00", "09:10:00"), ('"May 2031"', "May 2031"),
        ("2031", "2031"),
    ],
)  # fmt: skip
def test_dates_and_times_of_toml_are_texts(written: str, read: str, tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path / "a.md", f'+++\ntitle = "A"\ndate = {written}\n+++\n')
    assert isinstance(row.cells, dict)
    assert row.cells["date"] == read


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+++\na = 1\nb =\n+++\nText\n", "line 3: invalid value"), ("+++\na = 1\na = 2\n+++\n", "line 3: cannot"),
        ("+++\na = 1\n", "its front matter has no end (+++)"), (f"+++\na = {'[' * 9000}\n+++\n", "line 2: "),
    ],
)  # fmt: skip
def test_a_note_whose_toml_cannot_be_read_is_rejected_whole(text: str, reason: str, tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path / "a.md", text)
    assert reason in row.error
    assert row.cells == {"body": text}


def test_a_folder_without_notes_and_one_read_otherwise_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has no notes"):
        rows_of(tmp_path)
    with pytest.raises(DataError, match="is a folder"), opened(str(tmp_path), "csv"):
        pass


# ---------------------------------------------------------------- Markwhen


def test_a_timeline_has_an_event_for_each_date(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "x.mw", TIMELINE)
    found = {row.line: row.cells for row in rows if not row.error}
    assert found == {
        6: {
            "date": "1927", "title": "A machine", "summary": "Built by Han.\nThe long story of it and Wikipedia",
            "tags": ["tech"], "place": "Alpha", "sources": [
                {"url": "https://example.org/a", "title": "The long story of it"}, {"url": "https://example.org/b"},
            ],
        },
        12: {
            "date": "2031-06-05 - 7 June 2031", "title": "Talks", "id": "talks", "group": ["Wars"],
            "sources": [{"url": "https://example.org/c"}],
        },
        13: {"date": "2031-05/2031-06", "title": "A siege", "group": ["Wars"]},
        15: {"date": "1971-now", "title": "Peace", "group": ["Wars", "Last"]},
        16: {
            "date": "since December 1973", "date_text": "December 1973-now", "title": "Trade",
            "group": ["Wars", "Last"],
        },
        21: {"date": "44 BC", "title": "An end"},
    }  # fmt: skip
    assert [(row.line, row.error) for row in rows if row.error] == [
        (18, "'4 weeks' is a date relative to others. Write it as a day"),
        (20, "it has no date and belongs to no event"),
    ]


def test_what_a_timeline_has_beside_events_is_counted(tmp_path: Path) -> None:
    rows_of(tmp_path / "x.mw", TIMELINE)
    assert whole(tmp_path / "x.mw").left_out == {
        "title (header)": 1, "dateFormat (header)": 1, "#war (header)": 1, "comments": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("05/06/2031: A", "2031-05-06"), ("05/2031: A", "2031-05"), ("2031-05-16T10:00:00Z: A", "2031-05-16T10:00:00Z"),
        ("Dec 1 2031: A", "Dec 1 2031"), ("1930 - 1967: A: B", "1930 - 1967"), ("2031:A", "2031"),
    ],
)  # fmt: skip
def test_dates_of_a_timeline_are_american_unless_it_says_otherwise(line: str, date: str, tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path / "x.mw", line)
    assert isinstance(row.cells, dict)
    assert (row.cells["date"], str(row.cells["title"])[:1]) == (date, "A")


@pytest.mark.parametrize(
    "line", ["Note: this is prose", "at 10:30 they met", "https://example.org/2031", "1. First: an item"]
)
def test_text_with_a_colon_belongs_to_the_event_above_it(line: str, tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path / "x.mw", f"2031: A\n{line}\n")
    assert isinstance(row.cells, dict)
    assert {"summary", "sources"} & row.cells.keys()
