"""Typed dates: the one reader of what people type, at a prompt, in a question or in a sheet."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import NamedTuple

from korea_cli.dates.edtf import StoredDate, one_day_in, qualified, read_stored
from korea_cli.dates.phrases import alternatives, between, ended, normalised, one_sided, two_ends, without_fillers
from korea_cli.dates.spans import (
    FIRST_DAY,
    LAST_DAY,
    OPEN_BOTH,
    OPEN_END,
    OPEN_START,
    YEAR_RANGE,
    DateParseError,
    Span,
    backwards,
)
from korea_cli.dates.typed_day import FullDate, YearlessDate, marked, read_day

NO_YEAR = "it does not say the year"
CHANGES = "what it means changes with the day; a record needs the date itself"

_VAGUE_END = "an end of it is itself a stretch of days; name a day, month or year"
ANY_DAY = dt.date(2000, 1, 1)  # for a caller without a today: dates that depend on it are refused
_LEAP_GAP = 8  # years from 1896 to 1904, the most between two 29ths of February
_ANY_LEAP_YEAR = 2000  # has every day that any year has
_SIDES = {
    "since": "{}/..", "from": "{}/..", "ended": "{}/", "later": "[{}..]",
    "until": "../{}", "to": "../{}", "through": "../{}", "began": "/{}", "by": "[..{}]",
}  # fmt: skip


class ParsedDate(NamedTuple):
    """What was typed: its first and last day, ordinals or OPEN_START and OPEN_END, and the stored date that it is.

    doubt: why a record cannot hold it as typed; `date` is then what was probably meant, if there is such a date.
    """

    first: int
    last: int
    date: StoredDate | None
    doubt: str = ""

    @property
    def span(self) -> Span:
        """The days that a question asks for."""
        first, last = None if self.first == OPEN_START else self.first, None if self.last == OPEN_END else self.last
        return Span(first, last, self.doubt == NO_YEAR)


class Resolved(NamedTuple):
    """One date with its year, and why a record cannot hold it as typed."""

    date: StoredDate
    doubt: str


def read_typed(text: str, today: dt.date) -> ParsedDate:
    """Read what was typed; raises DateParseError."""
    try:
        return _as_stored(read_stored(text))
    except DateParseError:
        plain = normalised(text)
    try:
        return _as_stored(read_stored(plain.upper()))
    except DateParseError as refusal:
        if refusal.reason:
            raise
    return _read_phrase(without_fillers(plain), today)


def stored_form(text: str, today: dt.date = ANY_DAY) -> str:
    """Return what was typed as a stored date; raises DateParseError."""
    parsed = read_typed(text, today)
    if parsed.date is None or parsed.doubt:
        raise DateParseError(parsed.doubt)
    return parsed.date.text


def _as_stored(date: StoredDate, doubt: str = "") -> ParsedDate:
    return ParsedDate(date.start_min, date.end_max, date, doubt)


def _read_phrase(text: str, today: dt.date) -> ParsedDate:
    bare, mark = marked(text)
    if mark:
        reading = _read_phrase(bare, today)
        return reading._replace(date=reading.date and qualified(reading.date, mark))
    if items := alternatives(text):
        return _one_of([_read_phrase(item, today) for item in items])
    return _read_range(text, today) or _as_stored(*_resolved(read_day(text, today), today))


def _read_range(text: str, today: dt.date) -> ParsedDate | None:
    if ends := between(text):
        return _joined("[{}..{}]", *_ends(*ends, today))
    if sided := ended(text):
        return _one_sided(*sided, today)
    if ends := two_ends(text):
        return _joined("{}/{}", *_ends(*ends, today)) if all(ends) else _half_open(*ends, today)
    sided = one_sided(text)
    return _one_sided(*sided, today) if sided else None


def _one_of(readings: list[ParsedDate]) -> ParsedDate:
    if any(reading.doubt == NO_YEAR for reading in readings):
        raise DateParseError("dates joined by 'or' need a year")
    first, last = min(reading.first for reading in readings), max(reading.last for reading in readings)
    if (first, last) == (OPEN_START, OPEN_END):
        raise DateParseError(OPEN_BOTH)
    texts = [reading.date.text for reading in readings if reading.date and "/" not in reading.date.text]
    whole = len(texts) == len(readings)
    date = read_stored(f"[{','.join(text.strip('[]') for text in texts)}]") if whole else None
    doubt = next((reading.doubt for reading in readings if reading.doubt), "" if whole else _VAGUE_END)
    return ParsedDate(first, last, date, doubt)


def _half_open(start: str, end: str, today: dt.date) -> ParsedDate:
    if not start and not end:
        raise DateParseError(OPEN_BOTH)
    going, day = (_one_sided(side, start or end, today) for side in (("since", "later") if start else ("until", "by")))
    if going.date and day.date and not going.doubt:
        return going._replace(doubt=f"it could be {going.date.text} or {day.date.text}; write one of them", date=None)
    return going


def _one_sided(side: str, text: str, today: dt.date) -> ParsedDate:
    date, doubt = _resolved(read_day(text, today), today)
    if (side == "after" and date.end_max == LAST_DAY) or (side == "before" and date.start_min == FIRST_DAY):
        raise DateParseError(YEAR_RANGE)
    if side == "after":
        return _as_stored(one_day_in(date.end_max + 1, OPEN_END), doubt)
    if side == "before":
        return _as_stored(one_day_in(OPEN_START, date.start_min - 1), doubt)
    form = _SIDES[side]
    first, last = (OPEN_START, date.end_max) if form.endswith(("{}", "{}]")) else (date.start_min, OPEN_END)
    return _put_into(form, (date,), (first, last), doubt)


def _joined(form: str, start: Resolved, end: Resolved) -> ParsedDate:
    return _put_into(form, (start.date, end.date), (start.date.start_min, end.date.end_max), start.doubt or end.doubt)


def _put_into(form: str, dates: tuple[StoredDate, ...], days: tuple[int, int], doubt: str) -> ParsedDate:
    """Make a date of the dates at its ends, which a record can hold only if each of them is one day, month or year."""
    if any(date.text.startswith("[") for date in dates):
        return ParsedDate(*days, None, doubt or _VAGUE_END)
    return ParsedDate(*days, read_stored(form.format(*(date.text for date in dates))), doubt)


def _ends(left: str, right: str, today: dt.date) -> tuple[Resolved, Resolved]:
    """Resolve a range; a year at one end fixes the other, and without any the range as a whole is the latest begun."""
    start, end, wrong = read_day(left, today), read_day(right, today), backwards(left, right)
    if isinstance(end, YearlessDate):
        if isinstance(start, YearlessDate):
            first = _latest(YearlessDate(partial(_begun, start, end, wrong)), today)
            return Resolved(first, NO_YEAR), Resolved(_end_after(first, end, wrong), NO_YEAR)
        doubt = NO_YEAR if start.relative else ""
        return Resolved(start.date, doubt), Resolved(_end_after(start.date, end, wrong), doubt)
    if isinstance(start, FullDate):
        first, doubt = start.date, CHANGES if start.relative else ""
    elif end.relative:
        first, doubt = _latest(start, min(today, dt.date.fromordinal(end.date.end_max))), NO_YEAR
    else:
        first, doubt = _start_before(end.date.end_max, start), ""
    if end.date.end_max < first.start_min:
        raise wrong
    return Resolved(first, doubt), Resolved(end.date, CHANGES if end.relative else "")


def _begun(start: YearlessDate, end: YearlessDate, wrong: DateParseError, year: int) -> StoredDate:
    """Give the start in a year in which the end exists too."""
    first = start.in_year(year)
    _end_after(first, end, wrong)
    return first


def _end_after(start: StoredDate, end: YearlessDate, wrong: DateParseError) -> StoredDate:
    """Find the end in the year of the start; `dec..jan` ends in the next one, `july 10..july 4` nowhere."""
    first = dt.date.fromordinal(start.start_min)
    last = end.in_year(first.year + (_month(end.in_year(_ANY_LEAP_YEAR).end_max) < first.month))
    if last.end_max < start.start_min:
        raise wrong
    return last


def _start_before(last: int, start: YearlessDate) -> StoredDate:
    """Find the start in the year of the end; `dec..jan 2018` starts in the one before."""
    end = dt.date.fromordinal(last)
    return start.in_year(end.year - (_month(start.in_year(_ANY_LEAP_YEAR).start_min) > end.month))


def _month(ordinal: int) -> int:
    return dt.date.fromordinal(ordinal).month


def _resolved(meant: FullDate | YearlessDate, today: dt.date) -> Resolved:
    if isinstance(meant, YearlessDate):
        return Resolved(_latest(meant, today), NO_YEAR)
    return Resolved(meant.date, CHANGES if meant.relative else "")


def _latest(meant: YearlessDate, today: dt.date) -> StoredDate:
    """Find the latest year in which the date exists and has begun by today."""
    refused = None
    for year in range(today.year, max(today.year - _LEAP_GAP, dt.MINYEAR) - 1, -1):
        try:
            date = meant.in_year(year)
        except DateParseError as refusal:
            refused = refused or refusal
        else:
            if date.start_min <= today.toordinal():
                return date
    raise refused or DateParseError(f"none has begun by {today.isoformat()}")
