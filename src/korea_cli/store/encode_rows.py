"""Write a chronology into SQLite: a table per record type with a column per key, and some tables to query by."""

from __future__ import annotations

import os
from functools import lru_cache, partial
from itertools import chain
from json import JSONEncoder
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.base.tokenize import name_key, spaced
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.field_spec import once
from korea_cli.model.records import RECORDS, Actor, Event, Fact, Record, ids_in, keys_of, role_keys, title_of
from korea_cli.model.roles import ACTOR_ROLES, ROLES_BY_TYPE
from korea_cli.store.clock import clocks_of
from korea_cli.store.database import UNDATED, Store, StoredHeader, Table, connect
from korea_cli.store.decode_rows import columns_of
from korea_cli.store.sql import LONG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow

    Numbered = list[tuple[int, Record]]
    RowEncoder = Callable[[Record], str]

_list_to_json = JSONEncoder(ensure_ascii=False, check_circular=False).encode
_PHRASES = ("place", "container")
_NO_DAYS = (None, None, None, None, UNDATED)
_BOUNDS = "start_min INTEGER, start_max INTEGER, end_min INTEGER, end_max INTEGER"
_ENTRY = (
    f"seq INTEGER PRIMARY KEY, type TEXT, id TEXT, title TEXT, {_BOUNDS}, orders INTEGER, clock INTEGER, rests INTEGER"
)


def build_store(draft: Draft) -> Store:
    """Return a store in memory with all records of a checked draft."""
    return Store(connect(":memory:"), tables_of(draft))


def stored_header(draft: Draft) -> StoredHeader:
    """Return what a chronology states about itself, and when its last event was."""
    header, as_of = draft.header, draft.header.as_of
    return StoredHeader(
        title=header.title, as_of=as_of.text if as_of else "", about=header.about, date_rule=header.date_rule,
        kinds=header.kinds, closed=_closed(draft),
        last=max((_last_known(event.date) for event in draft.records[Event.table]), default=None),
    )  # fmt: skip


def _closed(draft: Draft) -> int | None:
    """Return the day a chronology was closed; None if it does not state that."""
    as_of = draft.header.as_of
    return as_of.end_max if as_of and as_of.end_max != OPEN_END else None


def _last_known(date: StoredDate) -> int:
    """Return the last day of a date, or the first of an ongoing one."""
    return date.start_min if date.end_max == OPEN_END else date.end_max


def tables_of(draft: Draft, json_encoders: Mapping[type[Record], RowEncoder] | None = None) -> dict[str, Table]:
    """Return every table by name; `json_encoders` write records as JSON, by type.

    entry: one row per record, in file order: its title, the bounds of its date, in `orders` the day it is ordered by
    (an undated one last), in `clock` its place within that day, and how many sources it rests on. link: which records
    it refers to, by key and role. role_key: the keys that have a role. span: the bounds of each of its dates, an
    ongoing one ending with the chronology at the earliest; `sharp` is 0 where the date is approximate or uncertain,
    `long` is 1 where it may be years off. belongs: every actor, topic and source with all that contains it, and itself.
    name: every name of a record, as names are compared. words: an index of the words in its title and names, in all its
    searched keys, in its place or container. record_json: records as JSON.
    """
    numbered = list(enumerate(chain.from_iterable(draft.records[record.table] for record in RECORDS), 1))
    by_type = {record: [pair for pair in numbered if type(pair[1]) is record] for record in RECORDS}
    links, json = partial(_links, by_type), partial(_json_rows, by_type, json_encoders or {})
    tables = {
        "entry": Table(_ENTRY, partial(_entries, numbered, draft)),
        "link": Table("seq INTEGER, key TEXT, role TEXT, target TEXT", links, "sorted", "target, role, seq"),
        "role_key": Table("type TEXT, key TEXT, role TEXT, label TEXT, verb TEXT", role_keys),
        "span": Table(
            f"seq INTEGER, long INTEGER, {_BOUNDS}, sharp INTEGER", partial(_spans, numbered, draft), "sorted"
        ),
        "belongs": Table("type TEXT, id TEXT, whole TEXT", partial(_belongings, draft)),
        "name": Table("seq INTEGER, name TEXT", partial(_names, numbered)),
        "record_json": Table("seq INTEGER PRIMARY KEY, json TEXT", json),
        "words": Table("seq, head, text, place, container", partial(_words, numbered, draft), "words"),
    }
    for record in RECORDS:
        columns = "seq INTEGER PRIMARY KEY, " + ", ".join(f'"{name}"' for name in columns_of(record))
        tables[record.type] = Table(columns, partial(_records, record, by_type[record]))
    return tables


def _entries(numbered: Numbered, draft: Draft) -> Iterator[SqlRow]:
    clocks = clocks_of(draft.records[Event.table])
    for seq, entry in numbered:
        date = getattr(entry, "date", None)
        days = (*date.bounds, date.order[0]) if date else _NO_DAYS
        clock = clocks.get(entry.id, 0) if entry.type == Event.type else 0
        yield seq, entry.type, entry.id, title_of(entry), *days, clock, _source_count(entry)


def _source_count(entry: Record) -> int:
    cited = [getattr(entry, name) for name in _keys_by_role(type(entry)).get("source", ())]
    return len({id_ for value in cited for id_ in ids_in(value)})


