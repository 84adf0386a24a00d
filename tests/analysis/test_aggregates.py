"""Every tally agrees with counting in plain Python, and says of a date no more than is known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.analysis import aggregates
from korea_cli.analysis.counting import count_by
from korea_cli.analysis.totals import count_all
from korea_cli.chronology import Chronology
from korea_cli.chronology.opening import open_chronology
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Citation, ids_in
from korea_cli.model.header import Header
from korea_cli.model.records import Actor, Event, Fact, Source, Topic
from korea_cli.query.selection import Selection
from korea_cli.query.tables import possible_among
from korea_cli.reading.draft import Draft
from korea_cli.store.encode_rows import build_store, stored_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.query.conditions import Condition
    from korea_cli.report.sections import Count

TODAY = Day(2017, 7, 8)
ROLES = {
    "actors": "acted", "recipients": "was addressed", "via": "relayed",
    "holders": "holds", "reported_by": "reports", "about": "is the subject of",
}  # fmt: skip
DEALINGS = {
    "addressed": ("actors", "recipients"), "acted with": ("actors", "actors"),
    "was addressed by": ("recipients", "actors"), "was addressed with": ("recipients", "recipients"),
    "spoke through": ("actors", "via"), "relayed for": ("via", "actors"), "heard through": ("recipients", "via"),
    "relayed to": ("via", "recipients"), "relayed with": ("via", "via"),
}  # fmt: skip
Tallied = dict[tuple[str, str], tuple[int, int]]


def opened(draft: Draft) -> Chronology:
    return Chronology(stored_header(draft), (), build_store(draft), TODAY)


class Chosen(NamedTuple):
    """Some events and facts of a chronology."""

    chronology: Chronology
    own: Condition

    def by(self, dimension: str) -> list[Count]:
        """Count them by a dimension."""
        return count_by(self.chronology, self.own, dimension)


def chosen(chronology: Chronology, **asked: Any) -> Chosen:  # noqa: ANN401 - those of Selection
    return Chosen(chronology, chronology.query(Selection(**asked), "event", "fact").own)


def tallied(rows: Iterable[Count]) -> Tallied:
    """Give the counts of some rows, none of which may come twice."""
    found = list(rows)
    made = {(row.by, row.value): (row.event_count, row.fact_count) for row in found}
    assert len(made) == len(found)
    return made


def by_hand(by: str, values: Callable[[Any], Iterable[str]], *tables: Iterable[Any]) -> Tallied:
    """Count, for each value, the events and the facts that have it."""
    counted = [Counter(value for each in table for value in set(values(each))) for table in tables]
    keys = {key for counter in counted for key in counter}
    return {(by, key): (counted[0][key], counted[1][key] if counted[1:] else 0) for key in keys}


# ---------------------------------------------------------------- chronologies


DATES = (
    *("2016-01-01", "2016-01", "2016", "2016-02-29", "2016-01-15~", "2015-12-31", "2016-XX", "2016-33", "2016-40?"),
    *("../2016-01", "/2015", "2015-12-31/2016-01-02", "2016-01/2016-02", "2015/2016", "2016/..", "2016-01/"),
    *("[..2016-02-01]", "[2015-12-31,2016-01-01]", "[2016-01-05,2016-01-20]", "[2016-02-01..]", "0033-04"),
)
ACTORS = (
    Actor(id="state", name="State"),
    Actor(id="ministry", name="Ministry", part_of=("state",)),
    Actor(id="envoy", name="Envoy", part_of=("ministry", "party")),
    Actor(id="party", name="Party"),
    Actor(id="other", name="Other"),
)
SOME = st.lists(st.sampled_from([actor.id for actor in ACTORS]), max_size=2).map(tuple)
TOPICS = st.lists(st.sampled_from(["wide", "narrow"]), max_size=2).map(tuple)
CITED = st.lists(st.builds(Citation, st.sampled_from("st"), st.sampled_from([None, "p1"])), max_size=3).map(tuple)
SHARED: dict[str, Any] = {"id": st.just("x"), "topics": TOPICS, "sources": CITED}
EVENTS = st.builds(
    Event, **SHARED, **dict.fromkeys(("actors", "recipients", "via"), SOME), title=st.just("E"),
    date=st.sampled_from(DATES).map(parse_stored), kind=st.sampled_from(["test", "offer", ""]),
    date_basis=st.sampled_from(["stated", ""]), status=st.sampled_from(["disputed", ""]),
)  # fmt: skip
FACTS = st.builds(
    Fact, **SHARED, **dict.fromkeys(("holders", "reported_by", "about"), SOME), text=st.just("F"),
    kind=st.sampled_from(["claim", ""]), date=st.sampled_from([None, *map(parse_stored, DATES)]),
    status=st.sampled_from(["disputed", "opinion", ""]),
)  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw a small chronology."""
    draft = Draft(header=Header(title="Drawn", schema=1))
    draft.records["sources"].extend(Source(id=id_, title=id_.upper()) for id_ in "st")
    draft.records["topics"].extend([Topic(id="wide", label="Wide"), Topic(id="narrow", label="Narrow", broader="wide")])
    draft.records["actors"].extend(ACTORS)
    draft.records["events"].extend(draw(st.lists(EVENTS, max_size=6)))
    draft.records["facts"].extend(draw(st.lists(FACTS, max_size=4)))
    return draft


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


