"""What a record could say by some day: its sources, rival dates and disputes without those that came surely later."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from korea_cli.model.records import Event, Fact

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from korea_cli.model.citation import Citation, OtherDate
    from korea_cli.store.database import Store

R = TypeVar("R")
_KEPT = 1 << 16  # answers that are remembered


class Knowledge:
    """What was known by a day."""

    def __init__(self, store: Store, day: dt.date) -> None:
        """Look up in a store what was known by a day."""
        self._store, self._day = store, day.toordinal()
        self._later_sources = later_sources(store, day)
        self._is_later_fact = lru_cache(_KEPT)(self._ask_later_fact)

    def as_known(self, record: R) -> R:
        """Return an event or fact with what may have been known; any other record unchanged."""
        return cast("R", self._dated_as_known(record)) if isinstance(record, Event | Fact) else record

    def _dated_as_known(self, record: Event | Fact) -> Event | Fact:
        sources, disputed_by = self._cited(record.sources), self._disputing(record.disputed_by)
        if isinstance(record, Fact):
            known: Event | Fact = self._with_outcome(replace(record, sources=sources, disputed_by=disputed_by))
            rivals: tuple[OtherDate, ...] = ()
        else:
            rivals = tuple(self._rivals(record.other_dates))
            known = replace(record, sources=sources, disputed_by=disputed_by, other_dates=rivals)
        ids = {citation.id for cited in (sources, *(rival.sources for rival in rivals)) for citation in cited}
        return replace(known, source_count=len(ids), voice_count=len({self._voice_of[id_] for id_ in ids}))

    def _with_outcome(self, fact: Fact) -> Fact:
        """Return a fact without an outcome of which any source came later, because one text reports all of it."""
        known = self._cited(fact.outcome_sources) == fact.outcome_sources
        return fact if known else replace(fact, outcome="", outcome_sources=())

    def _cited(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        return tuple(each for each in citations if each.id not in self._later_sources)

    def _rivals(self, dates: Iterable[OtherDate]) -> Iterator[OtherDate]:
        for other in dates:
            sources = self._cited(other.sources)
            if sources or not other.sources:
                yield other._replace(sources=sources)

    def _disputing(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in ids if id_ not in self._later_sources and not self._is_later_fact(id_))

    def _ask_later_fact(self, id_: str) -> bool:
        rows = self._store.rows("SELECT known_min FROM entry WHERE type = 'fact' AND id = ?", (id_,))
        return next((first > self._day for (first,) in rows), False)

    @cached_property
    def _voice_of(self) -> dict[str, str]:
        return dict(self._store.rows("SELECT id, whole FROM belongs WHERE type = 'voice'"))


def later_sources(store: Store, day: dt.date) -> set[str]:
    """Return the ids of the sources that were surely published after a day."""
    sql = "SELECT id FROM entry WHERE type = 'source' AND known_min > ?"
    return {id_ for (id_,) in store.rows(sql, (day.toordinal(),))}
