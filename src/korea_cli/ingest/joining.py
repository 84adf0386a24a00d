"""Combine dates of several columns: year, month and day, start and end, and how precise they are."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from korea_cli.dates.edtf import qualify
from korea_cli.dates.months import MONTH_NAMES, month_number
from korea_cli.dates.parse import parse_stored
from korea_cli.ingest.dates import DateRules, SheetDate, checked, full_year, read_date, without_seconds
from korea_cli.ingest.rows import RowError

if TYPE_CHECKING:
    from korea_cli.ingest.clocks import Clock

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
_PRECISIONS = {"day": 10, "d": 10, "month": 7, "m": 7, "year": 4, "y": 4}
_VAGUE = {"approximate", "approx", "circa", "c", "about"}


def from_parts(year: str, month: str, day: str, rules: DateRules) -> SheetDate:
    """Return the date of up to three columns; raises RowError."""
    year, month, day = (part.removesuffix(".0") for part in (year, month, day))
    if day and not month:
        raise RowError(f"day '{day}' without a month")
    if not month:
        return SheetDate(*full_year(year, rules)) if re.fullmatch(r"\d\d", year, re.ASCII) else read_date(year, rules)
    number = int(month) if month.isdecimal() else month_number(month.rstrip(".").lower()) or 0
    if number not in range(1, 13):
        raise RowError(f"'{month}' is not a month")
    if not year.isdecimal():
        raise RowError(f"year '{year}' of '{' '.join(filter(None, (day, month, year)))}' is not a number")
    if day and not day.isdecimal():  # `13-15`
        return read_date(f"{day} {MONTH_NAMES[number - 1]} {full_year(year, rules)[0]}", rules)
    whole, inferred = full_year(year, rules)
    return SheetDate(checked(f"{whole.zfill(4)}-{number:02}" + (f"-{int(day):02}" if day else "")), inferred)


def between(start: SheetDate, end: SheetDate) -> SheetDate:
    """Return the date from a start to an end; raises RowError."""
    begun, ended = _instant(start), _instant(end)
    ordered = begun is not None and ended is not None and (begun.tzinfo is None) == (ended.tzinfo is None)
    if begun and ended and ordered and ended < begun:
        raise RowError(f"its end '{end.text} {end.time}' comes before its start '{start.text} {start.time}'")
    if start.text == end.text or (ordered and end.text < start.text):  # where it ends, it is still the day before
        text = start.text
    elif any(mark in text for text in (start.text, end.text) for mark in "/["):
        raise RowError(f"'{start.text}' and '{end.text}' cannot be the start and the end of a date")
    else:
        text = checked(f"{start.text}/{end.text}")
    alike = (end.time, end.zone) == (start.time, start.zone) or (begun is not None and begun == ended)
    lost = end.partial or (end.time and not (alike and start.text == end.text))
    return start._replace(text=text, inferred=start.inferred or end.inferred, partial=start.partial or bool(lost))


def with_clock(day: SheetDate, clock: Clock, zone: str) -> SheetDate:
    """Return a date with the time and zone of their own columns, which override its own."""
    whole = day._replace(time=clock.time or day.time, zone=zone or clock.zone or day.zone)
    other = clock.time and day.time and without_seconds(clock.time) != day.time
    others = [each for each in (day.zone, clock.zone) if each and not _agree(whole, each)]
    return whole._replace(partial=bool(day.partial or clock.partial or other or others))


def _agree(dated: SheetDate, zone: str) -> bool:
    """Whether a date is the same instant in another zone."""
    instant = _instant(dated)
    return dated.zone == zone or (instant is not None and instant == _instant(dated._replace(zone=zone)))


def _instant(dated: SheetDate) -> dt.datetime | None:
    """Return when a time was, in its zone; None where that is unknown."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few sheets have times

    if dated.partial or not dated.time:
        return None
    try:
        local = dt.datetime.fromisoformat(f"{dated.text}T{dated.time}")
        return local.replace(tzinfo=ZoneInfo(dated.zone)).astimezone(dt.UTC) if dated.zone else local
    except (KeyError, ValueError, OSError, OverflowError):  # no whole day, or no such zone
        return None


def coarsen(dated: SheetDate, precision: str) -> SheetDate:
    """Return a date as precise as its precision column allows; raises RowError."""
    word = precision.strip().casefold().rstrip(".")
    if word == parse_stored(dated.text).precision:
        return dated
    match = _PLAIN.fullmatch(dated.text)
    length = 10 if word in _VAGUE else _PRECISIONS.get(word)
    if length is None:
        raise RowError(f"precision '{precision}' is not one of day, month, year, approximate")
    if match is None:
        if length == 10:  # noqa: PLR2004 - letters of a whole day: nothing is to be taken off
            return dated if word not in _VAGUE else dated._replace(text=qualify(parse_stored(dated.text), "~").text)
        raise RowError(f"a date like '{dated.text}' cannot have the precision '{precision}'")
    kept = dated.text.rstrip("~?%")[:length]
    qualifier = match[4] if word not in _VAGUE else "%" if match[4] in {"?", "%"} else "~"
    whole = len(kept) == len("2017-07-04")
    return dated._replace(text=kept + qualifier, time=dated.time if whole else "", zone=dated.zone if whole else "")
