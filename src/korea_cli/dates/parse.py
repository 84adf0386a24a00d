"""Parse dates as stored in a file and as typed by a person; what is wrong is a DateError with a suggestion."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from korea_cli.dates.days import FIRST_YEAR, LAST_YEAR, Day
from korea_cli.dates.edtf import StoredDate, read_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START, DateParseError, Span

# The parser of typed dates, and what explains an error, are imported where they are needed: few commands need either.

_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


def parse_stored(text: str) -> StoredDate:
    """Parse a stored date exactly as written; raises DateError with the reason and, if there is one, the right form."""
    try:
        return read_stored(text)
    except DateParseError:
        from korea_cli.dates.errors import record_error  # noqa: PLC0415

        raise record_error(text) from None


def from_toml(value: object) -> StoredDate:
    """Parse a TOML string, integer year or date; raises DateError."""
    if isinstance(value, str):
        return parse_stored(value)
    if isinstance(value, dt.date):  # a datetime is a date too, and its text is refused
        return parse_stored(value.isoformat())
    if isinstance(value, int) and not isinstance(value, bool) and value in _YEARS:
        return parse_stored(f"{value:04}" if value > 0 else str(value))
    from korea_cli.dates.errors import toml_error  # noqa: PLC0415

    raise toml_error(value)


def parse_typed(text: str, today: Day) -> Span:
    """Parse the dates of a query; raises DateError with the reason and, if there is one, the nearest readable form.

    Without a year, the latest such span that has begun by `today` is meant. Dates joined by `or` span from the first to
    the last of them.
    """
    from korea_cli.dates.typed import NO_YEAR, read_typed  # noqa: PLC0415

    try:
        date, doubt = read_typed(text, today)
    except DateParseError:
        from korea_cli.dates.errors import typed_error  # noqa: PLC0415

        raise typed_error(text, today) from None
    first, last = (None if day in (OPEN_START, OPEN_END) else day for day in (date.start_min, date.end_max))
    return Span(first, last, doubt == NO_YEAR)


def to_stored(text: str, today: Day) -> str:
    """Return what was typed as a stored date; raises DateError for what is not a date or would take a guess.

    `today` serves only to suggest what was probably meant.
    """
    with suppress(DateParseError):
        return read_stored(text).text  # it is typed as it is stored
    from korea_cli.dates.typed import stored_form  # noqa: PLC0415

    try:
        return stored_form(text, today)
    except DateParseError:
        from korea_cli.dates.errors import record_error  # noqa: PLC0415

        raise record_error(text, today) from None
