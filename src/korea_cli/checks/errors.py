"""Rules whose breach is an error: a chronology that breaks one of them cannot be queried."""

from __future__ import annotations

from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.base.tokenize import folded
from korea_cli.model.citation import ids_in
from korea_cli.model.records import EXTENDS, RECORDS, keys_of
from korea_cli.model.roles import DISTINCT_FROM
from korea_cli.reading.findings import Finding, RecordPlace, Typo
from korea_cli.reading.place_names import words_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.model.records import Actor, Record
    from korea_cli.reading.draft import Draft

_CIRCLES = 20  # that are listed
_MOST_WHOLES = 100  # that one actor or topic may belong to: the index has a row for each


def unique_ids(draft: Draft) -> Iterator[Finding]:
    """An id is used once in its table, over all files.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"

        [[events]]
        id = "launch"
        title = "Another missile is launched"
        date = "2017-07-28"

    Change one of the two ids; 'korea rename' changes an id wherever it is referred to. To add to a record of another
    file, name it with `extends` instead of `id`.
    """
    for table in draft.records:
        seen: dict[str, tuple[Record, RecordPlace]] = {}
        for entry, place in draft.all_entries(table):
            first, there = seen.setdefault(entry.id, (entry, place))
            if first is not entry and entry.id:
                advice = "" if there.document == place.document else f"; to add to that record, write {EXTENDS} for id"
                message = f"the id '{entry.id}' is already used at {first.file}:{first.line}{advice}"
                yield Finding(place, "id", message)


def references(draft: Draft) -> Iterator[Finding]:
    """Every id that is referred to exists, in a table that the key allows.

        [[actors]]
        id = "russia"
        name = "Russia"

        [[events]]
        id = "talks"
        title = "Talks are held"
        date = "2017-05-25"
        actors = ["rusia"]

    Correct the id, or declare the record. A file that declares no actors at all does not have to declare any, and the
    same is true of topics.
    """
    ids = {table: {entry.id for entry, _ in draft.all_entries(table)} for table in draft.records}
    former_ids = cache(lambda: _ids_by_alias(draft))
    for record in RECORDS:
        placed = [*draft.as_written(record.table)]
        entries = [entry for entry, _ in placed]
        for name, key in keys_of(record).items():
            known = set[str]().union(*(ids[table] for table in key.refers))
            if key.refers and not known.issuperset(_referred(entries, name)):
                for entry, place in placed:
                    missing = [id_ for id_ in dict.fromkeys(_referred([entry], name)) if id_ not in known]
                    for id_ in missing:
                        yield _unresolved(place, name, id_, key.refers, _meant(id_, key.refers, known, former_ids()))


def _referred(entries: Iterable[Record], key: str) -> Iterator[str]:
    """Yield the ids that records have under a key; a value that many have is looked into once."""
    return chain.from_iterable(map(ids_in, filter(None, set(map(attrgetter(key), entries)))))


def _unresolved(place: RecordPlace, key: str, target: str, refers: tuple[str, ...], meant: str | Typo) -> Finding:
    types = " or ".join(table.removesuffix("s") for table in refers)
    return Finding(place, key, f"{key} names '{target}', but no {types} has that id", meant)


def _meant(target: str, refers: tuple[str, ...], ids: set[str], former: dict[tuple[str, str], str]) -> str | Typo:
    """Return the id that a record has by now, else what may help to find it."""
    typo = Typo(target, ids, f"; declare it with {' or '.join(f'[[{table}]]' for table in refers)}")
    return next((former[table, target] for table in refers if (table, target) in former), typo)


def _ids_by_alias(draft: Draft) -> dict[tuple[str, str], str]:
    """Return the id of each record with an alias, by its table and the id that was made of that name, if one was.

    A record that was renamed or merged had it, and another branch may still refer to it.
    """
    from korea_cli.base.slugs import slug_of  # noqa: PLC0415 - only when something is wrong

    every = ((table, entry) for table, entries in draft.records.items() for entry in entries)
    return {(table, slug_of(name)): entry.id for table, entry in every for name in getattr(entry, "aliases", ())}


