"""What a chronology holds, in numbers."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.report.report import Possible, Report

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

EXAMPLES = ("korea stats", "korea stats topics sources actor:russia --from 2017", "korea stats --json | jq '.bases'")


def stats(chronology: Chronology, selection: Selection) -> Report:
    """Count events and facts by year, topic, source and more.

    To see only some sections, start the query with their names: overview, years, months, kinds, topics, statuses,
    sources, bases or precisions.
    """
    from korea_cli.analysis.aggregates import SECTIONS, Scope  # noqa: PLC0415 - help needs no counting
    from korea_cli.query.tables import possible_among  # noqa: PLC0415 - as above

    names = tuple(takewhile(SECTIONS.__contains__, selection.terms))
    query = chronology.query(selection._replace(terms=selection.terms[len(names) :]), "event", "fact")
    doubtful, found = possible_among(chronology.store, query, query.own)
    if not found and query.selection.terms:
        _refuse_misspelt(query.selection.terms[0], tuple(SECTIONS))
    scope = Scope(chronology, query.own)
    sections = tuple(SECTIONS[name](scope)._replace(optional=True) for name in dict.fromkeys(names or SECTIONS))
    return Report(
        command="stats", header=chronology.header, documents=chronology.documents, query=query, sections=sections,
        listed=found, matched=found, noun="events and facts",
        possible=Possible(doubtful, found, "events and facts"),
    )  # fmt: skip


def _refuse_misspelt(term: str, names: tuple[str, ...]) -> None:
    from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only where nothing was found

    if ":" not in term and (near := nearest(term, names)):
        raise UsageError(
            f"unknown section '{term}'. Did you mean '{near}'? To search for the word, write 'text:{term}'"
        )
