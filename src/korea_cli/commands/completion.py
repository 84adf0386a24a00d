"""The script that has a shell complete the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from korea_cli.commands._provided import Program

GROUP = "Program"
_SHELLS = ("bash", "fish", "zsh")
EXAMPLES = ("korea completion bash", "korea completion fish")


def completion(
    program: Program, shell: Annotated[str, Argument("|".join(_SHELLS), help="The shell.", values=_SHELLS)]
) -> str:
    """Print the completion script for bash, zsh or fish.

    bash, in ~/.bashrc: eval "$(korea completion bash)"

    zsh, in ~/.zshrc below compinit: eval "$(korea completion zsh)"

    fish, once: korea completion fish > ~/.config/fish/completions/korea.fish
    """
    return program.completion_script(shell)
