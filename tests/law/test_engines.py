"""The same questions on SQLite and on DuckDB have the same answers, in the same order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from law.engines import engine_differences

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("duckdb", reason="needs duckdb")

SEED = int(os.environ.get("KOREA_SEED") or 1)
CHRONOLOGIES, QUESTIONS, PARTS = 8, 20, 4  # `make fuzz ENGINES=1` asks more


@pytest.mark.random
@pytest.mark.parametrize("part", range(PARTS))
def test_duckdb_answers_as_sqlite_does(part: int, tmp_path: Path) -> None:
    for number in range(part, CHRONOLOGIES, PARTS):
        for found in engine_differences(SEED, number, tmp_path, QUESTIONS):
            pytest.fail(str(found))
