"""Answers come in the promised order, and what they count agrees with counting by hand."""

from __future__ import annotations

import datetime as dt
import json
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import NotInListError
from korea_cli.chronology import Chronology
from korea_cli.chronology.opening import open_chronology
from korea_cli.dates.days import Day
from korea_cli.dates.edtf import StoredDate
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Citation, OtherDate, ids_in
from korea_cli.model.header import Header
from korea_cli.model.records import RECORD_TYPES, Actor, Event, Fact, Record, Source, Topic, keys_of
from korea_cli.query.field import ALL
from korea_cli.query.selection import Selection
from korea_cli.reading.draft import Draft
from korea_cli.store.decode_rows import sortable
from korea_cli.store.encode_rows import build_store, stored_header
from windows import is_certain, is_possible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from korea_cli.query.results import Answer

TODAY = Day(2017, 7, 8)
ACTOR_KEYS = ("actors", "recipients", "via", "holders", "reported_by", "about")
LISTS = ("actor", "topic", "source")


def opened(**tables: Iterable[Record]) -> Chronology:
    """Open records as a chronology; those of each table are given under its name."""
    draft = Draft(header=Header(title="", schema=1))
    for table, records in tables.items():
        draft.records[table].extend(records)
    return Chronology(stored_header(draft), (), build_store(draft), TODAY)


def answer(chronology: Chronology, type_: str, **asked: Any) -> Answer[Any]:  # noqa: ANN401 - those of Selection
    given_: Answer[Any] = getattr(chronology, f"{type_}s")(Selection(**asked))
    return given_


def ids(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]


def event(id_: str, date: str = "2017", title: str = "Something", **keys: Any) -> Event:  # noqa: ANN401 - of the model
    return Event(id=id_, title=title, date=parse_stored(date), **keys)


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


# ---------------------------------------------------------------- order


IN_ORDER = (
    "2015-12-31", "2016-01-01", "[..2016-01-01]", "2016-01-01/2016-01-02", "2016-01", "2016", "2016-01-01/..",
    "2016-01-02", "2016-01-05~", "[2016-01-05,2016-01-07]", "../2016-01", "/2016", "2017",
)  # fmt: skip


def test_events_come_by_their_first_day_then_by_their_last() -> None:
    chronology = opened(events=[event(f"e{place}", date) for place, date in reversed(list(enumerate(IN_ORDER)))])
    by_place = [each.date.text for each in chronology.events()]
    tied = {"2016-01-01", "[..2016-01-01]"}  # the day an open start is ordered by is its last
    assert [date for date in by_place if date not in tied] == [date for date in IN_ORDER if date not in tied]
    assert set(by_place[1:3]) == tied


def test_events_of_one_date_keep_the_order_of_the_file() -> None:
    names = ["z", "m", "a", "q"]
    chronology = opened(events=[event(name, "2016-01") for name in names])
    assert ids(chronology.events()) == names
    assert ids(chronology.events(Selection(reverse=True))) == names[::-1]


def test_undated_facts_come_last_in_the_order_of_the_file() -> None:
    dated = [Fact(id=name, text="It is so.", date=parse_stored(date)) for name, date in (("b", "2017"), ("a", "2016"))]
    undated = [Fact(id=name, text="It is so.") for name in ("z", "y")]
    chronology = opened(facts=[undated[0], *dated, undated[1]])
    assert ids(chronology.facts()) == ["a", "b", "z", "y"]
    assert ids(chronology.facts(Selection(reverse=True))) == ["y", "z", "b", "a"]


