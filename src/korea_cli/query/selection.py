"""The terms and settings of a query, and how they become conditions in SQL."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.arguments import instance, texts, typed_day
from korea_cli.base.errors import ArgumentError, ConflictError, DateError, ReversedRangeError, UsageError
from korea_cli.query.conditions import Condition, all_of, in_window, none_of, possibly_outside
from korea_cli.query.filters import DATED, QueryContext, read_days
from korea_cli.query.terms import condition_of, is_list, read_terms, split, wanted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from korea_cli.dates.spans import Span

    Texts = tuple[str, ...] | list[str]
    TypedDate = str | dt.date | None


class Selection(NamedTuple):
    """What to select, in the words a person types.

    terms: `field:value` or words, with or without `not:` before them. Terms with the same field are alternatives.
    since, until, period: typed dates, both ends included; `period` excludes the other two.
    certain: only records certain to fall in the window. today: the day that "today" means.
    actors, topics, kinds, sources, statuses: the same as terms of those fields.
    limit: at most so many records. reverse: reverse the order. sort: the key to order by instead of the date.
    """

    terms: Texts = ()
    since: TypedDate = None
    until: TypedDate = None
    period: TypedDate = None
    certain: bool = False
    today: TypedDate = None
    actors: Texts = ()
    topics: Texts = ()
    kinds: Texts = ()
    sources: Texts = ()
    statuses: Texts = ()
    limit: int | None = None
    reverse: bool = False
    sort: str | None = None

    def __repr__(self) -> str:
        fields = ((name, value) for name, value in self._asdict().items() if value != self._field_defaults[name])
        return f"Selection({', '.join(f'{name}={value!r}' for name, value in fields)})"

    @property
    def named_terms(self) -> tuple[str, ...]:
        """The terms given as actors, topics, kinds, sources and statuses."""
        named = {
            "actor": self.actors, "topic": self.topics, "kind": self.kinds,
            "source": self.sources, "status": self.statuses,
        }  # fmt: skip
        return tuple(f"{field}:{value}" for field, values in named.items() for value in values)

    @property
    def all_terms(self) -> tuple[str, ...]:
        """All terms."""
        return (*self.terms, *self.named_terms)


class Query(NamedTuple):
    """A resolved selection.

    own: the condition on the records. counted: for lists of actors, topics and sources, the condition on the events and
    facts counted for each (None: all are). words: the words and phrases to search for. window: the days (None: any).
    today: the day that "today" means.
    """

    selection: Selection
    own: Condition
    counted: Condition | None
    window: Span | None
    today: dt.date
    words: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Query {self.selection!r}, today {self.today}>"

    @property
    def possible(self) -> Condition:
        """The SQL of whether a record is only possibly in the window; NULL without a window."""
        return possibly_outside(self.window) if self.window else Condition("NULL")


def checked(selection: object) -> Selection:
    """Return a selection whose values are of the documented types; raises ArgumentError for any other."""
    if not isinstance(selection, Selection):
        write = f"Selection(terms=[{selection!r}])" if isinstance(selection, str) else ""
        raise ArgumentError("selection", "a Selection", type(selection).__name__, write)
    fields = selection._asdict().items()
    return Selection(**{name: _CHECKS.get(name, texts)(name, value) for name, value in fields})


def _limit(name: str, value: object) -> int | None:
    """Return a limit, reduced to the largest number that SQLite and `islice` accept."""
    return None if value is None else min(instance(name, value, int, "a whole number or None"), sys.maxsize)


def _sort(name: str, value: object) -> str | None:
    return None if value is None else instance(name, value, str, "a string")


_flag = partial(instance, of=bool, takes="True or False")
_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "since": typed_day, "until": typed_day, "period": typed_day, "today": typed_day,
    "certain": _flag, "reverse": _flag, "limit": _limit, "sort": _sort,
}  # fmt: skip


def resolve(selection: Selection, context: QueryContext) -> Query:
    """Resolve every term and date of a selection.

    Raises UsageError for an unknown field, status, basis or date, UnknownNameError for a name the chronology lacks.
    """
    _require_consistent(selection)
    group = read_terms(selection.terms, selection.named_terms, context.types)
    window = _window(selection, context.today)
    in_time = [in_window(window)] if window else []
    if window and selection.certain:
        in_time.append(none_of(possibly_outside(window)))
    counted = None
    if is_list(context.types):
        of_list, of_counted = split(group, context.types)
        if window or of_counted:
            of_dated = context._replace(types=DATED)
            counted = all_of([*(condition_of(each, of_dated) for each in of_counted), *in_time])
        own = all_of(condition_of(each, context) for each in of_list)
    else:
        own = all_of([condition_of(group, context), *in_time])
    words = tuple(term.value for term in wanted(group) if term.field == "text")
    return Query(selection, own, counted, window, context.today, words)


def _require_consistent(selection: Selection) -> None:
    """Refuse settings that are out of range or exclude each other."""
    if selection.limit is not None and selection.limit < 0:
        raise UsageError(f"limit must be 0 or more, not {selection.limit}")
    for name in ("since", "until"):
        if selection.period is not None and (given := getattr(selection, name)) is not None:
            raise ConflictError(("period", str(selection.period)), (name, str(given)))


def today_meant(typed: TypedDate, as_of: int | None, last: int | None, clock: dt.date) -> dt.date:
    """Return the day that "today" means: `typed`, else `as_of`, else the earlier of the last event and the clock.

    `as_of` and `last` are proleptic ordinals.
    """
    day = clock.fromordinal(as_of) if as_of else min(clock, clock.fromordinal(last)) if last else clock
    if typed is None:
        return day
    span = read_days(str(typed), day)
    if span.last is None:
        raise DateError(str(typed), "it has no last day")
    return clock.fromordinal(span.last)


def _window(selection: Selection, today: dt.date) -> Span | None:
    if selection.period is not None:
        return read_days(str(selection.period), today)
    ends = selection.since, selection.until
    since, until = (None if each is None else read_days(str(each), today) for each in ends)
    if since and since.first is None:
        raise DateError(str(selection.since), "it has no first day")
    if until and until.last is None:
        raise DateError(str(selection.until), "it has no last day")
    if since and until:
        return _joined(selection, since, until, today)
    return since._replace(last=None) if since else until._replace(first=None) if until else None


def _joined(selection: Selection, since: Span, until: Span, today: dt.date) -> Span:
    """Join the ends of a window as one range, so that a year at one end applies to the other."""
    span = since._replace(last=until.last, year_assumed=since.year_assumed or until.year_assumed)
    if span.year_assumed:
        with suppress(DateError):  # one of them is a range itself: each has its own year
            span = read_days(f"{selection.since}..{selection.until}", today)
    if span.first is not None and span.last is not None and span.last < span.first:
        raise ReversedRangeError(("since", str(selection.since)), ("until", str(selection.until)))
    return span
