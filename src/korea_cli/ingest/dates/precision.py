"""Make a date only as precise as it is known: as the column of its precision says, or a time of Wikidata itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.dates.days import FIRST_YEAR, LAST_DAY, LAST_YEAR, YEAR, iso_year, weekday_of
from korea_cli.dates.edtf import one_day_in, qualify
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import YEAR_RANGE
from korea_cli.ingest.dates.vague import age_span
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.ingest.dates.clocks import SheetDate

_PLAIN = re.compile(rf"({YEAR})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
_PRECISIONS = {"day": 3, "d": 3, "month": 2, "m": 2, "year": 1, "y": 1}  # parts
_WEEK = {"week", "w"}
_VAGUE = {"approximate", "approx", "circa", "c", "about"}
_WITHIN = {"within", "between"}  # the event was on a day between the start and the end
_OF_YEARS = {"decade": 10, "century": 100, "millennium": 1000}
_OF_WIKIDATA = {"6": "millennium", "7": "century", "8": "decade", "9": "year", "10": "month", "11": "day"}
_WORDS = ", ".join(("day", "week", "month", "year", *_OF_YEARS, "approximate", "within"))
_PARTS = 3  # of a date
_TIME = re.compile(r"([-+])(\d{4,16})-(\d\d)-(\d\d)T00:00:00Z(?:/(\d\d?))?", re.ASCII)
_DAY, _MONTH, _YEAR, _MILLENNIUM = 11, 10, 9, 6  # as Wikidata has them


def as_precise_as(columns: Mapping[str, str], key: str, dated: SheetDate) -> SheetDate:
    """Return the date of a key as precise as the column for that allows, and whether that is less than it says."""
    code = columns["precision"].strip() if columns.get(key, "").endswith("T00:00:00Z") else ""
    date = coarsen(dated, _OF_WIKIDATA.get(code, columns["precision"]))
    return date._replace(coarsened=not date.text.startswith(dated.text.rstrip("?~%")))


def as_one_day(precision: str, dated: SheetDate) -> SheetDate:
    """Return a day in the range of a date, where the precision says that the event was on one."""
    start, slash, end = dated.text.partition("/")
    if not slash or _word(precision) not in _WITHIN:
        return dated
    return dated._replace(text=parse_stored(f"[{start}..{end}]").text, time="", zone="")


def coarsen(dated: SheetDate, precision: str) -> SheetDate:
    """Return a date as precise as its precision column allows; raises RowError."""
    word = _word(precision)
    if word == parse_stored(dated.text).precision:
        return dated
    match = _PLAIN.fullmatch(dated.text)
    known = _PARTS if word in _VAGUE | _WEEK | _WITHIN else _PRECISIONS.get(word)
    if word in _OF_YEARS and match:
        return dated._replace(
            text=_qualified(_years_around(int(match[1]), _OF_YEARS[word]), match[4]), time="", zone=""
        )
    if known is None and word not in _OF_YEARS:
        advice = " Use --values 'COLUMN=1=day,...' for codes." if word.isdecimal() else ""
        raise RowError(f"precision '{precision}' is not one of {_WORDS}.{advice}".removesuffix("."))
    if match is None:
        if known == _PARTS:  # there is nothing to remove
            return dated if word not in _VAGUE else dated._replace(text=qualify(parse_stored(dated.text), "~").text)
        raise RowError(f"a date like '{dated.text}' cannot have the precision '{precision}'")
    if word in _WEEK and match[3]:
        return dated._replace(text=_week_around(match), time="", zone="")
    start = "-".join(filter(None, match.groups()[:known]))
    qualifier = match[4] if word not in _VAGUE else "%" if match[4] in {"?", "%"} else "~"
    whole = known == _PARTS and bool(match[3])
    return dated._replace(text=start + qualifier, time=dated.time if whole else "", zone=dated.zone if whole else "")


def _word(precision: str) -> str:
    return precision.strip().casefold().rstrip(".")


def _week_around(match: re.Match[str]) -> str:
    """Return some day from Monday to Sunday of the week that a day is in, as the source knows no more."""
    day = parse_stored("-".join(match.groups()[:3])).start_min
    monday = day - weekday_of(day)  # the first day of all is a Monday
    return _qualified(one_day_in(monday, min(monday + 6, LAST_DAY)).text, match[4])


def _qualified(text: str, mark: str) -> str:
    return qualify(parse_stored(text), mark).text if mark else text


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
        return _years(text, sign, *_span(year, _OF_YEARS[_OF_WIKIDATA[f"{known}"]]))
    return _years(text, sign, year, year) + "".join((f"-{month}", f"-{day}")[: known - _YEAR])


def _span(year: int, length: int) -> tuple[int, int]:
    """Return the years that one is rounded to: a decade; or a century, which begins in 1800 or in 1801."""
    first = year - year % length
    if length == _OF_YEARS["decade"]:
        return max(first, 1), first + length - 1
    return max(first - (length - 1) * (first == year), 1), first + length - (first == year)


def _years_around(year: int, length: int) -> str:
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
