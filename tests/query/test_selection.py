"""Terms combine by one rule, windows tell possible from certain, and what an analyst asks is answered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import (
    NO,
    USAGE,
    ConflictError,
    DateError,
    NotInListError,
    UnknownNameError,
    UsageError,
)
from korea_cli.checks.load import load_valid
from korea_cli.dates.days import Day
from korea_cli.query.field import ALL, DATED, QueryContext
from korea_cli.query.fields import canonical, fields_for
from korea_cli.query.filters import FILTERS
from korea_cli.query.resolve import Query, resolve, today_meant
from korea_cli.query.selection import Selection
from korea_cli.store.encode_rows import build_store

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.store.database import Store

TODAY = Day(2017, 7, 8)
DATES = """
[[actors]]
id = "a"
name = "Alpha"
[[actors]]
id = "b"
name = "Beta"
part_of = ["a"]
[[actors]]
id = "c"
name = "Gamma"
[[topics]]
id = "t"
label = "Tau"
[[events]]
id = "day"
title = "One day red"
date = "2017-05-25"
actors = ["a"]
topics = ["t"]
[[events]]
id = "month"
title = "One month green"
date = "2017-05"
actors = ["b"]
[[events]]
id = "about"
title = "About a day red green"
date = "2017-05-25~"
actors = ["c"]
recipients = ["a"]
topics = ["t"]
[[events]]
id = "since"
title = "Since April"
date = "2016-04/.."
[[events]]
id = "ended"
title = "Ended at some time"
date = "2016-04/"
[[events]]
id = "until"
title = "Until 2015"
date = "../2015"
[[events]]
id = "stretch"
title = "A stretch"
date = "2017-05-24/2017-05-26"
[[events]]
id = "either"
title = "Either day"
date = "[2017-05-24,2017-05-26]"
[[events]]
id = "told-twice"
title = "Told with two dates"
date = "2017-05-25"
other_dates = [ { date = "2017-06-01", sources = ["s"] } ]
[[facts]]
id = "undated"
text = "Without a day"
holders = ["a"]
[[sources]]
id = "s"
title = "Sigma"
"""
EVENTS = ["day", "month", "about", "since", "ended", "until", "stretch", "either", "told-twice"]


@pytest.fixture(scope="module")
def dates(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path: Path = tmp_path_factory.mktemp("data") / "dates.toml"
    path.write_text(DATES, encoding="utf-8")
    return build_store(load_valid([str(path)]).draft)


@pytest.fixture(scope="module")
def record() -> Store:
    return build_store(load_valid(["builtin"]).draft)


def understood(store: Store, *terms: str, types: tuple[str, ...] = ("event",), **settings: Any) -> Query:  # noqa: ANN401 - those of Selection
    return resolve(Selection(terms=terms, **settings), QueryContext(store, types, TODAY))


def found(store: Store, *terms: str, types: tuple[str, ...] = ("event",), **settings: Any) -> list[str]:  # noqa: ANN401
    own = understood(store, *terms, types=types, **settings).own
    sql = f"SELECT id FROM entry WHERE type IN ({', '.join('?' * len(types))}) AND {own.sql} ORDER BY seq"  # noqa: S608 - what is tested
    return [id_ for (id_,) in store.rows(sql, (*types, *own.values))]


def only_possible(store: Store, **settings: Any) -> list[str]:  # noqa: ANN401
    query = understood(store, **settings)
    assert query.window
    sql = f"SELECT id FROM entry WHERE type = 'event' AND {query.own.sql} AND {query.possible.sql} ORDER BY seq"  # noqa: S608 - what is tested
    return [id_ for (id_,) in store.rows(sql, (*query.own.values, *query.possible.values))]


def test_without_terms_everything_is_found(dates: Store) -> None:
    assert found(dates) == EVENTS
    assert found(dates, types=DATED) == [*EVENTS, "undated"]


def test_terms_of_the_same_field_are_alternatives(dates: Store) -> None:
    assert found(dates, "actor:c", "actor:=b") == ["month", "about"]
    assert found(dates, "id:=day", "id:=since") == ["day", "since"]


def test_different_fields_must_all_hold(dates: Store) -> None:
    assert found(dates, "actor:a", "topic:t") == ["day", "about"]
    assert found(dates, "by:a", "topic:t") == ["day"]
    assert found(dates, "actor:c", "actor:=b", "topic:t") == ["about"]
    assert found(dates, "by:c", "to:a", "topic:t") == ["about"]
    assert found(dates, "by:a", "to:a") == []


def test_several_bare_words_must_all_be_found(dates: Store) -> None:
    assert found(dates, "red", "green") == ["about"]
    assert found(dates, "text:red", "green") == ["about"]
    assert found(dates, "text:red", "text:green") == ["about"]
    assert found(dates, "day") == ["day", "about", "either"]
    assert found(dates, "day", "red", "topic:t") == ["day", "about"]


def test_a_quoted_argument_with_blanks_is_a_phrase(dates: Store) -> None:
    assert found(dates, "red green") == ["about"]
    assert found(dates, "green red") == []
    assert found(dates, "one mon") == ["month"]


def test_a_phrase_may_have_a_colon_in_it(dates: Store) -> None:
    assert found(dates, "a day: red") == ["about"]
    assert found(dates, "not:a day: red") == [id_ for id_ in EVENTS if id_ != "about"]


def test_not_excludes(dates: Store) -> None:
    assert found(dates, "not:actor:a") == ["since", "ended", "until", "stretch", "either", "told-twice"]
    assert found(dates, "not:actor:=a") == ["month", "since", "ended", "until", "stretch", "either", "told-twice"]
    assert found(dates, "actor:a", "not:by:=a") == ["month", "about"]
    assert found(dates, "not:actor:a", "not:either") == ["since", "ended", "until", "stretch", "told-twice"]
    assert found(dates, "red", "not:green") == ["day"]
    assert found(dates, "not:red green") == [id_ for id_ in EVENTS if id_ != "about"]


def test_not_excludes_each_of_several(dates: Store) -> None:
    assert found(dates, "not:red", "not:green", "not:s", "not:told", "not:e", "not:until") == []
    assert found(dates, "not:red", "not:green") == ["since", "ended", "until", "stretch", "either", "told-twice"]


def test_not_not_is_as_nothing(dates: Store) -> None:
    assert found(dates, "not:not:red") == ["day", "about"]
    assert found(dates, "NOT:red", "not:not:green") == ["month"]


def test_the_same_term_twice_is_the_same_term(dates: Store) -> None:
    assert found(dates, *["red"] * 600) == found(dates, "red") == ["day", "about"]


@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        ("actors", "actor", "a"),
        ("actors", "actor", "=a"),
        ("topics", "topic", "t"),
        ("kinds", "kind", "test"),
        ("sources", "source", "s"),
        ("statuses", "status", "reported"),
    ],
)
def test_an_option_is_exactly_its_term(dates: Store, option: str, field: str, value: str) -> None:
    settings: dict[str, Any] = {option: (value,)}
    assert understood(dates, **settings).own == understood(dates, f"{field}:{value}").own


def test_terms_and_options_of_a_field_are_alternatives_together(dates: Store) -> None:
    assert found(dates, "actor:c", actors=("=b",)) == ["month", "about"]
    assert found(dates, "topic:t", actors=("=b", "c")) == ["about"]
    assert found(dates, "not:actor:c", actors=("a",)) == ["day", "month"]


def test_a_field_is_known_in_any_case_and_with_blanks_around_it(dates: Store) -> None:
    for term in ("Actor:C", " actor:c", "actor: c", "actor :c", "not:not:ACTOR:c"):
        assert found(dates, term) == ["about"]


def test_an_unknown_field_lists_the_fields(dates: Store) -> None:
    with pytest.raises(NotInListError) as refused:
        found(dates, "acter:a")
    assert refused.value.status == USAGE
    assert str(refused.value) == "unknown field 'acter'. Did you mean 'actor'?"
    assert refused.value.allowed == fields_for(("event",))
    with pytest.raises(NotInListError, match=r"Fields here: text, actor, by, to, .* and more \(korea help QUERY\)"):
        found(dates, "xyzzy:a")
    with pytest.raises(NotInListError):
        found(dates, "not:acter:a")


def test_a_field_of_other_records_is_unknown(dates: Store) -> None:
    for term, type_ in (("about:a", "event"), ("to:a", "fact"), ("basis:stated", "fact"), ("place:x", "fact")):
        with pytest.raises(NotInListError, match="unknown field"):
            found(dates, term, types=(type_,))


@pytest.mark.parametrize("term", ["actor:", "actor: ", "actor:=", "actor:= ", "date:", "id:", "not:topic:", "text:"])
def test_a_field_without_a_value_is_refused(dates: Store, term: str) -> None:
    with pytest.raises(UsageError, match="has no value"):
        found(dates, term)


@pytest.mark.parametrize("term", ["", " ", "not:", "not: ", "!", "text:!", "not:!"])
def test_a_term_without_a_word_is_refused(dates: Store, term: str) -> None:
    with pytest.raises(UsageError, match="contains no word"):
        found(dates, term)


def test_an_empty_option_is_refused(dates: Store) -> None:
    with pytest.raises(UsageError, match="has no value"):
        found(dates, actors=("",))


def test_more_terms_than_sql_takes_are_refused(dates: Store) -> None:
    assert found(dates, *(f"not:zq{number}" for number in range(490)), "red") == ["day", "about"]
    with pytest.raises(UsageError, match="too many terms: 600"):
        found(dates, *(f"zq{number}" for number in range(600)))


RELATIONS = {"event": ["answers", "answered-by"], "fact": ["about-event", "disputes"]}
NUMBERS = ["disputed-by", "only", "sources", "voices", "has", "no", "precision", "begins", "ends", "known-since"]
HIDING, WITHDRAWAL = ["distinct_from", "private", "embargo"], ["withdrawn", "withdrawn_reason"]
KEYS = {
    "event": [
        *(
            "title",
            "date_text",
            "date_basis",
            "time",
            "timezone",
            "summary",
            "responds_to",
            "withdrawn",
            "withdrawn_reason",
            "quote",
            "note",
            *HIDING,
        ),
        "key",
    ],
    "fact": [*WITHDRAWAL, "note", *HIDING, "hedged", "outcome"],
    "actor": ["note", *HIDING, "name", "aliases", "role", "part_of", "affiliation", "wikidata"],
    "topic": ["note", *HIDING, "aliases", "label", "broader"],
}
OF_SOURCES = [
    *("source_type", "voice", "authors", "container", "publisher", "original", "number", "issued", "url"),
    *("archive_url", "doi", "isbn", "accessed", "document", "sha256", "language"),
]  # fmt: skip


def test_each_type_has_its_fields_and_lists_have_them_all() -> None:
    common = {
        "event": [name for name in FILTERS if name not in {"about", "holder"}],
        "fact": [name for name in FILTERS if name not in {"to", "place", "basis"}],
    }
    for type_, fields in common.items():
        assert list(fields_for((type_,))) == [*fields, *RELATIONS[type_], *NUMBERS, *KEYS[type_], *OF_SOURCES]
    of_lists = dict.fromkeys((*FILTERS, *fields_for(DATED), "events", "facts", *KEYS["actor"], *KEYS["topic"]))
    keys_of_lists = dict.fromkeys((*KEYS["actor"], *KEYS["topic"])).keys() - fields_for(DATED)
    for type_ in ("actor", "topic", "source"):
        others = keys_of_lists - set(KEYS.get(type_, ()))
        assert sorted(fields_for((type_,))) == sorted(of_lists.keys() - others)
    assert sorted(fields_for(ALL)) == sorted(of_lists)


@pytest.mark.parametrize("field", ["Known_Since", "known-since", "archive-url", "ARCHIVE_URL", "answered_by"])
def test_a_field_may_be_written_with_either_sign_between_its_words(dates: Store, field: str) -> None:
    value = "day" if field == "answered_by" else "2016"
    assert found(dates, f"{field}:{value}") == found(dates, f"{canonical(field.casefold())}:{value}")


@pytest.mark.parametrize(
    ("period", "certain", "possible"),
    [
        ("2017-05-25", ["day", "since", "stretch"], ["month", "about", "ended", "either", "told-twice"]),
        ("2017-05", ["day", "month", "since", "stretch", "either"], ["about", "ended", "told-twice"]),
        ("2017-05-25..2017-06-01", ["day", "since", "stretch", "told-twice"], ["month", "about", "ended", "either"]),
        ("2017-06", [], ["since", "ended", "told-twice"]),  # ongoing is known up to the last day there is
        ("2017-05-31", ["since"], ["month", "ended"]),
        ("2015", ["until"], []),
        ("2016-04", ["since", "ended"], []),
        ("2016-04-15", [], ["since", "ended"]),
        ("1900", ["until"], []),
        ("since 2017-05-26", ["since", "stretch"], ["month", "ended", "either", "told-twice"]),
        ("until 2016", ["since", "ended", "until"], []),
    ],
)
def test_a_window_tells_certain_from_possible(
    dates: Store, period: str, certain: list[str], possible: list[str]
) -> None:
    both = [id_ for id_ in EVENTS if id_ in {*certain, *possible}]
    assert found(dates, period=period) == both
    assert found(dates, period=period, certain=True) == certain
    assert only_possible(dates, period=period) == possible
    assert only_possible(dates, period=period, certain=True) == []


def test_a_date_term_selects_like_a_window_but_is_none(dates: Store) -> None:
    assert found(dates, "date:2017-06") == found(dates, period="2017-06")
    assert found(dates, "date:2017-06", certain=True) == found(dates, period="2017-06", certain=True)
    assert understood(dates, "date:2017-06").window is None
    assert understood(dates, "date:2017-06").limits_time
    assert not understood(dates, "red").limits_time
    assert found(dates, "not:date:2016..2017") == ["about", "until"]
    assert found(dates, "not:date:2016..2017", certain=True) == ["until"]
    assert found(dates, "date:2015", "date:2017-06") == ["since", "ended", "until", "told-twice"]


def test_only_settings_make_a_window(dates: Store) -> None:
    query = understood(dates, period="2017-05")
    assert query.window == (dt.date(2017, 5, 1).toordinal(), dt.date(2017, 5, 31).toordinal(), False)
    assert query.today == TODAY
    assert understood(dates).window is None
    with pytest.raises(ConflictError):
        found(dates, certain=True)


@pytest.mark.parametrize(
    ("settings", "first", "last", "assumed"),
    [
        ({"since": "2017-05"}, "2017-05-01", None, False),
        ({"until": "2017-05"}, None, "2017-05-31", False),
        ({"since": "2016", "until": "2017"}, "2016-01-01", "2017-12-31", False),
        ({"since": "2016-04", "until": "2016-04"}, "2016-04-01", "2016-04-30", False),
        ({"since": "july 4"}, "2017-07-04", None, True),
        ({"until": "december"}, None, "2016-12-31", True),
        ({"since": "december", "until": "2017-02"}, "2016-12-01", "2017-02-28", False),
        ({"since": "2015-11", "until": "february"}, "2015-11-01", "2016-02-29", False),
        ({"since": "july 1", "until": "july 20"}, "2017-07-01", "2017-07-20", True),
        ({"since": "dec", "until": "jan"}, "2016-12-01", "2017-01-31", True),
        ({"since": "2016..2017", "until": "may"}, "2016-01-01", "2017-05-31", True),
        ({"period": "2017Q2"}, "2017-04-01", "2017-06-30", False),
        ({"period": "july 4"}, "2017-07-04", "2017-07-04", True),
    ],
)
def test_the_window_that_is_meant(
    dates: Store, settings: dict[str, Any], first: str | None, last: str | None, *, assumed: bool
) -> None:
    window = understood(dates, **settings).window
    assert window is not None
    ends = [None if day is None else dt.date.fromordinal(day).isoformat() for day in window[:2]]
    assert (*ends, window.year_assumed) == (first, last, assumed)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"since": "2017-07", "until": "2017-05"}, "'until 2017-05' is before 'since 2017-07'"),
        ({"since": "2017-07-10", "until": "july 4"}, "'until july 4' is before 'since 2017-07-10'"),
        ({"since": "until 2016"}, "has no first day"),
        ({"until": "since 2016"}, "has no last day"),
        ({"period": "nonsense"}, "'nonsense' is not a date"),
        ({"period": ""}, "'' is not a date"),
        ({"since": ""}, "'' is not a date"),
    ],
)
def test_a_window_that_cannot_be_is_refused(dates: Store, settings: dict[str, Any], reason: str) -> None:
    with pytest.raises((DateError, ConflictError), match=reason):
        understood(dates, **settings)


@pytest.mark.parametrize("end", ["since", "until"])
def test_a_period_and_an_end_cannot_be_used_together(end: str, dates: Store) -> None:
    ends: dict[str, Any] = {end: "2016"}
    with pytest.raises(ConflictError, match=f"'period 2017' and '{end} 2016' cannot be used together"):
        understood(dates, period="2017", **ends)


def test_a_limit_is_not_negative(dates: Store) -> None:
    assert understood(dates, limit=0).selection.limit == 0
    with pytest.raises(UsageError, match="must be 0 or more, not -1"):
        understood(dates, limit=-1)


CLOCK, FEBRUARY, JULY = Day(2026, 3, 1), dt.date(2016, 2, 1).toordinal(), dt.date(2017, 7, 8).toordinal()


@pytest.mark.parametrize(
    ("as_of", "stated", "last", "today"),
    [
        (None, None, None, "2026-03-01"),
        (None, None, JULY, "2017-07-08"),
        (None, None, dt.date(2030, 1, 1).toordinal(), "2026-03-01"),
        (None, FEBRUARY, JULY, "2016-02-01"),
        ("2017-05", FEBRUARY, JULY, "2017-05-31"),
        ("yesterday", FEBRUARY, JULY, "2016-01-31"),
        ("may 2015", None, None, "2015-05-31"),
    ],
)
def test_today_is_the_day_given_else_the_files_own_else_the_last_event(
    as_of: str | None, stated: int | None, last: int | None, today: str
) -> None:
    assert str(today_meant(as_of, stated, last, CLOCK)) == today


def test_today_must_be_a_day() -> None:
    with pytest.raises(DateError, match="has no last day"):
        today_meant("since 2016", None, None, CLOCK)


def counted(store: Store, query: Query) -> list[str] | None:
    if query.counted is None:
        return None
    sql = f"SELECT id FROM entry WHERE type IN ('event', 'fact') AND {query.counted.sql} ORDER BY seq"  # noqa: S608 - what is tested
    return [id_ for (id_,) in store.rows(sql, query.counted.values)]


def test_a_list_without_terms_counts_everything(dates: Store) -> None:
    query = understood(dates, types=("actor",))
    assert query.counted is None
    assert found(dates, types=("actor",)) == ["a", "b", "c"]


def test_terms_on_the_list_itself_leave_the_counts_alone(dates: Store) -> None:
    query = understood(dates, "actor:a", "not:beta", types=("actor",))
    assert query.counted is None
    assert found(dates, "actor:a", "not:beta", types=("actor",)) == ["a"]


def test_terms_on_events_and_facts_say_what_a_list_counts(dates: Store) -> None:
    query = understood(dates, "topic:t", "actor:a", types=("actor",))
    assert counted(dates, query) == ["day", "about"]
    assert found(dates, "topic:t", "actor:a", types=("actor",)) == ["a", "b"]
    assert counted(dates, understood(dates, "not:actor:a", types=("topic",))) == [
        *("since", "ended", "until", "stretch", "either", "told-twice")
    ]
    assert counted(dates, understood(dates, "by:a", types=("source",))) == ["day", "month", "undated"]


def test_a_window_says_what_a_list_counts(dates: Store) -> None:
    assert counted(dates, understood(dates, period="2015", types=("actor",))) == ["until"]
    query = understood(dates, "actor:a", period="2017-05-25", certain=True, types=("topic",))
    assert counted(dates, query) == ["day"]


def test_what_a_list_counts_may_be_asked_by_any_field(dates: Store) -> None:
    for term in ("to:a", "about:a", "date:2017", "status:reported", "basis:stated", "source:s"):
        assert counted(dates, understood(dates, term, types=("topic",))) is not None
    with pytest.raises(UnknownNameError, match="kind of event or fact"):
        understood(dates, "kind:zzzzzz", types=("topic",))


def test_what_putin_says_about_thaad(record: Store) -> None:
    said = {"putin-thaad-artillery-remark", "putin-uses-thaad-friction", "putin-thaad-remarks"}
    assert set(found(record, "by:putin", "topic:thaad")) == said
    assert set(found(record, "by:putin", "thaad")) == said
    assert set(found(record, "by:putin", topics=("thaad",))) == said
    assert found(record, "by:Путин", "topic:THAAD") == found(record, "by:putin", "topic:thaad")
    assert found(record, "by:putin", "topic:thaad", types=("fact",))


def test_everything_between_russia_and_south_korea_from_april_to_july_2017(record: Store) -> None:
    window: dict[str, Any] = {"since": "2017-04", "until": "2017-07"}
    between = found(record, "actor:russia", "country:South Korea", **window)
    assert {"putin-song-meeting", "moon-on-russia-cooperation", "putin-thaad-remarks"} <= set(between)
    assert not {"lavrov-wang-six-party", "trump-putin-meeting", "hwasong-14-launch"} & set(between)
    assert between == [id_ for id_ in found(record, "actor:russia", **window) if id_ in found(record, "actor:rok")]
    surely = found(record, "actor:russia", "country:KOR", **window, certain=True)
    assert set(surely) < set(between)
    assert "kremlin-answers-moon" in surely
    assert "putin-courts-seoul" not in surely


def test_a_name_in_hangul_finds_all_that_has_to_do_with_its_bearer(record: Store) -> None:
    assert found(record, "문재인") == found(record, "actor:문재인") == found(record, "actor:moon-jae-in")
    assert "moon-inauguration" in found(record, "문재")
    assert not set(found(record, "문재인", "not:moon-jae")) - set(found(record, "문재인"))


def test_who_calls_the_launch_an_icbm_and_who_does_not(record: Store) -> None:
    calls = found(record, "topic:icbm", "kind:statement", "country:USA")
    assert "tillerson-icbm-statement" in calls
    rejects = found(record, "topic:icbm", "kind:rejection", "by:russia")
    assert rejects == ["russia-rejects-icbm-label", "russia-objects-un-text-july"]
    assert "russia-mod-medium-range" in found(record, "topic:missile-tests", "by:russia")


def test_what_rests_on_state_media_and_is_disputed(record: Store) -> None:
    disputed = found(record, "source:state-media", "status:disputed")
    assert "matsegora-han-meeting" in disputed
    assert set(disputed) == set(found(record, sources=("state-media",))) & set(found(record, statuses=("disputed",)))


@pytest.mark.parametrize(
    ("term", "inside", "outside"),
    [
        ("missile", "thaad-launcher-probe", "moon-inauguration"),
        ("us", "us-russia-tension-rises", "lavrov-wang-six-party"),
        ("U.S.", "rok-keeps-drilling", "lavrov-wang-six-party"),
        ("actor:russia", "safronkov-haley-clash", "moon-inauguration"),
        ("actor:=russia", "russia-rejects-icbm-label", "safronkov-haley-clash"),
        ("actor:Moscow", "putin-song-meeting", "moon-inauguration"),
        ("topic:missile-tests", "hwasong-14-launch", "moon-inauguration"),
        ("place:moscow", "putin-song-meeting", "moon-inauguration"),
        ("basis:year-inferred", "putin-emissary-offer", "putin-song-meeting"),
        ("via:song-young-gil", "putin-emissary-offer", "putin-song-meeting"),
        ("date:2017-05-24", "putin-emissary-offer", "hwasong-14-launch"),
    ],
)
def test_the_built_in_record_answers(record: Store, term: str, inside: str, outside: str) -> None:
    events = found(record, term)
    assert inside in events
    assert outside not in events
    surely_not = found(record, f"not:{term}", certain=term.startswith("date:"))
    assert sorted(events + surely_not) == sorted(found(record))


def test_two_people_called_moon_are_told_apart(record: Store) -> None:
    with pytest.raises(UnknownNameError, match="moon-jae-in") as unknown:
        found(record, "actor:moon jae inn")
    assert unknown.value.status == NO
    assert found(record, "by:moon-chung-in") == ["moon-chung-in-on-drills"]


@pytest.mark.parametrize("key", ["title", "date_text", "url"])
def test_half_a_letter_is_in_no_text(key: str, record: Store) -> None:
    types = ("source",) if key == "url" else ("event",)
    assert found(record, f"{key}:zzq\ud800", types=types) == []  # as the command line may have one
