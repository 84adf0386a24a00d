"""Read a well-formed command line without Typer, which takes longer to load than most answers take.

It knows the usual ways to write options and arguments, and no others: whatever it does not know is left to Typer, which
also reports all errors.
"""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.base.parameters import Parameter


def read_well_formed(parameters: Sequence[Parameter], words: Sequence[str]) -> Mapping[str, Any] | None:
    """Return the value of each parameter by name, as Typer would; None for a line that Typer has to read."""
    line = _LineReader(parameters)
    try:
        line.read(iter(words))
        line.share_arguments()
        return {each.name: line.value_of(each) for each in parameters}
    except (KeyError, StopIteration, ValueError):  # unknown option, missing value, what does not fit
        return None


class _LineReader:
    """Reads a line into values by the name of their parameter."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._options = {spelling: each for each in parameters for spelling in each.spellings}
        self._parameters = [each for each in parameters if not each.spellings]
        self._arguments: list[str] = []
        self._found: dict[str, list[Any]] = {}

    def read(self, words: Iterator[str]) -> None:
        """Read all words."""
        for word in words:
            if word == "--":
                self._arguments.extend(words)
            elif word.startswith("--"):
                self._read_long(word, words)
            elif word.startswith("-") and word != "-":
                self._read_short(word[1:], words)
            else:
                self._arguments.append(word)

    def _read_long(self, word: str, words: Iterator[str]) -> None:
        spelling, equals, value = word.partition("=")
        if not self._options[spelling].flag:
            self._add(spelling, value if equals else next(words))
        elif equals:
            raise ValueError(word)
        else:
            self._add(spelling)

    def _read_short(self, letters: str, words: Iterator[str]) -> None:
        """Read flags, and perhaps an option with its value, in one word."""
        for place, letter in enumerate(letters, start=1):
            spelling = f"-{letter}"
            if not self._options[spelling].flag:
                self._add(spelling, letters[place:] or next(words))
                return
            self._add(spelling)

    def _add(self, spelling: str, value: str = "") -> None:
        option = self._options[spelling]
        self._found.setdefault(option.name, []).append(spelling not in option.negations if option.flag else value)

    def share_arguments(self) -> None:
        """Share the words that are no options among the arguments; an open-ended one leaves a word to each after it."""
        words = self._arguments
        for following, parameter in zip(range(len(self._parameters) - 1, -1, -1), self._parameters, strict=True):
            count = max(len(words) - following, 0) if parameter.repeats else 1
            if words[:count]:
                self._found[parameter.name] = words[:count]
            words = words[count:]
        if words:
            raise ValueError(words)

    def value_of(self, parameter: Parameter) -> Any:  # noqa: ANN401 - of the parameter's type
        """Return the value of a parameter, the last one given if it does not repeat."""
        if parameter.name not in self._found:
            if parameter.required:
                raise KeyError(parameter.name)
            return parameter.default
        found = self._found[parameter.name]
        if parameter.repeats:
            return found
        return _number(found[-1], parameter) if parameter.is_number else found[-1]


def _number(word: str, parameter: Parameter) -> int:
    """Read a number; Typer also knows `+5`, `1_000` and other digits."""
    if not (word.isascii() and word.removeprefix("-").isdigit()):
        raise ValueError(word)
    lowest, highest = parameter.declaration.limits
    number = int(word)
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        raise ValueError(word)
    return number
