"""Bind a command to the command line: find its own options and the shared ones, and call it with their values."""

from __future__ import annotations

from korea_cli.base.errors import ConflictError
from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.streams import print_stderr
from korea_cli.cli import options
from korea_cli.cli.output_options import OutcomeOptions, OutputOptions
from korea_cli.commands import parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.base.parameters import Parameter
    from korea_cli.commands import Command

# What builds each of `korea_cli.commands.PROVIDED` from shared options; the others need none.
_PROVIDERS: dict[str, Callable[..., Any]] = {
    "loaded": options.load_files, "chronology": options.open_data, "selection": options.make_selection,
    "files": options.edit_data, "named": options.edit_files, "notices": options.make_notices,
    "terminal": options.make_terminal,
}  # fmt: skip
# What reads how to write the answer, by the type of that.
_OUTPUTS: dict[str, Callable[..., Any] | None] = {"str": None, "Outcome": OutcomeOptions}


class Binding(NamedTuple):
    """A command with its parameters: its own, and the shared ones by what they provide, `output` among them."""

    command: Command
    own: list[Parameter]
    shared: dict[str, list[Parameter]]
    finish: Callable[..., Any] | None

    @property
    def parameters(self) -> list[Parameter]:
        """All parameters, each once."""
        known: dict[str, Parameter] = {}
        for each in (*self.own, *(each for group in self.shared.values() for each in group)):
            known.setdefault(each.name, each)
        return list(known.values())

    @property
    def takes_terms(self) -> bool:
        """Whether the words after the command are the terms of its query, not names."""
        return any(each.name == "terms" for each in self.parameters)

    def arguments(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the command's own arguments and options."""
        return _pick(self.own, values)

    def answer(
        self, values: Mapping[str, Any], words: Sequence[str], program: Mapping[str, Callable[..., object]]
    ) -> tuple[Any, OutputOptions | OutcomeOptions | None]:
        """Call the command, with what it needs of the program; a conflict of options is reported as in `words`."""
        try:
            output = self.finish(**_pick(self.shared["output"], values)) if self.finish else None
            if isinstance(output, OutputOptions):
                output.require_one_format()
            provided = {name: make(**_pick(self.shared[name], values)) for name, make in _provided_to(self.command)}
            needed = {name: each for name, each in program.items() if name in self.command.answer.__annotations__}
            answer = self.command.answer(**provided, **needed, **self.arguments(values))
        except ConflictError as error:
            one, other = (self._as_typed(each, words) for each in (error.one, error.other))
            raise ConflictError(one, other, error.sentence) from None
        if output and not output.quiet:
            print_stderr(*getattr(provided.get("chronology"), "notes", ()))
        return answer, output

    def _as_typed(self, setting: tuple[str, str], words: Sequence[str]) -> tuple[str, str]:
        name, value = setting
        spellings = next(each.spellings for each in self.parameters if each.name == name)
        return next((each for each in spellings for word in words if word.startswith(each)), spellings[0]), value


def bind(command: Command) -> Binding:
    """Find the parameters of a command."""
    own = command.parameters
    own_names = {each.name for each in own}
    if any(each.repeats and not each.spellings for each in own):
        own_names.add("terms")  # a command line has room for one open-ended argument
    finish = _OUTPUTS.get(command.answer.__annotations__["return"], OutputOptions)
    groups = [*([("output", finish)] if finish else ()), *_provided_to(command)]
    shared = {name: [each for each in parameters_of(group) if each.name not in own_names] for name, group in groups}
    return Binding(command, own, shared, finish)


def _provided_to(command: Command) -> list[tuple[str, Callable[..., Any]]]:
    """Return what provides each of the command's parameters that are not typed, the last first: so help lists them."""
    return [(name, _PROVIDERS[name]) for name in reversed(command.answer.__annotations__) if name in _PROVIDERS]


def _pick(parameters: Sequence[Parameter], values: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: values[each.name] for each in parameters}
