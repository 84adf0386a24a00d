"""Counts by two things as a table: a row for each value of one, a column for each of the other, and totals."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.report.sections import GROUPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.analysis.counting import Cell

TOTAL = "total"
ONCE = "A total counts each event and fact once, also one in several rows or columns."


class PivotNumber(NamedTuple):
    """How many events and facts there are, and whether some of them are only possible."""

    number: int
    is_doubtful: bool


class PivotRow(NamedTuple):
    """A row of the table: its label, a number for each column, None where there is none, and the total."""

    label: str
    numbers: Sequence[PivotNumber | None]
    total: PivotNumber

    def cells(self, at_most: str) -> list[str]:
        """Return its numbers as people read them, then the total; `at_most` is written before those in doubt."""
        return [_written(each, at_most) for each in (*self.numbers, self.total)]


class Pivot(NamedTuple):
    """The table: what its rows are counted by, the labels of its columns, its rows, and the totals of all.

    overlaps: whether some are in several rows or columns, so that these add up to more than their total.
    """

    by: str
    columns: Sequence[str]
    rows: Sequence[PivotRow]
    totals: PivotRow
    overlaps: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether some of what it counts is only possible."""
        return self.totals.total.is_doubtful


def pivot_of(cells: Sequence[Cell]) -> Pivot:
    """Make a table of cells, which are in the order of their rows; each knows the place of its column."""
    lanes = {each.lane: each for each in sorted(cells, key=attrgetter("place"))}
    found = {
        (each.value, each.lane): PivotNumber(each.event_count + each.fact_count, bool(each.possible)) for each in cells
    }
    rows = [
        PivotRow(
            first.label,
            [found.get((value, lane)) for lane in lanes],
            PivotNumber(first.totals.row, first.totals.doubts[0]),
        )
        for value, first in {each.value: each for each in cells}.items()
    ]
    totals = _totals(cells[0], list(lanes.values()), len(rows))
    overlaps = any(sum(each.number for each in row.numbers if each) > row.total.number for row in (*rows, totals))
    return Pivot(
        cells[0].by, [each.lane_label for each in lanes.values()], rows, totals,
        overlaps or sum(row.total.number for row in rows) > totals.total.number,
    )  # fmt: skip


def _written(number: PivotNumber | None, at_most: str) -> str:
    return f"{at_most if number.is_doubtful else ''}{GROUPED.format(number.number)}" if number else ""


def _totals(cell: Cell, lanes: Sequence[Cell], rows: int) -> PivotRow:
    """Return the last row; its label says if it counts rows that are left out."""
    of_all = cell.totals
    label = f"{TOTAL} of all {of_all.rows:,}" if rows < of_all.rows else TOTAL
    numbers = [PivotNumber(each.totals.lane, each.totals.doubts[1]) for each in lanes]
    return PivotRow(label, numbers, PivotNumber(of_all.whole, of_all.doubts[2]))
