"""Parse a large text piece by piece: the parser sees no signal before it returns, and Ctrl-C must not wait for it."""

from __future__ import annotations

import re
from math import nan
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from datetime import date, datetime, time

    TomlValue = str | bool | int | float | datetime | date | time | list["TomlValue"] | dict[str, "TomlValue"]
    TomlTable = dict[str, TomlValue]

_PIECE = 256 * 1024  # letters; a fortieth of a second on a quiet machine
_HEADER = re.compile(r"^\[\[\w+\]\]", re.MULTILINE)


def parse(text: str) -> TomlTable:
    """Parse a text as `tomli.loads` does, and raise what that raises."""
    return (len(text) > 2 * _PIECE and _in_pieces(text)) or _loads(text)


def _loads(text: str) -> TomlTable:
    return tomli.loads(text, parse_float=_number)


def _number(text: str) -> float:
    """Parse a number; always return the same `nan`, so that tables that contain it can be compared."""
    return nan if text.endswith("nan") else float(text)


def _in_pieces(text: str) -> TomlTable | None:
    """Parse a text piece by piece; None where it must be parsed as a whole."""
    tables: TomlTable = {}
    repeated: set[str] = set()  # the tables that are written [[table]]
    start = 0
    while start < len(text):
        part, end = _piece(text, start)
        for table, records in part.items():
            earlier = tables.setdefault(table, records)
            if earlier is records:
                continue
            if table not in repeated or not (isinstance(earlier, list) and isinstance(records, list)):
                return None
            earlier += records
        repeated.update(header[2:-2] for header in _HEADER.findall(text, start, end))
        start = end
    return tables


def _piece(text: str, start: int) -> tuple[TomlTable, int]:
    """Parse a text up to a line that looks like the header of a record, else to its end; return where it stopped."""
    header = _HEADER.search(text, start + _PIECE)
    end = header.start() if header else len(text)
    try:
        return _loads(text[start:end]), end
    except ValueError:  # perhaps the header is inside a multi-line string
        pass
    try:
        return _loads(text[start:]), len(text)
    except tomli.TOMLDecodeError as error:
        raise tomli.TOMLDecodeError(error.msg, text, start + error.pos) from None
