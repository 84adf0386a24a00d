"""Stored dates, a subset of EDTF (ISO 8601-2): four bounds hold what is known and no more."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import lru_cache

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import FIRST_DAY, LAST_DAY, Day
from korea_cli.dates.format import show_stored
from korea_cli.dates.parts import parse_part
from korea_cli.dates.spans import (
    OPEN_BOTH,
    OPEN_END,
    OPEN_START,
    YEAR_RANGE,
    DateParseError,
    backwards,
    iso_name,
)

_OPEN = ("", "..")
_KEPT = 1 << 15  # stored dates: the days of ninety years
_END_OF_PART = r"(?<=[\dX])([~?%]?)(?=$|[\]/,]|\.\.)"


class StoredDate(NamedTuple):
    """A date as stored; it starts in [start_min, start_max] and ends in [end_min, end_max], days as numbers.

    A tuple because ten thousand are made before the first answer, in half the time a frozen dataclass takes.
    """

    text: str
    start_min: int
    start_max: int
    end_min: int
    end_max: int
    precision: str
    approximate: bool
    uncertain: bool

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """The first and last day it may start on, and the first and last it may end on."""
        return self[1:5]

    @property
    def qualified(self) -> bool:
        """Whether the date is approximate or uncertain."""
        return self.approximate or self.uncertain

    @property
    def qualifier(self) -> str:
        """`~` for an approximate date, `?` for an uncertain one, `%` for both, else ""."""
        return "%" if self.approximate and self.uncertain else "~" if self.approximate else "?" * self.uncertain

    @property
    def is_vague(self) -> bool:
        """Whether it is not known exactly: a day of its start or end is unknown, or it is qualified."""
        known = self.start_min == self.start_max != OPEN_START and self.end_min == self.end_max
        return self.qualified or not known

    @property
    def earliest(self) -> Day | None:
        """The first day it may include; None if its start is open."""
        return None if self.start_min == OPEN_START else Day.from_ordinal(self.start_min)

    @property
    def latest(self) -> Day | None:
        """The last day it may include; None if its end is open."""
        return None if self.end_max == OPEN_END else Day.from_ordinal(self.end_max)

    @property
    def order(self) -> tuple[int, int]:
        """The sort key: the first possible day (the last one if the start is open), then the last."""
        return (self.end_max if self.start_min == OPEN_START else self.start_min), self.end_max

    def lasts_until(self, known_until: int) -> int:
        """Return the first day it may end on; if it is ongoing, `known_until`, but not before its start."""
        return self.end_min if self.end_min != OPEN_END else max(self.start_min, known_until)

    def show(self) -> str:
        """Return it in words: `25 May 2017`, `7–8 Jul 2017`, `c. Apr 2016`."""
        return show_stored(self.text)

    def __str__(self) -> str:
        return show_stored(self.text)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"StoredDate({self.text!r})"


def one_day_in(first: int, last: int) -> StoredDate:
    """Return the stored date of one day in [first, last], which may be OPEN_START and OPEN_END.

    Raises DateParseError if a known end is not a day of the calendar.
    """
    days = range(FIRST_DAY, LAST_DAY + 1)
    if not ((first == OPEN_START or first in days) and (last == OPEN_END or last in days)):
        raise DateParseError(YEAR_RANGE)
    name = iso_name(first, last)
    if ".." not in name:
        return read_stored(name)
    return StoredDate(f"[{name}]", first, last, first, last, "one-of", approximate=False, uncertain=False)


def qualify(date: StoredDate, mark: str) -> StoredDate:
    """Return a date with `~`, `?` or `%` added to each day, month or year in it."""
    return read_stored(re.sub(_END_OF_PART, lambda match: mark if match[1] in ("", mark) else "%", date.text))


@lru_cache(maxsize=_KEPT)
def read_stored(text: str) -> StoredDate:
    """Parse a stored date of any form; raises DateParseError."""
    if len(text) == 10 and text[4] == "-" == text[7]:  # noqa: PLR2004 - a plain day, nine stored dates out of ten
        with suppress(ValueError):
            day = dt.date.fromisoformat(text).toordinal()
            return StoredDate(text, day, day, day, day, "day", approximate=False, uncertain=False)
    if text.startswith("[") and text.endswith("]"):
        bounds, precision = _one_of(text), "one-of"
    elif "/" in text:
        bounds, precision = _interval(text), "interval"
    else:
        first, last, precision, *_ = parse_part(text)
        bounds = first, last, first, last
    both = "%" in text
    return StoredDate(text, *bounds, precision, both or "~" in text, both or "?" in text)


def _interval(text: str) -> tuple[int, int, int, int]:
    """Return the bounds of a duration; an unknown end is any day after the start, an open one is infinite."""
    left, _, right = text.partition("/")
    if left in _OPEN and right in _OPEN:
        raise DateParseError(OPEN_BOTH)
    start, end = (None if side in _OPEN else parse_part(side) for side in (left, right))
    first, start_max = (start.first, start.last) if start else (OPEN_START, OPEN_START if left else OPEN_END)
    end_min, last = (end.first, end.last) if end else (OPEN_END if right else OPEN_START, OPEN_END)
    if last < first:
        raise backwards(left, right)
    # Nothing starts after its own last day or ends before its first one.
    return first, min(start_max, last), max(end_min, first), last


def _one_of(text: str) -> tuple[int, int, int, int]:
    """Return the bounds of one day among several: the first and the last of them."""
    first, last = OPEN_END, OPEN_START
    for choice in text[1:-1].split(","):
        left, dots, right = choice.partition("..")
        if dots and not left and not right:
            raise DateParseError(OPEN_BOTH)
        low = OPEN_START if dots and not left else parse_part(left).first
        high = OPEN_END if dots and not right else parse_part(right if dots else left).last
        if high < low:
            raise backwards(left, right)
        first, last = min(first, low), max(last, high)
    if (first, last) == (OPEN_START, OPEN_END):
        raise DateParseError(OPEN_BOTH)
    return first, last, first, last
