"""The JSON Schema of what the program prints as JSON: for each command what stands before the records, and those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from korea_cli import commands
from korea_cli.analysis.aggregates import Overview
from korea_cli.analysis.histogram import Period
from korea_cli.base.problems import Problem, Severity
from korea_cli.cache.inventory import CachedIndex
from korea_cli.commands.cite import RenderedCitation
from korea_cli.comparing.changes import Change
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORD_TYPES, Match, keys_of
from korea_cli.report.report import SCHEMA_VERSION
from korea_cli.report.sections import Count
from korea_cli.rows.columns import REFERRING, shown_by
from korea_cli.schemas.data import DIALECT
from korea_cli.schemas.probe import sections_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.report.sections import Section
    from korea_cli.rows.column import Column

    Schema = dict[str, Any]
    _Reference = Callable[[str, tuple[Column, ...], str], Schema]


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _titled(title: str, /, **properties: Schema) -> Schema:
    """Return the schema of an object that has a name of its own, also as a type in Python."""
    return {"title": title, **_object(**properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer"}
_NUMBER_OR_NULL: Schema = {"type": ["integer", "null"]}
_YES_OR_NO: Schema = {"type": "boolean"}
_TEXTS = _list(_TEXT)
_FILES = _list(_titled("data file", path=_TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}))
_ALL_FIELDS: Schema = {"properties": {"query": {"properties": {"fields": {"type": "null"}}}}}
_ROWS: Mapping[str, type] = {each.type: each for each in (Overview, Problem)} | {
    "count": Count, "period": Period, "citation": RenderedCitation, "change": Change, "index": CachedIndex,
}  # fmt: skip
# Where a column has another type than the class of its rows declares.
_DERIVED: Mapping[tuple[str, str], Schema] = {
    ("period", "lane"): _TEXT_OR_NULL, ("period", "lane_name"): _TEXT, ("period", "from"): _TEXT,
    ("period", "to"): _TEXT, ("index", "read"): _TEXT_OR_NULL, ("index", "files"): _FILES,
    **{("citation", key): _TEXT for key in ("id", "style", "text", "short")},
    **{("problem", key): _TEXT for key in ("check", "place", "file", "message")},
    **{("count", key): _TEXT for key in ("by", "label")},
    **{(type_, "file"): _TEXT for type_ in RECORD_TYPES},
}  # fmt: skip
_ANNOTATED: Mapping[str, Schema] = {
    "str": _TEXT_OR_NULL,  # an empty text is told as null
    "str | None": _TEXT_OR_NULL,
    "int": _NUMBER,
    "int | None": _NUMBER_OR_NULL,
    "bool": _YES_OR_NO,
    "tuple[str, ...]": _TEXTS,
    "list[str]": _TEXTS,
    "list[str] | None": {"type": ["array", "null"], "items": _TEXT},
    "list[list[int]]": _list(_list(_NUMBER)),
    "StoredDate | None": _TEXT_OR_NULL,
    "Match | None": {"enum": [*get_args(Match), None]},
    "Severity": {"enum": [*get_args(Severity)]},
    "Json": {"type": ["string", "integer", "boolean", "array", "null"]},  # a value as a data file has it
}


def output_schema() -> Schema:
    """Return the schema of the documents that commands print with `--json`.

    Where `fields` of the query is null, every row has all its keys; else it has only those that were asked for. Further
    keys are allowed, as later versions of the program may add some; `jsonl` has the records alone.
    """
    rows = _Rows()
    types = {name: commands.load(name).answer.__annotations__ for name in commands.names()}
    asked = {name: sections for name in types if (sections := sections_of(commands.load(name)))}
    plain_first = sorted(asked, key=lambda name: not asked[name][0].kept)  # they give the rows their plain names
    answers = [_answer(name, asked[name], rows) for name in plain_first]
    return {
        "$schema": DIALECT,
        "title": "Answer",
        "description": "What korea prints with --json. Where query.fields is null, records have all their keys.",
        "type": "object",
        "oneOf": [*answers, _outcome([name for name, own in types.items() if own.get("return") == "Outcome"], rows)],
        "$defs": {"head": _object(**_HEAD), **rows.named},
    }


def _outcome(writing: list[str], rows: _Rows) -> Schema:
    """Return the schema of what the commands that write print: what they changed, and where that stands."""
    change = rows.named["change"]["properties"]
    place = {"file": _TEXT_OR_NULL, "line": _NUMBER_OR_NULL}
    properties = {
        "schema_version": _HEAD["schema_version"], "command": {"enum": writing}, "dry_run": _YES_OR_NO,
        "files": _FILES, "count": _NUMBER,
        "changes": _list(_object(**change, **place)),
    }  # fmt: skip
    return {"title": "changes", **_object(**properties)}


def _answer(command: str, sections: Iterable[Section], rows: _Rows) -> Schema:
    sections = tuple(sections)
    parts = {section.key: _part(command, section, rows.narrowed) for section in sections}
    whole = {section.key: _part(command, section, rows.whole) for section in sections}
    always = [section.key for section in sections if not section.optional]
    types = {each.name: each.type for each in commands.parameters_of(commands.load(command).answer)}
    arguments = {
        name: _ANNOTATED[each.__name__ if isinstance(each, type) else str(each)] for name, each in types.items()
    }
    query = {"properties": {"arguments": _object(**arguments)}}
    properties = {"command": {"const": command}, "query": query, **parts}
    head = {"allOf": [{"$ref": "#/$defs/head"}]}
    complete = {"if": _ALL_FIELDS, "then": {"required": always, "properties": whole}}
    return {"title": command, **head, "properties": properties, **complete}


def _part(command: str, section: Section, reference: _Reference) -> Schema:
    types = [reference(type_, section.columns[type_], command) for type_ in section.columns.types]
    if section.single:
        return {"anyOf": [*types, {"type": "null"}]}
    return _list(types[0] if len(types) == 1 else {"anyOf": types})


class _Rows:
    """The schemas of rows that were needed so far, each under its type, or under type and command where they differ."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def narrowed(self, type_: str, columns: tuple[Column, ...], command: str) -> Schema:
        """Refer to the schema of rows of a type that may lack any of some columns, and keep it."""
        properties = {column.key: _described(type_, column) for column in columns}
        made = {"type": "object", "properties": properties}
        name = type_ if self.named.setdefault(type_, made) == made else f"{type_}-of-{command}"
        self.named[name] = made
        return {"$ref": f"#/$defs/{name}"}

    def whole(self, type_: str, columns: tuple[Column, ...], command: str) -> Schema:
        """Refer to the schema of rows of a type that have all of some columns."""
        return {**self.narrowed(type_, columns, command), "required": [column.key for column in columns]}


