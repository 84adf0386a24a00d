"""Map the columns of a sheet to keys: guessed from headings, set by --map, saved in a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError, NotInListError, UsageError
from korea_cli.base.problems import Problem
from korea_cli.editing.toml import toml_value
from korea_cli.ingest import actor_codes
from korea_cli.ingest.building.objects import TEXTS
from korea_cli.ingest.columns.headings import (
    REJECTED,
    guess_key,
    is_behind,
    joins,
    keys_at,
    keys_for,
    missing_keys,
    plain_heading,
)  # fmt: skip
from korea_cli.ingest.columns.titles import columns_in, is_title
from korea_cli.ingest.open_question import MissingColumnError
from korea_cli.model.records import RECORD_TYPES, Event
from korea_cli.model.row import title_key
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from korea_cli.ingest.sheet import SheetRow
    from korea_cli.model.records import Record
    from korea_cli.reading.pieces import TomlTable, TomlValue

_FEWEST = 2  # rows: what is wrong with one can be said of itself
_LISTED = 30  # names
SETTINGS = (
    "order", "short", "pivot", "source", "separator", "type", "encoding", "at", "header_row", "headings", "sheet",
    "skip_identical", "join_rows", "missing", "title", "new_kinds",
)  # fmt: skip


class ColumnMapping(NamedTuple):
    """The key of each heading, in order, or "" where a column is ignored; `settings` of a mapping that was saved.

    guessed: of rows that name their own cells, the names that are not called like their keys. books: what the codes in
    columns stand for. title: what titles are composed of. codes: the columns with codes of actors, by the table of
    these, each with the column that has a name for where there is no code.
    """

    keys: tuple[tuple[str, str], ...]
    settings: dict[str, str] = {}  # noqa: RUF012 - never changed
    guessed: tuple[tuple[str, str], ...] = ()
    books: Mapping[str, Mapping[str, str]] = {}
    title: str = ""
    codes: Mapping[str, Mapping[str, str]] = {}

    def sentences(self, names: Collection[str] = ()) -> list[str]:
        """Return which column becomes which key.

        names: those in rows that name their own cells, of which a mapping may have more.
        """
        known = {*names}
        keys = [
            (path, key) for path, key in (*self.keys, *self.guessed)
            if not known or known & {path, re.split(r"[.[]", path)[0]}
        ]  # fmt: skip
        names = {name: code for pairs in self.codes.values() for code, name in pairs.items()}
        without = {each: f" where '{code}' has none" for each, code in names.items() if dict(keys).get(code)}
        mapped = [(f"'{each}' as {key}" if each != key else key) + without.get(each, "") for each, key in keys if key]
        mapped += [f"'{self.title}' as title"] if self.title else []
        return [f"columns: {', '.join(mapped)}"] if mapped else []


def map_columns(
    headings: Sequence[str], record: type[Record], chosen: Iterable[tuple[str, str]], title: str = "",
    *, whole: bool = True,
) -> ColumnMapping:  # fmt: skip
    """Map headings to keys, as chosen, else by what they are called; raises NotInListError.

    title: what titles are composed of, so that no column is one. whole: whether each row must make a whole record.
    """
    keys = dict(chosen)
    for heading, key in keys.items():
        if headings and heading not in headings:
            raise NotInListError("column", heading, headings)
        allowed = keys_for(record) if headings else keys_at(heading, record, keys)
        if key and key not in allowed:
            raise NotInListError("key", key, allowed)
    if not headings:  # each row names its own
        return ColumnMapping(tuple(keys.items()), title=title)
    columns_in(title, headings)
    found = _guessed(headings, record, keys, {title_key(record)} if title else set())
    if whole and not title:
        likeliest = _likeliest_title(record, found, keys)
        found = [(heading, "title" if (heading, key) == likeliest else key) for heading, key in found]
    if whole:
        _require_columns(record, {*(key for _, key in found), *([title_key(record)] if title else ())}, headings)
    return ColumnMapping(tuple(found), title=title)


def _guessed(
    headings: Sequence[str], record: type[Record], keys: Mapping[str, str], taken: set[str]
) -> list[tuple[str, str]]:
    """Return the key of each heading; of several for a single value, one that is called like it, else the first."""
    guessed = {heading: guess_key(heading, record) for heading in headings if heading not in keys}
    used = taken | {key for key in keys.values() if not joins(record, key)}
    exact = {key: heading for heading, key in guessed.items() if plain_heading(heading) == key}
    found = []
    for heading in headings:
        key = keys.get(heading, guessed.get(heading, ""))
        if heading in guessed and is_behind(heading) and "locator" in {*keys.values(), *guessed.values()}:
            key = "" if key == "sources" else key  # a page is one of the source that has a column
        if heading in guessed and key and not joins(record, key):
            if key in used or exact.get(key, heading) != heading:
                key = ""
            used.add(key)
        found.append((heading, key))
    return found


def _likeliest_title(
    record: type[Record], keys: Collection[tuple[str, str]], chosen: Collection[str]
) -> tuple[str, str] | None:
    """Return what has the titles of events where no heading says so: what is called a name, else the first summary."""
    if record is not Event or "title" in {key for _, key in keys}:
        return None
    free = [(heading, key) for heading, key in keys if heading not in chosen]
    named = [(heading, key) for heading, key in free if not key and is_title(heading)]
    return next(iter([*named, *((heading, key) for heading, key in free if key == "summary")]), None)


def map_names(mapping: ColumnMapping, record: type[Record], rows: Sequence[SheetRow]) -> ColumnMapping:
    """Complete a mapping by the names in rows that name their own cells; raises UsageError where none can be a record.

    rows: the first ones. Those that korea wrote have types of their own.
    """
    objects = [row.cells for row in rows if isinstance(row.cells, dict) and not row.error]
    if len(objects) < _FEWEST or any(str(each.get("type")) in RECORD_TYPES for each in objects):
        return mapping
    keys = dict(mapping.keys)
    names = dict.fromkeys(path for each in objects for path in _paths(each) if path not in keys)
    guessed = {name: guess_key(name, record) for name in names}
    if not mapping.title and (likeliest := _likeliest_title(record, (guessed | keys).items(), keys)):
        keys[likeliest[0]] = "title"
    composed = {title_key(record)} if mapping.title else set()
    _require_columns(record, {*keys.values(), *guessed.values()} | composed, [*keys, *names][:_LISTED])
    others = ((name, key) for name, key in guessed.items() if key not in {"", name} and name not in keys)
    return mapping._replace(keys=tuple(keys.items()), guessed=tuple(others))


def _paths(values: Mapping[str, object], before: str = "") -> Iterator[str]:
    """Yield the paths of the values of an object, and of the objects in it."""
    for name, value in values.items():
        if value not in (None, "", [], {}):
            if not isinstance(value, dict) or not value.keys().isdisjoint(TEXTS):
                yield before + name
            if isinstance(value, dict):
                yield from _paths(value, f"{before}{name}.")


def _require_columns(record: type[Record], keys: set[str], headings: Sequence[str]) -> None:
    if missing := next(iter(missing_keys(record, keys)), None):
        composed = ". --title '{COLUMN} {COLUMN}' composes titles" if missing == title_key(Event) else ""
        raise MissingColumnError(missing, record, headings, composed)


def parse_maps(typed: Iterable[str]) -> list[tuple[str, str]]:
    """Parse `Column=key` as typed; the last equals sign counts."""
    pairs = []
    for each in typed:
        heading, equals, key = each.rpartition("=")
        if not equals or not heading.strip():
            raise UsageError(f"'{each}' is not COLUMN=KEY")
        pairs.append((heading.strip(), key.strip()))
    return pairs


def load_mapping(file: str) -> ColumnMapping:
    """Read a mapping that was saved; raises DataError."""
    document, problem = read_document(file, Path(file))
    if problem:
        raise DataError((problem,))
    return mapping_in(file, document.tables)


def mapping_in(file: str, tables: TomlTable) -> ColumnMapping:
    """Return the mapping in the tables of a file; raises DataError."""
    settings = {key: value for key, value in tables.items() if key not in {"columns", "values", "codes"}}
    wrong = [f"unknown setting '{key}'" for key in settings if key not in SETTINGS]
    columns, texts = _texts(tables.get("columns", {})), _texts(settings)
    books, codes = _tables_of_texts(tables.get("values", {})), _tables_of_texts(tables.get("codes", {}))
    known = actor_codes.names()
    wrong += [f"unknown codes '{key}'. Allowed values: {', '.join(known)}" for key in codes or () if key not in known]
    if wrong or columns is None or texts is None or books is None or codes is None:
        message = next(iter(wrong), "not a mapping: the values of its tables must be texts")
        raise DataError((Problem(file=file, message=message, check="mapping"),))
    return ColumnMapping(tuple(columns.items()), texts, books=books, codes=codes)


def _tables_of_texts(values: TomlValue) -> dict[str, dict[str, str]] | None:
    if not isinstance(values, dict):
        return None
    tables = {key: texts for key, table in values.items() if (texts := _texts(table)) is not None}
    return tables if len(tables) == len(values) else None


def _texts(values: TomlValue) -> dict[str, str] | None:
    if not isinstance(values, dict):
        return None
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    return texts if len(texts) == len(values) else None


def mapping_text(mapping: ColumnMapping) -> str:
    """Return the text of a mapping file."""
    lines = ['# How to read a sheet: korea import SHEET --mapping THIS_FILE. A column with the key "" is ignored.']
    lines += [f"{key} = {toml_value(value)}" for key, value in mapping.settings.items() if value]
    named = (f"{toml_value(heading)} = {toml_value(key)}" for heading, key in mapping.keys if heading != REJECTED)
    lines += ["", "[columns]", *named]
    tables = [("values", *each) for each in mapping.books.items()] + [
        ("codes", *each) for each in mapping.codes.items()
    ]
    for table, name, pairs in tables:
        texts = (f"{toml_value(key)} = {toml_value(value)}" for key, value in pairs.items())
        lines += ["", f"[{table}.{toml_value(name)}]", *texts]
    return "\n".join(lines) + "\n"
