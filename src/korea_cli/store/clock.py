"""The order of events within a day, by the clock."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.dates.spans import OPEN_START

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.model.records import Event


def clocks_of(events: Iterable[Event]) -> dict[str, int]:
    """Return a positive number for each event that has a time, by id, in the order of the events of its day.

    If all timed events of the day have a zone, that is the order of instants, else that of the local clock.
    """
    days: defaultdict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in events:
        if event.time:
            days[event.date.order].append(event)
    return {id_: number for of_day in days.values() for id_, number in _seconds(of_day).items()}


def _seconds(events: list[Event]) -> dict[str, int]:
    """Return seconds since a day before all others, by the local clock or in UTC."""
    local = {event.id: (event.date.order[0] - OPEN_START) * 86_400 + _since_midnight(event.time) for event in events}
    offsets = {event.id: offset for event in events if (offset := _utc_offset(event)) is not None}
    return {id_: clock - offsets[id_] for id_, clock in local.items()} if len(offsets) == len(events) else local


def _since_midnight(time: str) -> int:
    clock = dt.time.fromisoformat(time)
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def _utc_offset(event: Event) -> int | None:
    """Return how many seconds the zone of an event is ahead of UTC at that time; None if that is unknown."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few chronologies have times

    if not event.timezone:
        return None
    try:
        # Before the year 1 as in it: no zone had another offset before there were railways.
        day, time = dt.date.fromordinal(max(event.date.order[0], 1)), dt.time.fromisoformat(event.time)
        offset = dt.datetime.combine(day, time, ZoneInfo(event.timezone)).utcoffset()
    except (KeyError, ValueError, OverflowError):  # no such zone, or a time that it does not reach
        return None
    return None if offset is None else int(offset.total_seconds())
