"""The options that commands share, each declared once.

A group of options is a function: its parameters are the options, it returns what a command takes by name, such as
`chronology` or `selection`. How to write the answer is a group too: its options are the fields of a class.
"""

import os
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

from korea_cli import formats
from korea_cli.base.errors import ConflictError
from korea_cli.base.parameters import HIDDEN, MORE, Argument, Option, Parameter
from korea_cli.base.streams import can_ask
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.chronology import Chronology
    from korea_cli.commands._provided import Notices
    from korea_cli.editing.files import Editable
    from korea_cli.ingest.dialogue.import_dialogue import ColumnsTerminal
    from korea_cli.query.selection import Selection

Texts = list[str] | None
COLORS = ("auto", "always", "never")


# Help lists options in these groups; it only names those under MORE, and explains HIDDEN ones with the formats.
_filter, _time, _output, _more, _format = (
    partial(Option, group=group) for group in ("Filter", "Time", "Output", MORE, HIDDEN)
)
Data = Annotated[
    Texts,
    Option(
        "--data", "-d", metavar="FILE", group="Data",
        help="Data file, 'builtin' or '-' (stdin); repeatable. Default: $KOREA_DATA, else builtin.",
    ),
]  # fmt: skip
Target = Annotated[
    Texts,
    Option(
        "--data", "-d", metavar="FILE", group="Data", help="Data file to change; repeatable. Default: $KOREA_DATA."
    ),
]  # fmt: skip
MaxSize = Annotated[
    int, _more("--max-size", metavar="BYTES", limits=(1, None), help="Largest data file to read (default: 256 MiB).")
]
Paths = Annotated[Texts, Argument(metavar="[FILE]...", help="Data files.")]
FormatName = Annotated[
    str | None,
    _output(
        "--format", "-f", metavar="NAME", values=formats.names(),
        help="Format (default: table on a terminal, else plain).",
    ),
]  # fmt: skip
Json = Annotated[bool, _output("--json", help="Same as -f json.")]
OutputFile = Annotated[
    str | None, _output("--output", "-o", metavar="FILE", help="Write to FILE; its extension selects the format.")
]
Today = Annotated[str | None, _more("--today", metavar="DATE", help="Read typed dates as if today were DATE.")]
Quiet = Annotated[bool, _more("--quiet", "-q", help="Do not print notes on stderr.")]
Debug = Annotated[bool, _more("--debug", help="Show the traceback of an internal error.")]
HELP = Parameter("help", bool, _more("--help", "-h", help="Show this help."), default=False)


def open_data(
    data: Data = None,
    max_size: MaxSize = MAX_SIZE,
    no_cache: Annotated[bool, _more("--no-cache", help="Bypass the cache.")] = False,
    public: Annotated[bool, _more("--public", help="Leave out private records. Default: $KOREA_PUBLIC.")] = False,
    with_private: Annotated[bool, _more("--with-private", help="Include private records in all formats.")] = False,
    today: Today = None,
    format: FormatName = None,
    json: Json = False,
    output: OutputFile = None,
    quiet: Quiet = False,
) -> "Chronology":
    """Open the data files as a chronology; it has nothing private where the answer is for others."""
    from korea_cli.cli.audience import Audience  # noqa: PLC0415 - help needs no chronology

    audience = Audience.of("json" if json else format, output, public=public, with_private=with_private)
    return audience.open(data or (), max_size, today, cache=not no_cache, quiet=quiet)


def make_notices(quiet: Quiet = False) -> "Notices":
    """Return what writes notes and progress to standard error."""
    from korea_cli.cli.notices import StderrNotices  # noqa: PLC0415 - as above

    return StderrNotices(quiet)


def make_terminal(
    quiet: Quiet = False, json: Annotated[bool, _output("--json", help="Print the changes as JSON.")] = False
) -> "ColumnsTerminal | None":
    """Return a terminal that asks on stderr; None where nobody can answer, or wants to be asked."""
    if quiet or json or not can_ask():
        return None
    from korea_cli.cli.asking import StderrTerminal  # noqa: PLC0415 - few commands ask

    return StderrTerminal()


def load_files(
    paths: Paths = None,
    data: Data = None,
    max_size: MaxSize = MAX_SIZE,
) -> "LoadResult":
    """Load data files with all their problems."""
    from korea_cli.comparing.versions import load_named  # noqa: PLC0415
    from korea_cli.reading.locate import data_files  # noqa: PLC0415

    return load_named(data_files([*(paths or ()), *(data or ())], os.environ), max_size)


def edit_data(
    data: Target = None,
    max_size: MaxSize = MAX_SIZE,
    dry_run: Annotated[bool, _output("--dry-run", help="Show the changes without writing them.")] = False,
) -> "Editable":
    """Return the files to change."""
    from korea_cli.editing.files import Editable  # noqa: PLC0415 - help changes nothing
    from korea_cli.reading.locate import data_files  # noqa: PLC0415 - as above

    return Editable(data_files(data or (), os.environ), max_size, dry_run)


def edit_files(
    paths: Paths = None,
    data: Target = None,
    max_size: MaxSize = MAX_SIZE,
    dry_run: Annotated[bool, _output("--dry-run", "--diff", help="Show the changes without writing them.")] = False,
) -> "Editable":
    """Return the files to change, also those that are arguments."""
    return edit_data([*(paths or ()), *(data or ())], max_size, dry_run)


