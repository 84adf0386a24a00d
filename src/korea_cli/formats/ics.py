"""An iCalendar file (RFC 5545) with an entry for each event whose day is known.

The same file always makes the same calendar. An entry is stamped with the `as_of` day of the chronology, and its UID is
the event's id with the first twelve digits of the SHA-256 of the chronology's title: importing the calendar again
replaces its entries, and not those of another chronology.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.base.sanitize import clean, clean_line
from korea_cli.citing.sources import cite_all, with_cited
from korea_cli.dates.days import LAST_DAY
from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.drawing.phrases import DOUBTS, claims_about, permalink, remarks
from korea_cli.ingest.text_footers import PERMALINK
from korea_cli.model.choices import EVENT_KINDS
from korea_cli.report.parties import who
from korea_cli.report.sections import amount
from korea_cli.report.supported import SupportedRows, lost_header

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from icalendar import Calendar, Event, vText

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.rows.types import EventRow
    from korea_cli.store.header import StoredHeader

EXTENSIONS = (".ics",)
ALL_AT_ONCE = True
FOR_OTHERS = True
CARRIES = ("event",)
_KIND = "X-KOREA-KIND"  # which of the categories is a kind, where only the header of the chronology says so
_FIRST = 1  # the first day of the year 1: RFC 5545 has years of four digits, and so has the library
_LEFT = {
    "before": "left out {} before the year 1, which iCalendar cannot hold",
    "vague": "left out {} whose day is not known; --include-imprecise adds {} as tentative",
    "endless": "left out {} whose start is not known",
    "unzoned": "{} with a time but no known time zone: added as all-day",
    "spread": "{} with a time but no single day: added as all-day",
    "beyond": "{} with a time that UTC cannot express: added as all-day",
}


class _EntrySpan(NamedTuple):
    """The days of an entry, and whether the event is known to fill just those."""

    first: int
    last: int
    known: bool


def render(
    report: Report,
    screen: Screen,  # noqa: ARG001 - every format is called alike
    *,
    include_imprecise: bool = False,
    base_url: str = "",
) -> Generator[str, None, Sequence[str]]:
    """Write an entry at a time; `include_imprecise` also adds, as tentative, events whose day is not known."""
    frame = _frame(report.header)
    start, end = frame[: frame.rindex("END:VCALENDAR")], frame[frame.rindex("END:VCALENDAR") :]
    yield start
    from korea_cli.ingest.calendars.calendar_entries import read_entry  # noqa: PLC0415 - as above
    from korea_cli.ingest.read_back import ReadBack  # noqa: PLC0415 - needed only when something is written
    from korea_cli.model.records import Event  # noqa: PLC0415 - as above

    rows, entries, back = SupportedRows(report, CARRIES), _EventMaker(report, base_url), ReadBack(Event)
    for values in with_cited(rows, report.related):
        if text := entries.text(values, imprecise=include_imprecise):
            back.add(values, read_entry(text))
            yield text
    yield end
    return (*rows.notes, *entries.notes(), *back.notes, *lost_header(report))


def _span(date: StoredDate, as_of: int) -> _EntrySpan | None:
    """Return the days an event can touch; an ongoing one lasts until the `as_of` day of the chronology."""
    if date.start_min == OPEN_START:
        return None
    known = not date.is_vague and date.end_max != OPEN_END
    return _EntrySpan(date.start_min, max(date.start_min, as_of) if date.end_max == OPEN_END else date.end_max, known)


def _moment(values: EventRow, span: _EntrySpan) -> dt.datetime | str:
    """Return the time of an event in UTC; where that would be a guess, the reason as a key of `_LEFT`."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - only for events with a time

    try:
        zone = ZoneInfo(values["timezone"] or "")
    except (ZoneInfoNotFoundError, OSError, ValueError):  # also the name of a folder
        return "unzoned"
    if not span.known or span.first != span.last:
        return "spread"
    moment = dt.datetime.fromisoformat(f"{values['earliest']}T{values['time']}")
    try:
        return moment.replace(tzinfo=zone).astimezone(dt.UTC)
    except (OverflowError, ValueError):  # year 1 in Asia
        return "beyond"


