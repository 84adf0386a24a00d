"""Dates as people write them in sheets become stored dates, never more precise than what was written."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from korea_cli.dates.edtf import one_day_in, parse_stored, read_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START, SEASONS, UNITS, Refusal, month_length
from korea_cli.dates.typed_day import month_named
from korea_cli.dates.written import fixed_span, stored_form
from korea_cli.errors import DateError
from korea_cli.importing.rows import Rejected

_ABOUT = re.compile(
    r"^(?:(?:c\.|ca\.|approx\.|~)\s*|(?:c|ca|circa|about|around|approx|approximately)\s+)", re.IGNORECASE
)
_CLOCK = re.compile(r"^(?P<day>.*\d)(?:T|,? )(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?$")
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +(?=\d|[a-z])", re.IGNORECASE)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)", re.ASCII)
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3,9})\.?[-/., ]+'?(\d{4}|\d\d)", re.ASCII | re.IGNORECASE
)
_NAMED_DAY = re.compile(r"([a-z]{3,9})\.?[-/. ]+(\d{1,2})(?:st|nd|rd|th)?[-/., ]+'?(\d\d)", re.ASCII | re.IGNORECASE)
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.?[-/. ]*(['\u2019]?)(\d\d)", re.ASCII | re.IGNORECASE)
_DECADE = re.compile(r"(?:(?:the|early|mid|late)[ -])*(\d{3})0['\u2019]?s", re.ASCII | re.IGNORECASE)
_SHORT_END = re.compile(r"(\d\d)(\d\d) ?[-\u2013/] ?(\d\d)", re.ASCII)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = "00:00"
_LAST_DAY_OF_MONTH = 31
_EPOCHS = (dt.date(1899, 12, 30), dt.date(1904, 1, 1))  # day 0 of spreadsheets, and of those once made on a Macintosh


class Rules(NamedTuple):
    """How dates are read where their form leaves it open.

    order: which comes first in `01/02/1950`, "day" or "month"; "" where nobody has said. latest: two digits are a year
    of the hundred up to this one.
    """

    order: str = ""
    latest: int = 9999


class Dated(NamedTuple):
    """A stored date with the time of day beside it, and whether its century was inferred."""

    text: str
    inferred: bool = False
    time: str = ""
    zone: str = ""


@lru_cache(maxsize=20_000)  # sheets say the same days again and again
def read_date(text: str, rules: Rules) -> Dated:
    """Read a date as written in a sheet; raises Rejected."""
    return _read(" ".join(text.split()), rules)


def _read(plain: str, rules: Rules) -> Dated:
    try:
        return Dated(read_stored(plain).text)
    except Refusal:
        pass
    if match := _CLOCK.match(plain):
        return _with_clock(match, rules)
    if _SERIAL.fullmatch(plain):
        raise Rejected(_serial(plain))
    if match := _WEEKDAY.match(plain):
        return _with_weekday(plain[match.end() :], match[1].lower(), rules)
    return _in_words(plain, rules)


def _in_words(plain: str, rules: Rules) -> Dated:
    """Read a date with what says how sure it is: `c. 4-Jul-17`, `1950?`."""
    day = _ABOUT.sub("", plain)
    sure = day.rstrip("?").rstrip()
    dated = _by_form(sure, rules)
    if dated is None:
        form = stored_form(f"c. {day}" if day != plain else plain) or _open(plain)
        return Dated(form) if form else _refused(plain)
    about, doubted = day != plain, sure != day
    qualifier = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((about, doubted), "")
    return dated._replace(text=qualified(dated.text, qualifier)) if qualifier else dated


def _by_form(text: str, rules: Rules) -> Dated | None:  # noqa: PLR0911 - a form each
    """Read the forms that a person types at no prompt, but sheets are full of."""
    if match := _NUMBERS.fullmatch(text):
        return _in_order(match, rules)
    if match := _DAY_NAMED.fullmatch(text):
        return _named(match[3], match[2], match[1], rules)
    if match := _NAMED_DAY.fullmatch(text):
        return _named(match[3], match[1], match[2], rules)
    if (match := _MONTH_NAMED.fullmatch(text)) and month_named(match[1].lower()):
        if int(match[3]) <= _LAST_DAY_OF_MONTH and not match[2]:
            raise Rejected(
                f"date '{text}' may be a day of a year not said, or a month; write the year with four digits"
            )
        return _named(match[3], match[1], "", rules)
    if match := _DECADE.fullmatch(text):
        return Dated(f"[{match[1]}0..{match[1]}9]")
    if match := _SHORT_END.fullmatch(text):
        end = int(match[3])
        if end > int(match[2]) and end not in UNITS and end not in SEASONS:  # else it may be a part of that year
            return Dated(f"{match[1]}{match[2]}/{match[1]}{match[3]}")
    return None


def _named(year: str, month: str, day: str, rules: Rules) -> Dated | None:
    number = month_named(month.lower())
    if number is None:
        return None
    whole, inferred = full_year(year, rules)
    return Dated(checked(f"{whole}-{number:02}" + (f"-{int(day):02}" if day else "")), inferred)


def full_year(digits: str, rules: Rules) -> tuple[str, bool]:
    """Give a year with four digits, and whether two were inferred."""
    if len(digits) > 2:  # noqa: PLR2004 - digits
        return digits, False
    return f"{rules.latest - (rules.latest - int(digits)) % 100:04}", True


def _in_order(match: re.Match[str], rules: Rules) -> Dated:
    """Read `01/02/1950` where only one reading is a day, or somebody has said which comes first."""
    text, one, other = match[0], int(match[1]), int(match[3])
    if len(match[4]) == 2 and not rules.order:  # noqa: PLR2004 - digits
        raise Rejected(f"date '{text}' does not say which number is the year; say --day-first or --month-first")
    year, inferred = full_year(match[4], rules)
    orders = {"day": (other, one), "month": (one, other)}
    readings = {order: days for order, days in orders.items() if _exists(int(year), *days)}
    chosen = {readings[rules.order]} if rules.order in readings else set() if rules.order else set(readings.values())
    forms = sorted(f"{year}-{month:02}-{day:02}" for month, day in chosen)
    if len(forms) > 1:
        raise Rejected(f"date '{text}' could be {' or '.join(forms)}; say --day-first or --month-first")
    if not forms:
        how = f" when the {rules.order} comes first" if rules.order else ""
        raise Rejected(f"date '{text}': there is no such day{how}")
    return Dated(forms[0], inferred)


def _exists(year: int, month: int, day: int) -> bool:
    return month in range(1, 13) and day in range(1, month_length(year, month) + 1)


def _with_clock(match: re.Match[str], rules: Rules) -> Dated:
    """Take a time of day off; midnight alone is how programs write a day that has none."""
    dated = read_date(match["day"], rules)
    clock = match["clock"].zfill(5) if match["clock"].count(":") == 1 else match["clock"].zfill(8)
    if clock.removesuffix(":00") == _MIDNIGHT and not match["zone"]:
        return dated
    zone = "UTC" if match["zone"] == "Z" else ""
    return dated._replace(time=clock.removesuffix(":00") if clock.count(":") > 1 else clock, zone=zone)


def _with_weekday(rest: str, weekday: str, rules: Rules) -> Dated:
    dated = read_date(rest, rules)
    try:
        true = _WEEKDAYS[dt.date.fromisoformat(dated.text).weekday()]
    except ValueError:
        return _refused(f"{weekday} {rest}")
    if true != weekday:
        raise Rejected(f"date '{rest}': that day was no {weekday.title()} but a {true.title()}")
    return dated


def _open(text: str) -> str | None:
    """Store `before 1950` as a day that is not known but for its limit."""
    span = fixed_span(text.casefold()) if text[:6].casefold().startswith(("before", "after ")) else None
    if span is None:
        return None
    return one_day_in(
        OPEN_START if span.first is None else span.first, OPEN_END if span.last is None else span.last
    ).text


def qualified(text: str, qualifier: str) -> str:
    """Put a qualifier behind each day, month or year of a stored date."""
    return re.sub(r"(?<=\d)(?=$|[\]/,]|\.\.)", qualifier, text)


def _serial(text: str) -> str:
    days = [(epoch + dt.timedelta(days=int(float(text)))).isoformat() for epoch in _EPOCHS]
    return (
        f"date '{text}' is a spreadsheet's number of a day, {days[0]} or {days[1]};"
        " give the column the format of a date there, and save it again"
    )


def checked(text: str) -> str:
    """Give a stored date that is one; raises Rejected."""
    try:
        return parse_stored(text).text
    except DateError as error:
        raise Rejected(_sentence(error)) from None


def _refused(text: str) -> Dated:
    return Dated(checked(text))


def _sentence(error: DateError) -> str:
    hint = f". Did you mean '{error.suggestion}'?" if error.suggestion else ""
    return f"date '{error.text}': {error.reason}{hint}"
