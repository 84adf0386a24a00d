"""Events drawn over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.analysis.dimensions import CATEGORIES, charted_type, words_for
from korea_cli.analysis.periods import UNITS, several
from korea_cli.base.errors import UsageError
from korea_cli.base.parameters import Option
from korea_cli.report.possible import possible_of
from korea_cli.report.reasons import reason_of
from korea_cli.report.report import Report
from korea_cli.report.sections import Section, amount

if TYPE_CHECKING:
    from korea_cli.analysis.histogram import Periods
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

EXAMPLES = (
    "korea chart --lanes actor --top 12",
    "korea chart thaad --by day -p 2017-07",
    "korea chart --by month --json | jq '.periods[].event_count'",
)


def chart(
    chronology: Chronology,
    selection: Selection,
    by: Annotated[
        str | None,
        Option(
            "--by",
            metavar="WHAT",
            values=(*UNITS, *CATEGORIES),
            help="Count per day, month, year or century, or by kind.",
        ),
    ] = None,
    lanes: Annotated[
        str | None,
        Option(
            "--lanes", metavar="WHAT", values=CATEGORIES, help="One lane per actor, topic, kind, country or another."
        ),
    ] = None,
    top: Annotated[int | None, Option("--top", metavar="N", help="Show only the N largest lanes.")] = None,
) -> Report:
    """Chart the number of events per day, month, year, century and more.

    An event is counted in the period it certainly falls in. A longer one is ongoing in several periods, and one with a
    vague date possible in several; without --lanes, it is drawn once, in the first. With --lanes, it counts for each of
    its actors and their groups. --lanes holder charts facts by their dates. --by holder, voice, country, kind and
    others draw what 'korea stats --by' counts.
    """
    from korea_cli.analysis.histogram import charted  # noqa: PLC0415 - help counts nothing

    if selection.sort is not None:
        raise UsageError("'--sort' does not apply to charts, which are in order of time")
    if by is not None and by.casefold() in CATEGORIES:
        if top is not None:
            raise UsageError(f"'--top' does not apply to '--by {by}', only to lanes over time")
        from korea_cli.analysis.counting import report_by  # noqa: PLC0415 - as above

        return report_by("chart", chronology, selection, by, lanes)
    type_ = charted_type(lanes)
    known, query = chronology.ask(selection, type_)
    periods = charted(known, query, by, lanes, top)
    matched = 0 if periods is None else periods.matched
    counted = "events" if type_ == "event" else "facts with a date"
    noun = counted if periods is None else "counts" if lanes else several(periods.axis.unit)
    return Report(
        command="chart", header=chronology.header, documents=chronology.documents, query=query,
        sections=(_section(periods, by, lanes),), listed=len(periods or ()), noun=noun,
        matched=matched, possible=possible_of(known, query, type_),
        reason=reason_of(chronology, query, matched, (type_,)),
    )  # fmt: skip


def _section(periods: Periods | None, by: str | None, lanes: str | None) -> Section:
    from korea_cli.analysis.histogram import columns  # noqa: PLC0415 - as above

    plain = (*(("lane",) if lanes else ()), "from", "to", "label", f"{charted_type(lanes)}_count", "lasting")
    return Section(
        key="periods", rows=() if periods is None else periods, columns=columns(), plain=(*plain, "possible"),
        layout="chart", title="" if periods is None else _title(periods, by, lanes),
    )  # fmt: skip


def _title(periods: Periods, by: str | None, lanes: str | None) -> str:
    """Return what is counted by, which unit is finer where none was chosen, and which lanes are drawn."""
    from korea_cli.analysis.periods import finer  # noqa: PLC0415 - as above

    unit, of = periods.axis.unit, periods.of
    closer = finer(unit) if by is None else None
    advice = f" (use --by {closer} for more detail)" if closer else ""
    without = f" ({of.undated:,} more without a date)" if of.undated else ""
    title = f"{amount(of.dated, f'{of.type}s')}{without} by {unit}{advice}"
    if lanes is None:
        return title
    several = "" if periods.lanes == periods.lanes_in_all else f", {periods.lanes:,} of {periods.lanes_in_all:,}"
    return f"{title}, in lanes by {words_for(lanes.casefold())}{several}"
