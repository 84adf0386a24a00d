"""`korea import` on a terminal: what is shown fits it, only a person is asked, and standard output has the result."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dialogue import Dialogue

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

SHEET = (
    "Date;Title;Who;A heading that is much longer than what fits beside it;Empty\n"
    "01/02/2031;Gespräche \x1b[31mrot;문재인 대통령과 김정은 위원장;" + "word " * 60 + ";\n"
    "2/3/2031;A launch;Lee;;\n"
)
OPEN = f"{SHEET}{SHEET.splitlines()[1]}\n"


@pytest.fixture
def sheet(mine: Path) -> Path:
    """Return a sheet with all that is hard to show."""
    path = mine.with_name("sheet.csv")
    path.write_text(SHEET, "utf-8")
    return path


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_all_that_is_asked_fits_the_screen(columns: int, sheet: Path, mine: Path, korea: Korea) -> None:
    dialogue = Dialogue(korea, "import", sheet.name, "-d", mine.name, columns=columns, folder=mine.parent)
    for keys in ("d\n", "y\n", "how.toml\n"):
        dialogue.type(keys)
    assert dialogue.end() == 0
    plain = re.sub(r"\x1b\[(\?2004[hl]|[\d;]*m)", "", dialogue.shown).replace("\r", "")
    asked = plain.partition("korea: to do the same")[0]
    assert dialogue.too_wide(asked, columns) == []
    assert "\x1b" not in plain
    assert asked.count(" · ") >= 2
    assert "Gespräche" in asked
    assert "(empty)" in asked
    assert "Imported 2 events into mine.toml" in " ".join(plain.split())
    assert "--mapping how.toml --yes" in " ".join(plain.split())


def test_colours_are_for_terminals_that_want_them(sheet: Path, mine: Path, korea: Korea) -> None:
    for environment, colored in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        dialogue = Dialogue(korea, "import", sheet, "-d", mine, env=environment)
        dialogue.type("q\n")
        assert dialogue.end() == 1
        assert ("\x1b[38;5;31mdate" in dialogue.shown) == colored
        assert ("\x1b[2m" in dialogue.shown) == colored
        assert "nothing was imported" in dialogue.shown


def test_ctrl_c_writes_nothing(sheet: Path, mine: Path, korea: Korea) -> None:
    dialogue = Dialogue(korea, "import", sheet, "-d", mine)
    dialogue.type("d\n")
    dialogue.interrupt()
    assert dialogue.end() == 130
    assert "with your answers: korea import" in dialogue.shown
    assert "Traceback" not in dialogue.shown
    assert mine.read_text() == ""
    assert {each.name for each in mine.parent.iterdir()} == {"mine.toml", "sheet.csv"}


def test_standard_output_has_the_result_alone(sheet: Path, mine: Path, korea: Korea) -> None:
    out = mine.with_name("out.txt")
    with out.open("wb") as file:
        dialogue = Dialogue(korea, "import", sheet, "-d", mine, out=file.fileno())
        for keys in ("d\n", "y\n", "\n"):
            dialogue.type(keys)
        assert dialogue.end() == 0
    assert out.read_text("utf-8").startswith(f"Imported 2 events into {mine}; declared ")


@pytest.mark.parametrize("option", ["--yes", "-y", "--json", "--quiet"])
def test_whoever_wants_no_questions_gets_none(option: str, sheet: Path, mine: Path, korea: Korea) -> None:
    sheet.write_text(OPEN, "utf-8")
    piped = korea("import", sheet, "-d", mine, option)
    text = mine.read_text("utf-8")
    mine.write_text("")
    sheet.with_name("sheet.csv.rejects.csv").unlink()
    dialogue = Dialogue(korea, "import", sheet, "-d", mine, option)
    assert dialogue.end() == piped.code
    assert mine.read_text("utf-8") == text


def test_standard_input_is_data_and_never_an_answer(mine: Path, korea: Korea) -> None:
    run = korea("import", "-", "-d", mine, input=SHEET.encode())
    assert "rejected 2 rows" in run.out
    assert "Which comes first" not in run.err
