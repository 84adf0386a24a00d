"""The rules of good keeping: `check` prints a breach of them, `--strict` fails on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from korea_cli.base.sanitize import UNSAFE
from korea_cli.checks.letters import letters_like
from korea_cli.model.records import RECORDS, keys_of
from korea_cli.reading.findings import Finding, Typo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.records import Actor
    from korea_cli.reading.draft import Draft

_QUOTE_WORDS = 25
_FIRSTS = 5  # so many events on the first of a month, and a third of all day dates, look invented


def wanted_keys(draft: Draft) -> Iterator[Finding]:
    """A finished record says what it rests on, what kind it is and who holds it.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        kind = "test"

    Add the key that is named: 'korea set launch sources=reuters#p1' does.
    """
    for record in RECORDS:
        wanted = [(name, key.written_as or name) for name, key in keys_of(record).items() if key.strict]
        for entry, place in draft.entries(record.table):
            if place.table != record.table:
                continue  # declared by being named; there is no table to add the key to
            for name, written in wanted:
                if not getattr(entry, name):
                    yield Finding(place, "", f"has no '{written}'")


def answers_follow(draft: Draft) -> Iterator[Finding]:
    """An answer is not dated before what it answers, unless a note explains it.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"

        [[events]]
        id = "protest"
        title = "Japan protests against the launch"
        date = "2017-07-03"
        responds_to = ["launch"]

    Correct a date, make the earlier one vaguer, or say in a note how the answer could come first.
    """
    events = {event.id: event for event in draft.records["events"]}
    for event, place in draft.entries("events"):
        for answered in event.responds_to:
            if not event.note and answered in events and event.date.end_max < events[answered].date.start_min:
                message = f"answers '{answered}' but is dated before it ({event.date.text}), and no note says why"
                yield Finding(place, "responds_to", message, item=answered)


def estimates_are_vague(draft: Draft) -> Iterator[Finding]:
    """An estimated date is not known to the day.

        [[events]]
        id = "visit"
        title = "An envoy visits"
        date = "2017-07-04"
        date_basis = "estimate"

    Write no more than is known: "2017-07-04~" for about that day, "2017-07" for some day of that month.
    """
    for event, place in draft.entries("events"):
        if event.date_basis == "estimate" and event.date.precision == "day" and not event.date.qualified:
            yield Finding(place, "date", "is an estimate, yet known to the day; mark it with ~")


def disputes_are_told(draft: Draft) -> Iterator[Finding]:
    """What is disputed says by whom, or explains itself in a note.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        status = "disputed"

    Name the facts, actors or sources that disagree in `disputed_by`, or say in a note what is in dispute.
    """
    for table in ("events", "facts"):
        for entry, place in draft.entries(table):
            if entry.status == "disputed" and not entry.disputed_by and not entry.note:
                yield Finding(place, "status", "is disputed, but neither disputed_by nor a note says how")


def forecasts_are_opinion(draft: Draft) -> Iterator[Finding]:
    """A forecast stands as opinion.

        [[facts]]
        id = "more-tests"
        text = "There will be more tests."
        kind = "forecast"
        status = "undisputed"

    Give it status = "opinion", or another kind if it says what was so.
    """
    for fact, place in draft.entries("facts"):
        if fact.kind == "forecast" and fact.status != "opinion":
            yield Finding(place, "kind", "is a forecast, so its status should be 'opinion'")


def distinct_actors(draft: Draft) -> Iterator[Finding]:
    """Two actors are not one under two spellings.

        [[actors]]
        id = "kim"
        name = "Kim Jong Un"

        [[actors]]
        id = "kim-jong-un"
        name = "Jong Un Kim"

    If they are one, keep one, with the other name among its aliases: 'korea rename' what refers to the other. If they
    are two, tell them apart in their names.
    """
    seen: dict[str, Actor] = {}
    for actor, place in draft.entries("actors"):
        words = re.findall(r"\w+", "".join(c for c in normalize("NFKD", actor.name).casefold() if category(c) != "Mn"))
        other = seen.setdefault(" ".join(sorted(words)), actor)
        if other is not actor:
            message = f"'{actor.name}' looks like '{other.name}' ({other.id}) in another spelling"
            yield Finding(place, "name", message)


def firsts_are_rare(draft: Draft) -> Iterator[Finding]:
    """Many events on the first of a month are months stored as days.

        events = [
            { id = "a", title = "A", date = "2017-01-01" },
            { id = "b", title = "B", date = "2017-02-01" },
            { id = "c", title = "C", date = "2017-03-01" },
            { id = "d", title = "D", date = "2017-04-01" },
            { id = "e", title = "E", date = "2017-05-01" },
        ]

    Where the source gave a month, store the month: "2017-05". The warning is about five such days or more, a third of
    all days; if they are right, let it stand.
    """
    days = [(event, place) for event, place in draft.entries("events") if event.date.precision == "day"]
    firsts = [(event, place) for event, place in days if event.date.text.endswith("-01")]
    if len(firsts) >= _FIRSTS and 3 * len(firsts) >= len(days):
        message = f"one of {len(firsts)} events dated to the first of a month; if only the month is known, write it so"
        yield Finding(firsts[0][1], "date", message)


def quotes_are_short(draft: Draft) -> Iterator[Finding]:
    """A quotation is short, and can be looked up.

        [[events]]
        id = "remark"
        title = "The president makes a remark"
        date = "2017-05-25"
        quote = "I am willing"

    Keep a few exact words, and cite the source with the place: sources = ["reuters#p4"], or a source with a `url`.
    """
    urls = {source.id for source in draft.records["sources"] if source.url}
    for event, place in draft.entries("events"):
        if len(event.quote.split()) > _QUOTE_WORDS:
            yield Finding(place, "quote", f"is longer than {_QUOTE_WORDS} words")
        if event.quote and not any(citation.locator or citation.id in urls for citation in event.sources):
            yield Finding(place, "quote", "has no source with a locator or an address")


def clean_text(draft: Draft) -> Iterator[Finding]:
    r"""No text contains characters that control a terminal, end a line or change the direction of text.

        [[events]]
        id = "launch"
        title = "A missile\u200f is launched"
        date = "2017-07-04"

    Delete the character: it can make a text look like another, and is left out of what is shown. Type the text again if
    the editor does not show it.
    """
    for place, written, letter in letters_like(UNSAFE, draft):
        yield Finding(place, written, f"{written} contains {letter}")


def time_zones_exist(draft: Draft) -> Iterator[Finding]:
    """A time has a zone, and the zone exists.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        time = "09:10"

    Write both, the zone by its IANA name: timezone = "Asia/Pyongyang".
    """
    timed = [(event, place) for event, place in draft.entries("events") if event.time or event.timezone]
    if not timed:
        return
    from zoneinfo import available_timezones  # noqa: PLC0415 - a directory walk, only for `check`

    zones = available_timezones()
    for event, place in timed:
        if not (event.time and event.timezone):
            yield Finding(place, "", "a time needs its timezone, and a timezone its time")
        elif zones and event.timezone not in zones:
            message = f"there is no time zone '{event.timezone}'"
            yield Finding(place, "timezone", message, Typo(event.timezone, zones))
