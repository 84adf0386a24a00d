"""How many events and facts rest on no source, on one, on two or on more, and on how many voices."""

from __future__ import annotations

from collections import Counter, defaultdict

from korea_cli.analysis.dimensions import numbers
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.report.sections import Count, Section, amount, counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.query.resolve import Query

_MOST = 3  # and more
_LEAST = {"sources": 0, "voices": 1}  # what has no source has no voice either


def corroboration(query: Query, found: Mapping[str, Mapping[str, Counter[str]]]) -> Section:
    """Return a section of counts by the number of sources and of voices; a value is one that the term takes."""
    rows = []
    for by, least in _LEAST.items():
        total = defaultdict[int, Counter[str]](Counter)
        for number, by_type in found[by].items():
            total[min(int(number), _MOST)] += by_type
        rows += [Count(by, *_named(by, number), *numbers(total[number])) for number in range(least, _MOST + 1)]
    return counts("corroboration", "Corroboration", query.selection.listed(rows if found["sources"] else ()))


def _named(by: str, number: int) -> tuple[str, str]:
    """Return the value of a number of sources or voices, as in `sources:>=3`, and its label."""
    if number == _MOST:
        return f">={number}", f"{number} or more {by}"
    return str(number), amount(number, by) if number else f"no {by.removesuffix('s')}"
