"""The filters of entries: actors, topics, kinds, statuses, each with the number of entries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.formats.page.text import slug_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.formats.page.context import PageContext
    from korea_cli.formats.page.entries import Entry
    from korea_cli.formats.page.families import Family


class FacetValue(NamedTuple):
    """A value to filter by: its id, its words, the number of entries, and its depth in its family.

    also: its aliases. within: the ids of those it belongs to, which find it too.
    """

    id: str
    words: str
    number: int
    depth: int = 0
    also: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class Facet(NamedTuple):
    """A key to filter by, and its values."""

    key: str
    options: tuple[FacetValue, ...]


def facets(entries: Sequence[Entry], context: PageContext) -> tuple[Facet, ...]:
    """Return the filters that have any value for some entries."""
    every = (
        _of_words("type", (entry.row["type"] for entry in entries)),
        _of_family("actor", context.actors, [entry.actors_named for entry in entries]),
        _of_family("topic", context.topics, [entry.topics_named for entry in entries]),
        _of_places([entry.place for entry in entries], context),
        _of_words("kind", (entry.row["kind"] for entry in entries)),
        _of_words("status", (entry.row["status"] for entry in entries)),
    )
    return tuple(facet for facet in every if facet.options)


def _of_words(key: str, values: Iterable[str | None]) -> Facet:
    counted = Counter(filter(None, values)).most_common()
    return Facet(key, tuple(FacetValue(word, slug_words(word), count) for word, count in counted))


def _of_places(named: Iterable[str], context: PageContext) -> Facet:
    """Return a filter by places as the record writes them; other names of a place find it too."""
    counted = Counter(filter(None, named)).most_common()
    options = (FacetValue(place, place, count, also=tuple(context.places.get(place, ()))) for place, count in counted)
    return Facet("place", tuple(options))


def _of_family(key: str, family: Family, named: Sequence[tuple[str, ...]]) -> Facet:
    """Return a filter by members of a family, each below what it belongs to, the most frequent first."""
    count = count_entries(family, named)
    most = sorted(count, key=lambda id_: (-count[id_], family[id_].name))
    options = (
        FacetValue(member.id, member.name, count[member.id], depth, member.also, member.within)
        for member, depth in family.trees(most)
    )
    return Facet(key, tuple(options))


def count_entries(family: Family, named: Iterable[Iterable[str]]) -> Counter[str]:
    """Count the entries of each member, including those of its own members; the first named are the first of equals."""
    return Counter(
        each for ids in named for each in dict.fromkeys(each for id_ in ids for each in (id_, *family[id_].within))
    )
