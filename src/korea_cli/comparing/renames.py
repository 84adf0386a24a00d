"""Find renamed records: one that is gone and one that is new have the same content."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORDS, Citation, OtherDate, Record, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.model.field_spec import Key
    from korea_cli.reading.draft import Draft

    FieldValue = Any  # of the type that goes with the form of a key
    Ids = Callable[[str], str]


class Renames:
    """The new ids of renamed records, by table; a reference means the first of its tables that has the id."""

    def __init__(self, old: Draft) -> None:
        """Begin with none; `old` is what ids refer to in the old version."""
        self.new_ids: dict[str, dict[str, str]] = {record.table: {} for record in RECORDS}
        self._ids = {table: {entry.id for entry in entries} for table, entries in old.records.items()}

    def follow(self, key: Key, value: FieldValue) -> FieldValue:
        """Return a value with the new ids of what it refers to."""
        if not value or not any(self.new_ids.values()):
            return value
        follow = _FOLLOWING.get(key.form)
        return follow(value, lambda id_: self._now(key.refers, id_)) if follow else value

    def _now(self, tables: tuple[str, ...], id_: str) -> str:
        table = next((table for table in tables if id_ in self._ids[table]), None)
        return self.new_ids[table].get(id_, id_) if table else id_


def _citations(value: tuple[Citation, ...], now: Ids) -> tuple[Citation, ...]:
    return tuple(Citation(now(id_), locator) for id_, locator in value)


def _other_dates(value: tuple[OtherDate, ...], now: Ids) -> tuple[OtherDate, ...]:
    return tuple(other._replace(sources=_citations(other.sources, now)) for other in value)


_FOLLOWING: dict[str, Callable[[FieldValue, Ids], FieldValue]] = {
    "ref": lambda value, now: now(value),
    "refs": lambda value, now: tuple(map(now, value)),
    "cites": _citations,
    "other_dates": _other_dates,
}


def renames_between(old: Draft, new: Draft) -> Renames:
    """Find what was renamed: pairs of a record that is gone and one that is new with the same content, in order.

    Each rename may make the content of records that refer to it equal to that of others, so those are compared again.
    """
    renames = Renames(old)
    gone, added = _missing(old, new), _missing(new, old)
    by_content: dict[tuple[object, ...], list[str]] = {}
    for (table, id_), entry in reversed(list(added.items())):
        by_content.setdefault((table, _content(entry, None)), []).append(id_)
    referring: dict[str, list[tuple[str, str]]] = {}
    for name, entry in gone.items():
        for id_ in _ids_in(entry):
            referring.setdefault(id_, []).append(name)
    waiting = deque(gone) if added else deque()
    while waiting:
        table, id_ = name = waiting.popleft()
        same = by_content.get((table, _content(gone[name], renames))) if name in gone else None
        if same:
            renames.new_ids[table][id_] = same.pop()
            del gone[name]
            waiting.extend(referring.get(id_, ()))
    return renames


def _missing(here: Draft, there: Draft) -> dict[tuple[str, str], Record]:
    """Return the records of one version whose ids the other does not have, by table and id."""
    there_ids = {(table, entry.id) for table, entries in there.records.items() for entry in entries}
    every = ((table, entry) for table, entries in here.records.items() for entry in entries)
    return {(table, entry.id): entry for table, entry in every if (table, entry.id) not in there_ids}


def _ids_in(entry: Record) -> set[str]:
    found: set[str] = set()

    def note(id_: str) -> str:
        found.add(id_)
        return id_

    for name, key in keys_of(type(entry)).items():
        if key.form in _FOLLOWING and (value := getattr(entry, name)):
            _FOLLOWING[key.form](value, note)
    return found


def _content(entry: Record, renames: Renames | None) -> tuple[object, ...]:
    """Return what a record contains apart from its id, in a form that can be compared."""
    content: list[object] = []
    for name, key in keys_of(type(entry)).items():
        if key.form not in {"found", "slug"}:
            value = getattr(entry, name)
            value = renames.follow(key, value) if renames else value
            content.append(frozenset(value) if key.form in LISTS and not key.ordered else value)
    return tuple(content)
