"""Follow records that one side renamed: the other versions get the new ids before the merge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.comparing.renames import renames_between
from korea_cli.editing.references import rename_ids
from korea_cli.model.records import RECORDS
from korea_cli.model.row import title_key
from korea_cli.reading.records import read_records
from korea_cli.reading.toml import parse_document
from korea_cli.versioning.parts import UnmergeableError, file_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.editing.edits import Edit
    from korea_cli.reading.toml import Document
    from korea_cli.versioning.parts import Tables


_ID = re.compile(r"""["']([^"'#\s]+)(?=["'#])""")  # in a record, or what may be one


def with_new_ids(base: Document, ours: Document, theirs: Document) -> tuple[Document, Document, Document]:
    """Return the three versions with the new ids of what either side renamed; raises UnmergeableError."""
    by_us, by_them = _renames(base, ours), _renames(base, theirs)
    for table, old in by_us.keys() & by_them.keys():
        if by_us[table, old] != by_them[table, old]:
            raise UnmergeableError(f"'{old}' was renamed to '{by_us[table, old]}' and to '{by_them[table, old]}'")
    return _renamed(base, by_us | by_them), _renamed(ours, by_them), _renamed(theirs, by_us)


def _renames(before: Document, after: Document) -> dict[tuple[str, str], str]:
    """Return the new id of each record that was renamed, by its table and old id."""
    if not (_ids(before) - _ids(after) and _ids(after) - _ids(before)):
        return {}
    renames = renames_between(read_records([before]), read_records([after]))
    found = {(table, old): new for table, ids in renames.new_ids.items() for old, new in ids.items()}
    return found | {name: new for name, new in _changed_too(before, after) if name not in found}


def _changed_too(before: Document, after: Document) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the new id of each record that was renamed and changed: the only new one with its title, and half equal."""
    for record in RECORDS:
        title = title_key(record)
        gone, new = (_by_title(one, other, record.table, title) for one, other in ((before, after), (after, before)))
        for words in gone.keys() & new.keys():
            if len(gone[words]) == len(new[words]) == 1 and _are_alike(gone[words][0], new[words][0]):
                yield (record.table, str(gone[words][0]["id"])), str(new[words][0]["id"])


def _by_title(document: Document, other: Document, table: str, title: str) -> dict[str, list[Tables]]:
    """Return the records whose ids another version does not have, by title."""
    known = {str(each.get("id")) for each in other.records(table)}
    found: dict[str, list[Tables]] = {}
    for each in document.records(table):
        if isinstance(words := each.get(title), str) and "id" in each and str(each["id"]) not in known:
            found.setdefault(words, []).append(each)
    return found


def _are_alike(one: Tables, other: Tables) -> bool:
    keys = {*one, *other} - {"id"}
    return sum(bool(one.get(key) == other.get(key)) for key in keys) >= len(keys) / 2


def _ids(document: Document) -> set[tuple[str, str]]:
    return {(record.table, str(each.get("id"))) for record in RECORDS for each in document.records(record.table)}


def _renamed(document: Document, renames: Mapping[tuple[str, str], str]) -> Document:
    """Return a version with new ids, changed record by record: the whole file for each id would take long."""
    if not renames:
        return document
    edits = _edits(document, renames)
    texts: list[str] = []
    expected: list[Tables | None] = []
    parts = file_parts(document)
    for part in parts.values():
        text, tables = part.text, {part.name[0]: [part.values]}
        for id_ in edits.keys() & {*_ID.findall(text if part.values else "")}:
            for edit in edits[id_]:
                text = edit.text(text)
                edit.tables(tables)
        texts.append(text + part.blank)
        expected += tables[part.name[0]]
    after, problem = parse_document(document.with_text("".join(texts)), document.parsed)
    if problem or [part.values for part in file_parts(after).values()] != expected:
        raise UnmergeableError("an id cannot be renamed everywhere")
    return after


def _edits(document: Document, renames: Mapping[tuple[str, str], str]) -> dict[str, list[Edit]]:
    """Return the edits that rename some records, by their old ids."""
    tables: dict[str, set[str]] = {}
    for table, id_ in (*_ids(document), *renames):
        tables.setdefault(id_, set()).add(table)
    edits: dict[str, list[Edit]] = {}
    for (table, old), new in renames.items():
        edits.setdefault(old, []).append(rename_ids(table, old, new, tables[old]))
    return edits
