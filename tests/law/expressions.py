"""Queries as documented: NOT binds tightest, then terms side by side, then AND, then OR; parentheses go first.

A value in quotation marks is one value, whatever is in it; a backslash there keeps a mark, or a backslash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from korea_cli.base.errors import USAGE
from law.reading import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPERATORS = {"AND", "OR", "NOT"}
SIGNS = {*OPERATORS, "(", ")"}
QUOTES = ('""', "“”", "«»", "「」")
MARKS = "".join(QUOTES)
_KEPT = rf"\\[\\{MARKS}]"
_QUOTED = "|".join(rf"{pair[0]}(?:{_KEPT}|(?!{_KEPT})[^{pair}])*{pair[1]}" for pair in QUOTES)
_PIECE = rf"[()]|(?:[^\s(){MARKS}]*[:=])?(?:{_QUOTED})|[^\s()]+"
_NOT_CLOSED = rf"(?:[^\s(){MARKS}]*[:=])?[{MARKS}]"


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


def usual(arguments: Sequence[str]) -> list[str]:
    """Return arguments with the usual form of all letters and signs."""
    return [normalize("NFKC", argument).strip() for argument in arguments]


def tokens_of(arguments: Sequence[str]) -> list[str]:
    """Split the arguments that are expressions; any other is one term. Raises Wrong for a mark that is not closed."""
    tokens: list[str] = []
    for argument in usual(arguments):
        found = re.findall(_PIECE, argument)
        if any(re.match(_NOT_CLOSED, piece) and not is_quoted(piece) for piece in found):
            raise Wrong(USAGE)
        tokens += found if SIGNS & set(found) else [argument]
    return tokens


def is_quoted(text: str) -> bool:
    """Whether a text, or the value after a field, is in quotation marks."""
    return re.fullmatch(rf"(?:[^\s(){MARKS}]*[:=])?(?:{_QUOTED})", text) is not None


def unquoted(value: str) -> str:
    """Return what is in quotation marks, else the value."""
    found = re.fullmatch(_QUOTED, value)
    return re.sub(rf"\\([\\{MARKS}])", r"\1", value[1:-1]).strip() if found else value


def quoted(value: str, marks: str) -> str:
    """Return a value in quotation marks."""
    return marks[0] + re.sub(rf"[\\{MARKS}]", r"\\\g<0>", value) + marks[1]


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
