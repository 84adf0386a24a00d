"""Tables in JSON: rows as lists with a list of names, or columns as lists or objects, become objects."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Objects = list[dict[str, object]]

_NAMES = ("columns", "header", "headers", "headings", "fields")  # keys under which the names of columns are
_FEWEST = 2  # columns of a table


def objects_of_table(document: object) -> tuple[Objects, Mapping[str, object]] | None:
    """Return an object for each row of a table, and what its document has beside it; None where there is no table.

    A table is `[[name, …], [value, …], …]`, `{"columns": [name, …], "data": [[value, …], …]}`,
    `{name: [value, …], …}` or `{name: {"0": value, …}, …}`.
    """
    if isinstance(document, list):
        objects = _from_rows(document[0], document[1:]) if document else None
        return (objects, {}) if objects else None
    if not isinstance(document, dict):
        return None
    for name, key in product(_NAMES, document):
        if name in document and key != name and (objects := _from_rows(document[name], document[key])):
            return objects, {other: each for other, each in document.items() if other not in {name, key}}
    objects = _from_columns(document)
    return (objects, {}) if objects else None


def _from_rows(names: object, rows: object) -> Objects | None:
    """Return the rows as objects; None where they are no lists of values for these names."""
    plain = [each.get("name") if isinstance(each, dict) else each for each in names] if isinstance(names, list) else []
    texts = [each for each in plain if isinstance(each, str)]
    if len(texts) < max(len(plain), _FEWEST) or not isinstance(rows, list):
        return None
    if not all(isinstance(row, list) and len(row) <= len(texts) for row in rows):
        return None
    return [dict(zip(texts, row, strict=False)) for row in rows]


def _from_columns(document: dict[str, object]) -> Objects | None:
    columns = {key: _by_place(each) for key, each in document.items()}
    places = list(next(iter(columns.values()), {}))
    alike = all(list(each) == places for each in columns.values())
    values = (value for each in columns.values() for value in each.values())
    if len(columns) < _FEWEST or not places or not alike or any(isinstance(each, dict | list) for each in values):
        return None
    return [{key: each[place] for key, each in columns.items()} for place in places]


def _by_place(column: object) -> dict[object, object]:
    if isinstance(column, list):
        return dict(enumerate(column))
    numbered = isinstance(column, dict) and all(isinstance(key, str) and key.isdecimal() for key in column)
    return {**column} if numbered and isinstance(column, dict) else {}
