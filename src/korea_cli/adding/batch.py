"""Add records without asking anything: from options, or from JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.adding.commit import add_records
from korea_cli.adding.duplicates import find_similar
from korea_cli.adding.fitting import InvalidValuesError, fit_values, with_id
from korea_cli.adding.json_input import read_items, read_object
from korea_cli.base.errors import DataError, UsageError
from korea_cli.base.problems import Problem, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.adding.commit import NewRecords
    from korea_cli.adding.fitting import InvalidValue
    from korea_cli.adding.registry import Registry
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.model.records import Record

_STDIN = "standard input"


def add_one(files: Editable, record: type[Record], typed: Mapping[str, object]) -> Outcome:
    """Add the record that some options describe; raises KoreaError."""
    notes: list[str] = []

    def choose(registry: Registry) -> NewRecords:
        whole, used = with_id(record, typed, registry)
        values, invalid = fit_values(record, whole, registry)
        if invalid or used:
            raise InvalidValuesError((*used, *invalid), record)
        notes[:] = find_similar(record, values, registry.loaded.draft)
        return [(record, values)]

    return add_records(files, choose)._replace(notes=notes)


def add_many(files: Editable, record: type[Record], text: str) -> Outcome:
    """Add all records of a JSON text, or none; raises DataError with every problem, each with its line."""

    def choose(registry: Registry) -> NewRecords:
        lines, problems = _read(record, text, registry)
        added = []
        for line, typed in lines:
            values, invalid = fit_values(record, typed, registry)
            problems += [_problem(record, line, typed, each) for each in invalid]
            added.append((record, values))
        if problems:
            raise DataError(tuple(sorted(problems, key=lambda each: each.line or 0)))
        if not added:
            raise UsageError(f"nothing to add. Give options, or records as JSON on {_STDIN}.")
        return added

    return add_records(files, choose)


def _read(
    record: type[Record], text: str, registry: Registry
) -> tuple[list[tuple[int, dict[str, object]]], list[Problem]]:
    """Return the values of a text with their lines; their ids are registered, for one may refer to another."""
    lines, problems = [], []
    for item in read_items(text, record.table):
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


def _problem(record: type[Record], line: int, typed: Mapping[str, object], invalid: InvalidValue) -> Problem:
    id_ = typed.get("id")
    name = f"{record.type} '{id_}'" if isinstance(id_, str) else record.type
    message = invalid.message.removesuffix(".") if invalid.undeclared else f"{invalid.key} {invalid.message}".strip()
    return Problem(
        file=_STDIN, line=line, record=shorten(name), message=shorten(message), suggestion=invalid.suggestion,
        check="add",
    )  # fmt: skip
