"""Draw records in full: what happened and who says so, then claims and disputes, then sources; and citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored
from korea_cli.drawing import phrases, titles
from korea_cli.report.sections import GROUPED, are_citations, in_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section
    from korea_cli.rows.types import ActorReference, RecordReference, TopicReference

_IN_HEADING = {"type", "id", "title", "name", "label", "text", "private", "embargo", "file", "line"}
_SHOWN_OTHERWISE = {"voice_count", "known_since", "claims"}  # with the number of sources, and as facts
_CLAIMS = (
    "status", "withdrawn", "withdrawn_reason", "disputed_by", "disputes", "facts", "responds_to", "answered_by",
    "outcome", "outcome_sources",
)  # fmt: skip
_METADATA = (
    "earliest", "latest", "precision", "date_text", "date_basis", "time", "timezone", "end_time", "kind", "place",
    "topics", "note", "event_count", "fact_count", "alone", "first", "last", "accessed", "match",
)  # fmt: skip
_ORDER = {key: number for number, key in enumerate((*_CLAIMS, "sources", "source_count", *_METADATA), 1)}
_OF_A_DAY = {"earliest", "latest", "precision"}  # what the date says already, where it is a day
_DATES = {"date", "issued", "accessed", "first", "last", "withdrawn"}
_LEAD = 13


def draw_full(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every record: what it is, then its values key by key, then where it is stored."""
    for number, values in enumerate(canvas.report.related.with_claims(section.values())):
        if number:
            yield canvas.line()
        yield canvas.line(titles.name(values, canvas, "heading"))
        head = canvas.text((f"{values['type']} ", "faint"), (values["id"], "id")).append_text(canvas.state(values))
        if values["type"] == "fact":
            head.append("  ").append_text(phrases.who(values, canvas))
        yield canvas.line(head)
        is_day = values.get("date") and parse_stored(values["date"]).precision == "day"
        left_out = _IN_HEADING | _SHOWN_OTHERWISE | (_OF_A_DAY if is_day else set())
        for key in sorted(values.keys() - left_out, key=lambda key: (_ORDER.get(key, 0), list(values).index(key))):
            if key == "source_count":
                yield _key("rests on", [canvas.text(phrases.support(values))], canvas)
            elif (value := _unsaid(key, values)) not in (None, [], False, ""):
                yield _key(words_of(key), list(_texts(key, value, canvas)), canvas)
        yield _key("stored in", [canvas.text(f"{values['file']}, line {values['line']}")], canvas)


def _unsaid(key: str, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any value of JSON
    """Return a value; of the facts about an event only those that are not listed as disputing it."""
    if key != "facts":
        return values[key]
    disputing = {each["id"] for each in values["disputed_by"] if each["type"] == "fact"}
    return [each for each in values[key] if each["id"] not in disputing]


def _key(label: str, texts: list[Text], canvas: Canvas) -> str:
    named = canvas.text((label, "faint"))
    if canvas.narrow:
        return canvas.line(named) + canvas.block(texts, indent=2)
    return canvas.entry(named, canvas.text(" "), texts, _LEAD)


def _texts(key: str, value: Any, canvas: Canvas) -> Iterator[Text]:  # noqa: ANN401 - any value of JSON
    """Yield the lines of a value, by its key or by what it is."""
    if key in _DATES:
        shown = show_stored(value)
        adds = parse_stored(value).precision != "day" and shown != value
        yield canvas.text(shown, (f"  {value}" if adds else "", "faint"))
    elif key == "quote":
        yield canvas.quoted(value)
    elif key in {"url", "archive_url"}:
        yield canvas.address(value)
    elif key == "other_dates":
        yield from (phrases.other_date(each, canvas) for each in value)
    elif key in {"facts", "disputed_by", "disputes"}:
        yield from phrases.claims(value, canvas)
    elif are_citations(value):
        yield from phrases.citations(value, canvas)
    elif isinstance(value, list):
        yield from (canvas.text(each) if isinstance(each, str) else _reference(each, canvas) for each in value)
    else:
        yield canvas.text(in_words(value, GROUPED)) if isinstance(value, str | int) else _reference(value, canvas)


def _reference(reference: ActorReference | TopicReference | RecordReference, canvas: Canvas) -> Text:
    """Return what a reference names, and its id; an actor's name is in the hue of its state."""
    words = phrases.listed([reference])
    name = canvas.actor({"id": reference["id"], "name": words}) if "name" in reference else canvas.text(words)
    return canvas.identified(name, reference)


def draw_lines(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every citation as a line, for `--oneline`, with the id of its source."""
    for values in section.values():
        yield canvas.hanging(canvas.text(values["text"], "  ", (values["id"], "id")), 2)


def draw_citations(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every citation in full and in short, below the id of its source and the place in it."""
    for values in section.values():
        cited = " ".join(filter(None, (values["id"], values["locator"])))
        texts = [canvas.text(values["text"]), canvas.text((values["short"], "faint"))]
        if values["note"]:
            texts.append(canvas.text(("note ", "faint"), values["note"]))
        yield canvas.line()
        yield canvas.line(canvas.text((cited, "title")))
        yield canvas.block(texts, indent=4)
