"""What an update of records from a sheet reports: its changes, to be confirmed on a terminal, and what they came to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.base.sanitize import clean
from korea_cli.editing.terminal import confirm_changes
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.summary import listed, notes, outcome, rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.import_result import ImportResult
    from korea_cli.report.report import Report


class UpdateNotes(ImportNotes):
    """Reports how a sheet is read, and shows the changes of records; asks about those unless `yes` is set."""

    def __init__(
        self, show: Callable[[Sequence[str]], None], draw: Callable[[Report], str], target: str, *, yes: bool
    ) -> None:
        super().__init__(show)
        self._draw, self._target, self._yes = draw, target, yes

    def agree(self, result: ImportResult) -> bool:
        """Ask whether to write the changes; raises UsageError where there is no terminal to ask on."""
        if self._yes or result.report is None:
            return True
        return confirm_changes(self._draw(result.report) + _summary(result, self._target, dry=True))

    def outcome(self, result: ImportResult, target: str, *, dry: bool) -> Outcome:
        """Return what is printed of an update, and what programs learn of it; changes that nobody saw come first."""
        report, declined = result.report, result.declined
        text = "" if declined else _summary(result, target, dry=dry)
        sentences = [*notes(result), *_left(result, target), *(["nothing was written"] if declined else [])]
        changes = self._draw(report) if report and (dry or self._yes) else ""
        plain = outcome(
            result, text, lambda: report.sections[0].rows if report and not declined else (), sentences, dry=dry
        )
        return plain._replace(text=f"{changes}{text}")


def _summary(result: ImportResult, target: str, *, dry: bool) -> str:
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


def _left(result: ImportResult, target: str) -> Iterator[str]:
    """Yield what was left as it is."""
    if absent := {table: count for table, count in result.rows.absent.items() if count}:
        are, as_they_are = ("is", "as it is") if sum(absent.values()) == 1 else ("are", "as they are")
        yield f"{listed(absent)} of {target} {are} not in the sheet: left {as_they_are}"
    if number := result.rows.counts["derived"]:
        shown = result.rows.derived
        more = f" and {number - len(shown):,} more" if number > len(shown) else ""
        yield f"did not change what korea derives from the records: {', '.join(shown)}{more}"
