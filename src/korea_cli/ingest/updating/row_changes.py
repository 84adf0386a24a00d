"""Compare the cells of a row with what korea writes for its record, and find the keys that were changed."""

from __future__ import annotations

from collections import Counter
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.ingest.building.kind_words import kind_key
from korea_cli.ingest.building.row_cells import require_width
from korea_cli.ingest.columns.headings import REJECTED, SECTION, TYPE, exact_keys, found_keys, guess_key, key_in_row
from korea_cli.ingest.columns.titles import columns_in
from korea_cli.ingest.dates.row_date import DATE_KEYS
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.updating.shown_records import OF_THE_ANSWER, ShownRecords, is_empty_cell
from korea_cli.model.records import RECORD_TYPES, file_keys
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.building.record_builder import RecordBuilder
    from korea_cli.ingest.dates.row_date import DateReader
    from korea_cli.ingest.sheet import CellsByKey, SheetRow
    from korea_cli.model.records import Record
    from korea_cli.rows.column import Column

_PART_OF = {"locator": "sources", "media": "note", "media_credit": "note", "media_caption": "note"}
_DATE_PARTS = DATE_KEYS - {"date", "time"}


class RowCell(NamedTuple):
    """A cell of a row: the name of its column, the key that it is for, and what it has. derived: korea computes it."""

    name: str
    key: str
    value: object = ""
    derived: bool = False


class RowPlan(NamedTuple):
    """What the columns of a sheet are for: their cells, without values.

    compared: those that are compared, by number, with what korea shows if only one cell has the key. counts: of keys.
    """

    cells: list[RowCell]
    compared: list[tuple[int, RowCell, Column | None]]
    counts: Counter[str]


