"""Conditions on the records of a chronology in SQL: how they are joined, so that the fewest records are asked about."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.dates.typed import Span
    from korea_cli.store import Store

LONG = 800  # days: a date of more is looked for apart, so that for the others one need not look far away
MANY = 50_000  # records that are counted in 2 ms; of so many or more it is not known how many there are
_WORTH = 4  # asking one record about a condition takes so many times as long as finding one by it


class Rows(NamedTuple):
    """Some rows of a store, named by what stands after `FROM`, to be counted only if need be."""

    store: Store
    sql: str
    values: tuple[str | int, ...]

    def size(self) -> int | None:
        """Count them, as far as that takes no time; None where it would."""
        return self.store.about(self.sql, self.values, MANY)


class Condition(NamedTuple):
    """A condition on `entry` in SQL, and the values to bind to it.

    singly: the same, quicker where few records are left to be asked; empty where there is nothing quicker. about: how
    many records meet it, as numbers or rows to count, all together; None where nothing is known of it. rows: what
    stands after `FROM` to find the numbers of those that meet it, the same values bound; empty where that is not all.
    numbered: whether it asks of a record nothing but its number.
    """

    sql: str
    values: tuple[str | int, ...] = ()
    singly: str = ""
    about: tuple[Rows | int, ...] | None = None
    rows: str = ""
    numbered: bool = False

    @property
    def alone(self) -> str:
        """Give the SQL that is quickest where few records are left to be asked."""
        return self.singly or self.sql

    def size(self) -> int | None:
        """Say roughly how many records meet it, as far as that takes no time; None where nothing is known of it."""
        if self.about is None:
            return None
        counts = [each if isinstance(each, int) else each.size() for each in self.about]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Join conditions that must all hold; none at all is always true.

    Those that meet the rarest of them are looked up, and of these alone the others are asked.
    """
    conditions = tuple(conditions)
    if len(conditions) < 2:  # noqa: PLR2004 - nothing to join
        return conditions[0] if conditions else Condition("1 = 1")
    sized = sorted(((each.size(), each) for each in conditions), key=lambda pair: (pair[0] is None, pair[0] or 0))
    (fewest, rarest), *others = sized
    if fewest is None:
        return _joined(" AND ", conditions)
    others.sort(key=lambda pair: not pair[1].numbered)
    inside = [_quickest(each, size, fewest) for size, each in others if each.numbered and rarest.rows]
    outside = [_quickest(each, size, fewest) for size, each in others[len(inside) :]]
    in_order = (rarest, *(each for _, each in others))
    sql = " AND ".join((_narrowed(rarest, inside), *outside))
    return _joined(" AND ", in_order, (fewest,))._replace(sql=f"({sql})")


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Join conditions of which one must hold; there is at least one."""
    conditions = tuple(conditions)
    if len(conditions) == 1:
        return conditions[0]
    known = [each.about for each in conditions if each.about is not None]
    about = tuple(chain.from_iterable(known)) if len(known) == len(conditions) else None
    return _joined(" OR ", conditions, about)


def none_of(condition: Condition) -> Condition:
    """Turn a condition round."""
    sql, singly = f"NOT ({condition.sql})", f"NOT ({condition.alone})"
    return Condition(sql, condition.values, singly, numbered=condition.numbered)


def _quickest(condition: Condition, size: int | None, fewest: int) -> str:
    """Choose how to ask, where some other condition leaves so few records."""
    known_and_few = size is not None and size < MANY and size <= _WORTH * fewest
    return condition.sql if known_and_few or size == fewest else condition.alone


def _narrowed(condition: Condition, further: list[str]) -> str:
    """Say that a record meets a condition that is looked up, and others that are asked of what is found there.

    They ask for nothing but a number, so what is found there can stand for the record itself, which is not read.
    """
    if not further:
        return condition.sql
    table, _, which = (condition.rows, "", "") if condition.rows[0] == "(" else condition.rows.partition(" WHERE ")
    asked = " AND ".join([f"({which})", *further] if which else further)
    return f"entry.seq IN (SELECT entry.seq FROM {table} AS entry WHERE {asked})"  # noqa: S608 - conditions of ours


def _joined(joint: str, conditions: tuple[Condition, ...], about: tuple[Rows | int, ...] | None = None) -> Condition:
    return Condition(
        sql=f"({joint.join(each.sql for each in conditions)})",
        values=tuple(value for each in conditions for value in each.values),
        singly=f"({joint.join(each.alone for each in conditions)})",
        about=about,
        numbered=all(each.numbered for each in conditions),
    )


def among(store: Store, rows: str, *values: str | int, singly: str = "") -> Condition:
    """Say that a record is among those whose `seq` stands in some rows of a table, given as what follows `FROM`.

    singly: the same rows as they are quickest found for one record, if otherwise; `-` where they are not.
    """
    one = "" if singly == "-" else _one_in(singly or rows)
    return Condition(found_in(rows), values, one, (Rows(store, rows, values),), rows, numbered=True)


def having_words(store: Store, column: str, text: str) -> Condition:
    """Say that a record has a word or phrase in a column, as `Store.with_words` has them."""
    rows, value = store.with_words(column, text)
    return among(store, rows, value, singly="-")


def found_in(rows: str) -> str:
    """Say that a record is among some rows that hold its number."""
    return f"entry.seq IN (SELECT seq FROM {rows})"  # noqa: S608 - rows of ours, values bound


def _one_in(rows: str) -> str:
    table, _, which = rows.partition(" WHERE ")
    return f"EXISTS (SELECT 1 FROM {table} WHERE {table}.seq = entry.seq AND ({which}))"  # noqa: S608 - as above


def in_window(store: Store, span: Span) -> Condition:
    """Say that a record may fall in a span of days."""
    first, last = _ends(span)
    near, far = "long = 0 AND a BETWEEN ? AND ? AND d >= ?", "long = 1 AND a <= ? AND d >= ?"
    both = f"(SELECT seq FROM span WHERE {near} UNION ALL SELECT seq FROM span WHERE {far})"  # noqa: S608 - the line above
    return among(store, both, first - LONG, last, first, last, first, singly=f"span WHERE {near} OR {far}")


def not_surely_in(span: Span) -> Condition:
    """Say that a record in a window may also lie outside it, by any of its dates."""
    return Condition(_one_in("span WHERE c < ? OR b > ? OR NOT sharp"), _ends(span), numbered=True)


def _ends(span: Span) -> tuple[int, int]:
    return OPEN_START if span.first is None else span.first, OPEN_END if span.last is None else span.last
