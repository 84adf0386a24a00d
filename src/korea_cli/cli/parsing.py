"""Read a command line with Typer."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from korea_cli.base.parameters import Option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.base.parameters import Parameter


def parse(command: str, parameters: Sequence[Parameter], words: Sequence[str]) -> Mapping[str, Any]:
    """Return the value of each parameter, by name; raises what Typer does about words that do not fit."""

    def collect(**values: Any) -> Mapping[str, Any]:  # noqa: ANN401 - as Typer read them
        return values

    declared = [_declared(each) for each in parameters]
    collect.__signature__ = inspect.Signature(declared)  # type: ignore[attr-defined]
    collect.__annotations__ = {each.name: each.annotation for each in declared}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(command, add_help_option=False)(collect)
    read: Mapping[str, Any] = get_command(app)(list(words), prog_name="korea", standalone_mode=False)
    return read


def _declared(parameter: Parameter) -> inspect.Parameter:
    declared = parameter.declared
    metavar = declared.metavar or None
    if isinstance(declared, Option):
        lowest, highest = declared.limits
        info: object = typer.Option(*declared.declared, metavar=metavar, min=lowest, max=highest)
    else:
        info = typer.Argument(metavar=metavar)
    default = inspect.Parameter.empty if parameter.required else parameter.default
    return inspect.Parameter(
        parameter.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[parameter.type, info]
    )
