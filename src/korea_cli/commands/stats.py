"""What a chronology holds, in numbers."""

from __future__ import annotations

from itertools import takewhile

from korea_cli.analysis.dimensions import DIMENSIONS, SECTIONS
from korea_cli.base.errors import UsageError
from korea_cli.base.hints import TYPE_CHECKING, Annotated
from korea_cli.base.parameters import Option
from korea_cli.query.field import DATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.analysis.totals import QueryTotals
    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

EXAMPLES = (
    "korea stats topics sources actor:russia --from 2017",
    "korea stats --by month --lanes topic thaad",
    "korea stats --by holder --json | jq '.counts[0]'",
)


def stats(
    chronology: Chronology,
    selection: Selection,
    by: Annotated[
        str | None,
        Option(
            "--by", metavar="WHAT", values=tuple(DIMENSIONS), help="Count only by month, holder, country or another."
        ),
    ] = None,
    lanes: Annotated[
        str | None,
        Option("--lanes", metavar="WHAT", values=tuple(DIMENSIONS), help="With --by: a column for each of these."),
    ] = None,
) -> Report:
    """Count events and facts by year, topic, source and more.

    To see only some sections, start the query with their names: overview, years, months, kinds, topics, statuses,
    sources, corroboration, bases or precisions. --by counts by one of year, month, actor, by, to, holder, topic, kind,
    status, place, country, source, voice, basis, precision, or the number of sources or voices, and with --lanes by
    two of these.
    """
    from korea_cli.analysis.counting import report_by, report_of_counts  # noqa: PLC0415 - help needs no counting
    from korea_cli.analysis.totals import count_all  # noqa: PLC0415 - as above
    from korea_cli.query.expression import free_names  # noqa: PLC0415 - as above

    if selection.sort is not None:
        raise UsageError("'--sort' does not apply to counts, which are in order of number or time")
    if by is not None:
        return report_by("stats", chronology, selection, by, lanes)
    if lanes is not None:
        raise UsageError("'--lanes' needs '--by', as in '--by month --lanes topic'")
    names = free_names(tuple(takewhile(SECTIONS.__contains__, selection.terms)), selection.terms)
    rest = selection._replace(terms=selection.terms[len(names) :])
    chronology, query = chronology.ask(rest, *DATED)
    names = names or tuple(SECTIONS)
    found = count_all(chronology, query, [by for name in dict.fromkeys(names) for by in SECTIONS[name]])
    report = report_of_counts("stats", chronology, query, DATED, (found.possible, found.matched))
    sections = (each._replace(optional=True) for each in _sections(chronology, query, names, found))
    report = report._replace(sections=tuple(sections))
    if not report.matched:
        _refuse_misspelt(free_names(rest.terms[:1], rest.terms))
    return report._replace(query=query._replace(selection=selection))  # its heading names the sections too


def _sections(chronology: Chronology, query: Query, names: Sequence[str], found: QueryTotals) -> Iterator[Section]:
    from korea_cli.analysis.aggregates import overview  # noqa: PLC0415 - help needs no counting
    from korea_cli.analysis.corroboration import corroboration  # noqa: PLC0415 - as above
    from korea_cli.analysis.counting import section_by  # noqa: PLC0415 - as above

    for name in dict.fromkeys(names):
        if name == "overview":
            yield overview(chronology, found)
        elif name == "corroboration":
            yield corroboration(query, found.by)
        else:
            (by,) = SECTIONS[name]
            yield section_by(chronology, query, name, by, found.by[by])


def _refuse_misspelt(terms: Sequence[str]) -> None:
    from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only where nothing was found

    for term in terms:
        if ":" not in term and (near := nearest(term, tuple(SECTIONS))):
            raise UsageError(
                f"unknown section '{term}'. Did you mean '{near}'? To search for the word, write 'text:{term}'"
            )
