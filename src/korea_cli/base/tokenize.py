"""The forms in which texts and names are compared: words for search, keys for whole names."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from korea_cli.base.errors import UsageError

# Patterns are not compiled here: `re` compiles each when it is first needed, and most queries need none.
# Han, kana and Hangul have no blanks between words, or endings joined to them: they match anywhere in a word.
_GLUED = (
    "[\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+"
)
_WORD = r"[^\W_]+"
_INITIALS = r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])"
_AN_INITIAL = r"\.[^\W\d_](?![^\W_])"  # begins with a literal dot, which makes the search fast
_ASCII = "".join(c.lower() if (c := chr(code)).isalnum() else " " for code in range(128))
_VOICED = "\u3099\u309a"  # the marks that distinguish が from か are not accents
# Letters that Unicode does not decompose, but that people type as plain ones; the page uses the same table.
PLAIN_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "ß": "ss",
    "ƀ": "b", "ƶ": "z", "ɨ": "i", "ǥ": "g",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}  # fmt: skip
_TO_PLAIN = str.maketrans(PLAIN_LETTERS)
_LONGEST = 10_000  # characters of a pattern; SQLite accepts 50,000 bytes
# Signs that are words of their own in the index; no search text contains them.
_GAP, _END = "\xb6", "\xb7"


def spaced(*texts: str) -> str:
    """Return texts as the word index stores them: a sign before each text, glued words letter by letter."""
    return "".join([f" {_GAP} {_apart(text)}" for text in texts if text])


def plain_words(*texts: str) -> str:
    """Return texts as an engine without an index of words stores them: a blank around each word, two between texts."""
    return "".join([f" {' '.join(indexed_words(text))} " for text in texts if text])


def words_of(text: str) -> list[str]:
    """Return the words of a text without case, accents or letter forms."""
    plain = text if text.isascii() else _plain(text)
    if "." in plain and re.search(_AN_INITIAL, plain):  # U.S. is US
        plain = re.sub(_INITIALS, lambda initials: initials[0].replace(".", ""), plain)
    if plain.isascii():
        return plain.translate(_ASCII).split()
    return re.findall(_WORD, re.sub(_GLUED, r" \g<0> ", plain))


def plain_letters(text: str) -> str:
    """Replace letters with a stroke and ligatures with the letters that people type for them."""
    return text.translate(_TO_PLAIN)


def folded(name: str) -> str:
    """Return the form of a name that only one actor may have: NFKC and casefold, accents kept."""
    return name.lower() if name.isascii() else normalize("NFKC", name).casefold()


def name_key(name: str) -> str:
    """Return the form in which names are compared: NFKC and casefold, single blanks, accents kept."""
    if name.isascii():
        return " ".join(name.lower().split())
    whole = name.encode(errors="replace").decode()  # the command line may contain surrogates, which SQL refuses
    return " ".join(normalize("NFKC", whole).casefold().split())


def phrase_for(text: str) -> str:
    """Return the quoted phrase that searches an index of `spaced` text; raises UsageError if the text has no word.

    Words match by prefix, glued ones anywhere.
    """
    words = _words_to_find(text)
    phrase = _apart(" ".join(words))
    return f'"{phrase.removesuffix(f" {_END}")}"' if _is_glued(words[-1]) else f'"{phrase}" *'


def plain_phrase_for(text: str) -> str:
    """Return what `plain_words` contain where texts have a word or phrase; raises UsageError if it has no word."""
    first, last, is_whole = _wanted(text)
    return f" {' '.join((*first, last))}{' ' if is_whole else ''}"


def has_phrase(text: str | None, sought: str) -> bool:
    """Return whether a text has a word or phrase, as an index of `spaced` text finds it."""
    if not text:
        return False
    first, last, is_whole = _wanted(sought)
    found = indexed_words(text)
    ends = str.__eq__ if is_whole else str.startswith
    return any(
        found[at : at + len(first)] == first and ends(found[at + len(first)], last)
        for at in range(len(found) - len(first))
    )


@lru_cache(maxsize=64)
def _wanted(sought: str) -> tuple[tuple[str, ...], str, bool]:
    """Return the words of a phrase but the last, the last, and whether that must be whole; many texts are compared."""
    words, wanted = _words_to_find(sought), indexed_words(sought, is_open=True)
    return wanted[:-1], wanted[-1], _is_glued(words[-1])


def indexed_words(text: str, *, is_open: bool = False) -> tuple[str, ...]:
    """Return the words of a text as the word index has them; is_open: a glued word at its end may go on."""
    words = words_of(text)
    indexed = re.sub(_GLUED, _letters, " ".join(words)).split()
    return tuple(indexed[:-1] if is_open and words and _is_glued(words[-1]) else indexed)


def _words_to_find(text: str) -> list[str]:
    words = words_of(text)
    if not words:
        raise UsageError(f"'{text}' contains no word to search for")
    if sum(map(len, words)) + len(words) > _LONGEST:
        raise UsageError(f"the search text is too long: {len(text):,} characters; the limit is {_LONGEST:,}")
    return words


@lru_cache(maxsize=1024)
def _apart(text: str) -> str:
    if text.isascii() and "." not in text:
        return text  # the index takes the same words from it
    words = " ".join(words_of(text))
    return words if words.isascii() else re.sub(_GLUED, _letters, words)


def _letters(glued: re.Match[str]) -> str:
    return f"{' '.join(glued[0])} {_END}"


def _is_glued(word: str) -> bool:
    return not word.isascii() and re.match(_GLUED, word) is not None


def _plain(text: str) -> str:
    decomposed = plain_letters(normalize("NFKD", normalize("NFKC", text).casefold()))
    return normalize("NFC", re.sub(r"[^\w\x00-\x7f]+", _without_accents, decomposed))


def _without_accents(marks: re.Match[str]) -> str:
    """Drop accents, keep the voicing marks of kana, and replace other signs with a blank."""
    return "".join(mark if mark in _VOICED else "" if combining(mark) else " " for mark in marks[0])
