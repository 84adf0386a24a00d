"""Who dealt with whom."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

from korea_cli.base.errors import UsageError
from korea_cli.base.parameters import Option
from korea_cli.report.report import Report
from korea_cli.report.sections import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

EXAMPLES = (
    "korea pairs kind:meeting",
    "korea pairs russia dprk --roll-up",
    "korea pairs putin --json | jq -r '.pairs[].other.name'",
)
_MOST_SIDES = 2


def pairs(
    chronology: Chronology,
    selection: Selection,
    roll_up: Annotated[bool, Option("--roll-up", help="Count actors as the states and bodies they belong to.")] = False,
) -> Report:
    """Count who dealt with whom, how often and how: pairs of actors.

    In each pair, one actor acted and the other also acted or was addressed. Actors that only relayed are not counted.
    If the query starts with the names of one or two actors, only pairs of them or their members are listed.
    """
    from korea_cli.analysis.pairs import columns, count_pairs  # noqa: PLC0415 - help counts nothing

    if selection.sort is not None:
        raise UsageError("'--sort' does not apply to pairs, which are in order of their number of events")
    sides = _sides(chronology, selection.terms)
    query = chronology.query(selection._replace(terms=selection.terms[len(sides) :]), "event")
    found = count_pairs(chronology.as_known_by(query.known_by), query, sides, roll_up=roll_up)
    listed = selection.listed(found)
    section = Section(
        key="pairs", rows=listed, columns=columns(), plain=("actor", "other", "event_count", "kinds", "first", "last"),
        layout="pairs",
    )  # fmt: skip
    return Report(
        command="pairs", header=chronology.header, documents=chronology.documents, query=query, sections=(section,),
        listed=len(listed), matched=len(found),
    )  # fmt: skip


def _sides(chronology: Chronology, terms: Sequence[str]) -> list[str]:
    """Return the ids of the actors that the first words of a query name as a whole."""
    from korea_cli.query.resolve_names import named_as  # noqa: PLC0415 - as above

    named = (named_as(chronology.store, term, "actor") for term in terms[:_MOST_SIDES])
    return [each.id for each in takewhile(bool, named) if each]
