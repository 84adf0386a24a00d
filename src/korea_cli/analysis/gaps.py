"""Find silences: stretches of time without an event, honest about events whose day is not known."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.rows.column import Column, Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

LONGEST = 31  # days: what lasts longer, or is dated more vaguely, breaks no silence
_EVENTS = """SELECT entry.start_min, entry.start_max, entry.end_min, entry.end_max, entry.id, entry.title FROM entry
  WHERE entry.type = 'event' AND {own} ORDER BY entry.start_min, entry.seq"""


class Neighbour(NamedTuple):
    """The event before or after a silence."""

    id: str
    title: str


class Gap(NamedTuple):
    """A silence: its first and last day, the events around it, and how long it is.

    day_count: days on which surely nothing happened. possible_day_count: days if the events around it, and others whose
    day is not known, are as far away as they may be. longer_event_count: events that last or are dated over more than
    a month and may touch it. previous, next: None at an end of the range.
    """

    first: int
    last: int
    possible_day_count: int
    longer_event_count: int
    previous: Neighbour | None
    next: Neighbour | None

    @property
    def type(self) -> str:
        """The type of the row."""
        return "gap"

    @property
    def day_count(self) -> int:
        """The number of days."""
        return self.last - self.first + 1


class _EventDays(NamedTuple):
    start_min: int
    start_max: int
    end_min: int
    end_max: int
    id: str
    title: str

    @property
    def neighbour(self) -> Neighbour:
        return Neighbour(self.id, self.title)


def columns() -> Columns:
    """Return the columns of silences."""
    return Columns(("gap",), lambda _: (
        Column("type", attrgetter("type")),
        Column("from", attrgetter("first"), _day), Column("to", attrgetter("last"), _day),
        *(Column(key, attrgetter(key)) for key in ("day_count", "possible_day_count", "longer_event_count")),
        Column("previous", attrgetter("previous"), _neighbour), Column("next", attrgetter("next"), _neighbour),
    ))  # fmt: skip


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _neighbour(neighbour: Neighbour | None) -> dict[str, str] | None:
    return neighbour and neighbour._asdict()


def find_gaps(chronology: Chronology, query: Query) -> list[Gap]:
    """Return the silences between the events of a query, the longest first, and at closed ends of its range."""
    rows = chronology.store.rows(_EVENTS.format(own=query.own.sql), query.own.values)
    short: list[_EventDays] = []
    longer: list[tuple[int, int]] = []
    for event in map(_EventDays._make, rows):
        if event.end_max - event.start_min > LONGEST:
            longer.append((event.start_min, event.end_max))
        else:
            short.append(event)
    first, last = query.window.ends if query.window else (OPEN_START, OPEN_END)
    gaps = [gap for gap in _silences(short, first, last) if gap.day_count > 0]
    gaps.sort(key=lambda gap: (-gap.day_count, gap.first))
    return [gap._replace(longer_event_count=_touching(longer, gap)) for gap in gaps]


def _silences(events: Sequence[_EventDays], first: int, last: int) -> Iterator[Gap]:
    """Yield the days between events that no event may fall on, in order of time; some have no days.

    first, last: the range; an open end of it is no end of a silence.
    """
    latest_start = _least_after(event.start_max for event in reversed(events))
    before: _EventDays | None = None  # the one that may reach furthest
    reached, surely_reached = first - 1, first - 1
    for event, next_start in zip(events, latest_start, strict=True):
        if before or first != OPEN_START:
            possible = next_start - surely_reached - 1
            yield Gap(reached + 1, event.start_min - 1, possible, 0, before and before.neighbour, event.neighbour)
        if event.end_max > reached:
            before, reached = event, event.end_max
        surely_reached = max(surely_reached, event.end_min)
    if before and last != OPEN_END:
        yield Gap(reached + 1, last, last - surely_reached, 0, before.neighbour, None)


def _least_after(values: Iterable[int]) -> list[int]:
    """Return, for values in reverse order, the least of each and those that follow it, in their own order."""
    least: list[int] = []
    for value in values:
        least.append(min(value, least[-1]) if least else value)
    return least[::-1]


def _touching(longer: Sequence[tuple[int, int]], gap: Gap) -> int:
    return sum(1 for first, last in longer if first <= gap.last and last >= gap.first)
