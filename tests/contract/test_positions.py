"""Who said what, in time: worked out here from the file, by days; changes and the last are only what these prove."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from conftest import Korea

DATA = Path(__file__).parents[1] / "data" / "positions.toml"
OWN = ("-d", DATA, "-q", "--with-withdrawn")
SPEAKING = {"statement", "offer", "request", "agreement", "rejection", "accusation"}
DAYS = {  # the first and last day of every date in the file
    "2017-02": ("2017-02-01", "2017-02-28"), "[2017-02-01..2017-05-31]": ("2017-02-01", "2017-05-31"),
    None: ("0000", "9999"),
}  # fmt: skip

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def said() -> dict[str, list[Entry]]:
    """Return what each actor said by the file, in the order of the file."""
    tables = tomllib.loads(DATA.read_text("utf-8"))
    found: dict[str, list[Entry]] = {}
    for event in tables["events"]:
        for actor in event["actors"] if event.get("kind") in SPEAKING else ():
            found.setdefault(actor, []).append({**event, "type": "event", "says": event["title"]})
    for fact in tables["facts"]:
        for actor in fact["holders"]:
            found.setdefault(actor, []).append({**fact, "type": "fact", "says": fact["text"]})
    return found


def days(entry: Entry) -> tuple[str, str]:
    date = entry.get("date")
    return DAYS.get(date) or (str(date), str(date))


def is_surely_after(one: Entry, other: Entry) -> bool:
    same_day = days(one) == days(other) and len(set(days(one))) == 1
    return days(one)[0] > days(other)[1] or (same_day and one.get("time", "") > other.get("time", "24") != "24")


def contradict(one: Entry, other: Entry, actor: str) -> bool:
    """Return whether one claim disputes the other, or one event refuses what the other concedes.

    What is objected to must be the actor's own words, which nobody but the actor and its members passed on.
    """
    own = {actor, "envoy"} if actor == "north" else {actor}
    for each, against in ((one, other), (other, one)):
        is_own = {*against.get("via", ()), *against.get("reported_by", ())} <= own
        if each["type"] == against["type"] == "fact" and each["id"] in against.get("disputed_by", ()) and is_own:
            return True
        kinds = {each.get("kind"), against.get("kind")}
        turn = kinds & {"rejection", "accusation"} and kinds & {"agreement", "offer"}
        if against["type"] == "event" and against["id"] in each.get("responds_to", ()) and turn and is_own:
            return True
    return False


def speakers_of(korea: Korea, *arguments: str | Path) -> list[Entry]:
    run = korea("positions", *arguments, "--json")
    assert run.code == 0, run.err
    document = json.loads(run.out)
    assert document["count"] == len(document["speakers"])
    rows: list[Entry] = document["speakers"]
    return rows


def test_every_actor_has_what_it_said_in_time(said: dict[str, list[Entry]], korea: Korea) -> None:
    rows = speakers_of(korea, *OWN)
    assert [row["id"] for row in rows] == sorted(said, key=lambda id_: (-len(said[id_]), id_))
    for row in rows:
        own = {entry["id"]: entry for entry in said[row["id"]]}
        assert sorted(each["id"] for each in row["positions"]) == sorted(own)
        assert row["position_count"] == len(own)
        for each in row["positions"]:
            entry = own[each["id"]]
            assert each["says"] == entry["says"]
            assert (each["date"], each["kind"]) == (entry.get("date"), entry.get("kind"))
            assert [ref["id"] for ref in each["actors"]] == entry.get("actors", entry.get("holders"))
            assert [ref["id"] for ref in each["recipients"]] == entry.get("recipients", [])
            assert [ref["id"] for ref in each["via"]] == entry.get("via", entry.get("reported_by", []))
            cited = [f"{ref['id']}#{ref['locator']}" if ref["locator"] else ref["id"] for ref in each["sources"]]
            assert cited == entry.get("sources", [])
        begins = [days(own[each["id"]])[0] for each in row["positions"]]
        assert begins == sorted(begins)
        dates = [each["date"] for each in row["positions"] if each["date"]]
        assert (row["first"], row["last"]) == (dates[0], dates[-1])


def test_changes_and_the_last_are_what_the_dates_prove(said: dict[str, list[Entry]], korea: Korea) -> None:
    changed = set()
    for row in speakers_of(korea, *OWN):
        own = {entry["id"]: entry for entry in said[row["id"]]}
        order = [own[each["id"]] for each in row["positions"]]
        dated = [entry for entry in order if "date" in entry] or order
        last = [entry["id"] for entry in dated if not any(is_surely_after(other, entry) for other in dated)]
        for number, each in enumerate(row["positions"]):
            before = [entry for entry in order[:number] if contradict(order[number], entry, row["id"])]
            assert [ref["id"] for ref in each["changes"]] == [entry["id"] for entry in before]
            surely = all(is_surely_after(order[number], entry) for entry in before)
            assert each["change"] == (("certain" if surely else "possible") if before else None)
            sure = "certain" if len(last) == 1 else "possible"
            assert each["last"] == (sure if each["id"] in last else None)
            changed |= {(each["id"], each["change"])} if before else set()
        assert row["positions"][-1]["last"]
        assert row["change_count"] == sum(bool(each["change"]) for each in row["positions"])
    assert changed == {
        ("agreement", "certain"), ("soon", "certain"), ("never", "possible"), ("agreement", "possible"),
    }  # fmt: skip


DENIAL = """
[[actors]]
id = "mission"
name = "Mission"
part_of = ["state"]
[[actors]]
id = "state"
name = "State"
[[actors]]
id = "diplomats"
name = "Diplomats"
[[events]]
id = "block"
title = "The mission blocks a text"
date = "2017-04-19"
kind = "rejection"
actors = ["mission"]
disputed_by = ["denial"]
[[facts]]
id = "told"
text = "We block it."
holders = ["mission"]
reported_by = ["diplomats"]
date = "2017-04-19"
disputed_by = ["denial"]
[[facts]]
id = "denial"
text = "We did not block it."
holders = ["state"]
date = "2017-04-20"
[[facts]]
id = "admission"
text = "We did block it."
holders = ["mission"]
date = "2017-04-21"
disputed_by = ["denial"]
"""


def test_to_deny_what_others_tell_is_no_change(tmp_path: Path, korea: Korea) -> None:
    path = tmp_path / "a.toml"
    path.write_text(DENIAL.replace('holders = ["state"]', 'holders = ["mission"]'))
    changes = {
        each["id"]: [ref["id"] for ref in each["changes"]]
        for row in speakers_of(korea, "-q", "-d", path)
        for each in row["positions"]
    }
    assert changes == {"block": [], "told": [], "denial": [], "admission": ["denial"]}


def test_actors_are_rolled_up_to_what_they_belong_to(tmp_path: Path, korea: Korea) -> None:
    path = tmp_path / "a.toml"
    path.write_text(DENIAL)
    assert [row["change_count"] for row in speakers_of(korea, "-q", "-d", path)] == [0, 0]
    (row,) = speakers_of(korea, "-q", "-d", path, "--roll-up")
    assert (row["id"], row["position_count"], row["change_count"]) == ("state", 4, 1)
    assert [each["actors"][0]["id"] for each in row["positions"]] == ["mission", "mission", "state", "mission"]
    assert [[ref["id"] for ref in each["changes"]] for each in row["positions"]] == [[], [], [], ["denial"]]
    shown = korea("positions", "-d", path, "--roll-up", "-f", "table").out
    assert "--roll-up" in shown.splitlines()[1]
    assert "by Mission" in shown
    assert "by State" not in shown
    assert "(by Mission; changes “We did not block it.”" in korea(
        "positions", "-d", path, "--roll-up", "-f", "markdown"
    ).out.replace("*", "")
    assert [row["id"] for row in speakers_of(korea, "-q", "-d", path, "--roll-up", "by:mission")] == ["state"]


def test_the_record_has_one_change_of_a_state_and_none_of_an_actor(korea: Korea) -> None:
    assert [row["change_count"] for row in speakers_of(korea) if row["change_count"]] == []
    rows = {row["id"]: row for row in speakers_of(korea, "topic:icbm", "--roll-up") if row["change_count"]}
    assert list(rows) == ["usa"]
    (change,) = (each for each in rows["usa"]["positions"] if each["change"])
    assert (change["id"], [ref["id"] for ref in change["changes"]]) == ("icbm-us", ["icbm-us-first-reading"])


def test_who_must_have_spoken_alone_is_listed(korea: Korea) -> None:
    assert [row["id"] for row in speakers_of(korea, *OWN, "by:=north")] == ["north"]
    assert [row["id"] for row in speakers_of(korea, *OWN, "by:north")] == ["north", "envoy"]
    assert [row["id"] for row in speakers_of(korea, *OWN, "(by:=north OR by:envoy) AND topic:tests")] == [
        "north", "envoy"
    ]  # fmt: skip
    assert {row["id"] for row in speakers_of(korea, *OWN, "by:south OR topic:trade")} == {"north", "south"}
    assert {row["id"] for row in speakers_of(korea, *OWN, "actor:south")} == {"north", "south"}
    assert {row["id"] for row in speakers_of(korea, *OWN, "NOT by:south")} == {"north", "envoy"}


def test_a_query_selects_what_was_said(korea: Korea) -> None:
    def ids(*arguments: str) -> list[list[str]]:
        return [[each["id"] for each in row["positions"]] for row in speakers_of(korea, *OWN, *arguments)]

    assert ids("topic:trade") == [["offer"]]
    assert ids("kind:meeting") == []
    assert ids("by:north", "-p", "2017-01") == [["never", "refusal"]]
    possible = speakers_of(korea, *OWN, "by:south", "-p", "2017-05")
    assert [(each["id"], each["match"]) for row in possible for each in row["positions"]] == [
        ("second-refusal", "possible")
    ]  # fmt: skip
    assert ids("by:south", "-p", "2017-05", "--certain") == []
    told = korea("positions", "-d", DATA, "by:south", "-p", "2017-05").err
    assert told.startswith("korea: 1 of 1 positions is only possible in the range (1 May 2017 to 31 May 2017)")


def test_what_came_later_is_left_out_of_what_was_known(korea: Korea) -> None:
    rows = {row["id"]: row for row in speakers_of(korea, *OWN, "id:agreement", "--known-by", "2017-07-01")}
    assert [ref["id"] for ref in rows["north"]["positions"][0]["sources"]] == ["paper"]
    assert rows["north"]["positions"][0]["match"] == "certain"
    run = korea("positions", "-d", DATA, "id:agreement", "--known-by", "2017-01")
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith("korea: no actors match (positions, id:agreement, as known by 31 Jan 2017")


def test_limit_order_and_count(korea: Korea) -> None:
    rows = speakers_of(korea, *OWN)
    assert speakers_of(korea, *OWN, "-n", "1") == rows[:1]
    assert speakers_of(korea, *OWN, "--reverse") == rows[::-1]
    assert korea("positions", *OWN, "--count").out == "3\n"
    for key in ("id", "name", "position_count", "positions"):
        values = [
            row[key if key != "positions" else "position_count"] for row in speakers_of(korea, *OWN, "--sort", key)
        ]
        assert values == sorted(values, key=lambda value: value.lower() if isinstance(value, str) else value)
    assert next(row["id"] for row in speakers_of(korea, *OWN, "--sort", "first")) == "north"


def test_formats_of_lines_have_a_row_for_each_position(korea: Korea) -> None:
    positions = [(row, each) for row in speakers_of(korea, *OWN) for each in row["positions"]]
    header, *lines = csv.reader(io.StringIO(korea("positions", *OWN, "-f", "csv").out, newline=""))
    assert header[:3] == ["speaker", "type", "name"]
    for (row, each), line in zip(positions, lines, strict=True):
        cells = dict(zip(header, line, strict=True))
        assert (cells["speaker"], cells["id"], cells["says"]) == (row["id"], each["id"], each["says"])
        assert (cells["change"], cells["last"]) == (each["change"] or "", each["last"] or "")
    plain = [line.split("\t") for line in korea("positions", *OWN, "-f", "plain").out.splitlines()]
    assert [(line[0], line[4]) for line in plain] == [(row["id"], each["id"]) for row, each in positions]
    chosen = json.loads(korea("positions", *OWN, "--fields", "speaker,last", "--json").out)
    assert chosen["positions"] == [{"speaker": row["id"], "last": each["last"]} for row, each in positions]
    assert korea("positions", *OWN, "--fields", "id,change_count").out == "".join(
        f"{row['id']}\t{row['change_count']}\n" for row in speakers_of(korea, *OWN)
    )


def test_markdown_has_a_table_for_each_actor(korea: Korea) -> None:
    text = korea("positions", *OWN, "-f", "markdown").out
    assert text.count("\n## ") == text.count("\n| Date |") == 3
    assert "| 10 Mar 2017 | North agrees to stop *(changes “North refuses to stop”; last)* | agreement |" in text
    assert "[^paper]" in text
    assert "\x1b" not in text
    assert "\n3 actors.\n" in text


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_a_table_fits_the_screen_and_marks_what_matters(columns: int, korea: Korea) -> None:
    drawn = korea("positions", *OWN, "-f", "table", env={"COLUMNS": str(columns)}).out
    assert max(cell_len(line) for line in drawn.splitlines()) <= columns
    assert "\x1b" not in drawn
    words = " ".join(drawn.replace("│", " ").split())
    assert "changes “North refuses to stop” refusal" in words
    assert "contradicts, and may be later than, “We had stopped by then.” ever" in words
    assert "South refuses (perhaps the last) second-refusal" in words
    assert "We shall never stop. withdrawn never" in words
    assert words.endswith("3 actors")


def test_a_line_for_each_actor_has_its_last_position(korea: Korea) -> None:
    lines = korea("positions", *OWN, "-1").out.splitlines()
    assert [line.split()[-1] for line in lines] == ["agreement", "agreement", "evening"]
    assert lines[2].startswith("4 Jul 2017   An Envoy: The envoy speaks in the evening  (last)")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--sort", "colour"), "unknown sort key 'colour'. Allowed values: name, id, position_count, first, last"),
        (("--fields", "colour"), "unknown field 'colour'"),
        (("-n", "-1"), "limit must be 0 or more, not -1"),
        (("-f", "html"), "the format 'html' is for events and facts"),
        (("by:",), "'by:' has no value"),
    ],
)
def test_nonsense_is_refused(arguments: tuple[str, ...], message: str, korea: Korea) -> None:
    run = korea("positions", "-d", DATA, *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err


def test_an_empty_answer_says_so(korea: Korea) -> None:
    run = korea("positions", "-d", DATA, "zeppelin", "--exit-code")
    assert (run.code, run.out, run.err) == (1, "", "korea: no actors match (positions, zeppelin)\n")


def test_who_need_not_have_spoken_does_not_leave_others_out(korea: Korea) -> None:
    def speakers(*query: str) -> set[str]:
        return {each["id"] for each in json.loads(korea("positions", "--json", *query).out)["speakers"]}

    assert speakers("by:putin OR by:lavrov") == {"putin", "lavrov"}
    assert speakers("by:putin OR NOT by:lavrov") == speakers() - {"lavrov"}
    assert speakers("by:putin OR (NOT by:lavrov)") == speakers("NOT by:lavrov")
