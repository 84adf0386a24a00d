"""TSV is what spreadsheets copy and paste: the rows of CSV with tabs between, quoted only where that is needed."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from korea_cli import formats

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea


def rows(text: str, dialect: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), dialect, strict=True))


@pytest.mark.parametrize(
    "asked", [("timeline",), ("facts",), ("sources",), ("stats",), ("show", "putin", "icbm-us"), ("check", "--notes")]
)
def test_an_answer_has_the_rows_that_csv_has(asked: tuple[str, ...], korea: Korea) -> None:
    by_tabs = rows(korea(*asked, "-f", "tsv").out, "excel-tab")
    assert by_tabs == rows(korea(*asked, "-f", "csv").out, "excel")
    assert len(by_tabs) > 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a\tb", '"a\tb"'),
        ("a\nb", '"a\nb"'),
        ('say "a"', '"say ""a"""'),
        ("a, b; c", "a, b; c"),
        ("a\\tb", "a\\tb"),
        ("it's", "it's"),
        ("문재인", "문재인"),
    ],
)
def test_a_cell_is_quoted_only_where_a_tab_a_line_break_or_a_quotation_mark_needs_it(
    value: str, written: str, korea: Korea, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    file.write_text(f'[[events]]\nid = "a"\ntitle = "x"\ndate = "2017"\nnote = "{quoted}"\n', "utf-8")
    run = korea("timeline", "-d", file, "-f", "tsv", "--fields", "id,note,date")
    assert run.out == f"id\tnote\tdate\r\na\t{written}\t2017\r\n"


def test_the_ending_of_a_file_means_it(korea: Korea, tmp_path: Path) -> None:
    assert formats.for_extension(".tsv") == "tsv"
    run = korea("timeline", "-n", "2", "-o", tmp_path / "events.tsv")
    assert (run.code, run.out) == (0, "")
    assert (tmp_path / "events.tsv").read_bytes().decode("utf-8-sig") == korea("timeline", "-n", "2", "-f", "tsv").out
