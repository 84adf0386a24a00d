"""What the headings of sheets and the keys of JSON mean: the keys of records, by all that people call them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from korea_cli.base.nearest import nearest
from korea_cli.base.once import once
from korea_cli.ingest.columns.foreign_headings import FOREIGN
from korea_cli.ingest.names.registry import NAMED
from korea_cli.ingest.names.values import InvalidValue
from korea_cli.model.field_spec import DERIVED, LISTS
from korea_cli.model.records import RECORDS, Actor, Event, Fact, Source, Topic, file_keys, keys_of, written_keys
from korea_cli.model.row import title_key
from korea_cli.reading.findings import LISTED
from korea_cli.rows.columns import REFERRING
from korea_cli.rows.short import SHORT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from korea_cli.model.records import Record

REJECTED = "rejected because"  # the column that korea adds, with the reason why a row is rejected
LONGEST_TITLE = 200  # letters; a list shows a title in a line or two
SECTION = "section"  # the column that sheets of several lists have, with the name of the list
TYPE = "record"  # the key of a column with the type of each record
# Keys of columns that are no keys of a record: its date, sources and note are made of them.
PARTS = (
    "end_date", "year", "month", "day", "end_year", "end_month", "end_day", "precision", "locator", "media",
    "media_credit", "media_caption", TYPE,
)  # fmt: skip
_LOCATORS = {"locator", "page", "pages", "p", "paragraph"}
_OF_A_DATE = {  # `Start Year`; `date.year` in JSON
    f"{before}_{part}": f"{key}{part}"
    for key, names in (("", "date start start_date begin"), ("end_", "end end_date date_end"))
    for before in names.split() for part in ("year", "month", "day")
}  # fmt: skip
_BEHIND = re.compile(r"(?P<cell>.+) \((?P<what>link|comment)\)(?: \d+)?")
JOINED = {"summary", "note"}  # texts that can be in several columns, as lists can
_COMMON = {
    "notes": "note", "comment": "note", "comments": "note", "remark": "note", "remarks": "note", "uid": "id",
    "key": "id", "unique_id": "id", "unique": "id",
}  # fmt: skip
_SYNONYMS: dict[type[Record], dict[str, str]] = {
    Event: {
        "headline": "title", "event": "title", "what": "title", "heading": "title", "name": "title", "subject": "title",
        "when": "date", "start": "date", "start_date": "date", "event_date": "date", "from": "date", "datum": "date",
        "end": "end_date", "until": "end_date", "to": "end_date", "date_end": "end_date", "enddate": "end_date",
        "startdate": "date", "date_start": "date", "date_precision": "precision", "accuracy": "precision",
        "certainty": "precision", "time_precision": "precision", "display_date": "date_text",
        "date_as_written": "date_text", "description": "summary", "details": "summary", "text": "summary",
        "what_happened": "title", "body": "summary", "location": "place",
        "where": "place", "city": "place", "venue": "place", "who": "actors", "by": "actors", "participants": "actors",
        "people": "actors", "persons": "actors", "person": "actors", "by_whom": "actors", "initiator": "actors",
        "whom": "recipients", "to_whom": "recipients", "with_whom": "recipients", "addressee": "recipients",
        "receiver": "recipients", "target": "recipients",
        "group": "topics", "tags": "topics", "category": "topics", "categories": "topics", "theme": "topics",
        "themes": "topics", "reference": "sources", "references": "sources", "citation": "sources", "url": "sources",
        "link": "sources", "links": "sources", "page": "locator", "pages": "locator", "p": "locator",
        "event_type": "kind", "start_time": "time", "time_zone": "timezone", "tz": "timezone", "label": "title",
        "point_in_time": "date", "pointintime": "date", "date_iso": "date", "iso_date": "date",
        "article": "sources", "wikipedia": "sources",
        **FOREIGN, **_OF_A_DATE, "assoc_actor": "actors", "sourceurl": "sources", "source_url": "sources",
    },
    Fact: {"claim": "text", "statement": "text", "who": "holders", "by": "holders", "tags": "topics", "when": "date"},
    Actor: {
        "title": "name", "full_name": "name", "alias": "aliases", "other_names": "aliases", "also_known_as": "aliases",
        "position": "role", "office": "role", "rank": "role", "nationality": "country", "qid": "wikidata",
        "wikidata_id": "wikidata", "organisation": "affiliation", "organization": "affiliation",
    },
    Topic: {"title": "label", "name": "label", "topic": "label", "parent": "broader", "alias": "aliases"},
    Source: {
        "name": "title", "headline": "title", "author": "authors", "by": "authors", "byline": "authors",
        "creator": "authors", "link": "url", "href": "url", "uri": "url", "publication": "container",
        "outlet": "container", "newspaper": "container", "journal": "container", "magazine": "container",
        "website": "container", "site": "container", "published": "issued", "date": "issued", "year": "issued",
        "published_at": "issued", "publication_date": "issued", "archive": "archive_url", "archived": "archive_url",
        "archive_link": "archive_url", "retrieved": "accessed", "access_date": "accessed", "lang": "language",
    },
}  # fmt: skip


def joins(record: type[Record], key: str) -> bool:
    """Whether several columns can have a key."""
    return key in JOINED or (key in file_keys(record) and file_keys(record)[key].form in LISTS)


def keys_for(record: type[Record]) -> tuple[str, ...]:
    """Return the keys that a column can have."""
    dated = PARTS if any(key.dated for key in keys_of(record).values()) else (TYPE,)
    return (*file_keys(record), *dated)


def missing_keys(record: type[Record], keys: Collection[str]) -> list[str]:
    """Return the keys that every record must have and that are not among some: an id can be made, a date composed."""
    required = (written for written, key in file_keys(record).items() if key.required and written != "id")
    return [each for each in required if each not in keys and not (each == "date" and "year" in keys)]


def keys_at(path: str, record: type[Record], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that a value at a path of JSON can have: `sources[].outlet` is one of a source."""
    first, mark, rest = path.partition("[].") if "[]." in path else path.partition(".")
    key = chosen.get(first) or guess_key(first, record)
    nested = spelled_out(record, key) if mark else None
    if nested is None:
        return keys_for(record)
    inner = tuple(each for each in keys_at(rest, nested, {}) if each != TYPE)
    return (*inner, "locator") if nested is Source else inner


