"""Draw what each actor said, in time, along a rail; what changes an earlier position, and the last one, are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored
from korea_cli.drawing import phrases
from korea_cli.report.sections import amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section
    from korea_cli.rows.positions import ActorPosition, SpeakerRow

_DATES = 13  # columns; on a narrow screen they are above what was said
_LAST = {"certain": "last", "possible": "perhaps the last"}


def draw_positions(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every actor with all it said."""
    for values in section.values():
        yield canvas.line()
        name = canvas.actor({"id": values["id"], "name": values["name"]})
        name.stylize("bold")
        yield canvas.line(name.append_text(canvas.text("  ", (values["id"], "id"))))
        yield canvas.line(canvas.text((_counted(values, canvas), "faint")))
        for each in values["positions"]:
            yield _position(each, values["id"], canvas)


def draw_lines(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw the last position of every actor as a line: its date, the actor, what it said, the id of that."""
    for values in section.values():
        *_, last = values["positions"]
        date = _date(last, canvas)
        date.append(" " * (_DATES - 1 - date.cell_len) + " ")
        name = canvas.actor({"id": values["id"], "name": values["name"]})
        yield canvas.hanging(date.append_text(name).append(": ").append_text(_says(last, canvas)), _DATES)


def _counted(values: SpeakerRow, canvas: Canvas) -> str:
    changes = amount(values["change_count"], "changes") if values["change_count"] else "no change"
    changes = "" if values["position_count"] == 1 else changes
    return canvas.dotted(amount(values["position_count"], "positions"), changes)


def _position(position: ActorPosition, speaker: str, canvas: Canvas) -> str:
    """Draw one position: what was said and how, what it changes, and the sources."""
    date = _date(position, canvas)
    mark = _mark(position, canvas)
    sources = phrases.sources(position["sources"], canvas)
    texts = [_says(position, canvas), *_changes(position, canvas), _how(position, speaker, canvas)]
    texts, aside = (texts, [sources]) if canvas.wide else ([*texts, sources], [])
    texts, aside = list(filter(None, texts)), list(filter(None, aside))
    if canvas.narrow:
        return canvas.entry(canvas.text(), mark, [date, *texts], 0)
    return canvas.entry(date, mark, texts, _DATES, aside)


def _date(position: ActorPosition, canvas: Canvas) -> Text:
    """Return when something was said, and whether it is only possibly in the range."""
    date = canvas.text((show_stored(position["date"]) if position["date"] else "undated", "mark"))
    return date.append_text(canvas.text((" (possibly)" if position["match"] == "possible" else "", "faint")))


def _mark(position: ActorPosition, canvas: Canvas) -> Text:
    """Return the mark of a position: whether it changes an earlier one, is disputed, or has no known day."""
    if position["change"]:
        return canvas.text((canvas.glyph("to"), "warn"))
    is_vague = position["date"] is None or parse_stored(position["date"]).is_vague
    return phrases.mark_of(position, canvas, is_vague=is_vague)


def _says(position: ActorPosition, canvas: Canvas) -> Text:
    """Return what was said, how reliable that is, whether it is the last, and the id of the record."""
    text = canvas.text((position["says"], "title"))
    if phrases.in_doubt(position):
        text.append("  ").append_text(canvas.text((position["status"] or "", "warn")))
    if position["last"]:
        text.append("  ").append_text(canvas.text(f"({_LAST[position['last']]})"))
    text.append_text(canvas.text("  ", (position["id"], "id")))
    return text.append_text(canvas.hidden(position["record"], position["id"]))


def _changes(position: ActorPosition, canvas: Canvas) -> Iterator[Text]:
    """Yield which earlier positions it changes, each on a line."""
    words = "changes " if position["change"] == "certain" else "contradicts, and may be later than, "
    for each in position["changes"]:
        claim = canvas.text((words, "warn")).append_text(canvas.quoted(each["title"]))
        yield claim.append_text(canvas.text("  ", (each["id"], "id")))


def _how(position: ActorPosition, speaker: str, canvas: Canvas) -> Text:
    """Return the kind of a position, who said it to whom, and through whom it is known."""
    by = phrases.said_by(position, speaker)
    to = f"to {phrases.listed(position['recipients'])}" if position["recipients"] else ""
    label = "via" if position["record"] == "event" else "reported by"
    via = f"{label} {phrases.listed(position['via'])}" if position["via"] else ""
    words = (position["kind"], "hedged" if position["hedged"] else "", by, " ".join(filter(None, (to, via))))
    return canvas.text((canvas.dotted(*words), "faint"))
