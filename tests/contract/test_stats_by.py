"""`stats --by` counts by one thing or two, as counting by hand in the data file does."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from questions.record import supporting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Korea

DATA = tomllib.loads((Path(__file__).parents[2] / "data" / "events.toml").read_text("utf-8"))
RECORDS = [("event", each) for each in DATA["events"]] + [("fact", each) for each in DATA["facts"]]
ACTORS = {each["id"]: each for each in DATA["actors"]}
SOURCES = {each["id"]: each for each in DATA["sources"]}
BROADER = {each["id"]: [each["broader"]] if "broader" in each else [] for each in DATA["topics"]}
PART_OF = {id_: each.get("part_of", []) for id_, each in ACTORS.items()}
ROLES = ("actors", "recipients", "via", "holders", "reported_by", "about")
Values = set[str]


def upwards(ids: Iterable[str], parents: dict[str, list[str]]) -> Values:
    return {above for id_ in ids for above in ({id_} | upwards(parents[id_], parents))}


def cited(record: dict[str, Any]) -> Values:
    cites = list(record.get("sources", [])) + list(record.get("outcome_sources", []))
    cites += [each for other in record.get("other_dates", []) for each in other.get("sources", [])]
    return {cite.partition("#")[0] for cite in cites}


def named(record: dict[str, Any], *keys: str) -> Values:
    return {id_ for key in keys for id_ in record.get(key, [])}


BY_HAND: dict[str, Callable[[dict[str, Any]], Values]] = {
    "kind": lambda record: {record["kind"]} if "kind" in record else set(),
    "status": lambda record: {record["status"]} if "status" in record else set(),
    "place": lambda record: {record["place"]} if "place" in record else set(),
    "topic": lambda record: upwards(named(record, "topics"), BROADER),
    "actor": lambda record: upwards(named(record, *ROLES), PART_OF),
    "holder": lambda record: upwards(named(record, "holders"), PART_OF),
    "country": lambda record: {ACTORS[id_]["country"] for id_ in named(record, *ROLES) if "country" in ACTORS[id_]},
    "basis": lambda record: {record["date_basis"]} if "date_basis" in record else set(),
    "to": lambda record: upwards(named(record, "recipients"), PART_OF),
    "source": cited,
    "sources": lambda record: {str(len(supporting(record)))},
    "voice": lambda record: {SOURCES[id_]["voice"] for id_ in cited(record) if "voice" in SOURCES[id_]},
}
ONLY = {"place": {"event"}, "basis": {"event"}, "to": {"event"}, "holder": {"fact"}}


def by_hand(*names: str) -> Counter[tuple[str | None, ...]]:
    """Count records by the values they have of one thing, or two."""
    found: Counter[tuple[str | None, ...]] = Counter()
    for type_, record in RECORDS:
        if all(type_ in ONLY.get(name, {"event", "fact"}) for name in names):
            lanes: list[str | None] = [*(BY_HAND[names[1]](record) or [None])] if names[1:] else [""]
            for value in [*(BY_HAND[names[0]](record) or [None])]:
                for lane in lanes:
                    found[type_, value, lane] += 1
    return found


@pytest.mark.parametrize("name", BY_HAND)
def test_one_thing(name: str, korea: Korea) -> None:
    rows = json.loads(korea("stats", "--by", name, "--json").out)["counts"]
    found = {(type_, row["value"], ""): row[f"{type_}_count"] for row in rows for type_ in ("event", "fact")}
    assert {key: count for key, count in found.items() if count} == by_hand(name)
    totals = [row["event_count"] + row["fact_count"] for row in rows if row["value"]]
    assert totals == sorted(totals, reverse=True)


@pytest.mark.parametrize(
    ("name", "lanes"), [("country", "kind"), ("topic", "actor"), ("voice", "status"), ("kind", "holder")]
)
def test_two_things(name: str, lanes: str, korea: Korea) -> None:
    rows = json.loads(korea("stats", "--by", name, "--lanes", lanes, "--json").out)["cells"]
    found = {(type_, row["value"], row["lane"]): row[f"{type_}_count"] for row in rows for type_ in ("event", "fact")}
    assert {key: count for key, count in found.items() if count} == by_hand(name, lanes)


def test_months_are_in_order_and_a_vague_beginning_is_counted_by_its_year(tmp_path: Path, korea: Korea) -> None:
    dates = (
        "2017-05-24",
        "2017-05",
        "2017",
        "[2016-12-30..2017-01-02]",
        "2017-04-30/2017-05-02",
        "../2017-01",
        "0987-03-01",
    )
    (tmp_path / "a.toml").write_text(
        "".join(f'[[events]]\nid = "e{n}"\ntitle = "E"\ndate = "{date}"\n' for n, date in enumerate(dates))
    )
    run = korea(
        "stats", "-d", tmp_path / "a.toml", "--by", "month", "--fields", "value,label,event_count", "-f", "plain"
    )
    assert run.out == (
        "0987-03\tMar 987 AD\t1\n2017-04\tApr 2017\t1\n2017-05\tMay 2017\t2\n"
        "2017\t2017, month not known\t1\n\tnot known\t2\n"
    )
    run = korea("stats", "-d", tmp_path / "a.toml", "--by", "year", "--fields", "value,event_count", "-f", "plain")
    assert run.out == "0987\t1\n2017\t4\n\t2\n"


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_has_a_column_for_each_and_says_how_many_it_left_out(width: int, korea: Korea) -> None:
    shown = korea.on_terminal("stats", "--by", "month", "--lanes", "kind", "--color", "never", columns=width).out
    assert f"{len(RECORDS)} events and facts by month and kind" in shown
    assert "Jul 2017" in shown
    assert all(len(line) <= width for line in shown.splitlines())
    assert ("more columns: use a wider screen, or -f csv" in " ".join(shown.split())) == (width < 200)


def test_the_columns_are_those_with_most_in_all_not_in_the_first_row(tmp_path: Path, korea: Korea) -> None:
    kinds = {"confirmed": ["test"] * 3, "reported": ["offer"] * 2, "unverified": ["test", *["meeting"] * 9]}
    events = [(status, kind) for status, several in kinds.items() for kind in several]
    (tmp_path / "a.toml").write_text(
        "".join(
            f'[[events]]\nid = "e{n}"\ntitle = "E"\ndate = "2017"\nstatus = "{status}"\nkind = "{kind}"\n'
            for n, (status, kind) in enumerate(events)
        )
    )
    shown = korea("stats", "-d", tmp_path / "a.toml", "--by", "kind", "--lanes", "status", "-f", "table").out
    heads, *rows = (line.split() for line in shown.splitlines()[-7:-2])
    assert heads == ["unverified", "confirmed", "reported", "total"]
    assert rows == [
        ["meeting", "9", "9"], ["test", "1", "3", "4"], ["offer", "2", "2"], ["total", "10", "3", "2", "15"]
    ]  # fmt: skip
    shown = korea("stats", "-d", tmp_path / "a.toml", "--by", "status", "--lanes", "kind", "-f", "table").out
    assert "            meeting  test  offer  total\n" in shown


@pytest.mark.parametrize("lanes", [(), ("--lanes", "topic")])
@pytest.mark.parametrize("command", ["stats", "chart"])
def test_a_limit_cuts_values_and_says_how_many_there_are(command: str, lanes: tuple[str, ...], korea: Korea) -> None:
    key = "cells" if lanes else "counts"
    typed = (command, "--by", "holder", *lanes)
    whole = json.loads(korea(*typed, "--json").out)
    cut, backwards = (json.loads(korea(*typed, "--json", *further).out) for further in (("-n", "3"), ("--reverse",)))
    values = list(dict.fromkeys(row["value"] for row in whole[key]))
    assert (whole["count"], whole["matched"], cut["count"], cut["matched"]) == (
        len(values),
        len(values),
        3,
        len(values),
    )
    assert cut[key] == [row for row in whole[key] if row["value"] in values[:3]]
    assert list(dict.fromkeys(row["value"] for row in backwards[key])) == values[::-1]
    shown = korea.on_terminal(*typed, "-n", "3", "--color", "never").out
    assert f"\n3 values of {len(values)}\n" in shown.replace("\r", "")
    assert f"{sum(type_ == 'fact' for type_, _ in RECORDS)} facts by holder" in shown


def test_a_limit_cuts_each_section_and_its_title_says_so(korea: Korea) -> None:
    whole, cut = (json.loads(korea("stats", *further, "--json").out) for further in ((), ("-n", "2")))
    assert cut["topics"] == whole["topics"][:2]
    assert cut["statuses"] == whole["statuses"][:2]
    shown = korea.on_terminal("stats", "topics", "years", "-n", "4", "--color", "never").out
    assert f"By topic, 4 of {len(whole['topics'])}" in shown
    assert "By year\n" in shown.replace("\r", "")


NAMES = ("year", "month", *BY_HAND, "by", "voices", "precision")
TOGETHER = {"--by to --lanes holder", "--by place --lanes holder", "--by basis --lanes holder"}


@pytest.mark.parametrize("command", ["stats", "chart"])
@pytest.mark.parametrize("by", NAMES)
def test_every_two_are_counted_or_refused_in_a_sentence(command: str, by: str, korea: Korea) -> None:
    for lanes in NAMES:
        if command == "chart" and by in {"year", "month"}:
            continue
        run = korea(command, "--by", by, "--lanes", lanes, "--json")
        if by == lanes:
            assert (run.code, run.out) == (2, "")
            assert run.err.startswith(f"korea: '--by {by}' and '--lanes {lanes}' count by the same")
        elif {f"--by {by} --lanes {lanes}", f"--by {lanes} --lanes {by}"} & TOGETHER:
            assert (run.code, run.out) == (2, "")
            assert run.err == f"korea: '--by {by}' and '--lanes {lanes}' cannot be used together\n"
        else:
            assert (run.code, run.err) == (0, "")
            found = {(row["value"], row["lane"]) for row in json.loads(run.out)["cells"]}
            assert len(found) > 2


@pytest.mark.parametrize("unit", ["year", "month"])
def test_a_chart_over_time_has_lanes_of_events_and_by_holder_of_facts(unit: str, korea: Korea) -> None:
    for lanes in NAMES:
        run = korea("chart", "--by", unit, "--lanes", lanes, "--json")
        if lanes in {"year", "month"}:
            assert (run.code, run.out) == (2, "")
            assert f"unknown value of --lanes '{lanes}'. Allowed values: actor, by, to, holder, topic" in run.err
        else:
            key, command = ("fact_count", "facts") if lanes == "holder" else ("event_count", "timeline")
            rows = json.loads(run.out)["periods"]
            lane = next(row["lane"] for row in rows if row["lane"] and row[key])
            found = sum(row[key] for row in rows if row["lane"] == lane)
            assert 0 < found <= int(korea(command, f"{lanes}:{lane}", "--count").out)


def test_a_chart_of_facts_by_holder_counts_each_period_as_the_list_does(korea: Korea) -> None:
    rows = json.loads(korea("chart", "--by", "month", "--lanes", "holder", "--top", "4", "--json").out)["periods"]
    assert {row["event_count"] for row in rows} == {0}
    for row in rows:
        days = f"{row['from']}..{row['to']}"
        facts = json.loads(korea("facts", f"holder:{row['lane']}", "-p", days, "--json").out)["facts"]
        matched = Counter(fact["match"] for fact in facts)
        assert (row["fact_count"] + row["lasting"], row["possible"]) == (matched["certain"], matched["possible"])


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_chart_of_facts_says_what_it_draws_and_what_it_cannot(columns: int, korea: Korea) -> None:
    shown = korea.on_terminal("chart", "--lanes", "holder", "--color", "never", columns=columns).out
    words = " ".join(shown.split())
    undated = int(korea("facts", "no:date", "--count").out)
    dated = int(korea("facts", "--count").out) - undated
    assert f"{dated} facts ({undated} more without a date) by week" in words
    assert "A fact is in the lane of everyone who holds it, and of what they belong to." in words
    assert all(len(line) <= columns for line in shown.replace("\r", "").splitlines())
    run = korea("chart", "--lanes", "holder", "no:date")
    assert run.err == "korea: no facts with a date match (chart, no:date)\n"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_chart_of_two_things_draws_bars_below_each_value(width: int, korea: Korea) -> None:
    shown = korea.on_terminal("chart", "--by", "holder", "--lanes", "kind", "--color", "never", columns=width).out
    lines = shown.replace("\r", "").splitlines()
    assert all(len(line) <= width for line in lines)
    place = lines.index("Samuel Ramani")
    below = " ".join(lines[place + 1 : lines.index("", place)])
    counted = json.loads(korea("stats", "--by", "kind", "holder:=ramani", "--json").out)["counts"]
    for row in counted:
        assert f"{row['label']} " in below
        assert f"█ {row['fact_count']} fact" in below


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--by", "foo"), "unknown value to count by 'foo'"),
        (("--lanes", "kind"), "'--lanes' needs '--by', as in '--by month --lanes topic'"),
        (("--by", "holder", "--lanes", "place"), "'--by holder' and '--lanes place' cannot be used together"),
    ],
)
def test_what_cannot_be_counted_is_refused(typed: tuple[str, ...], said: str, korea: Korea) -> None:
    run = korea("stats", *typed)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_a_chart_of_categories_has_no_lanes_to_cut(korea: Korea) -> None:
    run = korea("chart", "--by", "kind", "--top", "3")
    assert (run.code, run.err) == (2, "korea: '--top' does not apply to '--by kind', only to lanes over time\n")


def test_a_chart_takes_the_same_words(korea: Korea) -> None:
    chart = json.loads(korea("chart", "--by", "holder", "--json").out)
    assert chart["counts"] == json.loads(korea("stats", "--by", "holder", "--json").out)["counts"]
    assert "█" in korea.on_terminal("chart", "--by", "country").out
