"""The rules a chronology is held to: one function per rule, named in CHECKS by how much a breach of it matters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize

from korea_cli.model import RECORDS, Actor, Event, Fact, Record, Source, Topic, keys_of, title_of
from korea_cli.reading.findings import Finding, Place, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.reading.records import Draft

    Check = Callable[[Draft], Iterator[Finding]]

BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{BIDIRECTIONAL}]")
_QUOTE_WORDS = 25
_FIRSTS = 5  # so many events on the first of a month, and a third of all day dates, look invented


# ---------------------------------------------------------------- errors: reading runs these


def unique_ids(draft: Draft) -> Iterator[Finding]:
    """An id stands once in its table, over all files."""
    for table in draft.records:
        seen: dict[str, Record] = {}
        for entry, place in draft.entries(table):
            first = seen.setdefault(entry.id, entry)
            if first is not entry:
                where = f"{first.file}:{first.line}"
                yield Finding(place, "id", f"the id '{entry.id}' is already used at {where}", "unique-ids")


def references(draft: Draft) -> Iterator[Finding]:
    """Every id that is referred to is declared in a table it may come from."""
    known = {table: {entry.id for entry in entries} | draft.broken for table, entries in draft.records.items()}
    for record in RECORDS:
        links = [(name, key.refers) for name, key in keys_of(record).items() if key.refers]
        targets = {name: set[str]().union(*(known[table] for table in refers)) for name, refers in links}
        for entry, place in draft.entries(record.table):
            for name, refers in links:
                for target in _ids_in(getattr(entry, name)):
                    if target not in targets[name]:
                        yield _unresolved(place, name, target, refers, targets[name])
            if record is Event and entry.other_dates:
                for cited in (citation.id for other in entry.other_dates for citation in other.sources):
                    if cited not in known["sources"]:
                        yield _unresolved(place, "other_dates", cited, ("sources",), known["sources"])


def _ids_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - one id, a list of ids, or citations
    if isinstance(value, str):
        value = (value,) if value else ()
    return (item if isinstance(item, str) else item.id for item in value)


def _unresolved(place: Place, key: str, target: str, refers: tuple[str, ...], known: set[str]) -> Finding:
    what = " or ".join(table.removesuffix("s") for table in refers)
    return Finding(place, key, f"{key} names '{target}', but no {what} has that id", "references", nearest(target, known))


def distinct_names(draft: Draft) -> Iterator[Finding]:
    """A name or alias belongs to one actor only; accents count (й is not и)."""
    claimed: dict[str, Actor] = {}
    for actor, place in draft.entries("actors"):
        for name in dict.fromkeys((actor.id, actor.name, *actor.aliases)):
            other = claimed.setdefault(normalize("NFKC", name).casefold(), actor)
            if other.id != actor.id:
                key = "aliases" if name in actor.aliases else "name"
                message = f"'{name}' is also a name of actor '{other.id}' at {other.file}:{other.line}"
                yield Finding(place, key, message, "distinct-names")


def no_circles(draft: Draft) -> Iterator[Finding]:
    """Nothing belongs to itself, at whatever remove."""
    for table, key in (("actors", "part_of"), ("topics", "broader")):
        parents = {entry.id: tuple(_ids_in(getattr(entry, key))) for entry in draft.records[table]}
        for entry, place in draft.entries(table):
            path = _circle(entry.id, parents)
            if path and entry.id == min(path):  # each circle is told once
                yield Finding(place, key, f"{key} goes in a circle: {' -> '.join(path)}", "no-circles")


def _circle(start: str, parents: dict[str, tuple[str, ...]]) -> list[str]:
    """Give the way from `start` back to itself, if there is one."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for parent in parents.get(here, ()):
            if parent == start:
                return _way_back(start, here, came_from)
            if parent not in came_from:
                came_from[parent] = here
                waiting.append(parent)
    return []


def _way_back(start: str, last: str, came_from: dict[str, str]) -> list[str]:
    way = [start]
    while last != start:
        way.insert(1, last)
        last = came_from[last]
    return [*way[:1], *way[1:], start]