def test_records_without_a_day_come_last_by_date_too_and_first_in_reverse() -> None:
    chronology = opened(
        facts=[Fact(id="never", text="So it is."), Fact(id="once", text="So it is.", date=parse_stored("9999"))],
        events=[event("open", "2016/..", "So it goes on"), event("past", "../0001", "So it was")],
        topics=[Topic(id="so", label="So")],
    )
    asked = Selection(terms=("so",), sort="date")
    in_order = ["past", "open", "once", "never", "so"]
    assert ids(chronology.search(asked)) == in_order
    assert ids(chronology.search(asked._replace(reverse=True))) == in_order[::-1]
    assert ids(chronology.facts(Selection(sort="date"))) == ["once", "never"]
    assert ids(chronology.facts(Selection(sort="date", reverse=True))) == ["never", "once"]


@pytest.mark.parametrize("type_", LISTS)
def test_lists_come_with_the_busiest_first_then_in_the_order_of_the_file(record: Chronology, type_: str) -> None:
    found = list(answer(record, type_))
    assert [(-(each.event_count + each.fact_count), each.line) for each in found] == sorted(
        (-(each.event_count + each.fact_count), each.line) for each in found
    )


SORTED = [(type_, key) for type_ in RECORD_TYPES for key in sortable((type_,)) if key != "distance"]


def test_every_key_that_has_an_order_can_be_sorted_by() -> None:
    manifold = {"refs", "cites", "texts", "other_dates", "claims"}
    for type_, record_type in RECORD_TYPES.items():
        single = [key.shown_as or name for name, key in keys_of(record_type).items() if key.form not in manifold]
        assert [name for name in single if name != "match"] == list(sortable((type_,)))


def rank(each: Any, key: str) -> tuple[bool, Any]:  # noqa: ANN401 - whatever a key holds
    """Give by what a record is ordered: what it does not say comes last."""
    value = getattr(each, "medium" if key == "source_type" else key)
    if key in {"first", "last"} and value is None and each.event_count:  # it has always been, or goes on
        return False, OPEN_START if key == "first" else OPEN_END
    if isinstance(value, StoredDate):
        days = {"date": value.order[0], "first": value.start_min, "last": value.end_min, "known_since": value.end_max}
        begins = value.end_max if value.start_min == OPEN_START else value.start_min
        return False, days.get(key, (begins, value.end_max))
    if isinstance(value, str):
        form = keys_of(type(each))["medium" if key == "source_type" else key].form
        return not value, value.lower() if form == "text" else value
    return value is None, value or 0


@pytest.mark.parametrize(("type_", "key"), SORTED)
def test_records_are_sorted_by_any_key_and_what_does_not_say_it_comes_last(
    record: Chronology, type_: str, key: str
) -> None:
    usual, found = list(answer(record, type_)), list(answer(record, type_, sort=key.upper()))
    places = {each.id: place for place, each in enumerate(usual)}
    assert ids(found) == ids(sorted(usual, key=lambda each: (rank(each, key), places[each.id])))


@pytest.mark.parametrize(("type_", "key"), [*SORTED, *((type_, None) for type_ in RECORD_TYPES)])
def test_reverse_is_exactly_the_reverse(record: Chronology, type_: str, key: str | None) -> None:
    assert ids(answer(record, type_, sort=key, reverse=True)) == ids(answer(record, type_, sort=key))[::-1]


@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_a_key_without_an_order_is_refused_with_those_that_have_one(record: Chronology, type_: str) -> None:
    for key in ("topics", "nonsense", ""):
        with pytest.raises(NotInListError, match="unknown sort key") as refused:
            answer(record, type_, sort=key)
        assert refused.value.allowed == tuple(sortable((type_,)))


# ---------------------------------------------------------------- how many


@pytest.mark.parametrize("asked", [{}, {"reverse": True}, {"sort": "title"}, {"period": "2017-05", "reverse": True}])
def test_a_limit_takes_the_first_of_what_there_would_be(record: Chronology, asked: dict[str, Any]) -> None:
    whole = ids(record.events(Selection(**asked)))
    for limit in (0, 1, 7, len(whole), len(whole) + 1):
        limited = record.events(Selection(**asked, limit=limit))
        assert ids(limited) == whole[:limit]
        assert (limited.count, limited.matched) == (min(limit, len(whole)), len(whole))


