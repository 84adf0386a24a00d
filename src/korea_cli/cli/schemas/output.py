"""The JSON Schema of the output with `--json`: for each command, the query and the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from korea_cli import commands
from korea_cli.analysis.aggregates import Overview
from korea_cli.analysis.counting import Cell
from korea_cli.analysis.dispute_cases import CONTESTED
from korea_cli.analysis.gaps import Gap
from korea_cli.analysis.histogram import Period
from korea_cli.analysis.pairs import Pair
from korea_cli.base.problems import Problem, Severity
from korea_cli.cache.inventory import CachedIndex
from korea_cli.cli.schemas.data import DIALECT, TEXT, Schema, list_of
from korea_cli.cli.schemas.probe import sections_of
from korea_cli.commands.cite import RenderedCitation
from korea_cli.comparing.changes import Change
from korea_cli.model.choices import DISPUTE_STATES
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORD_TYPES, Match, keys_of
from korea_cli.report.report import SCHEMA_VERSION
from korea_cli.report.sections import Count
from korea_cli.rows.columns import REFERRING, shown_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.report.sections import Section
    from korea_cli.rows.column import Column


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _titled(title: str, /, **properties: Schema) -> Schema:
    """Return the schema of an object that has a name, also as a type in Python."""
    return {"title": title, **_object(**properties)}


_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer"}
_NUMBER_OR_NULL: Schema = {"type": ["integer", "null"]}
_YES_OR_NO: Schema = {"type": "boolean"}
_TEXTS = list_of(TEXT)
_FILES = list_of(_titled("data file", path=TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}))
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
_NEIGHBOUR: Schema = {"anyOf": [_titled("event of gap", id=TEXT, title=TEXT), {"type": "null"}]}
_DERIVED: Mapping[tuple[str, str], Schema] = {
    ("period", "lane"): _TEXT_OR_NULL, ("index", "read"): _TEXT_OR_NULL, ("index", "files"): _FILES,
    **{("pair", key): _titled("actor reference", id=TEXT, name=TEXT) for key in ("actor", "other")},
    ("pair", "kinds"): list_of(_titled("kind count", kind=_TEXT_OR_NULL, event_count=_NUMBER)),
    ("gap", "previous"): _NEIGHBOUR, ("gap", "next"): _NEIGHBOUR,
    **{(type_, key): TEXT for type_, keys in _ALWAYS.items() for key in keys},
}  # fmt: skip
_ANNOTATED: Mapping[str, Schema] = {
    "str": _TEXT_OR_NULL,  # an empty text is null
    "str | None": _TEXT_OR_NULL,
    "int": _NUMBER,
    "int | None": _NUMBER_OR_NULL,
    "bool": _YES_OR_NO,
    "tuple[str, ...]": _TEXTS,
    "list[str]": _TEXTS,
    "list[str] | None": {"type": ["array", "null"], "items": TEXT},
    "list[list[int]]": list_of(list_of(_NUMBER)),
    "StoredDate | None": _TEXT_OR_NULL,
    "Match | None": {"enum": [*get_args(Match), None]},
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
        "$defs": {"head": _object(**_HEAD), **rows},
    }


def _outcome(writing: list[str], rows: Schema) -> Schema:
    """Return the schema of what the commands that write print: what they changed, and where."""
    change = rows["change"]["properties"]
    place = {"file": _TEXT_OR_NULL, "line": _NUMBER_OR_NULL}
    properties = {
        "schema_version": _HEAD["schema_version"], "command": {"enum": writing}, "dry_run": _YES_OR_NO,
        "files": _FILES, "count": _NUMBER,
        "changes": list_of(_object(**change, **place)),
    }  # fmt: skip
    return {"title": "changes", **_object(**properties)}


def _answer(command: str, sections: tuple[Section, ...], rows: Schema) -> Schema:
    with_parts = [each for section in sections for each in (section, section.parts) if each]
    parts = {section.key: _part(command, section, rows) for section in with_parts}
    whole = {section.key: _part(command, section, rows, whole=True) for section in sections}
    always = [section.key for section in sections if not section.optional]
    parameters = commands.parameters_of(commands.load(command).answer)
    types = {each.name: each.type.__name__ if isinstance(each.type, type) else str(each.type) for each in parameters}
    arguments = {name: _ANNOTATED[annotation] for name, annotation in types.items()}
    query = {"properties": {"arguments": _object(**arguments)}}
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
    derived = _DERIVED.get((type_, name)) or {**_OF_DISPUTES, **_OF_SPEAKERS}.get(type_, {}).get(name)
    if derived:
        return derived
    if type_ not in RECORD_TYPES:
        return _annotated(_ROWS[type_], name)
    record = RECORD_TYPES[type_]
    for attribute, key in keys_of(record).items():
        if name == (key.shown_as or attribute):
            return _of_key(record, attribute, key)
    relation = next((each for each in REFERRING[type_] if each.key == name), None)
    return list_of(_reference_to(relation.by)) if relation else _TEXT_OR_NULL  # else a bound of its date


def _annotated(row: type, name: str) -> Schema:
    field = getattr(row, name, None)
    annotations = row.__annotations__
    if isinstance(field, property) and field.fget:
        annotations = {name: field.fget.__annotations__["return"]}
    return _ANNOTATED[str(getattr(annotations[name], "__forward_arg__", annotations[name]))]


def _of_key(record: type[Record], attribute: str, key: Key) -> Schema:
    if key.form == "found":
        return _annotated(record, attribute)
    reference = _reference_to(tuple(table.removesuffix("s") for table in key.refers))
    if key.form == "ref":
        return {"anyOf": [reference, {"type": "null"}]}
    if key.form in LISTS:
        return list_of({**_ITEMS, "refs": reference}[key.form])
    if key.form == "flag":
        return _YES_OR_NO
    return TEXT if key.required else _TEXT_OR_NULL


_CITATION = _titled("source citation", id=TEXT, locator=_TEXT_OR_NULL, title=TEXT, url=_TEXT_OR_NULL)
_OTHER_DATE = _titled(
    "alternative date", date=TEXT, earliest=_TEXT_OR_NULL, latest=_TEXT_OR_NULL, note=_TEXT_OR_NULL,
    sources=list_of(_CITATION),
)  # fmt: skip
_RECORD = _titled("record reference", type=TEXT, id=TEXT, title=TEXT)
_ACTORS = list_of(_titled("actor reference", id=TEXT, name=TEXT))
_POSITION: Mapping[str, Schema] = {
    "side": _NUMBER, "record": {"enum": ["event", "fact", "actor", "source"]}, "id": TEXT, "who": _TEXT_OR_NULL,
    "holders": _ACTORS, "reported_by": _ACTORS, "says": _TEXT_OR_NULL, "date": _TEXT_OR_NULL, "status": _TEXT_OR_NULL,
    "hedged": _YES_OR_NO, "sources": list_of(_CITATION), "note": _TEXT_OR_NULL,
}  # fmt: skip
_DISPUTE: Schema = {"title": TEXT, "state": {"enum": [*DISPUTE_STATES]}, "contested": {"enum": [*CONTESTED]}}
_OF_DISPUTES: Mapping[str, Mapping[str, Schema]] = {
    "dispute": {
        **_DISPUTE, "id": TEXT, "date": _TEXT_OR_NULL, "side_count": _NUMBER, "position_count": _NUMBER,
        "event": {"anyOf": [_RECORD, {"type": "null"}]},
        "match": {"enum": [*get_args(Match), None]}, "positions": list_of(_titled("dispute position", **_POSITION)),
    },
    "position": {**_DISPUTE, **_POSITION, "dispute": TEXT, "match": {"enum": [*get_args(Match), None]}},
}  # fmt: skip
_MATCH: Schema = {"enum": [*get_args(Match), None]}
_REMARK: Mapping[str, Schema] = {
    "record": {"enum": ["event", "fact"]}, "id": TEXT, "date": _TEXT_OR_NULL, "kind": _TEXT_OR_NULL, "says": TEXT,
    "actors": _ACTORS, "recipients": _ACTORS, "via": _ACTORS, "status": _TEXT_OR_NULL, "hedged": _YES_OR_NO,
    "change": _MATCH, "changes": list_of(_RECORD), "last": _MATCH, "match": _MATCH, "sources": list_of(_CITATION),
}  # fmt: skip
_OF_SPEAKERS: Mapping[str, Mapping[str, Schema]] = {
    "speaker": {
        "id": TEXT, "name": TEXT, "position_count": _NUMBER, "change_count": _NUMBER, "first": _TEXT_OR_NULL,
        "last": _TEXT_OR_NULL, "positions": list_of(_titled("actor position", **_REMARK)),
    },
    "remark": {**_REMARK, "speaker": TEXT, "name": TEXT},
}  # fmt: skip
_ITEMS: Mapping[str, Schema] = {"texts": TEXT, "cites": _CITATION, "other_dates": _OTHER_DATE}


def _reference_to(types: tuple[str, ...]) -> Schema:
    shown = shown_by(types)
    if shown == "title":
        return _RECORD
    return _titled(f"{types[0]} reference", id=TEXT, **{shown: TEXT})


_QUERY = _object(
    terms=_TEXTS, **{"from": _TEXT_OR_NULL}, to=_TEXT_OR_NULL, year_assumed=_YES_OR_NO,
    around=_TEXT_OR_NULL, known_by=_TEXT_OR_NULL, certain=_YES_OR_NO,
    today=_TEXT_OR_NULL, limit=_NUMBER_OR_NULL, reverse=_YES_OR_NO, sort=_TEXT_OR_NULL,
    fields={"type": ["array", "null"], "items": TEXT}, arguments={"type": "object"},
)  # fmt: skip
_HEAD: Mapping[str, Schema] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "command": TEXT,
    "chronology": _object(title=_TEXT_OR_NULL, as_of=_TEXT_OR_NULL, files=_FILES),
    "query": _QUERY,
    "count": _NUMBER,
    "matched": _NUMBER,
}
