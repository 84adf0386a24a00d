"""The rules that reading enforces: a chronology that breaks one of them cannot be answered from."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from korea_cli.model import EXTENDS, RECORDS, Event, ids_in, keys_of
from korea_cli.reading.findings import Finding, Place, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.keys import Key
    from korea_cli.model import Actor, Record
    from korea_cli.reading.records import Draft


def unique_ids(draft: Draft) -> Iterator[Finding]:
    """An id stands once in its table, over all files.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"

        [[events]]
        id = "launch"
        title = "Another missile is launched"
        date = "2017-07-28"

    Give one of the two another id; 'korea rename' changes an id wherever it is referred to. What adds to a record of
    another file names it with `extends`, not with `id`.
    """
    for table in draft.records:
        seen: dict[str, tuple[Record, Place]] = {}
        for entry, place in draft.all_entries(table):
            first, there = seen.setdefault(entry.id, (entry, place))
            if first is not entry and entry.id:
                advice = "" if there.document == place.document else f"; to add to that, write {EXTENDS} for id"
                message = f"the id '{entry.id}' is already used at {first.file}:{first.line}{advice}"
                yield Finding(place, "id", message)


def references(draft: Draft) -> Iterator[Finding]:
    """Every id that is referred to is declared in a table it may come from.

        [[actors]]
        id = "russia"
        name = "Russia"

        [[events]]
        id = "talks"
        title = "Talks are held"
        date = "2017-05-25"
        actors = ["rusia"]

    Correct the id, or declare what it names. A file that declares no actor or topic at all need not declare any.
    """
    known = {table: {entry.id for entry, _ in draft.all_entries(table)} for table in draft.records}
    for record in RECORDS:
        entries = [entry for entry, _ in draft.as_written(record.table)]
        for name, key in _links(record):
            targets = set[str]().union(*(known[table] for table in key.refers))
            if _used(key, name, entries) <= targets:
                continue  # as nearly always: one comparison instead of thousands
            for entry, place in draft.as_written(record.table):
                missing = [target for target in dict.fromkeys(ids_in(getattr(entry, name))) if target not in targets]
                yield from (_unresolved(place, name, target, key.refers, targets) for target in missing)
    for event, place in draft.as_written(Event.table):
        for cited in [citation.id for other in event.other_dates for citation in other.sources]:
            if cited not in known["sources"]:
                yield _unresolved(place, "other_dates", cited, ("sources",), known["sources"])


def _links(record: type[Record]) -> list[tuple[str, Key]]:
    return [(name, key) for name, key in keys_of(record).items() if key.refers]


def _used(key: Key, name: str, entries: Iterable[Any]) -> set[str]:
    """Give all ids that stand under one key."""
    values = map(attrgetter(name), entries)
    if key.form == "ref":
        return set(values) - {""}
    items = set(chain.from_iterable(values))
    return {citation.id for citation in items} if key.form == "cites" else items


def _unresolved(place: Place, key: str, target: str, refers: tuple[str, ...], known: set[str]) -> Finding:
    what = " or ".join(table.removesuffix("s") for table in refers)
    near = nearest(target, sorted(known))
    advice = "" if near else f"; declare it with {' or '.join(f'[[{table}]]' for table in refers)}"
    return Finding(place, key, f"{key} names '{target}', but no {what} has that id{advice}", near)


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

    Keep the name where nobody would doubt it, and take it away from the other; or make one actor of the two.
    """
    claimed: dict[str, Actor] = {}
    for actor, place in draft.as_written("actors"):
        for name in dict.fromkeys((actor.id, actor.name, *actor.aliases)):
            other = claimed.setdefault(_folded(name), actor) if name else actor
            if other.id != actor.id:
                key = "id" if name == actor.id else "name" if name == actor.name else "aliases"
                message = f"'{name}' is also a name of actor '{other.id}' at {other.file}:{other.line}"
                yield Finding(place, key, message)


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else normalize("NFKC", name).casefold()


def no_circles(draft: Draft) -> Iterator[Finding]:
    """Nothing belongs to itself, at whatever remove.

        [[topics]]
        id = "missiles"
        label = "Missiles"
        broader = "tests"

        [[topics]]
        id = "tests"
        label = "Tests"
        broader = "missiles"

    Take away that step of the circle which leads from the wider to the narrower.
    """
    for table, key in (("actors", "part_of"), ("topics", "broader")):
        parents = {entry.id: tuple(ids_in(getattr(entry, key))) for entry, _ in draft.all_entries(table)}
        tangled = _tangled(parents)
        if not tangled:
            continue
        for entry, place in draft.all_entries(table):
            if path := _circle(entry.id, tangled):
                yield Finding(place, key, f"{key} goes in a circle: {' -> '.join(path)}", item=path[1])


def _tangled(parents: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Give what leads into a circle: what is left after taking away, again and again, all that belongs to nothing."""
    members: dict[str, list[str]] = {}
    for child, above in parents.items():
        for parent in above:
            members.setdefault(parent, []).append(child)
    left = {child: sum(parent in parents for parent in above) for child, above in parents.items()}
    free = [child for child, count in left.items() if not count]
    while free:
        for child in members.get(free.pop(), ()):
            left[child] -= 1
            if not left[child]:
                free.append(child)
    return {child: [parent for parent in parents[child] if left.get(parent)] for child, count in left.items() if count}


def _circle(start: str, parents: dict[str, list[str]]) -> list[str]:
    """Give a way from `start` back to itself through nothing that sorts before it: so each circle is told once."""
    ways = [[start]] if start in parents else []
    reached = set()
    while ways:
        way = ways.pop()
        for parent in parents[way[-1]]:
            if parent == start:
                return [*way, start]
            if parent > start and parent not in reached:
                reached.add(parent)
                ways.append([*way, parent])
    return []
