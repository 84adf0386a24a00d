"""References to a record: a record with any cannot be removed, and all of them follow when it is renamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import UsageError
from korea_cli.editing.edits import Edit
from korea_cli.editing.errors import ReferredToError
from korea_cli.model.citation import ids_in
from korea_cli.model.records import EXTENDS, RECORDS, keys_of
from korea_cli.reading.statements import statements_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from korea_cli.editing.edits import Tables
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

    Forms = Mapping[str, Mapping[str, str]]  # by table and key, the forms of the keys that may refer

_NESTED = {"cites", "other_dates"}  # forms whose values have more than the id
_TEXT = r""""(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
# Records as most are written: their header, a header within, a key with a text or a list and nothing behind it.
_RECORD = re.compile(rf"\[\[({'|'.join(record.table for record in RECORDS)})\]\]")
_NEXT = re.compile(rf"\n(?={_RECORD.pattern})")
_INNER = re.compile(r"\n[ \t]*\[")
_LINE = re.compile(r"""([\w-]+) = (?:"[^"\\\n]*+"|\[(?:"[^"\\\n]*+"(?:, )?)*+\])(?=\r?(?:\n|\Z))""")
_SOURCES = re.compile(rf"""\bsources["']?\s*=\s*\[(?:{_TEXT}|\#[^\n]*+|[^]"'#])*+\]""")


def require_unreferred(draft: Draft, located: LocatedRecord) -> None:
    """Raise ReferredToError when anything refers to a record."""
    by = [
        f"{entry.type} '{entry.id}' ({key.written_as or name})"
        for referrer, name, key in referring_keys(draft, located)
        for entry, _ in draft.all_entries(referrer.table)
        if located.id in ids_in(getattr(entry, name))
    ]
    if by:
        raise ReferredToError(f"{located.record.type} '{located.id}'", by)


def referring_keys(draft: Draft, located: LocatedRecord) -> Iterator[tuple[type[Record], str, Key]]:
    """Yield the keys of each type of record under which the id of a record means that one.

    An id under a key that may mean several tables means the first of them that has it, as reading has it.
    """
    tables = {table for table in draft.records if any(entry.id == located.id for entry, _ in draft.all_entries(table))}
    yield from _keys_for(located.record.table, tables)


def _keys_for(table: str, tables: Collection[str]) -> Iterator[tuple[type[Record], str, Key]]:
    """Yield the keys under which an id means the record of a table; tables: all that have a record with it."""
    for referrer in RECORDS:
        for name, key in keys_of(referrer).items():
            if next((each for each in key.refers if each in tables), None) == table:
                yield referrer, name, key


def rename_record(located: LocatedRecord, new: str, draft: Draft) -> Edit:
    """Rename a record and every reference to it in all files; raises UsageError where the id is in use."""
    table, old = located.record.table, located.id
    if clash := next((entry for entry, _ in draft.all_entries(table) if entry.id == new), None):
        raise UsageError(f"the id '{new}' is already used at {clash.file}:{clash.line}")
    return _rename(table, old, new, referring_keys(draft, located))


def rename_ids(table: str, old: str, new: str, tables: Collection[str]) -> Edit:
    """Rename a record of a table and every reference to it in a file; tables: all that have a record with its id."""
    return _rename(table, old, new, _keys_for(table, tables))


def _rename(table: str, old: str, new: str, keys: Iterable[tuple[type[Record], str, Key]]) -> Edit:
    forms = _forms(table, keys)
    return redirect({**forms, table: {"id": "slug", **forms[table]}}, old, new)


def forms_of_references(located: LocatedRecord, draft: Draft) -> dict[str, dict[str, str]]:
    """Return, by table and key, the forms of the keys under which the id of a record means that one."""
    return _forms(located.record.table, referring_keys(draft, located))


def _forms(table: str, keys: Iterable[tuple[type[Record], str, Key]]) -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = {table: {EXTENDS: "slug"}}
    for referrer, name, key in keys:
        forms.setdefault(referrer.table, {})[key.written_as or name] = key.form
    return forms


def redirect(forms: Forms, old: str, new: str) -> Edit:
    """Return the edit that changes an id wherever a file has it under some keys."""
    return Edit(
        lambda text: _rename_in_text(text, forms, old, new), lambda tables: _rename_in_tables(tables, forms, old, new)
    )


