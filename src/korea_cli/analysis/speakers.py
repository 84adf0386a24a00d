"""Who said what, and whether it changed: the statements and claims of each actor in time."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.query.field import DATED
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.terms import read_terms, required
from korea_cli.store.sql import EACH_NUMBER, EACH_TEXT, OUTERMOST

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

SAYING = ("statement", "offer", "request", "agreement", "rejection", "accusation")  # events in which one speaks
REFUSING, CONCEDING = {"rejection", "accusation"}, {"agreement", "offer"}
_AT_ONCE = 500  # positions that are looked up together
_ROLES = ("agent", "holder")
_BY = frozenset({"by", "holder"})  # fields that name who speaks
_SPEECH = "{wholes} JOIN entry ON entry.seq = link.seq"
_SPOKEN = f"""link.role IN ({placeholders(_ROLES)}) AND entry.type IN ({placeholders(DATED)})
    AND (entry.type = 'fact' OR entry.kind IN ({placeholders(SAYING)})) AND {{own}}"""
_VOICES = f"""SELECT {{actor}}, (SELECT title FROM entry WHERE type = 'actor' AND id = {{actor}}),
    COUNT(DISTINCT entry.seq), COUNT(DISTINCT CASE WHEN {{possible}} THEN entry.seq END),
    MIN(entry.orders), MAX(entry.orders), MAX(entry.start_min)
  FROM link {_SPEECH} WHERE {_SPOKEN} GROUP BY {{actor}}"""  # noqa: S608 - values are bound
_STANDS = "COALESCE(entry.status, '') NOT IN ('contradicted', 'withdrawn')"
_SAID = f"""SELECT {{actor}}, entry.seq, entry.end_max FROM link {_SPEECH} WHERE {_SPOKEN} AND {{which}}
  GROUP BY {{actor}}, entry.seq, entry.end_max, entry.start_min, entry.orders, entry.clock, entry.status
  ORDER BY entry.start_min IS NOT NULL, entry.orders, entry.end_max, entry.clock, {_STANDS}, entry.seq"""  # noqa: S608 - as above
_AMONG = f"entry.seq IN ({EACH_NUMBER})"
_UTTERANCES = f"""SELECT entry.seq, entry.type, entry.id, CASE entry.type WHEN 'event' THEN entry.kind END,
    COALESCE((SELECT date FROM event WHERE seq = entry.seq), (SELECT date FROM fact WHERE seq = entry.seq)),
    entry.start_min, entry.end_max, entry.orders, entry.clock, {_STANDS}, {{possible}}
  FROM entry WHERE {_AMONG}"""  # noqa: S608 - as above
# What is answered is looked up for each answer, and never all that an actor said: hence the order, and the plus sign.
_OBJECTIONS = f"""SELECT DISTINCT {{actor}}, CASE answer.key WHEN 'disputed_by' THEN other.seq ELSE entry.seq END,
    CASE answer.key WHEN 'disputed_by' THEN entry.seq ELSE other.seq END
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
_RELAYS = f"""SELECT link.seq, link.target, belongs.whole FROM link JOIN belongs ON belongs.type = 'actor'
    AND belongs.id = link.target WHERE link.role = 'relay' AND link.seq IN ({EACH_NUMBER})"""  # noqa: S608 - a list that is bound


class Utterance(NamedTuple):
    """A statement or claim of an actor: an event or fact, by its number, with the first and last day it may be on.

    earlier: the earlier ones of the same actor that it changes. change: whether it does so surely, or may be the
    earlier one itself. last: whether it is surely or possibly the last one.
    """

    seq: int
    type: str
    id: str
    kind: str | None
    date: str | None
    start_min: int | None
    end_max: int | None
    orders: int
    clock: int
    stands: int
    possible: int | None
    earlier: tuple[Utterance, ...] = ()
    change: str | None = None
    last: str | None = None

    @property
    def order(self) -> tuple[bool, int, int, int, int, int]:
        """Where it stands among those of its actor: by date, undated ones first, as they are never the last.

        If the dates are the same, what was contradicted or withdrawn comes first.
        """
        return self.start_min is not None, self.orders, self.end_max or 0, self.clock, self.stands, self.seq

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
    """An actor that speaks: how much it said that matches, how much of it only possibly, its first and last day.

    latest: the last day on which anything that it said may begin; None if all is undated.
    """

    id: str
    name: str
    number: int
    possible: int
    first: int
    last: int
    latest: int | None


class Course(NamedTuple):
    """How the positions of an actor went: their numbers in the order of time, the first and last date, what is special.

    changes: what each changes, in the order of time. last: whether that is sure. Both are by number.
    """

    seqs: Sequence[int]
    first: str | None
    until: str | None
    changes: Mapping[int, tuple[Utterance, ...]]
    last: Mapping[int, str]


