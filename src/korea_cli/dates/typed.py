"""Typed dates: the one parser of what people type at a prompt, in a query or in a sheet."""

from __future__ import annotations

from functools import partial

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.dates import phrases
from korea_cli.dates.days import FIRST_YEAR, Day
from korea_cli.dates.edtf import StoredDate, one_day_in, qualify, read_stored
from korea_cli.dates.spans import OPEN_BOTH, OPEN_END, OPEN_START, DateParseError, backwards
from korea_cli.dates.typed_day import ParsedDate, read_day, split_qualifier

if TYPE_CHECKING:
    from korea_cli.dates.typed_day import InYear

NO_YEAR = "the year is missing"
ANY_DAY = Day(2000, 1, 1)  # for a caller without a today: dates that depend on it are refused

_LONG_END = "each end of a range must be one day, month or year"
_TWO_DATES = "it means several dates; write one event for each, or a range"
_LEAP_GAP = 8  # years from 1896 to 1904, the most between two 29ths of February
_ANY_LEAP_YEAR = 2000  # has every day that any year has


def read_typed(text: str, today: Day) -> ParsedDate:
    """Parse what was typed; raises DateParseError."""
    try:
        return ParsedDate(read_stored(text))
    except DateParseError:
        plain = phrases.normalise(text)
    try:
        return ParsedDate(read_stored(plain.upper()))
    except DateParseError as error:
        if error.reason:
            raise
    return _read_phrase(phrases.without_fillers(plain), today)


def in_year(text: str, year: int) -> str:
    """Return what was typed as a stored date, in a year if it has none itself; raises DateParseError."""
    date, doubt = read_typed(text, Day(year, 12, 31))
    if doubt == NO_YEAR:
        first, last = (Day.from_ordinal(day).year for day in (date.start_min, date.end_max))
        doubt = "" if first == year == last else f"its days are not all in {year}"
    if doubt:
        raise DateParseError(doubt)
    return date.text


def stored_form(text: str, today: Day = ANY_DAY) -> str:
    """Return what was typed as a stored date; raises DateParseError."""
    parsed = read_typed(text, today)
    if parsed.doubt:
        raise DateParseError(parsed.doubt)
    return parsed.date.text


def _read_phrase(text: str, today: Day) -> ParsedDate:
    bare, mark = split_qualifier(text)
    if mark:
        date, doubt = _read_phrase(bare, today)
        return ParsedDate(qualify(date, mark) if date.text else date, doubt)
    if items := phrases.split_list(text):
        return _one_of([_read_phrase(item, today) for item in items])
    if found := phrases.split_range(text):
        form, start, end = found
        if start and end:
            ends = _ends(start, end, today)
            return _both(*ends) if form == phrases.BOTH else _fill(form, *ends)
        return _half_open(start, end, today) if form == "{}/{}" else _one_sided(form, start, end, today)
    return _read_date(text, today)


def _one_of(items: list[ParsedDate]) -> ParsedDate:
    if any(item.doubt == NO_YEAR for item in items):
        raise DateParseError("dates joined by 'or' need a year")
    first, last = min(item.date.start_min for item in items), max(item.date.end_max for item in items)
    if (first, last) == (OPEN_START, OPEN_END):
        raise DateParseError(OPEN_BOTH)
    doubt = next((item.doubt for item in items if item.doubt), "")
    if any("/" in item.date.text or not item.date.text for item in items):
        return _unstorable(first, last, doubt)
    return ParsedDate(read_stored(f"[{','.join(item.date.text.strip('[]') for item in items)}]"), doubt)


def _half_open(start: str, end: str, today: Day) -> ParsedDate:
    if not start and not end:
        raise DateParseError(OPEN_BOTH)
    forms = ("{}/..", "[{}..]") if start else ("../{}", "[..{}]")
    lasting, day = (_one_sided(form, start, end, today) for form in forms)
    if lasting.doubt:
        return lasting
    choice = f"it could be {lasting.date.text} or {day.date.text}; write one of them"
    return ParsedDate(lasting.date._replace(text=""), choice)


