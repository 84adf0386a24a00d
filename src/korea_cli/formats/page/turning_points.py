"""Entries by importance: the turning points that the record names, and after them the most answered and disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.formats.page.entries import Entry

_WEIGHTS = {"Answered by": 2, "Disputed by": 2, "Disputes": 1, "Answers": 1}


def by_importance(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that can be turning points, the most important first; equal ones are spread over time."""
    dated = [entry for entry in entries if entry.date and not entry.date.is_vague]
    order = {entry.anchor: (_weight(entry), -_spread(number)) for number, entry in enumerate(dated)}
    return sorted(dated, key=lambda entry: (is_named(entry), order[entry.anchor]), reverse=True)


def is_named(entry: Entry) -> bool:
    """Return whether the record names an entry as a turning point."""
    return entry.row["type"] == "event" and bool(entry.row["key"])


def _weight(entry: Entry) -> tuple[int, int]:
    """Return how much an entry is answered, disputed and spoken about, and then how many sources it rests on."""
    related = sum(_WEIGHTS.get(words, 0) * len(all_) for words, all_ in entry.relations.items())
    return related + 2 * len(entry.claims) + len(entry.rivals), len(entry.sources)


def _spread(number: int) -> int:
    """Return a number with its bits reversed: of a list in this order, the first items come from all its parts."""
    return int(f"{number:032b}"[::-1], 2)
