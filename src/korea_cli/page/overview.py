"""The drawing above the entries: all of them on one time axis, in lanes by actor and in lanes by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.page.axis import axis_for
from korea_cli.page.lanes import lanes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.page.axis import TimeAxis
    from korea_cli.page.context import PageContext
    from korea_cli.page.entries import Entry
    from korea_cli.page.lanes import Swimlane

WIDTH, _MARGIN, _TOP, _BOTTOM = 960, 12, 26, 6


class Drawing(NamedTuple):
    """Lanes of one kind; `key` is what they are by, `height` that of the whole."""

    key: str
    words: str
    lanes: tuple[Swimlane, ...]
    height: float


class TimelineDrawing(NamedTuple):
    """The time axis, the drawings along it, and how many entries have no date and are not drawn."""

    axis: TimeAxis
    drawings: tuple[Drawing, ...]
    undated: int
    width: int = WIDTH


def overview(entries: Sequence[Entry], context: PageContext) -> TimelineDrawing | None:
    """Draw the entries that have a date; None when none has."""
    dated = sorted((each for each in entries if each.date), key=lambda each: each.date.days.order if each.date else ())
    days = [day for each in dated for day in _days(each)]
    if not days:
        return None
    happened = [each.date.days.start_min for each in dated if each.date and not each.date.vague]
    axis = axis_for(min(days), max(days), happened, _MARGIN, WIDTH - _MARGIN)
    drawings = (
        _drawing("actor", "By actor", lanes(dated, [each.acting for each in dated], context.actors, axis, _TOP)),
        _drawing("topic", "By topic", lanes(dated, [each.topics_named for each in dated], context.topics, axis, _TOP)),
    )
    return TimelineDrawing(axis, drawings, len(entries) - len(dated))


def _drawing(key: str, words: str, drawn: tuple[Swimlane, ...]) -> Drawing:
    return Drawing(key, words, drawn, round(drawn[-1].y + drawn[-1].height + _BOTTOM, 1))


def _days(entry: Entry) -> list[int]:
    """Return the days that the axis must cover: the known ends of all dates of an entry."""
    dates = [each.days for each in (entry.date, *(rival.date for rival in entry.rivals)) if each]
    return [day for each in dates for day in each[1:5] if day not in (OPEN_START, OPEN_END)]
