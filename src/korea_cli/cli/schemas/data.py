"""The JSON Schema of the data file, for completion and checks in editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.dates.days import FIRST_YEAR, LAST_YEAR
from korea_cli.model.choices import SCHEMA
from korea_cli.model.header import Header
from korea_cli.model.records import EXTENDS, RECORDS, keys_of, written_keys
from korea_cli.reading.codes.forms import FORMS
from korea_cli.reading.values import CLOCK, LONGEST_NAME, URL, ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SLUG = "[a-z0-9-]+"
_CITATION = rf"{_SLUG}(?:#[\s\S]*)?"
# Dates as stored: the pattern takes all that `dates.edtf` takes, and little else.
_STORED_YEAR = "(?:-(?!0000))?[0-9]{4}"
_THIRTY = "(?:0[1-9]|[12][0-9]|30)"
# How many days February has is left to the program.
_DAY = f"02-(?:0[1-9]|[12][0-9])|(?:0[469]|11)-{_THIRTY}|(?:0[13578]|1[02])-(?:{_THIRTY}|31)"
_DAYS = f"(?:{_DAY}|(?:0[1-9]|1[0-2]|XX)-XX)"
_UNITS = "(?:0[1-9]|1[0-2]|3[3-9]|4[01]|XX)"
_PART = f"{_STORED_YEAR}(?:-(?:{_DAYS}|{_UNITS}))?[~?%]?"
_DURATION = rf"(?:{_PART}/(?:{_PART}|\.\.)?|(?:\.\.)?/{_PART})"
_ONE = rf"(?:{_PART}(?:\.\.(?:{_PART})?)?|\.\.{_PART})"
_ONE_OF = rf"\[{_ONE}(?:,{_ONE})*\]"
STORED = f"{_PART}|{_DURATION}|{_ONE_OF}"
TEXT: Schema = {"type": "string"}
# As a number, fewer than four digits before the year 1 are in doubt.
_YEAR: Schema = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR, "not": {"minimum": -999, "maximum": 0}}


def data_schema() -> Schema:
    """Return the schema of a data file, as an editor reads one: dates are texts, quoted or not.

    It accepts every valid file. What depends on other places or files, such as unique ids and valid references, is left
    to `korea check`.
    """
    return {
        "$schema": DIALECT,
        "title": "Chronology",
        "description": "A data file of korea: sources, actors, topics, events and facts.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            Header.table: {"$ref": f"#/$defs/{Header.table}"},
            **{each.table: list_of({"$ref": f"#/$defs/{each.type}"}) for each in RECORDS},
        },
        "allOf": [_known_words(each, name) for each in RECORDS for name, key in keys_of(each).items() if key.more_in],
        "$defs": {Header.table: _table(Header), **{each.type: _record(each) for each in RECORDS}},
    }


def _table(record: type[Record | Header], **more: Schema) -> Schema:
    keys = keys_of(record)
    properties = {
        written: {"description": keys[name].help, **_value(written, keys[name])}
        for written, name in written_keys(record).items()
    }
    description = (record.__doc__ or "").partition("\n")[0]
    return {"description": description, **_closed(**properties, **more)}


def _closed(**properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _record(record: type[Record]) -> Schema:
    required = [written for written, name in written_keys(record).items() if keys_of(record)[name].required]
    extends = {"description": "instead of id: the record of another file that this one adds to", **_whole(_SLUG)}
    return {
        **_table(record, **{EXTENDS: extends}),
        "if": {"required": [EXTENDS]},
        "then": {"not": {"required": ["id"]}},
        "else": {"required": required},
    }


def _value(written: str, key: Key) -> Schema:
    """Return the schema of a key's value; an empty text is allowed unless the key is required."""
    schemas: Mapping[str, Schema] = {
        **_SIMPLE,
        "text": {**TEXT, "pattern": r"\S"} if key.required else TEXT,
        "choice": _choice(key),
        "date": {"anyOf": [_whole(STORED, empty=not key.required), _YEAR]},
        "time": _whole(ZONE if written == "timezone" else CLOCK, empty=True),
    }
    return schemas[key.form]


def _choice(key: Key) -> Schema:
    words: Schema = {"enum": [*key.choices, ""]}
    return {"anyOf": [words, TEXT]} if key.more_in else words


def _whole(pattern: str, *, empty: bool = False) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern}){'?' if empty else ''}$"}


def _known_words(record: type[Record], name: str) -> Schema:
    """Allow only the usual words under a key, unless the file names additional ones."""
    key = keys_of(record)[name]
    named = {"required": [Header.table], "properties": {Header.table: {"type": "object", "required": [key.more_in]}}}
    usual = {"properties": {key.written_as or name: {"enum": [*key.choices, ""]}}}
    return {"if": {"not": named}, "then": {"properties": {record.table: {"items": usual}}}}


def list_of(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


_DATE: Schema = {"anyOf": [_whole(STORED), _YEAR]}
_OTHER_DATE = {**_closed(date=_DATE, sources=list_of(_whole(_CITATION)), note=TEXT), "required": ["date"]}
_SIMPLE: Mapping[str, Schema] = {
    "slug": _whole(_SLUG),
    "ref": _whole(_SLUG, empty=True),
    "texts": list_of(TEXT),
    "groups": list_of({**list_of({**TEXT, "pattern": r"\S", "maxLength": LONGEST_NAME}), "minItems": 2}),
    "refs": list_of(_whole(_SLUG)),
    "cites": list_of(_whole(_CITATION)),
    "other_dates": list_of(_OTHER_DATE),
    "url": _whole(URL, empty=True),
    "flag": {"type": "boolean"},
    **{form: _whole(spec.pattern, empty=True) for form, spec in FORMS.items()},
    "whole": {"const": SCHEMA},  # the version of the format
}
