"""The setting of the benchmarks: where files lie, how often commands are run, and which sizes are measured."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from material import KOREA, LIMIT, path_of
from measure import Cost, compare, middle, run
from questions import SELECTIVE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SIZES = SMALL, _, MIDDLE, LARGE, MILLION = 100, 1_000, 10_000, 100_000, 1_000_000
CHROMIUM = "/usr/bin/chromium"
TOMLI = "import sys, tomli; tomli.loads(open(sys.argv[1], encoding='utf-8').read())"


class Bench(NamedTuple):
    """Where files and indexes lie, how often quick commands are run, and the sizes measured."""

    folder: Path
    environment: Mapping[str, str]
    runs: int
    sizes: Sequence[int]

    def korea(self, size: int, *arguments: str, facts: bool = False) -> tuple[str, ...]:
        """Return a command line for the chronology of a size, without or with facts."""
        return (KOREA, *arguments, "--data", str(path_of(self.folder, size, facts=facts)), "--max-size", LIMIT)

    @property
    def sizes_with_facts(self) -> list[int]:
        """The sizes of which there are chronologies with facts: those that are compared."""
        return [size for size in self.sizes if size in {SMALL, LARGE}]

    def compare(self, commands: Mapping[str, Sequence[str]], runs: int = 0) -> dict[str, Cost]:
        """Measure some commands in turn."""
        return compare(commands, runs or self.runs, self.environment)

    def cold(self, size: int, runs: int) -> Cost:
        """Measure the first command on a chronology, each time as if it had never been read."""
        fresh = dict(self.environment) | {"KOREA_CACHE": str(self.folder / "cold")}
        costs = []
        for _ in range(runs):
            costs.append(run(self.korea(size, *SELECTIVE), fresh))
            shutil.rmtree(fresh["KOREA_CACHE"])
        return middle(costs)

    def tomli(self, size: int) -> tuple[str, ...]:
        """Return a command line that only parses the file."""
        return sys.executable, "-c", TOMLI, str(self.folder / f"{size}.toml")
