"""JSON: what korea writes, or a list of objects anywhere; also GeoJSON, TimelineJS and CSL-JSON."""

from __future__ import annotations

import re
from json import JSONDecodeError
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import unreadable

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import InputFile, Sheet

EXTENSIONS = (".json", ".jsonp", ".geojson", ".srj")
# JSON in a script, for browsers: `name = {...};` or `name({...});`
_SCRIPT = re.compile(r"\s*(?:(?:var|let|const)\s+)?[\w.$]+\s*[=(]\s*(?=[\[{])")
_END_OF_SCRIPT = " \t\r\n;)"


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 2 * (start.startswith((b"{", b"[")) or bool(_SCRIPT.match(start.decode(errors="replace"))))


def read(source: InputFile) -> Sheet:
    """Read a document as a whole; raises DataError, or UsageError where it is not clear which list is meant."""
    from korea_cli.ingest.json.json_sheets import sheet_of  # noqa: PLC0415 - every import loads every reader

    return sheet_of(_document(source), source)


def _document(source: InputFile) -> object:
    from korea_cli.ingest.json.json_items import decode_whole  # noqa: PLC0415 - every import loads every reader

    text = "".join(source.lines())
    if script := _SCRIPT.match(text):
        text = f"{' ' * script.end()}{text[script.end() :].rstrip(_END_OF_SCRIPT)}"
    try:
        return decode_whole(text)
    except JSONDecodeError as error:
        raise unreadable(source.name, error.msg, error.lineno, error.colno) from None
