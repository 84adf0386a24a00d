"""How the rows of a table are read: by a mapping that fits its columns."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.base.slugs import slug_of
from korea_cli.ingest import mappings
from korea_cli.ingest.building.builder_options import BuilderOptions
from korea_cli.ingest.columns.codebooks import known_books
from korea_cli.ingest.columns.headings import TYPE
from korea_cli.ingest.dates.dates import DateRules
from korea_cli.ingest.fitting import fitted, labelled_keys
from korea_cli.ingest.mapping import map_columns
from korea_cli.ingest.open_question import MissingColumnError
from korea_cli.ingest.request import ImportRequest, with_mapping
from korea_cli.model.records import Event
from korea_cli.reading.locate import PARQUET
from korea_cli.store.foreign.shape import KIND
from korea_cli.store.parquet import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDING = re.compile(r"(\.(mapping|snappy|zstd|gz|lz4))?\.(parquet|pq|toml)$", re.IGNORECASE)


class TableOptions(NamedTuple):
    """How rows are read, the id of their data set, with which the ids of events begin, and its title."""

    options: BuilderOptions
    id: str
    title: str


def table_options(
    name: str, mapping: str, headings: Sequence[str], last_year: int, unread: Sequence[str] = ()
) -> TableOptions:
    """Fit a mapping to the columns of a table; raises DataError where they lack one that is needed.

    unread: columns that the table has in a form that is not read, which the error names.
    """
    request = fitted(with_mapping(ImportRequest(name), mappings.find_mapping(mapping), mapping), headings, Event)
    shipped = mapping.casefold() in mappings.names()
    if request.type not in {"", Event.type}:
        raise unreadable(name, f"'--mapping {mapping}' is of {request.type}s; only tables of events can be queried")
    found = f"Columns: {', '.join(headings)}"
    if unread:
        found += f"; in names of folders, which are not read: {', '.join(unread)}"
    keys = _keys(request, mapping, headings, found, strict=not shipped)
    words = tuple(each.strip() for each in request.missing.split(",") if each.strip())
    options = BuilderOptions(
        Event, keys, DateRules(request.order, request.pivot or last_year, request.short),
        separator=request.separator, missing=words if request.missing else None,
        books={**request.books, **known_books(keys, request.books)}, title=request.title, new_kinds=True,
        labelled=labelled_keys(request.columns), codes=request.codes,
    )  # fmt: skip
    if shipped:
        return TableOptions(options, mapping.casefold(), mappings.load(mapping).about.partition(":")[0])
    return TableOptions(options, *_named_after(name if mapping.casefold() == mappings.NONE else mapping))


def _named_after(file: str) -> tuple[str, str]:
    """Return the id and the title of a data set that is called as its mapping file, or as its own file or folder."""
    path = Path(os.path.abspath(file.removeprefix(PARQUET)))  # noqa: PTH100 - `.` and `..` are names of folders too
    called = next((each.name for each in (path, *path.parents) if slug_of(each.stem)), "")  # a pattern may have none
    return slug_of(_ENDING.sub("", called)) or "row", called or "row"


def _keys(
    request: ImportRequest, mapping: str, headings: Sequence[str], found: str, *, strict: bool
) -> tuple[tuple[str, str], ...]:
    """Return the key of each column; strict: the table must have every column that the mapping has a key for.

    found: what columns there are, for errors.
    """
    absent = [column for column, key in request.columns if key and column not in headings]
    if strict and absent:
        reason = f"there is no column '{absent[0]}', which '--mapping {mapping}' names"
        raise unreadable(request.name, f"{reason}. {found}")
    chosen = [(heading, key) for heading, key in request.columns if heading in headings]
    try:
        keys = map_columns(headings, Event, chosen, request.title).keys
    except MissingColumnError as error:
        reason = f"'--mapping {mapping}' finds no column for '{error.key}', which every event must have. A mapping file"
        reason += f" says which it is: --mapping FILE. {found}"
        raise unreadable(request.name, reason) from None
    except UsageError as error:
        raise unreadable(request.name, f"'--mapping {mapping}' does not fit: {error.sentences[0]}") from None
    of_type = "topics" if KIND in dict(keys).values() else KIND  # all rows are events, of some type
    return tuple((heading, of_type if key == TYPE else key) for heading, key in keys)


def no_mapping(headings: Sequence[str]) -> str:
    """Return what to do about a table without a mapping."""
    fits = mappings.recognize(headings)
    known = f"Its columns are those of '--mapping {fits.name}'" if fits else f"Data sets: {', '.join(mappings.names())}"
    return f"korea did not write it: '--mapping NAME' says what its columns are. {known}"
