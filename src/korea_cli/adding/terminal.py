"""Ask at a terminal: a line at a time, with completion and the lines answered before."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from korea_cli.base.streams import write_stdout
from korea_cli.base.tokenize import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

_PROMPT = "> "


class Terminal:
    """Somebody to say things to and to ask, through readline where Python has it."""

    def __init__(self) -> None:
        """Have TAB complete the whole line."""
        self._offers: Sequence[str] = ()
        readline = _readline()
        if readline is not None:
            readline.set_completer_delims("")
            readline.set_completer(self._offered)
            old = "libedit" in (readline.__doc__ or "")  # what macOS has in its place
            readline.parse_and_bind("bind ^I rl_complete" if old else "tab: complete")

    def say(self, text: str) -> None:
        """Show a text, which ends with its own line break; lines are broken between words, not within."""
        from textwrap import fill  # noqa: PLC0415 - only questions need it

        width = get_terminal_size().columns
        for line in text.splitlines():
            write_stdout([fill(line, width, break_long_words=False, break_on_hyphens=False), "\n"])

    def ask(self, offers: Sequence[str] = ()) -> str:
        """Give the next line, blanks around it left out; raises EOFError where there is none."""
        self._offers = offers
        return input(_PROMPT).strip()

    def confirm(self, question: str, *, usual: bool = True) -> bool:
        """Ask what can be answered by yes or no; Enter means the usual."""
        while True:
            self.say(f"{question} [{'Y/n' if usual else 'y/N'}]\n")
            answer = self.ask().casefold()
            if not answer:
                return usual
            if answer in {"y", "yes", "n", "no"}:
                return answer.startswith("y")

    def _offered(self, typed: str, number: int) -> str | None:
        """Give one of the offers that begin with what is typed, as readline asks for them."""
        key = name_key(typed)
        return next(iter([each for each in self._offers if name_key(each).startswith(key)][number:]), None)


def _readline() -> ModuleType | Any:  # noqa: ANN401 - Windows has none
    try:
        import readline  # noqa: PLC0415 - only questions need it
    except ImportError:
        return None
    return readline
