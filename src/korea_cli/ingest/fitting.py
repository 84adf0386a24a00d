"""Fit an import to a file: use the mapping of the data set that its headings are of, and its own names of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.ingest.headings import joins
from korea_cli.ingest.mappings import NONE, plain, recognize
from korea_cli.ingest.request import with_mapping
from korea_cli.ingest.titles import with_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record


def names_in(sheet: Sheet, rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """Return the headings of a sheet, or the names in rows that name their own cells."""
    named = (name for row in rows if isinstance(row.cells, dict) and not row.error for name in row.cells)
    return sheet.headings or tuple(dict.fromkeys(named))


def recognized(request: ImportRequest, names: Iterable[str]) -> tuple[ImportRequest, list[str]]:
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
    )  # fmt: skip
