"""Rules whose breach is only worth a second look: `check --notes` prints it, and never fails because of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.base.sanitize import INVISIBLE
from korea_cli.checks.clocks import shown_instead
from korea_cli.checks.letters import find_characters
from korea_cli.checks.lookalikes import advice_on, alike_events, alike_people, alike_sources
from korea_cli.checks.single_sources import resting_on_one
from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.citation import ids_in
from korea_cli.model.records import RECORDS, Actor, Source, Topic, keys_of, title_of
from korea_cli.model.roles import DISTINCT_FROM
from korea_cli.reading.findings import Finding
from korea_cli.reading.place_names import unused_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace


def confirmed_by_one(draft: Draft) -> Iterator[Finding]:
    """A confirmed event or fact has more than one source.

        sources = [{ id = "reuters", title = "A report" }]

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        status = "confirmed"
        sources = ["reuters#p1"]

    Add an independent source, or set status = "reported".
    """
    for entry, place, only in resting_on_one(draft):
        if entry.status == "confirmed":
            yield Finding(place, "sources", f"is confirmed but has only one {only}")


def rests_on_one(draft: Draft) -> Iterator[Finding]:
    """An event or fact has more than one source.

        sources = [{ id = "reuters", title = "A report" }]
        facts = [{ id = "range", text = "The missile was of medium range.", sources = ["reuters#p1"] }]

    Add an independent source if there is one; a claim may have no other.
    """
    for entry, place, only in resting_on_one(draft):
        if entry.status != "confirmed":
            yield Finding(place, "sources", f"has only one {only}")


def citations_are_located(draft: Draft) -> Iterator[Finding]:
    """A citation names the place in its source.

        sources = [{ id = "reuters", title = "A report" }]
        events = [{ id = "launch", title = "A missile is launched", date = "2017-07-04", sources = ["reuters"] }]

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
        for name, key in [each for each in keys_of(record).items() if each[0] != DISTINCT_FROM]:
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


def withdrawals_are_explained(draft: Draft) -> Iterator[Finding]:
    """What was withdrawn has the day and the reason.

        facts = [{ id = "range", text = "The missile was of medium range.", status = "withdrawn" }]

    Add `withdrawn` and `withdrawn_reason`: readers of `korea show` see both.
    """
    for entry, place in (*draft.entries("events"), *draft.entries("facts")):
        for key in ("withdrawn", "withdrawn_reason"):
            if entry.status == WITHDRAWN and not getattr(entry, key):
                yield Finding(place, "status", f"is withdrawn, but has no '{key}'")


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


def distinct_events(draft: Draft) -> Iterator[Finding]:
    """No two events of one day have the same actors and alike titles, unless they are stated to be distinct.

        [[events]]
        id = "launch"
        title = "North Korea launches a missile"
        date = "2017-07-04"
        actors = ["north-korea"]

        [[events]]
        id = "missile"
        title = "A missile is launched by North Korea"
        date = "2017-07-04"
        actors = ["north-korea"]

    If they are one event, unite them with 'korea merge launch missile'. If they are two, add distinct_from = ["launch"]
    to the second. Events with different places, times or numbers in their titles are not compared.
    """
    for pair in alike_events(draft):
        event, place, first = pair
        message = f"'{event.title}' is like '{first.title}' on the same day, with the same actors; {advice_on(pair)}"
        yield Finding(place, "title", message)


def distinct_people(draft: Draft) -> Iterator[Finding]:
    """No two people have one name in other letters, with other hyphens or in another order.

        [[actors]]
        id = "kim-jong-un"
        name = "Kim Jong Un"
        kind = "person"

        [[actors]]
        id = "leader"
        name = "김정은"
        kind = "person"

    If they are one person, unite them with 'korea merge kim-jong-un leader'. If they are two, add
    distinct_from = ["kim-jong-un"] to the second.
    """
    for pair in alike_people(draft):
        actor, place, first = pair
        message = f"'{actor.name}' may be another way to write the name of '{first.name}'; {advice_on(pair)}"
        yield Finding(place, "name", message)


def distinct_sources(draft: Draft) -> Iterator[Finding]:
    """No two sources have one address or DOI, unless they are stated to be distinct.

        [[sources]]
        id = "reuters"
        title = "A report"
        url = "https://www.example.org/report/?utm_source=feed"

        [[sources]]
        id = "report"
        title = "A report, archived"
        url = "https://web.archive.org/web/2017/http://example.org/report"

    If they are one source, unite them with 'korea merge reuters report'. If they are two, add
    distinct_from = ["reuters"] to the second.
    """
    for pair in alike_sources(draft):
        _, place, first = pair
        yield Finding(place, "", f"has the address of '{first.title}' ({first.id}); {advice_on(pair)}")


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
        shown = shown_instead(day.start_min, event.time, zone) if event.time and zone and day.precision == "day" else ""
        if shown and day.start_min == day.end_max:
            message = f"there was no {event.time} on {day.text}: clocks in {zone} went forward to {shown}"
            yield Finding(place, "time", message)


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