@pytest.mark.parametrize("asked", [{}, {"limit": 0}, {"limit": 7}, {"limit": 7, "reverse": True, "sort": "title"}])
@pytest.mark.parametrize("terms", [(), ("thaad",), ("actor:russia", "not:topic:thaad")])
def test_what_an_index_counts_and_reads_is_what_the_files_have(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: dict[str, Any], terms: tuple[str, ...]
) -> None:
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path))
    plain = open_chronology("builtin", cache=False).search(Selection(terms=terms, period="2017-05", **asked))
    with open_chronology("builtin") as chronology:
        assert chronology.store.has_json
        found = chronology.search(Selection(terms=terms, period="2017-05", **asked))
        assert list(found) == list(plain)
        assert (found.count, found.matched, found.possible) == (plain.count, plain.matched, plain.possible)
        kept = [json.loads(each)["id"] if isinstance(each, str) else each.id for each in found.stored_json() or ()]
        assert kept == ids(plain)


def test_what_is_possible_is_counted_before_the_limit(record: Chronology) -> None:
    asked = record.events(Selection(period="2017-05-24", limit=1))
    whole = list(record.events(Selection(period="2017-05-24")))
    assert asked.possible == sum(each.match == "possible" for each in whole)
    assert 1 < asked.possible < len(whole)


def test_a_match_is_told_only_where_dates_are_asked_for(record: Chronology) -> None:
    assert {each.match for each in record.events()} == {None}
    assert record.events().possible == 0
    assert {each.match for each in record.events(Selection(terms=("date:2017-05",)))} == {"certain", "possible"}
    assert {each.match for each in record.events(Selection(terms=("topic:thaad",)))} == {None}
    assert {each.match for each in record.events(Selection(period="2017-05-24", certain=True))} == {"certain"}
    assert {getattr(each, "match", "") for each in record.search(Selection(terms=("putin",), since="2016"))} == {
        "certain",
        "possible",
    }


def test_an_answer_can_be_read_again_and_two_at_once(record: Chronology) -> None:
    asked = record.events(Selection(terms=("thaad",)))
    assert [(one.id, other.id) for one, other in zip(asked, asked, strict=True)] == [(i, i) for i in ids(asked)]


# ---------------------------------------------------------------- records of several types


def several() -> Chronology:
    return opened(
        sources=[Source(id="s", title="Alpha and beta")],
        actors=[Actor(id="a", name="Gamma", aliases=("Alpha",), note="beta")],
        topics=[Topic(id="t", label="Tau", note="alpha beta")],
        events=[
            event("late", "2017", "Alpha beta"),
            event("early", "2016", "Beta, then Alpha"),
            event("half", "2015", "Alpha", note="beta"),
            event("none", "2014", "Something", summary="alpha beta"),
        ],
        facts=[
            Fact(id="undated", text="Beta is alpha."),
            Fact(id="dated", text="Alpha is beta.", date=parse_stored("2013")),
        ],
    )


BEST_FIRST = ["early", "late", "dated", "undated", "s", "half", "a", "none", "t"]


@pytest.mark.parametrize(
    "terms", [("alpha", "beta"), ("beta", "text:alpha"), ("Text: beta", "ALPHA", "not:omega"), ("text:alpha", "bet")]
)
def test_a_search_puts_first_what_has_most_of_the_words_in_its_title_or_names(terms: tuple[str, ...]) -> None:
    found = several().search(Selection(terms=terms))
    assert ids(found) == BEST_FIRST
    assert found.matched == len(BEST_FIRST)
    assert ids(several().search(Selection(terms=terms, reverse=True, limit=3))) == ["t", "none", "a"]


def test_a_phrase_is_ranked_as_one_word() -> None:
    chronology = opened(
        events=[event("a", summary="two one"), event("b", title="Two, one"), event("c", title="One two")]
    )
    assert ids(chronology.search(Selection(terms=("two one",)))) == ["b", "a"]
    assert ids(chronology.search(Selection(terms=("two", "one")))) == ["b", "c", "a"]


