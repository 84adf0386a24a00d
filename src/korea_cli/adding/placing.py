"""Say where new records go: behind the last of their table, or where their date belongs in a file in that order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.dates.edtf import parse_stored
from korea_cli.editing.change import inserting
from korea_cli.editing.layout import entries_in
from korea_cli.editing.toml import written_record
from korea_cli.model import keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.editing.change import Change
    from korea_cli.model import Record
    from korea_cli.reading.load import Loaded
    from korea_cli.reading.toml import Document

    Values = dict[str, Any]


class Placed(NamedTuple):
    """The change that puts records into a file, and which of its table the first of them will be (from 0)."""

    change: Change
    number: int


def placed(record: type[Record], added: Sequence[Values], loaded: Loaded, document: Document) -> Placed:
    """Place new records of a type, at least one, in a document."""
    orders = _orders(record, loaded, document)
    if orders is None:
        written = [(values, written_record(record, values)) for values in added]
        return Placed(inserting(record.table, {None: written}), len(document.tables.get(record.table, ())))
    groups: dict[int | None, list[tuple[Values, str]]] = {}
    for values in sorted(added, key=lambda each: _order(each["date"])):
        spot = bisect_right(orders, _order(values["date"]))
        groups.setdefault(spot if spot < len(orders) else None, []).append((values, written_record(record, values)))
    first = next(iter(groups))
    return Placed(inserting(record.table, groups), len(orders) if first is None else first)


def _orders(record: type[Record], loaded: Loaded, document: Document) -> list[tuple[int, int]] | None:
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


def line_of(text: str, table: str, number: int) -> int:
    """Say on which line of a text a record stands; one without a header of its own is not looked for."""
    header = next(entry.header for entry in entries_in(text) if (entry.table, entry.number) == (table, number))
    return text.count("\n", 0, header) + 1
