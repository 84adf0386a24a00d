"""Write what an import adds to a file and changes in others: checked first, and written if the user agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import OutputError
from korea_cli.checks.load import load
from korea_cli.comparing.changes import compare
from korea_cli.editing.errors import UnfitChangeError
from korea_cli.editing.saving import replace_files, save
from korea_cli.reading.draft import Draft
from korea_cli.reading.toml import parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from korea_cli.base.problems import Problem
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import Editable
    from korea_cli.editing.saving import FileChange
    from korea_cli.ingest.import_result import ImportResult
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document
    from korea_cli.report.report import Report


def commit(
    result: ImportResult, files: Editable, changes: Sequence[FileChange], loaded: LoadResult,
    agree: Callable[[ImportResult], bool],
) -> ImportResult:  # fmt: skip
    """Check the files; write first the rejected rows, so that none is lost, then the files.

    The file with new records is the last of those that change.
    """
    if changes:
        after = _load_changed(files, changes, loaded)
        if result.rows.spool.counts:
            result.rows.spool.verify(changes[-1].after.tables)
        changed = tuple(change.after for change in changes)
        result = result._replace(changed=changed, added=tuple(_added(loaded, after)))
        result = result._replace(report=_report(result, loaded, after) if result.request.update else None)
    if files.dry:
        return result
    if not agree(result):
        return result._replace(changed=(), declined=True)
    if result.rejects:
        result.rows.rejects.write(result.rejects)
    if result.request.update:
        save(changes)  # locked only now: who is asked may take long to answer
    else:
        replace_files(changes)
    return result


def _load_changed(files: Editable, changes: Sequence[FileChange], loaded: LoadResult) -> LoadResult:
    """Load the chronology with the new versions of its files; raises KoreaError where one is not valid."""
    replacements: dict[Path | None, tuple[Document, Problem | None]] = {}
    for change in changes:
        if sum(len(part.encode()) for part in change.after.parts()) > files.max_size:
            reason = f"it would be larger than {files.max_size:,} bytes; raise the limit with --max-size"
            raise OutputError(str(change.path), reason)
        is_parsed = bool(change.after.tables)
        parsed = (change.after, None) if is_parsed else parse_document(change.after, change.before.parsed)
        replacements[change.path.resolve()] = parsed
    after = load(files.names, max_size=files.max_size, replacements=replacements, before=loaded)
    if after.problems:
        raise UnfitChangeError(after.problems, typed=False)
    return after


def _added(before: LoadResult, after: LoadResult) -> Iterator[Record]:
    """Yield the records that a chronology did not have before."""
    for table, entries in after.draft.records.items():
        ids = {entry.id for entry in before.draft.records[table]}
        yield from (entry for entry in entries if entry.id not in ids)


def _report(result: ImportResult, before: LoadResult, after: LoadResult) -> Report:
    """Return what is different, as `korea diff` has it; records that no row changed are not compared."""
    from korea_cli.comparing.report import report_changes, section_of  # noqa: PLC0415 - few imports change records

    old, new = Draft(header=before.draft.header), Draft(header=after.draft.header)
    added = {(entry.table, entry.id) for entry in result.added}
    for draft, whole, names in ((old, before, result.rows.updated), (new, after, result.rows.updated | added)):
        for table, entries in whole.draft.records.items():
            draft.records[table] += [entry for entry in entries if (table, entry.id) in names]
    section = section_of(tuple(compare(old, new)), f"from {result.request.name}")
    return report_changes("import", after, after.documents, section)
