"""Kinds of records in the words of other people: known to the chronology, new to it, or no kinds at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from korea_cli.editing.edits import insert_blocks, set_key
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.toml import toml_pair
from korea_cli.model.field_spec import once
from korea_cli.model.records import Header, file_keys, keys_of
from korea_cli.reading.toml import HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.ingest.registry import Registry
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document


class KindWords:
    """The kinds in one sheet.

    moved, lost: how many were not known and became topics, or were left out of records without any, by the word. added:
    new ones, by the key of the header that has to allow them. can_be_new: whether it could allow some; kinds of facts
    are always the same.
    """

    def __init__(self, names: Registry, *, new: bool) -> None:
        """Find the words that a chronology allows; `new`: allow all others too."""
        self._names, self._new = names, new
        self._found: dict[tuple[str, str], str | None] = {}
        self.moved: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.added: dict[str, list[str]] = {}
        self.can_be_new = False

    def find(self, record: type[Record], text: str) -> str | None:
        """Return a kind as a file has it; None for one that is unknown."""
        place = record.type, text
        if place not in self._found:
            self._found[place] = self._read(record, _plain(text))
        return self._found[place]

    def _read(self, record: type[Record], word: str) -> str | None:
        spec = file_keys(record)[kind_key(record)]
        own = self._names.own_words.get(record.type, ()) if spec.more_in else ()
        known = {_plain(each): each for each in (*spec.choices, *own)}
        self.can_be_new |= word not in known and bool(spec.more_in)
        if word not in known and self._new and spec.more_in:
            self._names.allow(record, word)
            self.added.setdefault(spec.more_in, []).append(word)
            return word
        return known.get(word)


@once
def kind_key(record: type[Record]) -> str:
    """Return the key that has the kind of a record; "" for a topic, which has none."""
    return next((name for name, key in file_keys(record).items() if key.form == "choice" and key.strict), "")


def _plain(text: str) -> str:
    return "-".join(text.casefold().split())


def allow_words(document: Document, words: Mapping[str, list[str]]) -> tuple[Document, dict[str, object]]:
    """Return a document whose header allows more words, and what that header must be."""
    found = document.tables.get(HEADER, {})
    old: dict[str, object] = {**found} if isinstance(found, dict) else {}
    new = {key: [*_listed(old.get(key)), *each] for key, each in words.items()}
    text = document.text
    if new and not old and HEADER not in document.tables:
        lines = "".join(f"{toml_pair(key, each)}\n" for key, each in new.items())
        text = insert_blocks(text, 0, [f"[{HEADER}]\n{lines}"])
    else:
        for key, each in new.items():
            text = set_key(RecordRef(HEADER, 0), key, each, tuple(keys_of(Header))).text(text)
    return replace(document, text=text), old | new


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
