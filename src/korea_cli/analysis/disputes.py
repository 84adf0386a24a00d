"""What is contested: disputes on claims and on dates, each with its sides, its positions, and where it stands."""

from __future__ import annotations

import json
from itertools import islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.analysis.dispute_graph import ENTRY, DisputeGraph, Party
from korea_cli.analysis.periods import choice
from korea_cli.analysis.stances import Stance, Witnesses
from korea_cli.model.choices import DISPUTE_STATES
from korea_cli.query.ordering import sort_key
from korea_cli.query.resolve_names import RIVAL_DATES
from korea_cli.rows.column import Column, Columns
from korea_cli.store.sql import EACH_BOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from korea_cli.analysis.dispute_graph import Quarrel
    from korea_cli.analysis.stances import Rows
    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query
    from korea_cli.rows.column import Json

CONTESTED = CLAIMS, DATES = "claims", "dates"
_GIVEN_UP = {"contradicted", "withdrawn"}
_AT_ONCE = 500  # disputes whose records are looked up together
_MATCHING = f"SELECT entry.seq, {{possible}} FROM entry WHERE entry.seq IN ({EACH_BOUND}) AND {{own}}"  # noqa: S608 - values are bound
_DATED_TWICE = f"""SELECT {ENTRY}, {{possible}} FROM entry JOIN event ON event.seq = entry.seq
  WHERE event.other_dates IS NOT NULL AND {{own}}"""  # noqa: S608 - values are bound


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


class _Case(NamedTuple):
    """A dispute that matches a query, before its records are looked up.

    first: its earliest record. sides: empty for dates.
    """

    id: str
    title: str
    contested: str
    event: Party | None
    first: Party
    possible: bool
    sides: Sequence[Sequence[Party]] = ()

    @property
    def order(self) -> tuple[int, int, str]:
        """Where it is listed: by the day of its earliest record, then as in the file."""
        return self.first.orders, self.first.seq, self.contested

    @property
    def parties(self) -> Iterator[Party]:
        """All that must be looked up."""
        yield self.first
        for side in self.sides:
            yield from side


_SORT_KEYS: dict[str, Callable[[Dispute], Any] | None] = {
    "date": None,  # the usual order
    "id": attrgetter("id"),
    "title": lambda dispute: dispute.title.lower(),
    "state": attrgetter("state"),
    "contested": attrgetter("contested"),
    "side_count": attrgetter("side_count"),
    "position_count": attrgetter("position_count"),
}


class Disputes:
    """The disputes that a query matches, by the earliest date in each; iterating looks their records up.

    A dispute matches if one of its events or facts does, or the event it is about.
    """

    def __init__(self, chronology: Chronology, query: Query, state: str | None) -> None:
        """Find the disputes of a query, only those in a state if that is given; raises NotInListError."""
        self._chronology, self._query = chronology, query
        self._witnesses = Witnesses(chronology)
        sort = query.selection.sort
        key = None if sort is None else sort_key(sort, _SORT_KEYS)
        state = None if state is None else choice("state", state, DISPUTE_STATES)
        self._cases = sorted((*self._on_claims(), *self._on_dates()), key=attrgetter("order"))
        if state or key:
            rows = zip(self._looked_up(self._cases), self._cases, strict=True)
            found = [(key(row) if key else 0, case) for row, case in rows if state in {None, row.state}]
            self._cases = [case for _, case in sorted(found, key=itemgetter(0))]
        self.matched = len(self._cases)

    def __iter__(self) -> Iterator[Dispute]:
        """Yield the disputes."""
        return self._looked_up(self._query.selection.listed(self._cases))

    def __len__(self) -> int:
        """Count the disputes that iterating yields."""
        limit = self._query.selection.limit
        return self.matched if limit is None else min(limit, self.matched)

    @property
    def possible(self) -> int:
        """The number of those listed that match only possibly."""
        return sum(1 for case in self._query.selection.listed(self._cases) if case.possible)

    def _on_claims(self) -> Iterator[_Case]:
        graph = DisputeGraph(self._chronology)
        matching = self._matching(graph.parties)
        for quarrel in graph.matching(matching) if matching else ():
            subjects = [*quarrel.records, *([quarrel.event] if quarrel.event else [])]
            possible = all(matching[party.seq] for party in subjects if party.seq in matching)
            yield _on_claims(quarrel, graph, possible)

    def _matching(self, seqs: Iterable[int]) -> dict[int, bool]:
        """Return which of some records match, and whether only possibly."""
        return {seq: bool(possible) for seq, possible in self._ask(_MATCHING, json.dumps(list(seqs)))}

    def _on_dates(self) -> Iterator[_Case]:
        for *values, possible in self._ask(_DATED_TWICE):
            event = Party(*values)
            yield _Case(f"{event.id}{RIVAL_DATES}", event.title, DATES, event, event, bool(possible))

    def _ask(self, sql: str, *values: str) -> Iterator[tuple[Any, ...]]:
        own, possible = self._query.own, self._query.possible
        sql = sql.format(own=own.sql, possible=possible.sql)
        return self._chronology.store.rows(sql, (*possible.values, *values, *own.values))

    def _looked_up(self, cases: Iterable[_Case]) -> Iterator[Dispute]:
        """Look up the records of disputes, those of many at once."""
        cases = iter(cases)
        while some := list(islice(cases, _AT_ONCE)):
            rows = self._witnesses.rows(party for case in some for party in case.parties)
            for case in some:
                yield self._dispute(case, rows)

    def _dispute(self, case: _Case, rows: Rows) -> Dispute:
        first = rows[case.first.seq]
        found = self._witnesses
        stances = tuple(found.on_dates(first) if case.contested == DATES else found.on_claims(case.sides, rows))
        match = None if not self._query.limits_time else "possible" if case.possible else "certain"
        event = {"type": "event", "id": case.event.id, "title": case.event.title} if case.event else None
        return Dispute(
            case.id, case.title, state_of(stances), case.contested, event, first["date"],
            len({each.side for each in stances}), len(stances), match, stances,
        )  # fmt: skip


def _on_claims(quarrel: Quarrel, graph: DisputeGraph, possible: bool) -> _Case:  # noqa: FBT001 - a value of the case
    head, event = quarrel.head, quarrel.event
    id_ = f"fact:{head.id}" if head.type == "fact" and head.id in graph.event_ids else head.id
    first = min(quarrel.records, key=attrgetter("orders", "seq"))
    return _Case(id_, (event or head).title, CLAIMS, event, first, possible, quarrel.sides)


def state_of(stances: Iterable[Stance]) -> str:
    """Return where a dispute stands.

    It is settled if all sides but one have given up: each of their claims is contradicted or withdrawn. Else it is
    one-sided if a single side has sources, and open in all other cases.
    """
    sides: dict[int, list[Stance]] = {}
    for stance in stances:
        sides.setdefault(stance.side, []).append(stance)
    standing = [side for side in sides.values() if not all(each.status in _GIVEN_UP for each in side)]
    sourced = [side for side in sides.values() if any(each.sources for each in side)]
    if len(standing) == 1 < len(sides):
        return "settled"
    return "one-sided" if len(sourced) == 1 else "open"


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
    return Columns(("position",), lambda _: tuple(own))
