"""Find the line and column of each table and key of a TOML text: TOML values carry none, and only problems need them."""

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
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<equals>=)|(?P<newline>\n)"
    r"|[^\s\[\]{}=\"'\#]+",
    re.DOTALL,
)


class Spot(NamedTuple):
    """Where a table or key stands, and the column of the key's value; all counted from 1."""

    line: int
    column: int
    value_column: int


Positions = dict[tuple[str, int, str], Spot]


def header_lines(text: str, table: str, count: int) -> list[int] | None:
    """Give the line of every `[[table]]`, quickly; None when the text has tricks that need `positions_in`.

    `count` is how many records were read: where the headers are as many, none of them stands inside a string.
    """
    lines, line, last = [], 1, 0
    for match in re.finditer(rf"^[ \t]*\[\[[ \t]*{table}[ \t]*\]\]", text, re.MULTILINE):
        line += text.count("\n", last, match.start())
        last = match.start()
        lines.append(line)
    return lines if len(lines) == count else None


def positions_in(text: str) -> Positions:
    """Give the place of every table (key "") and of every key of it; a plain `[table]` has index 0."""
    return _Scanner(text).positions


class _Scanner:
    """One pass over the tokens of a text, following brackets, so that only true headers and keys are noted."""

    def __init__(self, text: str) -> None:
        self.positions: Positions = {}
        self._seen: Counter[str] = Counter()
        self._table, self._index = "", 0
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
        end = self._text.find("\n", start)
        written = self._text[start : end if end >= 0 else None]
        if header := re.match(r"\[\[?\s*([^\]\s]+)\s*\]", written):
            self._begin(header[1], Spot(line, column, column), repeated=written.startswith("[["))
        elif key := re.match(r"""["']?([\w-]+)["']?[^=\n]*=\s*""", written):
            place = (self._table, self._index, key[1])
            self.positions.setdefault(place, Spot(line, column, column + key.end()))

    def _begin(self, table: str, spot: Spot, *, repeated: bool) -> None:
        if "." in table:  # a table inside a record: its keys belong to that record's key
            self.positions.setdefault((self._table, self._index, table.split(".")[1]), spot)
            return
        self._table, self._index = table, self._seen[table] if repeated else 0
        self._seen[table] += 1
        self.positions[table, self._index, ""] = spot
