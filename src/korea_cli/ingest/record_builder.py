"""Build a record of the cells of a row, or raise the reason why it is rejected."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DateError
from korea_cli.ingest.cells import CellReader
from korea_cli.ingest.dates import DateRules
from korea_cli.ingest.dedup import NewRecord
from korea_cli.ingest.mapping import TYPE, guess_key
from korea_cli.ingest.row_date import DATE_KEYS, DateReader
from korea_cli.ingest.sheet import RowError
from korea_cli.model.field_spec import once
from korea_cli.model.records import RECORD_TYPES, RECORDS, keys_of, written_keys
from korea_cli.reading.values import BadValueError, reader_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from korea_cli.ingest.cells import Reference
    from korea_cli.ingest.declarations import Declarations
    from korea_cli.ingest.sheet import CellsByKey, SheetRow
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_VERIFIED = {"choice", "url", "time", "other_dates"}  # forms whose values the reader of the file may refuse
_SLIDE_TYPES = {"title": None, "era": "period"}  # of TimelineJS


class SkipRowError(Exception):
    """Why a row is skipped that is not a record."""


class BuilderOptions(NamedTuple):
    """How the rows of a sheet are read. kinds: further kinds of event. source: what all rows rest on."""

    record: type[Record]
    columns: tuple[tuple[str, str], ...]
    rules: DateRules = DateRules()
    kinds: tuple[str, ...] = ()
    source: str = ""
    separator: str = ""
    slides: bool = False


class RecordBuilder:
    """Builds records of the rows of one sheet.

    counts: of cells that were cleaned and trimmed, of dates inferred and partial. ignored: names of unknown keys.
    """

    def __init__(self, declarations: Declarations, options: BuilderOptions) -> None:
        self._declarations, self._options = declarations, options
        self._plan = [(index, key) for index, (_, key) in enumerate(options.columns) if key]
        self._width, self._keys = len(options.columns), dict(options.columns)
        self.counts: Counter[str] = Counter()
        self.dates = DateReader(options.rules, self.counts)
        self._cells = CellReader(declarations, self.dates, self.counts, options.separator, slides=options.slides)
        self.ignored: set[str] = set()
        self._verifiers: dict[str, dict[str, Callable[[object], object]]] = {
            each.table: {
                key: reader_for(written_keys(each)[key], spec, options.kinds)
                for key, spec in _specs(each).items()
                if spec.form in _VERIFIED
            }
            for each in RECORDS
        }

    def build(self, row: SheetRow) -> NewRecord:
        """Build the record of a row; raises RowError or SkipRowError."""
        if row.error:
            raise RowError(row.error)
        record, cells = self._cells_by_key(row)
        references: list[Reference] = []
        values: dict[str, object] = {}
        if DATE_KEYS & cells.keys():
            values |= self.dates.take(cells)
        locator = self._cells.single("locator", cells.pop("locator", []))
        self._move_media(cells)
        specs = _specs(record)
        for key, several in cells.items():
            if key not in specs:
                raise RowError(f"a {record.type} has no '{key}'")
            values[key] = self._cells.value(key, specs[key], several, references)
        if "sources" in specs:
            self._cite(values, locator)
        self._verify(record, values)
        return NewRecord(record, values, tuple(references))

    def _cells_by_key(self, row: SheetRow) -> tuple[type[Record], CellsByKey]:
        """Return the type of a row's record, and its cells by key."""
        found: CellsByKey = {}
        record = self._options.record
        if isinstance(row.cells, list):
            cells = row.cells
            if len(cells) > self._width and any(cells[self._width :]):
                raise RowError(f"{len(cells)} cells, but only {self._width} columns")
            for index, key in self._plan:
                if index < len(cells) and cells[index].strip():
                    found.setdefault(key, []).append(cells[index])
        else:
            record = RECORD_TYPES.get(str(row.cells.get("type")), record)
            for heading, value in row.cells.items():
                if value not in (None, "", []):  # false is a value
                    found.setdefault(self._key_of(heading, record), []).append(value)
            found.pop("", None)
        self._apply_type(record, found)
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

    def _key_of(self, heading: str, record: type[Record]) -> str:
        key = self._keys[heading] if heading in self._keys else guess_key(heading, record)
        if not key:
            self.ignored.add(heading)
        return key

    def _move_media(self, cells: CellsByKey) -> None:
        keys = ("media", "media_caption", "media_credit")
        media = [self._cells.text(str(cells.pop(key)[0])) for key in keys if key in cells]
        if media:
            cells.setdefault("note", []).append(f"Media: {', '.join(media)}")

    def _cite(self, values: dict[str, object], locator: str) -> None:
        """Add the source of the whole sheet, and the place in a source that has its own column."""
        sources = values.get("sources")
        cited = list(sources) if isinstance(sources, list) else []
        if locator:
            if len(cited) != 1 or "#" in cited[0]:
                raise RowError(f"'{locator}' is a place in one source, but the row names {len(cited)}")
            cited = [f"{cited[0]}#{locator}"]
        if self._options.source:
            whole = self._declarations.cite(self._options.source)
            if not any(each.partition("#")[0] == whole.partition("#")[0] for each in cited):
                cited.append(whole)
        if cited:
            values["sources"] = list(dict.fromkeys(cited))

    def _verify(self, record: type[Record], values: Mapping[str, object]) -> None:
        """Check values as the reader of the file will; raises RowError."""
        for key, read in self._verifiers[record.table].items():
            if values.get(key, "") != "":
                try:
                    read(values[key])
                except BadValueError as error:
                    hint = f". Did you mean '{error.suggestion}'?" if error.suggestion else ""
                    raise RowError(f"{key} {error.reason}{hint}") from None
                except DateError as error:
                    raise RowError(f"{key} {error}") from None
        for key, spec in _specs(record).items():
            if spec.required and key != "id" and not values.get(key):
                raise RowError(f"{key} is required")


@once
def _specs(record: type[Record]) -> Mapping[str, Key]:
    """Return the keys of a record as a file has them."""
    return {written: keys_of(record)[name] for written, name in written_keys(record).items()}
