"""What a record cites: sources with the place in them, and other dates with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate


class Citation(NamedTuple):
    """A source and the place in it: `ramani-2017#p6` is source `ramani-2017`, locator `p6`."""

    id: str
    locator: str | None = None


class OtherDate(NamedTuple):
    """Another date for the same event, with its sources."""

    date: StoredDate
    sources: tuple[Citation, ...] = ()
    note: str = ""
