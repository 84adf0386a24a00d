"""Measure the program's own start: answers of the built-in record, help and a TAB, against Python's start."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from material import EMPTY_TYPER, KOREA
from page import at_most, memory

if TYPE_CHECKING:
    from page import Row
    from runner import Bench

_TIMES = 3  # as often as other quick commands: these take little more than what they are compared with
_BARE, _TYPED = "bare Python", "an empty Typer program"
_AN_ANSWER, _A_TAB, _A_TABLE = 4, 4.5, 9  # times bare Python, at most
_LIMITS: dict[tuple[str, ...], float] = {
    ("--version",): 2,
    ("--help",): 5,
    ("timeline", "thaad", "--json"): _AN_ANSWER,
    ("timeline", "thaad"): _AN_ANSWER,
    ("facts", "icbm"): _AN_ANSWER,
    ("show", "hwasong-14-launch"): _AN_ANSWER,
    ("search", "emissary"): _AN_ANSWER,
    ("actor", "putin"): _AN_ANSWER,
    ("timeline", "thaad", "-f", "table"): _A_TABLE,
    ("__complete", "bash", "korea actor pu", "pu"): _A_TAB,
    ("__complete", "bash", "korea timeline actor:pu", "pu"): _A_TAB,
}


def start_up(bench: Bench) -> list[Row]:
    """Compare the built-in record's answers with Python's own start."""
    typer = bench.folder / "empty.py"
    typer.write_text(EMPTY_TYPER, "utf-8")
    asked: dict[str, tuple[str, ...]] = {_BARE: (sys.executable, "-c", "pass"), _TYPED: (sys.executable, str(typer))}
    asked |= {_shown(words): (KOREA, *words) for words in _LIMITS}
    found = bench.compare(asked, bench.runs * _TIMES)
    rows = [
        at_most(_shown(words), found[_shown(words)], limit, _BARE, found[_BARE]) for words, limit in _LIMITS.items()
    ]
    answer = _shown(("timeline", "thaad", "--json"))
    return [*rows, at_most(answer, found[answer], 1, _TYPED, found[_TYPED]), memory(answer, found[answer], 30)]


def _shown(words: tuple[str, ...]) -> str:
    if words[0] == "__complete":
        return f"TAB after `{words[2]}`"
    return f"`korea {' '.join(words)}`"
