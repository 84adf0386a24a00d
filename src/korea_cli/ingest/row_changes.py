"""Compare the cells of a row with what korea writes for its record, and find the keys that were changed."""

from __future__ import annotations

from collections import Counter
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.ingest.headings import REJECTED, TYPE, exact_keys, found_keys, guess_key
from korea_cli.ingest.row_cells import require_width
from korea_cli.ingest.row_date import DATE_KEYS
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.shown_records import OF_THE_ANSWER, ShownRecords, is_empty_cell
from korea_cli.model.records import RECORD_TYPES, file_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.builder_options import BuilderOptions
    from korea_cli.ingest.row_cells import RowCells
    from korea_cli.ingest.row_date import DateReader
    from korea_cli.ingest.sheet import CellsByKey, SheetRow
    from korea_cli.model.records import Record
    from korea_cli.rows.column import Column

_NOT_ALONE = {"locator", "media", "media_credit", "media_caption"}  # parts of other keys
_DATE_PARTS = DATE_KEYS - {"date", "time"}


class RowCell(NamedTuple):
    """A cell of a row: the name of its column, the key that it is for, and what it has. derived: korea computes it."""

    name: str
    key: str
    value: object = ""
    derived: bool = False


class RowChanges(NamedTuple):
    """What is different in a row: the cells of each key that may have been changed, and the names of derived columns.

    The cells of a key are none where it was emptied.
    """

    cells: CellsByKey
    derived: tuple[str, ...] = ()


class RowComparer:
    """Compares the rows of one sheet with records."""

    def __init__(self, options: BuilderOptions, rows: RowCells, dates: DateReader, shown: ShownRecords) -> None:
        """Plan which columns are compared; raises UsageError for one that cannot be."""
        self._options, self._rows, self._dates, self._shown = options, rows, dates, shown
        self._keys = dict(options.columns)
        if part := next((heading for heading, key in options.columns if key in _NOT_ALONE), None):
            key = self._keys[part]
            raise UsageError(f"--update cannot compare '{part}', read as {key}. Use --map '{part}=' to skip it.")
        own = {TYPE, "id"} <= {*self._keys.values()}  # korea wrote the sheet
        found = found_keys(options.record) - {"type"} if own else set()
        self._plan = [RowCell(name, key, derived=name in found) for name, key in options.columns]
        self._columns = [self._column(options.record, cell) for cell in self._plan]
        counts = Counter(each.key for each in self._plan if not each.derived)
        self._has_unmapped = any(not (each.key or each.derived) for each in self._plan)
        self._several = {key for key, count in counts.items() if count > 1}
        self._dated = bool(_DATE_PARTS & counts.keys())

    def _column(self, record: type[Record], cell: RowCell) -> Column | None:
        return self._shown.column(record, cell.name if cell.derived else cell.key)

    def record_of(self, row: SheetRow) -> type[Record]:
        """Return the type of the record of a row."""
        if isinstance(row.cells, list):
            return self._options.record
        return RECORD_TYPES.get(str(row.cells.get("type")), self._options.record)

    def id_of(self, row: SheetRow) -> str:
        """Return the id in a row; "" where it has none."""
        if isinstance(row.cells, list):
            ids = [cell for cell, planned in zip(row.cells, self._plan, strict=False) if planned.key == "id"]
            return ids[0].strip() if ids else ""
        values = (cell.value for cell in self.cells(row) if cell.key == "id")
        return next((str(each).strip() for each in values if not is_empty_cell(each)), "")

    def cells(self, row: SheetRow) -> Iterator[RowCell]:
        """Yield the cells of a row, also empty ones."""
        if isinstance(row.cells, list):
            texts = chain(row.cells, repeat(""))
            yield from (planned._replace(value=text) for planned, text in zip(self._plan, texts, strict=False))
            return
        record = self.record_of(row)
        keys, found = exact_keys(record), found_keys(record)
        own = row.cells.get("type") == record.type
        for name, value in row.cells.items():
            key = self._keys.get(name, keys.get(name, "") if own else guess_key(name, record))
            if own and name == "type":
                yield RowCell(name, TYPE, value)
            else:
                yield RowCell(name, key, value, derived=own and name in found)

    def compare(self, row: SheetRow, entry: Record) -> RowChanges:
        """Return what is different in a row; raises RowError where it is no row of the record."""
        changed: dict[str, list[object]] = {}
        derived = []
        for cell in self._different(row, entry):
            if cell.derived:
                derived += [cell.name] if self._is_changed(cell, entry) else []
            elif cell.key == TYPE:
                _require_type(cell, entry)
            elif cell.key in file_keys(type(entry)) and cell.key != "id":
                changed.setdefault(cell.key, []).append(cell.value)
            elif cell.key in _DATE_PARTS:
                changed.setdefault("date", [])
        return RowChanges(self._read(row, changed) if changed else {}, tuple(derived))

    def _different(self, row: SheetRow, entry: Record) -> Iterator[RowCell]:
        """Yield the cells that are not what korea writes, and those that it does not write."""
        if not isinstance(row.cells, list):
            for cell in self.cells(row):
                column = self._column(type(entry), cell)
                if column is None or not self._shown.is_shown(cell.value, column, entry):
                    yield cell
            return
        require_width(row.cells, len(self._plan))
        for planned, column, text in zip(self._plan, self._columns, chain(row.cells, repeat("")), strict=False):
            alone = column is not None and (planned.derived or planned.key not in self._several)
            if not (alone and column and self._shown.is_shown(text, column, entry)):
                yield planned._replace(value=text)

    def _is_changed(self, cell: RowCell, entry: Record) -> bool:
        """Whether a derived cell that is different was changed, and not only written in another way."""
        column = self._column(type(entry), cell)
        return not self._is_same_day(cell, column, entry) if column else cell.name not in OF_THE_ANSWER

    def _is_same_day(self, cell: RowCell, column: Column, entry: Record) -> bool:
        """Whether a derived date is only written in another way, as by a spreadsheet."""
        words, _ = self._shown.words(column, entry)
        if not (cell.derived and words[:1].isdigit() and isinstance(cell.value, str) and cell.value.strip()):
            return False
        try:
            return self._dates.read(cell.name, cell.value).text == words
        except RowError:
            return False

    def _read(self, row: SheetRow, changed: CellsByKey) -> CellsByKey:
        """Return what the changed cells mean; those of JSON that korea wrote mean what they are."""
        if isinstance(row.cells, dict) and row.cells.get("type") in RECORD_TYPES:
            return {key: [each for each in several if not is_empty_cell(each)] for key, several in changed.items()}
        _, found = self._rows.read(row)
        if self._dated:
            dated = self._dates.take(found)
            found |= {key: [dated[key]] for key in ("date", "time") if key in dated}
        return {key: found.get(key, []) for key in changed}

    def unmapped(self, row: SheetRow) -> Iterator[tuple[str, str]]:
        """Yield as what each value is counted that no key is for."""
        for cell in self.cells(row) if self._has_unmapped or isinstance(row.cells, dict) else ():
            if not (cell.key or cell.derived or cell.name == REJECTED or is_empty_cell(cell.value)):
                yield "ignored", cell.name


def _require_type(cell: RowCell, entry: Record) -> None:
    if str(cell.value).strip().casefold() not in {"", entry.type}:
        raise RowError(f"it is a {cell.value}, but '{entry.id}' is the id of a {entry.type}")
