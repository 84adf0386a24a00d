"""What entries can be filtered by: actors, topics, kinds, statuses, each with how many entries have it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.page.text import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.page.entries import Entry
    from korea_cli.page.families import Family
    from korea_cli.page.surroundings import Surroundings

_WORDS = {"type": "What", "kind": "Kind", "status": "Status"}


class Option(NamedTuple):
    """A value to filter by: its id, its words, how many entries have it, and how deep it stands in its family.

    also: other names it is searched by. within: the ids of those it belongs to, which find it too.
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
    words: str
    options: tuple[Option, ...]


def facets(entries: Sequence[Entry], around: Surroundings) -> tuple[Facet, ...]:
    """Give the filters that have any value for some entries."""
    made = (
        _of_words("type", (entry.type for entry in entries)),
        _of_family("actor", "Actor", around.actors, [entry.actors_named for entry in entries]),
        _of_family("topic", "Topic", around.topics, [entry.topics_named for entry in entries]),
        _of_words("kind", (entry.kind for entry in entries)),
        _of_words("status", (entry.status for entry in entries)),
    )
    return tuple(facet for facet in made if facet.options)


def _of_words(key: str, values: Iterable[str]) -> Facet:
    counted = Counter(filter(None, values)).most_common()
    return Facet(key, _WORDS[key], tuple(Option(word, spoken(word), count) for word, count in counted))


def _of_family(key: str, words: str, family: Family, named: Sequence[tuple[str, ...]]) -> Facet:
    """Give the members of a family that are named, below those they belong to; those named most come first."""
    count = counted(family, named)
    most = sorted(count, key=lambda id_: (-count[id_], family[id_].name))
    options = (
        Option(member.id, member.name, count[member.id], depth, member.also, member.within)
        for member, depth in family.trees(most)
    )
    return Facet(key, words, tuple(options))


def counted(family: Family, named: Iterable[Iterable[str]]) -> Counter[str]:
    """Count how many entries each member has, with those of its members."""
    return Counter(each for ids in named for each in {each for id_ in ids for each in (id_, *family[id_].within)})
