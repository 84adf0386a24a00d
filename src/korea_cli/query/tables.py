"""The tables that records are read from, and the events and facts counted for each record of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS, Condition
from korea_cli.query.resolve_names import placeholders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.query.resolve import Query
    from korea_cli.store.database import Store

# The bounds of the first day of the first event, and of the last day of the last one.
BOUNDS = """
  MIN(CASE WHEN type = 'event' THEN start_min END) AS first_min,
  MIN(CASE WHEN type = 'event' THEN start_max END) AS first_max,
  MAX(CASE WHEN type = 'event' THEN end_min END) AS last_min,
  MAX(CASE WHEN type = 'event' THEN end_max END) AS last_max"""
_AMONG = " AND belongs.whole IN (SELECT entry.id FROM entry WHERE entry.type = '{type}' AND {own})"
# An event or fact counts once for each record that what it refers to belongs to.
_TALLY = """WITH part AS (
  SELECT DISTINCT belongs.whole AS id, link.seq FROM {linked}
  WHERE belongs.type = '{type}' AND link.role IN ({roles}){among}{counted}
), tally AS (
  SELECT part.id, COUNT(CASE WHEN type = 'event' THEN 1 END) AS event_count,
    COUNT(CASE WHEN type = 'fact' THEN 1 END) AS fact_count, {bounds},
    {alone} AS alone
  FROM part JOIN entry ON entry.seq = part.seq GROUP BY part.id
)"""
_ALONE = (
    "COUNT(CASE WHEN source_count = 1 AND EXISTS (SELECT 1 FROM link WHERE link.target = part.id"
    " AND link.role = 'source' AND link.seq = part.seq AND link.key IN ({keys})) THEN 1 END)"
)
# What a record refers to is looked up for each record: otherwise SQLite may look for all that match in each whole.
_REFERRED = "entry CROSS JOIN link ON link.seq = entry.seq CROSS JOIN belongs ON belongs.id = link.target"
NOTHING = Condition("")


class Rows(NamedTuple):
    """Joined tables to read rows from, and a WITH clause that counts for them."""

    tables: str
    tally: Condition = NOTHING


ENTRIES = Rows("entry")


def rows_of(type_: str, query: Query) -> Rows:
    """Return the tables that records of a type are read from; for a list, with the counts of each."""
    source = Rows(f"entry JOIN {type_} AS record ON record.seq = entry.seq")
    if type_ not in ROLES_BY_TYPE:
        return source
    roles, own, counted = ROLES_BY_TYPE[type_], query.own, query.counted or NOTHING
    sql = _TALLY.format(
        type=type_, roles=placeholders(roles), bounds=BOUNDS,
        among="" if own == ALWAYS else _AMONG.format(type=type_, own=own.sql),
        linked=_REFERRED if query.counted else "link JOIN belongs ON belongs.id = link.target",
        counted=f" AND {counted.sql}" if query.counted else "", alone=_alone() if type_ == "source" else "0",
    )  # fmt: skip
    # Without a condition on the numbers, only records with something to count are listed.
    join = "JOIN" if query.counted and query.having == ALWAYS else "LEFT JOIN"
    tables = f"{source.tables} {join} tally ON tally.id = entry.id"
    return Rows(tables, Condition(sql, (*roles, *own.values, *counted.values)))


def _alone() -> str:
    """Return the SQL of how many events and facts rest on a source alone; an outcome rests on others."""
    from korea_cli.query.relation_filters import SUPPORTING  # noqa: PLC0415 - it loads the model

    return _ALONE.format(keys=", ".join(f"'{key}'" for key in SUPPORTING))


def possible_among(
    store: Store, query: Query, own: Condition, types: Sequence[str] = ("event", "fact")
) -> tuple[int, int]:
    """Count the records of some types that meet a condition: those only possibly in the window, and all."""
    possible = query.possible
    sql = (
        f"SELECT COUNT(CASE WHEN {possible.sql} THEN 1 END), COUNT(*) FROM entry"
        f" WHERE type IN ({placeholders(types)}) AND {own.sql}"
    )
    return next(store.rows(sql, (*possible.values, *types, *own.values)))
