"""Find the records that only have another id: what is gone and what has come say the same."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORDS, Citation, OtherDate, Record, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.model.field_spec import Key
    from korea_cli.reading.draft import Draft

    Ids = Callable[[str], str]

ORDERED = {"authors", "reported_by"}  # lists that say something by their order: who comes first, who is nearest


class Renames:
    """Which ids became which, by table; a reference to an id means the first of its tables that has it."""

    def __init__(self, old: Draft) -> None:
        """Begin with none; `old` is what ids meant before."""
        self.ways: dict[str, dict[str, str]] = {record.table: {} for record in RECORDS}
        self._known = {table: {entry.id for entry in entries} for table, entries in old.records.items()}

    def followed(self, key: Key, value: Any) -> Any:  # noqa: ANN401 - of any key
        """Give a value with the ids that it refers to as they are now."""
        if not value or not any(self.ways.values()):
            return value
        follow = _FOLLOWING.get(key.form)
        return follow(value, lambda id_: self._now(key.refers, id_)) if follow else value

    def _now(self, tables: tuple[str, ...], id_: str) -> str:
        table = next((table for table in tables if id_ in self._known[table]), None)
        return self.ways[table].get(id_, id_) if table else id_


def _citations(value: tuple[Citation, ...], now: Ids) -> tuple[Citation, ...]:
    return tuple(Citation(now(id_), locator) for id_, locator in value)


def _other_dates(value: tuple[OtherDate, ...], now: Ids) -> tuple[OtherDate, ...]:
    return tuple(other._replace(sources=_citations(other.sources, now)) for other in value)


_FOLLOWING: dict[str, Callable[[Any, Ids], Any]] = {
    "ref": lambda value, now: now(value),
    "refs": lambda value, now: tuple(map(now, value)),
    "cites": _citations,
    "other_dates": _other_dates,
}


def renames_between(old: Draft, new: Draft) -> Renames:
    """Find what was renamed: what is gone and what has come say the same, each in order.

    Each rename that is found may let records that refer to it say the same as others, and those are looked at again.
    """
    renames = Renames(old)
    gone, come = _missing(old, new), _missing(new, old)
    saying: dict[tuple[Any, ...], list[str]] = {}
    for (table, id_), entry in reversed(list(come.items())):
        saying.setdefault((table, _content(entry, None)), []).append(id_)
    referring: dict[str, list[tuple[str, str]]] = {}
    for name, entry in gone.items():
        for id_ in _ids_in(entry):
            referring.setdefault(id_, []).append(name)
    waiting = deque(gone) if come else deque()
    while waiting:
        table, id_ = name = waiting.popleft()
        same = saying.get((table, _content(gone[name], renames))) if name in gone else None
        if same:
            renames.ways[table][id_] = same.pop()
            del gone[name]
            waiting.extend(referring.get(id_, ()))
    return renames


def _missing(here: Draft, there: Draft) -> dict[tuple[str, str], Record]:
    """Return the records of one version whose ids the other does not have, by table and id."""
    known = {(table, entry.id) for table, entries in there.records.items() for entry in entries}
    every = ((table, entry) for table, entries in here.records.items() for entry in entries)
    return {(table, entry.id): entry for table, entry in every if (table, entry.id) not in known}


def _ids_in(entry: Record) -> set[str]:
    """Return the ids that a record refers to."""
    found: set[str] = set()

    def note(id_: str) -> str:
        found.add(id_)
        return id_

    for name, key in keys_of(type(entry)).items():
        if key.form in _FOLLOWING and (value := getattr(entry, name)):
            _FOLLOWING[key.form](value, note)
    return found


def _content(entry: Record, renames: Renames | None) -> tuple[Any, ...]:
    """Give what a record says beside its id, in a form that is equal where that says the same."""
    content = []
    for name, key in keys_of(type(entry)).items():
        if key.form not in {"found", "slug"}:
            value = getattr(entry, name)
            value = renames.followed(key, value) if renames else value
            content.append(frozenset(value) if key.form in LISTS and name not in ORDERED else value)
    return tuple(content)
