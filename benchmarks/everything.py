"""Measure answers about all of a chronology, and how the time of every command in every format grows with it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from korea_cli import formats
from material import write_toml
from measure import run
from page import Row, at_most, memory
from runner import LARGE, MIDDLE, SMALL

if TYPE_CHECKING:
    from measure import Cost
    from runner import Bench

_COUNTED = ("actors", "topics", "stats")
_RUNS = 3
_LITTLE, _MOST = MIDDLE // 10, 12
_COMMANDS = (
    "timeline", "facts", "actors", "topics", "sources", "search radar", "actor a7", "stats", "stats --by actor",
    "chart", "chart --lanes actor", "disputes", "positions", "pairs", "gaps", "export", "check",
)  # fmt: skip


def about_everything(bench: Bench) -> list[Row]:
    """Compare counts of all of a large chronology with those of a small one, and sheets of all with JSON Lines."""
    write_toml(bench.folder, SMALL)
    commands = {f"{name} {size}": bench.korea(size, name) for name in _COUNTED for size in (SMALL, LARGE)}
    commands |= {form: bench.korea(LARGE, "timeline", "-f", form, "-q") for form in ("jsonl", "csv", "tsv")}
    found = bench.compare(commands, _RUNS)
    of = f"its time on {SMALL} events"
    rows = [at_most(f"`{name}`", found[f"{name} {LARGE}"], 2, of, found[f"{name} {SMALL}"]) for name in _COUNTED]
    sheets = ("csv", "tsv")
    rows += [
        at_most(f"`timeline -f {form}`", found[form], 2.5, "`timeline -f jsonl`", found["jsonl"]) for form in sheets
    ]
    return [*rows, memory("`timeline -f csv`", found["csv"], 40)]


def growth_of_all(bench: Bench) -> list[Row]:
    """Compare each command in each format on a chronology with facts with itself on one of a tenth of the events."""
    for size in (_LITTLE, MIDDLE):
        write_toml(bench.folder, size, facts=True)
        for command in (
            ("export", "-f", "jsonl"),
            ("search", "radar"),
            ("stats",),
        ):  # which make all parts of the index
            run(bench.korea(size, *command, facts=True), bench.environment)
    return [_slowest(bench, command) for command in _COMMANDS]


def _slowest(bench: Bench, command: str) -> Row:
    """Return the format of a command whose time grows most."""
    grown: dict[str, tuple[float, Cost, Cost]] = {}
    for form in formats.names():
        commands = [bench.korea(size, *command.split(), "-f", form, "-q", facts=True) for size in (_LITTLE, MIDDLE)]
        if subprocess.run(commands[0], env=bench.environment, capture_output=True, check=False).returncode in {0, 1}:
            first, second = (_cost(bench, each) for each in commands)
            grown[form] = second.cpu / first.cpu, first, second
    worst = max(grown, key=lambda form: grown[form][0])
    ratio, first, second = grown[worst]
    figure = f"{worst}: {second.cpu * 1000:.0f} ms vs. {first.cpu * 1000:.0f} ms: {ratio:.1f} times"
    target = f"at most {_MOST} times its time on {_LITTLE:,} events"
    return Row(f"`{command}` in {len(grown)} formats, at most", figure, target, ratio <= _MOST)


def _cost(bench: Bench, command: tuple[str, ...]) -> Cost:
    """Measure a command that may have found something to report."""
    return run(("sh", "-c", '"$@" || [ $? = 1 ]', "sh", *command), bench.environment)
