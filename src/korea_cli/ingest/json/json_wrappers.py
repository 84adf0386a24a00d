"""Objects of JSON that wrap a record: GeoJSON features, results of SPARQL queries, answers of programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# The key of the record in a GeoJSON feature, in JSON:API, in Airtable, in Elasticsearch and in GraphQL.
_WRAPPERS = ("properties", "attributes", "fields", "_source", "node")
_AROUND = {  # what else such an object has
    "type", "id", "_id", "geometry", "bbox", "links", "relationships", "createdTime", "_index", "_score", "_type",
    "sort", "cursor",
}  # fmt: skip
_TERM = {"type", "value"}  # what every term of a SPARQL result has
_LANGUAGE = "xml:lang"


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
