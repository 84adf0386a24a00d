"""Texts, and values that do not fit their keys."""

from __future__ import annotations

from unicodedata import is_normalized, normalize

from korea_cli.base.nearest import nearest
from korea_cli.reading.findings import Typo
from korea_cli.reading.wording import in_words


class BadValueError(Exception):
    """A value that does not fit its key: the reason, the right value or the typo, and the word if it is unknown.

    The reason follows the name of the key, unless a word is unknown.
    """

    def __init__(self, reason: str, hint: str | Typo | None = None, word: str = "") -> None:
        super().__init__(reason)
        self.hint, self.word = hint, word

    @property
    def suggestion(self) -> str | None:
        """The right value, if one is similar."""
        return nearest(self.hint.word, self.hint.candidates) if isinstance(self.hint, Typo) else self.hint

    @property
    def reason(self) -> str:
        """The reason, with advice if no right value is similar."""
        return f"{self}{self.hint.advice if isinstance(self.hint, Typo) and not self.suggestion else ''}"


def text_of(value: object) -> str:
    """Return a text, normalised to NFC; raises BadValueError when it is something else."""
    if not isinstance(value, str):
        raise BadValueError(f"must be text in quotes, not {in_words(value)}")
    return value if value.isascii() or is_normalized("NFC", value) else normalize("NFC", value)
