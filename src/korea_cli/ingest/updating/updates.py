"""Update the records of files from rows that have their ids; each row is the same as its record, or changes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import KoreaError
from korea_cli.editing.files import locate_entry
from korea_cli.editing.record_edits import RecordEdits
from korea_cli.editing.saving import apply_edits
from korea_cli.ingest.adding.assignments import assign
from korea_cli.ingest.names.ids import record_id
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.updating.key_changes import ChangedKeys, KnownNames
from korea_cli.ingest.updating.row_changes import RowComparer
from korea_cli.ingest.updating.shown_records import ShownRecords
from korea_cli.model.records import RECORDS, file_keys, title_of
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.editing.saving import FileChange
    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.building.cells import CellReader
    from korea_cli.ingest.building.row_cells import RowCells
    from korea_cli.ingest.dates.row_date import DateReader
    from korea_cli.ingest.sheet import CellsByKey, SheetRow
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Placed

    NamedRecord = tuple[type[Record], Mapping[str, object]]

_SHOWN = 5  # changed cells of derived columns


class UpdatedRecord(NamedTuple):
    """A record that a row changes."""

    entry: Record
    located: LocatedRecord
    row: SheetRow


class UnmadeChangeError(RowError):
    """A change that cannot be made; perhaps it can once the sheet has added other records."""


class DuplicateRowError(RowError):
    """A second row with an id; `line` is that of the first, `earlier` the row itself, if it changed the record."""

    def __init__(self, entry: Record, line: int, unit: str, earlier: SheetRow | None) -> None:
        super().__init__(f"{entry.type} '{entry.id}' is in the sheet twice ({unit} {line})")
        self.line, self.earlier = line, earlier


class RecordUpdates:
    """The updates of one sheet. changed: the records by table and id. derived: the first changed derived cells."""

    def __init__(self, loaded: LoadResult, target: Path, options: BuilderOptions, unit: str) -> None:
        self._loaded, self._target, self._options, self._unit = loaded, target, options, unit
        self._entries: dict[str, dict[str, Placed]] = {
            record.table: {entry.id: (entry, place) for entry, place in loaded.draft.entries(record.table)}
            for record in RECORDS
        }
        self._shown = ShownRecords(loaded)
        self._edits = RecordEdits()
        self._lines: dict[tuple[str, str], int] = {}  # the row of each record
        self.changed: dict[tuple[str, str], UpdatedRecord] = {}
        self.derived: list[str] = []
        self.counts: Counter[str] = Counter()
        self._titled: dict[str, defaultdict[str, list[Record]]] = {}

    def prepare(self, rows: RowCells, cells: CellReader, dates: DateReader) -> None:
        """Prepare to read rows; raises UsageError for a column that cannot be compared."""
        self.comparer = RowComparer(self._options, rows, dates, self._shown)
        self._cells, self._dates = cells, dates

    @cached_property
    def _keys(self) -> ChangedKeys:
        return ChangedKeys(self._cells, self._shown, KnownNames(self._loaded, self._target, self._dates))

    def find(self, row: SheetRow) -> Placed | None:
        """Return the record whose id a row has, and its place."""
        record, given = self.comparer.record_of(row), self.comparer.id_of(row)
        entries = self._entries[record.table]
        return entries.get(given) or (entries.get(record_id(record, given)) if given else None)

    def take(self, row: SheetRow, placed: Placed) -> None:
        """Compare a row with its record, and change that; raises RowError."""
        entry, _ = placed
        name = entry.table, entry.id
        if (line := self._lines.get(name)) is not None:
            raise DuplicateRowError(entry, line, self._unit, self._undo(name))
        self._lines[name] = row.line
        self.change(row, placed)

    def change(self, row: SheetRow, placed: Placed) -> None:
        """Change a record to what a row has; raises RowError."""
        entry, place = placed
        changes = self.comparer.compare(row, entry)
        derived = list(changes.derived)
        if changes.cells:
            try:
                derived += self._change(row, entry, locate_entry(self._loaded, entry, place), changes.cells)
            except KoreaError as error:
                raise UnmadeChangeError("; ".join(error.sentences)) from None
        self.counts["derived"] += len(derived)
        shown = [f"'{each}' ({self._unit} {row.line})" for each in derived]
        self.derived += shown[: _SHOWN - len(self.derived)]

    def _change(self, row: SheetRow, entry: Record, located: LocatedRecord, changed: CellsByKey) -> list[str]:
        """Change a record to what some cells have; return the changed parts of them that korea derives."""
        keys = self._keys
        keys.derived.clear()
        assignments = [*keys.parts(located, entry, changed)]
        assignments += [each for key, cells in changed.items() for each in keys.assignments(located, entry, key, cells)]
        if self._edits.make(located, lambda alone: assign(alone, assignments, keys.names)):
            if cited := [*keys.citation(located, entry, self._options.source)]:
                self._edits.make(located, lambda alone: assign(alone, [*assignments, *cited], keys.names))
            self.changed[entry.table, entry.id] = UpdatedRecord(entry, located, row)
        return keys.derived

    def know(self, records: Iterable[NamedRecord]) -> None:
        """Let rows name records that others have added."""
        for record, values in records:
            self._keys.names.add(record, values)

    def _undo(self, name: tuple[str, str]) -> SheetRow | None:
        """Leave a record as it was, and return the row that changed it."""
        updated = self.changed.pop(name, None)
        if updated is None:
            return None
        self._edits.drop(updated.located)
        return updated.row

    def missing(self) -> dict[str, int]:
        """Return how many records the sheet does not have, of each table of which it has some."""
        tables = Counter(table for table, _ in self._lines)
        return {table: len(self._entries[table]) - count for table, count in tables.items()}

    def has_row(self, name: tuple[str, str]) -> bool:
        """Whether the sheet has a row with the id of a record."""
        return name in self._lines

    def same_record(self, row: SheetRow) -> Record | None:
        """Return the record that has all that a row has, except for its id."""
        record = self.comparer.record_of(row)
        cells = {cell.key: cell.value for cell in self.comparer.cells(row) if cell.key in file_keys(record)}
        columns = {key: self._shown.column(record, key) for key in cells if key != "id"}
        return next(
            (
                entry for entry in self._by_title(record).get(str(cells.get(title_key(record), "")).strip(), ())
                if all(column and self._shown.is_shown(cells[key], column, entry) for key, column in columns.items())
            ),
            None,
        )  # fmt: skip

    def _by_title(self, record: type[Record]) -> Mapping[str, list[Record]]:
        if record.table not in self._titled:
            titled = self._titled[record.table] = defaultdict(list)
            for entry, _ in self._entries[record.table].values():
                titled[title_of(entry).strip()].append(entry)
        return self._titled[record.table]

    def files(self) -> tuple[FileChange, ...]:
        """Return the files with the changed records; raises UnsafeChangeError. Their tables are used up."""
        return apply_edits(self._edits.by_file())
