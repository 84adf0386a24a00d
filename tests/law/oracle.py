"""A brute-force reading of a chronology: every question is answered by looking at each record in turn."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from korea_cli.base.errors import NO, USAGE, DateError
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_typed
from korea_cli.dates.spans import OPEN_END, OPEN_START, Span
from korea_cli.model import choices
from korea_cli.model.citation import OtherDate
from korea_cli.model.field_spec import CODES
from korea_cli.model.records import RECORD_TYPES, keys_of, title_of
from law import further
from law.expressions import MARKS, OPERATORS, Group, parse, tokens_of, unquoted, usual
from law.known import Readable, cited, first_of, known
from law.reading import Wrong, called, find, has_phrase, has_whole, name_key, names_of, require_words, words_of
from years import number_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.model.citation import Citation
    from korea_cli.model.header import Header
    from law.questions import Question, Records

    Test = Callable[[Any], bool]

DATED = ("event", "fact")
ALL = ("event", "fact", "actor", "topic", "source")
LISTS = ("actor", "topic", "source")
ROLES = {
    "actor": ("actors", "recipients", "via", "holders", "reported_by", "about"),
    "by": ("actors", "holders"), "holder": ("holders",), "to": ("recipients",), "via": ("via", "reported_by"),
    "about": ("about",),
    "topic": ("topics",), "source": ("sources", "other_dates", "outcome_sources"),
}  # fmt: skip
_BEFORE_ALL = float("-inf")
WHOLES = {"actor": "part_of", "topic": "broader", "source": ""}
# The records that have each field.
FIELDS: dict[str, tuple[str, ...]] = {
    "text": ALL, "actor": (*DATED, "actor"), "by": DATED, "to": ("event",), "about": ("fact",), "via": DATED,
    "topic": (*DATED, "topic"), "kind": (*DATED, "actor", "source"), "place": ("event",),
    "country": (*DATED, "actor", "source"), "source": (*DATED, "source"), "status": DATED, "basis": ("event",),
    "date": DATED, "id": ALL, "holder": ("fact",), **further.FIELDS,
}  # fmt: skip
KINDS = {
    "event": choices.EVENT_KINDS, "fact": choices.FACT_KINDS, "actor": choices.ACTOR_KINDS,
    "source": (*choices.SOURCE_TYPES, *choices.VOICES),
}  # fmt: skip
STATUSES = {"event": choices.EVENT_STATUSES, "fact": choices.FACT_STATUSES}


class Context(NamedTuple):
    """What a value is read against: the types of the records asked for, and the day that "today" means.

    opposed: whether who disputes a record counts among its actors and sources. certain: whether a date counts only
    where it matches for certain. standing: the ids of what counts though it was withdrawn; None where all does.
    """

    types: tuple[str, ...]
    today: Day
    opposed: bool = False
    certain: bool = False
    standing: frozenset[str] | None = None


class Term(NamedTuple):
    """A term as it is read; `holds` says of a record whether it may have it, `surely` whether it does for certain.

    is_own: whether it is about the records listed.
    """

    field: str
    negated: bool
    holds: Test
    surely: Test
    is_own: bool
    value: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word to look for."""
        return self.field == "text" and not self.negated


class Asked(NamedTuple):
    """A question as it is read: what must hold of the records listed, and of the events and facts counted for each.

    counted: None where all events and facts are counted, and what has none of them is listed too. having: what must
    hold of the numbers counted, with which what has none is listed too. around: the days that distances are from. sure:
    what holds of the events and facts that match for certain, if a term is about dates. stands: whether an event or
    fact counts, though it may have been withdrawn.
    """

    own: Test
    counted: Test | None
    window: Span | None
    words: list[str]
    having: Test | None = None
    around: Span | None = None
    sure: Test | None = None
    stands: Test = bool

    def limits_time(self, oracle: Oracle) -> bool:
        """Whether a record may match only possibly."""
        return bool(self.window or self.sure or oracle.day is not None)


# The fields of dates, which what is dated vaguely may match without being certain to.
TIMED = {"date", "begins", "ends", "known-since", "issued"}
EVERYTHING = Asked(lambda _: True, None, None, [])
_OF_WITHDRAWN = {"withdrawn", "withdrawn_reason"}


