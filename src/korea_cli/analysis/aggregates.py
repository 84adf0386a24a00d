"""Count what events and facts have in common, with one query for each thing counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.months import MONTHS
from korea_cli.dates.spans import OPEN_START
from korea_cli.model.roles import ACTOR_ROLES, ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS, Condition, all_of
from korea_cli.query.filters import DATED, linked
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.tables import BOUNDS
from korea_cli.report.sections import Count, Section, counts
from korea_cli.rows.column import plain_columns
from korea_cli.store.decode_rows import day_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from korea_cli.chronology import Chronology
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.query.selection import Selection

UNKNOWN = "not known"
_AFTER_ALL = 10_000  # sorts behind every year and month
# What an actor in one role had to do with one in another; any other two had a part in the same event.
DEALINGS = {
    ("agent", "recipient"): "addressed",
    ("agent", "agent"): "acted with",
    ("recipient", "agent"): "was addressed by",
    ("recipient", "recipient"): "was addressed with",
    ("agent", "relay"): "spoke through",
    ("relay", "agent"): "relayed for",
    ("recipient", "relay"): "heard through",
    ("relay", "recipient"): "relayed to",
    ("relay", "relay"): "relayed with",
}
INVOLVED = "was involved with"
_JOINED = "FROM entry JOIN {type} AS record ON record.seq = entry.seq"


def scope_of_actor(chronology: Chronology, id_: str, selection: Selection) -> tuple[Scope, Condition]:
    """Return the scope of what an actor or its members have a part in, and a condition for the ids of all of them."""
    ids = Condition("SELECT id FROM belongs WHERE type = 'actor' AND whole = ?", (id_,))
    query = chronology.query(selection, *DATED)
    own = all_of([query.own, linked(ACTOR_ROLES, ids)])
    return Scope(chronology.as_known_by(query.known_by), own, query.own), ids


class Overview(NamedTuple):
    """What a chronology is about, which dates it covers, and how many records it has."""

    title: str
    summary: str
    date_rule: str
    as_of: str
    first: StoredDate | None
    last: StoredDate | None
    event_count: int
    fact_count: int
    actor_count: int
    topic_count: int
    source_count: int
    type: str = "chronology"


def overview(scope: Scope) -> Section:
    """Describe a chronology; count the events and facts in scope, and all its actors, topics and sources."""
    store, header = scope.chronology.store, scope.chronology.header
    total: dict[str, int] = dict(store.rows("SELECT type, COUNT(*) FROM entry GROUP BY type"))
    sql = f"SELECT type, COUNT(*), {BOUNDS} FROM entry WHERE {scope.own.sql} GROUP BY type"
    found = {type_: (count, bounds) for type_, count, *bounds in store.rows(sql, scope.own.values)}
    events, (first_min, first_max, last_min, last_max) = found.get("event", (0, (None,) * 4))
    row = Overview(
        title=header.title, summary=header.about, date_rule=header.date_rule, as_of=header.as_of,
        first=day_between(first_min, first_max), last=day_between(last_min, last_max),
        event_count=events, fact_count=found.get("fact", (0,))[0], actor_count=total.get("actor", 0),
        topic_count=total.get("topic", 0), source_count=total.get("source", 0),
    )  # fmt: skip
    plain = ("title", "first", "last", *(key for key in row._fields if key.endswith("_count")))
    columns = plain_columns(row.type, *row._fields[:-1])
    return Section(key="overview", rows=(row,), columns=columns, plain=plain, layout="overview", single=True)


class Scope(NamedTuple):
    """Which events and facts are counted: those of a chronology that meet a condition.

    unlinked: that condition without its part about the links that are counted themselves, as parts and dealings are.
    """

    chronology: Chronology
    own: Condition
    unlinked: Condition = ALWAYS

    def pairs(self, sql: str, *values: str | int) -> dict[str | None, int]:
        """Query values and how often each occurs; `{own}` in the SQL is replaced by the condition, bound first."""
        rows = self.chronology.store.rows(sql.replace("{own}", self.own.sql), (*self.own.values, *values))
        return {value: count for value, count in rows if count}


def by_key(scope: Scope, by: str, **columns: str) -> Iterator[Count]:
    """Count by the value of a key; `columns` names that key for each record type, as `event="kind"`."""
    found = {
        type_: scope.pairs(
            f"SELECT record.{column}, COUNT(*) {_JOINED.format(type=type_)} WHERE {{own}} GROUP BY record.{column}"
        )
        for type_, column in columns.items()
    }
    yield from _counts(by, found, {})


def by_reference(scope: Scope, type_: str) -> Iterator[Count]:
    """Count by the topics or sources that are referred to, and by all that these belong to, as their own lists do."""
    roles = ROLES_BY_TYPE[type_]
    sql = (
        "SELECT entry.type, belongs.whole, COUNT(DISTINCT entry.seq) FROM entry JOIN link ON link.seq = entry.seq"
        f" JOIN belongs ON belongs.id = link.target WHERE {scope.own.sql} AND entry.type IN ('event', 'fact')"
        f" AND belongs.type = ? AND link.role IN ({placeholders(roles)}) GROUP BY entry.type, belongs.whole"
    )
    found: dict[str, dict[str | None, int]] = {"event": {}, "fact": {}}
    for each, whole, count in scope.chronology.store.rows(sql, (*scope.own.values, type_, *roles)):
        found[each][whole] = count
    labels: dict[str | None, str] = {}
    if type_ != "source":  # sources are shown by their ids, as where they are cited
        ids = {id_ for counted in found.values() for id_ in counted if id_}
        labels = {id_: scope.chronology.title(type_, id_) or id_ for id_ in ids}
    yield from _counts(type_, found, labels)


def by_month(scope: Scope) -> Iterator[Count]:
    """Count events by the month they certainly begin in, else by the year, else as not known."""
    for (year, month), count in _starts(scope):
        if month:
            name, label = f"{year:04}-{month:02}", f"{MONTHS[month - 1]} {year}"
        else:
            name, label = (f"{year:04}", f"{year}, month {UNKNOWN}") if year else ("", UNKNOWN)
        yield Count(by="month", value=name, label=label, event_count=count)


def by_year(scope: Scope) -> Iterator[Count]:
    """Count events by the year they certainly begin in, else as not known."""
    for year, starts in groupby(_starts(scope), key=lambda pair: pair[0][0]):
        name = f"{year:04}" if year else ""
        yield Count(by="year", value=name, label=name or UNKNOWN, event_count=sum(count for _, count in starts))


def _starts(scope: Scope) -> list[tuple[tuple[int, int], int]]:
    """Count events by the year and month they certainly begin in, in order; 0, at the end, is for not known."""
    sql = f"SELECT start_min, start_max, COUNT(*) FROM entry WHERE type = 'event' AND {scope.own.sql} GROUP BY 1, 2"
    found: Counter[tuple[int, int]] = Counter()
    for first, last, count in scope.chronology.store.rows(sql, scope.own.values):
        found[_start_between(first, last)] += count
    return sorted(found.items(), key=lambda pair: tuple(number or _AFTER_ALL for number in pair[0]))


def _start_between(earliest: int, latest: int) -> tuple[int, int]:
    if earliest == OPEN_START:
        return 0, 0
    first, last = dt.date.fromordinal(earliest), dt.date.fromordinal(min(latest, dt.date.max.toordinal()))
    if first.year != last.year:
        return 0, 0
    return first.year, first.month if first.month == last.month else 0


def by_precision(scope: Scope) -> Iterator[Count]:
    """Count events by how precisely their date is known."""
    found = scope.pairs("SELECT precision, COUNT(*) FROM entry WHERE type = 'event' AND {own} GROUP BY precision")
    return _counts("precision", {"event": found}, {})


def by_role(scope: Scope, ids: Condition) -> Iterator[Count]:
    """Count the parts that some actors have in events, and in facts, by kind."""
    rows = scope.chronology.store.rows(
        "SELECT entry.type, link.key, COALESCE(event.kind, fact.kind, ''), COUNT(DISTINCT entry.seq) FROM link"
        " JOIN entry ON entry.seq = link.seq LEFT JOIN event ON event.seq = link.seq"
        " LEFT JOIN fact ON fact.seq = link.seq"
        f" WHERE {scope.unlinked.sql} AND link.role IN ({placeholders(ACTOR_ROLES)})"
        f" AND link.target IN ({ids.sql}) GROUP BY 1, 2, 3",
        (*scope.unlinked.values, *ACTOR_ROLES, *ids.values),
    )
    verbs = {(type_, each.key): each.verb for type_ in DATED for each in scope.chronology.role_keys(type_)}
    order = list(verbs)
    for type_, key, kind, count in sorted(rows, key=lambda row: (order.index((row[0], row[1])), -row[3], row[2])):
        yield Count(by=verbs[type_, key], value=kind, label=kind or type_, **{f"{type_}_count": count})


def by_counterpart(scope: Scope, ids: Condition) -> Iterator[Count]:
    """Count the events that some actors share with others, by who did what to whom."""
    roles = placeholders(ACTOR_ROLES)
    rows = scope.chronology.store.rows(
        "WITH own AS (SELECT DISTINCT link.seq, link.role FROM link JOIN entry ON entry.seq = link.seq"
        f" WHERE entry.type = 'event' AND link.role IN ({roles}) AND link.target IN ({ids.sql})"
        f" AND {scope.unlinked.sql})"
        " SELECT own.role, other.role, other.target, COUNT(DISTINCT own.seq) FROM own"
        f" JOIN link AS other ON other.seq = own.seq WHERE other.role IN ({roles}) AND other.target NOT IN ({ids.sql})"
        " GROUP BY own.role, other.role, other.target",
        (*ACTOR_ROLES, *ids.values, *scope.unlinked.values, *ACTOR_ROLES, *ids.values),
    )
    found = [(DEALINGS.get((own, other), INVOLVED), -count, target) for own, other, target, count in rows]
    order = [*DEALINGS.values(), INVOLVED]
    for by, count, target in sorted(found, key=lambda row: (order.index(row[0]), *row[1:])):
        label = scope.chronology.title("actor", target) or target
        yield Count(by=by, value=target, label=label, event_count=-count)


def _counts(
    by: str, found: Mapping[str, Mapping[str | None, int]], labels: Mapping[str | None, str]
) -> Iterator[Count]:
    """Join the counts of events and facts, the most frequent first."""
    total: Counter[str | None] = Counter()
    for counted in found.values():
        total.update(counted)
    for value, _ in sorted(total.items(), key=lambda pair: (-pair[1], pair[0] or "")):
        events, facts = (found.get(type_, {}).get(value, 0) for type_ in DATED)
        yield Count(by, value or "", labels.get(value) or value or "none", events, facts)


SECTIONS: dict[str, Callable[[Scope], Section]] = {
    "overview": overview,
    "years": lambda scope: counts("years", "By year", by_year(scope)),
    "months": lambda scope: counts("months", "By month", by_month(scope)),
    "kinds": lambda scope: counts("kinds", "By kind", by_key(scope, "kind", event="kind", fact="kind")),
    "topics": lambda scope: counts("topics", "By topic", by_reference(scope, "topic")),
    "statuses": lambda scope: counts("statuses", "By status", by_key(scope, "status", event="status", fact="status")),
    "sources": lambda scope: counts("sources", "By source", by_reference(scope, "source")),
    "bases": lambda scope: counts("bases", "By basis of the date", by_key(scope, "basis", event="date_basis")),
    "precisions": lambda scope: counts("precisions", "By precision of the date", by_precision(scope)),
}
