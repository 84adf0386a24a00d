"""Read what a format writes as `import` does, into an empty file, and count what comes back otherwise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.checks.load import LoadResult
from korea_cli.editing.written import written
from korea_cli.ingest.building.builder_options import BuilderOptions
from korea_cli.ingest.building.record_builder import RecordBuilder
from korea_cli.ingest.dates.dates import DateRules
from korea_cli.ingest.dates.row_date import DateReader
from korea_cli.ingest.names.declarations import Declarations
from korea_cli.ingest.sheet import RowError, SheetRow
from korea_cli.model.field_spec import LISTS
from korea_cli.model.header import Header
from korea_cli.model.records import file_keys
from korea_cli.reading.draft import Draft
from korea_cli.reading.toml import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.ingest.sheet import Counts
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_NOWHERE = Path("read-back.toml")


class ReadBack:
    """Compares records with what is read back of them; all are of one type.

    slides: whether they are written as slides of TimelineJS.
    """

    def __init__(self, record: type[Record], *, slides: bool = False) -> None:
        """Start from an empty file."""
        counts: Counts = Counter()
        empty = Document(name=str(_NOWHERE), path=_NOWHERE, text="")
        loaded = LoadResult(documents=(empty,), draft=Draft(header=Header()), problems=())
        self._names = Declarations(loaded, _NOWHERE, DateReader(DateRules(), counts), record)
        self._builder = RecordBuilder(self._names, BuilderOptions(record, (), slides=slides, missing=()), counts)
        self._record, self._rejected = record, 0
        self._differing: Counter[str] = Counter()

    def add(self, row: Mapping[str, Any], cells: Mapping[str, object]) -> None:
        """Compare a record, as JSON has it, with the cells that are read of what is written."""
        try:
            new = self._builder.build(SheetRow(0, dict(cells)))
        except (RowError, AmbiguousNameError):
            self._names.reject()
            self._rejected += 1
            return
        values, _ = self._names.resolved(new.values, new.references)
        self._names.add(self._record, {"id": new.given_id, **values})
        self._names.accept()
        stored = written(self._record, row)
        for key, spec in file_keys(self._record).items():
            if key != "id" and _comparable(spec, values.get(key)) != _comparable(spec, stored.get(key)):
                self._differing[spec.shown_as or key] += 1

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what differs: nothing where all comes back."""
        shown = [spec.shown_as or key for key, spec in file_keys(self._record).items()]
        counts = {key: self._differing[key] for key in shown}
        return (*lost_values(counts), *_lost_records(self._record, self._rejected))


def lost_values(counts: Mapping[str, int]) -> Sequence[str]:
    """Return a sentence on how many values of each key an import does not bring back as they are."""
    keys = [f"{count:,} of {key}" for key, count in counts.items() if count]
    return [f"lost or changed when imported again: {', '.join(keys)}"] if keys else []


def _lost_records(record: type[Record], count: int) -> Sequence[str]:
    noun = record.type if count == 1 else record.table
    return [f"{count:,} {noun} written that 'korea import' would reject"] if count else []


def _comparable(key: Key, value: object) -> object:
    """Return a value so that it equals others of the same meaning: most lists have no order."""
    if not value:
        return None
    return sorted(map(repr, value)) if isinstance(value, list) and key.form in LISTS and not key.ordered else value
