"""Make a date only as precise as the column of its precision says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.dates.days import FIRST_DAY, LAST_DAY, YEAR, weekday_of
from korea_cli.dates.edtf import one_day_in, qualify
from korea_cli.dates.parse import parse_stored
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from korea_cli.ingest.clocks import SheetDate

_PLAIN = re.compile(rf"({YEAR})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
_PRECISIONS = {"day": 3, "d": 3, "month": 2, "m": 2, "year": 1, "y": 1}  # parts
_WEEK = {"week", "w"}
_VAGUE = {"approximate", "approx", "circa", "c", "about"}
_WITHIN = {"within", "between"}  # the event was on a day between the start and the end
_PARTS = 3  # of a date


def as_precise_as(precision: str, dated: SheetDate) -> SheetDate:
    """Return a date as precise as its precision column allows, and whether that is less than it says."""
    date = coarsen(dated, precision)
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
    if known is None:
        words = "day, week, month, year, approximate, within"
        advice = " Use --values 'COLUMN=1=day,...' for codes." if word.isdecimal() else ""
        raise RowError(f"precision '{precision}' is not one of {words}.{advice}".removesuffix("."))
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
    monday = day - weekday_of(day)
    week = one_day_in(max(monday, FIRST_DAY), min(monday + 6, LAST_DAY))
    return qualify(week, match[4]).text if match[4] else week.text
