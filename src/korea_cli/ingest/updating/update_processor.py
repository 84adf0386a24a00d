"""Process the rows of a sheet that updates files: those with ids of records change these, the others become new."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property, partial
from shlex import join
from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError, UsageError
from korea_cli.editing.files import locate_entry
from korea_cli.editing.record_edits import RecordEdits
from korea_cli.editing.saving import apply_edits
from korea_cli.ingest.adding.assignments import assign
from korea_cli.ingest.building.cells import CellReader
from korea_cli.ingest.columns.headings import TYPE
from korea_cli.ingest.names.ids import record_id
from korea_cli.ingest.row_processor import RowProcessor
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.updating.key_changes import ChangedKeys, KnownNames
from korea_cli.ingest.updating.row_changes import RowComparer
from korea_cli.ingest.updating.shown_records import ShownRecords
from korea_cli.model.records import RECORDS, file_keys, title_of
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.editing.saving import FileChange
    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.building.dedup import NewRecord
    from korea_cli.ingest.sheet import CellsByKey, Sheet, SheetRow
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Placed

    Name = tuple[str, str]  # the table and the id of a record

NAMING = ("id", "name", "label", "title", "text", "aliases", "url")  # the keys by which a record can be named
_SHOWN = 5  # changed cells of derived columns


class UnmadeChangeError(RowError):
    """A change that cannot be made; perhaps it can once the sheet has added other records."""


class UpdateProcessor(RowProcessor):
    """Processes the rows of one sheet: each with an id is the same as its record, or changes it; the others are new."""

    def __init__(self, loaded: LoadResult, target: Path, sheet: Sheet, options: BuilderOptions) -> None:
        """Prepare; raises UsageError for a column that cannot be compared."""
        super().__init__(loaded, target, sheet, options)
        self._loaded, self._target, self._source, self._unit = loaded, target, options.source, sheet.unit
        self._entries: dict[str, dict[str, Placed]] = {
            record.table: {entry.id: (entry, place) for entry, place in loaded.draft.entries(record.table)}
            for record in RECORDS
        }
        self._shown = ShownRecords(loaded)
        self._comparer = RowComparer(options, self.builder, self.dates, self._shown)
        self._cells = CellReader(self._counts, options.separator, slides=False)
        self._cells.own = {TYPE, "id"} <= {key for _, key in options.columns}
        self._edits = RecordEdits()
        self._lines: dict[Name, int] = {}  # the row of each record
        self._changed: dict[Name, tuple[LocatedRecord, SheetRow]] = {}
        self._unmade: dict[Name, tuple[SheetRow, Placed]] = {}  # which may name records that later rows add
        self._added: list[tuple[type[Record], Mapping[str, object]]] = []
        self._renamed: list[tuple[SheetRow, Record]] = []  # rows that are new, but for their ids
        self._titled: dict[str, defaultdict[str, list[Record]]] = {}

    @cached_property
    def _keys(self) -> ChangedKeys:
        return ChangedKeys(self._cells, self._shown, KnownNames(self._loaded, self._target, self.dates))

    def require_ids(self, rows: Sequence[SheetRow], name: str) -> None:
        """Raise UsageError where none of the first rows has an id."""
        if rows and not any(map(self._comparer.id_of, rows)):
            raise UsageError(
                f"--update needs the ids of the records, and {name} has none. Write a sheet that has them with:"
                f" korea timeline -d {self._target} -o sheet.csv"
            )

    def _process(self, row: SheetRow) -> None:
        if row.error:
            raise RowError(row.error)
        record, id_ = self._comparer.record_of(row), self._comparer.id_of(row)
        entries = self._entries[record.table]
        if id_ and (placed := entries.get(id_) or entries.get(record_id(record, id_))):
            self._update(row, placed)
        elif id_ and (same := self._same_record(record, row)):
            self._renamed.append((row, same))
        else:
            super()._process(row)

    def _update(self, row: SheetRow, placed: Placed) -> None:
        """Change a record to what a row has, now or at the end; raises RowError."""
        entry, _ = placed
        name = entry.table, entry.id
        if (line := self._lines.get(name)) is not None:
            reason = f"{entry.type} '{entry.id}' is in the sheet twice ({self._unit} {line})"
            if earlier := self._undo(name):
                self.result.rejects.add(earlier, reason)
            raise RowError(reason)
        self._lines[name] = row.line
        try:
            self._change(placed, row)
        except UnmadeChangeError:
            self._unmade[name] = (row, placed)

    def _undo(self, name: Name) -> SheetRow | None:
        """Leave a record as it was, and return the row that changed it, or was to do so."""
        if name in self._unmade:
            return self._unmade.pop(name)[0]
        if name not in self._changed:
            return None
        located, row = self._changed.pop(name)
        self._edits.drop(located)
        return row

    def _change(self, placed: Placed, row: SheetRow) -> None:
        """Change a record to what a row has; raises RowError."""
        entry, place = placed
        changed, derived = self._comparer.compare(row, entry)
        if changed:
            try:
                derived += self._edit(row, entry, locate_entry(self._loaded, entry, place), changed)
            except KoreaError as error:
                raise UnmadeChangeError("; ".join(error.sentences)) from None
        result = self.result
        result.counts["derived"] += len(derived)
        result.derived.extend(f"'{each}' ({self._unit} {row.line})" for each in derived[: _SHOWN - len(result.derived)])
        self._counts |= dict.fromkeys(self._comparer.unmapped(row), 1)  # also where reading the row counted them

    def _edit(self, row: SheetRow, entry: Record, located: LocatedRecord, changed: CellsByKey) -> list[str]:
        """Change a record to what some cells have; return the changed parts of them that korea derives."""
        keys = self._keys
        keys.derived.clear()
        assignments = [*keys.parts(located, entry, changed)]
        assignments += [each for key, cells in changed.items() for each in keys.assignments(located, entry, key, cells)]
        if self._edits.make(located, lambda alone: assign(alone, assignments, keys.names)):
            if cited := [*keys.citation(located, entry, self._source)]:
                self._edits.make(located, lambda alone: assign(alone, [*assignments, *cited], keys.names))
            self._changed[entry.table, entry.id] = located, row
        return keys.derived

    def _same_record(self, record: type[Record], row: SheetRow) -> Record | None:
        """Return the record that has all that a row has, except for its id."""
        cells = {cell.key: cell.value for cell in self._comparer.cells(row) if cell.key in file_keys(record)}
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

    def _accept(self, row: SheetRow, new: NewRecord) -> None:
        super()._accept(row, new)
        self._added.append((new.record, {key: new.values[key] for key in NAMING if key in new.values}))

    def _settle(self) -> None:
        for row, same in self._renamed:
            self._try(row, partial(self._process_renamed, same))
        super()._settle()
        for record, values in (*self.names.declared, *self._added) if self._unmade else ():
            self._keys.names.add(record, values)
        for row, placed in self._unmade.values():
            self._try(row, partial(self._change, placed))
        self.result.updated.update(self._changed)
        for table, count in Counter(table for table, _ in self._lines).items():
            self.result.absent[table] = len(self._entries[table]) - count

    def _process_renamed(self, same: Record, row: SheetRow) -> None:
        """Reject a row that is a record which the sheet does not have, under another id."""
        if (same.table, same.id) in self._lines:
            super()._process(row)
            return
        new = self._comparer.id_of(row)
        command = join(["korea", "rename", f"{same.type}:{same.id}", new, "-d", str(self._target)])
        raise RowError(
            f"there is no {same.type} '{new}', and the row is the same as '{same.id}', which the sheet does not have."
            f" To change the id, run: {command}"
        )

    def edited_files(self) -> tuple[FileChange, ...]:
        """Return the files with the changed records, and expect their tables there; raises UnsafeChangeError."""
        files = apply_edits(self._edits.by_file())  # their tables are used up
        self.result.spool.rebase(self.names.document.tables)
        return files
