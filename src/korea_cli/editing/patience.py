"""Compare two texts line by line: lines that occur once in both hold the rest in place, which keeps it quick."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import Match, SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Lines = Sequence[str]
    Block = tuple[int, int, int]  # so many lines are the same from here in the one, from there in the other

_CONTEXT = 3  # lines shown around a change
_MOST = 200  # lines between two anchors that are compared one with the other; more count as replaced


def unified(before: Lines, after: Lines, old: str, new: str) -> Iterator[str]:
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
    """Finds what is the same by patience; the rest of `difflib` makes hunks of it."""

    def __init__(self, before: Lines, after: Lines) -> None:
        """Compare two texts."""
        super().__init__(None, "", "", autojunk=False)
        self._lines = before, after

    def get_matching_blocks(self) -> list[Match]:
        """Return what is the same, in order, and the ends of both."""
        before, after = self._lines
        a, b = len(before), len(after)
        blocks = (*_merged(_same(before, after, range(a), range(b))), (a, b, 0))
        return [Match(*block) for block in blocks]


def _merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put blocks together that follow each other in both."""
    a = b = length = 0
    for each in blocks:
        if each[:2] == (a + length, b + length):
            length += each[2]
        elif each[2]:
            yield from [(a, b, length)] if length else ()
            a, b, length = each
    yield from [(a, b, length)] if length else ()


def _same(before: Lines, after: Lines, old: range, new: range) -> Iterator[Block]:
    """Yield what is the same in two ranges of lines: at their beginning, between their anchors, and at their end."""
    head = _alike(zip(old, new, strict=False), before, after)
    yield old.start, new.start, head
    old, new = old[head:], new[head:]
    tail = _alike(zip(reversed(old), reversed(new), strict=False), before, after)
    old, new = old[: len(old) - tail], new[: len(new) - tail]
    anchors = _anchors(before, after, old, new)
    for a, b in anchors:
        yield from _same(before, after, range(old.start, a), range(new.start, b))
        yield a, b, 1
        old, new = range(a + 1, old.stop), range(b + 1, new.stop)
    if anchors:
        yield from _same(before, after, old, new)
    elif max(len(old), len(new)) <= _MOST:
        within = SequenceMatcher(None, before[old.start : old.stop], after[new.start : new.stop], autojunk=False)
        yield from ((old.start + a, new.start + b, length) for a, b, length in within.get_matching_blocks())
    yield old.stop, new.stop, tail


def _alike(pairs: Iterable[tuple[int, int]], before: Lines, after: Lines) -> int:
    """Count the pairs of lines that are the same until one is not."""
    return sum(1 for _ in takewhile(lambda pair: before[pair[0]] == after[pair[1]], pairs))


def _anchors(before: Lines, after: Lines, old: range, new: range) -> list[tuple[int, int]]:
    """Return the longest series of lines, in the order of both, that occur once in each of two ranges."""
    places = {after[number]: number for number in new}
    once, once_new = Counter(before[each] for each in old), Counter(after[each] for each in new)
    pairs = [(a, places[before[a]]) for a in old if once[before[a]] == 1 == once_new[before[a]]]
    ends: list[int] = []  # of the best series so far of each length, the place of its last line in the new text
    series: list[tuple[int, int, int]] = []  # a pair, and the number of the one before it in its series
    best: list[int] = []
    for a, b in pairs:
        length = bisect_left(ends, b)
        series.append((a, b, best[length - 1] if length else -1))
        ends[length : length + 1] = [b]
        best[length : length + 1] = [len(series) - 1]
    return _chain(series, best[-1] if best else -1)


def _chain(series: Sequence[tuple[int, int, int]], last: int) -> list[tuple[int, int]]:
    found = []
    while last >= 0:
        a, b, last = series[last]
        found.append((a, b))
    return found[::-1]
