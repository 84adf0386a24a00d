"""Parse a large text piece by piece: the parser sees no signal before it returns, and Ctrl-C must not wait for it."""

from __future__ import annotations

import re
from math import nan
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 256 * 1024  # letters; a fortieth of a second on a quiet machine
_HEADER = re.compile(r"^\[\[\w+\]\]", re.MULTILINE)


def parse(text: str) -> dict[str, Any]:
    """Parse a text as `tomli.loads` does, and raise what that raises."""
    return (len(text) > 2 * _PIECE and _in_pieces(text)) or _loads(text)


def _loads(text: str) -> dict[str, Any]:
    return tomli.loads(text, parse_float=_number)


def _number(text: str) -> float:
    """Read a number; always the same `nan`, so that tables that hold it can be compared."""
    return nan if text.endswith("nan") else float(text)


def _in_pieces(text: str) -> dict[str, Any] | None:
    """Parse a text piece by piece; None where only the whole can say what it means, or what is wrong and where."""
    tables: dict[str, Any] = {}
    repeated: set[str] = set()  # the tables that are written [[table]]
    for piece in _pieces(text):
        try:
            part = _loads(piece)
        except ValueError:
            return None
        for table, records in part.items():
            known = tables.setdefault(table, records)
            if known is records:
                continue
            if table not in repeated or not (isinstance(known, list) and isinstance(records, list)):
                return None
            known += records
        repeated.update(header[2:-2] for header in _HEADER.findall(piece))
    return tables


def _pieces(text: str) -> Iterator[str]:
    """Cut a text before lines that look like the header of a record."""
    start = 0
    while header := _HEADER.search(text, start + _PIECE):
        yield text[start : header.start()]
        start = header.start()
    yield text[start:]
