"""What is contested, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Option
from korea_cli.model.choices import DISPUTE_STATES
from korea_cli.report.lookups import Related
from korea_cli.report.possible import Possible
from korea_cli.report.reasons import reason_of
from korea_cli.report.report import Report
from korea_cli.report.sections import Section

if TYPE_CHECKING:
    from korea_cli.analysis.disputes import Disputes
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

TYPES = ("event", "fact")
EXAMPLES = (
    "korea disputes icbm",
    "korea disputes actor:russia --state open",
    "korea disputes --json | jq -r '.disputes[] | [.id, .state, .title] | @tsv'",
)


def disputes(
    chronology: Chronology,
    selection: Selection,
    state: Annotated[
        str | None,
        Option(
            "--state",
            metavar="STATE",
            values=DISPUTE_STATES,
            help="Only disputes in a state: open, one-sided, settled.",
        ),
    ] = None,
) -> Report:
    """List disputes: who says what on each side, and where it stands.

    A dispute is listed in full if the query matches one of its events or facts, or the event it is about. It is settled
    if all sides but one are contradicted or withdrawn, one-sided if only one side has sources, and open otherwise.
    """
    from korea_cli.analysis.disputes import Disputes  # noqa: PLC0415 - help looks nothing up

    known, query = chronology.ask(selection, *TYPES, opposed=True)
    found = Disputes(known, query, state)
    return Report(
        command="disputes", header=chronology.header, documents=chronology.documents, query=query,
        sections=(_section(found),), listed=len(found), matched=found.matched,
        possible=Possible(found.possible, len(found)), related=Related(known),
        typed=() if state is None else (f"--state {state}",), reason=reason_of(chronology, query, found.matched),
    )  # fmt: skip


def _section(found: Disputes) -> Section:
    from korea_cli.analysis.disputes import DisputePositions, columns, columns_of_positions  # noqa: PLC0415 - as above

    of_each = ("dispute", "state", "side", "date", "id", "who", "says")
    parts = Section(
        key="positions", rows=DisputePositions(found), columns=columns_of_positions(), plain=of_each, layout="grid"
    )
    plain = ("id", "state", "title")
    return Section(key="disputes", rows=found, columns=columns(), plain=plain, layout="disputes", parts=parts)
