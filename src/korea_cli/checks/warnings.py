"""Rules whose breach is a warning: `check` prints it, `--strict` treats it as an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.sanitize import UNSAFE
from korea_cli.checks.clocks import wrong_zones
from korea_cli.checks.copies import problem_of_copy
from korea_cli.checks.letters import find_characters
from korea_cli.checks.lookalikes import advice_on, alike_actors
from korea_cli.checks.private_names import find_private_names
from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.records import RECORDS, keys_of
from korea_cli.reading.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reading.draft import Draft

_QUOTE_WORDS = 25
_FIRSTS = 5  # so many events on the first of a month, if they are a third of all exact days, look invented


def recommended_keys(draft: Draft) -> Iterator[Finding]:
    """A finished record names its sources, its kind and, for a fact, who holds it.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        kind = "test"

    Add the key that is named, for example with 'korea set launch sources=reuters#p1'.
    """
    for record in RECORDS:
        keys = [(name, key.written_as or name) for name, key in keys_of(record).items() if key.strict]
        for entry, place in draft.entries(record.table):
            if place.table != record.table:
                continue  # it is only named, and has no table to add the key to
            for name, written in keys:
                if not getattr(entry, name):
                    yield Finding(place, "", f"has no '{written}'")


def responses_follow(draft: Draft) -> Iterator[Finding]:
    """A response is not dated before the event it responds to, unless a note explains it.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"

        [[events]]
        id = "protest"
        title = "Japan protests against the launch"
        date = "2017-07-03"
        responds_to = ["launch"]

    Correct one of the dates, make it less exact, or explain in a note how the response could come first.
    """
    events = {event.id: event for event in draft.records["events"]}
    for event, place in draft.entries("events"):
        for earlier in event.responds_to:
            if not event.note and earlier in events and event.date.end_max < events[earlier].date.start_min:
                message = f"responds to '{earlier}' but is dated before it ({event.date.text}); no note explains why"
                yield Finding(place, "responds_to", message, item=earlier)


def estimates_are_vague(draft: Draft) -> Iterator[Finding]:
    """An estimated date is not exact to the day.

        [[events]]
        id = "visit"
        title = "An envoy visits"
        date = "2017-07-04"
        date_basis = "estimate"

    Write only what is known: "2017-07-04~" for about that day, "2017-07" for some day of that month.
    """
    for event, place in draft.entries("events"):
        if event.date_basis == "estimate" and event.date.precision == "day" and not event.date.qualified:
            yield Finding(place, "date", "is an estimate but exact to the day; add ~ to it")


def disputes_are_explained(draft: Draft) -> Iterator[Finding]:
    """A disputed event or fact names who disputes it, or explains the dispute in a note.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        status = "disputed"

    Name the facts, actors or sources that disagree in `disputed_by`, or explain in a note what is in dispute.
    """
    for table in ("events", "facts"):
        for entry, place in draft.entries(table):
            if entry.status == "disputed" and not entry.disputed_by and not entry.note:
                yield Finding(place, "status", "is disputed, but neither disputed_by nor a note explains it")


def withdrawals_have_the_status(draft: Draft) -> Iterator[Finding]:
    """What has a day or a reason of its withdrawal has the status withdrawn.

        facts = [{ id = "range", text = "It was of medium range.", withdrawn_reason = "It flew farther." }]

    Set status = "withdrawn", which leaves it out of answers and counts, or remove the key that is named.
    """
    for entry, place in (*draft.entries("events"), *draft.entries("facts")):
        for key in ("withdrawn", "withdrawn_reason"):
            if getattr(entry, key) and entry.status != WITHDRAWN:
                yield Finding(place, key, f"{key} is set, but status is not '{WITHDRAWN}'")


def forecasts_are_opinion(draft: Draft) -> Iterator[Finding]:
    """A forecast has the status of an opinion.

        [[facts]]
        id = "more-tests"
        text = "There will be more tests."
        kind = "forecast"
        status = "undisputed"

    Set status = "opinion", or another kind if it is not about the future.
    """
    for fact, place in draft.entries("facts"):
        if fact.kind == "forecast" and fact.status != "opinion":
            yield Finding(place, "kind", "is a forecast, so its status should be 'opinion'")


def distinct_actors(draft: Draft) -> Iterator[Finding]:
    """No two actors are the same actor in different spellings.

        [[actors]]
        id = "kim"
        name = "Kim Jong Un"

        [[actors]]
        id = "kim-jong-un"
        name = "Jong Un Kim"

    If they are the same, unite them with 'korea merge kim kim-jong-un'. If they are not, make their names differ, or
    add distinct_from = ["kim"] to the second.
    """
    for pair in alike_actors(draft):
        actor, place, first = pair
        message = f"'{actor.name}' looks like another spelling of '{first.name}' ({first.id}); {advice_on(pair)}"
        yield Finding(place, "name", message)


def firsts_are_rare(draft: Draft) -> Iterator[Finding]:
    """A month is not stored as its first day.

        events = [
            { id = "a", title = "A", date = "2017-01-01" },
            { id = "b", title = "B", date = "2017-02-01" },
            { id = "c", title = "C", date = "2017-03-01" },
            { id = "d", title = "D", date = "2017-04-01" },
            { id = "e", title = "E", date = "2017-05-01" },
        ]

    If the source gives a month, store the month: "2017-05". The warning appears if five dates or more, and a third of
    all exact days, are the first of a month; ignore it if they are right.
    """
    days = [(event, place) for event, place in draft.entries("events") if event.date.precision == "day"]
    firsts = [(event, place) for event, place in days if event.date.text.endswith("-01")]
    if len(firsts) >= _FIRSTS and 3 * len(firsts) >= len(days):
        message = f"one of {len(firsts):,} events dated to the first of a month; write a month if only that is known"
        yield Finding(firsts[0][1], "date", message)


def quotes_are_short(draft: Draft) -> Iterator[Finding]:
    """A quotation is short and can be looked up.

        [[events]]
        id = "remark"
        title = "The president makes a remark"
        date = "2017-05-25"
        quote = "I am willing"

    Quote a few words exactly, and cite the place in the source: sources = ["reuters#p4"], or a source with a `url`.
    """
    urls = {source.id for source in draft.records["sources"] if source.url}
    for event, place in draft.entries("events"):
        if len(event.quote.split()) > _QUOTE_WORDS:
            yield Finding(place, "quote", f"quote is longer than {_QUOTE_WORDS} words")
        if event.quote and not any(citation.locator or citation.id in urls for citation in event.sources):
            yield Finding(place, "quote", "quote has no source with a locator or URL")


def clean_text(draft: Draft) -> Iterator[Finding]:
    r"""No text contains characters that control a terminal, break a line or change the direction of text.

        [[events]]
        id = "launch"
        title = "A missile\u200f is launched"
        date = "2017-07-04"

    Delete the character: it is not printed, and can make one text look like another. If your editor does not show it,
    type the text again.
    """
    for place, written, characters in find_characters(UNSAFE, draft):
        yield Finding(place, written, f"{written} contains {characters}")


def copies_are_unchanged(draft: Draft) -> Iterator[Finding]:
    """The copy of a source that is kept beside the data file exists, and has the SHA-256 that the file states.

        [[sources]]
        id = "letter"
        title = "A letter"
        file = "copies/letter.pdf"
        sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    Restore the copy, for example from git. If it was changed on purpose, write the sha256 that the message names.
    """
    for source, place in draft.as_written("sources"):
        key, message = problem_of_copy(source)
        if message:
            yield Finding(place, key, message)


def time_zones_exist(draft: Draft) -> Iterator[Finding]:
    """A time has a time zone, and the zone exists.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        time = "09:10"

    Write both, with the IANA name of the zone: timezone = "Asia/Pyongyang".
    """
    yield from wrong_zones(draft)


def private_names_are_unsaid(draft: Draft) -> Iterator[Finding]:
    """No text that others may read has the name of something private.

        actors = [{ id = "envoy", name = "The Envoy", private = true }]
        events = [{ id = "talks", title = "The envoy arrives in Pyongyang", date = "2017-05-25" }]

    Reword the text, or make its record private too: what is private is left out, but no text is changed.
    """
    for place, written, name in find_private_names(draft):
        yield Finding(place, written, f"{written} has the name of a private record, '{name}', and others may read it")
