"""Records as JSON: an object a line, a list, or a document that korea printed; each with the line where it begins."""

from __future__ import annotations

import re
import sys
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from korea_cli.adding.fitting import Misfit
from korea_cli.base.nearest import nearest
from korea_cli.model.records import keys_of, written_keys
from korea_cli.reading.findings import LISTED
from korea_cli.rows.columns import columns_for, relations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.records import Record

_BLANK = re.compile(r"[\s,]*")
_PLAIN = JSONDecoder()
_OF_OUR_DOCUMENTS = "schema_version"


class RepeatedKeyError(ValueError):
    """An object of a JSON text that has a key twice: `str()` says so."""

    def __init__(self, key: str) -> None:
        super().__init__(f"has the key '{key}' twice")


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its keys and values, for a JSON decoder; raises RepeatedKeyError, which Python's does not."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise RepeatedKeyError(key)
        made[key] = value
    return made


_DECODER = JSONDecoder(object_pairs_hook=object_of)


class Item(NamedTuple):
    """A value of a JSON text, or why there is none, with the line where it begins."""

    line: int
    value: Any = None
    wrong: str = ""


def items_in(text: str, table: str) -> Iterator[Item]:
    """Yield every value of a text; of a list its members, of a document of ours those of the list of a table."""
    start = _past_blank(text, 0)
    document = _parsed(text, start) if text.startswith("{", start) else None
    if document is not None and _OF_OUR_DOCUMENTS in document[0]:
        keys = list(_keys(text, start))
        try:
            start = object_of(keys).get(table, len(text))
        except RepeatedKeyError as error:
            yield Item(text.count("\n", 0, start) + 1, wrong=str(error))
            return
    listed = text.startswith("[", start)
    yield from _Items(text).read(start + listed, end="]" if listed else "")


def _past_blank(text: str, spot: int) -> int:
    match = _BLANK.match(text, spot)
    return match.end() if match else spot


def _parsed(text: str, spot: int) -> tuple[Any, int] | None:
    try:
        return _PLAIN.raw_decode(text, spot)
    except (ValueError, RecursionError):
        return None


def _keys(text: str, spot: int) -> Iterator[tuple[str, int]]:
    """Yield the keys of the object at a place, each with the place of its value."""
    spot = _past_blank(text, spot + 1)
    while text.startswith('"', spot):
        key, spot = _PLAIN.raw_decode(text, spot)
        spot = _past_blank(text, text.index(":", spot) + 1)
        yield key, spot
        spot = _past_blank(text, _PLAIN.raw_decode(text, spot)[1])


class _Items:
    """Reads JSON values one after the other, counting lines."""

    def __init__(self, text: str) -> None:
        self._text, self._line, self._counted = text, 1, 0

    def read(self, spot: int, end: str) -> Iterator[Item]:
        """Give the values from a place on, up to a sign; after one that cannot be read, go on with the next line."""
        text = self._text
        while (spot := _past_blank(text, spot)) < len(text) and not (end and text.startswith(end, spot)):
            line = self._line_at(spot)
            try:
                value, spot = _DECODER.raw_decode(text, spot)
            except JSONDecodeError as error:
                yield Item(self._line_at(max(error.pos, spot)), wrong=f"is not JSON: {error.msg.lower()}")
                spot = text.find("\n", max(error.pos, spot))
                if end or spot < 0:
                    return
            except RepeatedKeyError as error:
                yield Item(line, wrong=str(error))
                if (parsed := _parsed(text, spot)) is None:
                    return
                spot = parsed[1]
            except RecursionError:
                yield Item(line, wrong="is nested too deep")
                return
            except ValueError:
                yield Item(line, wrong=f"holds a number of more than {sys.get_int_max_str_digits():,} digits")
                return
            else:
                yield Item(line, value)
        if end and spot >= len(text):
            yield Item(self._line_at(spot), wrong="is not JSON: the list has no end")

    def _line_at(self, spot: int) -> int:
        self._line += self._text.count("\n", self._counted, spot)
        self._counted = max(spot, self._counted)
        return self._line


def given_in(record: type[Record], value: Any) -> tuple[dict[str, Any], list[Misfit]]:  # noqa: ANN401 - of any form
    """Give what a JSON value says of a record, by key as a file has it; keys that korea adds by itself are left out."""
    if not isinstance(value, dict):
        return {}, [Misfit("", "must be an object, written {...}")]
    known = _known_keys(record)
    added = _added_keys(record)
    given: dict[str, Any] = {}
    misfits = []
    for key, each in value.items():
        if key in known and (key, each) != ("type", record.type):
            try:
                given[known[key]] = _plain(each)
            except RecursionError:
                misfits.append(Misfit(known[key], "is nested too deep"))
    if "type" in value and "type" not in known and value["type"] != record.type:
        misfits.append(Misfit("", f"is no {record.type}, but says that it is a '{value['type']}'"))
    unknown = [key for key in value if key not in known and key not in added and key != "type"]
    misfits += [Misfit("", f"has the unknown key '{key}'", nearest(key, known)) for key in unknown[:LISTED]]
    if len(unknown) > LISTED:
        misfits.append(Misfit("", f"has {len(unknown) - LISTED:,} more unknown keys"))
    return given, misfits


def _known_keys(record: type[Record]) -> dict[str, str]:
    """Give the keys that JSON and files have, each with that of a file."""
    keys = keys_of(record)
    written = written_keys(record)
    return {**{keys[name].shown_as or name: each for each, name in written.items()}, **{each: each for each in written}}


def _added_keys(record: type[Record]) -> set[str]:
    """Give the keys that JSON has and no file: they are found when a file is read."""
    nobody = cast("Any", None)  # which keys there are does not depend on the chronology
    return {column.key for column in (*columns_for(record, nobody), *relations_of(nobody, record.type))}


def _plain(value: Any) -> Any:  # noqa: ANN401 - of any form
    """Turn references and citations, which JSON spells out, into the ids that a file has."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict) and "id" in value:
        return f"{value['id']}#{value['locator']}" if value.get("locator") else value["id"]
    if isinstance(value, dict) and "date" in value:
        return {key: _plain(each) for key, each in value.items() if key not in {"earliest", "latest"} and each}
    return value
