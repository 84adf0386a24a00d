"""What is counted of all events of a foreign table: DuckDB counts cells, and looks up what it has counted.

So a name is looked up once for all rows that have it. The rows are those that `tallies` has of other tables.
"""

# ruff: noqa: S608 - all SQL here is of names of our own
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.records import Event
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.store.foreign.alike import counted_cells, looked_up
from korea_cli.store.foreign.sql import Value
from korea_cli.store.tallies import ONCE, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from korea_cli.store.database import SqlRow
    from korea_cli.store.foreign.shape import Lookup
    from korea_cli.store.foreign.tables import ForeignTables

# The bounds of the first day of the first event, and of the last day of the last one.
_BOUNDS = {
    "first_min": ("MIN", "start_min"), "first_max": ("MIN", "start_max"), "last_min": ("MAX", "end_min"),
    "last_max": ("MAX", "end_max"),
}  # fmt: skip
_FOUND = ", ".join(f"{how}({name}) AS {name}" for name, (how, _) in _BOUNDS.items())


class ForeignCounts:
    """Counts the events of a foreign table which were not withdrawn; `read` runs a query.

    The cells of some columns are counted once, into a temporary table, whatever is then asked about these.
    """

    def __init__(
        self, tables: ForeignTables, read: Callable[[str], list[tuple[Any, ...]]], there: Iterable[str]
    ) -> None:
        """Count the rows of tables; `there` are tables that there are, some of what was counted before."""
        self._tables, self._read, self.there = tables, read, {*there}

    def counted(self, columns: Mapping[str, Value], *, bounds: bool = False) -> str:
        """Return the query of how many events have the same values, all of which are looked up, and of their bounds."""
        columns = {**columns, "status": self._tables.values()["status"]}
        uses = {name for each in columns.values() for name in each.uses}
        lookups = [each for each in self._tables.shape.lookups if each.name in uses]
        cells = self.cells(lookups, bounds=bounds)
        listed = columns | {name: Value(f"cells.{name}") for name in ("number", *(_BOUNDS if bounds else ()))}
        found = looked_up(f"FROM {cells}", lookups, listed)
        return f"SELECT * EXCLUDE (status) FROM ({found}) WHERE COALESCE(status, '') <> '{WITHDRAWN}'"

    def cells(self, lookups: Sequence[Lookup], *, bounds: bool = False) -> str:
        """Return the name of the table of how many events have the same cells, and their bounds."""
        name = "_".join(["cells", *(each.name for each in lookups), *["bounds"] * bounds])
        if name not in self.there:
            values = self._tables.values()
            limits = {each: (how, values[column]) for each, (how, column) in _BOUNDS.items()} if bounds else None
            self._read(f"CREATE TEMP TABLE {name} AS {counted_cells(self._tables, lookups, limits)}")
            self.there.add(name)
        return name

    def tally(self, type_: str, own: str) -> str:
        """Return the query of what is counted for each record of a type; own: begins the names of its tables."""
        named = "SELECT place, unnest(string_split(ids, ' ')) AS id FROM counted"
        belongs = f"(SELECT id, whole FROM {own}belongs WHERE type = '{type_}')"
        wholes = f"SELECT DISTINCT place, whole FROM ({named}) JOIN {belongs} USING (id)"
        return (
            f"WITH counted AS MATERIALIZED (SELECT row_number() OVER () AS place, * FROM ({self._named_in(type_)}))"
            f" SELECT listed.seq, SUM(number) AS event_count, 0 AS fact_count, {_FOUND},"
            " SUM(CASE WHEN alone THEN number ELSE 0 END) AS alone"
            f" FROM ({wholes}) JOIN counted USING (place)"
            f" JOIN (SELECT seq, id FROM {own}{type_}) AS listed ON listed.id = whole GROUP BY listed.seq"
        )

    def _named_in(self, type_: str) -> str:
        """Return the query of how many events name the same records of a type, in any role, with their bounds."""
        count, alone = self._tables.values()["source_count"], Value("FALSE")
        if type_ == "source":
            alone = Value(f"{count.sql} = 1", count.uses)
        return self.counted({"ids": self._tables.ids_of(ROLES_BY_TYPE[type_]), "alone": alone}, bounds=True)

    def totals(self, own: str) -> Iterator[SqlRow]:
        """Yield what `total_rows` does."""
        none, values = (None,) * 4, self._tables.values()
        dates = {name: values[column] for name, (_, column) in _BOUNDS.items()}
        for number, *bounds in self._read(f"SELECT SUM(number), {_FOUND} FROM ({self.counted(dates)})"):
            if number:
                yield "", Event.type, "", number, *bounds
        for type_, number in self._read(f"SELECT type, COUNT(*) FROM {own}entry GROUP BY type"):
            yield "", type_, "", number, *none
        for name, column in (item for columns in ONCE for item in columns.items()):
            value = values[column]
            counted = self.counted({"value": value}, bounds=name == "sources")  # these are counted with bounds anyway
            for cell, number in self._read(f"SELECT CAST(value AS VARCHAR), SUM(number) FROM ({counted}) GROUP BY ALL"):
                yield name, Event.type, cell or "", number, *none
        for name in SEVERAL:
            without = f"SELECT '', SUM(number) FROM ({self._named_in(name)}) WHERE ids IS NULL"
            tallied = f"SELECT id, event_count FROM {own}{name} JOIN tally_{name} USING (seq)"
            for value, number in self._read(f"{without} UNION ALL {tallied}"):
                if number:
                    yield name, Event.type, value, number, *none
