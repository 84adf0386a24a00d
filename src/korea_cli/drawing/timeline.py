"""Draw events along a rail, under headings of year and month."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from korea_cli.dates.months import MONTHS
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_START
from korea_cli.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section
    from korea_cli.rows.types import EventRow

_LEAD = 13  # columns of dates; on a narrow screen they are above their events


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every event; headings only where the order is that of time."""
    year = month = ""
    query = canvas.report.query
    by_date = query is None or (query.selection.sort or "date").casefold() == "date"
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


def _event(values: EventRow, canvas: Canvas) -> str:
    """Draw one event along the rail; a long vague period on one line, so that what happened day by day reads on."""
    date, mark = phrases.date(values, canvas), phrases.mark(values, canvas)
    if phrases.is_long(parse_stored(values["date"])):
        date.stylize("not bold")
        period = canvas.joined((date, phrases.titled(values, canvas, "")), "  ")
        return canvas.hanging(mark.append(" ").append_text(period), 2)
    details = (
        *phrases.disputes(values, canvas),
        *(phrases.other_date(other, canvas) for other in values["other_dates"]),
        canvas.text((phrases.listed(values["topics"]), "faint")),
    )
    sources = phrases.sources(values["sources"], canvas)
    texts, aside = phrases.placed(canvas, phrases.titled(values, canvas), phrases.who(values, canvas), details, sources)
    if canvas.narrow:
        return canvas.entry(canvas.text(), mark, [date, *texts], 0)
    return canvas.entry(date, mark, texts, _LEAD, aside)


def _headings(date: StoredDate) -> tuple[str, tuple[str, ...]]:
    """Return the first year that an event may begin in, and the months of that year that it may begin in."""
    if date.start_min == OPEN_START:
        return "start unknown", ()
    first = dt.date.fromordinal(date.start_min)
    last = dt.date.fromordinal(min(date.start_max, dt.date.max.toordinal()))
    return f"{first.year:04}", MONTHS[first.month - 1 : last.month if first.year == last.year else None]


def _ends(heading: str, months: tuple[str, ...]) -> bool:
    """Return whether an event that may begin in some months needs another heading than the present one."""
    if len(months) == 1:
        return heading != months[0]
    return bool(heading and months) and heading not in (*months, f"{months[0]} or later")
