"""Where a new event belongs in its file: behind the last one that is not later, also where others are out of order."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.parse import from_toml
from korea_cli.editing.edits import insert_records
from korea_cli.model.records import keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.toml import Document

    Order = tuple[int, int]  # by which dates are sorted


class DatedSeries(NamedTuple):
    """The records of a file that are in order of date: the order of each, and its number in its table.

    total: how many records the table has. known: whether the file has an order of date; one without events has any.
    """

    orders: Sequence[Order]
    numbers: Sequence[int]
    total: int
    known: bool

    def number_for(self, order: Order) -> int:
        """Return the number that a new record gets: that behind the last which is not later, else before the first."""
        if not self.numbers:
            return self.total
        at = bisect_right(self.orders, order)
        return self.numbers[at - 1] + 1 if at else self.numbers[0]


def has_order(record: type[Record]) -> bool:
    """Return whether records of a type are kept in order of date: whether each has one."""
    return any(key.dated and key.required for key in keys_of(record).values())


def order_of(values: Mapping[str, object]) -> Order:
    """Return by what a record with some values is ordered."""
    return from_toml(values["date"]).order


def series_of(record: type[Record], loaded: LoadResult, document: Document) -> DatedSeries:
    """Return what is in order of date in a file: the longest series, where that is more than half of its records.

    What adds to records of other files has no date of its own: a file with such entries has no order.
    """
    number, total = loaded.documents.index(document), len(document.records(record.table))
    entries = loaded.draft.entries(record.table) if has_order(record) else ()
    orders = [entry.date.order for entry, place in entries if place.document == number]
    numbers = longest_series(orders) if len(orders) == total else []
    if total and 2 * len(numbers) <= total:
        return DatedSeries((), (), total, known=False)
    return DatedSeries([orders[each] for each in numbers], numbers, total, known=has_order(record))


def insert_in_order(
    record: type[Record], added: Sequence[tuple[Mapping[str, object], str]], loaded: LoadResult, document: Document
) -> Edit:
    """Return the edit that adds records to a file, each with its text: where its date belongs, else after the last."""
    series = series_of(record, loaded, document)
    groups: dict[int, list[tuple[Mapping[str, object], str]]] = {}
    for each in sorted(added, key=lambda new: order_of(new[0])) if series.known else added:
        number = series.number_for(order_of(each[0])) if series.known else series.total
        groups.setdefault(number, []).append(each)
    return insert_records(record.table, groups, series.total)


def longest_series(orders: Sequence[Order]) -> Sequence[int]:
    """Return the numbers of the longest series that never goes back."""
    if all(one <= other for one, other in pairwise(orders)):
        return range(len(orders))
    ends: list[Order] = []  # the least end of a series of each length, and the number of its last
    lasts: list[int] = []
    before: list[int] = []  # the number before each in its series; -1 for the first
    for number, order in enumerate(orders):
        length = bisect_right(ends, order)
        before.append(lasts[length - 1] if length else -1)
        ends[length : length + 1], lasts[length : length + 1] = [order], [number]
    series = [lasts[-1]]
    while before[series[-1]] >= 0:
        series.append(before[series[-1]])
    return series[::-1]


def beside(draft: Draft, table: str, id_: str) -> str:
    """Return next to which record of its file one is, in words; "" where it is alone."""
    ids = {place[:3]: entry.id for entry, place in draft.as_written(table)}
    document, _, number = next(place for place, each in ids.items() if each == id_)
    for word, other in (("after", number - 1), ("before", number + 1)):
        if (document, table, other) in ids:
            return f"{word} '{ids[document, table, other]}'"
    return ""
