"""Draw what is held, never without who holds it and who passed it on."""

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


def draw(section: Section, report: Report, canvas: Canvas) -> Iterator[str]:  # noqa: ARG001 - layouts are called alike
    """Draw every fact with its holder, chain, status and sources."""
    for values in section.values():
        mark = canvas.mark(disputed=phrases.in_doubt(values))
        yield canvas.line()
        yield canvas.entry(canvas.text(), mark, _lines(values, canvas), 0)


def _lines(values: dict[str, Any], canvas: Canvas) -> list[Text]:
    said = canvas.text((phrases.chain(values), "who"))
    if values["hedged"]:
        said.append(" (hedged)")
    dated = [show_stored(values["date"])] if values["date"] else []
    perhaps = ["possibly in the range"] if values["match"] == "possible" else []
    about = [f"about {phrases.listed(values['about'])}"] if values["about"] else []
    plain = [values["status"]] if values["status"] in {"opinion", "undisputed"} else []
    rest = f" {canvas.glyph('dot')} ".join(
        (*dated, *perhaps, *plain, *about, *filter(None, [phrases.listed(values["topics"])]))
    )
    lines = [
        said,
        canvas.text((values["text"], "title")),
        phrases.disputes(values, canvas),
        canvas.text((values["note"], "")) if values["note"] else None,
        canvas.text((rest, "faint")) if rest else None,
        phrases.sources(values["sources"], canvas),
    ]
    return [line for line in lines if line is not None]
