"""Who disagrees with whom: events and facts with their opponents, by number in the store, and the disputes they are in.

Only numbers are held, for there may be many disputes of which few are listed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.store.sql import EACH_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from korea_cli.store.database import Store

# All that is in a dispute with some events and facts, or with what is about them. By a day, what was not known then may
# connect more than that.
_MEMBERS = f"""SELECT opponent.seq, orders, other, about FROM opponent JOIN entry ON entry.seq = opponent.seq
  WHERE dispute IN (SELECT dispute FROM main.opponent WHERE seq IN ({EACH_NUMBER})
    UNION ALL SELECT dispute FROM main.opponent WHERE about IN ({EACH_NUMBER}))
  ORDER BY opponent.seq, other"""  # noqa: S608 - values are bound


class Disputant(NamedTuple):
    """An event or fact in a dispute: its opponents, the events that it is about, the day that it is ordered by."""

    opponents: tuple[int, ...]
    about: tuple[int, ...]
    orders: int


class Quarrel(NamedTuple):
    """A dispute on claims: its most disputed event, else its most disputed claim; the event it is about; its sides.

    sides: the parties on each, events and facts oldest first, then actors and sources.
    """

    head: int
    event: int | None
    sides: Sequence[Sequence[int]]


class DisputeGraph:
    """The disputes that some events and facts are in, and those about some of these events."""

    def __init__(self, store: Store, seqs: Collection[int]) -> None:
        """Read these disputes, and others that what was not known by a day may connect with them."""
        self._members = dict(_members(store, seqs))
        # What each actor or source disputes, by the event that this is about.
        self._disputed: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for seq in self._members:
            for point in self._points(seq):
                self._disputed[point].append(seq)

    def disputes(self) -> Iterator[list[int]]:
        """Yield the events and facts in each dispute."""
        seen = set[int]()
        for seq in self._members:
            if seq not in seen:
                found = list(_reached(seq, self._joined))
                seen.update(found)
                yield found

    def parties(self) -> set[int]:
        """Return all who dispute or are disputed."""
        return {seq for pair in self.pairs(self._members) for seq in pair}

    def pairs(self, members: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield some events and facts, each with each of its opponents."""
        return ((seq, other) for seq in members for other in self._members[seq].opponents)

    def subject(self, members: Iterable[int]) -> int | None:
        """Return the most disputed event of a dispute, else the event that most of its facts are about, if any.

        Of several, it is the first in the file.
        """
        if events := [seq for seq in members if seq in self._members[seq].about]:
            return self._most_disputed(events)
        number: defaultdict[int, int] = defaultdict(int)
        for fact in members:
            for event in self._members[fact].about:
                number[event] += 1
        return min(number, key=lambda seq: (-number[seq], seq), default=None)

    def earliest(self, members: Iterable[int]) -> tuple[int, int]:
        """Return the day and the number of the earliest of some events and facts."""
        return min((self._members[seq].orders, seq) for seq in members)

    def quarrel(self, members: Collection[int]) -> Quarrel:
        """Return who is on which side of a dispute."""
        opponents = {seq: list(self._members[seq].opponents) for seq in members}
        for seq in members:
            for other in opponents[seq]:
                if other not in self._members:
                    opponents.setdefault(other, []).append(seq)
        most_disputed, event = self._most_disputed(members), self.subject(members)
        sides = _sides(most_disputed, opponents, self._rank)
        head = event if event in opponents else most_disputed
        return Quarrel(head, event, [sorted(side, key=self._order) for side in sides])

    def _points(self, seq: int) -> Iterator[tuple[int, int]]:
        """Yield each actor or source that disputes an event or fact, with each event that this is about."""
        member = self._members[seq]
        return ((other, event) for other in member.opponents if other not in self._members for event in member.about)

    def _most_disputed(self, members: Iterable[int]) -> int:
        """Return the event or fact with most opponents; of several, the first in the file."""
        return min(members, key=lambda seq: (-len(self._members[seq].opponents), seq))

    def _joined(self, seq: int) -> Iterator[int]:
        """Yield events and facts that belong to the same dispute as one of them.

        An actor or source that disputes two of them joins them only if both are about the same event.
        """
        yield from (other for other in self._members[seq].opponents if other in self._members)
        for point in self._points(seq):
            together = self._disputed[point]
            yield from together[1:] if together[0] == seq else together[:1]

    def _rank(self, seq: int) -> tuple[bool, int]:
        """Order the parties of a dispute: events and facts first, then actors and sources, each as in the file."""
        return seq not in self._members, seq

    def _order(self, seq: int) -> tuple[bool, int, int]:
        """Order the parties of one side: as `_rank` does, but events and facts by their days."""
        member = self._members.get(seq)
        return member is None, member.orders if member else 0, seq


def _members(store: Store, seqs: Collection[int]) -> Iterator[tuple[int, Disputant]]:
    """Yield the events and facts in some disputes, by number."""
    among = json.dumps(list(seqs))
    for (seq, orders), grouped in groupby(store.rows(_MEMBERS, (among, among)), itemgetter(0, 1)):
        pairs = [pair[2:] for pair in grouped]
        opponents = tuple(dict.fromkeys(other for other, _ in pairs))
        yield seq, Disputant(opponents, tuple({event for _, event in pairs if event}), orders)


def _reached(start: int, neighbours: Callable[[int], Iterable[int]]) -> Iterator[int]:
    """Yield all that is reached from a start, nearest first."""
    found = {start}
    queue = [start]
    for seq in queue:  # grows as it goes
        yield seq
        new = [other for other in dict.fromkeys(neighbours(seq)) if other not in found]
        found.update(new)
        queue.extend(new)


def _sides(
    start: int, opponents: Mapping[int, Collection[int]], rank: Callable[[int], tuple[bool, int]]
) -> list[list[int]]:
    """Group the parties of a dispute: a side disputes the same, and nothing on it disputes anything else on it.

    Beginning with the most disputed party and going from each to its opponents, in the order of `rank`, a party joins
    the first side with a member that shares an opponent with it, and no member that it disputes. Otherwise it opens a
    new side. Where two sides are enough, this finds two.
    """
    sides: list[list[int]] = []
    against: defaultdict[int, set[int]] = defaultdict(set)  # the sides that have an opponent of each
    for seq in _reached(start, lambda seq: sorted(opponents[seq], key=rank)):
        allied = set[int]().union(*(against[other] for other in opponents[seq]))
        side = min(allied - against[seq], default=len(sides))
        if side == len(sides):
            sides.append([])
        sides[side].append(seq)
        for other in opponents[seq]:
            against[other].add(side)
    return sides
