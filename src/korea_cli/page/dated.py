"""Dates as the page tells them: in words, how precisely and from where they are known, and as days for its script."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START, span_text

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.rows.types import EventRow, FactRow

_BASES = {
    "stated": "Stated by the source.",
    "year-inferred": "Year inferred: the source prints none.",
    "external": "External: dated from other sources.",
    "estimate": "An estimate.",
    "unknown": "Basis unknown: no source dates it.",
}
_UNITS = {"third": "third of a year", "half": "half of a year"}
_IN_HTML = ("day", "month", "year")  # precisions whose plain form the `datetime` attribute takes


class Dated(NamedTuple):
    """A date: in words, as stored, the time of day if it is known, and what these leave open.

    machine: the form that HTML knows, or nothing. vague: whether its day is not known. remarks: sentences on how
    precisely and from where it is known.
    """

    words: str
    stored: str
    machine: str
    vague: bool
    remarks: tuple[str, ...]
    days: StoredDate
    clock: str = ""


def date_of(row: EventRow | FactRow) -> Dated | None:
    """Tell the date of a row; None when it has none."""
    if row["date"] is None:
        return None
    days = parse_stored(row["date"])
    dated = _dated(row["date"], days, _precision(days))
    if row["type"] == "fact":
        return dated
    words = f"In the source's words: “{row['date_text']}”." if row["date_text"] else ""
    remarks = (*dated.remarks, *filter(None, (_BASES.get(row["date_basis"] or ""), words)))
    return dated._replace(clock=", ".join(filter(None, (row["time"], row["timezone"]))), remarks=remarks)


def other_date(stored: str) -> Dated:
    """Tell a date that somebody else gives."""
    days = parse_stored(stored)
    return _dated(stored, days, _precision(days))


def _dated(stored: str, days: StoredDate, remarks: tuple[str, ...]) -> Dated:
    plain = days.precision in _IN_HTML and not days.qualified and "X" not in stored
    return Dated(show_stored(stored), stored, stored if plain else "", days.is_vague, remarks, days)


def _precision(days: StoredDate) -> tuple[str, ...]:
    """Say what is known of it; sentences, for it may also be approximate or uncertain."""
    said = _interval(days) if days.precision == "interval" else _one(days)
    qualified = {"Approximate.": days.approximate, "Uncertain.": days.uncertain}
    return (said, *(word for word, holds in qualified.items() if holds))


def _one(days: StoredDate) -> str:
    if days.start_min == days.end_max:
        return "Known to the day."
    known = (
        "One day, not known which,"
        if days.precision == "one-of"
        else f"Known to the {_UNITS.get(days.precision, days.precision)}:"
    )
    return f"{known} {_within(days.start_min, days.end_max)}."


def _interval(days: StoredDate) -> str:
    began = "no beginning given" if days.start_max == OPEN_START else f"began {_end(days.start_min, days.start_max)}"
    ended = "no end given" if days.end_min == OPEN_END else f"ended {_end(days.end_min, days.end_max)}"
    return f"{began[0].upper()}{began[1:]}; {ended}."


def _end(first: int, last: int) -> str:
    if first == last:
        return f"on {span_text(first, last)}"
    if last == OPEN_END:
        return "on a day not known"
    return f"on a day not known, {_within(first, last)}"


def _within(first: int, last: int) -> str:
    if first == OPEN_START:
        return f"no later than {span_text(last, last)}"
    if last == OPEN_END:
        return f"no earlier than {span_text(first, first)}"
    return span_text(first, last)
