"""`stats` counts, in the sections that are named, and draws no bar wider than 60 columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

SECTIONS = [
    "overview", "years", "months", "kinds", "topics", "statuses", "sources", "corroboration", "bases", "precisions"
]  # fmt: skip


def sections(korea: Korea, *arguments: str) -> list[str]:
    answer = json.loads(korea("stats", *arguments, "--json").out)
    return [key for key in answer if key in SECTIONS]


def test_without_names_there_are_all_sections(korea: Korea) -> None:
    assert sections(korea) == sections(korea, "actor:russia", "--from", "2017") == SECTIONS


def test_named_sections_are_shown_alone_in_the_order_named_and_the_rest_is_the_query(korea: Korea) -> None:
    assert sections(korea, "topics") == ["topics"]
    assert sections(korea, "topics", "years", "topics", "actor:putin") == ["topics", "years"]
    answer = json.loads(korea("stats", "topics", "actor:putin", "--json").out)
    assert answer["query"]["terms"] == ["topics", "actor:putin"]
    assert answer["topics"] == json.loads(korea("stats", "actor:putin", "--json").out)["topics"]
    assert sections(korea, "missile", "topics") == SECTIONS  # a word behind another is a word


@pytest.mark.parametrize(
    ("typed", "shown", "query"),
    [
        (["topics", "AND", "thaad"], SECTIONS, ["topics AND thaad"]),
        (["topics", "OR", "thaad"], SECTIONS, ["topics OR thaad"]),
        (["years", "topics", "AND", "thaad"], ["years"], ["topics AND thaad"]),
        (["years", "topics AND thaad"], ["years"], ["topics AND thaad"]),
        (["years", "(topics", "OR", "thaad)"], ["years"], ["(topics OR thaad)"]),
        (["topics", "NOT", "thaad"], ["topics"], ["NOT thaad"]),
        (["topics", "thaad", "AND", "icbm"], ["topics"], ["thaad AND icbm"]),
    ],
)
def test_a_name_that_and_or_or_joins_to_a_term_is_a_word(
    typed: list[str], shown: list[str], query: list[str], korea: Korea
) -> None:
    answer = json.loads(korea("stats", *typed, "--json").out)
    assert [key for key in answer if key in SECTIONS] == shown
    expected = json.loads(korea("stats", *shown, *query, "--json").out)
    counted = sum(int(korea(command, *query, "--count").out) for command in ("timeline", "facts"))
    assert answer["matched"] == expected["matched"] == counted
    assert {key: answer[key] for key in shown} == {key: expected[key] for key in shown}


def test_on_a_terminal_a_section_is_drawn_below_its_title(korea: Korea) -> None:
    shown = korea.on_terminal("stats", "topics", "--color", "never").out
    assert "\n\nBy topic\n" in shown
    assert "By year" not in shown


def test_a_misspelt_section_gets_a_suggestion(korea: Korea) -> None:
    run = korea("stats", "topcs")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("korea: unknown section 'topcs'. Did you mean 'topics'?")
    for term in ("zeppelin", "kind:test", "not:topic"):
        assert korea("stats", term, "--from", "2030").code == 0


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
@pytest.mark.parametrize("command", [("stats",), ("chart",), ("actor", "russia"), ("chart", "-p", "2017-07")])
def test_no_bar_is_wider_than_60_columns(columns: int, command: tuple[str, ...], korea: Korea) -> None:
    lines = korea.on_terminal(*command, "--color", "never", columns=columns).out.splitlines()
    widths = [sum(line.count(mark) for mark in "█━○") for line in lines]
    assert 0 < max(widths) <= 60
    assert (max(widths) == 60) == (columns > 80) or command[0] == "chart"


def test_sources_say_what_each_number_counts(korea: Korea) -> None:
    shown = " ".join(korea("sources", "-f", "table").out.replace("│", "").split())
    assert "cited by 36 events and 69 facts; the only source of 64 of these" in shown
    assert "cited by 1 event and 1 fact" in shown
    assert "cited by 1 fact; the only source of it" in shown


def test_the_heading_names_the_sections_with_the_query(korea: Korea) -> None:
    assert "\ntopics · years · thaad\n" in korea("stats", "topics", "years", "thaad", "-f", "table").out
    run = korea("stats", "topics", "thaad", "--period", "2010")
    assert run.err == "korea: no events or facts match (stats, topics, thaad, 1 Jan 2010 to 31 Dec 2010)\n"


def test_a_sort_key_is_refused(korea: Korea) -> None:
    for by in ((), ("--by", "kind")):
        run = korea("stats", *by, "--sort", "id")
        assert (run.code, run.out) == (2, "")
        assert run.err == "korea: '--sort' does not apply to counts, which are in order of number or time\n"


def test_facts_count_by_time_too_and_undated_ones_are_not_known(tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "a.toml").write_text(
        '[[events]]\nid = "e"\ntitle = "E"\ndate = "2017-05"\n[[facts]]\nid = "f"\ntext = "F"\ndate = "2017-05-02"\n'
        '[[facts]]\nid = "g"\ntext = "G"\n'
    )
    answer = json.loads(korea("stats", "-d", tmp_path / "a.toml", "--json").out)
    for key, value in (("years", "2017"), ("months", "2017-05")):
        counted = [(row["value"], row["event_count"], row["fact_count"]) for row in answer[key]]
        assert counted == [(value, 1, 1), (None, 0, 1)]
    for by, key in (("month", "months"), ("precision", "precisions"), ("topic", "topics")):
        rows = json.loads(korea("stats", "-d", tmp_path / "a.toml", "--by", by, "--json").out)["counts"]
        assert rows == answer[key]


def test_a_field_is_no_misspelt_section(korea: Korea) -> None:
    run = korea("stats", "kind:test", "--to", "1950", "--json")
    assert (run.code, json.loads(run.out)["count"]) == (0, 0)


def test_corroboration_says_how_many_rest_on_how_many_sources_and_voices(korea: Korea) -> None:
    """Each value is one that the term of its sort takes, so that what was counted can be listed."""
    rows = json.loads(korea("stats", "corroboration", "--json").out)["corroboration"]
    assert [(row["by"], row["value"]) for row in rows] == [
        *(("sources", value) for value in ("0", "1", "2", ">=3")), *(("voices", value) for value in ("1", "2", ">=3"))
    ]  # fmt: skip
    for row in rows:
        for command, key in (("timeline", "event_count"), ("facts", "fact_count")):
            assert int(korea(command, f"{row['by']}:{row['value']}", "--count").out) == row[key]
    for form in ("table", "markdown"):
        shown = korea("stats", "-f", form).out
        assert "Corroboration" in shown
        assert all(row["label"] in shown for row in rows)


def test_corroboration_counts_what_is_shown_by_a_day(korea: Korea) -> None:
    by = ("--known-by", "2017-05-30")
    rows = json.loads(korea("stats", "corroboration", *by, "--json").out)["corroboration"]
    for row in rows:
        for command, key in (("timeline", "event_count"), ("facts", "fact_count")):
            assert int(korea(command, f"{row['by']}:{row['value']}", *by, "--count").out) == row[key]


def test_nothing_is_counted_where_nothing_matches(korea: Korea) -> None:
    assert json.loads(korea("stats", "corroboration", "--to", "1950", "--json").out)["corroboration"] == []
