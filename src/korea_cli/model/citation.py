"""What a record cites: sources with the place in them, other dates with their sources, claims; and the ids in these."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def ids_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a reference key holds
    """Yield the ids in the value of a key that refers: one id, several, citations, or dates with citations."""
    for item in filter(None, [value]) if isinstance(value, str) else value:
        if isinstance(item, OtherDate):
            yield from (citation.id for citation in item.sources)
        else:
            yield item if isinstance(item, str) else item.id
