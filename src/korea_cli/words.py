"""How texts and names are compared: words for searching, whole names for naming."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+")
# Scripts written without blanks between words, or with endings glued on: their words match anywhere.
_UNSPACED = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")


def folded(*texts: str) -> str:
    """Give the words of some texts, folded for searching, each text as ` word word ` with blanks at both ends."""
    return "".join(f" {' '.join(words)} " for text in texts if text and (words := words_of(text)))


def words_of(text: str) -> list[str]:
    """Give the words of a text without case, accents or script form."""
    return _WORD.findall(_plain(text))


def name_key(name: str) -> str:
    """Give the form in which names are compared: NFKC and casefold, blanks run together, accents kept."""
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(normalize("NFKC", name).casefold().split())


def pattern_for(text: str) -> str:
    """Give the LIKE pattern that finds a word or phrase in folded text, where a word of it begins.

    Words are letters and digits only, so the pattern needs no escapes.
    """
    words = words_of(text)
    if not words:
        return "%"
    start = "" if _UNSPACED.search(words[0]) else " "
    return f"%{start}{' '.join(words)}%"


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = normalize("NFKD", normalize("NFKC", text).casefold())
    return normalize("NFC", "".join(letter for letter in decomposed if not combining(letter)))
