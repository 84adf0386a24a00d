"""What can be asked: every module here is a command, named as the module is.

Where Python keeps the name for itself, an underscore follows it in the module's name and the function's.

A command is the function of the module's name. Its docstring is its help, `EXAMPLES` the command lines shown below it.
Beside its own arguments it may ask for `chronology` (opened from the data options) and `selection` (made from the query
options; `TYPES` are the types of record whose fields that takes, where not all), and it gives a Report, or a text that
is printed as it is and has no options of form. A command whose options depend on its arguments has a function
`for_words` beside it, which takes the words typed after its name and gives one like it that has them.
"""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.report.report import Report


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
