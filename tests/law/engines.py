"""The answers of two engines to one question, which must be the same, in the same order."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from korea_cli import open_chronology
from korea_cli.checks.load import load_valid
from korea_cli.model.records import RECORD_TYPES
from law.chronologies import chronology, toml_of
from law.comparing import AT_ONCE, TODAY, Difference, ask, drawn
from law.questions import question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from korea_cli.chronology import Chronology
    from law.questions import Question


def engine_differences(seed: int, number: int, folder: Path, most: int = AT_ONCE) -> Iterator[Difference]:
    """Ask SQLite and DuckDB random questions about one random chronology; yield each whose answers differ."""
    from korea_cli.store.parquet_writer import write_parquet

    tables = chronology(drawn(seed, number))
    path, export = folder / f"law-{number}.toml", folder / f"law-{number}"
    path.write_text(toml_of(tables), "utf-8")
    export.mkdir()
    draft = load_valid([str(path)]).draft
    write_parquet(export, draft)
    records = {f"{type_}s": draft.records[f"{type_}s"] for type_ in RECORD_TYPES}
    with (
        open_chronology(path, today=TODAY, cache=False) as sqlite,
        open_chronology(f"parquet:{export}", today=TODAY) as duckdb,
    ):
        for place in range(most):
            asked = question(drawn(seed, number, place), records)
            if what := _difference(sqlite, duckdb, asked):
                yield Difference(seed, number, tables, asked, what)


def _difference(sqlite: Chronology, duckdb: Chronology, asked: Question) -> str:
    try:
        one, other = ask(sqlite, asked), ask(duckdb, asked)
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"internal error: {traceback.format_exc()}"
    return "" if one == other else f"SQLite:\n{one}\nDuckDB:\n{other}"
