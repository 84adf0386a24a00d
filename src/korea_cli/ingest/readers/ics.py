"""Calendars (RFC 5545): an event for each entry; what has no key, such as ATTENDEE, is counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import Sheet

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".ics", ".ical")


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 3 * start.upper().startswith(b"BEGIN:VCALENDAR")


def read(source: InputFile) -> Sheet:
    """Read a calendar entry by entry; raises DataError where a line is not in its encoding."""
    from korea_cli.ingest.calendars.calendar_entries import entry_rows  # noqa: PLC0415 - every import loads every reader

    left_out = Counter[str]()
    return Sheet(entry_rows(source, left_out), left_out=left_out, exact=True)
