"""Find the line and column of each table and key of a TOML text; only problems need them."""

from __future__ import annotations

from typing import NamedTuple

from korea_cli.reading.statements import statements_in


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
