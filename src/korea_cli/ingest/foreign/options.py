"""How the rows of a table are read: by a mapping that fits its columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.base.slugs import slug_of
from korea_cli.ingest import mappings
from korea_cli.ingest.building.builder_options import BuilderOptions
from korea_cli.ingest.columns.codebooks import known_books
from korea_cli.ingest.dates.dates import DateRules
from korea_cli.ingest.fitting import fitted, labelled_keys
from korea_cli.ingest.mapping import map_columns
from korea_cli.ingest.open_question import MissingColumnError
from korea_cli.ingest.request import ImportRequest, with_mapping
from korea_cli.model.records import Event
from korea_cli.reading.locate import PARQUET
from korea_cli.store.parquet import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence


class TableOptions(NamedTuple):
    """How rows are read, the id of their data set, with which the ids of events begin, and its title."""

    options: BuilderOptions
    id: str
    title: str


def table_options(name: str, mapping: str, headings: Sequence[str], last_year: int) -> TableOptions:
    """Fit a mapping to the columns of a table; raises DataError where they lack one that is needed."""
    request = fitted(with_mapping(ImportRequest(name), mappings.find_mapping(mapping), mapping), headings, Event)
    shipped = mapping.casefold() in mappings.names()
    if request.type not in {"", Event.type}:
        raise unreadable(name, f"'--mapping {mapping}' is of {request.type}s; only tables of events can be queried")
    keys = _keys(name, request, mapping, headings, strict=not shipped)
    words = tuple(each.strip() for each in request.missing.split(",") if each.strip())
    options = BuilderOptions(
        Event, keys, DateRules(request.order, request.pivot or last_year, request.short),
        separator=request.separator, missing=words if request.missing else None,
        books={**request.books, **known_books(keys, request.books)}, title=request.title, new_kinds=True,
        labelled=labelled_keys(request.columns), codes=request.codes,
    )  # fmt: skip
    if shipped:
        return TableOptions(options, mapping.casefold(), mappings.load(mapping).about.partition(":")[0])
    path = Path(name.removeprefix(PARQUET) if mapping.casefold() == mappings.NONE else mapping)
    called = path if slug_of(path.stem) else path.parent  # a pattern may have no letter
    return TableOptions(options, slug_of(called.name.partition(".")[0]) or "row", called.name)


def _keys(
    name: str, request: ImportRequest, mapping: str, headings: Sequence[str], *, strict: bool
) -> tuple[tuple[str, str], ...]:
    """Return the key of each column; strict: the table must have every column that the mapping has a key for."""
    absent = [column for column, key in request.columns if key and column not in headings]
    if strict and absent:
        reason = f"there is no column '{absent[0]}', which '--mapping {mapping}' names"
        raise unreadable(name, f"{reason}. Columns: {', '.join(headings)}")
    chosen = [(heading, key) for heading, key in request.columns if heading in headings]
    try:
        return map_columns(headings, Event, chosen, request.title).keys
    except MissingColumnError as error:
        reason = f"'--mapping {mapping}' finds no column for '{error.key}', which every event must have. A mapping file"
        reason += f" says which it is: --mapping FILE. Columns: {', '.join(headings)}"
        raise unreadable(name, reason) from None
    except UsageError as error:
        raise unreadable(name, f"'--mapping {mapping}' does not fit: {error.sentences[0]}") from None


def no_mapping(headings: Sequence[str]) -> str:
    """Return what to do about a table without a mapping."""
    fits = mappings.recognize(headings)
    known = f"Its columns are those of '--mapping {fits.name}'" if fits else f"Data sets: {', '.join(mappings.names())}"
    return f"korea did not write it: '--mapping NAME' says what its columns are. {known}"
