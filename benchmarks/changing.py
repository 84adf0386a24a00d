"""Measure changes: of one record in a large chronology, and by every command that edits one of the size of a book."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from material import KOREA, LIMIT, path_of
from measure import middle, run
from page import at_most, memory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from measure import Cost
    from page import Row
    from runner import Bench

_MOST_TIMES, _MOST_MEMORY = 1.5, 600  # MiB
_EDIT_TIMES, _FORMAT_TIMES = 2, 4  # of parsing: editing single records, and rewriting the whole file
_ROW = "Date,Title,Who,Source\n2001-05-06,A row that no event has,a1,s1\n"


def changes(bench: Bench, size: int, runs: int) -> list[Row]:
    """Compare a change of one record, each time of a copy that no command has read, with parsing the file."""
    sheet = bench.folder / "row.csv"
    sheet.write_text(_ROW, "utf-8")
    commands = {
        "`set`": ("set", f"e{size // 2}", "status=reported"),
        "`add`": ("add", "event", "--title", "A new event", "--date", "2001-05-06", "--actor", "a1"),
        "`import` of one row": ("import", str(sheet), "--quiet"),
    }
    parsed, costs = _measured(bench, size, runs, commands)
    times = [at_most(name, cost, _MOST_TIMES, "parsing with tomli", parsed) for name, cost in costs.items()]
    return [*times, *(memory(name, cost, _MOST_MEMORY) for name, cost in costs.items())]


def edits(bench: Bench, size: int, runs: int) -> list[Row]:
    """Compare every command that edits a file with parsing it; that of an actor changes hundreds of records."""
    event, other = f"e{size // 2}", str(bench.folder / "moved.toml")
    commands = {
        "`set`": ("set", event, "status=reported"),
        "`add`": ("add", "event", "--title", "A new event", "--date", "2001-05-06", "--actor", "a1"),
        "`rename` of an event": ("rename", event, "renamed"),
        "`rename` of an actor in many events": ("rename", "a1", "renamed"),
        "`merge` of two actors": ("merge", "a150", "a151"),
        "`merge` of two actors in many events": ("merge", "a1", "a2"),
        "`move`": ("move", event, other),
        "`fmt`": ("fmt",),
    }
    parsed, costs = _measured(bench, size, runs, commands, other)
    return [
        at_most(name, cost, _FORMAT_TIMES if name == "`fmt`" else _EDIT_TIMES, "parsing with tomli", parsed)
        for name, cost in costs.items()
    ]


def _measured(
    bench: Bench, size: int, runs: int, commands: Mapping[str, Sequence[str]], made: str = ""
) -> tuple[Cost, dict[str, Cost]]:
    """Return what parsing a file costs, and what commands cost, each time of a copy that no command has read.

    made: a file that a command creates, which is removed before the next.
    """
    copy = bench.folder / "changed.toml"
    costs: dict[str, list[Cost]] = {name: [] for name in ("tomli", *commands)}
    for _ in range(runs):
        costs["tomli"].append(run(bench.tomli(size), bench.environment))
        for name, words in commands.items():
            shutil.copyfile(path_of(bench.folder, size), copy)
            if made:
                Path(made).unlink(missing_ok=True)
            command = (KOREA, *words, "--data", str(copy), "--max-size", LIMIT)
            costs[name].append(run(command, bench.environment))
    return middle(costs.pop("tomli")), {name: middle(each) for name, each in costs.items()}
