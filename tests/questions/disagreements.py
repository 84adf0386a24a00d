"""What is disputed in a data file, worked out slowly from the file alone: who is on which side, and how it stands."""

from __future__ import annotations

import tomllib
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from questions.record import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Ref = tuple[str, str]  # type and id
DATED = {"event", "fact"}


class Record(NamedTuple):
    """A record of the file: where it stands there, and its keys."""

    place: int
    values: dict[str, Any]


class Work:
    """What is disputed in a file, worked out slowly: by sets that are joined as long as two of them touch."""

    def __init__(self, text: str) -> None:
        tables = tomllib.loads(text)
        self.records: dict[Ref, Record] = {}
        for type_ in ("source", "actor", "event", "fact"):
            for values in tables.get(f"{type_}s", ()):
                self.records[type_, values["id"]] = Record(len(self.records), values)
        self.pairs: set[frozenset[Ref]] = set()
        for ref, record in self.records.items():
            for id_ in record.values.get("disputed_by", ()):
                other = next((type_, id_) for type_ in ("fact", "actor", "source") if (type_, id_) in self.records)
                self.pairs.add(frozenset((ref, other)))

    def disputes(self) -> list[set[Ref]]:
        """Return the events and facts of each dispute."""
        found = [{ref for ref in pair if ref[0] in DATED} for pair in self.pairs]
        for one, other in combinations(self.pairs, 2):
            for ref in one & other:
                if ref[0] not in DATED:
                    records = (one | other) - {ref}
                    first, second = (self.about(each) for each in records)
                    found += [set(records)] if first & second else []
        while True:
            touching = next(((a, b) for a, b in combinations(found, 2) if a & b), None)
            if touching is None:
                return found
            found = [each for each in found if each not in touching] + [touching[0] | touching[1]]

    def about(self, ref: Ref) -> set[str]:
        """Return the ids of the events that a record is about."""
        return {ref[1]} if ref[0] == "event" else set(self.records[ref].values.get("events", ()))

    def opponents(self, ref: Ref) -> set[Ref]:
        """Return what disputes a record, and what it disputes."""
        return {other for pair in self.pairs if ref in pair for other in pair - {ref}}

    def most(self, refs: Iterable[Ref]) -> Ref:
        """Return the most disputed record, of several the first in the file."""
        return min(refs, key=lambda ref: (-len(self.opponents(ref)), self.records[ref].place))

    def title(self, dispute: set[Ref]) -> tuple[Ref, str]:
        """Return the event that a dispute is about, else its most disputed claim, and its title."""
        events = [ref for ref in dispute if ref[0] == "event"]
        about = [("event", id_) for ref in dispute for id_ in self.about(ref)]
        often = {ref: (-about.count(ref), self.records[ref].place) for ref in about}
        ref = self.most(events) if events else min(often, key=lambda ref: often[ref]) if often else self.most(dispute)
        values = self.records[ref].values
        return ref, values.get("title") or values["text"]

    def sides(self, dispute: set[Ref]) -> list[list[Ref]]:
        """Return who is on which of two sides: whoever one disputes is on the other.

        The most disputed is on the first. This is for disputes of which two sides are enough.
        """
        colours, reached = {self.most(dispute): 0}, [self.most(dispute)]
        for ref in reached:
            for other in self.opponents(ref):
                if ref[0] in DATED or other in dispute:
                    assert colours.setdefault(other, 1 - colours[ref]) != colours[ref], "two sides are not enough"
                    reached += [other] if other not in reached else []
        assert dispute <= colours.keys()
        return [sorted((ref for ref in colours if colours[ref] == side), key=self.rank) for side in (0, 1)]

    def rank(self, ref: Ref) -> tuple[bool, str, int]:
        """Order the parties of a side: events and facts by their days, undated ones last, then actors and sources."""
        dated = ref[0] in DATED
        return not dated, self.day(ref) if dated else "", self.records[ref].place

    def day(self, ref: Ref) -> str:
        """Return the first day of a record as text that sorts."""
        date = self.records[ref].values.get("date")
        return str(bounds(str(date))[0]) if date else "undated"  # after all digits

    def state(self, sides: Sequence[Iterable[Ref]]) -> str:
        """Return how a dispute stands, from what has been given up and what has sources."""
        statuses = [{self.records[ref].values.get("status") for ref in side} for side in sides]
        standing = [side for side in statuses if not side <= {"contradicted", "withdrawn"}]
        sourced = [side for side in sides if any(self.has_sources(ref) for ref in side)]
        return "settled" if len(standing) == 1 else "one-sided" if len(sourced) == 1 else "open"

    def has_sources(self, ref: Ref) -> bool:
        """Return whether a party of a dispute has sources, or is one."""
        return ref[0] == "source" or bool(self.records[ref].values.get("sources"))

    def answer(self, state: str) -> list[tuple[str, str, list[list[str]]]]:
        """Return the disputes in a state in the order of their earliest records: id, title, the ids on each side."""
        found = []
        for dispute in self.disputes():
            sides = self.sides(dispute)
            if self.state(sides) == state:
                ref, title = self.title(dispute)
                id_ = ref[1] if ref in dispute else self.most(dispute)[1]
                found.append((min(map(self.rank, dispute)), (id_, title, [[id_ for _, id_ in side] for side in sides])))
        for ref, record in self.records.items():
            dates = [record.values, *record.values.get("other_dates", ())]
            sourced = [date for date in dates if date.get("sources")]
            if len(dates) > 1 and state == ("one-sided" if len(sourced) == 1 else "open"):
                sides_of_dates = [[str(date["date"])] for date in dates]
                found.append((self.rank(ref), (f"{ref[1]}#date", record.values["title"], sides_of_dates)))
        return [each for _, each in sorted(found, key=lambda each: each[0])]
