"""How many events and facts a query finds, and how many of these have each value that `stats` counts by."""

from __future__ import annotations

from collections import Counter, defaultdict

from korea_cli.analysis.dimensions import DIMENSIONS
from korea_cli.analysis.grouping import count_each
from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.query.resolve_names import placeholders
from korea_cli.store.tally_sql import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

_KEPT = "SELECT dimension, type, value, number, first_min, first_max, last_min, last_max FROM total"
_COUNTED = f"""SELECT entry.type, {{number}}, {BOUNDS}, {{possible}} FROM {{table}}
  WHERE entry.type IN ('event', 'fact') AND {{own}} GROUP BY entry.type"""  # noqa: S608 - values are bound
_OTHERS = """SELECT type, COUNT(*), NULL, NULL, NULL, NULL, 0 FROM entry
  WHERE type IN ('actor', 'topic', 'source') GROUP BY type"""


class QueryTotals(NamedTuple):
    """What a query finds.

    numbers: of its events and facts, and of all other records, by type. bounds: the four of its events, see BOUNDS.
    possible: how many of its events and facts are only possible. by: how many have each value of a dimension, by type.
    """

    numbers: Mapping[str, int]
    bounds: Sequence[int | None]
    possible: int
    by: Mapping[str, Mapping[str, Counter[str]]]

    @property
    def matched(self) -> int:
        """The number of its events and facts."""
        return self.numbers["event"] + self.numbers["fact"]


def count_all(chronology: Chronology, query: Query, names: Sequence[str]) -> QueryTotals:
    """Count what a query finds, also by dimensions of `stats`; the store keeps that of a query about everything."""
    if query.is_of_all and chronology.store.keeps("total", making=True):
        sql = f"{_KEPT} WHERE dimension IN ({placeholders(('', *names))})"
        rows = list(chronology.store.rows(sql, ("", *names)))
        by: dict[str, defaultdict[str, Counter[str]]] = {name: defaultdict(Counter) for name in names}
        for name, type_, value, number, *_ in rows:
            if name and type_ in DIMENSIONS[name].types:
                by[name][value][type_] = number
        return _found(((type_, *others, 0) for name, type_, _, *others in rows if not name), by)
    own, possible = query.own, query.possible
    counting = chronology.store.counting
    counted = _COUNTED.format(
        own=own.sql, number=counting.number(), possible=counting.number(possible.sql), table=counting.table
    )
    sql = f"{counted} UNION ALL {_OTHERS}"
    rows = list(chronology.store.rows(sql, (*possible.values, *own.values)))
    return _found(rows, count_each(chronology, own, names, possible))


def _found(rows: Iterable[Sequence[Any]], by: Mapping[str, Mapping[str, Counter[str]]]) -> QueryTotals:
    rows = list(rows)
    bounds = next((row[2:6] for row in rows if row[0] == "event"), (None,) * 4)
    return QueryTotals(Counter({row[0]: row[1] for row in rows}), bounds, sum(row[6] for row in rows), by)
