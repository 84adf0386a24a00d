"""What people type, as a record stores it; what would take a guess is refused."""

from __future__ import annotations

import datetime as dt

from korea_cli.dates.spans import Refusal
from korea_cli.dates.typed import read_typed

ANY_DAY = dt.date(2000, 1, 1)  # for a reader that has no today: what depends on it is refused


def to_stored(text: str, today: dt.date) -> str:
    """Return what was typed as a stored date; raises DateError for what is no date, or would take a guess.

    `today` serves only to suggest what was probably meant.
    """
    try:
        return stored_form(text, today)
    except Refusal as refusal:
        from korea_cli.dates.errors import unstorable_error  # noqa: PLC0415 - wanted only when something is wrong

        raise unstorable_error(text, today, refusal) from None


def stored_form(text: str, today: dt.date = ANY_DAY) -> str:
    """Return what was typed as a stored date; raises Refusal."""
    reading = read_typed(text, today)
    if reading.date is None or reading.doubt:
        raise Refusal(reading.doubt)
    return reading.date.text
