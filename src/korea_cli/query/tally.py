"""Count the events and facts that there are for each actor, topic or source."""

from __future__ import annotations

from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS, Condition
from korea_cli.query.resolve_names import placeholders
from korea_cli.store.tally_sql import tally_of

_OWN = " AND listed.seq IN (SELECT entry.seq FROM entry WHERE {own})"
_COUNTED = " AND +link.seq IN (SELECT entry.seq FROM entry WHERE {own})"
_FOUND = """SELECT DISTINCT link.seq FROM belongs CROSS JOIN link ON link.target = belongs.id
  CROSS JOIN entry ON entry.seq = link.seq AND entry.type = '{counted}' AND {standing}
  WHERE belongs.type = '{type}' AND belongs.whole = listed.id AND link.role IN ({roles}) LIMIT ?"""


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
    sql = tally_of(
        type_, placeholders(roles), standing=standing.sql,
        counted="" if counted == ALWAYS else _COUNTED.format(own=counted.sql),
        own="" if own == ALWAYS else _OWN.format(own=own.sql),
    )  # fmt: skip
    return Condition(f"WITH tally AS ({sql})", (*roles, *counted.values, *standing.values, *own.values))
