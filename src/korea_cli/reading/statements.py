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
    seen = Counter[str]()
    table, entry = "", 0
    inner: str | None = None
    for begun, end in _spans(text, start):
        if header := _HEADER.match(text, begun, end):
            opening, table, inner = header[1], _unquoted(header[2]), header[3] and _unquoted(header[3])
            if inner is None:
                entry = seen[table] if opening == "[[" else 0
                seen[table] += 1
            else:
                entry = max(seen[table] - 1, 0)
            yield Statement(table, entry, inner, begun, begun, end)
        else:
            key = _KEY.match(text, begun, end)
            name, value = (_unquoted(key[1]), key.end()) if key else ("", begun)
            yield Statement(table, entry, name if inner is None else inner, begun, value, end)


def _spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each statement begins and ends."""
    begun, end, depth = -1, 0, 0
    for match in tokens_in(text, start):
        kind = match.lastgroup
        if kind == "newline":
            if depth == 0 and begun >= 0:
                yield begun, end
                begun = -1
        elif kind != "comment":
            begun, end = match.start() if begun < 0 else begun, match.end()
            depth += (kind == "open") - (kind == "close")
    if begun >= 0:
        yield begun, end


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


def _unquoted(part: str) -> str:
    if part[:1] == '"' and "\\" in part:
        return next(iter(parse(f"{part} = 0")))
    return part[1:-1] if part[:1] in {'"', "'"} else part
