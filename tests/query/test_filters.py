"""Every field one can ask by, each on a small chronology, in the words a person types."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import NO, USAGE, DateError, KoreaError, NotInListError, UnknownNameError, UsageError
from korea_cli.checks.load import load_valid
from korea_cli.dates.days import Day
from korea_cli.model.records import RECORDS
from korea_cli.query.field import ALL, QueryContext
from korea_cli.query.filters import FILTERS
from korea_cli.query.resolve import resolve
from korea_cli.query.selection import Selection
from korea_cli.store.encode_rows import build_store

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.store.database import Store

SMALL = """
[chronology]
kinds = ["Port Call"]

[[actors]]
id = "russia"
name = "Russia"
aliases = ["Moscow"]
kind = "state"
country = "RUS"
[[actors]]
id = "kremlin"
name = "Kremlin"
kind = "institution"
part_of = ["russia"]
country = "RUS"
[[actors]]
id = "putin"
name = "Vladimir Putin"
aliases = ["Путин"]
kind = "person"
part_of = ["kremlin"]
country = "RUS"
[[actors]]
id = "rok"
name = "South Korea"
aliases = ["Republic of Korea"]
kind = "state"
country = "KOR"
[[actors]]
id = "song"
name = "Song Young-gil"
part_of = ["rok"]
role = "Envoy to Russia"
[[actors]]
id = "un"
name = "United Nations"

[[topics]]
id = "missiles"
label = "Missiles and defences"
[[topics]]
id = "thaad"
label = "THAAD"
broader = "missiles"
[[topics]]
id = "thaad-radar"
label = "Its radar"
broader = "thaad"

[[sources]]
id = "tass-1"
title = "A report"
type = "article"
voice = "state-media"
country = "RUS"
container = "TASS, Moscow"
[[sources]]
id = "tass-2"
title = "Another report"
type = "transcript"
voice = "official"
container = "TASS, Moscow"
[[sources]]
id = "press-digest"
title = "Press"
container = "The Diplomat"
voice = "press"
[[sources]]
id = "wex"
title = "On the press"
voice = "press"
country = "USA"

[[events]]
id = "offer"
title = "Putin offers an envoy"
date = "2017-05-25"
date_basis = "year-inferred"
kind = "offer"
actors = ["putin"]
recipients = ["rok"]
via = ["song"]
place = "St Petersburg"
topics = ["thaad-radar"]
status = "reported"
sources = ["tass-1#p1"]
[[events]]
id = "offer-2"
title = "Russia speaks"
date = "2017-06"
date_basis = "stated"
other_dates = [ { date = "2017-08-01", sources = ["wex"] } ]
kind = "Port Call"
actors = ["russia"]
topics = ["missiles"]
status = "confirmed"
place = "New York"
sources = ["tass-2"]
summary = "Of a radar."
[[events]]
id = "reply"
title = "Seoul replies"
date = "2017-06-02"
kind = "statement"
actors = ["rok"]
recipients = ["kremlin"]
place = "서울"
topics = ["thaad"]
status = "disputed"
sources = ["press-digest"]
quote = "We are willing"
note = "By telephone."

