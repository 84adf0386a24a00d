"""What an import reports while it reads a file, where nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.base.errors import KoreaError
    from korea_cli.ingest.import_result import ImportResult
    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.open_question import OpenQuestion
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record


class ImportNotes:
    """Prints how a file is read, and decides nothing: what is open is an error, or read in the usual way."""

    asks = False

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

    def settle(self, questions: Sequence[OpenQuestion]) -> None:
        """Leave open what can be read in the usual way."""

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
        """Return what reports while the same file is read once more: nothing that was reported already."""
        return ImportNotes(lambda _: None)
