"""The options of a record are its keys, read off the model."""

from __future__ import annotations

import pytest

from korea_cli.ingest.adding.options import options_for
from korea_cli.ingest.names.values import parse_other_date
from korea_cli.model.records import RECORDS, Event, Record, written_keys


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.type)
def test_every_key_that_a_file_may_write_has_an_option_of_its_own(record: type[Record]) -> None:
    flags = options_for(record)
    assert [flag.name for flag in flags] == list(written_keys(record))
    assert len({flag.spellings for flag in flags}) == len(flags)


def test_a_list_is_given_one_by_one_so_its_option_is_singular() -> None:
    spelled = {flag.name: flag.spellings[0] for record in RECORDS for flag in options_for(record) if flag.repeats}
    assert spelled == {
        "authors": "--author", "aliases": "--alias", "part_of": "--part-of", "other_dates": "--other-date",
        "actors": "--actor", "recipients": "--recipient", "via": "--via", "topics": "--topic",
        "responds_to": "--responds-to", "disputed_by": "--disputed-by", "sources": "--source", "holders": "--holder",
        "reported_by": "--reported-by", "about": "--about", "events": "--event", "affiliation": "--affiliation",
        "outcome_sources": "--outcome-source", "distinct_from": "--distinct-from",
    }  # fmt: skip


def test_the_help_says_what_is_needed_and_which_words_there_are() -> None:
    helps = {flag.name: flag.help for flag in options_for(Event)}
    assert helps["title"] == "What happened, in one line. Required."
    assert helps["status"] == "Reliability: confirmed, reported, disputed, withdrawn, unverified."
    assert helps["actors"] == "Who did it. Can be repeated."


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("2017-05-24", {"date": "2017-05-24"}),
        ("24 May 2017; kherald", {"date": "24 May 2017", "sources": ["kherald"]}),
        ("2017;a#p1, b;so; surely", {"date": "2017", "sources": ["a#p1", "b"], "note": "so; surely"}),
        ("2017;;why", {"date": "2017", "note": "why"}),
    ],
)  # fmt: skip
def test_another_date_is_typed_with_its_sources_and_note(typed: str, given: dict[str, object]) -> None:
    assert parse_other_date(typed) == {"sources": [], "note": "", **given}
