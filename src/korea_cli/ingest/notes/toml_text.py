"""Read TOML with every value as text, as YAML is read."""

from __future__ import annotations

import datetime as dt

from korea_cli.ingest.notes.text_error import StructuredTextError
from korea_cli.reading.pieces import parse


def read_toml(text: str) -> dict[str, object]:
    """Return the values of a text by key; raises StructuredTextError."""
    try:
        return {key: _as_text(value) for key, value in parse(text).items()}
    except RecursionError:
        raise StructuredTextError("it is nested too deeply", 1) from None
    except ValueError as error:
        reason = str(getattr(error, "msg", error))
        raise StructuredTextError(f"{reason[:1].lower()}{reason[1:]}", getattr(error, "lineno", 1)) from None


def _as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)
