"""Read times as dumps and statements of Wikidata have them, with a precision: `+1789-00-00T00:00:00Z/9`."""

from __future__ import annotations

import re

from korea_cli.dates.days import FIRST_YEAR, LAST_YEAR, iso_year
from korea_cli.dates.spans import YEAR_RANGE
from korea_cli.ingest.dates.vague import age_span
from korea_cli.ingest.sheet import RowError

_TIME = re.compile(r"([-+])(\d{4,16})-(\d\d)-(\d\d)T00:00:00Z(?:/(\d\d?))?", re.ASCII)
_DAY, _MONTH, _YEAR, _MILLENNIUM = 11, 10, 9, 6
_LENGTHS = {8: 10, 7: 100, 6: 1000}  # years


def read_time(text: str) -> str:
    """Return a time of Wikidata as a date of its precision, else of what is not 0 in it; "" for any other text.

    Raises RowError.
    """
    if text.startswith("_:") or "/.well-known/genid/" in text:
        raise RowError("its date is unknown, as Wikidata has it")
    match = _TIME.fullmatch(text)
    if match is None:
        return ""
    sign, digits, month, day, precision = match.groups()
    if sign == "-" and not precision and month != "00" and day != "00":
        return ""  # the result of a query, which counts years as EDTF does
    known = _MONTH if day == "00" else _DAY
    known = min(_YEAR if month == "00" else known, int(precision or _DAY))
    year = int(digits)
    if known < _MILLENNIUM:
        raise RowError(f"date '{text}': its precision is longer than 1,000 years")
    if known < _YEAR:
        return _years(text, sign, *_span(year, _LENGTHS[known]))
    return _years(text, sign, year, year) + "".join((f"-{month}", f"-{day}")[: known - _YEAR])


def _span(year: int, length: int) -> tuple[int, int]:
    """Return the years that one is rounded to: a decade; or a century, which begins in 1800 or in 1801."""
    first = year - year % length
    if length == _LENGTHS[8]:
        return max(first, 1), first + length - 1
    return max(first - (length - 1) * (first == year), 1), first + length - (first == year)


def years_around(year: int, length: int) -> str:
    """Return the decade, century or millennium that a stored year is rounded to."""
    first, last = _span(year if year > 0 else 1 - year, length)
    if year <= 0:
        first, last = 1 - last, 1 - first
    return f"[{iso_year(max(first, FIRST_YEAR))}..{iso_year(min(last, LAST_YEAR))}]"


def _years(text: str, sign: str, first: int, last: int) -> str:
    """Return some years as stored: in these times, there is no year 0, and -44 is 44 BC."""
    if sign == "-":
        first, last = 1 - last, 1 - first
    if span := age_span(first, last):
        return span
    raise RowError(f"date '{text}': {YEAR_RANGE}")
