"""JSON lines: an object a line, as `korea` writes it with `-f jsonl`."""

from __future__ import annotations

import re
from json import JSONDecodeError
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import Sheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".jsonl", ".ndjson", ".geojsonl", ".geojsons")
_SURE = 3


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits: its first two lines are objects of their own."""
    return _SURE * bool(re.match(rb"\s*\{[^\n]*\}\s*\n\s*\{", start))


def read(source: InputFile) -> Sheet:
    """Read a record a line."""
    return Sheet(rows_of(source.lines()))


def rows_of(lines: Iterable[str]) -> Iterator[SheetRow]:
    """Yield the row of each line."""
    from korea_cli.ingest.json.json_items import decode_whole  # noqa: PLC0415 - every import loads every reader
    from korea_cli.ingest.json.json_shapes import unwrapped  # noqa: PLC0415 - every import loads every reader
    from korea_cli.ingest.json.json_values import row_of  # noqa: PLC0415 - every import loads every reader

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield row_of(number, unwrapped(decode_whole(line)))
        except JSONDecodeError as error:
            yield SheetRow(number, {"": line.rstrip()}, error.msg)
