"""Dates on the page: how precisely and from where they are known, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.format import span_text
from korea_cli.dates.spans import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.formats.page.context import Row

_BASES = {
    "stated": "Stated by the source.",
    "year-inferred": "Year inferred: the source gives none.",
    "external": "External: dated from other sources.",
    "estimate": "An estimate.",
    "unknown": "Basis unknown: no source gives the date.",
}
_UNITS = {"third": "third of a year", "half": "half of a year"}
_IN_HTML = ("day", "month", "year")  # precisions whose plain form the `datetime` attribute takes


def machine_form(date: StoredDate) -> str:
    """Return a date as the `datetime` attribute takes it; an empty text where HTML has no such form."""
    plain = date.precision in _IN_HTML and not date.qualified and "X" not in date.text and date.start_min > 0
    return date.text if plain else ""


def precision(date: StoredDate) -> str:
    """Return in sentences how precisely a date is known."""
    sentence = _interval(date) if date.precision == "interval" else _one(date)
    return f"{sentence}{' Approximate.' if date.approximate else ''}{' Uncertain.' if date.uncertain else ''}"


def remarks_on(row: Row, date: StoredDate) -> str:
    """Return in sentences how precisely and from where the date of a row is known."""
    if row["type"] == "fact":
        return precision(date)
    words = f"In the source's words: “{row['date_text']}”." if row["date_text"] else ""
    return " ".join(filter(None, (precision(date), _BASES.get(row["date_basis"] or ""), words)))


def _one(date: StoredDate) -> str:
    if date.start_min == date.end_max:
        return "Known to the day."
    within = _within(date.start_min, date.end_max)
    if date.precision == "one-of":
        return f"On an unknown day, {within}."
    return f"Known to the {_UNITS.get(date.precision, date.precision)}: {within}."


def _interval(date: StoredDate) -> str:
    began = "no start given" if date.start_max == OPEN_START else f"began {_end(date.start_min, date.start_max)}"
    ended = "no end given" if date.end_min == OPEN_END else f"ended {_end(date.end_min, date.end_max)}"
    return f"{began[0].upper()}{began[1:]}; {ended}."


def _end(first: int, last: int) -> str:
    if first == last:
        return f"on {span_text(first, last)}"
    if last == OPEN_END:
        return "on an unknown day"
    return f"on an unknown day, {_within(first, last)}"


def _within(first: int, last: int) -> str:
    if first == OPEN_START:
        return f"no later than {span_text(last, last)}"
    if last == OPEN_END:
        return f"no earlier than {span_text(first, first)}"
    return span_text(first, last)
