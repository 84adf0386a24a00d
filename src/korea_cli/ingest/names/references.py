"""References from one record to others, some of which only later rows have."""

from __future__ import annotations

from typing import NamedTuple


class Reference(NamedTuple):
    """A record that is referred to: the key that does, its id, the tables that may have it, how it was named.

    by_id: whether that is its id for certain, and no title.
    """

    key: str
    id: str
    tables: tuple[str, ...]
    text: str
    by_id: bool = False


def replaced(values: dict[str, object], key: str, old: str, new: str) -> dict[str, object]:
    """Return values with one id under a key replaced, or left out."""
    items = values.get(key)
    ids = [id_ for each in items if (id_ := new if each == old else each)] if isinstance(items, list) else new
    return {name: value for name, value in {**values, key: ids}.items() if value}


def id_in(value: object) -> object:
    """Return the id in a reference that JSON spells out, with the place in a source."""
    if isinstance(value, dict) and "id" in value:
        return f"{value['id']}#{value['locator']}" if value.get("locator") else value["id"]
    return value
