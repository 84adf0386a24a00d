"""The order of events within a day, by the clock."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.dates.edtf import StoredDate


class Timed(NamedTuple):
    """An event with a time: its id, its date, its local clock time and the zone of that, empty where it has none."""

    id: str
    date: StoredDate
    time: str
    timezone: str


def clocks_of(events: Iterable[Timed]) -> dict[str, int]:
    """Return, by id, a positive number for each event, in the order of those of its day.

    That is the order of instants where all timed events of the day have a zone, else that of the local clock.
    """
    days: defaultdict[tuple[int, int], list[Timed]] = defaultdict(list)
    for event in events:
        days[event.date.order].append(event)
    return {id_: number for timed in days.values() for id_, number in _seconds(timed).items()}


def _seconds(timed: list[Timed]) -> dict[str, int]:
    """Return seconds since the day before the first there is: of the instant, or of the local clock."""
    local = {event.id: event.date.order[0] * 86_400 + _since_midnight(event.time) for event in timed}
    offsets = {event.id: offset for event in timed if (offset := _offset(event)) is not None}
    return {id_: clock - offsets[id_] for id_, clock in local.items()} if len(offsets) == len(timed) else local


def _since_midnight(time: str) -> int:
    clock = dt.time.fromisoformat(time)
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def _offset(event: Timed) -> int | None:
    """Return how far the zone of an event is ahead of UTC at that time, in seconds; None where that is not known."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few chronologies have times

    if not event.timezone:
        return None
    try:
        zone = ZoneInfo(event.timezone)
        day = dt.datetime.combine(dt.date.fromordinal(event.date.order[0]), dt.time.fromisoformat(event.time), zone)
        ahead = day.utcoffset()
    except (KeyError, ValueError, OverflowError):  # no such zone, or none that reaches so far
        return None
    return None if ahead is None else int(ahead.total_seconds())
