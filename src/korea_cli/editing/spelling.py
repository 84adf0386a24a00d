"""Write one value of a data file in canonical form, or leave it exactly as it is where that would be a risk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.editing.toml import INDENT, MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TOKEN = re.compile(
    r'(?P<long>"""|\'\'\')'  # begins a multi-line string: such a value is left alone
    r'|(?P<text>"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<newline>\n)"
    r"|(?P<blank>[ \t]+)"
    r"|(?P<mark>[\[\]{},=])"
    r"|(?P<word>[^\s\[\]{},=\"'\#]+)"
)
_NEEDS_ESCAPES = re.compile(r'["\\]')
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class _Token(NamedTuple):
    kind: str
    text: str

    @property
    def deeper(self) -> int:
        """By how much it changes the depth of lists and tables."""
        return 0 if self.kind != "mark" else (self.text in "[{") - (self.text in "]}")


class _ListItem(NamedTuple):
    """An item of a list: the comments above it, its tokens, the comment on its line."""

    above: Sequence[str]
    tokens: list[_Token]
    comment: str = ""


def is_bare(key: str) -> bool:
    """Whether a key needs no quotation marks."""
    return _BARE.fullmatch(key) is not None


def canonical_value(value: str, before: int = 0) -> str:
    """Return the canonical form of a value of a text whose lines end in LF; `before`: the columns before it.

    A list that is too wide for one line, or holds comments, has a line for each item. What holds multi-line strings, or
    comments deeper within, stays as it is.
    """
    tokens = [_Token(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(value)]
    if any(token.kind == "long" for token in tokens):
        return value
    if not value.startswith("["):
        return value if _needs_lines(tokens) else _on_one_line(tokens)
    items, last = _ListReader().read(tokens[1:-1])
    if any(_needs_lines(item.tokens) for item in items):
        return value
    if not last and not any(item.above or item.comment for item in items):
        line = f"[{', '.join(_on_one_line(item.tokens) for item in items)}]"
        if before + len(line) <= MAX_COLUMNS:
            return line
    return "\n".join(["[", *(INDENT + line for line in _lines(items, last)), "]"])


def _needs_lines(tokens: Iterable[_Token]) -> bool:
    """Whether tokens cannot be on one line: there is a comment among them, or a table over several lines."""
    tables = 0
    for kind, text in tokens:
        tables += (text == "{") - (text == "}") if kind == "mark" else 0
        if kind == "comment" or (kind == "newline" and tables):
            return True
    return False


class _ListReader:
    """Splits a list into its items, each with the comments above it and on its line."""

    def __init__(self) -> None:
        self._items: list[_ListItem] = []
        self._above: list[str] = []  # the next item
        self._same_line = self._within = False
        self._depth = 0

    def read(self, tokens: Iterable[_Token]) -> tuple[list[_ListItem], list[str]]:
        """Return the items, and the comments behind the last."""
        for token in tokens:
            if self._depth or token.kind in {"text", "word"} or token.deeper:
                self._add(token)
            elif token.kind == "mark":
                self._within = False
            elif token.kind == "comment":
                self._comment(token.text.rstrip())
            elif token.kind == "newline":
                self._same_line = False
            elif self._within:
                self._items[-1].tokens.append(token)
        return self._items, self._above

    def _add(self, token: _Token) -> None:
        if not self._within:
            self._items.append(_ListItem(self._above, []))
            self._above = []
        self._within = self._same_line = True
        self._depth += token.deeper
        self._items[-1].tokens.append(token)

    def _comment(self, text: str) -> None:
        if self._same_line and not self._items[-1].comment:
            self._items[-1] = self._items[-1]._replace(comment=text)
        else:
            self._above.append(text)


def _lines(items: Iterable[_ListItem], last: Iterable[str]) -> Iterator[str]:
    for item in items:
        yield from item.above
        yield f"{_on_one_line(item.tokens)},{f'  {item.comment}' if item.comment else ''}"
    yield from last


def _on_one_line(tokens: Iterable[_Token]) -> str:
    line, apart = "", False
    for kind, text in tokens:
        if kind in {"blank", "newline"}:
            apart = True  # as within `2017-05-25 09:10:00`
            continue
        if kind == "mark":
            line = _with_mark(line, text)
        else:
            after_word = apart and line[-1:] not in {"", " ", "["}
            line += f"{' ' if after_word else ''}{_quoted(text) if kind == 'text' else text}"
        apart = False
    return line


def _with_mark(line: str, mark: str) -> str:
    if mark in "[{":
        return f"{line}{'{ ' if mark == '{' else '['}"
    if mark == "]":
        return f"{line.removesuffix(', ')}]"
    if mark == "}":
        return f"{line.removesuffix(' ')}}}" if line.endswith("{ ") else f"{line.removesuffix(', ')} }}"
    return f"{line}, " if mark == "," else f"{line} = "


def _quoted(text: str) -> str:
    """Put a text in double quotation marks, unless something in it would have to be escaped."""
    return text if text.startswith('"') or _NEEDS_ESCAPES.search(text) else f'"{text[1:-1]}"'
