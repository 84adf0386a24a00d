"""Measure an export as Parquet: its writing, questions about few records of it, and all of it at two sizes."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from korea_cli.reading.locate import PARQUET
from material import KOREA, write_toml
from measure import run
from page import Row, at_most, memory
from runner import LARGE, MIDDLE
from scale import QUESTIONS, hand_written

if TYPE_CHECKING:
    from pathlib import Path

    from measure import Cost
    from runner import Bench

_RUNS = 3
_SELECTIVE, _FIRST = "an actor, a word and a year", "the first 20 events"
_GROWTH, _MEMORY = 12, 350  # times for ten times as many events; MiB
_LOADED = (sys.executable, "-c", "import duckdb; duckdb.sql('SELECT 1').fetchall()")


def exports(bench: Bench) -> list[Row]:
    """Export two chronologies, and compare questions about the exports with SQL by hand, and with each other."""
    folders = {size: bench.folder / f"{size}-export" for size in (MIDDLE, LARGE)}
    exported = {size: _export(bench, size, folder) for size, folder in folders.items()}
    commands = {name: _asked(folders[LARGE], *QUESTIONS[name]) for name in (_SELECTIVE, _FIRST)}
    commands |= {"by hand": tuple(hand_written(folders[LARGE])), "duckdb": _LOADED}
    for form in ("jsonl", "csv"):
        commands |= {f"{form} {size}": _asked(folder, "timeline", "-f", form, "-q") for size, folder in folders.items()}
    found = bench.compare(commands, _RUNS)
    of = f"its time on {MIDDLE:,} events"
    return [
        at_most(_command(_SELECTIVE), found[_SELECTIVE], 4, "SQL by hand on DuckDB", found["by hand"]),
        at_most(_command(_FIRST), found[_FIRST], 4, "starting Python with DuckDB", found["duckdb"]),
        *(
            at_most(f"`timeline -f {form}`", found[f"{form} {LARGE}"], _GROWTH, of, found[f"{form} {MIDDLE}"])
            for form in ("jsonl", "csv")
        ),
        memory("`timeline -f jsonl`", found[f"jsonl {LARGE}"], _MEMORY),
        at_most("`export -f parquet`", exported[LARGE], _GROWTH, of, exported[MIDDLE]),
    ]


def _export(bench: Bench, size: int, folder: Path) -> Cost:
    """Export a chronology that has an index."""
    write_toml(bench.folder, size)
    shutil.rmtree(folder, ignore_errors=True)
    run(bench.korea(size, "timeline", "--count"), bench.environment)
    return run(bench.korea(size, "export", "-f", "parquet", "-o", str(folder), "-q"), bench.environment)


def _asked(folder: Path, *words: str) -> tuple[str, ...]:
    return (KOREA, *words, "-d", f"{PARQUET}{folder}")


def _command(question: str) -> str:
    return f"`{' '.join(QUESTIONS[question])}`"
