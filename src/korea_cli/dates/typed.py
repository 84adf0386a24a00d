"""Typed dates: the small grammar in which people ask for days, months, ranges and times ago."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import NamedTuple

from korea_cli.dates.edtf import read_stored
from korea_cli.dates.phrases import alternatives, normalised, one_sided, two_ends, without_fillers
from korea_cli.dates.spans import (
    FIRST_DAY,
    LAST_DAY,
    OPEN_BOTH,
    OPEN_END,
    OPEN_START,
    YEAR_RANGE,
    Bounds,
    Refusal,
    backwards,
)
from korea_cli.dates.typed_day import Days, Yearless, read_day

_LEAP_GAP = 8  # years from 1896 to 1904, the most between two 29ths of February
_ANY_LEAP_YEAR = 2000  # has every day that any year has


class Span(NamedTuple):
    """The days asked for, first and last as proleptic ordinals, both included; None is an open end."""

    first: int | None
    last: int | None
    year_assumed: bool


def parse_typed(text: str, today: dt.date) -> Span:
    """Read what a person typed; raises DateError with the reason and, if there is one, the nearest form that is read.

    Without a year, the latest such span that has begun by `today` is meant. Qualifiers (`c.`, `~`, `?`) are read and
    dropped: they move no bounds. Dates joined by `or` span from the first to the last of them.
    """
    try:
        return read_typed(normalised(text), today)
    except Refusal as refusal:
        from korea_cli.dates.refusals import typed_error  # noqa: PLC0415 - wanted only when something is wrong

        raise typed_error(text, today, refusal) from None


def read_typed(text: str, today: dt.date) -> Span:
    """Read normalised text; raises Refusal."""
    try:
        date = read_stored(text.upper())
    except Refusal as refusal:
        if refusal.reason:
            raise
    else:
        first, last = None if date.a == OPEN_START else date.a, None if date.d == OPEN_END else date.d
        return Span(first, last, year_assumed=False)
    return _read_phrase(without_fillers(text), today)


def _read_phrase(text: str, today: dt.date) -> Span:
    if items := alternatives(text):
        return _hull([_read_phrase(item, today) for item in items])
    if ends := two_ends(text):
        return _between(*ends, today) if all(ends) else _half_open(*ends, today)
    if sided := one_sided(text):
        return _one_sided(*sided, today)
    return Span(*_resolved(read_day(text, today), today))


def _hull(spans: list[Span]) -> Span:
    if any(span.year_assumed for span in spans):
        raise Refusal("dates joined by 'or' need a year")
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    first = None if None in firsts else min(day for day in firsts if day)
    last = None if None in lasts else max(day for day in lasts if day)
    if first is None and last is None:
        raise Refusal(OPEN_BOTH)
    return Span(first, last, year_assumed=False)


def _half_open(start: str, end: str, today: dt.date) -> Span:
    if not start and not end:
        raise Refusal(OPEN_BOTH)
    return _one_sided("since" if start else "until", start or end, today)


def _one_sided(side: str, text: str, today: dt.date) -> Span:
    first, last, assumed = _resolved(read_day(text, today), today)
    if side in ("since", "from"):
        return Span(first, None, assumed)
    if (side == "after" and last == LAST_DAY) or (side == "before" and first == FIRST_DAY):
        raise Refusal(YEAR_RANGE)
    if side == "after":
        return Span(last + 1, None, assumed)
    return Span(None, first - 1 if side == "before" else last, assumed)


def _between(left: str, right: str, today: dt.date) -> Span:
    """Span a range; a year at one end fixes the other, and without any the range as a whole is the latest begun."""
    start, end, wrong = read_day(left, today), read_day(right, today), backwards(left, right)
    if isinstance(end, Yearless):
        if isinstance(start, Yearless):
            return Span(*_latest(Yearless(partial(_run, start, end, wrong)), today), year_assumed=True)
        return Span(start.first, _end_after(start.first, end, wrong), not start.year_typed)
    if isinstance(start, Days):
        first, assumed = start.first, False
    elif end.year_typed:
        first, assumed = _start_before(end.last, start), False
    else:
        first, assumed = _latest(start, min(today, dt.date.fromordinal(end.last)))[0], True
    if end.last < first:
        raise wrong
    return Span(first, end.last, assumed)


def _run(start: Yearless, end: Yearless, wrong: Refusal, year: int) -> Bounds:
    first = start.in_year(year)[0]
    return first, _end_after(first, end, wrong)


def _end_after(first: int, end: Yearless, wrong: Refusal) -> int:
    """Find the end in the year of the start; `dec..jan` ends in the next one, `july 10..july 4` nowhere."""
    start = dt.date.fromordinal(first)
    last = end.in_year(start.year + (_month(end.in_year(_ANY_LEAP_YEAR)[1]) < start.month))[1]
    if last < first:
        raise wrong
    return last


def _start_before(last: int, start: Yearless) -> int:
    """Find the start in the year of the end; `dec..jan 2018` starts in the one before."""
    end = dt.date.fromordinal(last)
    return start.in_year(end.year - (_month(start.in_year(_ANY_LEAP_YEAR)[0]) > end.month))[0]


def _month(ordinal: int) -> int:
    return dt.date.fromordinal(ordinal).month


def _resolved(meant: Days | Yearless, today: dt.date) -> tuple[int, int, bool]:
    """Give the first and last day, and whether the year was assumed."""
    if isinstance(meant, Yearless):
        return *_latest(meant, today), True
    return meant.first, meant.last, False


def _latest(meant: Yearless, today: dt.date) -> Bounds:
    """Find the latest year in which the span exists and has begun by today."""
    refused = None
    for year in range(today.year, max(today.year - _LEAP_GAP, dt.MINYEAR) - 1, -1):
        try:
            bounds = meant.in_year(year)
        except Refusal as refusal:
            refused = refused or refusal
        else:
            if bounds[0] <= today.toordinal():
                return bounds
    raise refused or Refusal(f"none has begun by {today.isoformat()}")
