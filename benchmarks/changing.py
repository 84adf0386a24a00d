"""Measure changes of one record in a large chronology: `set`, `add` and `import` of a sheet with one row."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from material import KOREA, LIMIT, path_of
from measure import middle, run
from page import at_most, memory

if TYPE_CHECKING:
    from measure import Cost
    from page import Row
    from runner import Bench

_MOST_TIMES, _MOST_MEMORY = 1.5, 600  # MiB
_ROW = "Date,Title,Who,Source\n2001-05-06,A row that no event has,a1,s1\n"


def changes(bench: Bench, size: int, runs: int) -> list[Row]:
    """Compare a change of one record, each time of a copy that no command has read, with parsing the file."""
    sheet, copy = bench.folder / "row.csv", bench.folder / "changed.toml"
    sheet.write_text(_ROW, "utf-8")
    commands = {
        "`set`": ("set", f"e{size // 2}", "status=reported"),
        "`add`": ("add", "event", "--title", "A new event", "--date", "2001-05-06", "--actor", "a1"),
        "`import` of one row": ("import", str(sheet), "--quiet"),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in ("tomli", *commands)}
    for _ in range(runs):
        costs["tomli"].append(run(bench.tomli(size), bench.environment))
        for name, words in commands.items():
            shutil.copyfile(path_of(bench.folder, size), copy)
            command = (KOREA, *words, "--data", str(copy), "--max-size", LIMIT)
            costs[name].append(run(command, bench.environment))
    parsed, *changed = (middle(each) for each in costs.values())
    times = [
        at_most(name, cost, _MOST_TIMES, "parsing with tomli", parsed)
        for name, cost in zip(commands, changed, strict=True)
    ]
    return [*times, *(memory(name, cost, _MOST_MEMORY) for name, cost in zip(commands, changed, strict=True))]
