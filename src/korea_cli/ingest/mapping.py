"""Which column becomes which key: guessed from the heading, changed by whoever knows better, kept in a file."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError, NotInListError, UsageError
from korea_cli.base.problems import Problem
from korea_cli.editing.toml import toml_value
from korea_cli.model.field_spec import once
from korea_cli.model.records import RECORDS, Actor, Event, Fact, Source, Topic, keys_of, written_keys
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.model.records import Record
    from korea_cli.reading.pieces import TomlValue

REJECTED = "rejected"  # the column of our own that says why a row was rejected
TYPE = "record"  # the key of the column that says of which type a row's record is
# Keys that no record has, of which its date, sources and note are made.
PARTS = (
    "end_date", "year", "month", "day", "end_year", "end_month", "end_day", "precision", "locator", "media",
    "media_credit", "media_caption", TYPE,
)  # fmt: skip
SETTINGS = ("order", "short", "pivot", "source", "separator", "type", "encoding")
# What our own sheets and JSON say of a record that stands in no file: it is found anew.
FOUND = frozenset(
    {name for record in RECORDS for name, key in keys_of(record).items() if key.form == "found"}
    | {"type", "earliest", "latest", "precision"}
)
_SEVERAL = {"summary", "note"}  # texts that may stand in several columns, beside all lists
_LISTS = {"texts", "refs", "cites", "other_dates"}
_COMMON = {
    "notes": "note", "comment": "note", "comments": "note", "remark": "note", "remarks": "note", "uid": "id",
    "key": "id", "unique_id": "id", "unique": "id", "source_type": "type",
}  # fmt: skip
_SYNONYMS: dict[type[Record], dict[str, str]] = {
    Event: {
        "headline": "title", "event": "title", "what": "title", "heading": "title", "name": "title", "subject": "title",
        "when": "date", "start": "date", "start_date": "date", "event_date": "date", "from": "date", "datum": "date",
        "end": "end_date", "until": "end_date", "to": "end_date", "date_end": "end_date", "enddate": "end_date",
        "startdate": "date", "date_start": "date", "date_precision": "precision", "accuracy": "precision",
        "certainty": "precision", "display_date": "date_text", "date_as_written": "date_text", "description": "summary",
        "details": "summary", "text": "summary", "what_happened": "title", "body": "summary", "location": "place",
        "where": "place", "city": "place", "venue": "place", "who": "actors", "by": "actors", "participants": "actors",
        "people": "actors", "persons": "actors", "person": "actors", "to_whom": "recipients", "target": "recipients",
        "group": "topics", "tags": "topics", "category": "topics", "categories": "topics", "theme": "topics",
        "themes": "topics", "reference": "sources", "references": "sources", "citation": "sources", "url": "sources",
        "link": "sources", "links": "sources", "page": "locator", "pages": "locator", "p": "locator",
        "event_type": "kind", "start_time": "time", "time_zone": "timezone", "tz": "timezone",
    },
    Fact: {"claim": "text", "statement": "text", "who": "holders", "by": "holders", "tags": "topics", "when": "date"},
    Actor: {"title": "name", "other_names": "aliases", "also_known_as": "aliases", "position": "role"},
    Topic: {"title": "label", "name": "label", "topic": "label", "parent": "broader"},
    Source: {"name": "title", "author": "authors", "link": "url", "publication": "container", "published": "issued"},
}  # fmt: skip


class Mapping(NamedTuple):
    """What each heading becomes: a key, or "" where it is left out; by heading, and where two are alike by their order.

    settings: how a file that a mapping was kept in has the sheet read.
    """

    keys: tuple[tuple[str, str], ...]
    settings: dict[str, str] = {}  # noqa: RUF012 - never changed

    def shown(self) -> list[str]:
        """Say in sentences which column becomes which key."""
        taken = [f"'{heading}' as {key}" if heading != key else key for heading, key in self.keys if key]
        told_anyway = {REJECTED, "", *(FOUND if TYPE in dict(self.keys).values() else ())}
        left = [f"'{heading}'" for heading, key in self.keys if not key and heading not in told_anyway]
        told = [f"columns read: {', '.join(taken)}"] if taken else []
        return told + ([f"columns left out: {', '.join(left)}; --map 'COLUMN=KEY' takes one"] if left else [])


def mapped(headings: Sequence[str], record: type[Record], said: Iterable[tuple[str, str]]) -> Mapping:
    """Map headings to keys, as somebody said, else by what they are called; raises NotInListError."""
    chosen, found = dict(said), []
    allowed = keys_for(record)
    for heading, key in chosen.items():
        if headings and heading not in headings:
            raise NotInListError("column", heading, headings)
        if key and key not in allowed:
            raise NotInListError("key", key, allowed)
    if not headings:  # each row names its own
        return Mapping(tuple(chosen.items()))
    taken = {key for key in chosen.values() if not _several(record, key)}
    for heading in headings:
        key = chosen[heading] if heading in chosen else guessed(heading, record)
        if heading not in chosen and key in taken:
            key = ""
        if key and not _several(record, key):
            taken.add(key)
        found.append((heading, key))
    if "title" not in {key for _, key in found} and record is Event:  # what happened, in whatever length it is told
        told = next(
            (number for number, (heading, key) in enumerate(found) if key == "summary" and heading not in chosen), None
        )
        found = [(heading, "title" if number == told else key) for number, (heading, key) in enumerate(found)]
    _require_needed(record, {key for _, key in found}, headings)
    return Mapping(tuple(found))


def _require_needed(record: type[Record], keys: set[str], headings: Sequence[str]) -> None:
    """Make sure that there is a column for each key that a record cannot be without."""
    for written, name in written_keys(record).items():
        if (
            keys_of(record)[name].required
            and written not in {"id", *keys}
            and not (written == "date" and "year" in keys)
        ):
            raise UsageError(
                f"no column is read as '{written}', which every {record.type} has; --map 'COLUMN={written}' says which."
                f" The columns are: {', '.join(filter(None, headings))}"
            )


def _several(record: type[Record], key: str) -> bool:
    written = written_keys(record)
    return key in _SEVERAL or (key in written and keys_of(record)[written[key]].form in _LISTS)


def keys_for(record: type[Record]) -> tuple[str, ...]:
    """Give the keys that a column may become."""
    dated = PARTS if any(key.dated for key in keys_of(record).values()) else (TYPE,)
    return (*written_keys(record), *dated)


def guessed(heading: str, record: type[Record]) -> str:
    """Guess the key that a heading means; "" where it says nothing to us."""
    name, known = _plain(heading), _called(record)
    if name == "type":
        return TYPE
    bare = re.sub(r"_?\d+$", "", name.removeprefix(f"{record.type}_"))  # `event_id`, `actor1`
    forms = (name, re.sub("_?s$", "", name), bare)
    return next((known[form] for form in forms if form in known), "")


@lru_cache(maxsize=1024)  # where each row names its own, they are the same in all
def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


@once
def _called(record: type[Record] | type) -> dict[str, str]:
    """Give the keys of a record type by all that a heading may call them."""
    known = {key.removesuffix("s"): key for key in keys_for(record) if key.endswith("s")}
    known |= {**_COMMON, **_SYNONYMS[record], **{key: key for key in keys_for(record)}}
    if record is not Source:
        known.pop("source_type", None)
    return known


def said(typed: Iterable[str]) -> list[tuple[str, str]]:
    """Read `Column=key` as typed; the last equals sign counts."""
    pairs = []
    for each in typed:
        heading, equals, key = each.rpartition("=")
        if not equals or not heading.strip():
            raise UsageError(f"'{each}' is not COLUMN=KEY")
        pairs.append((heading.strip(), key.strip()))
    return pairs


def kept(file: str) -> Mapping:
    """Read a mapping that was kept; raises DataError."""
    document, problem = read_document(file, Path(file))
    settings = {key: value for key, value in document.tables.items() if key != "columns"}
    wrong = [key for key in settings if key not in SETTINGS]
    columns, texts = _texts(document.tables.get("columns", {})), _texts(settings)
    if problem is None and (wrong or columns is None or texts is None):
        message = (
            f"'{wrong[0]}' is no setting of a mapping" if wrong else "this is not a mapping: [columns] holds texts"
        )
        problem = Problem(file=file, message=message, check="mapping")
    if problem:
        raise DataError((problem,))
    return Mapping(tuple((columns or {}).items()), texts or {})


def _texts(values: TomlValue) -> dict[str, str] | None:
    """Return a table in which all values are texts; None for anything else."""
    if not isinstance(values, dict):
        return None
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    return texts if len(texts) == len(values) else None


def written(mapping: Mapping) -> str:
    """Write a mapping for keeping."""
    lines = ['# How `korea import` reads a sheet: --mapping takes this file. A column that becomes "" is left out.']
    lines += [f"{key} = {toml_value(value)}" for key, value in mapping.settings.items() if value]
    named = dict(reversed([(heading, key) for heading, key in mapping.keys if heading != REJECTED]))
    lines += [
        "",
        "[columns]",
        *(f"{toml_value(heading)} = {toml_value(key)}" for heading, key in reversed(named.items())),
    ]
    return "\n".join(lines) + "\n"


TYPES = {record.type: record for record in RECORDS}
