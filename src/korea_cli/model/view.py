"""What others may see of a chronology, and on which days."""

from __future__ import annotations

from korea_cli.base.named_tuple import NamedTuple


class View(NamedTuple):
    """The days from `since` to the day before `until`, on which the same is left out, and how many records that are."""

    since: int
    until: int
    left_out: int

    def includes(self, day: int) -> bool:
        """Return whether it is what others may see on a day."""
        return self.since <= day < self.until
