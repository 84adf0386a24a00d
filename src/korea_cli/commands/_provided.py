"""What the command line provides to commands: `notices` and `program`, as types. Nothing here runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from korea_cli.cache.progress import Watch


class Notices(Protocol):
    """Writes to standard error; silent with `--quiet`."""

    def note(self, *sentences: str) -> None:
        """Write sentences, each on a line."""

    def progress(self) -> AbstractContextManager[Watch]:
        """Return a context in which the progress of long work is shown."""


class Program(Protocol):
    """The program that a command is part of."""

    def help_page(self, words: Sequence[str]) -> str:
        """Return the help of a command or topic; without words, of the program."""

    def completion_script(self, shell: str) -> str:
        """Return the completion script of a shell."""

    def json_schema(self, name: str) -> dict[str, Any]:
        """Return the JSON Schema of the data file (`data`) or of the JSON output (`output`)."""
