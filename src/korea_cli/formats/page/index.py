"""What the script of the page needs to know of each entry to draw, filter and list it, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.dates.parse import parse_stored
from korea_cli.formats.page.lanes import lanes
from korea_cli.formats.page.turning_points import by_importance, is_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.formats.page.context import PageContext
    from korea_cli.formats.page.entries import Entry


class Index(NamedTuple):
    """All entries in short, and the names of the lanes by actor and by topic."""

    entries: list[dict[str, Any]]
    lanes: dict[str, tuple[str, ...]]


def index_of(entries: Sequence[Entry], context: PageContext) -> Index:
    """Return the index of the entries of a page."""
    by_actor = lanes([each.acting for each in entries], context.actors)
    by_topic = lanes([each.topics_named for each in entries], context.topics)
    ranks = {entry.anchor: rank for rank, entry in enumerate(by_importance(entries), 1)}
    own = zip(entries, by_actor.of_entries, by_topic.of_entries, strict=True)
    rows = [_row(entry, ranks, {"actor": acting, "topic": about}, context) for entry, acting, about in own]
    return Index(rows, {"actor": by_actor.names, "topic": by_topic.names})


def _row(
    entry: Entry, ranks: dict[str, int], in_lanes: dict[str, tuple[int, ...]], context: PageContext
) -> dict[str, Any]:
    """Return an entry in short; keys without a value are left out, but `when` is always a text."""
    row = {
        "id": entry.anchor, "title": entry.title, "date": entry.date.text if entry.date else None,
        "when": entry.words, "heading": entry.heading,
        "dates": [_days(each) for each in entry.dates], "drawn": list(_drawn(entry, context)),
        "rank": ranks.get(entry.anchor), "key": is_named(entry), "doubted": entry.doubted, "lanes": in_lanes,
        "values": {
            "type": [entry.row["type"]], "actor": entry.actors_named, "topic": entry.topics_named,
            "kind": _listed(entry.row["kind"]), "place": _listed(entry.place), "status": _listed(entry.row["status"]),
        },
    }  # fmt: skip
    return {key: value for key, value in row.items() if key == "when" or value not in (None, "", False, [])}


def _listed(value: str | None) -> list[str]:
    return [value] if value else []


def _days(date: StoredDate) -> list[int]:
    """Return the four bounds of a date as numbers of days, and 1 where it is qualified."""
    return [*date.bounds, int(date.qualified)]


def _drawn(entry: Entry, context: PageContext) -> Iterator[list[int]]:
    """Yield the dates at which an entry is drawn: a fact at the first event it is about, else at its own."""
    if entry.row["type"] == "fact":
        dates = [context.event_dates[each["id"]] for each in entry.row["events"] if each["id"] in context.event_dates]
        if dates:
            yield _days(parse_stored(dates[0]))
            return
    if entry.date:
        yield from (_days(each) for each in entry.dates)
