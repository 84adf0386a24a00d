"""The disputes that match a query, by number; and of those that are asked for, what they are about and how they stand.

No record is read for that: ids, titles, statuses and whether there are sources are enough.
"""

from __future__ import annotations

import json
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.analysis.dispute_graph import DisputeGraph, Quarrel
from korea_cli.chronology.references import ROLE_KEYS
from korea_cli.query.ordering import relevance
from korea_cli.query.resolve_names import RIVAL_DATES
from korea_cli.query.together import QueryPart, ask_together
from korea_cli.store.sql import EACH_NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

    Stand = tuple[bool, bool]  # whether a party of a dispute has given up, and whether it has sources

CONTESTED = CLAIMS, DATES = "claims", "dates"
_AT_ONCE = 200  # disputes that are looked up together
_TEXTS = 7  # the first fields of a party
_MATCHING = """SELECT entry.seq AS seq, {possible} AS possible, {relevance} AS relevance FROM entry
  WHERE (entry.seq IN (SELECT seq FROM opponent) OR entry.seq IN (SELECT about FROM opponent)) AND {own}"""
_DATED_TWICE = """SELECT entry.orders AS orders, entry.seq AS seq, {possible} AS possible, {relevance} AS relevance
  FROM entry JOIN event ON event.seq = entry.seq WHERE event.other_dates IS NOT NULL AND {own}"""
_FOUND = ("seq", "possible", "relevance")
# Of some numbers, those of what was certainly known by a day; and of events, those with another date that was.
_SURE = f"SELECT seq FROM entry WHERE seq IN ({EACH_NUMBER}) AND known_max <= ?"  # noqa: S608 - values are bound
_SURE_OF_DATE = f"""SELECT event.seq AS seq FROM event, json_each(event.other_dates) AS other
  LEFT JOIN json_each(other.value, '$[1]') AS cited ON 1 = 1
  LEFT JOIN entry AS source ON source.type = 'source' AND source.id = json_extract(cited.value, '$[0]')
  WHERE event.seq IN ({EACH_NUMBER}) AND (cited.value IS NULL OR source.known_max <= ?)"""  # noqa: S608 - as above
_PARTIES = f"""SELECT entry.type AS type, entry.id AS id, entry.title AS title,
    COALESCE(NULLIF(source.container, ''), NULLIF(source.publisher, '')) AS who, NULLIF(source.issued, '') AS issued,
    NULLIF(source.url, '') AS url, NULLIF(source.note, '') AS note, entry.seq AS seq,
    CASE WHEN entry.status IN ('contradicted', 'withdrawn') THEN 1 ELSE 0 END AS has_given_up,
    CASE WHEN entry.type = 'source' OR EXISTS (SELECT 1 FROM link WHERE link.seq = entry.seq AND link.key = 'sources')
      THEN 1 ELSE 0 END AS has_sources
  FROM entry LEFT JOIN source ON source.seq = entry.seq WHERE entry.seq IN ({EACH_NUMBER})"""  # noqa: S608 - as above
_OTHER_DATES = f"""SELECT (SELECT json_group_array(json_array_length(other.value, '$[1]') > 0)
    FROM json_each(event.other_dates) AS other) AS sourced, seq FROM event WHERE seq IN ({EACH_NUMBER})"""  # noqa: S608 - as above
# The id of a dispute is always the same, whenever it was known that an event is disputed.
_DISPUTED = f"""SELECT event.id AS id FROM main.event JOIN main.entry ON entry.seq = event.seq
  WHERE event.disputed_by IS NOT NULL AND entry.id IN (
    SELECT head.id FROM main.entry AS head WHERE head.seq IN ({EACH_NUMBER}))"""  # noqa: S608 - as above


class Party(NamedTuple):
    """An event or fact that is disputed or disputes another; or an actor or source that disputes without a claim.

    who, issued, url, note: of a source. seq: its number in the store.
    """

    type: str
    id: str
    title: str
    who: str | None
    issued: str | None
    url: str | None
    note: str | None
    seq: int
    has_given_up: bool
    has_sources: bool