[[facts]]
id = "held"
text = "The radar sees far."
kind = "claim"
holders = ["putin"]
reported_by = ["song", "un"]
about = ["rok"]
topics = ["thaad"]
date = "2017-05"
status = "disputed"
sources = ["wex"]
[[facts]]
id = "bare"
text = "Nobody is quoted."
kind = "forecast"
status = "opinion"
"""
TODAY = Day(2017, 7, 8)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path: Path = tmp_path_factory.mktemp("data") / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return build_store(load_valid([str(path)]).draft)


def found(store: Store, *terms: str, types: tuple[str, ...] = ("event",)) -> list[str]:
    own = resolve(Selection(terms=terms), QueryContext(store, types, TODAY, {"event": ("Port Call",)})).own
    marks = ", ".join("?" * len(types))
    sql = f"SELECT id FROM entry WHERE type IN ({marks}) AND {own.sql} ORDER BY seq"  # noqa: S608 - what is tested
    return [id_ for (id_,) in store.rows(sql, (*types, *own.values))]


@pytest.mark.parametrize(
    ("term", "events", "facts"),
    [
        ("actor:putin", ["offer"], ["held"]),
        ("actor:Путин", ["offer"], ["held"]),
        ("actor:kremlin", ["offer", "reply"], ["held"]),
        ("actor:russia", ["offer", "offer-2", "reply"], ["held"]),
        ("actor:moscow", ["offer", "offer-2", "reply"], ["held"]),
        ("actor:=russia", ["offer-2"], []),
        ("actor:=kremlin", ["reply"], []),
        ("actor:song", ["offer"], ["held"]),
        ("actor:rok", ["offer", "reply"], ["held"]),
        ("actor:un", [], ["held"]),
        ("by:russia", ["offer", "offer-2"], ["held"]),
        ("by:=russia", ["offer-2"], []),
        ("by:rok", ["reply"], []),
        ("via:rok", ["offer"], ["held"]),
        ("via:=rok", [], []),
        ("topic:missiles", ["offer", "offer-2", "reply"], ["held"]),
        ("topic:thaad", ["offer", "reply"], ["held"]),
        ("topic:=thaad", ["reply"], ["held"]),
        ("topic:=missiles", ["offer-2"], []),
        ("topic:missiles and", ["offer", "offer-2", "reply"], ["held"]),
        ("country:RUS", ["offer", "offer-2", "reply"], ["held"]),
        ("country:rus", ["offer", "offer-2", "reply"], ["held"]),
        ("country:Russia", ["offer", "offer-2", "reply"], ["held"]),
        ("country:moscow", ["offer", "offer-2", "reply"], ["held"]),
        ("country:south korea", ["offer", "reply"], ["held"]),
        ("country:South-Korea", ["offer", "reply"], ["held"]),
        ("country:republic-of-korea", ["offer", "reply"], ["held"]),
        ("country:=KOR", ["offer", "reply"], ["held"]),
        ("country:USA", [], []),
        ("source:tass-1", ["offer"], []),
        ("source:=tass-1", ["offer"], []),
        ("source:tass", ["offer", "offer-2"], []),
        ("source:TASS, Moscow", ["offer", "offer-2"], []),
        ("source:diplo", ["reply"], []),
        ("source:state-media", ["offer"], []),
        ("source:another rep", ["offer-2"], []),
        ("source:wex", ["offer-2"], ["held"]),
        ("source:w", ["offer-2"], ["held"]),
        ("source:Press", ["reply"], []),  # its title, which wins over the voice
        ("status:disputed", ["reply"], ["held"]),
        ("date:2017-05", ["offer"], ["held"]),
        ("date:2017-08", ["offer-2"], []),
        ("date:may", ["offer"], ["held"]),
        ("date:since june", ["offer-2", "reply"], []),
        ("radar", ["offer", "offer-2"], ["held"]),
        ("text:radar", ["offer", "offer-2"], ["held"]),
        ("vladimir", ["offer"], ["held"]),
        ("republic of kor", ["offer", "reply"], ["held"]),
        ("song", ["offer"], ["held"]),
        ("thaad", ["reply"], ["held"]),
        ("willing", ["reply"], []),
        ("telephone", ["reply"], []),
        ("petersburg", ["offer"], []),
        ("서울", ["reply"], []),
        ("diplomat", [], []),
    ],
)
def test_events_and_facts_are_found_by_it(store: Store, term: str, events: list[str], facts: list[str]) -> None:
    assert found(store, term) == events
    assert found(store, term, types=("fact",)) == facts
    assert found(store, term, types=("event", "fact")) == events + facts


@pytest.mark.parametrize(
    ("term", "events"),
    [
        ("to:russia", ["reply"]),
        ("to:=russia", []),
        ("to:=kremlin", ["reply"]),
        ("to:South Korea", ["offer"]),
        ("kind:offer", ["offer"]),
        ("kind:port call", ["offer-2"]),
        ("kind:PORT CALL", ["offer-2"]),
        ("kind:test", []),
        ("place:petersburg", ["offer"]),
        ("place:st pet", ["offer"]),
        ("place:york", ["offer-2"]),
        ("place:울", ["reply"]),
        ("basis:stated", ["offer-2"]),
        ("basis:Year-Inferred", ["offer"]),
        ("status:confirmed", ["offer-2"]),
        ("id:of", ["offer", "offer-2"]),
        ("id:Offer", ["offer"]),
        ("id:Offer-", ["offer-2"]),
        ("id:=reply", ["reply"]),
        ("id:r", ["reply"]),
    ],
)
def test_events_are_found_by_it(store: Store, term: str, events: list[str]) -> None:
    assert found(store, term) == events


@pytest.mark.parametrize(
    ("term", "facts"),
    [
        ("about:rok", ["held"]),
        ("about:russia", []),
        ("kind:claim", ["held"]),
        ("kind:forecast", ["bare"]),
        ("status:opinion", ["bare"]),
        ("nobody", ["bare"]),
        ("id:held", ["held"]),
    ],
)
def test_facts_are_found_by_it(store: Store, term: str, facts: list[str]) -> None:
    assert found(store, term, types=("fact",)) == facts


@pytest.mark.parametrize(
    ("term", "type_", "ids"),
    [
        ("actor:russia", "actor", ["russia", "kremlin", "putin"]),
        ("actor:=russia", "actor", ["russia"]),
        ("country:RUS", "actor", ["russia", "kremlin", "putin"]),
        ("kind:state", "actor", ["russia", "rok"]),
        ("envoy", "actor", ["song"]),
        ("путин", "actor", ["putin"]),
        ("id:=un", "actor", ["un"]),
        ("topic:thaad", "topic", ["thaad", "thaad-radar"]),
        ("radar", "topic", ["thaad-radar"]),
        ("source:tass", "source", ["tass-1", "tass-2"]),
        ("source:official", "source", ["tass-2"]),
        ("kind:transcript", "source", ["tass-2"]),
        ("kind:press", "source", ["press-digest", "wex"]),
        ("country:USA", "source", ["wex"]),
        ("diplomat", "source", ["press-digest"]),
    ],
)
def test_lists_are_found_by_it(store: Store, term: str, type_: str, ids: list[str]) -> None:
    assert found(store, term, types=(type_,)) == ids


def test_every_type_of_record_is_searched_at_once(store: Store) -> None:
    assert found(store, "press", types=ALL) == ["press-digest", "wex"]
    assert found(store, "kind:press", types=ALL) == ["press-digest", "wex"]
    assert found(store, "radar", types=ALL) == ["thaad-radar", "offer", "offer-2", "held"]
    assert found(store, "topic:=thaad", types=ALL) == ["thaad", "reply", "held"]
    assert found(store, "source:wex", types=ALL) == ["wex", "offer-2", "held"]


def test_an_undated_fact_falls_in_no_span(store: Store) -> None:
    assert found(store, "date:0001..9999", types=("fact",)) == ["held"]
    assert found(store, "not:date:0001..9999", types=("fact",)) == ["bare"]


@pytest.mark.parametrize(
    ("term", "near"),
    [
        ("actor:putn", "putin"),
        ("actor:=putn", "putin"),
        ("by:russa", "russia"),
        ("to:kremlim", "kremlin"),
        ("via:songg", "song"),
        ("topic:thad", "thaad"),
        ("source:tas-1", "tass-1"),
        ("kind:ofer", "offer"),
        ("kind:port-call", "Port Call"),
        ("country:rusia", "RUS"),
        ("country:KRO", "KOR"),
        ("place:new yrok", "New York"),
        ("id:repyl", "reply"),
        ("id:=repl", "reply"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_nearest(store: Store, term: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as refused:
        found(store, term)
    assert refused.value.status == NO
    assert near in [id_ for _, id_ in refused.value.near]
    assert near in str(refused.value)


@pytest.mark.parametrize("field", ["actor", "by", "to", "via", "topic", "kind", "country", "source", "place", "id"])
def test_a_name_near_to_nothing_is_refused_never_an_empty_answer(store: Store, field: str) -> None:
    for term in (f"{field}:zzzzzz", f"not:{field}:zzzzzz"):
        with pytest.raises(UnknownNameError, match="'zzzzzz'") as refused:
            found(store, term)
        assert refused.value.near == ()


def test_a_source_is_not_a_country_and_a_person_is_none(store: Store) -> None:
    for term in ("country:Vladimir Putin", "country:Kremlin", "country:tass-1"):
        with pytest.raises(UnknownNameError):
            found(store, term)


def test_a_kind_of_one_type_is_unknown_to_another(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="kind of event not found: 'claim'"):
        found(store, "kind:claim")
    with pytest.raises(UnknownNameError, match="kind of fact not found: 'port call'"):
        found(store, "kind:port call", types=("fact",))
    assert found(store, "kind:claim", types=("event", "fact")) == ["held"]


@pytest.mark.parametrize(
    ("term", "listed"),
    [
        ("status:confirmd", "confirmed, reported, disputed, withdrawn, unverified"),
        ("basis:guess", "stated, year-inferred"),
    ],
)
def test_a_status_or_basis_that_does_not_exist_lists_those_that_do(store: Store, term: str, listed: str) -> None:
    with pytest.raises(NotInListError, match=listed) as refused:
        found(store, term)
    assert refused.value.status == USAGE


@pytest.mark.parametrize("term", ["date:yesterday's news", "date:2017-13", "date:01/02/2017"])
def test_a_date_that_cannot_be_read_is_refused(store: Store, term: str) -> None:
    with pytest.raises(DateError):
        found(store, term)


HOSTILE = [
    *("'", "''", '"', "%", "_", "%%", "\\", "--", ";", "?", "*", "=", "==", "=%", ":", "::", "=:"),
    *("zq' OR '1' = '1", 'zq" OR 1 = 1', "zq); DROP TABLE entry; --", "%zq%", "z_q", "zq\\"),
    *("\x00", "zq\x00", "\x01", "zq\n", "😀", "zq\udcff", "\udc80", "\u202e", "\U0010ffff"),
    *("zq" * 30_000, "\ufdfa" * 3_000),
]  # fmt: skip


@pytest.mark.parametrize("types", [("event",), ("fact",), ALL])
@pytest.mark.parametrize("field", sorted(FILTERS))
def test_no_value_breaks_the_question_or_is_read_as_sql(store: Store, field: str, types: tuple[str, ...]) -> None:
    everything = found(store, types=types)
    for value in HOSTILE:
        with suppress(KoreaError):
            assert found(store, f"{field}:{value}", types=types) == []
        with suppress(KoreaError):
            assert found(store, f"not:{field}:{value}", types=types) == everything
    assert found(store, types=types) == everything


def test_a_word_that_means_something_to_sql_is_looked_for_and_not_found(store: Store) -> None:
    assert found(store, "text:\"zq' OR '1' = '1\"") == []
    assert found(store, "not:text:\"zq' OR '1' = '1\"") == ["offer", "offer-2", "reply"]


def test_a_place_without_a_word_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="contains no word"):
        found(store, "place:!!")


def test_every_field_says_what_it_means_and_of_which_records() -> None:
    types = {record.type for record in RECORDS}
    assert set(ALL) == types
    for each in FILTERS.values():
        assert each.help
        assert set(each.types) <= types
