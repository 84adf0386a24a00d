"""Process the rows of a sheet that updates a file: those of its records change them, the others become new ones."""

from __future__ import annotations

from functools import partial
from shlex import join
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.ingest.building.cells import CellReader
from korea_cli.ingest.columns.headings import TYPE
from korea_cli.ingest.row_processor import RowProcessor
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.updating.updates import DuplicateRowError, RecordUpdates, UnmadeChangeError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.saving import FileChange
    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.building.dedup import NewRecord
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.ingest.updating.updates import NamedRecord
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Placed

NAMING = ("id", "name", "label", "title", "text", "aliases", "url")  # the keys by which a record can be named


class UpdateProcessor(RowProcessor):
    """Processes the rows of one sheet: updates the records whose ids they have, and adds the others."""

    def __init__(self, loaded: LoadResult, target: Path, sheet: Sheet, options: BuilderOptions) -> None:
        """Prepare; raises UsageError for a column that cannot be compared."""
        super().__init__(loaded, target, sheet, options)
        self._target = target
        self.updates = RecordUpdates(loaded, target, options, sheet.unit)
        reader = CellReader(self._counts, options.separator, slides=False)
        reader.own = {TYPE, "id"} <= {key for _, key in options.columns}
        self.updates.prepare(self.builder.rows, reader, self.dates)
        self._unmade: list[tuple[SheetRow, Placed]] = []  # which may name records that later rows add
        self._added: list[NamedRecord] = []
        self._renamed: list[tuple[SheetRow, Record]] = []  # rows that are new, but for their ids

    def require_ids(self, rows: Sequence[SheetRow], name: str) -> None:
        """Raise UsageError where none of the first rows has an id."""
        if rows and not any(map(self.updates.comparer.id_of, rows)):
            raise UsageError(
                f"--update needs the ids of the records, and {name} has none. Write a sheet that has them with:"
                f" korea timeline -d {self._target} -o sheet.csv"
            )

    def _process(self, row: SheetRow) -> None:
        if row.error:
            raise RowError(row.error)
        if placed := self.updates.find(row):
            self._update(row, placed)
        elif self.updates.comparer.id_of(row) and (same := self.updates.same_record(row)):
            self._renamed.append((row, same))
        else:
            super()._process(row)

    def _update(self, row: SheetRow, placed: Placed) -> None:
        try:
            self.updates.take(row, placed)
        except UnmadeChangeError:
            self._unmade.append((row, placed))
            return
        except DuplicateRowError as error:
            unmade = next((each for each in self._unmade if each[0].line == error.line), None)
            if unmade:
                self._unmade.remove(unmade)
            if earlier := error.earlier or (unmade and unmade[0]):
                self.result.rejects.add(earlier, str(error))
            raise
        self._counts.update(self.updates.comparer.unmapped(row))

    def _change(self, placed: Placed, row: SheetRow) -> None:
        self.updates.change(row, placed)
        self._counts.update(self.updates.comparer.unmapped(row))

    def _accept(self, row: SheetRow, new: NewRecord) -> None:
        super()._accept(row, new)
        self._added.append((new.record, {key: new.values[key] for key in NAMING if key in new.values}))

    def _settle(self) -> None:
        for row, same in self._renamed:
            self._try(row, partial(self._process_renamed, same))
        super()._settle()
        self.updates.know([*self.names.declared, *self._added] if self._unmade else ())
        for row, placed in self._unmade:
            self._try(row, partial(self._change, placed))
        result, updates = self.result, self.updates
        result.counts.update(updates.counts)
        result.updated.update(updates.changed)
        result.absent.update(updates.missing())
        result.derived.extend(updates.derived)

    def _process_renamed(self, same: Record, row: SheetRow) -> None:
        """Reject a row that is a record which the sheet does not have, under another id."""
        if self.updates.has_row((same.table, same.id)):
            super()._process(row)
            return
        new = self.updates.comparer.id_of(row)
        command = join(["korea", "rename", f"{same.type}:{same.id}", new, "-d", str(self._target)])
        raise RowError(
            f"there is no {same.type} '{new}', and the row is the same as '{same.id}', which the sheet does not have."
            f" To change the id, run: {command}"
        )

    def edited_files(self) -> tuple[FileChange, ...]:
        """Return the files with the changed records, and expect their tables there; raises UnsafeChangeError."""
        files = self.updates.files()
        self.result.spool.rebase(self.names.document.tables)
        return files
