"""Give a record another id, and everything that refers to it the new one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import UsageError
from korea_cli.editing.change import Change
from korea_cli.model.records import EXTENDS, RECORDS, keys_of
from korea_cli.reading.statements import statements_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.editing.files import Located
    from korea_cli.reading.draft import Draft

    Ids = Mapping[str, Mapping[str, Any]]

_TEXT = r""""(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
_SOURCES = re.compile(rf"""\bsources["']?\s*=\s*\[(?:{_TEXT}|\#[^\n]*+|[^]"'#])*+\]""")


def renaming(located: Located, new: str, draft: Draft) -> Change:
    """Rename a record, and every reference to it in all files of a draft; raises UsageError where the id is taken.

    An id under a key that may mean several tables means the first of them that has it, as reading has it.
    """
    table, old = located.record.table, located.id
    ids: Ids = {each: {entry.id: entry for entry, _ in draft.all_entries(each)} for each in draft.records}
    if taken := ids[table].get(new):
        raise UsageError(f"the id '{new}' is already used at {taken.file}:{taken.line}")
    keys = {record.table: _referring(record, table, old, ids) for record in RECORDS}
    keys[table] = {"id": "slug", EXTENDS: "slug", **keys[table]}
    return Change(
        lambda text: _renamed_in_text(text, keys, old, new), lambda tables: _rename_in_tables(tables, keys, old, new)
    )


def _referring(record: Any, table: str, old: str, ids: Ids) -> dict[str, str]:  # noqa: ANN401 - a type of record
    """Give the keys of a record type under which that id means a record of that table, each with its form."""
    keys: dict[str, str] = {}
    for name, key in keys_of(record).items():
        first = next((each for each in key.refers if old in ids[each]), table)
        if (table in key.refers and first == table) or (key.form == "other_dates" and table == "sources"):
            keys[key.written_as or name] = key.form
    return keys


def _rename_in_tables(tables: dict[str, Any], keys: Mapping[str, Mapping[str, str]], old: str, new: str) -> None:
    for table, named in keys.items():
        for record in tables.get(table, ()):
            for key in named.keys() & record.keys():
                record[key] = _renamed(record[key], named[key], old, new)


def _renamed(value: Any, form: str, old: str, new: str) -> Any:  # noqa: ANN401 - of any form
    if isinstance(value, list):
        return [_renamed(each, form, old, new) for each in value]
    if isinstance(value, dict):
        return value | {"sources": _renamed(value["sources"], "cites", old, new)} if "sources" in value else value
    if value == old:
        return new
    cited = form == "cites" and isinstance(value, str) and value.startswith(f"{old}#")
    return new + value.removeprefix(old) if cited else value


def _renamed_in_text(text: str, keys: Mapping[str, Mapping[str, str]], old: str, new: str) -> str:
    parts, done = [], 0
    for start, end in _spans(text, keys):
        written = re.compile(rf"""(["']){re.escape(old)}(?=\1|#)""")
        parts += [text[done:start], written.sub(lambda match: match[1] + new, text[start:end])]
        done = end
    return "".join((*parts, text[done:]))


def _spans(text: str, keys: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[int, int]]:
    """Yield where in a text ids stand that may have to change."""
    for each in statements_in(text):
        form = keys.get(each.table, {}).get(each.key or "")
        if form == "other_dates":
            yield from (match.span() for match in _SOURCES.finditer(text, each.start, each.end))
        elif form:
            yield each.value, each.end
