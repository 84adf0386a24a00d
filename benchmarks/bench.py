"""Measure what the program promises, beside bare Python, an empty Typer program, tomli and jq: `make bench`.

Every figure is a ratio of medians of whole processes that were run in turn on one machine, so that it means the same
on another. What it prints is also written to docs/benchmarks.md. `--million` measures a million events too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import generate
import machine
from measure import Cost, compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
KOREA = str(Path(sys.executable).with_name("korea"))
RUNS = 11
ASKED = ("actor:a150", "topic:t3", "--json")
EMPTY = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
@app.command()
def main(name: str = "x") -> None:
    print(name)
app()
"""
TOMLI = "import sys, tomli\nwith open(sys.argv[1], 'rb') as stream:\n    tomli.load(stream)\n"


class Figure(NamedTuple):
    """One promise: what is measured, against what, and the most (or the least) that the ratio of CPU times may be."""

    name: str
    command: Sequence[str]
    against: str
    limit: float
    least: bool = False


class Result(NamedTuple):
    """A figure with what was measured: its own cost, that of the other, their ratio, and whether the promise holds."""

    figure: Figure
    own: Cost
    other: Cost

    @property
    def ratio(self) -> float:
        """Give own CPU time by the other's; of a promise to be so many times faster, the other's by ours."""
        return self.other.cpu / self.own.cpu if self.figure.least else self.own.cpu / self.other.cpu

    @property
    def kept(self) -> bool:
        """Say whether the promise is kept."""
        return self.ratio >= self.figure.limit if self.figure.least else self.ratio <= self.figure.limit


def measured(
    others: Mapping[str, Sequence[str]], figures: Sequence[Figure], environment: Mapping[str, str], runs: int = RUNS
) -> Iterator[Result]:
    """Run what is compared in turn, and give a result for each figure."""
    costs = compare({**others, **{figure.name: figure.command for figure in figures}}, runs, environment)
    return (Result(figure, costs[figure.name], costs[figure.against]) for figure in figures)


def start_up(folder: Path, environment: Mapping[str, str]) -> Iterator[Result]:
    """Measure the answers on the built-in record, with its index made."""
    (folder / "empty.py").write_text(EMPTY, "utf-8")
    bare, empty = "bare Python", "an empty Typer program"
    others = {bare: [sys.executable, "-c", "pass"], empty: [sys.executable, str(folder / "empty.py")]}
    figures = (
        Figure("--version", [KOREA, "--version"], bare, 2),
        Figure("--help", [KOREA, "--help"], bare, 8),
        Figure("timeline --help", [KOREA, "timeline", "--help"], bare, 8),
        Figure("timeline thaad --json", [KOREA, "timeline", "thaad", "--json"], bare, 8),
        Figure("timeline thaad -f plain", [KOREA, "timeline", "thaad", "-f", "plain"], bare, 8),
        Figure("timeline thaad --json ", [KOREA, "timeline", "thaad", "--json"], empty, 1.35),
        Figure("timeline thaad -f plain ", [KOREA, "timeline", "thaad", "-f", "plain"], empty, 1.35),
        Figure("timeline thaad -f table", [KOREA, "timeline", "thaad", "-f", "table"], bare, 15),
    )
    return measured(others, figures, environment)


def first_and_later(file: Path, folder: Path, environment: Mapping[str, str], runs: int) -> Iterator[Result]:
    """Measure a file beside the mere reading of its TOML: with its index, without one, and for the first time."""
    (folder / "read.py").write_text(TOMLI, "utf-8")
    others = {"tomli alone": [sys.executable, str(folder / "read.py"), str(file)]}
    command = [KOREA, "timeline", *ASKED, "-d", str(file)]
    anew = f'KOREA_CACHE="$(mktemp -d -p "{folder}")" exec "$0" "$@"'
    figures = (
        Figure("with its index", command, "tomli alone", 2.5),
        Figure("without an index (--no-cache)", [*command, "--no-cache"], "tomli alone", 2.5),
        Figure("the first time, its index made", ["sh", "-c", anew, *command], "tomli alone", 2.2),
    )
    return measured(others, figures, environment, runs)


