"""Write a chronology into SQLite: a table per record type with a column per key, and some tables to query by."""

from __future__ import annotations

import os
from dataclasses import fields
from functools import lru_cache, partial
from itertools import chain
from json import JSONEncoder
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.base.once import once
from korea_cli.dates.spans import OPEN_END, year_and_month
from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.citation import ids_in
from korea_cli.model.records import RECORDS, Actor, Event, Fact, Record, Source, Topic, keys_of
from korea_cli.model.role_keys import role_keys
from korea_cli.model.row import title_key
from korea_cli.model.support import supporting_keys
from korea_cli.reading.corroboration import support, voices_of
from korea_cli.store.clock import clocks_of
from korea_cli.store.database import Store, Table, connect
from korea_cli.store.decode_rows import columns_of, typed_columns
from korea_cli.store.derived import DERIVED
from korea_cli.store.encode_days import closed, issued_days, last_known, moment_rows, span_rows
from korea_cli.store.encode_links import all_known, known_days, link_rows
from korea_cli.store.encode_opponents import claim_rows, opponent_rows
from korea_cli.store.encode_words import main_place_rows, name_rows, place_name_rows
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow

    Numbered = list[tuple[int, Record]]

_list_to_json = JSONEncoder(ensure_ascii=False, check_circular=False).encode
APART, ROOM = 16, 1 << 20  # between the numbers of two records, and of two types: others may come between later
UNDATED = OPEN_END + 1  # the day by which a record without a date is ordered: after all others
_NO_DAYS: tuple[SqlRow, SqlRow] = (None, None, None, None, UNDATED), (None, None, None)
_MANY = 1 << 16  # dates and lists of sources of which what is found is kept
_BOUNDS = "start_min INTEGER, start_max INTEGER, end_min INTEGER, end_max INTEGER"
_SPAN = f"seq INTEGER, long INTEGER, {_BOUNDS}, sharp INTEGER, known_min INTEGER"
_ENTRY = (
    f"seq INTEGER PRIMARY KEY, type TEXT, id TEXT, title TEXT, {_BOUNDS}, orders INTEGER, clock INTEGER,"
    " precision TEXT, year TEXT, month TEXT, kind TEXT, status TEXT, basis TEXT,"
    " source_count INTEGER, voice_count INTEGER, known_min INTEGER, known_max INTEGER, all_min INTEGER"
)
_LINK = "seq INTEGER, key TEXT, role TEXT, target TEXT, locator TEXT, known_min INTEGER"
_MOMENT = f"seq INTEGER, key TEXT, {_BOUNDS}, sharp INTEGER"
_OPPONENT = "seq INTEGER, other INTEGER, about INTEGER, dispute INTEGER"


def build_store(draft: Draft) -> Store:
    """Return a store in memory with all records of a checked draft."""
    return Store(connect(":memory:"), tables_of(draft) | DERIVED)


def stored_header(draft: Draft) -> StoredHeader:
    """Return what a chronology states about itself, and when its last event was."""
    header, as_of = draft.header, draft.header.as_of
    return StoredHeader(
        title=header.title, as_of=as_of.text if as_of else "", about=header.about, date_rule=header.date_rule,
        kinds=header.kinds, actor_kinds=header.actor_kinds, source_types=header.source_types,
        place_names=header.place_names, closed=closed(draft),
        last=max((last_known(event.date) for event in draft.records[Event.table]), default=None),
        withdrawn=any(each.status == WITHDRAWN for record in (Event, Fact) for each in draft.records[record.table]),
        hides=any(each.private or each.embargo for records in draft.records.values() for each in records),
    )  # fmt: skip


