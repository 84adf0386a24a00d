"""Disputes and the positions of actors in Markdown: a heading for each, and a table of positions with footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases
from korea_cli.drawing.phrases import DOUBTS
from korea_cli.formats._marked import escape, table
from korea_cli.report.sections import amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.formats._marked import Footnotes
    from korea_cli.report.sections import Section
    from korea_cli.rows.positions import ActorPosition, DisputePosition, DisputeRow


def write_disputes(section: Section, notes: Footnotes) -> Iterator[str]:
    """Write every dispute."""
    for row in section.values():
        yield f"\n## {escape(row['title'])}\n\n{_standing(row)}\n"
        if row["contested"] == "dates":
            cells = ([_since(each), escape(each["note"] or ""), _sources(each, notes)] for each in row["positions"])
            yield from table(("Date", "Note", "Sources"), cells)
        else:
            yield from table(
                ("Side", "Who", "Says", "Since", "Sources"), (_cells(each, notes) for each in row["positions"])
            )


def _standing(row: DisputeRow) -> str:
    """Return the state of a dispute, and how many sides and positions it has."""
    sides, positions = amount(row["side_count"], "sides"), amount(row["position_count"], "positions")
    counted = amount(row["side_count"], "dates") if row["contested"] == "dates" else f"{sides}, {positions}"
    possibly = " (possibly)" if row["match"] == "possible" else ""
    return f"{row['state'].capitalize()} · {counted}{possibly} · {escape(row['id'])}"


def _cells(position: DisputePosition, notes: Footnotes) -> list[str]:
    doubt = position["status"] if position["status"] in DOUBTS - {"disputed"} else ""  # every position here is
    remarks = ", ".join(filter(None, ("hedged" if position["hedged"] else "", doubt)))
    says = escape(position["says"] or "") + (f" *({remarks})*" if remarks else "")
    who = escape(position["who"] or "the record")
    return [str(position["side"]), who, says or "disputes it", _since(position), _sources(position, notes)]


def _since(position: DisputePosition | ActorPosition) -> str:
    return escape(show_stored(position["date"])) if position["date"] else ""


def _sources(position: DisputePosition | ActorPosition, notes: Footnotes) -> str:
    return notes.refer(position["sources"])


def write_positions(section: Section, notes: Footnotes) -> Iterator[str]:
    """Write every actor with a table of all it said."""
    for row in section.values():
        yield f"\n## {escape(row['name'])}\n\n{amount(row['position_count'], 'positions')} · {escape(row['id'])}\n"
        yield from table(
            ("Date", "Position", "Kind", "Sources"), (_said(each, row["id"], notes) for each in row["positions"])
        )


def _said(position: ActorPosition, speaker: str, notes: Footnotes) -> list[str]:
    possibly = " (possibly)" if position["match"] == "possible" else ""
    verb = "changes" if position["change"] == "certain" else "contradicts, and may be later than,"
    changed = [f"{verb} “{escape(each['title'])}”" for each in position["changes"]]
    last = {"certain": "last", "possible": "perhaps the last"}.get(position["last"] or "", "")
    doubt = position["status"] if position["status"] in DOUBTS else ""
    by = escape(phrases.said_by(position, speaker))
    remarks = "; ".join(filter(None, (by, "hedged" if position["hedged"] else "", doubt, *changed, last)))
    says = escape(position["says"]) + (f" *({remarks})*" if remarks else "")
    return [f"{_since(position)}{possibly}", says, escape(position["kind"] or ""), _sources(position, notes)]
