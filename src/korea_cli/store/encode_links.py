"""What records refer to, each with the first day on which that may have been known."""

from __future__ import annotations

from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.base.tokenize import name_key
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Citation, OtherDate
from korea_cli.model.records import Event, Fact, Record, Source, keys_of
from korea_cli.model.support import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow

_MANY = 1 << 16  # values whose references are kept


def link_rows(by_type: Mapping[type[Record], list[tuple[int, Record]]], draft: Draft) -> Iterator[SqlRow]:
    """Yield each reference of each record: its key and role, the id, the place in a source, since when it may be known.

    The sources of one text, such as an outcome, are known when all of them are. What the records refer to is in the
    draft.
    """
    known = {table: {each.id: known_days(each)[0] for each in records} for table, records in draft.records.items()}
    for record, numbered in by_type.items():
        keys = [name for name, key in keys_of(record).items() if key.refers]
        used = [name for name in keys if any(map(attrgetter(name), [entry for _, entry in numbered]))]
        links = [lru_cache(maxsize=_MANY)(partial(_links, record, name, known)) for name in used]
        values = attrgetter(*used, "id")
        for seq, entry in numbered if used else ():
            for found, value in zip(links, values(entry), strict=False):
                if value:
                    yield from [(seq, *link) for link in found(value)]


def _links(
    record: type[Record], name: str, known: Mapping[str, Mapping[str, int]], value: str | tuple[Any, ...]
) -> list[SqlRow]:
    """Return the references of a value of a key; many records have the same."""
    key, targets = keys_of(record)[name], dict.fromkeys(_targets(value))
    # An id means the first of the types that have it.
    since = {id_: next(known[table][id_] for table in key.refers if id_ in known[table]) for id_, _ in targets}
    last = max(since.values()) if text_of(record, name) else OPEN_START
    return [(name, key.role, target, locator, max(since[target], last)) for target, locator in targets]


def known_days(entry: Record) -> tuple[int, int]:
    """Return the first and last day since which a record may be known; actors and topics have always been known."""
    if isinstance(entry, Event | Fact):
        date = entry.known_since
    elif isinstance(entry, Source):
        date = entry.issued
    else:
        return OPEN_START, OPEN_START
    return (date.start_min, date.end_max) if date else (OPEN_START, OPEN_END)


def all_known(issued: Mapping[str, int], cited: tuple[Any, ...]) -> int:
    """Return the first day on which all sources under the supporting keys of a record may have been published."""
    ids = (id_ for value in cited if value for id_, _ in _targets(value))
    return max((issued[id_] for id_ in ids), default=OPEN_START)


def _targets(value: str | tuple[str | Citation | OtherDate, ...]) -> Iterator[tuple[str, str]]:
    """Yield the ids that a value refers to, each with the place in that source, as names are compared."""
    for item in (value,) if isinstance(value, str) else value:
        if isinstance(item, OtherDate):
            yield from _targets(item.sources)
        elif isinstance(item, Citation):
            yield item.id, name_key(item.locator or "")
        else:
            yield item, ""
