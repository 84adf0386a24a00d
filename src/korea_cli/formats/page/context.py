"""What the rows of a page refer to and what refers to them, looked up once before the page is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import clean
from korea_cli.citing.sources import source_ids
from korea_cli.formats.page.families import family
from korea_cli.formats.page.text import clean_values
from korea_cli.report.parties import parties

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.formats.page.families import Family
    from korea_cli.model.roles import RoleKey
    from korea_cli.report.report import Report
    from korea_cli.rows.types import ActorReference, EventRow, FactRow, RecordReference, SourceRow

    Row = EventRow | FactRow


class PageContext(NamedTuple):
    """The records that some rows refer to, and that refer to them.

    whole: how the chronology is cited. referring: what refers to each row, by `type:id`. facts: those about the
    events, by id. places: the names of each place. keys: those under which each type of row names actors. anchors: the
    names of all that a page of these rows can link to. event_dates: the dates of the events that facts are about, by
    id. withdrawn: the events and facts that were, by type and id. doubt: what is not certain of rows that are only
    possible.
    """

    whole: str
    referring: dict[str, dict[str, list[RecordReference]]]
    facts: dict[str, FactRow]
    places: dict[str, list[str]]
    keys: dict[str, tuple[RoleKey, ...]]
    sources: dict[str, SourceRow]
    actors: Family
    topics: Family
    anchors: frozenset[str]
    event_dates: dict[str, str]
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    doubt: str = ""


def page_context(rows: Sequence[Row], report: Report, whole: str) -> PageContext:
    """Look up what some rows of a report refer to, and what refers to them."""
    related = report.related
    referring = dict(zip(map(anchor_of, rows), clean_values(related.referring(rows)), strict=True))
    fact_ids = (each["id"] for row in rows if row["type"] == "event" for each in row["claims"])
    facts = clean_values(related.known("fact", fact_ids))
    entries = [*rows, *facts.values()]
    keys = {type_: related.actor_keys(type_) for type_ in ("event", "fact")}
    ids = _named_by(entries, keys) | {"event": list(_events_of(rows))}
    related.look_up(((type_, id_) for type_, some in ids.items() for id_ in some), wholes=True)
    return PageContext(
        whole=whole,
        referring=referring,
        facts=facts,
        places={clean(place): clean_values(names) for place, names in related.place_names.items()},
        keys=keys,
        sources=clean_values(related.known("source", ids["source"])),
        actors=family("actor", ids["actor"], related),
        topics=family("topic", ids["topic"], related),
        anchors=frozenset(map(anchor_of, entries)),
        event_dates={id_: row["date"] for id_, row in related.known("event", ids["event"]).items()},
        withdrawn=frozenset(named for named, each in related.set_apart.items() if "status" in each),
        doubt=report.doubt,
    )


def _named_by(entries: Sequence[Row], keys: Mapping[str, tuple[RoleKey, ...]]) -> dict[str, list[str]]:
    """Return the ids of the sources, actors and topics that some entries name, by type."""
    return {
        "source": list(source_ids(entries)),
        "actor": [each["id"] for row in entries for each in actors_in(row, keys)],
        "topic": [each["id"] for row in entries for each in row["topics"]],
    }


def anchor_of(record: Row | RecordReference) -> str:
    """Return the anchor of a record on the page, the same as its TYPE:ID on the command line."""
    return f"{record['type']}:{record['id']}"


def actors_in(row: Row, keys: Mapping[str, tuple[RoleKey, ...]]) -> list[ActorReference]:
    """Return all actors that a row names, in any role."""
    return [actor for _, actors in parties(row, keys[row["type"]]) for actor in actors]


def _events_of(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the ids of the events that facts are about."""
    return (each["id"] for row in rows if row["type"] == "fact" for each in row["events"])
