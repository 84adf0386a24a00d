"""Check the arguments of library calls: a value of the wrong type raises an ArgumentError with what to pass."""

from __future__ import annotations

import os

from korea_cli.base.errors import ArgumentError
from korea_cli.base.hints import TypeVar

T = TypeVar("T")
_LONGEST = 60  # a longer text is not repeated in a message


def instance(name: str, value: object, of: type[T], takes: str) -> T:
    """Return a value of a type; raises ArgumentError for any other, including a bool where a number is needed."""
    if not isinstance(value, of) or (isinstance(value, bool) and of is not bool):
        raise ArgumentError(name, takes, type(value).__name__)
    return value


def texts(name: str, value: object) -> tuple[str, ...]:
    """Return the strings of a list or tuple; a single string is refused, as it would be read letter by letter."""
    takes = "a list or tuple of strings"
    if isinstance(value, str):
        raise ArgumentError(name, takes, "a string", f"{name}=[{value!r}]" if len(value) < _LONGEST else "")
    if not isinstance(value, list | tuple):
        raise ArgumentError(name, takes, type(value).__name__)
    return tuple(instance(f"each of {name}", each, str, "a string") for each in value)


def path(value: object) -> str:
    """Return the path of a file; raises ArgumentError for what is neither a string nor a path."""
    if not isinstance(value, str | os.PathLike):
        write = "open_chronology(*files)" if isinstance(value, list | tuple) else ""
        raise ArgumentError("each file", "a string or a path", type(value).__name__, write)
    return str(value)
