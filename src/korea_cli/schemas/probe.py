"""Ask a command what it could answer, without any data: which types of record, and which fields it would give."""

from __future__ import annotations

import datetime as dt
import inspect
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from korea_cli.checks.load import LoadResult
from korea_cli.chronology import EVERYTHING, Chronology
from korea_cli.model.named import Named
from korea_cli.model.records import Header, Record
from korea_cli.query.filters import ALL
from korea_cli.query.results import Answer
from korea_cli.query.selection import Query, Selection
from korea_cli.reading.draft import Draft
from korea_cli.store.encode_rows import build_store, stored_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.commands import Command
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_DRAFT = Draft(header=Header())
_WORD = "korea"  # any will do: `search` wants one


class Nothing(Chronology):
    """A chronology of nothing, which takes every name for known and notes the types of record it is asked for."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        super().__init__(stored_header(_DRAFT), (), build_store(_DRAFT), dt.date.today())  # noqa: DTZ011 - any day will do
        self.asked: tuple[str, ...] = ()

    def query(self, selection: Selection, *types: str) -> Query:
        """Note the types asked for first, which are the command's own."""
        self.asked = self.asked or types
        return super().query(selection, *types)

    def named(self, name: str, *types: str) -> Named:
        """Take a name for known."""
        return Named((types or ALL)[0], name, name)

    def records(self, names: Sequence[str], selection: Selection = EVERYTHING, *types: str) -> Answer[Record]:  # noqa: ARG002
        """Give no record, whatever its name."""
        return Answer(self.store, self.query(selection, *(types or ALL)), types or ALL)


def types_of(command: Command) -> tuple[str, ...]:
    """Give the types of record that a command's query is about; none when it takes no query."""
    return _ask(command)[0]


def keys_of_report(command: Command) -> tuple[str, ...]:
    """Give the fields that a command's report has."""
    return report_of(command).keys


def sections_of(command: Command) -> tuple[Section, ...]:
    """Return the sections of a command's report, without rows; none where it returns no report."""
    annotations = command.answer.__annotations__
    if "Report" not in str(annotations.get("return")):
        return ()
    if annotations.keys() & {"chronology", "loaded"}:
        return report_of(command).sections
    section: Section = import_module(command.answer.__module__).section_of()  # the others list no records
    return (section,)


def report_of(command: Command) -> Report:
    """Give the report of a command about nothing, which has all its sections."""
    return _ask(command)[1]


def _ask(command: Command) -> tuple[tuple[str, ...], Report]:
    chronology = Nothing()
    given = {
        "chronology": chronology,
        "selection": Selection(terms=(_WORD,)),
        "loaded": LoadResult(documents=(), draft=_DRAFT, problems=()),
    }
    parameters = inspect.signature(command.answer).parameters
    report = command.answer(**{name: given.get(name, _default(each)) for name, each in parameters.items()})
    return chronology.asked, cast("Report", report)  # a command that gives a text takes no query and has no fields


def _default(parameter: inspect.Parameter) -> Any:  # noqa: ANN401 - as the parameter has it
    if parameter.default is not parameter.empty:
        return parameter.default
    return [] if "list" in str(parameter.annotation) else ""
