"""Open a record, or a file at its first error, in your editor."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome

GROUP = "Record"
EXAMPLES = (
    "korea edit launch -d mine.toml --dry-run",
    "EDITOR=true korea edit topic:tests -d mine.toml",
    "EDITOR=true korea edit -d mine.toml",
)


def edit(
    files: Editable,
    name: Annotated[str | None, Argument(metavar="[ID]", help="The exact id, or TYPE:ID.")] = None,
) -> Outcome:
    """Open a record in your editor, then check the file.

    The editor is $VISUAL, else $EDITOR. Without ID, a file with errors is opened at the first error. Your text is
    never discarded.
    """
    from korea_cli.base.sanitize import clean_line  # noqa: PLC0415 - as above
    from korea_cli.editing.editor import edit_file, editor_command, place_of  # noqa: PLC0415 - help edits nothing
    from korea_cli.editing.outcome import Outcome  # noqa: PLC0415 - as above

    path, line = place_of(files, name)
    if files.dry:
        return Outcome(f"{clean_line(shlex.join(editor_command(str(path), line, os.environ)))}\n", dry=True)
    return edit_file(files, path, line, os.environ)
