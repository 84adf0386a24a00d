"""What is counted of all events of a foreign table: DuckDB counts cells, and looks up what it has counted.

So a name is looked up once for all rows that have it. The rows are those that `tallies` has of other tables.
"""

# ruff: noqa: S608 - all SQL here is of names of our own
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.records import Event
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.store.foreign.shape import DATE
from korea_cli.store.foreign.sql import Value
from korea_cli.store.tallies import ONCE, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from korea_cli.store.database import SqlRow
    from korea_cli.store.foreign.tables import ForeignTables

# The bounds of the first day of the first event, and of the last day of the last one.
_BOUNDS = {
    "first_min": ("MIN", "start_min"), "first_max": ("MIN", "start_max"), "last_min": ("MAX", "end_min"),
    "last_max": ("MAX", "end_max"),
}  # fmt: skip


class ForeignCounts:
    """Makes the SQL that counts the events of a foreign table which were not withdrawn."""

    def __init__(self, tables: ForeignTables) -> None:
        self._tables = tables

    def counted(self, columns: Mapping[str, Value], *, bounds: bool = False) -> str:
        """Return the query of how many events have the same values, all of which are looked up, and of their bounds."""
        tables, values = self._tables, self._tables.values()
        columns = {**columns, "status": values["status"]}
        uses = {name for each in columns.values() for name in each.uses}
        lookups = [each for each in tables.shape.lookups if each.name in uses]
        keys = {f"{each.name}_{n}": sql for each in lookups for n, sql in enumerate(tables.keyed(each))}
        inner = {name: Value(sql) for name, sql in keys.items()}
        inner |= {name: values[column] for name, (_, column) in _BOUNDS.items() if bounds}
        found = [f"{how}({name}) AS {name}" for name, (how, _) in _BOUNDS.items() if bounds]
        rows = tables.select(inner or {"seq": values["seq"]})
        cells = f"SELECT {', '.join([*keys, 'COUNT(*) AS number', *found])} FROM ({rows}) GROUP BY ALL"
        joins = " ".join(
            f"{'JOIN' if each.key == DATE else 'LEFT JOIN'} {each.name} ON "
            + " AND ".join(
                f"{each.name}.k{n} IS NOT DISTINCT FROM cells.{each.name}_{n}" for n in range(len(each.columns))
            )
            for each in lookups
        )
        listed = ", ".join(f"{value.sql} AS {name}" for name, value in columns.items())
        return (
            f"SELECT * EXCLUDE (status) FROM (SELECT {listed}, {', '.join(['number', *(_BOUNDS if bounds else ())])}"
            f" FROM ({cells}) AS cells {joins}) WHERE COALESCE(status, '') <> '{WITHDRAWN}'"
        )

    def tally(self, type_: str, own: str) -> str:
        """Return the query of what is counted for each record of a type; own: begins the names of its tables."""
        values = self._tables.values()
        alone = (
            Value(f"{values['source_count'].sql} = 1", values["source_count"].uses)
            if type_ == "source"
            else Value("FALSE")
        )
        counted = self.counted({"ids": self._tables.ids_of(ROLES_BY_TYPE[type_]), "alone": alone}, bounds=True)
        named = "SELECT place, unnest(string_split(ids, ' ')) AS id FROM counted"
        belongs = f"(SELECT id, whole FROM {own}belongs WHERE type = '{type_}')"
        wholes = f"SELECT DISTINCT place, whole FROM ({named}) JOIN {belongs} USING (id)"
        found = ", ".join(f"{how}({name}) AS {name}" for name, (how, _) in _BOUNDS.items())
        return (
            f"WITH counted AS MATERIALIZED (SELECT row_number() OVER () AS place, * FROM ({counted}))"
            f" SELECT listed.seq, SUM(number) AS event_count, 0 AS fact_count, {found},"
            " SUM(CASE WHEN alone THEN number ELSE 0 END) AS alone"
            f" FROM ({wholes}) JOIN counted USING (place)"
            f" JOIN (SELECT seq, id FROM {own}{type_}) AS listed ON listed.id = whole GROUP BY listed.seq"
        )

    def totals(self, read: Callable[[str], list[tuple[Any, ...]]], own: str) -> Iterator[SqlRow]:
        """Yield what `total_rows` does; `read` runs a query."""
        none, values = (None,) * 4, self._tables.values()
        found = ", ".join(f"{how}({name})" for name, (how, _) in _BOUNDS.items())
        for number, *bounds in read(f"SELECT SUM(number), {found} FROM ({self.counted({}, bounds=True)})"):
            if number:
                yield "", Event.type, "", number, *bounds
        for type_, number in read(f"SELECT type, COUNT(*) FROM {own}entry GROUP BY type"):
            yield "", type_, "", number, *none
        for name, column in (item for columns in ONCE for item in columns.items()):
            counted = self.counted({"value": values[column]})
            for value, number in read(f"SELECT CAST(value AS VARCHAR), SUM(number) FROM ({counted}) GROUP BY ALL"):
                yield name, Event.type, value or "", number, *none
        for name in SEVERAL:
            without = self.counted({"ids": self._tables.ids_of((name,))})
            tallied = f"SELECT id, event_count FROM {own}{name} JOIN tally USING (seq)"
            for value, number in read(f"SELECT '', SUM(number) FROM ({without}) WHERE ids IS NULL UNION ALL {tallied}"):
                if number:
                    yield name, Event.type, value, number, *none
