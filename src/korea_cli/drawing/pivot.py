"""Draw counts by two things as a table, with as many columns as the screen has room for, and totals."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from korea_cli.analysis.pivot import ONCE, TOTAL, pivot_of
from korea_cli.drawing.canvas import BETWEEN
from korea_cli.report.sections import amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.analysis.pivot import Pivot, PivotRow
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_NARROWEST_LABEL, _WIDEST_COLUMN = 8, 40
_LINES = 6  # of a heading, where the words are as narrow as that takes


def draw_pivot(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the table; the columns with least are left out where the screen has no room, and counted below it."""
    cells = tuple(section.rows)
    if not cells:
        return
    pivot = pivot_of(cells)
    yield canvas.line()
    yield canvas.line(canvas.text((section.title, "title")))
    labels = _width([row.label for row in _rows(pivot)], max(canvas.width // 3, _NARROWEST_LABEL), canvas)
    columns, room = _columns(pivot, canvas), canvas.width - labels
    least = [_least(column, canvas) + BETWEEN for column in columns]
    shown = max(sum(1 for width in accumulate(least[:-1], initial=least[-1]) if width <= room) - 1, 1)
    columns = [*columns[:shown], columns[-1]]
    widths = _widths(columns, room - least[-1], canvas)
    named, *rows = zip(*columns, strict=True)
    heads = [canvas.shortened(head, width) for head, width in zip(named, widths, strict=True)]
    names = (canvas.shortened(row.label, labels) for row in _rows(pivot))
    table = [[name, *numbers] for name, numbers in zip(names, rows, strict=True)]
    yield canvas.table(["", *heads], table, [labels, *widths])
    for words in _notes(pivot, len(pivot.columns) - shown, canvas):
        yield canvas.line(canvas.text((words, "faint")))


def _rows(pivot: Pivot) -> list[PivotRow]:
    return [*pivot.rows, pivot.totals]


def _notes(pivot: Pivot, left: int, canvas: Canvas) -> Iterator[str]:
    """Yield how many columns are left out, and what the marks and the totals mean."""
    if left:
        yield f"{amount(left, 'more columns')}: use a wider screen, or -f csv"
    if pivot.is_doubtful:
        yield f"{canvas.glyph('most')}: some of these are {canvas.report.doubt}"
    if pivot.overlaps:
        yield ONCE


def _columns(pivot: Pivot, canvas: Canvas) -> list[list[str]]:
    """Return the cells of each column below its heading, and last those of the totals."""
    rows = (row.cells(canvas.glyph("most")) for row in _rows(pivot))
    return [list(column) for column in zip((*pivot.columns, TOTAL), *rows, strict=True)]


def _least(column: Sequence[str], canvas: Canvas) -> int:
    """Return the width of a column whose heading has a word on each line."""
    return max(canvas.text(word).cell_len for cell in column for word in cell.split())


def _width(texts: Sequence[str], widest: int, canvas: Canvas) -> int:
    return min(max(canvas.text(text).cell_len for text in texts), widest)


def _widths(columns: Sequence[Sequence[str]], room: int, canvas: Canvas) -> list[int]:
    """Return how wide columns are, with the fewest lines of headings that fit the room; the last is beside it."""
    *found, total = (_least(column, canvas) for column in columns)
    for lines in range(1, _LINES):
        needed = [
            max(canvas.wrapped_within(head, lines, _WIDEST_COLUMN), _least(numbers, canvas))
            for head, *numbers in columns[:-1]
        ]
        if sum(needed) + BETWEEN * len(needed) <= room:
            found = needed
            break
    return [*(min(width, room - BETWEEN) for width in found), total]
