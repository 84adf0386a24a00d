"""What every reader returns: rows with the line they begin on, each whole or with the reason why it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    CellsByKey = dict[str, list[object]]


class RowError(Exception):
    """Why a row is rejected."""


class SheetRow(NamedTuple):
    """A row as read: its cells in the order of the headings, or by name; those beyond the last heading under "".

    line: where it begins, or which entry of its list it is. error: why it cannot be read, where it cannot.
    """

    line: int
    cells: dict[str, object] | list[str]
    error: str = ""


class Sheet(NamedTuple):
    """The rows of a file, one after the other, and its headings: none where each row names its own.

    unit: what rows are counted in. delimiter: what separates cells. slides: whether it is one of TimelineJS.
    """

    rows: Iterator[SheetRow]
    headings: tuple[str, ...] = ()
    unit: str = "line"
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    slides: bool = False
