"""The script that has a shell complete the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from korea_cli.completion import script

EXAMPLES = (
    'eval "$(korea completion bash)"',
    "korea completion fish > ~/.config/fish/completions/korea.fish",
)


def completion(shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="The shell.")]) -> str:
    """Print the script that has a shell complete commands, options, ids, names and topics at the TAB key.

    For bash, put this line into ~/.bashrc: eval "$(korea completion bash)". For zsh, put this one into ~/.zshrc, below
    compinit: eval "$(korea completion zsh)". For fish, run this once: korea completion fish >
    ~/.config/fish/completions/korea.fish
    """
    return script(shell)
