"""Find silences: stretches of time without an event, honest about events whose day is not known."""

from __future__ import annotations

import json
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.days import iso_day
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.query.together import QueryPart, ask_together
from korea_cli.rows.column import Column, Columns
from korea_cli.store.sql import EACH_NUMBER, RIVALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition
    from korea_cli.query.resolve import Query

LONGEST = 31  # days: what lasts longer, or is dated more vaguely, ends no silence
_BOUNDS = ("start_min", "start_max", "end_min", "end_max")
_LISTED = ", ".join(f"span.{name} AS {name}" for name in _BOUNDS)
_ONCE = f"""SELECT {_LISTED}, MIN({{row}}) AS seq, {{number}} AS number FROM span JOIN {{table}} ON entry.seq = span.seq
  WHERE entry.type = 'event' AND {{own}} AND entry.seq NOT IN {RIVALS}
  GROUP BY {", ".join(f"span.{name}" for name in _BOUNDS)}"""  # noqa: S608 - values are bound
_SEVERAL = f"""SELECT {_LISTED}, entry.seq AS seq,
    (span.start_min, span.start_max, span.end_max) <> (entry.start_min, entry.start_max, entry.end_max) AS rival
  FROM span JOIN entry ON entry.seq = span.seq WHERE entry.type = 'event' AND {{own}} AND entry.seq IN {RIVALS}"""  # noqa: S608 - as above


class Gap(NamedTuple):
    """A silence: its first and last day, the events around it, and how long it is.

    day_count: days on which surely nothing happened. possible_day_count: days if the events around it, and others whose
    day is not known, are as far away as they may be, and no rival date is right. longer_event_count: events that last
    or are dated over more than a month and may touch it. previous, next: their numbers; None at an end of the range or
    of the record. ongoing: whether it lasts until the end of the record.
    """

    first: int
    last: int
    possible_day_count: int
    previous: int | None
    next: int | None
    longer_event_count: int = 0
    ongoing: bool = False

    @property
    def type(self) -> str:
        """The type of the row."""
        return "gap"

    @property
    def day_count(self) -> int:
        """The number of days."""
        return self.last - self.first + 1


class _EventDays(NamedTuple):
    """The days of a date of an event, which may be a rival one, and of how many others; seq: the least number."""

    start_min: int
    start_max: int
    end_min: int
    end_max: int
    seq: int | None
    is_rival: bool = False
    number: int = 1


def columns(chronology: Chronology, listed: Sequence[Gap]) -> Columns:
    """Return the columns of silences; the events around those that are listed are looked up when one is shown."""
    neighbour = _Neighbours(chronology, listed).shown
    return Columns(("gap",), lambda _: (
        Column("type", attrgetter("type")),
        Column("from", attrgetter("first"), iso_day), Column("to", attrgetter("last"), iso_day),
        *(Column(key, attrgetter(key)) for key in ("day_count", "possible_day_count", "longer_event_count")),
        Column("previous", attrgetter("previous"), neighbour), Column("next", attrgetter("next"), neighbour),
        Column("ongoing", attrgetter("ongoing")),
    ))  # fmt: skip


class _Neighbours:
    """The events around silences, by number; all are looked up at once."""

    def __init__(self, chronology: Chronology, gaps: Sequence[Gap]) -> None:
        self._store, self._gaps = chronology.store, gaps

    def shown(self, seq: int | None) -> dict[str, str] | None:
        """Return the id and title of an event, as JSON has them; None without one."""
        return None if seq is None else self._events[seq]

    @cached_property
    def _events(self) -> dict[int, dict[str, str]]:
        numbers = {seq for gap in self._gaps for seq in (gap.previous, gap.next) if seq is not None}
        sql = f"SELECT seq, id, title FROM entry WHERE seq IN ({EACH_NUMBER})"  # noqa: S608 - values are bound
        rows = self._store.rows(sql, (json.dumps([*numbers]),))
        return {seq: {"id": id_, "title": title} for seq, id_, title in rows}


