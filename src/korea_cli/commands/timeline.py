"""Events, oldest first."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = (
    "korea timeline thaad --from 2017-05",
    "korea timeline actor:russia country:KOR --period 2017-04..2017-07",
    "korea timeline by:putin topic:thaad --json | jq -r '.events[].title'",
)


def timeline(chronology: Chronology, selection: Selection) -> Report:
    """List events, oldest first."""
    return listing("timeline", chronology, chronology.events(selection), "timeline", ("date", "id", "title", "actors"))
