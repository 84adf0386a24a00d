"""Draw events along a rail, under headings of year and month."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from korea_cli.dates.edtf import OPEN_START
from korea_cli.dates.shown import show_stored
from korea_cli.dates.spans import MONTHS
from korea_cli.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.reports import Report, Section

_NARROW = 60  # below this the date stands above its event, not before it


def draw(section: Section, report: Report, canvas: Canvas) -> Iterator[str]:
    """Draw every event; headings only where the order is that of time."""
    year = month = None
    by_date = report.query is None or report.query.selection.sort in (None, "date")
    for row in section.rows:
        heading = _heading(row.date)
        if by_date and heading[0] != year:
            year, month = heading[0], None
            yield canvas.line()
            yield canvas.rule(heading[0])
        if by_date and heading[1] != month:
            month = heading[1]
            yield canvas.line(canvas.text((heading[1], "title")))
        yield _event(phrases.values_of(section, row), row.date, canvas)


def _event(values: dict[str, Any], date: StoredDate, canvas: Canvas) -> str:
    told = canvas.text((show_stored(values["date"]), "mark"))
    if values["match"] == "possible":
        told.append_text(canvas.text((" (perhaps)", "faint")))
    vague = date.precision != "day" or date.qualified
    mark = canvas.mark(disputed=phrases.in_doubt(values), vague=vague)
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


def _heading(date: StoredDate) -> tuple[str, str]:
    """Give year and month that an event is listed under: where it surely begins, as far as that is known."""
    if date.a == OPEN_START:
        return "beginning not known", ""
    first = dt.date.fromordinal(date.a)
    last = dt.date.fromordinal(min(date.b, dt.date.max.toordinal()))
    year = f"{first.year:04}"
    if first.year != last.year:
        return f"{year} or later", ""
    return year, MONTHS[first.month - 1] if first.month == last.month else "month not known"
