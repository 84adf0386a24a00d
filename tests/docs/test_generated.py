"""The generated parts of the docs and the pictures are up to date."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import korea_cli
from korea_cli import commands

if TYPE_CHECKING:
    from conftest import Korea

ROOT = Path(__file__).parents[2]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
MEASURED = "growth"  # drawn from measurements, not from output
BROKEN = sorted((ROOT / "tests" / "data" / "broken").glob("*.toml"))


def test_the_generated_parts_of_the_pages_are_current() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "document.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_page_of_commands_has_the_help_of_every_command() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name in commands.names():
        assert f"| [`{name}`](#{name}) |" in page
        assert f"\n## {name}\n\n```text\nUsage: korea {name} " in page


def test_the_page_of_the_library_has_every_error() -> None:
    page = (ROOT / "docs" / "library.md").read_text("utf-8")
    errors = {name for name in korea_cli.__all__ if name.endswith("Error")}
    assert errors - {"KoreaError"} == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def test_the_page_of_the_json_names_every_type() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    assert len(rows) > 100
    cells = [cell.strip() for row in rows for cell in row]
    assert [cell for cell in cells if not cell or cell in {"null", "list", "list of"}] == []


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_every_problem_is_of_a_check_that_the_page_explains(file: Path, korea: Korea) -> None:
    page = (ROOT / "docs" / "data-format.md").read_text("utf-8")
    found = korea("check", "--notes", "-f", "plain", "--fields", "check", file).out.split()
    assert found
    assert [name for name in found if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.stem)
def test_a_picture_fetches_nothing(file: Path) -> None:
    assert re.findall(r"(?:https?:|//)[^\s\"]+", file.read_text("utf-8")) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize("file", [file for file in PICTURES if file.stem != MEASURED], ids=lambda file: file.stem)
def test_a_picture_shows_what_the_program_draws(file: Path, korea: Korea) -> None:
    picture = file.read_text("utf-8")
    command, *shown = (html.unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", picture))
    drawn = korea(*command.split()[1:], "-f", "table", env={"COLUMNS": "100"}).out
    assert "".join("".join(shown).split()) == "".join(drawn.split())
