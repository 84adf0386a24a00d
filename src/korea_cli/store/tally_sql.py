"""The SQL that counts the events and facts that there are for each actor, topic or source."""

from __future__ import annotations

# The bounds of the first day of the first event, and of the last day of the last one.
BOUNDS = """
  MIN(CASE WHEN entry.type = 'event' THEN entry.start_min END) AS first_min,
  MIN(CASE WHEN entry.type = 'event' THEN entry.start_max END) AS first_max,
  MAX(CASE WHEN entry.type = 'event' THEN entry.end_min END) AS last_min,
  MAX(CASE WHEN entry.type = 'event' THEN entry.end_max END) AS last_max"""
# An event or fact counts once for each record that what it refers to belongs to: SQLite sorts what IN finds, and finds
# each once. The plus sign keeps it from looking for all that is counted again for each record.
_TALLY = """SELECT listed.seq, COUNT(CASE WHEN entry.type = 'event' THEN 1 END) AS event_count,
    COUNT(CASE WHEN entry.type = 'fact' THEN 1 END) AS fact_count, {bounds}, {alone} AS alone
  FROM {type} AS listed CROSS JOIN entry ON entry.seq IN (
    SELECT link.seq FROM belongs CROSS JOIN link ON link.target = belongs.id
    WHERE belongs.type = '{type}' AND belongs.whole = listed.id AND link.role IN ({roles}){counted}
  ) AND {standing}{own} GROUP BY listed.seq"""
# An outcome rests on other sources.
_ALONE = (
    "COUNT(CASE WHEN entry.source_count = 1 AND EXISTS (SELECT 1 FROM link WHERE link.target = listed.id"
    " AND link.role = 'source' AND link.seq = entry.seq AND link.key IN ({keys})) THEN 1 END)"
)


def tally_of(type_: str, roles: str, *, standing: str, counted: str = "", own: str = "") -> str:
    """Return the SQL that counts events and facts for each record of a type.

    roles: those in which it is referred to, or placeholders. standing: the condition on the events and facts that
    count. counted, own: further conditions on these, and on the records.
    """
    alone = _alone() if type_ == "source" else "0"
    return _TALLY.format(
        type=type_, roles=roles, bounds=BOUNDS, alone=alone, counted=counted, own=own, standing=standing
    )


def _alone() -> str:
    """Return the SQL of how many events and facts rest on a source alone."""
    from korea_cli.model.support import all_supporting_keys  # noqa: PLC0415 - it loads the model

    return _ALONE.format(keys=", ".join(f"'{key}'" for key in all_supporting_keys()))
