"""What records rest on, since when they may be known, and what the record could say on a day."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Claim
from law.reading import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.model.citation import Citation
    from law.oracle import Oracle
    from law.questions import Records

DATED = ("event", "fact")


def cited(record: Any, *, supporting: bool = True) -> set[tuple[str, str]]:  # noqa: ANN401 - any record
    """Return the sources of a record, each with the place in it; with its outcome's if not only what supports it."""
    citations = [*getattr(record, "sources", ())]
    citations += [each for other in getattr(record, "other_dates", ()) for each in other.sources]
    citations += [] if supporting else getattr(record, "outcome_sources", ())
    return {(each.id, name_key(each.locator or "")) for each in citations}


def ids_of(record: Any) -> set[str]:  # noqa: ANN401 - any record
    """Return the ids of the sources that a record rests on."""
    return {id_ for id_, _ in cited(record)}


def first_of(oracle: Oracle, id_: str) -> str:
    """Return the type that an id under `disputed_by` means."""
    return next((type_ for type_ in ("fact", "actor", "source") if any(x.id == id_ for x in oracle.of[type_])), "")


def voices(oracle: Oracle, ids: set[str]) -> int:
    """Count the groups of sources that share an original, or else a container or publisher, through any others."""
    return len({_voice(oracle, id_) for id_ in ids})


@cache
def _voice(oracle: Oracle, id_: str) -> str:
    """Return the first id of the sources that speak with one voice."""
    names = {each.id: _speaking(each) for each in oracle.of["source"]}
    group = {id_}
    while more := {each for each in names for one in group if names[each] & names[one]} - group:
        group |= more
    return min(group)


def _speaking(source: Any) -> set[str]:  # noqa: ANN401 - a source
    own = [source.original] if source.original else [source.container, source.publisher]
    return {name_key(name) for name in own if name}


def known(oracle: Oracle, record: Any) -> tuple[int, int]:  # noqa: ANN401 - an event, fact or source
    """Return the first and last day since which a record may be known."""
    return _known(oracle, record.type, record.id)


@cache
def _known(oracle: Oracle, type_: str, id_: str) -> tuple[int, int]:
    record = next(each for each in oracle.of[type_] if each.id == id_)
    if type_ == "source":
        return (record.issued.start_min, record.issued.end_max) if record.issued else (OPEN_START, OPEN_END)
    own = {each.id for each in record.sources} or ids_of(record)
    days = [known(oracle, each) for each in oracle.of["source"] if each.id in own]
    earliest = min((first for first, _ in days), default=OPEN_START)
    latest = min((last for _, last in days), default=OPEN_END)
    dates = [date for date in (record.date, *(other.date for other in getattr(record, "other_dates", ()))) if date]
    if not dates:
        return earliest, latest
    begun = min(_claimed(oracle, record))
    return max(earliest, begun), latest if latest >= begun else max(date.start_max for date in dates)


def _claimed(oracle: Oracle, record: Any) -> Iterator[int]:  # noqa: ANN401 - an event or fact
    """Yield the first day on which each date of a record may have been, if a source could say so by then."""
    if record.date:
        yield record.date.start_min
    for other in getattr(record, "other_dates", ()):
        cited = {each.id for each in other.sources}
        issued = [known(oracle, each)[0] for each in oracle.of["source"] if each.id in cited]
        yield max(other.date.start_min, min(issued, default=OPEN_START))


def claims_about(records: Records, event: Any) -> tuple[Claim, ...]:  # noqa: ANN401 - an event
    """Return what the facts claim that name an event, or that it names as disputing it: by date, undated ones last."""
    facts = [fact for fact in records["facts"] if event.id in fact.events or fact.id in event.disputed_by]
    facts.sort(key=lambda fact: (not fact.date, fact.date.order if fact.date else ()))
    return tuple(Claim(fact.id, fact.text, fact.holders, fact.reported_by, fact.status, fact.sources) for fact in facts)


class Readable:
    """The records as they could be read on a day: without what came surely later, and all that names it."""

    def __init__(self, whole: Oracle, day: int) -> None:
        """Find what came later."""
        self._whole = whole
        self._later = {
            (each.type, each.id) for type_ in (*DATED, "source") for each in whole.of[type_]
            if known(whole, each)[0] > day
        }  # fmt: skip

    def records(self) -> Records:
        """Return all that could be read."""
        found = {}
        for type_, rows in self._whole.of.items():
            shown = [each for each in rows if (type_, each.id) not in self._later]
            found[f"{type_}s"] = [self._read(each) if type_ in DATED else each for each in shown]
        return found

    def _read(self, record: Any) -> Any:  # noqa: ANN401 - an event or fact
        disputed_by = [id_ for id_ in record.disputed_by if (first_of(self._whole, id_), id_) not in self._later]
        values: dict[str, Any] = {"sources": self._cited(record.sources), "disputed_by": tuple(disputed_by)}
        if record.type == "event":
            dates = [(other, self._cited(other.sources)) for other in record.other_dates]
            shown = (other._replace(sources=sources) for other, sources in dates if sources or not other.sources)
            values |= {"other_dates": tuple(shown), "responds_to": self._events(record.responds_to)}
            claims = [each for each in record.claims if ("fact", each.id) not in self._later]
            values["claims"] = tuple(each._replace(sources=self._cited(each.sources)) for each in claims)
        else:
            values["events"] = self._events(record.events)
            if self._cited(record.outcome_sources) != record.outcome_sources:
                values |= {"outcome": "", "outcome_sources": ()}
        read = replace(record, **values)
        ids = ids_of(read)
        return replace(read, source_count=len(ids), voice_count=voices(self._whole, ids))

    def _cited(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        return tuple(each for each in citations if ("source", each.id) not in self._later)

    def _events(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in ids if ("event", id_) not in self._later)
