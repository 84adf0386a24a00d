"""What is asked for: the terms and settings of a selection, and how they become conditions in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.typed import Span, parse_typed
from korea_cli.errors import ConflictError, DateError, NotInListError, UsageError
from korea_cli.filters import DATED, FILTERS, Asked, Condition, all_of, in_window, not_surely_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_OWN_ONLY = ("actor", "topic", "source")
_NEGATION = "not:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to select, in the words a person types.

    terms: `field:value`, bare words, or either with `not:` in front. Same field: alternatives; different fields: all.
    since, until, period: typed dates, both ends included; `period` excludes the other two.
    certain: only what surely falls in the window. as_of: the day that "today" means.
    actors, topics, kinds, sources, statuses: the same as the terms of those fields.
    limit: at most so many records. reverse: last first. sort: the key to order by instead of the date.
    """

    terms: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    period: str | None = None
    certain: bool = False
    as_of: str | None = None
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    limit: int | None = None
    reverse: bool = False
    sort: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot hold together."""
        if self.limit is not None and self.limit < 0:
            raise UsageError(f"the limit must be 0 or more, not {self.limit}")
        for name in ("since", "until"):
            if self.period is not None and (given := getattr(self, name)) is not None:
                raise ConflictError(("period", self.period), (name, given))

    @property
    def all_terms(self) -> tuple[str, ...]:
        """All that is asked for, as terms."""
        named = {
            "actor": self.actors, "topic": self.topics, "kind": self.kinds,
            "source": self.sources, "status": self.statuses,
        }  # fmt: skip
        return (*self.terms, *(f"{field}:{value}" for field, values in named.items() for value in values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A selection as understood.

    own: the condition on the records asked for. counted: for lists of actors, topics and sources, the condition on the
    events and facts counted for each (None where all are). window: the days asked for (None: any). as_of: the day that
    "today" meant.
    """

    selection: Selection
    own: Condition
    counted: Condition | None
    window: Span | None
    as_of: dt.date

    @property
    def possible(self) -> Condition | None:
        """The condition that a record is only possibly in the window; None without one."""
        return not_surely_in(self.window) if self.window else None


class _Term(NamedTuple):
    field: str
    value: str
    negated: bool


def resolve(selection: Selection, asked: Asked) -> Query:
    """Read every term and date of a selection against a chronology.

    Raises UsageError for an unknown field, status, basis or date, UnknownNameError for a name the chronology lacks.
    """
    terms = [_term(text, asked.types) for text in selection.all_terms]
    window = _window(selection, asked.today)
    listing = len(asked.types) == 1 and asked.types[0] in _OWN_ONLY
    own = [term for term in terms if not listing or asked.types[0] in FILTERS[term.field].types]
    counted = [_conditions([term for term in terms if term not in own], asked._replace(types=DATED))] if listing else []
    (counted if listing else (conditions := [_conditions(own, asked)])).extend(_window_conditions(window, selection))
    if not listing:
        return Query(selection=selection, own=all_of(conditions), counted=None, window=window, as_of=asked.today)
    narrowed = window or len(own) < len(terms)
    return Query(
        selection=selection, own=_conditions(own, asked), counted=all_of(counted) if narrowed else None,
        window=window, as_of=asked.today,
    )  # fmt: skip


def today_meant(as_of: str | None, stated: int | None, last: int | None, clock: dt.date) -> dt.date:
    """Say which day "today" is: the one given, else the file's own, else the earlier of the clock's and the last event's.

    `stated` and `last` are proleptic ordinals.
    """
    day = clock.fromordinal(stated) if stated else min(clock, clock.fromordinal(last)) if last else clock
    if as_of is None:
        return day
    span = parse_typed(as_of, day)
    if span.last is None:
        raise DateError(as_of, "it has no last day")
    return clock.fromordinal(span.last)


def fields_for(types: Iterable[str]) -> tuple[str, ...]:
    """Give the fields by which records of these types can be asked for."""
    wanted = set(types)
    if wanted & set(_OWN_ONLY):
        return tuple(FILTERS)
    return tuple(name for name, each in FILTERS.items() if wanted & set(each.types))


def _term(text: str, types: tuple[str, ...]) -> _Term:
    negated, rest = False, text
    while rest.startswith(_NEGATION):
        negated, rest = not negated, rest.removeprefix(_NEGATION)
    field, colon, value = rest.partition(":")
    if not colon:
        return _Term("text", rest, negated)
    known = fields_for(types)
    if field.casefold() not in known:
        raise NotInListError("field", field, known)
    if not value:
        raise UsageError(f"'{text}' names no {field} to look for")
    return _Term(field.casefold(), value, negated)


def _conditions(terms: list[_Term], asked: Asked) -> Condition:
    """Join terms by the one rule: alternatives within a field, everything between fields, nothing that is negated."""
    wanted: list[Condition] = []
    for field in dict.fromkeys(term.field for term in terms if not term.negated):
        found = [_condition(term, asked) for term in terms if term.field == field and not term.negated]
        wanted.append(all_of(found, " AND " if FILTERS[field].every else " OR "))
    for term in terms:
        if term.negated:
            sql, values = _condition(term, asked)
            wanted.append(Condition(f"NOT {sql if sql.startswith('(') else f'({sql})'}", values))
    return all_of(wanted)


def _condition(term: _Term, asked: Asked) -> Condition:
    return FILTERS[term.field].condition(asked, term.value)


def _window(selection: Selection, today: dt.date) -> Span | None:
    if selection.period is not None:
        return parse_typed(selection.period, today)
    since = _bounded(selection.since, today, "first")
    until = _bounded(selection.until, today, "last")
    if since is None or until is None:
        if since is None and until is None:
            return None
        known = since or until
        return Span(since and since.first, until and until.last, known.year_assumed if known else False)
    if since.year_assumed != until.year_assumed:  # a year at one end fixes the other
        since, until = _joined(selection, today) or (since, until)
    if since.first is not None and until.last is not None and until.last < since.first:
        raise DateError(f"{selection.since} to {selection.until}", "it ends before it starts")
    return Span(since.first, until.last, since.year_assumed or until.year_assumed)


def _bounded(text: str | None, today: dt.date, end: str) -> Span | None:
    if text is None:
        return None
    span = parse_typed(text, today)
    if getattr(span, end) is None:
        raise DateError(text, f"it has no {end} day")
    return span


def _joined(selection: Selection, today: dt.date) -> tuple[Span, Span] | None:
    try:
        span = parse_typed(f"{selection.since}..{selection.until}", today)
    except DateError:
        return None  # one of them is a range itself; each stands for its own year
    return span, span


def _window_conditions(window: Span | None, selection: Selection) -> list[Condition]:
    if window is None:
        return []
    conditions = [in_window(window)]
    if selection.certain:
        sql, values = not_surely_in(window)
        conditions.append(Condition(f"NOT ({sql})", values))
    return conditions
