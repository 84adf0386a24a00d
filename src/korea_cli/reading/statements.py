"""Split a TOML text into its statements, headers and keys, and find the position of each."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.reading.pieces import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # a multi-line string may end with two more quotes
    r"|'''.*?'{3,5}"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\n]*'"
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<newline>\n)"
    r"|,|[^\s\[\]{},\"'\#]+",
    re.DOTALL,
)
_PART = r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[\w-]+)"""
_REST = rf"(?:[ \t]*\.[ \t]*{_PART})*[ \t]*"
_KEY = re.compile(rf"({_PART}){_REST}=[ \t]*")
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_PART})[ \t]*(?:\.[ \t]*({_PART}))?{_REST}\]")


class Statement(NamedTuple):
    """A header or a key with its value, by offsets into the text: it begins at `start`, its value at `value`.

    `end` is behind its last character, without a comment on the same line. It belongs to entry number `entry` (from 0)
    of `table`, which is "" outside all tables. key: None for a header; for a table within a record, and everything in
    it, the key of that table.
    """

    table: str
    entry: int
    key: str | None
    start: int
    value: int
    end: int

    @property
    def is_header(self) -> bool:
        """Whether it begins a table, a record or a table within a record."""
        return self.value == self.start


def statements_in(text: str, start: int = 0) -> Iterator[Statement]:
    """Yield every statement of a text, from an offset that is not within one. The text must be valid TOML."""
    tracker = _TableTracker(text)
    begun, end, depth = -1, 0, 0
    for match in tokens_in(text, start):
        kind = match.lastgroup
        if kind == "newline":
            if depth == 0 and begun >= 0:
                yield tracker.statement(begun, end)
                begun = -1
        elif kind != "comment":
            begun, end = match.start() if begun < 0 else begun, match.end()
            depth += (kind == "open") - (kind == "close")
    if begun >= 0:
        yield tracker.statement(begun, end)


def tokens_in(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yield every string, comma, word, bracket, comment and line break; the last four by the name of their group."""
    return _TOKEN.finditer(text, start)


def comments_in(text: str) -> Iterator[str]:
    """Yield every comment of a text, in order. The text must be valid TOML."""
    return (match[0] for match in tokens_in(text) if match.lastgroup == "comment")


class Position(NamedTuple):
    """The line and column of a table or key, and the column of the key's value; counted from 1."""

    line: int
    column: int
    value_column: int


Positions = dict[tuple[str, int, str | None], Position]


def positions_in(text: str) -> Positions:
    """Return the position of every table (key None) and of every key of it; a plain `[table]` has index 0.

    A key outside all tables is in table "". The text must be valid TOML.
    """
    positions: Positions = {}
    line, last = 1, 0
    for each in statements_in(text):
        line, last = line + text.count("\n", last, each.start), each.start
        before = text.rfind("\n", 0, each.start)
        position = Position(line, each.start - before, each.value - before)
        positions.setdefault((each.table, each.entry, each.key), position)
    return positions


class _TableTracker:
    """Keeps track of the table that each statement is in."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._seen: Counter[str] = Counter()
        self._table, self._entry = "", 0
        self._inner: str | None = None

    def statement(self, start: int, end: int) -> Statement:
        if header := _HEADER.match(self._text, start, end):
            opening, table, inner = header.groups()
            self._enter(opening, _unquoted(table), inner and _unquoted(inner))
            return Statement(self._table, self._entry, self._inner, start, start, end)
        key = _KEY.match(self._text, start, end)
        name, value = (_unquoted(key[1]), key.end()) if key else ("", start)
        return Statement(self._table, self._entry, name if self._inner is None else self._inner, start, value, end)

    def _enter(self, opening: str, table: str, inner: str | None) -> None:
        self._table, self._inner = table, inner
        if inner is not None:
            self._entry = max(self._seen[table] - 1, 0)
            return
        self._entry = self._seen[table] if opening == "[[" else 0
        self._seen[table] += 1


def _unquoted(part: str) -> str:
    if part[:1] == '"' and "\\" in part:
        return next(iter(parse(f"{part} = 0")))
    return part[1:-1] if part[:1] in {'"', "'"} else part
