"""The same questions on SQLite and on Spark have the same answers, in the same order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from law.engines import engine_differences

if TYPE_CHECKING:
    from pathlib import Path

    from spark.conftest import Cluster

pytest.importorskip("duckdb", reason="needs duckdb")

SEED = int(os.environ.get("KOREA_SEED") or 1)
CHRONOLOGIES, QUESTIONS = int(os.environ.get("CHRONOLOGIES") or 2), 12


@pytest.mark.random
@pytest.mark.parametrize("number", range(CHRONOLOGIES))
def test_spark_answers_as_sqlite_does(number: int, cluster: Cluster, tmp_path: Path) -> None:
    def name_of(export: Path) -> str:
        return cluster.register(export, f"law_{number}")

    for found in engine_differences(SEED, number, tmp_path, QUESTIONS, name_of):
        pytest.fail(str(found))
