"""The script that has a shell complete the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from korea_cli.base.errors import NotInListError
from korea_cli.base.parameters import Argument

GROUP = "Program"
SHELLS = ("bash", "fish", "zsh")
EXAMPLES = ("korea completion bash", "korea completion fish")


def completion(shell: Annotated[str, Argument("|".join(SHELLS), help="The shell.", values=SHELLS)]) -> str:
    """Print the completion script for bash, zsh or fish.

    bash, in ~/.bashrc: eval "$(korea completion bash)"

    zsh, in ~/.zshrc below compinit: eval "$(korea completion zsh)"

    fish, once: korea completion fish > ~/.config/fish/completions/korea.fish
    """
    if shell not in SHELLS:
        raise NotInListError("shell", shell, SHELLS)
    return Path(__file__).with_suffix(f".{shell}").read_text("utf-8")
