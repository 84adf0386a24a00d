"""Values of JSON: counted, each under its path; and keys that an object has more than once, which reject it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import SheetRow, object_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_LONGEST = 40  # letters of a value
_TWICE = 2
EMPTY: tuple[object, ...] = (None, "", [], {})  # no values; false and 0 are


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedKey:
    """The values of a key that an object has more than once, instead of one of them."""

    key: str
    values: tuple[object, ...]

    @property
    def often(self) -> str:
        """How often the object has it, in words."""
        return "twice" if len(self.values) == _TWICE else f"{len(self.values):,} times"


def with_repeated(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return an object of its keys and values, with all values of a key that it has more than once."""
    values: dict[str, object] = {}
    for key, value in pairs:
        if key not in values:
            values[key] = value
        elif isinstance(known := values[key], RepeatedKey):
            values[key] = RepeatedKey(key=key, values=(*known.values, value))
        else:
            values[key] = RepeatedKey(key=key, values=(known, value))
    return values


def repeated_in(value: object) -> Iterator[tuple[str, RepeatedKey]]:
    """Yield the repeated keys in a value, each with its path."""
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        path, each = waiting.pop()
        if isinstance(each, RepeatedKey):
            yield path, each
        elif isinstance(each, dict):
            waiting += [(f"{path}.{key}" if path else key, inner) for key, inner in each.items() if _may_have(inner)]
        elif isinstance(each, list):
            waiting += [(f"{path}[]", inner) for inner in each if _may_have(inner)]


def _may_have(value: object) -> bool:
    return isinstance(value, dict | list | RepeatedKey)


def row_of(number: int, record: object) -> SheetRow:
    """Return the row of a value of JSON; one with a key more than once has the reason why it is rejected."""
    row, found = object_row(number, record), next(repeated_in(record), None)
    if found is None or not isinstance(row.cells, dict):
        return row
    path, repeated = found
    values = " and ".join(_short(each) for each in repeated.values)
    cells = {name: _plain(each) for name, each in row.cells.items()}
    return SheetRow(number, cells, f"has the key '{path}' {repeated.often}: {values}")


def _short(value: object) -> str:
    text = json.dumps(_plain(value), ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _plain(value: object) -> object:
    """Return a value with a list of their values for repeated keys."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, RepeatedKey | list):
        return [_plain(each) for each in (value.values if isinstance(value, RepeatedKey) else value)]
    return value


def count_values(path: str, value: object) -> Counter[str]:
    """Return how many values are in one, by path, such as `media[].url`."""
    counts: Counter[str] = Counter()
    if isinstance(value, dict):
        for name, each in value.items():
            counts += count_values(f"{path}.{name}" if path else name, each)
    elif isinstance(value, list):
        for each in value:
            counts += count_values(f"{path}[]" if isinstance(each, dict) else path, each)
    elif isinstance(value, RepeatedKey):
        for each in value.values:
            counts += count_values(path, each)
    elif value not in EMPTY:
        counts[path] = 1
    return counts
