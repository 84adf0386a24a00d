"""Compare two texts line by line: lines that occur once in both align the rest, which keeps it quick."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import Match, SequenceMatcher
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTEXT = 3  # lines shown around a change
_MAX_PAIRS = 40_000  # of lines between two anchors; where there are more, they count as replaced


def unified(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[str]:
    """Yield the lines of two texts where they differ, as `diff -u` writes them."""
    matcher = _Matcher(before, after)
    for number, group in enumerate(matcher.get_grouped_opcodes(_CONTEXT)):
        if not number:
            yield from (f"--- {old}\n", f"+++ {new}\n")
        (_, start, _, start_new, _), (_, _, end, _, end_new) = group[0], group[-1]
        yield f"@@ -{_range(start, end)} +{_range(start_new, end_new)} @@\n"
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[a:b])
            else:
                yield from (f"-{line}" for line in before[a:b])
                yield from (f"+{line}" for line in after[c:d])


def _range(start: int, end: int) -> str:
    """Write a range of lines as `diff -u` does: an empty one begins at the line before it."""
    length = end - start
    return str(start + 1) if length == 1 else f"{start + bool(length)},{length}"


class _Matcher(SequenceMatcher[str]):
    """A matcher whose equal lines are found by patience; `difflib` makes hunks of them."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(None, "", "", autojunk=False)
        self._before, self._after = before, after

    def get_matching_blocks(self) -> list[Match]:
        """Return what is equal, in order, and the ends of both."""
        merged = [Match(0, 0, 0)]
        for block in self._blocks():
            a, b, size = merged[-1]
            if block[:2] == (a + size, b + size):
                merged[-1] = Match(a, b, size + block.size)
            elif block.size:
                merged.append(block)
        return [*merged, Match(len(self._before), len(self._after), 0)]

    def _blocks(self) -> Iterator[Match]:
        """Yield each line that is an anchor, and what is equal between two of them."""
        a = b = 0
        for next_a, next_b in [*_anchors(self._before, self._after), (len(self._before), len(self._after))]:
            old, new = self._before[a:next_a], self._after[b:next_b]
            if 0 < len(old) * len(new) <= _MAX_PAIRS:
                found = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
                yield from (Match(a + start, b + start_new, size) for start, start_new, size in found)
            yield Match(next_a, next_b, int(next_a < len(self._before)))
            a, b = next_a + 1, next_b + 1


class _Anchor(NamedTuple):
    """A line that is the same in both texts, by its number in each, and the anchor before it."""

    a: int
    b: int
    previous: _Anchor | None


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest series of lines, in the order of both texts, that occur once in each."""
    once, once_new = Counter(before), Counter(after)
    numbers = {line: number for number, line in enumerate(after) if once_new[line] == 1 == once[line]}
    best: list[_Anchor] = []  # the last of the best series so far of each length
    for a, line in enumerate(before):
        if (b := numbers.get(line)) is not None:
            length = bisect_left(best, b, key=attrgetter("b"))
            best[length : length + 1] = [_Anchor(a, b, best[length - 1] if length else None)]
    series, anchor = [], best[-1] if best else None
    while anchor:
        series.append((anchor.a, anchor.b))
        anchor = anchor.previous
    return series[::-1]
