"""Read `key=value` as typed, and make a change of it."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.adding.fitting import Misfit, UnfitValuesError, fitted_value
from korea_cli.adding.flags import other_date
from korea_cli.base.errors import DateError, NotInListError, UsageError
from korea_cli.dates.parse import from_toml
from korea_cli.editing.change import join_edits, set_key
from korea_cli.editing.elements import add_value, append_text, join_texts, remove_value
from korea_cli.editing.outcome import value_words
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import keys_of, written_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.adding.known import Known
    from korea_cli.editing.change import Edit
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.model.field_spec import Key

_ASSIGNMENT = re.compile(r"\s*([\w-]+?)\s*([+-]?=)(.*)", re.DOTALL)
_FLAGS = {"true": True, "yes": True, "false": False, "no": False, "": False}


class Assignment(NamedTuple):
    """One `key=value`: the key as a file has it, `=`, `+=` or `-=`, and the value typed."""

    key: str
    sign: str
    value: str

    def __str__(self) -> str:
        return f"{self.key}{self.sign}{self.value}"


def assigned(located: LocatedRecord, typed: Iterable[str], known: Known) -> Edit:
    """Return the change that gives a record the values typed; raises UsageError for those that do not fit."""
    assigning = _Assigning(located, known)
    unknown = {f"{key}=": key for key in located.values if key not in written_keys(located.record)}
    for text in typed:
        if text in unknown:
            assigning.remove(unknown[text])
        else:
            assigning.take(_assignment(text, written_keys(located.record), unknown.values()))
    return assigning.change()


def _assignment(text: str, known: Iterable[str], unknown: Iterable[str]) -> Assignment:
    """Read `key=value`; `unknown` are keys that the record has and no record should, which can only be removed."""
    match = _ASSIGNMENT.fullmatch(text)
    if match is None:
        raise UsageError(f"'{text}' is not KEY=VALUE")
    if match[1] in unknown:
        raise UsageError(f"unknown key '{match[1]}'; use {match[1]}= to remove it")
    if match[1] not in known:
        raise NotInListError("key", match[1], tuple(known))
    if match[1] == "id":
        raise UsageError("use 'korea rename' to change an id; it also changes the references to it")
    return Assignment(*match.groups())


class _Assigning:
    """Makes changes of assignments, one after the other, and keeps up with what the record then has."""

    def __init__(self, located: LocatedRecord, known: Known) -> None:
        self._located, self._known, self._spot = located, known, located.ref
        self._keys = keys_of(located.record)
        self._order = tuple(written_keys(located.record))
        self._now = dict(located.values)
        self._anew: set[str] = set()  # lists that are given all their values
        self._changes: dict[str, list[Edit]] = {}
        self._wrong: list[Misfit] = []

    def take(self, each: Assignment) -> None:
        """Read one more; raises UsageError where its sign is not for its key."""
        key = self._keys[written_keys(self._located.record)[each.key]]
        if key.form in LISTS and each.sign == "-=":
            self._remove(each, key)
        elif key.form in LISTS:
            self._add(each, key)
        elif each.sign == "=":
            self._set(each, key)
        elif each.sign == "+=" and key.form == "text":
            self._append(each, key)
        elif each.sign == "+=":
            raise UsageError(f"'{each}': '{each.key}' holds one value; use {each.key}={each.value}")
        elif key.required:
            raise UsageError(f"'{each}': '{each.key}' is needed and cannot be removed; {each.key}=VALUE changes it")
        else:
            raise UsageError(f"'{each}': '{each.key}' holds one value; use {each.key}= to remove it")

    def remove(self, key: str) -> None:
        """Remove a key that no record has, whatever its value is."""
        self._now.pop(key)
        self._note(key, set_key(self._spot, key, None, self._order))

    def change(self) -> Edit:
        """Return all of it, but for keys that have their value already; raises UnfitValuesError."""
        if self._wrong:
            raise UnfitValuesError(self._wrong)
        for key in self._anew:
            self._changes[key] = [set_key(self._spot, key, self._now[key], self._order)]
        return join_edits(chain(*(changes for key, changes in self._changes.items() if not self._is_as_it_was(key))))

    def _note(self, key: str, change: Edit) -> None:
        self._changes.setdefault(key, []).append(change)

    def _is_as_it_was(self, key: str) -> bool:
        old, new = self._located.values.get(key), self._now.get(key)
        name = written_keys(self._located.record).get(key)
        if name and self._keys[name].form == "date" and old is not None and new is not None:
            with suppress(DateError):
                return from_toml(old) == from_toml(new)
        return type(old) is type(new) and old == new != []

    def _fit(self, each: Assignment, key: Key) -> Any:  # noqa: ANN401 - of any form
        """Return a value as a file has it; None, and what is wrong is noted, where it does not fit."""
        value: Any = other_date(each.value) if key.form == "other_dates" else each.value
        if key.form == "flag" and each.value.casefold() in _FLAGS:
            return _FLAGS[each.value.casefold()]
        if key.form == "flag":
            fit: Any = Misfit(each.key, f"must be true or false, not '{each.value}'")
        else:
            listed = key.form in LISTS
            located = self._located
            fit = fitted_value(located.record, each.key, [value] if listed else value, self._known, located.id)
        if isinstance(fit, Misfit):
            self._wrong.append(fit)
            return None
        return fit[0] if key.form in LISTS else fit

    def _set(self, each: Assignment, key: Key) -> None:
        if not each.value and key.required:
            self._wrong.append(Misfit(each.key, "is needed"))
        value = self._fit(each, key) if each.value else None
        self._now[each.key] = value
        self._note(each.key, set_key(self._spot, each.key, value, self._order))

    def _append(self, each: Assignment, key: Key) -> None:
        old = self._now.get(each.key)
        if not isinstance(old, str | None):
            raise UsageError(f"'{each}': '{each.key}' does not hold a text; use {each.key}={each.value} to replace it")
        more = self._fit(each, key) if each.value else None
        if more:
            self._now[each.key] = join_texts(old or "", more)
            self._note(each.key, append_text(self._spot, each.key, old or "", more, self._order))

    def _add(self, each: Assignment, key: Key) -> None:
        if each.sign == "=" and each.key not in self._anew:
            self._anew.add(each.key)
            self._now[each.key] = []
        listed = self._listed(each)
        value = self._fit(each, key) if each.value else None
        if value is not None and value not in listed:
            listed.append(value)
            if each.key not in self._anew:
                self._note(each.key, add_value(self._spot, each.key, value, self._order))

    def _remove(self, each: Assignment, key: Key) -> None:
        listed, wrong = self._listed(each), len(self._wrong)
        shown = [value_words(value) for value in listed]
        value = each.value if each.value in listed else self._fit(each, key)
        del self._wrong[wrong:]  # what is there may be removed as it is shown, whatever it is
        numbers = _numbers(value, listed) or _numbers(each.value, shown)
        if not numbers:
            there = ", ".join(f"'{words}'" for words in shown) or "nothing"
            raise UsageError(f"'{each.key}' does not have '{each.value}'; it has {there}")
        for number in reversed(numbers):
            del listed[number]
            if each.key not in self._anew:
                self._note(each.key, remove_value(self._spot, each.key, number, self._order))

    def _listed(self, each: Assignment) -> list[Any]:
        """Return the values that a list has by now."""
        listed = self._now.get(each.key, [])
        if not isinstance(listed, list):
            value = each.value if each.sign == "+=" else ""
            raise UsageError(f"'{each}': '{each.key}' does not hold a list; use {each.key}={value} to replace it")
        self._now[each.key] = listed = list(listed)
        return listed


def _numbers(value: Any, listed: Sequence[Any]) -> list[int]:  # noqa: ANN401 - of any form
    """Return where in a list a value is: twice the same means the same as once."""
    return [number for number, each in enumerate(listed) if each == value]
