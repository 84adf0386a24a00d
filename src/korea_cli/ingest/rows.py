"""What every form of file is read into: rows with the line they begin on, each whole or with the reason it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Given = dict[str, list[Any]]


class Rejected(Exception):  # noqa: N818 - a value, not an accident: it ends in the list of rejected rows
    """Why a row cannot be taken."""


class Row(NamedTuple):
    """A row as it was read, by its headings; cells beyond the last heading stand under "".

    line: where it begins, or which entry of its list it is. wrong: why it cannot be read, where it cannot.
    """

    line: int
    cells: dict[str, Any] | list[str]
    wrong: str = ""


class Sheet(NamedTuple):
    """A file taken apart: its headings, where it has them, and its rows, one after the other.

    unit: what rows are counted in. delimiter: what stands between cells. headings: none where each row names its own.
    share: how much of the file is read. held: what closes the file when nobody holds it any more.
    """

    rows: Iterator[Row]
    share: Callable[[], float]
    headings: tuple[str, ...] = ()
    unit: str = "line"
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    slides: bool = False
    held: object = None
