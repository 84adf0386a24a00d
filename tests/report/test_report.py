"""A report says what was asked, as it was understood, and keeps the columns that were chosen."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import OK, USAGE, NotInListError
from korea_cli.chronology.opening import open_chronology
from korea_cli.query.selection import Selection
from korea_cli.report.report import Report, head_of, listing, query_of
from korea_cli.report.sections import Count, counts

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.chronology import Chronology

FILE = """
[chronology]
title = "Small"
as_of = "2017-07-08"
[[actors]]
id = "a"
name = "Alpha"
[[events]]
id = "day"
title = "One day red"
date = "2017-05-25"
actors = ["a"]
[[events]]
id = "month"
title = "One month red"
date = "2017-05"
[[facts]]
id = "f"
text = "It is red."
"""
QUERY_KEYS = [
    "terms", "from", "to", "year_assumed", "around", "known_by", "certain", "with_withdrawn", "today", "limit",
    "reverse", "sort", "fields", "arguments",
]  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "small.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def chronology(file: Path) -> Chronology:
    return open_chronology(file)


def timeline(chronology: Chronology, *terms: str, **asked: Any) -> Report:  # noqa: ANN401 - those of Selection
    answer = chronology.events(Selection(terms=terms, **asked))
    return listing("timeline", chronology, answer, "timeline", ("date", "id", "title", "actors"))


def searched(chronology: Chronology, *terms: str) -> Report:
    answer = chronology.search(Selection(terms=terms))
    return listing("search", chronology, answer, "records", ("type", "id", "title", "text"))


def query(chronology: Chronology, *terms: str, **asked: Any) -> dict[str, Any]:  # noqa: ANN401
    told = query_of(timeline(chronology, *terms, **asked).query, {})
    assert isinstance(told, dict)
    assert list(told) == QUERY_KEYS
    return told


# ---------------------------------------------------------------- the query as understood


def test_a_query_of_nothing_says_so(chronology: Chronology) -> None:
    assert query(chronology) == {
        "terms": [], "from": None, "to": None, "year_assumed": False, "around": None, "known_by": None,
        "certain": False, "with_withdrawn": False, "today": "2017-07-08", "limit": None, "reverse": False, "sort": None,
        "fields": None, "arguments": {},
    }  # fmt: skip


def test_what_selects_no_records_has_the_same_keys(chronology: Chronology) -> None:
    assert query_of(None, {"style": "apa"}) == query(chronology) | {"today": None, "arguments": {"style": "apa"}}


def test_a_query_tells_its_terms_as_typed_those_of_options_too(chronology: Chronology) -> None:
    told = query(chronology, "ALPHA", "not: Kind:test", "one  day", actors=("Alpha",), kinds=("test",))
    assert told["terms"] == ["ALPHA", "not: Kind:test", "one  day", "actor:Alpha", "kind:test"]


def test_a_query_tells_its_settings(chronology: Chronology) -> None:
    told = query(chronology, period="2016", certain=True, limit=0, reverse=True, sort="Title", today="2016-02")
    assert [told[key] for key in ("certain", "limit", "reverse", "sort", "today")] == [
        *(True, 0, True, "Title"),
        "2016-02-29",
    ]


@pytest.mark.parametrize(
    ("asked", "ends", "words"),
    [
        ({"period": "2017-05"}, ("2017-05-01", "2017-05-31", False), "1 May 2017 to 31 May 2017"),
        ({"period": "2017-05-25"}, ("2017-05-25", "2017-05-25", False), "25 May 2017"),
        ({"since": "2017-05"}, ("2017-05-01", None, False), "since 1 May 2017"),
        ({"until": "2017-05"}, (None, "2017-05-31", False), "until 31 May 2017"),
        ({"since": "2016", "until": "2017-05"}, ("2016-01-01", "2017-05-31", False), "1 Jan 2016 to 31 May 2017"),
        ({"period": "july 4"}, ("2017-07-04", "2017-07-04", True), "4 Jul 2017 (year assumed)"),
        ({"since": "december"}, ("2016-12-01", None, True), "since 1 Dec 2016 (year assumed)"),
        ({"until": "may", "today": "2016-06-01"}, (None, "2016-05-31", True), "until 31 May 2016 (year assumed)"),
        ({"since": "december", "until": "2017-02"}, ("2016-12-01", "2017-02-28", False), "1 Dec 2016 to 28 Feb 2017"),
    ],
)
def test_the_window_is_told_in_days_and_in_words(
    chronology: Chronology, asked: dict[str, Any], ends: tuple[str | None, str | None, bool], words: str
) -> None:
    told = query(chronology, **asked)
    assert (told["from"], told["to"], told["year_assumed"]) == ends
    assert timeline(chronology, **asked).window == words


def test_without_a_window_there_are_no_words_for_it(chronology: Chronology) -> None:
    assert timeline(chronology, "date:2017-05").window is None


# ---------------------------------------------------------------- the head


def test_the_head_says_which_program_and_file_answered_and_how_much(chronology: Chronology, file: Path) -> None:
    told = head_of(timeline(chronology, "red", limit=1))
    assert list(told) == ["schema_version", "command", "chronology", "query", "count", "matched"]
    assert (told["schema_version"], told["command"], told["count"], told["matched"]) == (2, "timeline", 1, 2)
    digest = sha256(file.read_bytes()).hexdigest()
    assert told["chronology"] == {
        "title": "Small", "as_of": "2017-07-08", "files": [{"path": str(file), "sha256": digest}],
    }  # fmt: skip
    assert told["query"] == query(chronology, "red", limit=1)


def test_a_file_that_says_nothing_of_itself_has_nulls_in_the_head(tmp_path: Path) -> None:
    path = tmp_path / "bare.toml"
    path.write_text(FILE[FILE.index("[[actors]]") :], "utf-8")
    told: Any = head_of(timeline(open_chronology(path, today=dt.date(2026, 1, 1)), "red"))
    assert (told["chronology"]["title"], told["chronology"]["as_of"]) == (None, None)
    assert told["query"]["today"] == "2017-05-31"  # the last day of its last event


# ---------------------------------------------------------------- what was found


def test_a_list_is_named_after_what_it_holds(chronology: Chronology) -> None:
    everything = Selection()
    lists: list[tuple[str, Any]] = [
        *(("events", chronology.events()), ("facts", chronology.facts()), ("actors", chronology.actors())),
        *(("topics", chronology.topics()), ("sources", chronology.sources())),
        ("results", chronology.search(everything)),
        ("results", chronology.records(["day"])),
        ("actors", chronology.records(["a"], everything, "actor")),
    ]
    for key, answer in lists:
        (section,) = listing("x", chronology, answer, "records", ("id",)).sections
        assert section.key == key


def test_a_report_counts_what_it_lists(chronology: Chronology) -> None:
    assert timeline(chronology).counted == "2 events"
    assert timeline(chronology, limit=1).counted == "1 event"
    assert timeline(chronology, limit=0).counted == "0 events"
    assert searched(chronology, "alpha").counted == "2 results"
    assert searched(chronology, "day").counted == "1 result"
    report = timeline(chronology, period="2017-05-25", limit=1)
    assert (report.listed, report.matched, report.status) == (1, 2, OK)
    assert report.possible == (1, 1, "")
    assert timeline(chronology, period="2017-05-25", limit=1, reverse=True).possible == (0, 1, "")
    assert timeline(chronology, period="2017-05-25").possible == (1, 2, "")


def test_nothing_found_is_said_with_what_was_asked(chronology: Chronology) -> None:
    assert timeline(chronology, "blue").nothing == "no events match (timeline, blue)"
    assert timeline(chronology, since="2018", actors=("a",)).nothing == (
        "no events match (timeline, actor:a, since 1 Jan 2018)"
    )
    assert searched(chronology, "blue").nothing == "no results match (search, blue)"


# ---------------------------------------------------------------- chosen columns


def told(report: Report) -> list[dict[str, Any]]:
    (section,) = report.sections
    return [{column.key: column.value(row) for column in section.columns[row.type]} for row in section.rows]


def test_only_the_chosen_columns_are_kept_in_the_order_chosen(chronology: Chronology) -> None:
    report = timeline(chronology).only(["title", "id"])
    assert report.keys == ("title", "id")
    assert [list(each.items()) for each in told(report)] == [
        [("title", "One month red"), ("id", "month")],
        [("title", "One day red"), ("id", "day")],
    ]
    assert report.sections[0].plain == ("title", "id")


def test_a_column_chosen_twice_is_kept_once(chronology: Chronology) -> None:
    report = timeline(chronology).only(["id", "title", "id"])
    (section,) = report.sections
    assert (report.keys, section.plain) == (("id", "title"), ("id", "title"))
    assert [column.key for column in section.columns["event"]] == ["id", "title"]


def test_each_type_keeps_those_of_the_chosen_columns_that_it_has(chronology: Chronology) -> None:
    report = searched(chronology, "red").only(["text", "id", "title"])
    assert sorted(map(list, told(report))) == [["id", "title"], ["id", "title"], ["text", "id"]]


@pytest.mark.parametrize("key", ["titel", "", "Title", "help", "holders"])
def test_a_column_that_there_is_not_is_refused_with_those_there_are(chronology: Chronology, key: str) -> None:
    report = timeline(chronology)
    with pytest.raises(NotInListError, match="unknown field") as refused:
        report.only(["id", key])
    assert (refused.value.word, refused.value.allowed) == (key, (*report.keys, "all"))
    assert refused.value.status == USAGE


def test_a_section_without_any_of_the_chosen_columns_is_left_out(chronology: Chronology) -> None:
    report = timeline(chronology)
    rows = [Count(by="kind", value="test", label="test", event_count=2)]
    both = Report(
        command="x", header=report.header, documents=(), listed=2, matched=2,
        sections=(*report.sections, counts("kinds", "By kind", rows)),
    )  # fmt: skip
    assert [section.key for section in both.only(["title"]).sections] == ["events"]
    assert [section.key for section in both.only(["label", "title"]).sections] == ["events", "kinds"]
    assert [section.key for section in both.only(["by"]).sections] == ["kinds"]
    assert both.keys == tuple(
        dict.fromkeys((*report.keys, "type", "by", "value", "label", "event_count", "fact_count", "possible"))
    )


def test_counts_have_their_columns() -> None:
    section = counts("kinds", "By kind", iter([Count(by="kind", value="", label="none", fact_count=3)]))
    (row,) = section.rows
    assert {column.key: column.value(row) for column in section.columns[row.type]} == {
        "type": "count", "by": "kind", "value": None, "label": "none", "event_count": 0, "fact_count": 3, "possible": 0,
    }  # fmt: skip
    assert list(section.rows) == [row]  # they can be read again
