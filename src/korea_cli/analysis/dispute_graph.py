"""Who disagrees with whom: events, facts, actors and sources, and the disputes that they are the parts of."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.records import DISPUTING
from korea_cli.query.resolve_names import placeholders
from korea_cli.store.sql import EACH_BOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology

    Edges = Mapping[int, Sequence[int]]  # by number in the store, both ways

_OPPONENTS = tuple(table.removesuffix("s") for table in DISPUTING)
ENTRY = "entry.seq, entry.type, entry.id, entry.title, entry.orders"
_EVENT_IDS = "SELECT id FROM event WHERE disputed_by IS NOT NULL"
_EDGES = f"""SELECT link.seq, (SELECT seq FROM entry WHERE id = link.target AND type IN ({placeholders(_OPPONENTS)})
    ORDER BY INSTR(?, type) LIMIT 1) AS opponent
  FROM link JOIN entry ON entry.seq = link.seq WHERE link.key = 'disputed_by' AND opponent <> link.seq"""  # noqa: S608 - values are bound
_PARTIES = f"SELECT {ENTRY} FROM entry WHERE seq IN ({EACH_BOUND})"  # noqa: S608 - as above
_ABOUT = f"""SELECT link.seq, {ENTRY} FROM link JOIN entry ON entry.id = link.target AND entry.type = 'event'
  WHERE link.key = 'events' AND link.seq IN ({EACH_BOUND})"""  # noqa: S608 - as above


class Party(NamedTuple):
    """An event or fact that is disputed or disputes another; or an actor or source that disputes without a claim.

    seq: its number in the store, which is the order of the file. orders: the day it is ordered by.
    """

    seq: int
    type: str
    id: str
    title: str
    orders: int

    @property
    def is_record(self) -> bool:
        """Whether it is an event or a fact, which disputes link to each other."""
        return self.type in {"event", "fact"}


class Quarrel(NamedTuple):
    """The parties of one dispute on claims, grouped by side, each side oldest first.

    head: its most disputed event, else its most disputed claim. event: what it is about, if that is known.
    """

    head: Party
    event: Party | None
    sides: tuple[tuple[Party, ...], ...]

    @property
    def records(self) -> list[Party]:
        """Its events and facts."""
        return [party for side in self.sides for party in side if party.is_record]


class DisputeGraph:
    """All that disagree."""

    def __init__(self, chronology: Chronology) -> None:
        """Read who disputes what, with a few statements for the whole chronology."""
        self._store = chronology.store
        rows = self._store.rows(_EDGES, (*_OPPONENTS, " ".join(_OPPONENTS)))
        pairs = sorted({pair for one, other in rows for pair in ((one, other), (other, one))})
        self._edges: Edges = {seq: tuple(map(itemgetter(1), both)) for seq, both in groupby(pairs, itemgetter(0))}
        rows = self._store.rows(_PARTIES, (json.dumps(list(self._edges)),))
        self.parties = {row[0]: _party(*row) for row in rows}
        self._about: defaultdict[int, list[int]] = defaultdict(list)
        self._read_events()

    def matching(self, seqs: Container[int]) -> Iterator[Quarrel]:
        """Yield the disputes of which an event or fact, or the event they are about, is among some numbers."""
        seen = set[int]()
        for seq in self._edges:
            if seq not in seen and self.parties[seq].is_record:
                found = list(_reached(seq, self._joined))
                seen.update(found)
                subject = self._subject(found)
                if any(each in seqs for each in found) or (subject and subject.seq in seqs):
                    yield self._quarrel(found, subject)

    @cached_property
    def event_ids(self) -> set[str]:
        """The ids of the events that are disputed, whenever that was known: the id of a dispute is always the same."""
        return {id_ for (id_,) in self._store.whole.rows(_EVENT_IDS)}

    def _read_events(self) -> None:
        """Read which events the facts are about."""
        facts = [seq for seq, party in self.parties.items() if party.type == "fact"]
        for fact, *values in self._store.rows(_ABOUT, (json.dumps(facts),)):
            event = self.parties.setdefault(values[0], _party(*values))
            self._about[fact].append(event.seq)

    def _joined(self, seq: int) -> Iterator[int]:
        """Yield events and facts that belong to the same dispute as one of them.

        An actor or source that disputes two of them joins them only if both are about the same event.
        """
        for other in self._edges[seq]:
            if self.parties[other].is_record:
                yield other
            else:
                for event in (seq, *self._about.get(seq, ())):
                    first, *further = self._disputed[other, event]
                    yield from further if first == seq else (first,)

    @cached_property
    def _disputed(self) -> Mapping[tuple[int, int], list[int]]:
        """The events and facts that each actor or source disputes, by the event they are about."""
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for seq, opponents in self._edges.items():
            if self.parties[seq].is_record:
                for other in opponents:
                    if not self.parties[other].is_record:
                        for event in (seq, *self._about.get(seq, ())):
                            found[other, event].append(seq)
        return found

    def _quarrel(self, records: list[int], subject: Party | None) -> Quarrel:
        members = {*records, *(other for seq in records for other in self._edges[seq])}
        edges = {seq: tuple(other for other in self._edges[seq] if other in members) for seq in members}
        start = min(records, key=self._weight)
        sides = _sides(start, edges, self._rank)
        grouped = tuple(tuple(sorted((self.parties[seq] for seq in side), key=_by_day)) for side in sides)
        head = subject if subject and subject.seq in members else self.parties[start]
        return Quarrel(head, subject, grouped)

    def _subject(self, records: list[int]) -> Party | None:
        """Return the most disputed event of a dispute, else the event that most of its facts are about, if any.

        Of several, it is the first in the file.
        """
        if events := [seq for seq in records if self.parties[seq].type == "event"]:
            return self.parties[min(events, key=self._weight)]
        number: defaultdict[int, int] = defaultdict(int)
        for fact in records:
            for event in self._about.get(fact, ()):
                number[event] += 1
        return self.parties[min(number, key=lambda seq: (-number[seq], seq))] if number else None

    def _weight(self, seq: int) -> tuple[int, int]:
        """Order the events and facts of a dispute: those with most opponents first, then as in the file."""
        return -len(self._edges[seq]), seq

    def _rank(self, seq: int) -> tuple[bool, int]:
        """Order the parties of a dispute: events and facts first, then actors and sources, each as in the file."""
        return not self.parties[seq].is_record, seq


def _party(seq: int, type_: str, id_: str, title: str, orders: int) -> Party:
    """Return a party; there are many, of few types."""
    return Party(seq, intern(type_), id_, title, orders)


def _by_day(party: Party) -> tuple[bool, int, int]:
    return not party.is_record, party.orders, party.seq


def _reached(start: int, neighbours: Callable[[int], Iterable[int]]) -> Iterator[int]:
    """Yield all that is reached from a start, nearest first."""
    found = {start}
    queue = [start]
    for seq in queue:  # grows as it goes
        yield seq
        new = [other for other in dict.fromkeys(neighbours(seq)) if other not in found]
        found.update(new)
        queue.extend(new)


def _sides(start: int, edges: Edges, rank: Callable[[int], tuple[bool, int]]) -> list[list[int]]:
    """Group the parties of a dispute: a side disputes the same, and nothing on it disputes anything else on it.

    Beginning with the most disputed party and going from each to its opponents, in the order of `rank`, a party joins
    the first side with a member that shares an opponent with it, and no member that it disputes. Otherwise it opens a
    new side. Where two sides are enough, this finds two.
    """
    sides: list[list[int]] = []
    against: defaultdict[int, set[int]] = defaultdict(set)  # the sides that have an opponent of each
    for seq in _reached(start, lambda seq: sorted(edges[seq], key=rank)):
        allied = set[int]().union(*(against[other] for other in edges[seq]))
        side = min(allied - against[seq], default=len(sides))
        if side == len(sides):
            sides.append([])
        sides[side].append(seq)
        for other in edges[seq]:
            against[other].add(side)
    return sides
