"""What a record cites: sources with the place in them, other dates with their sources, and claims about it."""

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


class Claim(NamedTuple):
    """What a fact says about an event: the actors who hold and report it, as ids, and the sources of it."""

    id: str
    text: str
    holders: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    status: str = ""
    sources: tuple[Citation, ...] = ()
