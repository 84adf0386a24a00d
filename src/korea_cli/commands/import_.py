"""Rows of a sheet, a calendar or another chronology become records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.errors import ConflictError, NotInListError
from korea_cli.base.parameters import READING, Argument, Option
from korea_cli.ingest import readers
from korea_cli.model.records import RECORD_TYPES
from korea_cli.reading.locate import STDIN

if TYPE_CHECKING:
    from korea_cli.commands._provided import Notices
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.dialogue.import_dialogue import ColumnsTerminal
    from korea_cli.ingest.import_notes import ImportNotes
    from korea_cli.ingest.request import ImportRequest

GROUP = "Files"
EXAMPLES = (
    "korea import sheet.csv -d mine.toml --dry-run",
    "korea import sheet.csv -d mine.toml --map 'Remarks=note' --day-first",
    "korea import sheet.csv -d mine.toml --save-mapping sheet.mapping.toml",
)

Texts = list[str] | None


def import_(
    file: Annotated[str, Argument(metavar="FILE", help="The file to import, or a folder of notes ('-' for stdin).")],
    files: Editable,
    notices: Notices,
    terminal: ColumnsTerminal | None,
    maps: Annotated[
        Texts, Option("--map", metavar="COLUMN=KEY", help="Import COLUMN as KEY; without KEY, skip the column.")
    ] = None,
    mapping: Annotated[
        str | None,
        Option("--mapping", metavar="NAME", help="Mapping of a data set (acled, gdelt) or a file."),
    ] = None,
    save_mapping: Annotated[
        str | None, Option("--save-mapping", metavar="FILE", help="Save the column mapping.")
    ] = None,
    type: Annotated[
        str | None, Option("--type", metavar="TYPE", help="Record type: event (default), fact, actor, topic, source.")
    ] = None,
    source: Annotated[str | None, Option("--source", metavar="ID", group=READING, help="Source of all rows.")] = None,
    day_first: Annotated[bool, Option("--day-first", help="Read 01/02/1950 as 1 February.")] = False,
    month_first: Annotated[bool, Option("--month-first", help="Read 01/02/1950 as 2 January.")] = False,
    year_months: Annotated[bool, Option("--year-months", group=READING, help="Read 2004-5 as May 2004.")] = False,
    year_spans: Annotated[bool, Option("--year-spans", group=READING, help="Read 2004-5 as 2004 to 2005.")] = False,
    pivot: Annotated[
        int | None,
        Option(
            "--pivot",
            group=READING,
            metavar="YEAR",
            limits=(100, 9999),
            help="Latest year for two digits: with 2026, 27 is 1927.",
        ),
    ] = None,
    separator: Annotated[
        str | None,
        Option("--separator", group=READING, metavar="TEXT", help="Separator between names in a cell (default: ;)."),
    ] = None,
    encoding: Annotated[
        str | None,
        Option("--encoding", group=READING, metavar="NAME", help="Encoding, if not UTF-8, such as windows-1252."),
    ] = None,
    format: Annotated[
        str | None,
        Option(
            "--format",
            "-f",
            metavar="NAME",
            values=readers.names(),
            help=f"{', '.join(readers.names())} (default: detected).",
        ),
    ] = None,
    at: Annotated[
        str | None,
        Option("--at", metavar="PATH", group=READING, help="Path of the records in JSON, such as data.events."),
    ] = None,
    header_row: Annotated[
        int | None,
        Option(
            "--header-row",
            metavar="N",
            group=READING,
            limits=(1, None),
            help="Line of the headings (default: found).",
        ),
    ] = None,
    headings: Annotated[
        str | None,
        Option(
            "--headings", metavar="A,B,C", group=READING, help="Headings of a sheet without any, or a file with them."
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        Option("--sheet", metavar="NAME", group=READING, help="Sheet of a workbook, by name or number."),
    ] = None,
    missing: Annotated[
        str | None,
        Option(
            "--missing", metavar="A,B", group=READING, help="Words for a missing value (default: NA, NULL, -9, ...)."
        ),
    ] = None,
    values: Annotated[
        Texts, Option("--values", metavar="COLUMN=FILE", group=READING, help="Codebook of COLUMN, or COLUMN=a=b,c=d.")
    ] = None,
    title: Annotated[
        str | None,
        Option("--title", metavar="TEXT", group=READING, help="Compose titles, as in '{Actor} meets {Target}'."),
    ] = None,
    new_kinds: Annotated[
        bool, Option("--new-kinds", group=READING, help="Allow unknown kinds, and types of sources, in the header.")
    ] = False,
    skip_identical: Annotated[
        bool, Option("--skip-identical", group=READING, help="Import one of several identical rows without an id.")
    ] = False,
    join_rows: Annotated[
        bool, Option("--join-rows", group=READING, help="Join rows that share an id and differ in a list of names.")
    ] = False,
    update: Annotated[bool, Option("--update", help="Change records to what the rows with their ids have.")] = False,
    rejects: Annotated[
        str | None, Option("--rejects", metavar="FILE", help="Save rejected rows in FILE (default: INPUT.rejects.csv).")
    ] = None,
    yes: Annotated[bool, Option("--yes", "-y", help="Do not ask.")] = False,
) -> Outcome:
    """Import records from a spreadsheet, a calendar, JSON or TOML.

    Rows that the chronology already has are skipped. Rejected rows are saved with the reason. On a terminal, shows how
    each column is read, and asks what the file leaves open. With --update, a sheet from 'korea timeline -o sheet.csv'
    can be corrected and imported.
    """
    from korea_cli.ingest.importing import import_file  # noqa: PLC0415 - help imports nothing
    from korea_cli.ingest.request import build_request  # noqa: PLC0415 - as above

    if day_first and month_first:
        raise ConflictError(("day_first", ""), ("month_first", ""))
    if year_months and year_spans:
        raise ConflictError(("year_months", ""), ("year_spans", ""))
    settings = _settings(
        type=_type(type) if type else "", source=source, separator=separator, pivot=pivot, encoding=encoding, at=at,
        order="day" if day_first else "month" if month_first else "", header_row=header_row, headings=headings,
        short="month" if year_months else "years" if year_spans else "", sheet=sheet, skip_identical=skip_identical,
        join_rows=join_rows, new_kinds=new_kinds, missing="," if missing == "" else missing, title=title,
    )  # fmt: skip
    request = build_request(file, maps or (), mapping, settings, values or ())._replace(
        form=format, rejects=rejects, save_mapping=save_mapping, update=update
    )
    with notices.progress() as watch:
        return import_file(request, files, watch, _notes(request, files, notices, None if yes else terminal, yes=yes))


def _notes(
    request: ImportRequest, files: Editable, notices: Notices, terminal: ColumnsTerminal | None, *, yes: bool
) -> ImportNotes:
    """Return what reports on an import, and asks about it on a terminal; only what is used is loaded."""
    if request.update:
        from korea_cli.ingest.updating.update_notes import UpdateNotes  # noqa: PLC0415 - see above

        return UpdateNotes(lambda each: notices.note(*each), notices.drawn, str(files.target()), yes=yes)
    if terminal and request.name != STDIN:
        from korea_cli.ingest.dialogue.import_dialogue import ImportDialogue  # noqa: PLC0415 - see above

        return ImportDialogue(request, files, terminal)
    from korea_cli.ingest.import_notes import ImportNotes  # noqa: PLC0415 - see above

    return ImportNotes(lambda each: notices.note(*each))


def _settings(**typed: str | int | None) -> dict[str, str]:
    """Return settings as a mapping file has them."""
    return {key: "yes" if value is True else str(value or "") for key, value in typed.items()}


def _type(typed: str) -> str:
    name = typed.casefold().removesuffix("s")
    if name not in RECORD_TYPES:
        raise NotInListError("type of record", typed, tuple(RECORD_TYPES))
    return name
