"""The names of places: which of those that a chronology lists belong to the place of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.tokenize import indexed_words
from korea_cli.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace

    Words = tuple[str, ...]
    Names = tuple[str, ...]


def names_of_places(lists: Sequence[Names], places: Iterable[str]) -> dict[str, Names]:
    """Return all names of each place that is, or contains as a whole phrase, a name of a list; others are left out.

    Lists that begin with the same name are about the same place.
    """
    names = _names_by_words(lists)
    lengths = sorted({len(words) for words in names})
    found = ((place, _names_in(place, names, lengths)) for place in (dict.fromkeys(places) if names else ()))
    return {place: named for place, named in found if named}


def main_names(lists: Sequence[Names], places: Iterable[str]) -> dict[str, str]:
    """Return the first name of each place that is another name of a list as a whole; others are left out."""
    names = _names_by_words(lists)
    found = (
        (place, names.get(words_of_name(place), (place,))[0]) for place in (dict.fromkeys(places) if names else ())
    )
    return {place: main for place, main in found if main != place}


def unused_names(draft: Draft) -> Iterator[tuple[RecordPlace, str]]:
    """Yield the first name of every list that names the place of no event, with the header that has it."""
    lists = draft.header.place_names
    places = names_of_places(lists, (event.place for event in draft.records[Event.table])) if lists else {}
    used = {name for names in places.values() for name in names}
    yield from (
        (place, names[0]) for header, place in draft.headers for names in header.place_names if names[0] not in used
    )


def words_of_name(name: str) -> Words:
    """Return the words by which a name is found: names with the same words are the same."""
    return indexed_words(name, is_open=True)


def _names_by_words(lists: Sequence[Names]) -> dict[Words, Names]:
    """Return the names of a place by the words of each of them."""
    together: dict[Words, dict[str, None]] = {}
    for names in lists:
        together.setdefault(words_of_name(names[0]), {}).update(dict.fromkeys(names))
    return {words_of_name(name): tuple(names) for names in together.values() for name in names}


def _names_in(place: str, names: dict[Words, Names], lengths: Sequence[int]) -> Names:
    words = indexed_words(place)
    phrases = (words[start : start + length] for length in lengths for start in range(len(words) - length + 1))
    return tuple(dict.fromkeys(name for phrase in phrases for name in names.get(phrase, ())))
