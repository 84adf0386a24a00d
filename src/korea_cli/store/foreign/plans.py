"""Queries that look for the numbers of events among other tables, as conditions on the rows themselves.

A row of a foreign table is one event with one date. `entry.seq IN (SELECT seq FROM event WHERE kind = ?)` reads all
rows a second time and compares their numbers; `entry.event_kind = ?` says the same, and DuckDB skips what it excludes.
Conditions take what is not known for what is not so (`none_of` says `IS NOT TRUE`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.model.records import RECORDS, Event, Fact, keys_of
from korea_cli.store.foreign.sql import EACH
from korea_cli.store.own_sql import OTHER_ENTRY, closing
from korea_cli.store.sql import quoted, spans_touching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.store.foreign.shape import ForeignShape, Lookup

# Columns of `entry` beside its own: whether it is an event; what that has, and its date; the cells that are looked up,
# and the ids that they name in some roles.
IS_EVENT, OF_EVENT, OF_SPAN, OF_KEY, OF_IDS = "is_event", "of_event_", "of_span_", "of_key_", "of_ids_"
_LITERAL_OR_VALUE = re.compile(r"'(?:[^']|'')*'|\?")
_VALUE = r"\$\d+"
_EQUAL = re.compile(rf'\bentry\.seq IN \(SELECT seq FROM event WHERE "?(\w+)"? = ({_VALUE})\)')  # noqa: S608 - as all here: no values
_HAVING = re.compile(r'\bentry\.seq (NOT )?IN \(SELECT seq FROM event WHERE "?(\w+)"? IS NOT NULL\)')
_FACTS = re.compile(r"\bentry\.seq (NOT )?IN \((?=SELECT seq FROM fact WHERE )")
_IDS = re.compile(
    r"\(SELECT GROUP_CONCAT\(target, ' '\) FROM link WHERE link\.seq = entry\.seq AND role IN \(([^)]*)\)\)"
)
_LINKS = re.compile(
    r"CROSS JOIN link AS (\w+) ON \1\.seq = entry\.seq AND \1\.role (?:= ('\w+')|IN \((('\w+'(?:, )?)+)\))"
)
_OUTSIDE = re.compile(
    rf"EXISTS \(SELECT 1 FROM span WHERE span\.seq = entry\.seq"  # noqa: S608 - as above
    rf" AND \((\w+) < ({_VALUE}) OR (\w+) > ({_VALUE}) OR sharp = 0\)\)"
)
_TOUCHING = re.compile(
    re.escape(f"entry.seq IN (SELECT seq FROM {spans_touching(0, 0)[0]})").replace(r"\?", f"({_VALUE})")  # noqa: S608 - as above
)
_LINKED = re.compile(
    rf"\bentry\.seq IN \(SELECT seq FROM link WHERE role IN \(((?:{_VALUE}(?:, )?)+)\) AND target IN \("  # noqa: S608 - as above
)
_DATED = re.compile(
    r"FROM (?:span JOIN (alike AS )?entry|entry JOIN span) ON (?:entry|span)\.seq = (?:entry|span)\.seq WHERE "
)
# All events in the order of their dates: what is the same of each is not sorted with them.
_SORTED = re.compile(
    rf"^SELECT entry\.type AS type, ([^()]+?), NULL AS possible, NULL AS distance FROM entry WHERE"  # noqa: S608 - as above
    rf" entry\.type IN \({_VALUE}\) ORDER BY entry\.orders, entry\.end_max, entry\.clock, entry\.seq( LIMIT \d+)?$"
)
_UNDATED = "entry.seq NOT IN (SELECT seq FROM span)"
_QUESTIONS = re.compile(r" UNION ALL (?=SELECT \d+, )")  # those that are put together: each may be of other records
_WHOLE = re.compile(r"FROM entry JOIN event AS record ON record\.seq = entry\.seq WHERE ")
_ON_SPANS = {"seq": "seq", "start_min": "start_min", "start_max": "start_max", "end_max": "end_max"}
# Roles in which actors, topics and sources refer to others themselves.
_OWN_ROLES = {
    key.role for record in RECORDS if record not in {Event, Fact} for key in keys_of(record).values() if key.refers
}


def on_rows(sql: str, values: Sequence[str | int], shape: ForeignShape) -> tuple[str, Sequence[str | int]]:
    """Return a query with its conditions on rows of events as far as these are of known forms, and its values."""
    if OTHER_ENTRY.search(sql):
        return sql, values
    numbers = iter(range(1, len(values) + 1))
    sql = " ".join(sql.split())
    sql = _LITERAL_OR_VALUE.sub(lambda found: f"${next(numbers)}" if found[0] == "?" else found[0], sql)
    sql = _EQUAL.sub(rf"(entry.{IS_EVENT} AND entry.{OF_EVENT}\1 = \2)", _sorted(sql, values))
    sql = _HAVING.sub(rf"\1(entry.{IS_EVENT} AND entry.{OF_EVENT}\2 IS NOT NULL)", sql)
    while found := _FACTS.search(sql):  # a table of others has events alone
        sql = f"{sql[: found.start()]}{'TRUE' if found[1] else 'FALSE'}{sql[closing(sql, found.end()) + 1 :]}"
    sql = _TOUCHING.sub(_touching, _OUTSIDE.sub(_outside, sql))
    sql = _LINKS.sub(_links, sql)
    sql = _IDS.sub(lambda found: _of_ids(found[1]), sql)
    sql = _each_on_entry(sql.replace(_UNDATED, f"NOT entry.{IS_EVENT}"))
    place = 0
    while found := _LINKED.search(sql, place):
        end = closing(sql, found.end())
        roles = {values[int(number) - 1] for number in re.findall(r"\d+", found[1])}
        condition = None if roles & _OWN_ROLES else _linked(shape, roles, sql[found.end() : end])
        place = found.end()
        if condition and sql[end : end + 2] == "))":
            sql = f"{sql[: found.start()]}{condition}{sql[end + 2 :]}"
            place = found.start()
    used = sorted({int(number[1:]) for number in re.findall(_VALUE, sql)})
    numbered = {f"${number}": f"${place}" for place, number in enumerate(used, 1)}
    return re.sub(_VALUE, lambda found: numbered[found[0]], sql), [values[number - 1] for number in used]


def _sorted(sql: str, values: Sequence[str | int]) -> str:
    """Return a query of all events in the order of their dates as one that sorts nothing but numbers."""
    found = _SORTED.search(sql)
    if not found or [*values] != [Event.type]:
        return sql
    order = f"entry.orders, {_on_span('within')}, entry.seq{found[2] or ''}"
    rows = f"SELECT {found[1]} FROM entry WHERE entry.{IS_EVENT} ORDER BY {order}"  # noqa: S608 - as above
    return f"SELECT {quoted(Event.type)} AS type, *, NULL AS possible, NULL AS distance FROM ({rows})"  # noqa: S608 - as above


def _of_ids(roles: str) -> str:
    """Return the column of `entry` with the ids that are named in some roles."""
    return f"entry.{OF_IDS}{'_'.join(re.findall(r'[a-z]+', roles))}"


def _links(found: re.Match[str]) -> str:
    """Return the table of what an event names in some roles, made of its own ids; some may be there twice."""
    ids = f"unnest(string_split({_of_ids(found[2] or found[3])}, ' '))"
    return f"JOIN LATERAL (SELECT {ids} AS target) AS {found[1]} ON TRUE"


def _each_on_entry(sql: str) -> str:
    """Return questions that are put together, each about events and their dates, or about all they have, on `entry`."""
    return " UNION ALL ".join(_whole(_dated(each)) for each in _QUESTIONS.split(sql))


def _dated(sql: str) -> str:
    """Return a query on events and their dates as one on events, of which each has one."""
    if not _DATED.search(sql) or re.search(r"FROM span\b(?! JOIN)", sql):
        return sql
    sql = _DATED.sub(lambda found: f"FROM {found[1] or ''}entry WHERE entry.{IS_EVENT} AND ", sql)
    return re.sub(r"\bspan\.(\w+)", lambda found: _on_span(found[1]), sql)


def _on_span(column: str) -> str:
    """Return the column of `entry` that is one of the table of dates."""
    return f"entry.{_ON_SPANS.get(column, OF_SPAN + column)}"


def _whole(sql: str) -> str:
    """Return a query on events with all that they have as one on `entry`."""
    if not _WHOLE.search(sql):
        return sql
    sql = _WHOLE.sub(f"FROM entry WHERE entry.{IS_EVENT} AND ", sql)
    return re.sub(r'\brecord\."?(\w+)"?', rf"entry.{OF_EVENT}\1", sql)


def _touching(found: re.Match[str]) -> str:
    after, last, first, begun, ended = found.groups()
    near = f"entry.start_min BETWEEN {after} AND {last} AND entry.end_max >= {first}"
    far = f"entry.start_min <= {begun} AND entry.end_max >= {ended}"
    return f"(entry.{IS_EVENT} AND ({_on_span('long')} = 0 AND {near} OR {_on_span('long')} = 1 AND {far}))"


def _outside(found: re.Match[str]) -> str:
    ended, first, begun, last = found.groups()
    return (
        f"COALESCE(entry.{IS_EVENT} AND ({_on_span(ended)} < {first} OR {_on_span(begun)} > {last}"
        f" OR {_on_span('sharp')} = 0), FALSE)"
    )


def _linked(shape: ForeignShape, roles: set[str | int], ids: str) -> str:
    """Return the condition that a row names some ids in some roles: by what its cells mean, which are few."""
    named = [_names(each, ids) for each in shape.lookups if each.role in roles]
    if "source" in roles:
        named.append(f"{quoted(shape.name)} IN ({ids})")
    return f"(entry.{IS_EVENT} AND ({' OR '.join(named) or 'FALSE'}))"


def _names(lookup: Lookup, ids: str) -> str:
    keys = [f"k{number}" for number in range(len(lookup.columns))]
    cells = [f"entry.{OF_KEY}{lookup.name}_{number}" for number in range(len(lookup.columns))]
    cell, key = (each[0] if len(each) == 1 else f"row({', '.join(each)})" for each in (cells, keys))
    return f"{cell} IN (SELECT {key} FROM {lookup.name}{EACH} WHERE id IN ({ids}))"  # noqa: S608 - as above