def at_size(file: Path, small: Path, environment: Mapping[str, str], limit: float) -> Iterator[Result]:
    """Measure questions to a large file beside the same questions to one of a hundred events."""
    questions = {
        "timeline, selective, --json": (("timeline", *ASKED), limit),
        "timeline -n 20": (("timeline", "-n", "20", "-f", "plain"), 2.0),
        "timeline --count": (("timeline", "--count"), 2.0),
        "show": (("show", "e77", "--json"), 2.0),
        "actor": (("actor", "a150", "--json"), 2.0),
        "search, one word": (("search", "77", "-n", "20", "--json"), 2.0),
    }
    for name, (asked, most) in questions.items():
        other = f"{name} of 100 events"
        figure = Figure(name, [KOREA, *asked, "-d", str(file)], other, most)
        yield from measured({other: [KOREA, *asked, "-d", str(small)]}, [figure], environment)


def beside_jq(file: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[Result]:
    """Measure a selective question and a full dump beside jq, where it is installed, on the same events as JSON."""
    jq = shutil.which("jq")
    if not jq:
        print("jq is not installed: not compared")
        return
    dump = folder / "events.json"
    subprocess.run([KOREA, "timeline", "-d", str(file), "--json", "-o", str(dump)], check=True, env=environment)
    selected = '.events[] | select(any(.actors[]; .id == "a150") and any(.topics[]; .id == "t3"))'
    others = {"jq, selective": [jq, "-c", selected, str(dump)], "jq, all": [jq, "-c", ".events[]", str(dump)]}
    figures = (
        Figure(
            "timeline, selective, beside jq",
            [KOREA, "timeline", *ASKED, "-d", str(file)],
            "jq, selective",
            15,
            least=True,
        ),
        Figure("timeline -f jsonl, all", [KOREA, "timeline", "-f", "jsonl", "-d", str(file)], "jq, all", 1, least=True),
    )
    yield from measured(others, figures, environment, 5)


class Part(NamedTuple):
    """One table of the page: its heading, what it is about, and its results."""

    heading: str
    about: str
    results: list[Result]

    def lines(self) -> list[str]:
        """Give the part as it stands on the page."""
        heads = "| what | CPU | memory | beside | CPU | ratio | promised | kept |"
        return ["", f"## {self.heading}", "", self.about, "", heads, "|" + " --- |" * 8, *map(row, self.results)]


def row(result: Result) -> str:
    """Give a result as a row of the page's table."""
    figure, own, other = result
    bound = f"{'≥' if figure.least else '≤'} {figure.limit:g}"
    return (
        f"| {figure.name.strip()} | {own.cpu * 1000:,.0f} ms | {own.memory:,.0f} MiB | {figure.against}"
        f" | {other.cpu * 1000:,.0f} ms | {result.ratio:.2f} | {bound} | {'yes' if result.kept else '**no**'} |"
    )


def parts(folder: Path, environment: Mapping[str, str], *, million: bool) -> Iterator[Part]:
    """Measure everything, part by part."""
    files = {size: written(size, folder) for size in (100, 10_000, 100_000, *([1_000_000] if million else ()))}
    yield Part("Start-up", "The built-in record, with its index made.", list(start_up(folder, environment)))
    about = "A selective question to a file of {:,} events ({:.1f} MB), beside the mere reading of its TOML."
    for size, runs in ((10_000, RUNS), (100_000, 3)):
        results = list(first_and_later(files[size], folder, environment, runs))
        yield Part(f"{size:,} events", about.format(size, files[size].stat().st_size / 1e6), results)
    for size, limit in ((100_000, 1.3), *([(1_000_000, 1.6)] if million else ())):
        results = list(at_size(files[size], files[100], environment, limit))
        yield Part(f"{size:,} events beside 100", "The same question to both files, each with its index.", results)
    results = list(beside_jq(files[100_000], folder, environment))
    yield Part("Beside jq", "100,000 events, for jq as the JSON that the program writes of them.", results)


def written(size: int, folder: Path) -> Path:
    """Write the file of so many events."""
    file = folder / f"{size}.toml"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(generate.chronology(size))
    return file


def main() -> int:
    """Measure, tell, and write the page; the exit status is 1 when a promise is broken."""
    page = [
        "# Benchmarks",
        "",
        "Written by `make bench`: whole processes, run in turn, medians. CPU is user and system time, memory the most",
        "that was held. A ratio of CPU times means the same on another machine; the times do not.",
        "",
        f"Measured on: {machine.described()}.",
    ]
    broken = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {"PATH": os.environ["PATH"], "HOME": name, "KOREA_CACHE": str(folder / "cache")}
        for part in parts(folder, environment, million="--million" in sys.argv[1:]):
            page += part.lines()
            broken += sum(not result.kept for result in part.results)
            print("\n".join(part.lines()), flush=True)
    (ROOT / "docs" / "benchmarks.md").write_text("\n".join((*page, "")), "utf-8")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
