"""Map the columns of a sheet to keys: guessed from headings, set by --map, saved in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError, NotInListError, UsageError
from korea_cli.base.problems import Problem
from korea_cli.editing.toml import toml_value
from korea_cli.ingest.headings import FOUND, REJECTED, TYPE, guess_key, joins, keys_at, keys_for, missing_keys
from korea_cli.ingest.objects import TEXTS
from korea_cli.ingest.sheet import is_unnamed
from korea_cli.model.records import RECORD_TYPES, Event
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.ingest.sheet import SheetRow
    from korea_cli.model.records import Record
    from korea_cli.reading.pieces import TomlValue

_FEWEST = 2  # rows: what is wrong with one can be said of itself
_LISTED = 30  # names
SETTINGS = (
    "order", "short", "pivot", "source", "separator", "type", "encoding", "at", "header_row", "headings", "sheet",
    "skip_identical", "join_rows",
)  # fmt: skip


class ColumnMapping(NamedTuple):
    """The key of each heading, in order, or "" where a column is ignored; `settings` of a mapping that was saved.

    guessed: of rows that name their own cells, the names that are not called like their keys.
    """

    keys: tuple[tuple[str, str], ...]
    settings: dict[str, str] = {}  # noqa: RUF012 - never changed
    guessed: tuple[tuple[str, str], ...] = ()

    def sentences(self) -> list[str]:
        """Return which column becomes which key, and which are ignored."""
        keys = (*self.keys, *self.guessed)
        mapped = [f"'{heading}' as {key}" if heading != key else key for heading, key in keys if key]
        expected = {REJECTED, "", *(FOUND if TYPE in dict(self.keys).values() else ())}
        ignored = [
            f"'{heading}'" for heading, key in self.keys if not (key or heading in expected or is_unnamed(heading))
        ]
        found = [f"columns: {', '.join(mapped)}"] if mapped else []
        return found + (
            [f"ignored columns: {', '.join(ignored)}. Use --map 'COLUMN=KEY' to import one."] if ignored else []
        )


def map_columns(headings: Sequence[str], record: type[Record], chosen: Iterable[tuple[str, str]]) -> ColumnMapping:
    """Map headings to keys, as chosen, else by what they are called; raises NotInListError."""
    keys, found = dict(chosen), []
    for heading, key in keys.items():
        if headings and heading not in headings:
            raise NotInListError("column", heading, headings)
        allowed = keys_for(record) if headings else keys_at(heading, record, keys)
        if key and key not in allowed:
            raise NotInListError("key", key, allowed)
    if not headings:  # each row names its own
        return ColumnMapping(tuple(keys.items()))
    used = {key for key in keys.values() if not joins(record, key)}
    for heading in headings:
        key = keys[heading] if heading in keys else guess_key(heading, record)
        if heading not in keys and key in used:
            key = ""
        if key and not joins(record, key):
            used.add(key)
        found.append((heading, key))
    if record is Event and "title" not in {key for _, key in found}:
        summary = next((each for each in found if each[1] == "summary" and each[0] not in keys), None)
        found = [(heading, "title" if (heading, key) == summary else key) for heading, key in found]
    _require_columns(record, {key for _, key in found}, headings)
    return ColumnMapping(tuple(found))


def map_names(mapping: ColumnMapping, record: type[Record], rows: Sequence[SheetRow]) -> ColumnMapping:
    """Complete a mapping by the names in rows that name their own cells; raises UsageError where none can be a record.

    rows: the first ones. Those that korea wrote have types of their own.
    """
    objects = [row.cells for row in rows if isinstance(row.cells, dict) and not row.error]
    if len(objects) < _FEWEST or any(each.get("type") in RECORD_TYPES for each in objects):
        return mapping
    keys = dict(mapping.keys)
    names = dict.fromkeys(path for each in objects for path in _paths(each) if path not in keys)
    guessed = {name: guess_key(name, record) for name in names}
    if record is Event and "title" not in {*keys.values(), *guessed.values()}:
        keys.update(next(([(name, "title")] for name, key in guessed.items() if key == "summary"), []))
    _require_columns(record, {*keys.values(), *guessed.values()}, [*keys, *names][:_LISTED])
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
        raise UsageError(
            f"no column for '{missing}', which every {record.type} must have. Use --map 'COLUMN={missing}'."
            f" Columns: {', '.join(filter(None, headings))}"
        )


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
    settings = {key: value for key, value in document.tables.items() if key != "columns"}
    wrong = [key for key in settings if key not in SETTINGS]
    columns, texts = _texts(document.tables.get("columns", {})), _texts(settings)
    if problem is None and (wrong or columns is None or texts is None):
        message = f"unknown setting '{wrong[0]}'" if wrong else "not a mapping: the values of [columns] must be texts"
        problem = Problem(file=file, message=message, check="mapping")
    if problem:
        raise DataError((problem,))
    return ColumnMapping(tuple((columns or {}).items()), texts or {})


def _texts(values: TomlValue) -> dict[str, str] | None:
    if not isinstance(values, dict):
        return None
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    return texts if len(texts) == len(values) else None


def mapping_text(mapping: ColumnMapping) -> str:
    """Return the text of a mapping file."""
    lines = ['# How to read a sheet: korea import SHEET --mapping THIS_FILE. A column with the key "" is ignored.']
    lines += [f"{key} = {toml_value(value)}" for key, value in mapping.settings.items() if value]
    named = dict(reversed([(heading, key) for heading, key in mapping.keys if heading != REJECTED]))
    lines += [
        "",
        "[columns]",
        *(f"{toml_value(heading)} = {toml_value(key)}" for heading, key in reversed(named.items())),
    ]
    return "\n".join(lines) + "\n"
