"""Measure what the index of a file costs: the first command on it, and the first one after an edit."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from material import KOREA, LIMIT, path_of, write_toml
from measure import middle, run
from page import at_most, memory
from questions import SELECTIVE

if TYPE_CHECKING:
    from measure import Cost
    from page import Row
    from runner import Bench

_FIRST, _NEXT = 2.2, 1.15  # times of parsing with tomli
_MOST_MEMORY = 700  # MiB


def indexing(bench: Bench, sizes: tuple[int, ...], runs: int) -> list[Row]:
    """Compare the first command on files of some sizes, and the next after one edited record, with parsing them."""
    rows: list[Row] = []
    for size in sizes:
        if not path_of(bench.folder, size).exists():
            write_toml(bench.folder, size)
        parsed, cold = bench.compare({"tomli": bench.tomli(size)}, runs)["tomli"], bench.cold(size, runs)
        of = f"parsing {size:,} events with tomli"
        rows += [
            at_most("first command on new data", cold, _FIRST, of, parsed),
            at_most("next command after one edited record", _edited(bench, size, runs), _NEXT, of, parsed),
        ]
    return [*rows, memory("first command on new data", cold, _MOST_MEMORY)]


def _edited(bench: Bench, size: int, runs: int) -> Cost:
    """Measure the first command after an edit of one title, each time of another record."""
    edited, folder = bench.folder / "edited.toml", bench.folder / "indexed"
    text = path_of(bench.folder, size).read_text("utf-8")
    environment = dict(bench.environment) | {"KOREA_CACHE": str(folder)}
    command = (KOREA, *SELECTIVE, "--data", str(edited), "--max-size", LIMIT)
    edited.write_text(text, "utf-8")
    run(command, environment)
    costs = []
    for number in range(runs):
        text = text.replace(f' of {size // 2 + number}"\n', ' of another day"\n', 1)
        edited.write_text(text, "utf-8")
        costs.append(run(command, environment))
    shutil.rmtree(folder)
    return middle(costs)
