"""Calendars (RFC 5545): an event for each entry."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import UsageError
from korea_cli.ingest.sheet import Sheet, SheetRow
from korea_cli.model.choices import EVENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from icalendar import Event

    from korea_cli.ingest.sheet import InputFile

    Entry = Mapping[str, Any]  # of the library, whose values are of many types

EXTENSIONS = (".ics",)
_OURS = ".korea-cli"  # ends the UID of an entry that korea wrote
_TEXTS = {"summary": "title", "description": "summary", "location": "place", "url": "sources"}


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 3 * start.upper().startswith(b"BEGIN:VCALENDAR")


def read(source: InputFile) -> Sheet:
    """Read a calendar entry by entry; raises UsageError when the library for it is not installed."""
    try:
        from icalendar import Event  # noqa: PLC0415 - only calendars need it
    except ImportError:
        raise UsageError("calendars need the library icalendar: pip install 'korea-cli[ics]'") from None
    return Sheet(_rows(source.lines(errors="surrogateescape"), Event))


def _rows(lines: Iterable[str], library: type[Event]) -> Iterator[SheetRow]:
    block: list[str] = []
    begun = 0
    for number, raw in enumerate(lines, 1):
        line = raw.strip().upper()
        if line == "BEGIN:VEVENT":
            block, begun = [], number
        if begun:
            block.append(raw)
        if begun and line == "END:VEVENT":
            yield _row(begun, _unfold(block), library)
            begun = 0
    if begun:
        yield SheetRow(begun, {"": _unfold(block)}, "the entry has no end")


def _unfold(lines: list[str]) -> str:
    """Return the text of an entry; where a line is folded, the bytes of a letter may be apart."""
    text = re.sub(r"\n[ \t]", "", "".join(lines))
    return text.encode(errors="surrogateescape").decode(errors="replace")


def _row(line: int, block: str, library: type[Event]) -> SheetRow:
    try:
        entry = library.from_ical(block)
        cells = _cells(entry)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError) as error:
        return SheetRow(line, {"": block}, f"it is not a calendar entry: {error}")
    if "RRULE" in entry or "RDATE" in entry:
        return SheetRow(line, {"": block}, "it repeats; an event happens once")
    return SheetRow(line, cells) if "date" in cells else SheetRow(line, cells, "no valid day (DTSTART)")


def _cells(entry: Entry) -> dict[str, object]:
    cells: dict[str, object] = {}
    if uid := str(entry.get("uid", "")):
        cells["id"] = uid.rpartition("@")[0] if uid.endswith(_OURS) else uid
    cells |= {key: str(entry[name]) for name, key in _TEXTS.items() if entry.get(name)}
    cells |= _days(entry)
    labels = entry.get("categories")
    listed = labels if isinstance(labels, list) else [labels] if labels else []
    topics = [str(label) for each in listed for label in each.cats]
    if topics and topics[0] in EVENT_KINDS:
        cells["kind"] = topics.pop(0)
    if topics:
        cells["topics"] = topics
    return cells


def _days(entry: Entry) -> dict[str, str]:
    """Return the days of an entry, its end included, with the times at which it begins and ends."""
    if "DTSTART" not in entry:
        return {}
    first = entry["DTSTART"]
    last = entry.get("DTEND", first)
    start, end = first.dt, last.dt
    if "DURATION" in entry and last is first:
        end = start + entry["DURATION"].dt
    if not isinstance(start, dt.datetime) and end > start:  # an entry ends on the day before its DTEND
        end -= dt.timedelta(days=1)
    day, time = _day_and_time(start, first.params.get("TZID"))
    ended = " ".join(filter(None, _day_and_time(end, last.params.get("TZID"))))
    found = {"date": day, "time": time, "end_date": ended if ended != f"{day} {time}".strip() else ""}
    return {key: text for key, text in found.items() if text}


def _day_and_time(moment: dt.date, zone: str | None) -> tuple[str, str]:
    """Return a day, and the time of one that has a time, with the name of its zone in the calendar."""
    if not isinstance(moment, dt.datetime):
        return moment.isoformat(), ""
    clock = moment.time().isoformat("seconds").removesuffix(":00")
    return moment.date().isoformat(), clock + (f" ({zone})" if zone else "Z" if moment.tzinfo else "")
