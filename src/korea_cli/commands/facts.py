"""Facts, claims, assessments and forecasts."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = (
    "korea facts icbm",
    "korea facts by:ramani kind:assessment",
    "korea facts status:disputed --json | jq -r '.facts[].holders[].name'",
)


def facts(chronology: Chronology, selection: Selection) -> Report:
    """List facts, claims, assessments and forecasts, with holders."""
    return listing("facts", chronology, chronology.facts(selection), "facts", ("date", "id", "holders", "text"))
