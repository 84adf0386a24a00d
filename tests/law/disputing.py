"""Disputes by brute force: sets that are joined as long as two of them touch, then their sides, states and order."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from law.known import first_of, known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from law.oracle import Oracle

Ref = tuple[str, str]  # type and id
DATED = {"event", "fact"}
_GIVEN_UP = {"contradicted", "withdrawn"}
_LAST = 10_000_000  # a day after all others, for what has none


class Work:
    """What is disputed among some records."""

    def __init__(self, oracle: Oracle) -> None:
        """Find who disputes what."""
        self._oracle, self._whole = oracle, oracle.whole
        self.records = {(each.type, each.id): each for each in oracle.all}
        found = (
            frozenset({ref, (first_of(self._whole, id_), id_)})
            for ref, record in self.records.items()
            for id_ in getattr(record, "disputed_by", ())
        )
        self.pairs = {pair for pair in found if len(pair) == 2}

    def rows(
        self, matching: Mapping[Ref, str | None], state: str | None, ranks: Mapping[Ref, int], *, certain: bool = False
    ) -> list[dict[str, Any]]:
        """Return the disputes that some records match, in order; `matching` has how surely each does.

        ranks: how well some records match: the disputes whose records do best come first. certain: only disputes that
        are certain.
        """
        found = [self._on_claims(members) for members in self._joined()]
        found += [self._on_dates(event) for event in self._oracle.of["event"] if event.other_dates]
        rows = [
            {**each.row, "match": min(matches, key=str) if each.sure else "possible"}  # "certain" is before "possible"
            for each in sorted(found, key=lambda each: (-sum(ranks.get(ref, 0) for ref in each.subjects), each.order))
            if (matches := [matching[ref] for ref in each.subjects if ref in matching])
        ]
        rows = [row for row in rows if not (certain and row["match"] == "possible")]
        return [row for row in rows if state in {None, row["state"]}]

    def _is_sure(self, ref: Ref) -> bool:
        """Whether a party was certainly known by the day; an actor always was."""
        day = self._oracle.day
        return day is None or ref[0] == "actor" or known(self._whole, self.records[ref])[1] <= day

    def _joined(self) -> list[set[Ref]]:
        """Return the events and facts of each dispute."""
        found = [{ref for ref in pair if ref[0] in DATED} for pair in self.pairs]
        for one, other in combinations(self.pairs, 2):
            records = (one | other) - (one & other)
            if len(records) == 2 and {ref[0] for ref in one & other} - DATED:
                first, second = map(self._about, records)
                found += [set(records)] if first & second else []
        while touching := next(((a, b) for a, b in combinations(found, 2) if a & b), None):
            found = [each for each in found if each not in touching] + [touching[0] | touching[1]]
        return found

    def _about(self, ref: Ref) -> set[str]:
        return {ref[1]} if ref[0] == "event" else set(self.records[ref].events)

    def _opponents(self, ref: Ref) -> set[Ref]:
        return {other for pair in self.pairs if ref in pair for other in pair - {ref}}

    def _most(self, refs: Iterable[Ref]) -> Ref:
        """Return the most disputed record, of several the first in the file."""
        return min(refs, key=lambda ref: (-len(self._opponents(ref)), self._place(ref)))

    def _place(self, ref: Ref) -> int:
        return self._oracle.whole.place(self.records[ref])

    def _order(self, ref: Ref) -> tuple[int, int]:
        date = self.records[ref].date
        return date.order[0] if date else _LAST, self._place(ref)

    def _event(self, members: Collection[Ref]) -> Ref | None:
        """Return the event that a dispute is about."""
        if events := [ref for ref in members if ref[0] == "event"]:
            return self._most(events)
        about = [("event", id_) for ref in members for id_ in self._about(ref)]
        return min(about, key=lambda ref: (-about.count(ref), self._place(ref)), default=None)

    def _on_claims(self, members: set[Ref]) -> _Found:
        event = self._event(members)
        head = event if event in members else self._most(members)
        ids = {each.id for each in self._whole.of["event"] if each.disputed_by}
        sides = self._sides(members)
        first = min(members, key=self._order)
        positions = [(number, *ref) for number, side in enumerate(sides, 1) for ref in side]
        id_ = f"fact:{head[1]}" if head[0] == "fact" and head[1] in ids else head[1]
        state = _state([[self._stands(ref) for ref in side] for side in sides])
        own = {"id": id_, "state": state, "contested": "claims", "event": event and event[1]}
        subjects = {*members, *([event] if event else [])}
        sure = any(all(map(self._is_sure, pair)) for pair in self.pairs if pair & members)
        return _Found((*self._order(first), "claims"), subjects, own | self._row(event or head, positions), sure)

    def _on_dates(self, event: Any) -> _Found:  # noqa: ANN401 - an event
        ref = ("event", event.id)
        dates = [event.sources, *(other.sources for other in event.other_dates)]
        positions = [(number, *ref) for number in range(1, len(dates) + 1)]
        state = _state([[(False, bool(sources))] for sources in dates])
        own = {"id": f"{event.id}#date", "state": state, "contested": "dates", "event": event.id}
        cited = ([("source", each.id) for each in other.sources] for other in event.other_dates)
        sure = any(not ids or any(map(self._is_sure, ids)) for ids in cited)
        return _Found((*self._order(ref), "dates"), {ref}, own | self._row(ref, positions), sure)

    def _row(self, titled: Ref, positions: list[tuple[int, str, str]]) -> dict[str, Any]:
        record, counts = self.records[titled], {"side_count": positions[-1][0], "position_count": len(positions)}
        return {"title": record.text if titled[0] == "fact" else record.title, **counts, "positions": positions}

    def _sides(self, members: set[Ref]) -> list[list[Ref]]:
        """Group the parties: each joins the first side that shares an opponent with it, and that it does not dispute.

        They join from the most disputed on, each followed by its opponents.
        """
        parties = members | {other for ref in members for other in self._opponents(ref)}
        against = {ref: self._opponents(ref) & parties for ref in parties}
        queue = [self._most(members)]
        for ref in queue:
            queue += [other for other in sorted(against[ref], key=self._rank) if other not in queue]
        sides: list[list[Ref]] = []
        for ref in queue:
            fitting = (
                side for side in sides
                if any(against[ref] & against[other] for other in side) and not against[ref] & set(side)
            )  # fmt: skip
            side = next(fitting, None)
            if side is None:
                sides.append([ref])
            else:
                side.append(ref)
        return [sorted(side, key=lambda ref: self._rank(ref, by_day=True)) for side in sides]

    def _rank(self, ref: Ref, *, by_day: bool = False) -> tuple[bool, int, int]:
        is_record = ref[0] in DATED
        return not is_record, self._order(ref)[0] if by_day and is_record else 0, self._place(ref)

    def _stands(self, ref: Ref) -> tuple[bool, bool]:
        """Return whether a party has given up, and whether it has sources."""
        record = self.records[ref]
        if ref[0] in DATED:
            return record.status in _GIVEN_UP, bool(record.sources)
        return False, ref[0] == "source"


class _Found(NamedTuple):
    """A dispute: where it is listed, what it is listed for, its row, and whether it was certainly known."""

    order: tuple[int, int, str]
    subjects: set[Ref]
    row: dict[str, Any]
    sure: bool


def _state(sides: list[list[tuple[bool, bool]]]) -> str:
    """Return where a dispute stands, from whether each party of each side has given up and has sources."""
    standing = [side for side in sides if not all(given_up for given_up, _ in side)]
    sourced = [side for side in sides if any(has_sources for _, has_sources in side)]
    if len(standing) == 1 < len(sides):
        return "settled"
    return "one-sided" if len(sourced) == 1 else "open"
