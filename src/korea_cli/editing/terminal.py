"""Ask on a terminal: line by line, with completion and a history."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.base.streams import print_stderr, write_stdout
from korea_cli.base.tokenize import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence


def confirm_changes(preview: str) -> bool:
    """Show what would change, and ask whether to write it; raises UsageError where there is no terminal to ask on."""
    if sys.stdin is None or not (os.isatty(0) and os.isatty(1)):  # who answers must see what is shown
        raise UsageError("cannot ask for confirmation: this is not a terminal. Use --yes to write without asking")
    write_stdout([preview])
    print_stderr("Write these changes? [y/N]")
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


class Terminal:
    """Shows texts and reads answers, through readline where Python has it."""

    PROMPT = "> "

    def __init__(self) -> None:
        self._offers: Sequence[str] = ()
        try:
            import readline  # noqa: PLC0415 - only questions need it
        except ImportError:  # as on Windows
            return
        readline.set_completer_delims("")
        readline.set_completer(self._complete)
        old = "libedit" in (readline.__doc__ or "")  # what macOS has in its place
        readline.parse_and_bind("bind ^I rl_complete" if old else "tab: complete")

    def say(self, text: str) -> None:
        """Show a text, which ends with its own line break; lines are broken between words, not within."""
        from textwrap import fill  # noqa: PLC0415 - only questions need it

        width = get_terminal_size().columns
        for line in text.splitlines():
            write_stdout([fill(line, width, break_long_words=False, break_on_hyphens=False), "\n"])

    def ask(self, offers: Sequence[str] = ()) -> str:
        """Return the next line, stripped; raises EOFError where there is none."""
        self.offer(offers)
        return input(self.PROMPT).strip()

    def offer(self, offers: Sequence[str]) -> None:
        """Offer words for the next answer, which TAB completes."""
        self._offers = offers

    def confirm(self, question: str, *, default: bool = True) -> bool:
        """Ask a question of yes or no; Enter means the default."""
        while True:
            self.say(f"{question} [{'Y/n' if default else 'y/N'}]\n")
            answer = self.ask().casefold()
            if not answer:
                return default
            if answer in {"y", "yes", "n", "no"}:
                return answer.startswith("y")

    def _complete(self, typed: str, number: int) -> str | None:
        """Return the offer of a number that begins with what is typed, as readline asks for them."""
        key = name_key(typed)
        return next(iter([each for each in self._offers if name_key(each).startswith(key)][number:]), None)
