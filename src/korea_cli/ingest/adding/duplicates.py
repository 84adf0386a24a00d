"""Find the records that a new one may duplicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.tokenize import words_of
from korea_cli.dates.parse import parse_stored
from korea_cli.model.records import Actor, Event, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

    Values = Mapping[str, object]

_LIKE = 0.85  # so much of two names is the same, in order
_LISTED = 3


def find_similar(record: type[Record], values: Values, draft: Draft) -> list[str]:
    """Return a sentence for each record of a draft that may be the same as a new one, and why."""
    entries = [entry for entry, place in draft.entries(record.table) if place.table == record.table]
    reasons = {
        entry.id: f"{why}: '{title_of(entry)}' at {entry.file}:{entry.line}" for entry, why in _similar(values, entries)
    }
    return [f"{record.type} '{id_}' {reason}" for id_, reason in list(reasons.items())[:_LISTED]]


def _similar(values: Values, entries: Iterable[Record]) -> Iterator[tuple[Record, str]]:
    own = {key: words_of(str(values[key])) for key in ("title", "text", "label", "url") if values.get(key)}
    date = parse_stored(str(values["date"])) if "date" in values else None
    for entry in entries:
        if date and isinstance(entry, Event) and (shared := _same_day(date, _texts(values, "actors"), entry)):
            yield entry, f"has the same date and also involves {shared}"
        if isinstance(entry, Actor) and _similar_name(values, entry):
            yield entry, "has a similar name"
        same = [key for key, words in own.items() if words_of(getattr(entry, key)) == words]
        if same:
            yield entry, f"has the same {same[0]}"


def _same_day(date: StoredDate, actors: Sequence[str], event: Event) -> str:
    """Return one of some actors that an event has too, if it has the same date."""
    same = (event.date.start_min, event.date.end_max) == (date.start_min, date.end_max)
    return next((actor for actor in event.actors if actor in actors), "") if same else ""


def _similar_name(values: Values, actor: Actor) -> bool:
    from difflib import get_close_matches  # noqa: PLC0415 - one name is compared, when it is added

    names = [_sorted_words(name) for name in (actor.name, *actor.aliases)]
    own = (_sorted_words(name) for name in (str(values["name"]), *_texts(values, "aliases")))
    return any(name and get_close_matches(name, names, n=1, cutoff=_LIKE) for name in own)


def _texts(values: Values, key: str) -> list[str]:
    texts = values.get(key)
    return texts if isinstance(texts, list) else []


def _sorted_words(name: str) -> str:
    return " ".join(sorted(words_of(name)))
