"""What events and facts are counted by: one thing that they have in common, or two."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import ConflictError, NotInListError
from korea_cli.dates.months import MONTHS
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.query.filters import DATED
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.tables import possible_among
from korea_cli.report.report import Possible, Report
from korea_cli.report.sections import Count, Section, counts
from korea_cli.rows.column import plain_columns
from korea_cli.store.sql import certain_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition
    from korea_cli.query.resolve import Query
    from korea_cli.query.selection import Selection


class Dimension(NamedTuple):
    """One thing that events and facts have in common.

    types: the types of record that have it. sql: rows of `seq` and `value`, several for a record that has several.
    named: the type of record whose titles are shown for the values. in_time: whether the values are in order of time.
    """

    types: tuple[str, ...]
    sql: str
    named: str = ""
    in_time: bool = False


def _own(**columns: str) -> Dimension:
    """Return a dimension of single keys, by the type of record."""
    rows = (f'SELECT seq, "{column}" AS value FROM {type_}' for type_, column in columns.items())  # noqa: S608 - from the code
    return Dimension(tuple(columns), " UNION ALL ".join(rows))


def _linked(types: tuple[str, ...], type_: str, *roles: str) -> Dimension:
    """Return a dimension of the records that others refer to in some roles, and of all that these belong to."""
    names = ", ".join(f"'{role}'" for role in roles)
    sql = (
        f"SELECT DISTINCT link.seq, whole AS value FROM link JOIN belongs ON belongs.type = '{type_}'"  # noqa: S608 - as above
        f" AND belongs.id = link.target WHERE link.role IN ({names})"
    )
    return Dimension(types, sql, type_ if type_ != "source" else "")


def _of_referred(table: str, column: str, *roles: str) -> Dimension:
    """Return a dimension of a key of the records that others refer to in some roles."""
    names = ", ".join(f"'{role}'" for role in roles)
    sql = (
        f"SELECT DISTINCT link.seq, {table}.{column} AS value FROM link"  # noqa: S608 - as above
        f" JOIN {table} ON {table}.id = link.target WHERE link.role IN ({names}) AND {table}.{column} <> ''"
    )
    return Dimension(DATED, sql)


def _in_time(unit: str) -> Dimension:
    """Return the dimension of the year or month in which events and facts certainly begin, else of the year."""
    sql = f"SELECT seq, {certain_part(unit)} AS value FROM entry"  # noqa: S608 - as above
    return Dimension(DATED, sql, in_time=True)


DIMENSIONS: dict[str, Dimension] = {
    "year": _in_time("year"),
    "month": _in_time("month"),
    "actor": _linked(DATED, "actor", *ACTOR_ROLES),
    "by": _linked(DATED, "actor", "agent", "holder"),
    "to": _linked(("event",), "actor", "recipient"),
    "holder": _linked(("fact",), "actor", "holder"),
    "topic": _linked(DATED, "topic", "topic"),
    "kind": _own(event="kind", fact="kind"),
    "status": _own(event="status", fact="status"),
    "place": _own(event="place"),
    "country": _of_referred("actor", "country", *ACTOR_ROLES),
    "source": _linked(DATED, "source", "source"),
    "voice": _of_referred("source", "voice", "source"),
    "sources": Dimension(DATED, "SELECT seq, CAST(source_count AS TEXT) AS value FROM entry"),
    "voices": Dimension(DATED, "SELECT seq, CAST(voice_count AS TEXT) AS value FROM entry"),
}
CATEGORIES = tuple(name for name, each in DIMENSIONS.items() if not each.in_time)
_COUNTED = """SELECT COALESCE(one.value, ''), COALESCE(other.value, ''),
  COUNT(DISTINCT CASE entry.type WHEN 'event' THEN entry.seq END),
  COUNT(DISTINCT CASE entry.type WHEN 'fact' THEN entry.seq END)
  FROM entry LEFT JOIN ({one}) AS one ON one.seq = entry.seq LEFT JOIN ({other}) AS other ON other.seq = entry.seq
  WHERE entry.type IN ({types}) AND {own} GROUP BY 1, 2"""
_SINGLE = "SELECT NULL AS seq, NULL AS value"


class Cell(NamedTuple):
    """How many events and facts have two things in common: one as a row, the other as a lane."""

    by: str
    value: str
    label: str
    lanes: str
    lane: str
    lane_label: str
    event_count: int
    fact_count: int

    @property
    def type(self) -> str:
        """The type of the row."""
        return "cell"


def report_by(command: str, chronology: Chronology, selection: Selection, by: str, lanes: str | None) -> Report:
    """Return the counts of the events and facts of a selection by one dimension, or two; raises as `count_by`."""
    query = chronology.query(selection, *DATED)
    chronology = chronology.as_known_by(query.known_by)
    return report_of_counts(command, chronology, query, (count_by(chronology, query.own, by, lanes),))


def report_of_counts(command: str, chronology: Chronology, query: Query, sections: tuple[Section, ...]) -> Report:
    """Return a report on the events and facts of a query, which its sections count."""
    doubtful, found = possible_among(chronology.store, query, query.own)
    return Report(
        command=command, header=chronology.header, documents=chronology.documents, query=query, sections=sections,
        listed=found, matched=found, noun="events and facts", possible=Possible(doubtful, found, "events and facts"),
    )  # fmt: skip


def count_by(chronology: Chronology, own: Condition, by: str, lanes: str | None) -> Section:
    """Count the events and facts that meet a condition by one dimension, or two.

    Raises NotInListError for an unknown one, ConflictError for two that no record has both of.
    """
    one, other = _named(by), None if lanes is None else _named(lanes)
    types = tuple(type_ for type_ in one.types if other is None or type_ in other.types)
    if not types:
        raise ConflictError(("by", by), ("lanes", str(lanes)))
    sql = _COUNTED.format(
        one=one.sql, other=other.sql if other else _SINGLE, types=placeholders(types), own=own.sql
    )  # fmt: skip
    found = {
        (value, lane): (events, facts)
        for value, lane, events, facts in chronology.store.rows(sql, (*types, *own.values))
    }
    rows = _ordered(chronology, one, ((value, sum(number)) for (value, _), number in found.items()))
    if other is None:
        counted = (Count(by, value, label, *found[value, ""]) for value, label in rows)
        return counts("counts", f"By {by}", counted)
    columns = _ordered(chronology, other, ((lane, sum(number)) for (_, lane), number in found.items()))
    cells = tuple(
        Cell(by, value, label, str(lanes), lane, lane_label, *found[value, lane])
        for value, label in rows for lane, lane_label in columns if (value, lane) in found
    )  # fmt: skip
    plain = ("value", "label", "lane", "lane_label", "event_count", "fact_count")
    return Section(
        key="cells", rows=cells, columns=plain_columns("cell", *Cell._fields), plain=plain, layout="pivot",
        title=f"By {by} and {lanes}",
    )  # fmt: skip


def _named(name: str) -> Dimension:
    if name.casefold() not in DIMENSIONS:
        raise NotInListError("value to count by", name, tuple(DIMENSIONS))
    return DIMENSIONS[name.casefold()]


def _ordered(
    chronology: Chronology, dimension: Dimension, numbers: Iterable[tuple[str, int]]
) -> Sequence[tuple[str, str]]:
    """Return values with their labels, in order of time or the most frequent first; records without one come last."""
    total: Counter[str] = Counter()
    for value, number in numbers:
        total[value] += number
    order = sorted(total) if dimension.in_time else sorted(total, key=lambda value: (-total[value], value))
    order.sort(key=lambda value: not value)
    return [(value, _label(chronology, dimension, value)) for value in order]


def _label(chronology: Chronology, dimension: Dimension, value: str) -> str:
    if not value:
        return "not known" if dimension.in_time else "none"
    if dimension.in_time and "-" in value:
        year, month = value.split("-")
        return f"{MONTHS[int(month) - 1]} {year}"
    return (dimension.named and chronology.title(dimension.named, value)) or value
