"""Check the days that are passed to the library: a value of the wrong type raises an ArgumentError."""

from __future__ import annotations

import datetime as dt

from korea_cli.base.errors import ArgumentError
from korea_cli.dates.days import FIRST_YEAR, LAST_YEAR, Day, iso_year


def day(name: str, value: object, takes: str = "a datetime.date") -> Day:
    """Return a day; raises ArgumentError for anything else, including a `datetime`, whose day depends on its zone."""
    if isinstance(value, Day):
        return value
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise ArgumentError(name, takes, type(value).__name__, _day_instead(name, value))
    return Day.of(value)


def typed_day(name: str, value: object) -> str | Day | None:
    """Return None, a typed date or a day; raises ArgumentError for anything else."""
    return value if value is None or isinstance(value, str) else day(name, value, "a string or a datetime.date")


def _day_instead(name: str, value: object) -> str:
    """Return what to write instead of a value that contains a day."""
    if isinstance(value, dt.datetime):
        return f"{name}=….date()"
    if hasattr(value, "earliest"):
        return f"{name}=….earliest or {name}=….latest"
    return f'{name}="{iso_year(value)}"' if type(value) is int and FIRST_YEAR <= value <= LAST_YEAR else ""