def test_records_of_several_types_can_be_sorted_by_what_they_share() -> None:
    keys = ["type", "id", "title", "date"]
    assert list(sortable(ALL)) == [*keys, "distance"]
    terms = ("alpha",)
    by = {key: ids(several().search(Selection(terms=terms, sort=key))) for key in keys}
    assert by["id"] == sorted(BEST_FIRST)
    assert by["date"][:6] == ["dated", "none", "half", "early", "late", "undated"]
    assert by["type"] == ["a", "half", "early", "late", "none", "dated", "undated", "s", "t"]
    assert by["title"][0] == "half"
    with pytest.raises(NotInListError):
        several().search(Selection(terms=terms, sort="text"))


def test_records_of_several_types_are_whole(record: Chronology) -> None:
    """Each is as it would be found alone, its counts and all."""
    single: dict[tuple[str, str], Record] = {}
    for type_ in RECORD_TYPES:
        single |= {(type_, each.id): each for each in answer(record, type_)}
    found = list(record.search(Selection(terms=("russia",))))
    assert {each.type for each in found} == set(RECORD_TYPES)
    assert [single[each.type, each.id] for each in found] == found


# ---------------------------------------------------------------- named records


def test_named_records_come_in_the_order_named_each_once(record: Chronology) -> None:
    names = ["putin", "hwasong-14-launch", "russia", "Vladimir Putin", "icbm-us"]
    assert ids(record.records(names)) == ["putin", "hwasong-14-launch", "russia", "icbm-us"]
    assert ids(record.records(names, Selection(reverse=True))) == ["icbm-us", "russia", "hwasong-14-launch", "putin"]
    assert ids(record.records(names, Selection(sort="id", limit=2))) == ["hwasong-14-launch", "icbm-us"]
    assert ids(record.records(["xi", "putin", "lavrov"], Selection(), "actor")) == ["xi-jinping", "putin", "lavrov"]


def test_without_names_no_records_are_given(record: Chronology) -> None:
    assert (ids(record.records([])), record.records([]).matched) == ([], 0)
    assert ids(record.records([], Selection(terms=("putin",)), "actor")) == []


def test_named_records_are_given_as_far_as_they_are_in_the_selection(record: Chronology) -> None:
    asked = record.records(["hwasong-14-launch", "putin-emissary-offer"], Selection(since="2017-07"))
    assert (ids(asked), asked.matched, asked.count) == (["hwasong-14-launch"], 1, 1)


def test_a_named_actor_counts_only_what_is_selected(record: Chronology) -> None:
    (putin,) = record.records(["putin"], Selection(topics=("thaad",)), "actor")
    assert isinstance(putin, Actor)
    by_hand = list(record.events(Selection(topics=("thaad",), actors=("putin",))))
    assert putin.event_count == len(by_hand) > 0


# ---------------------------------------------------------------- counts, by hand


class Drawn(NamedTuple):
    """Random records, by table."""

    sources: tuple[Source, ...]
    actors: tuple[Actor, ...]
    topics: tuple[Topic, ...]
    events: tuple[Event, ...]
    facts: tuple[Fact, ...]

    def open(self) -> Chronology:
        """Open them as a chronology."""
        return opened(**self._asdict())

    def wholes(self, table: str, id_: str) -> set[str]:
        """Give all that an actor, topic or source belongs to, itself included."""
        records: tuple[Any, ...] = self._asdict()[table]
        above = {each.id: ids_in(getattr(each, "part_of", getattr(each, "broader", ""))) for each in records}
        return {id_}.union(*(self.wholes(table, whole) for whole in above[id_]))


