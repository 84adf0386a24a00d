"""One date of the stored form: a year, part of a year or day, with its qualifier."""

from __future__ import annotations

import re
from typing import NamedTuple

from korea_cli.dates.months import MONTHS
from korea_cli.dates.spans import UNITS, DateParseError, day_span, unit_span, year_span

_PART = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)", re.ASCII)
_NAMES = {33 + i: name for i, name in enumerate(("Q1", "Q2", "Q3", "Q4", "early", "mid", "late", "H1", "H2"))}
_A_DAY, _A_MONTH = "some day in ", "some month in "


class Part(NamedTuple):
    """What one date says: the days it may be, how precisely it is known, and its name in words."""

    first: int
    last: int
    precision: str
    words: tuple[str, ...]
    approximate: bool
    uncertain: bool

    @property
    def marked(self) -> bool:
        """Whether it is approximate or uncertain."""
        return self.approximate or self.uncertain


def parse_part(text: str) -> Part:
    """Read `2017`, `2017-05`, `2016-33`, `2017-05-25`, `2017-XX`, each with `~`, `?` or `%` or without."""
    match = _PART.fullmatch(text)
    if match is None:
        raise DateParseError  # the whole text tells more about what is wrong than this part of it
    year, code, day, qualifier = match.groups()
    flags = qualifier in ("~", "%"), qualifier in ("?", "%")
    if code in (None, "XX"):
        if day not in (None, "XX"):
            raise DateParseError("a day is given without its month")
        some = _A_DAY if day else _A_MONTH if code else ""
        return Part(*year_span(int(year)), "year", (f"{some}{year}",), *flags)
    number = int(code)
    if day in (None, "XX") and not (day and number > len(MONTHS)):
        first, last = unit_span(int(year), number)
        return Part(
            first, last, UNITS[number].precision, (f"{_A_DAY if day else ''}{_unit_name(number)}", year), *flags
        )
    first, last = day_span(int(year), number, 1 if day == "XX" else int(day))  # only months have an unknown day
    return Part(first, last, "day", (str(int(day)), _unit_name(number), year), *flags)


def _unit_name(code: int) -> str:
    return _NAMES.get(code) or MONTHS[code - 1]
