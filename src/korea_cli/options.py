"""The options that commands share, each declared once, and how a command is bound to the command line.

A group of options is a function: its parameters are the options, its body makes of them what a command asks for by name
(`chronology`, `selection`) or what is done with its report (`Wanted`).
"""

import inspect
import os
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from korea_cli import formats
from korea_cli.errors import ConflictError
from korea_cli.writing import tell

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.reading.load import Loaded
    from korea_cli.reports import Report
    from korea_cli.selection import Selection

Texts = list[str] | None

_SELECTING = ("terms", "since", "until", "period")


class Wanted(NamedTuple):
    """What is done with a report: its format and fields, where it goes, what is said beside it.

    format: by name; None lets the file's ending or the terminal decide. fields: None for all. output: a file; None or
    `-` for standard output.
    """

    format: str | None = None
    fields: tuple[str, ...] | None = None
    output: str | None = None
    force: bool = False
    count_only: bool = False
    exit_code: bool = False
    color: str = "auto"
    quiet: bool = False
    debug: bool = False


Data = Annotated[
    Texts,
    typer.Option(
        "--data", "-d", metavar="FILE",
        help="Data file; repeat to merge several; 'builtin' is the record shipped with korea, '-' standard input."
        " Default: $KOREA_DATA, else builtin.",
    ),
]  # fmt: skip
MaxSize = Annotated[
    int, typer.Option("--max-size", metavar="BYTES", help="Read data files up to this size (default 256 MiB).")
]
_MAX_SIZE = 256 * 1024 * 1024


def opening(
    data: Data = None,
    max_size: MaxSize = _MAX_SIZE,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read the files anew, and keep no index of them.")
    ] = False,
) -> "Chronology":
    """Open the chronology that was named."""
    from korea_cli.opening import open_chronology  # noqa: PLC0415 - help needs no chronology

    return open_chronology(*(data or ()), max_size=max_size, cache=not no_cache)


def loading(
    files: Annotated[Texts, typer.Argument(metavar="[FILE]...", help="Data files.", show_default=False)] = None,
    data: Data = None,
    max_size: MaxSize = _MAX_SIZE,
) -> "Loaded":
    """Load the files that were named, with all their problems."""
    from korea_cli.reading.load import load  # noqa: PLC0415
    from korea_cli.reading.locate import data_files  # noqa: PLC0415

    return load(data_files([*(files or ()), *(data or ())], os.environ), max_size=max_size)


def selecting(
    terms: Annotated[
        Texts,
        typer.Argument(metavar="[QUERY]...", help="Words and field:value terms.", show_default=False),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", "--since", metavar="DATE", help="Not before this day, month or year.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", "--until", metavar="DATE", help="Not after it; both ends count.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", "-p", "--on", metavar="DATE", help="Within it: 2017-05, 2017Q2, 'may 2017', A..B."),
    ] = None,
    certain: Annotated[
        bool, typer.Option("--certain", help="Only what surely falls in the window, not what perhaps does.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day that 'today' means in typed dates.")
    ] = None,
    actors: Annotated[Texts, typer.Option("--actor", "-a", metavar="NAME", help="The same as actor:NAME.")] = None,
    topics: Annotated[Texts, typer.Option("--topic", "-t", metavar="NAME", help="The same as topic:NAME.")] = None,
    kinds: Annotated[Texts, typer.Option("--kind", "-k", metavar="KIND", help="The same as kind:KIND.")] = None,
    sources: Annotated[Texts, typer.Option("--source", "-s", metavar="NAME", help="The same as source:NAME.")] = None,
    statuses: Annotated[Texts, typer.Option("--status", metavar="WORD", help="The same as status:WORD.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", help="At most so many records.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="The other way round.")] = False,
    sort: Annotated[str | None, typer.Option("--sort", metavar="FIELD", help="Order by this field instead.")] = None,
) -> "Selection":
    """Put together what is asked for."""
    from korea_cli.selection import Selection  # noqa: PLC0415

    return Selection(
        terms=tuple(terms or ()), since=since, until=until, period=period, certain=certain, as_of=as_of,
        actors=tuple(actors or ()), topics=tuple(topics or ()), kinds=tuple(kinds or ()),
        sources=tuple(sources or ()), statuses=tuple(statuses or ()), limit=limit, reverse=reverse, sort=sort,
    )  # fmt: skip


def answering(
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help=f"One of {', '.join(formats.names())}. Default: table on a terminal, plain in a pipe.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as -f json.")] = False,
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="A,B,...", help="Only these fields, in this order; 'help' lists them."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there; the ending picks the format; '-' is stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Let -o overwrite the data file itself.")] = False,
    count: Annotated[bool, typer.Option("--count", help="Only say how many.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 when nothing matched.")] = False,
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes on stderr.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an internal error.")] = False,
) -> Wanted:
    """Put together what is done with the answer; raises ConflictError when two formats are asked for."""
    if json and format is not None and format.casefold() != "json":
        raise ConflictError(("json", ""), ("format", format))
    return Wanted(
        format="json" if json else format,
        fields=tuple(fields.replace(" ", "").split(",")) if fields is not None else None,
        output=output, force=force, count_only=count, exit_code=exit_code, color=color, quiet=quiet, debug=debug,
    )  # fmt: skip


