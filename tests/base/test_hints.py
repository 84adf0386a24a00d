"""The names that stand for those of `typing` at run time do what the program does with them."""

from __future__ import annotations

import typing

import pytest

from korea_cli import Answer, Event
from korea_cli.base import hints
from korea_cli.base.parameters import Option, Parameter


def test_it_has_names_of_typing_only() -> None:
    assert set(hints.__all__) <= set(typing.__all__)


@pytest.mark.parametrize("hint", [str, list[str], str | None, list[str] | None, dict[str, int]], ids=str)
def test_types_are_taken_apart_as_by_typing(hint: object) -> None:
    assert hints.get_args(hint) == typing.get_args(hint)
    assert hints.get_args(hints.Annotated[hint, 1]) == hints.get_args(typing.Annotated[hint, 1]) == (hint, 1)
    assert hints.get_args(hints.Literal["a", "b"]) == ("a", "b")
    assert (hints.get_origin(hint) is list) == (typing.get_origin(hint) is list)


@pytest.mark.parametrize(
    ("hint", "number", "repeats"),
    [(int, True, False), (int | None, True, False), (str | None, False, False), (list[str] | None, False, True)],
)
def test_a_parameter_knows_its_type(hint: object, number: bool, repeats: bool) -> None:  # noqa: FBT001 - parameters
    parameter = Parameter("name", hint, Option("--name", help="", metavar="X"))
    assert (parameter.is_number, parameter.repeats) == (number, repeats)


def test_an_answer_is_named_with_the_type_of_its_records() -> None:
    assert typing.get_origin(Answer[Event]) is Answer
    assert typing.get_args(Answer[Event]) == (Event,)
