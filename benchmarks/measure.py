"""Run commands as whole processes, in turn, and read what the operating system says each cost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NOWHERE = Path("/dev/zero")  # grep knows /dev/null, and stops there at its first match
_MIB = 1024 * (1024 if sys.platform == "darwin" else 1)  # the kernel counts kilobytes, that of macOS bytes


class Cost(NamedTuple):
    """What one run cost: CPU seconds (user and system), wall seconds, and the most memory it held, in MiB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command once, its output thrown away; raises RuntimeError when it fails."""
    begun = perf_counter()
    with (
        _NOWHERE.open("wb") as nowhere,
        subprocess.Popen(command, stdout=nowhere, stderr=subprocess.PIPE, env=environment) as process,
    ):
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said.decode(errors='replace')}")
    return Cost(used.ru_utime + used.ru_stime, perf_counter() - begun, used.ru_maxrss / _MIB)


def compare(
    commands: Mapping[str, Sequence[str]], runs: int, environment: Mapping[str, str] | None = None
) -> dict[str, Cost]:
    """Run several commands in turn, A B C A B C …, after one run of each that does not count; give the medians."""
    for command in commands.values():
        run(command, environment)
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(run(command, environment))
    return {name: middle(costs) for name, costs in found.items()}


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(*map(median, zip(*costs, strict=True)))