class Case(NamedTuple):
    """A dispute that matches a query, in the order that disputes are listed in: the best matches, then the earliest.

    rank: minus how often words of the query are in titles and names of its records that match. orders, seq: the day and
    the number of its earliest record. members: its events and facts; none if a date is contested.
    """

    rank: int
    orders: int
    seq: int
    contested: str
    possible: bool
    members: Sequence[int] = ()


class Outline(NamedTuple):
    """What a dispute is about and where it stands.

    sides: its parties by side; if a date is contested, its event alone.
    """

    case: Case
    id: str
    title: str
    state: str
    event: Party | None
    side_count: int
    position_count: int
    sides: Sequence[Sequence[Party]]

    @property
    def contested(self) -> str:
        """What is contested: claims or dates."""
        return self.case.contested

    @property
    def parties(self) -> Iterable[Party]:
        """All whose records its positions are made of."""
        return chain.from_iterable(self.sides)


class Cases:
    """The disputes that a query matches: one of their events or facts does, or the event that they are about."""

    def __init__(self, chronology: Chronology, query: Query) -> None:
        """Find them; `found` has them in the order of the file, in which looking them up is fastest."""
        self._chronology, self._store, self._query = chronology, chronology.store, query
        self._words = query.words if query.selection.sort is None else ()
        own, self._dated_twice = ask_together(
            self._store, [self._part(_MATCHING, _FOUND), self._part(_DATED_TWICE, ("orders", *_FOUND))]
        )
        matching = {seq: bool(possible) for seq, possible, _ in own}
        ranks = {seq: rank for seq, _, rank in own if rank}
        self._graph = DisputeGraph(self._store, matching)
        sure, sure_of_date = self._sure(self._graph.parties(), [seq for _, seq, *_ in self._dated_twice])
        found = (*self._on_claims(matching, ranks, sure), *self._on_dates(sure_of_date))
        is_certain = query.selection.certain
        self.found = tuple(case for case in found if not (is_certain and case.possible))

    def outlines(self, cases: Iterable[Case]) -> Iterator[list[Outline]]:
        """Yield the outlines of some disputes, many at once."""
        cases = iter(cases)
        while some := list(islice(cases, _AT_ONCE)):
            yield self._outlined(some)

    def _part(self, sql: str, columns: tuple[str, ...]) -> QueryPart:
        own, possible, found = self._query.own, self._query.possible, relevance(self._words, self._store.words)
        sql = sql.format(own=own.sql, possible=possible.sql, relevance=found.sql)
        return QueryPart(sql, (*possible.values, *found.values, *own.values), (), columns)

    def _on_dates(self, sure: Collection[int]) -> Iterator[Case]:
        return (
            Case(-rank, day, seq, DATES, bool(possible) or seq not in sure)
            for day, seq, possible, rank in self._dated_twice
        )

    def _sure(self, *asked: Collection[int]) -> Sequence[Collection[int]]:
        """Return the numbers of what was certainly known by the day that is asked for; all without one.

        asked: the parties of disputes on claims, and the events of those on dates.
        """
        if not (known_by := self._query.known_by):
            return asked
        parts = [
            QueryPart(sql, (_bound(seqs), known_by.ordinal), (), ("seq",))
            for sql, seqs in zip((_SURE, _SURE_OF_DATE), asked, strict=True)
        ]
        return [{seq for (seq,) in rows} for rows in ask_together(self._store, parts)]

    def _on_claims(
        self, matching: Mapping[int, bool], ranks: Mapping[int, int], sure: Collection[int]
    ) -> Iterator[Case]:
        """Yield the disputes on claims; one is certain if a match is, and that somebody disputed somebody."""
        for members in self._graph.disputes():
            is_sure = any(one in sure and other in sure for one, other in self._graph.pairs(members))
            event = self._graph.subject(members)
            subjects = {*members, *(() if event is None else (event,))}
            if found := [matching[seq] for seq in subjects if seq in matching]:
                rank = -sum(ranks.get(seq, 0) for seq in subjects)
                yield Case(rank, *self._graph.earliest(members), CLAIMS, all(found) or not is_sure, tuple(members))

    def _outlined(self, cases: Sequence[Case]) -> list[Outline]:
        quarrels = [self._quarrel(case) for case in cases]
        found = self._look_up(quarrels, [case.seq for case in cases if case.contested == DATES])
        return [_outline(case, quarrel, found) for case, quarrel in zip(cases, quarrels, strict=True)]

    def _quarrel(self, case: Case) -> Quarrel:
        if case.contested == DATES:
            return Quarrel(case.seq, case.seq, [[case.seq]])
        return self._graph.quarrel(case.members)

    def _look_up(self, quarrels: Sequence[Quarrel], dated_twice: Iterable[int]) -> _Found:
        numbers = {seq for each in quarrels for seq in (each.event, *chain.from_iterable(each.sides))}
        heads = _bound(each.head for each in quarrels)
        parties, disputed, dates, *role_keys = ask_together(self._store, [
            QueryPart(_PARTIES, (_bound(numbers),), Party._fields[:_TEXTS], Party._fields[_TEXTS:]),
            QueryPart(_DISPUTED, (heads,), ("id",)),
            QueryPart(_OTHER_DATES, (_bound(dated_twice),), ("sourced",), ("seq",)),
            *([] if self._chronology.knows_roles else [ROLE_KEYS]),
        ])  # fmt: skip
        for each in role_keys:
            self._chronology.note_role_keys(each)
        by_number = {party.seq: party for party in (Party(*row) for row in parties)}
        sourced = {seq: json.loads(each) for each, seq in dates}
        return _Found(by_number, {id_ for (id_,) in disputed}, sourced)


