"""The actors that one cell names: several, if all of them are known, and each with its role in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.base.tokenize import name_key
from korea_cli.model.records import Actor
from korea_cli.query.resolve_names import nearest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.ingest.names.registry import Registry

_LISTED = 20  # names
_BETWEEN = re.compile(
    r"\s*[,/&\u3001\uff0c\uff0f\uff06]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE
)  # names, which may have such signs in them
_MORE = re.compile(r"[,/&\u3001\uff0c\uff0f\uff06(\[{<]|\sand\s", re.IGNORECASE)  # than one name may be in such a text
_IN_BRACKETS = re.compile(r"(?P<name>.*[^\s(])\s*\((?P<words>[^()]+)\)")
_BRACKET = re.compile(r"[(\[{<].*\S")
# In brackets after a name, other words may tell apart two of the same name.
_OFFICES = re.compile(
    r"\b(?:\w*minister|\w*president|ambassador|envoy|diplomat|secretary|spokes\w+|general|colonel|admiral|marshal"
    r"|commander|director|deputy|chief|leader|head|chair\w*|representative|senator|delegate|adviser|advisor|governor"
    r"|mayor|king|queen|prince|princess|emperor|chancellor|premier|official|officer|judge|prosecutor|professor|analyst"
    r"|expert|journalist|reporter|author|lawyer|member|\w*founder|ceo|negotiator|mediator|coordinator|commissioner)\b",
    re.IGNORECASE,
)


class UnclearNames(NamedTuple):
    """The names of actors in the cells of one sheet that can be read otherwise.

    roles: those with a role in brackets. bracketed: those whose brackets are no role, so that they are kept. together:
    those with commas that may be several new actors.
    """

    roles: dict[str, None]
    bracketed: dict[str, None]
    together: dict[str, None]


class ActorNames:
    """Reads the names of actors in the cells of one sheet; `unclear` are those that can be read otherwise."""

    def __init__(self, names: Registry) -> None:
        self._names, self.unclear = names, UnclearNames({}, {}, {})

    def read(self, text: str) -> list[object]:
        """Return each actor that a text names: its name, or its name and role."""
        if not _MORE.search(text):
            return [text]
        parts = [part for part in _BETWEEN.split(text) if part]
        unknown = len(parts) > 1 and not self._knows(text)
        several = unknown and all(map(self._knows_without, parts))
        if unknown and not several and "," in text:
            self.unclear.together[text] = None
        return [self._with_role(part) for part in (parts if several else [text])]

    def _knows(self, name: str) -> bool:
        try:
            return self._names.find(name, Actor.table) is not None
        except AmbiguousNameError:
            return True

    def _knows_without(self, name: str) -> bool:
        found = _IN_BRACKETS.fullmatch(name)
        return self._knows(name) or bool(found and self._knows(found["name"]))

    def _with_role(self, text: str) -> object:
        found = _IN_BRACKETS.fullmatch(text)
        if found is None or self._knows(text):
            if _BRACKET.search(text) and not self._knows(text):
                self.unclear.bracketed[text] = None
            return text
        if not _OFFICES.search(found["words"]):
            self.unclear.bracketed[text] = None
            return text
        self.unclear.roles[text] = None
        return {"name": found["name"], "role": found["words"].strip()}


def about_new(names: Sequence[str], known: Iterable[Actor], *, all_of_them: bool) -> list[str]:
    """Return sentences about new actors, or the first of them, each with the known one whose name comes nearest."""
    owners = {name_key(name): (each.name, each.id) for each in known for name in (each.name, *each.aliases)}
    listed = names if all_of_them else names[:_LISTED]
    near = {name: found[0][0] for name in listed if (found := nearest_of(name_key(name), owners))}
    others = [f"'{name}'" for name in listed if name not in near]
    more = [f"and {len(names) - len(listed):,} more (--dry-run lists all)"] if len(names) > len(listed) else []
    sentences = [f"new actor '{name}': the nearest known one is '{each}'" for name, each in near.items()]
    return sentences + ([f"new actors like no known one: {', '.join([*others, *more])}"] if others or more else [])
