"""One typed date: a day, a month or another unit of time, with its year or without."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.edtf import StoredDate, one_day_in, qualified, read_stored
from korea_cli.dates.months import LETTERS, month_named
from korea_cli.dates.short_years import short_years
from korea_cli.dates.spans import YEAR_RANGE, Bounds, DateParseError, day_span, month_length

if TYPE_CHECKING:
    from collections.abc import Callable

THIRDS = ("early", "mid", "late")

_MONTHS = range(1, 13)
_FIRST_THIRD_CODE = 37  # EDTF's number for the first third of a year
_FIRST_OF = {"q": (33, 4, "quarter"), "h": (40, 2, "half")}  # EDTF's number for the first one, how many, its name

_YEAR = r"(?P<year>\d{4})"
_MONTH = rf"(?P<month>{LETTERS}{{3,9}})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_THIRD = rf"(?P<third>{'|'.join(THIRDS)})"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
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
)
_DECADE = re.compile(rf"(?:(?:{'|'.join(THIRDS)})[ -])?(\d{{3}})(?:0'?s|x)|(\d\d)xx", re.ASCII)
_CENTURY = re.compile(r"(\d\d)00'?s", re.ASCII)
_SOME = re.compile(r"(?:some|a) (?P<unit>day|month) in (?P<date>.+)")
_ABOUT = re.compile(
    r"(?:~|(?:c|ca|approx)\.) ?|(?:c|ca|circa|about|around|approx|approximately|roughly) ", re.IGNORECASE
)
_MARK = re.compile(r"(?<=[\w)]) ?([~?%])$")


class FullDate(NamedTuple):
    """A date whose year was typed, or that was told from today: that changes with the day."""

    date: StoredDate
    relative: bool = False


class YearlessDate(NamedTuple):
    """A date that every year has; asking for it in a year without it raises DateParseError."""

    in_year: Callable[[int], StoredDate]


def marked(text: str) -> tuple[str, str]:
    """Take `c. 2016?` apart into what is said and how surely: "", `~`, `?` or `%`."""
    bare, mark = _MARK.search(text), ""
    if bare:
        text, mark = text[: bare.start()], bare[1]
    if about := _ABOUT.match(text):
        text, mark = text[about.end() :], "%" if mark in {"?", "%"} else "~"
    return text, mark


def read_day(text: str, today: date) -> FullDate | YearlessDate:
    """Read one normalised date; raises DateParseError."""
    bare, mark = marked(text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text)
    if mark:
        found = read_day(bare, today)
        if isinstance(found, FullDate):
            return found._replace(date=qualified(found.date, mark))
        return YearlessDate(lambda year: qualified(found.in_year(year), mark))
    if bare[:4].isdecimal() and not _cut_short(bare):
        try:
            return FullDate(read_stored(bare.upper()))
        except DateParseError as refusal:
            if refusal.reason:
                raise
    return _in_words(bare, today)


def _in_words(text: str, today: date) -> FullDate | YearlessDate:
    for form in _FORMS:
        match = form.fullmatch(text)
        said = {name: word for name, word in match.groupdict().items() if word} if match else {}
        if match and month_named(said.get("month", "may")):
            year, in_year = match["year"], partial(_in_year, said)
            return FullDate(in_year(int(year))) if year else YearlessDate(in_year)
    if match := _SOME.fullmatch(text):
        return _some(match["unit"], read_day(match["date"], today))
    if match := _CENTURY.fullmatch(text):
        decade, century = (f"[{match[1]}00..{match[1]}{last}]" for last in ("09", "99"))
        raise DateParseError(f"it could be {decade} or {century}; write one of them")
    if match := _DECADE.fullmatch(text):
        first, last = f"{match[1] or match[2]:0<4}", f"{match[1] or match[2]:9<4}"
        return FullDate(read_stored(f"[{first}..{last}]"))
    from korea_cli.dates.relative import read_relative  # noqa: PLC0415 - for the few dates that are told from today

    return FullDate(one_day_in(*read_relative(text, today)), relative=True)


def _cut_short(text: str) -> bool:
    """Check whether a text is a month written as ISO 8601 does not; raises DateParseError for any other short year."""
    short = short_years(text)
    if short is None or short.iso:
        return False
    if short.month and short.years:
        raise DateParseError(f"it could be {short.month} or {short.years}; write one of them")
    if not short.month:
        raise DateParseError(f"there is no month {int(text[5:])}")
    return True


def _some(unit: str, found: FullDate | YearlessDate) -> FullDate | YearlessDate:
    """Read `some day in Jul 2017`, `some month in 2017`."""
    if isinstance(found, YearlessDate):
        return YearlessDate(lambda year: _unknown_in(found.in_year(year), unit))
    return found._replace(date=_unknown_in(found.date, unit))


def _unknown_in(date: StoredDate, unit: str) -> StoredDate:
    if date.precision not in {"year", "month"} or date.precision == unit or "X" in date.text:
        raise DateParseError
    return read_stored(date.text + ("-XX-XX" if (date.precision, unit) == ("year", "day") else "-XX"))


def _in_year(said: dict[str, str], year: int) -> StoredDate:
    """Return the date that is meant in a year."""
    if not date.min.year <= year <= date.max.year:
        raise DateParseError(YEAR_RANGE)
    if "week" in said:
        return one_day_in(*_week_span(year, int(said["week"])))
    if "unit" in said:
        return read_stored(f"{year:04}-{_unit_code(said['unit'], int(said['count']))}")
    third = THIRDS.index(said["third"]) if "third" in said else None
    month = int(said["number"]) if "number" in said else month_named(said.get("month", ""))
    if "number" in said and month not in _MONTHS:
        raise DateParseError(f"there is no month {month}")
    if month is None:
        return read_stored(f"{year:04}-{_FIRST_THIRD_CODE + (third or 0)}")
    if third is not None:
        return one_day_in(*_third_of_month(year, month, third))
    return read_stored(f"{year:04}-{month:02}" + (f"-{int(said['day']):02}" if "day" in said else ""))


def _unit_code(unit: str, count: int) -> int:
    code, number, name = _FIRST_OF[unit]
    if count not in range(1, number + 1):
        raise DateParseError(f"there is no {name} {count}")
    return code + count - 1


def _week_span(year: int, week: int) -> Bounds:
    """Span an ISO week, Monday to Sunday."""
    try:
        monday = date.fromisocalendar(year, week, 1).toordinal()
        return monday, date.fromordinal(monday + 6).toordinal()
    except (ValueError, OverflowError):
        no_week = week not in range(1, 53) and year in range(date.min.year, date.max.year + 1)
        raise DateParseError(f"{year:04} has no week {week}" if no_week else YEAR_RANGE) from None


def _third_of_month(year: int, month: int, third: int) -> Bounds:
    """Span the days 1-10, 11-20 or 21 to the end: the thirds that newspapers and diplomats count in."""
    last = 10 * third + 10 if third < len(THIRDS) - 1 else month_length(year, month)
    return day_span(year, month, 1 + 10 * third)[0], day_span(year, month, last)[1]
