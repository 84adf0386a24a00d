"""The days and times of calendar entries: an end is the moment or the day after the last one that belongs to it."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.dates.clocks import is_zone

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z?))?", re.ASCII)
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
_UTC = "UTC"
_MIDNIGHT = dt.time()


class Moment(NamedTuple):
    """A day, or a day and a time in a zone, "" if it has none. known: whether its zone has an IANA name."""

    day: dt.date
    clock: dt.time | None = None
    zone: str = ""
    known: bool = True

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.time}".rstrip()

    @property
    def time(self) -> str:
        """The time with its zone, as cells of sheets have it; "" for a whole day."""
        if self.clock is None:
            return ""
        clock = self.clock.isoformat("seconds").removesuffix(":00")
        return f"{clock}Z" if self.zone == _UTC else f"{clock} ({self.zone})" if self.zone else clock


def read_moment(text: str, zone: str, zones: Mapping[str, str]) -> Moment:
    """Read a day or a time in a zone of a calendar; raises ValueError.

    zones: IANA names of zones by what a calendar calls them.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a date")
    year, month, day, hour, minute, second, utc = match.groups()
    date = dt.date(int(year), int(month), int(day))
    if not hour:
        return Moment(date)
    clock = dt.time(int(hour), int(minute), min(int(second or 0), 59))
    name = _UTC if utc else iana_name(zone, zones)
    return Moment(date, clock, name or zone, bool(name) or not zone)


def read_duration(text: str) -> dt.timedelta:
    """Read how long an entry lasts, as in P1DT2H; raises ValueError."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        raise ValueError(f"'{text}' is not a duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    try:
        length = dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        raise ValueError(f"'{text}' is longer than any record") from None
    return -length if match[1] == "-" else length


def iana_name(zone: str, zones: Mapping[str, str]) -> str:
    """Return the IANA name of a zone, which may have the name of a program before it; "" if it has none."""
    name = zones.get(zone) or windows_zones().get(zone, zone)
    parts = name.split("/")
    if parts[-1].upper() in {"UTC", "GMT"}:
        return _UTC
    return next((tail for n in range(len(parts)) if is_zone(tail := "/".join(parts[n:]))), "")


@cache
def windows_zones() -> dict[str, str]:
    """Return the IANA names of the time zones of Windows, which Outlook and Exchange write (CLDR: windowsZones)."""
    lines = Path(__file__).with_name("windows_zones.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def day_cells(start: Moment, end: Moment, *, inclusive: bool = False) -> dict[str, str]:
    """Return the cells of the day and time at which an entry begins, and of its last day and its end.

    inclusive: whether the end is the last day, and not the one after it.
    """
    last = str(end) if inclusive else _last(start, _in_zone_of(start, end))
    cells = {"date": start.day.isoformat(), "time": start.time, "end_date": last if last != str(start) else ""}
    return {key: text for key, text in cells.items() if text}


def _last(start: Moment, end: Moment) -> str:
    """Return the last day of an entry and its end on that day: 24:00 for one that ends as the next day begins."""
    if end.day > start.day and end.clock in {None, _MIDNIGHT}:
        before = end._replace(day=end.day - dt.timedelta(days=1))
        return str(before).replace(" 00:00", " 24:00")
    return str(end)


def _in_zone_of(start: Moment, end: Moment) -> Moment:
    """Return an end in the zone of the start, in which its day counts."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few entries end in another zone

    if end.zone == start.zone or not (start.zone and end.zone and start.known and end.known) or end.clock is None:
        return end
    moment = dt.datetime.combine(end.day, end.clock, ZoneInfo(end.zone)).astimezone(ZoneInfo(start.zone))
    return Moment(moment.date(), moment.time(), start.zone)


def after(start: Moment, duration: dt.timedelta) -> Moment:
    """Return the moment some time after another, on the clock of its zone; raises ValueError after the year 9999.

    For a whole day, return the last day of that time: there may be none after it.
    """
    begun = dt.datetime.combine(start.day, start.clock or _MIDNIGHT)
    try:
        end = begun + (duration if start.clock or duration <= dt.timedelta() else duration - dt.timedelta.resolution)
    except OverflowError:
        raise ValueError("its end is after the year 9999") from None
    return start._replace(day=end.date(), clock=end.time() if start.clock else None)
