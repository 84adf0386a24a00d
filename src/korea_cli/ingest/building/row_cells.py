"""The cells of a row by the keys that they are for, each with what it means."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.building.actor_columns import ActorColumns
from korea_cli.ingest.building.cell_rules import CellRules
from korea_cli.ingest.building.objects import ObjectReader
from korea_cli.ingest.columns.headings import FOUND, JOINED, REJECTED, TYPE, is_own, joins, key_in_row
from korea_cli.ingest.columns.titles import columns_in, composer
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import RECORD_TYPES
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.building.cell_rules import ColumnRule
    from korea_cli.ingest.building.cells import CellReader
    from korea_cli.ingest.building.kind_words import KindWords
    from korea_cli.ingest.columns.titles import ComposedTitle
    from korea_cli.ingest.sheet import CellsByKey, Counts, SheetRow
    from korea_cli.model.records import Record

_MEDIA = dict.fromkeys(("media", "media_caption", "media_credit"))


class _Plan(NamedTuple):
    """How the rows of one type of records are read.

    cells: those that are read, by number, each with its key, its rule and what its text begins with. ignored: the
    columns without a key, and what their cells are counted as. joined: the keys that several columns can have. own:
    whether korea writes such rows.
    """

    cells: list[tuple[int, str, ColumnRule, str]]
    ignored: list[tuple[int, tuple[str, str]]]
    joined: set[str]
    own: bool


class RowCells:
    """Reads the cells of the rows of one sheet; `counts` are of those that are `ignored`, by column or path.

    own: whether korea wrote the current row, with all its keys. actors: reads codes of actors.
    """

    def __init__(self, options: BuilderOptions, cells: CellReader, kinds: KindWords, counts: Counts) -> None:
        self._record, self._columns, self._counts = options.record, options.columns, counts
        self._compose = composer(options.title) if options.title else None
        self._rules = CellRules(options.missing, options.books, counts)
        self.actors = ActorColumns(options, self._rules, counts)
        keys = Counter(key for heading, key in options.columns if "[]." not in heading)  # those are of other records
        self._labelled = {key for key in JOINED if keys[key] > 1 or key in options.labelled}
        self._plans: dict[str, _Plan] = {}
        keyed = {heading for heading, key in options.columns if key}
        self._composed = {
            name: self._rules.column(name, "", options.record)._replace(again=name in keyed)
            for name in columns_in(options.title)
        }
        self._places = {heading: index for index, (heading, _) in enumerate(options.columns)}
        self._cells, self.own = cells, False
        self._type = type_column(options.columns)
        self._objects = ObjectReader(dict(options.columns), (cells, self._rules, kinds), counts, self._labelled)

    def read(self, row: SheetRow) -> tuple[type[Record], CellsByKey]:
        """Return the type of the record of a row, and its cells by key; raises RowError."""
        if isinstance(row.cells, list):
            record = self.record_of(row.cells)
            if (plan := self._plans.get(record.table)) is None:
                plan = self._plans[record.table] = self._plan(record)
            found = self._listed(self.actors.listed(row.cells), plan)
            self.own = self._cells.own = plan.own and found.get(TYPE, [record.type]) == [record.type]
        else:
            record = RECORD_TYPES.get(str(row.cells.get("type")), self._record)
            self.own = self._cells.exact = row.cells.get("type") == record.type and is_own(record, row.cells)
            found = self._objects.row(self.actors.keyed(row.cells), record, own=self.own)
        if title := self.title_of(row):
            found[title_key(record)] = [title.text]
            for name in title.columns:
                self._counts.pop(("ignored", name), None)
        return record, found

    def title_of(self, row: SheetRow) -> ComposedTitle | None:
        """Return the title that is composed of the columns of a row; None where titles are not composed."""
        return self._compose(lambda name: self._value_of(name, row)) if self._compose else None

    def record_of(self, cells: Sequence[str]) -> type[Record]:
        """Return the type of the record in a row: its own in a sheet that has the titles of such records."""
        type_ = cells[self._type].strip() if 0 <= self._type < len(cells) else ""
        own = RECORD_TYPES.get(type_, self._record)
        return own if title_key(own) in self._places else self._record

    def _plan(self, record: type[Record]) -> _Plan:
        """Return how the rows of a type of records are read."""
        columns = [(each, key_in_row(each, key, record, self._record)) for each, key in self._columns]
        own = is_own(record, self._places)
        used = {REJECTED, *(FOUND if own else ())}
        return _Plan(
            [
                (index, key, self._rules.column(heading, key, record, labelled=key in self._labelled),
                 f"{heading}: " if key in self._labelled else "")
                for index, (heading, key) in enumerate(columns) if key
            ],
            [(n, ("ignored", heading)) for n, (heading, key) in enumerate(columns) if not key and heading not in used],
            {key for _, key in columns if joins(record, key)},
            own=own,
        )  # fmt: skip

    def _listed(self, cells: list[str], plan: _Plan) -> CellsByKey:
        """Return the cells of a row in the order of the headings."""
        found: CellsByKey = {}
        number = len(cells)
        require_width(cells, len(self._columns))
        for index, key, column, label in plan.cells:
            if index < number and (text := cells[index].strip()):
                _, _, missing, book, _ = column
                plain = not book and text not in missing  # as most are
                cell = cells[index] if plain else self._rules.read(column, cells[index])
                if cell == "":
                    continue
                value = f"{label}{cell}" if label else cell
                if key not in found:
                    found[key] = [value]
                elif key in plan.joined:
                    found[key].append(value)
                else:
                    self._counts["ignored", column.heading] += 1
        counts = self._counts
        for index, sort in plan.ignored:
            if index < number and cells[index].strip():
                counts[sort] = counts.get(sort, 0) + 1
        return found

    def move_media(self, cells: CellsByKey) -> None:
        """Move what shows a record to its note."""
        if _MEDIA.keys().isdisjoint(cells):
            return
        shown = chain(*(cell if isinstance(cell, list) else [cell] for key in _MEDIA for cell in cells.pop(key, ())))
        media = [self._cells.text(str(each)) for each in shown]
        if media:
            cells.setdefault("note", []).append(f"Media: {', '.join(media)}")

    def _value_of(self, name: str, row: SheetRow) -> object:
        """Return what the cell in a column, or the value at a path, means."""
        cell: object = ""
        if isinstance(row.cells, list):
            index = self._places.get(name, len(row.cells))
            cell = row.cells[index] if index < len(row.cells) else ""
        else:
            cell = row.cells.get(name, _at(name, row.cells))
        value = self._rules.read(self._composed[name], cell)
        return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else value


def type_column(columns: Sequence[tuple[str, str]]) -> int:
    """Return the number of the column with the types of records, where others have their ids; -1 if there is none."""
    keys = [key for _, key in columns]
    return keys.index(TYPE) if {TYPE, "id"} <= {*keys} else -1


def require_width(cells: Sequence[str], width: int) -> None:
    """Raise RowError where a row has more cells than the sheet has columns."""
    if len(cells) > width and any(cells[width:]):
        raise RowError(f"{len(cells)} cells, but only {width} columns")


def _at(path: str, values: Mapping[str, object]) -> object:
    """Return the value at a path of JSON; "" for none."""
    first, dot, rest = path.partition(".")
    value = values.get(first, "")
    return (_at(rest, value) if isinstance(value, dict) else "") if dot else value
