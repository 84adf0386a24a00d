"""Update the records of a file from a sheet: show the changes, and have them confirmed on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import ConflictError
from korea_cli.editing.terminal import confirm_changes
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.mapping import mapping_text
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.update_summary import update_outcome, update_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.cache.progress import Watch
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.import_result import ImportResult
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.report.report import Report

    Draw = Callable[[Report], str]


class UpdateNotes(ImportNotes):
    """Reports how a sheet is read, and shows the changes of records; asks about those unless `yes` is set."""

    def __init__(self, show: Callable[[Sequence[str]], None], draw: Draw, target: str, *, yes: bool) -> None:
        super().__init__(show)
        self.draw, self._target, self.yes = draw, target, yes

    def agree(self, result: ImportResult) -> bool:
        """Ask whether to write the changes; raises UsageError where there is no terminal to ask on."""
        if self.yes or result.report is None:
            return True
        return confirm_changes(self.draw(result.report) + update_summary(result, self._target, dry=True))

    def again(self) -> ImportNotes:
        """Return what reports nothing that was reported already."""
        return UpdateNotes(lambda _: None, self.draw, self._target, yes=self.yes)


def update_file(request: ImportRequest, files: Editable, watch: Watch, notes: UpdateNotes) -> Outcome:
    """Update records, or with `files.dry` show what would change. Raises KoreaError; then nothing is written."""
    if request.title:
        advice = "{one} takes titles from a column, as they were exported. Use --map 'COLUMN=title' instead of {other}"
        raise ConflictError(("update", ""), ("title", request.title), advice)
    result = run(request, files, watch, notes)
    if request.save_mapping:
        write_file([mapping_text(result.saved_mapping)], request.save_mapping)
    shown = notes.draw(result.report) if result.report and (files.dry or notes.yes) else ""
    return update_outcome(result, str(files.target()), shown, dry=files.dry)
