"""Count the events and facts that there are for each actor, topic or source."""

from __future__ import annotations

from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS, Condition
from korea_cli.query.resolve_names import placeholders

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
  ) AND {standing}{own} GROUP BY listed.seq
)"""
_OWN = " AND listed.seq IN (SELECT entry.seq FROM entry WHERE {own})"
_COUNTED = " AND +link.seq IN (SELECT entry.seq FROM entry WHERE {own})"
_FOUND = """SELECT DISTINCT link.seq FROM belongs CROSS JOIN link ON link.target = belongs.id
  CROSS JOIN entry ON entry.seq = link.seq AND entry.type = '{counted}' AND {standing}
  WHERE belongs.type = '{type}' AND belongs.whole = listed.id AND link.role IN ({roles}) LIMIT ?"""
_ALONE = (
    "COUNT(CASE WHEN entry.source_count = 1 AND EXISTS (SELECT 1 FROM link WHERE link.target = listed.id"
    " AND link.role = 'source' AND link.seq = entry.seq AND link.key IN ({keys})) THEN 1 END)"
)


def counting(type_: str, counted: str, comparison: str, number: int, standing: Condition) -> Condition:
    """Match records of a type by how many events, or facts, there are for each; no more are read than are compared."""
    roles = ROLES_BY_TYPE[type_]
    found = _FOUND.format(type=type_, counted=counted, roles=placeholders(roles), standing=standing.sql)
    rows = f"SELECT listed.seq FROM {type_} AS listed WHERE (SELECT COUNT(*) FROM ({found})) {comparison} ?"  # noqa: S608 - names and a sign
    return Condition(f"entry.seq IN ({rows})", (*standing.values, *roles, number + 1, number))


def tally(type_: str, own: Condition, counted: Condition, standing: Condition) -> Condition:
    """Return the SQL that counts the events and facts that meet two conditions, for each record that meets another.

    standing: the second, which is only looked at for each that was found.
    """
    roles = ROLES_BY_TYPE[type_]
    sql = _TALLY.format(
        type=type_, roles=placeholders(roles), bounds=BOUNDS, alone=_alone() if type_ == "source" else "0",
        counted="" if counted == ALWAYS else _COUNTED.format(own=counted.sql),
        own="" if own == ALWAYS else _OWN.format(own=own.sql), standing=standing.sql,
    )  # fmt: skip
    return Condition(sql, (*roles, *counted.values, *standing.values, *own.values))


def _alone() -> str:
    """Return the SQL of how many events and facts rest on a source alone; an outcome rests on others."""
    from korea_cli.model.support import all_supporting_keys  # noqa: PLC0415 - it loads the model

    return _ALONE.format(keys=", ".join(f"'{key}'" for key in all_supporting_keys()))
