"""Read a text of records that are added: JSON, or a data file with all that they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError
from korea_cli.editing.files import looks_like_chronology
from korea_cli.ingest.columns.headings import read_object
from korea_cli.ingest.data_files.file_records import FileRecords
from korea_cli.ingest.json.json_items import JsonItem, read_items
from korea_cli.ingest.names.registry import NAMED
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.adding.spelled_out import SpelledOut
    from korea_cli.ingest.data_files.file_records import FileRecord
    from korea_cli.model.records import Record


class AddedText:
    """A text of records; raises DataError for a data file that is no TOML."""

    def __init__(self, name: str, text: str) -> None:
        self._text, self._is_file = text, looks_like_chronology(text.encode())
        self._records: list[FileRecord] = []
        if self._is_file:
            document, problem = parse_document(Document(name=name, path=None, text=text))
            if problem:
                raise DataError((problem,))
            self._records += FileRecords(document)

    def items(self, record: type[Record]) -> Iterator[JsonItem]:
        """Yield the records of one type, as items of JSON."""
        if not self._is_file:
            yield from read_items(self._text, record.table)
        for each in self._records:
            if each.record is record:
                yield JsonItem(each.line, each.values, each.error)

    def complete(self, names: SpelledOut) -> None:
        """Complete the actors, topics and sources that were declared by ids, with those that they refer to."""
        left = [each for each in self._records if each.record.table in NAMED and not each.error]
        while found := [each for each in left if (each.record.table, str(each.values.get("id"))) in names.declared]:
            left = [each for each in left if each not in found]
            for each in found:
                names.complete(each.record.table, read_object(each.record, each.values)[0])
