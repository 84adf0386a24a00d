"""The keys that a sheet has of each type of record by default: what readers sort, filter and quote by."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COUNTED = ("event_count", "fact_count", "first", "last")
SHORT: Mapping[str, tuple[str, ...]] = {
    "event": (
        "id", "date", "date_text", "title", "kind", "actors", "recipients", "topics", "place", "status", "sources",
        "claims",
    ),
    "fact": (
        "id", "date", "text", "kind", "holders", "reported_by", "topics", "events", "status", "disputed_by", "sources",
    ),
    "actor": ("id", "name", "kind", "aliases", "country", "role", "part_of", *_COUNTED),
    "topic": ("id", "label", "aliases", "broader", *_COUNTED),
    "source": ("id", "issued", "title", "source_type", "authors", "container", "url", *_COUNTED),
}  # fmt: skip


def short_keys(types: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of rows of one type of record; none for other rows, and for those of several types."""
    return SHORT.get(types[0], ()) if len(types) == 1 else ()
