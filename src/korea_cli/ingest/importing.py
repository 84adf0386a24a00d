"""Import a file as requested, or as the answers on a terminal have it, and save how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.atomic_io import write_file
from korea_cli.ingest.mapping import mapping_text
from korea_cli.ingest.pipeline import run

if TYPE_CHECKING:
    from korea_cli.cache.progress import Watch
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.import_notes import ImportNotes
    from korea_cli.ingest.request import ImportRequest


def import_file(request: ImportRequest, files: Editable, watch: Watch, notes: ImportNotes) -> Outcome:
    """Import a file, or with `files.dry` show what that would do. Raises KoreaError; then nothing is written."""
    result = run(request, files, watch, notes)
    if saved := result.request.save_mapping or notes.saved:
        write_file([mapping_text(result.saved_mapping)], saved)
    return notes.outcome(result, str(files.target()), dry=files.dry)
