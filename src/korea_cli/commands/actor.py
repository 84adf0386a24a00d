"""One actor's summary."""

from __future__ import annotations

from functools import partial

from korea_cli.base.hints import TYPE_CHECKING, Annotated
from korea_cli.base.parameters import Argument
from korea_cli.report.report import listing
from korea_cli.report.sections import counts

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = ("korea actor putin", "korea actor 'Han Song Ryol'", "korea actor china topic:thaad --from 2017-05")


def actor(
    name: Annotated[str, Argument(metavar="NAME", help="An id, name or alias, or the start of one.")],
    chronology: Chronology,
    selection: Selection,
) -> Report:
    """Summarise an actor: roles, counterparts, claims, topics, months."""
    from korea_cli.analysis import aggregates  # noqa: PLC0415 - help needs no counting
    from korea_cli.analysis.counting import in_order  # noqa: PLC0415 - as above
    from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - as above

    answer = chronology.records([name], selection, "actor")
    named = chronology.named(name, "actor")
    scope = aggregates.scope_of_actor(chronology, named.id, selection)
    rows = tuple(answer)  # before the others, so that the titles of all that is shown are looked up at once
    dealt = aggregates.dealings_of(scope, ("topic", "month"), [named.id])
    plain = ("id", "name", "kind", "event_count", "fact_count", "first", "last")
    answer.possible_counted = dealt.possible
    report = listing("actor", chronology, answer, "actor", plain)
    (own,) = report.sections
    columns = own.columns.extended(partial(relations_of, chronology.as_known_by(answer.query.known_by)))
    sections = (
        own._replace(key="actor", rows=rows, columns=columns, single=True, stored=None),
        counts("roles", "Roles", dealt.roles),
        counts("dealings", "Counterparts", dealt.counterparts),
        counts("topics", "Topics", in_order(scope.chronology, "topic", dealt.by["topic"])),
        counts("months", "By month", in_order(scope.chronology, "month", dealt.by["month"])),
    )
    reason = report.reason or ("" if report.matched else f"{named.title} has no such events or facts")
    return report._replace(sections=sections, noun="actors", typed=(name,), reason=reason)
