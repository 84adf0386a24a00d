"""How well records are supported: the sources that each rests on, the voices among them, and since when it is known."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.tokenize import name_key
from korea_cli.dates.edtf import one_day_in
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.records import Event, Fact, Record, Source, ids_in
from korea_cli.model.support import supporting_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.reading.draft import Draft


class Support(NamedTuple):
    """How many sources and voices a record rests on, and the first and last day on which the first was published."""

    source_count: int
    voice_count: int
    first_issued: int
    last_issued: int

    def known_since(self, dates: Collection[StoredDate]) -> StoredDate | None:
        """Return since when a record is known which began on one of some dates; None if that may be any day.

        It is known since its first source was published, but not before it began: an older source announced it, or
        was cited for something else.
        """
        begun = min((date.start_min for date in dates), default=OPEN_START)
        first, last = max(self.first_issued, begun), self.last_issued
        if last < begun:
            last = max(date.start_max for date in dates)
        return None if (first, last) == (OPEN_START, OPEN_END) else _one_day(first, last)


def support(draft: Draft) -> None:
    """Set on every event and fact what is found about its sources."""
    find = SupportFinder(draft.records[Source.table])
    for record in (Event, Fact):
        for entry in draft.records[record.table]:
            found = find.support_of(entry)
            object.__setattr__(entry, "source_count", found.source_count)
            object.__setattr__(entry, "voice_count", found.voice_count)
            object.__setattr__(entry, "known_since", found.known_since(list(_dates_of(entry))))


def _dates_of(entry: Event | Fact) -> Iterator[StoredDate]:
    """Yield every date that a record is given; the day of an event may differ with the place of who reports it."""
    if entry.date:
        yield entry.date
    yield from (other.date for other in getattr(entry, "other_dates", ()))


_one_day = lru_cache(maxsize=4096)(one_day_in)


class SupportFinder:
    """Finds the support of records by the sources of a chronology; what rests on the same sources has the same."""

    def __init__(self, sources: Sequence[Source]) -> None:
        """Group the sources by voice."""
        self._voices = voices_of(sources)
        self._issued = {source.id: _days_of_issue(source) for source in sources}
        self._found: dict[tuple[object, ...], Support] = {}

    def support_of(self, entry: Record) -> Support:
        """Return the support of an event or a fact."""
        cited = tuple(getattr(entry, name) for name in supporting_keys(type(entry)))
        if cited not in self._found:
            self._found[cited] = self._support(dict.fromkeys(id_ for value in cited for id_ in ids_in(value)))
        return self._found[cited]

    def _support(self, ids: Iterable[str]) -> Support:
        ids = [id_ for id_ in ids if id_ in self._issued]
        days = [self._issued[id_] for id_ in ids] or [(OPEN_START, OPEN_END)]
        voices = {self._voices[id_] for id_ in ids}
        return Support(len(ids), len(voices), min(first for first, _ in days), min(last for _, last in days))


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
