"""Whether an edit of some records changes rows of others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from korea_cli.cache.numbering import stored
from korea_cli.model.records import Event, Fact, Source
from korea_cli.reading.corroboration import voices_of
from korea_cli.store.encode_links import known_days
from korea_cli.store.sql import EACH_NUMBER, EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.cache.numbering import Numbered, Query
    from korea_cli.store.header import StoredHeader


def reach_others(changed: Sequence[Numbered], header: StoredHeader, query: Query) -> bool:
    """Return whether rows of other records may change: by an id, a dispute, a voice, a place or the order of a day."""
    return (
        _are_named(changed, query)
        or _change_voices(changed, query)
        or any(_change_places_or_order(each, header) for each in changed if Event in _types(each))
        or any(_change_disputes(each, query) for each in changed if Source not in _types(each))
    )


def _types(each: Numbered) -> set[type]:
    return {type(each.old), type(each.new)}


def _are_named(changed: Sequence[Numbered], query: Query) -> bool:
    """Return whether new records have an id that is in use, or others refer to records that are gone."""
    new = [each.new.id for each in changed if each.old is None]
    gone = json.dumps([each.old.id for each in changed if each.new is None])
    numbers = json.dumps([each.seq for each in changed])
    used = f"SELECT 1 FROM entry WHERE id IN ({EACH_TEXT})"  # noqa: S608 - a list that is bound
    missed = f"SELECT 1 FROM link WHERE target IN ({EACH_TEXT}) AND seq NOT IN ({EACH_NUMBER})"  # noqa: S608 - as above
    return len({*new}) < len(new) or any(query(used, (json.dumps(new),))) or any(query(missed, (gone, numbers)))


def _change_voices(changed: Sequence[Numbered], query: Query) -> bool:
    """Return whether sources that remain speak with another voice than before."""
    sources = [each for each in changed if Source in _types(each)]
    if not sources:
        return False
    before = dict(stored(Source, "1 ORDER BY seq", (), query))
    after = before | {each.seq: each.new for each in sources}
    old = voices_of(before.values())
    new = voices_of(after[seq] for seq in sorted(after) if after[seq])
    return any(old[id_] != new[id_] for id_ in old.keys() & new.keys())


def _change_places_or_order(each: Numbered, header: StoredHeader) -> bool:
    """Return whether the place of an event has several names, or its time one in the order of its day."""
    times = {(event.time, event.timezone, event.time and event.date) for event in each[1:] if event}
    places = {event.place for event in each[1:] if event}
    if each.old is None or each.new is None:
        times.add(("", "", ""))
        places.add("")
    return len(times) > 1 or bool(header.place_names and len(places) > 1)


def _change_disputes(each: Numbered, query: Query) -> bool:
    """Return whether who disputes what changes, or what a dispute is about."""
    states: list[Event | Fact] = [entry for entry in each[1:] if entry]
    if len({entry.disputed_by for entry in states} | ({()} if len(states) == 1 else set())) > 1:
        return True
    about = {entry.events for entry in states if isinstance(entry, Fact)}
    return len(about) > 1 and any(query("SELECT 1 FROM opponent WHERE seq = ?", (each.seq,)))


def known_otherwise(each: Numbered, query: Query) -> bool:
    """Return whether a record that others refer to became known on another day; links have that day too."""
    if each.old is None or each.new is None:
        return False
    ((first, last),) = query("SELECT known_min, known_max FROM entry WHERE seq = ?", (each.seq,))
    if (first, last) == known_days(each.new):
        return False
    return any(query("SELECT 1 FROM link WHERE target = ?", (each.new.id,)))