def members(actors: Iterable[Actor], id_: str) -> set[str]:
    """Give an actor and all that belongs to it."""
    known, found = tuple(actors), {id_}
    while more := {each.id for each in known if found & set(each.part_of)} - found:
        found |= more
    return found


def starts(date: StoredDate) -> Iterator[dt.date]:
    """Give days on which an event may begin: the first, the last and one of each month between."""
    last = min(date.start_max, dt.date.max.toordinal())
    for day in (*range(date.start_min, min(last, date.start_min + 5000), 28), last):
        yield dt.date.fromordinal(max(day, 1))


def surely(date: StoredDate, form: str) -> str:
    """Give the one month or year in which an event begins whatever its date means; nothing when there are several."""
    if date.start_min == OPEN_START:
        return ""
    found = {day.isoformat()[: len(form)] for day in starts(date)}
    return found.pop() if len(found) == 1 else ""


# ---------------------------------------------------------------- each tally


def check_scalars(scope: Chosen, events: list[Event], facts: list[Fact]) -> None:
    for by in ("kind", "status"):
        expected = by_hand(by, lambda each, key=by: [getattr(each, key)], events, facts)  # type: ignore[misc]
        assert tallied(scope.by(by)) == expected
    assert tallied(scope.by("basis")) == by_hand("basis", lambda each: [each.date_basis], events)
    assert tallied(scope.by("precision")) == by_hand(
        "precision", lambda each: [each.date.precision if each.date else ""], events, facts
    )


def check_references(scope: Chosen, events: list[Event], facts: list[Fact]) -> None:
    broader = {topic.id: topic.broader for topic in scope.chronology.topics()}
    assert tallied(scope.by("topic")) == by_hand(
        "topic", lambda each: list(wholes(each.topics, broader)) or [""], events, facts
    )
    assert tallied(scope.by("source")) == by_hand("source", lambda each: list(cited(each)) or [""], events, facts)


def wholes(topics: Iterable[str], broader: dict[str, str]) -> Iterator[str]:
    """Give topics and all wider ones."""
    for topic in topics:
        yield from (topic, *(wholes([broader[topic]], broader) if broader[topic] else ()))


def cited(each: Event | Fact) -> Iterator[str]:
    """Yield the sources that a record cites, for itself, for another date or for an outcome."""
    yield from ids_in(each.sources)
    yield from ids_in(each.outcome_sources if isinstance(each, Fact) else ())
    for other in each.other_dates if isinstance(each, Event) else ():
        yield from ids_in(other.sources)


def check_dates(scope: Chosen, events: list[Event], facts: list[Fact]) -> None:
    def start(each: Event | Fact, *forms: str) -> list[str]:
        return [next(filter(None, (surely(each.date, form) for form in forms if each.date)), "")]

    assert tallied(scope.by("year")) == by_hand("year", lambda each: start(each, "YYYY"), events, facts)
    assert tallied(scope.by("month")) == by_hand("month", lambda each: start(each, "YYYY-MM", "YYYY"), events, facts)


def check_parts(chronology: Chronology, id_: str, tables: dict[str, list[Any]]) -> None:
    own = members(tables["actors"], id_)
    scope = aggregates.scope_of_actor(chronology, id_, Selection())
    expected: Tallied = {}
    for role, name in ROLES.items():
        taking = [each for each in (*tables["events"], *tables["facts"]) if own & set(getattr(each, role, ()))]
        counted = Counter((each.type, each.kind) for each in taking)
        expected |= {(name, kind): (n, 0) if type_ == "event" else (0, n) for (type_, kind), n in counted.items()}
    assert tallied(aggregates.dealings_of(scope, ()).roles) == expected


