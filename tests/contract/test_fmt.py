"""`korea fmt` as it is called: by hand, by an editor through a pipe, by a hook that only wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

UNTIDY = b"# of the topic\r\n[[topics]]\r\nlabel='T' # why\r\nid='t'\r\n"
TIDY = b'# of the topic\r\n[[topics]]\r\nid = "t"\r\nlabel = "T"  # why\r\n'
DIFFERENCE = """\
--- mine.toml (now)
+++ mine.toml (changed)
@@ -1,4 +1,4 @@
 # of the topic
 [[topics]]
-label='T' # why
-id='t'
+id = "t"
+label = "T"  # why
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_bytes(UNTIDY)
    return file


def test_a_file_is_put_in_form_and_stays_in_it(mine: Path, korea: Korea) -> None:
    assert korea("fmt", "mine.toml", cwd=mine.parent) == (0, "Formatted mine.toml\n", "")
    assert mine.read_bytes() == TIDY
    assert korea("fmt", "-d", "mine.toml", cwd=mine.parent) == (0, "Already formatted: mine.toml\n", "")
    assert korea("fmt", "--check", env={"KOREA_DATA": str(mine)}) == (0, "", "")
    assert [path.name for path in mine.parent.iterdir()] == ["mine.toml"]


def test_check_names_what_is_not_in_form_and_exits_1(mine: Path, korea: Korea) -> None:
    said = "korea: mine.toml is not formatted\n"
    assert korea("fmt", "--check", "mine.toml", cwd=mine.parent) == (1, "", said)
    for option in ("--diff", "--dry-run"):
        assert korea("fmt", "--check", option, "mine.toml", cwd=mine.parent) == (1, DIFFERENCE, said)
    assert mine.read_bytes() == UNTIDY


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_the_difference_is_shown_and_nothing_written(option: str, mine: Path, korea: Korea) -> None:
    assert korea("fmt", option, "mine.toml", cwd=mine.parent) == (0, DIFFERENCE, "")
    assert mine.read_bytes() == UNTIDY


def test_a_pipe_goes_through_it(korea: Korea) -> None:
    run = korea.raw("fmt", "-", input=UNTIDY)
    assert (run.returncode, run.stdout, run.stderr) == (0, TIDY, b"")
    checked = korea("fmt", "-", "--check", input=UNTIDY)
    assert checked == (1, "", "korea: standard input is not formatted\n")
    assert korea("fmt", "-", "--check", input=TIDY) == (0, "", "")
    assert korea("fmt", "-", input=b"x = ").code == 3
    shown = DIFFERENCE.replace("mine.toml", "standard input")
    assert korea("fmt", "-", "--diff", input=UNTIDY) == (0, shown, "")
    assert korea("fmt", "-", "--check", "--diff", input=UNTIDY) == (1, shown, checked.err)
    assert korea("fmt", "-", "--diff", input=TIDY) == (0, "", "")


def test_what_cannot_be_read_or_written_is_told(mine: Path, korea: Korea) -> None:
    builtin = korea("fmt")
    assert (builtin.code, builtin.out) == (4, "")
    assert builtin.err.startswith("korea: cannot write the built-in record: ")
    missing = korea("fmt", mine, "nowhere.toml", cwd=mine.parent)
    assert (missing.code, missing.out) == (3, "")
    assert "nowhere.toml: no such file" in missing.err
    assert mine.read_bytes() == UNTIDY
    mine.write_text("x=inf\ny=nan\nz=-nan\n")
    assert korea("fmt", mine) == (0, f"Formatted {mine}\n", "")
    assert mine.read_text() == "x = inf\ny = nan\nz = -nan\n"


def test_sorting_is_done_when_asked_for(tmp_path: Path, korea: Korea) -> None:
    topics = [f'[[topics]]\nid = "{id_}"\nlabel = "L"\n' for id_ in ("b", "a")]
    (tmp_path / "mine.toml").write_text("\n".join(topics), "utf-8")
    assert korea("fmt", "--check", "mine.toml", cwd=tmp_path).code == 0
    assert korea("fmt", "--sort", "mine.toml", cwd=tmp_path) == (0, "Formatted mine.toml\n", "")
    assert (tmp_path / "mine.toml").read_text("utf-8") == "\n".join(topics[::-1])


def test_no_comment_of_the_built_in_record_is_touched(korea: Korea) -> None:
    run = korea("fmt", "--diff", "-d", "builtin")
    assert (run.code, run.err) == (0, "")
    assert [line for line in run.out.splitlines() if line[:2] in {"-#", "+#"}] == []
