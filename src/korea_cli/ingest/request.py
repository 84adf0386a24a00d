"""What an import is asked to do: by options, by a saved mapping, and by what the file shows; and as a command line."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.base.streams import is_open
from korea_cli.editing.files import require_no_chronology
from korea_cli.ingest.columns.codebooks import parse_books
from korea_cli.ingest.columns.headings import TYPE, guess_key
from korea_cli.ingest.mapping import SETTINGS, ColumnMapping, parse_maps
from korea_cli.ingest.mappings import find_mapping
from korea_cli.ingest.sheet import ReaderOptions
from korea_cli.ingest.sheet_headings import heading_line
from korea_cli.model.records import RECORD_TYPES, RECORDS, Event
from korea_cli.reading.locate import STDIN
from korea_cli.rows.short import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.ingest.dates.column_forms import Evidence
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

_TEXTS = (  # settings whose options are called like them
    "form", "type", "mapping", "at", "sheet", "encoding", "header_row", "headings", "title", "source", "separator",
    "pivot", "missing", "rejects",
)  # fmt: skip
_OPTIONS = {  # for each word that a setting may be
    "order": {"day": "--day-first", "month": "--month-first"},
    "short": {"month": "--year-months", "years": "--year-spans"},
    "new_kinds": {"yes": "--new-kinds"}, "skip_identical": {"yes": "--skip-identical"},
    "join_rows": {"yes": "--join-rows"},
}  # fmt: skip
_SAVED = ("form", "rejects")  # what no mapping has


class ImportRequest(NamedTuple):
    """The file to import, how it is read, and where the rejected rows and the mapping are saved.

    at: the path of the records in JSON. header_row: the line with the headings. headings: those of a sheet without any,
    with commas between them, as are `missing`, the words for a missing value. sheet: the one to read in a workbook.
    skip_identical, join_rows, new_kinds: "yes" or "". title: what titles are composed of. books: what the codes in
    columns stand for. values: those codes as typed. codes: the columns with codes of actors, by the table of these.
    orders, spans: what a first reading found of them, by key. maps: keys of columns as typed. columns: those of a
    mapping. mapping, save_mapping: the files of one. recognize: whether to use the mapping of a known data set. update:
    whether records that exist are changed.
    """

    name: str
    form: str | None = None
    encoding: str = ""
    type: str = ""
    maps: tuple[tuple[str, str], ...] = ()
    order: str = ""
    short: str = ""
    pivot: int = 0
    source: str = ""
    separator: str = ""
    rejects: str | None = None
    mapping: str | None = None
    save_mapping: str | None = None
    at: str = ""
    header_row: int = 0
    headings: str = ""
    sheet: str = ""
    skip_identical: str = ""
    join_rows: str = ""
    missing: str = ""
    new_kinds: str = ""
    title: str = ""
    books: Mapping[str, Mapping[str, str]] = {}
    codes: Mapping[str, Mapping[str, str]] = {}
    values: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, Evidence], ...] = ()
    spans: tuple[tuple[str, Evidence], ...] = ()
    recognize: bool = False
    update: bool = False

    @property
    def reader_options(self) -> ReaderOptions:
        """How the file is read."""
        keys, record = dict((*self.columns, *self.maps)), RECORD_TYPES[self.type or Event.type]
        return ReaderOptions(self.encoding, self.at, self.header_row, self.headings, keys, record, self.sheet)

    def with_changes(self, changes: Mapping[str, Any]) -> ImportRequest:
        """Return it with what an answer changes; keys of columns are added to those that were typed."""
        return self._replace(**{**changes, "maps": (*self.maps, *changes.get("maps", ()))})


class RereadError(UsageError):
    """The file has to be read once more, as another request has it: later rows or an answer show how."""

    def __init__(self, request: ImportRequest, message: str = "") -> None:
        super().__init__(message)
        self.request = request


def build_request(
    name: str, maps: Iterable[str], mapping: str | None, settings: dict[str, str], books: Iterable[str] = ()
) -> ImportRequest:
    """Combine the options, which win, with a mapping: that of a file or of a data set. Raises KoreaError."""
    typed = ImportRequest(
        name, maps=tuple(parse_maps(maps)), books=parse_books(books), values=tuple(books), recognize=mapping is None
    )
    request = with_settings(typed, settings)
    if mapping:
        request = with_mapping(request, find_mapping(mapping), mapping)._replace(mapping=mapping)
    return request._replace(headings=heading_line(request.headings))


def with_mapping(request: ImportRequest, mapping: ColumnMapping, name: str) -> ImportRequest:
    """Return a request completed by a mapping; raises UsageError for a setting that is none."""
    completed = with_settings(request, mapping.settings, f"{name} has an invalid setting")
    return completed._replace(
        columns=mapping.keys, books={**mapping.books, **request.books}, codes=mapping.codes or request.codes
    )


def with_settings(request: ImportRequest, settings: Mapping[str, str], error: str = "invalid setting") -> ImportRequest:
    """Return a request with settings that it does not have yet; raises UsageError."""
    values: dict[str, Any] = {
        key: each for key in SETTINGS if (each := settings.get(key)) and not getattr(request, key)
    }
    allowed: dict[str, Mapping[str, object]] = {"type": RECORD_TYPES, **_OPTIONS}
    for key, words in allowed.items():
        if key in values and values[key] not in words:
            raise UsageError(f"{error}: {key} = '{values[key]}'. Allowed values: {', '.join(words)}")
    numbers = {key: values[key] for key in ("pivot", "header_row") if key in values}
    if wrong := next((key for key, each in numbers.items() if not each.isdecimal()), None):
        raise UsageError(f"{error}: {wrong} = '{numbers[wrong]}' is not a number")
    return request._replace(**values | {key: int(each) for key, each in numbers.items()})


def command_line(request: ImportRequest, data: Sequence[str], saved: str = "") -> str:
    """Return what to type; with a saved mapping only what that does not have."""
    words = ["korea", "import", request.name, *(word for each in data for word in ("-d", each))]
    if saved:
        words += _texts(request._replace(mapping=saved), (*_SAVED, "mapping"))
    else:
        words += _texts(request, _TEXTS)
        words += [word for heading, key in dict(request.maps).items() for word in ("--map", f"{heading}={key}")]
        words += [word for each in request.values for word in ("--values", each)]
        flags = (options.get(getattr(request, field)) for field, options in _OPTIONS.items())
        words += filter(None, flags)
    return shlex.join([*words, "--yes"])


def _texts(request: ImportRequest, fields: Sequence[str]) -> Iterator[str]:
    for field in fields:
        if value := getattr(request, field):
            option = "format" if field == "form" else field.replace("_", "-")
            yield from (f"--{option}", "" if (field, value) == ("missing", ",") else str(value))


def require_apart(request: ImportRequest, data: Iterable[str]) -> None:
    """Check the files that an import will write; `data` are the files of the chronology. Raises KoreaError."""
    sheet = "/dev/stdin" if request.name == STDIN else request.name
    read = [(sheet, "the imported file"), *((each, "a file of the chronology") for each in data)]
    named = [(request.mapping, "the file of --mapping"), (request.save_mapping, "the file of --save-mapping")]
    _require_free("--save-mapping", request.save_mapping, read)
    _require_free("--rejects", request.rejects, [*read, *named])


def _require_free(option: str, target: str | None, others: Iterable[tuple[str | None, str]]) -> None:
    device = target and os.path.exists(target) and not os.path.isfile(target)  # noqa: PTH110, PTH113 - any name
    if not target or is_open(target) or device:  # nothing is replaced there
        return
    for other, what in others:
        if other and same_file(target, other):
            raise UsageError(f"{option} {target} would replace {what}. Name another file.")
    require_no_chronology(target, "name another file", toml=option == "--save-mapping")


def same_file(one: str, other: str) -> bool:
    """Whether two names are of one file, which need not exist yet."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def record_type(request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow]) -> type[Record]:
    """Return the type of the records: as requested, else as the first row of a sheet of korea has it, or its headings.

    Raises UsageError where the format has another type.
    """
    if sheet.record and request.type not in {"", sheet.record.type}:
        raise UsageError(f"this file has {sheet.record.table}: leave out --type {request.type}")
    if sheet.record:
        return sheet.record
    if request.type:
        return RECORD_TYPES[request.type]
    columns = [number for number, each in enumerate(sheet.headings) if guess_key(each, Event) == TYPE]
    cells = rows[0].cells if rows and isinstance(rows[0].cells, list) else []
    types = [RECORD_TYPES[cells[number]] for number in columns if number < len(cells) and cells[number] in RECORD_TYPES]
    short = (record for record in RECORDS if {*SHORT[record.type]} <= {*sheet.headings})
    return types[0] if types else next(short, Event)


def with_type_of_ids(request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow], draft: Draft) -> ImportRequest:
    """Return a request with the type of the records that have the ids of an update, where nothing else says it."""
    if request.type or TYPE in {guess_key(each, Event) for each in sheet.headings} or not request.update:
        return request
    place = next((number for number, each in enumerate(sheet.headings) if guess_key(each, Event) == "id"), -1)
    ids = {str(_id_in(row, place)) for row in rows}
    counts = {record.type: sum(each.id in ids for each in draft.records[record.table]) for record in RECORDS}
    best = max(counts, key=lambda type_: (counts[type_], type_ == Event.type))
    return request if best == Event.type else request._replace(type=best)


def _id_in(row: SheetRow, place: int) -> object:
    if isinstance(row.cells, dict):
        return "" if row.cells.get("type") in RECORD_TYPES else row.cells.get("id", "")
    return row.cells[place] if 0 <= place < len(row.cells) else ""
