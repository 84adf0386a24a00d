"""What an import reports of a file, where nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.comparing.changes import record_change
from korea_cli.ingest import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.base.errors import KoreaError
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.import_result import ImportResult
    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record


class ImportNotes:
    """Prints how a file is read, and decides nothing: what is open is an error, or read in the usual way.

    saved: the file to save the mapping in, where an answer names one.
    """

    asks = False
    saved = ""

    def __init__(self, show: Callable[[Sequence[str]], None]) -> None:
        self.show = show

    def begin(self, request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow]) -> None:
        """Report how a file was opened; `rows` are its first ones."""
        del request, rows
        self.show(sheet.notes)

    def columns(
        self, request: ImportRequest, record: type[Record], mapping: ColumnMapping, names: Sequence[str]
    ) -> None:
        """Report how its columns are read; `names` are those that they, or the values in rows, have."""
        del request, record
        self.show(mapping.sentences(names))

    def answer(self, error: KoreaError, request: ImportRequest) -> ImportRequest:
        """Raise the error of a file that cannot be read as requested."""
        del request
        raise error

    def review(self, result: ImportResult) -> None:
        """Accept what became of the rows, before anything is written."""

    def agree(self, result: ImportResult) -> bool:
        """Return whether to write what was checked."""
        del result
        return True

    def again(self) -> ImportNotes:
        """Return itself: while the same file is read once more, nothing is reported that was reported already."""
        self.show = lambda _: None
        return self

    def outcome(self, result: ImportResult, target: str, *, dry: bool) -> Outcome:
        """Return what is printed of an import, and what programs learn of it."""
        text, sentences = summary.summary(result, target, dry=dry), summary.notes(result, dry=dry)
        return summary.outcome(
            result, text, lambda: [record_change("added", each) for each in result.added], sentences, dry=dry
        )
