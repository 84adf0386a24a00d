"""Kinds of records in the words of other people: known to the chronology, new to it, or no kinds at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.once import once
from korea_cli.model.records import RECORDS, file_keys
from korea_cli.model.vocabulary import WORD_LISTS, noun_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from korea_cli.ingest.names.registry import Registry
    from korea_cli.model.records import Record


class NewKinds:
    """The kinds in one sheet that its chronology does not know.

    added: those that are allowed now, by the key of the header. can_be_new: whether it could allow others; kinds of
    facts are always the same.
    """

    def __init__(self) -> None:
        self.added: dict[str, list[str]] = {}
        self.can_be_new = False


class KindWords:
    """Finds the kinds in one sheet; `unknown` are those that its chronology does not know."""

    def __init__(self, names: Registry, *, new: bool) -> None:
        """Find the words that a chronology allows; `new`: allow all others too."""
        self._names, self._new = names, new
        self._found: dict[tuple[str, str, bool], str | None] = {}
        self.unknown = NewKinds()

    def find(self, record: type[Record], text: str, *, own: bool = False) -> str | None:
        """Return a kind as a file has it; None for one that is unknown. own: the header of another file allows it."""
        place = record.type, text, own
        if place not in self._found:
            self._found[place] = self._read(record, text.strip() if own else _plain(text), new=own or self._new)
        return self._found[place]

    def _read(self, record: type[Record], word: str, *, new: bool) -> str | None:
        spec = file_keys(record)[kind_key(record)]
        own = self._names.own_words.get(record.type, ()) if spec.more_in else ()
        known = {_plain(each): each for each in (*spec.choices, *own)} | {each: each for each in own}
        found = known.get(word, known.get(_plain(word)))
        self.unknown.can_be_new |= found is None and bool(spec.more_in)
        if found is None and new and spec.more_in:
            self._names.allow(record, word)
            self.unknown.added.setdefault(spec.more_in, []).append(word)
            return word
        return found


@once
def kind_key(record: type[Record]) -> str:
    """Return the key that has the kind of a record; "" for a topic, which has none."""
    return next((name for name, key in file_keys(record).items() if key.form == "choice" and key.strict), "")


@once
def kind_noun(record: type[Record]) -> str:
    """Return what the kind of a record is called: a source has a source type."""
    return noun_of(WORD_LISTS.get(record.type, "kinds"))


def new_words(names: Registry, records: Iterable[tuple[type[Record], Mapping[str, object]]]) -> dict[str, list[str]]:
    """Return the kinds of records that the header of a chronology has to allow first, by its key."""
    found: dict[str, list[str]] = {}
    for record, values in records:
        more_in = (spec := file_keys(record).get(kind_key(record))) and spec.more_in
        word = str(values.get(kind_key(record), ""))
        if spec and more_in and word not in {"", *spec.choices, *getattr(names.loaded.draft.header, more_in)}:
            found.setdefault(more_in, []).append(word)
    return {key: [*dict.fromkeys(words)] for key, words in found.items()}


KIND_NOUNS = tuple(dict.fromkeys(map(kind_noun, RECORDS)))


def _plain(text: str) -> str:
    return "-".join(text.casefold().split())