# ---------------------------------------------------------------- warnings: `check` prints them, --strict fails on them


def wanted_keys(draft: Draft) -> Iterator[Finding]:
    """A finished record says what it rests on, what kind it is and who holds it."""
    for record in RECORDS:
        wanted = [(name, key.written_as or name) for name, key in keys_of(record).items() if key.strict]
        for entry, place in draft.entries(record.table):
            if place.table != record.table:
                continue  # declared by being named; there is no table to add the key to
            for name, written in wanted:
                if not getattr(entry, name):
                    yield _warning(place, "", f"has no '{written}'", "wanted-keys")


def answers_follow(draft: Draft) -> Iterator[Finding]:
    """An answer is not dated before what it answers, unless a note explains it."""
    events = {event.id: event for event in draft.records["events"]}
    for event, place in draft.entries("events"):
        for answered in event.responds_to:
            if not event.note and answered in events and event.date.d < events[answered].date.a:
                message = f"answers '{answered}' but is dated before it ({event.date.text}), and no note says why"
                yield _warning(place, "responds_to", message, "answers-follow")


def estimates_are_vague(draft: Draft) -> Iterator[Finding]:
    """An estimated date is not known to the day."""
    for event, place in draft.entries("events"):
        if event.date_basis == "estimate" and event.date.precision == "day" and not event.date.qualified:
            yield _warning(place, "date", "is an estimate, yet known to the day; mark it with ~", "estimates-are-vague")


def disputes_are_told(draft: Draft) -> Iterator[Finding]:
    """What is disputed says by whom, or explains itself in a note."""
    for table in ("events", "facts"):
        for entry, place in draft.entries(table):
            if entry.status == "disputed" and not entry.disputed_by and not entry.note:
                yield _warning(place, "status", "is disputed, but neither disputed_by nor a note says how", "disputes-are-told")


def forecasts_are_opinion(draft: Draft) -> Iterator[Finding]:
    """A forecast stands as opinion."""
    for fact, place in draft.entries("facts"):
        if fact.kind == "forecast" and fact.status != "opinion":
            yield _warning(place, "kind", "is a forecast, so its status should be 'opinion'", "forecasts-are-opinion")


def distinct_actors(draft: Draft) -> Iterator[Finding]:
    """Two actors are not one under two spellings."""
    seen: dict[str, Actor] = {}
    for actor, place in draft.entries("actors"):
        words = re.findall(r"\w+", "".join(c for c in normalize("NFKD", actor.name).casefold() if category(c) != "Mn"))
        other = seen.setdefault(" ".join(sorted(words)), actor)
        if other is not actor:
            message = f"'{actor.name}' looks like '{other.name}' ({other.id}) in another spelling"
            yield _warning(place, "name", message, "distinct-actors")


def firsts_are_rare(draft: Draft) -> Iterator[Finding]:
    """Many events on the first of a month are months stored as days."""
    days = [(event, place) for event, place in draft.entries("events") if event.date.precision == "day"]
    firsts = [(event, place) for event, place in days if event.date.text.endswith("-01")]
    if len(firsts) >= _FIRSTS and 3 * len(firsts) >= len(days):
        message = f"one of {len(firsts)} events dated to the first of a month; if only the month is known, write it so"
        yield _warning(firsts[0][1], "date", message, "firsts-are-rare")


def quotes_are_short(draft: Draft) -> Iterator[Finding]:
    """A quotation is short, and can be looked up."""
    urls = {source.id for source in draft.records["sources"] if source.url}
    for event, place in draft.entries("events"):
        if len(event.quote.split()) > _QUOTE_WORDS:
            yield _warning(place, "quote", f"is longer than {_QUOTE_WORDS} words", "quotes-are-short")
        if event.quote and not any(citation.locator or citation.id in urls for citation in event.sources):
            yield _warning(place, "quote", "has no source with a locator or an address", "quotes-are-short")


