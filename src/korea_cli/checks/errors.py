"""The rules that reading enforces: a chronology that breaks one of them cannot be answered from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from korea_cli.model import RECORDS, Event, ids_in, keys_of
from korea_cli.reading.findings import Finding, Place, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model import Actor, Record
    from korea_cli.reading.records import Draft


def unique_ids(draft: Draft) -> Iterator[Finding]:
    """An id stands once in its table, over all files."""
    for table in draft.records:
        seen: dict[str, Record] = {}
        for entry, place in draft.entries(table):
            first = seen.setdefault(entry.id, entry)
            if first is not entry:
                where = f"{first.file}:{first.line}"
                yield Finding(place, "id", f"the id '{entry.id}' is already used at {where}")


def references(draft: Draft) -> Iterator[Finding]:
    """Every id that is referred to is declared in a table it may come from."""
    known = {table: {entry.id for entry in entries} | draft.broken for table, entries in draft.records.items()}
    for record in RECORDS:
        links = [(name, key.refers) for name, key in keys_of(record).items() if key.refers]
        targets = {name: set[str]().union(*(known[table] for table in refers)) for name, refers in links}
        for entry, place in draft.entries(record.table):
            for name, refers in links:
                for target in ids_in(getattr(entry, name)):
                    if target not in targets[name]:
                        yield _unresolved(place, name, target, refers, targets[name])
            if record is Event and entry.other_dates:
                for cited in (citation.id for other in entry.other_dates for citation in other.sources):
                    if cited not in known["sources"]:
                        yield _unresolved(place, "other_dates", cited, ("sources",), known["sources"])


def _unresolved(place: Place, key: str, target: str, refers: tuple[str, ...], known: set[str]) -> Finding:
    what = " or ".join(table.removesuffix("s") for table in refers)
    return Finding(place, key, f"{key} names '{target}', but no {what} has that id", nearest(target, known))


def distinct_names(draft: Draft) -> Iterator[Finding]:
    """A name or alias belongs to one actor only; accents count (й is not и)."""
    claimed: dict[str, Actor] = {}
    for actor, place in draft.entries("actors"):
        for name in dict.fromkeys((actor.id, actor.name, *actor.aliases)):
            other = claimed.setdefault(normalize("NFKC", name).casefold(), actor)
            if other.id != actor.id:
                key = "aliases" if name in actor.aliases else "name"
                message = f"'{name}' is also a name of actor '{other.id}' at {other.file}:{other.line}"
                yield Finding(place, key, message)


def no_circles(draft: Draft) -> Iterator[Finding]:
    """Nothing belongs to itself, at whatever remove."""
    for table, key in (("actors", "part_of"), ("topics", "broader")):
        parents = {entry.id: tuple(ids_in(getattr(entry, key))) for entry in draft.records[table]}
        for entry, place in draft.entries(table):
            path = _circle(entry.id, parents)
            if path and entry.id == min(path):  # each circle is told once
                yield Finding(place, key, f"{key} goes in a circle: {' -> '.join(path)}")


def _circle(start: str, parents: dict[str, tuple[str, ...]]) -> list[str]:
    """Give the way from `start` back to itself, if there is one."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for parent in parents.get(here, ()):
            if parent == start:
                return _way_back(start, here, came_from)
            if parent not in came_from:
                came_from[parent] = here
                waiting.append(parent)
    return []


def _way_back(start: str, last: str, came_from: dict[str, str]) -> list[str]:
    way = [start]
    while last != start:
        way.insert(1, last)
        last = came_from[last]
    return [*way[:1], *way[1:], start]