DATES = st.sampled_from(
    [
        *("2016-01-01", "2016-01", "2016", "2016-01-02", "2016-01-15~", "2015-12-31", "2016-XX"),
        *("../2016-01", "/2015", "2015-12-31/2016-01-02", "2015-12/2016", "2016/..", "2016-01/", "../2014?"),
        *("[..2016-02-01]", "[2015-12-31,2016-01-01]", "[2016-02-01..]"),
    ]
).map(parse_stored)
FEW = range(3)
NAMED: dict[str, list[str]] = {letter: [f"{letter}{number}" for number in FEW] for letter in "sat"}
SOME = {letter: st.lists(st.sampled_from(names), max_size=2, unique=True).map(tuple) for letter, names in NAMED.items()}
CITED = st.lists(st.builds(Citation, st.sampled_from(NAMED["s"]), st.sampled_from([None, "p1", "p2"])), max_size=2).map(
    tuple
)


@st.composite
def chronologies(draw: st.DrawFn) -> Drawn:
    """Draw a small chronology in which much belongs together."""
    parents = [tuple(draw(st.sets(st.sampled_from(NAMED["a"][:number])))) if number else () for number in FEW]
    wider = [draw(st.sampled_from(["", *NAMED["t"][:number]])) for number in FEW]
    shared: dict[str, Any] = {"id": st.just("x"), "topics": SOME["t"], "sources": CITED}
    others = st.lists(st.builds(OtherDate, DATES, CITED), max_size=1).map(tuple)
    parts = dict.fromkeys(("actors", "recipients", "via"), SOME["a"])
    events = st.builds(Event, **shared, **parts, title=st.just("E"), date=DATES, other_dates=others)
    held = dict.fromkeys(("holders", "reported_by", "about"), SOME["a"])
    facts = st.builds(Fact, **shared, **held, text=st.just("F"), date=st.none() | DATES)
    return Drawn(
        tuple(Source(id=id_, title="S") for id_ in NAMED["s"]),
        tuple(Actor(id=id_, name="A", part_of=parents[number]) for number, id_ in enumerate(NAMED["a"])),
        tuple(Topic(id=id_, label="T", broader=wider[number]) for number, id_ in enumerate(NAMED["t"])),
        tuple(draw(st.lists(events, max_size=4))),
        tuple(draw(st.lists(facts, max_size=3))),
    )


def referred(type_: str, each: Event | Fact) -> set[str]:
    """Give the actors, topics or sources that an event or fact names."""
    if type_ == "topic":
        return set(each.topics)
    if type_ == "source":
        others = each.other_dates if isinstance(each, Event) else ()
        return {cited.id for cites in (each.sources, *(other.sources for other in others)) for cited in cites}
    return {id_ for role in ACTOR_KEYS for id_ in getattr(each, role, ())}


def counted(data: Drawn, type_: str, id_: str, kept: Callable[[Any], bool]) -> Iterator[Event | Fact]:
    """Give the events and facts that count for an actor, topic or source."""
    both: tuple[Event | Fact, ...] = (*data.events, *data.facts)
    for each in both:
        wholes = {whole for target in referred(type_, each) for whole in data.wholes(f"{type_}s", target)}
        if id_ in wholes and kept(each):
            yield each


def realised(found: list[Event], bounds: tuple[str, str], choose: Callable[[Iterable[int]], int]) -> StoredDate | None:
    """Try all ways in which some dates can come true, and give the day that is the first or last of them."""
    ways = product(*([getattr(each.date, bound) for bound in bounds] for each in found))
    days = {choose(way) for way in ways} if found else {OPEN_END}
    low, high = min(days), max(days)
    if low == OPEN_END or high == OPEN_START:
        return None
    start, end = (dt.date.fromordinal(day).isoformat() if OPEN_START < day < OPEN_END else "" for day in (low, high))
    return parse_stored(f"[{start}..{end}]")


def same_days(one: StoredDate | None, other: StoredDate | None) -> bool:
    return (one and one[1:5]) == (other and other[1:5])


