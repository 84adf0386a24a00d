"""Years cut short, `2004-5` and `2018/19`: what they may mean, and whether that is one thing only."""

from __future__ import annotations

import re
from typing import NamedTuple

_SHORT = re.compile(r"(\d{4})([-/])(\d{1,2})", re.ASCII)
_MONTHS = range(1, 13)
_LONGEST = 60  # years that somebody may mean by one or two digits


class ShortYears(NamedTuple):
    """The readings of a text, as stored dates: a month, a span of years; "" where there is none.

    iso: whether ISO 8601 has that form, in which it is a month (or another part of a year).
    """

    month: str
    years: str
    iso: bool


def short_years(text: str) -> ShortYears | None:
    """Return what a normalised text may mean that is a year and one or two digits; None for any other text."""
    match = _SHORT.fullmatch(text)
    if match is None:
        return None
    year, joint, digits = match.groups()
    end = int(year[: -len(digits)] + digits)
    if end <= int(year) and int(digits) not in _MONTHS:
        end += 100  # 1999-00
    return ShortYears(
        f"{year}-{int(digits):02}" if int(digits) in _MONTHS else "",
        f"{year}/{end:04}" if int(year) < end <= int(year) + _LONGEST else "",
        iso=joint == "-" and len(digits) > 1,
    )
