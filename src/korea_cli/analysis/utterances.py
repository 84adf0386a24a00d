"""What actors said, by its number in the store, and how it went in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Utterance(NamedTuple):
    """A statement or claim of an actor: an event or fact, by its number, with the first and last day it may be on.

    earlier: the earlier ones of the same actor that it changes. change: whether it does so surely, or may be the
    earlier one itself. last: whether it is surely or possibly the last one.
    """

    type: str
    id: str
    kind: str | None
    date: str | None
    seq: int
    start_min: int | None
    end_max: int | None
    orders: int
    clock: int
    stands: int
    possible: int | None
    earlier: tuple[Utterance, ...] = ()
    change: str | None = None
    last: str | None = None

    @property
    def order(self) -> tuple[bool, int, int, int, int, int]:
        """Where it stands among those of its actor: by date, undated ones first, as they are never the last.

        If the dates are the same, what was contradicted or withdrawn comes first.
        """
        return self.start_min is not None, self.orders, self.end_max or 0, self.clock, self.stands, self.seq

    @property
    def reach(self) -> tuple[int, int, int]:
        """The first and last day it may be on, and its place within the day; 0 if its time is not known."""
        if self.start_min is None or self.end_max is None:
            return OPEN_START, OPEN_END, 0
        return self.start_min, self.end_max, self.clock

    def is_surely_after(self, other: Utterance) -> bool:
        """Return whether it surely begins when another is over."""
        first, last, clock = self.reach
        other_first, other_last, other_clock = other.reach
        return first > other_last or (first == last == other_first == other_last and clock > other_clock > 0)


class Voice(NamedTuple):
    """An actor that speaks: how much it said that matches, how much of it only possibly, its first and last day.

    latest: the last day on which anything that it said may begin; None if all is undated.
    """

    id: str
    name: str
    number: int
    possible: int
    first: int
    last: int
    latest: int | None


class Course(NamedTuple):
    """How the positions of an actor went: their numbers in the order of time, the first and last date, what is special.

    changes: what each changes, in the order of time. last: whether that is sure. Both are by number.
    """

    seqs: Sequence[int]
    first: str | None
    until: str | None
    changes: Mapping[int, tuple[Utterance, ...]]
    last: Mapping[int, str]
