"""The tables that records are read from, and the events and facts counted for each record of a list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS, Condition, all_of
from korea_cli.query.filters import linked
from korea_cli.query.resolve_names import placeholders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.query.resolve import Query
    from korea_cli.store.database import Store

# The bounds of the first day of the first event, and of the last day of the last one.
BOUNDS = """
  MIN(CASE WHEN entry.type = 'event' THEN entry.start_min END) AS first_min,
  MIN(CASE WHEN entry.type = 'event' THEN entry.start_max END) AS first_max,
  MAX(CASE WHEN entry.type = 'event' THEN entry.end_min END) AS last_min,
  MAX(CASE WHEN entry.type = 'event' THEN entry.end_max END) AS last_max"""
# An event or fact counts once for each record that what it refers to belongs to: SQLite sorts what IN finds, and finds
# each once. The plus sign keeps it from looking for all that is counted again for each record.
_TALLY = """WITH tally AS (
  SELECT listed.seq, COUNT(CASE WHEN entry.type = 'event' THEN 1 END) AS event_count,
    COUNT(CASE WHEN entry.type = 'fact' THEN 1 END) AS fact_count, {bounds}, {alone} AS alone
  FROM {type} AS listed CROSS JOIN entry ON entry.seq IN (
    SELECT link.seq FROM belongs CROSS JOIN link ON link.target = belongs.id
    WHERE belongs.type = '{type}' AND belongs.whole = listed.id AND link.role IN ({roles}){counted}
  ){own} GROUP BY listed.seq
)"""
_OWN = " AND listed.seq IN (SELECT entry.seq FROM entry WHERE {own})"
_COUNTED = " AND +link.seq IN (SELECT entry.seq FROM entry WHERE {own})"
_ALONE = (
    "COUNT(CASE WHEN entry.source_count = 1 AND EXISTS (SELECT 1 FROM link WHERE link.target = listed.id"
    " AND link.role = 'source' AND link.seq = entry.seq AND link.key IN ({keys})) THEN 1 END)"
)
_NUMBERS = ("seq", "event_count", "fact_count", "first_min", "first_max", "last_min", "last_max", "alone")
TALLIED = ", ".join(f"tally.{name}" for name in _NUMBERS)
# Numbers that were counted before, bound as one JSON list.
_READ = ", ".join(f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(_NUMBERS))
_TALLIED = f"WITH tally AS (SELECT {_READ} FROM json_each(?))"
NOTHING = Condition("")


class Rows(NamedTuple):
    """Joined tables to read rows from, and a WITH clause that counts for them."""

    tables: str
    tally: Condition = NOTHING


ENTRIES = Rows("entry")


def rows_of(type_: str, query: Query, tallied: Sequence[Sequence[int | None]] | None = None) -> Rows:
    """Return the tables that records of a type are read from; for a list, with the counts of each.

    tallied: what is in TALLIED for each, if that was counted before.
    """
    source = f"entry JOIN {type_} AS record ON record.seq = entry.seq"
    if type_ not in ROLES_BY_TYPE:
        return Rows(source)
    counts = _tally(type_, query.own, query.counted or ALWAYS)
    tally = counts if tallied is None else Condition(_TALLIED, (json.dumps(tallied),))
    # Without a condition on the numbers, only records with something to count are listed.
    join = "JOIN" if query.counted and query.having == ALWAYS else "LEFT JOIN"
    return Rows(f"{source} {join} tally ON tally.seq = entry.seq", tally)


def counting(type_: str, having: Condition) -> Condition:
    """Match records of a type by the numbers of all events and facts that there are for each."""
    tally = _tally(type_, ALWAYS, ALWAYS)
    numbers = f"{tally.sql} SELECT listed.seq FROM {type_} AS listed LEFT JOIN tally ON tally.seq = listed.seq"
    return Condition(f"entry.seq IN ({numbers} WHERE {having.sql})", (*tally.values, *having.values))


def _tally(type_: str, own: Condition, counted: Condition) -> Condition:
    """Return the SQL that counts the events and facts that meet one condition, for each record that meets another."""
    roles = ROLES_BY_TYPE[type_]
    sql = _TALLY.format(
        type=type_, roles=placeholders(roles), bounds=BOUNDS, alone=_alone() if type_ == "source" else "0",
        counted="" if counted == ALWAYS else _COUNTED.format(own=counted.sql),
        own="" if own == ALWAYS else _OWN.format(own=own.sql),
    )  # fmt: skip
    return Condition(sql, (*roles, *counted.values, *own.values))


def counted_for(type_: str, query: Query, own: Condition) -> Condition:
    """Return the condition on the events and facts that a query counts for the records that meet a condition."""
    wholes = f"SELECT entry.id FROM entry WHERE entry.type = '{type_}' AND {own.sql}"
    ids = f"SELECT id FROM belongs WHERE type = '{type_}' AND whole IN ({wholes})"
    return all_of([linked(ROLES_BY_TYPE[type_], Condition(ids, own.values)), query.counted or ALWAYS])


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
