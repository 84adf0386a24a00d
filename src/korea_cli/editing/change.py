"""Changes of a data file: each gives the new text, every byte besides as it was, and what that must then say.

A change is made twice, in the text and in the tables parsed of it, by means that have nothing in common. Only where the
new text parses to the changed tables does it count as made.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from itertools import chain, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import KoreaError
from korea_cli.editing.layout import Entry, Spot, end_of_line, entries_in, entry_at, start_of_line
from korea_cli.editing.toml import written_pair, written_value
from korea_cli.reading.statements import comments_in, statements_in
from korea_cli.reading.toml import parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from korea_cli.reading.statements import Statement
    from korea_cli.reading.toml import Document

    Tables = dict[str, Any]

_BLANK_LINE = re.compile(r"[ \t]*\r?\n")
_BLANK_END = re.compile(r"(?:\r?\n[ \t]*)+\Z")


class Change(NamedTuple):
    """A change: what it makes of a text, and of the tables parsed of it, in place."""

    text: Callable[[str], str]
    tables: Callable[[Tables], object]


class UnsafeChangeError(KoreaError):
    """A change that cannot be made without touching something else: why, and what to do instead."""

    def __init__(self, reason: str, instead: str = "edit the file by hand") -> None:
        super().__init__(reason, instead)
        self.reason, self.instead = reason, instead

    def _message(self) -> str:
        return f"cannot change this by itself: {self.reason}; {self.instead}"


def changed(document: Document, change: Change) -> Document:
    """Make a change; raises UnsafeChangeError where the text then says anything but what it should.

    The tables of the document become what those of the new text must be.
    """
    change.tables(document.tables)
    after, problem = parse_document(replace(document, text=change.text(document.text), tables={}))
    if problem or after.tables != document.tables:
        apart = next(
            map("'{0.table}.{0.key}' is written as a table apart from its record".format, _apart(document)), ""
        )
        raise UnsafeChangeError(apart or "the file is written in an unusual way")
    return after


def _apart(document: Document) -> Iterator[Statement]:
    """Yield the tables within records that stand below another table."""
    here: tuple[object, ...] = ()
    for each in statements_in(document.text):
        if each.key is None:
            here = each[:2]
        elif each.is_header and each[:2] != here:
            yield each


def all_of(changes: Iterable[Change]) -> Change:
    """Return the change that makes several, one after the other."""
    made = list(changes)
    return Change(
        lambda text: reduce(lambda done, change: change.text(done), made, text),
        lambda tables: [change.tables(tables) for change in made],
    )


def inserting(table: str, written: Mapping[int | None, Sequence[tuple[dict[str, Any], str]]], of: int = 0) -> Change:
    """Put records before others of their table, by the numbers of those; None: behind the last, or at the end.

    written: each as its values and as its text. of: how many records the table has, where that is known.
    """
    last_first = sorted(written.items(), key=lambda each: (each[0] is None, each[0] or 0), reverse=True)

    def add_to(tables: Tables) -> None:
        records = tables.setdefault(table, [])
        for before, added in last_first:
            spot = len(records) if before is None else before
            records[spot:spot] = [dict(values) for values, _ in added]

    def add_text(text: str) -> str:
        spots = [_spot(text, Spot(table, -1 if before is None else before, of)) for before, _ in last_first]
        for spot, (_, added) in zip(spots, last_first, strict=True):
            text = with_blocks(text, spot, [block for _, block in added])
        return text

    return Change(add_text, add_to)


def _spot(text: str, spot: Spot) -> int:
    """Say where a record goes that is put before another, or with -1 behind the last."""
    if spot.number >= 0:
        return entry_of(text, spot).start
    if spot.of:
        return entry_of(text, spot._replace(number=spot.of - 1)).end
    return next((entry.end for entry in reversed([*entries_in(text)]) if entry.table == spot.table), len(text))


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


def setting(spot: Spot, key: str, value: Any, order: Sequence[str]) -> Change:  # noqa: ANN401 - any value
    """Give a key of a record a value; an empty one removes the key. order: in which keys are written."""

    def set_in(tables: Tables) -> None:
        record = tables[spot.table][spot.number]
        if is_empty(value):
            record.pop(key, None)
        else:
            record[key] = value

    def set_text(text: str) -> str:
        entry = entry_of(text, spot)
        statement = statement_of(entry, key)
        if statement is None:
            return text if is_empty(value) else _with_new_key(text, entry, key, value, order)
        if any(comments_in(text[statement.value : statement.end])):
            raise UnsafeChangeError(
                f"'{key}' has comments among its values, which would be lost",
                "add single values with += and remove them with -=, or use 'korea edit'",
            )
        if is_empty(value):
            return _without_key(text, statement)
        at = statement.value
        written = written_value(value, at - start_of_line(text, at)).replace("\n", newline_of(text))
        return text[:at] + written + text[statement.end :]

    return Change(set_text, set_in)


def statement_of(entry: Entry, key: str) -> Statement | None:
    """Return the statement that gives a key its value; raises UnsafeChangeError where it is more than one."""
    statements = entry.keys.get(key, [])
    if len(statements) > 1 or any(each.is_header for each in statements):
        raise UnsafeChangeError(f"'{key}' is written as tables of its own")
    return statements[0] if statements else None


def is_empty(value: object) -> bool:
    """Say whether a value is as good as none."""
    return value is None or value is False or value in ("", [], ())


def entry_of(text: str, spot: Spot) -> Entry:
    """Find a record in a text; raises UnsafeChangeError where it has no header of its own."""
    try:
        return entry_at(text, spot)
    except LookupError:
        raise UnsafeChangeError(f"its record is not written as [[{spot.table}]]") from None


def _without_key(text: str, statement: Statement) -> str:
    """Take a key away; a comment beside it stays."""
    start, end = start_of_line(text, statement.start), end_of_line(text, statement.end)
    beside = text[statement.end : end].lstrip(" \t")
    return text[:start] + (text[start : statement.start] + beside if beside.startswith("#") else "") + text[end:]


def _with_new_key(text: str, entry: Entry, key: str, value: Any, order: Sequence[str]) -> str:  # noqa: ANN401 - as above
    before = set(order[: order.index(key)])
    own = takewhile(lambda each: not each.is_header, sorted(chain(*entry.keys.values()), key=attrgetter("start")))
    above = [each for each in own if each.key in before]
    spot, start = entry.header, entry.header
    if above:
        spot, start = above[-1].end, above[-1].start
    indent = text[start_of_line(text, start) : start]
    end, newline = end_of_line(text, spot), newline_of(text)
    line = written_pair(key, value, indent).replace("\n", newline)
    return (
        f"{text[:end]}{line}{newline}{text[end:]}" if text[:end].endswith("\n") else f"{text}{newline}{line}{newline}"
    )


def removing(spot: Spot) -> Change:
    """Remove a record, with the comments right above its header and the blank lines below it."""

    def remove_from(tables: Tables) -> None:
        del tables[spot.table][spot.number]
        if not tables[spot.table]:
            del tables[spot.table]

    def without(text: str) -> str:
        entry = entry_of(text, spot)
        end = entry.end
        while blank := _BLANK_LINE.match(text, end):
            end = blank.end()
        above = text[: entry.start]
        if not text[end:]:  # no blank lines are left at the end of the file
            above = _BLANK_END.sub(newline_of(text), above) if above.strip() else ""
        return above + text[end:]

    return Change(without, remove_from)
