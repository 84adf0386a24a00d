"""Read the lines of a text, and refuse one in which git left both sides of a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError
from korea_cli.reading.syntax import conflict_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKERS = "<<<<<<< ", "=======", ">>>>>>> "  # of the two sides, in this order


def unmerged(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a file; raises DataError at the end of a conflict, or where the file begins with one."""
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
