"""What is contested: disputes on claims and on dates, each with its sides, its positions, and where it stands."""

from __future__ import annotations

import json
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.analysis.dispute_cases import DATES, Cases
from korea_cli.analysis.periods import choice
from korea_cli.analysis.stances import Stance, Witnesses
from korea_cli.model.choices import DISPUTE_STATES
from korea_cli.query.conditions import all_of, among
from korea_cli.query.field import DATED
from korea_cli.query.ordering import sort_key
from korea_cli.query.selection import Selection
from korea_cli.rows.column import Column, Columns
from korea_cli.store.sql import EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.analysis.dispute_cases import Case, Outline
    from korea_cli.analysis.stances import Rows
    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query
    from korea_cli.rows.column import Json


class Dispute(NamedTuple):
    """A dispute: its state, what is contested (claims or dates), the event it is about, and all positions in it."""

    id: str
    title: str
    state: str
    contested: str
    event: Json
    date: str | None
    side_count: int
    position_count: int
    match: str | None
    positions: tuple[Stance, ...]

    @property
    def type(self) -> str:
        """The type of the row."""
        return "dispute"


_SORT_KEYS: dict[str, Callable[[Outline], Any] | None] = {
    "date": None,  # the usual order
    "id": attrgetter("id"),
    "title": lambda outline: outline.title.lower(),
    "state": attrgetter("state"),
    "contested": attrgetter("contested"),
    "side_count": attrgetter("side_count"),
    "position_count": attrgetter("position_count"),
}


class Disputes:
    """The disputes that a query matches, the best matches first, then by date; iterating looks their records up."""

    def __init__(self, chronology: Chronology, query: Query, state: str | None) -> None:
        """Find the disputes of a query, only those in a state if that is given; raises NotInListError."""
        self._query, self._witnesses = query, Witnesses(chronology)
        sort = query.selection.sort
        key = None if sort is None else sort_key(sort, _SORT_KEYS)
        state = None if state is None else choice("state", state, DISPUTE_STATES)
        self._all = Cases(chronology, query)
        found: Iterable[tuple[Any, Case]] = ((0, case) for case in self._all.found)
        if state or key:
            outlines = chain.from_iterable(self._all.outlines(self._all.found))
            found = ((key(each) if key else 0, each.case) for each in outlines if state in {None, each.state})
        self._cases = [case for _, case in sorted(found)]
        self.matched = len(self._cases)

    def __iter__(self) -> Iterator[Dispute]:
        """Yield the disputes."""
        for some in self._all.outlines(self._query.selection.listed(self._cases)):
            rows = self._witnesses.rows(party for each in some for party in each.parties)
            yield from (self._dispute(each, rows) for each in some)

    def __len__(self) -> int:
        """Count the disputes that iterating yields."""
        limit = self._query.selection.limit
        return self.matched if limit is None else min(limit, self.matched)

    @property
    def possible(self) -> int:
        """The number of those listed that match only possibly."""
        return sum(1 for case in self._query.selection.listed(self._cases) if case.possible)

    def _dispute(self, outline: Outline, rows: Rows) -> Dispute:
        case, found, first = outline.case, self._witnesses, rows[outline.case.seq]
        stances = found.on_dates(first) if case.contested == DATES else found.on_claims(outline.sides, rows)
        match = None if not self._query.limits_time else "possible" if case.possible else "certain"
        event = {"type": "event", "id": outline.event.id, "title": outline.event.title} if outline.event else None
        return Dispute(
            outline.id, outline.title, outline.state, case.contested, event, first["date"], outline.side_count,
            outline.position_count, match, tuple(stances),
        )  # fmt: skip


def disputes_about(chronology: Chronology, records: Iterable[str]) -> Disputes:
    """Return the disputes that some events and facts, as `TYPE:ID`, take part in or are about."""
    query = chronology.query(Selection(), *DATED, opposed=True)
    ids = f"entry WHERE type || ':' || id IN ({EACH_TEXT})"
    own = all_of([among(ids, json.dumps(list(records))), query.own])
    return Disputes(chronology, query._replace(own=own), None)


class PositionOf(NamedTuple):
    """A position with the dispute that it is part of: a row for formats with one row a line."""

    whole: Dispute
    own: Stance

    @property
    def type(self) -> str:
        """The type of the row."""
        return "position"


class DisputePositions:
    """A row for each position of disputes, read when they are iterated."""

    def __init__(self, disputes: Iterable[Dispute]) -> None:
        """Prepare to read the positions of disputes."""
        self._disputes = disputes

    def __iter__(self) -> Iterator[PositionOf]:
        """Yield each position with its dispute."""
        return (PositionOf(dispute, stance) for dispute in self._disputes for stance in dispute.positions)


def columns() -> Columns:
    """Return the columns of disputes, each with its positions in it."""
    keys = ("type", *(key for key in Dispute._fields if key != "positions"))
    own = [Column(key, attrgetter(key)) for key in keys]
    positions = Column("positions", attrgetter("positions"), lambda stances: [each.to_json() for each in stances])
    return Columns(("dispute",), lambda _: (*own, positions))


def columns_of_positions() -> Columns:
    """Return the columns of positions, each behind the id, title and state of its dispute."""
    whole = {"dispute": "id", "title": "title", "state": "state", "contested": "contested"}
    own = [Column(key, attrgetter(f"whole.{name}")) for key, name in whole.items()]
    own.insert(1, Column("type", attrgetter("type")))
    own += [Column(key, attrgetter(f"own.{key}")) for key in Stance._fields]
    own.append(Column("match", attrgetter("whole.match")))
    return Columns(("position",), lambda _: tuple(own))
