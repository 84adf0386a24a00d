"""Report what an update of records from a sheet did, or would do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.base.sanitize import clean
from korea_cli.editing.outcome import Outcome
from korea_cli.ingest.summary import RejectedRowsError, listed, notes, rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.import_result import ImportResult


def update_summary(result: ImportResult, target: str, *, dry: bool) -> str:
    """Return the counts in a sentence."""
    rows = result.rows
    into = " and ".join(sorted((each.name for each in result.changed), key=lambda name: name != target))
    if not result.changed and rows.rejects.count:
        parts = [f"{'Would change' if dry else 'Changed'} nothing in {target}"]
    elif not result.changed:
        parts = [f"Nothing to change: {target} has all that {result.request.name} has"]
    elif rows.updated:
        updated = listed(Counter(table for table, _ in rows.updated))
        parts = [f"{'Would update' if dry else 'Updated'} {updated} in {into}"]
        parts += [f"{'would import' if dry else 'imported'} {listed(rows.added)}"] if rows.added else []
    else:
        parts = [f"{'Would import' if dry else 'Imported'} {listed(rows.added)} into {into}"]
    if rows.declared:
        parts.append(f"{'would declare' if dry else 'declared'} {listed(rows.declared)}")
    if rows.rejects.count:
        parts.append(rejected(result, dry=dry))
    return clean(f"{'; '.join(parts)}\n")


def update_notes(result: ImportResult, target: str) -> Iterator[str]:
    """Yield what was left as it is."""
    if absent := {table: count for table, count in result.rows.absent.items() if count}:
        are, as_they_are = ("is", "as it is") if sum(absent.values()) == 1 else ("are", "as they are")
        yield f"{listed(absent)} of {target} {are} not in the sheet: left {as_they_are}"
    if number := result.rows.counts["derived"]:
        shown = result.rows.derived
        more = f" and {number - len(shown):,} more" if number > len(shown) else ""
        yield f"did not change what korea derives from the records: {', '.join(shown)}{more}"


def update_outcome(result: ImportResult, target: str, changes: str, *, dry: bool) -> Outcome:
    """Return what is printed of an update, and what programs learn of it; `changes`: as they are shown before it."""
    rejects, report = result.rows.rejects, result.report
    text = "" if result.declined else update_summary(result, target, dry=dry)
    found = [*notes(result), *update_notes(result, target), *(["nothing was written"] if result.declined else [])]
    return Outcome(
        f"{changes}{text}",
        text.rstrip("\n"),
        result.changed,
        lambda: report.sections[0].rows if report and not result.declined else (),
        dry=dry,
        notes=found,
        error=RejectedRowsError(rejects.first, rejects.count) if rejects.count else None,
    )
