"""Say where new records go: behind the last of their table, or where their date belongs in a file in that order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from korea_cli.dates.parse import parse_stored
from korea_cli.editing.change import insert_records
from korea_cli.editing.errors import NothingChangedError
from korea_cli.editing.toml import toml_record
from korea_cli.model.records import keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.change import Edit
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

    Values = dict[str, Any]


def placed(record: type[Record], added: Sequence[Values], loaded: LoadResult, document: Document) -> Edit:
    """Return the change that puts new records of a type, at least one, into a document.

    Raises NothingChangedError where their table is no list of records.
    """
    there = document.tables.get(record.table, [])
    if loaded.problems and not (isinstance(there, list) and all(isinstance(each, dict) for each in there)):
        raise NothingChangedError(loaded.problems)
    orders = _orders(record, loaded, document)
    if orders is None:
        written = [(values, toml_record(record, values)) for values in added]
        return insert_records(record.table, {None: written}, len(there))
    groups: dict[int | None, list[tuple[Values, str]]] = {}
    for values in sorted(added, key=lambda each: _order(each["date"])):
        spot = bisect_right(orders, _order(values["date"]))
        groups.setdefault(spot if spot < len(orders) else None, []).append((values, toml_record(record, values)))
    return insert_records(record.table, groups, len(there))


def _orders(record: type[Record], loaded: LoadResult, document: Document) -> list[tuple[int, int]] | None:
    """Give by what the records of a type stand in order of date in a document; None where they do not, or have none."""
    dated = [key for key in keys_of(record).values() if key.dated and key.required]
    if not dated:
        return None
    number = loaded.documents.index(document)
    entries = [entry for entry, place in loaded.draft.entries(record.table) if place.document == number]
    orders: list[tuple[int, int]] = [entry.date.order for entry in entries]
    complete = len(orders) == len(document.tables.get(record.table, ()))  # some may only add to records of other files
    return orders if complete and orders == sorted(orders) else None


def _order(date: str) -> tuple[int, int]:
    return parse_stored(date).order
