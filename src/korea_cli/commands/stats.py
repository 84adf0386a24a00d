"""What a chronology holds, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.report.report import Possible, Report
from korea_cli.report.sections import counts

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

TYPES = ("event", "fact")
EXAMPLES = ("korea stats", "korea stats actor:russia --from 2017", "korea stats --json | jq '.basis'")


def stats(chronology: Chronology, selection: Selection) -> Report:
    """Count events and facts by year, topic, source and more."""
    from korea_cli.analysis import aggregates  # noqa: PLC0415 - help needs no counting
    from korea_cli.query.tables import possible_among  # noqa: PLC0415 - as above

    query = chronology.query(selection, "event", "fact")
    scope = aggregates.Scope(chronology, query.own)
    sections = (
        aggregates.overview(scope),
        counts("years", "By year", aggregates.by_year(scope)),
        counts("months", "By month", aggregates.by_month(scope)),
        counts("kinds", "By kind", aggregates.by_key(scope, "kind", event="kind", fact="kind")),
        counts("topics", "By topic", aggregates.by_reference(scope, "topic")),
        counts("statuses", "By status", aggregates.by_key(scope, "status", event="status", fact="status")),
        counts("sources", "By source", aggregates.by_reference(scope, "source")),
        counts("bases", "How dates are known", aggregates.by_key(scope, "basis", event="date_basis")),
        counts("precisions", "How precisely", aggregates.by_precision(scope)),
    )
    doubtful, found = possible_among(chronology.store, query, query.own)
    return Report(
        command="stats", header=chronology.header, documents=chronology.documents, query=query, sections=sections,
        listed=found, matched=found, noun="events and facts",
        possible=Possible(doubtful, found, "events and facts"),
    )  # fmt: skip
