"""Take the rows of a sheet, one after the other: each is new, there already, or rejected with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from korea_cli.ingest.declaring import NAMED, Declarations
from korea_cli.ingest.dedup import DifferingError, Known
from korea_cli.ingest.draft import Draft
from korea_cli.ingest.record_builder import Made, Maker, Skipped
from korea_cli.ingest.rejects import Rejects
from korea_cli.ingest.rows import Rejected
from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from korea_cli.checks.load import LoadResult
    from korea_cli.ingest.rows import Row, Sheet
    from korea_cli.reading.toml import Document

    Waiting = list[tuple[Row, Made]]

_EVERY = 500  # rows
_SHOWN = 3  # records shown before anything is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of the rows: the draft of what is new, the rejects, and how many there were of each sort."""

    draft: Draft
    rejects: Rejects
    shown: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"rows": 0, "there": 0, "differing": 0, "skipped": 0})
    added: dict[str, int] = field(default_factory=dict)
    declared: dict[str, int] = field(default_factory=dict)


class Taking:
    """Takes the rows of one sheet for one file."""

    def __init__(
        self, loaded: LoadResult, target: Document, sheet: Sheet, make: Callable[[Declarations], Maker]
    ) -> None:
        self._loaded, self._target, self._sheet = loaded, target, sheet
        self._declarations = Declarations(loaded.draft)
        self._known = Known(loaded.documents, self._declarations)
        self._waiting: Waiting = []
        self._unsure: set[tuple[str, str]] = set()  # table and id of each record that waits
        # What rows name, until the sheet ends: a row of its own may say more of it.
        self._declared: dict[tuple[str, str], dict[str, Any]] = {}
        self.maker = make(self._declarations)
        self.taken = Taken(draft=Draft(target.tables), rejects=Rejects(sheet))

    def take(self, watch: Callable[[], None]) -> Taken:
        """Take every row; `watch` is called now and then. Raises KoreaError."""
        taken, counts = self.taken, self.taken.counts
        for row in self._sheet.rows:
            counts["rows"] += 1
            if counts["rows"] % _EVERY == 0:
                watch()
            try:
                self._take(row)
            except Skipped:
                counts["skipped"] += 1
            except Rejected as error:
                self._reject(row, error)
        self._settle()
        self._declare_named()
        self._declare_implicit()
        return taken

    def _take(self, row: Row) -> None:
        made = self.maker.made(row)
        if not self._known.is_new(made):
            self.taken.counts["there"] += 1
            self._declarations.reject()
            return
        self._declarations.require_own_names(made.record, made.values)
        self._declarations.add(made.record, made.values)
        self._known.add(made)
        self._declared.update(((table, str(values["id"])), values) for table, values in self._declarations.accept())
        if self._missing(made, self._unsure):
            self._waiting.append((row, made))
            self._unsure.add((made.record.table, made.values["id"]))
        else:
            self._add(made)

    def _reject(self, row: Row, error: Rejected) -> None:
        self._declarations.reject()
        self.taken.counts["differing"] += isinstance(error, DifferingError)
        self.taken.rejects.add(row, str(error))

    def _add(self, made: Made) -> None:
        taken, table = self.taken, made.record.table
        self._declared.pop((table, made.values["id"]), None)
        block = taken.draft.add(made.record, made.values)
        taken.added[table] = taken.added.get(table, 0) + 1
        if len(taken.shown) < _SHOWN:
            taken.shown.append(block)

    def _missing(self, made: Made, unsure: Collection[tuple[str, str]] = ()) -> str:
        """Name what a record refers to and nobody has, or nobody is sure to have; a later row may have it."""
        for key, id_, tables in made.refers:
            if not any(id_ in self._declarations.ids(table) and (table, id_) not in unsure for table in tables):
                what = " or ".join(table.removesuffix("s") for table in tables)
                return f"{key} names '{id_}', and no {what} has that id, here or in the sheet"
        return ""

    def _settle(self) -> None:
        """Add the rows that waited for others, as far as those have come; what is rejected may be missed by more."""
        while rejected := [(row, made, missing) for row, made in self._waiting if (missing := self._missing(made))]:
            for row, made, missing in rejected:
                if (made.record.table, made.values["id"]) not in self._declared:
                    self._declarations.remove(made.record, made.values)
                self.taken.rejects.add(row, missing)
            gone = {id(made) for _, made, _ in rejected}
            self._waiting = [each for each in self._waiting if id(each[1]) not in gone]
        for _, made in self._waiting:
            self._add(made)
        self._waiting = []

    def _declare_named(self) -> None:
        for (table, _), values in self._declared.items():
            self.taken.draft.add(NAMED[table], values)
            self.taken.declared[table] = self.taken.declared.get(table, 0) + 1

    def _declare_implicit(self) -> None:
        """Declare what the file only names: once it declares any, it must declare all."""
        number = self._loaded.documents.index(self._target)
        for record in RECORDS:
            table = record.table
            if table in NAMED and self.taken.draft.counts.get(table) and not self._target.tables.get(table):
                for entry, place in self._loaded.draft.entries(table):
                    if place.document == number and place.table != table:
                        shown = {"name": entry.id} if table == "actors" else {"label": entry.id}
                        self.taken.draft.add(record, {"id": entry.id, **shown})