class Testimony:
    """The statements and claims that a query matches, by who made them."""

    def __init__(self, chronology: Chronology, query: Query, *, roll_up: bool) -> None:
        """Prepare to read what a query matches; `roll_up` counts actors as the outermost that they belong to."""
        self._chronology, self._store, self._query = chronology, chronology.store, query
        self._sql = {"own": query.own.sql, "possible": query.possible.sql} | (_ROLLED_UP if roll_up else _AS_WRITTEN)
        self._roll_up = roll_up
        self._spoken = (*_ROLES, *DATED, *SAYING, *query.own.values)

    def voices(self) -> list[Voice]:
        """Count what each actor said, and return those with most first.

        Where the query names who speaks, only these and what belongs to them are among the actors.
        """
        named = self._named()
        rows = self._store.rows(_VOICES.format(**self._sql), (*self._query.possible.values, *self._spoken))
        found = [Voice(*row) for row in rows if named is None or row[0] in named]
        return sorted(found, key=lambda voice: (-voice.number, voice.name, voice.id))

    def of(self, courses: Mapping[str, Course]) -> Iterator[tuple[str, Utterance]]:
        """Yield what each of some actors said, in the order of time, with what changes and what is last."""
        numbers = ((id_, seq) for id_, course in courses.items() for seq in course.seqs)
        while some := list(islice(numbers, _AT_ONCE)):
            found = self._utterances(seq for _, seq in some)
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
        for id_, seq, until in self._rows(_SAID.format(**self._sql, which="1 = 1")):
            if id_ in latest:
                seqs[id_].append(seq)
                if (day := latest[id_]) is None or (until is not None and (until >= day or not ends[id_])):
                    ends[id_].append(seq)
        changes, found = self._changes(latest), self._utterances(seq for some in ends.values() for seq in some)
        return {id_: _course(seqs[id_], [found[seq] for seq in ends[id_]], changes[id_]) for id_ in latest}

    def _changes(self, ids: Container[str]) -> defaultdict[str, dict[int, tuple[Utterance, ...]]]:
        """Return what each of some actors said that changes something, with what it changes, in the order of time."""
        pairs = [row for row in self._rows(_OBJECTIONS.format(**self._sql)) if row[0] in ids]
        seqs = {seq for _, *both in pairs for seq in both}
        among = json.dumps(list(seqs))
        said = {(id_, seq) for id_, seq, _ in self._rows(_SAID.format(**self._sql, which=_AMONG), among)}
        found, relayed = self._utterances(seqs), self._relayed(among)
        changes: defaultdict[str, dict[int, tuple[Utterance, ...]]] = defaultdict(dict)
        for id_, one, against in pairs:
            both = found[one], found[against]
            is_own = {(id_, one), (id_, against)} <= said and all(id_ in wholes for wholes in relayed[against])
            if one != against and is_own and (both[0].type == "fact" or _turns(*both)):
                first, then = sorted(both, key=attrgetter("order"))
                before = {first, *changes[id_].get(then.seq, ())}
                changes[id_][then.seq] = tuple(sorted(before, key=attrgetter("order")))
        return changes

    def _relayed(self, among: str) -> defaultdict[int, list[set[str]]]:
        """Return, for each relay of some records, all that it belongs to."""
        found: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for seq, relay, whole in self._store.rows(_RELAYS, (among,)):
            found[seq][relay].add(whole)
        return defaultdict(list, {seq: list(wholes.values()) for seq, wholes in found.items()})

    def _utterances(self, seqs: Iterable[int]) -> dict[int, Utterance]:
        """Look up what was said by its numbers."""
        values = (*self._query.possible.values, json.dumps(list(seqs)))
        return {row[0]: Utterance(*row) for row in self._store.rows(_UTTERANCES.format(**self._sql), values)}

    def _rows(self, sql: str, *values: str) -> Iterator[tuple[Any, ...]]:
        return self._store.rows(sql, (*self._spoken, *values))

    def _named(self) -> set[str] | None:
        """Return the actors that must have spoken by the terms of the query, and what belongs to them; None for any."""
        selection = self._query.selection
        values = required(read_terms(selection.terms, selection.named_terms, DATED), _BY)
        ids = set()
        for value in values:
            id_ = self._chronology.named(value.removeprefix("="), "actor").id
            sql = "SELECT id FROM belongs WHERE type = 'actor' AND whole = ?"
            ids |= {id_} if value.startswith("=") else {each for (each,) in self._store.rows(sql, (id_,))}
        if self._roll_up:
            sql = f"SELECT whole FROM belongs WHERE type = 'actor' AND id IN ({EACH_TEXT}) AND {OUTERMOST}"  # noqa: S608 - as above
            ids = {each for (each,) in self._store.rows(sql, (json.dumps(list(ids)),))}
        return ids if values else None


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
