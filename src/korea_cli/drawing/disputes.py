"""Draw disputes: the state of each, then its positions side by side, as a table or, on a narrow screen, as a list."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases, titles
from korea_cli.report.sections import amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section
    from korea_cli.rows.positions import DisputePosition, DisputeRow

_DATE = 12  # columns: "24 May 2017"
_WHO = 22  # columns; on a narrow screen, who is above what they say
_TWO_DIGITS = 10
_STATES = {"open": "warn", "one-sided": "mark", "settled": "faint"}
_GIVEN_UP = {"contradicted", "withdrawn"}


def draw_disputes(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every dispute."""
    for values in section.values():
        yield canvas.line()
        yield canvas.line(titles.titled(values, canvas))
        yield canvas.line(_standing(values, canvas))
        draw = _claim if values["contested"] == "claims" else _date
        if draw is _claim:
            yield from _heads(canvas)
        for number, side in groupby(values["positions"], itemgetter("side")):
            if number > 1 and draw is _claim:
                yield canvas.line()
            mark = canvas.text((str(number) if number < _TWO_DIGITS else canvas.glyph("day"), "mark"))
            for position in side:
                yield draw(position, mark, canvas)
                mark = canvas.text((canvas.glyph("rail"), "faint"))


def draw_lines(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every dispute as a line: date, state, title, how many sides and positions, id."""
    for values in section.values():
        date = canvas.text((show_stored(values["date"]) if values["date"] else "undated", "mark"))
        date.append(" " * (_DATE - date.cell_len) + " ")
        parts = (canvas.text((values["title"], "title")), _standing(values, canvas), canvas.text((values["id"], "id")))
        yield canvas.hanging(date.append_text(canvas.joined(parts, "  ")), _DATE + 1)


def _standing(values: DisputeRow, canvas: Canvas) -> Text:
    """Return the state of a dispute, and how many sides and positions it has."""
    sides, positions = amount(values["side_count"], "sides"), amount(values["position_count"], "positions")
    counted = amount(values["side_count"], "dates") if values["contested"] == "dates" else f"{sides}, {positions}"
    possibly = " (possibly)" if values["match"] == "possible" else ""
    dot = f" {canvas.glyph('dot')} "
    return canvas.text((values["state"], _STATES[values["state"]]), (f"{dot}{counted}{possibly}", "faint"))


def _heads(canvas: Canvas) -> Iterator[str]:
    """Name the columns where there is room for all of them."""
    if canvas.wide:
        who, says, since = (canvas.text((words, "faint")) for words in ("who", "says", "since, sources"))
        yield canvas.entry(who, canvas.text(" "), [says], _WHO, [since])


def _claim(position: DisputePosition, mark: Text, canvas: Canvas) -> str:
    """Draw who says what, since when and by which sources."""
    who, says = _who(position, canvas), _says(position, canvas)
    undated = "" if position["record"] == "actor" else "undated"
    since = canvas.text(show_stored(position["date"]) if position["date"] else undated)
    sources = phrases.sources(position["sources"], canvas) or canvas.text(("no source", "faint"))
    if canvas.wide:
        return canvas.entry(who, mark, [says], _WHO, list(filter(None, (since, sources))))
    details = canvas.joined(filter(None, (since, sources)), f" {canvas.glyph('dot')} ")
    if canvas.narrow:
        between = canvas.entry(canvas.text(), mark, [canvas.text()], 0) if mark.plain == canvas.glyph("rail") else ""
        return between + canvas.entry(canvas.text(), mark, [who, says, details], 0)
    return canvas.entry(who, mark, [says, details], _WHO)


def _date(position: DisputePosition, mark: Text, canvas: Canvas) -> str:
    """Draw one date of an event, with what it rests on."""
    date = canvas.text((show_stored(position["date"] or ""), "title"))
    sources = phrases.sources(position["sources"], canvas) or canvas.text(("no source", "faint"))
    note = canvas.text(position["note"] or "")
    texts, aside = ([date, note], [sources]) if canvas.wide else ([date, note, sources], [])
    return canvas.entry(canvas.text(), mark, list(filter(None, texts)), 0, aside)


def _who(position: DisputePosition, canvas: Canvas) -> Text:
    """Return who holds a claim and through whom it is known; an event is what the record itself says."""
    if position["holders"]:
        rest = (position["who"] or "").removeprefix(phrases.listed(position["holders"]))
        return phrases.actors(position["holders"], canvas).append_text(canvas.text((rest, "faint")))
    return canvas.text(position["who"] or ("the record", "faint"))


def _says(position: DisputePosition, canvas: Canvas) -> Text:
    """Return what is said, how reliable that is, and the id of the record; of a source its title."""
    if position["record"] == "source":
        words = canvas.joined(canvas.quoted(each["title"]) for each in position["sources"])
    else:
        words = canvas.text(
            (position["says"], "title") if position["says"] else ("disputes it, without a claim", "faint")
        )
    if position["hedged"]:
        words.append(" (hedged)")
    if position["status"] in {*_GIVEN_UP, "unverified"}:
        words.append_text(canvas.text("  ", (position["status"] or "", "warn")))
    words.append_text(canvas.text("  ", (position["id"], "id")))
    return words.append_text(canvas.hidden(position["record"], position["id"]))
