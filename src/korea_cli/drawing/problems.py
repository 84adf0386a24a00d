"""Draw problems as editors read them: place, severity, what is wrong and the nearest right thing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.base.problems import Problem
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_STYLES = {"error": "warn", "warning": "title", "note": "faint"}


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every problem, and how many of each severity there are."""
    found: Counter[str] = Counter()
    problem: Problem
    for problem in section.rows:
        found[problem.severity] += 1
        yield canvas.line(canvas.text(f"{problem.place}: ", (problem.severity, _STYLES[problem.severity])))
        yield canvas.line(problem.sentence, indent=2)
    if found:
        yield canvas.line()
        yield canvas.line(", ".join(f"{count} {name}{'s' if count > 1 else ''}" for name, count in found.items()))
