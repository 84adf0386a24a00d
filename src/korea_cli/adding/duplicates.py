"""Say which records a new one may be a second copy of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.base.tokenize import words_of
from korea_cli.dates.parse import parse_stored
from korea_cli.model.records import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.model.records import Actor, Event, Record
    from korea_cli.reading.draft import Draft

    Values = Mapping[str, Any]

_LIKE = 0.85  # so much of two names is the same, in order
_NAMED = 3


def alike(record: type[Record], values: Values, draft: Draft) -> list[str]:
    """Say, a sentence each, which records of a draft look like one with these values, and why."""
    found = {
        entry.id: f"{why}: '{title_of(entry)}' at {entry.file}:{entry.line}"
        for entry, why in _alike(record, values, draft)
    }
    return [f"{record.type} '{id_}' {told}" for id_, told in list(found.items())[:_NAMED]]


def _alike(record: type[Record], values: Values, draft: Draft) -> Iterator[tuple[Any, str]]:
    entries = [entry for entry, place in draft.entries(record.table) if place.table == record.table]
    if record.type == "event":
        yield from _same_day(values, entries)
    if record.type == "actor":
        yield from _spelled_alike(values, entries)
    own = {written: value for written, value in values.items() if written in {"title", "text", "label", "url"}}
    for entry in entries:
        same = [
            written for written, value in own.items() if value and words_of(getattr(entry, written)) == words_of(value)
        ]
        if same:
            yield entry, f"has the same {same[0]}"


def _same_day(values: Values, events: Iterable[Event]) -> Iterator[tuple[Event, str]]:
    date, actors = parse_stored(values["date"]), set(values.get("actors", ()))
    for event in events:
        shared = [actor for actor in event.actors if actor in actors]
        if shared and (event.date.start_min, event.date.end_max) == (date.start_min, date.end_max):
            yield event, f"has the same date and {shared[0]} in it too"


def _spelled_alike(values: Values, actors: Iterable[Actor]) -> Iterator[tuple[Actor, str]]:
    from difflib import get_close_matches  # noqa: PLC0415 - one name is compared, when it is added

    own = [_spelling(name) for name in (values["name"], *values.get("aliases", ()))]
    for actor in actors:
        names = [_spelling(name) for name in (actor.name, *actor.aliases)]
        if any(get_close_matches(name, names, n=1, cutoff=_LIKE) for name in own if name):
            yield actor, "is spelled almost alike"


def _spelling(name: str) -> str:
    """Give the words of a name, without accents and in one order."""
    return " ".join(sorted(words_of(name)))
