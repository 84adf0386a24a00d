"""Which rows of events a query counts as one: those that are alike in all that it names, before anything is looked up.

DuckDB looks up what each row has, and counts then. To count the rows that have the same cells, and to look up what was
counted, takes a third as long for 100 million rows; but what a condition on dates excludes would be counted too, and a
table of many names may have as many combinations as rows.
"""

# ruff: noqa: S608 - all SQL here is of names of our own
from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING

from korea_cli.store.foreign.shape import DATE
from korea_cli.store.foreign.sql import Value
from korea_cli.store.own_sql import closing
from korea_cli.store.sql import Counting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from korea_cli.store.foreign.shape import Lookup
    from korea_cli.store.foreign.tables import ForeignTables

ALIKE = "alike"  # the table, and its column with how many rows of events one row stands for
LEAST, GREATEST = "least_", "greatest_"  # begin its columns with the least, or greatest, of what these have in another
_ENDS = {LEAST: "MIN", GREATEST: "MAX"}
COUNTING = Counting(
    f"{ALIKE} AS entry",
    ALIKE,
    f"entry.{LEAST}seq",
    (
        *(f"entry.{LEAST}{each}" for each in ("start_min", "start_max")),
        *(f"entry.{GREATEST}{each}" for each in ("end_min", "end_max")),
    ),
)
MOST = 1_000_000  # combinations of cells that may be counted
_BLOCK = re.compile(rf"\b(?:FROM|JOIN) {ALIKE} AS entry\b")
_COLUMN = re.compile(r'\bentry\."?(\w+)')
_END = re.compile(rf"({LEAST}|{GREATEST})(\w+)")
_GROUPED = re.compile(r"\bGROUP BY\b")


def alike_view(tables: ForeignTables, sql: str, size: Callable[[str], int], others: str) -> str:
    """Return the query of a table `alike` that has what some SQL names.

    size: returns how many rows a table of what cells mean has. others: the table of all other records.
    """
    named, conditions = counted_columns(sql)
    ends = {name: (_ENDS[found[1]], found[2]) for name in sorted(named) if (found := _END.fullmatch(name))}
    columns = tables.of_entry(sorted(named - ends.keys() - {ALIKE}))
    of_others = {name: tables.of_others(name) if tables.is_of_events(name) else f'"{name}"' for name in columns}
    of_others |= {ALIKE: "1"} | {name: column for name, (_, column) in ends.items()}
    listed = ", ".join(f'{value} AS "{name}"' for name, value in of_others.items())
    events = _events(tables, columns, conditions, ends, size)
    return f"SELECT {listed} FROM {others} UNION ALL {events}"


def _events(
    tables: ForeignTables,
    columns: Mapping[str, Value],
    conditions: AbstractSet[str],
    ends: Mapping[str, tuple[str, str]],
    size: Callable[[str], int],
) -> str:
    """Return the query of some columns of events, with how many rows have these, and the ends of others."""
    raw, values = {each.sql for each in columns.values() if "raw." in each.sql}, tables.values()
    uses = {name for each in columns.values() for name in each.uses}
    lookups = [each for each in tables.shape.lookups if each.name in uses or raw & {*tables.keyed(each)}]
    cells, found = cells_of(tables, lookups), {name: (how, values[column]) for name, (how, column) in ends.items()}
    by_date = any(DATE in columns[name].uses for name in conditions)
    # Where ends are asked for, what is alike is one in the answer too.
    few = any(value.uses for _, value in found.values()) or prod(size(each.name) for each in lookups) <= MOST
    if by_date or not few or not raw <= {*cells.values()}:
        return tables.select({**columns, ALIKE: Value("1"), **{name: value for name, (_, value) in found.items()}})
    places = {sql: Value(f"cells.{name}") for name, sql in cells.items()}
    listed = {name: places.get(value.sql, value) for name, value in columns.items()}
    listed |= {ALIKE: Value("cells.number")} | {name: Value(f"cells.{name}") for name in found}
    return looked_up(counted_cells(tables, lookups, found), lookups, listed)


def cells_of(tables: ForeignTables, lookups: Sequence[Lookup]) -> dict[str, str]:
    """Return the SQL of the cells that some tables say the meaning of, with a name for each."""
    return {f"{each.name}_{place}": sql for each in lookups for place, sql in enumerate(tables.keyed(each))}


def counted_cells(
    tables: ForeignTables, lookups: Sequence[Lookup], bounds: Mapping[str, tuple[str, Value]] | None = None
) -> str:
    """Return the query of how many rows of events have the same cells.

    bounds: by name, the least (`MIN`) or greatest (`MAX`) of other values that these rows have.
    """
    cells, bounds = cells_of(tables, lookups), bounds or {}
    inner = {name: Value(sql) for name, sql in cells.items()} | {name: value for name, (_, value) in bounds.items()}
    rows = tables.select(inner or {"seq": Value("raw.seq")})
    found = "".join(f", {how}({name}) AS {name}" for name, (how, _) in bounds.items())
    return f"SELECT {''.join(f'{name}, ' for name in cells)}COUNT(*) AS number{found} FROM ({rows}) GROUP BY ALL"


def looked_up(cells: str, lookups: Sequence[Lookup], columns: Mapping[str, Value]) -> str:
    """Return the query of some values of what was counted, all of which are in tables, or columns of `cells`."""
    joins = (
        f"{'JOIN' if each.key == DATE else 'LEFT JOIN'} {each.name} ON "
        + " AND ".join(
            f"{each.name}.k{place} IS NOT DISTINCT FROM cells.{each.name}_{place}" for place in range(len(each.columns))
        )
        for each in lookups
    )
    listed = ", ".join(f'{value.sql} AS "{name}"' for name, value in columns.items())
    return f"SELECT {listed} FROM ({cells}) AS cells {' '.join(joins)}"


def counted_columns(sql: str) -> tuple[set[str], set[str]]:
    """Return the columns of `entry` that are named where rows are counted, and those of them in conditions."""
    named, conditions = set[str](), set[str]()
    for before, after in _blocks(sql):
        named.update(_COLUMN.findall(before), _COLUMN.findall(after))
        conditions.update(_COLUMN.findall(_GROUPED.split(after, maxsplit=1)[0]))
    return named, conditions


def _blocks(sql: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each table of what is alike, within the parentheses around it."""
    for found in _BLOCK.finditer(sql):
        before = sql[: found.start()]
        start = closing(before[::-1], 0, ")(")
        yield before[len(before) - start :], sql[found.end() : closing(sql, found.end())]
