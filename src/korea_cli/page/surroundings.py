"""What the rows of a page refer to and what refers to them, looked up once before anything is written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.page.families import family
from korea_cli.page.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.page.families import Family
    from korea_cli.report.lookups import Related

Row = dict[str, Any]
_ACTORS = ("actors", "recipients", "via", "holders", "reported_by", "about")


class Surroundings(NamedTuple):
    """The records around some rows.

    whole: how the chronology is cited. referring: what refers to each row, by `type:id`. facts: those that bear on the
    events, by id. anchors: the names of all that a page made of these rows can link to.
    """

    whole: str
    referring: dict[str, Row]
    facts: dict[str, Row]
    sources: dict[str, Row]
    actors: Family
    topics: Family
    anchors: frozenset[str]


def surroundings(rows: Sequence[Row], related: Related | None, whole: str) -> Surroundings:
    """Look up what lies around some rows."""
    referring = {anchor_of(row): cleaned(related.referring(row["type"], row["id"])) for row in rows} if related else {}
    bearing = dict.fromkeys(each["id"] for found in referring.values() for each in found.get("facts", ()))
    facts = {row["id"]: cleaned(row) for row in related.records("fact", bearing)} if related else {}
    told = [*rows, *facts.values()]
    return Surroundings(
        whole=whole,
        referring=referring,
        facts=facts,
        sources={row["id"]: cleaned(row) for row in related.records("source", _cited(told))} if related else {},
        actors=family("actor", _references(told, *_ACTORS), related),
        topics=family("topic", _references(told, "topics"), related),
        anchors=frozenset(map(anchor_of, told)),
    )


def anchor_of(named: Row) -> str:
    """Give the name by which a page links to a record, the same as the command line knows it by."""
    return f"{named['type']}:{named['id']}"


def references(row: Row) -> list[Row]:
    """Give all actors that a row names, in whatever part."""
    return _references([row], *_ACTORS)


def _references(rows: Iterable[Row], *keys: str) -> list[Row]:
    return [each for row in rows for key in keys for each in row.get(key, ())]


def _cited(rows: Iterable[Row]) -> Iterable[str]:
    others = (other for row in rows for other in row.get("other_dates", ()))
    return (each["id"] for row in chain(rows, others) for each in row["sources"])
