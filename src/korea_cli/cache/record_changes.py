"""What an edit of events, facts and sources means for an index, where that is no more than rows of their own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from korea_cli.cache.changed_rows import rows_for
from korea_cli.cache.last_day import last_day_of
from korea_cli.cache.numbering import Numbered, numbered
from korea_cli.cache.reach import reach_others
from korea_cli.checks.errors import distinct_from_others
from korea_cli.model.records import Event, Fact, Source
from korea_cli.model.vocabulary import WORD_LISTS
from korea_cli.reading.records import read_records
from korea_cli.reading.toml import HEADER, Document
from korea_cli.store.decode_rows import columns_of

if TYPE_CHECKING:
    from korea_cli.cache.changed_rows import RecordChanges
    from korea_cli.cache.edited_parts import EditedPart, FileEdits
    from korea_cli.cache.numbering import Query
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.store.header import StoredHeader

_MOST = 1000  # changed records; of more, all is read again
_READ = (Source, Event, Fact)  # the types whose records may differ


def changes_of(edited: FileEdits, name: str, header: StoredHeader, query: Query) -> RecordChanges | None:
    """Read what has changed in a file; None where rows of other records would change."""
    lines: dict[str, dict[int, int | None]] = {record.type: {} for record in _READ}
    changed: list[Numbered] = []
    for part in edited.parts:
        draft = _read(part, name, header)
        pairs = None if draft is None else _paired(draft, part, name, query)
        if pairs is None:
            return None
        for record, found in pairs.items():
            own = {each.seq: each.new.line for each in found if each.new}
            if own and max(lines[record.type], default=0) >= min(own):
                return None  # new records of two parts between the same neighbours
            lines[record.type] |= own
            changed += [each for each in found if _differs(each)]
    last = last_day_of(changed, header, query)
    if last is None or len(changed) > _MOST or reach_others(changed, header, query):
        return None
    return rows_for(changed + last.ongoing, lines, last, query)


def _read(part: EditedPart, name: str, header: StoredHeader) -> Draft | None:
    """Read the records of a part of a file; None where anything is wrong or private."""
    words = {key: list(getattr(header, key)) for key in WORD_LISTS.values()}
    text, pieces = part.parsed
    tables = {HEADER: words, **part.parsed.tables()}
    draft = read_records((Document(name=name, path=None, text=text, tables=tables, pieces=[*pieces]),))  # type: ignore[arg-type]
    broken = draft.findings or any(draft.broken.values()) or any(draft.extensions.values())
    if broken or draft.hides or any(distinct_from_others(draft)):
        return None
    return draft


def _paired(draft: Draft, part: EditedPart, name: str, query: Query) -> dict[type[Record], list[Numbered]] | None:
    """Return the records of a part by type, with those that were there before."""
    where = os.fsencode(name), part.old_line, part.old_line + part.old_lines
    found: dict[type[Record], list[Numbered]] = {}
    for record in _READ:
        for entry in draft.records[record.table]:
            object.__setattr__(entry, "line", entry.line and entry.line + part.line - 1)
        pairs = numbered(record, draft.records[record.table], where, query)
        if pairs is None:
            return None
        found[record] = pairs
    return found


def _differs(each: Numbered) -> bool:
    if each.old is None or each.new is None:
        return True
    names = (name for name in columns_of(type(each.new)) if name != "line")
    return any(getattr(each.old, name) != getattr(each.new, name) for name in names)
