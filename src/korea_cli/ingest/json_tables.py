"""Tables in JSON: rows as lists with a list of names, or columns as lists or objects, become objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Objects = list[dict[str, object]]

_NAMES = ("columns", "header", "headers", "headings", "fields")  # keys under which the names of columns are
_FEWEST = 2  # columns of a table


def objects_of_table(document: object) -> Objects | None:
    """Return an object for each row of a table; None where a document is none.

    A table is `[[name, …], [value, …], …]`, `{"columns": [name, …], "data": [[value, …], …]}`,
    `{name: [value, …], …}` or `{name: {"0": value, …}, …}`.
    """
    if isinstance(document, list):
        return _from_rows(document[0], document[1:]) if document else None
    if not isinstance(document, dict):
        return None
    names = next((document[key] for key in _NAMES if isinstance(document.get(key), list)), None)
    rows = next((each for key, each in document.items() if _are_lists(each)), None)
    if names is not None and rows is not None:
        return _from_rows(names, rows)
    return _from_columns(document)


def _are_lists(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, list) for each in value)


def _from_rows(names: object, rows: Sequence[object]) -> Objects | None:
    """Return the rows as objects; None where they are no lists of values for these names."""
    plain = [each.get("name") if isinstance(each, dict) else each for each in names] if isinstance(names, list) else []
    texts = [each for each in plain if isinstance(each, str)]
    if len(texts) < max(len(plain), _FEWEST) or not rows:
        return None
    if not all(isinstance(row, list) and len(row) <= len(texts) for row in rows):
        return None
    return [dict(zip(texts, row, strict=False)) for row in rows if isinstance(row, list)]


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
