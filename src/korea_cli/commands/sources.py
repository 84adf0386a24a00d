"""Sources, with what rests on each."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = (
    "korea sources kind:press",
    "korea sources topic:thaad",
    "korea sources --sort issued --fields issued,title,url",
)


def sources(chronology: Chronology, selection: Selection) -> Report:
    """List sources with the number of events and facts that cite them."""
    plain = ("id", "title", "container", "issued", "event_count", "fact_count", "alone")
    return listing("sources", chronology, chronology.sources(selection), "list", plain)
