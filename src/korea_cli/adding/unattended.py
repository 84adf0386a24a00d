"""Add records without asking anything: from options, or from JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.adding.commit import put
from korea_cli.adding.duplicates import alike
from korea_cli.adding.fitting import UnfitValuesError, fitted, identified
from korea_cli.adding.piped import given_in, items_in
from korea_cli.base.errors import DataError, UsageError
from korea_cli.base.problems import Problem, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.adding.commit import Added, Open
    from korea_cli.adding.fitting import Misfit
    from korea_cli.adding.known import Known
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.model.records import Record

_STDIN = "standard input"


def add_one(files: Editable, record: type[Record], given: Mapping[str, Any]) -> Outcome:
    """Add the record that some options say; raises KoreaError."""
    notes: list[str] = []

    def choose(chronology: Open) -> Added:
        whole, taken = identified(record, given, chronology.known)
        values, misfits = fitted(record, whole, chronology.known)
        if misfits or taken:
            raise UnfitValuesError((*taken, *misfits), record)
        notes[:] = alike(record, values, chronology.loaded.draft)
        return [(record, values)]

    return put(files, choose)._replace(notes=notes)


def add_many(files: Editable, record: type[Record], text: str) -> Outcome:
    """Add the records that a JSON text holds, all or none; raises DataError with every problem, each with its line."""

    def choose(chronology: Open) -> Added:
        lines, problems = _given(record, text, chronology.known)
        added = []
        for line, given in lines:
            values, misfits = fitted(record, given, chronology.known)
            problems += [_problem(record, line, given, misfit) for misfit in misfits]
            added.append((record, values))
        if problems:
            raise DataError(tuple(sorted(problems, key=lambda each: each.line or 0)))
        if not added:
            raise UsageError(f"nothing to add: give options, or records as JSON on {_STDIN}")
        return added

    return put(files, choose)


def _given(record: type[Record], text: str, known: Known) -> tuple[list[tuple[int, dict[str, Any]]], list[Problem]]:
    """Give what each value of a text says, with its line; their ids are known then, for one may refer to another."""
    lines, problems = [], []
    for item in items_in(text, record.table):
        if item.wrong:
            problems.append(Problem(file=_STDIN, line=item.line, message=item.wrong, check="json"))
            continue
        given, misfits = given_in(record, item.value)
        if given:
            given, taken = identified(record, given, known)
            known.add(record, given, f"{_STDIN}:{item.line}")
            misfits += taken
            lines.append((item.line, given))
        problems += [_problem(record, item.line, given, misfit) for misfit in misfits]
    return lines, problems


def _problem(record: type[Record], line: int, given: Mapping[str, Any], misfit: Misfit) -> Problem:
    id_ = given.get("id")
    name = f"{record.type} '{id_}'" if isinstance(id_, str) else record.type
    message = (
        misfit.undeclared.sentences[0].removesuffix(".")
        if misfit.undeclared
        else f"{misfit.key} {misfit.message}".strip()
    )
    return Problem(
        file=_STDIN, line=line, record=shorten(name), message=shorten(message),
        suggestion=misfit.suggestion, check="add",
    )  # fmt: skip
