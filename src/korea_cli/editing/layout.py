"""Say where in a text each record and each of its keys stands, so that one can be changed and the rest left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.reading.statements import statements_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reading.statements import Statement

_HEADER = r"""^[ \t]*\[\[[ \t]*["']?{}["']?[ \t]*\]\]"""


class Spot(NamedTuple):
    """A record of a text: of which table, which of its records (from 0), of how many where that is known."""

    table: str
    number: int
    of: int = 0


class Entry(NamedTuple):
    """A table of a text: number so much (from 0) of its name, from its first letter to behind its last line.

    start: where it begins, comments right above its header included. header: where that stands. keys: by name, the
    statements of its values; several where a key is written as tables of its own.
    """

    table: str
    number: int
    start: int
    header: int
    end: int
    keys: dict[str, list[Statement]]


def entries_in(text: str, start: int = 0) -> Iterator[Entry]:
    """Yield every table of a text from a place on, which is not within a statement. The text must be valid TOML."""
    entry = None
    for each in statements_in(text, start):
        if each.key is None:
            if entry:
                yield entry
            entry = Entry(each.table, each.entry, _first_line(text, each.start), each.start, 0, {})
        elif entry and each[:2] == entry[:2]:
            entry.keys.setdefault(each.key, []).append(each)
        else:  # before all tables, or in one that is apart from its record
            continue
        entry = entry._replace(end=end_of_line(text, each.end))
    if entry:
        yield entry


def entry_at(text: str, spot: Spot) -> Entry:
    """Find a record; raises LookupError where it has no header of its own.

    Where there are as many headers as records, none stands inside a string, and the rest of the text is not scanned.
    """
    if spot.of:
        headers = [match.start() for match in re.finditer(_HEADER.format(re.escape(spot.table)), text, re.MULTILINE)]
        if len(headers) == spot.of:
            return next(entries_in(text, headers[spot.number]))._replace(number=spot.number)
    for entry in entries_in(text):
        if (entry.table, entry.number) == spot[:2]:
            return entry
    raise LookupError(spot.table)


def end_of_line(text: str, offset: int) -> int:
    """Give where the line after that of an offset begins."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def start_of_line(text: str, offset: int) -> int:
    """Give where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def _first_line(text: str, header: int) -> int:
    """Give where the comments right above a header begin, or the header's own line."""
    start = start_of_line(text, header)
    for line in _lines_above(text, start):
        if not text[line:start].lstrip().startswith("#"):
            break
        start = line
    return start


def _lines_above(text: str, start: int) -> Iterator[int]:
    """Give where each of the lines above begins, the nearest first."""
    while start > 0:
        start = start_of_line(text, start - 1)
        yield start
