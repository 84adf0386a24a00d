"""Make an index of what was read: the tables with their rows as JSON, the SQL that makes them quick, the catalogue."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from korea_cli.cache.catalog import Catalog
from korea_cli.cache.index import write_index
from korea_cli.cache.stamp import Kept, Stamp, match, stamp_of
from korea_cli.columns import columns_for
from korea_cli.filling import heading_of, tables_of
from korea_cli.model import Event, Fact, Source, title_of
from korea_cli.written import row_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.cache.stamp import Sought
    from korea_cli.filling import Told
    from korea_cli.reading.load import Loaded
    from korea_cli.reading.records import Draft
    from korea_cli.reading.toml import Document

# Every question begins from what an entry refers to, from its day, or from a word; these lead from there to its number.
_FURTHER = (
    "CREATE INDEX entry_by_day ON entry (type, orders, d, seq)",
    "CREATE INDEX entry_by_id ON entry (id, type)",
    "CREATE INDEX link_by_target ON link (target, role, seq)",
    "CREATE INDEX link_by_number ON link (seq, role, target)",
    "CREATE INDEX span_by_number ON span (seq, a, b, c, d, sharp)",
    "CREATE INDEX span_by_start ON span (a, d, seq)",
    "CREATE INDEX belongs_by_whole ON belongs (type, whole, id)",
    "CREATE INDEX belongs_by_id ON belongs (type, id, whole)",
    "CREATE INDEX name_by_name ON name (name, seq)",
    "CREATE INDEX name_by_number ON name (seq, name)",
)


class _DraftNames:
    """Knows how the records of a draft are called."""

    def __init__(self, draft: Draft) -> None:
        """Look through all records once."""
        records = (entry for entries in draft.records.values() for entry in entries)
        self._titles = {(entry.type, entry.id): title_of(entry) for entry in records}
        self._addresses = {source.id: source.url or None for source in draft.records[Source.table]}

    def title(self, type_: str, id_: str) -> str | None:
        """Give the words that a record is shown by; None when there is no such record."""
        return self._titles.get((type_, id_))

    def address(self, source: str) -> str | None:
        """Give the address of a source; None when it has none."""
        return self._addresses.get(source)


def keep(place: str, asked: tuple[str, ...], loaded: Loaded, read_at: int) -> bool:
    """Write the index of files that were read at a time; False when they cannot be kept: one of them is no file.

    Raises OSError when the index cannot be written.
    """
    files, sought = list(_files(loaded)), list(_sought(loaded))
    known = {os.path.realpath(file.path) for file in files}
    matched = {os.path.realpath(path) for each in sought for path in each.matched}
    if len(files) < len(loaded.documents) or not matched <= known:  # a file came while the others were read
        return False
    names = _DraftNames(loaded.draft)
    told: Told = {record: row_writer(columns_for(record, names)) for record in (Event, Fact)}
    nothing = Stamp(0, 0, 0, 0, 0)
    catalog = Catalog(asked, read_at, tuple(files), tuple(sought), heading_of(loaded.draft), nothing, None)
    write_index(place, catalog, tables_of(loaded.draft, told), _FURTHER)
    return True


def _files(loaded: Loaded) -> Iterator[Kept]:
    for document in loaded.documents:
        path = os.path.abspath(document.path) if document.path else ""
        if stamp := stamp_of(path):
            yield Kept(document.name, path, stamp, document.sha256)


def _sought(loaded: Loaded) -> Iterator[Sought]:
    for document in loaded.documents:
        for pattern in _patterns(document):
            yield match(os.path.abspath(document.path.parent) if document.path else "", pattern)


def _patterns(document: Document) -> list[str]:
    header = document.tables.get("chronology", {})
    return [pattern for pattern in header.get("include", ()) if isinstance(pattern, str)]
