"""Find the line on which each record begins, without scanning the whole text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Sized

    from korea_cli.reading.toml import Document

_HEADER = re.compile(r"""\[\[[ \t]*["']?(\w+)["']?[ \t]*\]\]""")


def record_lines(document: Document, tables: Mapping[str, Sized]) -> dict[str, Sequence[int | None]]:
    """Return, for each of the tables, the line of each of its records; None where it is not known."""
    lines = _header_lines(document.text)
    found: dict[str, Sequence[int | None]] = {table: lines.get(table, ()) for table in tables}
    if all(len(found[table]) == len(entries) for table, entries in tables.items()):
        return found  # as many headers as records: none of them is inside a string
    from korea_cli.reading.statements import positions_in  # noqa: PLC0415 - only for files that are written unusually

    positions = positions_in(document.text)
    for table, entries in tables.items():
        spots = (positions.get((table, index, None)) or positions.get(("", 0, table)) for index in range(len(entries)))
        found[table] = [spot.line if spot else None for spot in spots]
    return found


def _header_lines(text: str) -> dict[str, list[int]]:
    """Return the lines that look like `[[table]]`, by table."""
    lines: dict[str, list[int]] = {}
    line, last = 1, 0
    for match in _HEADER.finditer(text):
        start = match.start()
        if start and text[start - 1] != "\n" and text[text.rfind("\n", 0, start) + 1 : start].strip(" \t"):
            continue  # not at the beginning of its line
        line += text.count("\n", last, start)
        last = start
        lines.setdefault(match[1], []).append(line)
    return lines
