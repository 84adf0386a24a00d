"""Rules whose breach is only worth a second look: `check --notes` prints it, and never fails because of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from korea_cli.base.sanitize import INVISIBLE
from korea_cli.checks.letters import find_characters
from korea_cli.model.records import RECORDS, Actor, Event, Source, Topic, ids_in, keys_of, title_of
from korea_cli.model.support import supporting_keys
from korea_cli.reading.corroboration import SupportFinder
from korea_cli.reading.findings import Finding
from korea_cli.reading.place_names import unused_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.records import Fact
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace


def confirmed_by_one(draft: Draft) -> Iterator[Finding]:
    """A confirmed event or fact has more than one source.

        [[sources]]
        id = "reuters"
        title = "A report"

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        status = "confirmed"
        sources = ["reuters#p1"]

    Add an independent source, or set status = "reported".
    """
    for entry, place, only in _resting_on_one(draft):
        if entry.status == "confirmed":
            yield Finding(place, "sources", f"is confirmed but has only one {only}")


def rests_on_one(draft: Draft) -> Iterator[Finding]:
    """An event or fact has more than one source.

        [[sources]]
        id = "reuters"
        title = "A report"

        [[facts]]
        id = "range"
        text = "The missile was of medium range."
        sources = ["reuters#p1"]

    Add an independent source if there is one; a claim may have no other.
    """
    for entry, place, only in _resting_on_one(draft):
        if entry.status != "confirmed":
            yield Finding(place, "sources", f"has only one {only}")


def _resting_on_one(draft: Draft) -> Iterator[tuple[Event | Fact, RecordPlace, str]]:
    """Yield events and facts that rest on one source, or on several that are one voice, with their places and which."""
    find = SupportFinder(draft.records["sources"])
    for table in ("events", "facts"):
        for entry, place in draft.entries(table):
            if find.support_of(entry).voice_count == 1:
                cited = (getattr(entry, key) for key in supporting_keys(type(entry)))
                ids = dict.fromkeys(id_ for value in cited for id_ in ids_in(value))
                yield entry, place, f"{'voice' if len(ids) > 1 else 'source'} ({', '.join(ids)})"


def citations_are_located(draft: Draft) -> Iterator[Finding]:
    """A citation names the place in its source.

        [[sources]]
        id = "reuters"
        title = "A report"

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        sources = ["reuters"]

    Add the place after a hash: "reuters#p4" is the fourth paragraph. Each source is listed once.
    """
    bare: defaultdict[str, list[RecordPlace]] = defaultdict(list)
    for table in ("events", "facts"):
        for entry, place in draft.entries(table):
            for citation in entry.sources:
                if not citation.locator:
                    bare[citation.id].append(place)
    for source, places in bare.items():
        count = f"{len(places):,} time{'s' if len(places) > 1 else ''}"
        yield Finding(places[0], "sources", f"cites '{source}' without a locator ({count} in all)")


def all_used(draft: Draft) -> Iterator[Finding]:
    """Every actor, topic and source is used.

        [[topics]]
        id = "missiles"
        label = "Missiles"

    Refer to it, or remove it with 'korea remove'; 'korea check --fix --unused' removes all that are not used.
    """
    used: defaultdict[str, set[str]] = defaultdict(set)  # by table
    for record in RECORDS:
        for name, key in keys_of(record).items():
            for table in key.refers:
                used[table].update(id_ for each in draft.records[record.table] for id_ in ids_in(getattr(each, name)))
    for record in (Actor, Topic, Source):
        for entry, place in draft.entries(record.table):
            if entry.id not in used[record.table]:
                yield Finding(place, "", f"'{title_of(entry)}' is not used")


def place_names_are_used(draft: Draft) -> Iterator[Finding]:
    """Every list of place names has the place of an event.

        [chronology]
        place_names = [["Moscow", "Москва"]]

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        place = "Panghyon"

    Correct the name of the place, or remove the list; 'korea check --fix --unused' removes all that are not used.
    """
    for place, name in unused_names(draft):
        yield Finding(place, "place_names", f"'{name}' is the place of no event")


def dates_are_stated(draft: Draft) -> Iterator[Finding]:
    """A date is stated by a source, not inferred or estimated.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        date_basis = "year-inferred"

    Look for a source that states the date; there is nothing to fix if none does.
    """
    for event, place in draft.entries("events"):
        if event.date_basis in {"year-inferred", "estimate", "unknown"}:
            yield Finding(place, "date", f"date {event.date.text} has date_basis '{event.date_basis}'")


def clocks_are_real(draft: Draft) -> Iterator[Finding]:
    """A time exists on its day, and was not skipped when clocks went forward.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-03-12"
        time = "02:30"
        timezone = "America/New_York"

    Look at the source again: the time, the zone or the day is wrong.
    """
    for event, place in draft.entries("events"):
        day, zone = event.date, event.timezone
        shown = _shown_for(day.start_min, event.time, zone) if event.time and zone and day.precision == "day" else ""
        if shown and day.start_min == day.end_max:
            message = f"there was no {event.time} on {day.text}: clocks in {zone} went forward to {shown}"
            yield Finding(place, "time", message)


def _shown_for(ordinal: int, clock: str, zone: str) -> str:
    """Return what clocks showed instead of a time that they skipped; "" if they showed it, or there is no such zone."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - reads a file for each zone, only for `check --notes`

    try:
        day = date.fromordinal(ordinal)
        local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
        shown = local.astimezone(UTC).astimezone(local.tzinfo)
    except (LookupError, OSError, OverflowError, ValueError):
        return ""
    if shown.replace(tzinfo=None) == local.replace(tzinfo=None):
        return ""
    return f"{shown:%H:%M}" if shown.date() == day else f"{shown:%H:%M} on {shown:%Y-%m-%d}"


def visible_text(draft: Draft) -> Iterator[Finding]:
    r"""No text contains invisible characters.

        [[events]]
        id = "launch"
        title = "A missile is\u200b launched"
        date = "2017-07-04"

    Delete the character, unless its script needs it: a search for the text without it does not find the record.
    """
    for place, written, characters in find_characters(f"[{INVISIBLE}]", draft):
        yield Finding(place, written, f"{written} contains {characters}, which cannot be seen")
