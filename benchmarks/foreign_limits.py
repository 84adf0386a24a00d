"""Judge what questions to tables of others took by the limits that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from measure import Cost

OF_FEW, OF_ALL, OF_MORE = 4, 2, 3  # times: of SQL by hand, for few rows and for all; of the smaller table
MEMORY = 300  # MiB, of the smaller table


class Taken(NamedTuple):
    """What a question took of a table, and SQL by hand; first: what it took for the first time."""

    korea: Cost
    hand: Cost
    first: Cost


def judged(taken: Mapping[str, Sequence[Taken]], few: Sequence[str], kept: Sequence[str]) -> str:
    """Return the table of limits as Markdown.

    taken: by question, what it took of the smaller table and of the larger one. few: the questions that few rows
    answer; the others are about all. kept: those of them whose answer is kept the first time.
    """
    rows = [
        *(row for name in few for row in _of_few(name, *taken[name])),
        *(row for name in taken if name not in few for row in _of_all(name, taken[name][1], once=name in kept)),
    ]
    lines = [f"| {what} | {number} | {limit} | {_word(passed=passed)} |" for what, number, limit, passed in rows]
    return "\n".join(["| limits, in processor time | measured | at most | |", "|---|---|---|---|", *lines])


def _of_few(name: str, small: Taken, large: Taken) -> Iterator[tuple[str, str, str, bool]]:
    times, more = small.korea.cpu / small.hand.cpu, large.korea.cpu / small.korea.cpu
    yield f"{name}, by hand", f"{times:.1f} times", f"{OF_FEW} times", times <= OF_FEW
    memory = small.korea.memory
    yield f"{name}, memory", f"{memory:,.0f} MiB", f"{MEMORY} MiB", memory <= MEMORY
    yield f"{name}, of the larger table", f"{more:.1f} times", f"{OF_MORE} times", more <= OF_MORE


def _of_all(name: str, large: Taken, *, once: bool) -> Iterator[tuple[str, str, str, bool]]:
    for cost, when in ((large.korea, ""), *([(large.first, ", for the first time")] if once else [])):
        times = cost.cpu / large.hand.cpu
        yield f"{name}{when}, larger table by hand", f"{times:.1f} times", f"{OF_ALL} times", times <= OF_ALL


def _word(*, passed: bool) -> str:
    return "pass" if passed else "miss"
