"""What the values in the columns of a table mean, read as an import reads them: each distinct one once."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.base.tokenize import plain_words
from korea_cli.checks.load import LoadResult
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START, year_and_month
from korea_cli.ingest.building.record_builder import RecordBuilder
from korea_cli.ingest.dates.row_date import DATED, DateReader
from korea_cli.ingest.names.declarations import Declarations
from korea_cli.ingest.names.registry import NAMED
from korea_cli.ingest.sheet import RowError, SheetRow
from korea_cli.model.header import Header
from korea_cli.model.records import Event, Source, file_keys
from korea_cli.model.row import title_key
from korea_cli.reading.draft import Draft
from korea_cli.reading.toml import Document
from korea_cli.store.foreign.shape import DATE, KIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.sheet import CellsByKey, Counts
    from korea_cli.model.records import Record
    from korea_cli.store.foreign.shape import Lookup, Texts

_DATE_VALUES = ("date", "date_text", "date_basis", "time", "timezone")
_SHOWN = 40  # letters of a cell
_WWW = re.compile(r"^www\.(?=[^\s/]+$)", re.IGNORECASE)  # of a host
_WHOLE: Mapping[str, object] = {"title": "-", "date": "2000"}  # what every event must have


class MappedMeanings:
    """The meanings of values by a mapping, as an import into an empty chronology has them.

    kinds: the kinds of events that were read. refused: why the first date that is none was refused. unread: of the
    columns that were read last, the numbers in `values` of cells that mean nothing, and why the first does not.
    """

    def __init__(self, options: BuilderOptions, source: Source) -> None:
        """Prepare to read values; source: what all rows rest on."""
        self._options, self._source = options, source
        self._counts: Counts = Counter()
        self._dates = DateReader(options.rules, self._counts)
        nowhere = Path(f"/{source.id}")
        draft = Draft(header=Header())
        loaded = LoadResult(documents=(Document(name="", path=nowhere, text=""),), draft=draft, problems=())
        self._names = Declarations(loaded, nowhere, self._dates, Event)
        self._names.add(Source, {"id": source.id, "title": source.title})
        self._builder = RecordBuilder(self._names, options, self._counts)
        self._places = {heading: number for number, (heading, _) in enumerate(options.columns)}
        self._has_cells = False  # whether the row that was read last has any that are not missing
        self.kinds: list[str] = []
        self.refused = ""
        self.unread: tuple[list[int], str] = [], ""

    def rows(self, lookup: Lookup, values: Sequence[Texts]) -> Iterator[tuple[int, tuple[object, ...]]]:
        """Yield what each combination of cells means, if anything: its number, then the values of the lookup."""
        if lookup.key == DATE:
            self._learn_forms(lookup, values)
        unread, first = [], ""
        for number in self._in_order(lookup, values):
            try:
                row, reason = self._row(lookup, values[number]), ""
            except (RowError, AmbiguousNameError) as error:
                self._names.reject()
                row, reason = (), str(error)
                self.refused = self.refused or (reason if lookup.key == DATE else "")
            else:
                self._names.accept()
            if row:
                yield number, row
            elif self._has_cells:
                unread.append(number)
                first = first or reason or f"{lookup.columns[0]} '{next(filter(None, values[number]), '')[:_SHOWN]}'"
        self.unread = unread, first

    def _in_order(self, lookup: Lookup, values: Sequence[Texts]) -> Iterable[int]:
        """Return the numbers of cells: those that name one thing first, for a list is one of names that are known."""
        return sorted(range(len(values)), key=lambda n: "," in str(values[n][0])) if lookup.role else range(len(values))

    def _cells(self, lookup: Lookup, texts: Texts) -> CellsByKey:
        row = [""] * len(self._places)
        for column, text in zip(lookup.columns, texts, strict=True):
            row[self._places[column]] = _WWW.sub("", text or "") if lookup.addresses else text or ""
        _, cells = self._builder.rows.read(SheetRow(0, row))
        cells.pop(title_key(Event), None)
        return cells

    def _row(self, lookup: Lookup, texts: Texts) -> tuple[object, ...]:
        cells = self._cells(lookup, texts)
        self._has_cells = bool(cells)
        if not cells:
            return ()
        if lookup.key == DATE:
            return self._date(cells)
        if lookup.key == KIND:
            value = self._builder.take_kind(Event, cells).get(KIND)
            self.kinds += [str(value)] if value and value not in self.kinds else []
        else:
            value = self._builder.values(Event, cells, {**_WHOLE}).get(lookup.key)
        if not value or not lookup.role:
            return (value,) if value else ()
        return self._named(lookup, value if isinstance(value, list) else [value])

    def _named(self, lookup: Lookup, named: Sequence[object]) -> tuple[str, str, str]:
        """Return the ids of what is named, the inside of a JSON list of citations, and the words of all names."""
        pairs = {str(each): str(each).partition("#") for each in named}
        ids = dict.fromkeys(id_ for id_, *_ in pairs.values())
        cites = ", ".join(json.dumps([id_, place or None], ensure_ascii=False) for id_, _, place in pairs.values())
        table = file_keys(Event)[lookup.key].refers[0]
        titles = (self._names.declared.value(table, id_, title_key(NAMED[table])) for id_ in ids)
        return " ".join(ids), cites, "".join(plain_words(str(each)) for each in titles if each)

    def _learn_forms(self, lookup: Lookup, values: Sequence[Texts]) -> None:
        """Learn from all dates how those are read that have two readings."""
        keys = dict(self._options.columns)
        for texts in values:
            for column, text in zip(lookup.columns, texts, strict=True):
                self._dates.years.complete({(key := keys[column]): text or ""})
                if key in DATED and text:
                    self._dates.observe(key, text)
        self._dates.orders.fix(())
        self._dates.spans.fix(())

    def _date(self, cells: CellsByKey) -> tuple[object, ...]:
        dated = self._dates.take(cells, exact=False)
        values = self._builder.values(Event, cells, {"title": _WHOLE["title"], **dated})
        if "date" not in values:
            return ()
        date = parse_stored(str(values["date"]))
        last = date.start_min if date.end_max == OPEN_END else date.end_max
        year, month = year_and_month(date.start_min, date.start_max)
        clock = _seconds(str(values["time"]), date.order[0]) if "time" in values else 0
        own = (values.get(key) for key in _DATE_VALUES)
        return (*own, *date.bounds, date.order[0], last, clock, date.precision, year, month, int(not date.qualified))

    def draft(self) -> Draft:
        """Return the actors, topics and sources that were named by then; a source is as good as its table."""
        draft = Draft(header=Header())
        draft.records[Source.table].append(self._source)
        for record, values in self._names.declared:
            more = {"container": self._source.title} if record is Source else {}
            draft.records[record.table].append(_made(record, {**more, **values}))
        return draft


def _made(record: type[Record], values: dict[str, object]) -> Record:
    known = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return record(**known)  # type: ignore[arg-type]


def _seconds(time: str, day: int) -> int:
    """Return the seconds of a time since a day before all others."""
    hour, minute, *second = (int(part) for part in time.split(":"))
    return (day - OPEN_START) * 86_400 + hour * 3600 + minute * 60 + (second[0] if second else 0)
