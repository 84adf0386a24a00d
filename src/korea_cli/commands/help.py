"""The help of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GROUP = "Program"
EXAMPLES = ("korea help timeline", "korea help QUERY", "korea help add event")


def help(  # noqa: A001 - the command's name
    help_page: Callable[[Sequence[str]], str],
    topic: Annotated[
        list[str] | None, Argument("[COMMAND|TOPIC]", "A command or a topic; default: an overview.")
    ] = None,
) -> str:
    """Explain a command or a topic."""
    return help_page(topic or ())
