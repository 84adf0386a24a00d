"""The JSON Schema of the output with `--json`: for each command, the query and the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from korea_cli import commands
from korea_cli.analysis.aggregates import Overview
from korea_cli.analysis.counting import Cell
from korea_cli.analysis.gaps import Gap
from korea_cli.analysis.histogram import Period
from korea_cli.analysis.pairs import Pair
from korea_cli.base.problems import Problem, Severity
from korea_cli.cache.inventory import CachedIndex
from korea_cli.cli.schemas.data import DIALECT, TEXT, Schema, list_of
from korea_cli.cli.schemas.probe import sections_of
from korea_cli.cli.schemas.values import (
    CITATION,
    CLAIM,
    MATCH,
    NUMBER,
    NUMBER_OR_NULL,
    OF_DISPUTES,
    OF_SPEAKERS,
    OPPONENT,
    OTHER_DATE,
    RECORD,
    TEXT_OR_NULL,
    TEXTS,
    YES_OR_NO,
    object_of,
    titled,
)
from korea_cli.commands.cite import RenderedCitation
from korea_cli.comparing.changes import Change
from korea_cli.model.field_spec import DERIVED, LISTS
from korea_cli.model.records import DISPUTING, RECORD_TYPES, keys_of
from korea_cli.report.report import SCHEMA_VERSION
from korea_cli.report.sections import Count
from korea_cli.rows.columns import REFERRING, shown_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.report.sections import Section
    from korea_cli.rows.column import Column


_FILES = list_of(titled("data file", path=TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}))
_ALL_FIELDS: Schema = {"properties": {"query": {"properties": {"fields": {"type": "null"}}}}}
_ROWS: Mapping[str, type] = {
    "chronology": Overview, "problem": Problem, "count": Count, "period": Period, "citation": RenderedCitation,
    "change": Change, "index": CachedIndex, "pair": Pair, "gap": Gap, "cell": Cell,
}  # fmt: skip
# Where a column has another type than the class of its rows declares.
_ALWAYS = {  # texts that are never empty
    "period": ("lane_name", "from", "to"), "gap": ("from", "to"), "citation": ("id", "style", "text", "short"),
    "problem": ("check", "place", "file", "message"), "count": ("by", "label"),
    "cell": ("by", "label", "lanes", "lane_label"), **dict.fromkeys(RECORD_TYPES, ("file",)),
}  # fmt: skip
_NEIGHBOUR: Schema = {"anyOf": [titled("event of gap", id=TEXT, title=TEXT), {"type": "null"}]}
_DERIVED: Mapping[tuple[str, str], Schema] = {
    ("period", "lane"): TEXT_OR_NULL, ("index", "read"): TEXT_OR_NULL, ("index", "files"): _FILES,
    **{("pair", key): titled("actor reference", id=TEXT, name=TEXT) for key in ("actor", "other")},
    ("pair", "kinds"): list_of(titled("kind count", kind=TEXT_OR_NULL, event_count=NUMBER)),
    ("gap", "previous"): _NEIGHBOUR, ("gap", "next"): _NEIGHBOUR,
    **{(type_, key): TEXT for type_, keys in _ALWAYS.items() for key in keys},
}  # fmt: skip
_ANNOTATED: Mapping[str, Schema] = {
    "str": TEXT_OR_NULL,  # an empty text is null
    "str | None": TEXT_OR_NULL,
    "int": NUMBER,
    "int | None": NUMBER_OR_NULL,
    "bool": YES_OR_NO,
    "tuple[str, ...]": TEXTS,
    "list[str]": TEXTS,
    "list[str] | None": {"type": ["array", "null"], "items": TEXT},
    "list[list[int]]": list_of(list_of(NUMBER)),
    "StoredDate | None": TEXT_OR_NULL,
    "Match | None": MATCH,
    "tuple[Claim, ...]": list_of(CLAIM),
    "Severity": {"enum": [*get_args(Severity)]},
    "Json": {"type": ["string", "integer", "boolean", "array", "null"]},  # a value as a data file has it
}


def output_schema() -> Schema:
    """Return the schema of the documents that commands print with `--json`.

    Where `fields` of the query is null, every row has all its keys; else only those that were requested. More keys are
    allowed, as later versions of the program may add some; `jsonl` has the records alone.
    """
    rows: Schema = {}  # the schemas of rows that were referred to, by name
    types = {name: commands.load(name).answer.__annotations__ for name in commands.names()}
    sections = {name: found for name in types if (found := sections_of(commands.load(name)))}
    whole_first = sorted(sections, key=lambda name: sections[name][0].stored is None)  # their rows have the plain names
    answers = [_answer(name, sections[name], rows) for name in whole_first]
    return {
        "$schema": DIALECT,
        "title": "Answer",
        "description": "What korea prints with --json. Where query.fields is null, records have all their keys.",
        "type": "object",
        "oneOf": [*answers, _outcome([name for name, own in types.items() if own.get("return") == "Outcome"], rows)],
        "$defs": {"head": object_of(**_HEAD), **rows},
    }


def _outcome(writing: list[str], rows: Schema) -> Schema:
    """Return the schema of what the commands that write print: what they changed, and where."""
    change = rows["change"]["properties"]
    place = {"file": TEXT_OR_NULL, "line": NUMBER_OR_NULL}
    properties = {
        "schema_version": _HEAD["schema_version"], "command": {"enum": writing}, "dry_run": YES_OR_NO,
        "files": _FILES, "count": NUMBER,
        "changes": list_of(object_of(**change, **place)),
    }  # fmt: skip
    return {"title": "changes", **object_of(**properties)}


def _answer(command: str, sections: tuple[Section, ...], rows: Schema) -> Schema:
    with_parts = [each for section in sections for each in (section, section.parts) if each]
    parts = {section.key: _part(command, section, rows) for section in with_parts}
    whole = {section.key: _part(command, section, rows, whole=True) for section in sections}
    always = [section.key for section in sections if not section.optional]
    parameters = commands.parameters_of(commands.load(command).answer)
    types = {each.name: each.type.__name__ if isinstance(each.type, type) else str(each.type) for each in parameters}
    arguments = {name: _ANNOTATED[annotation] for name, annotation in types.items()}
    query = {"properties": {"arguments": object_of(**arguments)}}
    properties = {"command": {"const": command}, "query": query, **parts}
    head = {"allOf": [{"$ref": "#/$defs/head"}]}
    complete = {"if": _ALL_FIELDS, "then": {"required": always, "properties": whole}}
    return {"title": command, **head, "properties": properties, **complete}


def _part(command: str, section: Section, rows: Schema, *, whole: bool = False) -> Schema:
    types = [_row(type_, section.columns[type_], command, rows, whole=whole) for type_ in section.columns.types]
    if section.single:
        return {"anyOf": [*types, {"type": "null"}]}
    return list_of(types[0] if len(types) == 1 else {"anyOf": types})


def _row(type_: str, columns: tuple[Column, ...], command: str, rows: Schema, *, whole: bool) -> Schema:
    """Return a reference to the schema of rows with some columns, and add it; `whole` requires all of them.

    Its name is the type, with the command where the same type differs.
    """
    schema = {"type": "object", "properties": {column.key: _described(type_, column) for column in columns}}
    name = type_ if rows.setdefault(type_, schema) == schema else f"{type_}-of-{command}"
    rows[name] = schema
    return {"$ref": f"#/$defs/{name}", **({"required": [column.key for column in columns]} if whole else {})}


def _described(type_: str, column: Column) -> Schema:
    value = {"const": type_} if column.key == "type" else _value(type_, column.key)
    return {"description": column.help, **value} if column.help else value


def _value(type_: str, name: str) -> Schema:
    derived = _DERIVED.get((type_, name)) or {**OF_DISPUTES, **OF_SPEAKERS}.get(type_, {}).get(name)
    if derived:
        return derived
    if type_ not in RECORD_TYPES:
        return _annotated(_ROWS[type_], name)
    record = RECORD_TYPES[type_]
    for attribute, key in keys_of(record).items():
        if name == (key.shown_as or attribute):
            return _of_key(record, attribute, key)
    relation = next((each for each in REFERRING[type_] if each.key == name), None)
    return list_of(_reference_to(relation.by)) if relation else TEXT_OR_NULL  # else a bound of its date


def _annotated(row: type, name: str) -> Schema:
    field = getattr(row, name, None)
    annotations = row.__annotations__
    if isinstance(field, property) and field.fget:
        annotations = {name: field.fget.__annotations__["return"]}
    return _ANNOTATED[str(getattr(annotations[name], "__forward_arg__", annotations[name]))]


def _of_key(record: type[Record], attribute: str, key: Key) -> Schema:
    if key.form in DERIVED:
        return _annotated(record, attribute)
    types = tuple(table.removesuffix("s") for table in key.refers)
    reference = OPPONENT if key.refers == DISPUTING else _reference_to(types)
    if key.form == "ref":
        return {"anyOf": [reference, {"type": "null"}]}
    if key.form in LISTS:
        return list_of({**_ITEMS, "refs": reference}[key.form])
    if key.form == "flag":
        return YES_OR_NO
    return TEXT if key.required else TEXT_OR_NULL


_ITEMS: Mapping[str, Schema] = {"texts": TEXT, "cites": CITATION, "other_dates": OTHER_DATE}


def _reference_to(types: tuple[str, ...]) -> Schema:
    shown = shown_by(types)
    if shown == "title":
        return RECORD
    return titled(f"{types[0]} reference", id=TEXT, **{shown: TEXT})


_QUERY = object_of(
    terms=TEXTS, **{"from": TEXT_OR_NULL}, to=TEXT_OR_NULL, year_assumed=YES_OR_NO,
    around=TEXT_OR_NULL, known_by=TEXT_OR_NULL, certain=YES_OR_NO, with_withdrawn=YES_OR_NO,
    today=TEXT_OR_NULL, limit=NUMBER_OR_NULL, reverse=YES_OR_NO, sort=TEXT_OR_NULL,
    fields={"type": ["array", "null"], "items": TEXT}, arguments={"type": "object"},
)  # fmt: skip
_HEAD: Mapping[str, Schema] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "command": TEXT,
    "chronology": object_of(title=TEXT_OR_NULL, as_of=TEXT_OR_NULL, files=_FILES),
    "query": _QUERY,
    "count": NUMBER,
    "matched": NUMBER,
}
