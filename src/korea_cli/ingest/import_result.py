"""What an import did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.mapping import SETTINGS

if TYPE_CHECKING:
    from korea_cli.ingest.dates.dates import DateRules
    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.row_processor import ProcessedRows
    from korea_cli.ingest.sheet import Sheet
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document
    from korea_cli.report.report import Report


class ImportResult(NamedTuple):
    """What an import did: how the sheet was read, what became of the rows, where the rejected ones are.

    rules: how dates were read; notes: what was decided about them. changed: the files that differ, as they are then;
    added: the new records. report: the changes of an update. declined: whether the user did not agree to them.
    """

    request: ImportRequest
    mapping: ColumnMapping
    rows: ProcessedRows
    rejects: str | None
    sheet: Sheet
    rules: DateRules
    notes: tuple[str, ...] = ()
    changed: tuple[Document, ...] = ()
    added: tuple[Record, ...] = ()
    report: Report | None = None
    declined: bool = False

    @property
    def saved_mapping(self) -> ColumnMapping:
        """The mapping with all that it takes to read such a sheet again in the same way."""
        values = self.request._asdict() | {"pivot": str(self.rules.latest), "order": self.rules.order}
        return self.mapping._replace(
            books=self.request.books,
            codes=self.request.codes,
            settings={key: str(values[key]) for key in SETTINGS if values[key]},
        )