def tables_of(draft: Draft, by_type: dict[type[Record], Numbered] | None = None) -> dict[str, Table]:
    """Return every table by name; DERIVED has those that are made of the others.

    by_type: the records whose rows they have, with their numbers in ascending order; by default all.

    entry: one row per record, in file order: its title, the bounds of its date, in `orders` the day it is ordered by
    (an undated one last), in `clock` its place within that day, the year and month it certainly begins in, what else it
    is counted by, the first and last day since which it may be known, and in `all_min` that since which all its sources
    may be. link: which records it refers to, by key and role, with the locator in a source and the first day on which
    that may have been known. opponent: each event and fact of a dispute with its opponents and the events that it is
    about, by number. claim: each event with its claims in their order, by number. role_key: the keys with a role. span:
    the bounds of each of its dates, an ongoing one ending with the chronology at the earliest; `sharp` is 0 where the
    date is approximate or uncertain, `long` is 1 where it may be years off, `known_min` is the first day on which one
    of its own sources may have been published. belongs: every actor, topic and source with all that contains it, and
    itself. name: every name of an actor, topic or source, as names are compared. place_name: every name of a place of
    events. main_place: the name by which a place of several names is counted, where that is another. moment: the bounds
    of each date that is not of what happened, such as when a source was published, by key.
    """
    support(draft)
    by_type = by_type or _numbered(draft)
    numbered = [*chain.from_iterable(by_type.values())]
    others = [pair for record in (Source, Actor, Topic) for pair in by_type[record]]
    links = partial(link_rows, by_type, draft)
    tables = {
        "entry": Table(_ENTRY, partial(_entries, by_type, draft), lookup="id, type"),
        "link": Table(_LINK, links, "sorted", "target, role, seq"),
        "opponent": Table(_OPPONENT, partial(opponent_rows, by_type), "sorted", "about, other, seq; dispute"),
        "claim": Table("seq INTEGER, place INTEGER, fact INTEGER", partial(claim_rows, by_type), "sorted"),
        "role_key": Table("type TEXT, key TEXT, role TEXT, label TEXT, verb TEXT", role_keys),
        "span": Table(_SPAN, partial(span_rows, numbered, draft), "sorted"),
        "moment": Table(_MOMENT, partial(moment_rows, by_type, draft), "sorted"),
        "belongs": Table(
            "type TEXT, id TEXT, whole TEXT", lambda: sorted(_belongings(draft)), "sorted", "type, whole, id"
        ),
        "name": Table("seq INTEGER, name TEXT", partial(name_rows, others), "sorted", "name, seq"),
        "place_name": Table("place TEXT, name TEXT", partial(place_name_rows, draft)),
        "main_place": Table("place TEXT, main TEXT", partial(main_place_rows, draft), "sorted"),
    }
    for record in RECORDS:
        used = _used_columns(record, by_type[record])
        tables[record.type] = Table(_columns(record), partial(_records, record, by_type[record], used), used=used)
    return tables


def _columns(record: type[Record]) -> str:
    """Return the columns of the table of a type, with the value of those that a record does not have."""
    empty = {field.name: field.default for field in fields(record) if isinstance(field.default, str | bool)}
    defaults = {f'"{name}"': " DEFAULT ''" if value == "" else " DEFAULT 0" for name, value in empty.items()}
    columns = typed_columns(record).split(", ")
    return ", ".join(("seq INTEGER PRIMARY KEY", *(each + defaults.get(each.split()[0], "") for each in columns)))


def _used_columns(record: type[Record], numbered: Numbered) -> tuple[str, ...]:
    """Return the columns of the table of a type of which any record has a value: most have few."""
    entries = [entry for _, entry in numbered]
    return tuple(name for name in columns_of(record) if any(map(attrgetter(name), entries)))


