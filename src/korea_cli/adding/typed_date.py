"""Dates as people type them, as a file stores them; one that needs a guess is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.edtf import one_day_in, parse_stored
from korea_cli.dates.phrases import normalised
from korea_cli.dates.spans import OPEN_END, OPEN_START, iso_name
from korea_cli.dates.typed import parse_typed
from korea_cli.dates.written import fixed_span, stored_form
from korea_cli.errors import DateError

if TYPE_CHECKING:
    import datetime as dt

    from korea_cli.dates.typed import Span


def to_stored(text: str, today: dt.date) -> str:
    """Give what was typed as a stored date; raises DateError for what is none, or would take a guess.

    `today` serves only to say what was probably meant.
    """
    try:
        return parse_stored(text).text
    except DateError:
        form = stored_form(text)
    if form is not None:
        return form
    span = parse_typed(text, today)
    raise DateError(text, _doubt(text, span), _likely(span))


def _doubt(text: str, span: Span) -> str:
    if span.year_assumed:
        return "it names no year"
    if fixed_span(normalised(text)) is None:
        return "what it means changes with the day; a record needs the date itself"
    return "it could mean one day or a stretch of days"


def _likely(span: Span) -> str:
    if span.first is None or span.last is None:
        return one_day_in(span.first or OPEN_START, span.last or OPEN_END).text
    return iso_name(span.first, span.last, "/")
