"""Bind a command to the command line: find its own options and the shared ones, and call it with their values."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import ConflictError
from korea_cli.base.streams import print_stderr
from korea_cli.cli import options
from korea_cli.cli.options import OutputOptions
from korea_cli.commands import parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.base.parameters import Parameter
    from korea_cli.commands._provided import Program
    from korea_cli.editing.outcome import Outcome
    from korea_cli.report.report import Report

    Answer = Report | Outcome | str

# What builds each of `korea_cli.commands.PROVIDED` from shared options; the program itself needs none.
_PROVIDERS: dict[str, Callable[..., Any]] = {
    "loaded": options.load_files, "chronology": options.open_data, "selection": options.make_selection,
    "files": options.edit_data, "named": options.edit_files, "notices": options.make_notices,
    "program": lambda: None,
}  # fmt: skip


class Binding(NamedTuple):
    """A command with its parameters: its own, the shared ones by what they provide, those of the output."""

    command: Callable[..., Answer]
    own: list[Parameter]
    shared: dict[str, list[Parameter]]
    output: list[Parameter]
    finish: Callable[..., OutputOptions] | None

    @property
    def parameters(self) -> list[Parameter]:
        """All parameters, each once."""
        every = (*self.own, *self.output, *(each for group in reversed(self.shared.values()) for each in group))
        return list({each.name: each for each in reversed(every)}.values())[::-1]

    @property
    def takes_query(self) -> bool:
        """Whether the command is provided with a selection."""
        return "selection" in self.shared

    @property
    def takes_terms(self) -> bool:
        """Whether the words after the command are the terms of its query, not names."""
        return any(each.name == "terms" for each in self.parameters)

    def arguments(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the command's own arguments and options."""
        return _pick(self.own, values)

    def answer(self, values: Mapping[str, Any], words: Sequence[str], program: Program) -> tuple[Answer, OutputOptions]:
        """Call the command; a conflict of options is reported by the spellings among `words`."""
        try:
            output = self.finish(**_pick(self.output, values)) if self.finish else OutputOptions()
            providers = {**_PROVIDERS, "program": lambda: program}
            provided = {name: providers[name](**_pick(each, values)) for name, each in self.shared.items()}
            answer = self.command(**provided, **self.arguments(values))
        except ConflictError as error:
            raise ConflictError(*(self._as_typed(each, words) for each in (error.one, error.other))) from None
        for note in () if output.quiet else getattr(provided.get("chronology"), "notes", ()):
            print_stderr(note)
        return answer, output

    def _as_typed(self, setting: tuple[str, str], words: Sequence[str]) -> tuple[str, str]:
        name, value = setting
        spellings = next(each.spellings for each in self.parameters if each.name == name)
        return next((each for each in spellings for word in words if word.startswith(each)), spellings[0]), value


def bind(command: Callable[..., Answer]) -> Binding:
    """Find the parameters of a command."""
    signature, own = inspect.signature(command), parameters_of(command)
    own_names = {each.name for each in own}
    if any(each.repeats and not each.spellings for each in own):
        own_names.add("terms")  # a command line has room for one open-ended argument
    provided = [name for name in signature.parameters if name in _PROVIDERS]
    shared = {
        name: [each for each in parameters_of(_PROVIDERS[name]) if each.name not in own_names] for name in provided
    }
    outputs = {"str": None, "Outcome": options.outcome_output}
    finish = outputs.get(str(signature.return_annotation), options.report_output)
    return Binding(command, own, shared, parameters_of(finish) if finish else [], finish)


def _pick(parameters: Sequence[Parameter], values: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: values[each.name] for each in parameters}
