"""The order of what two versions have: that of the one that moved something, with what the other added."""

from __future__ import annotations

from heapq import merge
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Name = TypeVar("Name")


def merged_order(
    base: Sequence[Name], ours: Sequence[Name], theirs: Sequence[Name], *, rank: Callable[[Name], Any]
) -> list[Name]:
    """Return the names of both versions in order, each once.

    A name that only one has comes after the same name as there. Where both added some at one place, they are in the
    order of their ranks if each version has them so, else ours come first. rank: None for a name without one.
    """
    common = set(base) & set(ours) & set(theirs)
    moved = [
        [each for each in side if each in common] != [each for each in base if each in common]
        for side in (ours, theirs)
    ]
    first, second = (theirs, ours) if moved == [False, True] else (ours, theirs)
    runs, added = _runs(first, set(second)), _runs(second, set(first))
    order: list[Name] = []
    for anchor, own in runs.items():
        pair = (own, added[anchor]) if first is ours else (added[anchor], own)
        order += [*([] if anchor is None else [anchor]), *_joined(*pair, rank)]
    return order


def _runs(names: Iterable[Name], shared: set[Name]) -> dict[Name | None, list[Name]]:
    """Return the names that are not shared, by the shared one above them."""
    runs: dict[Name | None, list[Name]] = {None: []}
    anchor = None
    for name in names:
        if name in shared:
            anchor = name
            runs[anchor] = []
        else:
            runs[anchor].append(name)
    return runs


def _joined(ours: list[Name], theirs: list[Name], rank: Callable[[Name], Any]) -> list[Name]:
    if not (ours and theirs):
        return ours or theirs
    ranks = [[rank(each) for each in side] for side in (ours, theirs)]
    if any(each is None for side in ranks for each in side) or any(a > b for side in ranks for a, b in pairwise(side)):
        return [*ours, *theirs]
    return list(merge(ours, theirs, key=rank))
