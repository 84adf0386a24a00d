"""The answers of two engines to one question, which must be the same, in the same order."""

from __future__ import annotations

import json
import traceback
from typing import TYPE_CHECKING, Any

from korea_cli import open_chronology
from korea_cli.checks.load import load_valid
from korea_cli.model.records import RECORD_TYPES
from law.chronologies import chronology, toml_of
from law.comparing import AT_ONCE, TODAY, Difference, ask, drawn
from law.questions import question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from korea_cli.chronology import Chronology
    from law.questions import Question


def without_files(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Return an answer without what names the data files, and lines in them."""
    document = json.loads(text, object_hook=lambda each: {k: v for k, v in each.items() if k not in {"file", "line"}})
    document["chronology"].pop("files")
    return document


def on_duckdb(export: Path) -> str:
    """Return the name by which DuckDB reads an export."""
    return f"parquet:{export}"


def engine_differences(
    seed: int, number: int, folder: Path, most: int = AT_ONCE, name_of: Callable[[Path], str] = on_duckdb
) -> Iterator[Difference]:
    """Ask SQLite and another engine random questions about one random chronology; yield each whose answers differ.

    name_of: makes an export one of that engine, and returns the name by which it reads it.
    """
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
        open_chronology(name_of(export), today=TODAY) as other,
    ):
        for place in range(most):
            asked = question(drawn(seed, number, place), records)
            if what := _difference(sqlite, other, asked):
                yield Difference(seed, number, tables, asked, what)


def _difference(sqlite: Chronology, other: Chronology, asked: Question) -> str:
    try:
        one, another = ask(sqlite, asked), ask(other, asked)
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"internal error: {traceback.format_exc()}"
    return "" if one == another else f"SQLite:\n{one}\nThe other:\n{another}"
