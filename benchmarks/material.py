"""Make the files that the benchmarks read: chronologies of several sizes, and the largest in other forms too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generate import chronology
from rivals import Files, entry_for_jrnl, entry_for_ledger, entry_for_taskwarrior, prepare

if TYPE_CHECKING:
    from collections.abc import Mapping

BIN = Path(sys.executable).parent
KOREA = str(BIN / "korea")
EMPTY_TYPER = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()\n"
LIMIT = str(1 << 33)  # bytes that a file may have


def environment_for(folder: Path) -> dict[str, str]:
    """Return the environment of what is measured: indexes lie in a folder, and compiled modules are kept."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "KOREA_DATA", "KOREA_CACHE", "COLUMNS"}
    own = {"KOREA_CACHE": str(folder / "indexes"), "LC_ALL": "C.UTF-8"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | own


def path_of(folder: Path, size: int, *, facts: bool = False) -> Path:
    """Return where the chronology of so many events is."""
    return folder / f"{size}{'-facts' if facts else ''}.toml"


def write_toml(folder: Path, size: int, *, facts: bool = False) -> None:
    """Write a chronology of so many events, without or with facts."""
    with path_of(folder, size, facts=facts).open("w", encoding="utf-8") as stream:
        stream.writelines(chronology(size, facts=facts))


def in_all_forms(toml: Path, environment: Mapping[str, str]) -> Files:
    """Write the events of a chronology in the other forms, and keep an index of it where no other index lies.

    Nothing is held in memory as a whole: a process that is measured later counts what this one once held as its own.
    """
    indexes = toml.with_suffix(".indexes")
    environment = {**environment, "KOREA_CACHE": str(indexes)}
    lines, as_csv = _written(toml, "jsonl", environment), _written(toml, "csv", environment)
    (kept,) = indexes.glob("*.index")
    tasks = toml.with_suffix(".tasks") / "pending.data"
    tasks.parent.mkdir()
    ledger, jrnl = toml.with_suffix(".journal"), toml.with_suffix(".diary")
    _written_as_array(lines, toml.with_suffix(".json"))
    for path, entry in ((ledger, entry_for_ledger), (jrnl, entry_for_jrnl), (tasks, entry_for_taskwarrior)):
        with lines.open("rb") as rows, path.open("w", encoding="utf-8") as entries:
            entries.writelines(entry(json.loads(row)) for row in rows)
    files = Files(toml, toml.with_suffix(".json"), as_csv, ledger, jrnl, tasks, kept)
    prepare(files, environment)
    return files


def _written_as_array(lines: Path, path: Path) -> None:
    with lines.open("rb") as rows, path.open("wb") as array:
        before = b"[\n"
        for row in rows:
            array.write(before + row.rstrip(b"\n"))
            before = b",\n"
        array.write(b"\n]\n")


def _written(toml: Path, form: str, environment: Mapping[str, str]) -> Path:
    path = toml.with_suffix(f".{form}")
    command = (KOREA, "timeline", "--data", str(toml), "--max-size", LIMIT, "-f", form, "-o", str(path), "--quiet")
    subprocess.run(command, env=environment, check=True)
    return path
