"""Open the user's editor at a line of a file."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VARIABLES = ("VISUAL", "EDITOR")
_AT_LINE = {
    editor: arguments.split()
    for editors, arguments in (
        ("vi vim nvim view gvim nano pico emacs emacsclient kak joe micro less", "+{line} {file}"),
        ("code code-insiders codium cursor", "--wait --goto {file}:{line}"),
        ("subl zed", "--wait {file}:{line}"),
        ("hx helix", "{file}:{line}"),
    )
    for editor in editors.split()
}


class EditorError(KoreaError):
    """An editor that could not be started, as it was named, and why."""

    def __init__(self, editor: str, reason: str) -> None:
        super().__init__(editor, reason)
        self.editor, self.reason = editor, reason

    def _message(self) -> str:
        return f"cannot start the editor '{self.editor}': {self.reason}. Set $VISUAL or $EDITOR to another."


def editor_command(file: str, line: int, environment: Mapping[str, str]) -> list[str]:
    """Return the command that opens a file, at a line in editors known to accept one; raises EditorError."""
    named = next((text for name in _VARIABLES if (text := environment.get(name, "").strip())), None)
    usual = "notepad" if sys.platform == "win32" else "vi"
    try:
        words = shlex.split(named or usual)
    except ValueError as error:
        raise EditorError(named or usual, str(error).lower()) from None
    forms = _AT_LINE.get(PurePath(words[0]).stem.casefold(), ["{file}"])
    path = f"./{file}" if file.startswith(("-", "+")) else file  # else it would be an option
    return [*words, *(form.format(file=path, line=line) for form in forms)]


def run_editor(command: Sequence[str]) -> int:
    """Run an editor until it ends and return its exit status; raises EditorError where it cannot be started."""
    try:
        # Not `run`, which would kill an editor with unsaved text when a signal stops the wait for it.
        return subprocess.Popen(command).wait()  # noqa: S603 - what the user's own environment names
    except FileNotFoundError:
        raise EditorError(command[0], "command not found") from None
    except OSError as error:
        raise EditorError(command[0], (error.strerror or str(error)).lower()) from error
