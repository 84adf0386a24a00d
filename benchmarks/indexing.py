"""Measure what the index of a file costs: the first command on it, and the first one after an edit."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from material import KOREA, LIMIT, path_of, write_toml
from measure import middle, run
from page import at_most, memory
from questions import SELECTIVE

if TYPE_CHECKING:
    from collections.abc import Callable

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
            at_most("next command after one edited record", _next(bench, size, runs, _edit), _NEXT, of, parsed),
            at_most("next command after a new event and its source", _next(bench, size, runs, _add), _NEXT, of, parsed),
        ]
    return [*rows, memory("first command on new data", cold, _MOST_MEMORY)]


def _next(bench: Bench, size: int, runs: int, change: Callable[[str, int], str]) -> Cost:
    """Measure the first command after a change of the text, each time at another place, by a number."""
    edited, folder = bench.folder / "edited.toml", bench.folder / "indexed"
    text = path_of(bench.folder, size).read_text("utf-8")
    environment = dict(bench.environment) | {"KOREA_CACHE": str(folder)}
    command = (KOREA, *SELECTIVE, "--data", str(edited), "--max-size", LIMIT)
    edited.write_text(text, "utf-8")
    run(command, environment)
    costs = []
    for number in range(runs):
        text = change(text, size // 2 + number)
        edited.write_text(text, "utf-8")
        costs.append(run(command, environment))
    shutil.rmtree(folder)
    return middle(costs)


def _edit(text: str, number: int) -> str:
    """Return a text with another title of an event."""
    return text.replace(f' of {number}"\n', ' of another day"\n', 1)


def _add(text: str, number: int) -> str:
    """Return a text with a source after the first, and an event that cites it after others."""
    source = f'[[sources]]\nid = "s-new{number}"\ntype = "article"\ntitle = "Another source"\n\n'
    event = f'[[events]]\nid = "e-new{number}"\ntitle = "Another"\ndate = "2017-07"\nsources = ["s-new{number}"]\n\n'
    text = text.replace('[[sources]]\nid = "s1"\n', f'{source}[[sources]]\nid = "s1"\n', 1)
    return text.replace(f'[[events]]\nid = "e{number}"\n', f'{event}[[events]]\nid = "e{number}"\n', 1)
