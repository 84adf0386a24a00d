"""Parse a large text part by part: the parser sees no signal before it returns, and Ctrl-C must not wait for it.

A changed text is parsed only where it is new: what it shares with the text before is used again.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import accumulate, pairwise
from math import nan
from typing import TYPE_CHECKING

import tomli

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.reading.plain_records import PlainRecord, parse_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime, time

    TomlValue = str | bool | int | float | datetime | date | time | list["TomlValue"] | dict[str, "TomlValue"]
    TomlTable = dict[str, TomlValue]

_PIECE = 64 * 1024  # letters
_AHEAD = 3  # parts of the text before that are looked for at a place: one may have gone, and the next too
_FAR = 16  # new parts in a row, after which no part is looked for further ahead
_HEADER = re.compile(r"\n\[\[\w+\]\]")


class Piece(NamedTuple):
    """A part of a text that is TOML on its own: its letters and lines, its tables, those that it has as `[[table]]`."""

    length: int
    lines: int
    tables: TomlTable
    repeated: frozenset[str] = frozenset()


class Parsed(NamedTuple):
    """A text and its parts, in order: records that are TOML on their own, and pieces of any other text."""

    text: str = ""
    parts: Sequence[PlainRecord | Piece] = ()

    def tables(self) -> TomlTable:
        """Return the tables of the whole text; the records in them are those of the parts."""
        tables: TomlTable = {}
        lists: dict[str, list[TomlValue]] = {}  # those of the tables that are lists
        for part in self.parts:
            if isinstance(part, PlainRecord) and part.table in lists:  # as nearly all are
                lists[part.table].append(part.values)
                continue
            written: TomlTable = {part.table: [part.values]} if isinstance(part, PlainRecord) else part.tables
            for table, value in written.items():
                if isinstance(value, list):
                    tables[table] = lists.setdefault(table, [])
                    lists[table] += value
                else:
                    tables[table] = value
        return tables


def parse(text: str) -> TomlTable:
    """Parse a text as `tomli.loads` does, and raise what that raises."""
    return parse_pieces(text).tables()


def parse_pieces(text: str, before: Parsed | None = None) -> Parsed:
    """Parse a text as `tomli.loads` does, and raise what that raises; `before` is an earlier version of it."""
    parts: Sequence[PlainRecord | Piece] = ()
    if len(text) > 2 * _PIECE:
        with suppress(tomli.TOMLDecodeError):  # which the text may have as a whole, at the same place or another
            parts = [*_in_parts(text, before or Parsed())]
    return Parsed(text, parts if parts and _fit_together(parts) else _parse_part(text))


def _in_parts(text: str, before: Parsed) -> Iterator[PlainRecord | Piece]:
    """Yield the parts of a text; those that it shares with the text before, in their order, are not parsed again."""
    old = _OldParts(before)
    at = missed = 0
    while at < len(text):
        shared = old.take(text, at, _AHEAD + min(missed, _FAR))
        missed = 0 if shared else missed + 1
        for part in shared or _parse_up_to(text, at, old.end_of_new(text, at)):
            yield part
            at += part.length


class _OldParts:
    """The parts of an earlier version of a text, of which those that come next are looked for in the new one.

    A part is TOML on its own, so it means the same wherever a line begins with it, and a header or nothing follows it.
    """

    def __init__(self, before: Parsed) -> None:
        self._text, self._parts = before
        self._starts = [0, *accumulate(part.length for part in self._parts)]
        self._next = 0

    def take(self, text: str, at: int, among: int) -> Sequence[PlainRecord | Piece]:
        """Return the parts that a text has at a place, if they begin with one of the next few; none comes again."""
        for first in range(self._next, min(self._next + among, len(self._parts))):
            if self._is_whole(text, at, first, first + 1):
                self._next = self._end_of_same(text, at, first)
                return self._parts[first : self._next]
        return ()

    def _end_of_same(self, text: str, at: int, first: int) -> int:
        """Return the number of the part after those that a text has from a place on; it has the first of them."""
        end, step, most = first + 1, 1, len(self._parts)
        while end < most and self._is_at(text, at, first, end, min(end + step, most)):
            end, step = min(end + step, most), step * 2
        while step:
            if end + step <= most and self._is_at(text, at, first, end, end + step):
                end += step
            step //= 2
        return end if end == first + 1 or self._is_whole(text, at, first, end) else end - 1

    def _is_at(self, text: str, at: int, first: int, start: int, end: int) -> bool:
        """Return whether a text has some parts where they are if the first one is at a place."""
        starts = self._starts
        return text.startswith(self._text[starts[start] : starts[end]], at + starts[start] - starts[first])

    def _is_whole(self, text: str, at: int, first: int, end: int) -> bool:
        """Return whether a text has some parts at a place, and a header or nothing after them."""
        after = at + self._starts[end] - self._starts[first]
        return self._is_at(text, at, first, end - 1, end) and (
            after == len(text) or _HEADER.match(text, after - 1) is not None
        )

    def end_of_new(self, text: str, at: int) -> int:
        """Return where a part that is new may end, so that the next of the old ones is not missed."""
        current = self._parts[self._next : self._next + 1]
        if current and isinstance(current[0], Piece):
            for start, end in pairwise(self._starts[self._next + 1 :][: _AHEAD + 1]):
                found = text.find(self._text[start:end], at, at + 2 * _AHEAD * _PIECE)
                if found > at and text[found - 1] == "\n":
                    return found
        # The header of a file is a part by itself, and so is a record among old ones.
        header = _HEADER.search(text, at if current or not at else at + _PIECE - 1)
        return header.start() + 1 if header else len(text)


def _parse_up_to(text: str, start: int, end: int) -> Sequence[PlainRecord | Piece]:
    """Parse a text up to the header of a record, or else to its end."""
    try:
        return _parse_part(text[start:end])
    except ValueError:  # perhaps the header is inside a multi-line string
        return _parse_part(text[start:])


def _parse_part(text: str) -> Sequence[PlainRecord | Piece]:
    # A pattern takes memory for each line that it matches, of a hostile file too: a text of any length is not tried.
    records = parse_records(text, _parse_toml) if len(text) <= 2 * _PIECE else None
    if records is not None:
        return records
    tables = _parse_toml(text)
    return [
        Piece(len(text), text.count("\n"), tables, frozenset(table for table in tables if _has_header(text, table)))
    ]


def _parse_toml(text: str) -> TomlTable:
    return tomli.loads(text, parse_float=_number)


def _number(text: str) -> float:
    """Parse a number; always return the same `nan`, so that tables that contain it can be compared."""
    return nan if text.endswith("nan") else float(text)


def _has_header(text: str, table: str) -> bool:
    """Whether a text has a line that begins like a header of records of a table."""
    header = f"\n[[{table}]]"
    return _HEADER.fullmatch(header) is not None and (text.startswith(header[1:]) or header in text)


def _fit_together(parts: Sequence[PlainRecord | Piece]) -> bool:
    """Whether the tables of parts are those of their text: each is in one part, or written as records in all."""
    of_records = {part.table for part in parts if isinstance(part, PlainRecord)}
    as_records: dict[str, list[bool]] = {}  # of each table, whether each piece with it has it so
    for part in parts:
        if isinstance(part, Piece):
            for table, value in part.tables.items():
                as_records.setdefault(table, []).append(isinstance(value, list) and table in part.repeated)
    return all(all(each) for table, each in as_records.items() if len(each) > 1 or table in of_records)
