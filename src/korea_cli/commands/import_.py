"""Rows of a sheet, a calendar or another chronology become records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import ConflictError, NotInListError
from korea_cli.model.records import RECORD_TYPES

if TYPE_CHECKING:
    from korea_cli.commands import Notices
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome

EXAMPLES = (
    "korea import sheet.csv -d mine.toml --dry-run",
    "korea import sheet.csv -d mine.toml --map 'Remarks=note' --day-first",
    "korea import sheet.csv -d mine.toml --save-mapping sheet.mapping.toml",
)

Texts = list[str] | None


def import_(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A sheet saved as text (comma, semicolon or tab), JSON or JSON lines of korea, a TimelineJS sheet or"
            " file, a calendar (.ics); '-' is standard input.",
        ),
    ],
    files: Editable,
    notices: Notices,
    maps: Annotated[
        Texts, typer.Option("--map", metavar="COLUMN=KEY", help="Which key a column becomes; nothing leaves it out.")
    ] = None,
    mapping: Annotated[str | None, typer.Option("--mapping", metavar="FILE", help="Read columns as saved.")] = None,
    save_mapping: Annotated[
        str | None, typer.Option("--save-mapping", metavar="FILE", help="Save how columns are read.")
    ] = None,
    type: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option("--type", metavar="TYPE", help="What rows are: event (default), fact, actor, topic, source."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="A source that all rows rest on.")
    ] = None,
    day_first: Annotated[bool, typer.Option("--day-first", help="01/02/1950 is 1 February.")] = False,  # noqa: FBT002 - an option
    month_first: Annotated[bool, typer.Option("--month-first", help="01/02/1950 is 2 January.")] = False,  # noqa: FBT002 - as above
    year_months: Annotated[bool, typer.Option("--year-months", help="2004-5 is May 2004.")] = False,  # noqa: FBT002 - as above
    year_spans: Annotated[bool, typer.Option("--year-spans", help="2004-5 is 2004 to 2005, 2010-12 too.")] = False,  # noqa: FBT002 - as above
    pivot: Annotated[
        int | None,
        typer.Option(
            "--pivot",
            metavar="YEAR",
            min=100,
            max=9999,
            help="The last year that two digits may mean; 2026 reads 27 as 1927. Default: the chronology's last year.",
        ),
    ] = None,
    separator: Annotated[
        str | None, typer.Option("--separator", metavar="SIGN", help="What parts several names in a cell (default ;).")
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Of a sheet that is not UTF-8, such as windows-1252."),
    ] = None,
    format: Annotated[  # noqa: A002 - as above
        str | None,
        typer.Option("--format", "-f", metavar="NAME", help="csv, json, jsonl or ics, where it is not told."),
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option("--rejects", metavar="FILE", help="Where rows go that cannot be taken (FILE.rejects.csv)."),
    ] = None,
) -> Outcome:
    """Add what a sheet holds and the chronology lacks; rows that cannot be taken are kept with the reason why."""
    from korea_cli.ingest import summary  # noqa: PLC0415 - help imports nothing
    from korea_cli.ingest.mapping import written  # noqa: PLC0415 - as above
    from korea_cli.ingest.running import requested, run  # noqa: PLC0415 - as above

    if day_first and month_first:
        raise ConflictError(("day_first", ""), ("month_first", ""))
    if year_months and year_spans:
        raise ConflictError(("year_months", ""), ("year_spans", ""))
    settings = {
        "type": _type(type) if type else "", "source": source or "", "separator": separator or "",
        "order": "day" if day_first else "month" if month_first else "", "pivot": str(pivot or ""),
        "short": "month" if year_months else "years" if year_spans else "", "encoding": encoding or "",
    }  # fmt: skip
    request = requested(file, maps or (), mapping, settings)._replace(
        form=format, rejects=rejects, save_mapping=save_mapping
    )
    with notices.progress() as watch:
        done = run(request, files, watch, lambda found: notices.note(*found.shown()))
    if save_mapping:
        write_file([written(done.kept)], save_mapping)
    return summary.outcome(done, str(files.target()), dry=files.dry)


def _type(typed: str) -> str:
    name = typed.casefold().removesuffix("s")
    if name not in RECORD_TYPES:
        raise NotInListError("type", typed, tuple(RECORD_TYPES))
    return name
