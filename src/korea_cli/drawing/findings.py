"""Draw what was found across records: pairs of actors, and silences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases
from korea_cli.report.sections import GROUPED, amount, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_LEAD = 9  # columns: "1234 days"
_HUNG = 2  # columns that the rest of a line is indented by


def draw_pairs(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every pair on a rail: the names, then the numbers."""
    for values in section.values():
        names, ids = _both(values, canvas)
        lines = [names.append("  ").append_text(ids), canvas.text(_dealings(values, canvas))]
        yield canvas.entry(canvas.text(), _mark_of_pair(values, canvas), lines, 0)


def _mark_of_pair(values: Mapping[str, Any], canvas: Canvas) -> Text:
    """Return a hollow mark for a pair all of whose events are only possible."""
    return phrases.mark_of(values, canvas, is_vague=values["possible_event_count"] == values["event_count"])


def _both(values: Mapping[str, Any], canvas: Canvas) -> tuple[Text, Text]:
    """Return the names of a pair, and their ids."""
    names = canvas.joined((canvas.actor(values["actor"]), canvas.actor(values["other"])), f" {canvas.glyph('dash')} ")
    return names, canvas.text((f"{values['actor']['id']} {values['other']['id']}", "id"))


def _dealings(values: Mapping[str, Any], canvas: Canvas) -> str:
    """Return how many events a pair has in common, of which kinds, and when they were."""
    kinds = ", ".join(in_words(each, GROUPED) for each in values["kinds"])
    possibly = f" ({values['possible_event_count']:,} possibly)" if values["possible_event_count"] else ""
    counted = f"{amount(values['event_count'], 'events')}{possibly}: {kinds}"
    return canvas.dotted(counted, phrases.reach(values, canvas))


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
    return _mark_of_pair(values, canvas).append(" ").append_text(texts)


def _line_of_gap(values: Mapping[str, Any], canvas: Canvas) -> Text:
    days = canvas.text((amount(values["day_count"], "days").rjust(_LEAD), "mark"))
    span = canvas.text((_span(values, canvas), "title"))
    texts = canvas.joined((span, *_doubts(values, canvas), *_neighbours(values, canvas)), "  ")
    return days.append(" ").append_text(phrases.mark(values, canvas)).append(" ").append_text(texts)
