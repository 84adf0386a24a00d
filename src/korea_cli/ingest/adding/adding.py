"""Add records, each where its date belongs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.dates.format import show_stored
from korea_cli.editing.edits import join_edits
from korea_cli.editing.errors import NothingChangedError
from korea_cli.editing.outcome import outcome_of
from korea_cli.editing.placing import beside, has_order, insert_in_order
from korea_cli.editing.toml import toml_record
from korea_cli.ingest.adding.duplicates import find_similar
from korea_cli.ingest.adding.options import option_name
from korea_cli.ingest.building.kind_words import new_words
from korea_cli.ingest.names.headers import allow_words
from korea_cli.ingest.names.registry import Registry, implicit_records
from korea_cli.ingest.names.values import InvalidValuesError, fit_values, with_id
from korea_cli.ingest.summary import listed
from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
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


def add_one(files: Editable, record: type[Record], typed: Mapping[str, object]) -> Outcome:
    """Add the record that some options describe; raises KoreaError."""
    notes: list[str] = []

    def choose(loaded: LoadResult, target: Path) -> tuple[Registry, NewRecords]:
        registry = Registry(loaded, target)
        whole, used = with_id(record, typed, registry)
        values, invalid = fit_values(record, whole, registry)
        if invalid or used:
            raise InvalidValuesError(
                [each._replace(key=each.key and option_name(record, each.key)) for each in (*used, *invalid)]
            )
        notes[:] = find_similar(record, values, registry.loaded.draft)
        return registry, [(record, values)]

    return add_records(files, choose)._replace(notes=notes)


def open_registry(files: Editable) -> Registry:
    """Read the chronology that is added to; raises OutputError or DataError."""
    target = files.existing_target()
    return Registry(files.load(), target)


def add_records(files: Editable, choose: Callable[[LoadResult, Path], tuple[Registry, NewRecords]]) -> Outcome:
    """Add the records that `choose` returns, with all their values, to the file."""
    target = files.existing_target()
    added: list[tuple[type[Record], Values]] = []

    def plan(loaded: LoadResult) -> list[tuple[Document, Edit]]:
        registry, chosen = choose(loaded, target)
        groups = [(record, [values for each, values in chosen if each is record]) for record in RECORDS]
        groups = [(record, [*implicit_records(record, registry, some), *some]) for record, some in groups if some]
        added[:] = [(record, values) for record, some in groups for values in some]
        edits = [_place(record, some, registry) for record, some in groups]
        return [(registry.document, join_edits([*edits, allow_words(registry.document, new_words(registry, added))]))]

    result = files.write(plan)
    return outcome_of(result, _sentence(result, added), dry=files.dry)


def _place(record: type[Record], added: Sequence[Values], registry: Registry) -> Edit:
    """Return the edit that adds records of a type: each where its date belongs, else after the last of them.

    Raises NothingChangedError where their table is no list of records.
    """
    loaded, document = registry.loaded, registry.document
    table = document.tables.get(record.table, [])
    if loaded.problems and not (isinstance(table, list) and all(isinstance(each, dict) for each in table)):
        raise NothingChangedError(loaded.problems)
    return insert_in_order(record, [(each, toml_record(record, each)) for each in added], loaded, document)


def _sentence(result: ChangeResult, added: NewRecords) -> str:
    (file,) = result.files
    if len(added) > 1:
        return f"Added {listed(Counter(record.table for record, _ in added))} to {file.path}"
    ((record, values),) = added
    entries = result.after.draft.all_entries(record.table)
    line = next((entry.line for entry, _ in entries if entry.id == values["id"]), None)
    date = [show_stored(str(values["date"]))] if "date" in values else []
    where = [beside(result.after.draft, record.table, str(values["id"]))] if has_order(record) else []
    added_at = f"Added {record.type} '{values['id']}' ({file.path}{f':{line}' if line else ''})"
    return ", ".join((added_at, *date, *filter(None, where)))
