"""The commands: every module here is a command, named as the module is.

Where Python keeps the name for itself, an underscore follows it in the module's name and the function's.

A command is the function of the module's name. Its docstring is its help, `EXAMPLES` the command lines shown below it.
Beside its own arguments it may have parameters of the names in `PROVIDED`: `chronology` (opened from the data options),
`selection` (made from the query options; `TYPES` are the types of record whose fields that takes, where not all) and so
on. It returns a Report, or a text that is printed as it is and has no options of form. A command whose options depend
on its arguments has a function `for_words` in its module: it takes the words typed after its name and returns one like
it with those options.
"""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import inspect
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from korea_cli.cache.progress import Watch
    from korea_cli.report.report import Report


PROVIDED = {"loaded", "chronology", "selection", "files", "named", "notices", "program"}  # by the command line


class Notices(Protocol):
    """Writes to standard error; silent with `--quiet`."""

    def note(self, *sentences: str) -> None:
        """Write sentences, each on a line."""

    def progress(self) -> AbstractContextManager[Watch]:
        """Return a context in which the progress of long work is shown."""


class Program(Protocol):
    """The program that a command is part of."""

    def completion_script(self, shell: str) -> str:
        """Return the script that has a shell complete the program's commands."""

    def json_schema(self, name: str) -> dict[str, Any]:
        """Return the JSON Schema of the data file (`data`) or of the JSON output (`output`)."""


class Command(NamedTuple):
    """A command: its name, the function that answers, command lines that show what it can do.

    types: the types of record whose fields its QUERY takes.
    """

    name: str
    answer: Callable[..., Report | str]
    examples: tuple[str, ...]
    types: tuple[str, ...] = ("event", "fact", "actor", "topic", "source")


def names() -> tuple[str, ...]:
    """List the commands."""
    return tuple(sorted(path.stem.removesuffix("_") for path in Path(__file__).parent.glob("[a-z]*.py")))


def load(name: str, words: Sequence[str] = ()) -> Command:
    """Load the command of a name, one of `names()`; `words` are those typed after it."""
    own = f"{name}_" if iskeyword(name) else name
    module = import_module(f"korea_cli.commands.{own}")
    answer = module.for_words(words) if hasattr(module, "for_words") else getattr(module, own)
    return Command(name, answer, module.EXAMPLES, *([module.TYPES] if hasattr(module, "TYPES") else []))


def parameters_of(function: Callable[..., object]) -> list[inspect.Parameter]:
    """Return a function's parameters by keyword; annotations are evaluated where they are text."""
    import inspect  # noqa: PLC0415 - listing the commands needs no signatures

    return [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=_annotation(each, function))
        for each in inspect.signature(function).parameters.values()
    ]


def _annotation(parameter: inspect.Parameter, function: Callable[..., object]) -> object:
    annotation = parameter.annotation
    if not isinstance(annotation, str) or parameter.name in PROVIDED:
        return annotation
    return eval(annotation, function.__globals__)  # noqa: S307 - the source of our own commands


def own_parameters(command: Callable[..., object]) -> list[inspect.Parameter]:
    """Return the parameters that are the command's own arguments and options."""
    return [each for each in parameters_of(command) if each.name not in PROVIDED]
