"""Make the files that the benchmarks read: chronologies of several sizes, and the largest in other forms too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generate import chronology
from questions import Files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BIN = Path(sys.executable).parent
KOREA = str(BIN / "korea")
EMPTY_TYPER = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()\n"
LIMIT = str(1 << 33)  # bytes that a file may have


def environment_for(folder: Path) -> dict[str, str]:
    """Give the environment of what is measured: indexes lie in a folder, and compiled modules are kept."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "KOREA_DATA", "KOREA_CACHE", "COLUMNS"}
    own = {"KOREA_CACHE": str(folder / "indexes"), "LC_ALL": "C.UTF-8"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | own


def write_toml(folder: Path, size: int) -> Path:
    """Write a chronology of so many events."""
    path = folder / f"{size}.toml"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(chronology(size))
    return path


def in_all_forms(toml: Path, environment: Mapping[str, str]) -> Files:
    """Write the events of a chronology in the other forms, and keep an index of it where no other index lies.

    Nothing is held in memory as a whole: a process that is measured later counts what this one once held as its own.
    """
    indexes = toml.with_suffix(".indexes")
    environment = {**environment, "KOREA_CACHE": str(indexes)}
    lines, as_csv = _written(toml, "jsonl", environment), _written(toml, "csv", environment)
    as_json, journal = toml.with_suffix(".json"), toml.with_suffix(".journal")
    with lines.open("rb") as rows, as_json.open("wb") as array, journal.open("w", encoding="utf-8") as entries:
        before = b"[\n"
        for row in rows:
            array.write(before + row.rstrip(b"\n"))
            entries.writelines(_entry(json.loads(row)))
            before = b",\n"
        array.write(b"\n]\n")
    (kept,) = indexes.glob("*.index")
    return Files(toml, as_json, as_csv, journal, kept)


def _written(toml: Path, form: str, environment: Mapping[str, str]) -> Path:
    path = toml.with_suffix(f".{form}")
    command = (KOREA, "timeline", "--data", str(toml), "--max-size", LIMIT, "-f", form, "-o", str(path), "--quiet")
    subprocess.run(command, env=environment, check=True)
    return path


def _entry(event: dict[str, Any]) -> Iterator[str]:
    """Give the entry of a double-entry journal for an event: every actor gets one of it."""
    yield f"{event['earliest']} {event['title']}\n"
    yield from (f"    actors:{actor['id']}  1\n" for actor in event["actors"])
    yield "    events\n\n"
