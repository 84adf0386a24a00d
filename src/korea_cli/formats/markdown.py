"""Headings, tables and footnotes with full citations, as GitHub shows Markdown: for notes, issues and pull requests.

Nothing in the data is markup: whatever would be stands behind a backslash, there is no HTML, and only the addresses of
sources become links. What GitHub would look up, such as `@name`, `org/repo#3` and `GH-4`, is written as code. Line
breaks and tabs within a text become blanks.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from korea_cli.citing.names import listed
from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases
from korea_cli.formats._marked import Footnotes, cited, escaped, link, table
from korea_cli.report.sections import in_words, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.report.sections import Section
    from korea_cli.rows.column import Json

    Values = dict[str, Any]
    Draw = Callable[[Section, Footnotes], Iterator[str]]

EXTENSIONS = (".md", ".markdown")
_DATES = {"date", "issued", "accessed", "first", "last", "as_of"}
_SAID_ABOVE = {"type", "id", "title", "name", "label", "text", "summary", "quote"}
_ADDRESSES = {"url", "archive_url"}
_FOR_PROGRAMS = {"earliest", "latest", "precision", "file", "line"}
_SORTS = {"roles": ("part", "kind"), "dealings": ("how", "with whom")}  # counts of several sorts
_NESTED = "\n  - "
_LISTS = {"timeline", "facts", "records", "list"}
_RULED = _LISTS | {"full", "actor"}  # layouts with dates, above which it stands how those were chosen


def render(report: Report, screen: Screen) -> Iterator[str]:
    """Write what was asked, every section by its layout, how much was found, and the footnotes."""
    text = _document(report)
    return text if screen.unicode else (piece.encode("ascii", "xmlcharrefreplace").decode() for piece in text)


def _document(report: Report) -> Iterator[str]:
    notes = Footnotes(report.related)
    layout = report.sections[0].layout
    yield f"# {escaped(report.header.title or 'Chronology')}\n"
    asked = [*(report.query.selection.all_terms if report.query else ()), *filter(None, [report.window])]
    if asked:
        yield f"\nAsked: {' · '.join(map(escaped, asked))}\n"
    if report.header.date_rule and layout in _RULED:
        yield f"\n{escaped(report.header.date_rule)}\n"
    for section in report.sections:
        if section.title and section.rows:
            yield f"\n## {escaped(section.title)}\n"
        yield from _LAYOUTS.get(section.layout, _grid)(section, notes)
    if layout in _LISTS:
        yield _footer(report)
    yield from notes.written()


def _footer(report: Report) -> str:
    told = report.counted if report.listed == report.matched else f"{report.counted} of {report.matched}"
    possible = f"; {report.perhaps('the window')}" if report.possible.number else ""
    return f"\n{told}{possible}.\n"


# ---------------------------------------------------------------- layouts


def _dated(heads: tuple[str, ...], section: Section, notes: Footnotes) -> Iterator[str]:
    rows = ((_when(row, notes), _name(row, notes), _who(row), notes.refer(row["sources"])) for row in section.values())
    return table(heads, rows)


def _records(section: Section, notes: Footnotes) -> Iterator[str]:
    rows = (
        (row["type"], _when(row, notes), _name(row, notes), _who(row), _rests_on(row, notes))
        for row in section.values()
    )
    return table(("Type", "Date", "Record", "Who", "Sources"), rows)


def _list(section: Section, notes: Footnotes) -> Iterator[str]:
    def cell(row: Values, key: str) -> str:
        told = _told(key, row, notes)
        return f"{told} {_rests_on(row, notes)}" if (row["type"], key) == ("source", "title") else told

    return table(map(_label, section.plain), ([cell(row, key) for key in section.plain] for row in section.values()))


def _grid(section: Section, _: Footnotes) -> Iterator[str]:
    keys = [key for key in section.plain if key in section.keys]
    rows = ([_cell(key, row.get(key)) for key in keys] for row in section.values())
    return table(map(escaped, keys) if section.layout == "grid" else map(_label, keys), rows)


def _cell(key: str, value: Json) -> str:
    return link(value) if key in _ADDRESSES and isinstance(value, str) else escaped(in_words(value))


def _counts(section: Section, _: Footnotes) -> Iterator[str]:
    """Tell counts by what they are of; what is the same for all, and numbers that are all 0, say nothing."""
    counted = tuple(section.values())
    sorts = {row["by"] for row in counted}
    numbers = [key for key in ("event_count", "fact_count") if any(row[key] for row in counted)]
    keys = ["by", "label", *numbers] if len(sorts) > 1 else ["label", *numbers]
    heads = [*_SORTS.get(section.key, ("by", "value")), *numbers] if len(sorts) > 1 else [*sorts, *numbers]
    return table(map(_label, heads), ([escaped(in_words(row[key])) for key in keys] for row in counted))


def _citations(section: Section, _: Footnotes) -> Iterator[str]:
    yield "\n"
    yield from (f"- {cited(row['text'], row['italics'], row['links'])}\n" for row in section.values())


def _overview(section: Section, notes: Footnotes) -> Iterator[str]:
    for row in section.values():
        said = ("summary", "date_rule")
        yield from (f"\n{escaped(row[key])}\n" for key in said if row[key])
        yield _items({key: _told(key, row, notes) for key in row if key not in {"type", "title", *said}})


def _full(section: Section, notes: Footnotes) -> Iterator[str]:
    """Tell records in full: name, what it is, summary and quotation, then key by key what else is known."""
    for row in section.values():
        yield f"\n## {escaped(phrases.name_of(row))}\n\n{escaped(row['type'])} · {escaped(row['id'])}"
        yield f" · {escaped(phrases.chain(row))}\n" if row["type"] == "fact" else "\n"
        if row.get("summary"):
            yield f"\n{escaped(row['summary'])}\n"
        if row.get("quote"):
            yield f"\n> “{escaped(row['quote'])}”\n"
        yield _items({key: _told(key, row, notes) for key in row if key not in _SAID_ABOVE | _FOR_PROGRAMS})


_LAYOUTS: dict[str, Draw] = {
    "timeline": partial(_dated, ("Date", "Event", "Who → whom", "Sources")),
    "facts": partial(_dated, ("Date", "What is held", "Held by", "Sources")), "records": _records, "list": _list,
    "counts": _counts, "overview": _overview, "full": _full, "actor": _full, "citations": _citations,
}  # fmt: skip


# ---------------------------------------------------------------- phrases


def _when(row: Values, notes: Footnotes) -> str:
    """Say when, whether it is surely in the window, and which other dates are given, each with who gives it."""
    date = row.get("date") or row.get("issued")
    perhaps = " (perhaps)" if row.get("match") == "possible" else ""
    others = (f"or {show_stored(each['date'])} {notes.refer(each['sources'])}" for each in row.get("other_dates", ()))
    return "; ".join([f"{escaped(show_stored(date)) if date else ''}{perhaps}", *map(str.strip, others)])


def _name(row: Values, notes: Footnotes) -> str:
    """Say how a record is called and, where that matters, how it is held and how well it stands."""
    told, status, by = [], row.get("status"), row.get("disputed_by")
    if row["type"] == "fact":
        told = [row["kind"], "hedged" if row["hedged"] else "", "" if status in phrases.DOUBTS else status]
    if status in phrases.DOUBTS and not (by and status == "disputed"):
        told.append(status)
    standing = [escaped(word) for word in told if word]
    if by:
        standing.append(f"disputed by {'; '.join(_opponent(each, notes) for each in by)}")
    return escaped(phrases.name_of(row)) + (f" *({', '.join(standing)})*" if standing else "")


def _opponent(disputing: Values, notes: Footnotes) -> str:
    """Name what disputes a record: a fact by its words, an actor by its name, a source by a footnote."""
    if disputing["type"] == "source":
        return notes.refer([{"id": disputing["id"], "locator": None}])
    title = escaped(disputing["title"])
    return f"“{title}”" if disputing["type"] == "fact" else title


def _who(row: Values) -> str:
    """Say who did it, to whom and through whom; of a fact whose it is and who reports it."""
    if row["type"] == "event":
        return escaped(phrases.who_to_whom(row))
    if row["type"] == "fact":
        reported = phrases.listed(row["reported_by"])
        told = phrases.listed(row["holders"]) or "nobody named"
        return escaped(f"{told} (reported by {reported})" if reported else told)
    return escaped(listed(row["authors"]) if row["type"] == "source" else row.get("role") or "")


def _rests_on(row: Values, notes: Footnotes) -> str:
    own = [{"id": row["id"], "locator": None}] if row["type"] == "source" else []
    return notes.refer(row.get("sources", own))


def _told(key: str, row: Values, notes: Footnotes) -> str:
    """Say a value: dates in words, citations by footnotes, records that are referred to by their titles."""
    value = row[key]
    if key in _DATES:
        unended = "still going on" if key == "last" and row["event_count"] else ""
        return escaped(show_stored(value) if value else unended)
    if key in _ADDRESSES and value:
        return link(value)
    if key == "sources":
        return notes.refer(value) if isinstance(value, list) else str(value)
    if key == "other_dates":
        return "; ".join(_other_date(each, notes) for each in value)
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict) and "title" in value[0]:
        return "".join(f"{_NESTED}{escaped(each['title'])}" for each in value)
    return escaped("yes" if value is True else "" if value is False else in_words(value))


def _other_date(other: Values, notes: Footnotes) -> str:
    note = f" ({escaped(other['note'])})" if other["note"] else ""
    return f"{escaped(show_stored(other['date']))}{note} {notes.refer(other['sources'])}".strip()


def _items(told: dict[str, str]) -> str:
    spaced = {key: words if words.startswith(_NESTED) else f" {words}" for key, words in told.items() if words}
    return "".join(("\n", *(f"- **{_label(key)}:**{words}\n" for key, words in spaced.items())))


def _label(key: str) -> str:
    return escaped(words_of(key).capitalize())
