"""The days that a query is about: from typed dates, or from the dates of events."""

from __future__ import annotations

import re
from contextlib import suppress

from korea_cli.base.errors import AmbiguousNameError, ConflictError, DateError, OpenDateError, UnknownNameError, listed
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.tokenize import name_key
from korea_cli.dates.days import FIRST_DAY, LAST_DAY, Day
from korea_cli.dates.spans import OPEN_END, OPEN_START, Span
from korea_cli.query.field import QueryContext, read_days
from korea_cli.query.resolve_names import find, type_of_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.query.selection import Selection, TypedDate
    from korea_cli.store.database import Store

DAYS_AROUND = 7
_NEAR = 3  # events that a message names
_LIKE_AN_ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)+"


class DateOrEventError(DateError):
    """What is neither a date nor the id of an event; also the events that may be meant, as (title, id)."""

    def __init__(
        self, text: str, reason: str, suggestion: str | None = None, near: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(text, reason, suggestion)
        self.args = (text, reason, suggestion, near)
        self.near = tuple(near)

    def _message(self) -> str:
        meant = f"'{self.suggestion}'" if self.suggestion else listed(self.near) if self.near else ""
        hint = f". Did you mean {meant}?" if meant else ""
        return f"'{self.text}' is neither a date nor the id of an event: {self.reason}{hint}"


def last_day(typed: TypedDate, today: Day) -> Day:
    """Return the last day of a typed date; raises OpenDateError if it has none."""
    span = read_days(str(typed), today)
    if span.last is None:
        raise OpenDateError(str(typed), "has no last day")
    return Day.from_ordinal(span.last)


def window_of(selection: Selection, context: QueryContext) -> tuple[Span | None, Span | None]:
    """Return the days of a selection, and the days from which distances are counted; None for any.

    Raises ConflictError for two kinds of window, DateError for what is neither a date nor the id of an event.
    """
    given = [(name, value) for name in ("period", "around") if (value := getattr(selection, name)) is not None]
    if ends := [(name, value) for name in ("since", "until") if (value := getattr(selection, name)) is not None]:
        given.append(ends[0])
    if len(given) > 1:
        one, other = ((name, str(value)) for name, value in given[:2])
        raise ConflictError(one, other)
    if selection.days is not None and selection.around is None:
        raise ConflictError(("days", ""), ("around", ""), "{one} has no effect without {other}")
    if selection.around is not None:
        center = _date_or_event(selection.around, context)
        return _widened(center, DAYS_AROUND if selection.days is None else selection.days), center
    if selection.period is not None:
        return read_days(str(selection.period), context.today), None
    return _between(selection, context), None


def _date_or_event(typed: TypedDate, context: QueryContext) -> Span:
    """Return the days of a typed date, or else of the event with that id."""
    try:
        return read_days(str(typed), context.today)
    except DateError as error:
        key = name_key(str(typed))
        sql = "SELECT start_min, end_max FROM entry WHERE type = 'event' AND id = ?"
        for first, last in context.store.rows(sql, (key,)):
            return Span(None if first == OPEN_START else first, None if last == OPEN_END else last, year_assumed=False)
        if type_ := type_of_id(context.store, key):
            raise UnknownNameError("date or event", str(typed), (), (), type_) from None
        if not key[:1].isalpha():
            raise
        near = () if error.suggestion else _events_like(context.store, key)
        if re.fullmatch(_LIKE_AN_ID, key) and not error.suggestion:
            raise UnknownNameError("date or event", str(typed), near) from None
        raise DateOrEventError(error.text, error.reason, error.suggestion, near) from None


def _events_like(store: Store, key: str) -> Sequence[tuple[str, str]]:
    """Return the events that a name or word may mean, as (title, id)."""
    try:
        named = find(store, key, "event")
    except AmbiguousNameError as error:
        return error.meant[:_NEAR]
    except UnknownNameError as error:
        return error.near
    return [(named.title, named.id)]


def _widened(center: Span, days: int) -> Span:
    first = None if center.first is None else max(center.first - days, FIRST_DAY)
    last = None if center.last is None else min(center.last + days, LAST_DAY)
    return Span(first, last, center.year_assumed)


def _between(selection: Selection, context: QueryContext) -> Span | None:
    ends = selection.since, selection.until
    since, until = (None if each is None else _date_or_event(each, context) for each in ends)
    if since and since.first is None:
        raise OpenDateError(str(selection.since), "has no first day")
    if until and until.last is None:
        raise OpenDateError(str(selection.until), "has no last day")
    if since and until:
        return _joined(selection, since, until, context.today)
    return since._replace(last=None) if since else until._replace(first=None) if until else None


def _joined(selection: Selection, since: Span, until: Span, today: Day) -> Span:
    """Join the ends of a window as one range, so that a year at one end applies to the other."""
    span = since._replace(last=until.last, year_assumed=since.year_assumed or until.year_assumed)
    if span.year_assumed:
        with suppress(DateError):  # one of them is a range itself: each has its own year
            span = read_days(f"{selection.since}..{selection.until}", today)
    if span.first is not None and span.last is not None and span.last < span.first:
        ends = ("since", str(selection.since)), ("until", str(selection.until))
        raise ConflictError(*ends, "{other} is before {one}: exchange the two dates, or correct one")
    return span
