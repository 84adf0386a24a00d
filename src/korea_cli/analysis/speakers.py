"""Who said what, and whether it changed: the statements and claims of each actor in time."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.analysis.utterances import Course, Utterance, Voice
from korea_cli.query.conditions import ALWAYS, Condition
from korea_cli.query.field import DATED
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.terms import read_terms, required
from korea_cli.query.together import QueryPart, ask_together, rows_together
from korea_cli.store.sql import EACH_NUMBER, EACH_TEXT, OUTERMOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

SAYING = ("statement", "offer", "request", "agreement", "rejection", "accusation")  # events in which one speaks
REFUSING, CONCEDING = {"rejection", "accusation"}, {"agreement", "offer"}
_AT_ONCE = 500  # positions that are looked up together
_TEXTS, _STORED = 4, 11  # the first fields of an utterance are texts, and those after them numbers of the store
_ROLES = ("agent", "holder")
_BY = frozenset({"by", "holder"})  # fields that name who speaks
_SPEECH = "{wholes} JOIN entry ON entry.seq = link.seq"
_SPOKEN = f"""link.role IN ({placeholders(_ROLES)}) AND entry.type IN ({placeholders(DATED)})
    AND (entry.type = 'fact' OR entry.kind IN ({placeholders(SAYING)})) AND {{own}}"""
_VOICES = f"""SELECT {{actor}}, (SELECT title FROM entry WHERE type = 'actor' AND id = {{actor}}),
    COUNT(DISTINCT entry.seq), COUNT(DISTINCT CASE WHEN {{possible}} THEN entry.seq END),
    MIN(entry.orders), MAX(entry.orders), MAX(entry.start_min)
  FROM link {_SPEECH} WHERE {_SPOKEN} AND {{named}} GROUP BY {{actor}}"""  # noqa: S608 - values are bound
_STANDS = "COALESCE(entry.status, '') NOT IN ('contradicted', 'withdrawn')"
_SAID = f"""SELECT {{actor}} AS actor, entry.seq AS seq, entry.end_max AS end_max
  FROM link {_SPEECH} WHERE {_SPOKEN} AND {{which}}
  GROUP BY {{actor}}, entry.seq, entry.end_max, entry.start_min, entry.orders, entry.clock, entry.status
  ORDER BY entry.start_min IS NOT NULL, entry.orders, entry.end_max, entry.clock, {_STANDS}, entry.seq"""  # noqa: S608 - as above
_AMONG = f"entry.seq IN ({EACH_NUMBER})"
_UTTERANCES = f"""SELECT entry.type AS type, entry.id AS id, CASE entry.type WHEN 'event' THEN entry.kind END AS kind,
    COALESCE((SELECT date FROM event WHERE seq = entry.seq), (SELECT date FROM fact WHERE seq = entry.seq)) AS date,
    entry.seq AS seq, entry.start_min AS start_min, entry.end_max AS end_max, entry.orders AS orders,
    entry.clock AS clock, CASE WHEN {_STANDS} THEN 1 ELSE 0 END AS stands, CASE WHEN {{possible}} THEN 1 END AS possible
  FROM entry WHERE {_AMONG}"""  # noqa: S608 - as above
# What is answered is looked up for each answer, and never all that an actor said: hence the order, and the plus sign.
_OBJECTIONS = f"""SELECT DISTINCT {{actor}} AS actor,
    CASE answer.key WHEN 'disputed_by' THEN other.seq ELSE entry.seq END AS one,
    CASE answer.key WHEN 'disputed_by' THEN entry.seq ELSE other.seq END AS against
  FROM link {_SPEECH}
    CROSS JOIN link AS answer ON answer.seq = entry.seq
      AND answer.key IN ('disputed_by', 'responds_to')
      AND answer.key = CASE entry.type WHEN 'fact' THEN 'disputed_by' ELSE 'responds_to' END
    CROSS JOIN entry AS other ON other.id = answer.target AND other.type = entry.type
    CROSS JOIN link AS same ON same.seq = other.seq {{same}}
  WHERE {_SPOKEN}"""  # noqa: S608 - as above
# An actor counts as itself, or as the outermost that it belongs to.
_AS_WRITTEN = {"actor": "link.target", "wholes": "", "same": "AND +same.target = link.target"}
_ROLLED_UP = {
    "actor": "belongs.whole",
    "wholes": f"JOIN belongs ON belongs.type = 'actor' AND belongs.id = link.target AND {OUTERMOST}",
    "same": """CROSS JOIN belongs AS alike ON alike.type = 'actor' AND alike.id = same.target
      AND alike.whole = belongs.whole""",
}
_RELAYS = f"""SELECT link.target AS relay, belongs.whole AS whole, link.seq AS seq
  FROM link JOIN belongs ON belongs.type = 'actor' AND belongs.id = link.target
  WHERE link.role = 'relay' AND link.seq IN ({EACH_NUMBER})"""  # noqa: S608 - a list that is bound


class Testimony:
    """The statements and claims that a query matches, by who made them."""

    def __init__(self, chronology: Chronology, query: Query, *, roll_up: bool) -> None:
        """Prepare to read what a query matches; `roll_up` counts actors as the outermost that they belong to."""
        self._chronology, self._store, self._query = chronology, chronology.store, query
        self._sql = {"own": query.own.sql, "possible": query.possible.sql} | (_ROLLED_UP if roll_up else _AS_WRITTEN)
        self._roll_up = roll_up
        self._few: dict[int, Utterance] = {}
        self._spoken = (*_ROLES, *DATED, *SAYING, *query.own.values)

    def voices(self) -> list[Voice]:
        """Count what each actor said, and return those with most first.

        Where the query names who speaks, only these and what belongs to them are among the actors.
        """
        named = self._named()
        sql = _VOICES.format(**self._sql, named=named.sql.format(**self._sql))
        found = [
            Voice(*row) for row in self._store.rows(sql, (*self._query.possible.values, *self._spoken, *named.values))
        ]
        return sorted(found, key=lambda voice: (-voice.number, voice.name, voice.id))

    def of(self, courses: Mapping[str, Course]) -> Iterator[tuple[str, Utterance]]:
        """Yield what each of some actors said, in the order of time, with what changes and what is last."""
        numbers = ((id_, seq) for id_, course in courses.items() for seq in course.seqs)
        while some := list(islice(numbers, _AT_ONCE)):
            found = self._few or self._utterances(seq for _, seq in some)
            for id_, seq in some:
                said, before = found[seq], courses[id_].changes.get(seq, ())
                surely = all(said.is_surely_after(other) for other in before)
                change = ("certain" if surely else "possible") if before else None
                yield id_, said._replace(earlier=before, change=change, last=courses[id_].last.get(seq))

    def courses(self, voices: Iterable[Voice]) -> dict[str, Course]:
        """Return how the positions of some actors went; of all but the special ones, only the numbers are held."""
        latest = {voice.id: voice.latest for voice in voices}
        seqs = {id_: array("q") for id_ in latest}
        ends: dict[str, list[int]] = {id_: [] for id_ in latest}
        pairs = list[tuple[str, int, int]]()
        for place, (id_, seq, other) in rows_together(
            self._store, [self._said(), self._part(_OBJECTIONS, "one", "against")]
        ):
            if id_ not in latest:
                continue
            if place:
                pairs.append((id_, seq, other))
                continue
            seqs[id_].append(seq)
            day = latest[id_]
            if day is None or (other is not None and (other >= day or not ends[id_])):
                ends[id_].append(seq)
        few = [seq for some in seqs.values() for seq in some] if sum(map(len, seqs.values())) <= _AT_ONCE else []
        found, changes = self._changes(pairs, {*few, *(seq for some in ends.values() for seq in some)})
        self._few = found if few else {}
        return {id_: _course(seqs[id_], [found[seq] for seq in ends[id_]], changes[id_]) for id_ in latest}

    def _changes(
        self, pairs: Sequence[tuple[str, int, int]], others: Iterable[int]
    ) -> tuple[dict[int, Utterance], defaultdict[str, dict[int, tuple[Utterance, ...]]]]:
        """Look up what was said, and return what each actor said that changes something, with what it changes.

        pairs: an actor, and what may change each other. others: the numbers of what is looked up too.
        """
        seqs = {seq for _, *both in pairs for seq in both}
        among = json.dumps(list(seqs))
        parts = [self._said(among), QueryPart(_RELAYS, (among,), ("relay", "whole"), ("seq",))]
        said, relays, rows = ask_together(self._store, [*parts, self._lookup({*seqs, *others})])
        found = {each.seq: each for each in (Utterance(*row) for row in rows)}
        own, relayed = {(id_, seq) for id_, seq, _ in said}, _relayed(relays)
        changes: defaultdict[str, dict[int, tuple[Utterance, ...]]] = defaultdict(dict)
        for id_, one, against in pairs:
            both = found[one], found[against]
            is_own = {(id_, one), (id_, against)} <= own and all(id_ in wholes for wholes in relayed[against])
            if one != against and is_own and (both[0].type == "fact" or _turns(*both)):
                first, then = sorted(both, key=attrgetter("order"))
                before = {first, *changes[id_].get(then.seq, ())}
                changes[id_][then.seq] = tuple(sorted(before, key=attrgetter("order")))
        return found, changes

    def _utterances(self, seqs: Iterable[int]) -> dict[int, Utterance]:
        """Look up what was said by its numbers."""
        (rows,) = ask_together(self._store, [self._lookup(seqs)])
        return {each.seq: each for each in (Utterance(*row) for row in rows)}

    def _lookup(self, seqs: Iterable[int]) -> QueryPart:
        values = (*self._query.possible.values, json.dumps(list(seqs)))
        fields = Utterance._fields
        return QueryPart(_UTTERANCES.format(**self._sql), values, fields[:_TEXTS], fields[_TEXTS:_STORED])

    def _said(self, among: str = "") -> QueryPart:
        """Return the question for what actors said, of some records or of all, in the order of time."""
        which = _AMONG if among else "1 = 1"
        return self._part(_SAID, "seq", "end_max", which=which)._replace(
            values=(*self._spoken, *([among] if among else []))
        )

    def _part(self, sql: str, *numbers: str, **more: str) -> QueryPart:
        return QueryPart(sql.format(**self._sql, **more), self._spoken, ("actor",), numbers)

    def _named(self) -> Condition:
        """Match the actors that must have spoken by the terms of the query, and what belongs to them."""
        selection = self._query.selection
        values = required(read_terms(selection.terms, selection.named_terms, DATED), _BY)
        if not values:
            return ALWAYS
        found = [(value, self._chronology.named(value.removeprefix("="), "actor").id) for value in values]
        alone, wholes = (
            json.dumps([id_ for value, id_ in found if value.startswith("=") == one]) for one in (True, False)
        )
        ids = (
            f"SELECT id FROM belongs WHERE type = 'actor' AND (whole IN ({EACH_TEXT})"  # noqa: S608 - values are bound
            f" OR whole = id AND id IN ({EACH_TEXT}))"
        )
        if self._roll_up:
            ids = f"SELECT whole FROM belongs WHERE type = 'actor' AND id IN ({ids}) AND {OUTERMOST}"  # noqa: S608 - as above
        return Condition(f"{{actor}} IN ({ids})", (wholes, alone))


def _relayed(rows: Iterable[tuple[str, str, int]]) -> defaultdict[int, list[set[str]]]:
    """Return, for each relay of some records, all that it belongs to."""
    found: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for relay, whole, seq in rows:
        found[seq][relay].add(whole)
    return defaultdict(list, {seq: list(wholes.values()) for seq, wholes in found.items()})


def _course(seqs: Sequence[int], ends: Sequence[Utterance], changes: Mapping[int, tuple[Utterance, ...]]) -> Course:
    """Return a course; `ends` has the first position with a date and all that may be the last."""
    dates = [said.date for said in ends if said.date]
    first, until = (dates[0], dates[-1]) if dates else (None, None)
    return Course(seqs, first, until, changes, {ends[number].seq: last for number, last in _last(ends).items()})


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
