"""Add records, each where its date belongs: one by options, or all of a JSON text, or none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError, UsageError
from korea_cli.base.problems import Problem, shorten
from korea_cli.dates.format import show_stored
from korea_cli.editing.edits import join_edits
from korea_cli.editing.errors import NothingChangedError
from korea_cli.editing.outcome import outcome_of
from korea_cli.editing.placing import beside, has_order, insert_in_order
from korea_cli.editing.toml import toml_record
from korea_cli.ingest.adding.added_text import AddedText, SpelledOut
from korea_cli.ingest.adding.duplicates import find_similar
from korea_cli.ingest.adding.options import option_name
from korea_cli.ingest.building.kind_words import new_words
from korea_cli.ingest.columns.headings import read_object
from korea_cli.ingest.names.headers import allow_words
from korea_cli.ingest.names.registry import Registry, implicit_records
from korea_cli.ingest.names.values import InvalidValue, InvalidValuesError, fit_values, with_id
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.summary import allowed, left_out, listed
from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.editing.saving import ChangeResult
    from korea_cli.ingest.json.json_items import JsonItem
    from korea_cli.ingest.names.ids import Reference
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

    Values = dict[str, object]
    NewRecords = Sequence[tuple[type[Record], Values]]

_STDIN = "standard input"


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


def add_many(files: Editable, record: type[Record], text: str) -> Outcome:
    """Add all records of a text of JSON or TOML, or none; raises DataError with every problem, each with its line.

    The actors, topics and sources that they spell out, or that a data file has, are declared.
    """
    notes: list[str] = []
    file = AddedText(_STDIN, text)

    def choose(loaded: LoadResult, target: Path) -> tuple[Registry, NewRecords]:
        names = SpelledOut(loaded, target)
        lines, problems = _read(record, file.items(record, names), names)
        added: list[tuple[type[Record], Values]] = []
        missing: list[tuple[int, Reference]] = []
        for line, typed in lines:
            values, invalid = _fit(record, typed, names)
            problems += [_problem(record, line, typed, each) for each in invalid]
            values, lost = names.resolved(values, names.references)
            names.accept()
            missing += [(line, each) for each in lost]
            added.append((record, values))
        if problems:
            raise DataError(tuple(sorted(problems, key=lambda each: each.line or 0)))
        if not added:
            raise UsageError(f"nothing to add. Give options, or records as JSON or TOML on {_STDIN}.")
        file.complete(names)
        whole = [*names.declared, *added]
        notes[:] = [*([left_out(len(missing), missing, "line")] if missing else []), *allowed(new_words(names, whole))]
        return names, whole

    return add_records(files, choose)._replace(notes=notes)


def _read(
    record: type[Record], items: Iterable[JsonItem], registry: Registry
) -> tuple[list[tuple[int, Values]], list[Problem]]:
    """Return the values of items with their lines; their ids are registered, for one may refer to another."""
    lines, problems = [], []
    for item in items:
        if item.error:
            problems.append(Problem(file=_STDIN, line=item.line, message=item.error, check="json"))
            continue
        typed, invalid = read_object(record, item.value)
        if typed:
            typed, used = with_id(record, typed, registry)
            registry.add(record, typed, f"{_STDIN}:{item.line}")
            invalid += used
            lines.append((item.line, typed))
        problems += [_problem(record, item.line, typed, each) for each in invalid]
    return lines, problems


def _fit(record: type[Record], typed: Mapping[str, object], names: SpelledOut) -> tuple[Values, list[InvalidValue]]:
    """Return the values of a record as a file has them, and what is invalid in it or in what it spells out."""
    names.references.clear()
    try:
        return fit_values(record, typed, names)
    except RowError as error:
        return {}, [InvalidValue("", str(error))]


def _problem(record: type[Record], line: int, typed: Mapping[str, object], invalid: InvalidValue) -> Problem:
    id_ = typed.get("id")
    name = f"{record.type} '{id_}'" if isinstance(id_, str) else record.type
    message = invalid.message.removesuffix(".") if invalid.undeclared else f"{invalid.key} {invalid.message}".strip()
    return Problem(
        file=_STDIN, line=line, record=shorten(name), message=shorten(message), suggestion=invalid.suggestion,
        check="add",
    )  # fmt: skip


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
