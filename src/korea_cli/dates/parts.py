"""One date of the stored form: a year, part of a year or day, with its qualifier."""

from __future__ import annotations

import re
from typing import NamedTuple

from korea_cli.dates.days import YEAR, year_name, year_words
from korea_cli.dates.months import MONTHS
from korea_cli.dates.spans import CODES, UNITS, DateParseError, day_ordinal, unit_span

_PART = re.compile(rf"({YEAR})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)", re.ASCII)
_NAMES = dict(enumerate(MONTHS, 1)) | {code: name for name, code in CODES.items()}
_A_DAY, _A_MONTH = "some day in ", "some month in "


class Part(NamedTuple):
    """One date: the days it may be, how precise it is, its name in words, and its qualifier: "", `~`, `?` or `%`."""

    first: int
    last: int
    precision: str
    words: tuple[str, ...]
    qualifier: str


def parse_part(text: str, *, era: bool = False) -> Part:
    """Parse `2017`, `2017-05`, `2016-33`, `2017-05-25`, `2017-XX`, each with `~`, `?` or `%` or without.

    era: whether its words are to have the era of any year.
    """
    match = _PART.fullmatch(text)
    if match is None:
        raise DateParseError
    written, code, day, qualifier = match.groups()
    year = int(written)
    number = int(code) if code not in (None, "XX") else None
    some = _A_DAY if day else _A_MONTH if code == "XX" else ""
    if number is None:
        if day not in (None, "XX"):
            raise DateParseError("it has a day but no month")
        words = (f"{some}{year_name(year, era=era)}",) if some else year_words(year, era=era)
        return Part(*unit_span(year), "year", words, qualifier)
    if day is None or (day == "XX" and number <= len(MONTHS)):  # only months have an unknown day
        first, last = unit_span(year, number)
        return Part(first, last, UNITS[number][0], (f"{some}{_NAMES[number]}", year_name(year, era=era)), qualifier)
    ordinal = day_ordinal(year, number, 1 if day == "XX" else int(day))
    return Part(ordinal, ordinal, "day", (str(int(day)), _NAMES[number], year_name(year, era=era)), qualifier)
