"""Tell how far the making of an index is, to whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.store.database import Row

    Watch = Callable[["Progress"], None]

_EVERY = 500  # rows
_SPEED = 3_500_000  # bytes a second, read and indexed, on a machine of 2020
_READING = 0.4  # of the time; the rest goes into the index


class Progress(NamedTuple):
    """How far it is: what is being done, which share of the whole is done, how many seconds the whole may take."""

    stage: str
    share: float
    expected: float


def ignore_progress(_: Progress) -> None:
    """Tell nobody."""


class Work:
    """The reading of so many bytes and the writing of so many rows, which somebody watches."""

    def __init__(self, watch: Watch, size: int) -> None:
        """Say that the reading begins."""
        self._watch, self._expected = watch, size / _SPEED
        self._rows = self._written = 0
        self._watch(Progress("reading", 0.0, self._expected))

    def expect(self, rows: int) -> None:
        """Say that the reading is done, and how many rows will be written."""
        self._rows = rows
        self._tell(_READING)

    def through(self, rows: Callable[[], Iterable[Row]]) -> Iterator[Row]:
        """Give rows as they are written."""
        for row in rows():
            yield row
            self._written += 1
            if self._written % _EVERY == 0:
                self._tell(_READING + (1 - _READING) * self._written / self._rows)

    def _tell(self, share: float) -> None:
        self._watch(Progress("indexing", share, self._expected))
