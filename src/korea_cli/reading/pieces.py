"""Parse a large text piece by piece: the parser sees no signal before it returns, and Ctrl-C must not wait for it.

A changed text is parsed only where it is new: the pieces that it shares with the text before are used again.
"""

from __future__ import annotations

import re
from math import nan
from typing import TYPE_CHECKING

import tomli

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.reading.plain_records import PlainRecord, parse_records, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime, time

    from korea_cli.reading.plain_records import Known

    TomlValue = str | bool | int | float | datetime | date | time | list["TomlValue"] | dict[str, "TomlValue"]
    TomlTable = dict[str, TomlValue]

_PIECE = 64 * 1024  # letters; few, as an edit has a whole piece parsed again
_NEAR = _PIECE // 4  # letters; records may have moved as far
_NEXT = 3  # pieces that are looked for: one may be changed, and the next too
_HEADER = re.compile(r"\n\[\[\w+\]\]")


class Piece(NamedTuple):
    """A part of a text that is TOML on its own: its place, its tables, and those that it writes as `[[table]]`.

    records: the same, where it has only records that are TOML on their own.
    """

    start: int
    end: int
    tables: TomlTable
    records: Sequence[PlainRecord] = ()
    repeated: frozenset[str] = frozenset()


class Parsed(NamedTuple):
    """A text and its pieces, in order."""

    text: str
    pieces: Sequence[Piece]

    def tables(self) -> TomlTable:
        """Return the tables of the whole text; the records in them are those of the pieces."""
        tables: TomlTable = {}
        for piece in self.pieces:
            for table, records in piece.tables.items():
                earlier = tables.setdefault(table, [] if isinstance(records, list) else records)
                if isinstance(earlier, list) and isinstance(records, list):
                    earlier += records
        return tables

    def records_near(self, start: int, end: int) -> dict[str, PlainRecord]:
        """Return the records near a part of the text that are TOML on their own, by their part of it."""
        found: dict[str, PlainRecord] = {}
        for piece in self.pieces:
            if piece.start < end + _NEAR and start - _NEAR < piece.end:
                ends = [piece.start + record.end for record in piece.records]
                parts = map(slice, [piece.start, *ends], ends)
                found |= zip(map(self.text.__getitem__, parts), piece.records, strict=True)
        return found


def parse(text: str) -> TomlTable:
    """Parse a text as `tomli.loads` does, and raise what that raises."""
    return parse_pieces(text).tables()


def parse_pieces(text: str, before: Parsed | None = None) -> Parsed:
    """Parse a text as `tomli.loads` does, and raise what that raises; `before` is an earlier version of it."""
    pieces = [*_in_pieces(text, before)] if len(text) > 2 * _PIECE else []
    if not pieces or not _fit_together(pieces):
        pieces = [Piece(0, len(text), *_loads(text))]
    return Parsed(text, pieces)


def _loads(text: str, known: Known | None = None) -> tuple[TomlTable, Sequence[PlainRecord]]:
    # A pattern takes memory for each line that it matches, of a hostile file too: a text of any length is not tried.
    records = parse_records(text, _parse_toml, known) if len(text) <= 2 * _PIECE else None
    return (_parse_toml(text), ()) if records is None else (tables_of(records), records)


def _parse_toml(text: str) -> TomlTable:
    return tomli.loads(text, parse_float=_number)


def _number(text: str) -> float:
    """Parse a number; always return the same `nan`, so that tables that contain it can be compared."""
    return nan if text.endswith("nan") else float(text)


def _in_pieces(text: str, before: Parsed | None) -> Iterator[Piece]:
    """Yield the pieces of a text; those that it shares with the text before are not parsed again."""
    start = number = 0
    while start < len(text):
        at, number = _find_shared(text, start, before, number) if before else (-1, 0)
        if before and at == start:
            shared = before.pieces[number]
            piece = shared._replace(start=start, end=start + shared.end - shared.start)
            number += 1
        else:
            header = None if at > start else _HEADER.search(text, start + _PIECE - 1)
            end = header.start() + 1 if header else at if at > start else len(text)
            piece = _parse_piece(text, start, end, before.records_near(start, end) if before else None)
        yield piece
        start = piece.end


def _find_shared(text: str, start: int, before: Parsed, number: int) -> tuple[int, int]:
    """Return where the next piece that a text shares with the text before begins, from a place on, and its number.

    Looks only near that place, and for few pieces from a number on; the place is -1 where there is none.
    """
    for next_, piece in enumerate(before.pieces[number : number + _NEXT], number):
        part = before.text[piece.start : piece.end]
        at = start if text.startswith(part, start) else text.find(part, start, start + len(part) + 4 * _PIECE)
        begins = at == 0 or (at > 0 and text[at - 1] == "\n")
        if begins and (part.endswith("\n") or at + len(part) == len(text)):
            return at, next_
    return -1, number


def _parse_piece(text: str, start: int, end: int, known: Known | None) -> Piece:
    """Parse a text up to the header of a record, or else to its end."""
    try:
        return _piece(text, start, end, *_loads(text[start:end], known))
    except ValueError:  # perhaps the header is inside a multi-line string
        pass
    try:
        return _piece(text, start, len(text), *_loads(text[start:], known))
    except tomli.TOMLDecodeError as error:
        raise tomli.TOMLDecodeError(error.msg, text, start + error.pos) from None


def _piece(text: str, start: int, end: int, tables: TomlTable, records: Sequence[PlainRecord]) -> Piece:
    repeated = frozenset(table for table in tables if _has_header(text, start, end, table))
    return Piece(start, end, tables, records, repeated)


def _has_header(text: str, start: int, end: int, table: str) -> bool:
    """Whether a part of a text, which begins a line, has a line that begins like a header of records of a table."""
    header = f"[[{table}]]"
    return _HEADER.fullmatch(f"\n{header}") is not None and (
        text.startswith(header, start, end) or text.find(f"\n{header}", start, end) >= 0
    )


def _fit_together(pieces: Iterable[Piece]) -> bool:
    """Whether the tables of pieces are those of their text: each is in one piece, or written as records."""
    seen: dict[str, bool] = {}  # whether a table is a list
    repeated: set[str] = set()
    for piece in pieces:
        for table, records in piece.tables.items():
            if table in seen and not (seen[table] and table in repeated and isinstance(records, list)):
                return False
            seen[table] = isinstance(records, list)
        repeated |= piece.repeated
    return True
