"""The rules that reading enforces: a chronology that breaks one of them cannot be answered from."""

from __future__ import annotations

from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.base.tokenize import folded
from korea_cli.model.records import EXTENDS, RECORDS, ids_in, keys_of
from korea_cli.reading.findings import Finding, RecordPlace, Typo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Actor, Record
    from korea_cli.reading.draft import Draft

_CIRCLES = 20  # that are listed
_MOST_WHOLES = 100  # that one actor or topic may belong to: the index has a row for each


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
        seen: dict[str, tuple[Record, RecordPlace]] = {}
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


def _links(record: type[Record]) -> list[tuple[str, Key]]:
    return [(name, key) for name, key in keys_of(record).items() if key.refers]


def _used(key: Key, name: str, entries: Iterable[Any]) -> set[str]:
    """Give all ids that stand under one key."""
    values = map(attrgetter(name), entries)
    if key.form == "ref":
        return set(values) - {""}
    items = set(chain.from_iterable(values))
    return items if key.form == "refs" else set(ids_in(items))


def _unresolved(place: RecordPlace, key: str, target: str, refers: tuple[str, ...], known: set[str]) -> Finding:
    what = " or ".join(table.removesuffix("s") for table in refers)
    meant = Typo(target, known, f"; declare it with {' or '.join(f'[[{table}]]' for table in refers)}")
    return Finding(place, key, f"{key} names '{target}', but no {what} has that id", meant)


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
            other = claimed.setdefault(folded(name), actor) if name else actor
            if other.id != actor.id:
                key = "id" if name == actor.id else "name" if name == actor.name else "aliases"
                message = f"'{name}' is also a name of actor '{other.id}' at {other.file}:{other.line}"
                yield Finding(place, key, message)


def no_circles(draft: Draft) -> Iterator[Finding]:
    """Nothing belongs to itself, at whatever remove, nor to more than 100 others.

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
        if not any(parents.values()):
            continue
        order = _parents_first(parents)
        tangled = {child: parents[child] for child in sorted(parents.keys() - order)}
        overgrown = _overgrown(order, parents)
        places = {entry.id: place for entry, place in draft.all_entries(table)} if tangled or overgrown else {}
        for path in islice(_circles(tangled), _CIRCLES):
            yield Finding(places[path[0]], key, f"{key} goes in a circle: {' -> '.join(path)}", item=path[1])
        for child in overgrown:
            message = f"by {key} it belongs to more than {_MOST_WHOLES} others in all; take some of them away"
            yield Finding(places[child], key, message)


def _parents_first(parents: dict[str, tuple[str, ...]]) -> dict[str, None]:
    """Order what belongs to something behind that, and leave out what leads into a circle."""
    members: dict[str, list[str]] = {}
    for child, above in parents.items():
        for parent in above:
            members.setdefault(parent, []).append(child)
    left = {child: sum(parent in parents for parent in above) for child, above in parents.items()}
    order = [child for child, count in left.items() if not count]
    for parent in order:  # grows as it goes
        for child in members.get(parent, ()):
            left[child] -= 1
            if not left[child]:
                order.append(child)
    return dict.fromkeys(order)


def _overgrown(order: Iterable[str], parents: dict[str, tuple[str, ...]]) -> list[str]:
    """Find what belongs to too many others, directly or not; what belongs to such a one is not listed again."""
    wholes: dict[str, set[str]] = {}  # of all that does not belong to too many
    overgrown = []
    for child in order:
        above: set[str] = set()
        for parent in parents[child]:
            above |= {parent, *wholes.get(parent, ())}
            if len(above) > _MOST_WHOLES:
                break
        if len(above) > _MOST_WHOLES:
            overgrown.append(child)
        elif all(parent in wholes or parent not in parents for parent in parents[child]):
            wholes[child] = above
    return overgrown


def _circles(parents: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield ways from something back to itself: no step that leads back to where the way has been is in two of them."""
    done: set[str] = set()
    for start, first in parents.items():
        way = {} if start in done else {start: iter(first)}
        while way:
            child, above = next(reversed(way.items()))
            parent = next(above, "")
            if not parent:
                done.add(child)
                del way[child]
            elif parent in way:
                names = list(way)
                yield [*names[names.index(parent) :], parent]
            elif parent in parents and parent not in done:
                way[parent] = iter(parents[parent])
