"""Run commands on a chronology without records, to see which types of record they query and which fields they have."""

from __future__ import annotations

import inspect
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from korea_cli.chronology import EVERYTHING, Chronology
from korea_cli.dates.days import Day
from korea_cli.model.header import Header
from korea_cli.model.row import Named
from korea_cli.query.field import ALL
from korea_cli.query.results import Answer
from korea_cli.query.selection import Selection
from korea_cli.reading.draft import Draft
from korea_cli.store.encode_rows import build_store, stored_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.commands import Command
    from korea_cli.model.records import Record
    from korea_cli.query.resolve import Query
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_DRAFT = Draft(header=Header())
_WORD = "korea"  # `search` requires a word


class Nothing(Chronology):
    """A chronology without records that resolves every name, and has the types of record of the first query."""

    def __init__(self) -> None:
        """Begin before the first query."""
        super().__init__(stored_header(_DRAFT), (), build_store(_DRAFT), Day(2000, 1, 1))
        self.types: tuple[str, ...] = ()

    def query(self, selection: Selection, *types: str, **how: bool) -> Query:
        """Keep the types of the first query, which is the command's own."""
        self.types = self.types or types
        return super().query(selection, *types, **how)

    def named(self, name: str, *types: str) -> Named:
        """Resolve any name."""
        return Named((types or ALL)[0], name, name)

    def records(self, names: Sequence[str], selection: Selection = EVERYTHING, *types: str) -> Answer[Record]:  # noqa: ARG002
        """Return no records, whatever the names."""
        return Answer(self.store, self.query(selection, *(types or ALL)), types or ALL)


def types_of(command: Command) -> tuple[str, ...]:
    """Return the types of record that a command queries; none when it has no query."""
    return _run(command)[0].types


def sections_of(command: Command) -> tuple[Section, ...]:
    """Return the sections of a command's report, without rows; none where it returns no report."""
    annotations = command.answer.__annotations__
    if "Report" not in str(annotations.get("return")):
        return ()
    if annotations.keys() & {"chronology", "loaded"}:
        report = _run(command)[1]
        return () if isinstance(report, str) else report.sections
    section: Section = import_module(command.answer.__module__).section_of()  # the others list no records
    return (section,)


@cache
def _run(command: Command) -> tuple[Nothing, Report | str]:
    chronology = Nothing()
    arguments: dict[str, object] = {"chronology": chronology, "selection": Selection(terms=(_WORD,))}
    parameters = inspect.signature(command.answer).parameters
    if "loaded" in parameters:
        from korea_cli.checks.load import LoadResult  # noqa: PLC0415 - takes as long as the rest, and help waits for it

        arguments["loaded"] = LoadResult(documents=(), draft=_DRAFT, problems=())
    return chronology, command.answer(**{name: arguments.get(name, _any(each)) for name, each in parameters.items()})


def _any(parameter: inspect.Parameter) -> object:
    """Return the default of a parameter, else an empty value."""
    if parameter.default is not parameter.empty:
        return parameter.default
    return [] if "list" in str(parameter.annotation) else ""
