"""Find times that clocks never showed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


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
