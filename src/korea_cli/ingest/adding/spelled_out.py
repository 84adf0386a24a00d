"""What JSON spells out is declared, as by `import`; what it only names must be known, as for every command."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from korea_cli.ingest.dates.dates import DateRules
from korea_cli.ingest.dates.row_date import DateReader
from korea_cli.ingest.names.declarations import Declarations
from korea_cli.ingest.names.registry import TABLES, Registry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.model.field_spec import Key


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