def check_dealings(chronology: Chronology, id_: str, tables: dict[str, list[Any]]) -> None:
    own = members(tables["actors"], id_)
    scope = aggregates.scope_of_actor(chronology, id_, Selection())
    found = aggregates.dealings_of(scope, ()).counterparts
    expected = Counter(
        (name, other)
        for event in tables["events"]
        for name, (role, opposite) in DEALINGS.items()
        if own & set(getattr(event, role))
        for other in set(getattr(event, opposite)) - own
    )
    assert {(row.by, row.value): row.event_count for row in found} == expected
    assert own.isdisjoint(row.value for row in found)
    assert {row.fact_count for row in found} <= {0}


def counted(scope: Chosen) -> int:
    """Count the events and facts in scope."""
    query = scope.chronology.query(Selection(), "event", "fact")
    return possible_among(scope.chronology.store, query, scope.own)[1]


def check_all(chronology: Chronology, tables: dict[str, list[Any]]) -> None:
    scope = chosen(chronology)
    check_scalars(scope, tables["events"], tables["facts"])
    check_references(scope, tables["events"], tables["facts"])
    check_dates(scope, tables["events"], tables["facts"])
    assert counted(scope) == len(tables["events"]) + len(tables["facts"])
    for actor in tables["actors"]:
        check_parts(chronology, actor.id, tables)
        check_dealings(chronology, actor.id, tables)


def test_the_built_in_record_is_tallied_as_by_hand(record: Chronology) -> None:
    lists: tuple[Iterable[Any], ...] = (record.events(), record.facts(), record.actors())
    check_all(record, dict(zip(("events", "facts", "actors"), map(list, lists), strict=True)))


@given(draft=drafts())
def test_any_chronology_is_tallied_as_by_hand(draft: Draft) -> None:
    check_all(opened(draft), draft.records)


@pytest.mark.parametrize(
    "asked",
    [
        {"period": "2017-05"},
        {"topics": ("thaad",), "period": "2017", "certain": True},
        {"terms": ("not:by:russia", "kind:test")},
    ],
)
def test_only_what_is_selected_is_tallied(record: Chronology, asked: dict[str, Any]) -> None:
    both = list(record.search(Selection(**asked)))
    events = [each for each in both if isinstance(each, Event)]
    facts = [each for each in both if isinstance(each, Fact)]
    scope = chosen(record, **asked)
    check_scalars(scope, events, facts)
    check_references(scope, events, facts)
    check_dates(scope, events, facts)
    assert counted(scope) == len(events) + len(facts) > 0


def test_an_actor_is_tallied_within_the_selection(record: Chronology) -> None:
    scope = aggregates.scope_of_actor(record, "putin", Selection(topics=("thaad",)))
    events = list(record.events(Selection(topics=("thaad",), actors=("putin",))))
    did = sum(row.event_count for row in aggregates.dealings_of(scope, ()).roles if row.by == "acted")
    assert did == sum("putin" in each.actors for each in events) > 0


# ---------------------------------------------------------------- how it is said


def test_a_month_or_year_not_known_is_said_after_what_is() -> None:
    draft = Draft(header=Header(title="", schema=1))
    dates = ("2017", "[2016-12-31,2017-01-01]", "2016-01/2016-02", "2016-12", "2016-01-31/2016-02", "/2016", "2016-33")
    draft.records["events"] += [
        Event(id=f"e{place}", title="E", date=parse_stored(date)) for place, date in enumerate(dates)
    ]
    scope = chosen(opened(draft))
    assert [(row.label, row.event_count) for row in scope.by("month")] == [
        ("Jan 2016", 2), ("Dec 2016", 1), ("2016, month not known", 1), ("2017, month not known", 1), ("not known", 2),
    ]  # fmt: skip
    assert [(row.label, row.event_count) for row in scope.by("year")] == [
        ("2016", 4),
        ("2017", 1),
        ("not known", 2),
    ]


def test_the_most_frequent_comes_first_and_what_is_not_said_is_called_so(record: Chronology) -> None:
    rows = chosen(record).by("kind")
    totals = [row.event_count + row.fact_count for row in rows]
    assert totals == sorted(totals, reverse=True)
    draft = Draft(header=Header(title="", schema=1))
    draft.records["facts"].append(Fact(id="f", text="F"))
    (row,) = chosen(opened(draft)).by("kind")
    assert (row.value, row.label, row.event_count, row.fact_count) == ("", "none", 0, 1)


