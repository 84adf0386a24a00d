"""`chart` counts events over time, the same for people and for programs, and explains itself where it cannot."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

KEYS = ["type", "by", "lane", "lane_name", "from", "to", "label", "event_count", "fact_count", "lasting", "possible"]


def periods(korea: Korea, *arguments: str) -> list[dict[str, Any]]:
    run = korea("chart", *arguments, "--json", "-q")
    assert (run.code, run.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(run.out)["periods"]
    assert [row for row in rows if list(row) != KEYS] == []
    return rows


def test_in_a_pipe_it_is_tab_separated_counts_of_every_period(korea: Korea) -> None:
    assert korea("chart", "thaad", "-p", "2017-05-24..2017-05-25").out == (
        "2017-05-24\t2017-05-24\t24 May 2017\t1\t0\t1\n2017-05-25\t2017-05-25\t25 May 2017\t0\t0\t1\n"
    )
    assert [line.split("\t")[:3] for line in korea("chart", "-p", "2017", "--by", "quarter").out.splitlines()] == [
        ["2017-01-01", "2017-03-31", "Q1 2017"], ["2017-04-01", "2017-06-30", "Q2 2017"],
        ["2017-07-01", "2017-09-30", "Q3 2017"], ["2017-10-01", "2017-12-31", "Q4 2017"],
    ]  # fmt: skip


def test_in_lanes_each_line_begins_with_its_lane(korea: Korea) -> None:
    lines = korea("chart", "--lanes", "actor", "--by", "year").out.splitlines()
    assert lines[0].split("\t")[:2] == ["russia", "2014-01-01"]
    assert {line.count("\t") for line in lines} == {6}


def test_each_period_has_what_the_timeline_has_of_it(korea: Korea) -> None:
    for row in periods(korea, "--by", "quarter", "--from", "2016"):
        days = f"{row['from']}..{row['to']}"
        events = json.loads(korea("timeline", "-p", days, "--json").out)["events"]
        matched = Counter(event["match"] for event in events)
        assert (row["event_count"] + row["lasting"], row["possible"]) == (matched["certain"], matched["possible"])


def test_each_lane_has_what_the_timeline_has_of_it(korea: Korea) -> None:
    for lanes in ("actor", "by", "topic", "kind", "source"):
        rows = periods(korea, "--lanes", lanes, "--by", "year", "--top", "2")
        assert len({row["lane"] for row in rows}) == 2
        for row in rows:
            term, days = f"{lanes}:{row['lane']}", f"{row['from']}..{row['to']}"
            assert row["event_count"] + row["lasting"] + row["possible"] == int(
                korea("timeline", term, "-p", days, "--count").out
            )


def test_periods_without_an_event_are_there_too(korea: Korea) -> None:
    rows = periods(korea, "--by", "month", "--from", "2014-11", "--to", "2016-01")
    assert [row["event_count"] for row in rows] == [1, *[0] * 13, 1]
    assert [row["from"][:7] for row in rows] == [
        "2014-11",
        "2014-12",
        *(f"2015-{n:02}" for n in range(1, 13)),
        "2016-01",
    ]


def test_one_event_has_one_day_and_a_year_has_none(korea: Korea, tmp_path: Path) -> None:
    data = tmp_path / "two.toml"
    data.write_text(
        '[[events]]\nid = "a"\ntitle = "A"\ndate = "2016-02-03"\n[[events]]\nid = "b"\ntitle = "B"\ndate = "2016"\n'
    )
    rows = periods(korea, "-d", str(data), "--by", "day")
    assert len(rows) == 366
    assert [row["from"] for row in rows if row["event_count"]] == ["2016-02-03"]
    assert {row["possible"] for row in rows} == {1}
    drawn = korea("chart", "-d", data, "-f", "table").out
    assert "2 events by month (use --by week for more detail)" in drawn
    assert "Jan 2016   0 1  ○○○○\n" in drawn
    assert "Feb 2016   1    ████\n" in drawn
    assert "Mar 2016   0\n" in drawn


def test_the_unit_that_was_chosen_is_the_same_in_every_form(korea: Korea) -> None:
    assert {row["by"] for row in periods(korea)} == {"month"}
    assert {row["by"] for row in periods(korea, "-p", "2017-07")} == {"day"}
    assert "events by day\n" in korea("chart", "-p", "2017-07", "-f", "table").out
    narrow, wide = (korea.on_terminal("chart", "--color", "never", columns=columns).out for columns in (40, 200))
    assert "by month" in narrow
    assert "by month" in wide


def test_csv_carries_it(korea: Korea) -> None:
    rows = list(csv.DictReader(io.StringIO(korea("chart", "--by", "year", "-f", "csv").out, newline="")))
    assert [(row["label"], row["event_count"]) for row in rows] == [
        (row["label"], str(row["event_count"])) for row in periods(korea, "--by", "year")
    ]


def test_a_limit_and_the_order_hold_for_its_rows(korea: Korea) -> None:
    rows = periods(korea)
    assert periods(korea, "--reverse") == rows[::-1]
    assert periods(korea, "-n", "3") == rows[:3]
    assert (korea("chart", "--count").out, korea("chart", "-n", "3", "--count").out) == (f"{len(rows)}\n", "3\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--from", "1600", "--by", "day"),
            "are too many for a chart (at most 10,000). Use '--by month' (",
        ),
        (
            ("--by", "hour"),
            "unknown value of --by 'hour'. Allowed values: day, week, month, quarter, year, decade, century, actor, by",
        ),
        (("--lanes", "topics"), "unknown value of --lanes 'topics'. Did you mean 'topic'?"),
        (("--top", "3"), "--top needs --lanes, as in '--lanes actor --top 5'"),
        (("--lanes", "actor", "--top", "0"), "--top must be 1 or more"),
        (("--sort", "title"), "'--sort' does not apply to charts, which are in order of time"),
        (("-f", "ics"), "the format 'ics' is for events, which 'chart' does not list"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(arguments: tuple[str, ...], said: str, korea: Korea) -> None:
    run = korea("chart", *arguments)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert said in run.err


def test_where_nothing_matches_it_says_so(korea: Korea) -> None:
    for form in ("table", "plain", "json"):
        run = korea("chart", "zeppelin", "-f", form)
        assert (run.code, run.err) == (0, "korea: no events match (chart, zeppelin)\n")
    assert korea("chart", "zeppelin", "--exit-code").code == 1
    assert korea("chart", "--exit-code").code == 0


def test_a_file_is_told_how_many_rows_it_got(korea: Korea, tmp_path: Path) -> None:
    assert korea("chart", "-o", "x.csv", cwd=tmp_path).err == "Wrote 33 months to x.csv\n"
    told = korea("chart", "--lanes", "kind", "--by", "year", "-o", "y.csv", cwd=tmp_path).err
    assert told == f"Wrote {len(periods(korea, '--lanes', 'kind', '--by', 'year'))} counts to y.csv\n"
