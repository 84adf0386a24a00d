"""Read `key=value` as typed, and make a change of it."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Any

from korea_cli.editing.change import Change, UnsafeChangeError, setting
from korea_cli.errors import NotInListError, UsageError
from korea_cli.model import keys_of, written_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.editing.files import Located
    from korea_cli.model import Header, Record

_ASSIGNMENT = re.compile(r"\s*([\w-]+?)\s*([+-]?=)(.*)", re.DOTALL)
_LISTS = {"texts", "refs", "cites"}
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def assigned(located: Located, typed: Iterable[str]) -> Change:
    """Give the change that gives a record the values typed; raises UsageError for what is no such thing."""
    values = values_of(located.record, typed, located.values)
    if "id" in values:
        raise UsageError("an id is changed by 'korea rename', which changes it wherever it is referred to")
    order = tuple(written_keys(located.record))
    changes = [setting(located.record.table, located.number, key, value, order) for key, value in values.items()]
    return Change(
        lambda text: reduce(lambda made, change: change.text(made), changes, text),
        lambda tables: [change.tables(tables) for change in changes],
    )


def values_of(record: type[Record | Header], typed: Iterable[str], now: dict[str, Any]) -> dict[str, Any]:
    """Read values as typed, by key as a file has it; `now` are those that lists are added to or taken from."""
    values: dict[str, Any] = {}
    for text in typed:
        match = _ASSIGNMENT.fullmatch(text)
        if match is None:
            raise UsageError(f"'{text}' is not KEY=VALUE")
        key, sign, value = match.groups()
        form = form_of(record, key)
        if form in _LISTS:
            before = values.get(key, [] if sign == "=" else now.get(key, []))
            values[key] = _listed(before, sign, value)
        elif sign == "=":
            values[key] = value_of(form, key, value)
        else:
            raise UsageError(f"'{text}': '{key}' holds one value; write {key}={value}")
    return values


def form_of(record: type[Record | Header], key: str) -> str:
    """Give the form of a key as a file has it; raises NotInListError for one that records of that type lack."""
    known = written_keys(record)
    if key not in known:
        raise NotInListError("key", key, tuple(known))
    return keys_of(record)[known[key]].form


def _listed(before: list[Any], sign: str, value: str) -> list[Any]:
    if not value:
        return before
    others = [each for each in before if each != value]
    if sign == "-=":
        if len(others) == len(before):
            raise UsageError(f"there is no '{value}' to take away; there are: {', '.join(map(str, before)) or 'none'}")
        return others
    return [*others, value]


def value_of(form: str, key: str, value: str) -> Any:  # noqa: ANN401 - of any form
    """Read one value; whether it fits its key is seen when the file is read."""
    if form == "other_dates":
        raise UnsafeChangeError(f"'{key}' holds more than a line can say")
    if form == "flag":
        if value.casefold() not in {*_FLAGS, ""}:
            raise UsageError(f"'{key}={value}': write {key}=true or {key}=false")
        return _FLAGS.get(value.casefold(), False)
    if form == "whole":
        if not value.isdecimal():
            raise UsageError(f"'{key}={value}': write a whole number")
        return int(value)
    return value
