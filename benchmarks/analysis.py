"""Measure the analyst's questions on chronologies with facts, and compare them with their targets."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from page import Row, at_most, memory
from questions import ANALYSIS, LIST, LISTS
from runner import SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from measure import Cost
    from runner import Bench

_RUNS = 3
_MOST = 60  # MiB
_ROW = 4.5  # times as long for each row of an analysis as for each event, whose cells are cut out of stored text


def analysis(bench: Bench) -> dict[str, dict[int, Cost]]:
    """Measure each question at every size in turn."""
    found: dict[str, dict[int, Cost]] = {}
    for name, question in ANALYSIS.items():
        commands = {f"{size}": bench.korea(size, *question.command, facts=True) for size in bench.sizes_with_facts}
        found[name] = {int(size): cost for size, cost in bench.compare(commands, _RUNS).items()}
    return found


def aims_of_analysis(asked: Mapping[str, Mapping[int, Cost]]) -> list[Row]:
    """Compare the questions at the largest size with themselves at the smallest one."""
    of = f"its time on {SMALL} events"
    large = {name: costs[max(costs)] for name, costs in asked.items()}
    rows = [at_most(f"`{name}`", large[name], each.limit, of, asked[name][SMALL]) for name, each in ANALYSIS.items()]
    most = max(large, key=lambda name: large[name].memory)
    return [*rows, memory(f"`{most}`, the most of these", large[most], _MOST)]


def aims_of_lists(bench: Bench) -> list[Row]:
    """Compare lists of everything, which grow with it, with the list of all events: by the time for each row."""
    size = bench.sizes_with_facts[-1]
    commands = {name: bench.korea(size, *name.split(), facts=True) for name in (LIST, *LISTS)}
    costs = bench.compare(commands, _RUNS)
    rows = {name: _lines(bench, command) for name, command in commands.items()}
    per_row = {name: costs[name].cpu / rows[name] * 1e6 for name in commands}
    found = []
    for name in LISTS:
        ratio = per_row[name] / per_row[LIST]
        figure = f"{per_row[name]:.0f} µs vs. {per_row[LIST]:.0f} µs: {ratio:.2f} times"
        target = f"at most {_ROW} times that of `{LIST}`"
        found.append(Row(f"`{name}`, for each of {rows[name]:,} rows", figure, target, ratio <= _ROW))
        found.append(memory(f"`{name}`", costs[name], _MOST))
    return found


def _lines(bench: Bench, command: tuple[str, ...]) -> int:
    """Count the lines that a command writes, without holding them: a process measured later would count them too."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=bench.environment) as process:
        return sum(1 for _ in process.stdout or ())
