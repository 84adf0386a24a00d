"""Who said what, and whether it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Option
from korea_cli.report.lookups import Related
from korea_cli.report.possible import Possible
from korea_cli.report.reasons import reason_of
from korea_cli.report.report import Report
from korea_cli.report.sections import Section

if TYPE_CHECKING:
    from korea_cli.analysis.speaker_rows import Speakers
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

TYPES = ("event", "fact")
EXAMPLES = (
    "korea positions thaad",
    "korea positions topic:icbm --roll-up",
    "korea positions icbm --json | jq -r '.speakers[].positions[-1].says'",
)


def positions(
    chronology: Chronology,
    selection: Selection,
    roll_up: Annotated[bool, Option("--roll-up", help="Count actors as the states and bodies they belong to.")] = False,
) -> Report:
    """List what each actor said over time, and what changed.

    Lists an actor's claims, statements, offers, requests, agreements, rejections and accusations. One of them changes
    another if one claim disputes the other, or if one event responds to the other and one refuses, the other concedes.
    """
    from korea_cli.analysis.speaker_rows import Speakers  # noqa: PLC0415 - help looks nothing up

    known, query = chronology.ask(selection, *TYPES)
    found = Speakers(known, query, roll_up=roll_up)
    return Report(
        command="positions", header=chronology.header, documents=chronology.documents, query=query,
        sections=(_section(found),), listed=len(found), matched=found.matched, noun="actors",
        possible=Possible(*found.possible, "positions"), related=Related(known),
        typed=("--roll-up",) if roll_up else (), reason=reason_of(chronology, query, found.matched),
    )  # fmt: skip


def _section(found: Speakers) -> Section:
    from korea_cli.analysis.speaker_rows import Remarks, columns, columns_of_remarks  # noqa: PLC0415 - as above

    of_each = ("speaker", "date", "change", "last", "id", "says")
    parts = Section(key="positions", rows=Remarks(found), columns=columns_of_remarks(), plain=of_each, layout="grid")
    return Section(key="speakers", rows=found, columns=columns(), plain=("id", "name"), layout="positions", parts=parts)
