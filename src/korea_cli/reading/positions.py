"""Find the line and column of each table and key of a TOML text: its values carry none, and only problems need them."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # a multi-line string, its end may hold two quotes more
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<newline>\n)"
    r"|[^\s\[\]{}\"'\#]+",
    re.DOTALL,
)
_PART = r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[\w-]+)"""
_REST = rf"(?:[ \t]*\.[ \t]*{_PART})*[ \t]*"
_KEY = re.compile(rf"({_PART}){_REST}=[ \t]*")
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_PART})[ \t]*(?:\.[ \t]*({_PART}))?{_REST}\]")


class Spot(NamedTuple):
    """Where a table or key stands, and the column of the key's value; all counted from 1."""

    line: int
    column: int
    value_column: int


Positions = dict[tuple[str, int, str], Spot]


def positions_in(text: str) -> Positions:
    """Give the place of every table (key "") and of every key of it; a plain `[table]` has index 0.

    What stands before all tables is in table "". The text must be valid TOML.
    """
    return _Scanner(text).positions


class _Scanner:
    """One pass over the tokens of a text, following brackets, so that only true headers and keys are noted."""

    def __init__(self, text: str) -> None:
        self.positions: Positions = {}
        self._seen: Counter[str] = Counter()
        self._table, self._index = "", 0
        self._inside = False  # a table within a record, whose keys are not the record's own
        self._text = text
        self._scan()

    def _scan(self) -> None:
        line, line_start, depth, fresh = 1, 0, 0, True
        for match in _TOKEN.finditer(self._text):
            kind, token = match.lastgroup, match[0]
            if kind == "newline":
                line, line_start, fresh = line + 1, match.end(), depth == 0
                continue
            if fresh and not token.startswith("#"):
                self._note(match.start(), line, match.start() - line_start + 1)
                fresh = False
            depth += (kind == "open") - (kind == "close")
            breaks = token.count("\n")
            if breaks:
                line, line_start = line + breaks, match.start() + token.rindex("\n") + 1

    def _note(self, start: int, line: int, column: int) -> None:
        """Note what begins a line outside all brackets: a header or a key."""
        if header := _HEADER.match(self._text, start):
            opening, table, inner = header.groups()
            self._begin(opening, _unquoted(table), _unquoted(inner or ""), Spot(line, column, column))
        elif not self._inside and (key := _KEY.match(self._text, start)):
            spot = Spot(line, column, column + key.end() - start)
            self.positions.setdefault((self._table, self._index, _unquoted(key[1])), spot)

    def _begin(self, opening: str, table: str, inner: str, spot: Spot) -> None:
        self._inside = bool(inner)
        if inner:
            self.positions.setdefault((table, max(self._seen[table] - 1, 0), inner), spot)
            return
        self._table, self._index = table, self._seen[table] if opening == "[[" else 0
        self._seen[table] += 1
        self.positions[table, self._index, ""] = spot


def _unquoted(part: str) -> str:
    return part[1:-1] if part[:1] in {'"', "'"} else part
