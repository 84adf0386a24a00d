"""Add records by answering questions: each is shown and confirmed, and what was typed is never lost."""

from __future__ import annotations

import shlex
import signal
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import KoreaError
from korea_cli.base.sanitize import clean_line
from korea_cli.base.streams import print_stderr
from korea_cli.editing.outcome import Outcome
from korea_cli.editing.terminal import Terminal
from korea_cli.ingest.adding import add_records, open_registry
from korea_cli.ingest.options import command_line
from korea_cli.ingest.questions import Questions
from korea_cli.ingest.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.editing.files import Editable
    from korea_cli.model.records import Record

_OPENING = (
    "New {type} in {file}. Fields marked * are required; press Enter to skip the others. TAB completes, the arrow keys"
    " recall earlier answers, and < goes back to the previous question. Ctrl-C cancels: nothing is written, and what"
    " you typed is printed as a command."
)


class NotAddedError(KoreaError):
    """Records that were asked for and not added: the command that adds them, and the error that prevented it."""

    def __init__(self, command: str, cause: KoreaError | None = None) -> None:
        super().__init__(command, cause)
        self.command, self.cause = command, cause
        self.status = cause.status if cause else KoreaError.status

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return why, and how to add what was typed."""
        why = self.cause.sentences if self.cause else ("nothing was added",)
        return (*why, *([_remedy(self.command)] if self.command else []))


def _remedy(command: str) -> str:
    return f"to add what you typed, run: {command}"


def converse(files: Editable, record: type[Record], terminal: Terminal | None = None) -> Outcome:
    """Ask for records, show each, and add it to the file once it is confirmed; nothing is left to print."""
    terminal = terminal or Terminal()
    last_answers: dict[str, list[str]] = {}
    terminal.say(f"{clean_line(_OPENING.format(type=record.type, file=files.target()))}\n")
    added = 0
    while True:
        questions = Questions(terminal, open_registry(files), last_answers)
        try:
            with _kept(questions, files):
                added += _add_one(files, record, questions)
                if not terminal.confirm(f"Another {record.type}?", default=False):
                    return Outcome("")
        except EOFError:
            terminal.say("\n")
            if not added or questions.typed():
                raise NotAddedError(_command(questions, files)) from None
            return Outcome("")


def _add_one(files: Editable, record: type[Record], questions: Questions) -> bool:
    questions.ask_and_confirm(record)
    if questions.confirmed:
        added = add_records(files, lambda loaded, target: (Registry(loaded, target), questions.added))
        questions.terminal.say(added.text)
    else:
        questions.terminal.say(f"Not added. To add it, run: {_command(questions, files)}\n")
    confirmed = questions.confirmed
    questions.forget()
    return confirmed


@contextmanager
def _kept(questions: Questions, files: Editable) -> Iterator[None]:
    """Print what was typed if it cannot be added, or the program is stopped; save it if the terminal is gone."""
    try:
        yield
    except KoreaError as error:
        raise NotAddedError(_command(questions, files), error) from None
    except KeyboardInterrupt as stop:
        if not (command := _command(questions, files)):
            raise
        if getattr(stop, "status", 0) == 128 + getattr(signal, "SIGHUP", 0):
            write_file([f"{command}\n"], _free_name(f"{files.target()}.unsaved"))
        print_stderr("", prefix="")  # Ctrl-C leaves the cursor behind the prompt
        print_stderr("nothing was added", _remedy(command))
        raise


def _free_name(beginning: str) -> str:
    """Return the name of a shell script that does not exist yet."""
    names = (f"{beginning}{'' if number == 1 else f'-{number}'}.sh" for number in count(1))
    return next(each for each in names if not Path(each).exists())


def _command(questions: Questions, files: Editable) -> str:
    """Return the command that adds what was typed, "" where that is nothing."""
    return " && ".join(shlex.join(command_line(record, values, files.names)) for record, values in questions.typed())
