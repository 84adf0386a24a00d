"""Read a text of records that are added: JSON, or a data file with all that they refer to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from korea_cli.base.errors import DataError
from korea_cli.editing.files import looks_like_chronology
from korea_cli.ingest.building.kind_words import kind_key
from korea_cli.ingest.columns.headings import is_own, read_object
from korea_cli.ingest.data_files.file_records import FileRecords
from korea_cli.ingest.dates.dates import DateRules
from korea_cli.ingest.dates.row_date import DateReader
from korea_cli.ingest.json.json_items import JsonItem, read_items
from korea_cli.ingest.names.declarations import Declarations
from korea_cli.ingest.names.headers import words_in
from korea_cli.ingest.names.registry import NAMED, TABLES, Registry
from korea_cli.ingest.sheet import SheetRow
from korea_cli.model.records import RECORD_TYPES
from korea_cli.reading.toml import Document, parse_document
from korea_cli.report.sections import REFERRED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record


def _referred(text: str) -> Iterator[tuple[type[Record], SheetRow]]:
    """Yield what the records in a document of korea refer to, where it has that too."""
    for item in read_items(text, REFERRED) if f'"{REFERRED}": [' in text else ():
        values = item.value
        if isinstance(values, dict) and (record := RECORD_TYPES.get(str(values.get("type")))):
            yield record, SheetRow(item.line, values, item.error)


class SpelledOut(Declarations):
    """The names of a chronology, and of all that JSON spells out with an id and a name."""

    named_tables = TABLES

    def __init__(self, loaded: LoadResult, target: Path) -> None:
        super().__init__(loaded, target, DateReader(DateRules(), Counter()))

    def refer(self, written: str, key: Key, value: object) -> str:
        """Return the id of a record: one that is spelled out may be new; raises KoreaError for an unknown name."""
        if isinstance(value, dict):
            return super().refer(written, key, value)
        return cast("str", Registry.refer(self, written, key, value))  # or what is no name, and refused as a value

    def cite(self, value: object) -> str:
        """Return the citation of a source; raises KoreaError for an unknown name."""
        return super().cite(value) if isinstance(value, dict) else cast("str", Registry.cite(self, value))

    def complete(self, table: str, spelled: Mapping[str, object]) -> None:
        """Add values to a record that was declared; raises RowError where one is invalid."""
        self._id_of(table, spelled)
        self.accept()

    def date(self, written: str, text: str) -> str:
        """Return a date as a file has it; raises DateError."""
        return Registry.date(self, written, text)


class AddedText:
    """A text of records; raises DataError for a data file that is no TOML."""

    def __init__(self, name: str, text: str) -> None:
        self._text, self._is_file = text, looks_like_chronology(text.encode())
        self._records = [] if self._is_file else [*_referred(text)]
        self._header: Mapping[str, object] = {}
        if self._is_file:
            document, problem = parse_document(Document(name=name, path=None, text=text))
            if problem:
                raise DataError((problem,))
            found = FileRecords(document)
            self._records, self._header = [*found], found.header

    def items(self, record: type[Record], names: Registry) -> list[JsonItem]:
        """Return the records of one type, as items of JSON; the kinds that a header allows them are allowed."""
        if self._is_file:
            items = [JsonItem(row.line, row.cells, row.error) for each, row in self._records if each is record]
        else:
            items = list(read_items(self._text, record.table))
        kinds = ((type_of, word) for type_of, word in self._kinds(record, items) if word and isinstance(word, str))
        for type_of, word in dict.fromkeys(kinds):
            names.allow(type_of, word)
        return items

    def _kinds(self, record: type[Record], items: Iterable[JsonItem]) -> Iterator[tuple[type[Record], object]]:
        """Yield the kinds that the header of the data file allows, or else those in items that korea wrote."""
        yield from words_in(self._header)
        for each in () if self._is_file or not kind_key(record) else items:
            if isinstance(each.value, dict) and is_own(record, each.value):
                yield record, each.value.get(kind_key(record))

    def complete(self, names: SpelledOut) -> None:
        """Complete the actors, topics and sources that were declared by ids, with those that they refer to."""
        valid = ((each, row.cells) for each, row in self._records if each.table in NAMED and not row.error)
        left = [(each, cells) for each, cells in valid if isinstance(cells, dict)]
        while found := [each for each in left if (each[0].table, str(each[1].get("id"))) in names.declared]:
            left = [each for each in left if each not in found]
            for record, values in found:
                names.complete(record.table, read_object(record, values)[0])
