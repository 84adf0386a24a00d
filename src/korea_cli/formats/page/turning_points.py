"""The turning points among entries: those that the record names, and after them the most answered and disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.formats.page.entries import Entry

_FEWEST, _MOST = 5, 8
_WEIGHTS = {"Answered by": 2, "Disputed by": 2, "Disputes": 1, "Answers": 1}


def turning_points(entries: Sequence[Entry]) -> list[Entry]:
    """Return the turning points, the most important first: at most eight, and five if there are as many candidates."""
    dated = [entry for entry in entries if entry.date and not entry.date.is_vague]
    named = [entry for entry in dated if entry.row["type"] == "event" and entry.row["key"]]
    others = sorted((each for each in dated if each not in named), key=_weight, reverse=True)
    return [*sorted(named, key=_weight, reverse=True)[:_MOST], *others[: max(_FEWEST - len(named), 0)]]


def _weight(entry: Entry) -> tuple[int, int]:
    """Return how much an entry is answered, disputed and spoken about, and then how many sources it rests on."""
    related = sum(_WEIGHTS.get(words, 0) * len(all_) for words, all_ in entry.relations.items())
    return related + 2 * len(entry.claims) + len(entry.rivals), len(entry.sources)
