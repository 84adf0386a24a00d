"""What records refer to, each with the first day on which that may have been known."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.base.tokenize import name_key
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Citation, OtherDate
from korea_cli.model.records import Event, Fact, Record, Source, keys_of
from korea_cli.model.support import supporting_keys, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.store.database import SqlRow


def link_rows(by_type: Mapping[type[Record], list[tuple[int, Record]]]) -> Iterator[SqlRow]:
    """Yield each reference of each record: its key and role, the id, the place in a source, since when it may be known.

    The sources of one text, such as an outcome, are known when all of them are.
    """
    known = {record.table: {each.id: known_days(each)[0] for _, each in by_type[record]} for record in by_type}
    for record, numbered in by_type.items():
        keys = {name: key for name, key in keys_of(record).items() if key.refers}
        # An id means the first of the types that have it.
        since = {
            name: {id_: day for table in key.refers[::-1] for id_, day in known[table].items()}
            for name, key in keys.items()
        }
        values = attrgetter(*keys, "id")
        for seq, entry in numbered:
            for (name, key), value in zip(keys.items(), values(entry), strict=False):
                if value:
                    targets, days = dict.fromkeys(_targets(value)), since[name]
                    last = max(days[id_] for id_, _ in targets) if text_of(record, name) else OPEN_START
                    for target, locator in targets:
                        yield seq, name, key.role, target, locator, max(days[target], last)


def known_days(entry: Record) -> tuple[int, int]:
    """Return the first and last day since which a record may be known; actors and topics have always been known."""
    if isinstance(entry, Event | Fact):
        date = entry.known_since
    elif isinstance(entry, Source):
        date = entry.issued
    else:
        return OPEN_START, OPEN_START
    return (date.start_min, date.end_max) if date else (OPEN_START, OPEN_END)


def all_known(entry: Record, issued: Mapping[str, int]) -> int:
    """Return the first day on which all sources that a record rests on may have been published."""
    keys = supporting_keys(type(entry))
    cited = (id_ for key in keys if (value := getattr(entry, key)) for id_, _ in _targets(value))
    return max((issued[id_] for id_ in cited), default=OPEN_START)


def _targets(value: str | tuple[str | Citation | OtherDate, ...]) -> Iterator[tuple[str, str]]:
    """Yield the ids that a value refers to, each with the place in that source, as names are compared."""
    for item in (value,) if isinstance(value, str) else value:
        if isinstance(item, OtherDate):
            yield from _targets(item.sources)
        elif isinstance(item, Citation):
            yield item.id, name_key(item.locator or "")
        else:
            yield item, ""
