"""Build a record of the cells of a row, or raise the reason why it is rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.once import once
from korea_cli.base.slugs import is_slug
from korea_cli.ingest.building.cells import CellReader
from korea_cli.ingest.building.code_cells import read_code
from korea_cli.ingest.building.dedup import NewRecord
from korea_cli.ingest.building.kind_words import KindWords, kind_key, kind_noun
from korea_cli.ingest.building.row_cells import RowCells
from korea_cli.ingest.columns.headings import LONGEST_TITLE, TYPE
from korea_cli.ingest.dates.row_date import DATE_KEYS
from korea_cli.ingest.json.slides import complete_cells, drop_shown_date
from korea_cli.ingest.names.actor_names import ActorNames
from korea_cli.ingest.names.values import InvalidValue, fit_value, fit_values
from korea_cli.ingest.sheet import RowError
from korea_cli.model.field_spec import CODES
from korea_cli.model.records import RECORD_TYPES, Event, Source, file_keys

if TYPE_CHECKING:
    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.names.declarations import Declarations
    from korea_cli.ingest.sheet import CellsByKey, Counts, SheetRow
    from korea_cli.model.records import Record

    Values = dict[str, object]

_SHOWN = 40  # letters of a value
_CANCELLED = {"cancelled", "canceled"}  # statuses of what did not happen
_SLIDE_TYPES = {"title": None, "era": "period"}  # of TimelineJS


class SkipRowError(Exception):
    """Why a row is skipped that is not a record."""


class RecordBuilder:
    """Builds records of the rows of one sheet.

    counts: what becomes of the values of the current row, by sort and name, as far as they are not stored as they are.
    rows: reads the cells of rows.
    """

    def __init__(self, names: Declarations, options: BuilderOptions, counts: Counts) -> None:
        """Check what all rows rest on; raises KoreaError."""
        if is_slug(source := options.source.partition("#")[0]):
            names.resolve((Source.table,), source)
        self._names, self._options, self._counts = names, options, counts
        self.actors = ActorNames(names)
        self._cells = CellReader(counts, options.separator, slides=options.slides, actors=self.actors)
        self.kinds = KindWords(names, new=options.new_kinds)
        self.rows = RowCells(options, self._cells, self.kinds, counts)
        names.described = self.rows.actors.actors

    def build(self, row: SheetRow) -> NewRecord:
        """Build the record of a row; raises RowError or SkipRowError."""
        if row.error:
            raise RowError(row.error)
        record, cells = self.rows.read(row)
        self._apply_type(record, cells)
        if self._options.slides:
            complete_cells(cells)
        self._names.references.clear()
        self._names.own = self.rows.own
        dated = {} if DATE_KEYS.isdisjoint(cells) else self._names.dates.take(cells, exact=self.rows.own)
        if self._options.slides:
            drop_shown_date(cells, dated)
        locator, id_ = [self._cells.single(key, cells.pop(key)) if key in cells else "" for key in ("locator", "id")]
        self.rows.move_media(cells)
        values = self.values(record, cells, {**dated, **self.take_kind(record, cells)})
        if "sources" in file_keys(record):
            self._cite(values, locator)
        if record is Event and len(str(values.get("title", ""))) > LONGEST_TITLE:
            self._counts["long"] += 1
        return NewRecord(record, values, tuple(self._names.references), id_)

    def values(self, record: type[Record], cells: CellsByKey, typed: Values) -> Values:
        """Return the values of a record, or of some of its keys; raises RowError.

        Most names and sources come again and again, and are read once.
        """
        known: Values = {}
        new: list[tuple[str, ...]] = []
        keys, read_before = file_keys(record), self._names.declared.cells
        for key, several in cells.items():
            if (spec := keys.get(key)) is None:
                raise RowError(f"{record.table} have no '{key}'")
            if spec.refers and (names := _plain_texts(several)):
                if (cell := (record.table, key, *names)) in read_before:
                    known[key] = read_before[cell]
                    continue
                new.append(cell)
            typed[key] = self._cells.value(key, spec, several)
        if not self.rows.own:
            self._leave_out_unknown(record, typed)
        values, invalid = fit_values(record, typed, self._names)
        if invalid:
            raise RowError(str(invalid[0]))
        if new and not self._names.references:
            self._names.declared.remember((cell, values[cell[1]]) for cell in new if cell[1] in values)
        return values | known

    def _leave_out_unknown(self, record: type[Record], typed: Values) -> None:
        """Remove what is no value of a key with few values: columns of other people are only called like these.

        Raises RowError for what is cancelled.
        """
        for key in _coded_keys(record) & typed.keys():
            typed[key] = read_code(file_keys(record)[key].form, str(typed[key]), self._heading(key), self._counts)
        for key in _closed_keys(record) & typed.keys():
            text = str(typed[key])
            forms = (typed[key], text.strip().casefold())
            fit = (each for each in forms if not isinstance(fit_value(record, key, each, self._names), InvalidValue))
            typed[key] = next(fit, "")
            if key == "status" and text.strip().casefold() in _CANCELLED:
                raise RowError(f"it is cancelled (status '{text}')")
            if text and not typed[key]:
                self._counts["unread", f"{self._heading(key)} '{text[:_SHOWN]}'"] += 1

    def _heading(self, key: str) -> str:
        """Return what the first column for a key is called."""
        return next((heading for heading, each in self._options.columns if each == key), key)

    def _apply_type(self, record: type[Record], cells: CellsByKey) -> None:
        """Apply a column called Type: a type of record, a kind of event, or how TimelineJS shows a row."""
        if TYPE not in cells:
            return
        written, *_ = cells.pop(TYPE)
        if isinstance(written, list) and "topics" in file_keys(record):
            cells.setdefault("topics", []).append(written)
            return
        type_ = str(written).strip()
        if type_ in _SLIDE_TYPES and self._options.slides:
            if _SLIDE_TYPES[type_] is None:
                raise SkipRowError("the title slide")
            cells["kind"] = [_SLIDE_TYPES[type_]]
        elif type_ and type_.casefold() not in RECORD_TYPES:
            cells.setdefault(kind_key(record), []).append(type_)
        elif type_ and RECORD_TYPES[type_.casefold()] is not record:
            raise RowError(f"its type is '{type_}', but the sheet is read as {record.table}. Use --type.")

    def take_kind(self, record: type[Record], cells: CellsByKey) -> Values:
        """Remove the kinds from a row and return one; any other, or unknown, becomes a topic or is left out."""
        key = kind_key(record)
        found: Values = {}
        for cell in cells.pop(key, []):
            text = self._cells.single(key, [cell])
            word = self.kinds.find(record, text, own=self.rows.own) if text else None
            if word and found.get(key, word) == word:
                found[key] = word
            elif text and "topics" in file_keys(record):
                cells.setdefault("topics", []).append(text)
                self._counts[f"moved {kind_noun(record)}", text] += 1
            elif text:
                self._counts[f"unknown {kind_noun(record)}", text] += 1
        return found

    def _cite(self, values: Values, locator: str) -> None:
        """Add the source of the whole sheet, and the place in a source that has its own column."""
        sources = values.get("sources")
        cited = list(sources) if isinstance(sources, list) else []
        if locator and self._options.source and not cited:
            cited = [self._names.cite(self._options.source)]  # a place in the source of all rows
        if locator and not cited:
            self._counts["ignored", self._heading("locator")] += 1
        elif locator:
            if len(cited) != 1 or "#" in cited[0]:
                raise RowError(f"'{locator}' is a place in one source, but the row names {len(cited)}")
            cited = [f"{cited[0]}#{locator}"]
        if self._options.source:
            whole = self._names.cite(self._options.source)
            if not any(each.partition("#")[0] == whole.partition("#")[0] for each in cited):
                cited.append(whole)
        if cited:
            values["sources"] = cited


@once
def _coded_keys(record: type[Record]) -> frozenset[str]:
    """Return the keys that have codes."""
    return frozenset(name for name, key in file_keys(record).items() if key.form in CODES)


@once
def _closed_keys(record: type[Record]) -> frozenset[str]:
    """Return the keys that only some words can be the values of, other than the kind."""
    closed = {name for name, key in file_keys(record).items() if key.form in {"choice", "flag"}}
    return frozenset(closed | ({"timezone"} & file_keys(record).keys()) - {kind_key(record)})


def _plain_texts(cells: list[object]) -> list[str]:
    """Return cells that are texts from which nothing is removed; none where there is another."""
    texts = [each for each in cells if isinstance(each, str) and each.isprintable()]
    return texts if len(texts) == len(cells) else []
