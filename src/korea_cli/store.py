"""Write a chronology into SQLite: one table per record type, with a column per key, and a few tables to ask by."""

from __future__ import annotations

import json
import sqlite3
from functools import cache
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from korea_cli.dates.edtf import StoredDate, parse_stored
from korea_cli.model import RECORDS, Actor, Citation, Event, Fact, OtherDate, Record, ids_in, keys_of, title_of
from korea_cli.words import folded, name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from korea_cli.reading.records import Draft

# entry   one row per record of any type, in file order: what it is called, and the words it is found by
# link    who and what a record refers to, by key
# span    the days of each date a record has; `sharp` is 0 where the date is approximate or uncertain
# belongs every actor, topic and source with all that contains it, itself included
# name    every name a record answers to, in the form names are compared
# phrase  the words of those keys that can be asked for by themselves
_TABLES = """
CREATE TABLE entry (seq INTEGER PRIMARY KEY, type TEXT, id TEXT, title TEXT, head TEXT, words TEXT,
                    first INTEGER, last INTEGER, orders INTEGER);
CREATE TABLE link (seq INTEGER, role TEXT, target TEXT);
CREATE TABLE span (seq INTEGER, a INTEGER, b INTEGER, c INTEGER, d INTEGER, sharp INTEGER);
CREATE TABLE belongs (type TEXT, id TEXT, whole TEXT);
CREATE TABLE name (name TEXT, type TEXT, id TEXT);
CREATE TABLE phrase (seq INTEGER, role TEXT, words TEXT);
"""
_FOUND_STORED = ("file", "line")
_LISTED = {"texts", "refs", "cites", "other_dates"}
_PHRASES = ("place", "container")


@cache
def columns_of(record: type[Record]) -> tuple[str, ...]:
    """Give the columns of a record type's table: its written keys, then where it was read from."""
    return tuple(name for name, key in keys_of(record).items() if key.form != "found" or name in _FOUND_STORED)


class Store:
    """A chronology as tables of an SQLite database in memory, to be asked in SQL."""

    def __init__(self, draft: Draft) -> None:
        """Write every record of a checked draft."""
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.executescript(_TABLES + "".join(_table_of(record) for record in RECORDS) + "BEGIN;")
        _Filler(self._connection, draft).fill()
        self._connection.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
        """Give the rows that answer a query, as they are found; values are bound to its `?`."""
        return iter(self._connection.execute(sql, values))

    def value(self, sql: str, values: Sequence[str | int] = ()) -> Any:  # noqa: ANN401 - of the column asked for
        """Give the one value that answers a query."""
        return next(self.rows(sql, values))[0]


def decode(record: type[Record], row: Iterable[Any], **found: Any) -> Record:  # noqa: ANN401 - any found field
    """Make the record of one row of its table, in the order of `columns_of`; `found` are the values asked beside it."""
    for (name, decoder), value in zip(_decoders(record), row, strict=True):
        if value is not None:
            found[name] = decoder(value) if decoder else value
    return record(**found)


def _table_of(record: type[Record]) -> str:
    columns = ", ".join(f'"{name}"' for name in columns_of(record))
    return f"CREATE TABLE {record.type} (seq INTEGER PRIMARY KEY, {columns});\n"


