"""Write a chronology into SQLite: one table per record type, with a column per key, and a few tables to ask by."""

from __future__ import annotations

import json
import re
import sqlite3
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from korea_cli.dates.edtf import StoredDate, parse_stored
from korea_cli.model import RECORDS, Actor, Citation, Event, Fact, OtherDate, Record, ids_in, keys_of, once, title_of
from korea_cli.words import folded, name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from korea_cli.reading.records import Draft

    Row = tuple[Any, ...]
    Numbered = Iterable[tuple[int, Any]]

_FOUND_STORED = ("file", "line")
_PHRASES = ("place", "container")
_BOUNDS = "a INTEGER, b INTEGER, c INTEGER, d INTEGER"


class _Table(NamedTuple):
    """A table that can be written: its columns, and what gives its rows."""

    columns: str
    rows: Callable[[], Iterable[Row]]


class Store:
    """A chronology as tables of an SQLite database in memory, to be asked in SQL.

    A table is written when a query first names it: most questions need few of them.
    """

    def __init__(self, draft: Draft) -> None:
        """Take over every record of a checked draft."""
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._unwritten = _tables(draft)

    def rows(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[Row]:
        """Give the rows that answer a query, as they are found; values are bound to its `?`."""
        for table in self._unwritten.keys() & re.findall(r"\w+", sql) if self._unwritten else ():
            self._write(table, *self._unwritten.pop(table))
        return iter(self._connection.execute(sql, values))

    def value(self, sql: str, values: Sequence[str | int] = ()) -> Any:  # noqa: ANN401 - of the column asked for
        """Give the one value that answers a query."""
        return next(self.rows(sql, values))[0]

    def _write(self, table: str, columns: str, rows: Callable[[], Iterable[Row]]) -> None:
        self._connection.execute(f"CREATE TABLE {table} ({columns})")
        marks = ", ".join("?" * (columns.count(",") + 1))
        self._connection.execute("BEGIN")
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows())  # noqa: S608 - names of ours
        self._connection.execute("COMMIT")


@once
def columns_of(record: type[Record]) -> tuple[str, ...]:
    """Give the columns of a record type's table: its written keys, then where it was read from."""
    return tuple(name for name, key in keys_of(record).items() if key.form != "found" or name in _FOUND_STORED)


def decode(record: type[Record], row: Iterable[Any], **found: Any) -> Record:  # noqa: ANN401 - any found field
    """Make the record of one row of its table, in the order of `columns_of`; `found` are the values asked beside it."""
    for (name, decoder), value in zip(_decoders(record), row, strict=True):
        if value is not None:
            found[name] = decoder(value) if decoder else value
    return record(**found)


def _tables(draft: Draft) -> dict[str, _Table]:
    """Give every table by name.

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
        "entry": _Table(
            f"seq INTEGER PRIMARY KEY, type TEXT, id TEXT, title TEXT, {_BOUNDS}, orders INTEGER",
            partial(_entries, whole),
        ),
        "link": _Table("seq INTEGER, role TEXT, target TEXT", partial(_links, numbered)),
        "span": _Table(f"seq INTEGER, {_BOUNDS}, sharp INTEGER", partial(_spans, whole)),
        "belongs": _Table("type TEXT, id TEXT, whole TEXT", partial(_belongings, draft)),
        "name": _Table("seq INTEGER, name TEXT", partial(_names, whole)),
        "head": _Table("seq INTEGER, folded TEXT", partial(_heads, whole)),
        "words": _Table("seq INTEGER, folded TEXT", partial(_words, whole, draft)),
        "phrase": _Table("seq INTEGER, key TEXT, folded TEXT", partial(_phrases, whole)),
    }
    for record in RECORDS:
        columns = "seq INTEGER PRIMARY KEY, " + ", ".join(f'"{name}"' for name in columns_of(record))
        tables[record.type] = _Table(columns, partial(_records, record, numbered[record]))
    return tables


def _entries(numbered: Numbered) -> Iterator[Row]:
    for seq, entry in numbered:
        date = getattr(entry, "date", None)
        days = (date.a, date.b, date.c, date.d, date.order[0]) if date else (None,) * 5
        yield seq, entry.type, entry.id, title_of(entry), *days


def _records(record: type[Record], numbered: Numbered) -> Iterator[Row]:
    columns, encoders = attrgetter(*columns_of(record)), _encoders(record)
    for seq, entry in numbered:
        values = [seq, *columns(entry)]
        for position, encode in encoders:
            value = values[position]
            values[position] = encode(value) if value else None
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


@once
def _decoders(record: type[Record]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    keys = keys_of(record)
    special: dict[str, Callable[[Any], Any]] = {
        "date": parse_stored,
        "refs": lambda text: tuple(text.split(" ")),
        "texts": lambda text: tuple(json.loads(text)),
        "cites": lambda text: tuple(Citation(*pair) for pair in json.loads(text)),
        "other_dates": _decode_other_dates,
        "flag": bool,
    }
    return tuple((name, special.get(keys[name].form)) for name in columns_of(record))


def _decode_other_dates(text: str) -> tuple[OtherDate, ...]:
    return tuple(
        OtherDate(parse_stored(date[0]), tuple(Citation(*pair) for pair in sources), cast("str", note))
        for date, sources, note in json.loads(text)
    )
