"""The page of benchmarks: the machine, the measurements, and whether each target is met."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from measure import Cost

_GIB = 1024**3
_INTRODUCTION = """\
# Benchmarks

Written by `make bench`; do not edit.

Commands run as whole processes, in turn (A B C A B C …), after a first run of each that does not count. The tables have
the medians. Time is CPU time, user and system together, because other programs on the machine disturb it least. Memory
is the maximum of a process. Memory below that of the measuring program, some 20 MiB, cannot be measured.

`benchmarks/generate.py` generates the chronologies, always the same for the same number of events: 200 actors that
belong to each other, 40 topics, 100 sources, and a summary of 32 words for each event. The analyst's questions are
asked of the same events *with facts*: 13 facts and two disputes for every ten events, as in the built-in record. They
are in files of their own, because with facts all other questions would search more than twice as many records.

Lists of all disputes and all positions are as long as the chronology, so no program can answer them in a time that does
not grow with it. Their target is for each row: at most 4.5 times the time of a row of `timeline -f csv`.

*Warm* is with an index from an earlier command. *Cold* is the first command on new data, which builds that index.
"""


class Row(NamedTuple):
    """A figure beside its target."""

    what: str
    figure: str
    target: str
    met: bool


def at_most(what: str, cost: Cost, limit: float, of: str, base: Cost) -> Row:
    """Compare a time with its upper limit, a multiple of another time."""
    ratio = cost.cpu / base.cpu
    return Row(what, f"{_ms(cost)} vs. {_ms(base)}: {ratio:.2f} times", f"at most {limit:g} times {of}", ratio <= limit)


def at_least(what: str, cost: Cost, limit: float, of: str, base: Cost) -> Row:
    """Compare a speed with its lower limit, a multiple of another speed."""
    ratio = base.cpu / cost.cpu
    return Row(
        what,
        f"{_ms(cost)} vs. {_ms(base)}: {ratio:.1f} times as fast",
        f"at least {limit:g} times as fast as {of}",
        ratio >= limit,
    )


def memory(what: str, cost: Cost, limit: float) -> Row:
    """Compare memory with its upper limit in MiB."""
    return Row(f"memory of {what}", f"{cost.memory:.0f} MiB", f"at most {limit:g} MiB", cost.memory <= limit)


def _ms(cost: Cost) -> str:
    return f"{cost.cpu * 1000:,.0f} ms"


def page(
    sections: Mapping[str, Sequence[Row]],
    growths: tuple[Mapping[str, Mapping[int, Cost]], Mapping[str, Mapping[int, Cost]]],
    shares: Mapping[str, Mapping[str, float]],
    rivals: Sequence[tuple[str, str, Cost | None]],
    notes: Iterable[str],
) -> str:
    """Return the page.

    growths: costs by question and number of events, without and with facts. shares: seconds within one process, by
    step. rivals: name, query and cost of each program; None if it is not installed.
    """
    parts = [_INTRODUCTION, machine()]
    parts += [f"## {title}\n\n{_rows(rows)}" for title, rows in sections.items()]
    plain, with_facts = growths
    parts.append("## Growth\n\nCPU time in milliseconds, warm.\n")
    parts.append(f"![CPU time by number of events](pictures/growth.svg)\n\n{_growth(plain)}")
    parts.append(f"With facts:\n\n{_growth(with_facts)}")
    parts += [f"## {title}\n\n{_shares(seconds)}" for title, seconds in shares.items()]
    parts.append(f"## Comparison with other programs\n\n{_rivals(rivals)}")
    return "\n".join((*parts, *(f"{note}\n" for note in notes)))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _rows(rows: Sequence[Row]) -> str:
    return _table(
        ("", "measured", "target", "met"),
        [(row.what, row.figure, row.target, "yes" if row.met else "**no**") for row in rows],
    )


def _growth(growth: Mapping[str, Mapping[int, Cost]]) -> str:
    sizes = sorted({size for costs in growth.values() for size in costs})
    head = ("", *(f"{size:,} events" for size in sizes))
    return _table(
        head,
        [
            (f"`{name}`", *(f"{costs[size].cpu * 1000:,.0f}" if size in costs else "" for size in sizes))
            for name, costs in growth.items()
        ],
    )


def _shares(seconds: Mapping[str, float]) -> str:
    """Render seconds as milliseconds, with their ratio to the first."""
    first = next(iter(seconds.values()))
    rows = [(name, f"{each * 1000:,.0f} ms", f"{each / first:.2f}") for name, each in seconds.items()]
    return _table(("", "CPU time", "ratio to the first"), rows)


def _rivals(rivals: Sequence[tuple[str, str, Cost | None]]) -> str:
    rows = [
        (f"`{name}`", asks, _ms(cost), f"{cost.memory:,.0f} MiB") if cost else (f"`{name}`", asks, "not installed", "")
        for name, asks, cost in rivals
    ]
    return _table(("", "query", "time", "memory"), rows)


def with_section(text: str, title: str, rows: Sequence[Row]) -> str:
    """Return a page with a section replaced, or added before the growth."""
    section = f"## {title}\n\n{_rows(rows)}\n"
    before, found, after = text.partition(f"## {title}\n")
    if not found:
        return text.replace("## Growth\n", f"{section}## Growth\n", 1)
    following = after.partition("\n## ")[2]
    return f"{before}{section}## {following}"


def machine() -> str:
    """Return the section on the machine, Python and the versions."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    rows = (
        ("processor", f"{_processor()}, {os.cpu_count()} threads"),
        ("memory", f"{pages * size / _GIB:.0f} GiB"),
        ("system", _system()),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("korea", __version__),
    )
    return f"## Machine\n\n{_table(('', ''), rows)}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _system() -> str:
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.system()}"
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"