class _Filler:
    """Writes a draft table by table, numbering the records through all of them."""

    def __init__(self, connection: sqlite3.Connection, draft: Draft) -> None:
        self._connection = connection
        self._draft = draft
        self._numbers = count(1)
        self._called = {
            table: {entry.id: _words_called(entry) for entry in draft.records[table]} for table in ("actors", "topics")
        }

    def fill(self) -> None:
        for record in RECORDS:
            entries = self._draft.records[record.table]
            numbered = list(zip(self._numbers, entries, strict=False)) if entries else []
            self._insert(record.type, len(columns_of(record)) + 1, _rows(record, numbered))
            self._insert("entry", 9, [self._entry(seq, entry) for seq, entry in numbered])
            self._insert("link", 3, [link for seq, entry in numbered for link in _links(record, seq, entry)])
            self._insert("span", 6, [span for seq, entry in numbered for span in _spans(seq, entry)])
            self._insert("name", 3, [name for _, entry in numbered for name in _names(entry)])
            self._insert("phrase", 3, [phrase for seq, entry in numbered for phrase in _phrases(seq, entry)])
        for table, key in (("actors", "part_of"), ("topics", "broader"), ("sources", "")):
            self._insert("belongs", 3, list(_closure(self._draft.records[table], key)))

    def _insert(self, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
        self._connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608

    def _entry(self, seq: int, entry: Record) -> tuple[Any, ...]:
        date = getattr(entry, "date", None)
        head, words = _head(entry), self._words(entry)
        days = (date.a, date.d, date.order[0]) if date else (None, None, None)
        return seq, entry.type, entry.id, title_of(entry), head, words, *days

    def _words(self, entry: Record) -> str:
        """Give all the words a record is found by, its actors' names and topics' labels among them."""
        if isinstance(entry, (Event, Fact)):
            called, topics = self._called["actors"], self._called["topics"]
            texts = (entry.title, entry.summary, entry.quote, entry.place) if isinstance(entry, Event) else (entry.text,)
            who = (entry.actors, entry.recipients, entry.via) if isinstance(entry, Event) else (
                entry.holders, entry.reported_by, entry.about)  # fmt: skip
            names = "".join(called[id_] for ids in who for id_ in ids)
            return folded(*texts, entry.note) + names + "".join(topics[id_] for id_ in entry.topics)
        keys = keys_of(type(entry))
        texts = [getattr(entry, name) for name in keys if keys[name].form in {"text", "texts"}]
        return folded(*(text if isinstance(text, str) else "\n".join(text) for text in texts))


def _words_called(entry: Record) -> str:
    return folded(title_of(entry), *(entry.aliases if isinstance(entry, Actor) else ()))


def _head(entry: Record) -> str:
    return _words_called(entry) + folded(entry.id)


def _phrases(seq: int, entry: Record) -> Iterator[tuple[int, str, str]]:
    return ((seq, key, folded(value)) for key in _PHRASES if (value := getattr(entry, key, "")))


def _names(entry: Record) -> Iterator[tuple[str, str, str]]:
    if isinstance(entry, Fact):
        names: tuple[str, ...] = (entry.id,)
    else:
        names = (entry.id, title_of(entry), *(entry.aliases if isinstance(entry, Actor) else ()))
    return ((name, entry.type, entry.id) for name in dict.fromkeys(map(name_key, names)))


def _links(record: type[Record], seq: int, entry: Record) -> Iterator[tuple[int, str, str]]:
    for name in _link_names(record):
        value = getattr(entry, name)
        if value:
            yield from ((seq, name, target) for target in dict.fromkeys(ids_in(value)))
    if isinstance(entry, Event):
        for other in entry.other_dates:
            yield from ((seq, "other_dates", citation.id) for citation in other.sources)


@cache
def _link_names(record: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, key in keys_of(record).items() if key.refers)


def _spans(seq: int, entry: Record) -> Iterator[tuple[int, ...]]:
    date = getattr(entry, "date", None)
    others = entry.other_dates if isinstance(entry, Event) else ()
    dates: tuple[StoredDate, ...] = ((date,) if date else ()) + tuple(other.date for other in others)
    return ((seq, each.a, each.b, each.c, each.d, not each.qualified) for each in dates)


def _closure(entries: Iterable[Any], key: str) -> Iterator[tuple[str, str, str]]:
    parents = {entry.id: getattr(entry, key, ()) for entry in entries}
    for entry in entries:
        wholes, waiting = {entry.id}, [entry.id]
        while waiting:
            above = parents[waiting.pop()]
            fresh = ({above} if isinstance(above, str) else set(above)) - wholes - {""}
            wholes |= fresh
            waiting.extend(fresh)
        yield from ((entry.type, entry.id, whole) for whole in wholes)


def _rows(record: type[Record], numbered: Iterable[tuple[int, Record]]) -> Iterator[tuple[Any, ...]]:
    get, encoders = attrgetter(*columns_of(record)), _encoders(record)
    for seq, entry in numbered:
        values = list(get(entry))
        for position, encode in encoders:
            value = values[position]
            values[position] = encode(value) if value else None
        yield (seq, *values)


@cache
def _encoders(record: type[Record]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    keys = keys_of(record)
    return tuple(
        (position, _encode_date if keys[name].form == "date" else _encode_list)
        for position, name in enumerate(columns_of(record))
        if keys[name].form in {"date", *_LISTED}
    )


@cache
def _decoders(record: type[Record]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    keys = keys_of(record)
    special: dict[str, Callable[[Any], Any]] = {
        "date": parse_stored,
        "texts": _decode_list,
        "refs": _decode_list,
        "cites": lambda text: tuple(Citation(*pair) for pair in json.loads(text)),
        "other_dates": _decode_other_dates,
        "flag": bool,
    }
    return tuple((name, special.get(keys[name].form)) for name in columns_of(record))


def _encode_date(date: StoredDate) -> str:
    return date.text


def _encode_list(values: Any) -> str:  # noqa: ANN401 - any list a record may hold
    return json.dumps(values, ensure_ascii=False)


def _decode_list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _decode_other_dates(text: str) -> tuple[OtherDate, ...]:
    return tuple(
        OtherDate(parse_stored(date[0]), tuple(Citation(*pair) for pair in sources), cast("str", note))
        for date, sources, note in json.loads(text)
    )
