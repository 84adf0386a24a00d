"""Queries as documented: NOT binds tightest, then terms side by side, then AND, then OR; parentheses go first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import USAGE
from law.reading import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPERATORS = {"AND", "OR", "NOT"}
_SIGNS = {*OPERATORS, "(", ")"}
_PIECE = r'\(|\)|(?:[^\s()"]|"[^"]*")+'


class Group(NamedTuple):
    """Terms and groups: side by side (""), or joined by AND, OR or NOT."""

    joint: str
    parts: tuple[Group | str, ...]

    def terms(self) -> Iterator[str]:
        """Yield all terms within it."""
        for part in self.parts:
            yield from part.terms() if isinstance(part, Group) else (part,)

    def wanted(self) -> Iterator[str]:
        """Yield the terms that are not in something after NOT."""
        for part in self.parts if self.joint != "NOT" else ():
            yield from part.wanted() if isinstance(part, Group) else (part,)


def tokens_of(arguments: Sequence[str]) -> list[str]:
    """Split the arguments that are expressions; any other is one term."""
    tokens: list[str] = []
    for argument in map(str.strip, arguments):
        found = re.findall(_PIECE, argument)
        tokens += found if _SIGNS & set(found) else [argument]
    return tokens


def parse(arguments: Sequence[str], named: Sequence[str]) -> Group:
    """Read the arguments of a query, and the terms of options; raises Wrong for an expression that is not whole."""
    tokens = tokens_of(arguments)
    group = _any(tokens) if tokens else Group("", ())
    if tokens:
        raise Wrong(USAGE)
    if not named:
        return group
    return Group("", ((group,) if group.joint else group.parts) + tuple(named))


def _any(tokens: list[str]) -> Group:
    sides = [_all(tokens)]
    while tokens[:1] == ["OR"]:
        tokens.pop(0)
        sides.append(_all(tokens))
    return Group("OR", tuple(sides)) if len(sides) > 1 else sides[0]


def _all(tokens: list[str]) -> Group:
    sides = [_side(tokens)]
    while tokens[:1] == ["AND"]:
        tokens.pop(0)
        sides.append(_side(tokens))
    return Group("AND", tuple(sides)) if len(sides) > 1 else sides[0]


def _side(tokens: list[str]) -> Group:
    parts: list[Group | str] = []
    while tokens and tokens[0] not in {"AND", "OR", ")"}:
        parts.append(_part(tokens))
    if not parts:
        raise Wrong(USAGE)
    return Group("", tuple(parts))


def _part(tokens: list[str]) -> Group | str:
    piece = tokens.pop(0) if tokens else ")"
    if piece in {"AND", "OR", ")"}:
        raise Wrong(USAGE)
    if piece == "NOT":
        return Group("NOT", (_part(tokens),))
    if piece != "(":
        return piece
    group = _any(tokens)
    if tokens[:1] != [")"]:
        raise Wrong(USAGE)
    tokens.pop(0)
    return group
