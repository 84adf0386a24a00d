"""Build a record of the cells of a row, or raise the reason why it is rejected."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.cells import CellReader
from korea_cli.ingest.dates import DateRules
from korea_cli.ingest.dedup import NewRecord
from korea_cli.ingest.headings import TYPE
from korea_cli.ingest.objects import ObjectReader
from korea_cli.ingest.row_date import DATE_KEYS
from korea_cli.ingest.sheet import RowError, is_unnamed
from korea_cli.ingest.slides import complete_cells
from korea_cli.ingest.values import fit_values
from korea_cli.model.records import RECORD_TYPES, Source, file_keys
from korea_cli.reading.values import is_slug

if TYPE_CHECKING:
    from korea_cli.ingest.declarations import Declarations
    from korea_cli.ingest.sheet import CellsByKey, SheetRow
    from korea_cli.model.records import Record

    Values = dict[str, object]

_REMEMBERED = 20_000  # cells
_SLIDE_TYPES = {"title": None, "era": "period"}  # of TimelineJS


class SkipRowError(Exception):
    """Why a row is skipped that is not a record."""


class BuilderOptions(NamedTuple):
    """How the rows of a sheet are read. source: what all rows rest on.

    skip_identical: whether a row that is the same as an earlier one is left out. join_rows: whether rows that share an
    id and differ in one list are joined.
    """

    record: type[Record]
    columns: tuple[tuple[str, str], ...]
    rules: DateRules = DateRules()
    source: str = ""
    separator: str = ""
    slides: bool = False
    skip_identical: bool = False
    join_rows: bool = False


class RecordBuilder:
    """Builds records of the rows of one sheet.

    counts: of cells that were cleaned and trimmed. ignored: of values without a key, by path.
    """

    def __init__(self, names: Declarations, options: BuilderOptions, counts: Counter[str]) -> None:
        """Check what all rows rest on; raises KoreaError."""
        if is_slug(source := options.source.partition("#")[0]):
            names.resolve((Source.table,), source)
        self._names, self._options = names, options
        self._plan = [(index, key) for index, (_, key) in enumerate(options.columns) if key]
        self._unnamed = [(n, each) for n, (each, key) in enumerate(options.columns) if not key and is_unnamed(each)]
        self._width = len(options.columns)
        self._cells = CellReader(counts, options.separator, slides=options.slides)
        self.ignored: Counter[str] = Counter()
        self._unmapped: Counter[str] = Counter()  # of the current row: one that is rejected is saved as a whole
        self._objects = ObjectReader(dict(options.columns), self._cells, self._unmapped)
        self._known: dict[tuple[str, str, str], object] = {}

    def build(self, row: SheetRow) -> NewRecord:
        """Build the record of a row; raises RowError or SkipRowError."""
        if row.error:
            raise RowError(row.error)
        self._unmapped.clear()
        record, cells = self._cells_by_key(row)
        self._names.references.clear()
        dated = self._names.dates.take(cells) if DATE_KEYS & cells.keys() else {}
        locator = self._cells.single("locator", cells.pop("locator", []))
        id_ = self._cells.single("id", cells.pop("id", []))
        self._move_media(cells)
        values = self._read(record, cells, {**dated})
        if "sources" in file_keys(record):
            self._cite(values, locator)
        self.ignored.update(self._unmapped)
        return NewRecord(record, values, tuple(self._names.references), id_)

    def _read(self, record: type[Record], cells: CellsByKey, typed: Values) -> Values:
        """Return the values of a record; most names and sources come again and again, and are read once."""
        known: Values = {}
        new: list[tuple[str, str, str]] = []
        for key, several in cells.items():
            if (spec := file_keys(record).get(key)) is None:
                raise RowError(f"a {record.type} has no '{key}'")
            names = several[0] if spec.refers and len(several) == 1 else None
            if isinstance(names, str) and (cell := (record.table, key, names)) in self._known:
                known[key] = self._known[cell]
                continue
            typed[key] = self._cells.value(key, spec, several)
            if isinstance(names, str):
                new.append(cell)
        values, invalid = fit_values(record, typed, self._names)
        if invalid:
            raise RowError(str(invalid[0]))
        if not self._names.declared.pending and not self._names.references and len(self._known) < _REMEMBERED:
            self._known.update((cell, values[cell[1]]) for cell in new if cell[1] in values)
        return values | known

    def _cells_by_key(self, row: SheetRow) -> tuple[type[Record], CellsByKey]:
        found: CellsByKey = {}
        record = self._options.record
        if isinstance(row.cells, list):
            cells = row.cells
            if len(cells) > self._width and any(cells[self._width :]):
                raise RowError(f"{len(cells)} cells, but only {self._width} columns")
            for index, key in self._plan:
                if index < len(cells) and cells[index].strip():
                    found.setdefault(key, []).append(cells[index])
            for index, heading in self._unnamed:
                if index < len(cells) and cells[index].strip():
                    self._unmapped[heading] += 1
        else:
            record = RECORD_TYPES.get(str(row.cells.get("type")), record)
            found = self._objects.row(row.cells, record)
        self._apply_type(record, found)
        if self._options.slides:
            complete_cells(found)
        return record, found

    def _apply_type(self, record: type[Record], cells: CellsByKey) -> None:
        """Apply a column called Type: a type of record, a kind of event, or how TimelineJS shows a row."""
        type_ = str(cells.pop(TYPE, [""])[0]).strip()
        if type_ in _SLIDE_TYPES and self._options.slides:
            if _SLIDE_TYPES[type_] is None:
                raise SkipRowError("the title slide")
            cells["kind"] = [_SLIDE_TYPES[type_]]
        elif type_ and type_.casefold() not in RECORD_TYPES:
            cells.setdefault("kind", [type_])
        elif type_ and RECORD_TYPES[type_.casefold()] is not record:
            raise RowError(f"it is a {type_}, but the sheet is read as {record.table}. Use --type.")

    def _move_media(self, cells: CellsByKey) -> None:
        keys = ("media", "media_caption", "media_credit")
        media = [self._cells.text(str(cells.pop(key)[0])) for key in keys if key in cells]
        if media:
            cells.setdefault("note", []).append(f"Media: {', '.join(media)}")

    def _cite(self, values: Values, locator: str) -> None:
        """Add the source of the whole sheet, and the place in a source that has its own column."""
        sources = values.get("sources")
        cited = list(sources) if isinstance(sources, list) else []
        if locator and self._options.source and not cited:
            cited = [self._names.cite(self._options.source)]  # a place in the source of all rows
        if locator:
            if len(cited) != 1 or "#" in cited[0]:
                raise RowError(f"'{locator}' is a place in one source, but the row names {len(cited)}")
            cited = [f"{cited[0]}#{locator}"]
        if self._options.source:
            whole = self._names.cite(self._options.source)
            if not any(each.partition("#")[0] == whole.partition("#")[0] for each in cited):
                cited.append(whole)
        if cited:
            values["sources"] = cited