def test_what_has_no_value_comes_last_however_much_it_is() -> None:
    draft = Draft(header=Header(title="", schema=1))
    draft.records["events"] += [
        Event(id=f"e{place}", title="E", date=parse_stored("2017"), kind="test" * (place == 1), place="Seoul" * place)
        for place in range(3)
    ]
    draft.records["facts"].append(Fact(id="f", text="F"))
    for by in ("kind", "place", "topic", "country", "voice", "year", "month", "precision"):
        rows = chosen(opened(draft)).by(by)
        assert [bool(row.value) for row in rows] == sorted((bool(row.value) for row in rows), reverse=True)
        assert not rows[-1].value
    assert [(row.event_count, row.fact_count) for row in chosen(opened(draft)).by("kind")] == [(1, 0), (2, 1)]


def test_topics_and_counterparts_are_shown_by_their_names(record: Chronology) -> None:
    topics = {row.value: row.label for row in chosen(record).by("topic")}
    assert topics == {each.id: each.label for each in record.topics() if each.id in topics} | {"": "none"}
    others = aggregates.dealings_of(aggregates.scope_of_actor(record, "putin", Selection()), ()).counterparts
    names = {each.id: each.name for each in record.actors()}
    assert [row.label for row in others] == [names[row.value] for row in others] != []


def test_roles_and_dealings_come_in_a_fixed_order_the_most_frequent_of_each_first(record: Chronology) -> None:
    scope = aggregates.scope_of_actor(record, "russia", Selection())
    roles = [
        (list(ROLES.values()).index(row.by), -row.event_count - row.fact_count)
        for row in aggregates.dealings_of(scope, ()).roles
    ]
    assert roles == sorted(roles)
    assert len({place for place, _ in roles}) > 3
    order = list(DEALINGS)
    dealings = [(order.index(row.by), -row.event_count) for row in aggregates.dealings_of(scope, ()).counterparts]
    assert dealings == sorted(dealings)
    assert len({place for place, _ in dealings}) > 3


# ---------------------------------------------------------------- the overview


def overview_of(chronology: Chronology, **asked: Any) -> aggregates.Overview:  # noqa: ANN401 - those of Selection
    found = count_all(chronology, chronology.query(Selection(**asked), "event", "fact"), ())
    (row,) = aggregates.overview(chronology, found).rows
    assert isinstance(row, aggregates.Overview)
    return row


def test_the_overview_says_what_the_file_says_and_how_much_it_holds(record: Chronology) -> None:
    seen = overview_of(record)
    header = record.header
    assert (seen.title, seen.summary, seen.date_rule) == (header.title, header.about, header.date_rule)
    assert seen.as_of == header.as_of
    counts = (seen.event_count, seen.fact_count, seen.actor_count, seen.topic_count, seen.source_count)
    asked = (record.events, record.facts, record.actors, record.topics, record.sources)
    assert counts == tuple(each().matched for each in asked)


def test_the_overview_counts_the_selected_events_beside_all_that_is_listed(record: Chronology) -> None:
    asked = Selection(topics=("thaad",))
    seen, whole = overview_of(record, topics=("thaad",)), overview_of(record)
    assert (seen.event_count, seen.fact_count) == (record.events(asked).matched, record.facts(asked).matched)
    assert seen.event_count < whole.event_count
    assert (seen.actor_count, seen.topic_count, seen.source_count) == (
        whole.actor_count,
        whole.topic_count,
        whole.source_count,
    )


def test_the_overview_of_nothing_reaches_nowhere(record: Chronology) -> None:
    seen = overview_of(record, period="1900")
    assert (seen.first, seen.last, seen.event_count, seen.fact_count) == (None, None, 0, 0)


@given(draft=drafts())
def test_the_overview_reaches_as_far_as_is_known(draft: Draft) -> None:
    seen, events = overview_of(opened(draft)), draft.records["events"]
    dates = [each.date for each in events]
    first = (
        (min(date.start_min for date in dates), min(date.start_max for date in dates))
        if dates
        else (OPEN_END, OPEN_END)
    )
    last = (max(date.end_min for date in dates), max(date.end_max for date in dates)) if dates else (OPEN_END, OPEN_END)
    assert (seen.first and (seen.first.start_min, seen.first.end_max)) == (
        None if OPEN_END in first[:1] or first[1] == OPEN_START else first
    )
    assert (seen.last and (seen.last.start_min, seen.last.end_max)) == (
        None if OPEN_END in last[:1] or last[1] == OPEN_START else last
    )
