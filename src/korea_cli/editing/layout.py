"""Say where in a text each record and each of its keys stands, so that one can be changed and the rest left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.reading.statements import statements_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reading.statements import Statement


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


def entries_in(text: str) -> list[Entry]:
    """Give every table of a text, in order. The text must be valid TOML."""
    entries: list[Entry] = []
    for each in statements_in(text):
        last = entries[-1] if entries else None
        if not each.key:
            entries.append(Entry(each.table, each.entry, _first_line(text, each.start), each.start, 0, {}))
        elif last and (last.table, last.number) == (each.table, each.entry):
            last.keys.setdefault(each.key, []).append(each)
        if entries:
            entries[-1] = entries[-1]._replace(end=end_of_line(text, each.end))
    return entries


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
