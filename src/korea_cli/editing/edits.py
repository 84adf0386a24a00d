"""Changes of a data file that leave every other byte as it is.

An edit is made twice, in the text and in the tables parsed of it, by independent means. It counts as made only where
the new text parses to the changed tables.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import reduce
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import RecordRef, end_of_line, find_record, newline_of, start_of_line
from korea_cli.editing.toml import toml_pair, toml_value
from korea_cli.reading.statements import comments_in, statements_in
from korea_cli.reading.toml import parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from korea_cli.editing.layout import TableSpan
    from korea_cli.reading.statements import Statement
    from korea_cli.reading.toml import Document

    Tables = dict[str, Any]

_BLANK_LINE = re.compile(r"[ \t]*\r?\n")
_NO_SPACE = re.compile(r"\S")
_BLANK_END = re.compile(r"(?:\r?\n[ \t]*)+\Z")


class Edit(NamedTuple):
    """A change of a file: what it makes of the text, and of the tables parsed of it, in place."""

    text: Callable[[str], str]
    tables: Callable[[Tables], object]


def apply_edit(document: Document, edit: Edit) -> Document:
    """Make a change; raises UnsafeChangeError where the new text does not parse to what it should.

    The tables of the document become those that the new text must have.
    """
    changed = _copied(document.tables)
    edit.tables(changed)
    after, problem = parse_document(document.with_text(edit.text(document.text)), document.parsed)
    if problem or after.tables != changed:
        raise UnsafeChangeError(_apart(document) or "the file is written in an unusual way")
    document.tables.clear()
    document.tables.update(changed)
    return after


def _copied(tables: Tables) -> Tables:
    """Return tables whose lists of records can be changed; a record is copied before it is changed."""
    return {table: [*value] if isinstance(value, list) else deepcopy(value) for table, value in tables.items()}


def _apart(document: Document) -> str:
    """Name a table within a record that comes after another table."""
    here: tuple[object, ...] = ()
    for each in statements_in(document.text):
        if each.key is None:
            here = each[:2]
        elif each.is_header and each[:2] != here:
            return f"[{each.table}.{each.key}] does not directly follow its record"
    return ""


def join_edits(edits: Iterable[Edit]) -> Edit:
    """Return the edit that makes several, one after the other."""
    all_edits = list(edits)
    return Edit(
        lambda text: reduce(lambda done, edit: edit.text(done), all_edits, text),
        lambda tables: [edit.tables(tables) for edit in all_edits],
    )


def insert_records(table: str, groups: Mapping[int, Sequence[tuple[Mapping[str, object], str]]], total: int) -> Edit:
    """Insert groups of records, by the number that the first of each gets; total: how many records the table has.

    A record is its values and its text.
    """
    last_first = sorted(groups.items(), reverse=True)

    def insert_in(tables: Tables) -> None:
        records = tables.setdefault(table, [])
        for number, added in last_first:
            records[number:number] = [dict(values) for values, _ in added]

    def insert_text(text: str) -> str:
        offsets = [_offset_for(text, table, number, total) for number, _ in last_first]
        for offset, (_, added) in zip(offsets, last_first, strict=True):
            text = insert_blocks(text, offset, [block for _, block in added])
        return text

    return Edit(insert_text, insert_in)


def _offset_for(text: str, table: str, number: int, total: int) -> int:
    if number < total:
        return find_record(text, RecordRef(table, number, total)).start
    return find_record(text, RecordRef(table, total - 1, total)).end if total else len(text)


def insert_blocks(text: str, offset: int, blocks: Sequence[str]) -> str:
    """Insert blocks of records between two lines, with a blank line around each."""
    newline = newline_of(text)
    lines_end = not offset or text[offset - 1] == "\n"
    apart = text.endswith(("\n\n", "\n\r\n"), 0, offset) or not _NO_SPACE.search(text, 0, offset)
    start = ("" if lines_end else newline) + ("" if apart else newline)
    end = newline if offset < len(text) and not _BLANK_LINE.match(text, offset) else ""
    inserted = newline.join(block.replace("\n", newline) for block in blocks)
    return _replaced(text, offset, offset, f"{start}{inserted}{end}")


def _replaced(text: str, start: int, end: int, new: str) -> str:
    """Replace a part of a text, which may be large: it is copied as seldom as can be."""
    return "".join((text[:start], new, text[end:]))


def set_key(ref: RecordRef, key: str, value: object, order: Sequence[str]) -> Edit:
    """Set a key of a record; an empty value removes the key. order: in which keys are written."""

    def set_in(tables: Tables) -> None:
        record = record_in(tables, ref)
        if is_empty(value):
            record.pop(key, None)
        else:
            record[key] = value

    def set_text(text: str) -> str:
        span = find_record(text, ref)
        statement = statement_of(span, key)
        if statement is None:
            return text if is_empty(value) else _add_key(text, span, key, value, order)
        if any(comments_in(text[statement.value : statement.end])):
            raise UnsafeChangeError(
                f"'{key}' has comments between its values, which would be lost",
                "use += and -= for single values, or 'korea edit'",
            )
        if is_empty(value):
            return _remove_key(text, statement)
        start = statement.value
        new = toml_value(value, start - start_of_line(text, start)).replace("\n", newline_of(text))
        return _replaced(text, start, statement.end, new)

    return Edit(set_text, set_in)


def record_in(tables: Tables, ref: RecordRef) -> dict[str, Any]:
    """Return a record of copied tables, which can be changed; the header is the only one of its table."""
    found = tables[ref.table]
    record: dict[str, Any] = found if isinstance(found, dict) else deepcopy(found[ref.number])
    if record is not found:
        found[ref.number] = record
    return record


def statement_of(span: TableSpan, key: str) -> Statement | None:
    """Return the statement that sets a key; raises UnsafeChangeError where there is more than one."""
    statements = [each for each in span.statements if each.key == key]
    if len(statements) > 1 or any(each.is_header for each in statements):
        raise UnsafeChangeError(f"'{key}' is written as separate tables")
    return statements[0] if statements else None


def is_empty(value: object) -> bool:
    """Whether a value is written by leaving the key out."""
    return not value and (value is None or value is False or value in ("", [], ()))


def _remove_key(text: str, statement: Statement) -> str:
    """Remove a key; a comment on its line stays."""
    start, end = start_of_line(text, statement.start), end_of_line(text, statement.end)
    rest = text[statement.end : end].lstrip(" \t")
    kept = text[start : statement.start] + rest if rest.startswith("#") else ""
    return _replaced(text, start, end, kept)


def _add_key(text: str, span: TableSpan, key: str, value: object, order: Sequence[str]) -> str:
    header, *statements = span.statements
    before = set(order[: order.index(key)])
    own = takewhile(lambda each: not each.is_header, statements)
    above = [header, *(each for each in own if each.key in before)][-1]
    indent = text[start_of_line(text, above.start) : above.start]
    end, newline = end_of_line(text, above.end), newline_of(text)
    line = toml_pair(key, value, indent).replace("\n", newline)
    missing = "" if text[end - 1] == "\n" else newline
    return _replaced(text, end, end, f"{missing}{line}{newline}")


def remove_record(ref: RecordRef) -> Edit:
    """Remove a record, with the comments right above its header and the blank lines below it."""

    def remove_in(tables: Tables) -> None:
        del tables[ref.table][ref.number]
        if not tables[ref.table]:
            del tables[ref.table]

    def remove_text(text: str) -> str:
        span = find_record(text, ref)
        end = span.end
        while blank := _BLANK_LINE.match(text, end):
            end = blank.end()
        above = text[: span.start]
        if not text[end:]:  # no blank lines are left at the end of the file
            above = _BLANK_END.sub(newline_of(text), above) if above.strip() else ""
        return above + text[end:]

    return Edit(remove_text, remove_in)
