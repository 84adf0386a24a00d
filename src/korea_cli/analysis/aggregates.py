"""What events and facts are in all: an overview, and the parts and dealings of an actor."""

from __future__ import annotations

from korea_cli.analysis.dimensions import DIMENSIONS
from korea_cli.analysis.grouping import Grouping
from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.query.conditions import Condition, all_of
from korea_cli.query.field import DATED
from korea_cli.query.filters import linked
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.tables import possible_part
from korea_cli.query.together import QueryPart, rows_together
from korea_cli.report.sections import Count, Section
from korea_cli.rows.column import plain_columns
from korea_cli.store.decode_rows import day_between

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.analysis.totals import QueryTotals
    from korea_cli.chronology import Chronology
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.query.selection import Selection

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
# The plus sign keeps SQLite from looking up all that a query finds in the links of each actor and role.
_LINKED = "link CROSS JOIN entry ON entry.seq = +link.seq"


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


def overview(chronology: Chronology, found: QueryTotals) -> Section:
    """Describe a chronology, with how many events and facts a query found, and how many other records there are."""
    header, numbers = chronology.header, found.numbers
    first_min, first_max, last_min, last_max = found.bounds
    row = Overview(
        title=header.title, summary=header.about, date_rule=header.date_rule, as_of=header.as_of,
        first=day_between(first_min, first_max), last=day_between(last_min, last_max),
        event_count=numbers["event"], fact_count=numbers["fact"], actor_count=numbers["actor"],
        topic_count=numbers["topic"], source_count=numbers["source"],
    )  # fmt: skip
    plain = ("title", "first", "last", *(key for key in row._fields if key.endswith("_count")))
    columns = plain_columns(row.type, *row._fields[:-1])
    return Section(key="overview", rows=(row,), columns=columns, plain=plain, layout="overview", single=True)


class Scope(NamedTuple):
    """What an actor or its members have a part in.

    own: the condition on events and facts. asked: that of the query alone, for what counts these parts. possible: that
    on what is only possible. ids: that on the ids of the actor and its members.
    """

    chronology: Chronology
    own: Condition
    asked: Condition
    possible: Condition
    ids: Condition


def scope_of_actor(chronology: Chronology, id_: str, selection: Selection) -> Scope:
    """Return the scope of an actor and its members, as far as a selection has it."""
    ids = Condition("SELECT id FROM belongs WHERE type = 'actor' AND whole = ?", (id_,))
    known, query = chronology.ask(selection, *DATED)
    own = all_of([query.own, linked(ACTOR_ROLES, ids)])
    return Scope(known, own, query.own, query.possible, ids)


def _roles(scope: Scope) -> QueryPart:
    """Return the question for the parts that some actors have in events, and in facts, by kind."""
    sql = (
        "SELECT entry.type AS type, link.key AS key, COALESCE(entry.kind, '') AS kind,"
        f" COUNT(DISTINCT entry.seq) AS number, COUNT(DISTINCT CASE WHEN {scope.possible.sql} THEN entry.seq END)"
        f" AS possible FROM {_LINKED} WHERE {scope.asked.sql} AND link.role IN ({placeholders(ACTOR_ROLES)})"
        f" AND link.target IN ({scope.ids.sql}) GROUP BY 1, 2, 3"
    )
    values = (*scope.possible.values, *scope.asked.values, *ACTOR_ROLES, *scope.ids.values)
    return QueryPart(sql, values, ("type", "key", "kind"), ("number", "possible"))


def _by_role(chronology: Chronology, rows: Iterable[tuple[Any, ...]]) -> Iterator[Count]:
    """Yield the counts of the parts that some actors have, by kind."""
    verbs = {(type_, each.key): each.verb for type_ in DATED for each in chronology.role_keys(type_)}
    order = list(verbs)
    for type_, key, kind, *numbers in sorted(rows, key=lambda row: (order.index((row[0], row[1])), -row[3], row[2])):
        count, possible = numbers
        by = verbs[type_, key]
        yield Count(by=by, value=kind, label=kind or type_, possible=possible, **{f"{type_}_count": count})


def _counterparts(scope: Scope) -> QueryPart:
    """Return the question for the events that some actors share with others, by who did what to whom."""
    roles = placeholders(ACTOR_ROLES)
    sql = (
        f"WITH own AS (SELECT DISTINCT link.seq, link.role, {scope.possible.sql} AS possible FROM {_LINKED}"
        f" WHERE entry.type = 'event' AND link.role IN ({roles}) AND link.target IN ({scope.ids.sql})"
        f" AND {scope.asked.sql})"
        " SELECT own.role AS role, other.role AS other, other.target AS target, COUNT(DISTINCT own.seq) AS number,"
        " COUNT(DISTINCT CASE WHEN own.possible IS TRUE THEN own.seq END) AS possible FROM own"
        f" JOIN link AS other ON other.seq = own.seq WHERE other.role IN ({roles})"
        f" AND other.target NOT IN ({scope.ids.sql})"
        " GROUP BY own.role, other.role, other.target"
    )
    ids = scope.ids.values
    values = (*scope.possible.values, *ACTOR_ROLES, *ids, *scope.asked.values, *ACTOR_ROLES, *ids)
    return QueryPart(sql, values, ("role", "other", "target"), ("number", "possible"))


def _by_counterpart(chronology: Chronology, rows: Iterable[tuple[Any, ...]]) -> Iterator[Count]:
    """Yield the counts of the events that some actors share with others, by who did what to whom."""
    found = [(DEALINGS.get((own, other), INVOLVED), -count, target, doubt) for own, other, target, count, doubt in rows]
    order = [*DEALINGS.values(), INVOLVED]
    for by, count, target, possible in sorted(found, key=lambda row: (order.index(row[0]), *row[1:])):
        label = chronology.title("actor", target) or target
        yield Count(by=by, value=target, label=label, event_count=-count, possible=possible)


class Dealt(NamedTuple):
    """What an actor and its members had to do with others; `by`: how much of it has each value of some dimensions.

    possible: how much of it is only possible, and all of it.
    """

    roles: tuple[Count, ...]
    counterparts: tuple[Count, ...]
    by: Mapping[str, Mapping[str, Counter[str]]]
    possible: tuple[int, int]


def dealings_of(scope: Scope, names: Sequence[str], about: Sequence[str] = ()) -> Dealt:
    """Count what an actor and its members have a part in, by role, counterpart and some dimensions, all at once.

    about: the ids of records that are shown beside it; what refers to them is looked up too.
    """
    chronology, grouping = scope.chronology, Grouping(scope.own, [(name,) for name in names], scope.possible)
    parts = [
        _roles(scope),
        _counterparts(scope),
        possible_part(scope.possible, scope.own),
        *chronology.parts_about(about),
    ]
    rows = list(rows_together(chronology.store, [*grouping.parts, *parts]))
    several = len(grouping.parts)
    found = grouping.count(row for row in rows if row[0] < several)
    roles, shared, (possible,), *others = (
        [row for place, row in rows if place == number] for number in range(several, several + len(parts))
    )
    chronology.note_about(about, *others)
    chronology.titles.expect_ids(row[2] for row in shared)
    chronology.titles.expect_ids(value for name in names if DIMENSIONS[name].named for value in found[name] if value)
    return Dealt(tuple(_by_role(chronology, roles)), tuple(_by_counterpart(chronology, shared)), found, possible)
