"""Dates that stand in several columns: year, month and day, beginning and end, and how precise they are."""

from __future__ import annotations

import re

from korea_cli.dates.edtf import parse_stored, qualified
from korea_cli.dates.months import MONTH_NAMES, month_named
from korea_cli.importing.dates import Dated, Rules, checked, full_year, read_date
from korea_cli.importing.rows import Rejected

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
_PRECISIONS = {"day": 10, "d": 10, "month": 7, "m": 7, "year": 4, "y": 4}
_VAGUE = {"approximate", "approx", "circa", "c", "about"}


def from_parts(year: str, month: str, day: str, rules: Rules) -> Dated:
    """Put a date together that stands in up to three columns; raises Rejected."""
    year, month, day = (part.removesuffix(".0") for part in (year, month, day))
    if day and not month:
        raise Rejected(f"day '{day}' without a month")
    if not month:
        return Dated(*full_year(year, rules)) if re.fullmatch(r"\d\d", year, re.ASCII) else read_date(year, rules)
    number = int(month) if month.isdecimal() else month_named(month.rstrip(".").lower()) or 0
    if number not in range(1, 13):
        raise Rejected(f"'{month}' is no month")
    if not year.isdecimal():
        raise Rejected(f"year '{year}' of '{' '.join(filter(None, (day, month, year)))}' is not a number")
    if day and not day.isdecimal():  # `13-15`
        return read_date(f"{day} {MONTH_NAMES[number - 1]} {full_year(year, rules)[0]}", rules)
    whole, inferred = full_year(year, rules)
    return Dated(checked(f"{whole.zfill(4)}-{number:02}" + (f"-{int(day):02}" if day else "")), inferred)


def between(start: Dated, end: Dated) -> Dated:
    """Join the two ends of something that lasted; raises Rejected."""
    if start.text == end.text:
        return start
    if any(mark in text for text in (start.text, end.text) for mark in "/["):
        raise Rejected(f"'{start.text}' and '{end.text}' cannot be the two ends of one date")
    text, partial = checked(f"{start.text}/{end.text}"), start.partial or bool(end.time)
    return Dated(text, start.inferred or end.inferred, start.time, start.zone, partial)


def coarsened(dated: Dated, precision: str) -> Dated:
    """Keep of a date what its precision column vouches for; raises Rejected."""
    word = precision.strip().casefold().rstrip(".")
    if word == parse_stored(dated.text).precision:
        return dated
    match = _PLAIN.fullmatch(dated.text)
    length = 10 if word in _VAGUE else _PRECISIONS.get(word)
    if length is None:
        raise Rejected(f"precision '{precision}' is none of day, month, year, approximate")
    if match is None:
        if length == 10:  # noqa: PLR2004 - letters of a whole day: nothing is to be taken off
            return dated if word not in _VAGUE else dated._replace(text=qualified(parse_stored(dated.text), "~").text)
        raise Rejected(f"a date like '{dated.text}' has no precision '{precision}'")
    kept = dated.text.rstrip("~?%")[:length]
    qualifier = match[4] if word not in _VAGUE else "%" if match[4] in {"?", "%"} else "~"
    whole = len(kept) == len("2017-07-04")
    return dated._replace(text=kept + qualifier, time=dated.time if whole else "", zone=dated.zone if whole else "")
