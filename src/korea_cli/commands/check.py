"""Every problem in a data file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from korea_cli.errors import NO, OK
from korea_cli.reports import Report
from korea_cli.sections import Section, plain_columns

if TYPE_CHECKING:
    from korea_cli.problems import Problem
    from korea_cli.reading.load import Loaded

EXAMPLES = ("korea check", "korea check --strict", "korea check --notes -f json | jq -r '.problems[].message'")


def check(
    loaded: Loaded,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,  # noqa: FBT002 - an option
    notes: Annotated[bool, typer.Option("--notes", help="Also note what may deserve a second look.")] = False,  # noqa: FBT002
) -> Report:
    """Check data files and list every problem with its line and column; exit 1 when there is an error."""
    problems = loaded.judged("warning", "note") if notes else loaded.judged("warning")
    failing = {"error", "warning"} if strict else {"error"}
    failed = any(problem.severity in failing for problem in problems)
    from korea_cli.filling import heading_of  # noqa: PLC0415 - help needs none

    return Report(
        command="check", header=heading_of(loaded.draft), documents=loaded.documents, sections=(_section(problems),),
        listed=len(problems), matched=len(problems), status=NO if failed else OK,
        empty=f"no problems in {', '.join(document.name for document in loaded.documents)}",
    )  # fmt: skip


def _section(problems: tuple[Problem, ...]) -> Section:
    keys = ("severity", "check", "place", "file", "line", "column", "record", "message", "suggestion")
    columns = plain_columns("problem", *keys)
    plain = ("place", "severity", "record", "message", "suggestion")
    return Section(key="problems", rows=problems, columns=columns, plain=plain, layout="problems")
