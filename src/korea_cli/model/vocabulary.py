"""The words that the header of a chronology allows beside the usual ones."""

from __future__ import annotations

# The key of the header, by the type of the records that may have them. The key of such a record names it too.
WORD_LISTS = {"event": "kinds", "actor": "actor_kinds", "source": "source_types"}


def noun_of(words: str) -> str:
    """Return what a word in a list of the header is: a kind, an actor kind or a source type."""
    return words.removesuffix("s").replace("_", " ")


def own_words(header: object) -> dict[str, tuple[str, ...]]:
    """Return the words that a header allows, by the type of record that may have them."""
    return {type_: words for type_, name in WORD_LISTS.items() if (words := getattr(header, name))}
