"""Draw one record a line, for `--oneline`: date, mark, title, who, id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.drawing import phrases
from korea_cli.drawing.list import counted
from korea_cli.report.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_DATE = 12  # columns: "24 May 2017", "4–6 Jul 2017"
_TYPE = 6  # as long as the longest name of a type


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every record as a line, wrapped under its title where the screen is narrower."""
    if section.layout == "grid":
        for values in section.values():
            yield canvas.hanging(canvas.text("  ".join(filter(None, map(in_words, values.values())))), indent=2)
        return
    dated = not {"date", "issued"}.isdisjoint(section.keys)
    several = len(section.columns.types) > 1
    indent = several * (_TYPE + 1) + dated * (_DATE + 1) + 2
    for values in section.values():
        text = canvas.text((f"{values['type']:{_TYPE}} " if several else "", "faint"))
        if dated:
            date = phrases.date(values, canvas)
            text.append_text(date).append(" " * (_DATE - date.cell_len) + " ")
        text.append_text(phrases.mark(values, canvas)).append(" ")
        text.append_text(canvas.text((phrases.name_of(values), "title"), "  "))
        who = phrases.who(values, canvas) if values["type"] in {"event", "fact"} else canvas.text(counted(values))
        text.append_text(who).append("  " if who else "").append_text(canvas.text((values["id"], "id")))
        yield canvas.hanging(text, indent)
