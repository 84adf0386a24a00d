"""Draw actors, topics or sources as a table, or as a stack of short paragraphs where the screen is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.drawing import phrases
from korea_cli.report.sections import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section


def draw(section: Section, report: Report, canvas: Canvas) -> Iterator[str]:  # noqa: ARG001 - layouts are called alike
    """Draw every record by its name, with what is counted for it and when."""
    for values in section.values():
        named = canvas.link(phrases.name_of(values), values.get("url"), "title")
        texts = [named.append_text(canvas.text((f"  {values['id']}", "faint"))), canvas.text(_said(values, canvas))]
        yield canvas.entry(canvas.text(), canvas.mark(), texts, 0)


def _said(values: dict[str, Any], canvas: Canvas) -> str:
    counted = [phrases.number(values[key], words_of(key)) for key in ("event_count", "fact_count") if values[key]]
    alone = [f"{values['alone']} on it alone"] if values.get("alone") else []
    kept = [str(values[key]) for key in ("role", "kind", "source_type", "container", "issued") if values.get(key)]
    return f" {canvas.glyph('dot')} ".join((*kept, *counted, *alone, *phrases.reach(values, canvas)))
