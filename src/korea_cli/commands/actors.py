"""Actors, with counts."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = (
    "korea actors country:RUS",
    "korea actors topic:thaad --from 2017-05",
    "korea actors kind:person --sort name",
)


def actors(chronology: Chronology, selection: Selection) -> Report:
    """List actors with counts and dates, most active first.

    An actor's counts include the events and facts of its members.
    """
    plain = ("id", "name", "kind", "event_count", "fact_count", "first", "last")
    return listing("actors", chronology, chronology.actors(selection), "list", plain)
