"""TOML values in the words of messages."""

from __future__ import annotations


def in_words(value: object) -> str:
    """Return what a TOML value is, in the user's words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"the number {format_number(value)}"
    names = ((str, "text"), (list, "a list"), (dict, "a table"))
    return next((name for type_, name in names if isinstance(value, type_)), "") or f"the date or time {value}"


def format_number(number: float) -> str:
    """Write a number, in hexadecimal if it has more decimal digits than Python can write."""
    try:
        return str(number)
    except ValueError:
        return f"{number:#x}"
