"""Parse `key=value` as typed for `korea set`, and build the edit of it."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DateError, NotInListError, UsageError
from korea_cli.dates.parse import from_toml
from korea_cli.editing.edits import join_edits, set_key
from korea_cli.editing.outcome import value_words
from korea_cli.editing.values import add_value, append_text, join_texts, remove_value
from korea_cli.ingest.names.values import InvalidValue, InvalidValuesError, fit_value
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import file_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.ingest.names.registry import Registry
    from korea_cli.model.field_spec import Key

_ASSIGNMENT = re.compile(r"\s*([\w-]+?)\s*([+-]?=)(.*)", re.DOTALL)


class Assignment(NamedTuple):
    """One `key=value`: the key as a file has it, `=`, `+=` or `-=`, and the value: a text if it is typed."""

    key: str
    sign: str
    value: object

    def __str__(self) -> str:
        return f"{self.key}{self.sign}{self.value}"


def assign(located: LocatedRecord, assignments: Iterable[Assignment], registry: Registry) -> Edit:
    """Return the edit that makes some assignments; raises UsageError for those that do not fit."""
    builder = _EditBuilder(located, registry)
    for each in assignments:
        builder.assign(each)
    return builder.edit()


def build_edit(located: LocatedRecord, typed: Iterable[str], registry: Registry) -> Edit:
    """Return the edit that sets the values typed; raises UsageError for those that do not fit."""
    builder = _EditBuilder(located, registry)
    unknown = {f"{key}=": key for key in located.values if key not in file_keys(located.record)}
    for text in typed:
        if text in unknown:
            builder.remove_unknown(unknown[text])
        else:
            builder.assign(_assignment(text, file_keys(located.record), unknown.values()))
    return builder.edit()


def _assignment(text: str, known: Iterable[str], unknown: Iterable[str]) -> Assignment:
    """Parse `key=value`; `unknown` keys are in the record though no record should have them, and can be removed."""
    match = _ASSIGNMENT.fullmatch(text)
    if match is None:
        raise UsageError(f"'{text}' is not KEY=VALUE")
    if match[1] in unknown:
        raise UsageError(f"unknown key '{match[1]}'. Use {match[1]}= to remove it.")
    if match[1] not in known:
        raise NotInListError("key", match[1], tuple(known))
    if match[1] == "id":
        raise UsageError("use 'korea rename' to change an id; it also changes the references to it")
    return Assignment(*match.groups())


class _EditBuilder:
    """Builds the edits of assignments, one after the other, and tracks the values that the record then has."""

    def __init__(self, located: LocatedRecord, registry: Registry) -> None:
        self._located, self._registry, self._ref = located, registry, located.ref
        self._keys = file_keys(located.record)
        self._order = tuple(self._keys)
        self._now = dict(located.values)
        self._replaced: set[str] = set()  # lists that are given all their values
        self._edits: defaultdict[str, list[Edit]] = defaultdict(list)
        self._invalid: list[InvalidValue] = []
        self._first: dict[str, Assignment] = {}

    def assign(self, each: Assignment) -> None:
        """Apply an assignment; raises UsageError where its sign is not for its key."""
        key = self._keys[each.key]
        self._require_kept(each, key)
        if key.form in LISTS:
            (self._remove if each.sign == "-=" else self._add)(each, key)
        elif each.sign == "=":
            self._set(each, key)
        elif each.sign == "+=" and key.form == "text":
            self._append(each, key)
        elif each.sign == "+=":
            raise UsageError(f"'{each}': '{each.key}' has a single value. Use {each.key}={each.value} to replace it.")
        elif key.required:
            raise UsageError(f"'{each}': '{each.key}' is required. Use {each.key}=VALUE to change it.")
        else:
            raise UsageError(f"'{each}': '{each.key}' has a single value. Use {each.key}= to remove it.")

    def _require_kept(self, each: Assignment, key: Key) -> None:
        """Raise UsageError where an earlier assignment would be lost; all values of a list may be assigned singly."""
        earlier = self._first.get(each.key)
        if each.sign == "=" and earlier and not (key.form in LISTS and each.value and earlier.sign == "="):
            raise UsageError(f"'{earlier}' and '{each}' both set '{each.key}'. Keep one of them.")
        if each.value:
            self._first.setdefault(each.key, each)

    def remove_unknown(self, key: str) -> None:
        """Remove a key that no record has, whatever its value is."""
        self._now.pop(key)
        self._edits[key].append(set_key(self._ref, key, None, self._order))

    def edit(self) -> Edit:
        """Return all edits, except of keys that have their value already; raises InvalidValuesError."""
        if self._invalid:
            raise InvalidValuesError(self._invalid)
        for key in self._replaced:
            self._edits[key] = [set_key(self._ref, key, self._now[key], self._order)]
        return join_edits(chain(*(edits for key, edits in self._edits.items() if not self._is_unchanged(key))))

    def _is_unchanged(self, key: str) -> bool:
        old, new = self._located.values.get(key), self._now.get(key)
        if key in self._keys and self._keys[key].form == "date" and old is not None and new is not None:
            with suppress(DateError):
                return from_toml(old) == from_toml(new)
        return type(old) is type(new) and old == new != []

    def _fit(self, each: Assignment, key: Key) -> object:
        """Return a value as a file has it; None, and what is wrong is noted, where it does not fit."""
        if not each.value:
            return None
        typed = [each.value] if key.form in LISTS else each.value
        fit = fit_value(self._located.record, each.key, typed, self._registry, self._located.id)
        if isinstance(fit, InvalidValue):
            self._invalid.append(fit)
            return None
        return fit[0] if isinstance(fit, list) else fit

    def _set(self, each: Assignment, key: Key) -> None:
        if not each.value and key.required:
            self._invalid.append(InvalidValue(each.key, "is required"))
        self._now[each.key] = value = self._fit(each, key)
        self._edits[each.key].append(set_key(self._ref, each.key, value, self._order))

    def _append(self, each: Assignment, key: Key) -> None:
        old, more = self._now.get(each.key, ""), self._fit(each, key)
        if not isinstance(old, str):
            raise UsageError(f"'{each}': '{each.key}' is not a text. Use {each.key}={each.value} to replace it.")
        if isinstance(more, str):
            self._now[each.key] = join_texts(old, more)
            self._edits[each.key].append(append_text(self._ref, each.key, old, more, self._order))

    def _add(self, each: Assignment, key: Key) -> None:
        if each.sign == "=" and each.key not in self._replaced:
            self._replaced.add(each.key)
            self._now[each.key] = []
        values, value = self._values(each), self._fit(each, key)
        if value is not None and value not in values:
            values.append(value)
            if each.key not in self._replaced:
                self._edits[each.key].append(add_value(self._ref, each.key, value, self._order))

    def _remove(self, each: Assignment, key: Key) -> None:
        values, invalid = self._values(each), len(self._invalid)
        words = [value_words(value) for value in values]
        value = each.value if each.value in values else self._fit(each, key)
        del self._invalid[invalid:]  # a value can be removed as it is shown, whatever it is
        numbers = [number for number, one in enumerate(values) if one == value]
        numbers = numbers or [number for number, one in enumerate(words) if one == each.value]
        if not numbers:
            listed = ", ".join(f"'{one}'" for one in words) or "nothing"
            raise UsageError(f"'{each.value}' is not in '{each.key}', which has {listed}")
        for number in reversed(numbers):
            del values[number]
            if each.key not in self._replaced:
                self._edits[each.key].append(remove_value(self._ref, each.key, number, self._order))

    def _values(self, each: Assignment) -> list[object]:
        values = self._now.get(each.key, [])
        if not isinstance(values, list):
            value = each.value if each.sign == "+=" else ""
            raise UsageError(f"'{each}': '{each.key}' is not a list. Use {each.key}={value} to replace it.")
        self._now[each.key] = values = list(values)
        return values
