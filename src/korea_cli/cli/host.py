"""The program itself, for the commands that describe it: `korea_cli.commands.Program`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def help_page(words: Sequence[str]) -> str:
    """Return the help of a command or topic; without words, of the program."""
    from korea_cli.cli import topics  # noqa: PLC0415 - few runs print help

    return topics.help_page(words)


def completion_script(shell: str) -> str:
    """Return the completion script of a shell."""
    from korea_cli.cli.completion.scripts import script  # noqa: PLC0415 - one command needs it

    return script(shell)


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of the data file (`data`) or of the JSON output (`output`)."""
    from korea_cli.schemas.data import data_schema  # noqa: PLC0415 - one command needs it
    from korea_cli.schemas.output import output_schema  # noqa: PLC0415 - as above

    return output_schema() if name == "output" else data_schema()
