"""Report how far the making of an index is."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.store.database import SqlRow

    Watch = Callable[["Progress"], None]

_EVERY = 500  # rows
_SPEED = 3_500_000  # bytes a second, read and indexed, on a machine of 2020
_READING = 0.4  # of the time; the rest is for writing the index


class Progress(NamedTuple):
    """What is being done, what share of the whole is done, and how many seconds the whole may take.

    Without a stage, something else will be shown, or asked, before it goes on.
    """

    stage: str
    share: float
    expected: float


def ignore_progress(_: Progress) -> None:
    """Do nothing."""


class Work:
    """The reading of so many bytes and the writing of so many rows, reported to `watch`."""

    def __init__(self, watch: Watch, size: int) -> None:
        self._watch, self._expected = watch, size / _SPEED
        self._rows = self._written = 0
        self._watch(Progress("reading", 0.0, self._expected))

    def expect(self, rows: int) -> None:
        """Report that reading is done; `rows` will be written."""
        self._rows = rows
        self._watch(Progress("indexing", _READING, self._expected))

    def through(self, rows: Callable[[], Iterable[SqlRow]]) -> Iterator[SqlRow]:
        """Yield rows as they are written."""
        for row in rows():
            yield row
            self._written += 1
            if self._written % _EVERY == 0:
                share = _READING + (1 - _READING) * self._written / self._rows
                self._watch(Progress("indexing", share, self._expected))
