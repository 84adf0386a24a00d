"""One typed date: a day, a month or another unit of time, with or without its year."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import MONTH_RANGE, YEAR, iso_year, monday_of
from korea_cli.dates.edtf import StoredDate, one_day_in, qualify, read_stored
from korea_cli.dates.months import LETTERS, month_number
from korea_cli.dates.phrases import compiled
from korea_cli.dates.spans import CODES, NO_MONTH, Bounds, DateParseError, require_year, unit_span

if TYPE_CHECKING:
    from korea_cli.dates.days import Day

CHANGES = "it depends on today; a record needs a fixed date"
THIRDS = ("early", "mid", "late")

_UNITS = {"q": "quarter", "h": "half"}

_YEAR = rf"(?P<year>{YEAR})"
_MONTH = rf"(?P<month>{LETTERS}{{3,10}})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|(?<=[23])d|\.)?"
_THIRD = rf"(?P<third>{'|'.join(THIRDS)})"
_FORMS = (
    rf"{_YEAR}(?P<joint>[-/.])(?P<number>\d{{1,2}})(?:(?P=joint)(?P<day>\d{{1,2}}))?",
    rf"{_YEAR}(?P<number>\d\d)(?P<day>\d\d)",
    rf"{_YEAR}[ -]?(?P<unit>[qh])(?P<count>\d)",
    rf"(?P<unit>[qh])(?P<count>\d)(?:[ -]{_YEAR})?",
    rf"{_YEAR}-?w(?P<week>\d\d)",
    rf"{_MONTH}(?:[ -]{_DAY})?(?:,?[ -]{_YEAR})?",
    rf"{_DAY}[ -]{_MONTH}(?:,?[ -]{_YEAR})?",
    rf"{_YEAR}[ -]{_MONTH}(?:[ -]{_DAY})?",
    rf"{_THIRD}[ -]{_YEAR}",
    rf"{_THIRD}[ -]{_MONTH}(?:[ -]{_YEAR})?",
)
_DECADE = rf"(?:(?:{'|'.join(THIRDS)})[ -])?(?:(\d{{3}}0)'?s|([1-9]\d{{0,2}}0)'?s (bc|ad))"
_MASKED = r"(-?(?=.{4}$)\d+)(xx?)"
_SOME = re.compile(r"(?:some|a) (?P<unit>day|month) in (?P<date>.+)")
_ABOUT = re.compile(
    r"(?:~|(?:c|ca|approx)\.) ?|(?:c|ca)(?=\d)|(?:c|ca|circa|about|around|approx|approximately|roughly) ", re.IGNORECASE
)
_ABOUT_BEHIND = re.compile(
    r"(?<=\w),? (?:\((?:c\.?|ca\.?|circa|about|approx(?:\.|imately|imate)?)\)|approx(?:\.|imately)?)$", re.IGNORECASE
)
_SHORT_YEARS = re.compile(rf"({YEAR})([-/])(\d{{1,2}})", re.ASCII)
_LONGEST_RANGE = 60  # years that `2004-5` may span
_MARK = re.compile(r"(?<=[\w)]) ?(?:([~?%])|\((\?)\))$")


class ShortYears(NamedTuple):
    """The readings of a text as stored dates: a month, a range of years; "" if there is no such reading.

    iso: whether the text has the form of a month, or another part of a year, in ISO 8601.
    """

    month: str
    years: str
    iso: bool


def short_years(text: str) -> ShortYears | None:
    """Return what a year with one or two digits behind it may mean; None for any other normalised text."""
    match = _SHORT_YEARS.fullmatch(text)
    if match is None:
        return None
    year, joint, digits = match.groups()
    end, is_month = int(year[: -len(digits)] + digits), int(digits) in MONTH_RANGE
    if end <= int(year) and not is_month:
        end += 100  # 1999-00
    return ShortYears(
        f"{year}-{int(digits):02}" if is_month else "",
        f"{year}/{end:04}" if 0 <= int(year) < end <= int(year) + _LONGEST_RANGE else "",
        iso=joint == "-" and len(digits) > 1,
    )


class ParsedDate(NamedTuple):
    """What was typed as a stored date, and why a record cannot store it as typed, if it cannot.

    The date then is what was probably meant, without a text if there is no such stored date.
    """

    date: StoredDate
    doubt: str = ""


InYear = Callable[[int], StoredDate]  # a date without its year, in a year; raises DateParseError if that lacks it


def split_qualifier(text: str) -> tuple[str, str]:
    """Split `c. 2016?` into the date and its qualifier: "", `~`, `?` or `%`."""
    bare, mark = _MARK.search(text), ""
    if bare:
        text, mark = text[: bare.start()], bare[1] or bare[2]
    if about := _ABOUT.match(text) or _ABOUT_BEHIND.search(text):
        text, mark = text[: about.start()] + text[about.end() :], "%" if mark in {"?", "%"} else "~"
    return text, mark


def read_day(text: str, today: Day) -> ParsedDate | InYear:
    """Parse one normalised date; raises DateParseError."""
    bare, mark = split_qualifier(text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text)
    if mark:
        return _mapped(read_day(bare, today), partial(qualify, mark=mark))
    if bare.removeprefix("-")[:4].isdecimal() and not _is_short_month(bare):
        try:
            return ParsedDate(read_stored(bare.upper()))
        except DateParseError as error:
            if error.reason:
                raise
    return _in_words(bare, today)


def _mapped(found: ParsedDate | InYear, change: Callable[[StoredDate], StoredDate]) -> ParsedDate | InYear:
    if isinstance(found, ParsedDate):
        return found._replace(date=change(found.date))
    return lambda year: change(found(year))


def _in_words(text: str, today: Day) -> ParsedDate | InYear:
    for form in _FORMS:
        match = compiled(form).fullmatch(text)
        parts = {name: word for name, word in match.groupdict().items() if word} if match else {}
        if match and month_number(parts.get("month", "may")):
            in_year = partial(_in_year, parts)
            return ParsedDate(in_year(int(parts["year"]))) if "year" in parts else in_year
    if match := _SOME.fullmatch(text):
        return _mapped(read_day(match["date"], today), partial(_unknown_in, unit=match["unit"]))
    if match := compiled(_DECADE).fullmatch(text):
        return ParsedDate(_decade(int(match[1] or match[2]), match[3]))
    if match := compiled(_MASKED).fullmatch(text):
        return ParsedDate(_one_year_in(*(int(match[1] + digit * len(match[2])) for digit in "09")))
    from korea_cli.dates.relative import read_relative  # noqa: PLC0415 - few dates are relative to today

    return ParsedDate(one_day_in(*read_relative(text, today)), CHANGES)


def _decade(first: int, era: str | None) -> StoredDate:
    """Return a year of a decade; raises DateParseError for what may be a century too."""
    lasts = [first + 9] if first % 100 else [first + 9, first + 99]
    spans = [_one_year_in(*((1 - year if era == "bc" else year) for year in (first, last))) for last in lasts]
    if len(spans) > 1:
        raise DateParseError(f"it could be {' or '.join(span.text for span in spans)}; write one of them")
    return spans[0]


def _one_year_in(*years: int) -> StoredDate:
    return read_stored(f"[{'..'.join(map(iso_year, sorted(years)))}]")


def _is_short_month(text: str) -> bool:
    """Return whether a text is a month written as `2017-5`; raises DateParseError for a shortened year."""
    short = short_years(text)
    if short is None or short.iso:
        return False
    if short.month and short.years:
        raise DateParseError(f"it could be {short.month} or {short.years}; write one of them")
    if not short.month:
        raise DateParseError(NO_MONTH.format(int(re.split("[-/]", text)[-1])))
    return True


def _unknown_in(date: StoredDate, unit: str) -> StoredDate:
    """Return `some day in Jul 2017` or `some month in 2017`."""
    if date.precision not in {"year", "month"} or date.precision == unit or "X" in date.text:
        raise DateParseError
    return read_stored(date.text + ("-XX-XX" if (date.precision, unit) == ("year", "day") else "-XX"))


def _in_year(parts: dict[str, str], year: int) -> StoredDate:
    require_year(year)
    if "week" in parts:
        return one_day_in(*_week_span(year, int(parts["week"])))
    if "unit" in parts:
        name = parts["unit"].upper() + parts["count"]
        if name not in CODES:
            raise DateParseError(f"there is no {_UNITS[parts['unit']]} {parts['count']}")
        return read_stored(f"{iso_year(year)}-{CODES[name]}")
    month = int(parts["number"]) if "number" in parts else month_number(parts.get("month", ""))
    if month is None:
        return read_stored(f"{iso_year(year)}-{CODES[parts['third']]}")
    if month not in MONTH_RANGE:
        raise DateParseError(NO_MONTH.format(month))
    if "third" in parts:  # days 1-10, 11-20 or 21 to the end, as newspapers and diplomats count
        first, last = unit_span(year, month)
        first += 10 * THIRDS.index(parts["third"])
        return one_day_in(first, last if parts["third"] == "late" else first + 9)
    return read_stored(f"{iso_year(year)}-{month:02}" + (f"-{int(parts['day']):02}" if "day" in parts else ""))


def _week_span(year: int, week: int) -> Bounds:
    try:
        monday = monday_of(year, week)
    except ValueError:
        raise DateParseError(f"{iso_year(year)} has no week {week}") from None
    return monday, monday + 6
