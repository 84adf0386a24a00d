"""Change the program in one small place at a time, and count how often the tests of its area notice: `make mutants`.

The changes are those of Cosmic Ray. Each is made in memory, in a fork that then runs those of the area's tests that
reach its place, and in the forks in which these run the program: the files stay as they are. Only a program started by
itself does not see the change.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import resource
import signal
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from changed import ASKED, change_as_asked
from reached import Chooser, Recorder, mark_lines, read_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "korea_cli"
IMPORTS = tuple(f"import_{name}" for name in ("asking", "dates", "shapes", "values"))
# Each area: its modules, and the tests that must notice a change of them, the quick ones first.
AREAS = {
    "dates": (
        ("dates",),
        (
            "dates/test_errors.py", "dates/test_format.py", "dates/test_edtf.py", "dates/test_typed.py", "dates",
            "contract/test_order_and_folding.py", "ingest/test_sheet_dates.py",
        ),
    ),
    "query": (
        ("query", "base/tokenize.py"),
        (
            "base/test_tokenize.py", "query", "analysis/test_aggregates.py", "report/test_report.py",
            "contract/test_hints.py", "law/test_law.py",
        ),
    ),
    "editing": (
        ("editing",),
        ("editing", *(f"contract/test_{name}.py" for name in ("set", "writing", "edit", "fmt", "check_fix"))),
    ),
    "cache": (
        ("cache",),
        tuple(
            f"cache/test_{name}.py"
            for name in ("stamp", "progress_of_index", "kept", "validity", "place", "building", "inventory", "damage")
        ),
    ),
    "ingest": (
        ("ingest",),
        ("ingest", *(f"contract/test_{name}.py" for name in ("add", "import", "set", "update", *IMPORTS))),
    ),
}  # fmt: skip
# What changes nothing: annotations are never run, and small numbers and texts are identical where they are equal.
UNUSED = ("ReplaceBinaryOperator_BitOr_", "Eq_Is", "Eq_IsNot", "Is_Eq", "IsNot_NotEq")
LONGER = 10  # times the CPU time of the tests without a change: then it counts as noticed
# The exit statuses of pytest with which a change was noticed: a test failed, or could not be collected.
NOTICED = {int(pytest.ExitCode.TESTS_FAILED), int(pytest.ExitCode.INTERRUPTED), int(pytest.ExitCode.USAGE_ERROR)}


class Mutant(NamedTuple):
    """A change: the file, the line, the name of the operator and which of its places in that file."""

    path: Path
    line: int
    operator: str
    occurrence: int

    def code(self) -> str:
        """Return the text of the changed file."""
        return str(mutate_code(self.path.read_text("utf-8"), get_operator(self.operator)(), self.occurrence))

    def __str__(self) -> str:
        """Name the place and show its line as it becomes."""
        before, after = self.path.read_text("utf-8").splitlines(), self.code().splitlines()
        line = next((new for old, new in zip(before, after, strict=False) if old != new), "").strip()
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.operator.partition('/')[2]}: {line}"


def main() -> int:
    """Measure each area, and print the score and what was not noticed."""
    asked = _arguments()
    for area in asked.areas or AREAS:
        chosen = sample(area, asked.sample, asked.seed)
        left = list(survivors(area, chosen))
        print(*(f"  not noticed: {mutant}" for mutant in left), sep="\n")
        noticed = len(chosen) - len(left)
        print(f"{area}: {noticed} of {len(chosen)} changes noticed, {noticed / len(chosen):.0%} (seed {asked.seed})")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"one of: {', '.join(AREAS)} (default: all)")
    parser.add_argument("--sample", type=int, default=60, metavar="N", help="changes for each area (default 60)")
    parser.add_argument("--seed", type=int, default=1, help="which changes these are (default 1)")
    return parser.parse_args()


def sample(area: str, size: int, seed: int) -> list[Mutant]:
    """Choose some places of an area, and of each place one change."""
    places = defaultdict(list)
    for mutant, place in mutants(area):
        places[mutant.path, place].append(mutant)
    dice = random.Random(f"{seed} {area}")  # noqa: S311 - not for secrets
    chosen = dice.sample(sorted(places), min(size, len(places)))
    return [dice.choice(places[place]) for place in chosen]


def mutants(area: str) -> Iterator[tuple[Mutant, tuple[int, int]]]:
    """Yield every change of an area, with its place in the file."""
    operators = [name for name in operator_names() if not get_operator(name).arguments()]
    for path in paths(area):
        text = path.read_text("utf-8")
        nodes, unrun = list(ast_nodes(get_ast(text))), lines_for_types(text) | lines_that_remember(text)
        for name in operators:
            if any(unused in name for unused in UNUSED):
                continue
            operator = get_operator(name)()
            found = [start for node in nodes for start, _ in operator.mutation_positions(node)]
            yield from (
                (Mutant(path, place[0], name, number), place)
                for number, place in enumerate(found)
                if place[0] not in unrun
            )


def lines_for_types(text: str) -> set[int]:
    """Return the lines of a file that only annotations need: those under `if TYPE_CHECKING`, and that line itself."""
    blocks = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.If))
    return {
        line
        for node in blocks
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" and not node.orelse
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def lines_that_remember(text: str) -> set[int]:
    """Return the lines of decorators that only save work: without them the same is found again, and later."""
    return {
        number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*@(cache|lru_cache|once)\b", line)
    }


def paths(area: str) -> list[Path]:
    """List the files of an area."""
    names = [SOURCE / name for name in AREAS[area][0]]
    return [path for name in names for path in (sorted(name.rglob("*.py")) if name.is_dir() else [name])]


def survivors(area: str, chosen: Sequence[Mutant]) -> Iterator[Mutant]:
    """Yield the changes that the tests of an area do not notice; each is tried with the tests that reach its place."""
    for number, (mutant, tests) in enumerate(zip(chosen, reach(area, chosen), strict=True), 1):
        noticed = tests and tested(mutant, tests)
        print(f"\r{area}: {number} of {len(chosen)}", end="", file=sys.stderr, flush=True)
        if not noticed:
            yield mutant


def reach(area: str, chosen: Sequence[Mutant]) -> list[dict[str, float]]:
    """Return the tests of an area that reach the place of each change, with the seconds that each takes."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (marks := folder / "marks").mkdir()
        changes, always = [], set()
        for place, path in enumerate({mutant.path for mutant in chosen}):
            lines = {str(number): mutant.line for number, mutant in enumerate(chosen) if mutant.path == path}
            text, once = mark_lines(path.read_text("utf-8"), lines, marks)
            (changed := folder / f"{place}.py").write_text(text, "utf-8")
            changes.append(f"{path}:{changed}")
            always |= once
        recorder = Recorder(marks, folder / "record.json")
        tests = [str(ROOT / "tests" / name) for name in AREAS[area][1]]
        if forked("\n".join(changes), resource.RLIM_INFINITY, tests, [recorder]):
            raise SystemExit(f"the tests of {area} fail without a change")
        found = read_record(folder / "record.json")
    return [
        {test: each.seconds for test, each in found.items() if name in each.marks | always}
        for name in map(str, range(len(chosen)))
    ]


def tested(mutant: Mutant, tests: Mapping[str, float]) -> bool:
    """Return whether some tests notice a change."""
    with NamedTemporaryFile("w", encoding="utf-8") as changed:
        changed.write(mutant.code())
        changed.flush()
        files = dict.fromkeys(str(ROOT / name.partition("::")[0]) for name in tests)
        limit = int(LONGER * sum(tests.values())) + 10
        return forked(f"{mutant.path}:{changed.name}", limit, ["-x", *files], [Chooser(set(tests))])


def forked(changes: str, seconds: int, arguments: Sequence[str], plugins: Sequence[object]) -> bool:
    """Run pytest with changes, in a fork that may use so many seconds; return whether a test failed."""
    if not (child := os.fork()):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        signal.alarm(3600)  # for what waits and uses no time
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        os.environ[ASKED] = changes
        change_as_asked()
        os._exit(pytest.main(["-q", "-n0", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments], list(plugins)))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code > 0 and code not in NOTICED:
        raise SystemExit(f"pytest ended with status {code}")
    return bool(code)


if __name__ == "__main__":
    sys.exit(main())
