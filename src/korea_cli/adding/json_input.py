"""Records as JSON: an object a line, a list, or a document that korea printed; each with the line where it begins."""

from __future__ import annotations

import re
import sys
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from korea_cli.adding.fitting import InvalidValue
from korea_cli.base.nearest import nearest
from korea_cli.model.records import keys_of, written_keys
from korea_cli.reading.findings import LISTED
from korea_cli.rows.columns import columns_for, relations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.model.records import Record
    from korea_cli.rows.columns import Referrers

    Values = dict[str, object]

T = TypeVar("T")
_BLANK = re.compile(r"[\s,]*")
_PLAIN = JSONDecoder()
_IN_KOREA_DOCUMENTS = "schema_version"


class RepeatedKeyError(ValueError):
    """An object of a JSON text that has a key twice: `str()` is the message."""

    def __init__(self, key: str) -> None:
        super().__init__(f"has the key '{key}' twice")


def unique_keys(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return an object of its keys and values, for a JSON decoder; raises RepeatedKeyError, which Python's does not."""
    values: dict[str, T] = {}
    for key, value in pairs:
        if key in values:
            raise RepeatedKeyError(key)
        values[key] = value
    return values


_DECODER = JSONDecoder(object_pairs_hook=unique_keys)


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
            start = unique_keys(_keys(text, start)).get(table, len(text))
        except RepeatedKeyError as error:
            yield JsonItem(text.count("\n", 0, start) + 1, error=str(error))
            return
    listed = text.startswith("[", start)
    yield from _ItemReader(text).read(start + listed, end="]" if listed else "")


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


class _ItemReader:
    """Reads JSON values one after the other, counting lines."""

    def __init__(self, text: str) -> None:
        self._text, self._line, self._counted = text, 1, 0

    def read(self, offset: int, end: str) -> Iterator[JsonItem]:
        """Yield the values from an offset to a sign; after one that cannot be read, continue on the next line."""
        text = self._text
        while (offset := _skip_blank(text, offset)) < len(text) and not (end and text.startswith(end, offset)):
            line = self._line_at(offset)
            try:
                value, offset = _DECODER.raw_decode(text, offset)
            except JSONDecodeError as error:
                yield JsonItem(self._line_at(max(error.pos, offset)), error=f"invalid JSON: {error.msg.lower()}")
                offset = text.find("\n", max(error.pos, offset))
                if end or offset < 0:
                    return
            except RepeatedKeyError as error:
                yield JsonItem(line, error=str(error))
                if (parsed := _parse(text, offset)) is None:
                    return
                offset = parsed[1]
            except RecursionError:
                yield JsonItem(line, error="is nested too deeply")
                return
            except ValueError:
                yield JsonItem(line, error=f"has a number of more than {sys.get_int_max_str_digits():,} digits")
                return
            else:
                yield JsonItem(line, value)
        if end and offset >= len(text):
            yield JsonItem(self._line_at(offset), error="invalid JSON: the list has no end")

    def _line_at(self, offset: int) -> int:
        self._line += self._text.count("\n", self._counted, offset)
        self._counted = max(offset, self._counted)
        return self._line


def read_object(record: type[Record], value: object) -> tuple[Values, list[InvalidValue]]:
    """Return the values of a record in JSON, by key as a file has it, without the keys that korea adds by itself."""
    if not isinstance(value, dict):
        return {}, [InvalidValue("", "must be an object, written {...}")]
    keys = {keys_of(record)[name].shown_as or name: written for written, name in written_keys(record).items()}
    keys |= {written: written for written in written_keys(record)}
    values: Values = {}
    invalid = []
    for key, each in value.items():
        if key in keys and (key, each) != ("type", record.type):
            try:
                values[keys[key]] = _plain(each)
            except RecursionError:
                invalid.append(InvalidValue(keys[key], "is nested too deeply"))
    if "type" in value and "type" not in keys and value["type"] != record.type:
        invalid.append(InvalidValue("", f"must have the type '{record.type}', not '{value['type']}'"))
    nobody = cast("Referrers", None)  # which keys there are does not depend on the chronology
    derived = {column.key for column in (*columns_for(record, nobody), *relations_of(nobody, record.type))}
    unknown = [key for key in value if key not in keys and key not in derived and key != "type"]
    invalid += [InvalidValue("", f"unknown key '{key}'", nearest(key, keys)) for key in unknown[:LISTED]]
    if len(unknown) > LISTED:
        invalid.append(InvalidValue("", f"has {len(unknown) - LISTED:,} more unknown keys"))
    return values, invalid


def _plain(value: object) -> object:
    """Replace references and citations, which JSON spells out, by the ids that a file has."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict) and "id" in value:
        return f"{value['id']}#{value['locator']}" if value.get("locator") else value["id"]
    if isinstance(value, dict) and "date" in value:
        return {key: _plain(each) for key, each in value.items() if key not in {"earliest", "latest"} and each}
    return value
