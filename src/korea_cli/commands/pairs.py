"""Who dealt with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.errors import MisspeltNameError, UnknownFieldError, UnknownNameError, UsageError
from korea_cli.base.parameters import Option
from korea_cli.report.possible import possible_of
from korea_cli.report.reasons import reason_of
from korea_cli.report.report import Report
from korea_cli.report.sections import Section

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.expression import Term
    from korea_cli.query.selection import Selection

EXAMPLES = (
    "korea pairs kind:meeting --min 2",
    "korea pairs russia dprk --roll-up",
    "korea pairs putin --json | jq -r '.pairs[].other.name'",
)
_MOST_SIDES = 2
_NUMBERS = {"events", "count", "number", "meetings", "times", "min"}  # fields for which people look


def pairs(
    chronology: Chronology,
    selection: Selection,
    roll_up: Annotated[bool, Option("--roll-up", help="Count actors as the states and bodies they belong to.")] = False,
    least: Annotated[
        int | None, Option("--min", metavar="N", limits=(1, None), help="Only pairs with at least N events.")
    ] = None,
) -> Report:
    """Count who dealt with whom, how often and how: pairs of actors.

    In each pair, one actor acted and the other also acted or was addressed. Actors that only relayed are not counted.
    A query that begins with the name of an actor lists whom it or its members dealt with; with two names, how these
    dealt with each other.
    """
    from korea_cli.analysis.pairs import between, columns, count_pairs  # noqa: PLC0415 - help counts nothing
    from korea_cli.query.terms import split_names  # noqa: PLC0415 - as above

    if selection.sort is not None:
        raise UsageError("'--sort' does not apply to pairs, which are in order of their number of events")
    try:
        names, rest = split_names(selection.terms, _MOST_SIDES, ("event",))
        known, query = chronology.ask(selection._replace(terms=tuple(rest)), "event")
    except UnknownFieldError as error:
        raise (_of_number(error) if error.word in _NUMBERS else error) from None
    sides = tuple(_actor(chronology, name) for name in names)
    query = between(query._replace(selection=selection), sides)
    listed, matched = count_pairs(known, query, sides, roll_up=roll_up, least=least or 0)
    section = Section(
        key="pairs", rows=listed, columns=columns(), plain=("actor", "other", "event_count", "kinds", "first", "last"),
        layout="pairs",
    )  # fmt: skip
    typed = (*(["--roll-up"] if roll_up else []), *([f"--min {least}"] if least else []))
    return Report(
        command="pairs", header=chronology.header, documents=chronology.documents, query=query, sections=(section,),
        listed=len(listed), matched=matched, typed=typed, possible=possible_of(known, query, "event"),
        reason=reason_of(chronology, query, matched, ("event",)),
    )  # fmt: skip


def _of_number(error: UnknownFieldError) -> UsageError:
    return UsageError(f"unknown field '{error.word}'. For pairs with at least two events, write '--min 2'")


def _actor(chronology: Chronology, name: Term) -> str:
    """Return the id of the actor that a name means; raises MisspeltNameError, which says how to search for a word."""
    from korea_cli.query.position import pointing_at  # noqa: PLC0415 - as above

    with pointing_at(name.position):
        try:
            return chronology.named(name.value, "actor").id
        except UnknownNameError as error:
            from korea_cli.query.resolve_names import named_as  # noqa: PLC0415 - only where something is wrong

            type_ = "topic" if named_as(chronology.store.whole, name.value, "topic") else error.type
            raise MisspeltNameError(error.what, name.value, error.near, error.known, type_) from None
