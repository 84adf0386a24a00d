"""Records as JSON: an object a line, a list, or a document that korea printed; each with the line where it begins."""

from __future__ import annotations

import re
import sys
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from korea_cli.ingest.json.json_values import with_repeated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
_BLANK = re.compile(r"[\s,]*")
_PLAIN = JSONDecoder()
_IN_KOREA_DOCUMENTS = "schema_version"


def _unique(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return an object of its keys and values; raises KeyError for a key that it has twice, which Python accepts."""
    values: dict[str, T] = {}
    for key, value in pairs:
        if key in values:
            raise KeyError(key)
        values[key] = value
    return values


_STRICT = JSONDecoder(object_pairs_hook=_unique)
_EXACT = JSONDecoder(  # no value, and no digit is lost
    object_pairs_hook=with_repeated, parse_float=str, parse_constant=lambda word: None if word == "NaN" else word
)


def decode(text: str, offset: int = 0, decoder: JSONDecoder = _STRICT) -> tuple[object, int]:
    """Return the value at an offset, and where it ends; raises JSONDecodeError, whatever is wrong."""
    position = offset
    try:
        return decoder.raw_decode(text, offset)
    except JSONDecodeError as error:
        message, position = f"invalid JSON: {error.msg[:1].lower()}{error.msg[1:]}", error.pos
    except KeyError as error:
        message = f"has the key '{error.args[0]}' twice"
    except RecursionError:
        message = "is nested too deeply"
    except ValueError:
        message = f"has a number of more than {sys.get_int_max_str_digits():,} digits"
    raise JSONDecodeError(message, text, position)


def decode_whole(text: str) -> object:
    """Return the only value of a text, its decimals as texts, and all values of a key; raises JSONDecodeError."""
    value, end = decode(text, _skip_blank(text, 0), _EXACT)
    if (end := _skip_blank(text, end)) < len(text):
        raise JSONDecodeError("invalid JSON: extra data", text, end)
    return value


class JsonItem(NamedTuple):
    """A value of a JSON text, or why there is none, with the line where it begins."""

    line: int
    value: object = None
    error: str = ""


def read_items(text: str, table: str) -> Iterator[JsonItem]:
    """Yield every value of a text; of a list its members, of a document of korea those of the list of a table."""
    start = _skip_blank(text, 0)
    document = _parse(text, start) if text.startswith("{", start) else None
    if document and isinstance(document[0], dict) and _IN_KOREA_DOCUMENTS in document[0]:
        try:
            start = _unique(_keys(text, start)).get(table, len(text))
        except KeyError as error:
            yield JsonItem(text.count("\n", 0, start) + 1, error=f"has the key '{error.args[0]}' twice")
            return
    listed = text.startswith("[", start)
    yield from _read(text, start + listed, end="]" if listed else "")


def _skip_blank(text: str, offset: int) -> int:
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def _parse(text: str, offset: int) -> tuple[object, int] | None:
    try:
        return _PLAIN.raw_decode(text, offset)
    except (ValueError, RecursionError):
        return None


def _keys(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield the keys of the object at an offset, each with the offset of its value."""
    offset = _skip_blank(text, offset + 1)
    while text.startswith('"', offset):
        key, offset = _PLAIN.raw_decode(text, offset)
        offset = _skip_blank(text, text.index(":", offset) + 1)
        yield key, offset
        offset = _skip_blank(text, _PLAIN.raw_decode(text, offset)[1])


def _read(text: str, offset: int, end: str) -> Iterator[JsonItem]:
    """Yield the values from an offset to a sign; after one that cannot be read, continue on the next line."""
    line, counted = 1, 0
    while (offset := _skip_blank(text, offset)) < len(text) and not (end and text.startswith(end, offset)):
        line, counted = line + text.count("\n", counted, offset), offset
        try:
            value, offset = decode(text, offset)
        except JSONDecodeError as error:
            yield JsonItem(line + text.count("\n", counted, error.pos), error=error.msg)
            parsed = _parse(text, offset)  # where only a key is twice, what follows can be read
            offset = parsed[1] if parsed else text.find("\n", max(error.pos, offset))
            if offset < 0 or (end and not parsed):
                return
        else:
            yield JsonItem(line, value)
    if end and offset >= len(text):
        yield JsonItem(line + text.count("\n", counted), error="invalid JSON: the list has no end")
