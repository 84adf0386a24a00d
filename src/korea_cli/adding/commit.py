"""Add records to the file of a chronology, each where its date belongs: all of them, or none."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.adding.registry import Registry, implicit_records
from korea_cli.base.errors import BAD_DATA, KoreaError
from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored
from korea_cli.editing.edits import insert_records, join_edits
from korea_cli.editing.errors import NothingChangedError
from korea_cli.editing.outcome import outcome_of
from korea_cli.editing.toml import toml_record
from korea_cli.model.records import RECORDS, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.editing.saving import ChangeResult
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

    Values = dict[str, object]
    NewRecords = Sequence[tuple[type[Record], Values]]


class NoFileError(KoreaError):
    """A file to add to that does not exist."""

    status = BAD_DATA

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file

    def _message(self) -> str:
        return f"{self.file}: no such file. Create it with 'korea init {self.file}'."


def open_registry(files: Editable) -> Registry:
    """Read the chronology that is added to; raises OutputError or NoFileError."""
    _require_file(files)
    return Registry(files.load(), files.target())


def _require_file(files: Editable) -> None:
    if not files.target().exists():
        raise NoFileError(str(files.target()))


def add_records(files: Editable, choose: Callable[[Registry], NewRecords]) -> Outcome:
    """Add the records that `choose` returns, with all their values, to the file."""
    added: NewRecords = ()

    def plan(loaded: LoadResult) -> dict[Path, Edit]:
        nonlocal added
        registry = Registry(loaded, files.target())
        added = choose(registry)
        groups = [(record, [values for each, values in added if each is record]) for record in RECORDS]
        groups = [(record, [*_implicit(record, some, registry), *some]) for record, some in groups if some]
        added = [(record, values) for record, some in groups for values in some]
        return {files.target(): join_edits(place_records(record, some, registry) for record, some in groups)}

    _require_file(files)
    result = files.write(plan)
    return outcome_of(result, _sentence(result, added), dry=files.dry)


def _implicit(record: type[Record], added: Sequence[Values], registry: Registry) -> Iterator[Values]:
    ids = {values["id"] for values in added}
    return (each for each in implicit_records(record, registry.loaded, registry.document) if each["id"] not in ids)


def place_records(record: type[Record], added: Sequence[Values], registry: Registry) -> Edit:
    """Return the edit that adds records of a type: in order of date where the file is, else after the last of them.

    Raises NothingChangedError where their table is no list of records.
    """
    loaded, document = registry.loaded, registry.document
    table = document.tables.get(record.table, [])
    if loaded.problems and not (isinstance(table, list) and all(isinstance(each, dict) for each in table)):
        raise NothingChangedError(loaded.problems)
    orders = _orders(record, loaded, document)
    groups: dict[int | None, list[tuple[Values, str]]] = {}
    for values in added if orders is None else sorted(added, key=_order):
        before = bisect_right(orders, _order(values)) if orders else 0
        last = not orders or before == len(orders)
        groups.setdefault(None if last else before, []).append((values, toml_record(record, values)))
    return insert_records(record.table, groups, len(document.records(record.table)))


def _orders(record: type[Record], loaded: LoadResult, document: Document) -> list[tuple[int, int]] | None:
    """Return the dates of the records of a type in a document; None where they are not in order, or have none."""
    if not any(key.dated and key.required for key in keys_of(record).values()):
        return None
    number = loaded.documents.index(document)
    orders = [entry.date.order for entry, place in loaded.draft.entries(record.table) if place.document == number]
    complete = len(orders) == len(document.records(record.table))  # some may only add to records of other files
    return orders if complete and orders == sorted(orders) else None


def _order(values: Values) -> tuple[int, int]:
    return parse_stored(str(values["date"])).order


def _sentence(result: ChangeResult, added: NewRecords) -> str:
    """Return what was added: one record, or how many of each type."""
    (file,) = result.files
    if len(added) > 1:
        counts = Counter(record.type for record, _ in added)
        listed = " and ".join(f"{count} {type_}{'s' if count > 1 else ''}" for type_, count in counts.items())
        return f"Added {listed} to {file.path}"
    ((record, values),) = added
    entries = result.after.draft.all_entries(record.table)
    line = next((entry.line for entry, _ in entries if entry.id == values["id"]), None)
    date = f", {show_stored(str(values['date']))}" if "date" in values else ""
    return f"Added {record.type} '{values['id']}' ({file.path}{f':{line}' if line else ''}){date}"
