"""Text from the data as a page may show it: nothing in it that changes the direction of what stands around it."""

from __future__ import annotations

from typing import Any

from korea_cli.base.sanitize import clean

_SAFE_SCHEMES = ("http://", "https://")


def cleaned(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """Give a value of JSON with all its texts cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    return {key: cleaned(each) for key, each in value.items()} if isinstance(value, dict) else value


def safe_link(url: str | None) -> str:
    """Give an address that a page may link to; nothing where it is none of the web."""
    return url if url and url.casefold().startswith(_SAFE_SCHEMES) else ""


def spoken(slug: str | None) -> str:
    """Say a word of our vocabulary as a person would: `year-inferred` with a blank."""
    return (slug or "").replace("-", " ")
