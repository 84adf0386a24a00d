"""Changes of a data file: each gives the new text, every byte besides as it was, and what that must then say.

A change is made twice, in the text and in the tables parsed of it, by means that have nothing in common. Only where the
new text parses to the changed tables does it count as made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from korea_cli.editing.layout import Entry, end_of_line, entries_in, start_of_line
from korea_cli.editing.toml import written_pair, written_value
from korea_cli.errors import KoreaError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.reading.statements import Statement

    Tables = dict[str, Any]

_BLANK_LINE = re.compile(r"[ \t]*\r?\n")
_BLANK_END = re.compile(r"(?:\r?\n[ \t]*)+\Z")


class Change(NamedTuple):
    """A change: what it makes of a text, and of the tables parsed of it, in place."""

    text: Callable[[str], str]
    tables: Callable[[Tables], object]


class UnsafeChangeError(KoreaError):
    """A change that cannot be made without touching something else, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def _message(self) -> str:
        return f"cannot change this by itself: {self.reason}; edit the file by hand"


def changed(text: str, change: Change) -> str:
    """Make a change; raises UnsafeChangeError where the text then says anything but what it should."""
    expected = tomli.loads(text)
    change.tables(expected)
    made = change.text(text)
    try:
        proved = tomli.loads(made) == expected
    except tomli.TOMLDecodeError:
        proved = False
    if not proved:
        raise UnsafeChangeError("the file is written in an unusual way")
    return made


def adding(table: str, written: Sequence[tuple[dict[str, Any], str]], before: int | None = None) -> Change:
    """Put records behind the last of their table, at the end where there is none, or before the record of a number.

    written: each as its values and as its text.
    """
    return inserting(table, {before: written})


def inserting(table: str, written: Mapping[int | None, Sequence[tuple[dict[str, Any], str]]]) -> Change:
    """Put records before several others of their table, by the numbers of those; None: as `adding` does."""
    last_first = sorted(written.items(), key=lambda each: (each[0] is None, each[0] or 0), reverse=True)

    def add_to(tables: Tables) -> None:
        records = tables.setdefault(table, [])
        for before, added in last_first:
            spot = len(records) if before is None else before
            records[spot:spot] = [dict(values) for values, _ in added]

    def add_text(text: str) -> str:
        entries = [entry for entry in entries_in(text) if entry.table == table]
        for before, added in last_first:
            spot = (entries[-1].end if before is None else entries[before].start) if entries else len(text)
            text = with_blocks(text, spot, [block for _, block in added])
        return text

    return Change(add_text, add_to)


def with_blocks(text: str, spot: int, blocks: Sequence[str]) -> str:
    """Put blocks of records at a place between two lines, each apart from its neighbours."""
    above, below, newline = text[:spot], text[spot:], newline_of(text)
    lines_end = not above or above.endswith("\n")
    apart = not above.strip() or above.endswith(("\n\n", "\n\r\n"))
    start = ("" if lines_end else newline) + ("" if apart else newline)
    end = newline if below and not _BLANK_LINE.match(below) else ""
    return above + start + newline.join(block.replace("\n", newline) for block in blocks) + end + below


def newline_of(text: str) -> str:
    """Give how lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def setting(table: str, number: int, key: str, value: Any, order: Sequence[str]) -> Change:  # noqa: ANN401 - any value
    """Give a key of a record a value; an empty one takes the key away. order: in which keys are written."""

    def set_in(tables: Tables) -> None:
        record = tables[table] if isinstance(tables[table], dict) else tables[table][number]
        if is_empty(value):
            record.pop(key, None)
        else:
            record[key] = value

    def set_text(text: str) -> str:
        entry = entry_of(text, table, number)
        statements = entry.keys.get(key, [])
        if len(statements) > 1 or any(each.value == each.start for each in statements):
            raise UnsafeChangeError(f"'{key}' is written as tables of its own")
        if is_empty(value):
            return _without_key(text, statements[0]) if statements else text
        if statements:
            spot = statements[0].value
            written = written_value(value, spot - start_of_line(text, spot)).replace("\n", newline_of(text))
            return text[:spot] + written + text[statements[0].end :]
        return _with_new_key(text, entry, key, value, order)

    return Change(set_text, set_in)


def is_empty(value: object) -> bool:
    """Say whether a value is as good as none."""
    return value is None or value is False or value in ("", [], ())


def entry_of(text: str, table: str, number: int) -> Entry:
    """Find a record in a text; raises UnsafeChangeError where it has no header of its own."""
    for entry in entries_in(text):
        if (entry.table, entry.number) == (table, number):
            return entry
    raise UnsafeChangeError(f"its record is not written as [[{table}]]")


def _without_key(text: str, statement: Statement) -> str:
    """Take a key away; a comment beside it stays."""
    start, end = start_of_line(text, statement.start), end_of_line(text, statement.end)
    beside = text[statement.end : end].lstrip(" \t")
    return text[:start] + (text[start : statement.start] + beside if beside.startswith("#") else "") + text[end:]


def _with_new_key(text: str, entry: Entry, key: str, value: Any, order: Sequence[str]) -> str:  # noqa: ANN401 - as above
    before = set(order[: order.index(key)])
    above = [each for name, statements in entry.keys.items() if name in before for each in statements[-1:]]
    spot, start = entry.header, entry.header
    if above:
        last = max(above, key=lambda each: each.end)
        spot, start = last.end, last.start
    indent = text[start_of_line(text, start) : start]
    end, newline = end_of_line(text, spot), newline_of(text)
    line = written_pair(key, value, indent).replace("\n", newline)
    return (
        f"{text[:end]}{line}{newline}{text[end:]}" if text[:end].endswith("\n") else f"{text}{newline}{line}{newline}"
    )


def removing(table: str, number: int) -> Change:
    """Take a record away, with the comments right above its header and the blank lines below it."""

    def remove_from(tables: Tables) -> None:
        del tables[table][number]
        if not tables[table]:
            del tables[table]

    def without(text: str) -> str:
        entry = entry_of(text, table, number)
        end = entry.end
        while blank := _BLANK_LINE.match(text, end):
            end = blank.end()
        above = text[: entry.start]
        if not text[end:]:  # no blank lines are left at the end of the file
            above = _BLANK_END.sub(newline_of(text), above) if above.strip() else ""
        return above + text[end:]

    return Change(without, remove_from)