class RowComparer:
    """Compares the rows of one sheet with records."""

    def __init__(self, options: BuilderOptions, builder: RecordBuilder, dates: DateReader, shown: ShownRecords) -> None:
        """Plan which columns are compared; raises UsageError for one that cannot be."""
        self._options, self._builder, self._rows = options, builder, builder.rows
        self._dates, self._shown = dates, shown
        self._keys = dict(options.columns)
        self._own = {TYPE, "id"} <= {*self._keys.values()}  # korea wrote the sheet
        for part, key in options.columns:
            if self._own and key in _PART_OF:
                advice = f"Write it in the column '{_PART_OF[key]}', and use --map '{part}=' to skip '{part}'."
                raise UsageError(f"a sheet of korea has no column for '{part}', read as {key}. {advice}")
        if options.title and self._own:
            raise UsageError("--title composes no titles for a sheet of korea, which has them in a column")
        self._title_columns = columns_in(options.title)
        self._plans: dict[str, RowPlan] = {}

    def _plan(self, record: type[Record]) -> RowPlan:
        """Return what the columns of a sheet are for in the row of a record; korea calls each like its key."""
        if record.table not in self._plans:
            cells = [self._planned(name, key, record) for name, key in self._options.columns]
            counts = Counter(each.key for each in cells if not each.derived)
            alone = [each.derived or counts[each.key] == 1 for each in cells]
            columns = [self._column(record, cell) if one else None for cell, one in zip(cells, alone, strict=True)]
            compared = [
                (index, cell, column) for index, (cell, column) in enumerate(zip(cells, columns, strict=True))
                if cell.key != "id" and not (cell.derived and cell.name in OF_THE_ANSWER)
            ]  # fmt: skip
            self._plans[record.table] = RowPlan(cells, compared, counts)
        return self._plans[record.table]

    def _planned(self, name: str, key: str, record: type[Record]) -> RowCell:
        if not self._own or key in {TYPE, "id"}:
            return RowCell(name, key, derived=not key and name in found_keys(record))
        own = key_in_row(name, key, record, self._options.record)
        return RowCell(name, own, derived=name in {SECTION, *found_keys(record)})

    def _column(self, record: type[Record], cell: RowCell) -> Column | None:
        return self._shown.column(record, cell.name if cell.derived else cell.key, derived=cell.derived)

    def record_of(self, row: SheetRow) -> type[Record]:
        """Return the type of the record of a row."""
        if isinstance(row.cells, list):
            return self._rows.record_of(row.cells)
        return RECORD_TYPES.get(str(row.cells.get("type")), self._options.record)

    def id_of(self, row: SheetRow) -> str:
        """Return the id in a row; "" where it has none."""
        if isinstance(row.cells, list):
            columns = zip(row.cells, self._options.columns, strict=False)
            ids = [cell for cell, (_, key) in columns if key == "id"]
            return ids[0].strip() if ids else ""
        values = (cell.value for cell in self.cells(row) if cell.key == "id")
        return next((str(each).strip() for each in values if not is_empty_cell(each)), "")

    def cells(self, row: SheetRow) -> Iterator[RowCell]:
        """Yield the cells of a row, also empty ones."""
        if isinstance(row.cells, list):
            texts = chain(row.cells, repeat(""))
            cells = self._plan(self.record_of(row)).cells
            yield from (planned._replace(value=text) for planned, text in zip(cells, texts, strict=False))
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

    def compare(self, row: SheetRow, entry: Record) -> tuple[CellsByKey, list[str]]:
        """Return the cells of each key that a row may change, none of one that it empties, and changed derived columns.

        Raises RowError where it is no row of the record.
        """
        changed: dict[str, list[object]] = {}
        derived: list[str] = []
        for cell in self._different(row, entry):
            if cell.derived:
                derived += [cell.name] if self._is_changed(cell, entry) else []
            elif cell.key == TYPE:
                self._add_type(cell, entry, changed)
            elif cell.key in file_keys(type(entry)) and cell.key != "id":
                changed.setdefault(cell.key, []).append(cell.value)
            elif cell.key in _DATE_PARTS:
                changed.setdefault("date", [])
            elif cell.key in _PART_OF and not is_empty_cell(cell.value):
                changed.setdefault(_PART_OF[cell.key], [])
        return self._read(row, changed) if changed else {}, derived

    def _different(self, row: SheetRow, entry: Record) -> Iterator[RowCell]:
        """Yield the cells that are not what korea writes, and those that it does not write; also a composed title."""
        if title := self._changed_title(row, entry):
            yield title
        if not isinstance(row.cells, list):
            for cell in self.cells(row):
                column = self._column(type(entry), cell)
                if column is None or not self._shown.is_shown(cell.value, column, entry):
                    yield cell
            return
        plan, number = self._plan(type(entry)), len(row.cells)
        require_width(row.cells, len(plan.cells))
        for index, planned, column in plan.compared:
            text = row.cells[index] if index < number else ""
            if column:
                stored = column.get(entry)
                if text == stored or not (text or stored) or self._shown.is_shown(text, column, entry):
                    continue  # as most are
            yield planned._replace(value=text)

    def _changed_title(self, row: SheetRow, entry: Record) -> RowCell | None:
        """Return the title composed of a row, if it is another one; a sheet without some of its columns has none."""
        columns = dict(self._options.columns) if isinstance(row.cells, list) else row.cells
        if not self._title_columns or not all(name in columns for name in self._title_columns):
            return None
        if isinstance(row.cells, dict) and row.cells.get("type") in RECORD_TYPES:
            return None  # korea wrote it, with a title of its own
        composed, key = self._rows.title_of(row), title_key(type(entry))
        column = self._shown.column(type(entry), key)
        if composed is None or not composed.text or (column and self._shown.is_shown(composed.text, column, entry)):
            return None
        return RowCell("", key, composed.text)

    def _is_changed(self, cell: RowCell, entry: Record) -> bool:
        """Whether a derived cell that is different was changed, and not only written in another way."""
        column = self._column(type(entry), cell)
        if column is None:  # of records of another type
            return cell.name not in OF_THE_ANSWER and not is_empty_cell(cell.value)
        words = self._shown.text(column, entry)
        if not (words[:1].isdigit() and isinstance(cell.value, str) and cell.value.strip()):
            return True
        try:  # a spreadsheet may write a date in another way
            return self._dates.read(cell.name, cell.value).text != words
        except RowError:
            return True

    def _read(self, row: SheetRow, changed: CellsByKey) -> CellsByKey:
        """Return what the changed cells mean; those of JSON that korea wrote mean what they are."""
        if self._own or (isinstance(row.cells, dict) and row.cells.get("type") in RECORD_TYPES):
            return {key: [each for each in several if not is_empty_cell(each)] for key, several in changed.items()}
        record, found = self._rows.read(row)
        self._rows.move_media(found)
        found |= {key: [word] for key, word in self._builder.take_kind(record, found).items()}
        if _DATE_PARTS & self._plan(self._options.record).counts.keys():
            dated = self._dates.take(found)
            found |= {key: [dated[key]] for key in ("date", "time") if key in dated}
        parts = {"locator": found["locator"]} if "locator" in found else {}
        if "note" in changed and not any(cell.key == "note" for cell in self.cells(row)):
            parts["media"] = found.pop("note", [])
            del changed["note"]
        unread = {
            key for key, cells in changed.items() if key not in found and any(isinstance(each, dict) for each in cells)
        }
        return {key: found.get(key, []) for key in changed if key in file_keys(record) and key not in unread} | parts

    def unmapped(self, row: SheetRow) -> Iterator[tuple[str, str]]:
        """Yield as what each value is counted that no key is for."""
        if isinstance(row.cells, list) and "" not in self._plan(self.record_of(row)).counts:
            return  # as in most sheets
        for cell in self.cells(row):
            if not (cell.key or cell.derived or cell.name == REJECTED or is_empty_cell(cell.value)):
                yield "ignored", cell.name

    def _add_type(self, cell: RowCell, entry: Record, changed: CellsByKey) -> None:
        """Add a word under `type` to the changed cells that is a kind; raises RowError for another type of record."""
        word, kind = str(cell.value).strip(), kind_key(type(entry))
        if kind and word.casefold() not in {"", *RECORD_TYPES}:
            column = self._shown.column(type(entry), kind)
            if column and not self._shown.is_shown(word, column, entry):
                changed.setdefault(kind, []).append(word)
        elif word.casefold() not in {"", entry.type}:
            raise RowError(f"its type is '{cell.value}', but {entry.type} '{entry.id}' has its id")
