"""Read dates as people write them in sheets: never more precise than what was written."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache, partial
from typing import NamedTuple

from korea_cli.base.errors import DateError
from korea_cli.dates.days import YEAR, weekday_of
from korea_cli.dates.edtf import qualify, read_stored
from korea_cli.dates.months import WEEKDAYS, month_number
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import DateParseError
from korea_cli.dates.typed import in_year, stored_form
from korea_cli.dates.typed_day import split_qualifier
from korea_cli.ingest.dates.clocks import SheetDate, split_day, usual_clock, with_clock, without_seconds
from korea_cli.ingest.dates.foreign_words import in_english
from korea_cli.ingest.dates.numeric import AmbiguousOrderError, read_numbers
from korea_cli.ingest.dates.precision import read_time
from korea_cli.ingest.dates.short_spans import read_short
from korea_cli.ingest.dates.vague import widest_span
from korea_cli.ingest.dates.weekdays import WeekdayDate, split_weekday
from korea_cli.ingest.sheet import RowError

_ISO_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:[\d:.,Z+-]+", re.ASCII)
_OPEN_END = re.compile(rf"({YEAR}(?:-\d\d){{0,2}}) ?[-\u2013\u2014]", re.ASCII)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2}([-/.])\d{1,2})\2?", re.ASCII)
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3,10})\.?[-/., ]+'?(\d{4}|\d\d)", re.ASCII | re.IGNORECASE
)
_NAMED_DAY = re.compile(r"([a-z]{3,10})\.?[-/. ]+(\d{1,2})(?:st|nd|rd|th)?[-/., ]+'?(\d\d)", re.ASCII | re.IGNORECASE)
_MONTH_NAMED = re.compile(r"([a-z]{3,10})\.?[-/. ]*(['\u2019]?)(\d\d)", re.ASCII | re.IGNORECASE)
_DAY = re.compile(rf"{YEAR}-\d\d-\d\d", re.ASCII)
# How programs write a day that has no time; in results of Wikidata, every date is one.
_MIDNIGHTS = SheetDate(time="00:00:00"), SheetDate(time="00:00:00", zone="UTC")
_LAST_DAY_OF_MONTH = 31
_EPOCHS = (dt.date(1899, 12, 30), dt.date(1904, 1, 1))  # day 0 of spreadsheets, and of those once made on a Macintosh


class DateRules(NamedTuple):
    """How dates are read where their form leaves it open.

    order: which comes first in `01/02/1950`, "day" or "month"; "" if unknown. latest: the last year that two digits
    can mean. short: what `2004-5` is, "month" or "years"; "ask" where `2010-12` is in doubt too, "" if unknown. year:
    that of a date without one, as stored; "" if unknown.
    """

    order: str = ""
    latest: int = 9999
    short: str = ""
    year: str = ""


@lru_cache(maxsize=20_000)  # the same days come again and again
def read_date(text: str, rules: DateRules) -> SheetDate:
    """Read a date as written in a sheet; raises RowError."""
    return _read(" ".join(text.split()), rules)


def _read(plain: str, rules: DateRules) -> SheetDate:
    if known := read_short(plain, rules.short) or read_time(plain):
        return SheetDate(checked(known))
    try:
        return SheetDate(in_year(plain, int(rules.year)) if rules.year else stored_form(plain))
    except DateParseError as error:
        reason = error.reason
    if not _ISO_STAMP.fullmatch(plain) and (usual := _usual(plain)) != plain:
        return _read_instead(plain, usual, rules)
    if timed := split_day(plain):
        day, clock = read_date(timed[0], rules), timed[1]
        return day if clock in _MIDNIGHTS else with_clock(day, clock._replace(time=without_seconds(clock.time)), "")
    if _SERIAL.fullmatch(plain):
        days = " or ".join(f"{epoch + dt.timedelta(days=int(float(plain)))}" for epoch in _EPOCHS)
        advice = "Format the column as dates there, and save it again."
        raise RowError(f"date '{plain}' is a spreadsheet's day number, {days}. {advice}")
    if dated := split_weekday(plain):
        return _without_weekday(plain, dated, rules)
    bare, mark = split_qualifier(plain)
    found = _by_form(bare, rules)
    if found is None:
        raise _refusal(plain, reason if rules.year else "")
    return found._replace(text=qualify(read_stored(found.text), mark).text) if mark else found


def _usual(text: str) -> str:
    """Return a date and its time in the usual spelling and order."""
    from korea_cli.ingest.dates.spellings import reordered, usual_spelling  # noqa: PLC0415 - many sheets have stored dates

    return reordered(usual_clock(usual_spelling(text)).text)


def _read_instead(text: str, usual: str, rules: DateRules) -> SheetDate:
    """Read a date in its usual spelling; raises RowError that quotes it as it was written."""
    try:
        return _read(usual, rules)
    except RowError as error:
        raise type(error)(str(error).replace(f"'{usual}'", f"'{text}'")) from None


def _by_form(text: str, rules: DateRules) -> SheetDate | None:
    """Read forms that people rarely type, but that sheets are full of."""
    text = with_year(text, rules.year)
    if numeric := read_numbers(text, rules.order, partial(full_year, rules=rules)):
        return SheetDate(*numeric)
    if match := _DAY_NAMED.fullmatch(text):
        return _named(match[3], match[2], match[1], rules)
    if match := _NAMED_DAY.fullmatch(text):
        return _named(match[3], match[1], match[2], rules)
    if (match := _MONTH_NAMED.fullmatch(text)) and month_number(match[1].lower()):
        if int(match[3]) <= _LAST_DAY_OF_MONTH and not match[2]:
            raise RowError(f"date '{text}' may be a day without a year, or a month. Write the year with four digits.")
        return _named(match[3], match[1], "", rules)
    span = widest_span(text) or (rules.year and widest_span(f"{text} {rules.year}"))
    if span:
        return SheetDate(span)
    english = in_english(text)
    return _read_instead(text, english, rules) if english else None


def with_year(text: str, year: str) -> str:
    """Return a day and month in numbers with the year of another column, if there is one; any other text as it is."""
    match = _DAY_AND_MONTH.fullmatch(text) if year else None
    return f"{match[1]}{match[2]}{year}" if match else text


def _refusal(text: str, reason: str) -> RowError:
    """Return why a text is no date: the reason known, else that of a stored date."""
    if open_end := _OPEN_END.fullmatch(text):
        year = open_end[1]
        return RowError(f"date '{text}' could be {year}/.. (ongoing) or {year}/ (end unknown). Write one of them.")
    try:
        checked(text)
    except RowError as error:
        return RowError(f"date '{text}': {reason}") if reason else error
    return RowError(f"date '{text}' is not a date")


def _named(year: str, month: str, day: str, rules: DateRules) -> SheetDate | None:
    number = month_number(month.lower())
    return in_parts(year, number, day, rules) if number else None


def in_parts(year: str, month: int, day: str, rules: DateRules) -> SheetDate:
    """Return the date of a year, a month and perhaps a day; raises RowError."""
    whole, inferred = full_year(year, rules)
    return SheetDate(checked(f"{whole.zfill(4)}-{month:02}" + (f"-{int(day):02}" if day else "")), inferred)


def full_year(digits: str, rules: DateRules) -> tuple[str, bool]:
    """Return a year with four digits, and whether two were inferred."""
    if len(digits) > 2:  # noqa: PLR2004 - digits
        return digits, False
    if rules.year.endswith(digits):
        return rules.year, False
    return f"{rules.latest - (rules.latest - int(digits)) % 100:04}", True


def _without_weekday(text: str, dated: WeekdayDate, rules: DateRules) -> SheetDate:
    day = read_date(dated.rest, rules)
    if not _DAY.fullmatch(day.text):
        return SheetDate(checked(text))
    true = weekday_of(read_stored(day.text).start_min)
    if true != dated.weekday:
        raise RowError(f"date '{text}': that day was a {WEEKDAYS[true]}, not a {WEEKDAYS[dated.weekday]}")
    return day


def is_date(text: str) -> bool:
    """Whether a text is a date, whatever the order of day and month."""
    try:
        return bool(read_date(text, DateRules()))
    except AmbiguousOrderError:
        return True
    except RowError:
        return False


def checked(text: str) -> str:
    """Return a text that is a stored date; raises RowError."""
    try:
        return parse_stored(text).text
    except DateError as error:
        hint = f". Did you mean '{error.suggestion}'?" if error.suggestion else ""
        raise RowError(f"date '{error.text}': {error.reason}{hint}") from None
