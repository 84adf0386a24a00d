"""GitHub annotations on the lines with problems, for workflows that run `korea check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.base.problems import Problem
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = ()
CARRIES = ("problem",)

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, screen: Screen) -> Iterator[str]:  # noqa: ARG001 - every format is called alike
    """Write each problem as a workflow command, one a line."""
    return (_annotation(problem) for section in report.sections for problem in section.rows)


def _annotation(problem: Problem) -> str:
    values = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.check}
    place = ",".join(f"{name}={_property(str(value))}" for name, value in values.items() if value is not None)
    return f"::{_LEVELS[problem.severity]} {place}::{_escape(problem.sentence)}\n"


def _escape(text: str) -> str:
    return clean_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
