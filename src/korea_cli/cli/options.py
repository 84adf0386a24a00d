"""The options that commands share, each declared once.

A group of options is a function: its parameters are the options, it returns what a command takes by name, such as
`chronology` or `selection`. How to write the answer is a group too: its options are the fields of a class.
"""

import os
from functools import partial

from korea_cli import formats
from korea_cli.base.hints import TYPE_CHECKING, Annotated
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
filter_, time_, output_, more_, format_ = (
    partial(Option, group=group) for group in ("Filter", "Time", "Output", MORE, HIDDEN)
)
Data = Annotated[
    Texts,
    Option(
        "--data", "-d", metavar="FILE", group="Data",
        help="Data file, 'builtin', '-' (stdin), parquet:FOLDER or spark:ADDRESS; repeatable."
        " Default: $KOREA_DATA, else builtin.",
    ),
]  # fmt: skip
Target = Annotated[
    Texts,
    Option(
        "--data", "-d", metavar="FILE", group="Data", help="Data file to change; repeatable. Default: $KOREA_DATA."
    ),
]  # fmt: skip
MaxSize = Annotated[
    int,
    more_("--max-size", metavar="BYTES", limits=(1, None), help="Largest data file to read (default: 256 MiB)."),
]
Paths = Annotated[Texts, Argument(metavar="[FILE]...", help="Data files.")]
FormatName = Annotated[
    str | None,
    output_(
        "--format", "-f", metavar="NAME", values=formats.names(),
        help="Format (default: table on a terminal, else plain).",
    ),
]  # fmt: skip
Json = Annotated[bool, output_("--json", help="Same as -f json.")]
OutputFile = Annotated[
    str | None, output_("--output", "-o", metavar="FILE", help="Write to FILE; its extension selects the format.")
]
Today = Annotated[str | None, more_("--today", metavar="DATE", help="Read typed dates as if today were DATE.")]
Quiet = Annotated[bool, more_("--quiet", "-q", help="Do not print notes on stderr.")]
Debug = Annotated[bool, more_("--debug", help="Show the traceback of an internal error.")]
HELP = Parameter("help", bool, more_("--help", "-h", help="Show this help."), default=False)


def open_data(
    data: Data = None,
    max_size: MaxSize = MAX_SIZE,
    no_cache: Annotated[bool, more_("--no-cache", help="Bypass the cache.")] = False,
    public: Annotated[bool, more_("--public", help="Leave out private records. Default: $KOREA_PUBLIC.")] = False,
    with_private: Annotated[bool, more_("--with-private", help="Include private records in all formats.")] = False,
    today: Today = None,
    format: FormatName = None,
    json: Json = False,
    output: OutputFile = None,
    quiet: Quiet = False,
    mapping: Annotated[
        str | None,
        more_("--mapping", metavar="NAME", help="Read a foreign parquet: table by a mapping (acled, gdelt) or a file."),
    ] = None,
) -> "Chronology":
    """Open the data files as a chronology; it has nothing private where the answer is for others."""
    from korea_cli.cli.audience import Audience, open_foreign  # noqa: PLC0415 - help needs no chronology

    audience = Audience.of("json" if json else format, output, public=public, with_private=with_private)
    foreign = open_foreign(data or (), today, mapping, cache=not no_cache, quiet=quiet)
    return foreign or audience.open(data or (), max_size, today, cache=not no_cache, quiet=quiet)


def make_notices(quiet: Quiet = False) -> "Notices":
    """Return what writes notes and progress to standard error."""
    from korea_cli.cli.notices import StderrNotices  # noqa: PLC0415 - as above

    return StderrNotices(quiet)


def make_terminal(
    quiet: Quiet = False, json: Annotated[bool, output_("--json", help="Print the changes as JSON.")] = False
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
    dry_run: Annotated[bool, output_("--dry-run", help="Show the changes without writing them.")] = False,
) -> "Editable":
    """Return the files to change."""
    from korea_cli.editing.files import Editable  # noqa: PLC0415 - help changes nothing
    from korea_cli.reading.locate import data_files  # noqa: PLC0415 - as above

    return Editable(data_files(data or (), os.environ), max_size, dry_run)


def edit_files(
    paths: Paths = None,
    data: Target = None,
    max_size: MaxSize = MAX_SIZE,
    dry_run: Annotated[bool, output_("--dry-run", "--diff", help="Show the changes without writing them.")] = False,
) -> "Editable":
    """Return the files to change, also those that are arguments."""
    return edit_data([*(paths or ()), *(data or ())], max_size, dry_run)


def make_selection(
    terms: Annotated[Texts, Argument(metavar="[QUERY]...", group="Filter", help="Words and field:value terms.")] = None,
    actors: Annotated[Texts, filter_("--actor", "-a", metavar="NAME", help="Same as actor:NAME.")] = None,
    topics: Annotated[Texts, filter_("--topic", "-t", metavar="NAME", help="Same as topic:NAME.")] = None,
    kinds: Annotated[Texts, filter_("--kind", "-k", metavar="KIND", help="Same as kind:KIND.")] = None,
    sources: Annotated[Texts, filter_("--source", "-s", metavar="NAME", help="Same as source:NAME.")] = None,
    statuses: Annotated[Texts, filter_("--status", metavar="WORD", help="Same as status:WORD.")] = None,
    since: Annotated[
        str | None, time_("--from", "--since", metavar="DATE|ID", help="On or after DATE or an event.")
    ] = None,
    until: Annotated[
        str | None, time_("--to", "--until", metavar="DATE|ID", help="On or before DATE or an event (inclusive).")
    ] = None,
    period: Annotated[
        str | None,
        time_("--period", "-p", "--on", metavar="DATE", help="Within DATE: 2017-05, 2017Q2, 2017..2018."),
    ] = None,
    around: Annotated[
        str | None, time_("--around", metavar="DATE|ID", help="Within --days of DATE or of an event.")
    ] = None,
    days: Annotated[
        int | None, time_("--days", metavar="N", help="Days on each side of --around (default: 7).")
    ] = None,
    known_by: Annotated[
        str | None, time_("--known-by", metavar="DATE", help="Only what was known, or possibly known, by DATE.")
    ] = None,
    certain: Annotated[bool, time_("--certain", help="Leave out what only possibly matches or was known.")] = False,
    today: Today = None,
    limit: Annotated[int | None, output_("--limit", "-n", metavar="N", help="Show at most N records.")] = None,
    sort: Annotated[str | None, output_("--sort", metavar="FIELD", help="Sort by FIELD.")] = None,
    with_withdrawn: Annotated[bool, more_("--with-withdrawn", help="Also list and count what was withdrawn.")] = False,
    reverse: Annotated[bool, output_("--reverse", help="Reverse the order.")] = False,
) -> "Selection":
    """Return the selection."""
    from korea_cli.query.selection import Selection  # noqa: PLC0415

    return Selection(
        terms=tuple(terms or ()), since=since, until=until, period=period, certain=certain, today=today,
        actors=tuple(actors or ()), topics=tuple(topics or ()), kinds=tuple(kinds or ()),
        sources=tuple(sources or ()), statuses=tuple(statuses or ()), limit=limit, reverse=reverse, sort=sort,
        around=around, days=days, known_by=known_by, with_withdrawn=with_withdrawn,
    )  # fmt: skip