@once
def _keys_by_role(record: type[Record]) -> dict[str, list[str]]:
    keys = [(key.role, name) for name, key in keys_of(record).items()]
    return {role: [name for own, name in keys if own == role] for role, _ in keys}


def _json_rows(by_type: dict[type[Record], Numbered], encoders: Mapping[type[Record], RowEncoder]) -> Iterator[SqlRow]:
    return ((seq, encode(entry)) for record, encode in encoders.items() for seq, entry in by_type[record])


def _records(record: type[Record], numbered: Numbered) -> Iterator[SqlRow]:
    columns, encoders = attrgetter(*columns_of(record)), _encoders(record)
    for seq, entry in numbered:
        values = [seq, *columns(entry)]
        for position, encode in encoders:
            value = values[position]
            values[position] = encode(value) if value else None
        yield tuple(values)


def _links(by_type: dict[type[Record], Numbered]) -> Iterator[SqlRow]:
    for record, numbered in by_type.items():
        keys = {name: key.role for name, key in keys_of(record).items() if key.refers}
        values = attrgetter(*keys, "id")
        for seq, entry in numbered:
            for (name, role), value in zip(keys.items(), values(entry), strict=False):
                if value:
                    for target in dict.fromkeys(ids_in(value)):
                        yield seq, name, role, target


def _spans(numbered: Numbered, draft: Draft) -> Iterator[SqlRow]:
    dates = (entry.date for table in (Event.table, Fact.table) for entry in draft.records[table])
    until = _closed(draft) or max((_last_known(date) for date in dates if date), default=OPEN_START)
    for seq, entry in numbered:
        date: StoredDate | None = getattr(entry, "date", None)
        if date:
            yield seq, *_span(date, until)
        if isinstance(entry, Event) and entry.other_dates:
            for span in {_span(other.date, until) for other in entry.other_dates} - {_span(entry.date, until)}:
                yield seq, *span


def _span(date: StoredDate, until: int) -> SqlRow:
    first, start_max, _, last = date.bounds
    return last - first > LONG, first, start_max, date.lasts_until(until), last, not date.qualified


def _belongings(draft: Draft) -> Iterator[SqlRow]:
    for record in [each for each in RECORDS if each.type in ROLES_BY_TYPE]:
        entries = draft.records[record.table]
        keys = _keys_by_role(record).get("whole", ())
        parents = {entry.id: [id_ for name in keys for id_ in ids_in(getattr(entry, name))] for entry in entries}
        for entry in entries:
            wholes = [entry.id]
            for whole in wholes:  # grows as it goes
                wholes.extend(above for above in parents[whole] if above not in wholes)
            for whole in wholes:
                yield entry.type, entry.id, whole


def _names(numbered: Numbered) -> Iterator[SqlRow]:
    for seq, entry in numbered:
        names = () if isinstance(entry, Fact) else map(name_key, _names_of(entry))
        yield from ((seq, name) for name in dict.fromkeys((entry.id, *names)))


def _words(numbered: Numbered, draft: Draft) -> Iterator[SqlRow]:
    names = {
        table: {each.id: spaced(*_names_of(each)) for each in draft.records[table]} for table in ("actors", "topics")
    }
    for seq, entry in numbered:
        phrases = [spaced(getattr(entry, key, "")) for key in _PHRASES]
        yield seq, spaced(*_names_of(entry), entry.id), _all_words(entry, names), *phrases


def _all_words(entry: Record, names: Mapping[str, Mapping[str, str]]) -> str:
    texts, references = _searched_keys(type(entry))
    values = [getattr(entry, name) for name in texts]
    own = spaced(*[text for value in values for text in ((value,) if isinstance(value, str) else value)])
    return own + "".join([names[table][id_] for name, table in references for id_ in getattr(entry, name)])


@once
def _searched_keys(record: type[Record]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the keys whose texts are searched, and those whose records are searched by name, each with its table."""
    keys = {name: key for name, key in keys_of(record).items() if key.searched}
    references = ((name, key.refers[0]) for name, key in keys.items() if key.role in (*ACTOR_ROLES, "topic"))
    return tuple(name for name, key in keys.items() if key.form in {"text", "texts"}), tuple(references)


def _names_of(entry: Record) -> tuple[str, ...]:
    return (title_of(entry), *(entry.aliases if isinstance(entry, Actor) else ()))


@once
def _encoders(record: type[Record]) -> tuple[tuple[int, Callable[[Any], object]], ...]:
    """Return, by position in a row of `seq` and `columns_of`, what turns a value into one that SQL can hold."""
    encoders: dict[str, Callable[[Any], object]] = {
        "date": attrgetter("text"),
        "refs": " ".join,  # ids have no blanks
        "texts": _list_to_json,
        "cites": lru_cache(maxsize=4096)(_list_to_json),  # the same places are cited again and again
        "other_dates": _list_to_json,
        "file": os.fsencode,  # a file name may not be UTF-8, which text in SQL must be
    }
    forms = [name if name == "file" else keys_of(record)[name].form for name in columns_of(record)]
    return tuple((position, encoders[form]) for position, form in enumerate(forms, 1) if form in encoders)
