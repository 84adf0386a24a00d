"""Draw chosen fields as a table, or a line for each field where the screen is too narrow for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.report.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_NARROWEST_COLUMN = 12


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every row's chosen fields."""
    keys = section.keys
    rows = [{key: in_words(value) for key, value in values.items()} for values in section.values()]
    if section.title:
        yield canvas.line(canvas.text((section.title, "title")))
    if canvas.width >= _NARROWEST_COLUMN * len(keys):
        yield canvas.table(keys, [[cells.get(key, "") for key in keys] for cells in rows])
        return
    width = max(map(len, keys))
    for cells in rows:
        for key, words in cells.items():
            yield canvas.columns(key, width, words)
        yield canvas.line()
