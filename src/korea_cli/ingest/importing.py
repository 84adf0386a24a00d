"""Import a file as requested, or as the answers on a terminal have it, and save how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.atomic_io import write_file
from korea_cli.ingest import summary
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.mapping import mapping_text
from korea_cli.ingest.pipeline import run
from korea_cli.reading.locate import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.cache.progress import Watch
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.dialogue.import_dialogue import ColumnsTerminal, ImportDialogue
    from korea_cli.ingest.request import ImportRequest


def import_file(
    request: ImportRequest, files: Editable, watch: Watch, terminal: ColumnsTerminal | None,
    show: Callable[[Sequence[str]], None],
) -> Outcome:  # fmt: skip
    """Import a file; with a terminal, have it confirmed there. Raises KoreaError; then nothing is written."""
    dialogue = _dialogue(request, files, terminal) if terminal and request.name != STDIN else None
    result = run(request, files, watch, dialogue or ImportNotes(show))
    saved = result.request.save_mapping or (dialogue.saved if dialogue else "")
    if saved:
        write_file([mapping_text(result.saved_mapping)], saved)
    outcome = summary.outcome(result, str(files.target()), dry=files.dry)
    return outcome._replace(notes=dialogue.last_notes()) if dialogue else outcome


def _dialogue(request: ImportRequest, files: Editable, terminal: ColumnsTerminal) -> ImportDialogue:
    from korea_cli.ingest.dialogue.import_dialogue import ImportDialogue  # noqa: PLC0415 - only for who can answer

    return ImportDialogue(request, files, terminal)
