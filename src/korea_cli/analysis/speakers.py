"""Who said what, and whether it changed: the statements and claims of each actor in time."""

from __future__ import annotations

import json
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.query.filters import DATED
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.terms import read_terms, required
from korea_cli.store.sql import EACH_BOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

SAYING = (
    "statement",
    "offer",
    "request",
    "agreement",
    "rejection",
    "accusation",
)  # kinds of events in which one speaks
REFUSING, CONCEDING = {"rejection", "accusation"}, {"agreement", "offer"}
_ROLES = ("agent", "holder")
_BY = frozenset({"by", "holder"})  # fields that name who speaks
_SPOKEN = f"""FROM entry JOIN link ON link.seq = entry.seq AND link.role IN ({placeholders(_ROLES)})
    LEFT JOIN event ON event.seq = entry.seq
  WHERE entry.type IN ({placeholders(DATED)}) AND (entry.type = 'fact' OR event.kind IN ({placeholders(SAYING)}))
    AND {{own}}"""
_VOICES = f"""SELECT target, (SELECT title FROM entry WHERE type = 'actor' AND id = target), COUNT(*), COUNT(doubt),
  MIN(orders), MAX(orders) FROM (SELECT DISTINCT link.target, entry.seq, entry.orders,
    CASE WHEN {{possible}} THEN 1 END AS doubt {_SPOKEN}) GROUP BY target"""  # noqa: S608 - values are bound
_UTTERANCES = f"""SELECT link.target, entry.seq, entry.type, entry.id, event.kind, entry.start_min, entry.end_max,
    entry.orders, entry.clock, {{possible}}
  {_SPOKEN} AND link.target IN ({EACH_BOUND})"""
_LINKS = f"SELECT seq, key, target FROM link WHERE key IN ('disputed_by', 'responds_to') AND seq IN ({EACH_BOUND})"  # noqa: S608 - as above


class Utterance(NamedTuple):
    """A statement or claim of an actor: an event or fact, by its number, with the first and last day it may be on.

    earlier: the earlier ones of the same actor that it changes. change: whether it does so surely, or may be the
    earlier one itself. last: whether it is surely or possibly the last one.
    """

    seq: int
    type: str
    id: str
    kind: str | None
    start_min: int | None
    end_max: int | None
    orders: int
    clock: int
    possible: int | None
    earlier: tuple[Utterance, ...] = ()
    change: str | None = None
    last: str | None = None

    @property
    def order(self) -> tuple[bool, int, int, int, int]:
        """Where it stands among those of its actor: by date, undated ones first, as they are never the last."""
        return self.start_min is not None, self.orders, self.end_max or 0, self.clock, self.seq

    @property
    def reach(self) -> tuple[int, int, int]:
        """The first and last day it may be on, and its place within the day; 0 if its time is not known."""
        if self.start_min is None or self.end_max is None:
            return OPEN_START, OPEN_END, 0
        return self.start_min, self.end_max, self.clock

    def is_surely_after(self, other: Utterance) -> bool:
        """Return whether it surely begins when another is over."""
        first, last, clock = self.reach
        other_first, other_last, other_clock = other.reach
        return first > other_last or (first == last == other_first == other_last and clock > other_clock > 0)


class Voice(NamedTuple):
    """An actor that speaks: how much it said that matches, how much of it only possibly, its first and last day."""

    id: str
    name: str
    number: int
    possible: int
    first: int
    last: int


class Testimony:
    """The statements and claims that a query matches, by who made them."""

    def __init__(self, chronology: Chronology, query: Query) -> None:
        """Prepare to read what a query matches."""
        self._chronology, self._store, self._query = chronology, chronology.store, query

    def voices(self) -> list[Voice]:
        """Count what each actor said, and return those with most first.

        Where the query names who speaks, only these and what belongs to them are among the actors.
        """
        named = self._named()
        found = [Voice(*row) for row in self._ask(_VOICES) if named is None or row[0] in named]
        return sorted(found, key=lambda voice: (-voice.number, voice.name, voice.id))

    def of(self, voices: Iterable[Voice]) -> Iterator[list[Utterance]]:
        """Yield what each of some actors said, in the order of time, with what changes and what is last."""
        ids = [voice.id for voice in voices]
        found: defaultdict[str, dict[int, Utterance]] = defaultdict(dict)
        for actor, seq, *further in self._ask(_UTTERANCES, json.dumps(ids)):
            found[actor][seq] = Utterance(seq, *further)
        links: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)  # what each is disputed by and responds to
        seqs = json.dumps(list({seq for said in found.values() for seq in said}))
        for seq, key, target in self._store.rows(_LINKS, (seqs,)):
            links[seq].add((key, target))
        return (_marked(sorted(found[id_].values(), key=attrgetter("order")), links) for id_ in ids)

    def _ask(self, sql: str, *values: str) -> Iterator[tuple[Any, ...]]:
        own, possible = self._query.own, self._query.possible
        sql = sql.format(own=own.sql, possible=possible.sql)
        return self._store.rows(sql, (*possible.values, *_ROLES, *DATED, *SAYING, *own.values, *values))

    def _named(self) -> set[str] | None:
        """Return the actors that must have spoken by the terms of the query, and what belongs to them; None for any."""
        selection = self._query.selection
        values = required(read_terms(selection.terms, selection.named_terms, DATED), _BY)
        ids = set()
        for value in values:
            id_ = self._chronology.named(value.removeprefix("="), "actor").id
            sql = "SELECT id FROM belongs WHERE type = 'actor' AND whole = ?"
            ids |= {id_} if value.startswith("=") else {each for (each,) in self._store.rows(sql, (id_,))}
        return ids if values else None


def _marked(said: Sequence[Utterance], links: Mapping[int, set[tuple[str, str]]]) -> list[Utterance]:
    """Mark what changes an earlier position of the same actor, and the last one."""
    place = {(each.type, each.id): number for number, each in enumerate(said)}
    earlier: defaultdict[int, set[int]] = defaultdict(set)
    for number, each in enumerate(said):
        for key, target in links.get(each.seq, ()):
            other = place.get(("fact" if key == "disputed_by" else "event", target), number)
            if other != number and (key == "disputed_by" or _turns(each, said[other])):
                earlier[max(number, other)].add(min(number, other))
    last = _last(said)
    marked = []
    for number, each in enumerate(said):
        before = tuple(said[other] for other in sorted(earlier[number]))
        surely = all(each.is_surely_after(other) for other in before)
        change = ("certain" if surely else "possible") if before else None
        marked.append(each._replace(earlier=before, change=change, last=last.get(number)))
    return marked


def _turns(one: Utterance, other: Utterance) -> bool:
    """Return whether one of two statements refuses, and the other concedes."""
    return (one.kind in REFUSING and other.kind in CONCEDING) or (one.kind in CONCEDING and other.kind in REFUSING)


def _last(said: Sequence[Utterance]) -> dict[int, str]:
    """Return which of the dated positions are the last, surely or possibly; undated ones only if none is dated."""
    dated = [number for number, each in enumerate(said) if each.start_min is not None] or range(len(said))
    latest = max((said[number] for number in dated), key=attrgetter("reach"))
    left = [number for number in dated if not latest.is_surely_after(said[number])]
    on_day = [said[number] for number in left if said[number].start_min == said[number].end_max]
    timed = max(on_day, key=attrgetter("clock"), default=latest)
    last = [number for number in left if not timed.is_surely_after(said[number])]
    return dict.fromkeys(last, "certain" if len(last) == 1 else "possible")