def general(version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False) -> None:
    """Keep and ask a chronology: what happened, when as far as anyone knows, who says so, and who disagrees."""


def takes_query(command: Callable[..., object]) -> bool:
    """Say whether a command asks for a selection."""
    return "selection" in inspect.signature(command).parameters


Answers = Callable[..., "Report | str"]
Deliver = Callable[["Report | str", Wanted], int]
_GIVEN: Mapping[str, Callable[..., Any]] = {"loaded": loading, "chronology": opening, "selection": selecting}


def bind(command: Answers, deliver: Deliver, typed: Sequence[str]) -> Callable[..., Callable[[], int]]:
    """Give a function for Typer that takes a command's own arguments and the shared options it has use for.

    It gives what there is to do, undone: Typer reads the command line and has no hand in the rest. `typed` is the
    command line, by whose words a conflict of options is told.
    """
    own = [parameter for parameter in _parameters(command) if parameter.name not in _GIVEN]
    taken = {parameter.name for parameter in own}
    if any(typing.get_origin(typing.get_args(each.annotation)[0]) is list for each in own):
        taken.add("terms")  # a command line has room for one open-ended argument
    wanted = [name for name in inspect.signature(command).parameters if name in _GIVEN]
    shared = {name: [each for each in _parameters(_GIVEN[name]) if each.name not in taken] for name in wanted}
    answers = [] if inspect.signature(command).return_annotation == "str" else _parameters(answering)

    def do(given: dict[str, Any]) -> int:
        try:
            answer = answering(**{each.name: given[each.name] for each in answers})
            made = {name: _GIVEN[name](**{each.name: given[each.name] for each in shared[name]}) for name in wanted}
        except ConflictError as error:
            raise ConflictError(*(_as_typed(each, parameters, typed) for each in (error.one, error.other))) from None
        if not answer.quiet:
            for note in getattr(made.get("chronology"), "notes", ()):
                tell(note)
        return deliver(command(**made, **{each.name: given[each.name] for each in own}), answer)

    def run(**given: Any) -> Callable[[], int]:  # noqa: ANN401 - as Typer read them
        return lambda: do(given)

    parameters = [*own, *(each for name in reversed(wanted) for each in shared[name]), *answers]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    run.__doc__ = command.__doc__
    return run


def _as_typed(said: tuple[str, str], parameters: Sequence[inspect.Parameter], typed: Sequence[str]) -> tuple[str, str]:
    """Name an option by that one of its spellings that was typed."""
    name, value = said
    option = next(each.annotation.__metadata__[0] for each in parameters if each.name == name)
    spellings = (option.default, *(option.param_decls or ()))  # Typer takes the first spelling for a default
    return next((each for each in spellings for word in typed if word.startswith(each)), spellings[0]), value


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Give a function's parameters as keywords, their annotations read where they are text."""
    return [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=_annotation(each, function))
        for each in inspect.signature(function).parameters.values()
    ]


def _annotation(parameter: inspect.Parameter, function: Callable[..., Any]) -> object:
    written = parameter.annotation
    if not isinstance(written, str) or parameter.name in _GIVEN:
        return written
    return eval(written, function.__globals__)  # noqa: S307 - the source of our own commands
