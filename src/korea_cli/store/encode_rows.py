"""Write a chronology into SQLite: a table per record type with a column per key, and some tables to query by."""

from __future__ import annotations

import os
from functools import lru_cache, partial
from itertools import chain
from json import JSONEncoder
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.base.once import once
from korea_cli.dates.spans import OPEN_END, OPEN_START, year_and_month
from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.citation import ids_in
from korea_cli.model.records import RECORDS, Event, Fact, Record, Source, keys_of, title_of
from korea_cli.model.role_keys import role_keys
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.reading.corroboration import support, voices_of
from korea_cli.store.clock import clocks_of
from korea_cli.store.database import UNDATED, Store, StoredHeader, Table, connect
from korea_cli.store.decode_rows import columns_of, typed_columns
from korea_cli.store.derived import DERIVED
from korea_cli.store.encode_links import all_known, known_days, link_rows
from korea_cli.store.encode_opponents import claim_rows, opponent_rows
from korea_cli.store.encode_words import main_place_rows, name_rows, place_name_rows
from korea_cli.store.sql import LONG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow

    Numbered = list[tuple[int, Record]]

_list_to_json = JSONEncoder(ensure_ascii=False, check_circular=False).encode
_NO_DAYS = (None, None, None, None, UNDATED)
_BOUNDS = "start_min INTEGER, start_max INTEGER, end_min INTEGER, end_max INTEGER"
_SPAN = f"seq INTEGER, long INTEGER, {_BOUNDS}, sharp INTEGER, known_min INTEGER"
_ENTRY = (
    f"seq INTEGER PRIMARY KEY, type TEXT, id TEXT, title TEXT, {_BOUNDS}, orders INTEGER, clock INTEGER,"
    " precision TEXT, year TEXT, month TEXT, kind TEXT, status TEXT, basis TEXT,"
    " source_count INTEGER, voice_count INTEGER, known_min INTEGER, known_max INTEGER, all_min INTEGER"
)
_LINK = "seq INTEGER, key TEXT, role TEXT, target TEXT, locator TEXT, known_min INTEGER"
_MOMENT = f"seq INTEGER, key TEXT, {_BOUNDS}, sharp INTEGER"
_OPPONENT = "seq INTEGER, other INTEGER, about INTEGER"


def build_store(draft: Draft) -> Store:
    """Return a store in memory with all records of a checked draft."""
    return Store(connect(":memory:"), tables_of(draft) | DERIVED)


def stored_header(draft: Draft) -> StoredHeader:
    """Return what a chronology states about itself, and when its last event was."""
    header, as_of = draft.header, draft.header.as_of
    return StoredHeader(
        title=header.title, as_of=as_of.text if as_of else "", about=header.about, date_rule=header.date_rule,
        kinds=header.kinds, actor_kinds=header.actor_kinds, source_types=header.source_types,
        place_names=header.place_names, closed=_closed(draft),
        last=max((_last_known(event.date) for event in draft.records[Event.table]), default=None),
        withdrawn=any(each.status == WITHDRAWN for record in (Event, Fact) for each in draft.records[record.table]),
        hides=any(each.private or each.embargo for records in draft.records.values() for each in records),
    )  # fmt: skip


def _closed(draft: Draft) -> int | None:
    """Return the day a chronology was closed; None if it does not state that."""
    as_of = draft.header.as_of
    return as_of.end_max if as_of and as_of.end_max != OPEN_END else None


def _last_known(date: StoredDate) -> int:
    """Return the last day of a date, or the first of an ongoing one."""
    return date.start_min if date.end_max == OPEN_END else date.end_max


def tables_of(draft: Draft) -> dict[str, Table]:
    """Return every table by name; DERIVED has those that are made of the others.

    entry: one row per record, in file order: its title, the bounds of its date, in `orders` the day it is ordered by
    (an undated one last), in `clock` its place within that day, the year and month it certainly begins in, what else it
    is counted by, the first and last day since which it may be known, and in `all_min` that since which all its sources
    may be. link: which records it refers to, by key and role, with the locator in a source and the first day on which
    that may have been known. opponent: each event and fact of a dispute with its opponents and the events that it is
    about, by number. claim: each event with its claims in their order, by number. role_key: the keys with a role. span:
    the bounds of each of its dates, an ongoing one ending with the chronology at the earliest; `sharp` is 0 where the
    date is approximate or uncertain, `long` is 1 where it may be years off, `known_min` is the first day on which one
    of its own sources may have been published. belongs: every actor, topic and source with all that contains it, and
    itself. name: every name of a record, as names are compared. place_name: every name of a place of events.
    main_place: the name by which a place of several names is counted, where that is another. moment: the bounds of each
    date that is not of what happened, such as when a source was published, by key.
    """
    numbered = _numbered(draft)
    by_type = {record: [pair for pair in numbered if type(pair[1]) is record] for record in RECORDS}
    links = partial(link_rows, by_type)
    tables = {
        "entry": Table(_ENTRY, partial(_entries, numbered, draft), lookup="id, type"),
        "link": Table(_LINK, links, "sorted", "target, role, seq"),
        "opponent": Table(_OPPONENT, partial(opponent_rows, by_type), "sorted", "about, other, seq"),
        "claim": Table("seq INTEGER, place INTEGER, fact INTEGER", partial(claim_rows, by_type), "sorted"),
        "role_key": Table("type TEXT, key TEXT, role TEXT, label TEXT, verb TEXT", role_keys),
        "span": Table(_SPAN, partial(_spans, numbered, draft), "sorted"),
        "moment": Table(_MOMENT, partial(_moments, by_type, draft), "sorted"),
        "belongs": Table(
            "type TEXT, id TEXT, whole TEXT", lambda: sorted(_belongings(draft)), "sorted", "type, whole, id"
        ),
        "name": Table("seq INTEGER, name TEXT", partial(name_rows, numbered)),
        "place_name": Table("place TEXT, name TEXT", partial(place_name_rows, draft)),
        "main_place": Table("place TEXT, main TEXT", partial(main_place_rows, draft), "sorted"),
    }
    for record in RECORDS:
        columns = f"seq INTEGER PRIMARY KEY, {typed_columns(record)}"
        tables[record.type] = Table(columns, partial(_records, record, by_type[record]))
    return tables


