"""Process the rows of a sheet, one after the other: each is new, exists already, or is rejected with a reason."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.ingest.building.dedup import ExistingRecords
from korea_cli.ingest.building.record_builder import RecordBuilder, SkipRowError
from korea_cli.ingest.building.sheet_records import SheetRecords, WaitingRecord
from korea_cli.ingest.building.spool import RecordSpool
from korea_cli.ingest.dates.row_date import DateReader
from korea_cli.ingest.names.declarations import Declarations
from korea_cli.ingest.names.headers import take_header
from korea_cli.ingest.names.registry import NAMED, implicit_records
from korea_cli.ingest.rejects import RejectedRows
from korea_cli.ingest.sheet import RowError, counts_of
from korea_cli.model.records import RECORDS, file_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.saving import FileChange
    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.building.dedup import NewRecord
    from korea_cli.ingest.building.kind_words import NewKinds
    from korea_cli.ingest.names.actor_names import UnclearNames
    from korea_cli.ingest.names.headers import TakenHeader
    from korea_cli.ingest.names.ids import Reference
    from korea_cli.ingest.sheet import Counts, Sheet, SheetRow

_EVERY = 500  # rows
_UNDECIDED = "undecided"  # as what a row is counted: that depends on later rows
_SHOWN = 3  # references
_SAMPLES = 20  # records


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessedRows:
    """What became of the rows: the new records, the rejected rows, and how many there are of each sort.

    counts: of rows, `rows`, `existing` in the files, `repeated` in the sheet, `joined`, `skipped`, `differing` from
    existing records, `sharing` the id of an earlier row, `joinable` with one, with a date whose `order` or `short` form
    is open, and those added although `identical` to others; of ids, `changed`; of cells, `cleaned` and `trimmed`; of
    dates, `inferred`, `partial` and with `midnight` instead of no time; of references, `unresolved`; with a name, of
    values that are `ignored`, by column or path, of cells that are taken for `missing`, of those not in the codebook of
    their column (`uncoded`), of `unknown codes` of actors, and of kinds that are `unknown` or were `moved` to the
    topics, each sort with what records call their kinds. Nothing in rejected rows is counted. added, declared: by
    table. preview: the first records. kept: of values that differ from those of a record that exists, by record and
    key. lookalikes: what new records share with existing ones, and the ids of both. examples: why the first row of such
    a sort is rejected. changed_ids: the first, and what it became. unresolved: the first references to what is not
    there, which were left out, each with its line. kinds: those that are new. actors: how their names were read.
    header: what the file takes of that in an export. updated: records that rows changed, by table and id; absent: how
    many no row has; derived: the first changed cells of derived columns, with their number among the counts.
    """

    spool: RecordSpool
    rejects: RejectedRows
    kinds: NewKinds
    actors: UnclearNames
    header: TakenHeader
    preview: list[str] = field(default_factory=list)
    examples: dict[str, str] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    declared: Counter[str] = field(default_factory=Counter)
    kept: Counter[tuple[str, str]] = field(default_factory=Counter)
    lookalikes: list[tuple[str, str, str]] = field(default_factory=list)
    changed_ids: list[tuple[str, str]] = field(default_factory=list)
    unresolved: list[tuple[int, Reference]] = field(default_factory=list)
    updated: set[tuple[str, str]] = field(default_factory=set)
    absent: Counter[str] = field(default_factory=Counter)
    derived: list[str] = field(default_factory=list)

    def of(self, sort: str) -> dict[str, int]:
        """Return the counts of one sort by name."""
        return counts_of(self.counts, sort)


class RowProcessor:
    """Processes the rows of one sheet for one file."""

    def __init__(self, loaded: LoadResult, target: Path, sheet: Sheet, options: BuilderOptions) -> None:
        """Index the names of a chronology; raises KoreaError for an unknown source of all rows."""
        self._counts: Counts = Counter()  # of the current row
        self.dates = DateReader(options.rules, self._counts)
        self.names = Declarations(loaded, target, self.dates, options.record)
        self._existing = ExistingRecords(loaded.draft, self.names)
        self.builder = RecordBuilder(self.names, options, self._counts)
        self._rows = sheet.rows
        self._seen: set[int] = set()  # the hash of each row
        self._skip_identical = options.skip_identical
        self._keeps_titles = not options.columns or any(map(_may_name_events, options.columns))
        self._undecided: list[tuple[SheetRow, NewRecord]] = []  # which may be existing ones that have more values now
        spool = RecordSpool(self.names.document.tables)
        self._records = SheetRecords(spool, self.names, join=options.join_rows)
        self.result = ProcessedRows(
            spool=spool,
            rejects=RejectedRows(sheet),
            kinds=self.builder.kinds.unknown,
            actors=self.builder.actors.unclear,
            header=take_header(self.names, sheet.header),
            kept=self.names.declared.kept,
        )

    def require_ids(self, rows: Sequence[SheetRow], name: str) -> None:
        """Check that rows have ids, where they need some; raises UsageError."""

    def edited_files(self) -> tuple[FileChange, ...]:
        """Return the files in which rows changed records; raises UnsafeChangeError."""
        return ()

    def process(self, watch: Callable[[], None]) -> ProcessedRows:
        """Process every row; `watch` is called now and then. Raises KoreaError."""
        counts = self.result.counts
        for row in self._rows:
            counts["rows"] += 1
            if counts["rows"] % _EVERY == 0:
                watch()
            self._try(row, self._process)
        self._settle()
        self.result.lookalikes.extend(self._existing.lookalikes())
        self._declare()
        return self.result

    def _try(self, row: SheetRow, process: Callable[[SheetRow], None]) -> None:
        """Process a row, or reject it with the reason."""
        counts = self.result.counts
        try:
            process(row)
        except SkipRowError:
            counts["skipped"] += 1
        except (RowError, AmbiguousNameError) as error:
            self.names.reject()
            if isinstance(error, RowError) and error.counted_as:
                counts[error.counted_as] += 1
                self.result.examples.setdefault(error.counted_as, str(error))
            self.result.rejects.add(row, str(error))
        else:
            for sort, count in self._counts.items():
                counts[sort] += count
        self._counts.clear()

    def _declare(self) -> None:
        """Write the actors, topics and sources that rows name."""
        for record, values in self.names.declared:
            self.result.spool.add(record, values)
            self.result.declared[record.table] += 1
        for table, record in NAMED.items():
            # Once a file declares any, it must declare all that it only uses.
            for values in implicit_records(record, self.names) if self.result.spool.counts.get(table) else ():
                self.result.spool.add(record, values)

    def _process(self, row: SheetRow) -> None:
        new = self.builder.build(row)
        if not new.is_identified and self._is_repeated(row):
            new = new._replace(identical=True)
        found = self._find(row, new)
        if found == _UNDECIDED:
            self._undecided.append((row, new))
            self.names.accept()
        elif found:
            self.result.counts[found] += 1
            self.names.declared.count_differing()
            self.names.reject()
        else:
            self._accept(row, new)

    def _find(self, row: SheetRow, new: NewRecord) -> str:
        """Return what the row of a record is counted as, if the files or earlier rows have it; "" if it is new."""
        if new.identical and self._skip_identical:
            return "repeated"
        exists = self._compared(new, self._existing.find)
        if exists is None:
            return _UNDECIDED
        return "existing" if exists else self._records.find(row, new)

    def _accept(self, row: SheetRow, new: NewRecord) -> None:
        self.names.require_own_names(new.record, new.values)
        is_named = self._keeps_titles or new.record.table in NAMED
        self.names.add(new.record, new.values if is_named else {"id": new.id})  # other titles only need memory
        self.names.accept()
        if self._records.join or not all(map(self.names.is_there, new.references)):
            self._records.waiting[new.record.table, new.id] = WaitingRecord([row], new)
        else:
            self._add(new)

    def _is_repeated(self, row: SheetRow) -> bool:
        """Whether a row is the same as an earlier one, cell by cell."""
        key = hash(tuple(row.cells) if isinstance(row.cells, list) else repr(row.cells))
        repeated = key in self._seen
        self._seen.add(key)
        return repeated

    def _add(self, new: NewRecord) -> None:
        result, table = self.result, new.record.table
        if new.given_id not in {"", new.id}:
            result.counts["changed"] += 1
            result.changed_ids[:] = result.changed_ids or [(new.given_id, new.id)]
        self._existing.add(new)
        block = self._records.add(new, self.names.declared.write(new.record, new.values))
        result.counts["identical"] += new.identical
        result.added[table] += 1
        if len(result.preview) < _SAMPLES:
            result.preview.append(block)

    def _compared(self, new: NewRecord, find: Callable[[NewRecord], bool | None]) -> bool | None:
        """Compare a record as it would be stored with those that exist, and give it the id that is found for it."""
        if not new.references:
            return find(new)
        values, _ = self.names.resolved(new.values, new.references)
        exists = find(new._replace(values=values))
        new.values.update({"id": values["id"]} if "id" in values else {})
        return exists

    def _settle(self) -> None:
        """Decide on the rows that waited for others."""
        self._undecided.sort(key=lambda each: -len(each[1].values))  # those that are most like a record first
        for row, new in self._undecided:
            if self._compared(new, self._existing.find_last):
                self.result.counts["existing"] += 1
            else:
                self._accept(row, new)
        for each in self._records.waiting.values():
            values, missing = self.names.settled(each.new.values, each.new.references)
            self.result.counts["unresolved"] += len(missing)
            self.result.unresolved.extend(
                (each.rows[0].line, one) for one in missing[: _SHOWN - len(self.result.unresolved)]
            )
            self._add(each.new._replace(values=values))
        self._records.waiting.clear()


def _may_name_events(column: tuple[str, str]) -> bool:
    """Whether a column, by its heading and its key, may have titles of events or facts that others refer to."""
    heading, key = column
    return not {key, re.split(r"[.\[]", heading)[0]}.isdisjoint(_naming_keys())


@cache
def _naming_keys() -> frozenset[str]:
    """Return the keys under which a record may refer to events or facts."""
    keys = (file_keys(record).items() for record in RECORDS)
    return frozenset(key for each in keys for key, spec in each if not NAMED.keys() >= {*spec.refers})
