"""Put a data file in canonical form: the same tables and comments, written and spaced the same way everywhere."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DateError
from korea_cli.dates.parse import from_toml
from korea_cli.dates.spans import OPEN_END
from korea_cli.editing.canonical import canonical_value, is_bare
from korea_cli.editing.edits import Edit
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import end_of_line, newline_of, start_of_line
from korea_cli.model.records import EXTENDS, RECORDS, Event, Fact, Header, written_keys
from korea_cli.reading.statements import comments_in, statements_in
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.editing.edits import Tables
    from korea_cli.reading.statements import Statement

_ORDERS: dict[str, dict[str, int]] = {
    record.table: {EXTENDS: 0, **{key: number for number, key in enumerate(written_keys(record))}}
    for record in (Header, *RECORDS)
}
_SORTED = tuple(record.table for record in RECORDS if record is not Fact)  # the order of facts is their argument
_GAP = "  "  # between a value and a comment
_DIRECTIVE = "#:"  # what editors read at the top of a file


class _Block(NamedTuple):
    """Lines that belong together: those of a record with its comments, or comments by themselves."""

    lines: tuple[str, ...]
    table: str = ""


def formatting(*, sort: bool = False) -> Edit:
    """Return the edit that puts a file in canonical form; sort: events by date, sources, actors and topics by id."""
    return Edit(lambda text: format_text(text, sort=sort), _sort_tables if sort else lambda _: None)


def format_text(text: str, *, sort: bool = False) -> str:
    """Return a text, which must be valid TOML, in canonical form; raises UnsafeChangeError."""
    blocks = _BlockReader(text.replace("\r\n", "\n")).read()
    if sort:
        _sort_blocks(blocks, parse_document(Document(name="", path=None, text=text))[0].tables)
    new = "\n\n".join("\n".join(block.lines) for block in blocks)
    new = f"{new}\n".replace("\n", newline_of(text)) if new else ""
    if _comments(new) != _comments(text):
        raise UnsafeChangeError("a comment would be lost")
    return new


def _comments(text: str) -> list[str]:
    return sorted(comment.rstrip() for comment in comments_in(text))


class _BlockReader:
    """Splits a text, whose lines end in LF, into the blocks of its canonical form.

    Within a record every comment belongs to the key below it. Between records it belongs to the header or key that it
    touches, the header first; what touches neither is a block of its own.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: list[_Block] = []
        self._table = ""
        self._head: list[str] = []
        self._keys: list[tuple[int, list[str]]] = []
        self._end = 0  # of what was read, behind its last line
        self._tail = -1  # where tables within the record begin, which stay as they are

    def read(self) -> list[_Block]:
        """Return the blocks, in order."""
        for each in statements_in(self._text):
            if each.key is None:
                own = self._close(start_of_line(self._text, each.start), header=True)
                self._table, self._head = each.table, [*own, self._header_line(each)]
            elif each.is_header and self._tail < 0:
                self._tail = self._end
            elif self._tail < 0:
                above = self._lines_until(start_of_line(self._text, each.start))
                order = _ORDERS.get(self._table, {})
                rank = order.get(each.key, len(order))
                self._keys.append((rank, [*filter(None, above), *self._key_lines(each)]))
            self._end = end_of_line(self._text, each.end)
        self._close(len(self._text), header=False)
        return self._blocks

    def _lines_until(self, start: int) -> list[str]:
        return [line.strip() for line in self._text[self._end : start].split("\n")[:-1]]

    def _close(self, start: int, *, header: bool) -> list[str]:
        """End a record where what follows it begins; return the comments that belong to the header there."""
        lines = self._lines_until(start) if header else [*map(str.strip, self._text[self._end :].split("\n"))]
        groups = [list(group) for full, group in groupby(lines, bool) if full]
        own = groups.pop() if header and groups and lines[-1] else []
        foot = groups.pop(0) if self._end and groups and lines[0] else []
        if not self._end and own and own[0].startswith(_DIRECTIVE):
            groups.append([own.pop(0)])
        self._add_record(foot)
        self._blocks += [_Block(tuple(group)) for group in groups]
        return own

    def _add_record(self, foot: Sequence[str]) -> None:
        keys = [line for _, lines in sorted(self._keys, key=lambda key: key[0]) for line in lines]
        within = self._text[self._tail : self._end].removesuffix("\n").split("\n") if self._tail >= 0 else []
        lines = (*self._head, *keys, *within, *foot)
        if lines:
            self._blocks.append(_Block(lines, self._table))
        self._head, self._keys, self._tail = [], [], -1

    def _header_line(self, header: Statement) -> str:
        written = self._text[header.start : header.end]
        marks = ("[[", "]]") if written.startswith("[[") else ("[", "]")
        return self._with_comment(header, header.table.join(marks) if is_bare(header.table) else written)

    def _key_lines(self, each: Statement) -> list[str]:
        written = self._text[each.start : each.value].rstrip().removesuffix("=").rstrip()
        value = self._text[each.value : each.end]
        if is_bare(written.strip("\"'")):
            key = written.strip("\"'")
            new = f"{key} = {canonical_value(value, len(f'{key} = '))}"
        else:
            new = self._text[each.start : each.end]
        return self._with_comment(each, new).split("\n")

    def _with_comment(self, each: Statement, new: str) -> str:
        """Return a statement with the comment on its line, as far from it as it was if the statement is unchanged."""
        rest = self._text[each.end : end_of_line(self._text, each.end)].rstrip()
        comment = rest.lstrip()
        if not comment:
            return new
        blanks = rest.removesuffix(comment)
        wide = len(blanks) > len(_GAP) and not blanks.strip(" ")
        aligned = wide and new == self._text[each.start : each.end]  # aligned comments stay so
        return f"{new}{blanks if aligned else _GAP}{comment}"


def _sort_blocks(blocks: list[_Block], tables: Tables) -> None:
    """Sort the records of each table, in the places where such records stand."""
    for table in _SORTED:
        places = [number for number, block in enumerate(blocks) if block.table == table]
        order = _order(table, tables)
        if len(places) != len(order):
            raise UnsafeChangeError(f"not every record has a [[{table}]] header")
        found = [blocks[place] for place in places]
        for place, number in zip(places, order, strict=True):
            blocks[place] = found[number]


def _sort_tables(tables: Tables) -> None:
    for table in _SORTED:
        if table in tables:
            tables[table] = [tables[table][number] for number in _order(table, tables)]


def _order(table: str, tables: Tables) -> list[int]:
    """Return the numbers of the records of a table in sorted order."""
    try:
        ranks = [_rank(table, record) for record in tables.get(table, ())]
    except (DateError, LookupError, TypeError, ValueError, AttributeError) as error:
        what = "date" if table == Event.table else "id"
        raise UnsafeChangeError(f"one of its {table} has an invalid {what}") from error
    return sorted(range(len(ranks)), key=ranks.__getitem__)


def _rank(table: str, record: Tables) -> tuple[object, ...]:
    """Return the sort key of a record; an event that extends one elsewhere and has no date comes last."""
    if table != Event.table:
        return (str(record.get("id") or record[EXTENDS]),)
    if "date" not in record and EXTENDS in record:
        return (OPEN_END, OPEN_END)
    return from_toml(record["date"]).order
