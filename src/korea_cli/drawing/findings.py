"""Draw what was found across records: pairs of actors, silences, and counts by two things."""

from __future__ import annotations

from itertools import accumulate, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases
from korea_cli.report.sections import GROUPED, amount, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.text import Text

    from korea_cli.analysis.counting import Cell
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_LEAD = 9  # columns: "1234 days"
_HUNG = 2  # columns that the rest of a line is indented by
_BETWEEN = 2  # blanks between columns
_NARROWEST_LABEL = 12


def draw_pairs(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every pair on a rail: the names, then the numbers."""
    for values in section.values():
        names, ids = _both(values, canvas)
        lines = [names.append("  ").append_text(ids), canvas.text(_dealings(values, canvas))]
        yield canvas.entry(canvas.text(), phrases.mark(values, canvas), lines, 0)


def _both(values: Mapping[str, Any], canvas: Canvas) -> tuple[Text, Text]:
    """Return the names of a pair, and their ids."""
    names = canvas.joined((canvas.actor(values["actor"]), canvas.actor(values["other"])), f" {canvas.glyph('dash')} ")
    return names, canvas.text((f"{values['actor']['id']} {values['other']['id']}", "id"))


def _dealings(values: Mapping[str, Any], canvas: Canvas) -> str:
    """Return how many events a pair has in common, of which kinds, and when they were."""
    kinds = ", ".join(in_words(each, GROUPED) for each in values["kinds"])
    return canvas.dotted(f"{amount(values['event_count'], 'events')}: {kinds}", phrases.reach(values, canvas))


def draw_gaps(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every silence with its length at the left."""
    for values in section.values():
        days = canvas.text((amount(values["day_count"], "days").rjust(_LEAD), "mark"))
        texts = [canvas.text((_span(values, canvas), "title")), *_neighbours(values, canvas), *_doubts(values, canvas)]
        if canvas.narrow:
            yield canvas.entry(canvas.text(), phrases.mark(values, canvas), [days, *texts], 0)
        else:
            yield canvas.entry(days, phrases.mark(values, canvas), texts, _LEAD)


def _span(values: Mapping[str, str], canvas: Canvas) -> str:
    first, last = (show_stored(values[key]) for key in ("from", "to"))
    return first if first == last else f"{first} {canvas.glyph('dash')} {last}"


def _neighbours(values: Mapping[str, Any], canvas: Canvas) -> Iterator[Text]:
    end = "to the end of the record" if values["ongoing"] else "to the end of the range"
    for key, where, limit in (("previous", "after", "from the start of the range"), ("next", "before", end)):
        if event := values[key]:
            named = canvas.text(event["title"], "  ", (event["id"], "id"))
            yield canvas.text((f"{where} ", "faint")).append_text(named)
        else:
            yield canvas.text((limit, "faint"))


def _doubts(values: Mapping[str, int], canvas: Canvas) -> Iterator[Text]:
    if values["possible_day_count"] > values["day_count"]:
        yield canvas.text(f"possibly {amount(values['possible_day_count'], 'days')}, as some days are not known")
    if values["longer_event_count"]:
        yield canvas.text((f"{amount(values['longer_event_count'], 'longer events')} may touch it", "faint"))


def draw_lines(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every pair or silence as a line, for `--oneline`, with ids at its end."""
    line = _line_of_pair if section.layout == "pairs" else _line_of_gap
    for values in section.values():
        yield canvas.hanging(line(values, canvas), _HUNG)


def _line_of_pair(values: Mapping[str, Any], canvas: Canvas) -> Text:
    names, ids = _both(values, canvas)
    texts = canvas.joined((names, canvas.text(_dealings(values, canvas)), ids), "  ")
    return phrases.mark(values, canvas).append(" ").append_text(texts)


def _line_of_gap(values: Mapping[str, Any], canvas: Canvas) -> Text:
    days = canvas.text((amount(values["day_count"], "days").rjust(_LEAD), "mark"))
    span = canvas.text((_span(values, canvas), "title"))
    texts = canvas.joined((span, *_doubts(values, canvas), *_neighbours(values, canvas)), "  ")
    return days.append(" ").append_text(phrases.mark(values, canvas)).append(" ").append_text(texts)


def draw_pivot(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the table; the columns with least are left out where the screen has no room, and counted below it."""
    cells: Sequence[Cell] = tuple(section.rows)
    if not cells:
        return
    yield canvas.line()
    yield canvas.line(canvas.text((section.title, "title")))
    rows = dict.fromkeys((cell.value, cell.label) for cell in cells)
    lanes = dict.fromkeys((cell.lane, cell.lane_label) for cell in sorted(cells, key=attrgetter("place")))
    found = {(cell.value, cell.lane): cell.event_count + cell.fact_count for cell in cells}
    shown = list(islice(lanes, _that_fit(rows, lanes, canvas)))
    heads = ["", *(words for _, words in shown)]
    table = [[words, *(in_words(found.get((value, lane)), GROUPED) for lane, _ in shown)] for value, words in rows]
    yield canvas.table(heads, table, _label_width(rows, canvas))
    if left := len(lanes) - len(shown):
        more = f"{amount(left, 'more columns')}: use a wider screen, or -f csv"
        yield canvas.line(canvas.text((more, "faint")))


def _label_width(rows: Iterable[tuple[str, str]], canvas: Canvas) -> int:
    """Return the width of the first column; longer labels are broken."""
    return min(max(canvas.text(label).cell_len for _, label in rows), max(canvas.width // 3, _NARROWEST_LABEL))


def _that_fit(rows: Iterable[tuple[str, str]], lanes: Iterable[tuple[str, str]], canvas: Canvas) -> int:
    """Return how many columns have room, whose headings are broken between words; at least one."""
    room = canvas.width - _label_width(rows, canvas)
    widths = accumulate(max(canvas.text(word).cell_len for word in label.split()) + _BETWEEN for _, label in lanes)
    return max(sum(1 for width in widths if width <= room), 1)
