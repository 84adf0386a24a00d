"""The phrases that several layouts share: who did what to whom, what it rests on, who disagrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.rows.types import AlternativeDate

DOUBTS = {"disputed", "contradicted", "unverified"}
_CHAIN = {
    "fact": "Stated by",
    "claim": "Claim of",
    "assessment": "Assessment of",
    "forecast": "Forecast of",
    None: "Held by",
}


def window(report: Report, canvas: Canvas) -> str:
    """Return the window asked for, and how much of what is listed or counted is only possibly in it."""
    return f" {canvas.glyph('dot')} ".join(
        [report.window or "", *([report.perhaps("it")] if report.possible.number else [])]
    )


def listed(references: Iterable[Mapping[str, Any]]) -> str:
    """Name some references, with commas between."""
    return ", ".join(
        str(each.get("name") or each.get("label") or each.get("title") or each["id"]) for each in references
    )


def name_of(values: Mapping[str, Any]) -> str:
    """Give the words that a record is shown by."""
    return str(next(values[key] for key in ("title", "name", "label", "text") if key in values))


def number(count: int, noun: str) -> str:
    """Say how many of something there are; the noun is given in the plural."""
    return f"{count} {noun if count != 1 else noun.removesuffix('s')}"


def numbers(events: int, facts: int) -> str:
    """Say how many events and facts there are, leaving out what there is none of."""
    said = [number(count, noun) for count, noun in ((events, "events"), (facts, "facts")) if count]
    return ", ".join(said) or "nothing"


def reach(values: dict[str, Any], canvas: Canvas) -> list[str]:
    """Say the first and last day of what was counted; nothing where no event was."""
    if not values["event_count"]:
        return []
    first, last = (show_stored(values[key]) if values[key] else "" for key in ("first", "last"))
    if first == last and first:
        return [first]
    return [f"{first or 'beginning not known'} {canvas.glyph('dash')} {last or 'still going on'}"]


def who(values: dict[str, Any], canvas: Canvas) -> Text | None:
    """Say who did it, to whom, and through whom."""
    actors, recipients, via = (listed(values[key]) for key in ("actors", "recipients", "via"))
    if not (actors or recipients or via):
        return None
    parts = [(actors, "who")]
    if recipients:
        parts += [(f"{' ' if actors else ''}{canvas.glyph('to')} ", ""), (recipients, "who")]
    if via:
        parts += [("; " if actors or recipients else "", ""), ("via ", ""), (via, "who")]
    return canvas.text(*parts)


def date(values: dict[str, Any], canvas: Canvas) -> Text:
    """Return when a record is dated, or was issued, and whether it only possibly matches."""
    stored = values.get("date") or values.get("issued")
    possibly = " (possibly)" if values.get("match") == "possible" else ""
    return canvas.text((show_stored(stored) if stored else "", "mark"), (possibly, "faint"))


def mark(values: dict[str, Any], canvas: Canvas) -> Text:
    """Return the mark of a record: whether it is disputed, or its day is not known."""
    stored = parse_stored(values["date"]) if values["type"] == "event" else None
    return canvas.mark(disputed=in_doubt(values), vague=stored is not None and stored.is_vague)


def about(values: dict[str, Any], canvas: Canvas) -> Text | None:
    """Return who did an event or holds a fact; of other records what is counted."""
    if values["type"] == "event":
        return who(values, canvas)
    if values["type"] == "fact":
        return canvas.text((chain(values), "who"))
    return canvas.text(numbers(values["event_count"], values["fact_count"]))


def who_to_whom(values: dict[str, Any]) -> str:
    """Say the same on a line of plain text."""
    actors, recipients, via = (listed(values[key]) for key in ("actors", "recipients", "via"))
    whom = f"{actors} → {recipients}".strip() if recipients else actors
    return "; ".join(filter(None, (whom, f"via {via}" if via else "")))


def also_dated(other: AlternativeDate) -> str:
    """Say another date, who gives it and why, on a line of plain text."""
    by = f" ({'; '.join(each['title'] for each in other['sources'])})" if other["sources"] else ""
    return f"Also dated {show_stored(other['date'])}{by}{': ' if other['note'] else ''}{other['note'] or ''}"


def chain(values: dict[str, Any]) -> str:
    """Say whose it is and through whose hands it came, nearest the holder first."""
    holders = listed(values["holders"]) or "nobody named"
    reporters = [str(each.get("name") or each["id"]) for each in values["reported_by"]]
    kind = _CHAIN.get(values["kind"], _CHAIN[None])
    return ", ".join((f"{kind} {holders}", *(f"reported by {name}" for name in reporters)))


def sources(citations: list[dict[str, Any]], canvas: Canvas) -> Text | None:
    """Say what it rests on, each source with its place and, where the terminal can, its link."""
    if not citations:
        return None
    made = [
        canvas.link(" ".join(filter(None, (each["id"], each["locator"]))), each["url"], "faint") for each in citations
    ]
    return canvas.joined(made, ", ")


def citation(cited: dict[str, Any], canvas: Canvas) -> Text:
    """Spell out one source: id, place, title, and its address as a link and in words."""
    made = canvas.link(" ".join(filter(None, (cited["id"], cited["locator"]))), cited["url"])
    said = [f"  {cited['title']}"] if cited["title"] else []
    return made.append_text(canvas.text(*said, (f"  {cited['url']}" if cited["url"] else "", "faint")))


def other_date(other: dict[str, Any], canvas: Canvas) -> Text:
    """Say another date given for an event, who says so and why."""
    said = canvas.text("or ", (show_stored(other["date"]), "mark"))
    by = sources(other["sources"], canvas)
    if by:
        said.append(" by ").append_text(by)
    return said.append_text(canvas.text(f": {other['note']}")) if other["note"] else said


def in_doubt(values: Mapping[str, Any]) -> bool:
    """Say whether a record is disputed, contradicted or not verified."""
    return bool(values.get("disputed_by")) or values.get("status") in DOUBTS


def disputes(values: dict[str, Any], canvas: Canvas) -> Text | None:
    """Say that a record is in doubt, and who disagrees."""
    if not in_doubt(values):
        return None
    status, by = values["status"], values["disputed_by"]
    named = "; ".join(f"{each['title']} ({each['id']})" for each in by)
    doubts = [status] if status in DOUBTS and not (by and status == "disputed") else []
    said = "; ".join((*doubts, *(["disputed by"] if by else [])))
    return canvas.text((said, "warn"), f" {named}" if by else "")
