"""Write rows as JSON text, remembering what recurs: most values of a chronology are names and sources seen before."""

from __future__ import annotations

from itertools import groupby
from json import JSONEncoder
from json.encoder import encode_basestring
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from korea_cli.base.sanitize import escape_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from korea_cli.rows.column import Column

to_json = JSONEncoder(ensure_ascii=False, check_circular=False).encode
_DELETE = "\x7f"  # alone of ASCII, JSON leaves it as it is


def row_writer(columns: Iterable[Column]) -> Callable[[Any], str]:
    """Give a function that writes a row as one JSON object on one line, nothing in it that drives a terminal.

    Columns that stand together and draw on the same value of a row are written as one.
    """
    together = [(get, tuple(drawing)) for get, drawing in groupby(columns, attrgetter("get"))]
    writers = [(get, _writer(drawing)) for get, drawing in together]

    def write(row: Any) -> str:  # noqa: ANN401 - of the type whose columns these are
        return f"{{{', '.join([written(get(row)) for get, written in writers])}}}"

    return write


def _writer(columns: tuple[Column, ...]) -> Callable[[Any], str]:
    """Give what writes a value under the keys of some columns."""
    parts = [(f'"{column.key}": ', column.read) for column in columns]
    if all(column.recurs for column in columns):
        return _Known(parts).__getitem__
    if len(parts) > 1:
        return lambda value: ", ".join([start + _json(read(value)) for start, read in parts])
    ((start, read),) = parts
    return lambda value: start + _json(read(value))


class _Known(dict[Any, str]):
    """What was written before of a value; the rest is written when it is asked for.

    Of several references or sources each is known by itself: few sets of them come twice.
    """

    def __init__(self, parts: list[tuple[str, Callable[[Any], Any]]]) -> None:
        super().__init__()
        self._parts = parts

    def __missing__(self, value: Any) -> str:  # noqa: ANN401 - of any column
        if type(value) is tuple and len(value) > 1 and len(self._parts) == 1:
            start = self._parts[0][0]
            return f"{start}[{', '.join([self[item,][len(start) + 1 : -1] for item in value])}]"
        self[value] = written = ", ".join([start + _json(read(value)) for start, read in self._parts])
        return written


def _json(value: Any) -> str:  # noqa: ANN401 - of any column
    """Write a value; the encoder would take its time over those that come most often."""
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    written = encode_basestring(value) if isinstance(value, str) else to_json(value)
    return written if written.isascii() and _DELETE not in written else escape_json(written)
