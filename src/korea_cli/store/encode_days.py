"""The days of records, as the tables have them: of what happened, of what else is dated, and how far all reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.records import Event, Fact, Record, Source, keys_of
from korea_cli.store.encode_links import known_days
from korea_cli.store.sql import LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow

    Numbered = list[tuple[int, Record]]


def closed(draft: Draft) -> int | None:
    """Return the day a chronology was closed; None if it does not state that."""
    as_of = draft.header.as_of
    return as_of.end_max if as_of and as_of.end_max != OPEN_END else None


def last_known(date: StoredDate) -> int:
    """Return the last day of a date, or the first of an ongoing one."""
    return date.start_min if date.end_max == OPEN_END else date.end_max


def issued_days(draft: Draft) -> dict[str, int]:
    """Return the first day on which each source may have been published."""
    return {source.id: known_days(source)[0] for source in draft.records[Source.table]}


def moment_rows(by_type: dict[type[Record], Numbered], draft: Draft) -> Iterator[SqlRow]:
    """Yield the bounds of each date of a record that is not of what happened, by key."""
    until = _reach(draft)
    for record, numbered in by_type.items():
        keys = [name for name, key in keys_of(record).items() if key.form == "date" and not key.dated]
        for seq, entry in numbered if keys else ():
            for name in keys:
                if date := getattr(entry, name):
                    begins = date.start_min, date.start_max
                    yield seq, name, *begins, date.lasts_until(until), date.end_max, not date.qualified


def _reach(draft: Draft) -> int:
    """Return the last day that a chronology knows of: that of `as_of`, else the last of any event or fact."""
    dates = (entry.date for table in (Event.table, Fact.table) for entry in draft.records[table])
    end = closed(draft)
    return max((last_known(date) for date in dates if date), default=OPEN_START) if end is None else end


def span_rows(numbered: Numbered, draft: Draft) -> Iterator[SqlRow]:
    """Yield the bounds of each date of what happened; of another date, with the day since which that may be known."""
    until = _reach(draft)
    issued = issued_days(draft)
    for seq, entry in numbered:
        date: StoredDate | None = getattr(entry, "date", None)
        if date:
            yield seq, *_span(date, until), OPEN_START
        if isinstance(entry, Event) and entry.other_dates:
            known: dict[SqlRow, int] = {}
            for other in entry.other_dates:
                first = min((issued[id_] for id_, _ in other.sources), default=OPEN_START)
                span = _span(other.date, until)
                known[span] = min(first, known.get(span, first))
            yield from ((seq, *span, first) for span, first in known.items() if span != _span(entry.date, until))


def _span(date: StoredDate, until: int) -> SqlRow:
    first, start_max, _, last = date.bounds
    return last - first > LONG, first, start_max, date.lasts_until(until), last, not date.qualified
