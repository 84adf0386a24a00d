"""Read the objects of JSON: a row, the records that it spells out where it refers to them, and texts in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.building.code_cells import read_code
from korea_cli.ingest.building.kind_words import kind_key
from korea_cli.ingest.columns.headings import (
    JOINED,
    REJECTED,
    derived_keys,
    guess_key,
    guess_nested,
    joins,
    spelled_out,
)
from korea_cli.ingest.json.json_values import EMPTY, count_values
from korea_cli.model.field_spec import CODES, LISTS
from korea_cli.model.records import Event, file_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from korea_cli.ingest.building.cell_rules import CellRules, ColumnRule
    from korea_cli.ingest.building.cells import CellReader
    from korea_cli.ingest.building.kind_words import KindWords
    from korea_cli.ingest.sheet import CellsByKey, Counts
    from korea_cli.model.records import Record

    Values = Mapping[str, object]

TEXTS = ("name", "label", "title", "value", "text", "rendered")  # the part of an object that is its text
_REFERENCE = {"type", "id", "name", "label", "title"}  # the parts of an object that only refers to a record
_PARTS_OF_NAME = ("family", "given")
_OTHER_DATE = {"date", "sources", "note", "earliest", "latest"}


class _KeyedValue(NamedTuple):
    """A value of an object, with its path, and the key that it is for: "" if there is none.

    part: of an object that is a text, the name of that text.
    """

    key: str
    path: str
    value: object
    part: str = ""


class ObjectReader:
    """Reads the objects of one file.

    counts: of the values that are `ignored`, as no key is for them, by path: `sources[].foo`. labelled: the keys of
    several names.
    """

    def __init__(
        self, columns: Mapping[str, str], readers: tuple[CellReader, CellRules, KindWords], counts: Counts,
        labelled: Collection[str],
    ) -> None:  # fmt: skip
        self._columns, (self._cells, self._rules, self._kinds) = columns, readers
        self._counts, self._labelled = counts, labelled
        self._seen: dict[tuple[str, str, str, bool], ColumnRule] = {}  # rows have the same names again and again
        self._own = False  # whether korea wrote the row

    def row(self, values: Values, record: type[Record], *, own: bool) -> CellsByKey:
        """Return the cells of a row by key, with each record that it spells out as the values of that record."""
        self._own = own
        derived = {*derived_keys(record), REJECTED} if self._own else {REJECTED}
        parts = self._parts("", {name: each for name, each in values.items() if name not in derived}, record)
        return {
            key: [self._spelled_out(part, record) for part in self._with_labels(key, several)]
            for key, several in self._by_key(parts, record).items()
        }

    def _parts(self, before: str, values: Values, record: type[Record], within: str = "") -> Iterator[_KeyedValue]:
        """Yield the values of an object; those of an object in it, which is no record, with their own paths."""
        for name, written in values.items():
            if written in EMPTY:
                continue
            inner = f"{within}.{name}" if within else name
            column = self._column(before, inner, record)
            key, value = column.key, self._rules.read(column, written) if column.key else written
            if value == "":
                continue
            spec = file_keys(record).get(key)
            if (spec and (spec.refers or spec.form in LISTS)) or not isinstance(value, dict | list):
                yield _KeyedValue(key, before + inner, value)
                continue
            if isinstance(value, list):
                yield from self._items(before, _KeyedValue(key, inner, value), record)
                continue
            text = next((each for each in TEXTS if key and value.get(each) not in EMPTY), None)
            if text:
                yield _KeyedValue(key, before + inner, value[text], f".{text}")
            yield from self._parts(before, {k: each for k, each in value.items() if k != text}, record, inner)

    def _items(self, before: str, part: _KeyedValue, record: type[Record]) -> Iterator[_KeyedValue]:
        """Yield the values of a list that names no records, and those of the objects in it with their own paths."""
        items = part.value if isinstance(part.value, list) else []
        if plain := [each for each in items if not isinstance(each, dict)]:
            yield _KeyedValue(part.key, before + part.path, plain)
        for each in items:
            if isinstance(each, dict):
                yield from self._parts(before, each, record, f"{part.path}[]")

    def _column(self, before: str, name: str, record: type[Record]) -> ColumnRule:
        place = before, name, record.table, self._own
        if place not in self._seen:
            guess = guess_nested if before else guess_key
            chosen = self._columns.get(before + name, "" if "[]" in name else None)  # those of no record mean nothing
            key = guess(name, record) if chosen is None else chosen
            self._seen[place] = self._rules.column(before + name, key, record, own=self._own)
        return self._seen[place]

    def _with_labels(self, key: str, parts: list[_KeyedValue]) -> list[_KeyedValue]:
        """Return values with their names, where several make one text."""
        if key not in self._labelled and not (key in JOINED and len(parts) > 1):
            return parts
        return [part._replace(value=f"{part.path}: {_in_line(part.value)}") for part in parts]

    def _by_key(self, parts: Iterable[_KeyedValue], record: type[Record]) -> dict[str, list[_KeyedValue]]:
        """Group values by key; of two for a single text, the one that is called like its key is taken."""
        found: dict[str, list[_KeyedValue]] = {}
        for part in parts:
            if not part.key:
                self._ignore(part)
            elif part.key not in found or joins(record, part.key):
                found.setdefault(part.key, []).append(part)
            elif part.path.rpartition(".")[2] == part.key:
                self._ignore(found[part.key][0])
                found[part.key] = [part]
            else:
                self._ignore(part)
        return found

    def _ignore(self, part: _KeyedValue) -> None:
        for name, number in count_values(part.path + part.part, part.value).items():
            self._counts["ignored", name] += number

    def _spelled_out(self, part: _KeyedValue, record: type[Record]) -> object:
        """Return a value with each object in it as the values of the record that it stands for."""
        spec, value = file_keys(record).get(part.key), part.value
        if spec is None or spec.form not in {*LISTS, "ref"} or not isinstance(value, list | dict):
            return value
        listed = isinstance(value, list)
        path, items = (f"{part.path}[]" if listed else part.path), (value if listed else [value])
        if spec.form == "other_dates":
            return [self._other_date(path, each) if isinstance(each, dict) else each for each in items]
        if spec.form == "texts":
            return [self._text(path, each) if isinstance(each, dict) else each for each in items]
        nested = spelled_out(record, part.key)
        return [self._record(path, each, nested) if isinstance(each, dict) else each for each in items]

    def _other_date(self, path: str, values: Values) -> Values:
        found = self._known(path, values, _OTHER_DATE)
        sources = found.get("sources")
        cited = self._spelled_out(_KeyedValue("sources", f"{path}.sources", sources), Event)
        return {**found, "sources": cited} if sources else found

    def _record(self, path: str, values: Values, record: type[Record] | None) -> Values:
        """Return the values of a record that is spelled out; without a type, only what names it."""
        if record is None:
            derived = ["holders"] if self._own else []  # of a claim that disputes
            return self._known(path, {k: each for k, each in values.items() if k not in derived}, _REFERENCE)
        typed: dict[str, object] = {}
        for key, parts in self._by_key(self._parts(f"{path}.", values, record), record).items():
            spec, cells = file_keys(record).get(key), [self._spelled_out(part, record) for part in parts]
            value = self._cells.value(key, spec, cells) if spec else self._cells.single(key, cells)
            if spec and spec.form in CODES:
                value = read_code(spec.form, str(value), parts[0].path, self._counts)
            if spec and spec.form == "choice":
                value = self._kinds.find(record, str(value)) if key == kind_key(record) else value
                if value not in spec.choices and not (value and key == kind_key(record)):
                    self._ignore(parts[0])
                    continue
            typed[key] = value
        return typed

    def _text(self, path: str, values: Values) -> object:
        """Return the text in an object, such as the name of an author."""
        key = next((each for each in TEXTS if values.get(each) not in EMPTY), "")
        parts = [values[key]] if key else [values[each] for each in _PARTS_OF_NAME if values.get(each) not in EMPTY]
        self._known(path, values, {key} if key else _PARTS_OF_NAME)
        return ", ".join(map(str, parts))

    def _known(self, path: str, values: Values, keys: Collection[str]) -> dict[str, object]:
        """Return the values of an object with some keys."""
        for key, each in values.items():
            if key not in keys:
                self._ignore(_KeyedValue("", f"{path}.{key}", each))
        return {key: each for key, each in values.items() if key in keys}


def _in_line(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
