"""Find the word that is most similar to a typo."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COMPARED = 1000  # at most so many words are compared with a mistyped one
_LONGEST_WORD = 100  # letters
_LIKE = 0.7  # least similarity, of 1


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the word most similar to a mistyped one; None if none is similar."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    size = len(word)
    if size > _LONGEST_WORD:
        return None
    likely = [each for each in candidates if 2 * min(size, len(each)) >= _LIKE * (size + len(each))]
    if len(likely) > COMPARED:  # who mistypes a word rarely does so at its first letter
        likely = sorted(each for each in likely if each[:1] == word[:1])[:COMPARED]
    close = get_close_matches(word, likely, n=1, cutoff=_LIKE)
    return close[0] if close else None