def _one_sided(form: str, start: str, end: str, today: Day) -> ParsedDate:
    date, doubt = _read_date(start or end, today)
    if form in {phrases.AFTER, phrases.BEFORE}:
        bounds = (date.end_max + 1, OPEN_END) if form == phrases.AFTER else (OPEN_START, date.start_min - 1)
        beyond = one_day_in(*bounds)
        return ParsedDate(qualify(beyond, date.qualifier) if date.qualified else beyond, doubt)
    return _fill(form, date if start else None, date if end else None, doubt)


def _both(start: StoredDate, end: StoredDate, doubt: str) -> ParsedDate:
    """Return two days that follow each other; others are a date each."""
    if start.end_max + 1 != end.start_min:
        raise DateParseError(_TWO_DATES)
    return _fill("{}/{}", start, end, doubt)


def _fill(form: str, start: StoredDate | None, end: StoredDate | None, doubt: str) -> ParsedDate:
    """Put dates into a form, which a record can store only if each of them is one day, month or year."""
    texts = [date.text for date in (start, end) if date]
    if any(text.startswith("[") for text in texts):
        return _unstorable(start.start_min if start else OPEN_START, end.end_max if end else OPEN_END, doubt)
    return ParsedDate(read_stored(form.format(*texts)), doubt)


def _unstorable(first: int, last: int, doubt: str) -> ParsedDate:
    date = StoredDate("", first, last, first, last, "one-of", approximate=False, uncertain=False)
    return ParsedDate(date, doubt or _LONG_END)


def _ends(left: str, right: str, today: Day) -> tuple[StoredDate, StoredDate, str]:
    """Return the ends of a range, and the doubt.

    A year at one end fixes the other; without any, the latest range that has begun is meant.
    """
    start, end, wrong = read_day(left, today), read_day(right, today), backwards(left, right)
    if not isinstance(end, ParsedDate):
        if not isinstance(start, ParsedDate):
            start = ParsedDate(_latest(partial(_begun, start, end, wrong), today), NO_YEAR)
        return start.date, _end_after(start.date, end, wrong), NO_YEAR if start.doubt else ""
    last = end.date.end_max
    if last == OPEN_END:
        raise DateParseError(_LONG_END)
    if not isinstance(start, ParsedDate):
        if end.doubt:
            start = ParsedDate(_latest(start, min(today, Day.from_ordinal(last))), NO_YEAR)
        else:
            start = ParsedDate(_start_before(last, start))
    if last < start.date.start_min:
        raise wrong
    return start.date, end.date, start.doubt or end.doubt


def _begun(start: InYear, end: InYear, wrong: DateParseError, year: int) -> StoredDate:
    """Return the start in a year in which the end exists too."""
    first = start(year)
    _end_after(first, end, wrong)
    return first


def _end_after(start: StoredDate, end: InYear, wrong: DateParseError) -> StoredDate:
    """Return the end in the year of the start; `dec..jan` ends in the next one, `july 10..july 4` nowhere."""
    first = Day.from_ordinal(start.start_min)
    last = end(first.year + (_month(end(_ANY_LEAP_YEAR).end_max) < first.month))
    if last.end_max < start.start_min:
        raise wrong
    return last


def _start_before(last: int, start: InYear) -> StoredDate:
    """Return the start in the year of the end; `dec..jan 2018` starts in the one before."""
    end = Day.from_ordinal(last)
    return start(end.year - (_month(start(_ANY_LEAP_YEAR).start_min) > end.month))


def _month(ordinal: int) -> int:
    return Day.from_ordinal(ordinal).month


def _read_date(text: str, today: Day) -> ParsedDate:
    date = read_day(text, today)
    return date if isinstance(date, ParsedDate) else ParsedDate(_latest(date, today), NO_YEAR)


def _latest(date: InYear, today: Day) -> StoredDate:
    """Return the date in the latest year in which it exists and has begun by today."""
    error = None
    for year in range(today.year, max(today.year - _LEAP_GAP, FIRST_YEAR) - 1, -1):
        try:
            found = date(year)
        except DateParseError as missing:
            error = error or missing
        else:
            if found.start_min <= today.ordinal:
                return found
    raise error or DateParseError(f"it has not begun by {today}")
