"""The tables that records are read from, and the events and facts counted for each record of a list."""

from __future__ import annotations

import json

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS, Condition, all_of
from korea_cli.query.filters import linked
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.tally import tally
from korea_cli.query.together import QueryPart, ask_together
from korea_cli.store.sql import EACH_ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.query.resolve import Query
    from korea_cli.store.database import Store
    from korea_cli.store.sql import Counting

_NUMBERS = ("seq", "event_count", "fact_count", "first_min", "first_max", "last_min", "last_max", "alone")
TALLIES = tuple(f"tally_{name}" for name in _NUMBERS)
TALLIED = ", ".join(f"tally.{name} AS tally_{name}" for name in _NUMBERS)
# Numbers that were counted before, bound as one JSON list.
_READ = ", ".join(
    f"CAST(json_extract(value, '$[{place}]') AS INTEGER) AS {name}" for place, name in enumerate(_NUMBERS)
)
_TALLIED = f"WITH tally AS (SELECT {_READ} FROM json_each(?))"
_UNCOUNTED = Condition(f"WITH tally AS (SELECT {', '.join(f'NULL AS {name}' for name in _NUMBERS)} WHERE FALSE)")
NOTHING = Condition("")


class Rows(NamedTuple):
    """Joined tables to read rows from, and a WITH clause that counts for them."""

    tables: str
    tally: Condition = NOTHING

    def asking(
        self, columns: Condition, own: Condition, order: Condition = NOTHING
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return the SQL of some columns of the rows that meet a condition, and the values to bind to it."""
        sql = f"{self.tally.sql} SELECT {columns.sql} FROM {self.tables} WHERE {own.sql}{order.sql}"
        return sql.strip(), (*self.tally.values, *columns.values, *own.values, *order.values)


ENTRIES = Rows("entry")


def rows_of(type_: str, query: Query, tallied: Sequence[Sequence[int | None]] | None = None) -> Rows:
    """Return the tables that records of a type are read from; for a list, with the counts of each.

    tallied: what is in TALLIED for each, if that was counted before.
    """
    source = f"entry JOIN {type_} AS record ON record.seq = entry.seq"
    if type_ not in ROLES_BY_TYPE:
        return Rows(source)
    if query.kept and query.counted is None and tallied is None:
        return Rows(f"{source} LEFT JOIN tally ON tally.seq = entry.seq")
    counts = tally(type_, query.own, query.counted or ALWAYS, query.standing) if query.tallied else _UNCOUNTED
    counted = counts if tallied is None else Condition(_TALLIED, (json.dumps(tallied),))
    # Without a condition on the numbers, only records with something to count are listed.
    join = "JOIN" if query.counted and query.having == ALWAYS else "LEFT JOIN"
    return Rows(f"{source} {join} tally ON tally.seq = entry.seq", counted)


def counted_for(type_: str, query: Query, own: Condition) -> Condition:
    """Return the condition on the events and facts that a query counts for the records that meet a condition."""
    wholes = f"SELECT entry.id FROM entry WHERE entry.type = '{type_}' AND {own.sql}"
    ids = f"SELECT id FROM belongs WHERE type = '{type_}' AND whole IN ({wholes})"
    return all_of([
        linked(ROLES_BY_TYPE[type_], Condition(ids, own.values)), query.counted or ALWAYS, query.standing
    ])  # fmt: skip


def possible_among(
    store: Store, query: Query, own: Condition, types: Sequence[str] = ("event", "fact")
) -> tuple[int, int]:
    """Count the records of some types that meet a condition: those only possibly in the window, and all."""
    ((found,),) = ask_together(store, [possible_part(query.possible, own, types, store.counting)])
    return found


def possible_part(
    possible: Condition, own: Condition, types: Sequence[str] = ("event", "fact"), counting: Counting = EACH_ROW
) -> QueryPart:
    """Return the question for how many records of some types meet a condition: those only possible, and all."""
    sql = (
        f"SELECT {counting.number(possible.sql)} AS possible, {counting.number()} AS number FROM {counting.table}"
        f" WHERE entry.type IN ({placeholders(types)}) AND {own.sql}"
    )
    return QueryPart(sql, (*possible.values, *types, *own.values), (), ("possible", "number"))


def count_part(possible: Condition, own: Condition, counting: Counting) -> QueryPart:
    """Return the question for how many records meet a condition: all, and those only possible."""
    columns = f"{counting.number()} AS matched, {counting.number(possible.sql)} AS possible"
    asked = Rows(counting.table).asking(Condition(columns, possible.values), own)
    return QueryPart(*asked, (), ("matched", "possible"))
