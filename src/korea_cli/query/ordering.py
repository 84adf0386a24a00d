"""Say in which order records come: by their day, by how much there is of them, by how well they fit, by a key."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import NotInListError
from korea_cli.query.conditions import Condition, having_words

if TYPE_CHECKING:
    from korea_cli.query.selection import Query

LISTS = ("actor", "topic", "source")  # what is listed with the events and facts of each counted
_COUNTED = "COALESCE(tally.event_count, 0) + COALESCE(tally.fact_count, 0)"
_BY_TYPE = "CASE entry.type WHEN 'event' THEN 1 WHEN 'fact' THEN 2 WHEN 'actor' THEN 3 WHEN 'topic' THEN 4 ELSE 5 END"


class _Order(NamedTuple):
    """One expression to order by."""

    sql: str
    descending: bool = False
    values: tuple[str | int, ...] = ()


_DAY = _Order("entry.orders")
_BY_DATE = (_DAY, _Order("entry.end_max"), _Order("entry.clock"), _Order("entry.seq"))
_BY_COUNT = (_Order(_COUNTED, descending=True), _Order("entry.seq"))


def order_of(query: Query, types: tuple[str, ...], named: tuple[int, ...] | None) -> Condition:
    """Return what follows `ORDER BY`: the key asked for, then the usual order; all reversed for `reverse`.

    Raises NotInListError for a key that records of these types cannot be sorted by.
    """
    selection = query.selection
    usual: tuple[_Order, ...]
    if named:
        places = " ".join("WHEN ? THEN ?" for _ in named)
        usual = (
            _Order(f"CASE entry.seq {places} END", values=tuple(n for pair in enumerate(named) for n in pair[::-1])),
        )
    elif len(types) > 1:
        usual = (*_rank(query.words), _Order(_BY_TYPE), *_BY_DATE)
    else:
        usual = _BY_COUNT if types[0] in LISTS else _BY_DATE
    order = (*(_sorted_by(selection.sort, types) if selection.sort is not None else ()), *usual)
    order = tuple(dict.fromkeys(order))  # what is ordered by twice would have to be sorted
    sql = ", ".join(f"{each.sql}{' DESC' if each.descending != selection.reverse else ''}" for each in order)
    return Condition(sql, tuple(value for each in order for value in each.values))


def _rank(words: tuple[str, ...]) -> tuple[_Order, ...]:
    """Put first what has the most of the words looked for in its title or names."""
    found = [having_words("head", word) for word in words]
    sql = " + ".join(f"({each.sql})" for each in found)
    return (_Order(sql, descending=True, values=tuple(chain(*(each.values for each in found)))),) if found else ()


def _sorted_by(key: str, types: tuple[str, ...]) -> tuple[_Order, ...]:
    from korea_cli.store.decode_rows import sortable  # noqa: PLC0415 - few questions ask for another order

    known, name = sortable(types), key.casefold()
    counted = f"{name.removesuffix('s')}_count"  # people are shown `events`
    if not {name, counted} & known.keys():
        raise NotInListError("key to sort by", key, tuple(known))
    column = known[name if name in known else counted]
    by_value = _Order(column)
    return (by_value,) if column == _DAY.sql else (_Order(f"{column} IS NULL"), by_value)  # no record is without a day
