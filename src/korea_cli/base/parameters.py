"""How commands declare what they take from the command line: `Annotated[type, Option("--limit", "-n", help=…)]`."""

from __future__ import annotations

from korea_cli.base.hints import get_args, get_origin
from korea_cli.base.named_tuple import NamedTuple

HIDDEN = "Formats"  # the group of options that only some formats have: help explains them with the formats
KEYS = "Keys"  # the group of the options for keys of a record
# The groups of options that help only names; topics explain them.
MORE, MORE_KEYS, READING = "More options", "More keys", "Options for reading"


class Argument:
    """A word or words after the command's name. `values` are those that completion offers."""

    spellings: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    limits: tuple[int | None, int | None] = (None, None)

    def __init__(
        self, metavar: str, help: str, group: str = "Arguments", values: tuple[str, ...] = (),  # noqa: A002 - as in argparse
    ) -> None:  # fmt: skip
        self.metavar, self.help, self.group, self.values = metavar, help, group, values


class Option:
    """An option, by its spellings; `--a/--no-a` turns a flag on and off. Help lists it in a group."""

    def __init__(
        self, *spellings: str, help: str, metavar: str = "", group: str = "Options", values: tuple[str, ...] = (),  # noqa: A002
        limits: tuple[int | None, int | None] = (None, None),
    ) -> None:  # fmt: skip
        self.forms, self.metavar, self.help, self.group, self.values = spellings, metavar, help, group, values
        self.limits = limits
        self.spellings = tuple(part for spelling in spellings for part in spelling.split("/"))
        self.negations = tuple(spelling.partition("/")[2] for spelling in spellings if "/" in spelling)


class Parameter(NamedTuple):
    """A parameter of a function that a command line can set: an argument or an option."""

    name: str
    type: object
    declaration: Argument | Option
    default: object = None
    required: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """How the option is typed; nothing for an argument."""
        return self.declaration.spellings

    @property
    def negations(self) -> tuple[str, ...]:
        """The spellings that turn a flag off."""
        return self.declaration.negations

    @property
    def help(self) -> str:
        """The line of help."""
        return self.declaration.help

    @property
    def flag(self) -> bool:
        """Whether no value follows it."""
        return bool(self.spellings) and not self.declaration.metavar

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number."""
        return int in {self.type, *get_args(self.type)}

    @property
    def repeats(self) -> bool:
        """Whether it can be given several times."""
        return any(get_origin(each) is list for each in (self.type, *get_args(self.type)))
