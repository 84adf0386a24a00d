"""Count events and facts by their dimensions: by one, or by two."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, product

from korea_cli.analysis.dimensions import (
    DIMENSIONS,
    NEVER,
    POSSIBLE,
    named,
    numbers,
    ordered,
    words_for,
)
from korea_cli.analysis.grouping import count_each, grouped
from korea_cli.base.errors import ConflictError, UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.query.field import DATED
from korea_cli.query.tables import possible_among
from korea_cli.report.possible import Possible, noun_of
from korea_cli.report.reasons import reason_of
from korea_cli.report.report import Report
from korea_cli.report.sections import Count, Layout, Section, amount, counts
from korea_cli.rows.column import plain_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition
    from korea_cli.query.resolve import Query
    from korea_cli.query.selection import Selection


class Totals(NamedTuple):
    """How many events and facts are in the row of a cell, in its lane, and in all; each counts once.

    rows: how many there are, with those that a limit leaves out. doubts: whether some of each of the three are only
    possible.
    """

    row: int
    lane: int
    whole: int
    rows: int
    doubts: tuple[bool, bool, bool]


class Cell(NamedTuple):
    """How many events and facts have two things in common: one as a row, the other as a lane.

    possible: how many of them are only possible. place: that of the lane among all lanes. totals: what tables have at
    their edges.
    """

    by: str
    value: str
    label: str
    lanes: str
    lane: str
    lane_label: str
    event_count: int
    fact_count: int
    possible: int
    place: int
    totals: Totals
    type: str = "cell"


CELL_KEYS = Cell._fields[:-3]  # the last are not columns of their own


def report_by(command: str, chronology: Chronology, selection: Selection, by: str, lanes: str | None) -> Report:
    """Return the counts of the events and facts of a selection by one dimension, or two.

    Raises NotInListError for an unknown dimension, UsageError for the same twice, ConflictError for two that no record
    has both of.
    """
    by, lanes = named(by), None if lanes is None else named(lanes)
    types = [type_ for type_ in DIMENSIONS[by].types if lanes is None or type_ in DIMENSIONS[lanes].types]
    if by == lanes:
        raise UsageError(f"'--by {by}' and '--lanes {lanes}' count by the same: choose another for one of them")
    if not types:
        raise ConflictError(("by", by), ("lanes", str(lanes)))
    chronology, query = chronology.ask(selection, *DATED)
    counted = possible_among(chronology.store, query, query.own, types)
    report = report_of_counts(command, chronology, query, types, counted)
    title = f"{amount(report.matched, report.noun)} by {words_for(by)}"
    found: Sequence[object]
    if lanes is None:
        found = rows = count_by(chronology, query.own, by, query.possible)
        section = counts("counts", title, selection.listed(rows))
    else:
        found = groups = count_by_two(chronology, query, types, (by, lanes), report.possible)
        layout: Layout = "bars" if command == "chart" else "pivot"
        section = _cells(f"{title} and {words_for(lanes)}", selection.listed(groups), layout)
    listed, noun = len(selection.listed(found)), "values" if found else report.noun
    return report._replace(sections=(section,), listed=listed, matched=len(found), noun=noun)


def section_by(chronology: Chronology, query: Query, key: str, by: str, found: Mapping[str, Counter[str]]) -> Section:
    """Return a section of what was counted by one dimension, as far as the query lists it."""
    rows = in_order(chronology, by, found)
    listed = query.selection.listed(rows)
    several = f", {len(listed):,} of {len(rows):,}" if len(listed) < len(rows) else ""
    return counts(key, f"By {words_for(by)}{several}", listed)


def _cells(title: str, groups: Sequence[Sequence[Cell]], layout: Layout) -> Section:
    plain = ("value", "label", "lane", "lane_label", "event_count", "fact_count")
    return Section(
        key="cells", rows=tuple(chain.from_iterable(groups)), columns=plain_columns("cell", *CELL_KEYS), plain=plain,
        layout=layout, title=title,
    )  # fmt: skip


def report_of_counts(
    command: str, chronology: Chronology, query: Query, types: Sequence[str], counted: tuple[int, int]
) -> Report:
    """Return a report on the records of some types that a query finds, to which sections with their counts are added.

    counted: how many of them are only possible, and how many they are.
    """
    doubtful, found = counted
    noun = noun_of(types)
    return Report(
        command=command, header=chronology.header, documents=chronology.documents, query=query, sections=(),
        listed=found, matched=found, noun=noun, possible=Possible(doubtful, found, noun),
        reason=reason_of(chronology, query, found, types),
    )  # fmt: skip


def count_by(chronology: Chronology, own: Condition, by: str, possible: Condition = NEVER) -> list[Count]:
    """Count what meets a condition by one dimension; what has no value comes last."""
    return in_order(chronology, by, count_each(chronology, own, [by], possible)[by])


def in_order(chronology: Chronology, by: str, found: Mapping[str, Counter[str]]) -> list[Count]:
    """Return what was counted by one dimension, in order of time or the most frequent first."""
    order = ordered(chronology, by, {value: _total(number) for value, number in found.items()})
    return [Count(by, value, label, *numbers(found[value])) for value, label in order]


def count_by_two(
    chronology: Chronology, query: Query, types: Sequence[str], names: tuple[str, str], whole: Possible
) -> list[list[Cell]]:
    """Count by two dimensions what a query finds, a list for each value of the first; `whole` is all it finds."""
    found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    in_row, in_lane = totals = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for counted, values in grouped(chronology, query.own, types, names, query.possible):
        for key in product(*values):
            counted.add_to(found[key])
        for total, each in zip(totals, values, strict=True):
            for value in each:  # once, whatever it has of the other dimension
                counted.add_to(total[value])
    numbered = ({value: _total(number) for value, number in each.items()} for each in totals)
    rows, columns = (ordered(chronology, *each) for each in zip(names, numbered, strict=True))
    by, lanes = names
    return [
        [
            Cell(
                by, value, label, lanes, lane, lane_label, *numbers(found[value, lane]), place,
                _totals(in_row[value], in_lane[lane], whole, len(rows)),
            ) for place, (lane, lane_label) in enumerate(columns) if (value, lane) in found
        ] for value, label in rows
    ]  # fmt: skip


def _totals(row: Counter[str], lane: Counter[str], whole: Possible, rows: int) -> Totals:
    doubts = bool(row[POSSIBLE]), bool(lane[POSSIBLE]), bool(whole.number)
    return Totals(_total(row), _total(lane), whole.among, rows, doubts)


def _total(found: Counter[str]) -> int:
    events, facts, _ = numbers(found)
    return events + facts
