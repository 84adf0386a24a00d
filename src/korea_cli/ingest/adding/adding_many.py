"""Add all records of a text of JSON or TOML, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError, UsageError
from korea_cli.base.problems import Problem, shorten
from korea_cli.ingest.adding.added_text import AddedText, SpelledOut
from korea_cli.ingest.adding.adding import add_records
from korea_cli.ingest.building.kind_words import new_words
from korea_cli.ingest.columns.headings import read_object
from korea_cli.ingest.names.values import InvalidValue, fit_values, with_id
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.summary import allowed, left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.adding.adding import NewRecords
    from korea_cli.ingest.json.json_items import JsonItem
    from korea_cli.ingest.names.ids import Reference
    from korea_cli.ingest.names.registry import Registry
    from korea_cli.model.records import Record

    Values = dict[str, object]

_STDIN = "standard input"


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
