"""What a reader takes and returns: an open file, and a sheet of rows, each whole or with the reason why it is not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError
from korea_cli.base.problems import Problem
from korea_cli.reading.syntax import conflict_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    CellsByKey = dict[str, list[object]]

_MARKERS = "<<<<<<< ", "=======", ">>>>>>> "  # of the two sides that git could not merge, in this order


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


class InputFile:
    """An open file: its name, its format, and the encoding requested for it."""

    def __init__(self, name: str, stream: io.BufferedReader, size: int = 0, form: str = "", encoding: str = "") -> None:
        self.name, self.stream, self.form, self.encoding = name, stream, form, encoding
        self._size = size
        self._text: io.TextIOWrapper | None = None  # it closes the file when nothing refers to it any more

    def share(self) -> float:
        """Return how much of the file is read, from 0 to 1."""
        return min(self.stream.tell() / self._size, 1.0) if self._size else 0.0

    def text(self, encoding: str = "utf-8-sig", errors: str = "strict", newline: str | None = None) -> io.TextIOWrapper:
        """Return the decoded text; raises LookupError for an unknown encoding."""
        self._text = io.TextIOWrapper(self.stream, encoding, errors, newline)
        return self._text


def unreadable(name: str, message: str, line: int | None = None, column: int | None = None) -> DataError:
    """Return the error for a file that cannot be read at all."""
    return DataError((Problem(file=name, line=line, column=column, message=message, check="readable"),))


def unmerged(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a file; raises DataError at the end of a git conflict, or where the file begins with one."""
    found: list[int] = []
    begun = False
    for number, line in enumerate(lines, 1):
        marker = _MARKERS[len(found)]
        if line.startswith(marker) and (marker[-1] == " " or line.rstrip("\r\n") == marker):
            found.append(number)
            if len(found) == len(_MARKERS) or not begun:
                raise DataError((conflict_problem(name, found[0]),))
        begun = begun or bool(line.strip(" \t\r\n,;") and not line.startswith("sep="))
        yield line
