"""What is only possibly in a range, or perhaps not known yet, is marked and counted in every answer; not if certain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

FILE = """
[chronology]
as_of = "2017-07-31"
[[sources]]
id = "gazette"
title = "Gazette"
issued = "2017-05-20"
[[sources]]
id = "review"
title = "Review"
issued = "2017-06"
[[topics]]
id = "talks"
label = "Talks"
[[actors]]
id = "envoy"
name = "Envoy"
[[actors]]
id = "minister"
name = "Minister"
[[actors]]
id = "guest"
name = "Guest"
[[events]]
id = "sure"
title = "Sure"
date = "2017-05-29"
kind = "meeting"
actors = ["envoy"]
recipients = ["minister"]
sources = ["gazette"]
[[events]]
id = "vague"
title = "Vague"
date = "[2017-05-20..2017-06-10]"
topics = ["talks"]
kind = "meeting"
actors = ["envoy"]
recipients = ["minister", "guest"]
disputed_by = ["doubt"]
sources = ["gazette"]
[[events]]
id = "reviewed"
title = "Reviewed"
date = "2017-05-30"
topics = ["talks"]
kind = "offer"
actors = ["guest"]
recipients = ["minister"]
sources = ["review"]
[[facts]]
id = "doubt"
text = "It was not so."
date = "2017-06"
kind = "claim"
holders = ["guest"]
sources = ["review"]
"""
RANGE, KNOWN = ("--from", "2017-05-28", "--to", "2017-06-02"), ("--known-by", "2017-06-15")
COMMANDS = [
    "timeline", "facts", "search actor:guest", "actor guest", "actors", "topics", "sources", "chart",
    "chart --lanes actor", "chart --lanes holder", "chart --by kind", "chart --by kind --lanes status", "stats",
    "stats --by kind", "stats --by kind --lanes status", "pairs", "gaps", "disputes", "positions",
]  # fmt: skip
DOUBTS = {
    RANGE: ("only possibly in range", "only possible in the range"),
    KNOWN: ("perhaps not known yet", "not certain to have been known"),
}  # as below the answer, and as a message


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "vague.toml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("limits", DOUBTS)
def test_what_is_only_possible_is_counted_below_every_answer(
    limits: tuple[str, ...], command: str, korea: Korea, data: Path
) -> None:
    typed: list[str | Path] = [*command.split(), "-d", data, *limits]
    below, told = DOUBTS[limits]
    drawn = korea(*typed, "-f", "table")
    assert (below in " ".join(drawn.out.split()), told in drawn.err) == (True, True)
    assert below in korea(*typed, "-f", "markdown").out
    for form in ("json", "csv", "plain"):
        assert told in korea(*typed, "-f", form).err
    for form in ("table", "markdown", "plain"):
        certain = korea(*typed, "--certain", "-f", form)
        assert (below in " ".join(certain.out.split()), told in certain.err) == (False, False)


def test_nothing_is_counted_without_a_range(korea: Korea, data: Path) -> None:
    for command in COMMANDS:
        run = korea(*command.split(), "-d", data, "-f", "table")
        assert not any(words in f"{run.out}{run.err}" for both in DOUBTS.values() for words in both)


def pairs_of(korea: Korea, data: Path, *limits: str) -> dict[tuple[str, str], dict[str, Any]]:
    rows = json.loads(korea("pairs", "-d", data, *limits, "--json").out)["pairs"]
    return {(row["actor"]["id"], row["other"]["id"]): row for row in rows}


def test_a_pair_says_how_many_of_its_events_are_only_possible(korea: Korea, data: Path) -> None:
    for limits, doubtful in ((RANGE, {"vague"}), (KNOWN, {"reviewed"})):
        found = pairs_of(korea, data, *limits)
        numbers = {
            key: (row["event_count"], row["possible_event_count"]) for key, row in found.items()
        }  # fmt: skip
        assert numbers == {
            ("envoy", "minister"): (2, int("vague" in doubtful)),
            ("envoy", "guest"): (1, int("vague" in doubtful)),
            ("guest", "minister"): (1, int("reviewed" in doubtful)),
        }
    assert {row["possible_event_count"] for row in pairs_of(korea, data).values()} == {0}
    drawn = korea("pairs", "-d", data, *RANGE, "-f", "table").out
    assert "● Envoy – Minister  envoy minister\n│ 2 events (1 possibly): meeting 2" in drawn
    assert "○ Envoy – Guest  envoy guest\n│ 1 event (1 possibly): meeting 1" in drawn
    assert "2 events (1 possibly): meeting 2" in korea("pairs", "-d", data, *RANGE, "-1", "-f", "table").out
    assert "| Envoy | Minister | 2 (1 possibly) |" in korea("pairs", "-d", data, *RANGE, "-f", "markdown").out
    assert "possibly" not in korea("pairs", "-d", data, *RANGE, "--certain", "-f", "table").out


@pytest.mark.parametrize("command", ["positions", "disputes", "timeline", "search kind:meeting"])
def test_each_row_of_a_list_says_whether_it_is_only_possible(command: str, korea: Korea, data: Path) -> None:
    typed: list[str | Path] = [*command.split(), "-d", data, *RANGE]
    for words in (("-f", "table"), ("-1", "-f", "table"), ("-f", "markdown")):
        assert "(possibly)" in korea(*typed, *words).out
    assert "possible" in korea(*typed, "-f", "csv").out
    assert '"match": "possible"' in korea(*typed, "--json").out


def test_a_dispute_is_only_possible_while_one_side_perhaps_was_not_known(korea: Korea, data: Path) -> None:
    """That the event is certainly known is not enough: its only opponent was published on some day of June."""
    known = ("disputes", "-d", data, "--known-by")
    (found,) = json.loads(korea(*known, "2017-06-15", "--json").out)["disputes"]
    assert (found["id"], found["match"]) == ("vague", "possible")
    assert korea(*known, "2017-06-15", "--certain").out == ""
    assert json.loads(korea(*known, "2017-06-30", "--json").out)["disputes"][0]["match"] == "certain"
    assert korea(*known, "2017-05-31").out == ""


def test_each_count_says_how_many_are_only_possible(korea: Korea, data: Path) -> None:
    """As counting what the lists mark does."""
    for limits in DOUBTS:
        rows = json.loads(korea("stats", "--by", "kind", "-d", data, *limits, "--json").out)["counts"]
        for row in rows:
            listed = json.loads(korea("search", "-d", data, f"kind:{row['value']}", *limits, "--json").out)["results"]
            found = [each["match"] for each in listed]
            assert (row["event_count"] + row["fact_count"], row["possible"]) == (len(found), found.count("possible"))
    for command in ("stats --by kind", "stats kinds", "chart --by kind", "actor envoy"):
        drawn = korea(*command.split(), "-d", data, *RANGE, "-f", "table").out
        assert "2 events (1 possibly)" in drawn or "meeting 2 (1 possibly)" in drawn
        assert "possibly)" not in korea(*command.split(), "-d", data, *RANGE, "--certain", "-f", "table").out
    shown = korea("stats", "kinds", "-d", data, *RANGE, "-f", "markdown").out
    assert "| Kind | Events | Facts | Possible |" in shown
    assert "| meeting | 2 | 0 | 1 |" in shown


def test_a_table_of_two_dimensions_marks_what_is_at_most_that_many(korea: Korea, data: Path) -> None:
    typed = ("stats", "--by", "kind", "--lanes", "actor", "-d", data)
    for form in ("table", "markdown"):
        shown = korea(*typed, *RANGE, "-f", form).out
        assert "≤: some of these are only possibly in range" in shown
        assert "≤2" in shown
        assert "≤" not in korea(*typed, *RANGE, "--certain", "-f", form).out
    assert "≤: some of these are perhaps not known yet" in korea(*typed, *KNOWN, "-f", "table").out
    cells = json.loads(korea(*typed, *RANGE, "--json").out)["cells"]
    found = {(row["value"], row["lane"]): (row["event_count"], row["possible"]) for row in cells}
    assert found["meeting", "envoy"] == (2, 1)
    assert found["offer", "minister"] == (1, 0)
