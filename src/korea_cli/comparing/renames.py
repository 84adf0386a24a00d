"""Find renamed records: one that is gone and one that is new have the same content, or the same name."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any

from korea_cli.model.citation import Citation, OtherDate, ids_in
from korea_cli.model.field_spec import DERIVED, LISTS
from korea_cli.model.records import RECORDS, Actor, Record, Topic, keys_of, title_of

if TYPE_CHECKING:
    from korea_cli.model.field_spec import Key
    from korea_cli.reading.draft import Draft

    Entries = dict[tuple[str, str], Record]  # by table and id
    FieldValue = Any  # of the type that goes with the form of a key


class Renames:
    """The new ids of renamed records, by table; a reference means the first of its tables that has the id."""

    def __init__(self, old: Draft) -> None:
        self.new_ids: dict[str, dict[str, str]] = {record.table: {} for record in RECORDS}
        self._ids = {table: {entry.id for entry in entries} for table, entries in old.records.items()}

    def follow(self, key: Key, value: FieldValue) -> FieldValue:
        """Return a value with the new ids of what it refers to."""
        return self._renamed(value, key.refers) if key.refers and any(self.new_ids.values()) else value

    def _renamed(self, value: FieldValue, tables: tuple[str, ...]) -> FieldValue:
        match value:
            case str():
                table = next((table for table in tables if value in self._ids[table]), None)
                return self.new_ids[table].get(value, value) if table else value
            case Citation():
                return value._replace(id=self._renamed(value.id, tables))
            case OtherDate():
                return value._replace(sources=self._renamed(value.sources, tables))
        return tuple(self._renamed(each, tables) for each in value)


def renames_between(old: Draft, new: Draft) -> Renames:
    """Find what was renamed: pairs of a record that is gone and one that is new with the same content, in order.

    Each rename may make the content of records that refer to it equal to that of others, so those are compared again.
    An actor or topic whose name is still one of a new one may have changed in any way.
    """
    renames = Renames(old)
    gone, added = _missing(old, new), _missing(new, old)
    for (table, old_id), new_id in _by_name(gone, added):
        renames.new_ids[table][old_id] = new_id
        del gone[table, old_id], added[table, new_id]
    by_content: dict[tuple[object, ...], list[str]] = {}
    for (table, id_), entry in reversed(list(added.items())):
        by_content.setdefault((table, _content(entry, renames)), []).append(id_)
    referring: dict[str, list[tuple[str, str]]] = {}
    for name, entry in gone.items():
        values = (getattr(entry, key) for key, spec in keys_of(type(entry)).items() if spec.refers)
        for id_ in {id_ for value in values for id_ in ids_in(value)}:
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


def _by_name(gone: Entries, added: Entries) -> list[tuple[tuple[str, str], str]]:
    """Return actors and topics that are gone, with the id of the only new one that has their name, if only as an alias.

    None of these comes twice.
    """
    names: dict[tuple[str, str], list[str]] = {}
    for (table, id_), entry in added.items():
        if isinstance(entry, Actor | Topic):
            for name in {title_of(entry), *entry.aliases}:
                names.setdefault((table, name), []).append(id_)
    found = [(name, names.get((name[0], title_of(entry)), [])) for name, entry in gone.items()]
    taken = Counter((table, *ids) for (table, _), ids in found)
    return [(name, ids[0]) for name, ids in found if len(ids) == 1 and taken[name[0], ids[0]] == 1]


def _missing(here: Draft, there: Draft) -> Entries:
    """Return the records of one version whose ids the other does not have, by table and id."""
    there_ids = {(table, entry.id) for table, entries in there.records.items() for entry in entries}
    every = ((table, entry) for table, entries in here.records.items() for entry in entries)
    return {(table, entry.id): entry for table, entry in every if (table, entry.id) not in there_ids}


def _content(entry: Record, renames: Renames) -> tuple[object, ...]:
    """Return what a record contains apart from its id, in a form that can be compared."""
    content: list[object] = []
    for name, key in keys_of(type(entry)).items():
        if key.form not in {*DERIVED, "slug"}:
            value = renames.follow(key, getattr(entry, name))
            content.append(frozenset(value) if key.form in LISTS and not key.ordered else value)
    return tuple(content)
