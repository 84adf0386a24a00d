"""Find the record a person means by an id, a name, an alias or the beginning of one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.errors import AmbiguousNameError, UnknownNameError
from korea_cli.words import name_key, pattern_for, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.store import Store

_AFTER = "\U0010ffff"  # sorts after every name that continues a beginning
_NEAR = 3


class Named(NamedTuple):
    """A record by its type and id, with the words it is shown by."""

    type: str
    id: str
    title: str


def find(store: Store, typed: str, *types: str) -> Named:
    """Find the one record of these types that `typed` names.

    An exact id wins over an exact name or alias, that over the unique beginning of one, that over the unique
    beginning of a word in one. Raises UnknownNameError or AmbiguousNameError, both naming candidates.
    """
    key = name_key(typed)
    for found in (_exact(store, key, types), _beginning(store, key, types), _with_word(store, key, types)):
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError(_called(types), typed, [(each.title, each.id) for each in found])
    raise UnknownNameError(_called(types), typed, nearest_names(store, key, types))


def _exact(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    found = _named(store, "name.name = ?", (key,), types)
    return [each for each in found if each.id == key] or found


def _beginning(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    return _named(store, "name.name >= ? AND name.name < ?", (key, key + _AFTER), types) if key else []


def _with_word(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    return _named(store, "entry.head LIKE ?", (pattern_for(key),), types) if words_of(key) else []


def _named(store: Store, condition: str, values: tuple[str, ...], types: tuple[str, ...]) -> list[Named]:
    rows = store.rows(
        "SELECT DISTINCT entry.type, entry.id, entry.title, entry.seq FROM entry"  # noqa: S608 - conditions above
        " JOIN name ON name.type = entry.type AND name.id = entry.id"
        f" WHERE entry.type IN ({marks(types)}) AND {condition} ORDER BY entry.seq",
        (*types, *values),
    )
    return [Named(*row[:3]) for row in rows]


def nearest_names(store: Store, key: str, types: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give the (title, id) of the records whose name, or a word of it, comes nearest to a misspelt one."""
    owners: dict[str, tuple[str, str]] = {}
    rows = store.rows(
        "SELECT name.name, entry.title, entry.id FROM name"  # noqa: S608 - only question marks are put in
        f" JOIN entry ON name.type = entry.type AND name.id = entry.id WHERE name.type IN ({marks(types)})",
        types,
    )
    for name, title, id_ in rows:
        for form in (name, *name.split()):
            owners.setdefault(form, (title, id_))
    close = get_close_matches(key, owners, n=_NEAR, cutoff=0.7)
    return list(dict.fromkeys(owners[form] for form in close))


def marks(values: Iterable[object]) -> str:
    """Give as many `?` as there are values to bind."""
    return ", ".join("?" for _ in values)


def _called(types: tuple[str, ...]) -> str:
    return types[0] if len(types) == 1 else "record"
