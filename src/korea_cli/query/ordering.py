"""The order of records: by date, count or relevance, or by a key."""

from __future__ import annotations

from korea_cli.base.errors import ConflictError, NotInListError
from korea_cli.base.hints import TYPE_CHECKING, TypeVar
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import Condition, having_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.model.row import Named
    from korea_cli.query.resolve import Query
    from korea_cli.store.words import Words

T = TypeVar("T")
_COUNT = "COALESCE(tally.event_count, 0) + COALESCE(tally.fact_count, 0)"
_BY_TYPE = "CASE entry.type WHEN 'event' THEN 1 WHEN 'fact' THEN 2 WHEN 'actor' THEN 3 WHEN 'topic' THEN 4 ELSE 5 END"


class _SortKey(NamedTuple):
    """One expression to order by."""

    sql: str
    descending: bool = False
    values: tuple[str | int, ...] = ()


_DAY = _SortKey("entry.orders")
_BY_DATE = (_DAY, _SortKey("entry.end_max"), _SortKey("entry.clock"), _SortKey("entry.seq"))
_BY_COUNT = (_SortKey(_COUNT, descending=True), _SortKey("entry.seq"))


def order_of(query: Query, types: tuple[str, ...], named: tuple[Named, ...] | None, words: Words) -> Condition:
    """Return what follows `ORDER BY`: the key to sort by, then the usual order; all reversed for `reverse`.

    Raises NotInListError for a key that records of these types cannot be sorted by, ConflictError for a distance from
    nothing.
    """
    reverse = query.selection.reverse
    ranked = _by_relevance(query.words, words) if len(types) > 1 and not named else ()
    keys = (*_sorted_by(query, types), *ranked, *_usual(types, named))
    keys = tuple(dict.fromkeys(keys))  # a repeated key would have to be sorted
    sql = ", ".join(f"{key.sql}{' DESC' if key.descending != reverse else ''}" for key in keys)
    return Condition(sql, tuple(value for key in keys for value in key.values))


def _usual(types: tuple[str, ...], named: tuple[Named, ...] | None) -> tuple[_SortKey, ...]:
    if named:
        values = tuple(value for place, each in enumerate(named) for value in (each.address, place))
        places = " ".join("WHEN ? THEN ?" for _ in named)
        return (_SortKey(f"CASE entry.type || ':' || entry.id {places} END", values=values),)
    if len(types) > 1:
        return (_SortKey(_BY_TYPE), *_BY_DATE)
    return _BY_COUNT if types[0] in ROLES_BY_TYPE else _BY_DATE


def relevance(sought: Sequence[str], words: Words) -> Condition:
    """Return the SQL of how many of the words that are sought a record has in its title or names."""
    found = [having_words(words, "head", each) for each in sought]
    sql = " + ".join(f"CASE WHEN {each.sql} THEN 1 ELSE 0 END" for each in found)
    return Condition(sql or "0", tuple(value for each in found for value in each.values))


def _by_relevance(sought: tuple[str, ...], words: Words) -> tuple[_SortKey, ...]:
    found = relevance(sought, words)
    return (_SortKey(found.sql, descending=True, values=found.values),) if sought else ()


def _sorted_by(query: Query, types: tuple[str, ...]) -> tuple[_SortKey, ...]:
    if query.selection.sort is None:
        return ()
    from korea_cli.store.decode_rows import DISTANCE, sortable  # noqa: PLC0415 - few queries ask for another order

    column = sort_key(query.selection.sort, sortable(types))
    if column == DISTANCE:
        if query.around is None:
            sort = ("sort", query.selection.sort)
            raise ConflictError(sort, ("around", ""), "{one} has no effect without {other}")
        nearest = _SortKey(f"ABS({query.distance.sql})", values=query.distance.values)
        return nearest, _SortKey(query.possible.sql, values=query.possible.values)  # what is certain comes first
    by_value = _SortKey(column)
    return (by_value,) if column == _DAY.sql else (_SortKey(f"{column} IS NULL"), by_value)  # every record has a day


def sort_key(typed: str, keys: Mapping[str, T]) -> T:
    """Return what sorts by a key as typed, in any case, and a count as it is shown: `events` is `event_count`.

    Raises NotInListError for a key that is not among them.
    """
    name = typed.casefold()
    for each in (name, f"{name.removesuffix('s')}_count"):
        if each in keys:
            return keys[each]
    raise NotInListError("sort key", typed, tuple(keys))