def check_counts(data: Drawn, type_: str, kept: Callable[[Any], bool], **asked: Any) -> None:  # noqa: ANN401
    found = list(answer(data.open(), type_, **asked))
    expected = {id_: list(counted(data, type_, id_, kept)) for id_ in NAMED[type_[0]]}
    assert {each.id for each in found} == {id_ for id_ in expected if expected[id_] or not asked}
    for each in found:
        events = [one for one in expected[each.id] if isinstance(one, Event)]
        assert (each.event_count, each.fact_count) == (len(events), len(expected[each.id]) - len(events))
        assert same_days(each.first, realised(events, ("start_min", "start_max"), min)), (each.first, events)
        assert same_days(each.last, realised(events, ("end_min", "end_max"), max)), (each.last, events)
        if isinstance(each, Source):
            assert each.alone == sum(referred("source", one) == {each.id} for one in expected[each.id])


@given(data=chronologies(), type_=st.sampled_from(LISTS))
def test_counts_and_the_first_and_last_day_agree_with_counting_by_hand(data: Drawn, type_: str) -> None:
    check_counts(data, type_, lambda _: True)


@given(data=chronologies(), type_=st.sampled_from(("actor", "source")))
def test_a_topic_narrows_what_is_listed_and_what_is_counted(data: Drawn, type_: str) -> None:
    def kept(each: Event | Fact) -> bool:
        return any("t0" in data.wholes("topics", topic) for topic in each.topics)

    check_counts(data, type_, kept, topics=("t0",))


@given(data=chronologies(), type_=st.sampled_from(LISTS), certain=st.booleans())
def test_a_window_narrows_what_is_listed_and_what_is_counted(data: Drawn, type_: str, *, certain: bool) -> None:
    first, last = dt.date(2016, 1, 1).toordinal(), dt.date(2016, 1, 31).toordinal()

    def kept(each: Event | Fact) -> bool:
        others = [other.date for other in each.other_dates] if isinstance(each, Event) else []
        dates = [date for date in (each.date, *others) if date]
        surely = all(is_certain(date, first, last) for date in dates)
        return any(is_possible(date, first, last) for date in dates) and (surely or not certain)

    check_counts(data, type_, kept, period="2016-01", certain=certain)


def test_an_event_counts_once_however_many_members_take_part() -> None:
    actors = [
        Actor(id="state", name="State"),
        Actor(id="ministry", name="Ministry", part_of=("state",)),
        *(Actor(id=f"envoy-{number}", name=f"Envoy {number}", part_of=("ministry",)) for number in FEW),
    ]
    envoys = tuple(f"envoy-{number}" for number in FEW)
    chronology = opened(actors=actors, events=[event("talks", actors=envoys, recipients=("state",), via=envoys)])
    assert {each.id: each.event_count for each in chronology.actors()} == dict.fromkeys(
        ("state", "ministry", *envoys), 1
    )


def test_a_source_bears_alone_only_what_no_other_source_stands_behind() -> None:
    other = OtherDate(parse_stored("2016"), (Citation("b"),))
    chronology = opened(
        sources=[Source(id=id_, title=id_.upper()) for id_ in "ab"],
        events=[
            event("alone", sources=(Citation("a", "p1"), Citation("a", "p2"))),
            event("dated-otherwise", sources=(Citation("a"),), other_dates=(other,)),
        ],
    )
    assert {each.id: (each.event_count, each.alone) for each in chronology.sources()} == {"a": (2, 1), "b": (1, 0)}


def test_the_first_and_last_day_are_told_no_more_precisely_than_known(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    dates = ["2016-04-11", "2016-04", "2016-05/2016-06", "2016-06-20"]
    file.write_text("\n".join(f'[[events]]\nid = "e{i}"\ntitle = "E"\ndate = "{date}"\nactors = ["a"]'
                              for i, date in enumerate(dates)), "utf-8")  # fmt: skip
    (actor,) = open_chronology(file).actors()
    assert (str(actor.first), str(actor.last)) == ("between 1 and 11 Apr 2016", "between 20 and 30 Jun 2016")
