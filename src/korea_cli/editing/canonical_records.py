"""Write the records of a text that are plain in canonical form: most are so, and need not be taken apart."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from korea_cli.editing.toml import MAX_COLUMNS
from korea_cli.model.header import Header
from korea_cli.model.records import EXTENDS, RECORDS, written_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDERS: dict[str, dict[str, int]] = {  # in which the keys of each table are written
    record.table: {EXTENDS: 0, **{key: number for number, key in enumerate(written_keys(record))}}
    for record in (Header, *RECORDS)
}
_TEXT = r'"[^"\\\x00-\x1f\x7f]*+(?:\\[nrt"\\][^"\\\x00-\x1f\x7f]*+)*+"'
_KEY = r"[A-Za-z0-9_-]++"
# A record of texts and lists of them, a key a line, without comments, with a blank line before it and behind it.
_RECORD = re.compile(
    rf"(?:(?<=\n\n)|\A)\[\[({'|'.join(record.table for record in RECORDS)})\]\]\n"
    rf"((?:{_KEY} = (?:{_TEXT}|\[{_TEXT}(?:, {_TEXT})*+\]|true)\n)++)(?=\n\[\[|\Z)"
)


def canonical_parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text whose lines end in LF: plain records in canonical form, with their table, and all else.

    Parts begin and end where a blank line separates them; these are left out. Where a text has long texts, it is one
    part: what looks like a record may be inside of one.
    """
    done = 0
    long = '"""' in text or "'''" in text
    for match in () if long else _RECORD.finditer(text):
        lines = match[2].split("\n")[:-1]
        if not any(line[-1] == "]" and len(line) > MAX_COLUMNS for line in lines):  # or it has a line for each item
            if text[done : match.start()].strip():
                yield text[done : match.start()], ""
            keys = tuple(line[: line.index(" ")] for line in lines)
            yield "\n".join((f"[[{match[1]}]]", *(lines[number] for number in _order(match[1], keys)))), match[1]
            done = match.end()
    if text[done:].strip() or not done:
        yield text[done:], ""


@cache
def _order(table: str, keys: tuple[str, ...]) -> list[int]:
    """Return the numbers of the keys of a record in the order of its table; others follow as they are."""
    order = ORDERS[table]
    return sorted(range(len(keys)), key=lambda number: order.get(keys[number], len(order)))