def _rename_in_tables(tables: Tables, forms: Forms, old: str, new: str) -> None:
    for table, form_of in forms.items():
        if isinstance(records := tables.get(table), list):
            tables[table] = [_renamed(record, form_of, old, new) for record in records]


def _renamed(record: Any, form_of: Mapping[str, str], old: str, new: str) -> Any:  # noqa: ANN401 - whatever a file has
    """Return a record with another id; itself where it does not have the old one."""
    if not isinstance(record, dict):
        return record
    changed: Tables = {}
    for key, form in form_of.items():
        if key in record and may_have(record[key], form, old):
            value = redirect_value(record[key], form, old, new)
            if value != record[key]:
                changed[key] = value
    return record | changed if changed else record


def may_have(value: object, form: str, old: str) -> bool:
    """Whether the value of a key may refer to a record: false only where it certainly does not."""
    return (isinstance(value, str | list) and old in value) or form in _NESTED or not value


def redirect_value(value: Any, form: str, old: str, new: str) -> Any:  # noqa: ANN401 - whatever a file has
    """Return the value of a key that may refer to a record, with another id of that."""
    if isinstance(value, list):
        return [redirect_value(each, form, old, new) for each in value]
    if isinstance(value, dict):
        return value | {"sources": redirect_value(value["sources"], "cites", old, new)} if "sources" in value else value
    if value == old:
        return new
    cites = form == "cites" and isinstance(value, str) and value.startswith(f"{old}#")
    return f"{new}{str(value).removeprefix(old)}" if cites else value


def _rename_in_text(text: str, forms: Forms, old: str, new: str) -> str:
    reference = _reference_to(old)
    parts, done = [], 0
    for start, end in _spans(text, forms, reference):
        parts += [text[done:start], reference.sub(lambda _: new, text[start:end])]
        done = end
    return "".join((*parts, text[done:]))


def _reference_to(id_: str) -> re.Pattern[str]:
    """Return the pattern of an id at the beginning of a text; it begins with the letters, which are found fast."""
    letters = re.escape(id_)
    in_quotes = (rf"(?<={quote}{letters})(?=[{quote}#])" for quote in "\"'")
    return re.compile(f"{letters}(?:{'|'.join(in_quotes)})")


def _spans(text: str, forms: Forms, reference: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text with ids that may have to change, in order."""
    for start, end in _records_with(text, reference):
        plain = _plain_lines(text, start, end, reference)
        for each in statements_in(text, start) if plain is None else ():
            if each.start >= end:
                break
            form = forms.get(each.table, {}).get(each.key or "")
            if form == "other_dates":
                yield from (match.span() for match in _SOURCES.finditer(text, each.start, each.end))
            elif form:
                yield each.value, each.end
        yield from (span for table, key, span in plain or () if key in forms.get(table, {}))


def _records_with(text: str, reference: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where each record with a reference begins and ends; the whole text where a long text may look like one."""
    if '"""' in text or "'''" in text:
        yield 0, len(text)
        return
    end = 0
    for match in reference.finditer(text):
        if match.start() >= end:
            following = _NEXT.search(text, match.end())
            end = following.end() if following else len(text)
            yield _start_of_record(text, match.start()), end


def _start_of_record(text: str, at: int) -> int:
    """Return where the record begins that is at a place; 0 above all of them."""
    while (line := text.rfind("\n[[", 0, at)) >= 0 and not _RECORD.match(text, line + 1):
        at = line
    return line + 1


def _plain_lines(
    text: str, start: int, end: int, reference: re.Pattern[str]
) -> list[tuple[str, str, tuple[int, int]]] | None:
    """Return the lines of a record that have a reference, by table, key and span; None where one is not plain."""
    header = _RECORD.match(text, start)
    if not header or _INNER.search(text, header.end(), end):
        return None
    lines: list[tuple[str, str, tuple[int, int]]] = []
    done = start
    for match in reference.finditer(text, start, end):
        if match.start() >= done:
            line = _LINE.match(text, text.rfind("\n", 0, match.start()) + 1)
            if not line or line.end() <= match.start():
                return None
            lines.append((header[1], line[1], line.span()))
            done = line.end()
    return lines
