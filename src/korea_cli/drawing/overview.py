"""Draw what a chronology is about, which dates it covers and how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.drawing import phrases
from korea_cli.report.sections import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the heading of the numbers."""
    for values in section.values():
        yield canvas.line(canvas.text((values["title"] or "Chronology", "heading")))
        for key in ("summary", "date_rule"):
            if values[key]:
                yield canvas.line(values[key])
        yield canvas.line()
        counted = [phrases.number(values[key], words_of(key)) for key in values if key.endswith("_count")]
        lines = {
            "holds": ", ".join(counted),
            "reaches": phrases.reach(values, canvas),
            "as of": values["as_of"],
            "range": phrases.window(canvas),
        }
        for label, words in lines.items():
            if words:
                yield canvas.columns(label, 7, words)
