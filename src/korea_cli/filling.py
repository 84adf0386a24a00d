"""Write a chronology into SQLite: one table per record type, with a column per key, and a few tables to ask by."""

from __future__ import annotations

import json
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.dates.spans import OPEN_END
from korea_cli.decoding import columns_of
from korea_cli.keys import once
from korea_cli.model import RECORDS, Actor, Event, Fact, Record, ids_in, keys_of, title_of
from korea_cli.store import Heading, Store, Table
from korea_cli.words import folded, name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.reading.records import Draft
    from korea_cli.store import Row

    Numbered = list[tuple[int, Any]]
    Told = Mapping[type[Record], Callable[[Any], str]]

_PHRASES = ("place", "container")
_BOUNDS = "a INTEGER, b INTEGER, c INTEGER, d INTEGER"


def filled(draft: Draft) -> Store:
    """Give a store in memory that holds every record of a checked draft."""
    return Store.in_memory(tables_of(draft))


def heading_of(draft: Draft) -> Heading:
    """Say what a chronology says of itself, and when its last event was."""
    header, as_of = draft.header, draft.header.as_of
    dates = [event.date for event in draft.records[Event.table]]
    return Heading(
        title=header.title, as_of=as_of.text if as_of else "", about=header.about, date_rule=header.date_rule,
        kinds=header.kinds, closed=as_of.d if as_of and as_of.d != OPEN_END else None,
        last=max((date.a if date.d == OPEN_END else date.d for date in dates), default=None),
    )  # fmt: skip


def tables_of(draft: Draft, told: Told | None = None) -> dict[str, Table]:
    """Give every table by name; `told` gives, by type, what writes records as the JSON that is kept beside them.

    entry: one row per record of any type, in file order, with what it is called, the bounds of its date and, in
    `orders`, the day it is ordered by. link: who and what a record refers to, by key. span: the bounds of each date a
    record has; `sharp` is 0 where the date is approximate or uncertain. belongs: every actor, topic and source with all
    that contains it, itself included. name: every name a record answers to, in the form names are compared. head,
    words, phrase: the words, folded, of what a record is called, of all it is found by, of its place or container.
    """
    numbered: dict[type[Record], Numbered] = {}
    seq = 1
    for record in RECORDS:
        numbered[record] = list(enumerate(draft.records[record.table], seq))
        seq += len(draft.records[record.table])
    whole = [pair for pairs in numbered.values() for pair in pairs]
    tables = {
        "entry": Table(
            f"seq INTEGER PRIMARY KEY, type TEXT, id TEXT, title TEXT, {_BOUNDS}, orders INTEGER",
            partial(_entries, whole),
        ),
        "link": Table("seq INTEGER, role TEXT, target TEXT", partial(_links, numbered)),
        "span": Table(f"seq INTEGER, {_BOUNDS}, sharp INTEGER", partial(_spans, whole)),
        "belongs": Table("type TEXT, id TEXT, whole TEXT", partial(_belongings, draft)),
        "name": Table("seq INTEGER, name TEXT", partial(_names, whole)),
        "head": Table("seq INTEGER, folded TEXT", partial(_heads, whole)),
        "words": Table("seq INTEGER, folded TEXT", partial(_words, whole, draft)),
        "phrase": Table("seq INTEGER, key TEXT, folded TEXT", partial(_phrases, whole)),
    }
    for record in RECORDS:
        columns = "seq INTEGER PRIMARY KEY, " + ", ".join(f'"{name}"' for name in columns_of(record))
        write = (told or {}).get(record)
        if write:
            columns += ", json TEXT"
        tables[record.type] = Table(columns, partial(_records, record, numbered[record], write))
    return tables


def _entries(numbered: Numbered) -> Iterator[Row]:
    for seq, entry in numbered:
        date = getattr(entry, "date", None)
        days = (date.a, date.b, date.c, date.d, date.order[0]) if date else (None,) * 5
        yield seq, entry.type, entry.id, title_of(entry), *days