def make_selection(
    terms: Annotated[Texts, Argument(metavar="[QUERY]...", group="Filter", help="Words and field:value terms.")] = None,
    actors: Annotated[Texts, _filter("--actor", "-a", metavar="NAME", help="Same as actor:NAME.")] = None,
    topics: Annotated[Texts, _filter("--topic", "-t", metavar="NAME", help="Same as topic:NAME.")] = None,
    kinds: Annotated[Texts, _filter("--kind", "-k", metavar="KIND", help="Same as kind:KIND.")] = None,
    sources: Annotated[Texts, _filter("--source", "-s", metavar="NAME", help="Same as source:NAME.")] = None,
    statuses: Annotated[Texts, _filter("--status", metavar="WORD", help="Same as status:WORD.")] = None,
    since: Annotated[
        str | None, _time("--from", "--since", metavar="DATE|ID", help="On or after DATE or an event.")
    ] = None,
    until: Annotated[
        str | None, _time("--to", "--until", metavar="DATE|ID", help="On or before DATE or an event (inclusive).")
    ] = None,
    period: Annotated[
        str | None, _time("--period", "-p", "--on", metavar="DATE", help="Within DATE: 2017-05, 2017Q2, 2017..2018.")
    ] = None,
    around: Annotated[
        str | None, _time("--around", metavar="DATE|ID", help="Within --days of DATE or of an event.")
    ] = None,
    days: Annotated[
        int | None, _time("--days", metavar="N", help="Days on each side of --around (default: 7).")
    ] = None,
    known_by: Annotated[
        str | None, _time("--known-by", metavar="DATE", help="Only what was known, or possibly known, by DATE.")
    ] = None,
    certain: Annotated[bool, _time("--certain", help="Leave out what only possibly matches or was known.")] = False,
    today: Today = None,
    limit: Annotated[int | None, _output("--limit", "-n", metavar="N", help="Show at most N records.")] = None,
    sort: Annotated[str | None, _output("--sort", metavar="FIELD", help="Sort by FIELD.")] = None,
    reverse: Annotated[bool, _output("--reverse", help="Reverse the order.")] = False,
) -> "Selection":
    """Return the selection."""
    from korea_cli.query.selection import Selection  # noqa: PLC0415

    return Selection(
        terms=tuple(terms or ()), since=since, until=until, period=period, certain=certain, today=today,
        actors=tuple(actors or ()), topics=tuple(topics or ()), kinds=tuple(kinds or ()),
        sources=tuple(sources or ()), statuses=tuple(statuses or ()), limit=limit, reverse=reverse, sort=sort,
        around=around, days=days, known_by=known_by,
    )  # fmt: skip


_OF_FORMATS = ("raw", "excel", "include_imprecise", "group", "base_url", "embed")


class OutputOptions(NamedTuple):
    """How to write a report."""

    format: FormatName = None
    json: Json = False
    fields: Annotated[
        str | None, _output("--fields", metavar="A,B,...", help="Show only these fields, or 'all'; 'help' lists them.")
    ] = None
    output: OutputFile = None
    oneline: Annotated[
        bool | None, _output("--oneline/--no-oneline", "-1", help="List one record per line. Default: $KOREA_ONELINE.")
    ] = None
    count_only: Annotated[bool, _output("--count", help="Print only the count.")] = False
    exit_code: Annotated[bool, _more("--exit-code", help="Exit 1 if nothing matches (diff: if files differ).")] = False
    force: Annotated[bool, _more("--force", help="Allow -o to overwrite a chronology.")] = False
    raw: Annotated[bool, _format("--raw", help="Do not escape formulas.")] = False
    excel: Annotated[bool, _format("--excel", help="Write dates as text that Excel does not change.")] = False
    include_imprecise: Annotated[
        bool, _format("--include-imprecise", help="Include events without an exact day, as tentative.")
    ] = False
    group: Annotated[
        str | None,
        _format(
            "--group",
            metavar="BY",
            values=("topic", "actor"),
            help="Group events by topic or actor (default: no groups).",
        ),
    ] = None
    base_url: Annotated[
        str | None, _format("--base-url", metavar="URL", help="Address where it will be, for links to single records.")
    ] = None
    embed: Annotated[bool, _format("--embed", help="Make a page to embed: no heading, links open outside.")] = False
    color: Annotated[
        str, _more("--color", metavar="WHEN", values=COLORS, help="Use colour: auto, always or never.")
    ] = "auto"
    no_pager: Annotated[bool, _more("--no-pager", help="Do not use a pager.")] = False
    quiet: Quiet = False
    debug: Debug = False

    def require_one_format(self) -> None:
        """Raise ConflictError for two formats."""
        if self.json and self.format is not None and self.format.casefold() != "json":
            raise ConflictError(("json", ""), ("format", self.format))

    @property
    def chosen_format(self) -> str | None:
        """The format by name; None lets the file's extension or the terminal decide."""
        return "json" if self.json else self.format

    @property
    def keys(self) -> tuple[str, ...] | None:
        """The fields to show; None for all."""
        return None if self.fields is None else tuple(self.fields.replace(" ", "").split(","))

    @property
    def of_format(self) -> dict[str, object]:
        """The options that only some formats have, by name, where they are set."""
        options = {name: getattr(self, name) for name in _OF_FORMATS}
        return {name: value for name, value in options.items() if value}


class OutcomeOptions(NamedTuple):
    """How to print the outcome of a command that writes."""

    json: Annotated[bool, _output("--json", help="Print the changes as JSON.")] = False
    quiet: Annotated[bool, _more("--quiet", "-q", help="Print errors only.")] = False
    debug: Debug = False
