"""Draw records of several types: title and id, and what is known in a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_LEAD = 7  # as wide as the longest name of a type


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every record behind the name of its type."""
    yield canvas.line()
    for values in section.values():
        who = phrases.who(values, canvas) if values["type"] in {"event", "fact"} else canvas.text()
        sources = phrases.sources(values.get("sources", ()) if canvas.wide else (), canvas)
        texts, aside = phrases.placed(canvas, phrases.titled(values, canvas), who, [_details(values, canvas)], sources)
        yield canvas.entry(canvas.text((values["type"], "faint")), phrases.mark(values, canvas), texts, _LEAD, aside)


def _details(values: phrases.Values, canvas: Canvas) -> Text:
    date = phrases.date(values, canvas).plain
    return canvas.text((canvas.dotted(date, values.get("role"), values.get("container")), "faint"))