def _frame(header: StoredHeader) -> str:
    calendar = _library("Calendar")()
    for name, value in (("version", "2.0"), ("prodid", "-//korea-cli//korea//EN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    title, about = clean_line(header.title) or "Chronology", _clean_lines(header.about)
    for name, value in (("name", title), ("x-wr-calname", title), ("x-wr-caldesc", about)):
        if value:
            calendar.add(name, _text(value), parameters={"VALUE": "TEXT"})  # not every program knows these names
    return _serialize(calendar)


class _EventMaker:
    """Makes the entries of one calendar, with the sources looked up once; counts what is left out."""

    def __init__(self, report: Report, base_url: str) -> None:
        from hashlib import sha256  # noqa: PLC0415 - only this format needs it

        self._report, self._base_url, header = report, base_url, report.header
        days = [day for day in (header.closed, header.last, _FIRST) if day is not None]
        self.as_of = max(days[0], _FIRST)
        # No clock: the same file gives the same calendar, and a calendar program sees what has changed.
        self._stamp = dt.datetime.combine(dt.date.fromordinal(self.as_of), dt.time(), dt.UTC)
        self._calendar = sha256(header.title.encode()).hexdigest()[:12]
        self._left: Counter[str] = Counter()

    def text(self, values: EventRow, *, imprecise: bool) -> str:
        """Return the entry of an event; "" for one that is left out. imprecise: its day need not be known."""
        span = _span(parse_stored(values["date"]), self.as_of)
        if span and span.first < _FIRST:
            self._left["before"] += 1
        elif span and (span.known or imprecise):
            moment = _moment(values, span) if values["time"] else None
            if isinstance(moment, str):
                self._left[moment] += 1
            return _serialize(self.entry(values, span, None if isinstance(moment, str) else moment))
        else:
            self._left["endless" if imprecise else "vague"] += 1
        return ""

    def notes(self) -> Iterator[str]:
        """Yield what was left out, or written otherwise than it is."""
        for why, sentence in _LEFT.items():
            if count := self._left[why]:
                yield sentence.format(amount(count, "events"), "them" if count > 1 else "it")

    def entry(self, values: EventRow, span: _EntrySpan, moment: dt.datetime | None) -> Event:
        """Make an entry: the whole of its days, or a moment."""
        entry: Event = _library("Event")()
        entry.add("uid", _text(f"{values['id']}@{self._calendar}.korea-cli"))
        entry.add("dtstamp", self._stamp)
        entry.add("dtstart", moment or dt.date.fromordinal(span.first))
        if not moment and span.last == LAST_DAY:  # there is no day after it
            entry.add("duration", dt.timedelta(days=span.last - span.first + 1))
        elif not moment:
            entry.add("dtend", dt.date.fromordinal(span.last + 1))
        if not span.known:
            entry.add("status", "TENTATIVE")
        entry.add("transp", "TRANSPARENT")  # a past event makes nobody busy
        self._describe(entry, values, "" if span.known else _vaguely(values))
        return entry

    def _describe(self, entry: Event, values: EventRow, when: str) -> None:
        doubt = values["status"] if values["status"] in DOUBTS else ""
        address = permalink(self._base_url, values)
        added = (*claims_about(values), *([f"{PERMALINK}{address}"] if address else []))
        title = (values["title"], *(f"({words})" for words in (when, doubt) if words))
        entry.add("summary", _text(clean_line(" ".join(title))))
        entry.add("description", _text(_clean_lines("\n".join((*_lines(values, self._report), *added)))))
        categories = _library("prop").vCategory([])
        if (kind := values["kind"]) and kind not in EVENT_KINDS:
            entry.add(_KIND, _text(clean_line(kind)))
        named = (kind or "", *(each["label"] for each in values["topics"]))
        categories.cats = [_text(label) for label in map(clean_line, named) if label]  # plain texts would be inexact
        if categories.cats:
            entry.add("categories", categories)
        if place := clean_line(values["place"] or ""):
            entry.add("location", _text(place))
        if url := next((each["url"] for each in values["sources"] if each["url"]), address):
            entry.add("url", clean_line(url))


def _clean_lines(text: str) -> str:
    return clean(text).replace("\t", " ")


def _vaguely(values: EventRow) -> str:
    shown = show_stored(values["date"])
    one_day = values["precision"] not in {"interval", "one-of"} and values["kind"] != "period"
    return f"some day in {shown}" if one_day and values["date"][-1] not in "~?%X" else shown


def _lines(values: EventRow, report: Report) -> Iterator[str]:
    actors = who(values, report.related.actor_keys("event"))
    yield from filter(None, (actors, values["summary"], values["quote"] and f"“{values['quote']}”"))
    clock = f", {values['time']} {values['timezone'] or '(time zone not given)'}" if values["time"] else ""
    yield f"Date: {show_stored(values['date'])}{clock}"
    yield from remarks(values, report)
    yield from (f"Source: {citation}" for citation in cite_all(values["sources"], report.related))


def _serialize(component: Calendar | Event) -> str:
    return str(component.to_ical(), "utf-8")


def _text(words: str) -> vText:
    return _text_class()(words)


@cache
def _text_class() -> type[vText]:
    """Return the library's text class, changed to keep a backslash before an N, which it reads as a line break."""
    text = _library("vText")

    class ExactText(text):  # type: ignore[misc, valid-type]  # known only when the library is there
        def to_ical(self) -> bytes:
            return rb"\\N".join(text(part).to_ical() for part in self.split(r"\N"))

    return ExactText


def _library(name: str) -> Any:  # noqa: ANN401 - a class of the library
    """Return a class of the library that writes calendars; raises UsageError when it is not installed."""
    try:
        import icalendar  # noqa: PLC0415 - only this format needs it
    except ImportError:
        raise UsageError("'-f ics' needs icalendar: pip install 'korea-cli[ics]'") from None
    return getattr(icalendar, name)
