"""Find the line on which each record begins, in one quick look: every record says where it was read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.reading.toml import Document

_HEADER = re.compile(r"""\[\[[ \t]*["']?(\w+)["']?[ \t]*\]\]""")


def record_lines(document: Document, tables: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[int | None]]:
    """Give, for each of the tables, the line of each of its records; None where it cannot be told."""
    lines = _header_lines(document.text)
    found: dict[str, Sequence[int | None]] = {table: lines.get(table, ()) for table in tables}
    if all(len(found[table]) == len(entries) for table, entries in tables.items()):
        return found  # as many headers as records: none of them stands inside a string
    from korea_cli.reading.positions import positions_in  # noqa: PLC0415 - only for files that are written unusually

    spots = positions_in(document.text)
    return {
        table: [
            spot.line if (spot := spots.get((table, index, None)) or spots.get(("", 0, table))) else None
            for index in range(len(entries))
        ]
        for table, entries in tables.items()
    }


def _header_lines(text: str) -> dict[str, list[int]]:
    """Give the lines that look like `[[table]]`, by table."""
    lines: dict[str, list[int]] = {}
    line, last = 1, 0
    for match in _HEADER.finditer(text):
        start = match.start()
        if start and text[start - 1] != "\n" and text[text.rfind("\n", 0, start) + 1 : start].strip(" \t"):
            continue  # something stands before it on its line
        line += text.count("\n", last, start)
        last = start
        lines.setdefault(match[1], []).append(line)
    return lines
