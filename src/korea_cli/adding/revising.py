"""Let a person change a file in an editor, and look at it afterwards as any command would."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.adding.editor import command_for, run_editor
from korea_cli.adding.placing import line_of
from korea_cli.adding.terminal import Terminal
from korea_cli.editing.files import require_own
from korea_cli.errors import DataError, KoreaError
from korea_cli.reading.load import load
from korea_cli.writing import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.editing.files import Editable
    from korea_cli.problems import Problem


def place_of(files: Editable, name: str) -> tuple[Path, int]:
    """Say in which file and on which line a record stands; where problems hide it, where the first of them is.

    Those are told. Raises KoreaError.
    """
    try:
        located = files.locate(files.load(), name)
    except DataError as error:
        first = error.problems[0]
        require_own(first.file)
        if not Path(first.file).is_file():
            raise
        tell(*error.sentences)
        return Path(first.file), first.line or 1
    return located.path, line_of(located.document.text, located.record.table, located.number)


def revise(files: Editable, path: Path, line: int, environment: Mapping[str, str]) -> bool:
    """Have a file edited, again while it has problems and the person wants to; say whether it is another then.

    Raises DataError when it is left with problems; what was edited stays as it was saved.
    """
    before = path.read_bytes()
    while True:
        status = run_editor(command_for(str(path), line, environment))
        if status:
            raise KoreaError(f"the editor ended with status {status}; {path} is as it left it")
        problems = _problems(files)
        if not problems:
            return path.read_bytes() != before
        if not (os.isatty(0) and os.isatty(1)):
            raise DataError(problems)
        tell(*DataError(problems).sentences)
        if not _again():
            raise KeptBrokenError(problems, str(path))
        line = next((each.line for each in problems if each.line and each.file == str(path)), line)


class KeptBrokenError(DataError):
    """A file that is left with problems, which were told already."""

    def __init__(self, problems: tuple[Problem, ...], file: str) -> None:
        super().__init__(problems)
        self.file = file

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say that it is left so."""
        return (f"{self.file} is left as it was saved; no command reads it until this is mended",)


def _again() -> bool:
    try:
        return Terminal().confirm("Go back in?")
    except EOFError:
        return False


def _problems(files: Editable) -> tuple[Problem, ...]:
    try:
        return load(files.names, max_size=files.max_size).problems
    except DataError as error:
        return error.problems