def clean_text(draft: Draft) -> Iterator[Finding]:
    """No text holds control or direction-changing characters."""
    for record in RECORDS:
        texts = [name for name, key in keys_of(record).items() if key.form in {"text", "texts"}]
        for entry, place in draft.entries(record.table):
            for name in texts:
                value = getattr(entry, name)
                if match := _UNSAFE.search(value if isinstance(value, str) else "\n".join(value)):
                    written = keys_of(record)[name].written_as or name
                    message = f"{written} holds the invisible character U+{ord(match[0]):04X}"
                    yield _warning(place, written, message, "clean-text")


def time_zones_exist(draft: Draft) -> Iterator[Finding]:
    """A time has a zone, and the zone exists."""
    timed = [(event, place) for event, place in draft.entries("events") if event.time or event.timezone]
    if not timed:
        return
    from zoneinfo import available_timezones  # noqa: PLC0415 - a directory walk, only for `check`

    zones = available_timezones()
    for event, place in timed:
        if not (event.time and event.timezone):
            yield _warning(place, "", "a time needs its timezone, and a timezone its time", "time-zones-exist")
        elif zones and event.timezone not in zones:
            message = f"there is no time zone '{event.timezone}'"
            yield _warning(place, "timezone", message, "time-zones-exist", nearest(event.timezone, zones))


# ---------------------------------------------------------------- notes: `check --notes` prints them, they never fail


def confirmed_by_one(draft: Draft) -> Iterator[Finding]:
    """What is confirmed rests on more than one source."""
    for event, place in draft.entries("events"):
        if event.status == "confirmed" and len({citation.id for citation in event.sources}) == 1:
            yield _note(place, "sources", f"is confirmed, but rests on one source ({event.sources[0].id})", "confirmed-by-one")


def citations_are_located(draft: Draft) -> Iterator[Finding]:
    """A citation says where in the source."""
    bare: defaultdict[str, list[Place]] = defaultdict(list)
    for table in ("events", "facts"):
        for entry, place in draft.entries(table):
            for citation in entry.sources:
                if not citation.locator:
                    bare[citation.id].append(place)
    for source, places in bare.items():
        count = f"{len(places)} time{'s' if len(places) > 1 else ''}"
        yield _note(places[0], "sources", f"cites '{source}' without a locator ({count} in all)", "citations-are-located")


def all_used(draft: Draft) -> Iterator[Finding]:
    """Every actor, topic and source is used by something."""
    used: Counter[tuple[str, str]] = Counter()
    for record in RECORDS:
        for name, key in keys_of(record).items():
            if key.refers:
                get = attrgetter(name)
                used.update((table, id_) for e in draft.records[record.table] for id_ in _ids_in(get(e)) for table in key.refers)
    for event in draft.records["events"]:
        used.update(("sources", citation.id) for other in event.other_dates for citation in other.sources)
    for record in (Actor, Topic, Source):
        for entry, place in draft.entries(record.table):
            if not used[record.table, entry.id]:
                yield _note(place, "", f"'{title_of(entry)}' is used by nothing", "all-used")


def dates_are_stated(draft: Draft) -> Iterator[Finding]:
    """A date that was inferred or estimated is worth a second look."""
    for event, place in draft.entries("events"):
        if event.date_basis in {"year-inferred", "estimate", "unknown"}:
            yield _note(place, "date", f"date {event.date.text}: basis {event.date_basis}", "dates-are-stated")


def _warning(place: Place, key: str, message: str, check: str, suggestion: str | None = None) -> Finding:
    return Finding(place, key, message, check, suggestion, "warning")


def _note(place: Place, key: str, message: str, check: str) -> Finding:
    return Finding(place, key, message, check, None, "note")


ERRORS: tuple[Check, ...] = (unique_ids, references, distinct_names, no_circles)
WARNINGS: tuple[Check, ...] = (
    wanted_keys, answers_follow, estimates_are_vague, disputes_are_told, forecasts_are_opinion, distinct_actors,
    firsts_are_rare, quotes_are_short, clean_text, time_zones_exist,
)  # fmt: skip
NOTES: tuple[Check, ...] = (confirmed_by_one, citations_are_located, all_used, dates_are_stated)


def run(checks: tuple[Check, ...], draft: Draft) -> list[Finding]:
    """Hold the draft to each of the rules and give what breaks them."""
    return [finding for check in checks for finding in check(draft)]


