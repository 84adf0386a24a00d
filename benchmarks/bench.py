"""Measure the program as a user runs it, compare it with other programs, and write the results.

`make bench` writes docs/benchmarks.md and its picture. It takes a quarter of an hour and 8 GB of memory, because it
goes up to a million events. `--up-to` stops earlier. `--try` measures a little and prints the page. `--only SECTION`
measures one section and replaces it in a page of the same machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from analysis import aims_of_analysis, aims_of_lists, analysis
from changing import changes, edits
from everything import about_everything, growth_of_all
from exported import exports
from growth import drawn
from indexing import indexing
from material import environment_for, in_all_forms, write_toml
from page import Row, at_least, at_most, machine, memory, page, with_section
from questions import DUMP, FURTHER, SELECTIVE, questions
from rivals import DUMP_RIVAL, RIVALS, SITE_PACKAGES, dump_with_jq, install
from runner import CHROMIUM, LARGE, MIDDLE, MILLION, SIZES, SMALL, Bench
from starting import start_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from measure import Cost
    from rivals import Files

DOCS = Path(__file__).parents[1] / "docs"
_RATE = 10_000  # rows a second that an import takes at least
_FLAT = 64  # MiB: a program with all it needs to import, and what it knows of a hundred thousand rows
_ON_A_PAGE, _ON_A_SHORT_PAGE = 2_000, 100  # events
_LARGEST_PAGE = 2_000_000  # bytes
_FEW = 3  # runs of what takes seconds
INDEXED = "The first command, and the next after an edit"
STARTED, PAGED = "Start-up with the built-in record", f"The page of {_ON_A_PAGE:,} events"
_EDITED = 5_000  # events
EDITED = f"Edits of {_EDITED:,} events"
EVERYTHING, GROWING = f"All of {LARGE:,} events", f"Every command and format, {MIDDLE:,} events"
EXPORTED = f"An export of {LARGE:,} events as Parquet"
CHANGED, IMPORTED = f"Changes of one record among {LARGE:,} events", f"Import of {LARGE:,} rows"


def main() -> int:
    """Measure, and write the page or print it; give the exit status."""
    asked = _arguments()
    install()
    sizes = [size for size in SIZES if size <= (1000 if asked.try_ else asked.up_to)]
    with TemporaryDirectory(prefix="korea-bench-") as name:
        folder = Path(name)
        bench = Bench(folder, environment_for(folder), 3 if asked.try_ else asked.runs, sizes)
        if asked.only:
            return renew(bench, asked.only)
        for size in sizes:
            write_toml(folder, size)
        for size in bench.sizes_with_facts:
            write_toml(folder, size, facts=True)
        text, picture = measured(bench)
    if asked.try_:
        print(text)
        return 0
    (DOCS / "benchmarks.md").write_text(text, "utf-8")
    (DOCS / "pictures" / "growth.svg").write_text(picture, "utf-8")
    print("Updated docs/benchmarks.md and docs/pictures/growth.svg")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--up-to", type=int, default=MILLION, metavar="N", help="largest chronology to measure")
    parser.add_argument("--runs", type=int, default=7, help="runs of quick commands (default: 7)")
    parser.add_argument("--try", dest="try_", action="store_true", help="measure a little, and print the page")
    parser.add_argument("--only", choices=ALONE, help="measure this section only")
    return parser.parse_args()


def renew(bench: Bench, only: str) -> int:
    """Measure one section and replace it in the page; return the exit status, 1 if that is of another machine."""
    text = (DOCS / "benchmarks.md").read_text("utf-8")
    if machine() not in text:
        print("docs/benchmarks.md is of another machine, Python or version: measure all of it", file=sys.stderr)
        return 1
    title, measure, size = ALONE[only]
    if size:
        write_toml(bench.folder, size)
    (DOCS / "benchmarks.md").write_text(with_section(text, title, measure(bench)), "utf-8")
    print(f"Updated '{title}' in docs/benchmarks.md")
    return 0


def measured(bench: Bench) -> tuple[str, str]:
    """Return the page and the picture."""
    sections = {STARTED: start_up(bench)}
    grown = growth(bench)
    large = LARGE if LARGE in bench.sizes else bench.sizes[-1]
    files = in_all_forms(bench.folder / f"{large}.toml", bench.environment)
    require_same(bench, large, files)
    rivals = bench.compare({each.program: each.asked(files) for each in RIVALS if each.path}, _FEW)
    if shutil.which(DUMP_RIVAL):
        rivals |= bench.compare({"dump": dump_with_jq(files)}, _FEW)
    sections |= reading(bench, MIDDLE if MIDDLE in bench.sizes else large)
    sections[f"{large:,} events"] = [*aims(grown, large), *against_jq(grown, rivals, large)]
    sections[INDEXED] = indexing(bench, (MIDDLE, LARGE) if LARGE in bench.sizes else (large,), _FEW)
    asked = analysis(bench)
    sections |= {f"{large:,} events with facts": [*aims_of_analysis(asked), *aims_of_lists(bench)]}
    sections |= {EVERYTHING: about_everything(bench)} if large == LARGE else {}
    sections |= {EXPORTED: exports(bench)} if large == LARGE else {}
    sections[GROWING] = growth_of_all(bench)
    if MILLION in bench.sizes:
        sections[f"{MILLION:,} events"] = aims_of_a_million(grown)
    if shutil.which(CHROMIUM):
        sections[PAGED] = browsing(bench)
    write_toml(bench.folder, _EDITED)
    sections[EDITED] = edits(bench, _EDITED, bench.runs)
    sections[f"Changes of one record among {large:,} events"] = changes(bench, large, _FEW)
    sections[f"Import of {large:,} rows"] = importing(bench, large)
    shares = {
        "Time of the first command": shares_of(bench, large, "first_run.py"),
        "Comparison with validation libraries": shares_of(bench, large, "validation.py"),
    }
    beside = [("korea", "events by an actor on a topic in five years", grown["selective"][large])]
    others = [(each.program, each.asks, rivals.get(each.program)) for each in RIVALS]
    seconds = {name: {size: cost.cpu for size, cost in costs.items()} for name, costs in grown.items()}
    notes = [f"This table and the two above are for {large:,} events."]
    return page(sections, (grown, asked), shares, [*beside, *others], notes), drawn(seconds)


def require_same(bench: Bench, size: int, files: Files) -> None:
    """Raise RuntimeError if programs with the same query return different counts."""
    commands = [each.asked(files) for each in RIVALS if each.asks.startswith("the same") and each.path]
    selective = (*SELECTIVE[:-1], "-f", "jsonl")
    found = [
        subprocess.run(command, env=bench.environment, check=True, capture_output=True).stdout.count(b'"title"')
        for command in (bench.korea(size, *selective), *commands)
    ]
    if len(set(found)) > 1:
        raise RuntimeError(f"not all find the same: {found}")


def growth(bench: Bench) -> dict[str, dict[int, Cost]]:
    """Measure each question at every size in turn, so that what disturbs one size disturbs the others too."""
    asked = {size: questions(size) for size in bench.sizes}
    slow = {"timeline -f jsonl": DUMP, **FURTHER}
    found: dict[str, dict[int, Cost]] = {}
    for name in (*questions(SMALL), *slow):
        sizes = [size for size in bench.sizes if name not in slow or size <= LARGE]
        commands = {f"{size}": bench.korea(size, *(slow.get(name) or asked[size][name])) for size in sizes}
        costs = bench.compare(commands, _FEW if name in slow else bench.runs)
        found[name] = {int(size): cost for size, cost in costs.items()}
    return found


def aims(grown: Mapping[str, Mapping[int, Cost]], large: int) -> list[Row]:
    """Compare the questions at a large size with themselves at a small one."""
    limits = {name: 1.3 if name == "selective" else 2.0 for name in questions(large)}
    of = f"its time on {SMALL} events"
    rows = [at_most(_label(name), grown[name][large], limit, of, grown[name][SMALL]) for name, limit in limits.items()]
    dump = grown["timeline -f jsonl"]
    flat = Row(
        "memory of `timeline -f jsonl`", f"{dump[large].memory:.0f} MiB", "at most 1.3 times that of 1,000 events",
        dump[large].memory <= 1.3 * dump[1000].memory,
    )  # fmt: skip
    return [*rows, memory(_label("selective"), grown["selective"][large], 32), flat]


def aims_of_a_million(grown: Mapping[str, Mapping[int, Cost]]) -> list[Row]:
    """Compare the selective question at a million events with itself at a small size."""
    costs = grown["selective"]
    of = f"its time on {SMALL} events"
    return [
        at_most(_label("selective"), costs[MILLION], 1.6, of, costs[SMALL]),
        memory(_label("selective"), costs[MILLION], 40),
    ]


def against_jq(grown: Mapping[str, Mapping[int, Cost]], rivals: Mapping[str, Cost], large: int) -> list[Row]:
    """Compare selecting and writing everything with jq on the same events as JSON."""
    if "dump" not in rivals:
        return []
    return [
        at_least(_label("selective"), grown["selective"][large], 15, "`jq`", rivals["jq"]),
        at_least("`timeline -f jsonl`", grown["timeline -f jsonl"][large], 1, "`jq -c '.[]'`", rivals["dump"]),
    ]


def reading(bench: Bench, size: int) -> dict[str, list[Row]]:
    """Compare answers about a file of some size with parsing it alone."""
    found = bench.compare({"tomli": bench.tomli(size), "warm": bench.korea(size, *SELECTIVE)})
    cold, of = bench.cold(size, _FEW), "parsing with tomli"
    rows = [at_most("selective, warm", found["warm"], 2.5, of, found["tomli"])]
    return {f"{size:,} events": [*rows, at_most("selective, cold", cold, 2.5, of, found["tomli"])]}


def importing(bench: Bench, rows: int) -> list[Row]:
    """Compare the import of a sheet of so many rows with its targets."""
    command = (sys.executable, str(Path(__file__).with_name("importing.py")), str(rows))
    done = subprocess.run(command, check=True, env=bench.environment, capture_output=True)
    found = json.loads(done.stdout)
    taking, whole, again = (found[name] for name in ("taking", "whole", "again"))
    return [
        _quick("processing the rows", taking["rows_a_cpu_second"]),
        _quick("whole command, with validation", whole["rows_a_cpu_second"]),
        _quick("importing the same rows again", again["rows_a_cpu_second"]),
        Row("memory of processing the rows", f"{taking['peak_mib']} MiB", "flat", taking["peak_mib"] <= _FLAT),
        Row(
            "memory of the whole command", f"{whole['peak_mib']} MiB",
            f"at most 1.2 times the {found['first_question_mib']} MiB of the first query",
            whole["peak_mib"] <= 1.2 * found["first_question_mib"],
        ),
    ]  # fmt: skip


def browsing(bench: Bench) -> list[Row]:
    """Compare the page of some events with facts, in Chromium, with that of few events, and with its largest size."""
    (few, _), (many, size) = (_browsed(bench, events) for events in (_ON_A_SHORT_PAGE, _ON_A_PAGE))
    rows = [
        Row(
            f"time of its {what}",
            f"{many[what] * 1000:.0f} ms vs. {few[what] * 1000:.0f} ms: {many[what] / few[what]:.1f} times",
            f"at most {limit:g} times that of {_ON_A_SHORT_PAGE} events",
            many[what] <= limit * few[what],
        )
        for what, limit in (("being ready", 2.5), ("keystroke", 2))
    ]
    return [*rows, Row("its size", f"{size / 1e6:.2f} MB", "at most 2 MB", size <= _LARGEST_PAGE)]


def _browsed(bench: Bench, events: int) -> tuple[dict[str, float], int]:
    """Return the medians of what a page of so many events takes in Chromium, and its size in bytes."""
    write_toml(bench.folder, events, facts=True)
    page = bench.folder / f"page-{events}.html"
    subprocess.run(bench.korea(events, "timeline", "-o", str(page), facts=True), check=True, env=bench.environment)
    command = (sys.executable, str(Path(__file__).with_name("browsing.py")), str(page))
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(_FEW)]
    return {what: median(run[what] for run in runs) for what in runs[0]}, page.stat().st_size


# Sections that are measured alone: the title, what measures it, and of how many events it needs a chronology.
ALONE: dict[str, tuple[str, Callable[[Bench], list[Row]], int]] = {
    "start-up": (STARTED, start_up, 0),
    "page": (PAGED, browsing, 0),
    "everything": (EVERYTHING, about_everything, LARGE),
    "exports": (EXPORTED, exports, 0),
    "growth": (GROWING, growth_of_all, 0),
    "index": (INDEXED, lambda bench: indexing(bench, (MIDDLE, LARGE), _FEW), 0),
    "edits": (EDITED, lambda bench: edits(bench, _EDITED, bench.runs), _EDITED),
    "changes": (CHANGED, lambda bench: changes(bench, LARGE, _FEW), LARGE),
    "import": (IMPORTED, lambda bench: importing(bench, LARGE), LARGE),
}


def _quick(what: str, rate: int) -> Row:
    return Row(what, f"{rate:,} rows a second", f"at least {_RATE:,} rows a second", rate >= _RATE)


def shares_of(bench: Bench, size: int, script: str) -> dict[str, float]:
    """Return the CPU seconds of the steps that a script measures in one process, the median of a few runs."""
    command = (sys.executable, str(Path(__file__).with_name(script)), str(bench.folder / f"{size}.toml"))
    environment = {**bench.environment, "PYTHONPATH": str(SITE_PACKAGES)}
    runs = [
        json.loads(subprocess.run(command, check=True, env=environment, capture_output=True).stdout)
        for _ in range(_FEW)
    ]
    return {name: median(each[name] for each in runs) for name in runs[0]}


def _label(name: str) -> str:
    return f"`{' '.join(SELECTIVE)}`" if name == "selective" else f"`{name}`"


if __name__ == "__main__":
    sys.exit(main())