def distinct_from_others(draft: Draft) -> Iterator[Finding]:
    """A record is distinct from others, not from itself.

        [[actors]]
        id = "moon-jae-in"
        name = "Moon Jae-in"
        distinct_from = ["moon-jae-in"]

    Name the other record, or remove the key.
    """
    for table in draft.records:
        for entry, place in draft.as_written(table):
            if entry.distinct_from and entry.id in entry.distinct_from:
                yield Finding(place, DISTINCT_FROM, f"{DISTINCT_FROM} names the record itself", item=entry.id)


def distinct_names(draft: Draft) -> Iterator[Finding]:
    """A name or alias belongs to one actor only; accents count (й is not и).

        [[actors]]
        id = "moon-jae-in"
        name = "Moon Jae-in"
        aliases = ["Moon"]

        [[actors]]
        id = "moon-chung-in"
        name = "Moon Chung-in"
        aliases = ["Moon"]

    Remove the name from all actors but one; or merge the two if they are the same.
    """
    claimed: dict[str, Actor] = {}
    for actor, place in draft.as_written("actors"):
        for name in dict.fromkeys((actor.id, actor.name, *actor.aliases)):
            other = claimed.setdefault(folded(name), actor) if name else actor
            if other.id != actor.id:
                key = "id" if name == actor.id else "name" if name == actor.name else "aliases"
                message = f"'{name}' is also a name of actor '{other.id}' at {other.file}:{other.line}"
                yield Finding(place, key, message)


def distinct_places(draft: Draft) -> Iterator[Finding]:
    """A name belongs to one place only.

        [chronology]
        place_names = [["Moscow", "Москва"], ["Moscow, Idaho", "Москва"]]

    Remove the name from all lists but one. Lists that begin with the same name are about the same place: another file
    can so add names to it.
    """
    claimed: dict[tuple[str, ...], str] = {}
    for header, place in draft.headers:
        for names in header.place_names:
            for name in names:
                first = claimed.setdefault(words_of_name(name), names[0])
                if words_of_name(first) != words_of_name(names[0]):
                    message = f"'{name}' is a name of both '{first}' and '{names[0]}'"
                    yield Finding(place, "place_names", message)


def no_circles(draft: Draft) -> Iterator[Finding]:
    """Nothing belongs to itself, directly or through others, nor to more than 100 others.

        [[topics]]
        id = "missiles"
        label = "Missiles"
        broader = "tests"

        [[topics]]
        id = "tests"
        label = "Tests"
        broader = "missiles"

    Remove the key that makes the broader record belong to the narrower one.
    """
    for table, key in (("actors", "part_of"), ("topics", "broader")):
        entries = sorted(draft.all_entries(table), key=lambda each: each[0].id)
        places = {entry.id: place for entry, place in entries}
        parents = {entry.id: tuple(ids_in(getattr(entry, key))) for entry, _ in entries}
        order: dict[str, None] = {}
        for path in islice(_circles(parents, order), _CIRCLES):
            yield Finding(places[path[0]], key, f"{key} forms a cycle: {' -> '.join(path)}", item=path[1])
        for child in _overgrown(order, parents):
            message = f"{key} leads to more than {_MOST_WHOLES} others in all; remove some of them"
            yield Finding(places[child], key, message)


def _overgrown(order: Iterable[str], parents: dict[str, tuple[str, ...]]) -> list[str]:
    """Find what belongs to too many others, directly or not; members of such a record are not listed again."""
    wholes: dict[str, set[str]] = {}  # of all that does not belong to too many
    overgrown = []
    for child in order:
        above: set[str] = set()
        for parent in parents[child]:
            above |= {parent, *wholes.get(parent, ())}
            if len(above) > _MOST_WHOLES:
                overgrown.append(child)
                break
        else:
            if all(parent in wholes or parent not in parents for parent in parents[child]):
                wholes[child] = above
    return overgrown


def _circles(parents: dict[str, tuple[str, ...]], done: dict[str, None]) -> Iterator[list[str]]:
    """Yield paths from something back to itself; a step that closes one circle closes no other.

    done: gets everything in an order in which members follow what they belong to, apart from circles.
    """
    for start, first in parents.items():
        path = {} if start in done else {start: iter(first)}
        while path:
            child, above = next(reversed(path.items()))
            parent = next(above, None)
            if parent is None:
                done[child] = None
                del path[child]
            elif parent in path:
                names = list(path)
                yield [*names[names.index(parent) :], parent]
            elif parent in parents and parent not in done:
                path[parent] = iter(parents[parent])
