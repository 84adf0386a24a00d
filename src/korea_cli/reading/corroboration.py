"""How well records are supported: the sources that each rests on, the voices among them, and since when it is known."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.once import once
from korea_cli.base.tokenize import name_key
from korea_cli.dates.edtf import one_day_in
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Claim, ids_in
from korea_cli.model.records import Event, Fact, Record, Source
from korea_cli.model.support import attesting_keys, dating_keys, supporting_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.reading.draft import Draft

_set = object.__setattr__
_UNDATED = (OPEN_END + 1, OPEN_END + 1)  # as a date is ordered


class Support(NamedTuple):
    """How many sources and voices a record rests on, and the first and last day on which it was first reported.

    The sources of another date report the event too, but not as the record has it: they make it known only where it has
    no others.
    """

    source_count: int
    voice_count: int
    first_issued: int
    last_issued: int

    def known_since(self, dates: Collection[ClaimedDate]) -> StoredDate | None:
        """Return since when a record is known which began on one of some dates; None if that may be any day.

        It is known since its first source was published, but not before it began by a date that was claimed by then:
        an older source announced it, or was cited for something else.
        """
        begun = min((max(each.date.start_min, each.claimed) for each in dates), default=OPEN_START)
        latest = max((each.date.start_max for each in dates), default=OPEN_END)
        return _known_since(self.first_issued, self.last_issued, begun, latest)


@lru_cache(maxsize=1 << 15)  # the days of ninety years
def _known_since(first_issued: int, last_issued: int, begun: int, latest: int) -> StoredDate | None:
    """Return since when a record is known by the days of its sources, and those on which it began."""
    first = max(first_issued, begun)
    last = latest if last_issued < begun else last_issued
    return None if (first, last) == (OPEN_START, OPEN_END) else one_day_in(first, last)


class ClaimedDate(NamedTuple):
    """A date of a record, and the first day on which a source may have claimed it."""

    date: StoredDate
    claimed: int


def support(draft: Draft) -> None:
    """Set on every event and fact what is found about its sources, and on events what is claimed about them."""
    find = SupportFinder(draft.records[Source.table])
    for record in (Event, Fact):
        for entry in draft.records[record.table]:
            found = find.support_of(entry)
            _set(entry, "source_count", found.source_count)
            _set(entry, "voice_count", found.voice_count)
            _set(entry, "known_since", found.known_since(find.dates_of(entry)))
    events: list[Event] = draft.records[Event.table]
    claims = _claims_about(events, draft.records[Fact.table])
    for event in events:
        if event.claims or event.id in claims:
            _set(event, "claims", tuple(claims.get(event.id, ())))


def _claims_about(events: Iterable[Event], facts: Iterable[Fact]) -> Mapping[str, list[Claim]]:
    """Return what is claimed about each event, by its id: by the facts that name it, and those that it is disputed by.

    They are in the order of their dates, those without a date last, and else in that of the files.
    """
    disputed: defaultdict[str, list[str]] = defaultdict(list)  # events, by what disputes them
    for event in events:
        for id_ in event.disputed_by:
            disputed[id_].append(event.id)
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact.date.order if fact.date else _UNDATED):
        claim = Claim(*(getattr(fact, name) for name in Claim._fields))
        for id_ in dict.fromkeys((*fact.events, *disputed.get(fact.id, ()))):
            claims[id_].append(claim)
    return claims


class SupportFinder:
    """Finds the support of records by the sources of a chronology; what rests on the same sources has the same."""

    def __init__(self, sources: Sequence[Source]) -> None:
        """Group the sources by voice."""
        self._voices = voices_of(sources)
        self._issued = {source.id: _days_of_issue(source) for source in sources}
        self._found: dict[object, Support] = {}

    def dates_of(self, entry: Event | Fact) -> list[ClaimedDate]:
        """Return every date that a record is given; the day of an event may differ with the place of who reports it."""
        own = [ClaimedDate(entry.date, OPEN_START)] if entry.date else []
        others = entry.other_dates if isinstance(entry, Event) else ()
        return own + [ClaimedDate(each.date, self._first_issued(ids_in(each.sources))) for each in others]

    def support_of(self, entry: Record) -> Support:
        """Return the support of an event or a fact."""
        cited = _cited(type(entry))(entry)
        if cited not in self._found:
            record = type(entry)
            own, others = ([getattr(entry, name) for name in keys(record)] for keys in (attesting_keys, dating_keys))
            self._found[cited] = self._support(self._cited(own), self._cited(others))
        return self._found[cited]

    def _cited(self, values: Iterable[object]) -> list[str]:
        return [id_ for value in values for id_ in ids_in(value) if id_ in self._issued]

    def _support(self, own: Sequence[str], others: Sequence[str]) -> Support:
        """Return the support by the sources of a record as it is, and those of its other dates."""
        days = [self._issued[id_] for id_ in own or others] or [(OPEN_START, OPEN_END)]
        ids = {*own, *others}
        voices = {self._voices[id_] for id_ in ids}
        return Support(len(ids), len(voices), min(first for first, _ in days), min(last for _, last in days))

    def _first_issued(self, ids: Iterable[str]) -> int:
        return min((self._issued[id_][0] for id_ in ids if id_ in self._issued), default=OPEN_START)


@once
def _cited(record: type[Record]) -> Callable[[Record], object]:
    """Return what returns all that a record of a type rests on."""
    return attrgetter(*supporting_keys(record), "type")


def _speaking(source: Source) -> Iterator[str]:
    """Yield the names with whose voice a source speaks: that of what it copies, else its container and publisher."""
    yield from filter(None, (source.original,) if source.original else (source.container, source.publisher))


def _days_of_issue(source: Source) -> tuple[int, int]:
    """Return the first and the last day on which a source may have been published."""
    return (source.issued.start_min, source.issued.end_max) if source.issued else (OPEN_START, OPEN_END)


def voices_of(sources: Iterable[Source]) -> dict[str, str]:
    """Return the voice of each source: the id of one source of those that speak with it."""
    voices: dict[str, str] = {}
    owners: dict[str, str] = {}

    def voice_of(id_: str) -> str:
        while voices[id_] != id_:
            voices[id_] = id_ = voices[voices[id_]]
        return id_

    for source in sources:
        voices[source.id] = source.id
        for name in _speaking(source):
            owner = owners.setdefault(name_key(name), source.id)
            voices[voice_of(source.id)] = voice_of(owner)
    return {id_: voice_of(id_) for id_ in voices}
