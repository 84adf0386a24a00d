"""The same questions on SQLite and on DuckDB have the same answers, in the same order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.checks.load import load_valid
from korea_cli.model.records import RECORD_TYPES
from law.chronologies import chronology, toml_of
from law.comparing import TODAY, ask, drawn
from law.questions import question

if TYPE_CHECKING:
    from pathlib import Path

parquet_writer = pytest.importorskip("korea_cli.store.parquet_writer", reason="needs duckdb", exc_type=ImportError)

SEED = int(os.environ.get("KOREA_SEED") or 1)
CHRONOLOGIES, QUESTIONS, PARTS = 12, 20, 4


@pytest.mark.random
@pytest.mark.parametrize("part", range(PARTS))
def test_duckdb_answers_as_sqlite_does(part: int, tmp_path: Path) -> None:
    for number in range(part, CHRONOLOGIES, PARTS):
        path, folder = tmp_path / f"law-{number}.toml", tmp_path / f"law-{number}"
        path.write_text(toml_of(chronology(drawn(SEED, number))), "utf-8")
        draft = load_valid([str(path)]).draft
        folder.mkdir()
        parquet_writer.write_parquet(folder, draft)
        with (
            open_chronology(path, today=TODAY, cache=False) as lite,
            open_chronology(f"parquet:{folder}", today=TODAY) as duck,
        ):
            records = {f"{type_}s": draft.records[f"{type_}s"] for type_ in RECORD_TYPES}
            for place in range(QUESTIONS):
                asked = question(drawn(SEED, number, place), records)
                assert ask(duck, asked) == ask(lite, asked), (number, place, asked)