class _Found(NamedTuple):
    """What was looked up for some disputes.

    parties: by number. disputed: the ids of events that are disputed. other_dates: whether each of the other dates of
    an event has sources, by its number.
    """

    parties: Mapping[int, Party]
    disputed: Container[str]
    other_dates: Mapping[int, Sequence[bool]]


def _outline(case: Case, quarrel: Quarrel, found: _Found) -> Outline:
    head, sides = found.parties[quarrel.head], [[found.parties[seq] for seq in side] for side in quarrel.sides]
    event = None if quarrel.event is None else found.parties[quarrel.event]
    if case.contested == CLAIMS:
        id_ = f"fact:{head.id}" if head.type == "fact" and head.id in found.disputed else head.id
        stands = [[(each.has_given_up, each.has_sources) for each in side] for side in sides]
    else:
        id_ = f"{head.id}{RIVAL_DATES}"
        stands = [[(False, has_sources)] for has_sources in (head.has_sources, *found.other_dates[head.seq])]
    counts = len(stands), sum(map(len, stands))
    return Outline(case, id_, (event or head).title, state_of(stands), event, *counts, sides)


def state_of(sides: Sequence[Sequence[Stand]]) -> str:
    """Return where a dispute stands, from whether each party of each side has given up, and whether it has sources.

    It is settled if all sides but one have given up: each of their claims is contradicted or withdrawn. Else it is
    one-sided if a single side has sources, and open in all other cases.
    """
    standing = [side for side in sides if not all(has_given_up for has_given_up, _ in side)]
    sourced = [side for side in sides if any(has_sources for _, has_sources in side)]
    if len(standing) == 1 < len(sides):
        return "settled"
    return "one-sided" if len(sourced) == 1 else "open"


def _bound(values: Iterable[object]) -> str:
    """Return the value to bind for EACH_NUMBER or EACH_TEXT."""
    return json.dumps(list(values))
