"""Topics, with counts."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = ("korea topics", "korea topics actor:china", "korea topics by:ramani --json | jq -r '.topics[].label'")


def topics(chronology: Chronology, selection: Selection) -> Report:
    """List topics with counts, largest first.

    A topic's counts include narrower topics.
    """
    plain = ("id", "label", "event_count", "fact_count", "first", "last")
    return listing("topics", chronology, chronology.topics(selection), "list", plain)
