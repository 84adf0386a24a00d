"""Read a command line word by word, complete or not: for help and completion, which do not load Typer."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.parameters import Argument, Option, Parameter
from korea_cli.cli.options import HELP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class CursorPosition(NamedTuple):
    """The parameter at the cursor, what is typed of it, and where that starts in the word.

    values: what is typed before it, by the name of the parameter.
    """

    parameter: Parameter
    typed: str
    start: int
    values: dict[str, list[str]]


OPTION_NAME = Parameter("option", str, Argument("OPTION", "The name of an option."))
_UNKNOWN_FLAG = Parameter("unknown", bool, Option("--unknown", help=""))
_UNKNOWN = Parameter("unknown", str, Argument("UNKNOWN", ""))


def asks_for_help(words: Sequence[str], parameters: Sequence[Parameter]) -> bool:
    """Return whether `--help` or `-h` is among the words after a command, other than as the value of an option."""
    return HELP.name in find_cursor([*words, ""], parameters).values


def find_cursor(words: Iterable[str], parameters: Sequence[Parameter]) -> CursorPosition:
    """Read the words after the command; the last is the one being typed."""
    *before, typed = words
    scanner = _Scanner([*parameters, HELP])
    for word in before:
        scanner.read(word)
    return scanner.position_of(typed)


class _Scanner:
    """What has been read of a line."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._spelled = {spelling: each for each in parameters for spelling in each.spellings}
        self._arguments = [each for each in parameters if not each.spellings]
        self._waiting: Parameter | None = None  # the option whose value is the next word
        self._options_over = False
        self._values: dict[str, list[str]] = {}

    def read(self, word: str) -> None:
        """Read a complete word."""
        if self._waiting or not self._is_option(word):
            self._add(self._waiting or self._next_argument(), word)
            self._waiting = None
        elif word == "--":
            self._options_over = True
        else:
            self._read_option(word)

    def _read_option(self, word: str) -> None:
        option, value = self._split(word)
        if not option.flag and value is None:
            self._waiting = option
            return
        self._add(option, value or "")
        if option is not _UNKNOWN_FLAG and option.flag and value and not word.startswith("--"):
            self._read_option(f"-{value}")  # `-qh` is `-q -h`

    def position_of(self, typed: str) -> CursorPosition:
        """Return the parameter that the word being typed belongs to."""
        if self._waiting:
            return CursorPosition(self._waiting, typed, 0, self._values)
        if not typed.startswith("-") or self._options_over:
            return CursorPosition(self._next_argument(), typed, 0, self._values)
        option, value = self._split(typed)
        if value is not None and not option.flag:
            return CursorPosition(option, value, len(typed) - len(value), self._values)
        return CursorPosition(OPTION_NAME, typed, 0, self._values)

    def _is_option(self, word: str) -> bool:
        return word.startswith("-") and word != "-" and not self._options_over

    def _split(self, word: str) -> tuple[Parameter, str | None]:
        """Split an option from the value in the same word: `--format=json`, `-fjson`."""
        if word.startswith("--"):
            spelling, equals, value = word.partition("=")
            return self._spelled.get(spelling, _UNKNOWN if equals else _UNKNOWN_FLAG), value if equals else None
        return self._spelled.get(word[:2], _UNKNOWN_FLAG), word[2:] or None

    def _next_argument(self) -> Parameter:
        return self._arguments[0] if self._arguments else _UNKNOWN

    def _add(self, parameter: Parameter, value: str) -> None:
        self._values.setdefault(parameter.name, []).append(value)
        if not parameter.spellings and not parameter.repeats and self._arguments:
            del self._arguments[0]
