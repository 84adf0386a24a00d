"""Who dealt with whom."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

from korea_cli.base.errors import MisspeltNameError, UsageError
from korea_cli.base.parameters import Option
from korea_cli.base.tokenize import name_key
from korea_cli.report.possible import possible_of
from korea_cli.report.reasons import reason_of
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
    from korea_cli.query.expression import free_names  # noqa: PLC0415 - as above

    if selection.sort is not None:
        raise UsageError("'--sort' does not apply to pairs, which are in order of their number of events")
    sides = _sides(chronology, selection.terms)
    rest = selection._replace(terms=selection.terms[len(sides) :])
    known, query = chronology.ask(rest, "event")
    query = query._replace(selection=selection)
    found = count_pairs(known, query, sides, roll_up=roll_up)
    if not found and len(sides) < _MOST_SIDES:
        _refuse_misspelt(chronology, free_names(rest.terms[:1], rest.terms))
    listed = selection.listed(found)
    section = Section(
        key="pairs", rows=listed, columns=columns(), plain=("actor", "other", "event_count", "kinds", "first", "last"),
        layout="pairs",
    )  # fmt: skip
    return Report(
        command="pairs", header=chronology.header, documents=chronology.documents, query=query, sections=(section,),
        listed=len(listed), matched=len(found), typed=("--roll-up",) if roll_up else (),
        possible=possible_of(known, query, "event"), reason=reason_of(chronology, query, len(found), ("event",)),
    )  # fmt: skip


def _sides(chronology: Chronology, terms: Sequence[str]) -> Sequence[str]:
    """Return the ids of the actors that the first words of a query name as a whole, unless AND or OR joins them."""
    from korea_cli.query.expression import free_names  # noqa: PLC0415 - as above
    from korea_cli.query.resolve_names import named_as  # noqa: PLC0415 - as above

    named = (named_as(chronology.store, term, "actor") for term in terms[:_MOST_SIDES])
    return free_names([each.id for each in takewhile(bool, named) if each], terms)


def _refuse_misspelt(chronology: Chronology, terms: Sequence[str]) -> None:
    """Raise MisspeltNameError for a word of which there is no event, if it is like the name of an actor."""
    from korea_cli.query.expression import OPERATORS, as_typed  # noqa: PLC0415 - as above
    from korea_cli.query.resolve_names import nearest_names  # noqa: PLC0415 - as above
    from korea_cli.query.selection import Selection  # noqa: PLC0415 - as above

    for term in as_typed(terms):
        is_word = not (set("(:") & set(term) or set(OPERATORS) & set(term.split()))
        near = nearest_names(chronology.store, name_key(term), ("actor",)) if is_word else ()
        if near and not chronology.events(Selection(terms=(term,))).matched:
            raise MisspeltNameError("actor", term, near)
