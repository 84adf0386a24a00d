"""What a chronology holds, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.reports import Report
from korea_cli.sections import counts

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.selection import Selection

TYPES = ("event", "fact")
EXAMPLES = ("korea stats", "korea stats actor:russia --from 2017", "korea stats --json | jq '.basis'")


def stats(chronology: Chronology, selection: Selection) -> Report:
    """Count events and facts by year, month, kind, topic, status and source, and say how their dates are based."""
    from korea_cli import tallies  # noqa: PLC0415 - help needs no counting
    from korea_cli.answers import Answer  # noqa: PLC0415 - as above
    from korea_cli.model import Event, Fact  # noqa: PLC0415 - as above

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
    found = scope.total()
    return Report(
        command="stats", header=chronology.header, documents=chronology.documents, query=query, sections=sections,
        listed=found, matched=found, noun="events and facts",
        possible=Answer[Event | Fact](chronology.store, query, ("event", "fact")).possible if query.window else 0,
    )  # fmt: skip
