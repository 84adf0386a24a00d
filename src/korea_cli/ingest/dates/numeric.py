"""Read days in numbers with the year last: `13.06.2020 - 14.06.2020`, and decide for a column what comes first."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.days import MONTH_RANGE, month_length
from korea_cli.dates.typed_day import split_qualifier
from korea_cli.ingest.dates.clocks import usual_clock
from korea_cli.ingest.dates.column_forms import AMBIGUOUS, ASK, ColumnForms
from korea_cli.ingest.dates.weekdays import split_weekday
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.ingest.dates.column_forms import Evidence

    CompleteYear = Callable[[str], tuple[str, bool]]
    Numbers = tuple[int, int, str]

_DAY = r"(\d{1,2})(\. |[-/. ])(\d{1,2})\2(\d{4}|\d\d)"
_JOINT = r"(?: ?[\u2013\u2014] ?| - | (?:to|until|through|bis) |(?<=\.)-)"
_SINGLE = re.compile(_DAY, re.ASCII)
_RANGE = re.compile(rf"(?P<start>\d[\d./ -]*?)(?:{_JOINT}|(?<=\d)-(?=\d+[./]))(?P<end>[\d./ -]+)", re.ASCII)
_WITHOUT_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2?", re.ASCII)
_BARE_DAY = re.compile(r"(\d{1,2})\.?", re.ASCII)
_DAYS_IN_THE_MIDDLE = re.compile(r"(\d{1,2})/(\d{1,2}) ?[-\u2013] ?(\d{1,2})/(\d{4}|\d\d)", re.ASCII)
_CANDIDATE = re.compile(r"(?<!\d)\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}\d{2}", re.ASCII)
_CLOCK = re.compile(r"(?:T|,? )\d{1,2}:.*", re.ASCII)
_SHORT = 2  # digits of a year
_LAST_DAY = 31


class AmbiguousOrderError(RowError):
    """A date in numbers of which either may be the day."""

    counted_as = "order"


class _Days(NamedTuple):
    """One day, or two, each by its numbers, and the order that their form has: "" for either."""

    numbers: tuple[Numbers, ...]
    order: str = ""


def read_numbers(text: str, order: str, complete: CompleteYear) -> tuple[str, bool] | None:
    """Return a date in numbers as stored, and whether its century was inferred; None for any other text.

    order: "day" or "month", "" if unknown. Raises RowError.
    """
    if (days := _days_in(text)) is None:
        return None
    order = days.order or order
    if not order and any(len(year) == _SHORT for *_, year in days.numbers):
        raise AmbiguousOrderError(f"date '{text}' is ambiguous. Use --day-first or --month-first.")
    readings = _readings(days, complete)
    forms = sorted({readings[order]} if order in readings else set() if order else set(readings.values()))
    if len(forms) > 1:
        raise AmbiguousOrderError(f"date '{text}' could be {' or '.join(forms)}. Use --day-first or --month-first.")
    if not forms:
        how = f" when the {order} comes first" if order else ""
        raise RowError(f"date '{text}': no such day{how}")
    return forms[0], any(complete(year)[1] for *_, year in days.numbers)


def day_orders(chosen: str, complete: CompleteYear) -> ColumnForms:
    """Return what decides which comes first in the dates of each column, "day" or "month"."""
    words = {order: f"with the {order} first" for order in ("day", "month")}
    return ColumnForms(chosen, lru_cache(maxsize=20_000)(partial(_order_in, complete=complete)), _decide, words)


def _decide(evidence: Evidence) -> str:
    return ASK if len(evidence) > 1 else next(iter(evidence), "")


def refusal(evidence: Evidence, error: AmbiguousOrderError) -> AmbiguousOrderError:
    """Return why a date is rejected whose order its column does not decide."""
    if _decide(evidence) != ASK:
        return error
    return AmbiguousOrderError(
        f"{error} Its column has dates with the day first ('{evidence['day']}') and with the month first"
        f" ('{evidence['month']}')."
    )


def _order_in(text: str, complete: CompleteYear) -> str:
    """Return the only order in which a date in numbers can be read: "day" or "month"; AMBIGUOUS; "" for any other text.

    A year of two digits settles it only if it can be neither a day nor a month.
    """
    if not _CANDIDATE.search(text):
        return ""
    plain = _CLOCK.sub("", usual_clock(split_qualifier(" ".join(text.split()))[0]).text)
    dated = split_weekday(plain)
    if (days := _days_in(dated.rest if dated else plain)) is None:
        return ""
    readings = _readings(days, complete)
    short = any(len(year) == _SHORT and 0 < int(year) <= _LAST_DAY for *_, year in days.numbers)
    if short or len(readings) > 1:
        return AMBIGUOUS if short or len(set(readings.values())) > 1 else ""
    return next(iter(readings), "")


def _days_in(text: str) -> _Days | None:
    if match := _SINGLE.fullmatch(text):
        return _whole(_numbers(match))
    if match := _DAYS_IN_THE_MIDDLE.fullmatch(text):
        month, start, end, year = match.groups()
        return _whole((int(month), int(start), year), (int(month), int(end), year), order="month")
    match = _RANGE.fullmatch(text)
    end = match and _SINGLE.fullmatch(match["end"])
    return _range(match["start"], _numbers(end)) if match and end else None


def _range(start: str, last: Numbers) -> _Days | None:
    """Return a range whose start may lack the year of its end, or its month too; a number alone is a day."""
    if whole := _SINGLE.fullmatch(start):
        return _whole(_numbers(whole), last)
    if part := _WITHOUT_YEAR.fullmatch(start):
        return _whole((int(part[1]), int(part[3]), last[2]), last)
    bare = _BARE_DAY.fullmatch(start)
    return _whole((int(bare[1]), last[1], last[2]), last, order="day") if bare else None


def _whole(*numbers: Numbers, order: str = "") -> _Days | None:
    """Return days of which no number is 0; that would be unknown."""
    return _Days(numbers, order) if all(one and other for one, other, _ in numbers) else None


def _numbers(match: re.Match[str]) -> Numbers:
    return int(match[1]), int(match[3]), match[4]


def _readings(days: _Days, complete: CompleteYear) -> dict[str, str]:
    """Return the date in each order in which its days exist and follow each other."""
    readings = {}
    for order in [days.order] if days.order else ["day", "month"]:
        found = [_iso(each, order, complete) for each in days.numbers]
        if all(found) and found == sorted(found):
            readings[order] = "/".join(dict.fromkeys(found))
    return readings


def _iso(numbers: Numbers, order: str, complete: CompleteYear) -> str:
    one, other, digits = numbers
    year = complete(digits)[0]
    month, day = (other, one) if order == "day" else (one, other)
    exists = month in MONTH_RANGE and day <= month_length(int(year), month)
    return f"{year}-{month:02}-{day:02}" if exists else ""