def stands(record: Any, standing: frozenset[str] | None) -> bool:  # noqa: ANN401 - any record
    """Whether a record counts: it was not withdrawn, or it is asked for."""
    return standing is None or getattr(record, "status", "") != "withdrawn" or record.id in standing


def normal(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record
    """Return a record as it is compared: `first` and `last` as bounds."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    days = {
        key: value and (value.start_min, value.end_max) for key, value in values.items() if key in {"first", "last"}
    }
    return {"type": record.type, **values, **days}


def dates_of(record: Any) -> list[StoredDate]:  # noqa: ANN401 - any record
    """Return every date of a record."""
    date = getattr(record, "date", None)
    return [*([date] if date else []), *(other.date for other in getattr(record, "other_dates", ()))]


def references(record: Any, roles: Iterable[str]) -> set[str]:  # noqa: ANN401 - any record
    """Return the ids that a record refers to in some roles."""
    return {id_ for role in roles for each in _listed(getattr(record, role, ())) for id_ in _ids(each)}


def _listed(value: Any) -> Iterable[Any]:  # noqa: ANN401 - of any reference key
    return ([value] if value else []) if isinstance(value, str) else value


def _ids(each: str | Citation | OtherDate) -> list[str]:
    if isinstance(each, OtherDate):
        return [citation.id for citation in each.sources]
    return [each if isinstance(each, str) else each.id]


def all_terms(options: dict[str, Any]) -> list[str]:
    """Return the terms of a question, those of its options among them."""
    return [*options.get("terms", ()), *_named(options)]


def _named(options: dict[str, Any]) -> list[str]:
    """Return the options of a question that are the same as terms."""
    named = {"actors": "actor", "topics": "topic", "kinds": "kind", "sources": "source", "statuses": "status"}
    return [f"{field}:{value}" for name, field in named.items() for value in options.get(name, ())]


@cache
def fields_of(types: tuple[str, ...]) -> set[str]:
    """Return the fields that records of some types have."""
    return {field for field, having in FIELDS.items() if set(having) & set(types)}


def all_hold(terms: list[Term], record: Any, *, surely: bool = False) -> bool:  # noqa: ANN401 - any record
    """Whether a record has all words, one of the values of each field, and none that is negated, perhaps or surely.

    It surely lacks what it does not even possibly have.
    """

    def has(term: Term) -> bool:
        return term.surely(record) if surely is not term.negated else term.holds(record)

    if any(has(term) for term in terms if term.negated):
        return False
    wanted = [term for term in terms if not term.negated]
    for field in {term.field for term in wanted}:
        answers = [has(term) for term in wanted if term.field == field]
        if not (all(answers) if field in further.EVERY else any(answers)):
            return False
    return True


def _split(text: str, known: set[str]) -> tuple[str, str, bool]:
    """Return the field and the value of a term, and whether it is negated."""
    negated, rest = False, text.strip()
    while rest.casefold().startswith("not:"):
        negated, rest = not negated, rest[4:].strip()
    field, colon, value = rest.partition(":")
    field, value = field.strip().casefold(), value.strip()
    if not colon or " " in field or rest[:1] in MARKS:
        return "text", unquoted(rest), negated
    exact = value[:1] == "="
    value = unquoted(value.removeprefix("=").strip())
    if field not in known or not value:
        raise Wrong(USAGE)
    return field, f"={value}" if exact else value, negated


def _term(text: str, types: tuple[str, ...], *, named: bool = False) -> Term:
    """Return a term about records of some types, before its value is looked up; raises Wrong.

    named: whether the records are named, so that it is about what is counted for them if it can be.
    """
    is_list = len(types) == 1 and types[0] in LISTS
    field, value, negated = _split(text, fields_of((*types, *DATED) if is_list else types))
    of_counted = named and not set(DATED).isdisjoint(FIELDS[field])
    return Term(field, negated, bool, bool, not is_list or (types[0] in FIELDS[field] and not of_counted), value)


def group_of(options: dict[str, Any]) -> Group:
    """Return the terms of a question as they are joined."""
    return parse(options.get("terms", ()), _named(options))


def _holds(group: Group, terms: dict[str, Term], *, surely: bool = False) -> Test:
    """Return what a group says of a record: whether it may match, or surely does."""
    surely = surely is not (group.joint == "NOT")
    own = [terms[part] for part in group.parts if isinstance(part, str)]
    within = [_holds(part, terms, surely=surely) for part in group.parts if isinstance(part, Group)]
    if group.joint == "OR":
        return lambda record: any(test(record) for test in within)
    every: Test = lambda record: all_hold(own, record, surely=surely) and all(test(record) for test in within)  # noqa: E731
    return (lambda record: not every(record)) if group.joint == "NOT" else every


def _parted(group: Group, terms: dict[str, Term], *, surely: bool = False) -> tuple[list[Test], list[Test], list[Test]]:
    """Return what must hold of the records listed, of the events and facts counted for them, and of their numbers.

    Raises Wrong for alternatives of which only some are about the records listed.
    """
    parts: tuple[list[Test], list[Test], list[Test]] = [], [], []
    for each in required_groups(group, terms):
        found = [terms[text] for text in each.terms()]
        if len({term.is_own for term in found}) > 1:
            raise Wrong(USAGE)
        is_number = any(term.field in further.TALLIED for term in found)
        parts[2 if is_number else 0 if found[0].is_own else 1].append(_holds(each, terms, surely=surely))
    return parts


def required_groups(group: Group, terms: dict[str, Term]) -> Iterator[Group]:
    """Yield all that must hold, each as small as can be."""
    if group.joint in {"OR", "NOT"}:
        yield group
        return
    own = [part for part in group.parts if isinstance(part, str)]
    for field in dict.fromkeys(terms[part].field for part in own):
        yield Group("", tuple(part for part in own if terms[part].field == field))
    for part in group.parts:
        if isinstance(part, Group):
            yield from required_groups(part, terms)


@contextmanager
def _noting(wrong: set[int]) -> Iterator[None]:
    """Note the exit status of a refusal."""
    try:
        yield
    except Wrong as error:
        wrong.add(error.status)


def _joins(term: str) -> bool:
    """Whether a term joins two as other programs do: by a word in small letters before a field."""
    found = re.search(rf"(^|\s)(and|or|not)\s+\(*({'|'.join(FIELDS)}|not):", term, re.IGNORECASE)
    return bool(found and not found[2].isupper())


def _days(typed: str, today: Day) -> Span:
    try:
        return parse_typed(typed, today)
    except DateError:
        raise Wrong(USAGE) from None


def _possible(date: StoredDate, first: int, last: int) -> bool:
    return date.start_min <= last and date.end_max >= first


def excludes_elsewhere(text: str) -> bool:
    """Whether a term begins with a minus sign, which excludes in other programs."""
    return text[:1] == "-" and text.lstrip("-")[:1].isalnum()


class Oracle:
    """Answers questions about some records by looking at all of them."""

    def __init__(
        self, records: Records, header: Header, clock: Day, whole: Oracle | None = None, day: int | None = None
    ) -> None:
        """Take the records of a chronology, by table, as they were read; `clock` is today's date.

        whole: where names are looked up, and what does not depend on the day by which records were known.
        """
        self.all = [each for type_ in RECORD_TYPES for each in records[f"{type_}s"]]
        self.of = {type_: list(records[f"{type_}s"]) for type_ in RECORD_TYPES}
        self.header, self.clock_day, self.whole, self.day = header, clock, whole or self, day
        self._places = {(each.type, each.id): place for place, each in enumerate(self.all)}

    def as_known(self, options: dict[str, Any]) -> Oracle:
        """Return what answers a question: with a day, from what the record could say on it."""
        day = self.known_day(options)
        return self if day is None else self._on(day)

    @cache  # noqa: B019 - it lives as long as its chronology
    def _on(self, day: int) -> Oracle:
        return Oracle(Readable(self, day).records(), self.header, self.clock_day, self, day)

    def known_day(self, options: dict[str, Any]) -> int | None:
        """Return the day by which records should have been known; raises Wrong."""
        if options.get("known_by") is None:
            return None
        last = _days(options["known_by"], self.today(options.get("today"))).last
        if last is None:
            raise Wrong(USAGE)
        return last

    def seen(self, named: Any) -> Any:  # noqa: ANN401 - any record
        """Return a record that was named as it is shown; None if it is not."""
        place = self._places.get((named.type, named.id))
        return None if place is None else self.all[place]

    def place(self, record: Any) -> int:  # noqa: ANN401 - any record
        """Return the place of a record in the order of the files, its type first."""
        return self._places[record.type, record.id]

    @cache  # noqa: B019 - it lives as long as its chronology
    def clocks(self) -> dict[str, float]:
        """Return the place of each timed event within its day: its instant, or local time where a zone is missing."""
        clocks = {}
        timed = [event for event in self.of["event"] if event.time]
        for event in timed:
            same_day = [other for other in timed if other.date.order == event.date.order]
            zone = ZoneInfo(event.timezone) if all(other.timezone for other in same_day) else dt.UTC
            day, time = max(event.date.order[0], 1), dt.time.fromisoformat(event.time)  # zones are as old as railways
            clocks[event.id] = dt.datetime.combine(dt.date.fromordinal(day), time, zone).timestamp()
        return clocks

    def clock(self, record: Any) -> float:  # noqa: ANN401 - any record
        """Return the place of a record within its day: events without a time come first."""
        return self.whole.clocks().get(record.id, _BEFORE_ALL) if record.type == "event" else _BEFORE_ALL

    # ------------------------------------------------------------ what is asked

    def asked(self, question: Question, types: tuple[str, ...]) -> Asked:
        """Read a question about records of some types; raises Wrong."""
        options, is_list = question.options, len(types) == 1 and types[0] in LISTS
        today = self.today(options.get("today"))
        window, around = self._window(options, today)
        group = group_of(options)
        terms = self.terms(question, types)
        words = [terms[text].value for text in group.wanted() if terms[text].is_word]

        certain, is_timed = bool(options.get("certain")), any(terms[text].field in TIMED for text in group.terms())

        def in_time(record: Any, sure: Test | None) -> bool:  # noqa: ANN401 - any record
            match = self.match(record, window, sure)
            limited = window is not None or self.day is not None
            return not limited or match == "certain" or (match == "possible" and not certain)

        standing = self.standing(question, types)
        counts: Test = lambda each: stands(each, standing)  # noqa: E731
        if not is_list:
            holds = _holds(group, terms, surely=certain)
            sure = _holds(group, terms, surely=True) if is_timed else None
            named = bool(question.names) and question.types == types
            own: Test = lambda each: (named or counts(each)) and holds(each) and in_time(each, sure)  # noqa: E731
            return Asked(own, None, window, words, around=around, sure=sure, stands=counts)
        listed, others, tallied = _parted(group, terms, surely=certain)
        surely = _parted(group, terms, surely=True)[1] if is_timed else []
        sure = (lambda record: all(test(record) for test in surely)) if surely else None
        limits = others or window or self.day is not None
        counted = (lambda each: all(test(each) for test in others) and in_time(each, sure)) if limits else None
        having = (lambda record: all(test(record) for test in tallied)) if tallied else None
        own = lambda record: all(test(record) for test in listed)  # noqa: E731
        return Asked(own, counted, window, words, having, around, sure, counts)

    def standing(self, question: Question, types: tuple[str, ...]) -> frozenset[str] | None:
        """Return the ids of what counts though it was withdrawn; None where all does, as the question asks for it."""
        group, named = group_of(question.options), question.command == "actor"
        terms = [_term(text, types, named=named) for text in group.wanted()]
        terms = [term for term in terms if not term.negated]
        values = [(term.field, name_key(term.value.removeprefix("=")).replace("-", "_")) for term in terms]
        asks = any(
            field in _OF_WITHDRAWN or (field in {"status", "has"} and value in _OF_WITHDRAWN) for field, value in values
        )
        if asks or question.options.get("with_withdrawn") or question.command == "disputes":
            return None
        return frozenset(name_key(term.value.removeprefix("=")) for term in terms if term.field == "id")

    def terms(self, question: Question, types: tuple[str, ...]) -> dict[str, Term]:
        """Read the terms of a question about records of some types; raises Wrong."""
        named, opposed = question.command == "actor", question.command == "disputes"
        today = self.today(question.options.get("today"))
        standing = self.standing(question, types)
        read = (text for text in group_of(question.options).terms())
        return {text: self.term(text, types, today, named=named, opposed=opposed, standing=standing) for text in read}

    @cache  # noqa: B019 - it lives as long as its chronology
    def term(  # noqa: PLR0913 - all that a term is read against
        self, text: str, types: tuple[str, ...], today: Day, *, named: bool = False, opposed: bool = False,
        standing: frozenset[str] | None = None,
    ) -> Term:  # fmt: skip
        """Read one term about records of some types; raises Wrong."""
        term = _term(text, types, named=named)
        context = Context(types if term.is_own else DATED, today, opposed, standing=standing)
        sure = context._replace(certain=True)
        return term._replace(
            holds=self._test(term.field, term.value, context), surely=self._test(term.field, term.value, sure)
        )

    def reasons(self, question: Question, types: tuple[str, ...]) -> set[int]:
        """Return the exit status of each reason there is to refuse a question about records of some types."""
        options, wrong, named = question.options, set[int](), question.command == "actor"
        arguments = usual(options.get("terms", ()))
        small = {argument.casefold() for argument in arguments if argument not in OPERATORS}
        if (len(arguments) > 1 and {"and", "or", "not"} & small) or any(map(_joins, arguments)):
            wrong.add(USAGE)  # as other programs join terms
        with _noting(wrong):
            today = self.today(options.get("today"))
            with _noting(wrong):
                for text in (*tokens_of(arguments), *_named(options)):
                    if excludes_elsewhere(text):
                        wrong.add(USAGE)
                    with _noting(wrong):
                        _ = text in {*OPERATORS, "(", ")"} or self.term(text, types, today, named=named)
            with _noting(wrong):
                self._window(options, today)
            with _noting(wrong):
                self.known_day(options)
            with _noting(wrong):
                if options.get("certain") and not self._limits_time(options, today):
                    raise Wrong(USAGE)
        with _noting(wrong):
            group = group_of(options)
            read = {text: _term(text, types, named=named) for text in group.terms()}
            if types[0] in LISTS:
                _parted(group, read)
        return wrong

    # ------------------------------------------------------------ days

    def _limits_time(self, options: dict[str, Any], today: Day) -> bool:
        """Whether a record may match only possibly."""
        terms = [_split(text, set(FIELDS))[0] for text in group_of(options).terms()]
        if not TIMED.isdisjoint(terms):
            return True
        return self.known_day(options) is not None or self._window(options, today)[0] is not None

    def today(self, typed: str | None) -> Day:
        """Return the day that "today" means: as given, else the header's, else the earlier of the clock's and last."""
        day = self.clock_day
        as_of = self.header.as_of
        if as_of and as_of.latest:
            day = as_of.latest
        elif self.whole.of["event"]:
            ends = [
                date.start_min if date.end_max == OPEN_END else date.end_max
                for date in (event.date for event in self.whole.of["event"])
            ]
            day = min(day, Day(*parts_of(max(ends))))
        if typed is None:
            return day
        span = _days(typed, day)
        if span.last is None:
            raise Wrong(USAGE)
        return Day(*parts_of(span.last))

    def days(self, typed: str, context: Context) -> tuple[int, int]:
        """Return the first and last day of a typed range."""
        span = _days(typed, context.today)
        return OPEN_START if span.first is None else span.first, OPEN_END if span.last is None else span.last

    def dates_of(self, record: Any) -> list[StoredDate]:  # noqa: ANN401 - any record
        """Return every date of a record."""
        return dates_of(record)

    def _days_or_event(self, typed: str, today: Day) -> Span:
        """Return the days of a typed date, else those of the event with this id."""
        try:
            return _days(typed, today)
        except Wrong:
            for event in self.whole.of["event"]:
                if event.id == name_key(typed):
                    first, last = event.date.start_min, event.date.end_max
                    return Span(
                        None if first == OPEN_START else first, None if last == OPEN_END else last, year_assumed=False
                    )
            if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", name_key(typed)):
                raise Wrong(NO) from None
            raise

    def _window(self, options: dict[str, Any], today: Day) -> tuple[Span | None, Span | None]:
        """Return the window, and what is in its middle if it is around something."""
        since, until, period, around = (options.get(name) for name in ("since", "until", "period", "around"))
        days = options.get("days")
        if (days is not None and (around is None or days < 0)) or (
            (period is not None) + (around is not None) + (since is not None or until is not None) > 1
        ):
            raise Wrong(USAGE)
        if period is not None:
            return _days(period, today), None
        if around is None:
            return self._between(since, until, today), None
        center, days = self._days_or_event(around, today), 7 if days is None else days
        first = None if center.first is None else max(center.first - days, number_of(-9999, 1, 1))
        last = None if center.last is None else min(center.last + days, number_of(9999, 12, 31))
        return Span(first, last, year_assumed=False), center

    def distance(self, record: Any, around: Span | None) -> int | None:  # noqa: ANN401 - any record
        """Return how many days a record is from what was asked: negative before it, 0 where they touch."""
        if around is None:
            return None
        if around.first is not None and record.date.end_max < around.first:
            return int(record.date.end_max - around.first)
        return max(record.date.start_min - around.last, 0) if around.last is not None else 0

    def _between(self, since: str | None, until: str | None, today: Day) -> Span | None:
        first = self._days_or_event(since, today) if since is not None else None
        last = self._days_or_event(until, today) if until is not None else None
        if (first and first.first is None) or (last and last.last is None):
            raise Wrong(USAGE)
        if first and last and (first.year_assumed or last.year_assumed):  # a year at one end fixes the other
            with suppress(DateError):
                first = last = parse_typed(f"{since}..{until}", today)
        if first is None and last is None:
            return None
        span = Span(first.first if first else None, last.last if last else None, year_assumed=False)
        if span.first is not None and span.last is not None and span.last < span.first:
            raise Wrong(USAGE)
        return span

    def match(self, record: Any, window: Span | None, sure: Test | None) -> str | None:  # noqa: ANN401 - any record
        """Return how surely a record matches, is in a window and was known; None where it is not, or all are."""
        matches = [self.in_window(record, window)] if window else []
        matches += ["certain" if sure(record) else "possible"] if sure else []
        if self.day is not None:
            possible = record.type in {*DATED, "source"} and known(self.whole, record)[1] > self.day
            matches.append("possible" if possible else "certain")
        return None if None in matches or not matches else max(matches, key=str)  # "possible" is after "certain"

    def in_window(self, record: Any, window: Span | None) -> str | None:  # noqa: ANN401 - any record
        """Return how surely a record falls in a window: certain if all its dates do, possible if any of them may."""
        dates = dates_of(record)
        if window is None or not dates:
            return None
        first = OPEN_START if window.first is None else window.first
        last = OPEN_END if window.last is None else window.last
        if all(self.certain(date, first, last) for date in dates):
            return "certain"
        return "possible" if any(_possible(date, first, last) for date in dates) else None

    def certain(self, date: StoredDate, first: int, last: int) -> bool:
        """Whether a date surely touches a window."""
        return date.start_max <= last and self.surely_until(date) >= first and not (date.approximate or date.uncertain)

    def surely_until(self, date: StoredDate) -> int:
        """Return the day a date surely lasts until: if ongoing, the earliest end of all that may have happened."""
        starts = (date.start_min, date.start_max)
        return date.end_min if date.end_min < OPEN_END else min(max(start, self.whole.reach()) for start in starts)

    @cache  # noqa: B019 - as above
    def reach(self) -> int:
        """Return the day of `as_of`, else the last day that any event or fact reaches."""
        if (as_of := self.header.as_of) and as_of.end_max < OPEN_END:
            return as_of.end_max
        dates = [each.date for each in (*self.of["event"], *self.of["fact"]) if each.date]
        ends: list[int] = [date.end_max if date.end_max < OPEN_END else date.start_min for date in dates]
        return max(ends)

    # ------------------------------------------------------------ fields

    def _test(self, field: str, value: str, context: Context) -> Test:
        """Return what a term says of a record, or where opponents count, of who disputes it; raises Wrong."""
        test = self._own_test(field, value, context)
        opponents = self._opponents(field, value, context) if context.opposed else set()
        if not opponents:
            return test
        return lambda record: (
            test(record)
            or any((first_of(self.whole, id_), id_) in opponents for id_ in getattr(record, "disputed_by", ()))
        )

    def _opponents(self, field: str, value: str, context: Context) -> set[tuple[str, str]]:
        """Return the actors and sources of which a term says that they dispute a record."""
        actors, sources = self.of["actor"], self.of["source"]
        if field in {"actor", "by"}:
            return {("actor", id_) for id_ in self.members(value, "actor")}
        if field == "source" and not self._cited_place(value)[0]:
            return {("source", id_) for id_ in self.sources(value)}
        if field == "country":
            has_country = self._country(value, context._replace(types=("actor",)))
            return {("actor", actor.id) for actor in actors if has_country(actor)}
        if field == "text":
            named = (
                each for each in (*actors, *sources) if any(has_phrase(x, value) for x in (*called(each), each.id))
            )
            return {(each.type, each.id) for each in named}
        return set()

    def _own_test(self, field: str, value: str, context: Context) -> Test:
        """Return what a term says of a record; raises Wrong for a value that this chronology cannot have."""
        if field in further.FIELDS:
            return further.test_of(self, field, value, context)
        if field in ROLES:
            type_ = field if field in {"topic", "source"} else "actor"
            if field == "source" and (name := self._cited_place(value)[0]):
                place = self._cited_place(value)[1]
                ids, place = self.sources(name), name_key(place)
                return lambda record: any(id_ in ids and own == place for id_, own in cited(record, supporting=False))
            ids = self.sources(value) if field == "source" else self.members(value, type_)
            own = field if field in context.types else ""
            roles = ROLES[field]
            return lambda record: bool(references(record, roles) & ids) or (record.type == own and record.id in ids)
        test: Test = getattr(self, f"_{field}")(value, context)
        return test

    def members(self, value: str, type_: str) -> set[str]:
        """Return the ids of a named thing and all that belongs to it; with `=`, of the thing alone."""
        id_ = find(self.whole.all, value.removeprefix("="), (type_,)).id
        return {id_} if value.startswith("=") else self.parts(type_, id_)

    @cache  # noqa: B019 - it lives as long as its chronology
    def parts(self, type_: str, id_: str) -> set[str]:
        """Return an id and those of all that belongs to it."""
        ids = {id_}
        while more := {each.id for each in self.of[type_] if references(each, [WHOLES[type_]]) & ids} - ids:
            ids = ids | more
        return ids

    def referring(self, record: Any, type_: str, standing: frozenset[str] | None) -> list[Any]:  # noqa: ANN401 - an actor, topic or source
        """Return the events or facts that count and refer to a record, or to what belongs to it."""
        ids = self.parts(record.type, record.id)
        counted = (each for each in self.of[type_] if stands(each, standing))
        return [each for each in counted if references(each, ROLES[record.type]) & ids]

    def wholes(self, type_: str, id_: str) -> set[str]:
        """Return an id and those of all that it belongs to."""
        return {each.id for each in self.of[type_] if id_ in self.parts(type_, each.id)}

    def _cited_place(self, value: str) -> tuple[str, str]:
        """Return the source and the place in `ID#p6`, and in `ID p6` if nothing is called that; else nothing."""
        name, sign, place = value.partition("#")
        if sign:
            return name, place
        sources = self.whole.of["source"]
        name, _, place = value.strip().rpartition(" ")
        called = any(name_key(value) in names_of(source) for source in sources)
        return ("", "") if called or name_key(name) not in {source.id for source in sources} else (name, place)

    def sources(self, value: str) -> set[str]:
        """Return the sources meant: by exact id or title, by voice, by container, by the beginning of a title."""
        key, sources = name_key(value.removeprefix("=")), self.whole.of["source"]
        ids = {source.id for source in sources if key in names_of(source)}
        if not ids and not value.startswith("="):
            ids = {source.id for source in sources if source.voice and source.voice == key}
        if not ids and not value.startswith("=") and words_of(value):
            names = {source.id: (source.container, source.publisher, source.original) for source in sources}
            ids = {id_ for id_, own in names.items() if any(has_phrase(name, value) for name in own)}
        return ids or {find(self.whole.all, key, ("source",), inside=False).id}

    def _text(self, value: str, _: Context) -> Test:
        require_words(value)
        return lambda record: any(has_phrase(text, value) for text in self._texts(record.type, record.id))

    @cache  # noqa: B019 - as above
    def _texts(self, type_: str, id_: str) -> list[str]:
        """Return the texts of a record that words are looked for in, the names of its actors and topics among them."""
        record = self.all[self._places[type_, id_]]
        if record.type not in DATED:
            keys = [name for name, key in keys_of(type(record)).items() if key.form in {"text", "texts", *CODES}]
            return [text for key in keys for text in _listed(getattr(record, key))]
        own = [
            title_of(record),
            *(getattr(record, key, "") for key in ("summary", "quote", "note", "outcome", "withdrawn_reason")),
            *self._place_names(getattr(record, "place", "")),
        ]
        named = [actor for actor in self.of["actor"] if actor.id in references(record, ROLES["actor"])]
        named += [topic for topic in self.of["topic"] if topic.id in record.topics]
        return [*own, *(name for each in named for name in called(each))]

    def _kind(self, value: str, context: Context) -> Test:
        key = name_key(value.removeprefix("="))
        known = {kind for type_ in context.types for kind in KINDS.get(type_, ())}
        own = {"event": self.header.kinds, "actor": self.header.actor_kinds, "source": self.header.source_types}
        if key not in known.union(*(own.get(type_, ()) for type_ in context.types)):
            raise Wrong(NO)
        return lambda record: key in {getattr(record, name, "") for name in ("kind", "medium", "voice")}

    def _place(self, value: str, _: Context) -> Test:
        require_words(value)
        if not any(
            has_phrase(name, value) for event in self.whole.of["event"] for name in self._place_names(event.place)
        ):
            raise Wrong(NO)
        return lambda record: any(has_phrase(name, value) for name in self._place_names(getattr(record, "place", "")))

    @cache  # noqa: B019 - as above
    def _place_names(self, place: str) -> list[str]:
        """Return a place, and every name of each place that it is or contains by one of its names."""
        lists = self.header.place_names
        meant = {words_of(own[0]) for own in lists if any(has_whole(place, name) for name in own)}
        return [place, *(name for own in lists if words_of(own[0]) in meant for name in own)]

    def main_place(self, place: str) -> str:
        """Return the first name of a place that is a name of a list as a whole."""
        lists = self.header.place_names
        meant = {words_of(own[0]) for own in lists if words_of(place) in map(words_of, own)}
        return next((own[0] for own in lists if words_of(own[0]) in meant), place)

    def _country(self, value: str, context: Context) -> Test:
        """Find by a code, or by a name of the state that has it."""
        key = name_key(value.removeprefix("="))
        actors = self.of["actor"]
        codes = [each.country for each in (*actors, *self.whole.of["source"]) if name_key(each.country) == key and key]
        states = [each for each in actors if each.kind == "state" and each.country]
        codes += [each.country for each in states if key in names_of(each)]
        codes += [each.country for each in states if key in {"-".join(words_of(name)) for name in names_of(each)}]
        if not codes:
            raise Wrong(NO)
        ids = {actor.id for actor in actors if actor.country == codes[0]}
        own = [type_ for type_ in ("actor", "source") if type_ in context.types]
        return lambda record: (
            bool(references(record, ROLES["actor"]) & ids) or (record.type in own and record.country == codes[0])
        )

    def _status(self, value: str, context: Context) -> Test:
        word = name_key(value)
        if not any(word in STATUSES.get(type_, ()) for type_ in context.types):
            raise Wrong(USAGE)
        return lambda record: getattr(record, "status", "") == word

    def _basis(self, value: str, _: Context) -> Test:
        word = name_key(value)
        if word not in choices.DATE_BASES:
            raise Wrong(USAGE)
        return lambda record: getattr(record, "date_basis", "") == word

    def _date(self, value: str, context: Context) -> Test:
        window, matching = _days(value, context.today), {"certain"} if context.certain else {"certain", "possible"}
        return lambda record: self.in_window(record, window) in matching

    def _id(self, value: str, context: Context) -> Test:
        key = name_key(value.removeprefix("="))
        ids = {each.id for each in self.whole.all if each.type in context.types}
        if key in ids:
            return lambda record: bool(record.id == key)
        if value.startswith("=") or not any(id_.startswith(key) for id_ in ids):
            raise Wrong(NO)
        return lambda record: bool(record.id.startswith(key))