def guess_key(heading: str, record: type[Record]) -> str:
    """Return the key that a heading probably means; "" for none."""
    if match := _BEHIND.fullmatch(heading):
        return _guess_behind(match["cell"], match["what"], record)
    name, names = plain_heading(heading), _called(record)
    if name == "type":
        return TYPE
    bare = re.sub(r"_?\d+$", "", name.removeprefix(f"{record.type}_"))  # `event_id`, `actor1`
    forms = (name, re.sub("_?s$", "", name), f"{name}s", bare)
    return next((names[form] for form in forms if form in names), "")


def behind(heading: str, what: str) -> str:
    """Return the heading of a column with what is behind the cells of another one: links or comments."""
    return f"{heading} ({what})"


def is_behind(heading: str) -> bool:
    """Whether a column has what is behind the cells of another one."""
    return bool(_BEHIND.fullmatch(heading))


def _guess_behind(heading: str, what: str, record: type[Record]) -> str:
    """Return the key of what is behind the cells of a column: a title and a source link to sources."""
    if what == "comment":
        return "note" if "note" in file_keys(record) else ""
    citing = guess_key(heading, record) in {title_key(record), "sources"}
    return next((key for key in ("sources", "url") if citing and key in file_keys(record)), "")


def guess_nested(name: str, record: type[Record]) -> str:
    """Return the key that a name probably means in a record that is spelled out where another refers to it."""
    if name == "type":
        return next((key for key in ("type", "kind") if key in file_keys(record)), "")
    if record is Source and plain_heading(name) in _LOCATORS:
        return "locator"
    key = guess_key(name, record)
    return key if key in file_keys(record) else ""


def spelled_out(record: type[Record], key: str) -> type[Record] | None:
    """Return the type of the records that a key names, if a file can declare them where it names them."""
    spec = file_keys(record).get(key)
    tables = spec.refers if spec and spec.form in {"refs", "cites"} else ()
    return NAMED.get(tables[0]) if len(tables) == 1 else None


