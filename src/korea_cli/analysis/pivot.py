"""Counts by two things as a table: a row for each value of one, a column for each of the other, and totals."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.analysis.counting import Cell

TOTAL = "total"
ONCE = "A total counts each event and fact once, also one in several rows or columns."


class PivotRow(NamedTuple):
    """A row of the table: its label, a number for each column or None, and how many there are in all."""

    label: str
    numbers: Sequence[int | None]
    total: int


class Pivot(NamedTuple):
    """The table: what its rows are counted by, the labels of its columns, its rows, and the totals of all.

    overlaps: whether some are in several rows or columns, so that these add up to more than their total.
    """

    by: str
    columns: Sequence[str]
    rows: Sequence[PivotRow]
    totals: PivotRow
    overlaps: bool


def pivot_of(cells: Sequence[Cell]) -> Pivot:
    """Make a table of cells, which are in the order of their rows; each knows the place of its column."""
    lanes = {each.lane: each for each in sorted(cells, key=attrgetter("place"))}
    found = {(each.value, each.lane): each.event_count + each.fact_count for each in cells}
    rows = [
        PivotRow(first.label, [found.get((value, lane)) for lane in lanes], first.totals.row)
        for value, first in {each.value: each for each in cells}.items()
    ]
    *_, whole, number_of_rows = cells[0].totals
    several = f" of all {number_of_rows:,}" if len(rows) < number_of_rows else ""
    totals = PivotRow(f"{TOTAL}{several}", [each.totals.lane for each in lanes.values()], whole)
    overlaps = any(sum(number or 0 for number in row.numbers) > row.total for row in (*rows, totals))
    return Pivot(
        cells[0].by, [each.lane_label for each in lanes.values()], rows, totals,
        overlaps or sum(row.total for row in rows) > whole,
    )  # fmt: skip
