"""Stored dates, a subset of EDTF (ISO 8601-2): four bounds that say what is known and no more."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import NamedTuple

from korea_cli.dates.format import show_stored
from korea_cli.dates.parts import parse_part
from korea_cli.dates.spans import OPEN_BOTH, OPEN_END, OPEN_START, DateParseError, backwards, iso_name

_OPEN = ("", "..")
_END_OF_PART = re.compile(r"(?<=[\dX])([~?%]?)(?=$|[\]/,]|\.\.)")


class StoredDate(NamedTuple):
    """A date as stored; it starts in [start_min, start_max] and ends in [end_min, end_max], proleptic ordinals.

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
    def earliest(self) -> dt.date | None:
        """The first day it can touch; None when its start is open."""
        return None if self.start_min == OPEN_START else dt.date.fromordinal(self.start_min)

    @property
    def latest(self) -> dt.date | None:
        """The last day it can touch; None when its end is open."""
        return None if self.end_max == OPEN_END else dt.date.fromordinal(self.end_max)

    @property
    def order(self) -> tuple[int, int]:
        """The sort key: the first possible day (the last one where the start is open), then the last."""
        return (self.end_max if self.start_min == OPEN_START else self.start_min), self.end_max

    def possible(self, first: int, last: int) -> bool:
        """Whether it may touch the window [first, last], ordinals or OPEN_START and OPEN_END."""
        return self.start_min <= last and self.end_max >= first

    def certain(self, first: int, last: int, known_until: int = OPEN_END) -> bool:
        """Whether it surely touches the window [first, last], ordinals or OPEN_START and OPEN_END."""
        return self.start_max <= last and self.lasts_until(known_until) >= first and not self.qualified

    def lasts_until(self, known_until: int) -> int:
        """Return the first day it may end on: what is ongoing goes on while known to, and until it began at least."""
        return self.end_min if self.end_min != OPEN_END else max(self.start_min, known_until)

    def show(self) -> str:
        """Say it in words: `25 May 2017`, `7–8 Jul 2017`, `c. Apr 2016`."""
        return show_stored(self.text)

    def __str__(self) -> str:
        return show_stored(self.text)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"StoredDate({self.text!r})"


def one_day_in(first: int, last: int) -> StoredDate:
    """Give the stored date of one day that lies in [first, last], ordinals or OPEN_START and OPEN_END."""
    if first == OPEN_START:
        return read_stored(f"[..{iso_name(last, last)}]")
    if last == OPEN_END:
        return read_stored(f"[{iso_name(first, first)}..]")
    name = iso_name(first, last)
    return read_stored(f"[{name}]" if ".." in name else name)


def qualified(date: StoredDate, mark: str) -> StoredDate:
    """Return a date with `~`, `?` or `%` at each day, month or year of it, beside what stands there."""

    def both(match: re.Match[str]) -> str:
        return mark if match[1] in ("", mark) else "%"

    return read_stored(_END_OF_PART.sub(both, date.text))


def read_stored(text: str) -> StoredDate:
    """Parse a stored date of any form; raises DateParseError."""
    if len(text) == 10 and text[4] == "-" == text[7]:  # noqa: PLR2004 - a plain day, nine stored dates out of ten
        with suppress(ValueError):
            day = dt.date.fromisoformat(text).toordinal()
            return StoredDate(text, day, day, day, day, "day", approximate=False, uncertain=False)
    if text.startswith("[") and text.endswith("]"):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    part = parse_part(text)
    bounds = part.first, part.last, part.first, part.last
    return StoredDate(text, *bounds, part.precision, part.approximate, part.uncertain)


def _interval(text: str) -> StoredDate:
    """Bound a duration; an unknown end lies anywhere after the start, one that was not given lies at infinity."""
    left, _, right = text.partition("/")
    if left in _OPEN and right in _OPEN:
        raise DateParseError(OPEN_BOTH)
    start, end = (None if side in _OPEN else parse_part(side) for side in (left, right))
    a, b = (start.first, start.last) if start else (OPEN_START, OPEN_START if left else OPEN_END)
    c, d = (end.first, end.last) if end else (OPEN_END if right else OPEN_START, OPEN_END)
    if d < a:
        raise backwards(left, right)
    known = [part for part in (start, end) if part]
    flags = any(part.approximate for part in known), any(part.uncertain for part in known)
    # Nothing starts after its own last day or ends before its first one.
    return StoredDate(text, a, min(b, d), max(c, a), d, "interval", *flags)


def _one_of(text: str) -> StoredDate:
    """Bound one day among several: the hull of all that it may be."""
    first, last, approximate, uncertain = OPEN_END, OPEN_START, False, False
    for choice in text[1:-1].split(","):
        left, dots, right = choice.partition("..")
        if dots and not left and not right:
            raise DateParseError(OPEN_BOTH)
        known = [parse_part(side) for side in ((left, right) if dots else (left,)) if side or not dots]
        low = known[0].first if left else OPEN_START
        high = known[-1].last if right or not dots else OPEN_END
        if high < low:
            raise backwards(left, right)
        first, last = min(first, low), max(last, high)
        approximate |= any(part.approximate for part in known)
        uncertain |= any(part.uncertain for part in known)
    if (first, last) == (OPEN_START, OPEN_END):
        raise DateParseError(OPEN_BOTH)
    return StoredDate(text, first, last, first, last, "one-of", approximate, uncertain)
