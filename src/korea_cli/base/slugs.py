"""Ids: which texts can be one, and which one is made of another text."""

from __future__ import annotations

from unicodedata import normalize

from korea_cli.base.tokenize import plain_letters

# Compared plainly: a pattern would cost more to compile than all ids of a file cost to read.
_SLUG_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
_TO_SLUG = "".join(sign if (sign := chr(code)) in _SLUG_LETTERS[:-1] else " " for code in range(128))


def is_slug(text: str) -> bool:
    """Return whether a text can be an id."""
    return text != "" and not text.strip(_SLUG_LETTERS)


def slug_of(text: str) -> str:
    """Return the id most similar to a text: lower case, without accents, hyphens for everything else."""
    low = text.lower()
    plain = low if low.isascii() else plain_letters(normalize("NFKD", low)).encode("ascii", "ignore").decode()
    return "-".join(plain.translate(_TO_SLUG).split())
