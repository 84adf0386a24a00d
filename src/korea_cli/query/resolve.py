"""A selection becomes a query: its terms and dates as conditions in SQL."""

from __future__ import annotations

from korea_cli.base.errors import ConflictError, UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import Day
from korea_cli.query.conditions import (
    ALWAYS,
    Condition,
    all_of,
    any_of,
    days_from,
    in_window,
    none_of,
    possibly_outside,
)
from korea_cli.query.field import DATED, QueryContext, is_list, read_days
from korea_cli.query.terms import condition_of, conjuncts, is_timed, read_terms, split, wanted
from korea_cli.query.windows import last_day, window_of
from korea_cli.query.withdrawn import is_usual, standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.dates.spans import Span
    from korea_cli.query.expression import Group, Term
    from korea_cli.query.selection import Selection, TypedDate


class Query(NamedTuple):
    """A resolved selection.

    own: the condition on the records. counted: for lists of actors, topics and sources, the condition on the events
    and facts counted for each (None: all are). having: the condition on these numbers. words: the words and phrases
    to search for. window: the days (None: any). around: the days from which distances are counted. known_by: the
    day by which records were known, of a year that may be assumed. today: the day that "today" means. sure: the
    condition on the events and facts that certainly match the terms. terms: those that are not excluded. ever: the
    condition on the events and facts that are meant, whenever they were known; always true without `known_by`.
    tallied: whether events and facts are counted for lists at all. standing: the condition on the events and facts that
    count for a list: those that were not withdrawn. with_withdrawn: the condition on events and facts as if these were
    asked for too. usual: whether `standing` leaves out just these, and the day does not matter on which anything was
    known. kept: whether what the store keeps of what it counted is used. chosen: whether records are named.
    """

    selection: Selection
    own: Condition
    counted: Condition | None
    window: Span | None
    today: Day
    words: tuple[str, ...] = ()
    having: Condition = ALWAYS
    around: Span | None = None
    known_by: Day | None = None
    known_year_assumed: bool = False
    sure: Condition = ALWAYS
    terms: tuple[Term, ...] = ()
    ever: Condition = ALWAYS
    tallied: bool = True
    standing: Condition = ALWAYS
    with_withdrawn: Condition = ALWAYS
    usual: bool = False
    kept: bool = False
    chosen: bool = False

    def __repr__(self) -> str:
        return f"<Query {self.selection!r}, today {self.today}>"

    @property
    def limits_time(self) -> bool:
        """Whether a record may match only possibly, as its date or the day on which it was known is vague."""
        return bool(self.window or self.known_by or self.by_date)

    @property
    def is_of_all(self) -> bool:
        """Whether it is about all events and facts but those that were withdrawn."""
        return self.usual and not self.limits_time and self.own == self.standing

    @property
    def by_date(self) -> bool:
        """Whether a term is about dates."""
        return self.sure != ALWAYS

    @property
    def possible(self) -> Condition:
        """The SQL of whether a record only possibly matches; NULL where each that matches is certain to."""
        doubts = [possibly_outside(self.window)] if self.window else []
        doubts += [Condition("entry.known_max > ?", (self.known_by.ordinal,))] if self.known_by else []
        doubts += [none_of(self.sure)] if self.by_date else []
        return any_of(doubts) if doubts else Condition("NULL")

    @property
    def distance(self) -> Condition:
        """The SQL of how many days a record is before (negative) or after what it is around; NULL without that."""
        return days_from(self.around) if self.around else Condition("NULL")

    def asked(self, possible: Condition) -> dict[str, Condition]:
        """Return the SQL of the keys of events and facts that depend on it; `possible`: that of whether a match is."""
        match = f"CASE WHEN {possible.sql} THEN 'possible' ELSE 'certain' END"
        of_time = self.limits_time
        return {"match": Condition(match, possible.values) if of_time else Condition("NULL"), "distance": self.distance}


def resolve(selection: Selection, context: QueryContext) -> Query:
    """Resolve every term and date of a selection.

    Raises UsageError for an unknown field, status, basis or date, UnknownNameError for a name the chronology lacks.
    """
    query = _resolved(selection, context)
    if query.known_by is None:
        return query
    ever = _resolved(selection._replace(known_by=None, certain=False), context._replace(known_by=None))
    return query._replace(ever=(ever.counted or ALWAYS) if is_list(context.types) else ever.own)


def _resolved(selection: Selection, context: QueryContext) -> Query:
    """Return a query without what it would find whenever that was known."""
    _require_consistent(selection)
    group = read_terms(selection.terms, selection.named_terms, context.types)
    window, around = window_of(selection, context)
    known_by, assumed = _known_by(selection, context)
    context = context._replace(known_by=known_by, certain=selection.certain)
    terms = tuple(wanted(group))
    context = context._replace(standing=standing(selection, terms, context))
    words = tuple(dict.fromkeys(term.value for term in terms if term.field == "text"))
    query = Query(selection, ALWAYS, None, window, context.today, words, usual=is_usual(context), terms=terms)
    query = query._replace(around=around, known_by=known_by, known_year_assumed=assumed, standing=context.standing)
    if selection.certain and not (query.limits_time or is_timed(group)):
        raise ConflictError(("certain", ""), ("known_by", ""), "{one} has no effect without a date, a range or {other}")
    in_time = [in_window(window)] if window else []
    if query.limits_time and selection.certain:
        in_time.append(none_of(query.possible))
    if not is_list(context.types):
        asked = all_of([condition_of(group, context), *in_time])
        own = asked if context.named else all_of([asked, context.standing])  # what is named is asked for
        return query._replace(own=own, with_withdrawn=asked, sure=_sure(conjuncts(group), context))
    of_list, of_counted, of_tally = split(group, context)
    counted, of_dated = None, context._replace(types=DATED)
    if query.limits_time or of_counted:
        counted = all_of([*(condition_of(each, of_dated) for each in of_counted), *in_time])
    own, having = (all_of(condition_of(each, context) for each in parts) for parts in (of_list, of_tally))
    return query._replace(own=own, counted=counted, having=having, sure=_sure(of_counted, of_dated))


def _sure(groups: Iterable[Group], context: QueryContext) -> Condition:
    """Return the condition of what certainly matches groups by its dates; always true without a term on dates."""
    certain = context._replace(certain=True)
    return all_of(condition_of(each, certain) for each in groups if is_timed(each))


def _known_by(selection: Selection, context: QueryContext) -> tuple[Day | None, bool]:
    """Return the day by which records should have been known, and whether its year is assumed."""
    if selection.known_by is None:
        return context.known_by, False
    assumed = read_days(str(selection.known_by), context.today).year_assumed
    return last_day(selection.known_by, context.today), assumed


def _require_consistent(selection: Selection) -> None:
    """Refuse numbers that are out of range."""
    for name in ("limit", "days"):
        if (number := getattr(selection, name)) is not None and number < 0:
            raise UsageError(f"{name} must be 0 or more, not {number}")


def today_meant(typed: TypedDate, as_of: int | None, last: int | None, clock: Day) -> Day:
    """Return the day that "today" means: `typed`, else `as_of`, else the earlier of the last event and the clock.

    `as_of` and `last` are days as numbers.
    """
    latest = clock.ordinal if last is None else min(clock.ordinal, last)
    day = Day.from_ordinal(latest if as_of is None else as_of)
    return day if typed is None else last_day(typed, day)
