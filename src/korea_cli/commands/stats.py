"""What a chronology holds, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.reports import Possible, Report
from korea_cli.sections import counts

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.selection import Selection

TYPES = ("event", "fact")
EXAMPLES = ("korea stats", "korea stats actor:russia --from 2017", "korea stats --json | jq '.basis'")


def stats(chronology: Chronology, selection: Selection) -> Report:
    """Count events and facts by year, month, kind, topic, status and source, and say how their dates are based."""
    from korea_cli import tallies  # noqa: PLC0415 - help needs no counting
    from korea_cli.tables import possible_among  # noqa: PLC0415 - as above

    query = chronology.query(selection, "event", "fact")
    scope = tallies.Scope(chronology, query.own)
    sections = (
        tallies.overview(scope),
        counts("years", "By year", tallies.by_year(scope)),
        counts("months", "By month", tallies.by_month(scope)),
        counts("kinds", "By kind", tallies.by_key(scope, "kind", event="kind", fact="kind")),
        counts("topics", "By topic", tallies.by_reference(scope, "topic")),
        counts("statuses", "By status", tallies.by_key(scope, "status", event="status", fact="status")),
        counts("sources", "By source", tallies.by_reference(scope, "source")),
        counts("bases", "How dates are known", tallies.by_key(scope, "basis", event="date_basis")),
        counts("precisions", "How precisely", tallies.by_precision(scope)),
    )
    doubtful, found = possible_among(chronology.store, query, query.own)
    return Report(
        command="stats", header=chronology.header, documents=chronology.documents, query=query, sections=sections,
        listed=found, matched=found, noun="events and facts",
        possible=Possible(doubtful, found, "events and facts"),
    )  # fmt: skip
