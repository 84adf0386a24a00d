"""Find records that may be one: those that share a key and are not stated to be distinct."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from korea_cli.base.slugs import slug_of
from korea_cli.base.tokenize import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from korea_cli.model.records import Actor, Event, Source
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace

    Pair = tuple[Any, RecordPlace, Any]

_COMPARED = 100  # records that share a key, with which another is compared
_ALIKE = 0.6  # of the words of two titles, so many are in both
_STEM, _SHORTEST = 5, 3  # letters of the beginning of a word, and of a word that is compared
_FEWEST_LETTERS = 5  # of a name: shorter ones are alike by chance
_MOST_WORDS = 5  # of a name, whose order is changed
_PERSON = {"person", ""}
# Ways to write one sound: 김정은 is Gim Jeong-eun or Kim Jong-un, Сергей is Sergey or Sergei.
_SOUNDS = (
    ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"), ("ae", "e"), ("ph", "f"), ("kh", "h"), ("ck", "k"), ("ch", "j"),
    ("x", "ks"), ("y", "i"), ("w", "v"), ("g", "k"), ("d", "t"), ("b", "p"),
)  # fmt: skip
_ARCHIVED = r"web\.archive\.org/web/\d{4,14}[a-z_]*/(https?://.+)"
_TRACKING = re.compile("utm_.*|fbclid|gclid|mc_[ce]id|igshid", re.IGNORECASE)


def lookalikes(
    entries: Iterable[tuple[Any, RecordPlace]],
    keys: Callable[[Any], Iterable[Hashable]],
    alike: Callable[[Any, Any], bool] = lambda _, __: True,
) -> Iterator[Pair]:
    """Yield each record that may be the same as an earlier one of its type, with its place, and the first of these.

    keys: those of a record, of which the two share one. alike: whether two that do are alike.
    """
    blocks: defaultdict[Hashable, list[Any]] = defaultdict(list)
    for entry, place in entries:
        own = list(dict.fromkeys(keys(entry)))
        others = (other for key in own for other in blocks[key])
        if found := next((each for each in others if not _is_settled(entry, each) and alike(entry, each)), None):
            yield entry, place, found
        for key in own:
            if len(blocks[key]) < _COMPARED:
                blocks[key].append(entry)


def alike_actors(draft: Draft) -> Iterator[Pair]:
    """Yield actors whose names have the same words, in any order."""
    return lookalikes(draft.entries("actors"), _words_in_any_order)


def alike_events(draft: Draft) -> Iterator[Pair]:
    """Yield events of one day with the same actors and alike titles."""
    return lookalikes(draft.entries("events"), _day_and_actors, _have_alike_titles)


def alike_people(draft: Draft) -> Iterator[Pair]:
    """Yield people whose names sound the same, except those with the same words."""
    return lookalikes(draft.entries("actors"), _sounds_of, _have_one_name)


def alike_sources(draft: Draft) -> Iterator[Pair]:
    """Yield sources with one address or DOI."""
    return lookalikes(draft.entries("sources"), _addresses)


def advice_on(pair: Pair) -> str:
    """Return how to settle whether two records are one."""
    later, _, first = pair
    return f"'korea merge {first.id} {later.id}' unites them; if they differ, add distinct_from = [\"{first.id}\"]"


def _is_settled(one: Any, other: Any) -> bool:  # noqa: ANN401 - records of any type
    return other.id in one.distinct_from or one.id in other.distinct_from


def _words_in_any_order(actor: Actor) -> Iterator[str]:
    """Yield the words of the name of an actor."""
    yield from filter(None, [" ".join(sorted(words_of(actor.name)))])


def _day_and_actors(event: Event) -> Iterator[Hashable]:
    """Yield the day of an event with those who acted, where both are known."""
    if event.actors and event.date.precision == "day" and event.date.start_min == event.date.end_max:
        yield event.date.start_min, frozenset(event.actors)


def _have_alike_titles(one: Event, other: Event) -> bool:
    """Whether two events have most words of their titles in common, all numbers, and no different time or place."""
    for key in ("place", "time"):
        values = {" ".join(words_of(getattr(each, key))) for each in (one, other)} - {""}
        if len(values) > 1:
            return False
    ours, others = (set(_stems(each.title)) for each in (one, other))
    numbers = {word for word in ours ^ others if any(map(str.isdecimal, word))}
    return not numbers and len(ours & others) >= _ALIKE * len(ours | others)


def _stems(title: str) -> Iterator[str]:
    """Yield the beginnings of the words of a title that say something, and its numbers whole."""
    for word in words_of(title):
        if any(map(str.isdecimal, word)):
            yield word
        elif len(word) >= _SHORTEST or not word.isascii():
            yield word[:_STEM]


def _sounds_of(actor: Actor) -> Iterator[str]:
    """Yield the sounds in each name of a person, in no order."""
    if actor.kind in _PERSON:
        for name in (actor.name, *actor.aliases):
            sounds = "".join(map(_sounds, slug_of(name).split("-")))
            if len(sounds) >= _FEWEST_LETTERS:
                yield "".join(sorted(sounds))


def _have_one_name(one: Actor, other: Actor) -> bool:
    """Whether a name of a person is one of another in other letters, with other hyphens, or in another order.

    Names with the same words are left out: a warning is about these.
    """
    same = [*_words_in_any_order(one)] == [*_words_in_any_order(other)]
    ours, others = ({form for name in (each.name, *each.aliases) for form in _orders(name)} for each in (one, other))
    return not same and not ours.isdisjoint(others)


def _orders(name: str) -> Iterator[str]:
    words = [_sounds(word) for word in slug_of(name).split("-")]
    if len(words) <= _MOST_WORDS:
        yield from map("".join, permutations(words))


def _sounds(word: str) -> str:
    """Return what is the same in most ways to write a word in Latin letters."""
    sounds = word
    for written, sound in _SOUNDS:
        sounds = sounds.replace(written, sound)
    return re.sub(r"(.)\1+", r"\1", sounds)


def _addresses(source: Source) -> Iterator[str]:
    """Yield the DOI of a source, and its address without what differs between links to one page."""
    if source.doi:
        yield f"doi {source.doi.casefold()}"
    if source.url and (plain := _plain_address(source.url)):
        yield plain


def _plain_address(url: str) -> str:
    if archived := re.search(_ARCHIVED, url):
        url = archived[1]
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    asked = sorted(each for each in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(each[0]))
    route = parts.fragment if parts.fragment.startswith(("!", "/")) else ""  # a page of a site that is one script
    return f"{host}:{port or ''}{parts.path.rstrip('/')}?{urlencode(asked)}#{route}"
