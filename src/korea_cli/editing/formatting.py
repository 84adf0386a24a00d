"""Put a data file in canonical form: the same tables and comments, written and spaced the same way everywhere."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DateError
from korea_cli.dates.parse import from_toml
from korea_cli.dates.spans import OPEN_END
from korea_cli.editing.canonical_records import ORDERS, canonical_parts
from korea_cli.editing.edits import Edit
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import end_of_line, newline_of, start_of_line
from korea_cli.editing.toml import canonical_value, is_bare
from korea_cli.model.records import EXTENDS, RECORDS, Event, Fact
from korea_cli.reading.pieces import parse
from korea_cli.reading.statements import comments_in, statements_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.editing.edits import Tables
    from korea_cli.reading.statements import Statement

_SORTED = tuple(record.table for record in RECORDS if record is not Fact)  # the order of facts is their argument
_GAP = "  "  # between a value and a comment
_DIRECTIVE = "#:"  # what editors read at the top of a file


class _Block(NamedTuple):
    """Lines that belong together: those of a record with its comments, or comments by themselves."""

    lines: Sequence[str]
    table: str = ""


def formatting(*, sort: bool = False) -> Edit:
    """Return the edit that puts a file in canonical form; sort: events by date, sources, actors and topics by id."""
    return Edit(lambda text: format_text(text, sort=sort), _sort_tables if sort else lambda _: None)


def format_text(text: str, *, sort: bool = False) -> str:
    """Return a text, which must be valid TOML, in canonical form; raises UnsafeChangeError."""
    parts = enumerate(canonical_parts(text.replace("\r\n", "\n")))
    blocks = [block for number, part in parts for block in _formatted(*part, is_first=not number)]
    if sort:
        _sort_blocks(blocks, parse(text))
    new = "\n\n".join("\n".join(block.lines) for block in blocks)
    return f"{new}\n".replace("\n", newline_of(text)) if new else ""


def _formatted(part: str, table: str, *, is_first: bool) -> list[_Block]:
    """Return the blocks of a part of a text; that of a table is a record in canonical form."""
    if table:
        return [_Block([part], table)]
    blocks = _blocks_of(part, is_first=is_first)
    if _comments("\n\n".join("\n".join(block.lines) for block in blocks)) != _comments(part):
        raise UnsafeChangeError("a comment would be lost")
    return blocks


def _comments(text: str) -> list[str]:
    return sorted(comment.rstrip() for comment in comments_in(text))


def _blocks_of(text: str, *, is_first: bool) -> list[_Block]:
    """Split a text, whose lines end in LF, into the blocks of its canonical form; is_first: whether it begins the file.

    Within a record every comment belongs to the key below it. Between records it belongs to the header or key that it
    touches, the header first; what touches neither is a block of its own.
    """
    records: list[list[Statement]] = [[]]
    for each in statements_in(text):
        if each.key is None:
            records.append([])
        records[-1].append(each)
    blocks: list[_Block] = []
    above: list[str] = []
    end = 0
    for record, following in zip(records, [*records[1:], []], strict=True):
        within, end = _record_lines(text, record, end)
        start = start_of_line(text, following[0].start) if following else len(text)
        lines = _stripped(text, end, start)
        groups = [list(group) for full, group in groupby(lines, bool) if full]
        own = groups.pop() if following and groups and lines[-1] else []
        foot = groups.pop(0) if end and groups and lines[0] else []
        if is_first and not end and own and own[0].startswith(_DIRECTIVE):
            groups.append([own.pop(0)])
        blocks += [_Block([*above, *within, *foot], record[0].table if record else ""), *map(_Block, groups)]
        above = own
    return [block for block in blocks if block.lines]


def _stripped(text: str, start: int, end: int) -> list[str]:
    return [line.strip() for line in text[start:end].removesuffix("\n").split("\n")]


def _record_lines(text: str, record: Sequence[Statement], end: int) -> tuple[list[str], int]:
    """Return the lines of a record that follows an offset, and where it ends; tables within it stay as they are."""
    head: list[str] = []
    keys: list[tuple[int, list[str]]] = []
    within: list[str] = []
    for each in record:
        if each.key is None:
            head = [_header_line(text, each)]
        elif each.is_header:
            last = end_of_line(text, record[-1].end)
            within, end = text[end:last].removesuffix("\n").split("\n"), last
            break
        else:
            order = ORDERS.get(each.table, {})
            above = _stripped(text, end, start_of_line(text, each.start))
            keys.append((order.get(each.key, len(order)), [*filter(None, above), *_key_lines(text, each)]))
        end = end_of_line(text, each.end)
    return [*head, *(line for _, lines in sorted(keys, key=itemgetter(0)) for line in lines), *within], end


def _header_line(text: str, header: Statement) -> str:
    written = text[header.start : header.end]
    marks = ("[[", "]]") if written.startswith("[[") else ("[", "]")
    return _with_comment(text, header, header.table.join(marks) if is_bare(header.table) else written)


def _key_lines(text: str, each: Statement) -> list[str]:
    key = text[each.start : each.value].rstrip().removesuffix("=").rstrip().strip("\"'")
    new = text[each.start : each.end]
    if is_bare(key):
        new = f"{key} = {canonical_value(text[each.value : each.end], len(f'{key} = '))}"
    return _with_comment(text, each, new).split("\n")


def _with_comment(text: str, each: Statement, new: str) -> str:
    """Return a statement with the comment on its line, as far from it as it was if the statement is unchanged."""
    rest = text[each.end : end_of_line(text, each.end)].rstrip()
    comment = rest.lstrip()
    if not comment:
        return new
    blanks = rest.removesuffix(comment)
    wide = len(blanks) > len(_GAP) and not blanks.strip(" ")
    aligned = wide and new == text[each.start : each.end]  # aligned comments stay so
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
        ranks = [rank_of(table, record) for record in tables.get(table, ())]
    except (DateError, LookupError, TypeError, ValueError, AttributeError) as error:
        what = "date" if table == Event.table else "id"
        raise UnsafeChangeError(f"one of its {table} has an invalid {what}") from error
    return sorted(range(len(ranks)), key=ranks.__getitem__)


def rank_of(table: str, record: Tables) -> tuple[object, ...]:
    """Return the sort key of a record; an event that extends one elsewhere and has no date comes last."""
    if table != Event.table:
        return (str(record.get("id") or record[EXTENDS]),)
    if "date" not in record and EXTENDS in record:
        return (OPEN_END, OPEN_END)
    return from_toml(record["date"]).order
