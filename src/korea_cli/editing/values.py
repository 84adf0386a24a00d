"""Add a value to a list, remove one from it, or append to a text, and leave every other byte of the file as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.editing.edits import Edit, record_in, set_key, statement_of
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import end_of_line, find_record, newline_of, start_of_line
from korea_cli.editing.toml import INDENT, canonical_value, items_in, toml_value
from korea_cli.reading.statements import comments_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.editing.edits import Tables
    from korea_cli.editing.layout import RecordRef
    from korea_cli.reading.statements import Statement

_LONG = '"""'  # around a text over several lines


def add_value(ref: RecordRef, key: str, value: object, order: Sequence[str]) -> Edit:
    """Append a value to the list under a key."""

    def add_text(text: str) -> str:
        statement = statement_of(find_record(text, ref), key)
        if statement is None:
            return set_key(ref, key, [value], order).text(text)
        return _edit_list(text, statement, lambda old: _add_item(old, toml_value(value)))

    return Edit(add_text, lambda tables: record_in(tables, ref).setdefault(key, []).append(value))


def remove_value(ref: RecordRef, key: str, number: int, order: Sequence[str]) -> Edit:
    """Remove a value of the list under a key, by its number; a comment on its line stays."""

    def remove_text(text: str) -> str:
        statement = statement_of(find_record(text, ref), key)
        old = text[statement.value : statement.end] if statement else ""
        if statement and len(items_in(old)[0]) > 1:
            return _edit_list(text, statement, lambda old: _remove_item(old, number))
        if any(comments_in(old)):
            raise UnsafeChangeError(f"this is the last value of '{key}', and the list has comments", "use 'korea edit'")
        return set_key(ref, key, [], order).text(text)

    def remove_in(tables: Tables) -> None:
        record = record_in(tables, ref)
        del record[key][number]
        if not record[key]:
            del record[key]

    return Edit(remove_text, remove_in)


def join_texts(old: str, more: str) -> str:
    """Join two texts, with a space between unless there is one."""
    return f"{old}{more}" if not old or old[-1].isspace() or more[:1].isspace() else f"{old} {more}"


def append_text(ref: RecordRef, key: str, old: str, more: str, order: Sequence[str]) -> Edit:
    """Append to the text under a key."""
    whole = set_key(ref, key, join_texts(old, more), order)

    def add_text(text: str) -> str:
        statement = statement_of(find_record(text, ref), key)
        if statement is None or not text.startswith(_LONG, statement.value):
            return whole.text(text)
        end = statement.end - len(_LONG)
        return f"{text[:end]}{toml_value(join_texts(old, more).removeprefix(old))[1:-1]}{text[end:]}"

    return Edit(add_text, whole.tables)


def _edit_list(text: str, statement: Statement, edit: Callable[[str], str]) -> str:
    """Edit a list; one that is in canonical form stays so."""
    start, end = statement.value, statement.end
    before = start - start_of_line(text, start)
    old = text[start:end].replace("\r\n", "\n")
    new = edit(old)
    if canonical_value(old, before) == old:
        new = canonical_value(new, before)
    if sorted(comments_in(new)) != sorted(comments_in(old)):
        raise UnsafeChangeError("a comment among the values would be lost")
    return text[:start] + new.replace("\n", newline_of(text)) + text[end:]


def _add_item(text: str, item: str) -> str:
    items, close = items_in(text)[0], len(text) - 1
    if not items:
        line = start_of_line(text, close)
        return f"{text[:line]}{INDENT}{item},\n{text[line:]}" if line else f"[{item}]"
    last = items[-1]
    comma, behind = bool(last.comma), last.comma or last.end
    if "\n" not in text[last.end : close]:
        return f"{text[:behind]}{'' if comma else ','} {item}{text[behind:]}"
    next_line, line = end_of_line(text, behind), start_of_line(text, last.start)
    indent = text[line : len(text) - len(text[line:].lstrip(" \t"))] if line else INDENT
    above = f"{text[:behind]}{'' if comma else ','}{text[behind:next_line]}"
    return f"{above}{indent}{item}{',' if comma else ''}\n{text[next_line:]}"


def _remove_item(text: str, number: int) -> str:
    items = items_in(text)[0]
    item = items[number]
    start, behind = item.start, item.comma or item.end
    line, next_line = start_of_line(text, start), end_of_line(text, behind)
    rest = text[behind:next_line].lstrip(" \t")
    if line and not text[line:start].strip() and rest[:1] in {"#", "\n"}:
        return text[:line] + (text[line:start] + rest if rest != "\n" else "") + text[next_line:]
    if not item.comma and number:  # the last
        before = items[number - 1]
        return text[: before.end] + text[before.comma : start].rstrip(" \t") + text[item.end :]
    return text[:start] + text[behind:].removeprefix(" ")
