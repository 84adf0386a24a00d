"""The options that commands share, each declared once.

A group of options is a function: its parameters are the options, its body makes of them what a command asks for by name
(`chronology`, `selection`) or what is done with its report (`OutputOptions`).
"""

import os
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from korea_cli import formats
from korea_cli.base.errors import ConflictError

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.chronology import Chronology
    from korea_cli.commands import Notices, Program
    from korea_cli.editing.files import Editable
    from korea_cli.query.selection import Selection

Texts = list[str] | None


class OutputOptions(NamedTuple):
    """What is done with a report: its format and fields, where it goes, what is said beside it.

    format: by name; None lets the file's ending or the terminal decide. fields: None for all. output: a file; None or
    `-` for standard output. pager: whether a long answer may go through one. oneline: whether a table lists one record
    per line; None lets the environment decide. options: by name, those set that only some
    formats have.
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
    pager: bool = True
    oneline: bool | None = None
    options: tuple[tuple[str, object], ...] = ()


Data = Annotated[
    Texts,
    typer.Option(
        "--data", "-d", metavar="FILE",
        help="Data file; repeatable. 'builtin' is the built-in record, '-' is stdin."
        " Default: $KOREA_DATA, else builtin.",
    ),
]  # fmt: skip
MaxSize = Annotated[
    int, typer.Option("--max-size", metavar="BYTES", min=1, help="Read data files up to this size (default: 256 MiB).")
]
MAX_SIZE = 256 * 1024 * 1024
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Do not print notes on stderr.")]


def opening(
    data: Data = None,
    max_size: MaxSize = MAX_SIZE,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Bypass the cache.")] = False,
    quiet: Quiet = False,
) -> "Chronology":
    """Open the chronology that was named."""
    from korea_cli.cli.notices import StderrNotices  # noqa: PLC0415 - as above
    from korea_cli.opening import open_chronology  # noqa: PLC0415 - help needs no chronology

    with StderrNotices(quiet).progress() as watch:
        return open_chronology(*(data or ()), max_size=max_size, cache=not no_cache, watch=watch)


def noticing(quiet: Quiet = False) -> "Notices":
    """Return what writes notes and progress to standard error."""
    from korea_cli.cli.notices import StderrNotices  # noqa: PLC0415 - as above

    return StderrNotices(quiet)


def hosting() -> "Program":
    """Return the program itself, for commands about it."""
    from korea_cli.cli.host import Host  # noqa: PLC0415 - few commands need it

    return Host()


def loading(
    files: Annotated[Texts, typer.Argument(metavar="[FILE]...", help="Data files.", show_default=False)] = None,
    data: Data = None,
    max_size: MaxSize = MAX_SIZE,
) -> "LoadResult":
    """Load the files that were named, with all their problems."""
    from korea_cli.checks.load import load  # noqa: PLC0415
    from korea_cli.reading.locate import data_files  # noqa: PLC0415

    return load(data_files([*(files or ()), *(data or ())], os.environ), max_size=max_size)


def editing(
    data: Data = None,
    max_size: MaxSize = MAX_SIZE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes without writing them.")] = False,
) -> "Editable":
    """Name the files that may be changed."""
    from korea_cli.editing.files import Editable  # noqa: PLC0415 - help changes nothing
    from korea_cli.reading.locate import data_files  # noqa: PLC0415 - as above

    return Editable(data_files(data or (), os.environ), max_size, dry_run)


def naming(
    files: Annotated[Texts, typer.Argument(metavar="[FILE]...", help="Data files.", show_default=False)] = None,
    data: Data = None,
    max_size: MaxSize = MAX_SIZE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "--diff", help="Show the changes without writing them.")
    ] = False,
) -> "Editable":
    """Name the files that may be changed, as arguments or as `editing` does."""
    return editing([*(files or ()), *(data or ())], max_size, dry_run)


def selecting(
    terms: Annotated[
        Texts,
        typer.Argument(metavar="[QUERY]...", help="Words and field:value terms.", show_default=False),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", "--since", metavar="DATE", help="On or after DATE.")] = None,
    until: Annotated[
        str | None, typer.Option("--to", "--until", metavar="DATE", help="On or before DATE (inclusive).")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", "-p", "--on", metavar="DATE", help="Within DATE: 2017-05, 2017Q2, 'may 2017', A..B."),
    ] = None,
    certain: Annotated[bool, typer.Option("--certain", help="Only records certain to fall in the range.")] = False,
    today: Annotated[
        str | None, typer.Option("--today", metavar="DATE", help="Read typed dates as if today were DATE.")
    ] = None,
    actors: Annotated[Texts, typer.Option("--actor", "-a", metavar="NAME", help="Same as actor:NAME.")] = None,
    topics: Annotated[Texts, typer.Option("--topic", "-t", metavar="NAME", help="Same as topic:NAME.")] = None,
    kinds: Annotated[Texts, typer.Option("--kind", "-k", metavar="KIND", help="Same as kind:KIND.")] = None,
    sources: Annotated[Texts, typer.Option("--source", "-s", metavar="NAME", help="Same as source:NAME.")] = None,
    statuses: Annotated[Texts, typer.Option("--status", metavar="WORD", help="Same as status:WORD.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", help="Show at most N records.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Reverse the order.")] = False,
    sort: Annotated[str | None, typer.Option("--sort", metavar="FIELD", help="Sort by FIELD.")] = None,
) -> "Selection":
    """Put together what is asked for."""
    from korea_cli.query.selection import Selection  # noqa: PLC0415

    return Selection(
        terms=tuple(terms or ()), since=since, until=until, period=period, certain=certain, today=today,
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
            help=f"One of {', '.join(formats.names())}. Default: table on a terminal, else plain.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Same as -f json.")] = False,
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="A,B,...", help="Show only these fields; 'help' lists them."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to FILE, in the format of its extension ('-': stdout)."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Allow -o to overwrite a chronology.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="csv, tsv: do not escape formulas.")] = False,
    excel: Annotated[
        bool, typer.Option("--excel", help="csv, tsv: write dates as text that Excel does not change.")
    ] = False,
    include_imprecise: Annotated[
        bool, typer.Option("--include-imprecise", help="ics: include events without an exact day, as tentative.")
    ] = False,
    group: Annotated[
        str | None, typer.Option("--group", metavar="BY", help="timelinejs: group events by topic or actor.")
    ] = None,
    oneline: Annotated[
        bool | None,
        typer.Option("--oneline/--no-oneline", "-1", help="List one record per line. Default: $KOREA_ONELINE."),
    ] = None,
    count: Annotated[bool, typer.Option("--count", help="Print only the count.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 if nothing matches (diff: if the files differ).")
    ] = False,
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="Use colour: auto, always or never.")] = "auto",
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Do not use a pager.")] = False,
    quiet: Quiet = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an internal error.")] = False,
) -> OutputOptions:
    """Put together what is done with the answer; raises ConflictError when two formats are asked for."""
    if json and format is not None and format.casefold() != "json":
        raise ConflictError(("json", ""), ("format", format))
    chosen = {"raw": raw, "excel": excel, "include_imprecise": include_imprecise, "group": group}
    return OutputOptions(
        format="json" if json else format,
        fields=tuple(fields.replace(" ", "").split(",")) if fields is not None else None,
        output=output, force=force, count_only=count, exit_code=exit_code, color=color, quiet=quiet, debug=debug,
        pager=not no_pager, oneline=oneline, options=tuple((name, value) for name, value in chosen.items() if value),
    )  # fmt: skip


def telling(
    json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an internal error.")] = False,
) -> OutputOptions:
    """Put together what is done with the outcome of a command that writes."""
    return OutputOptions(format="json" if json else None, quiet=quiet, debug=debug)


def general(version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False) -> None:
    """Record and query a chronology: what happened, when, who says so, and who disagrees."""
