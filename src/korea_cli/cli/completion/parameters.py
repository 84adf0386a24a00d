"""Find out what is being typed: a command's options and arguments, and which of them the cursor stands at."""

from __future__ import annotations

import inspect
import typing
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.commands import Command


class Parameter(NamedTuple):
    """An option, by its spellings, or an argument, which has none."""

    name: str
    spellings: tuple[str, ...] = ()
    help: str = ""
    flag: bool = False
    repeats: bool = False


class Place(NamedTuple):
    """Where the cursor stands: at a parameter, of which some letters are typed after `kept` others in the same word.

    given: what stands on the line before it, by parameter.
    """

    parameter: Parameter
    typed: str
    kept: int
    given: dict[str, list[str]]


OPTION = Parameter("option")  # the cursor stands at an option's own name
NOTHING = Parameter("nothing")
_HELP = Parameter("help", ("--help", "-h"), "Show this message and exit.", flag=True)


def parameters_of(command: Command) -> tuple[Parameter, ...]:
    """Give the parameters of a command, in order."""
    from korea_cli.cli.command_binding import bind  # noqa: PLC0415 - Typer comes with it

    signature = inspect.signature(bind(command.answer, lambda *_: 0, ()))
    return (*map(_parameter, signature.parameters.values()), _HELP)


def _parameter(declared: inspect.Parameter) -> Parameter:
    kind, info, *_ = typing.get_args(declared.annotation)
    from korea_cli.cli.command_binding import spellings_of  # noqa: PLC0415 - Typer comes with it

    return Parameter(
        name=declared.name,
        spellings=spellings_of(info),
        help=info.help or "",
        flag=kind in (bool, bool | None),
        repeats=_is_list(kind),
    )


def _is_list(kind: Any) -> bool:  # noqa: ANN401 - an annotation
    return typing.get_origin(kind) is list or any(typing.get_origin(each) is list for each in typing.get_args(kind))


def find_place(words: Iterable[str], parameters: Sequence[Parameter]) -> Place:
    """Read the words after the command; the last is the one being typed."""
    *before, typed = words
    reading = _Reading(parameters)
    for word in before:
        reading.take(word)
    return reading.place_of(typed)


class _Reading:
    """What has been read of a line."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._spelled = {spelling: each for each in parameters for spelling in each.spellings}
        self._arguments = [each for each in parameters if not each.spellings]
        self._waiting: Parameter | None = None  # an option that wants the next word
        self._options_over = False
        self._given: dict[str, list[str]] = {}

    def take(self, word: str) -> None:
        """Read a word that is complete."""
        if self._waiting or not self._is_option(word):
            self._give(self._waiting or self._next_argument(), word)
            self._waiting = None
        elif word == "--":
            self._options_over = True
        else:
            option, value = self._split(word)
            if option.flag or value is not None:
                self._give(option, value or "")
            else:
                self._waiting = option

    def place_of(self, typed: str) -> Place:
        """Say what the word being typed stands for."""
        if self._waiting:
            return Place(self._waiting, typed, 0, self._given)
        if not typed.startswith("-") or self._options_over:
            return Place(self._next_argument(), typed, 0, self._given)
        option, value = self._split(typed)
        if value is not None and not option.flag:
            return Place(option, value, len(typed) - len(value), self._given)
        return Place(OPTION, typed, 0, self._given)

    def _is_option(self, word: str) -> bool:
        return word.startswith("-") and word != "-" and not self._options_over

    def _split(self, word: str) -> tuple[Parameter, str | None]:
        """Part an option from the value in the same word: `--format=json`, `-fjson`."""
        if word.startswith("--"):
            spelling, equals, value = word.partition("=")
            return self._spelled.get(spelling, NOTHING._replace(flag=not equals)), value if equals else None
        return self._spelled.get(word[:2], NOTHING._replace(flag=True)), word[2:] or None

    def _next_argument(self) -> Parameter:
        return self._arguments[0] if self._arguments else NOTHING

    def _give(self, parameter: Parameter, value: str) -> None:
        self._given.setdefault(parameter.name, []).append(value)
        if not parameter.spellings and not parameter.repeats and self._arguments:
            del self._arguments[0]
