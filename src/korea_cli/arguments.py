"""Check what a caller of the library passes: a value of a wrong type is an ArgumentError that says what to pass."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from korea_cli.errors import ArgumentError

T = TypeVar("T")
_MOST_LETTERS = 60  # a longer text is not repeated in a message


def instance(name: str, value: object, of: type[T], takes: str) -> T:
    """Return a value of a type; raises ArgumentError for any other, and for True and False in the place of a number."""
    if not isinstance(value, of) or (isinstance(value, bool) and of is not bool):
        raise ArgumentError(name, takes, type(value).__name__)
    return value


def texts(name: str, value: object) -> tuple[str, ...]:
    """Return the strings of a list or tuple; a single string is refused, as its letters would be read one by one."""
    takes = "a list or tuple of strings"
    if isinstance(value, str):
        raise ArgumentError(name, takes, "a string", f"{name}=[{value!r}]" if len(value) < _MOST_LETTERS else "")
    if not isinstance(value, list | tuple):
        raise ArgumentError(name, takes, type(value).__name__)
    return tuple(instance(f"each of {name}", each, str, "a string") for each in value)


def day(name: str, value: object) -> str | None:
    """Return a date as it is typed; raises ArgumentError for what is neither None, a string nor a `datetime.date`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    write = f'{name}="{value:04}"' if type(value) is int and dt.MINYEAR <= value <= dt.MAXYEAR else ""
    write = f"{name}=….date()" if isinstance(value, dt.datetime) else write
    raise ArgumentError(name, "a string or a datetime.date", type(value).__name__, write)
