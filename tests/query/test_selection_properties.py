"""Selecting in SQL agrees with a slow and obvious way of selecting, on random chronologies and random terms."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from korea_cli.base.errors import KoreaError
from korea_cli.base.tokenize import words_of
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Citation, OtherDate
from korea_cli.model.header import Header
from korea_cli.model.records import Actor, Event, Fact, Source, Topic, title_of
from korea_cli.query.field import ALL, QueryContext
from korea_cli.query.fields import all_filters, fields_for
from korea_cli.query.resolve import resolve
from korea_cli.query.selection import Selection
from korea_cli.reading.draft import Draft
from korea_cli.store.encode_rows import build_store
from windows import is_certain, is_possible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.store.database import Store

    Tables = dict[str, list[Any]]
    Keys = set[tuple[str, str]]

TODAY = Day(2017, 7, 8)
ACTOR_KEYS = ("actors", "recipients", "via", "holders", "reported_by", "about")
IDS = ("aa", "ab", "b", "d")
TEXTS = st.sampled_from(
    ["us talks", "Russia's talks", "The U.S., 100%", "한국 회담", "문재인은 talks", "部署THAAD", "c_d 'x' us", "É é"]
)
MAYBE = st.just("") | TEXTS
STORED = st.sampled_from(
    [
        *("2016", "2017", "2016-04", "2016-35", "2017-05-25", "2017-05-25~", "2017-05?", "2017-XX"),
        *("2016-04/..", "2016-04/", "../2016", "/2017-05", "2016-12-31/2017-01-01"),
        *("[2016-04-01,2017-06]", "[..2016-05]", "[2016-03..2016-04]"),
    ]
).map(parse_stored)
SOME_IDS = st.lists(st.sampled_from(IDS), max_size=2, unique=True).map(tuple)
CITED = st.lists(st.builds(Citation, st.sampled_from(IDS), st.none() | st.just("p1")), max_size=2).map(tuple)
COUNTRY = st.sampled_from(["RUS", "KOR", ""])

SOURCES = st.builds(
    Source,
    id=st.just(""),
    title=TEXTS,
    container=st.sampled_from(["Daily Post", "日報 Post", ""]),
    voice=st.sampled_from(["press", "un", ""]),
    medium=st.sampled_from(["web", "article", ""]),
    country=COUNTRY,
    note=MAYBE,
)
ACTORS = st.builds(
    Actor,
    id=st.just(""),
    name=TEXTS,
    aliases=st.lists(TEXTS, max_size=1).map(tuple),
    kind=st.sampled_from(["state", "person", ""]),
    country=COUNTRY,
    part_of=SOME_IDS,
    role=MAYBE,
)
TOPICS = st.builds(Topic, id=st.just(""), label=TEXTS, broader=st.sampled_from([*IDS, ""]), note=MAYBE)
EVENTS = st.builds(
    Event,
    id=st.just(""),
    title=TEXTS,
    date=STORED,
    other_dates=st.lists(st.builds(OtherDate, STORED, CITED), max_size=2).map(tuple),
    date_basis=st.sampled_from(["stated", "unknown", ""]),
    kind=st.sampled_from(["test", "offer", ""]),
    status=st.sampled_from(["confirmed", "disputed", ""]),
    actors=SOME_IDS,
    recipients=SOME_IDS,
    via=SOME_IDS,
    topics=SOME_IDS,
    sources=CITED,
    place=MAYBE,
    summary=MAYBE,
    quote=MAYBE,
    note=MAYBE,
)
FACTS = st.builds(
    Fact,
    id=st.just(""),
    text=TEXTS,
    date=st.none() | STORED,
    kind=st.sampled_from(["claim", "forecast", ""]),
    status=st.sampled_from(["disputed", "opinion", ""]),
    holders=SOME_IDS,
    reported_by=SOME_IDS,
    about=SOME_IDS,
    topics=SOME_IDS,
    sources=CITED,
    note=MAYBE,
)


def named(records: list[Any], ids: Iterable[str] = IDS) -> list[Any]:
    """Give records their ids; what they belong to comes after them, so that nothing forms a cycle."""
    made = []
    for record, id_ in zip(records, ids, strict=False):
        above: dict[str, Any] = {}
        if isinstance(record, Actor):
            above["part_of"] = tuple(whole for whole in record.part_of if whole > id_)
        if isinstance(record, Topic):
            above["broader"] = record.broader if record.broader > id_ else ""
        made.append(replace(record, id=id_, **above))
    return made


def four(records: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(records, min_size=4, max_size=4).map(named)


def up_to_four(records: st.SearchStrategy[Any], ids: str) -> st.SearchStrategy[list[Any]]:
    return st.lists(records, max_size=4).map(lambda drawn: named(drawn, ids))


CHRONOLOGIES: st.SearchStrategy[Tables] = st.fixed_dictionaries(
    {
        "sources": four(SOURCES),
        "actors": four(ACTORS),
        "topics": four(TOPICS),
        "events": up_to_four(EVENTS, "klmn"),
        "facts": up_to_four(FACTS, "wxyz"),
    }
)
TYPES = st.sampled_from([("event",), ("fact",), ("event", "fact"), ALL])
WORDS = ("us", "u.s.", "talk", "russia s", "한국", "국", "회담", "thaad", "100", "E", "재인", "c d", "c_d", "x us", "l")
NAMED = (*IDS, *(f"={id_}" for id_ in IDS))
# The fields that are tried here; the law tries all.
VALUES: dict[str, tuple[str, ...]] = {
    "text": WORDS,
    **dict.fromkeys(("actor", "by", "to", "holder", "via", "about", "topic"), NAMED),
    "source": (*NAMED, "press", "un", "daily", "post", "報"),
    "locator": ("p1", "P1", "p2"),
    "country": ("RUS", "kor"),
    "kind": ("test", "offer", "claim", "forecast", "state", "press", "web"),
    "place": WORDS,
    "status": ("confirmed", "disputed", "opinion"),
    "basis": ("stated", "unknown"),
    "date": ("2016", "2017-05", "2017-05-25", "2016-04..2016-05", "since 2017", "until 2016-03"),
    "id": ("k", "=l", "w", "aa", "=b"),
}
SPANS = {
    "2016": ("2016-01-01", "2016-12-31"),
    "2017-05": ("2017-05-01", "2017-05-31"),
    "2017-05-25": ("2017-05-25", "2017-05-25"),
    "2016-04..2016-05": ("2016-04-01", "2016-05-31"),
    "since 2017": ("2017-01-01", None),
    "until 2016-03": (None, "2016-03-31"),
}


@st.composite
def term_of(draw: st.DrawFn, types: tuple[str, ...]) -> str:
    field = draw(st.sampled_from([each for each in fields_for(types) if each in VALUES]))
    value = draw(st.sampled_from(VALUES[field]))
    return value if field == "text" and draw(st.booleans()) else f"{field}:{value}"


@st.composite
def questions(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    types = draw(TYPES)
    asked = draw(st.lists(term_of(types), max_size=4))
    return types, tuple(f"not:{term}" if draw(st.integers(0, 2)) == 0 else term for term in asked)


class _Obvious:
    """Selects by looking at every record in turn."""

    def __init__(self, tables: Tables) -> None:
        self.records = [record for table in tables.values() for record in table]
        self.by_id = {table: {record.id: record for record in records} for table, records in tables.items()}
        self.until = last_known(self.records)

    def found(self, types: tuple[str, ...], terms: tuple[str, ...]) -> Keys:
        asked = [split(term) for term in terms]
        return {(each.type, each.id) for each in self.records if each.type in types and self.holds(each, asked)}

    def holds(self, record: Any, asked: list[tuple[str, str, bool]]) -> bool:  # noqa: ANN401 - any record
        if any(self.matches(record, field, value, certain=True) for field, value, negated in asked if negated):
            return False
        wanted = [(field, value) for field, value, negated in asked if not negated]
        for field in {field for field, _ in wanted}:
            answers = [self.matches(record, field, value) for each, value in wanted if each == field]
            if not (all(answers) if field == "text" else any(answers)):
                return False
        return True

    def matches(self, record: Any, field: str, value: str, *, certain: bool = False) -> bool:  # noqa: ANN401 - any record
        keys = {"kind": ("kind", "medium", "voice"), "status": ("status",), "basis": ("date_basis",)}
        if field in keys:
            return value in [getattr(record, key, "") for key in keys[field]]
        if field == "date":
            dates = dates_of(record)
            surely = bool(dates) and all(is_certain(date, *days(value), self.until) for date in dates)
            return surely if certain else any(is_possible(date, *days(value)) for date in dates)
        if field == "text":
            return any(has_phrase(text, value) for text in self.texts(record))
        if field == "place":
            return has_phrase(getattr(record, "place", ""), value)
        if field == "id":
            return bool(record.id == value.removeprefix("="))
        return self.refers(record, field, value)

    def refers(self, record: Any, field: str, value: str) -> bool:  # noqa: ANN401 - any record
        if field == "locator":
            return value.lower() in places_in_sources(record)
        if field == "topic":
            return is_among(record, "topic", ("topics",), self.with_parts("topics", "broader", value))
        if field == "source":
            return is_among(record, "source", ("sources", "other_dates"), self.sources_meant(value))
        if field == "country":
            here = {id_ for id_, actor in self.by_id["actors"].items() if actor.country == value.upper()}
            return getattr(record, "country", "") == value.upper() or is_among(record, "", ACTOR_KEYS, here)
        roles = {
            "by": ("actors", "holders"), "holder": ("holders",), "to": ("recipients",), "via": ("via", "reported_by"),
            "about": ("about",),
        }  # fmt: skip
        own = "actor" if field == "actor" else ""
        return is_among(record, own, roles.get(field, ACTOR_KEYS), self.with_parts("actors", "part_of", value))

    def with_parts(self, table: str, key: str, value: str) -> set[str]:
        meant = {value.removeprefix("=")}
        for _ in IDS if not value.startswith("=") else ():
            meant |= {id_ for id_, each in self.by_id[table].items() if meant & set(listed(getattr(each, key)))}
        return meant

    def sources_meant(self, value: str) -> set[str]:
        sources = self.by_id["sources"]
        if value.removeprefix("=") in sources:
            return {value.removeprefix("=")}
        by_voice = {id_ for id_, source in sources.items() if source.voice == value}
        return by_voice or {id_ for id_, source in sources.items() if has_phrase(source.container, value)}

    def texts(self, record: Any) -> list[str]:  # noqa: ANN401 - any record
        keys = ("summary", "quote", "place", "note", "role", "container", "country")
        own = [title_of(record), *(getattr(record, key, "") for key in keys), *getattr(record, "aliases", ())]
        actors = [self.by_id["actors"][id_] for role in ACTOR_KEYS for id_ in getattr(record, role, ())]
        topics = [self.by_id["topics"][id_].label for id_ in getattr(record, "topics", ())]
        return own + topics + [name for actor in actors for name in (actor.name, *actor.aliases)]


def places_in_sources(record: Any) -> set[str | None]:  # noqa: ANN401 - any record
    """Return the places in all sources that a record cites, also for its other dates."""
    others = [citation for other in getattr(record, "other_dates", ()) for citation in other.sources]
    return {citation.locator for citation in (*getattr(record, "sources", ()), *others)}


def split(term: str) -> tuple[str, str, bool]:
    bare = term.removeprefix("not:")
    field, value = bare.split(":") if ":" in bare else ("text", bare)
    return field, value, bare != term


def listed(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - one id, several, citations or dates with them
    if isinstance(value, str):
        return (value,)
    return tuple(id_ for each in value for id_ in ids_of(each))


def ids_of(each: str | Citation | OtherDate) -> list[str]:
    if isinstance(each, OtherDate):
        return [citation.id for citation in each.sources]
    return [each if isinstance(each, str) else each.id]


def is_among(record: Any, type_: str, roles: tuple[str, ...], meant: set[str]) -> bool:  # noqa: ANN401 - any record
    refers = any(meant & set(listed(getattr(record, role, ()))) for role in roles)
    return refers or (record.type == type_ and record.id in meant)


def has_phrase(text: str, phrase: str) -> bool:
    words, wanted = words_of(text), words_of(phrase)
    places = range(len(words) - len(wanted) + 1)
    return any(is_phrase(words[place : place + len(wanted)], wanted) for place in places)


def is_phrase(words: list[str], wanted: list[str]) -> bool:
    """Compare word by word: the first may end a glued word, the last may begin one, those between are whole."""
    glued = not wanted[0].isascii()
    if len(wanted) == 1:
        return wanted[0] in words[0] if glued else words[0].startswith(wanted[0])
    first = words[0].endswith(wanted[0]) if glued else words[0] == wanted[0]
    return first and words[1:-1] == wanted[1:-1] and words[-1].startswith(wanted[-1])


def dates_of(record: Any) -> list[StoredDate]:  # noqa: ANN401 - any record
    date = getattr(record, "date", None)
    return [*([date] if date else []), *(other.date for other in getattr(record, "other_dates", ()))]


def last_known(records: Iterable[Any]) -> int:
    """Return the last day that a record reaches, of something ongoing the first."""
    reached = [date for record in records if (date := getattr(record, "date", None))]
    return max((date.start_min if date.end_max == OPEN_END else date.end_max for date in reached), default=OPEN_START)


def days(period: str) -> tuple[int, int]:
    first, last = (day and dt.date.fromisoformat(day).toordinal() for day in SPANS[period])
    return first or OPEN_START, last or OPEN_END


def store_of(tables: Tables) -> Store:
    draft = Draft(header=Header(), records=tables)
    return build_store(draft)


def ask(
    store: Store,
    types: tuple[str, ...],
    *,
    only_possible: bool = False,
    **wanted: Any,  # noqa: ANN401
) -> Keys:
    query = resolve(Selection(**wanted), QueryContext(store, types, TODAY))
    sql, values = query.own.sql, query.own.values
    if only_possible and query.window:
        sql, values = f"{sql} AND {query.possible.sql}", values + query.possible.values
    asked = f"SELECT type, id FROM entry WHERE type IN ({', '.join('?' * len(types))}) AND {sql}"  # noqa: S608 - what is tested
    return set(store.rows(asked, (*types, *values)))


@settings(max_examples=300)
@given(CHRONOLOGIES, questions())
def test_sql_finds_what_looking_at_every_record_finds(
    tables: Tables, question: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    types, terms = question
    try:
        found = ask(store_of(tables), types, terms=terms)
    except KoreaError:  # a name, kind or status that these records lack: with it, nothing can be found
        event("refused")
        assert any(not _Obvious(tables).found(types, (term.removeprefix("not:"),)) for term in terms)
    else:
        event(f"{len(found)} found")
        assert found == _Obvious(tables).found(types, terms)


@given(CHRONOLOGIES, questions())
def test_every_term_and_its_negation_divide_what_there_is(
    tables: Tables, question: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    (types, terms), store = question, store_of(tables)
    everything = ask(store, types)
    for term in {term.removeprefix("not:") for term in terms}:
        try:
            found = ask(store, types, terms=(term,))
        except KoreaError as refused:
            with pytest.raises(type(refused)):
                ask(store, types, terms=(f"not:{term}",))
        else:
            surely = ask(store, types, terms=(term,), certain=True) if term.startswith("date:") else found
            assert ask(store, types, terms=(f"not:{term}",)) == everything - surely
            if surely != found:
                assert ask(store, types, terms=(f"not:{term}",), certain=True) == everything - found


@pytest.mark.parametrize("period", sorted(SPANS))
@given(tables=CHRONOLOGIES)
def test_possible_and_certain_agree_with_looking_at_every_date(period: str, tables: Tables) -> None:
    window, types, store = days(period), ("event", "fact"), store_of(tables)
    records = [*tables["events"], *tables["facts"]]
    dates = {(record.type, record.id): dates_of(record) for record in records if dates_of(record)}
    possible = {key for key, each in dates.items() if any(is_possible(date, *window) for date in each)}
    until = last_known(records)
    certain = {key for key, each in dates.items() if all(is_certain(date, *window, until) for date in each)}
    assert ask(store, types, period=period) == possible
    assert ask(store, types, period=period, certain=True) == certain
    assert ask(store, types, period=period, only_possible=True) == possible - certain


ANYTHING = st.text(max_size=20) | st.text(alphabet="'\"%_\\;-=:()?*\x00\x01\ud800\U0010ffff a漢é", max_size=8)


@given(st.sampled_from([*all_filters(), "", "not", "x"]), ANYTHING, TYPES | st.sampled_from([("actor",), ("source",)]))
def test_whatever_is_typed_is_answered_or_refused_in_a_sentence(field: str, value: str, types: tuple[str, ...]) -> None:
    tables: Tables = {
        "sources": [Source(id="s", title="Sigma")],
        "actors": [Actor(id="a", name="Alpha", country="RUS", kind="state")],
        "topics": [Topic(id="t", label="Tau")],
        "events": [Event(id="e", title="Eta", date=parse_stored("2017"), place="Moscow", actors=("a",))],
        "facts": [Fact(id="f", text="Phi")],
    }
    store = store_of(tables)
    everything = ask(store, ALL)
    with suppress(KoreaError):
        assert ask(store, types, terms=(f"{field}:{value}" if field else value,)) <= everything
    assert ask(store, ALL) == everything
