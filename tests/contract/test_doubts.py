"""Terms about dates: what only may match is listed, marked and counted, and `--certain` leaves it out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

FILE = """
[chronology]
as_of = "2017-12-31"
[[actors]]
id = "envoy"
name = "Envoy"
[[sources]]
id = "june"
title = "June"
issued = "2017-06-20"
[[sources]]
id = "year"
title = "Year"
issued = "2017"
[[events]]
id = "may"
title = "In May"
date = "2017-05-09"
actors = ["envoy"]
sources = ["june"]
[[events]]
id = "june-day"
title = "On a day of June"
date = "2017-06-09"
actors = ["envoy"]
sources = ["june"]
[[events]]
id = "stretch"
title = "From May to June"
date = "2017-05-20/2017-06-10"
actors = ["envoy"]
sources = ["june"]
[[events]]
id = "vague"
title = "Some day of the year"
date = "2017"
actors = ["envoy"]
sources = ["year"]
[[events]]
id = "rival"
title = "In June or July"
date = "2017-06-19"
other_dates = [ { date = "2017-07-01", sources = ["year"] } ]
sources = ["june"]
"""
ALL = {"may", "june-day", "stretch", "vague", "rival"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "doubts.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def matches(korea: Korea, data: Path, command: str, *words: str) -> dict[str, str]:
    """Return how surely each record found matches, by id."""
    rows = json.loads(korea(command, "-d", data, "--json", *words).out)
    return {row["id"]: row["match"] for row in rows["results" if command == "search" else "events"]}


@pytest.mark.parametrize(
    ("words", "certain", "possible"),
    [
        (["date:2017-06"], {"june-day", "stretch"}, {"vague", "rival"}),
        (["begins:2017-06"], {"june-day"}, {"vague", "rival"}),
        (["ends:2017-06"], {"june-day", "stretch"}, {"vague", "rival"}),
        (["begins:2017"], ALL, set()),
        (["known-since:2017-06"], ALL - {"vague"}, {"vague"}),
        (["issued:2017-06"], ALL - {"vague"}, {"vague"}),
        (["not:date:2017-06"], {"may"}, {"vague", "rival"}),
        (["NOT", "begins:2017-06"], {"may", "stretch"}, {"vague", "rival"}),
        (["NOT (NOT date:2017-06)"], {"june-day", "stretch"}, {"vague", "rival"}),
        (["date:2017-05-09", "OR", "begins:2017-06"], {"may", "june-day"}, {"vague", "rival"}),
        (["may", "OR", "date:2017-06-09"], {"may", "june-day", "stretch"}, {"vague"}),
        (["date:2017-06", "actor:envoy"], {"june-day", "stretch"}, {"vague"}),
        (["date:2017-06", "--from", "2017-06-09"], {"june-day", "stretch"}, {"vague", "rival"}),
        (["begins:2017-05", "--known-by", "2017-06-20"], {"may", "stretch"}, {"vague"}),
    ],
)
def test_what_only_may_match_is_marked_and_can_be_left_out(
    words: list[str], certain: set[str], possible: set[str], korea: Korea, data: Path
) -> None:
    found = matches(korea, data, "timeline", *words)
    assert found == dict.fromkeys(certain, "certain") | dict.fromkeys(possible, "possible")
    assert matches(korea, data, "timeline", *words, "--certain") == dict.fromkeys(certain, "certain")


def test_what_is_only_possible_is_counted_with_the_terms(korea: Korea, data: Path) -> None:
    told = korea("timeline", "-d", data, "begins:2017-06").err
    assert "2 of 3 events are only possible by date (begins:2017-06); --certain leaves them out" in told
    screen = korea.on_terminal("timeline", "-d", data, "begins:2017-06", "--color", "never", columns=80).out
    assert "2 only possible by date" in screen
    assert screen.count("(possibly)") == 2


def test_lists_count_what_is_only_possible(korea: Korea, data: Path) -> None:
    (envoy,) = json.loads(korea("actors", "-d", data, "begins:2017-06", "--json").out)["actors"]
    (sure,) = json.loads(korea("actors", "-d", data, "begins:2017-06", "--certain", "--json").out)["actors"]
    assert (envoy["event_count"], sure["event_count"]) == (2, 1)
    assert (
        "1 of 2 events and facts counted is only possible by date" in korea("actors", "-d", data, "begins:2017-06").err
    )
    sources = korea("sources", "-d", data, "issued:2017-06", "--certain", "--fields", "id", "-f", "csv").out
    assert sources.split() == ["id", "june"]


def test_certain_alone_says_what_it_needs(korea: Korea, data: Path) -> None:
    run = korea("timeline", "-d", data, "actor:envoy", "--certain")
    assert (run.code, run.out) == (2, "")
    assert "'--certain' has no effect without a date, a range or '--known-by'" in run.err


def test_what_is_published_since_a_day_is_certainly_so_only_as_long_as_is_known(korea: Korea, tmp_path: Path) -> None:
    data = tmp_path / "series.toml"
    header = '[chronology]\nas_of = "2016-12-31"\n'
    data.write_text(f'{header}[[sources]]\nid = "series"\ntitle = "S"\nissued = "2016-04-23/.."\n', "utf-8")
    listed = ("sources", "-d", data, "--fields", "id", "-f", "csv")
    assert korea(*listed, "issued:2017-05", "--certain").out == "id\r\n"
    assert korea(*listed, "issued:2016-05", "--certain").out == "id\r\nseries\r\n"
    assert korea(*listed, "issued:2017-05").out == "id\r\nseries\r\n"
