"""Draw citations: what is cited, below it the citation in full and in short, and what to know before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every citation, indented below the id of its source and the place in it."""
    for values in section.values():
        cited = " ".join(filter(None, (values["id"], values["locator"])))
        texts = [canvas.text(values["text"]), canvas.text((values["short"], "faint"))]
        if values["note"]:
            texts.append(canvas.text(("note ", "faint"), values["note"]))
        yield canvas.line()
        yield canvas.line(canvas.text((cited, "title")))
        yield canvas.block(texts, indent=4)
