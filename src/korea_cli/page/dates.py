"""Dates on the page: in words, how precisely and from where they are known, and as days for its script."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.format import show_stored, span_text
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.rows.types import EventRow, FactRow

_BASES = {
    "stated": "Stated by the source.",
    "year-inferred": "Year inferred: the source gives none.",
    "external": "External: dated from other sources.",
    "estimate": "An estimate.",
    "unknown": "Basis unknown: no source gives the date.",
}
_UNITS = {"third": "third of a year", "half": "half of a year"}
_IN_HTML = ("day", "month", "year")  # precisions whose plain form the `datetime` attribute takes


class ShownDate(NamedTuple):
    """A date: in words, as stored, and the time of day.

    machine: the form that HTML has, or nothing. vague: whether its day is not known. remarks: sentences on how
    precisely and from where it is known.
    """

    words: str
    stored: str
    machine: str
    vague: bool
    remarks: tuple[str, ...]
    days: StoredDate
    clock: str = ""


def date_of(row: EventRow | FactRow) -> ShownDate | None:
    """Return the date of a row; None when it has none."""
    if row["date"] is None:
        return None
    date = stored_date(row["date"])
    if row["type"] == "fact":
        return date
    words = f"In the source's words: “{row['date_text']}”." if row["date_text"] else ""
    remarks = (*date.remarks, *filter(None, (_BASES.get(row["date_basis"] or ""), words)))
    return date._replace(clock=", ".join(filter(None, (row["time"], row["timezone"]))), remarks=remarks)


def stored_date(stored: str) -> ShownDate:
    """Return a date by its stored form."""
    days = parse_stored(stored)
    plain = days.precision in _IN_HTML and not days.qualified and "X" not in stored
    return ShownDate(show_stored(stored), stored, stored if plain else "", days.is_vague, _precision(days), days)


def _precision(days: StoredDate) -> tuple[str, ...]:
    """Return sentences on how precisely a date is known."""
    sentence = _interval(days) if days.precision == "interval" else _one(days)
    qualified = {"Approximate.": days.approximate, "Uncertain.": days.uncertain}
    return (sentence, *(word for word, holds in qualified.items() if holds))


def _one(days: StoredDate) -> str:
    if days.start_min == days.end_max:
        return "Known to the day."
    within = _within(days.start_min, days.end_max)
    if days.precision == "one-of":
        return f"On an unknown day, {within}."
    return f"Known to the {_UNITS.get(days.precision, days.precision)}: {within}."


def _interval(days: StoredDate) -> str:
    began = "no start given" if days.start_max == OPEN_START else f"began {_end(days.start_min, days.start_max)}"
    ended = "no end given" if days.end_min == OPEN_END else f"ended {_end(days.end_min, days.end_max)}"
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
