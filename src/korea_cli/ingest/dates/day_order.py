"""Decide for a whole column which of two numbers is the day, by the dates that can only be read in one order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.typed_day import split_qualifier
from korea_cli.ingest.dates.dates import full_year
from korea_cli.ingest.dates.numeric import AmbiguousOrderError, order_of
from korea_cli.ingest.dates.spoken_clocks import usual_clock
from korea_cli.ingest.dates.weekdays import split_weekday

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.ingest.dates.dates import DateRules

_CANDIDATE = re.compile(r"(?<!\d)\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}\d{2}", re.ASCII)
_CLOCK = re.compile(r"(?:T|,? )\d{1,2}:.*", re.ASCII)


class ColumnOrder(NamedTuple):
    """A date of a column that can only have the day first, and one that can only have the month first; "" for none."""

    day: str = ""
    month: str = ""

    @property
    def order(self) -> str:
        """The order of the column; "" if nothing shows it, or if it contradicts itself."""
        return "" if self.contradicts else "day" if self.day else "month" if self.month else ""

    @property
    def contradicts(self) -> bool:
        """Whether it has dates of both orders."""
        return bool(self.day and self.month)


class DayOrders:
    """The orders of the columns of one sheet, by key: `found` in its rows, and `fixed`, by which they are read."""

    def __init__(self, rules: DateRules) -> None:
        self._rules = rules
        self.found: defaultdict[str, ColumnOrder] = defaultdict(ColumnOrder)
        self.fixed: dict[str, ColumnOrder] = {}
        self._decided: Counter[str] = Counter()  # the dates that their column decided
        self._undecided: set[str] = set()  # the keys of those that it did not

    def fix(self, known: Iterable[tuple[str, ColumnOrder]] = ()) -> None:
        """Read the rows by what is known of their columns so far."""
        self.found.update(known)
        self.fixed = dict(self.found)

    def of(self, key: str) -> str:
        """Return the order in which the dates of a column are read."""
        return self._rules.order or self.fixed.get(key, ColumnOrder()).order

    def observe(self, key: str, text: str) -> None:
        """Learn the order of a column from one of its dates."""
        if self._rules.order or not _CANDIDATE.search(text):
            return
        order = _order_in(text, self._rules)
        if order == "both":
            self._decided[key] += bool(self.of(key))
        elif order and not getattr(self.found[key], order):
            self.found[key] = self.found[key]._replace(**{order: text})

    def refusal(self, key: str, error: AmbiguousOrderError) -> AmbiguousOrderError:
        """Return why a date is rejected whose order its column does not decide."""
        self._undecided.add(key)
        column = self.fixed.get(key, ColumnOrder())
        if not column.contradicts:
            return error
        return AmbiguousOrderError(
            f"{error} Its column has dates with the day first ('{column.day}') and with the month first"
            f" ('{column.month}')."
        )

    @property
    def outdated(self) -> bool:
        """Whether rows were read, or rejected, by other orders than were found in the end."""
        fixed = ((self.fixed.get(key, ColumnOrder()), self.found[key]) for key in {*self._decided, *self._undecided})
        return any((one.order, one.contradicts) != (other.order, other.contradicts) for one, other in fixed)

    @property
    def common(self) -> str:
        """The order of all dates that could be read in two; "" where there are none, or columns differ."""
        orders = {self.of(key) for key, count in self._decided.items() if count}
        return self._rules.order or (orders.pop() if len(orders) == 1 else "")

    def notes(self) -> list[str]:
        """Return what was decided for each column, and by which date."""
        decided = ((key, count, self.of(key)) for key, count in sorted(self._decided.items()) if count)
        return [
            f"read {count:,} {'date' if count == 1 else 'dates'} of '{key}' with the {order} first, as in"
            f" '{getattr(self.fixed[key], order)}'"
            for key, count, order in decided
        ]


@lru_cache(maxsize=20_000)
def _order_in(text: str, rules: DateRules) -> str:
    plain = _CLOCK.sub("", usual_clock(split_qualifier(" ".join(text.split()))[0]).text)
    dated = split_weekday(plain)
    return order_of(dated.rest if dated else plain, partial(full_year, rules=rules))
