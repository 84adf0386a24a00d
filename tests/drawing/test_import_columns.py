"""The columns of any file fit any screen: those that are read have a line, others beyond a screenful are counted."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from korea_cli.drawing.import_columns import draw_columns, wrap_lines
from korea_cli.ingest.dialogue.import_questions import ColumnReading
from korea_cli.report.screen import Screen

COLUMNS = [
    ColumnReading("Date", "date", ("2031-01-02",)),
    ColumnReading("아주 긴 제목 " * 20, "title", ("회담이 열렸다 " * 20, "x\x1b[31m", "a\tb")),
    ColumnReading("h" * 300, "", ("word " * 60,) * 3),
    ColumnReading("Nothing", "place", ()),
]
MANY = [*COLUMNS, *(ColumnReading(f"c{number}", "", ("1",)) for number in range(100))]


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 200])
@pytest.mark.parametrize("color", [True, False])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_wider_than_the_screen_and_no_data_drives_it(width: int, *, color: bool, unicode: bool) -> None:
    screen = Screen(width, color=color, palette=True, unicode=unicode)
    plain = re.sub(r"\x1b\[(38;5;31|2|0)m", "", draw_columns(COLUMNS, screen))
    assert [line for line in plain.splitlines() if cell_len(line) > width] == []
    assert "\x1b" not in plain
    assert re.findall(r"date|title|place|\(ignored\)", plain) == ["date", "title", "(ignored)", "place"]
    assert ("…" in plain, "..." in plain) == (unicode, not unicode)
    texts = wrap_lines(f"{'회담이 열렸다 ' * 20}\n  {'word ' * 60}\n{'h' * 300}\n", width)
    assert [line for line in texts.splitlines() if cell_len(line) > width] == []


def test_a_file_with_hundreds_of_columns_fits_a_screen() -> None:
    lines = draw_columns(MANY, Screen(80)).splitlines()
    assert len(lines) == 41
    assert [line.split()[0] for line in lines[:5]] == ["Date", "아주", f"{'h' * 31}…", "Nothing", "c0"]
    assert lines[-1].startswith("and 64 more ignored: c36, c37, ")
