"""What people type, as a data file would store it: for telling what was probably meant there."""

from __future__ import annotations

import re
from datetime import date

from korea_cli.dates.edtf import read_stored
from korea_cli.dates.phrases import alternatives, normalised, one_sided, two_ends, without_fillers
from korea_cli.dates.spans import OPEN_END, OPEN_START, UNITS, Refusal, iso_name, unit_span
from korea_cli.dates.typed import Span, read_typed
from korea_cli.dates.typed_day import Days, read_day

_DAYS_APART = date(2000, 1, 1), date(2001, 3, 3)  # what means the same on both does not depend on today
_APPROXIMATE = re.compile(r"\b(?:c\.|(?:c|ca|circa|about)\b)|[~%]")
_UNCERTAIN = re.compile(r"[?%]")
_FORMS = {"since": "{}/..", "from": "{}/..", "until": "../{}", "to": "../{}", "through": "../{}", "by": "[..{}]"}
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


def fixed_span(text: str) -> Span | None:
    """Read normalised text that means the same days whatever day it is; None if it does not."""
    try:
        one, other = (read_typed(text, day) for day in _DAYS_APART)
    except Refusal:
        return None
    return one if one == other else None


def stored_form(text: str) -> str | None:
    """Say what was typed in the form of a stored date; None where that would take a guess."""
    try:
        plain = normalised(text)
        form = _form(without_fillers(plain), _qualifier(plain))
        stored = read_stored(form) if form else None
    except Refusal:
        return None
    span = fixed_span(plain)
    if stored is None or span is None:
        return None
    bounds = OPEN_START if span.first is None else span.first, OPEN_END if span.last is None else span.last
    return form if (stored.a, stored.d) == bounds else None


def _qualifier(text: str) -> str:
    approximate, uncertain = bool(_APPROXIMATE.search(text)), bool(_UNCERTAIN.search(text))
    return "%" if approximate and uncertain else "~" if approximate else "?" if uncertain else ""


def _form(text: str, qualifier: str) -> str | None:
    if items := alternatives(text):
        names = [_name(item, qualifier) for item in items]
        return f"[{','.join(name for name in names if name)}]" if all(names) else None
    if ends := two_ends(text):
        start, end = (_name(_with_year(one, other), qualifier) for one, other in (ends, ends[::-1]))
        return f"{start}/{end}" if start and end else None
    if sided := one_sided(text):
        side, day = sided
        name = _name(day, qualifier)
        return _FORMS[side].format(name) if name and side in _FORMS else None
    return _name(text, qualifier)


def _with_year(text: str, other: str) -> str:
    """Add the year that only the other end says."""
    year = _YEAR.search(other)
    return f"{text} {year[0]}" if year and not _YEAR.search(text) else text


def _name(text: str, qualifier: str) -> str | None:
    """Name one date: a day, month or year, else a numbered part of the year, else one of its days."""
    days = read_day(text, _DAYS_APART[0])
    if not isinstance(days, Days) or not days.year_typed:
        return None
    name = iso_name(days.first, days.last)
    if ".." in name:
        year = date.fromordinal(days.first).year
        codes = (code for code in UNITS if unit_span(year, code) == (days.first, days.last))
        code = next(codes, None)
        return f"{year:04}-{code}{qualifier}" if code else f"[{name}]"
    return name + qualifier
