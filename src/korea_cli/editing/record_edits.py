"""Edit many records, each in its own lines, so that one that cannot be edited does not stop the others."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.editing.edits import Edit, apply_edit
from korea_cli.editing.layout import RecordRef, find_record, offsets_of, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.editing.edits import Tables
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.editing.layout import TableSpan
    from korea_cli.reading.toml import Document


class EditedRecord(NamedTuple):
    """The lines of a record in its file, and what they become."""

    start: int
    end: int
    text: str
    values: Tables


class RecordEdits:
    """Edits of single records, made in their own lines and joined into one edit of each file."""

    def __init__(self) -> None:
        self._files: dict[str, _EditedFile] = {}

    def make(self, located: LocatedRecord, edit: Callable[[LocatedRecord], Edit]) -> bool:
        """Edit a record, and return whether that makes a difference; raises KoreaError where it cannot be done.

        `edit` gets the record as it is in a file of its own.
        """
        document = located.document
        file = self._files.setdefault(document.name, _EditedFile(document))
        span = file.find(located.record.table, located.number)
        text = document.text[span.start : span.end]
        alone = document.with_text(text)
        alone.tables[located.record.table] = [located.values]
        after = apply_edit(alone, edit(located._replace(document=alone, number=0)))
        if after.text == text:
            return False
        values: Any = after.tables[located.record.table]
        file.edited[located.record.table, located.number] = EditedRecord(span.start, span.end, after.text, values[0])
        return True

    def drop(self, located: LocatedRecord) -> None:
        """Leave a record as it was."""
        self._files[located.document.name].edited.pop((located.record.table, located.number))

    def by_file(self) -> list[tuple[Document, Edit]]:
        """Return the edit of each file that has edited records."""
        return [(file.document, Edit(file.edit_text, file.edit_tables)) for file in self._files.values() if file.edited]


class _EditedFile:
    """A file, and its records that are edited, by table and number."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.edited: dict[tuple[str, int], EditedRecord] = {}
        self._headers: dict[str, list[int]] = {}  # none where one may be inside a string

    def find(self, table: str, number: int) -> TableSpan:
        """Find a record; raises UnsafeChangeError where it has no header of its own."""
        text = self.document.text
        if table not in self._headers:
            headers = offsets_of(text, table)
            self._headers[table] = headers if len(headers) == len(self.document.records(table)) else []
        if headers := self._headers[table]:
            return next(tables_in(text, headers[number]))
        return self._scanned.get((table, number)) or find_record(text, RecordRef(table, number))

    @cached_property
    def _scanned(self) -> dict[tuple[str, int], TableSpan]:
        return {span.statements[0][:2]: span for span in tables_in(self.document.text)}

    def edit_text(self, text: str) -> str:
        """Replace the lines of the edited records."""
        parts, done = [], 0
        for record in sorted(self.edited.values()):
            parts += [text[done : record.start], record.text]
            done = record.end
        return "".join((*parts, text[done:]))

    def edit_tables(self, tables: Tables) -> None:
        """Replace the values of the edited records."""
        for (table, number), record in self.edited.items():
            tables[table][number] = record.values
