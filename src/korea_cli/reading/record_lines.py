"""Find the line of each record, and the headers of records in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.reading.plain_records import PlainRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Sized

    from korea_cli.reading.toml import Document

_HEADER = r"""\[\[[ \t]*["']?({})["']?[ \t]*\]\]"""


def record_lines(document: Document, tables: Mapping[str, Sized]) -> dict[str, Sequence[int | None]]:
    """Return, for each of the tables, the line of each of its records; None where it is not known."""
    lines = _header_lines(document)
    found: dict[str, Sequence[int | None]] = {table: lines.get(table, ()) for table in tables}
    if all(len(found[table]) == len(entries) for table, entries in tables.items()):
        return found  # as many headers as records: none of them is inside a string
    from korea_cli.reading.statements import positions_in  # noqa: PLC0415 - only for files that are written unusually

    positions = positions_in(document.text)
    for table, entries in tables.items():
        spots = (positions.get((table, index, None)) or positions.get(("", 0, table)) for index in range(len(entries)))
        found[table] = [spot.line if spot else None for spot in spots]
    return found


def record_headers(text: str, table: str = r"\w+") -> Iterator[tuple[str, int]]:
    """Yield the table and the offset of each `[[table]]` that begins its line; a string may have such a line too.

    table: a pattern of the tables that are looked for.
    """
    for match in re.finditer(_HEADER.format(table), text):
        start = match.start()
        if not start or text[start - 1] == "\n" or not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t"):
            yield match[1], start


def _header_lines(document: Document) -> dict[str, list[int]]:
    """Return the lines that look like `[[table]]`, by table."""
    found: dict[str, list[int]] = {}
    at, line = 0, 1
    for part in document.parsed.parts:
        if isinstance(part, PlainRecord):
            found.setdefault(part.table, []).append(line + part.above)
        else:
            for table, own in _lines_in(document.text[at : at + part.length]):
                found.setdefault(table, []).append(line + own)
        at, line = at + part.length, line + part.lines
    return found


def _lines_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield the tables of the headers in a text, each with the number of lines above it."""
    line = last = 0
    for table, start in record_headers(text):
        line += text.count("\n", last, start)
        last = start
        yield table, line
