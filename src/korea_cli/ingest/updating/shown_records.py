"""What korea writes for the records of a chronology: a cell that is equal to it was not changed."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from korea_cli.base.formulas import unescape_formula
from korea_cli.base.sanitize import clean
from korea_cli.chronology import Chronology
from korea_cli.dates.days import Day
from korea_cli.ingest.building.own_cells import cell_of
from korea_cli.ingest.columns.headings import SECTION, exact_keys, found_keys
from korea_cli.reading.corroboration import support
from korea_cli.reading.titles import DraftTitles
from korea_cli.report.sections import in_words
from korea_cli.rows.columns import columns_for
from korea_cli.store.encode_rows import build_store, stored_header

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.model.records import Record
    from korea_cli.rows.column import Column, Json

# How and where a record was found, or what others say of it: no cell can be held to it.
OF_THE_ANSWER = {SECTION, "match", "distance", "file", "line", "claims"}
_SUPPORT = {"source_count", "voice_count", "known_since"}  # of events and facts
_COUNTS = {"event_count", "fact_count", "alone", "first", "last"}  # of actors, topics and sources
_EMPTY: tuple[object, ...] = (None, "", [], {}, ())


def is_empty_cell(cell: object) -> bool:
    """Whether a cell of a sheet, or a value of JSON, says that there is no value."""
    return not cell.strip() if isinstance(cell, str) else cell in _EMPTY


class ShownRecords:
    """What korea writes for each record, as JSON and in words, by keys of files and by those that it derives."""

    def __init__(self, loaded: LoadResult) -> None:
        self._loaded, self._titles = loaded, DraftTitles(loaded.draft)
        self._columns: dict[str, tuple[dict[str, Column], dict[str, Column]]] = {}  # of files, and derived
        self._texts: dict[tuple[str, str], dict[object, str]] = {}
        self._supported = False  # whether events and facts have what is found about their sources

    def column(self, record: type[Record], key: str, *, derived: bool = False) -> Column | None:
        """Return the column of a key of files, or of a derived one; None where there is none to compare."""
        if record.table not in self._columns:
            written = exact_keys(record)
            columns = {each.key: each for each in columns_for(record, self._titles) if each.key not in OF_THE_ANSWER}
            self._columns[record.table] = (
                {written[name]: each for name, each in columns.items() if name in written},
                {name: each for name, each in columns.items() if name in found_keys(record)},
            )
        return self._columns[record.table][derived].get(key)

    def json(self, column: Column, entry: Record) -> Json:
        """Return what JSON has in a column of a record."""
        return column.value(self.whole(entry, column))

    def text(self, column: Column, entry: Record) -> str:
        """Return what a sheet of whole records has in a column of a record."""
        return self._text_of(column, entry, column.get(self.whole(entry, column)))

    def _text_of(self, column: Column, entry: Record, stored: object) -> str:
        """Return the same of a value; most values recur."""
        if not column.recurs:
            return clean(cell_of(column.read(stored)))
        known = self._texts.setdefault((entry.table, column.key), {})
        if stored not in known:
            known[stored] = clean(cell_of(column.read(stored)))
        return known[stored]

    def is_shown(self, cell: object, column: Column, entry: Record) -> bool:
        """Whether a cell of a sheet, or a value of JSON, is what korea writes for a record."""
        stored = column.get(self.whole(entry, column))
        if cell == stored or not (cell or stored):  # as most are
            return True
        if not isinstance(cell, str):
            value = column.read(stored)
            return cell == value or (is_empty_cell(cell) and is_empty_cell(value))
        if cell == (text := self._text_of(column, entry, stored)):
            return True
        words = text, clean(in_words(column.read(stored)))  # a sheet of chosen columns has no ids
        return cell in words or _plain(cell) in map(_plain, words) or unescape_formula(cell) in words

    def whole(self, entry: Record, column: Column) -> Record:
        """Return a record with what is found about it, where a column shows that."""
        if column.key in _SUPPORT and not self._supported:
            support(self._loaded.draft)
            self._supported = True
        return self._counted[entry.table, entry.id] if column.key in _COUNTS else entry

    @cached_property
    def _counted(self) -> dict[tuple[str, str], Record]:
        """The actors, topics and sources, with how many records refer to them."""
        draft, today = self._loaded.draft, Day.of(dt.date.today())  # noqa: DTZ011 - no date is read by it
        chronology = Chronology(stored_header(draft), self._loaded.documents, build_store(draft), today)
        answers = (chronology.actors(), chronology.topics(), chronology.sources())
        return {(entry.table, entry.id): entry for answer in answers for entry in answer}


def _plain(text: str) -> str:
    """Return a text as spreadsheets may leave it."""
    return clean(text).replace("\r\n", "\n").strip()
