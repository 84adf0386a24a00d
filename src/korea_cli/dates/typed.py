"""Typed dates: the one parser of what people type at a prompt, in a query or in a sheet."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates import phrases
from korea_cli.dates.edtf import StoredDate, one_day_in, qualify, read_stored
from korea_cli.dates.spans import OPEN_BOTH, OPEN_END, OPEN_START, DateParseError, Span, backwards
from korea_cli.dates.typed_day import FullDate, read_day, split_qualifier

if TYPE_CHECKING:
    from korea_cli.dates.typed_day import InYear

NO_YEAR = "the year is missing"
ANY_DAY = dt.date(2000, 1, 1)  # for a caller without a today: dates that depend on it are refused

_LONG_END = "each end of a range must be one day, month or year"
_LEAP_GAP = 8  # years from 1896 to 1904, the most between two 29ths of February
_ANY_LEAP_YEAR = 2000  # has every day that any year has
_SIDES = {
    "since": "{}/..", "from": "{}/..", "ended": "{}/", "later": "[{}..]",
    "until": "../{}", "to": "../{}", "through": "../{}", "began": "/{}", "by": "[..{}]",
}  # fmt: skip


class ParsedDate(NamedTuple):
    """The first and last day of what was typed, ordinals or OPEN_START and OPEN_END, and it as a stored date.

    doubt: why a record cannot store it as typed; `date` is then what was probably meant, if there is such a date.
    """

    first: int
    last: int
    date: StoredDate | None
    doubt: str = ""

    @property
    def span(self) -> Span:
        """The days that a query asks for."""
        first, last = None if self.first == OPEN_START else self.first, None if self.last == OPEN_END else self.last
        return Span(first, last, self.doubt == NO_YEAR)


def read_typed(text: str, today: dt.date) -> ParsedDate:
    """Parse what was typed; raises DateParseError."""
    try:
        return _as_stored(read_stored(text))
    except DateParseError:
        plain = phrases.normalise(text)
    try:
        return _as_stored(read_stored(plain.upper()))
    except DateParseError as error:
        if error.reason:
            raise
    return _read_phrase(phrases.without_fillers(plain), today)


def stored_form(text: str, today: dt.date = ANY_DAY) -> str:
    """Return what was typed as a stored date; raises DateParseError."""
    parsed = read_typed(text, today)
    if parsed.date is None or parsed.doubt:
        raise DateParseError(parsed.doubt)
    return parsed.date.text


def _as_stored(date: StoredDate, doubt: str = "") -> ParsedDate:
    return ParsedDate(date.start_min, date.end_max, date, doubt)


def _read_phrase(text: str, today: dt.date) -> ParsedDate:
    bare, mark = split_qualifier(text)
    if mark:
        parsed = _read_phrase(bare, today)
        return parsed._replace(date=parsed.date and qualify(parsed.date, mark))
    if items := phrases.split_list(text):
        return _one_of([_read_phrase(item, today) for item in items])
    return _read_range(text, today) or _as_stored(*_with_year(read_day(text, today), today))


def _read_range(text: str, today: dt.date) -> ParsedDate | None:
    if ends := phrases.split_between(text):
        return _joined("[{}..{}]", *_ends(*ends, today))
    if sided := phrases.split_ending(text):
        return _one_sided(*sided, today)
    if ends := phrases.split_range(text):
        return _joined("{}/{}", *_ends(*ends, today)) if all(ends) else _half_open(*ends, today)
    sided = phrases.split_side(text)
    return _one_sided(*sided, today) if sided else None


def _one_of(items: list[ParsedDate]) -> ParsedDate:
    if any(item.doubt == NO_YEAR for item in items):
        raise DateParseError("dates joined by 'or' need a year")
    first, last = min(item.first for item in items), max(item.last for item in items)
    if (first, last) == (OPEN_START, OPEN_END):
        raise DateParseError(OPEN_BOTH)
    texts = [item.date.text.strip("[]") for item in items if item.date and "/" not in item.date.text]
    doubt = next((item.doubt for item in items if item.doubt), "")
    if len(texts) < len(items):
        return ParsedDate(first, last, None, doubt or _LONG_END)
    return ParsedDate(first, last, read_stored(f"[{','.join(texts)}]"), doubt)


def _half_open(start: str, end: str, today: dt.date) -> ParsedDate:
    if not start and not end:
        raise DateParseError(OPEN_BOTH)
    sides = ("since", "later") if start else ("until", "by")
    lasting, day = (_one_sided(side, start or end, today) for side in sides)
    if lasting.date and day.date and not lasting.doubt:
        choice = f"it could be {lasting.date.text} or {day.date.text}; write one of them"
        return lasting._replace(doubt=choice, date=None)
    return lasting


def _one_sided(side: str, text: str, today: dt.date) -> ParsedDate:
    date, doubt = _with_year(read_day(text, today), today)
    if side == "after":
        return _as_stored(one_day_in(date.end_max + 1, OPEN_END), doubt)
    if side == "before":
        return _as_stored(one_day_in(OPEN_START, date.start_min - 1), doubt)
    form = _SIDES[side]
    first, last = (OPEN_START, date.end_max) if form.endswith(("{}", "{}]")) else (date.start_min, OPEN_END)
    return _fill(form, (date,), (first, last), doubt)


def _joined(form: str, start: FullDate, end: FullDate) -> ParsedDate:
    days = start.date.start_min, end.date.end_max
    return _fill(form, (start.date, end.date), days, start.doubt or end.doubt)


def _fill(form: str, dates: tuple[StoredDate, ...], days: tuple[int, int], doubt: str) -> ParsedDate:
    """Put dates into a form, which a record can store only if each of them is one day, month or year."""
    if any(date.text.startswith("[") for date in dates):
        return ParsedDate(*days, None, doubt or _LONG_END)
    return ParsedDate(*days, read_stored(form.format(*(date.text for date in dates))), doubt)


def _ends(left: str, right: str, today: dt.date) -> tuple[FullDate, FullDate]:
    """Parse the ends of a range; a year at one end fixes the other, and without any the latest range begun is meant."""
    start, end, wrong = read_day(left, today), read_day(right, today), backwards(left, right)
    if not isinstance(end, FullDate):
        if not isinstance(start, FullDate):
            start = FullDate(_latest(partial(_begun, start, end, wrong), today), NO_YEAR)
        doubt = NO_YEAR if start.doubt else ""
        return start._replace(doubt=doubt), FullDate(_end_after(start.date, end, wrong), doubt)
    last = end.date.end_max
    if last == OPEN_END:
        raise DateParseError(_LONG_END)
    if not isinstance(start, FullDate):
        if end.doubt:
            start = FullDate(_latest(start, min(today, dt.date.fromordinal(last))), NO_YEAR)
        else:
            start = FullDate(_start_before(last, start))
    if last < start.date.start_min:
        raise wrong
    return start, end


def _begun(start: InYear, end: InYear, wrong: DateParseError, year: int) -> StoredDate:
    """Return the start in a year in which the end exists too."""
    first = start(year)
    _end_after(first, end, wrong)
    return first


def _end_after(start: StoredDate, end: InYear, wrong: DateParseError) -> StoredDate:
    """Return the end in the year of the start; `dec..jan` ends in the next one, `july 10..july 4` nowhere."""
    first = dt.date.fromordinal(start.start_min)
    last = end(first.year + (_month(end(_ANY_LEAP_YEAR).end_max) < first.month))
    if last.end_max < start.start_min:
        raise wrong
    return last


def _start_before(last: int, start: InYear) -> StoredDate:
    """Return the start in the year of the end; `dec..jan 2018` starts in the one before."""
    end = dt.date.fromordinal(last)
    return start(end.year - (_month(start(_ANY_LEAP_YEAR).start_min) > end.month))


def _month(ordinal: int) -> int:
    return dt.date.fromordinal(ordinal).month


def _with_year(date: FullDate | InYear, today: dt.date) -> FullDate:
    return date if isinstance(date, FullDate) else FullDate(_latest(date, today), NO_YEAR)


def _latest(date: InYear, today: dt.date) -> StoredDate:
    """Return the date in the latest year in which it exists and has begun by today."""
    error = None
    for year in range(today.year, max(today.year - _LEAP_GAP, dt.MINYEAR) - 1, -1):
        try:
            found = date(year)
        except DateParseError as missing:
            error = error or missing
        else:
            if found.start_min <= today.toordinal():
                return found
    raise error or DateParseError(f"it has not begun by {today.isoformat()}")
