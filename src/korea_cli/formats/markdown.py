"""Markdown for GitHub: headings, tables, and footnotes with full citations.

Markup in the data is escaped, there is no HTML, and only the addresses of sources become links. What GitHub would look
up, such as `@name`, `org/repo#3` and `GH-4`, is written as code. Line breaks and tabs within a text become spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.citing.names import join_authors
from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases
from korea_cli.formats._changes import write_changes
from korea_cli.formats._claims import claim_line, opponents, outcome, write_details
from korea_cli.formats._disputes import write_disputes, write_positions
from korea_cli.formats._marked import Footnotes, escape, format_citation, link, table
from korea_cli.model.internal import INTERNAL
from korea_cli.report.parties import parties, who
from korea_cli.report.sections import GROUPED, are_citations, in_words, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.report.sections import Section
    from korea_cli.rows.types import AlternativeDate, EventRow, RecordRow

    Draw = Callable[[Section, Footnotes], Iterator[str]]

EXTENSIONS = (".md", ".markdown")
ALL_AT_ONCE = True
FOR_OTHERS = True
_DATES = {"date", "issued", "accessed", "first", "last", "from", "to", "as_of"}
_SHOWN_ABOVE = {"type", "id", "title", "name", "label", "text", "summary", "quote"}
_ADDRESSES = {"url", "archive_url"}
_FOR_PROGRAMS = {"earliest", "latest", "precision", "file", "line", *INTERNAL}
_SHOWN_BELOW = {"source_count", "voice_count", "known_since", "claims", "facts"}  # the facts are its claims
_SORTS = {"roles": ("part", "kind"), "dealings": ("how", "with whom")}  # counts of several sorts
_HEADS = {
    "timeline": ("Date", "Event", "Who → whom", "Sources"),
    "facts": ("Date", "Claim", "Held by", "Sources"),
    "records": ("Type", "Date", "Record", "Who", "Sources"),
}
_NESTED = "\n  - "
_LISTS = {*_HEADS, "list"}
_COUNTED = _LISTS | {"disputes", "positions", "pairs", "gaps", "changes"}  # layouts with the number of rows below them
_RULED = _LISTS | {"full", "actor"}  # layouts with dates, below a heading that explains how those were chosen


def render(report: Report, screen: Screen, *, base_url: str = "") -> Iterator[str]:
    """Write the query, every section by its layout, the number of records, and the footnotes."""
    text = _document(report, base_url)
    return text if screen.unicode else (piece.encode("ascii", "xmlcharrefreplace").decode() for piece in text)


def _document(report: Report, base_url: str) -> Iterator[str]:
    notes = Footnotes(report, base_url)
    layout = report.sections[0].layout
    yield f"# {escape(report.header.title or 'Chronology')}\n"
    if report.terms:
        yield f"\nQuery: {' · '.join(map(escape, report.terms))}\n"
    if report.header.date_rule and layout in _RULED:
        yield f"\n{escape(report.header.date_rule)}\n"
    for section in report.sections:
        if section.title and section.rows:
            yield f"\n## {escape(section.title)}\n"
        yield from _LAYOUTS.get(section.layout, _grid)(section, notes)
    numbers = (report.counted_of_all if layout in _COUNTED else "", report.possibly)
    yield f"\n{'; '.join(filter(None, numbers))}.\n" if any(numbers) else ""
    yield from notes.render()


def _dated(section: Section, notes: Footnotes) -> Iterator[str]:
    cells = (*([_type] if section.layout == "records" else []), _when, _name, _who, _marks)
    events: list[EventRow] = []  # with more to say than a row of a table has room for
    yield from table(_HEADS[section.layout], ([cell(row, notes) for cell in cells] for row in _kept(section, events)))
    yield from write_details(events, notes)


def _kept(section: Section, events: list[EventRow]) -> Iterator[Any]:
    """Yield the rows of a section, and keep the events that have a summary or claims."""
    for row in section.values():
        if row["type"] == "event" and (row["summary"] or row["claims"]):
            events.append(row)
        yield row


def _list(section: Section, notes: Footnotes) -> Iterator[str]:
    def cell(row: Any, key: str) -> str:  # noqa: ANN401 - a record, a pair or a silence
        words = _value(key, row, notes)
        if key == "event_count" and row.get("possible_event_count"):
            return f"{words} ({GROUPED.format(row['possible_event_count'])} possibly)"
        return f"{words} {_marks(row, notes)}" if (row["type"], key) == ("source", "title") else words

    return table(map(_label, section.plain), ([cell(row, key) for key in section.plain] for row in section.values()))


def _grid(section: Section, _: Footnotes) -> Iterator[str]:
    keys = [key for key in section.plain if key in section.keys]
    rows = (
        [link(row[key]) if key in _ADDRESSES and row[key] else escape(in_words(row.get(key), GROUPED)) for key in keys]
        for row in section.values()
    )
    return table(map(escape, keys) if section.layout == "grid" else map(_label, keys), rows)


def _counts(section: Section, _: Footnotes) -> Iterator[str]:
    """Write counts by what they are of; a sort that all share, and numbers that are all 0, are left out."""
    counted = tuple(section.values())
    sorts = {row["by"] for row in counted}
    numbers = [key for key in ("event_count", "fact_count", "possible") if any(row[key] for row in counted)]
    keys = ["by", "label", *numbers] if len(sorts) > 1 else ["label", *numbers]
    heads = [*_SORTS.get(section.key, ("by", "value")), *numbers] if len(sorts) > 1 else [*sorts, *numbers]
    return table(map(_label, heads), ([escape(in_words(row[key], GROUPED)) for key in keys] for row in counted))


def _pivot(section: Section, notes: Footnotes) -> Iterator[str]:
    """Write counts by two things as a table of two dimensions, with totals."""
    from korea_cli.analysis.pivot import ONCE, TOTAL, pivot_of  # noqa: PLC0415 - only for such counts

    if cells := tuple(section.rows):
        pivot = pivot_of(cells)
        rows = ([escape(row.label), *row.cells("≤")] for row in (*pivot.rows, pivot.totals))
        heads = (words_of(pivot.by).capitalize(), *pivot.columns, TOTAL.capitalize())
        yield from table(map(escape, heads), rows, counts=True)
        yield f"\n≤: some of these are {notes.doubt}.\n" if pivot.is_doubtful else ""
        yield f"\n{ONCE}\n" if pivot.overlaps else ""


def _citations(section: Section, _: Footnotes) -> Iterator[str]:
    yield "\n"
    yield from (f"- {format_citation(row['text'], row['italics'], row['links'])}\n" for row in section.values())


def _overview(section: Section, notes: Footnotes) -> Iterator[str]:
    for row in section.values():
        texts = ("summary", "date_rule")
        yield from (f"\n{escape(row[key])}\n" for key in texts if row[key])
        yield _items({key: _value(key, row, notes) for key in row if key not in {"type", "title", *texts}})


def _full(section: Section, notes: Footnotes) -> Iterator[str]:
    """Write records in full: name, type, summary and quotation, then everything else, key by key."""
    for row in section.values():
        yield f"\n## {notes.linked(row, phrases.name_of(row))}\n\n{escape(row['type'])} · {escape(row['id'])}"
        yield f" · {escape(who(row, notes.related.actor_keys('fact')))}\n" if row["type"] == "fact" else "\n"
        if row.get("summary"):
            yield f"\n{escape(row['summary'])}\n"
        if row.get("quote"):
            yield f"\n> “{escape(row['quote'])}”\n"
        items = {key: _value(key, row, notes) for key in row if key not in _SHOWN_ABOVE | _FOR_PROGRAMS | _SHOWN_BELOW}
        if row.get("disputed_by"):
            items["disputed_by"] = "; ".join(opponents(row, notes))
        items["claims"] = "".join(f"{_NESTED}{claim_line(each, notes)}" for each in row.get("claims", ()))
        yield _items(items | ({"rests on": phrases.support(row)} if "source_count" in row else {}))


_LAYOUTS: dict[str, Draw] = {
    **dict.fromkeys(_HEADS, _dated), **dict.fromkeys(("list", "pairs", "gaps"), _list), "counts": _counts,
    "pivot": _pivot, "bars": _pivot,
    "overview": _overview, "full": _full, "actor": _full,
    "changes": write_changes, "citations": _citations, "disputes": write_disputes, "positions": write_positions,
}  # fmt: skip


def _type(row: RecordRow, _: Footnotes) -> str:
    return row["type"]


def _when(row: RecordRow, notes: Footnotes) -> str:
    """Return when it was, how far from what was asked, whether that is certain, and the other dates of sources."""
    if row["type"] == "source":
        return escape(show_stored(row["issued"])) if row["issued"] else ""
    if row["type"] == "actor" or row["type"] == "topic":
        return ""
    away = f" {phrases.distance(row)}" if row["distance"] is not None else ""
    possibly = " (possibly)" if row["match"] == "possible" else ""
    others = row["other_dates"] if row["type"] == "event" else []
    dates = [f"{escape(show_stored(row['date'])) if row['date'] else ''}{away}{possibly}"]
    dates += [f"or {show_stored(each['date'])} {notes.refer(each['sources'])}".strip() for each in others]
    return "; ".join(dates)


def _name(row: RecordRow, notes: Footnotes) -> str:
    """Return the title of a record and, where that matters, its kind, status and who disputes it."""
    name = notes.linked(row, phrases.name_of(row))
    if row["type"] != "event" and row["type"] != "fact":
        return name
    status, by = row["status"], opponents(row, notes)
    words = [row["kind"], "hedged" if row["hedged"] else ""] if row["type"] == "fact" else []
    if (words or status in phrases.DOUBTS) and not (by and status == "disputed"):
        words.append(phrases.standing(row))
    remarks = [escape(word) for word in words if word]
    if by:
        remarks.append(f"disputed by {'; '.join(by)}")
    came_of_it = outcome(row, notes) if row["type"] == "fact" else ""
    return " ".join(filter(None, (name, f"*({', '.join(remarks)})*" if remarks else "", came_of_it)))


def _who(row: RecordRow, notes: Footnotes) -> str:
    """Return who did it, to whom and through whom; for a fact who holds it and who reports it."""
    if row["type"] == "event":
        return escape(who(row, notes.related.actor_keys("event")))
    if row["type"] == "fact":
        named = [(key, phrases.listed(actors)) for key, actors in parties(row, notes.related.actor_keys("fact"))]
        holders = ", ".join(names for key, names in named if key.role == "holder") or "nobody named"
        others = "; ".join(f"{key.label} {names}" for key, names in named if key.role not in {"holder", "subject"})
        return escape(f"{holders} ({others})" if others else holders)
    if row["type"] == "source":
        return escape(join_authors(row["authors"]))
    return escape(row["role"] or "") if row["type"] == "actor" else ""


def _marks(row: RecordRow, notes: Footnotes) -> str:
    if row["type"] == "source":
        return notes.mark(row["id"])
    return notes.refer(row["sources"]) if row["type"] == "event" or row["type"] == "fact" else ""


def _value(key: str, row: Mapping[str, Any], notes: Footnotes) -> str:
    """Write a value: dates in words, citations by footnotes, records that are referred to by their titles."""
    value = row[key]
    if key in _DATES:
        ongoing = "ongoing" if key == "last" and row["event_count"] else ""
        return escape(show_stored(value) if value else ongoing)
    if key in _ADDRESSES and value:
        return link(value)
    if are_citations(value):
        return notes.refer(value)
    if key == "other_dates":
        return "; ".join(_other_date(each, notes) for each in value)
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict) and "title" in value[0]:
        return "".join(f"{_NESTED}{escape(each['title'])}" for each in value)
    return escape("yes" if value is True else "" if value is False else in_words(value, GROUPED))


def _other_date(other: AlternativeDate, notes: Footnotes) -> str:
    note = f" ({escape(other['note'])})" if other["note"] else ""
    return f"{escape(show_stored(other['date']))}{note} {notes.refer(other['sources'])}".strip()


def _items(values: dict[str, str]) -> str:
    spaced = {key: words if words.startswith(_NESTED) else f" {words}" for key, words in values.items() if words}
    return "".join(("\n", *(f"- **{_label(key)}:**{words}\n" for key, words in spaced.items())))


def _label(key: str) -> str:
    return escape(words_of(key).capitalize())
