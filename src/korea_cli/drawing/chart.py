"""Draw events over time: a bar for each period, or a line for each lane; what is not certain in hollow marks."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.analysis.dimensions import DIMENSIONS
from korea_cli.analysis.periods import several
from korea_cli.dates.days import Day, year_name
from korea_cli.dates.months import MONTHS
from korea_cli.report.sections import GROUPED, amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from korea_cli.analysis.histogram import Lane, Period
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_PARTS = (("certain", "bar", ""), ("first_lasting", "lasting", "faint"), ("first_possible", "vague", "faint"))
_MOST_CELLS = 4  # of a bar for one event; a single one need not fill the screen
WIDEST_BAR = 60
_WIDEST = {"year": 5, "month": 4, "week": 2}  # columns of a period that leave room for its name
_USUAL = 3
_DIGIT = {"year": 1, "decade": 2, "century": 3}  # of a year by which such a period is known, from the right
_TOGETHER = {"month": 12, "quarter": 4, **dict.fromkeys(_DIGIT, 10)}  # periods that are best kept on one line


def bar(parts: Sequence[tuple[int, str, str]], most: int, room: int, canvas: Canvas) -> Text:
    """Draw numbers one after the other as a bar, where `most` would fill the room; each has at least one column.

    parts: each a number, the name of its glyph, and its style.
    """
    drawn: list[tuple[str, str]] = []
    total = length = 0
    for place, (number, glyph, style) in enumerate(parts):
        total += number
        spared = sum(1 for further, *_ in parts[place + 1 :] if further)  # a column for each that is still to come
        end = max(round(room * total / most), length + 1) if number else length
        end = max(min(end, room - spared), length)
        drawn.append((canvas.glyph(glyph) * (end - length), style))
        length = end
    return canvas.text(*drawn)


def draw_chart(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the title, what the marks mean, and the chart; nothing where there is no event."""
    rows: list[Period] = list(section.rows)
    if not rows:
        return
    lanes = [(lane, list(periods)) for lane, periods in groupby(rows, attrgetter("lane"))]
    yield canvas.line()
    yield canvas.line(canvas.text((section.title, "title")))
    yield from _legend(rows, canvas)
    yield from _lanes(lanes, canvas) if rows[0].lane.of else _bars(rows, canvas)


def _legend(rows: Sequence[Period], canvas: Canvas) -> Iterator[str]:
    """Explain the marks that are drawn; above them, for those who read page by page."""
    unit, of = rows[0].by, rows[0].lane.of
    there = f"{'on' if unit == 'day' else 'in'} that {unit}"
    mark, note = _tallest(rows, canvas) if of else (canvas.glyph("bar"), "")
    words = ((mark, there + note), (canvas.glyph("lasting"), "ongoing"), (canvas.glyph("vague"), "date uncertain"))
    drawn = [any(getattr(row, key) for row in rows) for key, *_ in _PARTS]
    legend = (f"{mark} {meaning}" for (mark, meaning), is_drawn in zip(words, drawn, strict=True) if is_drawn)
    yield canvas.line(canvas.text((f" {canvas.glyph('dot')} ".join(legend), "faint")))
    one = "A fact" if rows[0].lane.noun == "fact" else "An event"
    note = f"{one} is in the lane of {DIMENSIONS[of].each}." if of and DIMENSIONS[of].each else ""
    if not of and any(drawn[1:]):
        note = f"An event of several {several(unit)} is counted once, {there.split(maxsplit=1)[0]} the first."
    if note:
        yield canvas.line(canvas.text((note, "faint")))


def _tallest(rows: Sequence[Period], canvas: Canvas) -> tuple[str, str]:
    """Return the mark as lanes have it, one column for any number, and what its height means."""
    levels, most = canvas.glyph("levels"), max(row.certain for row in rows)
    if levels[0].isdigit():
        return levels[:3], f" ({levels[-1]} is {len(levels)} or more)" if most >= len(levels) else ""
    return canvas.glyph("bar"), f" (tallest: {most:,})"


# ---------------------------------------------------------------- a bar for each period


