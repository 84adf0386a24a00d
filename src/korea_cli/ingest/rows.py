"""What every form of file is read into: rows with the line they begin on, each whole or with the reason it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """The rows of a file, one after the other, and its headings: none where each row names its own.

    unit: what rows are counted in. delimiter: what separates cells. slides: whether it is one of TimelineJS.
    """

    rows: Iterator[Row]
    headings: tuple[str, ...] = ()
    unit: str = "line"
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    slides: bool = False
