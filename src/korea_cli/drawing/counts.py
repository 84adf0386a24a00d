"""Draw counts as bars; those of several sorts as a line for each sort."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.drawing import phrases
from korea_cli.drawing.chart import WIDEST_BAR, bar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Count, Section

_WIDEST_LABEL = 34


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the section's title and its counts; nothing where there are none."""
    rows: Sequence[Count] = tuple(section.rows)
    if not rows:
        return
    yield canvas.line()
    yield canvas.line(canvas.text((section.title, "title")))
    sorts = {row.by for row in rows}
    yield from _sorts(rows, canvas) if len(sorts) > 1 or section.key in {"roles", "dealings"} else _bars(rows, canvas)


def _sorts(rows: Sequence[Count], canvas: Canvas) -> Iterator[str]:
    """Draw a line for each sort of count: `addressed  South Korea 6, North Korea 3`."""
    width = max(len(row.by) for row in rows)
    for by, group in groupby(rows, key=attrgetter("by")):
        counted = list(group)
        total = sum(row.event_count + row.fact_count for row in counted)
        several = f"{total}: " if len(counted) > 1 and all(row.by == by for row in counted) else ""
        words = ", ".join(f"{row.label} {row.event_count + row.fact_count}" for row in counted)
        yield canvas.columns(by, width, several + words)


def _bars(rows: Sequence[Count], canvas: Canvas) -> Iterator[str]:
    """Draw a bar for each count, all to one scale, and the numbers behind it."""
    width = min(max(canvas.cells(row.label) for row in rows), _WIDEST_LABEL, canvas.width // 2)
    numbers = {row: phrases.numbers(row.event_count, row.fact_count) for row in rows}
    room = min(canvas.width - width - max(map(len, numbers.values())) - 5, WIDEST_BAR)
    most = max(row.event_count + row.fact_count for row in rows)
    for row in rows:
        part = (row.event_count + row.fact_count, "vague" if _is_vague(row) else "bar", "")
        drawn = bar([part], most, room, canvas).plain
        yield canvas.columns(row.label, width, f"{drawn} {numbers[row]}".strip())


def _is_vague(row: Count) -> bool:
    """Return whether these events are counted by a month or year that is not known."""
    return len(row.value) < {"month": len("2017-07"), "year": len("2017")}.get(row.by, 0)