def _records(record: type[Record], numbered: Numbered, write: Callable[[Record], str] | None) -> Iterator[Row]:
    columns, encoders = attrgetter(*columns_of(record)), _encoders(record)
    for seq, entry in numbered:
        values = [seq, *columns(entry)]
        for position, encode in encoders:
            value = values[position]
            values[position] = encode(value) if value else None
        if write:
            values.append(write(entry))
        yield tuple(values)


def _links(numbered: dict[type[Record], Numbered]) -> Iterator[Row]:
    for record, pairs in numbered.items():
        names = [name for name, key in keys_of(record).items() if key.refers]
        for seq, entry in pairs:
            for name in names:
                if value := getattr(entry, name):
                    for target in dict.fromkeys(ids_in(value)):
                        yield seq, name, target
            if record is Event and entry.other_dates:
                for citation in (citation for other in entry.other_dates for citation in other.sources):
                    yield seq, "other_dates", citation.id


def _spans(numbered: Numbered) -> Iterator[Row]:
    for seq, entry in numbered:
        date: StoredDate | None = getattr(entry, "date", None)
        others = entry.other_dates if isinstance(entry, Event) else ()
        for each in (*((date,) if date else ()), *(other.date for other in others)):
            yield seq, each.a, each.b, each.c, each.d, not each.qualified


def _belongings(draft: Draft) -> Iterator[Row]:
    for table, key in (("actors", "part_of"), ("topics", "broader"), ("sources", "")):
        entries = draft.records[table]
        parents = {entry.id: tuple(ids_in(getattr(entry, key, ()))) for entry in entries}
        for entry in entries:
            wholes = [entry.id]
            for whole in wholes:  # grows as it goes
                wholes.extend(above for above in parents[whole] if above not in wholes)
            for whole in wholes:
                yield entry.type, entry.id, whole


def _names(numbered: Numbered) -> Iterator[Row]:
    for seq, entry in numbered:
        yield seq, entry.id
        if not isinstance(entry, Fact):
            for name in dict.fromkeys(map(name_key, _called(entry))):
                if name != entry.id:
                    yield seq, name


def _heads(numbered: Numbered) -> Iterator[Row]:
    return ((seq, folded(*_called(entry), entry.id)) for seq, entry in numbered)


def _phrases(numbered: Numbered) -> Iterator[Row]:
    for seq, entry in numbered:
        for key in _PHRASES:
            if value := getattr(entry, key, ""):
                yield seq, key, folded(value)


def _words(numbered: Numbered, draft: Draft) -> Iterator[Row]:
    names: dict[str, dict[str, str]] = {
        table: {entry.id: folded(*_called(entry)) for entry in draft.records[table]} for table in ("actors", "topics")
    }
    return ((seq, _all_words(entry, names)) for seq, entry in numbered)


def _all_words(entry: Record, names: dict[str, dict[str, str]]) -> str:
    if isinstance(entry, Event):
        own = folded(entry.title, entry.summary, entry.quote, entry.place, entry.note)
        roles = entry.actors, entry.recipients, entry.via
    elif isinstance(entry, Fact):
        own = folded(entry.text, entry.note)
        roles = entry.holders, entry.reported_by, entry.about
    else:
        keys = keys_of(type(entry))
        values = [getattr(entry, name) for name in keys if keys[name].form in {"text", "texts"}]
        return folded(*(text for value in values for text in ((value,) if isinstance(value, str) else value)))
    actors, topics = names["actors"], names["topics"]
    return own + "".join(actors[id_] for ids in roles for id_ in ids) + "".join(topics[id_] for id_ in entry.topics)


def _called(entry: Record) -> tuple[str, ...]:
    """Give the title of a record, and its other names."""
    return (title_of(entry), *(entry.aliases if isinstance(entry, Actor) else ()))


@once
def _encoders(record: type[Record]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Give, by position in a row of `seq` and `columns_of`, what turns a value into one that SQL can hold."""
    listed = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    special: dict[str, Callable[[Any], Any]] = {
        "date": attrgetter("text"),
        "refs": " ".join,  # ids have no blanks
        "texts": listed,
        "cites": listed,
        "other_dates": listed,
    }
    forms = [keys_of(record)[name].form for name in columns_of(record)]
    return tuple((position, special[form]) for position, form in enumerate(forms, 1) if form in special)