def _days_covered(chronology: Chronology, query: Query) -> tuple[int, int]:
    """Return the first and last day on which a silence may be: those of the range, up to the end of the record.

    OPEN_START or OPEN_END where there is none: a record says nothing of the time before its first event, nor, if it
    does not state when it was closed, of that after its last one.
    """
    first, last = query.window.ends if query.window else (OPEN_START, OPEN_END)
    ends = chronology.header.closed is not None or last != OPEN_END
    return first, min(last, chronology.end) if ends else last


def find_gaps(chronology: Chronology, query: Query) -> list[Gap]:
    """Return the silences between the events of a query, the longest first, and at closed ends of what it covers."""
    first, last = _days_covered(chronology, query)
    short: list[_EventDays] = []
    longer: list[_EventDays] = []
    for days in _dates(chronology, query.own):
        if days.end_max - days.start_min + 1 > LONGEST:
            longer.append(days)
        elif days.end_max >= first and days.start_min <= last:
            short.append(days)
    gaps = [gap for gap in _silences(short, first, last) if gap.day_count > 0]
    gaps.sort(key=lambda gap: (-gap.day_count, gap.first))
    end = chronology.end
    return [gap._replace(longer_event_count=_touching(longer, gap), ongoing=gap.last == end) for gap in gaps]


def _dates(chronology: Chronology, own: Condition) -> list[_EventDays]:
    """Return the dates of some events, in order of time; events of the same single date once."""
    counting = chronology.store.counting
    once = _ONCE.format(own=own.sql, row=counting.row, number=counting.number(), table=counting.table)
    counted, several = ask_together(chronology.store, [
        QueryPart(once, own.values, (), (*_BOUNDS, "seq", "number")),
        QueryPart(_SEVERAL.format(own=own.sql), own.values, (), (*_BOUNDS, "seq", "rival")),
    ])  # fmt: skip
    found = [_EventDays._make((*days, False, number)) for *days, number in counted]
    found += [_EventDays._make((*days, bool(rival), 1)) for *days, rival in several]
    return sorted(found, key=itemgetter(0, 4))  # start, number


def _silences(events: Sequence[_EventDays], first: int, last: int) -> Iterator[Gap]:
    """Yield the days between events that no event may fall on, in order of time; some have no days.

    first, last: the days covered; an open end is no end of a silence.
    """
    start = [_end(first - 1)] if first != OPEN_START else []
    marks = [*start, *events, *([_end(last + 1)] if last != OPEN_END else [])]
    latest_start = _least_after(OPEN_END if each.is_rival else each.start_max for each in reversed(marks))
    before: _EventDays | None = None  # the one that may reach furthest
    reached, surely_reached = OPEN_START, None
    for event, next_start in zip(marks, latest_start, strict=True):
        if before:
            since = reached if surely_reached is None else surely_reached
            until = next_start if next_start < OPEN_END else event.start_min
            yield Gap(reached + 1, event.start_min - 1, until - since - 1, before.seq, event.seq)
        if not before or event.end_max > reached:
            before, reached = event, event.end_max
        if not event.is_rival:
            surely_reached = event.end_min if surely_reached is None else max(surely_reached, event.end_min)


def _end(day: int) -> _EventDays:
    """Return what stands at an end of the days covered."""
    return _EventDays(day, day, day, day, None)


def _least_after(values: Iterable[int]) -> list[int]:
    """Return, for values in reverse order, the least of each and those that follow it, in their own order."""
    least: list[int] = []
    for value in values:
        least.append(min(value, least[-1]) if least else value)
    return least[::-1]


def _touching(longer: Sequence[_EventDays], gap: Gap) -> int:
    """Count the events of which one of the longer dates may touch a silence."""
    touching = [event for event in longer if event.start_min <= gap.last and event.end_max >= gap.first]
    return len({event.seq for event in touching}) + sum(event.number - 1 for event in touching)
