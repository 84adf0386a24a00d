"""Read a command line with Typer."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from korea_cli.base.parameters import Option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.base.parameters import Parameter


def parser_for(command: str, parameters: Sequence[Parameter]) -> Callable[[Sequence[str]], Mapping[str, Any]]:
    """Return what reads the words after a command: the value of each parameter, by name.

    It raises what Typer does about words that do not fit.
    """

    def collect(**values: Any) -> Mapping[str, Any]:  # noqa: ANN401 - as Typer read them
        return values

    typer_parameters = [_for_typer(each) for each in parameters]
    collect.__signature__ = inspect.Signature(typer_parameters)  # type: ignore[attr-defined]
    collect.__annotations__ = {each.name: each.annotation for each in typer_parameters}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(command, add_help_option=False)(collect)
    read = get_command(app)

    def parse(words: Sequence[str]) -> Mapping[str, Any]:
        values: Mapping[str, Any] = read(list(words), prog_name="korea", standalone_mode=False)
        return values

    return parse


def _for_typer(parameter: Parameter) -> inspect.Parameter:
    declaration = parameter.declaration
    metavar = declaration.metavar or None
    if isinstance(declaration, Option):
        lowest, highest = declaration.limits
        info: object = typer.Option(*declaration.forms, metavar=metavar, min=lowest, max=highest)
    else:
        info = typer.Argument(metavar=metavar)
    default = inspect.Parameter.empty if parameter.required else parameter.default
    return inspect.Parameter(
        parameter.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[parameter.type, info]
    )
