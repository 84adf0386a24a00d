"""Fit an import to a file: use the mapping of the data set that its headings are of, and its own names of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import NotInListError
from korea_cli.ingest.columns.codebooks import known_books
from korea_cli.ingest.columns.headings import is_own, joins, keys_of_others
from korea_cli.ingest.columns.id_columns import columns_of, date_columns, guess_by_values
from korea_cli.ingest.columns.title_columns import suggest_title
from korea_cli.ingest.columns.titles import with_columns
from korea_cli.ingest.mapping import map_columns, map_names
from korea_cli.ingest.mappings import NONE, plain, recognize
from korea_cli.ingest.request import record_type, with_mapping
from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.ingest.columns.id_columns import Columns
    from korea_cli.ingest.import_notes import ImportNotes
    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record


def fit(
    request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow], notes: ImportNotes
) -> tuple[ImportRequest, type[Record], ColumnMapping]:
    """Return the request as it fits the sheet, the type of the records, and which key each column is for."""
    request, found = _recognized(request, names := _names_in(sheet, rows))
    record = record_type(request, sheet, rows)
    request = fitted(request, names, record)
    headings = sheet.headings
    saved = [(heading, key) for heading, key in request.columns if heading in headings or not headings]
    chosen = dict([*saved, *request.maps])
    columns = columns_of(headings, rows)
    chosen = guess_by_values(record, columns, chosen) | chosen
    if any(is_own(each, headings) for each in RECORDS) or (request.update and {"type", "id"} <= {*headings}):
        chosen = keys_of_others(record, headings) | chosen
    if not request.update:
        chosen |= _date_column(record, columns, chosen, found, asks=notes.asks)
        if not (notes.asks or request.title or sheet.slides or sheet.record):
            request = _with_title(request, record, columns, chosen, found)
    mapping = _mapping(request, record, sheet, chosen)
    named = headings or sheet.slides or sheet.record or request.update
    mapping = mapping if named else map_names(mapping, record, rows)
    notes.show(found)
    notes.columns(request, record, mapping, names)
    return request, record, mapping


def _date_column(
    record: type[Record], columns: Columns, chosen: Mapping[str, str], notes: list[str], *, asks: bool
) -> dict[str, str]:
    """Return the column with dates where no heading means one; of several the fullest, with a note about the others.

    asks: whether somebody is asked which of several it is.
    """
    first, *others = date_columns(record, columns, chosen) or [""]
    if not first or (others and asks):
        return {}
    if others:
        rest = ", ".join(f"'{each}'" for each in others)
        notes.append(f"no column is called a date. Use --map COLUMN=date for others than '{first}': {rest}.")
    return {first: "date"}


def _with_title(
    request: ImportRequest, record: type[Record], columns: Columns, chosen: Mapping[str, str], notes: list[str]
) -> ImportRequest:
    """Return a request with what titles are composed of where no column is called one, and a note about it."""
    request = request._replace(title=suggest_title(record, columns, chosen))
    if request.title:
        notes.append(f"no column is called a title. Use --title for others than '{request.title}'.")
    return request


def _mapping(request: ImportRequest, record: type[Record], sheet: Sheet, chosen: Mapping[str, str]) -> ColumnMapping:
    """Return which key each column is for; a saved mapping may have more columns."""
    known = (*sheet.headings, *dict(request.columns))
    if unknown := next((each for each in request.books if sheet.headings and each not in known), None):
        raise NotInListError("column", unknown, sheet.headings)
    mapping = map_columns(sheet.headings, record, chosen.items(), request.title, whole=not request.update)
    return mapping._replace(books={**request.books, **known_books(mapping.keys, request.books)}, codes=request.codes)


def _names_in(sheet: Sheet, rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """Return the headings of a sheet, or the names in rows that name their own cells."""
    named = (name for row in rows if isinstance(row.cells, dict) and not row.error for name in row.cells)
    return sheet.headings or tuple(dict.fromkeys(named))


def _recognized(request: ImportRequest, names: Iterable[str]) -> tuple[ImportRequest, list[str]]:
    """Return a request with the mapping of a known data set, and a sentence about it.

    Where columns are mapped or titles composed by options, the mapping is only suggested.
    """
    found = recognize(names) if request.recognize else None
    if found is None:
        return request, []
    about = f"these are the columns of {found.about.partition(':')[0]}"
    if request.maps or request.title or request.type:
        return request, [f"{about}. --mapping {found.name} knows what they mean; your options override it."]
    note = f"{about}: read with --mapping {found.name}. Use --mapping {NONE} to guess what they mean."
    return with_mapping(request, found.mapping, found.name)._replace(recognize=False), [note]


def labelled_keys(columns: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the keys whose texts name their columns, as a mapping has several, though perhaps not this sheet."""
    notes = [heading for heading, key in columns if key == "note"]
    return frozenset({"note"} if len(notes) > 1 else ())


def fitted(request: ImportRequest, names: Sequence[str], record: type[Record]) -> ImportRequest:
    """Return a request with the columns of its mapping as a file calls them: in other case, with other blanks or signs.

    A column that an option maps to a key for one value replaces those of the mapping.
    """
    known = {plain(name): name for name in reversed(names)}

    def called(heading: str) -> str:
        return heading if heading in names else known.get(plain(heading), heading)

    replaced = {key for _, key in request.maps if key and not joins(record, key)}
    columns = {called(heading): "" if key in replaced else key for heading, key in reversed(request.columns)}
    return request._replace(
        columns=tuple(reversed(columns.items())), books={called(each): book for each, book in request.books.items()},
        title=with_columns(request.title, called),
        codes={table: {called(code): called(name) for code, name in pairs.items()}
               for table, pairs in request.codes.items()},
    )  # fmt: skip
