"""Draw events along a rail, under headings of year and month."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from korea_cli.dates.months import MONTHS
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_START
from korea_cli.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_NARROW = 60  # below this the date stands above its event, not before it


def draw(section: Section, report: Report, canvas: Canvas) -> Iterator[str]:
    """Draw every event; headings only where the order is that of time."""
    year = month = ""
    by_date = report.query is None or (report.query.selection.sort or "date").casefold() == "date"
    for values in section.values():
        date = parse_stored(values["date"])
        in_year, months = _headings(date) if by_date else (year, ())
        if in_year != year:
            year, month = in_year, ""
            yield canvas.line()
            yield canvas.rule(year)
        if _ends(month, months):
            month = months[0] if len(months) == 1 else f"{months[0]} or later"
            yield canvas.line(canvas.text((month, "title")))
        yield _event(values, canvas)


def _event(values: dict[str, Any], canvas: Canvas) -> str:
    told, mark = phrases.date(values, canvas), phrases.mark(values, canvas)
    lines = [canvas.text((values["title"], "title")), *_details(values, canvas)]
    if canvas.width < _NARROW:
        return canvas.entry(canvas.text(), mark, [told, *lines], 0)
    return canvas.entry(told, mark, lines, 13)


def _details(values: dict[str, Any], canvas: Canvas) -> list[Text]:
    """Say the rest of an event, a line for each thing known."""
    details = [
        phrases.who(values, canvas),
        phrases.disputes(values, canvas),
        *(phrases.other_date(other, canvas) for other in values["other_dates"]),
        canvas.text((phrases.listed(values["topics"]), "faint")) if values["topics"] else None,
        phrases.sources(values["sources"], canvas),
    ]
    return [detail for detail in details if detail is not None]


def _headings(date: StoredDate) -> tuple[str, tuple[str, ...]]:
    """Give the year that an event may begin in at the earliest, and the months of it that it may begin in."""
    if date.start_min == OPEN_START:
        return "beginning not known", ()
    first = dt.date.fromordinal(date.start_min)
    last = dt.date.fromordinal(min(date.start_max, dt.date.max.toordinal()))
    return f"{first.year:04}", MONTHS[first.month - 1 : last.month if first.year == last.year else None]


def _ends(heading: str, months: tuple[str, ...]) -> bool:
    """Say whether an event that may begin in some months cannot stand under the heading of a month, or of none."""
    if len(months) == 1:
        return heading != months[0]
    return bool(heading and months) and heading not in (*months, f"{months[0]} or later")
