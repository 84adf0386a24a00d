"""Find time zones that do not exist, and times that clocks never showed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from korea_cli.reading.findings import Finding, Typo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reading.draft import Draft


def shown_instead(ordinal: int, clock: str, zone: str) -> str:
    """Return what clocks showed instead of a time that they skipped; "" if they showed it, or there is no such zone."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - reads a file for each zone, only for `check --notes`

    try:
        day = date.fromordinal(ordinal)
        local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
        shown = local.astimezone(UTC).astimezone(local.tzinfo)
    except (LookupError, OSError, OverflowError, ValueError):
        return ""
    if shown.replace(tzinfo=None) == local.replace(tzinfo=None):
        return ""
    return f"{shown:%H:%M}" if shown.date() == day else f"{shown:%H:%M} on {shown:%Y-%m-%d}"


def wrong_zones(draft: Draft) -> Iterator[Finding]:
    """Yield the times without a time zone, the zones without a time, and those that do not exist."""
    timed = [(event, place) for event, place in draft.entries("events") if event.time or event.timezone]
    if not timed:
        return
    from zoneinfo import available_timezones  # noqa: PLC0415 - a directory walk, only for `check`

    zones = available_timezones()
    for event, place in timed:
        if not (event.time and event.timezone):
            message = "has a time but no 'timezone'" if event.time else "has a timezone but no 'time'"
            yield Finding(place, "", message)
        elif zones and event.timezone not in zones:
            message = f"unknown time zone '{event.timezone}'"
            yield Finding(place, "timezone", message, Typo(event.timezone, zones))
