"""One typed date: a day, a month or another unit of time, with its year or without."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.parts import parse_part
from korea_cli.dates.spans import YEAR_RANGE, Bounds, Refusal, day_span, month_length, unit_span

if TYPE_CHECKING:
    from collections.abc import Callable

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
THIRDS = ("early", "mid", "late")

_SHORTEST = 3  # letters that tell the months apart
_FIRST_THIRD_CODE = 37  # EDTF's number for the first third of a year
_FIRST_OF = {"q": (33, 4, "quarter"), "h": (40, 2, "half")}  # EDTF's number for the first one, how many, its name

_YEAR = r"(?P<year>\d{4})"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
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


class Days(NamedTuple):
    """A closed span of days; its year was typed, or it was told from today."""

    first: int
    last: int
    year_typed: bool


class Yearless(NamedTuple):
    """A span that every year has; asking for it in a year without it raises Refusal."""

    in_year: Callable[[int], Bounds]


def read_day(text: str, today: date) -> Days | Yearless:
    """Read one normalised date; raises Refusal."""
    if text[:4].isdecimal():
        try:
            part = parse_part(text.upper())
        except Refusal as refusal:
            if refusal.reason:
                raise
        else:
            return Days(part.first, part.last, year_typed=True)
    for form in _FORMS:
        match = form.fullmatch(text)
        spans = _spans({name: said for name, said in match.groupdict().items() if said}) if match else None
        if match and spans:
            year = match["year"]
            return Days(*spans(int(year)), year_typed=True) if year else Yearless(spans)
    from korea_cli.dates.relative import read_relative  # noqa: PLC0415 - for the few dates that are told from today

    return Days(*read_relative(text, today), year_typed=False)


def month_named(word: str) -> int | None:
    """Find the number of the month of which a word of three letters or more is the beginning."""
    named = (number for number, name in enumerate(MONTH_NAMES, 1) if name.startswith(word))
    return next(named, None) if len(word) >= _SHORTEST else None


def _spans(said: dict[str, str]) -> Callable[[int], Bounds] | None:
    """Give the span that is meant for any year; None if the word in the month's place is no month."""
    if "week" in said:
        return partial(_week_span, week=int(said["week"]))
    if "unit" in said:
        return partial(unit_span, code=_unit_code(said["unit"], int(said["count"])))
    month = int(said["number"]) if "number" in said else month_named(said.get("month", ""))
    third = THIRDS.index(said["third"]) if "third" in said else None
    if third is not None and "month" not in said:
        return partial(unit_span, code=_FIRST_THIRD_CODE + third)
    if month is None:
        return None
    if third is not None:
        return partial(_third_of_month, month=month, third=third)
    return partial(day_span, month=month, day=int(said["day"])) if "day" in said else partial(unit_span, code=month)


def _unit_code(unit: str, count: int) -> int:
    code, number, name = _FIRST_OF[unit]
    if count not in range(1, number + 1):
        raise Refusal(f"there is no {name} {count}")
    return code + count - 1


def _week_span(year: int, week: int) -> Bounds:
    """Span an ISO week, Monday to Sunday."""
    try:
        monday = date.fromisocalendar(year, week, 1).toordinal()
        return monday, date.fromordinal(monday + 6).toordinal()
    except (ValueError, OverflowError):
        no_week = week not in range(1, 53) and year in range(date.min.year, date.max.year + 1)
        raise Refusal(f"{year:04} has no week {week}" if no_week else YEAR_RANGE) from None


def _third_of_month(year: int, month: int, third: int) -> Bounds:
    """Span the days 1-10, 11-20 or 21 to the end: the thirds that newspapers and diplomats count in."""
    first = day_span(year, month, 1 + 10 * third)[0]
    return first, first + 9 if third < len(THIRDS) - 1 else day_span(year, month, month_length(year, month))[1]
