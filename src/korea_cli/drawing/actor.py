"""Draw who an actor is: its names in their scripts, office, what it belongs to, its members, and how far it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the heading of a summary."""
    for values in section.values():
        yield canvas.line(canvas.text((values["name"], "heading"), "  ", (values["id"], "id")))
        lines = {
            "also": ", ".join(values["aliases"]),
            "is": ", ".join(filter(None, (values["role"], values["kind"], values["country"]))),
            "belongs to": phrases.actors(values["part_of"], canvas),
            "members": phrases.actors(values["members"], canvas),
            "note": values["note"],
            "active": phrases.reach(values, canvas),
            "part in": phrases.numbers(values["event_count"], values["fact_count"]),
            "range": phrases.window(canvas),
        }
        width = max(map(len, lines))
        for label, words in lines.items():
            if words:
                yield canvas.columns(label, width, words)
