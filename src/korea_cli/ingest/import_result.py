"""What an import did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.mapping import SETTINGS

if TYPE_CHECKING:
    from korea_cli.ingest.dates import DateRules
    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.row_processor import ProcessedRows
    from korea_cli.ingest.sheet import Sheet
    from korea_cli.model.records import Record


class ImportResult(NamedTuple):
    """What an import did: how the sheet was read, what became of the rows, where the rejected ones are.

    rules: how dates were read; notes: what was decided about them. digest: of the file with the new records, None where
    it has none; added: those records.
    """

    request: ImportRequest
    mapping: ColumnMapping
    rows: ProcessedRows
    rejects: str | None
    sheet: Sheet
    rules: DateRules
    notes: tuple[str, ...] = ()
    digest: str | None = None
    added: tuple[Record, ...] = ()

    @property
    def saved_mapping(self) -> ColumnMapping:
        """The mapping with all that it takes to read such a sheet again in the same way."""
        values = self.request._asdict() | {"pivot": str(self.rules.latest), "order": self.rules.order}
        return self.mapping._replace(
            books=self.request.books, settings={key: str(values[key]) for key in SETTINGS if values[key]}
        )
