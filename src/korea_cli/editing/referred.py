"""The rows of a report, and then all that they refer to: what a file needs to be read on its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from korea_cli.editing.written import references
from korea_cli.model.records import RECORD_TYPES
from korea_cli.report.sections import amount
from korea_cli.report.supported import SupportedRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.report.report import Report


class RowsWithReferred:
    """The records of a report as JSON has them, then those that they refer to, each once.

    counted: whether the latter have what is counted for them.
    """

    def __init__(self, report: Report, *, counted: bool = True) -> None:
        self._rows, self._related = SupportedRows(report, tuple(RECORD_TYPES)), report.related
        self._counted = counted
        self._added: Counter[str] = Counter()
        self._yielded: dict[str, set[str]] = {type_: set() for type_ in RECORD_TYPES}
        self._referred: dict[str, dict[str, None]] = {type_: {} for type_ in RECORD_TYPES}

    def __iter__(self) -> Iterator[Any]:
        yield from self.listed()
        yield from self.referred()

    def listed(self) -> Iterator[Any]:
        """Yield the records of the report."""
        for row in self._rows:
            yield from self._new(row)

    def referred(self) -> Iterator[Any]:
        """Yield what those refer to, and what that refers to, when all of them were read."""
        while missing := self._missing():
            for row in self._related.records(missing, wholes=True, counted=self._counted):
                self._added[row["type"]] += row["id"] not in self._yielded[row["type"]]
                yield from self._new(row)

    def refer(self, type_: str, id_: str) -> None:
        """Also yield a record among what is referred to."""
        self._referred[type_].setdefault(id_)

    def note(self, row: Any) -> bool:  # noqa: ANN401 - a row of any type
        """Note a row, and what it refers to; return whether it was not noted before."""
        type_ = row["type"]
        if row["id"] in self._yielded[type_]:
            return False
        self._yielded[type_].add(row["id"])
        for each in references(RECORD_TYPES[type_], row):
            self.refer(*each)
        return True

    def _new(self, row: Any) -> Iterator[Any]:  # noqa: ANN401 - a row of any type
        """Yield a row that was not yielded before, and note what it refers to."""
        if self.note(row):
            yield row

    def _missing(self) -> list[tuple[str, str]]:
        """Return the types and ids, by type, of what is referred to and was not looked up before."""
        referred, self._referred = self._referred, {type_: {} for type_ in RECORD_TYPES}
        return [
            (type_, id_) for type_, ids in referred.items() for id_ in ids if id_ not in self._yielded[type_]
        ]  # fmt: skip

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what was left out and what was added, when all was read."""
        more = [amount(self._added[type_], f"{type_}s") for type_ in RECORD_TYPES if self._added[type_]]
        return (*self._rows.notes, *([f"added what these refer to: {', '.join(more)}"] if more else []))
