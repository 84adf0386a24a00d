"""The heads of columns of time: years and months where they start, initials, numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from korea_cli.dates.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.analysis.histogram import Period

_WIDEST = {"year": 5, "month": 4, "week": 2}  # columns of a period that leave room for its name
_USUAL = 3
_TOGETHER = {"month": 12, "quarter": 4, "year": 10}  # periods that are best kept on one line


def stretches(periods: int, unit: str, room: int) -> tuple[int, int]:
    """Return how many periods fit a line, and how many columns each has."""
    if periods <= room:
        return periods, min(room // periods, _WIDEST.get(unit, _USUAL))
    together = _TOGETHER.get(unit, 7)
    return max(room // together * together, min(room, together), 1), 1


def heads(rows: Sequence[Period], cell: int, room: int) -> list[str]:
    """Return the lines above some periods; none is wider than the room."""
    days = [date.fromordinal(row.first) for row in rows]
    unit = rows[0].by
    if unit == "year" and cell == _WIDEST[unit]:
        return ["".join(f"{day.year:04} " for day in days).rstrip()]
    lines = [_placed([_above(unit, day) for day in days], cell, room), "".join(_below(unit, days, cell))]
    return [line.rstrip() for line in lines]


def _above(unit: str, day: date) -> str:
    """Name what some periods lie in together."""
    if unit == "year":
        return f"{day.year // 10 * 10}s"
    return f"{MONTHS[day.month - 1]} {day.year:04}" if unit == "day" else f"{day.year:04}"


def _below(unit: str, days: Sequence[date], cell: int) -> Iterator[str]:
    """Yield the initial or number of each period; for a week, of the month that started since the week before."""
    month = 0
    for day in days:
        name = {
            "month": MONTHS[day.month - 1][: 3 if cell == _WIDEST["month"] else 1],
            "quarter": f"{'Q' if cell == _USUAL else ''}{day.month // 3 + 1}",
            "year": str(day.year % 10),
            "day": str(day.day if cell == _USUAL else day.day % 10),
            "week": MONTHS[day.month - 1][0] if day.month != month else "",
        }[unit]
        month = day.month
        yield name.ljust(cell)


def _placed(names: Sequence[str], cell: int, room: int) -> str:
    """Write each name where it begins, if there is room before the next one begins."""
    begins = [place for place, name in enumerate(names) if not place or name != names[place - 1]]
    line = ""
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        end = room if following is None else following * cell - 1
        if begin * cell + len(names[begin]) <= end:
            line = line.ljust(begin * cell) + names[begin]
    return line