def _bars(rows: Sequence[Period], canvas: Canvas) -> Iterator[str]:
    """Draw the numbers of each period, below the marks they are drawn with, and a bar, all to one scale."""
    parts = [part for part in _PARTS if any(getattr(row, part[0]) for row in rows)]
    widths = [max(len(GROUPED.format(getattr(row, key))) for row in rows) for key, *_ in parts]
    width = min(max(canvas.text(row.label).cell_len for row in rows), canvas.width // 2)
    most = max(sum(getattr(row, key) for key, *_ in parts) for row in rows)
    room = min(canvas.width - width - sum(widths) - len(parts) - 4, _MOST_CELLS * most, WIDEST_BAR)
    yield canvas.line()
    heads = [(canvas.glyph(glyph).rjust(wide), style) for wide, (_, glyph, style) in zip(widths, parts, strict=True)]
    yield canvas.entry(canvas.text(), canvas.text(" "), [_spaced(heads, canvas)], width)
    for row in rows:
        counted = [(getattr(row, key), glyph, style) for key, glyph, style in parts]
        cells = [
            ((GROUPED.format(number) if number or glyph == "bar" else "").rjust(wide), "")
            for wide, (number, glyph, _) in zip(widths, counted, strict=True)
        ]
        text = _spaced(cells, canvas).append("  ").append_text(bar(counted, most, room, canvas))
        yield canvas.entry(canvas.text((row.label, "faint")), canvas.text(" "), [text], width)


def _spaced(cells: Sequence[tuple[str, str]], canvas: Canvas) -> Text:
    return canvas.joined([canvas.text(cell) for cell in cells], " ")


# ---------------------------------------------------------------- a line for each lane


def _lanes(lanes: list[tuple[Lane, list[Period]]], canvas: Canvas) -> Iterator[str]:
    """Draw time from left to right and the lanes below each other; in several stretches where the screen is narrow."""
    named = {lane: canvas.text(lane.name, (f" {lane.total:,}", "faint")) for lane, _ in lanes}
    width = min(max(name.cell_len for name in named.values()), canvas.width // 3 + 2)
    room = canvas.width - width - 3
    most = max(row.certain for _, rows in lanes for row in rows)
    size, cell = stretches(len(lanes[0][1]), lanes[0][1][0].by, room)
    for start in range(0, len(lanes[0][1]), size):
        stretch = [(lane, rows[start : start + size]) for lane, rows in lanes]
        yield canvas.line()
        above = [canvas.text((line, "faint")) for line in tick_lines(stretch[0][1], cell, room)]
        yield canvas.entry(canvas.text(), canvas.text(" "), above, width)
        empty = 0
        for lane, rows in stretch:
            if any(row.certain or row.lasting or row.possible for row in rows):
                yield canvas.entry(named[lane], canvas.text(" "), _lines(rows, most, cell, canvas), width)
            else:
                empty += 1
        if empty:
            yield canvas.line(
                canvas.text((f"{amount(empty, 'more lanes')} with no {lanes[0][0].noun} in this stretch", "faint"))
            )


def _lines(rows: Sequence[Period], most: int, cell: int, canvas: Canvas) -> list[Text]:
    """Draw what is certain on one line and, where something is possible, hollow marks on a line below."""
    firm = canvas.text(*((_wide(_firm(row, most, canvas), cell), "" if row.certain else "faint") for row in rows))
    hollow = "".join(_wide(canvas.glyph("vague") if row.possible else " ", cell) for row in rows)
    return [firm, canvas.text((hollow.rstrip(), "faint"))] if hollow.strip() else [firm]


def _firm(row: Period, most: int, canvas: Canvas) -> str:
    if not row.certain:
        return canvas.glyph("lasting" if row.lasting else "none")
    levels = canvas.glyph("levels")
    if levels[0].isdigit():
        return levels[min(row.certain, len(levels)) - 1]
    return levels[-(-row.certain * len(levels) // most) - 1]


def _wide(mark: str, cell: int) -> str:
    """Repeat a mark over its cell, but for a gap before the next one."""
    return mark * max(cell - 1, 1) + " " * (cell > 1)


# ---------------------------------------------------------------- above the lanes: years and months where they start


def stretches(periods: int, unit: str, room: int) -> tuple[int, int]:
    """Return how many periods fit a line, and how many columns each has."""
    if periods <= room:
        return periods, min(room // periods, _WIDEST.get(unit, _USUAL))
    together = _TOGETHER.get(unit, 7)
    return max(room // together * together, min(room, together), 1), 1


def tick_lines(rows: Sequence[Period], cell: int, room: int) -> list[str]:
    """Return the lines above some periods; none is wider than the room."""
    days = [Day.from_ordinal(row.first) for row in rows]
    unit, years = rows[0].by, [year_name(day.year) for day in days]
    if unit == "year" and max(map(len, years)) < cell:
        return ["".join(year.ljust(cell) for year in years).rstrip()]
    lines = [_placed([_above(unit, day) for day in days], cell, room), "".join(_below(unit, days, cell))]
    return [line.rstrip() for line in lines]


def _above(unit: str, day: Day) -> str:
    """Name what some periods lie in together."""
    if unit in _DIGIT:
        number, *era = year_name(day.year).split()
        scale = 10 ** _DIGIT[unit]
        together = int(number) // scale * scale
        return " ".join((*([f"{together}s"] if together else []), *era))
    return f"{MONTHS[day.month - 1]} {year_name(day.year)}" if unit == "day" else year_name(day.year)


def _below(unit: str, days: Sequence[Day], cell: int) -> Iterator[str]:
    """Yield the initial or number of each period; for a week, of the month that started since the week before."""
    month = 0
    for day in days:
        name = {
            "month": MONTHS[day.month - 1][: 3 if cell == _WIDEST["month"] else 1],
            "quarter": f"{'Q' if cell == _USUAL else ''}{day.month // 3 + 1}",
            **{period: f"{year_name(day.year).split()[0]:0>4}"[-place] for period, place in _DIGIT.items()},
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
