"""Draw one record a line, for `--oneline`: date, mark, title, who, id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.drawing import phrases
from korea_cli.report.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_DATE = 12  # columns: "24 May 2017", "4–6 Jul 2017"
_TYPE = 6  # as long as the longest name of a type


def draw(section: Section, report: Report, canvas: Canvas) -> Iterator[str]:  # noqa: ARG001 - layouts are called alike
    """Draw every record as a line, wrapped under its title where the screen is narrower."""
    if section.layout == "grid":
        for values in section.values():
            yield canvas.hanging(canvas.text("  ".join(filter(None, map(in_words, values.values())))), indent=2)
        return
    dated = not {"date", "issued"}.isdisjoint(section.keys)
    several = len(section.columns.types) > 1
    for values in section.values():
        lead = canvas.text((f"{values['type']:{_TYPE}} " if several else "", "faint"))
        if dated:
            date = phrases.date(values, canvas)
            lead.append_text(date).append(" " * (_DATE - date.cell_len) + " ")
        lead.append_text(phrases.mark(values, canvas)).append(" ")
        indent = several * (_TYPE + 1) + dated * (_DATE + 1) + 2
        yield canvas.hanging(lead.append_text(canvas.joined(_parts(values, canvas), "  ")), indent)


def _parts(values: dict[str, Any], canvas: Canvas) -> Iterator[Text]:
    yield canvas.text((phrases.name_of(values), "title"))
    who = phrases.about(values, canvas)
    if who:
        yield who
    yield canvas.text((values["id"], "id"))
