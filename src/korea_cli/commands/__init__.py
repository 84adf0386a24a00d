"""The commands: every module here is a command, named as the module is.

Where Python keeps the name for itself, an underscore follows it in the module's name and the function's. A hyphen is an
underscore there.

A command is the function of the module's name. Its docstring is its help, `EXAMPLES` are the command lines shown below
it, `GROUP` is where the overview lists it (default: Query). Its own arguments and options are parameters annotated with
an `Argument` or `Option`. Parameters named in `PROVIDED` are given to it: `chronology` (from the data options),
`selection` (from the query options) and so on. It returns a Report, an Outcome, or a text that is printed as it is. If
it has options that depend on its arguments, its module has a function `variant_for_words`, which takes the words after
its name and returns a `Variant`; the command is called with their values by name.
"""

from __future__ import annotations

from keyword import iskeyword

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.base.hints import TYPE_CHECKING, get_args
from korea_cli.base.module_folder import import_by_name, module_names
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.parameters import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.report.report import Report

# By the command line.
PROVIDED = {
    "loaded", "chronology", "selection", "files", "named", "notices", "terminal", "help_page", "json_schema",
}  # fmt: skip


class Variant(NamedTuple):
    """What a command is with certain arguments: these, the options that it then also has, and its examples."""

    name: str
    options: tuple[Parameter, ...]
    examples: tuple[str, ...]


class Command(NamedTuple):
    """A command: its name, its function, examples of command lines.

    group: where the overview lists it. variant: what its arguments make of it.
    """

    name: str
    answer: Callable[..., Report | str]
    examples: tuple[str, ...]
    group: str
    variant: Variant | None = None

    @property
    def title(self) -> str:
        """What its help is called: its name, with what its arguments make of it."""
        return f"{self.name} {self.variant.name}" if self.variant else self.name

    @property
    def summary(self) -> str:
        """The first line of its help."""
        return self.paragraphs[0]

    @property
    def paragraphs(self) -> list[str]:
        """Its help."""
        return [" ".join(each.split()) for each in (self.answer.__doc__ or "").split("\n\n")]

    @property
    def parameters(self) -> list[Parameter]:
        """Its own arguments and options."""
        return [*parameters_of(self.answer), *(self.variant.options if self.variant else ())]


def names() -> tuple[str, ...]:
    """List the commands."""
    return tuple(sorted(name.removesuffix("-") for name in module_names(__file__)))


def load(name: str, words: Sequence[str] = ()) -> Command:
    """Load the command of a name, one of `names()`; `words` are those typed after it."""
    own = f"{name}_" if iskeyword(name) else name.replace("-", "_")
    module = import_by_name(f"korea_cli.commands.{own}")
    answer = getattr(module, own)
    variant = module.variant_for_words(words) if hasattr(module, "variant_for_words") else None
    examples = variant.examples if variant else module.EXAMPLES
    return Command(name, answer, examples, getattr(module, "GROUP", "Query"), variant)


def unknown(what: str, name: str, known: Sequence[str]) -> UsageError:
    """Return the error for an unknown command, or `what` else a name should be: with the nearest one, else with all."""
    from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only when something is wrong

    near = nearest(name, known)
    return UsageError(f"unknown {what} '{name}'. Did you mean '{near}'?") if near else NotInListError(what, name, known)


def parameters_of(function: Callable[..., object]) -> list[Parameter]:
    """Return the arguments and options that a function, or a named tuple, takes from the command line, in order."""
    maker = function.__new__ if isinstance(function, type) else function
    code = maker.__code__
    names, count = code.co_varnames, code.co_argcount
    defaults = dict(zip(reversed(names[:count]), reversed(maker.__defaults__ or ()), strict=False))
    defaults |= maker.__kwdefaults__ or {}
    own = [name for name in names[: count + code.co_kwonlyargcount] if name in function.__annotations__]
    return [_parameter(name, function, defaults) for name in own if name not in PROVIDED]


def _parameter(name: str, function: Callable[..., object], defaults: Mapping[str, object]) -> Parameter:
    annotation = function.__annotations__[name]
    if isinstance(annotation, str):
        annotation = eval(annotation, function.__globals__)  # noqa: S307 - the source of our own commands
    type_, declaration = get_args(annotation)
    return Parameter(name, type_, declaration, defaults.get(name), name not in defaults)
