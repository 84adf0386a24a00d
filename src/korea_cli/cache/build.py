"""Build an index from what was read: the tables, the indexes of SQL, and the catalogue."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from korea_cli.cache.blocks import block_table
from korea_cli.cache.catalog import Catalog
from korea_cli.cache.index import write_index
from korea_cli.cache.parts import remove_parts
from korea_cli.cache.stamp import IndexedFile, match_glob, resolve_paths, same_content, stamp_of
from korea_cli.model.records import RECORDS
from korea_cli.store.derived import DERIVED
from korea_cli.store.encode_rows import stored_header, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.cache.place import IndexPlace
    from korea_cli.cache.progress import Work
    from korea_cli.checks.load import LoadResult
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.toml import Document
    from korea_cli.store.database import Table

_WHOLE = 1000  # records: an index of no more has all its tables, which takes no longer than opening another file
# A query begins from what a record refers to, from its day, or from a word; these lead from there to its number.
STATEMENTS = (
    "CREATE INDEX entry_by_day ON entry (type, orders, end_max, clock, seq, start_min, start_max, end_min, status)",
    "CREATE INDEX entry_by_month ON entry (type, year, month, known_min, known_max, status)",
    (
        "CREATE INDEX entry_by_kind ON entry"
        " (type, kind, status, basis, precision, source_count, voice_count, known_min, known_max, all_min)"
    ),
    "CREATE INDEX entry_by_known ON entry (type, known_min, id, status)",
    "CREATE INDEX span_by_start ON span (long, start_min, end_max, seq)",
    "CREATE INDEX event_by_kind ON event (kind)",
    "CREATE INDEX event_by_status ON event (status)",
    "PRAGMA analysis_limit = 1000",
    "ANALYZE",
)


def build_index(place: IndexPlace, loaded: LoadResult, read_at: int, work: Work) -> Catalog | None:
    """Write the index of files that were read at a time, and return its catalogue.

    Returns None if there can be none: one of them is not a regular file, or has changed since it was read. Raises
    OSError when the index cannot be written.
    """
    files = tuple(_files(loaded))
    folders = ((os.path.dirname(_path(document)), document.includes) for document in loaded.documents)
    globs = tuple(match_glob(folder, pattern) for folder, patterns in folders for pattern in patterns)
    matches = (path for each in globs for path in each.matches if not os.path.isdir(path))
    paths = resolve_paths((*place.key.paths, *map(_path, loaded.documents), *matches))
    if not {*paths.values()} <= {os.path.realpath(file.path) for file in files}:
        return None
    hides = loaded.view is not None or loaded.draft.hides
    apart = tuple(DERIVED) if sum(map(len, loaded.draft.records.values())) > _WHOLE else ()
    catalog = Catalog(place.key, read_at, files, paths, globs, stored_header(loaded.draft), hides, loaded.view, apart)
    tables = _watched(tables_of(loaded.draft), loaded.draft, work)
    tables |= {"block": block_table(loaded)} if apart else DERIVED
    remove_parts(place.stem)
    return write_index(place.stem, catalog, tables, STATEMENTS)


def _watched(tables: dict[str, Table], draft: Draft, work: Work) -> dict[str, Table]:
    """Return tables; each record counts twice as it is written: as an entry, and in the table of its type."""
    slow = ("entry", *(record.type for record in RECORDS))
    work.expect(2 * sum(map(len, draft.records.values())))
    return tables | {name: tables[name]._replace(rows=partial(work.through, tables[name].rows)) for name in slow}


def _files(loaded: LoadResult) -> Iterator[IndexedFile]:
    """Yield the files that are unchanged: each is read again after its stamp, so that the stamp is of what was read."""
    for document in loaded.documents:
        path = _path(document)
        if stamp := stamp_of(path):
            file = IndexedFile(document.name, path, stamp, document.sha256, document.shown)
            if same_content(file):
                yield file


def _path(document: Document) -> str:
    return str(document.path.absolute()) if document.path else ""
