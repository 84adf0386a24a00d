"""What records are called, and what sets some apart: that they were withdrawn, or that others may not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.drawing.phrases import name_of
from korea_cli.model.choices import WITHDRAWN

if TYPE_CHECKING:
    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.drawing.phrases import Values


def titled(values: Values, canvas: Canvas, style: str = "title") -> Text:
    """Return what a record is called, struck through if it was withdrawn; its id, and what sets it apart."""
    text = name(values, canvas, style).append_text(canvas.text("  ", (values["id"], "id")))
    return text.append_text(canvas.state(values))


def name(values: Values, canvas: Canvas, style: str = "title") -> Text:
    """Return what a record is called, struck through if it was withdrawn."""
    text = canvas.text((name_of(values), style))
    if values.get("status") == WITHDRAWN:
        text.stylize("strike")
    return text
