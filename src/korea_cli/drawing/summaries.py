"""Draw summaries: who an actor is, what a chronology is about, and counts as bars."""

from __future__ import annotations

from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.drawing import phrases, titles
from korea_cli.drawing.chart import WIDEST_BAR, bar
from korea_cli.report.sections import Count, amount, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.text import Text

    from korea_cli.analysis.counting import Cell
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_WIDEST_LABEL, _NARROWEST_BAR = 34, 10


def draw_actor(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw who an actor is: its names, office, what it belongs to, its members, and how far it reaches."""
    for values in section.values():
        yield canvas.line(titles.titled(values, canvas, "heading"))
        yield from _labelled({
            "also": ", ".join(values["aliases"]),
            "is": ", ".join(filter(None, (values["role"], values["kind"], values["country"]))),
            "belongs to": phrases.actors(values["part_of"], canvas),
            "members": phrases.actors(values["members"], canvas),
            "note": values["note"],
            "active": phrases.reach(values, canvas),
            "part in": phrases.numbers(values["event_count"], values["fact_count"]),
            "query": canvas.dotted(*canvas.report.filters),
            "range": canvas.dotted(canvas.report.window, canvas.report.possibly),
        }, canvas)  # fmt: skip


def draw_overview(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw what a chronology is about, which dates it covers and how much it holds."""
    for values in section.values():
        yield canvas.line(canvas.text((values["title"] or "Chronology", "heading")))
        for key in ("summary", "date_rule"):
            if values[key]:
                yield canvas.line(values[key])
        yield canvas.line()
        counted = [amount(values[key], words_of(key)) for key in values if key.endswith("_count")]
        yield from _labelled({
            "holds": ", ".join(counted),
            "reaches": phrases.reach(values, canvas),
            "as of": values["as_of"],
            "query": canvas.dotted(*canvas.report.filters),
            "range": canvas.dotted(canvas.report.window, canvas.report.possibly),
        }, canvas)  # fmt: skip


def _labelled(lines: Mapping[str, str | Text | None], canvas: Canvas) -> Iterator[str]:
    width = max(map(len, lines))
    for label, words in lines.items():
        if words:
            yield canvas.columns(label, width, words)


def draw_counts(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the section's title and its counts; nothing where there are none."""
    rows: Sequence[Count] = tuple(section.rows)
    if not rows:
        return
    yield canvas.line()
    yield canvas.line(canvas.text((section.title, "title")))
    yield from _sorts(rows, canvas) if section.key in {"roles", "dealings"} else _bars(rows, canvas)


def _sorts(rows: Sequence[Count], canvas: Canvas) -> Iterator[str]:
    """Draw a line for each sort of count: `addressed  South Korea 6, North Korea 3`."""
    width = max(len(row.by) for row in rows)
    for by, group in groupby(rows, key=attrgetter("by")):
        counted = list(group)
        total = sum(row.event_count + row.fact_count for row in counted)
        several = f"{total:,}: " if len(counted) > 1 else ""
        words = ", ".join(f"{row.label} {row.event_count + row.fact_count:,}{_possibly(row)}" for row in counted)
        yield canvas.columns(by, width, several + words)


def _bars(rows: Sequence[Count], canvas: Canvas) -> Iterator[str]:
    """Draw a bar for each count, all to one scale, and the numbers behind it; below the label on a narrow screen."""
    width = min(max(canvas.text(row.label).cell_len for row in rows), _WIDEST_LABEL, canvas.width // 2)
    numbers = {row: f"{phrases.numbers(row.event_count, row.fact_count)}{_possibly(row)}" for row in rows}
    left = canvas.width - max(map(len, numbers.values())) - 5
    is_beside = left - width >= _NARROWEST_BAR
    room = min(left - width if is_beside else left, WIDEST_BAR)
    most = max(row.event_count + row.fact_count for row in rows)
    for row in rows:
        part = (row.event_count + row.fact_count, "vague" if _is_vague(row) else "bar", "")
        words = f"{bar([part], most, room, canvas).plain} {numbers[row]}".strip()
        if is_beside:
            yield canvas.columns(row.label, width, words)
        else:
            yield canvas.line(canvas.text((row.label, "faint"))) + canvas.line(words, indent=2)


def draw_bars(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the section's title and counts by two things: below each value of one, bars for the values of the other."""
    cells: Sequence[Cell] = tuple(section.rows)
    if not cells:
        return
    yield canvas.line()
    yield canvas.line(canvas.text((section.title, "title")))
    rows = [
        Count(each.lanes, each.lane, each.lane_label, each.event_count, each.fact_count, each.possible)
        for each in cells
    ]
    bars = _bars(rows, canvas)
    for (_, label), group in groupby(cells, key=attrgetter("value", "label")):
        yield canvas.line()
        yield canvas.line(canvas.text((label, "mark")))
        yield from islice(bars, len(list(group)))


def _possibly(row: Count) -> str:
    return f" ({row.possible:,} possibly)" if row.possible else ""


def _is_vague(row: Count) -> bool:
    """Return whether these events are counted by a month or year that is not known."""
    return len(row.value) < {"month": len("2017-07"), "year": len("2017")}.get(row.by, 0)
