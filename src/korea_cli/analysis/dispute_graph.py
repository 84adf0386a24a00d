"""Who disagrees with whom: events, facts, actors and sources, and the disputes that they are the parts of."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.records import DISPUTING
from korea_cli.query.resolve_names import placeholders
from korea_cli.store.sql import EACH_BOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from korea_cli.chronology import Chronology

    Edges = Mapping[int, set[int]]  # by number in the store, both ways

_OPPONENTS = tuple(table.removesuffix("s") for table in DISPUTING)
ENTRY = "entry.seq, entry.type, entry.id, entry.title, entry.orders"
_EVENT_IDS = "SELECT id FROM event WHERE disputed_by IS NOT NULL"
_LINKS = "SELECT seq, target FROM link WHERE key = 'disputed_by'"
_DISPUTED = f"SELECT {ENTRY} FROM entry WHERE seq IN ({EACH_BOUND})"  # noqa: S608 - a list that is bound
_NAMED = f"SELECT {ENTRY} FROM entry WHERE id IN ({EACH_BOUND}) AND type IN ({placeholders(_OPPONENTS)})"  # noqa: S608 - as above
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
        self.parties: dict[int, Party] = {}
        self._edges: defaultdict[int, set[int]] = defaultdict(set)
        self._about: defaultdict[int, list[int]] = defaultdict(list)
        self._read_edges()
        self._read_events()

    def matching(self, seqs: Container[int]) -> Iterator[Quarrel]:
        """Yield the disputes of which an event or fact, or the event they are about, is among some numbers."""
        links, seen = self._links(), set[int]()
        for seq in sorted(links):
            if seq not in seen:
                found = list(_reached(seq, links))
                seen.update(found)
                subject = self._subject(found)
                if any(each in seqs for each in found) or (subject and subject.seq in seqs):
                    yield self._quarrel(found, subject)

    @cached_property
    def event_ids(self) -> set[str]:
        """The ids of the events that are disputed, whenever that was known: the id of a dispute is always the same."""
        return {id_ for (id_,) in self._store.whole.rows(_EVENT_IDS)}

    def _read_edges(self) -> None:
        links = list(self._store.rows(_LINKS))
        disputed = self._parties(_DISPUTED, {seq for seq, _ in links})
        named: dict[str, Party] = {}
        for party in self._parties(_NAMED, {target for _, target in links}, *_OPPONENTS):
            if party.id not in named or _OPPONENTS.index(party.type) < _OPPONENTS.index(named[party.id].type):
                named[party.id] = party
        known = {party.seq: party for party in (*disputed, *named.values())}
        for seq, target in links:
            other = named[target].seq
            if seq in known and other != seq:
                self._edges[seq].add(other)
                self._edges[other].add(seq)
                self.parties |= {seq: known[seq], other: known[other]}

    def _read_events(self) -> None:
        """Read which events the facts are about."""
        facts = [seq for seq, party in self.parties.items() if party.type == "fact"]
        for fact, *values in self._store.rows(_ABOUT, (json.dumps(facts),)):
            event = Party(*values)
            self.parties.setdefault(event.seq, event)
            self._about[fact].append(event.seq)

    def _parties(self, sql: str, keys: Iterable[int | str], *values: str) -> list[Party]:
        return [Party(*row) for row in self._store.rows(sql, (json.dumps(list(keys)), *values))]

    def _links(self) -> Edges:
        """Return which events and facts belong to one dispute.

        An actor or source that disputes two of them links them only if both are about the same event.
        """
        links: dict[int, set[int]] = {}
        alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for seq, opponents in self._edges.items():
            if self.parties[seq].is_record:
                links[seq] = {other for other in opponents if self.parties[other].is_record}
                for other in opponents - links[seq]:
                    for event in (seq, *self._about.get(seq, ())):
                        alike[other, event].append(seq)
        for first, *others in alike.values():
            for other in others:
                links[first].add(other)
                links[other].add(first)
        return links

    def _quarrel(self, records: list[int], subject: Party | None) -> Quarrel:
        members = {*records, *(other for seq in records for other in self._edges[seq])}
        edges = {seq: self._edges[seq] & members for seq in members}
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


def _by_day(party: Party) -> tuple[bool, int, int]:
    return not party.is_record, party.orders, party.seq


def _reached(start: int, edges: Mapping[int, Iterable[int]]) -> Iterator[int]:
    """Yield all that is reached from a start, nearest first."""
    found = {start}
    queue = [start]
    for seq in queue:  # grows as it goes
        yield seq
        new = [other for other in edges[seq] if other not in found]
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
    for seq in _reached(start, {seq: sorted(others, key=rank) for seq, others in edges.items()}):
        allied = set[int]().union(*(against[other] for other in edges[seq]))
        side = min(allied - against[seq], default=len(sides))
        if side == len(sides):
            sides.append([])
        sides[side].append(seq)
        for other in edges[seq]:
            against[other].add(side)
    return sides
