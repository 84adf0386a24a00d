"""The values of the actors, topics and sources that rows declare, from the row that names them until they are written.

A record that exists keeps its values: what a row gives a key that has another value is only counted. What is declared
by one row can be completed by others, and by a row of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import normalize

from korea_cli.base.tokenize import name_key
from korea_cli.ingest.names.registry import NAMED, names_in
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

    Values = dict[str, object]
    Place = tuple[str, str]  # the table and id of a record
    Cells = tuple[str, ...]  # of one key: the table of their record, the key, and their texts


_REMEMBERED = 20_000  # cells


class DeclaredRecords:
    """The records of the files and of the rows, as far as rows can name them.

    kept: how often a row gave a key another value than its record has, by record and key. cells: the ids that cells
    mean, for most names come again and again; once a name means several records, it has to be forgotten.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.kept: Counter[tuple[str, str]] = Counter()
        self._written: dict[Place, Mapping[str, object]] = {
            (table, str(raw["id"])): raw
            for each in documents for table in NAMED for raw in each.records(table) if "id" in raw
        }  # fmt: skip
        self._declared: dict[Place, Values] = {}
        self.cells: dict[Cells, object] = {}
        self._pending: dict[Place, Values] = {}  # of the current row, as are the next two
        self._completed: list[tuple[type[Record], Values, str, object]] = []
        self._differing: list[tuple[str, str]] = []
        self._read: list[tuple[Cells, object]] = []

    def declare(self, table: str, values: Values) -> None:
        """Declare a record that the current row names."""
        self._pending[table, str(values["id"])] = values

    def complete(self, table: str, id_: str, values: Mapping[str, object]) -> None:
        """Add values to a record that the current row names, where it has none yet."""
        place = table, id_
        declared, old = self._declared_values(place), self._values(place)
        for key, value in _others(NAMED[table], old, values):
            if declared is not None and (old.get(key) is None or _is_stand_in(NAMED[table], key, old)):
                self._completed.append((NAMED[table], declared, key, value))
            else:
                self._differing.append((f"{NAMED[table].type} '{id_}'", key))

    def value(self, table: str, id_: str, key: str) -> object:
        """Return the value of a key of a record; None where it has none."""
        return self._values((table, id_)).get(key)

    def _declared_values(self, place: Place) -> Values | None:
        return self._pending.get(place) or self._declared.get(place)

    def _values(self, place: Place) -> Mapping[str, object]:
        return self._declared_values(place) or self._written.get(place, {})

    def write(self, record: type[Record], values: Values) -> Values:
        """Return the values of a record that has a row, with those that other rows declared; its own win."""
        place = record.table, str(values["id"])
        if not (declared := self._declared.pop(place, None)) and record.table not in NAMED:
            return values
        others = dict(_others(record, values, old := declared or {}))
        differing = (key for key in others if values.get(key) and not _is_stand_in(record, key, old))
        self.kept.update((f"{record.type} '{place[1]}'", key) for key in differing)
        whole = {**{key: value for key, value in others.items() if not values.get(key)}, **values}
        if record.table in NAMED:
            self._written[place] = whole
        return whole

    def remember(self, cells: Iterable[tuple[Cells, object]]) -> None:
        """Remember the ids that cells mean, unless they mean records that the current row would have declared."""
        if len(self.cells) >= _REMEMBERED:
            self.cells.clear()
        self._read += cells

    def accept(self) -> list[tuple[type[Record], Values]]:
        """Keep what the current row declares, and return the records that it completes."""
        if not (self._pending or self._completed or self._differing or self._read):  # as of most rows
            return []
        self._declared |= self._pending
        for _, values, key, value in self._completed:
            values[key] = value
        self.count_differing()
        completed = [(record, values) for record, values, _, _ in self._completed]
        self._end_row()
        return completed

    def count_differing(self) -> None:
        """Count the values of the current row that differ from those of existing records."""
        if self._differing:
            self.kept.update(self._differing)

    def reject(self) -> list[tuple[str, Values]]:
        """Forget what the current row would have declared, and return it by table."""
        pending = [(table, values) for (table, _), values in self._pending.items()]
        if pending:
            self._read.clear()
        self._end_row()
        return pending

    def _end_row(self) -> None:
        self.cells.update(self._read)
        self._pending, self._completed, self._differing, self._read = {}, [], [], []

    def __contains__(self, place: Place) -> bool:
        return place in self._declared

    def __iter__(self) -> Iterator[tuple[type[Record], Values]]:
        return ((NAMED[table], values) for (table, _), values in self._declared.items())


def _others(record: type[Record], old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the values that a record has not; by each of its names it is the same record."""
    for key, value in new.items():
        named = key == title_key(record) and (not old or name_key(str(value)) in map(name_key, names_in(record, old)))
        if value and key != "id" and not named and not _has(old.get(key), value):
            yield key, value


def _is_stand_in(record: type[Record], key: str, values: Mapping[str, object]) -> bool:
    """Whether a value is a title that stands for the true one, as a row had only the address of a source, or an id."""
    return key == title_key(record) and values.get(key) in {values.get("url"), values.get("id")}


def _has(old: object, new: object) -> bool:
    """Whether a value is the same as another, or a list part of another."""
    if isinstance(old, list) and isinstance(new, list):
        return all(each in old for each in new)
    return old is not None and normalize("NFC", str(old)) == str(new)
