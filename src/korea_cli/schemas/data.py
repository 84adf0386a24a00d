"""The JSON Schema of the data file, by which editors complete, explain and check it while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.model.choices import EVENT_KINDS, SCHEMA
from korea_cli.model.records import EXTENDS, RECORDS, Event, Header, keys_of, written_keys
from korea_cli.schemas.dates import STORED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SLUG = "[a-z0-9-]+"
_ZONE = "UTC|[A-Z][A-Za-z0-9_+-]*(?:/[A-Z][A-Za-z0-9_+-]*)+"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_URL = r"[Hh][Tt][Tt][Pp][Ss]?://[^/\s]\S*"
_CITATION = rf"{_SLUG}(?:#[\s\S]*)?"
_TEXT: Schema = {"type": "string"}
_YEAR: Schema = {"type": "integer", "minimum": 1, "maximum": 9999}


def data_schema() -> Schema:
    """Give the schema of a data file, as an editor sees one: dates are texts there, quoted or not.

    It takes every file that the program takes. What depends on other places of the file, or on other files, is left to
    `korea check`: whether ids are unique and what they refer to is there, for one.
    """
    return {
        "$schema": DIALECT,
        "title": "Chronology",
        "description": "A data file of korea: sources, actors, topics, events and facts.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            Header.table: {"$ref": f"#/$defs/{Header.table}"},
            **{each.table: {"type": "array", "items": {"$ref": f"#/$defs/{each.type}"}} for each in RECORDS},
        },
        **_kinds_are_known(),
        "$defs": {Header.table: _header(), **{each.type: _record(each) for each in RECORDS}},
    }


def _header() -> Schema:
    return {
        "description": _first_line(Header),
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(Header),
    }


def _record(record: type[Record]) -> Schema:
    needed = [written for written, name in written_keys(record).items() if keys_of(record)[name].required]
    extends = {"description": "in the place of id: the record of another file that this adds to", **_whole(_SLUG)}
    return {
        "description": _first_line(record),
        "type": "object",
        "additionalProperties": False,
        "properties": {**_properties(record), EXTENDS: extends},
        "if": {"required": [EXTENDS]},
        "then": {"not": {"required": ["id"]}},
        "else": {"required": needed},
    }


def _first_line(record: type[Record | Header]) -> str:
    return (record.__doc__ or "").partition("\n")[0]


def _properties(record: type[Record | Header]) -> Mapping[str, Schema]:
    keys = keys_of(record)
    return {
        written: {"description": keys[name].help, **_value(written, keys[name])}
        for written, name in written_keys(record).items()
    }


def _value(written: str, key: Key) -> Schema:
    """Give the schema of a key's value; an empty text says nothing, and may stand wherever the key is not required."""
    made: Mapping[str, Schema] = {
        **_SIMPLE,
        "text": {**_TEXT, "pattern": r"\S"} if key.required else _TEXT,
        "choice": _choice(key),
        "date": {"anyOf": [_whole(STORED, empty=not key.required), _YEAR]},
        "time": _whole(_ZONE if written == "timezone" else _CLOCK, empty=True),
    }
    return made[key.form]


def _choice(key: Key) -> Schema:
    words: Schema = {"enum": [*key.choices, ""]}
    return {"anyOf": [words, _TEXT]} if key.choices is EVENT_KINDS else words


def _whole(pattern: str, *, empty: bool = False) -> Schema:
    """Give the schema of a text that a pattern fits from end to end."""
    return {"type": "string", "pattern": f"^(?:{pattern}){'?' if empty else ''}$"}


def _kinds_are_known() -> Schema:
    """Have events be of the usual kinds, unless the file itself names further ones."""
    named = {"required": [Header.table], "properties": {Header.table: {"type": "object", "required": ["kinds"]}}}
    usual = {"properties": {"kind": {"enum": [*EVENT_KINDS, ""]}}}
    return {"if": {"not": named}, "then": {"properties": {Event.table: {"items": usual}}}}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_OTHER_DATE: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"date": {"anyOf": [_whole(STORED), _YEAR]}, "sources": _list(_whole(_CITATION)), "note": _TEXT},
    "required": ["date"],
}
_SIMPLE: Mapping[str, Schema] = {
    "slug": _whole(_SLUG),
    "ref": _whole(_SLUG, empty=True),
    "texts": _list(_TEXT),
    "refs": _list(_whole(_SLUG)),
    "cites": _list(_whole(_CITATION)),
    "other_dates": _list(_OTHER_DATE),
    "url": _whole(_URL, empty=True),
    "flag": {"type": "boolean"},
    "whole": {"const": SCHEMA},  # the one there is: the version of the format
}
