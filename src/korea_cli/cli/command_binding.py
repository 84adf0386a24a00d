"""Bind a command to the command line: its own arguments, and the shared options that it has use for."""

from __future__ import annotations

import inspect
import typing
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from korea_cli.base.errors import ConflictError
from korea_cli.base.streams import print_stderr
from korea_cli.cli.options import (
    OutputOptions,
    answering,
    editing,
    hosting,
    loading,
    naming,
    noticing,
    opening,
    selecting,
    telling,
)
from korea_cli.commands import own_parameters, parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typer.models import ParameterInfo

    from korea_cli.editing.outcome import Outcome
    from korea_cli.report.report import Report

    Answers = Callable[..., Report | Outcome | str]
    Deliver = Callable[[Report | Outcome | str, OutputOptions], int]

_GIVEN: dict[str, Callable[..., Any]] = {
    "loaded": loading, "chronology": opening, "selection": selecting, "files": editing, "named": naming,
    "notices": noticing, "program": hosting,
}  # fmt: skip


def bind(command: Answers, deliver: Deliver, typed: Sequence[str]) -> Callable[..., Callable[[], int]]:
    """Give a function for Typer that takes a command's own arguments and the shared options it has use for.

    It gives what there is to do, undone: Typer reads the command line and has no hand in the rest. `typed` is the
    command line, by whose words a conflict of options is told.
    """
    bound = _bound(command)

    def run(**given: Any) -> Callable[[], int]:  # noqa: ANN401 - as Typer read them
        return lambda: deliver(*bound.answer(given, typed))

    run.__signature__ = inspect.Signature(bound.parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in bound.parameters}
    run.__doc__ = command.__doc__
    return run


def takes_query(command: Callable[..., object]) -> bool:
    """Say whether a command asks for a selection."""
    return "selection" in inspect.signature(command).parameters


def takes_terms(command: Answers) -> bool:
    """Return whether the words after a command are the terms of its query, not names of its own."""
    return any(each.name == "terms" for each in _bound(command).parameters)


def options_of(command: Answers) -> set[str]:
    """Return the long spellings of every option of a command."""
    options = (each.annotation.__metadata__[0] for each in _bound(command).parameters)
    return {spelling for each in options for spelling in spellings_of(each) if spelling.startswith("--")}


def spellings_of(option: ParameterInfo) -> tuple[str, ...]:
    """Return the spellings of an option; none of an argument."""
    declared = (option.default, *(option.param_decls or ()))  # Typer takes the first spelling for a default
    return tuple(part for each in declared if isinstance(each, str) for part in each.split("/") if part[:1] == "-")


class _Bound(NamedTuple):
    """A command with the parameters it takes: its own, those of what it is given by name, those of its answer."""

    command: Answers
    own: list[inspect.Parameter]
    shared: dict[str, list[inspect.Parameter]]
    answers: list[inspect.Parameter]
    finish: Callable[..., OutputOptions] | None

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """Give all parameters in the order in which help lists them."""
        last = {each.name for each in self.answers}  # `quiet` concerns others too, and is listed once
        shared = [each for parameters in reversed(self.shared.values()) for each in parameters if each.name not in last]
        return [*(each for each in self.own if each.name not in last), *shared, *self.answers]

    def answer(self, given: dict[str, Any], typed: Sequence[str]) -> tuple[Report | Outcome | str, OutputOptions]:
        """Have the command answer, and say what is done with that."""
        try:
            wanted = self.finish(**_named(self.answers, given)) if self.finish else OutputOptions()
            made = {name: _GIVEN[name](**_named(parameters, given)) for name, parameters in self.shared.items()}
            own = _named(self.own, given)
            answer = self.command(**made, **own)
        except ConflictError as error:
            raise ConflictError(
                *(_as_typed(each, self.parameters, typed) for each in (error.one, error.other))
            ) from None
        for note in () if wanted.quiet else getattr(made.get("chronology"), "notes", ()):
            print_stderr(note)
        if type(answer).__name__ == "Report":  # importing it takes time
            answer = cast("Report", answer)._replace(arguments=own)
        return answer, wanted


def _bound(command: Answers) -> _Bound:
    signature = inspect.signature(command)
    own = own_parameters(command)
    taken = {each.name for each in own}
    if any(typing.get_origin(typing.get_args(each.annotation)[0]) is list for each in own):
        taken.add("terms")  # a command line has room for one open-ended argument
    wanted = [name for name in signature.parameters if name in _GIVEN]
    shared = {name: [each for each in parameters_of(_GIVEN[name]) if each.name not in taken] for name in wanted}
    finish = {"str": None, "Outcome": telling}.get(str(signature.return_annotation), answering)
    return _Bound(command, own, shared, parameters_of(finish) if finish else [], finish)


def _named(parameters: Sequence[inspect.Parameter], given: dict[str, Any]) -> dict[str, Any]:
    return {each.name: given[each.name] for each in parameters}


def _as_typed(said: tuple[str, str], parameters: Sequence[inspect.Parameter], typed: Sequence[str]) -> tuple[str, str]:
    """Name an option by that one of its spellings that was typed."""
    name, value = said
    option = next(each.annotation.__metadata__[0] for each in parameters if each.name == name)
    spellings = spellings_of(option)
    return next((each for each in spellings for word in typed if word.startswith(each)), spellings[0]), value
