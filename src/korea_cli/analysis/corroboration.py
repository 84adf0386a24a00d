"""How many events and facts rest on no source, on one, on two or on more, and on how many voices."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.query.filters import DATED
from korea_cli.query.resolve_names import placeholders
from korea_cli.report.sections import Count, Section, amount, counts

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

_MOST = 3  # and more
_LEAST = {"sources": 0, "voices": 1}  # what has no source has no voice either


def corroboration(chronology: Chronology, query: Query) -> Section:
    """Return a section of counts by the number of sources and of voices; a value is one that the term takes."""
    own = query.own
    rows = chronology.store.rows(
        f"SELECT type, MIN(source_count, {_MOST}), MIN(voice_count, {_MOST}), COUNT(*) FROM entry"
        f" WHERE type IN ({placeholders(DATED)}) AND {own.sql} GROUP BY 1, 2, 3",
        (*DATED, *own.values),
    )
    found = Counter[tuple[str, int, str]]()
    for type_, sources, voices, number in rows:
        found.update({("sources", sources, type_): number, ("voices", voices, type_): number})
    counted = [
        Count(by, *_named(by, number), found[by, number, "event"], found[by, number, "fact"])
        for by, least in _LEAST.items() for number in range(least, _MOST + 1)
    ]  # fmt: skip
    return counts("corroboration", "Corroboration", query.selection.listed(counted if found else ()))


def _named(by: str, number: int) -> tuple[str, str]:
    """Return the value of a number of sources or voices, as in `sources:>=3`, and its label."""
    if number == _MOST:
        return f">={number}", f"{number} or more {by}"
    return str(number), amount(number, by) if number else f"no {by.removesuffix('s')}"
