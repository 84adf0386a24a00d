"""TimelineJS: its sheet has the columns Year, Month, Day and Headline, its JSON a slide for each event."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.format import show_stored
from korea_cli.ingest.html import html_parts, plain_text
from korea_cli.ingest.json.json_values import count_values, repeated_in
from korea_cli.ingest.text_footers import without_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.ingest.sheet import CellsByKey

Values = dict[str, object]

HEADINGS = {"year", "headline"}  # by which its sheet is known
_DATE = ("year", "month", "day")
_CLOCK = ("hour", "minute", "second", "millisecond")
_TAKEN = {  # the parts of a slide that a row has under names of the sheet
    "start_date": {*_DATE, "display_date"}, "end_date": {*_DATE}, "text": {"headline", "text"},
    "media": {"url", "link", "credit", "caption"},
}  # fmt: skip
_IN_VERSION_2 = {"tag": "group", "asset": "media"}  # what parts of a slide were called
_OTHERS = (
    ("start_date", "date", "day"),
    ("end_date", "date", "day"),
    ("text", "body", "text"),
)  # what others call them
_CARD = "Source"  # the caption of a card that korea makes of a source
_FEWEST = 3  # words of a link that are a title
_COMMAS = re.compile(r"-?\d+(?:,\d+)*", re.ASCII)  # a date of version 2: `2012,1,26,14,30`


class Timeline(NamedTuple):
    """The slides of a document as rows of the sheet, and what is beside them, by path; eras: how many slides are."""

    rows: Sequence[object]
    eras: int = 0
    left_out: Counter[str] = Counter()  # noqa: RUF012 - never changed

    @property
    def notes(self) -> tuple[str, ...]:
        """How the eras are read."""
        eras = f"{self.eras:,} {'era as an event' if self.eras == 1 else 'eras as events'}"
        return (f"read {eras} of the kind 'period'",) if self.eras else ()


def timeline_in(document: object) -> Timeline | None:
    """Return the timeline in a document of TimelineJS 3 or 2; None in any other."""
    if isinstance(document, list):
        return Timeline([*map(_row, document)]) if document and _is_slide(document[0]) else None
    if not isinstance(document, dict):
        return None
    old = document.get("timeline")
    if isinstance(old, dict) and isinstance(old.get("date"), list):
        parts = {"title": {**old, "date": None, "era": None}, "events": old["date"], "eras": old.get("era")}
        return _timeline(parts | {key: each for key, each in document.items() if key != "timeline"})
    events = document.get("events")
    return _timeline(document) if isinstance(events, list) and events and _is_slide(events[0]) else None


def _timeline(document: Values) -> Timeline:
    slides, eras = (each if isinstance(each := document.get(key), list) else [] for key in ("events", "eras"))
    title = document.get("title")
    rows = [*map(_row, slides), *_typed(eras, "era"), *_typed([title] if title else [], "title")]
    others = {key: each for key, each in document.items() if key not in {"title", "events", "eras"}}
    return Timeline(rows, len(eras), count_values("", others))


def _typed(slides: Sequence[object], type_: str) -> Iterator[object]:
    """Yield slides as rows of a type of the sheet."""
    return ({**row, "type": type_} if isinstance(row, dict) else row for row in map(_row, slides))


def _is_slide(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("start_date"), dict)


def _row(slide: object) -> object:
    return flatten(slide) if isinstance(slide, dict) and not any(repeated_in(slide)) else slide


def flatten(slide: Values) -> Values:
    """Return a slide by the headings of the sheet, and what these have no place for by its path in the slide."""
    slide = _modern(slide)
    for part, name, usual in _OTHERS:
        table = _table(slide, part)
        if name in table and usual not in table:
            slide = {**slide, part: {usual if key == name else key: each for key, each in table.items()}}
    start, end, text, media = (_table(slide, key) for key in ("start_date", "end_date", "text", "media"))
    flat = {key: start.get(key) for key in _DATE}
    if clock := _clock(end):
        flat["end_date"] = f"{'-'.join(str(end[key]).zfill(2) for key in _DATE if end.get(key))} {clock}"
    else:
        flat |= {f"end_{key}": end.get(key) for key in _DATE}
    flat |= {
        "time": _clock(start), "display_date": slide.get("display_date") or start.get("display_date"),
        "headline": text.get("headline"), "text": without_block(text.get("text")), **_media(media),
    }  # fmt: skip
    return {key: value for key, value in {**flat, **_rest(slide)}.items() if value not in (None, "")}


def _media(media: Values) -> Values:
    """Return what a slide shows, with its link as a source."""
    url, link, credit = (media.get(key) for key in ("url", "link", "credit"))
    if link and media.get("caption") == _CARD and str(url).startswith("<"):
        return {"sources": [{"url": link, "title": url, "container": credit}]}
    found = {"media": url, "media_credit": credit, "media_caption": media.get("caption")}
    return {**found, "sources": [{"url": link}]} if link else found


def _rest(slide: Values) -> Values:
    """Return the parts of a slide that have no name of their own in a row, each by its path."""
    rest: Values = {}
    for key, value in slide.items():
        if key in _TAKEN and isinstance(value, dict):
            taken = {*_TAKEN[key], *_clock_parts(value)} - ({"display_date"} if slide.get("display_date") else set())
            rest |= {f"{key}.{inner}": each for inner, each in value.items() if inner not in taken}
        elif key not in {"display_date", "type"}:
            rest[key] = value
        elif key == "type":
            rest["slide type"] = value  # how TimelineJS shows it
    return rest


def _modern(slide: Values) -> Values:
    """Return a slide of version 2 as one of version 3; any other as it is."""
    if not slide.keys() & {"startDate", "headline"}:
        return slide
    names = {key: name for key, name in _IN_VERSION_2.items() if name not in slide}
    old = {names.get(key, key): value for key, value in slide.items()}
    new: Values = {"text": {key: old.pop(key, None) for key in ("headline", "text")}}
    for before, key in (("startDate", "start_date"), ("endDate", "end_date")):
        date = str(old.pop(before, None) or "")
        if _COMMAS.fullmatch(date):
            new[key] = dict(zip((*_DATE, *_CLOCK), date.split(","), strict=False))
        elif date:
            new["date" if key == "start_date" else key] = date
    if media := _table(old, "media"):
        new["media"] = {"url" if key == "media" else key: each for key, each in media.items()}
    return {**old, **new}


def _table(slide: Values, key: str) -> Values:
    value = slide.get(key)
    return value if isinstance(value, dict) else {}


def _clock_parts(part: Values) -> tuple[str, ...]:
    """Return the parts of the time of day that a date has, as far as those before them are there."""
    has_second = part.get("second") not in {None, "", 0, "0"}
    return _CLOCK if has_second else _CLOCK[:2] if part.get("hour") not in {None, ""} else ()


def _clock(part: Values) -> str:
    """Return the time of day of a date; "" where it has none."""
    parts = _clock_parts(part)
    fraction = f".{part['millisecond']:0>3}" if parts == _CLOCK and part.get("millisecond") else ""
    return ":".join(str(part.get(key) or "").zfill(2) for key in parts[:3]) + fraction


def complete_cells(cells: CellsByKey) -> None:
    """Complete the cells of a slide: its years have all digits, and its HTML links to sources, quotes and shows.

    A slide without a headline is called what it says, or what its picture shows.
    """
    if "title" not in cells:
        titles = cells.pop("summary", None) or cells.get("media_caption")
        cells |= {"title": titles} if titles else {}
    for key in ("year", "end_year"):
        if key in cells:
            cells[key] = [_complete_year(cells[key][0])]
    media = cells.pop("media", [])
    if media and not str(media[0]).lstrip().startswith("<"):
        cells["media"] = media
        media = []
    texts = {key: [html_parts(str(each)) for each in cells.get(key, ())] for key in ("title", "summary")}
    for key, parts in texts.items():
        cells.update({key: [each.text for each in parts]} if parts else {})
    shown = [html_parts(str(each)) for each in media]
    whole = [*texts["title"], *texts["summary"], *shown]
    sources = [{"url": url, **_title(label)} for each in whole for url, label in each.links]
    _extend(cells, "sources", [sources] if sources else [])
    _extend(cells, "quote", [quote for each in whole for quote in each.quotes])
    words = [each.text for each in shown if not (each.quotes or each.shown) and plain_text(each.text)]
    _extend(cells, "note", [f"Media: {each}" for each in (*words, *(url for each in whole for url in each.shown))])


def drop_shown_date(cells: CellsByKey, dated: Mapping[str, str]) -> None:
    """Leave out what is shown as the date, if that is the date as korea shows it."""
    if dated and cells.get("date_text") == [show_stored(dated["date"])]:
        del cells["date_text"]


def _extend(cells: CellsByKey, key: str, values: Sequence[object]) -> None:
    if values:
        cells[key] = [*cells.get(key, ()), *values]


def _title(label: str) -> dict[str, object]:
    """Return the title of a source that is linked to: a word or two, such as "here", are none."""
    return {"title": label} if len(plain_text(label).split()) >= _FEWEST else {}


def _complete_year(year: object) -> str:
    """Return a year with four digits, as that of a slide is not short for a later one; there, -44 means 44 BC."""
    text = str(year).strip().removesuffix(".0")
    before = text.removeprefix("-")
    return text.zfill(4) if text.isdecimal() else f"{before} BC" if before.isdecimal() else text
