"""One date of the stored form: a year, part of a year or day, with its qualifier."""

from __future__ import annotations

import re
from functools import cache

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import YEAR, year_name
from korea_cli.dates.months import MONTHS
from korea_cli.dates.spans import CODES, UNITS, DateParseError, day_ordinal, unit_span

_NAMES = dict(enumerate(MONTHS, 1)) | {code: name for name, code in CODES.items()}
_A_DAY, _A_MONTH = "some day in ", "some month in "


class Part(NamedTuple):
    """One date: the days it may be, how precise it is, its qualifier: "", `~`, `?` or `%`, and what it is made of.

    code: the number of its month, or as EDTF numbers another part of a year. day: two digits, or XX.
    """

    first: int
    last: int
    precision: str
    qualifier: str
    year: int
    code: int | None
    day: str | None
    some: str

    def words(self, *, era: bool = False) -> tuple[str, ...]:
        """Return its name in words; `era`: whether any year is to have its era."""
        year = year_name(self.year, era=era)
        if self.code is None:
            return (f"{self.some}{year}",) if self.some else tuple(year.split())
        if self.precision == "day":
            return str(int(self.day or 0)), _NAMES[self.code], year
        return f"{self.some}{_NAMES[self.code]}", year


@cache
def _form() -> re.Pattern[str]:
    """Return the pattern of a date; compiled when a date is read, as many answers read none."""
    return re.compile(rf"({YEAR})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)", re.ASCII)


def parse_part(text: str) -> Part:
    """Parse `2017`, `2017-05`, `2016-33`, `2017-05-25`, `2017-XX`, each with `~`, `?` or `%` or without."""
    match = _form().fullmatch(text)
    if match is None:
        raise DateParseError
    written, code, day, qualifier = match.groups()
    year = int(written)
    number = int(code) if code not in (None, "XX") else None
    some = (_A_MONTH if day is None else _A_DAY) if "XX" in (code, day) else ""
    if number is None:
        if day not in (None, "XX"):
            raise DateParseError("it has a day but no month")
        return Part(*unit_span(year), "year", qualifier, year, None, day, some)
    if day is None or (day == "XX" and number <= len(MONTHS)):  # only months have an unknown day
        return Part(*unit_span(year, number), UNITS[number][0], qualifier, year, number, day, some)
    ordinal = day_ordinal(year, number, 1 if day == "XX" else int(day))
    return Part(ordinal, ordinal, "day", qualifier, year, number, day, "")
