"""The options for how to write an answer: the fields of a class for reports, and of one for changes."""

from korea_cli.base.errors import ConflictError
from korea_cli.base.hints import Annotated
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.cli.options import (
    COLORS,
    Debug,
    FormatName,
    Json,
    OutputFile,
    Quiet,
    format_,
    more_,
    output_,
)

_OF_FORMATS = ("raw", "excel", "include_imprecise", "group", "base_url", "embed")


class OutputOptions(NamedTuple):
    """How to write a report."""

    format: FormatName = None
    json: Json = False
    fields: Annotated[
        str | None,
        output_("--fields", metavar="A,B,...", help="Show only these fields, or 'all'; 'help' lists them."),
    ] = None
    output: OutputFile = None
    oneline: Annotated[
        bool | None,
        output_("--oneline/--no-oneline", "-1", help="List one record per line. Default: $KOREA_ONELINE."),
    ] = None
    count_only: Annotated[bool, output_("--count", help="Print only the count.")] = False
    exit_code: Annotated[bool, more_("--exit-code", help="Exit 1 if nothing matches (diff: if files differ).")] = False
    force: Annotated[bool, more_("--force", help="Allow -o to overwrite a chronology.")] = False
    raw: Annotated[bool, format_("--raw", help="Do not escape formulas.")] = False
    excel: Annotated[bool, format_("--excel", help="Write dates as text that Excel does not change.")] = False
    include_imprecise: Annotated[
        bool, format_("--include-imprecise", help="Include events without an exact day, as tentative.")
    ] = False
    group: Annotated[
        str | None,
        format_(
            "--group",
            metavar="BY",
            values=("topic", "actor"),
            help="Group events by topic or actor (default: no groups).",
        ),
    ] = None
    base_url: Annotated[
        str | None,
        format_("--base-url", metavar="URL", help="Address where it will be, for links to single records."),
    ] = None
    embed: Annotated[bool, format_("--embed", help="Make a page to embed: no heading, links open outside.")] = False
    color: Annotated[
        str, more_("--color", metavar="WHEN", values=COLORS, help="Use colour: auto, always or never.")
    ] = "auto"
    no_pager: Annotated[bool, more_("--no-pager", help="Do not use a pager.")] = False
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

    json: Annotated[bool, output_("--json", help="Print the changes as JSON.")] = False
    quiet: Annotated[bool, more_("--quiet", "-q", help="Print errors only.")] = False
    debug: Debug = False
