"""Write rows as JSON text, and keep what recurs: most values of a chronology are names and sources seen before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from json import JSONEncoder
from json.encoder import encode_basestring
from operator import attrgetter

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.sanitize import escape_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from korea_cli.rows.column import Column, Json

_encode = JSONEncoder(ensure_ascii=False, check_circular=False).encode
_MOST = 10_000  # values that are kept: of millions of events, each may cite its own address
_DELETE = "\x7f"  # the only control character that JSON does not escape


def row_writer(columns: Iterable[Column]) -> Callable[[object], str]:
    """Return a function that writes a row as a JSON object on one line, with control characters escaped.

    Neighbouring columns that read the same value of a row are written as one.
    """
    writers = [(get, _writer(tuple(columns))) for get, columns in groupby(columns, attrgetter("get"))]

    def write(row: object) -> str:
        return f"{{{', '.join([write(get(row)) for get, write in writers])}}}"

    return write


def pieces_writer(columns: Sequence[Column]) -> Callable[[object], Iterator[str]]:
    """Return a function that yields the same text in pieces: the values of streamed columns item by item."""

    def write(row: object) -> Iterator[str]:
        before = "{"
        for column in columns:
            yield f'{before}"{column.key}": '
            before = ", "
            value = column.value(row)
            yield from _list_pieces(value) if isinstance(value, Iterator) else (_json(value),)
        yield "}"

    return write


def _list_pieces(items: Iterable[Json]) -> Iterator[str]:
    before = "["
    for item in items:
        yield before + _json(item)
        before = ", "
    yield "[]" if before == "[" else "]"


def _writer(columns: tuple[Column, ...]) -> Callable[[object], str]:
    if all(column.recurs for column in columns):
        return _WrittenValues(columns).__getitem__
    return lambda value: _members(columns, value)


def _members(columns: Iterable[Column], value: object) -> str:
    return ", ".join([f'"{column.key}": {_json(column.read(value))}' for column in columns])


class _WrittenValues(dict[object, str]):
    """The JSON of each value, written when it is first needed; of several references or sources, that of each.

    Once it has too many it drops them all: what comes again is then written once more.
    """

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, value: object) -> str:
        if isinstance(value, tuple) and type(value) is tuple and len(value) > 1 and len(self._columns) == 1:
            start = f'"{self._columns[0].key}": '
            return f"{start}[{', '.join([self[item,][len(start) + 1 : -1] for item in value])}]"
        if len(self) >= _MOST:
            self.clear()
        self[value] = written = _members(self._columns, value)
        return written


def _json(value: Json) -> str:
    """Write a value, the most frequent types without the encoder, which is slower."""
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    written = encode_basestring(value) if isinstance(value, str) else _encode(value)
    return written if written.isascii() and _DELETE not in written else escape_json(written)
