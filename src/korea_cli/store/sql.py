"""SQL for the tables of the store, in a module of its own so that composing a query does not load SQLite."""

from __future__ import annotations

import re

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HAS_PHRASE = "has_phrase"  # a function of our own: whether a text has a word or phrase, as the word index finds it
# The values of one JSON list that is bound, however many there are: texts, or whole numbers.
EACH_TEXT = "SELECT value FROM json_each(?)"
EACH_NUMBER = "SELECT CAST(value AS INTEGER) FROM json_each(?)"
# Whether the whole of a row of `belongs` belongs to no other itself.
OUTERMOST = "belongs.whole NOT IN (SELECT id FROM belongs WHERE type = 'actor' AND id <> whole)"
_TITLED = {"event", "fact"}  # types that are named by their titles
# Hints for the planner of SQLite, and what other engines read in their place.
_HINTS = (
    ("CROSS JOIN", "JOIN"), (" NOT INDEXED", ""), (" LIMIT -1", ""),
    (r"(?<=[ (])\+(?=\S)", ""),
)  # fmt: skip
RIVALS = "(SELECT seq FROM event WHERE other_dates IS NOT NULL)"  # only these events have several dates
LONG = 800  # days: longer dates are kept apart, so that a window need not look far back for the others


class Counting(NamedTuple):
    """How queries count the rows of `entry`.

    table: what follows FROM. each: the column with how many rows one stands for; "" where each stands for itself.
    row: that with the number of a row, or the least of those that it stands for. bounds: those with its four bounds:
    the least of its first day, the greatest of its last day.
    """

    table: str = "entry"
    each: str = ""
    row: str = "entry.seq"
    bounds: Sequence[str] = ("entry.start_min", "entry.start_max", "entry.end_min", "entry.end_max")

    @property
    def column(self) -> str:
        """What follows other columns, so that rows of a subquery can be counted."""
        return self.each and f", {self.each}"

    def number(self, condition: str = "") -> str:
        """Return the SQL of how many there are, or how many of them meet a condition."""
        if self.each:
            return f"COALESCE(SUM({f'CASE WHEN {condition} THEN {self.each} END' if condition else self.each}), 0)"
        return f"COUNT(CASE WHEN {condition} THEN 1 END)" if condition else "COUNT(*)"


EACH_ROW = Counting()


def names_of(types: Iterable[str]) -> str:
    """Return what follows `FROM` to read the names of records of some types and others, as a table `name`."""
    titled = _TITLED & {*types}
    if not titled:
        return "name"
    if titled == {*types}:
        return "title_name AS name"
    return "(SELECT seq, name FROM name UNION ALL SELECT seq, name FROM title_name) AS name"


def spans_touching(first: int, last: int) -> tuple[str, tuple[int, ...]]:
    """Return what follows `FROM` to find the dates that may overlap a window of days, and the values to bind."""
    near, far = (
        "long = 0 AND start_min BETWEEN ? AND ? AND end_max >= ?",
        "long = 1 AND start_min <= ? AND end_max >= ?",
    )
    rows = f"(SELECT seq FROM span WHERE {near} UNION ALL SELECT seq FROM span WHERE {far})"  # noqa: S608 - the line above
    return rows, (first - LONG, last, first, last, first)


def quoted(text: str) -> str:
    """Return a text as a literal of SQL, where no value can be bound."""
    return "'" + text.replace("'", "''") + "'"


def without_hints(sql: str) -> str:
    """Return a query without what only the planner of SQLite reads."""
    for hint, without in _HINTS:
        sql = re.sub(hint, without, sql)
    return sql
