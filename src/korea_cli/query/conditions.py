"""Conditions on records in SQL, joined by plain AND, OR and NOT; SQLite plans the rest."""

from __future__ import annotations

from json import dumps

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.store.sql import EACH_NUMBER, EACH_TEXT, spans_touching

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from korea_cli.dates.spans import Span
    from korea_cli.model.row import Named
    from korea_cli.store.words import Words


_MANY = 500  # values to bind: more take an engine longer to read than to look for
_WIDEST = 50  # parts side by side: SQLite limits the depth of expressions to 1,000, and each part is one deeper


class Condition(NamedTuple):
    """A condition on the table `entry` in SQL, and the values to bind to it.

    depth: how many joined conditions are within each other. The deepest comes first in SQL: while SQLite parses it, it
    keeps what stands before, at most 100 symbols.
    """

    sql: str
    values: tuple[str | int, ...] = ()
    depth: int = 0


ALWAYS, NEVER = Condition("1 = 1"), Condition("1 = 0")


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Join conditions that must all hold; without any, it is always true."""
    conditions = tuple(each for each in conditions if each != ALWAYS)
    return _joined(" AND ", conditions) if conditions else ALWAYS


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Join one or more conditions of which one must hold."""
    return _joined(" OR ", tuple(conditions))


def none_of(condition: Condition) -> Condition:
    """Negate a condition; where a value is missing, that counts as false."""
    return condition._replace(sql=f"({condition.sql}) IS NOT TRUE")


def _joined(joint: str, conditions: tuple[Condition, ...]) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    if len(conditions) > _WIDEST:
        starts = range(0, len(conditions), _WIDEST)
        conditions = tuple(_joined(joint, conditions[start : start + _WIDEST]) for start in starts)
    ordered = sorted(conditions, key=lambda each: -each.depth)
    sql = joint.join(each.sql for each in ordered)
    return Condition(f"({sql})", tuple(value for each in ordered for value in each.values), ordered[0].depth + 1)


def among(rows: str, *values: str | int) -> Condition:
    """Match records whose `seq` is in the rows of what follows `FROM`."""
    return Condition(f"entry.seq IN (SELECT seq FROM {rows})", values)  # noqa: S608 - values are bound


def one_of(column: str, numbers: Collection[int]) -> Condition:
    """Match the rows that have one of some numbers in a column; many are bound as one list."""
    if not numbers:
        return NEVER
    if len(numbers) > _MANY:
        return Condition(f"{column} IN ({EACH_NUMBER})", (dumps([*numbers]),))
    return Condition(f"{column} IN ({', '.join('?' * len(numbers))})", tuple(numbers))


def among_named(named: Sequence[Named]) -> Condition:
    """Match records that were named; those with their ids are looked up first."""
    ids, both = dumps([each.id for each in named]), dumps([each.address for each in named])
    own = f"entry.id IN ({EACH_TEXT}) AND entry.type || ':' || entry.id IN ({EACH_TEXT})"
    return Condition(own, (ids, both))


def having_words(words: Words, columns: str, text: str) -> Condition:
    """Match records that have a word or phrase in some columns of their words; raises UsageError if it has no word."""
    rows, values = words.rows(columns, text)
    return among(rows, *values)


def ids_named(words: Words, type_: str, text: str) -> Condition:
    """Return the ids of the records of a type with a word or phrase in their title or names."""
    rows, values = words.rows("head", text)
    return Condition(f"SELECT id FROM {type_} WHERE seq IN (SELECT seq FROM {rows})", values)  # noqa: S608 - values are bound


def disputed_by(type_: str, ids: Condition) -> Condition:
    """Match what actors or sources with some ids dispute."""
    others = f"SELECT seq FROM entry WHERE type = ? AND id IN ({ids.sql})"  # noqa: S608 - values are bound
    return among(f"opponent WHERE about = 0 AND other IN ({others})", type_, *ids.values)


def in_window(span: Span, *, certain: bool = False) -> Condition:
    """Match records that certainly, or at least possibly, fall in a span of days."""
    rows, values = spans_touching(*span.ends)
    within = among(rows, *values)
    return all_of([within, none_of(possibly_outside(span))]) if certain else within


def days_from(span: Span) -> Condition:
    """Return the SQL of how many days a record is before (negative) or after a span, from the nearer end of both."""
    first, last = span.ends
    before = "WHEN entry.end_max < ? THEN entry.end_max - ?"
    after = "WHEN entry.start_min > ? THEN entry.start_min - ?"
    return Condition(f"CASE {before} {after} ELSE 0 END", (first, first, last, last))


def possibly_outside(span: Span, begun: str = "start_max", ended: str = "end_min") -> Condition:
    """Match records of a window that may also lie outside it, by any of their dates.

    begun, ended: the latest day on which a date reaches the window, the earliest on which it leaves it.
    """
    outside = f"SELECT 1 FROM span WHERE span.seq = entry.seq AND ({ended} < ? OR {begun} > ? OR sharp = 0)"  # noqa: S608 - names of columns
    return Condition(f"EXISTS ({outside})", span.ends)
