"""Each broken file of tests/data/broken gives exactly the problems written beside it; KOREA_UPDATE=1 rewrites them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from korea_cli.checks.load import load

FOLDER = Path(__file__).parents[1] / "data" / "broken"
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_broken_file_gives_the_problems_written_beside_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    said = "".join(f"{problem}\n" for problem in load([file.name]).problems)
    golden = file.with_suffix(".txt")
    if os.environ.get("KOREA_UPDATE"):
        golden.write_text(said, encoding="utf-8")
    assert said
    assert said == golden.read_text(encoding="utf-8")


def test_every_golden_text_has_its_broken_file() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == {file.stem for file in FILES}
