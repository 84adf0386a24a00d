"""The phrases that several layouts share: who did what to whom, what it rests on, who disagrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.base.sanitize import clean_line
from korea_cli.citing.sources import cite_all
from korea_cli.dates.days import weekday_of
from korea_cli.dates.format import show_stored
from korea_cli.dates.months import WEEKDAYS
from korea_cli.dates.parse import parse_stored
from korea_cli.model.choices import WITHDRAWN
from korea_cli.report.parties import ARROW, pieces
from korea_cli.report.sections import amount, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.rows.positions import ActorPosition
    from korea_cli.rows.types import (
        ActorReference,
        AlternativeDate,
        ClaimAboutEvent,
        EventRow,
        FactRow,
        OpponentReference,
        RecordReference,
        SourceCitation,
    )

    Values = Mapping[str, Any]  # a row or a reference of several types

DOUBTS = {"disputed", "contradicted", WITHDRAWN, "unverified"}


# ---------------------------------------------------------------- in plain text, for other formats too


def listed(references: Iterable[Values]) -> str:
    """Return the names of some references, with commas between."""
    return ", ".join(in_words(dict(each)) for each in references)


def name_of(values: Values) -> str:
    """Return the title, name, label or text of a record."""
    return str(next(values[key] for key in ("title", "name", "label", "text") if key in values))


def numbers(events: int, facts: int, joint: str = ", ") -> str:
    """Return how many events and facts there are, leaving out what there is none of."""
    return joint.join(amount(count, noun) for count, noun in ((events, "events"), (facts, "facts")) if count) or "none"


def remarks(row: EventRow, report: Report) -> Iterator[str]:
    """Yield lines of plain text: whether an event is only possible, its other dates, status, opponents and note."""
    if row["match"] == "possible":
        yield f"{report.doubt.capitalize()}: {report.limits}"
    for other in row["other_dates"]:
        by = f" ({'; '.join(each['title'] for each in other['sources'])})" if other["sources"] else ""
        yield f"Also dated {show_stored(other['date'])}{by}{': ' if other['note'] else ''}{other['note'] or ''}"
    disputed_by = "; ".join(dict.fromkeys(map(opponent, row["disputed_by"])))
    for label, words in {"Status": standing(row), "Disputed by": disputed_by, "Note": row["note"]}.items():
        if words:
            yield f"{label}: {words}"


def opponent(disputing: OpponentReference) -> str:
    """Return who or what disputes an event: the holders of a claim, which is among the claims about the event."""
    if disputing["type"] != "fact":
        return disputing["title"]
    return listed(disputing["holders"]) or "an unattributed claim"


def claimed(claim: ClaimAboutEvent) -> str:
    """Return who holds a claim, who reports it, and what it says."""
    holders, reporters = listed(claim["holders"]), listed(claim["reported_by"])
    by = f"{f' by {holders}' if holders else ''}{f', reported by {reporters}' if reporters else ''}"
    return f"Claimed{by}: {claim['text']}"


def claims_about(row: EventRow) -> Iterator[str]:
    """Yield a line of plain text for each claim about an event, with its status."""
    for claim in row["claims"]:
        status = f" ({claim['status']})" if claim["status"] else ""
        yield clean_line(f"{claimed(claim)}{status}")


def permalink(base_url: str, row: Values) -> str:
    """Return the address of a record on the page at an address; "" without one."""
    return f"{base_url}#{row['type']}:{row['id']}" if base_url else ""


def said_by(position: ActorPosition, speaker: str) -> str:
    """Return which members of the actor whose positions are listed said something; "" if it did so itself."""
    names_it = any(each["id"] == speaker for each in position["actors"])
    return "" if names_it else f"by {listed(position['actors'])}"


def support(values: Values) -> str:
    """Return how many sources and voices an event or fact rests on, and since when it is known."""
    counted = (amount(values["source_count"], "sources"), amount(values["voice_count"], "voices"))
    since = f"; known since {show_stored(values['known_since'])}" if values["known_since"] else ""
    return f"{', '.join(counted)}{since}"


def standing(values: Values) -> str:
    """Return the status of an event or fact; of what was withdrawn also when and why."""
    on = f" {show_stored(values['withdrawn'])}" if values["withdrawn"] else ""
    why = f": {values['withdrawn_reason']}" if values["withdrawn_reason"] else ""
    return f"{WITHDRAWN}{on}{why}" if values["status"] == WITHDRAWN else values["status"] or ""


def in_doubt(values: Values) -> bool:
    """Return whether a record is disputed, contradicted, withdrawn or not verified."""
    return bool(values.get("disputed_by")) or values.get("status") in DOUBTS


# ---------------------------------------------------------------- for the canvas


def reach(values: Values, canvas: Canvas) -> str:
    """Return the first and last day of what was counted; nothing where no event was."""
    first, last = (show_stored(values[key]) if values[key] else "" for key in ("first", "last"))
    if not values["event_count"] or first == last != "":
        return first
    return f"{first or 'start unknown'} {canvas.glyph('dash')} {last or 'ongoing'}"


def actors(references: Iterable[ActorReference], canvas: Canvas) -> Text:
    """Return the names of some actors, with commas between."""
    return canvas.joined(map(canvas.actor, references), ", ")


def who(row: EventRow | FactRow, canvas: Canvas) -> Text:
    """Return who did an event, to whom, and through whom; or who holds a fact, and who reports it."""
    parts = pieces(row, canvas.report.related.actor_keys(row["type"]))
    return canvas.joined(
        canvas.text(part.replace(ARROW, canvas.glyph("to"))) if isinstance(part, str) else canvas.actor(part)
        for part in parts
    )


def date(values: Values, canvas: Canvas) -> Text:
    """Return when a record is dated, or was issued, how far from what was asked, and whether it possibly matches."""
    stored = values.get("date") or values.get("issued")
    possibly = " (possibly)" if values.get("match") == "possible" else ""
    away = f" {distance(values)}" if values.get("distance") is not None else ""
    return canvas.text((show_stored(stored) if stored else "", "mark"), (away, ""), (possibly, "faint"))


def distance(values: Values) -> str:
    """Return the weekday of a single day, and how many days a record is before or after what was asked: `Tue -3 d`."""
    stored = parse_stored(values["date"])
    weekday = f"{WEEKDAYS[weekday_of(stored.start_min)]} " if stored.precision == "day" else ""
    return f"{weekday}{values['distance']:+,} d" if values["distance"] else f"{weekday}0 d"


def mark(values: Values, canvas: Canvas) -> Text:
    """Return the mark at which a record hangs on its rail: whether it is disputed, or its day is not known."""
    return mark_of(values, canvas, is_vague=values["type"] == "event" and parse_stored(values["date"]).is_vague)


def mark_of(values: Values, canvas: Canvas, *, is_vague: bool) -> Text:
    """Return the mark of what is disputed, of what has a vague day, or of any other."""
    if in_doubt(values):
        return canvas.text((canvas.glyph("disputed"), "warn"))
    return canvas.text(canvas.glyph("vague" if is_vague else "day"))


def placed(
    canvas: Canvas, title: Text, who: Text, details: Iterable[Text], sources: Text
) -> tuple[list[Text], list[Text]]:
    """Return the lines of a record, and those at its right where the screen has room: who, and the sources."""
    lines, aside = ([title, *details], [who, sources]) if canvas.wide else ([title, who, *details, sources], [])
    return list(filter(None, lines)), list(filter(None, aside))


def sources(citations: Iterable[SourceCitation], canvas: Canvas) -> Text:
    """Return the ids of sources, each with its place and, where the terminal can, its link."""
    return canvas.joined((_cited(each, canvas, "faint") for each in citations), ", ")


def _cited(cited: SourceCitation, canvas: Canvas, style: str) -> Text:
    return canvas.link(" ".join(filter(None, (cited["id"], cited["locator"]))), cited["url"], style)


def citations(cited: Iterable[SourceCitation], canvas: Canvas) -> Iterator[Text]:
    """Yield sources in full: id, place, title, where and when each appeared, and its address."""
    cited = list(cited)
    for each, plain in zip(cited, cite_all(cited, canvas.report.related), strict=True):
        titled = ", ".join(filter(None, (each["title"], plain.published)))
        text = _cited({**each, "url": plain.url}, canvas, "id").append_text(
            canvas.text(f"  {titled}" if titled else "")
        )
        if plain.url:
            text.append("  ").append_text(canvas.address(plain.url))
        yield text


def outcome(values: FactRow, canvas: Canvas) -> Iterator[Text]:
    """Yield what came of a forecast, then the sources of that, which the forecast itself does not rest on."""
    lines = filter(None, (canvas.text(values["outcome"] or ""), sources(values["outcome_sources"], canvas)))
    for number, line in enumerate(lines):
        yield line if number else canvas.text(("outcome: ", "faint")).append_text(line)


def other_date(other: AlternativeDate, canvas: Canvas) -> Text:
    """Return another date of an event, the sources of it, and why."""
    text = canvas.text("or ", (show_stored(other["date"]), "mark"))
    if other["sources"]:
        text.append(" by ").append_text(sources(other["sources"], canvas))
    return text.append_text(canvas.text(f": {other['note']}" if other["note"] else ""))


def claims(references: Iterable[RecordReference], canvas: Canvas) -> Iterator[Text]:
    """Yield who holds what, in quotation marks, and its id, for each reference to a fact, a source or an actor."""
    for each in references:
        text = _holder(each, canvas)
        if each["type"] != "actor":
            text.append(": " if text else "").append_text(canvas.quoted(each["title"]))
        yield canvas.identified(text, each)


def _holder(reference: RecordReference, canvas: Canvas) -> Text:
    if reference["type"] == "actor":
        return canvas.actor({"id": reference["id"], "name": reference["title"]})
    record = canvas.report.related.known(reference["type"], [reference["id"]]).get(reference["id"], {})
    return actors(record["holders"], canvas) if "holders" in record else canvas.text(record.get("container") or "")


def disputes(values: EventRow | FactRow, canvas: Canvas) -> Iterator[Text]:
    """Yield that a record is in doubt, then who disagrees, each on a line."""
    status, by = values["status"], values["disputed_by"]
    if status == WITHDRAWN:
        if (words := standing(values)) != WITHDRAWN:  # which is behind its title
            yield canvas.text((words, "warn"))
    elif status in DOUBTS and not (by and status == "disputed"):
        yield canvas.text((status, "warn"))
    for claim in claims(by, canvas):
        yield canvas.text(("disputed by ", "warn")).append_text(claim)
