"""A line that is read without Typer has the values that Typer reads, and most well-formed lines are read so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from korea_cli import commands
from korea_cli.cli.command_binding import bind
from korea_cli.cli.parsing import parser_for
from korea_cli.cli.scanning import asks_for_help
from korea_cli.cli.well_formed import read_well_formed
from korea_cli.model.records import RECORD_TYPES

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.base.parameters import Parameter

LINES = 10_000
TEXTS = (
    "thaad", "by:putin", "2017-05", "two words", "푸틴", "é=ü", "", "-", "--", "-1", "-7", "--json", "-n", "=", "a=b",
    "--no-such=", "-x", "help", "\udcff", "(", "[FILE]...", "\n",
)  # fmt: skip
NUMBERS = ("0", "1", "7", "200", "007", "-7", "99999999999999999999")
ODD_NUMBERS = ("+5", "1_000", " 3", "٣", "3.0", "", "x", "--1", "9" * 5000)
ODD_WORDS = (
    "--no-such", "-", "--", "---", "--jso", "--json=", "--json=yes", "-qx", "--data", "-n", "-n=5", "--limit=", "-é",
    "-\udcff", "--=", "-=", "--no-json", "--help", "-h", "--oneline=no", "-1n", "-dq", "--Limit", "5",
)  # fmt: skip


class Line(NamedTuple):
    """A command, with the type of record that `add` adds: its parameters, and Typer's parser of them."""

    name: str
    parameters: Sequence[Parameter]
    typer: Callable[[Sequence[str]], Mapping[str, Any]]

    def read(self, words: Sequence[str]) -> Mapping[str, Any] | None:
        """Return what Typer reads; None for a mistake."""
        try:
            return self.typer(words)
        except Exception as error:
            if not hasattr(error, "format_message"):  # a class that Typer does not name in public
                raise
            return None


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    typed = [(name, ()) for name in commands.names()] + [("add", (type_,)) for type_ in RECORD_TYPES]
    found = []
    for name, words in typed:
        parameters = bind(commands.load(name, words)).parameters
        found.append(Line(name, parameters, parser_for(name, parameters)))
    return found


def test_both_parsers_read_the_same_of_random_lines(lines: list[Line], dice: random.Random) -> None:
    fitting = read = 0
    for _ in range(LINES):
        line = dice.choice(lines)
        words = words_for(line.parameters, dice)
        values, expected = read_well_formed(line.parameters, words), line.read(words)
        if values is not None:
            assert expected is not None, (line.name, words)
            assert exact(values) == exact(expected), (line.name, words)
            assert not asks_for_help(words, line.parameters), (line.name, words)
        fitting, read = fitting + (expected is not None), read + (values is not None)
    assert fitting > LINES / 2  # else few lines are compared
    assert read > 0.95 * fitting


def exact(values: Mapping[str, Any]) -> dict[str, tuple[type, Any]]:
    """Return values with their types: True is not 1, and a list is no tuple."""
    return {name: (type(value), value) for name, value in values.items()}


def words_for(parameters: Sequence[Parameter], dice: random.Random) -> list[str]:
    """Return words for a command: options and arguments that it has, in any order, and now and then something odd."""
    odd = dice.random() < 0.3
    pieces = [typed(each, dice, odd=odd) for each in dice.choices(parameters, k=dice.randrange(6)) if each.spellings]
    pieces += [[value_for(each, dice, odd=odd)] for each in parameters if each.required]
    pieces += [[value_for(each, dice, odd=odd)] for each in parameters if each.repeats and not each.spellings]
    if odd:
        pieces += [[dice.choice(ODD_WORDS)] for _ in range(dice.randrange(3))]
    dice.shuffle(pieces)
    if dice.random() < 0.1:
        pieces.insert(dice.randrange(len(pieces) + 1), ["--"])
    return [word for piece in pieces for word in piece]


def typed(option: Parameter, dice: random.Random, *, odd: bool) -> list[str]:
    """Return an option as it can be typed: with its value joined or not, flags also together in one word."""
    spelling = dice.choice(option.spellings)
    if option.flag:
        flags = "".join(dice.choices("q1", k=dice.randrange(3)))
        return [spelling] if spelling.startswith("--") else [f"-{flags}{spelling[1:]}"]
    value = value_for(option, dice, odd=odd)
    joined = f"{spelling}{'=' * spelling.startswith('--')}{value}"
    return [joined] if dice.random() < 0.5 else [spelling, value]


def value_for(parameter: Parameter, dice: random.Random, *, odd: bool) -> str:
    """Return a value of a parameter as it can be typed."""
    if parameter.is_number:
        return dice.choice((*NUMBERS, *ODD_NUMBERS) if odd else NUMBERS)
    texts = list(TEXTS if odd or parameter.spellings else TEXTS[:6])
    return dice.choice([*parameter.declaration.values, *texts])


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (["-n5"], "limit", 5),
        (["-n", "-5"], "limit", -5),
        (["--limit=7", "-n", "3"], "limit", 3),
        (["-1q"], "oneline", True),
        (["-1", "--no-oneline"], "oneline", False),
        (["-1n5"], "limit", 5),
        (["-fjson", "a"], "format", "json"),
        (["--format="], "format", ""),
        (["a", "--json", "b"], "terms", ["a", "b"]),
        (["a", "--", "--json", "-x"], "terms", ["a", "--json", "-x"]),
        (["-a", "--", "-"], "actors", ["--"]),
        (["-"], "terms", ["-"]),
        ([""], "terms", [""]),
        ([], "terms", None),
    ],
)
def test_usual_ways_to_write_options_are_read(words: list[str], name: str, value: object) -> None:
    values = read_well_formed(bind(commands.load("timeline")).parameters, words)
    assert values is not None
    assert values[name] == value


@pytest.mark.parametrize(
    "words",
    [["--jso"], ["-n"], ["-n", "x"], ["-n+5"], ["--json=yes"], ["--help"], ["-qh"], ["-x"], ["--max-size=0"], ["-é"]],
)
def test_what_is_unusual_or_wrong_is_left_to_typer(words: list[str]) -> None:
    assert read_well_formed(bind(commands.load("timeline")).parameters, words) is None


def test_arguments_are_shared_around_an_open_ended_one() -> None:
    move = bind(commands.load("move")).parameters
    assert (values := read_well_formed(move, ["a", "b", "c.toml"]))
    assert (values["names"], values["target"]) == (["a", "b"], "c.toml")
    assert read_well_formed(move, ["a"]) is None
    assert read_well_formed(bind(commands.load("schema")).parameters, ["data", "more"]) is None
