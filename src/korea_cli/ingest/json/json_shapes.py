"""Shapes that records have in JSON: rows and columns of tables, and objects that wrap a record."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from korea_cli.ingest.columns.headings import guess_key
from korea_cli.ingest.dates.dates import is_date
from korea_cli.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.records import Record

    Objects = list[dict[str, object]]


# The key of the record in a GeoJSON feature, in JSON:API, in Airtable, in Elasticsearch and in GraphQL.
_WRAPPERS = ("properties", "attributes", "fields", "_source", "node")
_AROUND = {  # what else such an object has
    "type", "id", "_id", "geometry", "bbox", "links", "relationships", "createdTime", "_index", "_score", "_type",
    "sort", "cursor",
}  # fmt: skip
_TERM = {"type", "value"}  # what every term of a SPARQL result has
_LANGUAGE = "xml:lang"
_NAMES = ("columns", "header", "headers", "headings", "fields")  # keys under which the names of columns are
_FEWEST = 2  # columns of a table, and dates with something under them
_DATED = {"date", "year"}


def unwrapped(value: object) -> object:
    """Return the record in an object that wraps it, with what else the object has; any other value as it is."""
    if not isinstance(value, dict) or not value:
        return value
    if all(isinstance(each, dict) and each.keys() >= _TERM for each in value.values()):
        return {key: each["value"] for key, each in value.items()} | _languages(value)
    wrapper = next((key for key in _WRAPPERS if isinstance(value.get(key), dict)), None)
    if wrapper is None or not value.keys() <= _AROUND | {wrapper}:
        return value
    record: Mapping[str, object] = value[wrapper]
    around = {_outer(key, record): each for key, each in value.items() if key != wrapper}
    return {**record, **around}


def _languages(terms: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Return the languages of the terms of a SPARQL result, each by its path."""
    return {f"{key}.{_LANGUAGE}": each[_LANGUAGE] for key, each in terms.items() if _LANGUAGE in each}


def _outer(key: str, record: Mapping[str, object]) -> str:
    """Return the name of a key around a record; the type of the object is not one of the record."""
    return f"object {key}" if key == "type" or key in record else key


def objects_of_table(document: object) -> tuple[Objects, Mapping[str, object]] | None:
    """Return an object for each row of a table, and what its document has beside it; None where there is no table.

    A table is `[[name, …], [value, …], …]`, `{"columns": [name, …], "data": [[value, …], …]}`,
    `{name: [value, …], …}` or `{name: {"0": value, …}, …}`; so is `{date: title or [title, …], …}`.
    """
    if isinstance(document, list):
        objects = _from_rows(document[0], document[1:]) if document else None
        return (objects, {}) if objects else None
    if not isinstance(document, dict):
        return None
    for name, key in product(_NAMES, document):
        if name in document and key != name and (objects := _from_rows(document[name], document[key])):
            return objects, {other: each for other, each in document.items() if other not in {name, key}}
    objects = objects_by_date(document, Event) or _from_columns(document)
    return (objects, {}) if objects else None


def objects_by_date(values: Mapping[str, object], record: type[Record]) -> Objects:
    """Return the objects and titles under dates, each with its date; none where another value is under one of these.

    Objects that have a date keep it, and their key as another value. Where keys are only numbers, each could be an id.
    """
    listed = {key: each if isinstance(each, list) else [each] for key, each in values.items()}
    alone = any(isinstance(each, dict) for each in values.values()) and any(map(str.isdecimal, values))
    members = [each for objects in listed.values() for each in objects]
    if len(listed) < _FEWEST or alone or not all(map(_is_under_date, members)) or not all(map(is_date, listed)):
        return []
    dated = any(guess_key(key, record) in _DATED for each in members if isinstance(each, dict) for key in each)
    name = "object key" if dated else "date"
    return [
        {name: key, **(each if isinstance(each, dict) else {"title": each})} for key, all_ in listed.items()
        for each in all_
    ]  # fmt: skip


def _is_under_date(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, str) and any(map(str.isalpha, value)))


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
