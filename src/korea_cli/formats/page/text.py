"""Text from the data as a page may show it: nothing in it changes the direction of the text around it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from korea_cli.base.sanitize import clean

_SAFE_SCHEMES = ("http://", "https://")


def clean_values(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """Return a value of JSON with all its texts clean_values."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_values(each) for each in value]
    return {key: clean_values(each) for key, each in value.items()} if isinstance(value, dict) else value


def safe_link(url: str | None) -> str:
    """Return an address that a page may link to; an empty text where it is not one of the web."""
    return url if url and url.casefold().startswith(_SAFE_SCHEMES) else ""


def as_value(text: str) -> str:
    """Return a text as the value of a filter in an address, where commas are between values."""
    return quote(text, safe=":")


def slug_words(slug: str | None) -> str:
    """Return a word of the vocabulary as people write it: `year-inferred` with a space."""
    return (slug or "").replace("-", " ")