def _entries(numbered: Numbered, draft: Draft) -> Iterator[SqlRow]:
    clocks, issued = clocks_of(draft.records[Event.table]), _issued(draft)
    for seq, entry in numbered:
        date = getattr(entry, "date", None)
        days = (*date.bounds, date.order[0]) if date else _NO_DAYS
        clock = clocks.get(entry.id, 0) if entry.type == Event.type else 0
        own = seq, entry.type, entry.id, title_of(entry)
        yield *own, *days, clock, *_period(date), *_sort(entry), *_support(entry, issued)


def _period(date: StoredDate | None) -> SqlRow:
    """Return the precision of a date, and the year and month in which it certainly begins, else that year."""
    return (date.precision, *year_and_month(date.start_min, date.start_max)) if date else (None, None, None)


def _sort(entry: Record) -> SqlRow:
    """Return the kind and status of a record, and how its date is known."""
    return tuple(getattr(entry, key, None) or None for key in ("kind", "status", "date_basis"))


def _numbered(draft: Draft) -> Numbered:
    """Return all records with their numbers, and with what is found about their sources."""
    support(draft)
    return list(enumerate(chain.from_iterable(draft.records[record.table] for record in RECORDS), 1))


def _support(entry: Record, issued: Mapping[str, int]) -> SqlRow:
    """Return how many sources and voices a record rests on, and since when it and all of these may be known."""
    numbers = (entry.source_count, entry.voice_count) if isinstance(entry, Event | Fact) else (0, 0)
    return *numbers, *known_days(entry), all_known(entry, issued)


def _issued(draft: Draft) -> dict[str, int]:
    """Return the first day on which each source may have been published."""
    return {source.id: known_days(source)[0] for source in draft.records[Source.table]}


@once
def _keys_by_role(record: type[Record]) -> dict[str, list[str]]:
    keys = [(key.role, name) for name, key in keys_of(record).items()]
    return {role: [name for own, name in keys if own == role] for role, _ in keys}


def _records(record: type[Record], numbered: Numbered) -> Iterator[SqlRow]:
    columns, encoders = attrgetter(*columns_of(record)), _encoders(record)
    for seq, entry in numbered:
        values = [seq, *columns(entry)]
        for position, encode in encoders:
            value = values[position]
            values[position] = encode(value) if value else None
        yield tuple(values)


def _moments(by_type: dict[type[Record], Numbered], draft: Draft) -> Iterator[SqlRow]:
    until = _reach(draft)
    for record, numbered in by_type.items():
        keys = [name for name, key in keys_of(record).items() if key.form == "date" and not key.dated]
        for seq, entry in numbered if keys else ():
            for name in keys:
                if date := getattr(entry, name):
                    begins = date.start_min, date.start_max
                    yield seq, name, *begins, date.lasts_until(until), date.end_max, not date.qualified


def _reach(draft: Draft) -> int:
    """Return the last day that a chronology knows of: that of `as_of`, else the last of any event or fact."""
    dates = (entry.date for table in (Event.table, Fact.table) for entry in draft.records[table])
    closed = _closed(draft)
    return max((_last_known(date) for date in dates if date), default=OPEN_START) if closed is None else closed


def _spans(numbered: Numbered, draft: Draft) -> Iterator[SqlRow]:
    until = _reach(draft)
    issued = _issued(draft)
    for seq, entry in numbered:
        date: StoredDate | None = getattr(entry, "date", None)
        if date:
            yield seq, *_span(date, until), OPEN_START
        if isinstance(entry, Event) and entry.other_dates:
            known: dict[SqlRow, int] = {}
            for other in entry.other_dates:
                first = min((issued[id_] for id_, _ in other.sources), default=OPEN_START)
                span = _span(other.date, until)
                known[span] = min(first, known.get(span, first))
            yield from ((seq, *span, first) for span, first in known.items() if span != _span(entry.date, until))


def _span(date: StoredDate, until: int) -> SqlRow:
    first, start_max, _, last = date.bounds
    return last - first > LONG, first, start_max, date.lasts_until(until), last, not date.qualified


def _belongings(draft: Draft) -> Iterator[SqlRow]:
    for source, voice in voices_of(draft.records[Source.table]).items():
        yield "voice", source, voice
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
