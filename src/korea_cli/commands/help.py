"""The help of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from korea_cli.commands._provided import Program

GROUP = "Program"
EXAMPLES = ("korea help timeline", "korea help QUERY", "korea help add event")


def help(  # noqa: A001 - the command's name
    program: Program,
    topic: Annotated[
        list[str] | None, Argument("[COMMAND|TOPIC]", "A command or a topic; default: an overview.")
    ] = None,
) -> str:
    """Explain a command or a topic."""
    return program.help_page(topic or ())
