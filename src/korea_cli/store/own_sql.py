"""What engines look for in the SQL that this program writes: they may answer it in another way."""

from __future__ import annotations

import re

# A table that takes the place of `entry`, as it was on some day.
OTHER_ENTRY = re.compile(r"\bentry AS (?:NOT MATERIALIZED )?\(")


def closing(sql: str, place: int, signs: str = "()") -> int:
    """Return where the parentheses end that are open at a place; the length where none are. No text in it has one.

    signs: what opens and closes them, which is the other way round in a text that is read from its end.
    """
    depth = 1
    for at in range(place, len(sql)):
        depth += (sql[at] == signs[0]) - (sql[at] == signs[1])
        if not depth:
            return at
    return len(sql)
