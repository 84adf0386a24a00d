"""The drawing above the entries: all of them on one time axis, in lanes by actor and in lanes by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.formats.page.axis import axis_for
from korea_cli.formats.page.facets import count_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.formats.page.axis import TimeAxis
    from korea_cli.formats.page.context import PageContext
    from korea_cli.formats.page.entries import Entry
    from korea_cli.formats.page.families import Family


WIDTH, _MARGIN, _TOP, _BOTTOM = 960, 12, 26, 6
MOST_LANES = 9  # and one for all others
OTHERS, NOBODY = "Others", "Nobody named"
_RADIUS, _APART = 4.5, 2.0
_HEAD, _FOOT = 22, 8  # above the marks of a lane, for its name, and below them
_SHORTEST = 9.0  # a span is at least as long
_TALL, _LEAST_TALL = 900.0, 66.0  # all lanes together, and each; in taller ones the rows are closer together


class Mark(NamedTuple):
    """The mark of an entry in a lane.

    shape: `day`, `span` (a period) or `within` (an unknown day). x: where it starts at the earliest and at the latest,
    and where it ends at the earliest and at the latest. rivals: the positions of its other dates.
    """

    anchor: str
    title: str
    shape: str
    x: tuple[float, float, float, float]
    doubted: bool
    rivals: tuple[float, ...] = ()
    open_start: bool = False
    open_end: bool = False
    y: float = 0

    @property
    def reach(self) -> tuple[float, float]:
        """The positions that nothing else in its row may use."""
        half = _RADIUS if self.shape == "day" else 0
        return min(self.x[0] - half, *self.rivals, self.x[0]), max(self.x[3] + half, *self.rivals, self.x[3])


class Swimlane(NamedTuple):
    """A lane: its name, its number of entries, its position and height, the radius of its days, and its marks."""

    name: str
    number: int
    y: float
    height: float
    radius: float
    marks: tuple[Mark, ...]


def mark_of(entry: Entry, axis: TimeAxis) -> Mark | None:
    """Return the mark of an entry; None when it has no date."""
    if entry.date is None:
        return None
    days = entry.date
    rivals = tuple(axis.at(_middle(rival.date.start_min, rival.date.end_max)) for rival in entry.rivals)
    title = f"{entry.words}: {entry.title}{' (in doubt)' if entry.doubted else ''}"
    if days.start_min == days.end_max:
        x = axis.at(days.start_min + 0.5)
        return Mark(entry.anchor, title, "day", (x, x, x, x), entry.doubted, rivals)
    begin, sure, on, end = (
        axis.at(day) for day in (days.start_min, days.start_max, days.end_min + 1, days.end_max + 1)
    )
    if end - begin < _SHORTEST:
        middle = (begin + end) / 2
        begin, sure, on, end = (middle + share * _SHORTEST for share in (-0.5, -0.5, 0.5, 0.5))
    if sure > on:  # it may have ended before the latest day it can start on: no day is certain
        sure = on = round((sure + on) / 2, 1)
    shape = "within" if days.precision != "interval" else "span"
    opened = days.start_min == OPEN_START, days.end_max == OPEN_END
    return Mark(entry.anchor, title, shape, (begin, sure, on, end), entry.doubted, rivals, *opened)


def _middle(first: int, last: int) -> float:
    return first + 0.5 if last == OPEN_END else last + 0.5 if first == OPEN_START else (first + last + 1) / 2


def lanes(
    entries: Sequence[Entry], named: Sequence[tuple[str, ...]], family: Family, axis: TimeAxis
) -> tuple[Swimlane, ...]:
    """Put every entry that has a date in the lanes of the widest actors or topics that it names."""
    marks = [mark_of(entry, axis) for entry in entries]
    tops = [family.tops(ids) for ids in named]
    names = _names(family, named, [id_ for id_, _ in count_entries(family, tops).most_common(MOST_LANES)])
    by_lane: dict[str, list[Mark]] = {key: [] for key in (*names, OTHERS, NOBODY)}  # an id has no capital letters
    for mark, ids in zip(marks, tops, strict=True):
        for key in {id_ if id_ in names else OTHERS: None for id_ in ids} or {NOBODY: None}:
            if mark is not None:
                by_lane[key].append(mark)
    filled = {key: own for key, own in by_lane.items() if own}
    drawn: list[Swimlane] = []
    for key, own in filled.items():
        y = drawn[-1].y + drawn[-1].height if drawn else _TOP
        drawn.append(_lane(names.get(key, key), own, round(y, 1), max(_LEAST_TALL, _TALL / len(filled))))
    return tuple(drawn)


def _names(family: Family, named: Iterable[tuple[str, ...]], tops: Iterable[str]) -> dict[str, str]:
    """Name each lane by the narrowest actor or topic that covers all in it: by an author, not by his university."""
    count = count_entries(family, named)
    depth = {id_: (number, len(family[id_].within)) for id_, number in count.items()}
    inside = {top: [id_ for id_ in count if top in (id_, *family[id_].within)] for top in tops}
    return {top: family[max(ids, key=depth.__getitem__)].name for top, ids in inside.items()}


def _lane(name: str, marks: list[Mark], y: float, tallest: float) -> Swimlane:
    """Place marks in rows, from the top, so that no two in a row touch."""
    rows = _rows(marks)
    step = min(2 * _RADIUS + _APART, tallest / (max(rows) + 1))
    radius = round(max(1.6, min(_RADIUS, step * 0.45)), 1)
    begin = y + _HEAD + radius
    marks_in_rows = tuple(mark._replace(y=round(begin + row * step, 1)) for mark, row in zip(marks, rows, strict=True))
    return Swimlane(name, len(marks), y, round(_HEAD + 2 * radius + max(rows) * step + _FOOT, 1), radius, marks_in_rows)


def _rows(marks: Iterable[Mark]) -> list[int]:
    ends: list[float] = []
    rows = []
    for mark in marks:
        begin, end = mark.reach
        row = next((row for row, last in enumerate(ends) if last + _APART <= begin), len(ends))
        ends[row : row + 1] = [end]
        rows.append(row)
    return rows


class Drawing(NamedTuple):
    """Lanes of one kind; `key` is what they are by."""

    key: str
    lanes: tuple[Swimlane, ...]

    @property
    def height(self) -> float:
        """The height of the whole."""
        return round(self.lanes[-1].y + self.lanes[-1].height + _BOTTOM, 1)


class TimelineDrawing(NamedTuple):
    """The time axis, the drawings along it, and how many entries have no date and are not drawn."""

    axis: TimeAxis
    drawings: tuple[Drawing, ...]
    undated: int
    width: int = WIDTH


def overview(entries: Sequence[Entry], context: PageContext) -> TimelineDrawing | None:
    """Draw the entries that have a date; None when none has."""
    dated = sorted((each for each in entries if each.date), key=lambda each: each.date.order if each.date else ())
    known = (day for each in dated for date in each.dates for day in date.bounds)
    days = [day for day in known if day not in (OPEN_START, OPEN_END)]
    if not days:
        return None
    happened = [each.date.start_min for each in dated if each.date and not each.date.is_vague]
    axis = axis_for(min(days), max(days), happened, _MARGIN, WIDTH - _MARGIN)
    drawings = (
        Drawing("actor", lanes(dated, [each.acting for each in dated], context.actors, axis)),
        Drawing("topic", lanes(dated, [each.topics_named for each in dated], context.topics, axis)),
    )
    return TimelineDrawing(axis, drawings, len(entries) - len(dated))
