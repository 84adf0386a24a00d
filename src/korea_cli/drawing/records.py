"""Draw records of several types, a title and what is known of it in a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_LEAD = 7  # as wide as the longest name of a type


def draw(section: Section, report: Report, canvas: Canvas) -> Iterator[str]:  # noqa: ARG001 - layouts are called alike
    """Draw every record under the name of its type."""
    yield canvas.line()
    for values in section.values():
        texts = [canvas.text((phrases.name_of(values), "title")), *_said(values, canvas)]
        mark = canvas.mark(disputed=phrases.in_doubt(values))
        yield canvas.entry(canvas.text((values["type"], "faint")), mark, texts, _LEAD)


def _said(values: dict[str, Any], canvas: Canvas) -> list[Text]:
    said = [values["id"]]
    if values["type"] == "fact":
        said.insert(0, phrases.chain(values))
    if values.get("date"):
        said.insert(0, show_stored(values["date"]) + (" (possibly)" if values["match"] == "possible" else ""))
    said += [str(values[key]) for key in ("role", "container") if values.get(key)]
    lines = [canvas.text((f" {canvas.glyph('dot')} ".join(said), "faint"))]
    who = phrases.who(values, canvas) if values["type"] == "event" else None
    return [*([who] if who else []), *lines]
