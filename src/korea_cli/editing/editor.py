"""Open a file in the user's editor, and check it afterwards as any command would."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError, KoreaError, UsageError, system_reason
from korea_cli.base.streams import print_stderr
from korea_cli.checks.load import load
from korea_cli.editing.files import require_own
from korea_cli.editing.outcome import outcome_of
from korea_cli.editing.saving import ChangeResult, FileChange
from korea_cli.editing.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.base.problems import Problem
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome

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
        raise EditorError(command[0], system_reason(error)) from error


def place_of(files: Editable, name: str | None) -> tuple[Path, int]:
    """Return the file and line of a record, or those of the first error, after printing the errors.

    Without a name and without an error it is the first line of the only file. Raises KoreaError.
    """
    problems, loaded = _read(files)
    if not problems and loaded and name is None:
        if len(files.names) > 1:
            raise UsageError("no file has an error. Name the file to open with -d, or the id of a record.")
        return files.target(), 1
    if not problems and loaded and name is not None:
        located = files.locate(loaded, name)
        return located.path, located.line or 1
    first = next((each for each in problems if Path(each.file).is_file()), None)
    if first is None:
        raise DataError(problems)
    require_own(first.file)
    print_stderr(*DataError(problems).sentences)
    return Path(first.file), first.line or 1


def edit_file(files: Editable, path: Path, line: int, environment: Mapping[str, str]) -> Outcome:
    """Open a file in the editor, again while it has errors and the user agrees; return what is different then.

    Raises DataError when it is left with errors; it stays as it was saved.
    """
    before, (_, old) = path.read_bytes(), _read(files)
    while True:
        status = run_editor(editor_command(str(path), line, environment))
        if status:
            raise KoreaError(f"the editor exited with status {status}; {path} is as the editor left it")
        problems, new = _read(files)
        if not problems and new:
            return _outcome(path, before, old or new, new)
        if not (os.isatty(0) and os.isatty(1)):
            raise DataError(problems)
        print_stderr(*DataError(problems).sentences)
        if not _again():
            raise KeptBrokenError(problems, str(path))
        line = next((each.line for each in problems if each.line and each.file == str(path)), line)


def _outcome(path: Path, before: bytes, old: LoadResult, new: LoadResult) -> Outcome:
    documents = [each for each in new.documents if each.path == path and path.read_bytes() != before]
    files = tuple(FileChange(path, each, each) for each in documents)
    sentence = f"Changed {path}" if files else f"Nothing changed in {path}"
    return outcome_of(ChangeResult(old, new, files), sentence)


class KeptBrokenError(DataError):
    """A file that is left with problems, which were printed already."""

    def __init__(self, problems: tuple[Problem, ...], file: str) -> None:
        super().__init__(problems)
        self.file = file

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what follows from it."""
        return (f"{self.file} is saved with these errors. No command can read it until they are fixed.",)


def _again() -> bool:
    try:
        return Terminal().confirm("Edit again?")
    except EOFError:
        return False


def _read(files: Editable) -> tuple[tuple[Problem, ...], LoadResult | None]:
    try:
        loaded = load(files.names, max_size=files.max_size)
    except DataError as error:
        return error.problems, None
    return loaded.problems, loaded
