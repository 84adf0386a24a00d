"""Claims in Markdown: those about an event below its summary, who disputes a record, and what came of a forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.format import show_stored
from korea_cli.drawing.phrases import claimed, listed, opponent
from korea_cli.formats._marked import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.formats._marked import Footnotes
    from korea_cli.rows.types import ClaimAboutEvent, EventRow, FactRow, OpponentReference


def write_details(events: Iterable[EventRow], notes: Footnotes) -> Iterator[str]:
    """Write the summary of each event and what is claimed about it."""
    for row in events:
        yield f"\n## {notes.linked(row, row['title'])}\n\n{escape(show_stored(row['date']))} · {escape(row['id'])}\n"
        yield f"\n{escape(row['summary'])}\n" if row["summary"] else ""
        yield "\n" if row["claims"] else ""
        yield from (f"- {claim_line(claim, notes)}\n" for claim in row["claims"])


def claim_line(claim: ClaimAboutEvent, notes: Footnotes) -> str:
    """Write a claim: who makes and reports it, its text, how it stands, and its sources."""
    status = f"*({escape(claim['status'])})*" if claim["status"] else ""
    return " ".join(filter(None, (escape(claimed(claim)), status, notes.refer(claim["sources"]))))


def outcome(row: FactRow, notes: Footnotes) -> str:
    """Return what came of a forecast, with the sources of that."""
    words = " ".join(filter(None, (escape(row["outcome"] or ""), notes.refer(row["outcome_sources"]))))
    return f"Outcome: {words}" if words else ""


def opponents(row: EventRow | FactRow, notes: Footnotes) -> list[str]:
    """Name what disputes a record, each once: an actor by its name, a source by a footnote, a claim by its holders.

    The words of a claim are added where they are not written elsewhere: they are among the claims about an event.
    """
    named = (_opponent(each, notes, in_full=row["type"] == "fact") for each in row["disputed_by"])
    return [*dict.fromkeys(named)]


def _opponent(disputing: OpponentReference, notes: Footnotes, *, in_full: bool) -> str:
    if disputing["type"] == "source":
        return notes.mark(disputing["id"])
    if disputing["type"] == "actor" or not in_full:
        return escape(opponent(disputing))
    holders = listed(disputing["holders"])
    return escape(f"{holders}: “{disputing['title']}”" if holders else f"“{disputing['title']}”")