def _described(type_: str, column: Column) -> Schema:
    value = {"const": type_} if column.key == "type" else _value(type_, column.key)
    return {"description": column.help, **value} if column.help else value


def _value(type_: str, name: str) -> Schema:
    if (type_, name) in _DERIVED:
        return _DERIVED[type_, name]
    if type_ not in RECORD_TYPES:
        return _annotated(_ROWS[type_], name)
    record = RECORD_TYPES[type_]
    keys = {key.shown_as or attribute: (attribute, key) for attribute, key in keys_of(record).items()}
    if name in keys:
        return _of_key(record, *keys[name])
    return (
        _TEXT_OR_NULL
        if name in _BOUNDS
        else _list(_reference_to(next(each.by for each in REFERRING[type_] if each.key == name)))
    )


def _annotated(row: type, name: str) -> Schema:
    """Return the schema of a field by what its class says of it."""
    derived = getattr(row, name, None)
    said: Any = row.__annotations__.get(name)
    if isinstance(derived, property) and derived.fget:
        said = derived.fget.__annotations__["return"]
    return _ANNOTATED[getattr(said, "__forward_arg__", said)]


def _of_key(record: type[Record], attribute: str, key: Key) -> Schema:
    if key.form == "found":
        return _annotated(record, attribute)
    reference = _reference_to(tuple(table.removesuffix("s") for table in key.refers))
    if key.form == "ref":
        return {"anyOf": [reference, {"type": "null"}]}
    if key.form in LISTS:
        return _list({**_ITEMS, "refs": reference}[key.form])
    if key.form == "flag":
        return _YES_OR_NO
    return _TEXT if key.required else _TEXT_OR_NULL


_BOUNDS = {"earliest", "latest", "precision"}
_CITATION = _titled("source citation", id=_TEXT, locator=_TEXT_OR_NULL, title=_TEXT, url=_TEXT_OR_NULL)
_OTHER_DATE = _titled(
    "alternative date",
    date=_TEXT,
    earliest=_TEXT_OR_NULL,
    latest=_TEXT_OR_NULL,
    sources=_list(_CITATION),
    note=_TEXT_OR_NULL,
)  # fmt: skip
_ITEMS: Mapping[str, Schema] = {"texts": _TEXT, "cites": _CITATION, "other_dates": _OTHER_DATE}


def _reference_to(types: tuple[str, ...]) -> Schema:
    """Return the schema of a reference to a record of one of some types."""
    shown = shown_by(types)
    if shown == "title":
        return _titled("record reference", type=_TEXT, id=_TEXT, title=_TEXT)
    return _titled(f"{types[0]} reference", id=_TEXT, **{shown: _TEXT})


_QUERY = _object(
    terms=_TEXTS, **{"from": _TEXT_OR_NULL}, to=_TEXT_OR_NULL, year_assumed=_YES_OR_NO, certain=_YES_OR_NO,
    today=_TEXT_OR_NULL, limit=_NUMBER_OR_NULL, reverse=_YES_OR_NO, sort=_TEXT_OR_NULL,
    fields={"type": ["array", "null"], "items": _TEXT}, arguments={"type": "object"},
)  # fmt: skip
_HEAD: Mapping[str, Schema] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "command": _TEXT,
    "chronology": _object(title=_TEXT_OR_NULL, as_of=_TEXT_OR_NULL, files=_FILES),
    "query": _QUERY,
    "count": _NUMBER,
    "matched": _NUMBER,
}
