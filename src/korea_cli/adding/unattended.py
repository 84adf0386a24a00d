"""Add records without asking anything: from options, or from JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.adding.alike import alike
from korea_cli.adding.fitting import fitted, identified
from korea_cli.adding.flags import flag_of
from korea_cli.adding.piped import given_in, items_in
from korea_cli.adding.putting import opened, put, require_file
from korea_cli.errors import NO, DataError, UsageError
from korea_cli.model import keys_of, written_keys
from korea_cli.problems import Problem, cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.adding.fitting import Misfit
    from korea_cli.adding.known import Known
    from korea_cli.editing.files import Editable
    from korea_cli.model import Record

_STDIN = "standard input"


class UnfitOptionsError(UsageError):
    """Options whose values do not fit, or that are missing: the type of record, and what is wrong with each."""

    def __init__(self, record: type[Record], wrong: Sequence[Misfit]) -> None:
        super().__init__(record, wrong)
        self.record, self.wrong = record, tuple(wrong)
        if all(misfit.undeclared for misfit in wrong):
            self.status = NO  # the command line was right

    @property
    def sentences(self) -> tuple[str, ...]:
        """Give what there is to say of each."""
        return tuple(sentence for misfit in self.wrong for sentence in self._told(misfit))

    def _told(self, misfit: Misfit) -> tuple[str, ...]:
        if misfit.undeclared:
            return misfit.undeclared.sentences
        form = keys_of(self.record)[written_keys(self.record)[misfit.key]].form
        return (f"{flag_of(misfit.key, form)} {misfit.said}",)


class Outcome(NamedTuple):
    """What is said of records that were added, and what a user may want to look at again."""

    said: str
    notes: Sequence[str] = ()


def add_one(files: Editable, record: type[Record], given: Mapping[str, Any]) -> Outcome:
    """Add the record that some options say; raises KoreaError."""
    require_file(files)
    with files.held():
        chronology = opened(files)
        whole, taken = identified(record, given, chronology.known)
        values, misfits = fitted(record, whole, chronology.known)
        if misfits or taken:
            raise UnfitOptionsError(record, (*taken, *misfits))
        notes = alike(record, values, chronology.loaded.draft)
        return Outcome(put(files, chronology, [(record, values)]), notes)


def add_many(files: Editable, record: type[Record], text: str) -> Outcome:
    """Add the records that a JSON text holds, all or none; raises DataError with every problem, each with its line."""
    require_file(files)
    with files.held():
        chronology = opened(files)
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
        return Outcome(put(files, chronology, added))


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
        file=_STDIN, line=line, record=cut(name), message=cut(message), suggestion=misfit.suggestion, check="add"
    )