def _entries(by_type: dict[type[Record], Numbered], draft: Draft) -> Iterator[SqlRow]:
    clocks, issued = clocks_of(draft.records[Event.table]), issued_days(draft)
    days, known = lru_cache(maxsize=_MANY)(_days), lru_cache(maxsize=_MANY)(partial(all_known, issued))
    for record, numbered in by_type.items():
        keys = keys_of(record)
        sorts = [key for key in ("kind", "status", "date_basis") if key in keys]
        sort, missing, cited = _values(*sorts), (None,) * (3 - len(sorts)), _values(*supporting_keys(record))
        counts = _values("source_count", "voice_count") if "source_count" in keys else lambda _: (0, 0)
        title = attrgetter(title_key(record))
        for seq, entry in numbered:
            bounds, period = days(getattr(entry, "date", None))
            clock = clocks.get(entry.id, 0) if clocks and record is Event else 0
            yield (
                seq, record.type, entry.id, title(entry), *bounds, clock, *period,
                *[value or None for value in sort(entry)], *missing, *counts(entry), *known_days(entry),
                known(cited(entry)),
            )  # fmt: skip


def _values(*names: str) -> Callable[[Record], SqlRow]:
    """Return what returns the values of some attributes of a record, as a tuple whatever their number."""
    values = attrgetter(*names, "id", "id")
    return lambda entry: values(entry)[:-2]


def _days(date: StoredDate | None) -> tuple[SqlRow, SqlRow]:
    """Return the bounds of a date with the day it is ordered by, its precision, and in which year and month it is.

    That is the year and the month in which it certainly begins, else that year.
    """
    if date is None:
        return _NO_DAYS
    return (*date.bounds, date.order[0]), (date.precision, *year_and_month(date.start_min, date.start_max))


def _numbered(draft: Draft) -> dict[type[Record], Numbered]:
    """Return all records by type with their numbers."""
    numbered: dict[type[Record], Numbered] = {}
    first = APART
    for record in RECORDS:
        entries = draft.records[record.table]
        numbered[record] = [*zip(range(first, first + APART * len(entries), APART), entries, strict=True)]
        first += APART * len(entries) + ROOM
    return numbered


@once
def _keys_by_role(record: type[Record]) -> dict[str, list[str]]:
    keys = [(key.role, name) for name, key in keys_of(record).items()]
    return {role: [name for own, name in keys if own == role] for role, _ in keys}


def _records(record: type[Record], numbered: Numbered, used: Sequence[str]) -> Iterator[SqlRow]:
    columns, own = _values(*used), _encoders(record)
    encoders = [(position, own[name]) for position, name in enumerate(used, 1) if name in own]
    for seq, entry in numbered:
        values = [seq, *columns(entry)]
        for position, encode in encoders:
            value = values[position]
            values[position] = encode(value) if value else None
        yield tuple(values)


def _belongings(draft: Draft) -> Iterator[SqlRow]:
    yield from source_belongings(draft.records[Source.table])
    for record in (Actor, Topic):
        entries = draft.records[record.table]
        keys = _keys_by_role(record)["whole"]
        parents = {entry.id: [id_ for name in keys for id_ in ids_in(getattr(entry, name))] for entry in entries}
        for entry in entries:
            wholes = [entry.id]
            for whole in wholes:  # grows as it goes
                wholes.extend(above for above in parents[whole] if above not in wholes)
            for whole in wholes:
                yield entry.type, entry.id, whole


def source_belongings(sources: Sequence[Source]) -> Iterator[SqlRow]:
    """Yield what all sources belong to: each to its voice, and to itself."""
    yield from (("voice", source, voice) for source, voice in voices_of(sources).items())
    yield from ((source.type, source.id, source.id) for source in sources)


@once
def _encoders(record: type[Record]) -> dict[str, Callable[[Any], object]]:
    """Return what turns a value into one that SQL can hold, by the name of its column."""
    encoders: dict[str, Callable[[Any], object]] = {
        "date": attrgetter("text"),
        "refs": " ".join,  # ids have no blanks
        "texts": _list_to_json,
        "cites": lru_cache(maxsize=4096)(_list_to_json),  # the same places are cited again and again
        "other_dates": _list_to_json,
        "file": lru_cache(maxsize=1024)(os.fsencode),  # a file name may not be UTF-8, which text in SQL must be
    }
    forms = {name: name if name == "file" else keys_of(record)[name].form for name in columns_of(record)}
    return {name: encoders[form] for name, form in forms.items() if form in encoders}
