"""Ids: which texts can be one, and which one is made of another text."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, combining, normalize

from korea_cli.base.tokenize import plain_letters

# Compared plainly: a pattern would cost more to compile than all ids of a file cost to read.
_SLUG_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
_TO_SLUG = "".join(sign if (sign := chr(code)) in _SLUG_LETTERS[:-1] else " " for code in range(128))


def is_slug(text: str) -> bool:
    """Return whether a text can be an id."""
    return text != "" and not text.strip(_SLUG_LETTERS)


def slug_of(text: str) -> str:
    """Return the id most similar to a text: lower case, without accents, hyphens for everything else.

    Other scripts are transliterated letter by letter. Each syllable of Hangul and each character of Han, which is read
    as Chinese, is a word: 문재인 is `mun-jae-in`.
    """
    low = text.lower() if text.isascii() else "".join(map(_in_ascii, normalize("NFKC", text).lower()))
    return "-".join(low.translate(_TO_SLUG).split())


@lru_cache(maxsize=4096)  # texts in one script have the same letters again and again
def _in_ascii(letter: str) -> str:
    if letter.isascii():
        return letter
    bare = plain_letters("".join(each for each in normalize("NFKD", letter) if not combining(each)))
    if bare.isascii():
        return bare
    return _transliterated(letter) if category(letter)[0] in "LMN" else " "


def _transliterated(letter: str) -> str:
    """Return the Latin letters for one of another script; what begins with a capital is a whole syllable."""
    from anyascii import anyascii  # noqa: PLC0415 - few ids are made of other scripts

    latin = "".join(each for each in anyascii(letter) if each.isalnum())
    return f" {latin.lower()} " if latin[:1].isupper() else latin