@lru_cache(maxsize=1024)  # where each row names its own, they are the same in all
def plain_heading(heading: str) -> str:
    """Return a heading in small letters, with _ between its words, also where only capitals begin them."""
    words = re.sub("(?<=[a-z])(?=[A-Z])", "_", heading)
    return re.sub(r"[\W_]+", "_", words.casefold()).strip("_")


@once
def _called(record: type[Record] | type) -> dict[str, str]:
    """Return the keys of a record type by all that a heading may call them."""
    names = {key.removesuffix("s"): key for key in keys_for(record) if key.endswith("s")}
    own = {key: key for key in keys_for(record) if not _is_derived(record, key)}
    return {**names, **_COMMON, **_SYNONYMS[record], **own, **exact_keys(record)}


def exact_keys(record: type[Record] | type) -> dict[str, str]:
    """Return the keys of a record type by what files and JSON call them; where they differ, as JSON does."""
    shown = {keys_of(record)[name].shown_as or name: written for written, name in written_keys(record).items()}
    return shown | {key: key for key in file_keys(record) if not _is_derived(record, key)}


def _is_derived(record: type[Record] | type, key: str) -> bool:
    """Whether JSON has something else under the name of a key of files: `file` is the data file of a record."""
    return key in keys_of(record) and keys_of(record)[key].form in DERIVED


@once
def found_keys(record: type[Record]) -> frozenset[str]:
    """Return the keys in sheets and JSON that korea writes and no file has: they are derived."""
    found = {name for name, key in keys_of(record).items() if key.form in DERIVED}
    return frozenset(found | {"type", "earliest", "latest", "precision"})


def key_in_row(heading: str, key: str, record: type[Record], first: type[Record]) -> str:
    """Return the key of a column in the row of a record; `key`: in a row of the type that the sheet is read as."""
    if record is first or key in {TYPE, "id"}:
        return key
    exact = exact_keys(record).get(heading, "")
    return exact or ("" if _is_called_so(heading) else key)


def keys_of_others(record: type[Record], headings: Collection[str]) -> dict[str, str]:
    """Return no key for each column of a sheet that korea wrote which only records of other types have."""
    return {each: "" for each in headings if _is_called_so(each) and each not in {*exact_keys(record), "type"}}


def _is_called_so(heading: str) -> bool:
    """Whether a record of any type has a key that is called so."""
    return any(heading in exact_keys(each) for each in RECORDS)


def is_own(record: type[Record], names: Collection[str]) -> bool:
    """Whether cells are those of a row that korea wrote, with all its keys or as a short sheet."""
    return own_keys(record) <= set(names) or {*SHORT[record.type]} <= set(names)


@once
def own_keys(record: type[Record]) -> frozenset[str]:
    """Return the keys that each row that korea writes has, unless some fields are chosen; older ones have no claims."""
    return frozenset({"type", "id", *(name for name, key in keys_of(record).items() if key.form == "found")})


@once
def derived_keys(record: type[Record]) -> frozenset[str]:
    """Return the keys in JSON that korea writes and no file has, with the relations that `korea show` adds."""
    return found_keys(record) - {"type"} | {relation.key for relation in REFERRING[record.type]}


FOUND = frozenset({SECTION, *chain(*map(found_keys, RECORDS))})


def read_object(record: type[Record], value: object) -> tuple[dict[str, object], list[InvalidValue]]:
    """Return the values of an object of JSON by the exact keys of a record, without those that korea adds by itself."""
    if not isinstance(value, dict):
        return {}, [InvalidValue("", "must be an object, written {...}")]
    keys = exact_keys(record)
    values = {keys[key]: each for key, each in value.items() if key in keys and (key, each) != ("type", record.type)}
    invalid = []
    if "type" in value and "type" not in keys and value["type"] != record.type:
        invalid.append(InvalidValue("", f"must have the type '{record.type}', not '{value['type']}'"))
    unknown = [key for key in value if key not in keys and key not in derived_keys(record) | {"type"}]
    invalid += [InvalidValue("", f"unknown key '{key}'", nearest(key, keys)) for key in unknown[:LISTED]]
    if len(unknown) > LISTED:
        invalid.append(InvalidValue("", f"has {len(unknown) - LISTED:,} more unknown keys"))
    return values, invalid
